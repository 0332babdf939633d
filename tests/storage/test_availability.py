"""Free times against a scan of every minute, written without one line of the calendar: many zones, every clock change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from storage import bookings, calendars, counsellors
from storage.bookings import Taken
from storage.calendars import Wanted
from storage.db import Database
from storage.sites import ClosedDay, Site
from storage.sql import Tx, table
from tests.storage.offices import member, office, wanted

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ZONES = (
    "Europe/Ljubljana", "Europe/London", "Europe/Chisinau", "Atlantic/Azores", "America/New_York", "America/St_Johns",
    "America/Havana", "America/Santiago", "America/Asuncion", "Africa/Casablanca", "Africa/Cairo", "Asia/Beirut",
    "Asia/Gaza", "Australia/Lord_Howe", "Pacific/Chatham", "Antarctica/Troll",
)  # fmt: skip
"""Changes of half an hour and of two hours, at midnight, by quarter hours, backwards for Ramadan, and ordinary ones."""
YEARS = range(2024, 2033)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
Window = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """One day's rules as minutes of the wall: hours of hers, hours off, meetings as (wall minute, minutes)."""

    hours: tuple[Window, ...]
    off: tuple[Window, ...] = ()
    met: int | None = None
    """After so many free times one is taken."""
    closed: bool = False
    asked: timedelta = -timedelta(hours=3)
    """When the question is asked, from the beginning of the day."""


CASES = (
    Case(((0, 1440),), asked=timedelta(minutes=61)),
    Case(((5, 90), (95, 475))),
    Case(((60, 150), (155, 245), (1380, 1440))),
    Case(((0, 30), (30, 95), (120, 180), (185, 400))),
    Case(((0, 1440),), off=((0, 60), (150, 210), (1410, 1440))),
    Case(((5, 725),), off=((90, 150), (165, 170)), met=3),
    Case(((540, 720), (750, 960)), off=((600, 630),), met=2),
    Case(((540, 720),), closed=True),
)


@cache
def changes(name: str) -> tuple[date, ...]:
    """The local days on which the clocks of a zone change."""
    zone, found, hour = ZoneInfo(name), list[date](), timedelta(hours=1)
    at, last = datetime(YEARS[0], 1, 1, tzinfo=UTC), datetime(YEARS[-1] + 1, 1, 1, tzinfo=UTC)
    while at < last:
        after = at + DAY
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            while at.astimezone(zone).utcoffset() == (at + hour).astimezone(zone).utcoffset():
                at += hour
            found += [at.astimezone(zone).date(), (at + hour).astimezone(zone).date()]
        at = after
    return tuple(dict.fromkeys(found))


@cache
def walls(day: date, name: str) -> dict[datetime, tuple[int, int]]:
    """Every minute whose wall clock shows this day, as the wall shows it, and whether for the second time."""
    zone, begin = ZoneInfo(name), datetime(day.year, day.month, day.day, tzinfo=UTC) - DAY
    around = {begin + count * MINUTE: (begin + count * MINUTE).astimezone(zone) for count in range(3 * 1440)}
    return {
        at: (wall.hour * 60 + wall.minute, wall.fold) for at, wall in around.items() if wall.date() == day
    }


def scan(
    case: Case,
    wall: dict[datetime, tuple[int, int]],
    minutes: int,
    earliest: datetime,
    met: list[tuple[datetime, datetime]],
) -> list[datetime]:
    """The free times by looking at every minute: in her hours, not off, not taken, and so all of the meeting's."""
    if case.closed:
        return []
    free = {
        at: shown
        for at, (shown, _) in wall.items()
        if not any(begin <= shown < end for begin, end in case.off)
        and not any(begin <= at < end for begin, end in met)
    }

    def fits(at: datetime, begin: int, end: int) -> bool:
        if (
            (free[at] - begin) % minutes or at < earliest or wall[at][1]
        ):  # an hour that comes twice is offered once
            return False
        meeting = (free.get(at + count * MINUTE) for count in range(minutes))
        return all(shown is not None and begin <= shown < end for shown in meeting)

    return sorted(at for at in free if any(fits(at, *window) for window in case.hours))


