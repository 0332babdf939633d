"""Rooms: free times as a scan of every minute has them, the write decides, and whatever frees a meeting frees its room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, text

from storage import (
    attendance,
    bookings,
    calendars,
    changes,
    counsellors,
    daysoff,
    roomplans,
    rooms,
    schedules,
)
from storage.bookings import Booking, BookingRow, Gone, Taken
from storage.calendars import Second, Wanted
from storage.db import Database
from storage.grid import CELL_MS
from storage.roomplans import BadRoom, Facts
from storage.rooms import RoomCellRow
from storage.schedules import LeavesOut
from storage.sql import Tx, table, to_ms
from tests.helpers import console, make
from tests.storage.offices import NINE, NOON, at, member, office, wanted

NOW = make.MONDAY
TUESDAY = date(2026, 3, 3)


@dataclass
class House:
    """A site with three counsellors, whoever needs a room, and its rooms."""

    db: Database

    def __post_init__(self) -> None:
        self.site, self.who = self.db.write(lambda tx: office(tx, hours=(NINE, NOON), people=3))
        self.rooms: list[int] = []
        self._members = 0

    def opens(self, *seats: int) -> list[int]:
        for one in seats:
            facts = Facts(f"Room {len(self.rooms) + 1}", one)
            self.rooms.append(self.db.write(lambda tx, f=facts: roomplans.add(tx, self.site.id, f)))  # type: ignore[misc]  # bound now
        return self.rooms

    def need(self, who: int, room: int | None = None, *, needs_one: bool = True) -> None:
        self.db.write(lambda tx: roomplans.need(tx, self.site.id, who, needs_one=needs_one, room_id=room))

    def close(self, room: int, sure: str = "") -> None:
        self.db.write(lambda tx: roomplans.close(tx, self.site.id, room, now=NOW, sure=sure))

    def member(self) -> tuple[int, int]:
        self._members += 1
        return self.db.write(lambda tx: member(tx, f"member {self._members}", NOW))

    def takes(self, start: datetime, wish: Wanted | None = None) -> Any:
        who, chat = self.member()
        asked = wish or wanted(self.site)
        return self.db.write(
            lambda tx: bookings.take(tx, asked, start, member_id=who, conversation_id=chat, now=NOW)
        )

    def has(self, start: datetime, wish: Wanted | None = None) -> Booking:
        outcome = self.takes(start, wish)
        assert isinstance(outcome, Taken)
        return outcome.booking

    def moves(self, booking: Booking, start: datetime, **wish: Any) -> Any:
        asked = replace(wanted(self.site, booking.topic), **wish)
        return self.db.write(
            lambda tx: bookings.move(tx, booking.id, asked, start, member_id=booking.member_id, now=NOW)
        )

    def now(self, booking: Booking) -> Booking:
        found = self.db.read(lambda tx: bookings.find(tx, booking.id, booking.member_id))
        assert found is not None
        return found

    def free(self, wish: Wanted | None = None) -> list[str]:
        asked = wish or wanted(self.site)
        slots = self.db.read(lambda tx: calendars.free_slots(tx, asked, TUESDAY, NOW))
        return [slot.starts_at.astimezone(at(TUESDAY, 9).tzinfo).strftime("%H:%M") for slot in slots]

    def held(self) -> set[int]:
        """The rooms that are held; what is held is exactly what is booked."""
        fits(self.db)
        rows = self.db.read(lambda tx: tx.query(select(table(RoomCellRow))))
        return {row.room_id for row in rows}


def fits(db: Database) -> None:
    """Each meeting that is not cancelled holds the cells of its room, and nothing else holds any."""
    held = {
        (row.room_id, row.cell, row.booking_id)
        for row in db.read(lambda tx: tx.query(select(table(RoomCellRow))))
    }
    booked = db.read(
        lambda tx: tx.query(select(table(BookingRow)).where(table(BookingRow).c.state != "cancelled"))
    )
    assert held == {
        (row.room_id, cell, row.id)
        for row in booked
        if row.room_id is not None
        for cell in range(to_ms(row.starts_at) // CELL_MS, to_ms(row.ends_at) // CELL_MS)
    }
    assert all(row.mode == "person" for row in booked if row.room_id is not None)


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


# --- what staff change ---


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
        from storage import taken

        taken.forget()
        assert house.free() == remembered == scanned(house.db, house, 30)


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
