"""The audit: the database refuses changes, the chain is sealed in order, and it tells which row is not as it was."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, text

from storage import audit
from storage.audit import GENESIS, Broken
from storage.db import Database
from storage.sql import Tx
from tests.helpers import make

NOW = make.MONDAY
WAIT_S = 20
only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def written(db: Database, count: int) -> None:
    """So many acts, each different."""

    def unit(tx: Tx) -> None:
        for number in range(count):
            about = audit.name(tx, "conversation", number, f"name-{number}")
            audit.record(tx, NOW, "ana", "chat.take", about, {"number": number, "again": False})

    db.write(unit)


def sealed(db: Database, limit: int = 500) -> int:
    return db.write(lambda tx: audit.seal(tx, limit))


def verified(db: Database) -> Broken | None:
    return db.read(audit.verify)


@pytest.fixture
def attacker(db: Database) -> Iterator[Connection]:
    """Somebody with the file or the server's password: the triggers are no obstacle."""
    engine = create_engine(db.url)
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            names = connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).scalars()
            for name in [name for name in names if name.startswith("audit")]:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            for table in ("audit", "audit_seals"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        connection.commit()
        yield connection
    engine.dispose()


def does(attacker: Connection, *statements: str) -> None:
    for statement in statements:
        attacker.execute(text(statement))
    attacker.commit()


# --- the database refuses


@pytest.mark.parametrize("table", ["audit", "audit_seals"])
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_the_database_refuses_to_change_or_remove(db: Database, table: str, statement: str) -> None:
    written(db, 2)
    sealed(db)
    engine = create_engine(db.url)
    column = "act" if table == "audit" else "digest"
    with engine.connect() as connection, pytest.raises(Exception, match="append-only"):
        connection.execute(text(statement.format(table, column)))
    engine.dispose()
    assert verified(db) is None


@only_sqlite
@pytest.mark.parametrize("table", ["audit", "audit_seals"])
def test_replacing_a_row_is_refused_too(db: Database, table: str) -> None:
    """INSERT OR REPLACE removes a row and fires no DELETE trigger."""
    written(db, 2)
    sealed(db)
    engine = create_engine(db.url)
    with engine.connect() as connection, pytest.raises(Exception, match="append-only"):
        connection.execute(text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))
    engine.dispose()


@only_postgresql
def test_truncating_is_refused_too(db: Database) -> None:
    engine = create_engine(db.url)
    with engine.connect() as connection, pytest.raises(Exception, match="append-only"):
        connection.execute(text("TRUNCATE audit"))
    engine.dispose()


def test_an_act_is_words_with_dots(db: Database) -> None:
    for act in ("take", "chat.Take", "chat take", "chat.", "čat.take"):
        with pytest.raises(ValueError, match="dots"):
            db.write(lambda tx, act=act: audit.record(tx, NOW, "ana", act))  # type: ignore[misc]  # mypy cannot type a default


# --- names


def test_a_name_is_made_once(db: Database) -> None:
    first = db.write(lambda tx: audit.name(tx, "conversation", 17, "aaa"))
    again = db.write(lambda tx: audit.name(tx, "conversation", 17, "bbb"))
    other = db.write(lambda tx: audit.name(tx, "booking", 17, "ccc"))
    assert (first, again, other) == ("aaa", "aaa", "ccc")


# --- the chain


def test_sealing_goes_on_where_it_ended(db: Database) -> None:
    assert sealed(db) == 0
    assert db.read(audit.head) == audit.Head(0, GENESIS, 0)
    written(db, 5)
    assert verified(db) is None  # nothing is sealed yet
    assert (sealed(db, 3), sealed(db, 3), sealed(db, 3)) == (3, 2, 0)
    written(db, 1)
    assert db.read(audit.head).unsealed == 1
    assert sealed(db) == 1
    assert verified(db) is None