def days() -> Iterator[tuple[str, date]]:
    for name in ZONES:
        for day in changes(name):
            yield name, day


def _somebody(tx: Tx) -> tuple[Site, int]:
    site, (her,) = office(tx, people=1, weekdays=0)
    return site, her


def compare(db: Database, who: tuple[Site, int], some: list[tuple[str, date]], turn: int = 0) -> int:
    """Each of these days and its neighbours with one of the cases in turn; how many times were free."""
    base, her = who
    wrong: list[str] = []
    free = 0
    for number, (name, change) in enumerate(some):
        site = replace(base, timezone=name)
        for ahead in (-1, 0, 1):
            day, case = change + ahead * DAY, CASES[(turn + number + max(ahead, 0)) % len(CASES)]
            for topic, minutes in (("work", 30), ("lipa", 45)):
                wish = wanted(site, topic)
                free += db.write(lambda tx: _tried(tx, wish, her, day, case, minutes, wrong))  # noqa: B023 - called at once
    assert wrong == [], "\n".join(wrong[:20])
    return free


def _tried(tx: Tx, wish: Wanted, her: int, day: date, case: Case, minutes: int, wrong: list[str]) -> int:
    """Lay one day out, compare, and leave nothing behind; how many times were free."""
    wall = walls(day, wish.site.timezone)
    now = min(wall) + case.asked
    with tx.attempt() as trial:
        for kind, windows in (("extra", case.hours), ("off", case.off)):
            for begin, end in windows:
                counsellors.add_exception(tx, her, day, kind, begin, end)
        if case.closed:
            tx.query(insert(table(ClosedDay)).values(site_id=wish.site.id, day=day, reason="x"))
        got = _compared(tx, wish, (day, case, minutes), now, [], wrong)
        if case.met is not None and len(got) > case.met:
            at = got[case.met]
            who, talk = member(tx, "somebody", now)
            taken = bookings.take(tx, wish, at, member_id=who, conversation_id=talk, now=now)
            assert isinstance(taken, Taken)
            _compared(tx, wish, (day, case, minutes), now, [(at, at + minutes * MINUTE)], wrong)
        trial.give_up()
    return len(got)


def _compared(
    tx: Tx,
    wish: Wanted,
    what: tuple[date, Case, int],
    now: datetime,
    met: list[tuple[datetime, datetime]],
    wrong: list[str],
) -> list[datetime]:
    (day, case, minutes), zone = what, ZoneInfo(wish.site.timezone)
    got = [slot.starts_at for slot in calendars.free_slots(tx, wish, day, now)]
    expected = scan(case, walls(day, wish.site.timezone), minutes, now + calendars.LEAD, met)
    name = f"{wish.site.timezone} {day} {case} {minutes} min"
    if got != expected:
        differ = sorted(set(got) ^ set(expected))
        shown = [f"{at.astimezone(zone):%H:%M%z}{'+' if at in got else '-'}" for at in differ]
        wrong.append(f"{name}: {shown}")
    if bool(got) != (calendars.free_days(tx, wish, now, day, 1) == [day]):
        wrong.append(f"{name}: the days say something else")
    if not all(calendars.is_offered(tx, wish, at, now) for at in got):
        wrong.append(f"{name}: what is free may not be taken")
    return got


def test_free_times_are_what_a_scan_of_every_minute_finds(db: Database) -> None:
    home = [one for one in days() if one[0] == "Europe/Ljubljana" and one[1].year == 2026]
    odd = [
        one for one in days() if one[0] in ("America/Santiago", "Australia/Lord_Howe") and one[1].year == 2027
    ]
    her = db.write(_somebody)
    free = [compare(db, her, home, turn) for turn in range(len(CASES))]
    assert sum(free) > 1000
    assert compare(db, her, odd) > 100


@pytest.mark.slow
def test_every_clock_change_of_sixteen_zones(db: Database) -> None:
    every, her = list(days()), db.write(_somebody)
    assert len(every) > 16 * len(YEARS)
    for turn in range(len(CASES)):
        assert compare(db, her, every, turn) > 1000
