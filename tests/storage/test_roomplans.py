"""Rooms as staff keep them: what is refused and why, the second yes, and changes that come while somebody books."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from storage import (
    calendars,
    changes,
    roomplans,
    rooms,
    schedules,
)
from storage.bookings import Gone, Taken
from storage.db import Database
from storage.roomplans import BadRoom, Facts
from storage.schedules import LeavesOut
from tests.helpers import console, make
from tests.storage.offices import at, wanted
from tests.storage.rooming import House

NOW = make.MONDAY
TUESDAY = date(2026, 3, 3)


NINE_OCLOCK, HALF_PAST, TEN_OCLOCK = at(TUESDAY, 9), at(TUESDAY, 9, 30), at(TUESDAY, 10)


@pytest.fixture
def house(db: Database) -> House:
    return House(db)


def refused(house: House, act: Any) -> str:
    with pytest.raises(BadRoom) as bad:
        house.db.write(act)
    return str(bad.value)


def test_a_room_is_added_renamed_and_refused_in_a_word(house: House) -> None:
    site = house.site.id
    first, second = house.opens(2, 3)
    for facts, why in (
        (Facts("", 2), "name"),
        (Facts("x" * 41, 2), "name"),
        (Facts("Hall", 1), "seats"),
        (Facts("Hall", 501), "seats"),
        (Facts("Hall", 2, note="x" * 61), "note"),
        (Facts("ROOM 1", 2), "twice"),
    ):
        assert refused(house, lambda tx, f=facts: roomplans.add(tx, site, f)) == why
        assert refused(house, lambda tx, f=facts: roomplans.change(tx, site, second, f)) == why
    house.db.write(lambda tx: roomplans.change(tx, site, second, Facts("Room 1b", 8, True, "1st floor")))
    found = house.db.read(lambda tx: rooms.get(tx, second))
    assert found is not None
    assert (found.said, found.seats, found.step_free) == ("Room 1b, 1st floor", 8, True)
    other = house.db.write(lambda tx: make.site(tx, "postojna")).id
    assert refused(house, lambda tx: roomplans.change(tx, other, first, Facts("Hall", 2))) == "gone"


def test_closing_leaves_meetings_where_they_are_after_a_second_yes(house: House) -> None:
    first, second = house.opens(2, 3)
    for who in house.who:
        house.need(who)
    one = house.has(NINE_OCLOCK)
    assert one.room_id == first
    with pytest.raises(LeavesOut) as out:
        house.close(first)
    assert list(out.value.times) == [one.starts_at]
    other = house.has(TEN_OCLOCK)
    with pytest.raises(LeavesOut) as again:
        house.close(first, out.value.word)  # a meeting more than she saw
    house.close(first, again.value.word)
    assert house.now(one).room_id == first
    assert house.held() == {first}
    assert house.has(HALF_PAST).room_id == second
    moved = house.moves(other, at(TUESDAY, 11))
    assert isinstance(moved, Taken)
    assert moved.booking.room_id == second
    house.db.write(lambda tx: roomplans.reopen(tx, house.site.id, first))
    assert house.has(TEN_OCLOCK).room_id == first


def test_a_room_somebody_needs_is_not_closed(house: House) -> None:
    first, second = house.opens(2, 3)
    assert refused(house, lambda tx: roomplans.need(tx, house.site.id, 999, needs_one=True)) == "gone"
    house.need(house.who[0], first)
    assert refused(house, lambda tx: roomplans.close(tx, house.site.id, first, now=NOW)) == "needed"
    house.need(house.who[0])
    house.close(first)
    assert refused(house, lambda tx: roomplans.close(tx, house.site.id, second, now=NOW)) == "last"
    assert (
        refused(
            house, lambda tx: roomplans.need(tx, house.site.id, house.who[0], needs_one=True, room_id=first)
        )
        == "gone"
    )
    house.need(house.who[0], needs_one=False)
    house.close(second)
    assert (
        refused(house, lambda tx: roomplans.need(tx, house.site.id, house.who[0], needs_one=True)) == "none"
    )


def test_a_room_closed_meanwhile_is_not_given(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules she was shown are old by the time she has the cells: what is true then counts."""
    first, second = house.opens(2, 3)
    for who in house.who:
        house.need(who)
    old = house.db.read(lambda tx: calendars.fitting(tx, wanted(house.site), NINE_OCLOCK, NOW))
    house.close(first)
    now = calendars.fitting
    told = iter([old])
    monkeypatch.setattr(calendars, "fitting", lambda *args, **more: next(told, None) or now(*args, **more))
    assert house.has(NINE_OCLOCK).room_id == second
    assert next(told, None) is None


def test_a_need_that_came_meanwhile_is_not_passed_over(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.opens(2)
    old = house.db.read(lambda tx: calendars.fitting(tx, wanted(house.site), NINE_OCLOCK, NOW))
    assert old[2] is None
    for who in house.who:
        house.need(who)
    now = calendars.fitting
    told = iter([old])
    monkeypatch.setattr(calendars, "fitting", lambda *args, **more: next(told, None) or now(*args, **more))
    assert isinstance(house.takes(NINE_OCLOCK), Gone)
    assert house.held() == set()
    assert house.has(NINE_OCLOCK).room_id is not None


def test_meetings_without_a_room_are_counted_when_one_is_needed(house: House) -> None:
    one = house.has(NINE_OCLOCK)
    house.has(NINE_OCLOCK, wanted(house.site, mode="phone"))
    house.opens(2)
    house.need(one.counsellor_id)
    assert house.db.read(lambda tx: roomplans.without(tx, house.site.id, one.counsellor_id, NOW)) == 1
    assert house.now(one).room_id is None


def test_words_of_the_second_yes_are_those_of_plans(house: House) -> None:
    (room,) = house.opens(2)
    for who in house.who:
        house.need(who)
    one = house.has(NINE_OCLOCK)
    house.opens(3)
    with pytest.raises(LeavesOut) as out:
        house.close(room)
    assert out.value.word == schedules.word([(one.id, one.starts_at)])


def test_staff_book_and_move_with_a_room(house: House) -> None:
    (room,) = house.opens(2)
    for who in house.who:
        house.need(who)
    staff = house.db.write(lambda tx: console.person(tx, house.site, "desk"))
    who, _ = house.member()
    made = house.db.write(
        lambda tx: changes.book(tx, wanted(house.site), NINE_OCLOCK, member_id=who, staff_id=staff, now=NOW)
    )
    assert isinstance(made, Taken)
    assert made.booking.room_id == room
    moved = house.db.write(
        lambda tx: changes.move(
            tx, made.booking, wanted(house.site), TEN_OCLOCK, staff_id=staff, now=NOW, knows=True
        )
    )
    assert isinstance(moved, Taken)
    assert moved.booking.room_id == room
    assert house.db.write(lambda tx: changes.cancel(tx, moved.booking, staff_id=staff, now=NOW, knows=True))
    assert house.held() == set()
