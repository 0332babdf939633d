"""Rooms: free times as a scan of every minute has them, the write decides, and whatever frees a meeting frees its room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, text

from storage import (
    attendance,
    bookings,
    calendars,
    counsellors,
    daysoff,
    roomplans,
    taken,
)
from storage.bookings import Booking, BookingRow, Gone, Taken
from storage.calendars import Second
from storage.db import Database
from storage.roomplans import Facts
from storage.sql import Tx, table
from tests.helpers import console, make
from tests.storage.offices import NINE, NOON, at, wanted
from tests.storage.rooming import House

NOW = make.MONDAY
TUESDAY = date(2026, 3, 3)


@pytest.fixture
def house(db: Database) -> House:
    return House(db)


NINE_OCLOCK, HALF_PAST, TEN_OCLOCK = at(TUESDAY, 9), at(TUESDAY, 9, 30), at(TUESDAY, 10)


def test_without_rooms_nothing_is_held(house: House) -> None:
    assert [house.has(NINE_OCLOCK).room_id for _ in range(3)] == [None] * 3
    assert house.held() == set()
    assert isinstance(house.takes(NINE_OCLOCK), Gone)


def test_one_room_is_one_meeting_at_a_time(house: House) -> None:
    (room,) = house.opens(2)
    for who in house.who:
        house.need(who)
    assert house.free()[:2] == ["09:00", "09:30"]
    assert house.has(NINE_OCLOCK).room_id == room
    assert house.free()[0] == "09:30"
    assert isinstance(house.takes(NINE_OCLOCK), Gone)
    assert house.held() == {room}
    on_phone = house.has(NINE_OCLOCK, wanted(house.site, mode="phone"))
    assert on_phone.room_id is None
    house.held()


def test_without_the_constraint_two_meetings_get_one_room(house: House) -> None:
    house.opens(2)
    for who in house.who:
        house.need(who)
    house.db.write(unconstrained)
    assert house.has(NINE_OCLOCK).room_id == house.has(NINE_OCLOCK).room_id


def unconstrained(tx: Tx) -> None:
    if tx.dialect.name == "postgresql":
        tx.query(text("ALTER TABLE room_cells DROP CONSTRAINT pk_room_cells"))
        return
    tx.query(text("ALTER TABLE room_cells RENAME TO constrained"))
    tx.query(text("CREATE TABLE room_cells (room_id INTEGER, cell INTEGER, booking_id INTEGER)"))


def test_who_needs_none_is_not_kept_from_meeting(house: House) -> None:
    (room,) = house.opens(2)
    house.need(house.who[0])
    house.need(house.who[1])
    met = [house.has(NINE_OCLOCK) for _ in range(2)]
    assert {one.room_id for one in met} == {room, None}
    assert isinstance(house.takes(NINE_OCLOCK), Gone)
    assert "09:00" not in house.free()
    assert house.held() == {room}


def test_a_certain_room_is_asked_for_and_any_other_way_round(house: House) -> None:
    small, big = house.opens(2, 6)
    house.need(house.who[0], big)
    house.need(house.who[1])
    house.need(house.who[2])
    only = [replace(wanted(house.site), only=who) for who in house.who]
    assert house.has(NINE_OCLOCK, only[1]).room_id == small
    assert house.has(NINE_OCLOCK, only[2]).room_id == big
    assert isinstance(house.takes(NINE_OCLOCK, only[0]), Gone)
    assert "09:00" not in house.free(only[0])
    assert "09:30" in house.free(only[0])


def test_another_counsellor_may_have_another_room(house: House) -> None:
    small, big = house.opens(2, 6)
    house.need(house.who[0], small)
    house.need(house.who[1], small)
    house.need(house.who[2], big)
    met = [house.has(NINE_OCLOCK) for _ in range(2)]
    assert {(one.counsellor_id == house.who[2], one.room_id) for one in met} == {(True, big), (False, small)}
    assert isinstance(house.takes(NINE_OCLOCK), Gone)


def test_moving_frees_the_old_room_and_keeps_it_where_it_can(house: House) -> None:
    first, second = house.opens(2, 3)
    for who in house.who:
        house.need(who)
    one = house.has(NINE_OCLOCK)
    other = house.has(NINE_OCLOCK)
    assert (one.room_id, other.room_id) == (first, second)
    moved = house.moves(other, TEN_OCLOCK)
    assert isinstance(moved, Taken)
    assert moved.booking.room_id == second
    assert house.held() == {first, second}
    third = house.has(NINE_OCLOCK)
    assert third.room_id == second
    assert isinstance(house.moves(moved.booking, NINE_OCLOCK), Gone)
    assert house.now(moved.booking).starts_at == TEN_OCLOCK
    assert house.now(moved.booking).room_id == second
    on_phone = house.moves(third, NINE_OCLOCK, mode="phone")
    assert isinstance(on_phone, Taken)
    assert on_phone.booking.room_id is None
    back = house.moves(moved.booking, NINE_OCLOCK)
    assert isinstance(back, Taken)
    assert back.booking.room_id == second
    house.held()


def test_cancelling_frees_it_and_taking_back_finds_one(house: House) -> None:
    first, second = house.opens(2, 3)
    for who in house.who:
        house.need(who)
    staff = house.db.write(lambda tx: console.person(tx, house.site, "desk"))
    one = house.has(NINE_OCLOCK)
    assert house.db.write(lambda tx: attendance.cancel(tx, one.id, staff, NOW))
    assert house.held() == set()
    others = replace(wanted(house.site), without=frozenset({one.counsellor_id}))
    assert house.has(NINE_OCLOCK, others).room_id == first
    assert house.db.write(lambda tx: attendance.undo(tx, one.id, NOW))
    assert house.now(one).room_id == second
    assert house.held() == {first, second}
    assert house.db.write(lambda tx: attendance.cancel(tx, one.id, staff, NOW))
    assert house.held() == {first}
    assert house.has(NINE_OCLOCK, others).room_id == second
    assert not house.db.write(lambda tx: attendance.undo(tx, one.id, NOW))
    assert house.now(one).state == "cancelled"


def test_a_day_called_off_frees_its_rooms(house: House) -> None:
    house.opens(2, 3)
    for who in house.who:
        house.need(who)
    staff = house.db.write(lambda tx: console.person(tx, house.site, "desk"))
    met = [house.has(NINE_OCLOCK), house.has(NINE_OCLOCK)]
    for who in house.who:
        house.db.write(lambda tx, w=who: daysoff.call_off(tx, w, TUESDAY, staff, NOW))  # type: ignore[misc]  # bound now
    while house.db.write(lambda tx: daysoff.cancel(tx, house.site.id, NOW, 1)):
        pass
    assert [house.now(one).state for one in met] == ["cancelled"] * 2
    assert house.held() == set()


def test_a_joint_meeting_takes_one_room_for_three(house: House) -> None:
    small, big = house.opens(2, 3)
    house.need(house.who[1], small)
    wish = replace(wanted(house.site), only=house.who[0], second=Second(house.site, house.who[1]))
    one = house.has(NINE_OCLOCK, wish)
    assert one.room_id == big  # the first needs none, the second's own is too small for three
    assert house.held() == {big}
    house.db.write(lambda tx: bookings.cancel(tx, one.id, one.member_id, NOW))
    assert house.held() == set()
    house.need(house.who[0])
    other = house.has(NINE_OCLOCK, replace(wanted(house.site), only=house.who[0]))
    assert other.room_id == small
    alone = replace(wish, only=house.who[2])
    assert house.has(NINE_OCLOCK, alone).room_id == big
    assert "09:00" not in house.free(alone)


def test_a_guest_from_another_site_needs_no_room_of_hers(house: House) -> None:
    (room,) = house.opens(3)
    house.need(house.who[0])

    def there(tx: Tx) -> tuple[Any, int]:
        site = make.site(tx, "postojna")
        who = counsellors.add_counsellor(tx, site.id, "Zala", languages=("sl",), topics=("other",))
        counsellors.add_topic(tx, site.id, "other", 45)
        counsellors.add_hours(tx, who, TUESDAY.weekday(), NINE, NOON)
        roomplans.add(tx, site.id, Facts("There", 2))
        roomplans.need(tx, site.id, who, needs_one=True)
        return site, who

    other, guest = house.db.write(there)
    hers = replace(wanted(house.site), only=house.who[0], second=Second(other, guest))
    assert house.has(NINE_OCLOCK, hers).room_id == room
    without = replace(wanted(house.site), only=house.who[1], second=Second(other, guest))
    assert house.has(TEN_OCLOCK, without).room_id is None
    assert house.held() == {room}


# --- free times against a scan ---


def scanned(db: Database, house: House, minutes: int) -> list[str]:
    """The free times of Tuesday, from rows alone: somebody at work and free, and a room that is free for all of it."""
    booked = [
        row for row in db.read(lambda tx: tx.query(select(table(BookingRow)))) if row.state != "cancelled"
    ]
    needs = {one.counsellor_id: one for one in db.read(lambda tx: roomplans.needs(tx, house.site.id))}
    there = [one for one in db.read(lambda tx: roomplans.rooms(tx, house.site.id)) if one.active]
    found = []
    for start in range(NINE, NOON - minutes + 1, minutes):
        begins = at(TUESDAY, start // 60, start % 60)
        ends = begins + timedelta(minutes=minutes)
        now = [row for row in booked if row.starts_at < ends and begins < row.ends_at]
        busy, full = {row.counsellor_id for row in now}, {row.room_id for row in now}
        for who in house.who:
            one = needs[who]
            suiting = [room.id for room in there if one.room_id in (None, room.id)]
            if who not in busy and (not one.needs or any(room not in full for room in suiting)):
                found.append(f"{start // 60:02d}:{start % 60:02d}")
                break
    return found


@pytest.mark.parametrize("seed", range(3))
def test_free_times_are_those_of_a_scan(house: House, seed: int) -> None:
    rng = Random(seed)
    house.opens(2, 3)
    for who in house.who:
        if rng.random() < 0.8:
            house.need(who, rng.choice([None, None, *house.rooms]))
    took: list[Booking] = []
    for _ in range(12):
        start = at(TUESDAY, rng.choice((9, 10, 11)), rng.choice((0, 30)))
        outcome: Any
        if took and rng.random() < 0.3:
            outcome = house.moves(rng.choice(took), start)
        else:
            hour = at(TUESDAY, 9) + timedelta(minutes=45 * rng.randrange(4))
            lipa = rng.random() < 0.3
            outcome = house.takes(hour if lipa else start, wanted(house.site, "lipa" if lipa else "work"))
        if isinstance(outcome, Taken):
            took = [one for one in took if one.id != outcome.booking.id]
            if rng.random() < 0.2:
                house.db.write(
                    lambda tx, b=outcome.booking: bookings.cancel(tx, b.id, b.member_id, NOW)  # type: ignore[misc]  # bound now
                )
            else:
                took.append(outcome.booking)
        assert house.free() == scanned(house.db, house, 30)
        house.held()


def test_what_is_kept_in_memory_knows_rooms(house: House) -> None:
    """The next question after a booking is answered from memory, and as a first one would be."""
    house.opens(2)
    for who in house.who:
        house.need(who)
    for start in (NINE_OCLOCK, TEN_OCLOCK):
        house.free()
        house.has(start)
        remembered = house.free()
        calendars._kept.clear()
        taken.forget()
        assert house.free() == remembered == scanned(house.db, house, 30)
