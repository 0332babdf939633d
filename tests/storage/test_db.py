"""Both databases keep the same promises: units are whole, neighbours are safe, trouble is told and heals by itself."""

from __future__ import annotations

import resource
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import literal, select
from sqlalchemy.engine import make_url

from storage import sites, sqlite, updates
from storage.db import GROUP_MAX, At, Database, DatabaseUnavailable, NestedUnit, RawTx, open_database
from storage.sites import Mark
from storage.sql import InsertNew, Statement, Tx, Utc, table
from storage.updates import UpdateRow
from tests.conftest import Templates
from tests.helpers import make, trouble

NOW = make.MONDAY
WAIT_S = 30
FULL = 2
"""SQLite's number for it."""
_marks = table(Mark)
_updates = table(UpdateRow)
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """Opened as the house opens it: here the disk is waited for."""
    opened = open_database(database_url)
    yield opened
    opened.close()


def mark(name: str) -> Callable[[Tx], None]:
    return lambda tx: sites.mark(tx, name, NOW)


def first_time(key: str) -> Callable[[Tx], bool]:
    return lambda tx: updates.first_time(tx, "a", key, NOW)


def marks(db: Database) -> set[str]:
    return {row.name for row in db.read(lambda tx: tx.query(select(_marks.c.name)))}


class Held:
    """Every writer of the database busy until `let_go`, so that what is submitted meanwhile waits side by side."""

    def __init__(self, db: Database, writers: int) -> None:
        self.free = threading.Event()
        self.entered = threading.Semaphore(0)
        self.futures = [db.submit(self._hold) for _ in range(writers)]
        for _ in range(writers):
            assert self.entered.acquire(timeout=WAIT_S)

    def _hold(self, _tx: Tx) -> None:
        self.entered.release()
        assert self.free.wait(WAIT_S)

    def let_go(self, futures: list[Future[Any]]) -> None:
        self.free.set()
        for future in [*self.futures, *futures]:
            future.exception(WAIT_S)


def hold(db: Database) -> Held:
    return Held(db, 1 if isinstance(db, sqlite.SqliteDatabase) else 6)


# --- units


def test_what_was_written_is_read(db: Database) -> None:
    def unit(tx: Tx) -> int:
        sites.mark(tx, "a", NOW)
        return 17

    assert db.write(unit) == 17
    assert db.read(lambda tx: sites.marked(tx, "a")) == NOW


def synchronous(tx: Tx) -> int:
    assert isinstance(tx, RawTx)
    return int(tx._cursor.execute("PRAGMA synchronous").fetchone()[0])


@only_sqlite
def test_what_was_committed_survives_a_power_cut(db: Database) -> None:
    assert db.write(synchronous) == FULL


def test_the_same_first_mark_set_by_many_at_once(db: Database) -> None:
    """The ticks of a fresh database all fire together."""
    for round_ in range(30):
        wanted = [db.submit(mark(f"first {round_}")) for _ in range(8)]
        for one in wanted:
            one.result(WAIT_S)


def test_a_unit_that_raises_leaves_nothing_and_costs_no_neighbour(db: Database) -> None:
    def poison(tx: Tx) -> None:
        sites.mark(tx, "poison", NOW)
        raise RuntimeError("planted")

    def wrong(tx: Tx) -> None:
        sites.mark(tx, "wrong", NOW)
        tx.query(select(_marks.c.name).where(_marks.c.at == "no number"))

    held = hold(db)
    futures: list[Future[Any]] = []
    for number in range(6):
        futures += [db.submit(mark(f"good {number}")), db.submit(poison), db.submit(wrong)]
    held.let_go(futures)
    assert marks(db) == {f"good {number}" for number in range(6)}
    for future in futures[1::3]:
        with pytest.raises(RuntimeError, match="planted"):
            future.result()
    assert not [future for future in futures[::3] if future.exception()]


@only_sqlite
def test_units_that_wait_together_are_committed_together(database_url: str) -> None:
    commits: list[str] = []
    db = open_database(database_url, commits.append)
    held = hold(db)
    futures = [db.submit(mark(str(number))) for number in range(GROUP_MAX)]
    held.let_go(futures)
    assert commits.count("db.after_commit") == 2
    assert len(marks(db)) == GROUP_MAX
    db.close()


