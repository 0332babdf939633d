"""The database: `read(fn)` and `write(fn)`, and the only commit.

`fn` receives a `Tx` and may be run again (deadlock, lost group, ambiguous commit), so it touches only its arguments.
`submit` and `submit_read` are the same as futures, for the event loop to wait on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any, Literal, TypeVar, cast

from sqlalchemy import Dialect
from sqlalchemy.engine import make_url
from sqlalchemy.sql.base import Executable

from storage.sql import InsertOne, Statement, Tx, processed

T = TypeVar("T")
Unit = Callable[[Tx], T]
At = Callable[[str], None]
GROUP_MAX = 64
"""Units in one commit: enough to hide a slow disk, few enough to hold the writer for some milliseconds."""


class DatabaseUnavailable(Exception):
    """The database could not store the unit (full, locked, gone). Nothing of it was kept; the caller may try again."""


class NestedUnit(RuntimeError):
    """`read` or `write` was called inside a unit: it would wait for itself."""


def nothing(point: str) -> None:
    """The crash points of production: none."""


class Job:
    """A writing unit and, when it has ended, its value or why it has none."""

    __slots__ = ("ended", "error", "fn", "later", "value")

    def __init__(
        self,
        fn: Unit[Any],
        ended: Callable[[Any, BaseException | None], None] | None = None,
        *,
        later: bool = False,
    ) -> None:
        self.fn = fn
        self.later = later
        self.ended = ended
        """For its owner, who wants to be called with both."""
        self.value: Any = None
        self.error: BaseException | None = None


Landed = Callable[[Sequence[Job]], None]


class Database:
    """What every database offers; `storage/sqlite.py` and `storage/postgres.py` are the two."""

    url: str
    dialect: Dialect

    def __init__(self) -> None:
        self.inside = threading.local()

    def submit(self, fn: Unit[T], *, later: bool = False) -> Future[T]:
        """Run `fn` in a writing transaction; the future is done after its commit.

        A piece of long work comes `later`: where units are written one after the other, it lets all others pass and shares
        its commit with none.
        """
        raise NotImplementedError

    def submit_all(self, jobs: Sequence[Job], landed: Landed) -> None:
        """Run each as `submit` does; `landed` is called in a thread of the database with those that ended together."""
        raise NotImplementedError

    def submit_read(self, fn: Unit[T]) -> Future[T]:
        """Run `fn` in a reading transaction."""
        raise NotImplementedError

    def settle(self, *, whole: bool = False) -> Future[bool]:  # noqa: ARG002 - SQLite's own knows it
        """Let nothing of what was deleted lie about in the database's own files; True when that is so.

        PostgreSQL has no such files of ours: what its own upkeep means for deleted rows stands in `docs/privacy.md`.
        """
        done: Future[bool] = Future()
        done.set_result(True)
        return done

    def close(self) -> None:
        """Finish what was submitted and close every connection."""
        raise NotImplementedError

    def write(self, fn: Unit[T]) -> T:
        """Run `fn` in a writing transaction and wait for its commit."""
        self._refuse_inside()
        return self.submit(fn).result()

    def read(self, fn: Unit[T]) -> T:
        """Run `fn` in a reading transaction."""
        self._refuse_inside()
        return self.submit_read(fn).result()

    def _refuse_inside(self) -> None:
        if getattr(self.inside, "unit", False):
            raise NestedUnit("read or write inside a unit")


class RawAttempt:
    """A savepoint on the raw connection."""

    def __init__(self, execute: Callable[[str], Any], depth: int) -> None:
        self._execute = execute
        self._name = f"attempt_{depth}"
        self.failed = False

    def give_up(self) -> None:
        self.failed = True

    def __enter__(self) -> RawAttempt:
        self._execute(f"SAVEPOINT {self._name}")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> Literal[False]:
        if self.failed or kind is not None:
            self._execute(f"ROLLBACK TO SAVEPOINT {self._name}")
        self._execute(f"RELEASE SAVEPOINT {self._name}")
        return False


class RawTx:
    """A `Tx` on a raw DB-API connection."""

    __slots__ = ("_cursor", "_depth", "_name", "dialect")

    def __init__(self, cursor: Any, dialect: Dialect) -> None:
        self._cursor = cursor
        self._depth = 0
        self.dialect = dialect
        self._name = dialect.name

    def all(self, statement: Statement, **params: Any) -> list[Any]:
        compiled = statement.ready.get(self._name) or statement.on(self.dialect)
        self._cursor.execute(compiled.text, compiled.values(params))
        return [compiled.read(raw) for raw in self._cursor.fetchall()]

    def one(self, statement: Statement, **params: Any) -> Any:
        compiled = statement.ready.get(self._name) or statement.on(self.dialect)
        self._cursor.execute(compiled.text, compiled.values(params))
        raw = self._cursor.fetchall()
        return compiled.read(raw[0]) if raw else None

    def run(self, statement: Statement, **params: Any) -> int:
        compiled = statement.ready.get(self._name) or statement.on(self.dialect)
        self._cursor.execute(compiled.text, compiled.values(params))
        return int(self._cursor.rowcount)

    def insert(self, statement: InsertOne, **params: Any) -> int:
        compiled = statement.ready.get(self._name) or statement.on(self.dialect)
        self._cursor.execute(compiled.text, compiled.values(params))
        return int(self._cursor.lastrowid if compiled.row is None else self._cursor.fetchone()[0])

    def many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        compiled = statement.ready.get(self._name) or statement.on(self.dialect)
        self._cursor.executemany(compiled.text, compiled.every(rows))

    def query(self, clause: Executable, **params: Any) -> list[Any]:
        compiled: Any = cast(Any, clause).compile(dialect=self.dialect)
        expanded = compiled.construct_expanded_state(params or None)
        values = processed(expanded.parameters, {**compiled._bind_processors, **expanded.processors})
        order = expanded.positiontup
        self._cursor.execute(
            expanded.statement, values if order is None else [values[name] for name in order]
        )
        if self._cursor.description is None:
            return []
        reader = Statement(clause).on(self.dialect)
        return [reader.read(raw) for raw in self._cursor.fetchall()]

    def attempt(self) -> RawAttempt:
        self._depth += 1
        return RawAttempt(self._cursor.execute, self._depth)


def open_database(url: str, at: At = nothing) -> Database:
    """Open `sqlite:///file.db` or `postgresql://…`; the schema must be there (`storage.migrate.upgrade`)."""
    kind = make_url(url).get_backend_name()
    if kind == "sqlite":
        from storage.sqlite import SqliteDatabase

        return SqliteDatabase(url, at)
    if kind == "postgresql":
        from storage.postgres import PostgresDatabase

        return PostgresDatabase(url, at)
    raise ValueError(f"unknown database kind: {kind}")
