"""Copies of a PostgreSQL database: dumped in the snapshot in which its rows are counted, and put back into an empty one.

`storage/backups.py` says what a copy is; this file is loaded only where there is a server.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from storage.backups import FETCH, GUARD, REVISION, Copied, CopyFailed, counted, one

_PROBLEM_MAX = 200


def _connect(url: str) -> psycopg.Connection[Any]:
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(dsn, autocommit=True, connect_timeout=5)


def copy(url: str, to: Path, programs: Path | None) -> Copied:
    """Dump the database into the file `to` and count it, both at one moment."""
    try:
        return _copied(url, to, programs)
    except psycopg.Error as error:
        raise CopyFailed(f"the database does not answer ({type(error).__name__})") from error


def _copied(url: str, to: Path, programs: Path | None) -> Copied:
    with _connect(url) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if REVISION not in _tables(connection):
            raise CopyFailed("the database has no tables of ours")
        snapshot = one(connection.execute("SELECT pg_export_snapshot()").fetchone())
        options = ["--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges"]
        _run(programs, "pg_dump", url, [*options, f"--file={to}"])
        found = _look(connection)
        connection.execute("COMMIT")
    return found


def look(url: str) -> Copied:
    """What a server's database holds now."""
    with _connect(url) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return _look(connection)


def _look(connection: psycopg.Connection[Any]) -> Copied:
    names = [name for name in _tables(connection) if name != GUARD]
    tables = {name: counted(_rows_of_server(connection, name)) for name in names}
    query = sql.SQL("SELECT version_num FROM {}").format(sql.Identifier(REVISION))
    return Copied("postgresql", one(connection.execute(query).fetchone()), tables)


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
        cursor.itersize = FETCH
        cursor.execute(sql.SQL("SELECT {} FROM {}").format(listed, sql.Identifier(name)))
        yield from cursor


def is_empty(url: str) -> bool:
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
