"""A booking storm from several processes: winners = slots, and with the constraint off the same storm must oversell."""

import multiprocessing
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from multiprocessing.pool import Pool

import pytest
from sqlalchemy import select, text

from storage.bookings import BookingRow
from storage.cells import CellRow
from storage.db import Database
from storage.sql import Tx, table
from tests.helpers.counts import count
from tests.helpers.make import MONDAY
from tests.storage.offices import NINE, TEN, at, member, office
from tests.storage.storming import Task, Told, ready, storm

PROCESSES = 3
ROUNDS = count("SEEDS", 3)
MEMBERS = count("CASES", 24)
PEOPLE = 2
NOW = MONDAY
TUESDAY = date(2026, 3, 3)

pytestmark = pytest.mark.storm


@pytest.fixture(scope="module")
def processes() -> Iterator[Pool]:
    """Real processes with nothing in common but the database; made once, because importing takes a second each."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES, ready, (context.Barrier(PROCESSES),)) as pool:
        yield pool


def rage(db: Database, url: str, processes: Pool, seed: int) -> tuple[list[Told], int]:
    """Two half hours of two counsellors on two days: what everybody was told, and how many slots there were."""
    site, _ = db.write(lambda tx: office(tx, hours=(NINE, TEN), people=PEOPLE))
    times: list[datetime] = [
        at(TUESDAY + timedelta(days=ahead), 9, minute) for ahead in (0, 1) for minute in (0, 30)
    ]
    members = db.write(lambda tx: [member(tx, f"member {number}", NOW) for number in range(MEMBERS)])
    tasks = [
        Task(url, site, tuple(times), tuple(members[number::PROCESSES]), NOW, seed * PROCESSES + number)
        for number in range(PROCESSES)
    ]
    told = [one for answers in processes.map(storm, tasks, chunksize=1) for one in answers]
    return told, len(times) * PEOPLE


def overlaps(db: Database) -> int:
    """Pairs of meetings of one counsellor at one time, found without the cells."""
    rows = db.read(
        lambda tx: tx.query(select(table(BookingRow)).where(table(BookingRow).c.state == "booked"))
    )
    return sum(
        1
        for a in rows
        for b in rows
        if a.id < b.id
        and a.counsellor_id == b.counsellor_id
        and a.starts_at < b.ends_at
        and b.starts_at < a.ends_at
    )


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_winners_are_slots(db: Database, database_url: str, processes: Pool, seed: int) -> None:
    told, slots = rage(db, database_url, processes, seed)
    winners = [one for one in told if one.booking_id is not None]
    assert len(told) == MEMBERS
    assert len(winners) == slots
    assert overlaps(db) == 0
    stored = db.read(lambda tx: tx.query(select(table(BookingRow))))
    assert {(row.id, row.member_id) for row in stored} == {(one.booking_id, one.member_id) for one in winners}
    assert all(one.answers[-1] == "Taken" and set(one.answers[:-1]) <= {"Gone"} for one in winners)
    assert all(set(one.answers) == {"Gone"} for one in told if one.booking_id is None)
    assert len(db.read(lambda tx: tx.query(select(table(CellRow))))) == slots * 6


def test_without_the_constraint_the_storm_oversells(db: Database, database_url: str, processes: Pool) -> None:
    db.write(_unconstrained)
    told, slots = rage(db, database_url, processes, seed=0)
    assert sum(one.booking_id is not None for one in told) > slots
    assert overlaps(db) > 0


def _unconstrained(tx: Tx) -> None:
    if tx.dialect.name == "postgresql":
        tx.query(text("ALTER TABLE cells DROP CONSTRAINT pk_cells"))
        return
    tx.query(text("ALTER TABLE cells RENAME TO constrained"))
    tx.query(text("CREATE TABLE cells (counsellor_id INTEGER, cell INTEGER, booking_id INTEGER)"))
