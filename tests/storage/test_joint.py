"""Joint meetings: both calendars or neither, at one site or two; free times are those at which both can be there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

import pytest
from sqlalchemy import select

from storage import attendance, bookings, calendars, changes, counsellors, daysoff, erasures, taken
from storage.bookings import Booking, Gone, Mine, Taken
from storage.calendars import Second, Wanted
from storage.cells import CellRow
from storage.db import Database
from storage.departures import Departure
from storage.sites import Site
from storage.sql import Tx, table
from storage.staff import StaffRow
from tests.helpers import console, make
from tests.storage.offices import NINE, NOON, at, member, office, wanted

NOW = make.MONDAY
TUESDAY = date(2026, 3, 3)


@dataclass
class Two:
    """Two sites: at one somebody with half hours from nine, at the other somebody whose hours begin at a quarter past."""

    db: Database

    def __post_init__(self) -> None:
        self.here, self.first = self.db.write(lambda tx: office(tx, people=2))
        self.there, self.second = self.db.write(self._there)

    def _there(self, tx: Tx) -> tuple[Site, int]:
        there = make.site(tx, "postojna")
        who = counsellors.add_counsellor(tx, there.id, "Zala", languages=("sl",), topics=("other",))
        counsellors.add_topic(tx, there.id, "other", 45)
        for weekday in range(5):
            counsellors.add_hours(tx, who, weekday, 9 * 60 + 15, 11 * 60)
        return there, who

    @property
    def wish(self) -> Wanted:
        return Wanted(self.here, "work", "person", second=Second(self.there, self.second))

    def free(self, wish: Wanted | None = None) -> list[str]:
        slots = self.db.read(lambda tx: calendars.free_slots(tx, wish or self.wish, TUESDAY, NOW))
        return [slot.starts_at.astimezone(at(TUESDAY, 9).tzinfo).strftime("%H:%M") for slot in slots]

    def takes(
        self, name: str, hour: int, minute: int = 0, wish: Wanted | None = None
    ) -> bookings.TakeOutcome:
        who, chat = self.db.write(lambda tx: member(tx, name, NOW))
        return self.db.write(
            lambda tx: bookings.take(
                tx, wish or self.wish, at(TUESDAY, hour, minute), member_id=who, conversation_id=chat, now=NOW
            )
        )

    def has(self, name: str, hour: int, minute: int = 0, wish: Wanted | None = None) -> Booking:
        outcome = self.takes(name, hour, minute, wish)
        assert isinstance(outcome, Taken)
        return outcome.booking

    def held(self) -> dict[int, int]:
        """How many cells of each counsellor are held."""
        rows = self.db.read(lambda tx: tx.query(select(table(CellRow))))
        found: dict[int, int] = {}
        for row in rows:
            found[row.counsellor_id] = found.get(row.counsellor_id, 0) + 1
        return found


@pytest.fixture
def two(db: Database) -> Two:
    return Two(db)


def test_free_times_are_those_of_both(two: Two) -> None:
    assert two.free() == ["09:30", "10:00", "10:30"]
    two.has("amra", 10)  # both of them, of two here one is left
    assert two.free() == ["09:30", "10:30"]
    # Half an hour of the second's own calendar, on another grid, closes two of ours.
    own = Wanted(two.there, "other", "person")
    assert two.free(own) == ["09:15"]
    two.has("drita", 9, 15, own)
    assert two.free() == ["10:30"]


def test_a_second_of_the_same_site_is_not_asked_to_be_both(db: Database) -> None:
    two = Two(db)
    wish = Wanted(two.here, "work", "person", second=Second(two.here, two.first[0]))
    booking = two.has("amra", 9, wish=wish)
    assert (booking.counsellor_id, booking.second_id) == (two.first[1], two.first[0])
    assert two.free(wish)[0] == "09:30"
    assert "09:00" not in two.free(wanted(two.here))  # both of the site are in it


def test_one_yes_takes_both_or_neither(two: Two) -> None:
    own = Wanted(two.there, "other", "person")
    two.has("drita", 9, 15, own)
    before = two.held()
    assert two.takes("amra", 9, 30) == Gone()
    assert two.held() == before
    booking = two.has("amra", 10, 30)
    assert two.held() == {**before, booking.counsellor_id: 6, two.second: 9 + 6}
    assert two.takes("amra", 10, 30) == Mine(booking)


def test_cancelling_frees_both_and_is_seen_at_both_sites(two: Two) -> None:
    booking = two.has("amra", 10)
    assert two.free(Wanted(two.there, "other", "person")) == ["09:15"]
    two.db.write(lambda tx: bookings.cancel(tx, booking.id, booking.member_id, NOW))
    assert two.held() == {}
    assert two.free(Wanted(two.there, "other", "person")) == ["09:15", "10:00"]
    assert two.free() == ["09:30", "10:00", "10:30"]


def test_a_tap_on_the_days_page_cancels_and_brings_back_both(two: Two) -> None:
    staff = two.db.write(lambda tx: console.person(tx, two.here, "desk"))
    own = Wanted(two.there, "other", "person")
    booking = two.has("amra", 10)

    def cancels() -> bool:
        return two.db.write(lambda tx: attendance.cancel(tx, booking.id, staff, NOW))

    def undoes() -> bool:
        return two.db.write(lambda tx: attendance.undo(tx, booking.id, NOW))

    both = two.held()
    assert two.free(own) == ["09:15"]  # as it is kept in the process
    assert cancels()
    assert (two.held(), two.free(own)) == ({}, ["09:15", "10:00"])
    left = two.db.read(lambda tx: tx.query(select(table(Departure)).order_by(table(Departure).c.site_id)))
    assert {(row.counsellor_id, row.site_id) for row in left} == {
        (booking.counsellor_id, two.here.id),
        (two.second, two.there.id),
    }
    assert undoes()
    assert (two.held(), two.free(own)) == (both, ["09:15"])
    # Once somebody has the time of the second alone, neither comes back.
    assert cancels()
    two.has("drita", 10, wish=own)
    taken_since = two.held()
    assert not undoes()
    assert two.held() == taken_since
    again = two.db.read(lambda tx: changes.found(tx, booking.id))
    assert again is not None
    assert again.state == "cancelled"


def test_moving_takes_both_along_or_leaves_both(two: Two) -> None:
    booking = two.has("amra", 10)

    def moves(wish: Wanted, hour: int, minute: int) -> bookings.MoveOutcome:
        start = at(TUESDAY, hour, minute)
        return two.db.write(
            lambda tx: bookings.move(tx, booking.id, wish, start, member_id=booking.member_id, now=NOW)
        )

    assert moves(wanted(two.here), 10, 30) == Gone()  # a wish that forgets the second person moves nothing
    assert moves(two.wish, 11, 0) == Gone()  # the second is not at work
    assert two.held() == {booking.counsellor_id: 6, two.second: 6}
    outcome = moves(two.wish, 10, 30)
    assert isinstance(outcome, Taken)
    assert (outcome.booking.second_id, outcome.booking.second_site_id) == (two.second, two.there.id)
    assert two.held() == {booking.counsellor_id: 6, two.second: 6}
    assert two.free() == ["09:30", "10:00"]
    again = two.db.read(lambda tx: changes.again(tx, wanted(two.here), booking.id, booking.member_id))
    assert again == two.wish


def test_her_day_off_and_erasing_know_the_second(two: Two) -> None:
    staff = two.db.write(lambda tx: console.person(tx, two.there, "desk"))
    two.has("amra", 10)
    other = two.has("drita", 9, 30)
    two.db.write(lambda tx: erasures.erase(tx, other.member_id, NOW, None))
    assert two.held()[two.second] == 6
    two.db.write(lambda tx: daysoff.call_off(tx, two.second, TUESDAY, staff, NOW))
    while two.db.write(lambda tx: daysoff.cancel(tx, two.there.id, NOW, 5)):
        pass
    assert two.held() == {}
    assert two.free() == []


def test_both_see_it_on_their_page(two: Two) -> None:
    booking = two.has("amra", 10)
    hers = two.db.write(lambda tx: console.person(tx, two.there, "counsellor"))
    row = table(StaffRow)
    two.db.write(
        lambda tx: tx.query(row.update().where(row.c.id == hers).values(counsellor_id=two.second)) and None
    )

    def lines(sites: tuple[int, ...], own: tuple[int, ...]) -> list[attendance.Line]:
        since, until = at(TUESDAY, 0), at(TUESDAY, 23)
        return two.db.read(
            lambda tx: attendance.lines(tx, hers, sites=sites, own=own, since=since, until=until, now=NOW)
        )

    for seen in (lines((), (two.there.id,)), lines((two.there.id,), ()), lines((two.here.id,), ())):
        assert [line.id for line in seen] == [booking.id]
        assert "Zala" in seen[0].counsellor
    assert lines((), (two.here.id,)) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", range(3))
def test_free_times_equal_a_scan_of_every_minute(db: Database, seed: int) -> None:
    rng, two = Random(seed), Two(db)
    off = (rng.randrange(9 * 60, 10 * 60, 5), rng.randrange(10 * 60, 11 * 60, 5))
    db.write(lambda tx: counsellors.add_exception(tx, two.second, TUESDAY, "off", *off))
    extra = rng.randrange(11 * 60, NOON, 5)
    db.write(lambda tx: counsellors.add_exception(tx, two.second, TUESDAY, "extra", extra, extra + 40))
    for number in range(3):
        two.takes(f"one {number}", 9 + rng.randrange(2), 30 * rng.randrange(2), wanted(two.here))
    two.takes("other", 9, 15, Wanted(two.there, "other", "person"))
    rows = db.read(lambda tx: tx.query(select(table(CellRow))))
    busy = {(row.counsellor_id, row.cell * 5) for row in rows}
    midnight = int(at(TUESDAY, 0).timestamp()) // 60

    def second(minute: int) -> bool:
        works = 9 * 60 + 15 <= minute < 11 * 60 or extra <= minute < extra + 40
        return (
            works and not off[0] <= minute < off[1] and (two.second, midnight + minute // 5 * 5) not in busy
        )

    def first(who: int, minute: int) -> bool:
        return (who, midnight + minute // 5 * 5) not in busy

    scan = [
        f"{start // 60:02}:{start % 60:02}"
        for start in range(NINE, NOON, 30)
        if all(second(minute) for minute in range(start, start + 30))
        and any(all(first(who, minute) for minute in range(start, start + 30)) for who in two.first)
    ]
    assert two.free() == scan
    taken.forget()
    assert two.free() == scan


def test_a_rule_that_changes_between_looking_and_taking_is_seen(two: Two) -> None:
    """What a booking has read of the rules may be older than a day that was called off: it looks again before it ends."""
    wish = wanted(two.here)
    booking = two.has("amra", 9, wish=wish)
    old = two.db.read(lambda tx: calendars.fitting(tx, wish, at(TUESDAY, 9), NOW))[1]

    def still(tx: Tx) -> bool:
        return bookings._counted(tx, wish, booking, "take", old, NOW)

    assert two.db.write(still)
    two.db.write(
        lambda tx: counsellors.add_hours(tx, two.first[0], 6, NINE, NOON)
    )  # another rule, another token
    assert two.db.write(still)
    two.db.write(lambda tx: counsellors.add_exception(tx, booking.counsellor_id, TUESDAY, "off"))
    assert not two.db.write(still)


def test_times_differ_by_who_is_left_out(two: Two) -> None:
    only = Wanted(two.here, "work", "person", only=two.first[1])
    assert {
        slot.counsellor_id for slot in two.db.read(lambda tx: calendars.free_slots(tx, only, TUESDAY, NOW))
    } == {two.first[1]}
    without = Wanted(two.here, "work", "person", without=frozenset(two.first))
    assert two.free(without) == []
    assert two.db.read(lambda tx: calendars.free_days(tx, without, NOW, date.min, 3)) == []
    assert two.takes("amra", 9, wish=without) == Gone()
