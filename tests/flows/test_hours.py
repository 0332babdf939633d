"""Open moments, against a scan of every minute around each clock change of nine years."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows import hours
from flows.hours import Window, is_open, last_open, next_close, next_open, shortened, window
from storage.sites import Site

LJUBLJANA = ZoneInfo("Europe/Ljubljana")
MINUTE = timedelta(minutes=1)
SITE = Site(1, "celje", "", "", "", "", "Europe/Ljubljana", 20 * 60, 8 * 60, ())
DAYTIME = Window(LJUBLJANA, 8 * 60, 20 * 60)


def last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


CHANGES = [last_sunday(year, month) for year in range(2024, 2033) for month in (3, 10)]
WINDOWS = [
    DAYTIME,
    Window(LJUBLJANA, 8 * 60, 12 * 60),
    Window(LJUBLJANA, 12 * 60, 16 * 60),
    Window(LJUBLJANA, 0, 150),  # closes at 2:30, inside the hour that is missing or comes twice
    Window(LJUBLJANA, 150, 24 * 60),  # opens in it
    Window(LJUBLJANA, 125, 175),  # lies in it
    Window(LJUBLJANA, 60, 240),
    Window(LJUBLJANA, 10, 24 * 60),
]


def wall_says_open(at: datetime, open_: Window) -> bool:
    """The oracle: what a person reads on the wall."""
    wall = at.astimezone(LJUBLJANA).isoformat()[11:16]
    return _clock(open_.from_min) <= wall < _clock(open_.until_min)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@pytest.mark.parametrize("open_", WINDOWS, ids=lambda w: f"{w.from_min}-{w.until_min}")
@pytest.mark.parametrize("sunday", CHANGES, ids=str)
def test_every_minute_around_a_clock_change(sunday: date, open_: Window) -> None:
    first = datetime(sunday.year, sunday.month, sunday.day, tzinfo=UTC) - timedelta(days=2)
    minutes = [first + n * MINUTE for n in range(4 * 24 * 60)]
    wall = [wall_says_open(at, open_) for at in minutes]
    last: list[datetime | None] = []
    for at, opened in zip(minutes, wall, strict=True):
        last.append(at if opened else (last[-1] if last else None))
    ahead: dict[bool, list[datetime | None]] = {True: [], False: []}
    for wanted, found in ahead.items():
        for at, opened in zip(reversed(minutes), reversed(wall), strict=True):
            found.append(at if opened is wanted else (found[-1] if found else None))
        found.reverse()
    day = 24 * 60
    # Every 13th minute of the days around the change and every minute of its night, so that the whole set stays quick.
    night = range(2 * day - 60, 2 * day + 180)
    for n in sorted({*range(day + 60, 3 * day, 13), *night}):
        at = minutes[n]
        assert is_open(at, open_) is wall[n], at
        assert last_open(at, open_) == last[n], at
        assert next_open(at, open_) == ahead[True][n], at
        assert next_close(at, open_) == ahead[False][n], at


def test_the_changes_are_changes() -> None:
    for sunday in CHANGES:
        noon = datetime(sunday.year, sunday.month, sunday.day, 12, tzinfo=LJUBLJANA)
        before = noon - timedelta(days=1)
        assert noon.utcoffset() != before.utcoffset()


@pytest.mark.parametrize(
    ("answer", "minutes"),
    [(None, (480, 1200)), ("any", (480, 1200)), ("morning", (480, 720)), ("afternoon", (720, 960))],
)
def test_her_hours_within_the_waking_hours(answer: str | None, minutes: tuple[int, int]) -> None:
    found = window(SITE, answer)
    assert found is not None
    assert (found.from_min, found.until_min) == minutes


def test_never_and_an_empty_window() -> None:
    late_riser = Site(1, "celje", "", "", "", "", "Europe/Ljubljana", 20 * 60, 13 * 60, ())
    assert window(SITE, "never") is None
    assert window(late_riser, "morning") is None
    assert not is_open(datetime(2026, 3, 2, 9, tzinfo=UTC), None)


def test_a_window_that_never_closes() -> None:
    always = window(Site(1, "celje", "", "", "", "", "Europe/Ljubljana", 24 * 60, 0, ()), None)
    at = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert always is not None
    assert always.always
    assert next_close(at, always) is None
    assert last_open(at, always) == at
    assert shortened(always, 15) == always


def test_shortened_keeps_something() -> None:
    assert shortened(DAYTIME, 15) == Window(LJUBLJANA, 480, 1185)
    assert shortened(Window(LJUBLJANA, 480, 490), 15) == Window(LJUBLJANA, 480, 481)


def test_a_time_without_a_zone_of_its_own_is_met_on_the_wall() -> None:
    eight = datetime(2026, 3, 30, 8, 0, tzinfo=LJUBLJANA).astimezone(UTC)
    assert is_open(eight, DAYTIME)
    assert not is_open(eight - timedelta(milliseconds=1), DAYTIME)
    assert last_open(eight - MINUTE, DAYTIME) == datetime(2026, 3, 29, 19, 59, tzinfo=LJUBLJANA)


@pytest.mark.parametrize(
    "day", [date(2026, 3, 30), date(2026, 10, 26), date(2026, 3, 29), date(2026, 10, 25)]
)
def test_a_day_before_is_the_same_time_on_the_wall(day: date) -> None:
    start = datetime(day.year, day.month, day.day, 8, 0, tzinfo=LJUBLJANA).astimezone(UTC)
    before = hours.days_on(start, LJUBLJANA, -1).astimezone(LJUBLJANA)
    assert (before.date(), before.hour, before.minute) == (day - timedelta(days=1), 8, 0)
    assert hours.days_on(before, LJUBLJANA, 1) == start


def test_local_midnight() -> None:
    at = datetime(2026, 10, 25, 12, tzinfo=UTC)
    assert hours.local_midnight(at, LJUBLJANA) == datetime(2026, 10, 24, 22, tzinfo=UTC)
