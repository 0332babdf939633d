"""Statements compiled once and run on the raw driver, and the column types both databases share.

SQLAlchemy's execution costs about 0.4 ms a transaction, a statement compiled once 0.1 ms. Compiling once skips the type
decorators, so `Statement` applies their bind and result processors itself: this is the only place that may.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from operator import itemgetter
from typing import Any, Protocol, cast

import orjson
from sqlalchemy import BigInteger, ColumnElement, Dialect, Text, bindparam, insert, literal_column
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.schema import Table
from sqlalchemy.sql.base import Executable
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""A later migration can name what it drops, on both databases."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_MS = 24 * 60 * 60 * 1000

SQLITE = SQLiteDialect_pysqlite(paramstyle="qmark")
POSTGRESQL = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # the dialect's constructor has no annotations


def to_ms(at: datetime) -> int:
    """Whole UTC milliseconds since 1970; a time without a zone is refused."""
    if at.tzinfo is None:
        raise ValueError("a time needs a zone")
    since = at - EPOCH
    return since.days * _DAY_MS + since.seconds * 1000 + since.microseconds // 1000


def from_ms(ms: int) -> datetime:
    """The aware UTC time of so many milliseconds."""
    return EPOCH + timedelta(0, 0, ms * 1000)


class Utc(TypeDecorator[datetime]):
    """An aware time, stored as UTC milliseconds in a BIGINT."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_ms(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_ms(value)


class Day(TypeDecorator[date]):
    """A calendar day of the site, stored as YYYY-MM-DD text so that both databases compare it alike."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A JSON value, stored as text. Read back it is new: changing it in place changes nothing in the database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else orjson.loads(value)


def _dumped(value: Any) -> str:
    return orjson.dumps(value).decode()


# What the decorators above do with a value that is not None, without their two wrappers a value: they are on every path.
_PLAIN_IN: dict[type, Callable[[Any], Any]] = {Utc: to_ms, Day: date.isoformat, Json: _dumped}
_PLAIN_OUT: dict[type, Callable[[Any], Any]] = {Utc: from_ms, Day: date.fromisoformat, Json: orjson.loads}


def processed(values: Mapping[str, Any], processors: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the driver takes them."""
    return {
        name: processors[name](value) if callable(processors.get(name)) else value
        for name, value in values.items()
    }


def _picker(order: Sequence[str] | None) -> Callable[[Mapping[str, Any]], tuple[Any, ...]] | None:
    """What puts parameters in their places, a third of the cost of binding them by name; None for a driver that wants names."""
    if order is None:
        return None
    if len(order) > 1:
        return itemgetter(*order)
    return lambda params: tuple(params[name] for name in order)


