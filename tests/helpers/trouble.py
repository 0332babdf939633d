"""A database that cannot be written to for a while, for real: a file held by somebody else, a server that is away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg import sql
from sqlalchemy.engine import make_url

from storage import sqlite
from storage.db import Database
from tests.conftest import Templates

SHORT_MS = 100


@contextmanager
def no_writing(db: Database, templates: Templates) -> Iterator[None]:
    """Whatever is written meanwhile must be told to be impossible."""
    if isinstance(db, sqlite.SqliteDatabase):
        with file_held(db):
            yield
    else:
        with server_away(db, templates):
            yield


def raw_connection(path: Path) -> Any:
    """Somebody else with the same library, outside our writer; typed as loosely as both libraries are."""
    driver: Any = vars(sqlite)["driver"]
    return driver.connect(str(path), isolation_level=None)


@contextmanager
def file_held(db: sqlite.SqliteDatabase) -> Iterator[None]:
    """Somebody else holds the write lock, for longer than anybody waits."""

    def impatient(tx: Any) -> None:  # its cursor is nobody's business but this helper's
        tx._cursor.execute(f"PRAGMA busy_timeout={SHORT_MS}").fetchone()

    db.write(impatient)
    other = raw_connection(db.path)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def server_away(db: Database, templates: Templates) -> Iterator[None]:
    """The server ends our connections and takes no new ones."""
    name = make_url(db.url).database
    assert name is not None
    allow = "alter database {} with allow_connections {}"
    with templates.running().connect() as admin:
        admin.execute(sql.SQL(allow).format(sql.Identifier(name), sql.Literal(False)))
        admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,))
        try:
            yield
        finally:
            admin.execute(sql.SQL(allow).format(sql.Identifier(name), sql.Literal(True)))
