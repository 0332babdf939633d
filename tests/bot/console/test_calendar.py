"""The calendar's page: who may know what, local times on both clock changes, and the outcome of a meeting in one tap."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from storage import bookings, calendars, conversations, counsellors, joint, refusals
from storage.bookings import Booking, BookingRow
from storage.cells import CellRow
from storage.sites import ClosedDay
from storage.sql import Tx, table
from storage.staff import StaffRow
from tests.helpers import make
from tests.helpers.console import Console, Desk
from tests.storage import offices
from tests.storage.offices import NINE, NOON, TEN

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PHONE = {"User-Agent": "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Firefox/140.0"}
CALENDAR = "/console/calendar"


def staffed(running: Console, people: int = 2) -> list[int]:
    return running.parts.db.write(lambda tx: offices.office(tx, people=people)[1])


def is_counsellor(running: Console, desk: Desk, counsellor: int) -> Desk:
    assert desk.staff is not None
    row, who = table(StaffRow), desk.staff.id
    tied = update(row).where(row.c.id == who).values(counsellor_id=counsellor)
    running.parts.db.write(lambda tx: tx.query(tied) and None)
    return desk


def met(running: Console, counsellor: int, at: datetime, minutes: int = 30, name: str = "100") -> Booking:
    """A meeting as the bot would have taken it, at any time."""

    def unit(tx: Tx) -> Booking:
        _, member = conversations.load(tx, "telegram:1", name, make.MONDAY)
        wish = Booking(
            0,
            member.id,
            None,
            running.site.id,
            counsellor,
            "work",
            "phone",
            None,
            at,
            at + timedelta(minutes=minutes),
            make.MONDAY - timedelta(days=3),
        )
        found = bookings._insert(tx, wish)
        assert joint.holds(tx, found)
        counsellors.booked(tx, running.site.id, "take", found.id)
        return found

    return running.parts.db.write(unit)


def state(running: Console, booking: Booking) -> str:
    row = table(BookingRow)
    return str(
        running.parts.db.read(lambda tx: tx.query(select(row.c.state).where(row.c.id == booking.id)))[0].state
    )


async def test_a_day_for_a_phone_and_a_week_for_a_desk(running: Console) -> None:
    staffed(running)
    desk = running.signed_in("desk")
    assert "Monday, 2 Mar 2026" in (await desk.get(CALENDAR, **PHONE)).words
    week = (await desk.get(CALENDAR)).words
    assert "2 Mar 2026 to 6 Mar 2026" in week  # nothing is on the weekend
    assert "9:00–12:00" in week
    assert "Week" in (await desk.get(f"{CALENDAR}?view=day&day=2026-03-08")).words
    assert "Nina 0 not here" in desk.words
    assert "2 Mar 2026 to 6 Mar 2026" in (await desk.get(f"{CALENDAR}?day=0001-01-01")).words
    assert "2 Mar 2026 to 6 Mar 2026" in (await desk.get(f"{CALENDAR}?day=never&view=none")).words


async def test_breaks_exceptions_and_closed_days_are_shown(running: Console) -> None:
    first, second = staffed(running)
    day = date(2026, 3, 3)

    def unit(tx: Tx) -> None:
        counsellors.add_hours(tx, first, 1, NOON + 30, NOON + 90, modes=("phone",))
        counsellors.add_exception(tx, second, day, "off", NINE, TEN)
        counsellors.add_exception(tx, second, day, "extra", 17 * 60, 18 * 60)
        closed = insert(table(ClosedDay)).values(site_id=running.site.id, day=day, reason="inventura")
        tx.query(closed)

    running.parts.db.write(unit)
    shown = (await running.signed_in("admin").get(f"{CALENDAR}?view=day&day={day}")).words
    assert "9:00–12:00 break 12:00–12:30 12:30–13:30 (by phone)" in shown
    assert "extra 17:00–18:00 away 9:00–10:00" in shown
    assert "Closed: inventura" in shown


async def test_who_may_know_what(running: Console) -> None:
    mine, hers = staffed(running)
    own = met(running, mine, make.MONDAY + timedelta(hours=1))
    other = met(running, hers, make.MONDAY + timedelta(hours=2), name="200")
    ana = is_counsellor(running, running.signed_in("counsellor"), mine)
    for view in ("day", "week"):
        where = f"{CALENDAR}?view={view}"
        shown = (await ana.get(where)).words
        assert "11:00–11:30 💼 Work · by phone" in shown
        assert "12:00–12:30 booked" in shown
        assert other.code not in ana.body
        both = (await running.signed_in("desk").get(where)).words
        assert both.count("💼 Work · by phone") == 2
        none = (await running.signed_in("admin").get(where)).words
        assert none.count("booked") == 2
        assert "💼" not in none
        assert own.code not in none
        for role in ("mediator", "analyst"):
            assert (await running.signed_in(role).get(where)).status == 404
    assert own.code in (await ana.get(f"{CALENDAR}?view=day")).words


async def test_a_member_who_refused_her_is_only_a_time_that_is_taken(running: Console) -> None:
    who = staffed(running, 1)[0]
    booking = met(running, who, make.MONDAY + timedelta(hours=1))
    desk = running.signed_in("desk")
    assert desk.staff is not None
    staff_id = desk.staff.id
    running.parts.db.write(lambda tx: refusals.add(tx, booking.member_id, staff_id, make.MONDAY))
    shown = await desk.get(f"{CALENDAR}?view=day")
    assert booking.code not in shown.body
    assert "11:00–11:30 booked" in shown.words


async def test_another_site_is_not_hers(running: Console) -> None:
    staffed(running)
    other = running.parts.db.write(lambda tx: make.site(tx, "postojna"))
    desk = running.signed_in("desk")
    for told in (str(other.id), "999", "x", "-1"):
        assert (await desk.get(f"{CALENDAR}?site={told}")).status == 404
    assert "Nina" not in (await running.signed_in("coordinator", site=other).get(CALENDAR)).words


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "1:30–3:30"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2:30 (UTC+2)–2:30 (UTC+1)"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2:30 (UTC+1)–3:30"),
        (datetime(2026, 10, 25, 22, 0, tzinfo=UTC), "23:00–0:00"),
        (datetime(2026, 3, 29, 21, 0, tzinfo=UTC), "23:00–0:00"),
    ],
)
async def test_local_times_on_the_days_of_a_clock_change(running: Console, at: datetime, shown: str) -> None:
    who = staffed(running, 1)[0]
    met(running, who, at, 60)
    day = date(2026, at.month, at.day)
    desk = running.signed_in("desk")
    assert shown in (await desk.get(f"{CALENDAR}?view=day&day={day}")).words
    assert shown in (await desk.get(f"{CALENDAR}?view=week&day={day}")).words
    assert shown not in (await desk.get(f"{CALENDAR}?view=day&day={day + timedelta(days=1)}")).words
    assert shown not in (await desk.get(f"{CALENDAR}?view=day&day={day - timedelta(days=1)}")).words


# --- one tap ---


async def test_the_outcome_is_noted_from_the_day(running: Console) -> None:
    who = staffed(running, 1)[0]
    booking = met(running, who, make.MONDAY - timedelta(hours=1))
    desk = running.signed_in("desk")
    told = {"site": str(running.site.id), "day": "2026-03-02"}
    where = f"/console/today/{booking.id}"
    assert (await desk.post(where, came="yes", **told)).status == 303
    assert desk.headers["Location"] == f"{CALENDAR}?view=day&site={running.site.id}&day=2026-03-02"
    assert "Take back" in (await desk.follow()).words
    assert state(running, booking) == "attended"
    assert (await desk.post(where, came="no", **told)).status == 422
    assert "Monday, 2 Mar 2026" in desk.words
    assert "could not be noted" in desk.words
    assert (await desk.post(f"{where}/undo", **told)).status == 303
    assert state(running, booking) == "booked"


async def test_she_cancelled_frees_her_time_and_can_be_taken_back(running: Console) -> None:
    who = staffed(running, 1)[0]
    later = met(running, who, make.MONDAY + timedelta(days=1))
    desk, where = running.signed_in("desk"), f"/console/today/{later.id}"
    wish = offices.wanted(running.site, mode="phone")

    def free() -> list[datetime]:
        day = later.starts_at.date()
        found = running.parts.db.read(lambda tx: calendars.free_slots(tx, wish, day, make.MONDAY))
        return [slot.starts_at for slot in found]

    assert later.starts_at not in free()
    assert (await desk.post(where, came="cancelled")).status == 303
    assert state(running, later) == "cancelled"
    assert later.starts_at in free()
    assert (await desk.post(where, came="cancelled")).status == 422
    assert "Cancelled" in (await desk.get(f"{CALENDAR}?view=day&day=2026-03-03")).words
    assert (await desk.post(f"{where}/undo")).status == 303
    assert state(running, later) == "booked"
    assert later.starts_at not in free()
    assert (await desk.post(where, came="cancelled")).status == 303
    taken = met(running, who, later.starts_at, name="200")
    assert (await desk.post(f"{where}/undo")).status == 422  # somebody has it now
    assert (state(running, later), state(running, taken)) == ("cancelled", "booked")
    held = running.parts.db.read(lambda tx: tx.query(select(table(CellRow).c.booking_id).distinct()))
    assert [row.booking_id for row in held] == [taken.id]


async def test_what_she_cancelled_herself_is_not_taken_back(running: Console) -> None:
    who = staffed(running, 1)[0]
    later = met(running, who, make.MONDAY + timedelta(days=1))
    running.parts.db.write(lambda tx: bookings.cancel(tx, later.id, later.member_id, make.MONDAY))
    assert (await running.signed_in("desk").post(f"/console/today/{later.id}/undo")).status == 422
    assert state(running, later) == "cancelled"
