"""Copies of a whole database: taken while it works, counted table by table, and put back into an empty place.

A copy is one moment: SQLite writes it with `VACUUM INTO` from a reader's connection, PostgreSQL's `pg_dump` shares the snapshot
in which the rows are counted. The census (rows and digest of each table) goes with the copy and is asked again after restoring.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from storage import sqlite

GUARD = "restore_unfinished"
"""A table that stands in a server's database from the first moment of a restore to its last."""
REVISION = "alembic_version"
_MODULUS = 2**256
_FETCH = 2000
_PROBLEM_MAX = 200
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
    try:
        if kind_of(url) == "sqlite":
            return _copy_file(_path(url), to)
        return _copy_server(url, to, programs)
    except (sqlite.Error, psycopg.Error) as error:
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
        tables = {name: _counted(_rows_of_file(connection, name)) for name in sorted(names)}
        revision = connection.execute(f"SELECT version_num FROM {REVISION}").fetchone()  # noqa: S608 - a name of ours
        return Copied("sqlite", _one(revision), tables)
    except sqlite.Error as error:
        raise CopyFailed(f"the copy cannot be read ({type(error).__name__})") from error
    finally:
        connection.close()


def _rows_of_file(connection: Any, name: str) -> Iterator[Sequence[Any]]:
    columns = sorted(row[1] for row in connection.execute(f'PRAGMA table_info("{name}")'))
    listed = ", ".join(f'"{column}"' for column in columns)
    cursor = connection.execute(f'SELECT {listed} FROM "{name}"')  # noqa: S608 - names out of the file's own schema
    while rows := cursor.fetchmany(_FETCH):
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


# --- a server ---------------------------------------------------------------------------------------------


def _connect(url: str) -> psycopg.Connection[Any]:
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(dsn, autocommit=True, connect_timeout=5)


def _copy_server(url: str, to: Path, programs: Path | None) -> Copied:
    with _connect(url) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if REVISION not in _tables(connection):
            raise CopyFailed("the database has no tables of ours")
        snapshot = _one(connection.execute("SELECT pg_export_snapshot()").fetchone())
        options = ["--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges"]
        _run(programs, "pg_dump", url, [*options, f"--file={to}"])
        found = _look_at_server(connection)
        connection.execute("COMMIT")
    return found


def look_at_server(url: str) -> Copied:
    """What a server's database holds now."""
    with _connect(url) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return _look_at_server(connection)


def _look_at_server(connection: psycopg.Connection[Any]) -> Copied:
    names = [name for name in _tables(connection) if name != GUARD]
    tables = {name: _counted(_rows_of_server(connection, name)) for name in names}
    query = sql.SQL("SELECT version_num FROM {}").format(sql.Identifier(REVISION))
    return Copied("postgresql", _one(connection.execute(query).fetchone()), tables)


def _tables(connection: psycopg.Connection[Any]) -> list[str]:
    rows = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
    )
    return [row[0] for row in rows]


def _rows_of_server(connection: psycopg.Connection[Any], name: str) -> Iterator[Sequence[Any]]:
    columns = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = %s"
        ' ORDER BY column_name COLLATE "C"',
        (name,),
    ).fetchall()
    listed = sql.SQL(", ").join(sql.Identifier(row[0]) for row in columns)
    with connection.cursor(name="census") as cursor:
        cursor.itersize = _FETCH
        cursor.execute(sql.SQL("SELECT {} FROM {}").format(listed, sql.Identifier(name)))
        yield from cursor


def server_is_empty(url: str) -> bool:
    """Whether the database has no table; what a broken restore left is cleared away first."""
    with _connect(url) as connection:
        names = _tables(connection)
        if GUARD not in names:
            return not names
    clear(url)
    return True


def is_unfinished(url: str) -> bool:
    """Whether a restore into this server's database was broken off."""
    with _connect(url) as connection:
        return GUARD in _tables(connection)


def load(url: str, dump: Path, programs: Path | None) -> None:
    """Put a dump into an empty database; it is guarded until `finish`, and empty again when this raises."""
    with _connect(url) as connection:
        connection.execute(sql.SQL("CREATE TABLE {} (at text)").format(sql.Identifier(GUARD)))
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    try:
        _run(programs, "pg_restore", url, [*options, os.fspath(dump)])
    except CopyFailed:
        clear(url)
        raise


def finish(url: str) -> None:
    """The restored database is whole: it may be used."""
    with _connect(url) as connection:
        connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(GUARD)))


def clear(url: str) -> None:
    """Take back everything of a restore that did not end well; the guard goes last."""
    with _connect(url) as connection, connection.transaction():
        for name in _tables(connection):
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(sql.Identifier(name)))
        ours = connection.execute(
            "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
        ).fetchall()
        for row in ours:
            connection.execute(sql.SQL("DROP FUNCTION IF EXISTS {} CASCADE").format(sql.SQL(row[0])))


def _run(programs: Path | None, program: str, url: str, options: Sequence[str]) -> None:
    """One of PostgreSQL's programs; its password goes by the environment, because everybody may read a command line."""
    if programs is None or not (programs / program).exists():
        raise CopyFailed(f"{program} was not found: install PostgreSQL's client programs or set PG_PROGRAMS")
    address = make_url(url).set(drivername="postgresql")
    shown = address.set(password=None).render_as_string()
    ended = subprocess.run(  # noqa: S603 - a program of the operator's choice, without a shell
        [os.fspath(programs / program), f"--dbname={shown}", *options],
        env={"PGPASSWORD": address.password or "", "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if ended.returncode != 0:
        raise CopyFailed(f"{program} ended with {ended.returncode}{_why(ended.stderr)}")


def _why(told: bytes) -> str:
    """What the program says about versions and connections; lines about rows may hold people's words and stay out."""
    for line in told.decode("utf-8", "replace").splitlines():
        if "version" in line or "connection" in line:
            return f": {line.strip()[:_PROBLEM_MAX]}"
    return ""


# --- counting ---------------------------------------------------------------------------------------------


def _counted(rows: Iterable[Sequence[Any]]) -> tuple[int, str]:
    """How many, and the sum of their digests: equal for equal rows in whatever order they come."""
    count = total = 0
    for row in rows:
        said = repr(tuple(row)).encode("utf-8", "backslashreplace")
        total = (total + int.from_bytes(hashlib.sha256(said).digest())) % _MODULUS
        count += 1
    return count, f"{total:064x}"


def _one(row: Sequence[Any] | None) -> str:
    if row is None or not row[0]:
        raise CopyFailed("the database does not say which version its tables are")
    return str(row[0])
