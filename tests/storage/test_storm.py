"""A booking storm from several processes: winners = slots, and with the constraint off the same storm must oversell."""

import multiprocessing
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from multiprocessing.pool import Pool
from typing import Any

import pytest
from sqlalchemy import select, text

from storage import bookings, roomplans
from storage.bookings import BookingRow, Taken
from storage.cells import CellRow
from storage.changes import ChangeRow
from storage.db import Database
from storage.grid import CELL_MS
from storage.messages import MessageRow
from storage.notices import NoticeRow
from storage.roomplans import Facts
from storage.rooms import RoomCellRow
from storage.sites import Site
from storage.sql import Tx, table, to_ms
from tests.helpers import console
from tests.helpers.counts import count
from tests.helpers.make import MONDAY
from tests.storage.offices import NINE, NOON, TEN, at, member, office, wanted
from tests.storage.storming import Acts, Deed, Task, Told, act, deed, ready, storm

PROCESSES = 3
ROUNDS = count("SEEDS", 3)
MEMBERS = count("CASES", 24)
PEOPLE = 2
CHANGES = count("SEEDS", 1)
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


# --- meetings that are there ---


def rows(db: Database, of: type) -> list[Any]:
    return db.read(lambda tx: tx.query(select(table(of))))


def all_at_once(
    db: Database, url: str, site: Site, processes: Pool, seed: int, deeds: list[Deed]
) -> list[str]:
    shares = [tuple(deeds[number::PROCESSES]) for number in range(PROCESSES)]
    acts = [Acts(url, site, NOW, seed * PROCESSES + number, mine) for number, mine in enumerate(shares)]
    return [one for told in processes.map(act, acts, chunksize=1) for one in told]


def cells_of(db: Database) -> dict[int, set[tuple[int, int]]]:
    """The cells each booking holds, and that no cell is held for one that is not there."""
    found: dict[int, set[tuple[int, int]]] = {}
    for row in rows(db, CellRow):
        found.setdefault(row.booking_id, set()).add((row.counsellor_id, row.cell))
    return found


def wanted_cells(row: Any) -> set[tuple[int, int]]:
    begin, end = to_ms(row.starts_at) // CELL_MS, to_ms(row.ends_at) // CELL_MS
    both = [one for one in (row.counsellor_id, row.second_id) if one is not None]
    return {(who, cell) for who in both for cell in range(begin, end)}


def fits(db: Database) -> list[Any]:
    """The open meetings; each holds exactly its own cells, and nothing else holds any."""
    booked = [row for row in rows(db, BookingRow) if row.state == "booked"]
    assert cells_of(db) == {row.id: wanted_cells(row) for row in booked}
    return booked


@pytest.mark.parametrize("seed", range(CHANGES))
def test_moving_all_at_once(db: Database, database_url: str, processes: Pool, seed: int) -> None:
    site, _ = db.write(lambda tx: office(tx, hours=(NINE, TEN), people=PEOPLE))
    times = [at(TUESDAY + timedelta(days=ahead), 9, minute) for ahead in (0, 1, 2) for minute in (0, 30)]
    took: list[tuple[int, int]] = []
    for number, start in enumerate(times[:4] * PEOPLE):
        who, chat = db.write(lambda tx, n=number: member(tx, f"member {n}", NOW))  # type: ignore[misc]  # bound now
        outcome = db.write(
            lambda tx, w=who, c=chat, s=start: bookings.take(  # type: ignore[misc]  # bound now
                tx, wanted(site), s, member_id=w, conversation_id=c, now=NOW
            )
        )
        assert isinstance(outcome, Taken)
        took.append((outcome.booking.id, who))
    deeds: list[Deed] = [
        ("move", (booking, who, to_ms(times[(number + step) % len(times)])))
        for number, (booking, who) in enumerate(took)
        for step in range(1, 5)
    ]
    told = all_at_once(db, database_url, site, processes, seed, deeds)
    booked = fits(db)
    assert {(row.id, row.member_id) for row in booked} == set(took)
    assert told.count("Taken") == sum(row.version - 1 for row in booked) > 0
    assert set(told) <= {"Taken", "Gone", "Mine"}


@pytest.mark.parametrize("seed", range(CHANGES))
def test_joint_meetings_all_at_once(db: Database, database_url: str, processes: Pool, seed: int) -> None:
    """Pairs that want each other both ways round: nobody waits for ever, and each has both or neither."""
    site, who = db.write(lambda tx: office(tx, hours=(NINE, TEN), people=3))
    times = [to_ms(at(TUESDAY, 9, minute)) for minute in (0, 30)]
    members = db.write(lambda tx: [member(tx, f"member {number}", NOW) for number in range(MEMBERS)])
    pairs = [(a, b) for a in who for b in who if a != b]
    deeds: list[Deed] = [
        ("joint", (*ids, times[number % 2], *pairs[number % len(pairs)]))
        for number, ids in enumerate(members)
    ]
    deeds += [("take", (*ids, times[number % 2])) for number, ids in enumerate(members[:4])]
    told = all_at_once(db, database_url, site, processes, seed, deeds)
    booked = fits(db)
    assert told.count("Taken") == len(booked)
    # Of three people at one time: a pair, and one who is left over or has taken one alone, or three alone.
    for start in times:
        people = [
            one
            for row in booked
            if to_ms(row.starts_at) == start
            for one in (row.counsellor_id, row.second_id)
        ]
        taken = [one for one in people if one is not None]
        assert 2 <= len(taken) == len(set(taken)) <= 3


