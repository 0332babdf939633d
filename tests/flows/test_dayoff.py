"""A whole day called off, and a joint meeting from her side."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage import bookings, calendars, changes, counsellors, daysoff, places
from storage.bookings import Taken
from storage.calendars import Second, Wanted
from storage.cells import CellRow
from storage.counsellors import ExceptionRow
from storage.db import Database
from storage.sites import Site
from storage.sql import Tx, table, to_ms
from tests.helpers import make
from tests.helpers.changing import THURSDAY, Desk, at, own
from tests.storage import offices


@pytest.fixture
def desk(db: Database, clock: make.Clock) -> Desk:
    return Desk(db, clock)


# --- a whole day ---


def test_a_day_is_called_off_in_pieces_and_everybody_is_told_once(desk: Desk) -> None:
    made = [
        desk.books(desk.woman(f"w{number}"), at(8 + number // 4, 30 * (number % 2))) for number in range(24)
    ]
    of = made[0].counsellor_id
    concerned = {booking.id for booking in made if booking.counsellor_id == of}
    desk.calls_off(of)
    assert desk.db.write(lambda tx: daysoff.cancel(tx, desk.site.id, desk.clock.at, 2)) == 2
    desk.calls_off(of)  # a second yes, after a crash in the middle
    desk.tick()
    came = desk.delivers()
    assert len(came) == len(concerned) > 3
    assert {booking.id for booking in made if desk.now(booking).state == "cancelled"} == concerned
    assert all(desk.now(booking).version == 2 for booking in made if booking.id in concerned)
    assert desk.until(desk.clock.at + timedelta(hours=6)) == []
    assert len(desk.db.read(lambda tx: tx.query(select(table(ExceptionRow))))) == 1


def test_nobody_books_a_day_that_is_called_off(desk: Desk) -> None:
    every = {booking.counsellor_id for booking in [desk.books(desk.woman(str(n)), at(10)) for n in range(4)]}
    for counsellor in every:
        desk.calls_off(counsellor)
    member = desk.woman("late")
    outcome = desk.db.write(
        lambda tx: bookings.take(
            tx, offices.wanted(desk.site), at(12), member_id=member, conversation_id=None, now=desk.clock.at
        )
    )
    assert outcome == bookings.Gone()


def test_what_has_begun_stays(desk: Desk) -> None:
    booking = desk.books(desk.woman("100"), at(10))
    later = desk.books(desk.woman("200"), at(14))
    row = table(bookings.BookingRow)
    desk.db.write(lambda tx: tx.query(update(row).values(counsellor_id=booking.counsellor_id)) and None)
    desk.clock.at = at(10, 5)
    desk.calls_off(booking.counsellor_id)
    desk.tick()
    assert desk.now(booking).state == "booked"
    assert desk.now(later).state == "cancelled"


def test_other_sites_are_not_touched(db: Database, desk: Desk) -> None:
    there: Site = db.write(lambda tx: make.site(tx, "postojna"))
    booking = desk.books(desk.woman("100"), at(10))
    desk.calls_off(booking.counsellor_id)
    assert db.write(lambda tx: daysoff.cancel(tx, there.id, desk.clock.at, 10)) == 0
    assert desk.now(booking).state == "booked"


# --- a joint meeting, from her side ---


def test_she_sees_one_name_and_moves_both(desk: Desk) -> None:
    chat = desk.phone("300", "en")
    member = desk.hers(chat, at(18)).member_id
    first, second = desk.db.read(lambda tx: [one.id for one in places.colleagues(tx)[:2]])
    wish = Wanted(desk.site, "work", "person", only=first, second=Second(desk.site, second))
    outcome = desk.db.write(
        lambda tx: changes.book(tx, wish, at(10), member_id=member, staff_id=desk.staff, now=desk.clock.at)
    )
    assert isinstance(outcome, Taken)
    desk.db.write(lambda tx: counsellors.add_exception(tx, second, THURSDAY, "off", 12 * 60, 1440))
    desk.tick()
    (seen,) = chat.receives()
    chat.taps("details", on=seen)
    assert "Nina" in chat.last.text
    chat.taps("move").taps("2026-03-05")
    offered = [int(choice) for choice in own(chat.last) if choice.isdigit()]
    assert offered
    chat.taps(str(offered[-1])).taps("yes").sees("booking-moved")
    moved = desk.now(outcome.booking)
    assert (moved.second_id, to_ms(moved.starts_at)) == (second, offered[-1])
    held = desk.db.read(
        lambda tx: tx.query(select(table(CellRow)).where(table(CellRow).c.booking_id == moved.id))
    )
    assert {row.counsellor_id for row in held} == {moved.counsellor_id, second}

    # The second person is away from noon on: no page offers her such a time.
    def free(tx: Tx) -> list[calendars.Slot]:
        wished = changes.again(tx, offices.wanted(desk.site), moved.id, member)
        return calendars.free_slots(tx, wished, THURSDAY, desk.clock.at)

    times = desk.db.read(free)
    assert max(slot.starts_at for slot in times) < at(12)


def test_no_times_are_offered_after_a_joint_meeting(desk: Desk) -> None:
    chat = desk.phone()
    member = desk.hers(chat, at(18)).member_id
    first, second = desk.db.read(lambda tx: [one.id for one in places.colleagues(tx)[:2]])
    wish = Wanted(desk.site, "work", "person", only=first, second=Second(desk.site, second))
    outcome = desk.db.write(
        lambda tx: changes.book(tx, wish, at(10), member_id=member, staff_id=desk.staff, now=desk.clock.at)
    )
    assert isinstance(outcome, Taken)
    desk.clock.forward(minutes=1)
    desk.calls_off(second)
    desk.tick()
    (seen,) = chat.receives()
    assert own(seen) == ["person"]
    assert desk.now(outcome.booking).state == "cancelled"
