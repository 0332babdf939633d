"""Copies of a whole database: taken while it works, counted table by table, and put back into an empty place.

A copy is one moment: SQLite writes it with `VACUUM INTO` from a reader's connection, PostgreSQL's `pg_dump` shares the snapshot
in which the rows are counted. The census (rows and digest of each table) goes with the copy and is asked again after restoring.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from storage import sqlite

GUARD = "restore_unfinished"
"""A table that stands in a server's database from the first moment of a restore to its last."""
REVISION = "alembic_version"
_MODULUS = 2**256
FETCH = 2000
Census = dict[str, tuple[int, str]]
"""Table -> rows, and a digest that does not depend on their order."""


class CopyFailed(Exception):
    """The copy could not be made or put back; what it says names no row."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds."""

    kind: str
    """`sqlite` or `postgresql`."""
    revision: str
    tables: Census


def kind_of(url: str) -> str:
    """`sqlite` or `postgresql`."""
    return make_url(url).get_backend_name()


def copy(url: str, to: Path, programs: Path | None) -> Copied:
    """Copy the database into the file `to` (made here, for this user only) while it works."""
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    if kind_of(url) != "sqlite":
        from storage import server_copies  # its driver is loaded only where there is a server

        return server_copies.copy(url, to, programs)
    try:
        return _copy_file(_path(url), to)
    except sqlite.Error as error:
        raise CopyFailed(f"the database does not answer ({type(error).__name__})") from error


# --- a file -----------------------------------------------------------------------------------------------


def _path(url: str) -> Path:
    return Path(make_url(url).database or "")


def _copy_file(path: Path, to: Path) -> Copied:
    connection = sqlite.reader(path)
    try:
        connection.execute("VACUUM INTO ?", (os.fspath(to),))
    finally:
        connection.close()
    return look(to)


def look(path: Path) -> Copied:
    """What a copied file holds; raises `CopyFailed` when it is damaged."""
    connection = sqlite.reader(path)
    try:
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise CopyFailed("the copy is damaged inside")
        names = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            )
        ]
        if REVISION not in names:
            raise CopyFailed("the database has no tables of ours")
        tables = {name: counted(_rows_of_file(connection, name)) for name in sorted(names)}
        revision = connection.execute(f"SELECT version_num FROM {REVISION}").fetchone()  # noqa: S608 - a name of ours
        return Copied("sqlite", one(revision), tables)
    except sqlite.Error as error:
        raise CopyFailed(f"the copy cannot be read ({type(error).__name__})") from error
    finally:
        connection.close()


def _rows_of_file(connection: Any, name: str) -> Iterator[Sequence[Any]]:
    columns = sorted(row[1] for row in connection.execute(f'PRAGMA table_info("{name}")'))
    listed = ", ".join(f'"{column}"' for column in columns)
    cursor = connection.execute(f'SELECT {listed} FROM "{name}"')  # noqa: S608 - names out of the file's own schema
    while rows := cursor.fetchmany(FETCH):
        yield from rows


def file_is_empty(path: Path) -> bool:
    """Whether there is no database, or one without any table."""
    if not path.exists() or path.stat().st_size == 0:
        return True
    try:
        connection = sqlite.reader(path)
        try:
            return bool(connection.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0])
        finally:
            connection.close()
    except sqlite.Error:
        return False


# --- counting ---------------------------------------------------------------------------------------------


def counted(rows: Iterable[Sequence[Any]]) -> tuple[int, str]:
    """How many, and the sum of their digests: equal for equal rows in whatever order they come."""
    count = total = 0
    for row in rows:
        said = repr(tuple(row)).encode("utf-8", "backslashreplace")
        total = (total + int.from_bytes(hashlib.sha256(said).digest())) % _MODULUS
        count += 1
    return count, f"{total:064x}"


def one(row: Sequence[Any] | None) -> str:
    """The version of the tables, which a copy must know."""
    if row is None or not row[0]:
        raise CopyFailed("the database does not say which version its tables are")
    return str(row[0])
