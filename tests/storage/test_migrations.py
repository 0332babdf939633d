"""The migrations lead to exactly the tables the code declares, on both databases, from empty and again."""

import hashlib
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - declares every table
from storage import migrate
from storage.migrate import config, upgrade

RELEASED = "0014"
"""Offices run these: what they lack comes in a new one. Raise it, with the digest, when a later one was released."""
DIGEST = "9101d1ec2a129cf3e66caded9e5eb71968303aa351223c70052a25fed8d5046e"


def test_what_was_released_is_not_changed() -> None:
    versions = Path(migrate.__file__).parent / "migrations" / "versions"
    released = sorted(one for one in versions.glob("0*.py") if one.name[:4] <= RELEASED)
    assert len(released) == int(RELEASED)
    assert hashlib.sha256(b"".join(one.read_bytes() for one in released)).hexdigest() == DIGEST


def test_migrated_is_declared(bare_url: str) -> None:
    upgrade(bare_url)
    upgrade(bare_url)  # a second start changes nothing
    engine = create_engine(bare_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        migrated = inspect(connection)
        for name, declared in SQLModel.metadata.tables.items():
            checks = {check["name"] for check in migrated.get_check_constraints(name)}
            wanted = {
                str(check.name) for check in declared.constraints if check.__visit_name__.startswith("check")
            }
            assert wanted <= checks, name
    engine.dispose()


def test_the_number_of_a_removed_row_is_never_given_again(bare_url: str) -> None:
    """A page left open, or a send on the wire, may still speak of a woman who erased herself: never of the next one."""
    upgrade(bare_url)
    engine = create_engine(bare_url)
    new = (
        "INSERT INTO members (keeps_reminders, do_not_write, created_at) VALUES (true, false, 1) RETURNING id"
    )
    with engine.begin() as connection:
        first = connection.exec_driver_sql(new).scalar_one()
        connection.exec_driver_sql("DELETE FROM members")
        assert connection.exec_driver_sql(new).scalar_one() > first
        if engine.dialect.name == "sqlite":
            rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master")
            sql = {row.name: row.sql for row in rows}
            numbered = [
                name for name, one in SQLModel.metadata.tables.items() if "id" in one.primary_key.columns
            ]
            assert [name for name in numbered if "AUTOINCREMENT" not in sql[name]] == []
    engine.dispose()


def test_an_upgrade_keeps_what_was_written(bare_url: str) -> None:
    """Everything of the first release is still there after the second, and still held together by its keys."""
    engine = create_engine(bare_url)
    with engine.begin() as connection:
        command.upgrade(config(connection), "0001")
        rows = [
            (
                "INSERT INTO sites (id, slug, name, place, address, phone, timezone, quiet_from_min, quiet_until_min)"
                " VALUES (3, 'celje', 'n', 'p', 'a', '1', 'Europe/Ljubljana', 1200, 480)"
            ),
            (
                "INSERT INTO members (id, language, keeps_reminders, do_not_write, created_at)"
                " VALUES (5, 'sq', false, true, 1)"
            ),
            (
                "INSERT INTO addresses (id, account, external_id, member_id, reachable, created_at)"
                " VALUES (7, 'web', 'x', 5, true, 1)"
            ),
            (
                "INSERT INTO conversations (id, address_id, member_id, stack, owner, waiting_reason, waiting_since, urgent,"
                " misses, burst, asking_from, version) VALUES (9, 7, 5, '[]', 'waiting', 'asked', 2, true, 0, 0, 0, 4)"
            ),
            (
                "INSERT INTO messages (id, conversation_id, account, outgoing, kind, text, lane, policy, state, answered,"
                " not_before, attempt, created_at) VALUES (11, 9, 'web', true, 'answer', 'pozdrav', 1, 'render_again',"
                " 'queued', false, 2, 0, 2)"
            ),
        ]
        for row in rows:
            connection.exec_driver_sql(row)
    engine.dispose()
    upgrade(bare_url)
    with engine.connect() as connection:

        def one(question: str) -> tuple[object, ...]:
            return tuple(connection.exec_driver_sql(question).one())

        assert one("SELECT language, do_not_write, erased_at FROM members") == ("sq", True, None)
        assert one("SELECT owner, waiting_since, version, site_id, staff_id FROM conversations") == (
            "waiting",
            2,
            4,
            3,
            None,
        )
        assert one("SELECT text, state, conversation_id, staff_id FROM messages") == (
            "pozdrav",
            "queued",
            9,
            None,
        )
    wrong = "UPDATE conversations SET owner = 'person', waiting_since = NULL"
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql(wrong)
    engine.dispose()