@pytest.mark.parametrize("seed", range(CHANGES))
def test_a_day_is_called_off_while_members_book_it(
    db: Database, database_url: str, processes: Pool, seed: int
) -> None:
    site, (who, _) = db.write(lambda tx: office(tx, hours=(NINE, NOON), people=2))
    staff = db.write(lambda tx: console.person(tx, site, "desk"))
    times = [to_ms(at(TUESDAY, 9 + half // 2, 30 * (half % 2))) for half in range(6)]
    members = db.write(lambda tx: [member(tx, f"member {number}", NOW) for number in range(MEMBERS)])
    deeds: list[Deed] = [
        ("take", (*ids, times[(number + step) % len(times)]))
        for number, ids in enumerate(members)
        for step in range(2)
    ]
    deeds += [("off", (who, times[0], staff))] * 2 + [("sweep", ())] * 9 + [("tell", ())] * 6
    all_at_once(db, database_url, site, processes, seed, deeds)
    tells, sweeps = (deed(Acts("", site, NOW, 0, ()), (kind, ())) for kind in ("tell", "sweep"))
    while db.write(sweeps) or db.write(tells):
        pass
    booked = fits(db)
    assert [row for row in booked if row.counsellor_id == who] == []
    gone = [row for row in rows(db, BookingRow) if row.state == "cancelled"]
    assert all((row.counsellor_id, row.version) == (who, 2) for row in gone)
    assert sorted(row.booking_id for row in rows(db, ChangeRow)) == sorted(row.id for row in gone)
    said = [row.subject for row in rows(db, MessageRow) if row.kind == "booking_change"]
    assert len(said) == len(set(said)) > 0
    decided = [row for row in rows(db, NoticeRow) if row.kind == "booking_change"]
    # Who has booked another time meanwhile is not told that this one is gone.
    assert {row.subject for row in decided if row.reason != "superseded"} == set(said)
    assert sorted(row.subject for row in decided) == sorted(f"booking:{row.id}" for row in gone)


@pytest.mark.parametrize("seed", range(CHANGES))
def test_two_rooms_all_at_once(db: Database, database_url: str, processes: Pool, seed: int) -> None:
    """Three counsellors and two rooms, one of them too small for a joint meeting: taken, moved, joined, cancelled."""
    site, who = db.write(lambda tx: office(tx, hours=(NINE, TEN), people=3))
    times = [to_ms(at(TUESDAY, 9, minute)) for minute in (0, 30)]

    def furnished(tx: Tx) -> list[int]:
        found = [roomplans.add(tx, site.id, Facts(f"Room {seats}", seats)) for seats in (2, 3)]
        for one, room in zip(who, (None, *found), strict=True):
            roomplans.need(tx, site.id, one, needs_one=True, room_id=room)
        return found

    db.write(furnished)
    members = db.write(lambda tx: [member(tx, f"member {number}", NOW) for number in range(MEMBERS)])
    there: list[tuple[int, int]] = []
    for ids, start in zip(members[:4], times * 2, strict=True):
        took = db.write(deed(Acts("", site, NOW, 0, ()), ("take", (*ids, start))))
        assert isinstance(took, Taken)
        there.append((took.booking.id, ids[0]))
    moves: list[Deed] = [
        ("move", (booking, her, times[step % 2])) for booking, her in there for step in range(3)
    ]
    takes: list[Deed] = [("take", (*ids, times[number % 2])) for number, ids in enumerate(members[4:])]
    joins: list[Deed] = [
        ("joint", (*ids, times[number % 2], who[number % 3], who[(number + 1) % 3]))
        for number, ids in enumerate(members[:8])
    ]
    cancels: list[Deed] = [("cancel", one) for one in there[:2]]
    all_at_once(db, database_url, site, processes, seed, moves + takes + joins + cancels)
    booked = fits(db)
    held = {(row.room_id, row.cell, row.booking_id) for row in rows(db, RoomCellRow)}
    assert held == {(row.room_id, cell, row.id) for row in booked for _, cell in wanted_cells(row)}
    assert 3 <= len(booked) <= 4
    assert len({(row.room_id, row.starts_at) for row in booked}) == len(booked)


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