@only_sqlite
def test_long_work_lets_others_pass_and_shares_its_commit_with_none(database_url: str) -> None:
    commits: list[str] = []
    order: list[str] = []

    def unit(name: str) -> Callable[[Tx], None]:
        def write(tx: Tx) -> None:
            order.append(name)
            sites.mark(tx, name, NOW)

        return write

    db = open_database(database_url, commits.append)
    held = hold(db)
    futures = [db.submit(unit(f"piece {number}"), later=True) for number in range(2)]
    futures += [db.submit(unit(f"turn {number}")) for number in range(2)]
    held.let_go(futures)
    assert order == ["turn 0", "turn 1", "piece 0", "piece 1"]
    assert commits.count("db.after_commit") == 4  # who held it, both turns, and every piece
    held = hold(db)
    left = db.submit(unit("left"), later=True)
    held.let_go([])
    db.close()
    assert left.done()
    assert order[-1] == "left"


def test_a_unit_inside_a_unit_is_refused(db: Database) -> None:
    units: list[Callable[[Tx], Any]] = [lambda _: db.write(mark("x")), lambda _: db.read(lambda _: 1)]
    for inside in units:
        for outside in (db.write, db.read):
            with pytest.raises(NestedUnit):
                outside(inside)
    db.write(mark("after"))
    assert marks(db) == {"after"}


def test_an_attempt_given_up_undoes_only_itself(db: Database) -> None:
    def raising(tx: Tx) -> None:
        with tx.attempt():
            sites.mark(tx, "raised", NOW)
            _ = 1 / 0

    def unit(tx: Tx) -> None:
        sites.mark(tx, "before", NOW)
        with tx.attempt() as attempt:
            sites.mark(tx, "tried", NOW)
            with tx.attempt():
                sites.mark(tx, "tried deeper", NOW)
            attempt.give_up()
        with tx.attempt():
            sites.mark(tx, "kept", NOW)
        with pytest.raises(ZeroDivisionError):
            raising(tx)
        sites.mark(tx, "after", NOW)

    db.write(unit)
    assert marks(db) == {"before", "kept", "after"}


def test_a_reader_cannot_write(db: Database) -> None:
    with pytest.raises(Exception):  # noqa: B017 - each driver has its own word for it
        db.read(mark("x"))
    assert marks(db) == set()
    db.write(mark("y"))
    assert marks(db) == {"y"}


def test_a_time_without_a_zone_is_refused(db: Database) -> None:
    naive = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - the point
    with pytest.raises(ValueError):
        db.write(lambda tx: sites.mark(tx, "x", naive))
    db.write(lambda tx: sites.mark(tx, "x", datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC)))
    assert db.read(lambda tx: sites.marked(tx, "x")) == datetime(
        1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC
    )


def test_an_insert_of_something_new_says_whether_it_was(db: Database) -> None:
    assert db.write(lambda tx: updates.first_time(tx, "a", "1", NOW))
    assert not db.write(lambda tx: updates.first_time(tx, "a", "1", NOW))
    assert db.write(lambda tx: updates.first_time(tx, "b", "1", NOW))
    added = InsertNew(_marks, "name", "at", returning="name")
    assert db.write(lambda tx: tx.one(added, name="n", at=NOW)).name == "n"
    assert db.write(lambda tx: tx.one(added, name="n", at=NOW)) is None


def test_of_many_who_insert_at_once_one_is_first(db: Database) -> None:
    held = hold(db)
    futures: list[Future[Any]] = [db.submit(first_time(key)) for key in "12345" for _ in range(12)]
    held.let_go(futures)
    assert sum(future.result() for future in futures) == 5


def test_who_no_longer_waits_stops_nobody_else(db: Database) -> None:
    held = hold(db)
    futures: list[Future[Any]] = [db.submit(mark(name)) for name in ("a", "b", "c")]
    assert futures[1].cancel()
    held.let_go([futures[0], futures[2]])
    db.write(mark("d"))
    assert marks(db) == {"a", "c", "d"}


# --- trouble with the disk