def test_many_pages_of_the_chain_verify(db: Database) -> None:
    written(db, audit.VERIFY_ROWS + 5)
    assert sealed(db, 5000) == audit.VERIFY_ROWS + 5
    assert verified(db) is None


ROW = "(SELECT {0} FROM audit WHERE id = {1})"
TAMPERINGS = {
    "who": (["UPDATE audit SET actor = 'eva' WHERE id = 4"], Broken(4, "altered")),
    "what": (["UPDATE audit SET act = 'chat.close' WHERE id = 4"], Broken(4, "altered")),
    "when": (["UPDATE audit SET at = at + 1 WHERE id = 4"], Broken(4, "altered")),
    "about": (["UPDATE audit SET about = NULL WHERE id = 4"], Broken(4, "altered")),
    "details": (["UPDATE audit SET details = '{\"number\": 9}' WHERE id = 4"], Broken(4, "altered")),
    "last": (["UPDATE audit SET actor = 'eva' WHERE id = 6"], Broken(6, "altered")),
    "its seal": (["UPDATE audit_seals SET digest = '00' WHERE audit_id = 4"], Broken(4, "altered")),
    "its link": (["UPDATE audit_seals SET previous = '00' WHERE audit_id = 4"], Broken(4, "altered")),
    "a row removed": (["DELETE FROM audit WHERE id = 4"], Broken(4, "removed")),
    "the last removed": (["DELETE FROM audit WHERE id = 6"], Broken(6, "removed")),
    "the first removed": (["DELETE FROM audit WHERE id = 1"], Broken(1, "removed")),
    "cut out with its seal": (
        ["DELETE FROM audit WHERE id = 4", "DELETE FROM audit_seals WHERE audit_id = 4"],
        Broken(5, "cut", 3),
    ),
    "the beginning cut off": (
        ["DELETE FROM audit WHERE id <= 2", "DELETE FROM audit_seals WHERE audit_id <= 2"],
        Broken(3, "cut", 0),
    ),
    "two exchanged": (
        [
            "UPDATE audit SET id = 99 WHERE id = 2",
            "UPDATE audit SET id = 2 WHERE id = 5",
            "UPDATE audit SET id = 5 WHERE id = 99",
        ],
        Broken(2, "reordered", 5),
    ),
    "two exchanged with their seals": (
        [
            "UPDATE audit SET id = 99 WHERE id = 2",
            "UPDATE audit SET id = 2 WHERE id = 5",
            "UPDATE audit SET id = 5 WHERE id = 99",
            "UPDATE audit_seals SET audit_id = 99 WHERE audit_id = 2",
            "UPDATE audit_seals SET audit_id = 2 WHERE audit_id = 5",
            "UPDATE audit_seals SET audit_id = 5 WHERE audit_id = 99",
        ],
        Broken(2, "altered"),
    ),
    "one put in its place": (
        [
            "UPDATE audit SET id = 7 WHERE id = 6",
            "INSERT INTO audit (id, at, actor, act) VALUES (6, 1, 'eva', 'chat.take')",
        ],
        Broken(6, "reordered", 7),
    ),
    "one put between": (
        ["INSERT INTO audit (id, at, actor, act) VALUES (8, 1, 'eva', 'chat.take')"],
        Broken(8, "inserted"),
    ),
    "one put before all": (
        ["INSERT INTO audit (id, at, actor, act) VALUES (-3, 1, 'eva', 'chat.take')"],
        Broken(-3, "inserted"),
    ),
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_it_is_told_which_row_was_tampered_with(db: Database, attacker: Connection, how: str) -> None:
    written(db, 6)
    # A number that was never used, as a transaction that was rolled back leaves it on PostgreSQL.
    does(attacker, "INSERT INTO audit (id, at, actor, act) VALUES (10, 1, 'system', 'retention.run')")
    assert sealed(db) == 7
    assert verified(db) is None
    statements, expected = TAMPERINGS[how]
    does(attacker, *statements)
    assert verified(db) == expected


def test_a_row_put_in_among_many_is_found(db: Database, attacker: Connection) -> None:
    """More rows than seals on one page of the walk."""
    written(db, audit.VERIFY_ROWS)
    does(attacker, "INSERT INTO audit (id, at, actor, act) VALUES (1005, 1, 'system', 'retention.run')")
    sealed(db, 5000)
    does(
        attacker,
        *(f"INSERT INTO audit (id, at, actor, act) VALUES (-{n}, 1, 'eva', 'x.y')" for n in range(3)),
    )
    assert verified(db) == Broken(-2, "inserted")


def test_sealing_hides_no_tampering(db: Database, attacker: Connection) -> None:
    written(db, 4)
    sealed(db)
    does(attacker, "DELETE FROM audit WHERE id = 2")
    written(db, 2)
    sealed(db)
    assert verified(db) == Broken(2, "removed")


def test_a_removed_end_shows_in_the_head(db: Database, attacker: Connection) -> None:
    """The walk cannot see it: only the head that was written down elsewhere does."""
    written(db, 4)
    sealed(db)
    head = db.read(audit.head)
    does(attacker, "DELETE FROM audit WHERE id > 2", "DELETE FROM audit_seals WHERE audit_id > 2")
    assert verified(db) is None
    assert db.read(audit.head) != head


# --- writers and the sealer


@only_postgresql
def test_a_lower_number_in_flight_is_waited_for(db: Database) -> None:
    """Two writers: the lower number commits last. The sealer neither skips it nor makes anybody wait."""
    drawn, go = threading.Event(), threading.Event()

    def slow(tx: Tx) -> None:
        audit.record(tx, NOW, "ana", "chat.take")
        drawn.set()
        assert go.wait(WAIT_S)

    future = db.submit(slow)
    try:
        assert drawn.wait(WAIT_S)
        written(db, 1)  # nobody waits for the slow one
        assert sealed(db) == 0
    finally:
        go.set()
    future.result(WAIT_S)
    assert sealed(db) == 2
    assert verified(db) is None


@only_postgresql
def test_writing_waits_for_no_sealer(db: Database) -> None:
    written(db, 3)
    inside, go = threading.Event(), threading.Event()

    def slow(tx: Tx) -> int:
        count = audit.seal(tx, 100)
        inside.set()
        assert go.wait(WAIT_S)
        return count

    future = db.submit(slow)
    try:
        assert inside.wait(WAIT_S)
        written(db, 1)
        assert sealed(db) == 0  # one sealer at a time
    finally:
        go.set()
    assert future.result(WAIT_S) == 3
    assert sealed(db) == 1
    assert verified(db) is None


def test_writers_side_by_side_make_one_chain(db: Database) -> None:
    futures = []
    for number in range(60):
        futures.append(db.submit(lambda tx: audit.record(tx, NOW, "ana", "chat.reply")))
        if number % 5 == 0:
            futures.append(db.submit(lambda tx: audit.seal(tx, 7)))  # type: ignore[arg-type]  # only awaited
    for future in futures:
        future.result(WAIT_S)
    while sealed(db):
        pass
    assert db.read(audit.head).unsealed == 0
    assert verified(db) is None


# --- reading


def test_the_page_shows_the_newest_first_by_act_and_page(db: Database) -> None:
    def unit(tx: Tx) -> None:
        for act in ("chat.take", "chat.close", "chat.take"):
            audit.record(tx, NOW, audit.SYSTEM, act)

    db.write(unit)
    assert [line.id for line in db.read(lambda tx: audit.page(tx, 2))] == [3, 2]
    assert [line.id for line in db.read(lambda tx: audit.page(tx, 2, before=2))] == [1]
    assert [line.id for line in db.read(lambda tx: audit.page(tx, 5, act="chat.take"))] == [3, 1]
    assert db.read(audit.acts) == ["chat.close", "chat.take"]