class _Compiled:
    """One statement for one dialect: its text, fixed parameters, and what to do with values going in and rows coming out."""

    __slots__ = ("converted", "fixed", "getters", "pick", "row", "text")

    def __init__(self, clause: Executable, dialect: Dialect) -> None:
        compiled: Any = cast(Any, clause).compile(dialect=dialect)
        self.text: str = compiled.string
        self.fixed: dict[str, Any] = {}
        order: Sequence[str] | None = compiled.positiontup
        converted: dict[str, Callable[[Any], Any]] = {}
        for bind, name in compiled.bind_names.items():
            if bind.expanding:
                continue
            processor = _PLAIN_IN.get(type(bind.type)) or bind.type.dialect_impl(dialect).bind_processor(
                dialect
            )
            if processor is not None:
                converted[name] = processor
            if not bind.required:
                keeps = processor is None or bind.value is None
                self.fixed[name] = bind.value if keeps else processor(bind.value)
        if any(
            bind.expanding for bind in compiled.bind_names
        ):  # an IN list written in the statement never changes
            unknown = {name: None for bind, name in compiled.bind_names.items() if bind.required}
            expanded = compiled.construct_expanded_state(unknown)
            self.text, order = expanded.statement, expanded.positiontup
            listed = {  # without what was converted above: it comes here once more, as it was written
                name: value
                for name, value in expanded.additional_parameters.items()
                if name not in unknown and name not in self.fixed
            }
            self.fixed |= processed(listed, expanded.processors)
        self.converted = tuple(converted.items())
        self.pick = _picker(order)
        self.getters: list[tuple[int, Callable[[Any], Any]]] = []
        self.row: Callable[[Sequence[Any]], Any] | None = None
        columns = compiled._result_columns
        if columns:
            names = [column.keyname for column in columns]
            kind: Any = namedtuple("Row", tuple(names), rename=True)  # type: ignore[misc]  # the fields are known only here
            self.row = partial(tuple.__new__, kind)  # as `kind._make`, without its look at the length
            for at, column in enumerate(columns):
                getter = _PLAIN_OUT.get(type(column.type)) or column.type.dialect_impl(
                    dialect
                ).result_processor(dialect, None)
                if getter is not None:
                    self.getters.append((at, getter))

    def values(self, params: dict[str, Any]) -> Any:
        """The parameters as the driver takes them; `params` is used up."""
        for name, convert in self.converted:
            value = params.get(name)
            if value is not None:
                params[name] = convert(value)
        if self.fixed:
            params.update(self.fixed)
        return self.pick(params) if self.pick is not None else params

    def every(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The parameters of many rows as the driver takes them."""
        if self.pick is not None and not self.converted and not self.fixed:
            return [self.pick(row) for row in rows]
        return [self.values(dict(row)) for row in rows]

    def read(self, raw: Sequence[Any]) -> Any:
        assert self.row is not None
        if not self.getters:
            return self.row(raw)
        cells = list(raw)
        for at, getter in self.getters:
            value = cells[at]
            if value is not None:
                cells[at] = getter(value)
        return self.row(cells)


class Statement:
    """A Core statement with named `bindparam`s; compiled at first use, once per database (`ready`).

    `IN` lists of changing length cannot be compiled once: pass such clauses to `Tx.query`.
    """

    def __init__(self, clause: Executable) -> None:
        self._clause = clause
        self.ready: dict[str, _Compiled] = {}

    def on(self, dialect: Dialect) -> _Compiled:
        compiled = self.ready.get(dialect.name)
        if compiled is None:
            compiled = self.ready[dialect.name] = _Compiled(self._on(dialect.name), dialect)
        return compiled

    def _on(self, database: str) -> Executable:
        return self._clause


class InsertOne(Statement):
    """An insert for `Tx.insert`, which gives the row's id: on SQLite the driver knows it, and RETURNING costs a third more."""

    def __init__(self, into: Table, values: Mapping[str, Any]) -> None:
        super().__init__(insert(into).values(dict(values)))
        self._returning = insert(into).values(dict(values)).returning(into.c.id)

    def _on(self, database: str) -> Executable:
        return self._clause if database == "sqlite" else self._returning


class InsertNew(Statement):
    """`INSERT … ON CONFLICT DO NOTHING` of the named columns: one row written (or returned), none if its key was taken."""

    def __init__(self, into: Table, *columns: str, returning: str | None = None) -> None:
        values: dict[str, Any] = {name: bindparam(name) for name in columns}
        super().__init__(insert(into).values(values))
        self._by_dialect = {
            "sqlite": sqlite_insert(into).values(values).on_conflict_do_nothing(),
            "postgresql": postgresql_insert(into).values(values).on_conflict_do_nothing(),
        }
        if returning is not None:
            column = into.c[returning]
            self._by_dialect = {name: clause.returning(column) for name, clause in self._by_dialect.items()}

    def _on(self, database: str) -> Executable:
        return self._by_dialect[database]


class Attempt(Protocol):
    """What `with tx.attempt() as attempt` gives: `give_up()` undoes all that was written inside."""

    failed: bool

    def give_up(self) -> None: ...


class Tx(Protocol):
    """One unit of work inside one transaction. Rows are named tuples in the order of the statement's columns."""

    dialect: Dialect

    def all(self, statement: Statement, **params: Any) -> list[Any]:
        """Every row."""

    def one(self, statement: Statement, **params: Any) -> Any:
        """The first row, or None."""

    def run(self, statement: Statement, **params: Any) -> int:
        """How many rows were written."""

    def insert(self, statement: InsertOne, **params: Any) -> int:
        """The id of the row written."""

    def many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Runs a statement without RETURNING once for each mapping."""

    def query(self, clause: Executable, **params: Any) -> list[Any]:
        """Compiles and runs now: for pages, reports and changing IN lists, never on a turn's path."""

    def attempt(self) -> AbstractContextManager[Attempt]:
        """A savepoint that `give_up()` rolls back."""


def any_of(column: str, *values: str) -> str:
    """The SQL of `column IN (values)`, for constraints and partial indexes: SQLite makes a table of an IN list at each row."""
    return " OR ".join(f"{column} = '{value}'" for value in values)


def spelt(value: str | int) -> ColumnElement[Any]:
    """A value as part of the SQL: it need not be bound, and a planner knows it beforehand. Never for what people said."""
    if isinstance(value, bool):
        return literal_column("true" if value else "false")
    return literal_column(f"'{value}'" if isinstance(value, str) else str(value))


def table(model: type) -> Table:
    """The Core table behind a SQLModel class."""
    found: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel adds it when the class is made
    return found
