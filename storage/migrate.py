"""Bringing a database to this version's tables, with alembic and without its ini file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool

LOCK = 7_063_127
"""The number of the lock, ours by choice."""
FOLDER = Path(__file__).resolve().parent / "migrations"


def config(connection: Connection) -> Config:
    """Alembic's settings for one open connection."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(url: str) -> None:
    """Make or alter the tables of the database at `url`; all steps or none."""
    sqlite = url.startswith("sqlite")
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    if sqlite:
        event.listen(engine, "connect", _autocommit)
        event.listen(engine, "begin", _begin_immediate)
    try:
        with engine.begin() as connection:
            if not sqlite:  # two processes starting together take turns
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            command.upgrade(config(connection), "head")
    finally:
        engine.dispose()


def knows(revision: str) -> bool:
    """Whether this version can bring tables of that revision up to its own."""
    return any(step.revision == revision for step in ScriptDirectory(str(FOLDER)).walk_revisions())


def _autocommit(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # the driver must not open transactions by itself


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