@contextmanager
def disk_of(db: Database, size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: the operating system itself refuses."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def pages_of(db: Database, extra: int) -> Iterator[None]:
    """The database may have only so many more pages: SQLite's own word for a full disk."""

    def limit(tx: Any, more: int) -> None:  # its cursor is nobody's business but this test's
        count = int(tx._cursor.execute("PRAGMA page_count").fetchone()[0])
        tx._cursor.execute(f"PRAGMA max_page_count={count + more}").fetchone()

    db.write(lambda tx: limit(tx, extra))
    yield
    db.write(lambda tx: limit(tx, 100_000))


def big(key: str) -> Callable[[Tx], bool]:
    return lambda tx: updates.first_time(tx, "x" * 2_000_000, key, NOW)


@only_sqlite
@pytest.mark.parametrize("limit", ["disk", "pages"])
def test_a_full_disk_is_told_keeps_nothing_and_heals(db: Database, limit: str) -> None:
    db.write(mark("before"))
    path = Path(str(make_url(db.url).database))
    largest = max(part.stat().st_size for part in path.parent.glob(f"{path.name}*"))
    room = disk_of(db, largest + 50_000) if limit == "disk" else pages_of(db, 10)
    with room:
        held = hold(db)
        futures: list[Future[Any]] = [db.submit(unit) for unit in (mark("small"), big("1"), mark("other"))]
        held.let_go(futures)
        with pytest.raises(DatabaseUnavailable):
            futures[1].result()
        with pytest.raises(DatabaseUnavailable):
            db.write(big("2"))
        assert db.read(lambda tx: sites.marked(tx, "before")) == NOW
    assert db.write(big("1"))
    kept = {"before"} | {
        name for name, future in (("small", futures[0]), ("other", futures[2])) if not future.exception()
    }
    assert marks(db) == kept
    assert len(db.read(lambda tx: tx.query(select(_updates.c.external_id)))) == 1


@only_sqlite
def test_a_locked_file_is_told_to_all_at_once_and_heals(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MS", 200)
    db = open_database(database_url)
    db.write(mark("before"))
    other = trouble.raw_connection(Path(str(make_url(database_url).database)))
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    futures = [db.submit(mark(str(number))) for number in range(GROUP_MAX)]
    assert all(isinstance(future.exception(WAIT_S), DatabaseUnavailable) for future in futures)
    assert time.monotonic() - started < 0.2 * GROUP_MAX / 2
    assert db.read(lambda tx: sites.marked(tx, "before")) == NOW
    other.execute("ROLLBACK")
    other.close()
    db.write(mark("healed"))
    assert marks(db) == {"before", "healed"}
    db.close()


# --- trouble with the server


@only_postgresql
def test_a_dead_server_is_told_and_its_return_heals(db: Database, templates: Templates) -> None:
    db.write(mark("before"))
    with trouble.server_away(db, templates):
        for _ in range(8):  # each thread's connection
            with pytest.raises(DatabaseUnavailable):
                db.write(mark("lost"))
            with pytest.raises(DatabaseUnavailable):
                db.read(lambda tx: sites.marked(tx, "before"))
    db.write(mark("after"))
    assert marks(db) == {"before", "after"}


@only_postgresql
def test_connections_ended_between_two_units_cost_nothing(db: Database, templates: Templates) -> None:
    held = hold(db)
    held.let_go([])
    name = make_url(db.url).database
    with templates.running().connect() as admin:
        admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,))
    for number in range(12):
        db.write(mark(str(number)))
    assert len(marks(db)) == 12


@only_postgresql
def test_a_deadlock_is_run_again(db: Database) -> None:
    for name in "ab":
        db.write(mark(name))
    meeting = threading.Barrier(2)
    tries: list[str] = []

    def unit(tx: Tx, first: str, second: str) -> None:
        tries.append(first)
        sites.mark(tx, first, NOW)
        if len(tries) <= 2:
            meeting.wait(WAIT_S)
        sites.mark(tx, second, NOW)

    futures = [db.submit(lambda tx: unit(tx, "a", "b")), db.submit(lambda tx: unit(tx, "b", "a"))]
    assert [future.result(WAIT_S) for future in futures] == [None, None]
    assert len(tries) >= 3


@only_postgresql
def test_a_commit_whose_answer_was_lost_is_run_again_and_its_key_tells(database_url: str) -> None:
    lost = iter([True])

    def at(point: str) -> None:
        if point == "db.after_commit" and next(lost, False):
            raise psycopg.OperationalError("the answer was lost")

    faulty: At = at
    db = open_database(database_url, faulty)
    assert db.write(lambda tx: updates.first_time(tx, "a", "1", NOW)) is False
    assert len(db.read(lambda tx: tx.query(select(_updates.c.external_id)))) == 1
    db.close()


def test_a_time_written_in_a_statement_beside_a_list_is_stored_as_any_other(db: Database) -> None:
    db.write(mark("a"))
    asked = Statement(
        select(_marks.c.name).where(_marks.c.name.in_(("a", "b")), _marks.c.at == literal(NOW, Utc))
    )
    assert [row.name for row in db.read(lambda tx: tx.all(asked))] == ["a"]
