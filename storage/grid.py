"""The grid of a day: wall-clock hours as masks of 5-minute cells after local midnight, right on both clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

CELL_MIN = 5
CELL_MS = CELL_MIN * 60_000
DAY_MIN = 1440
_DAY = timedelta(days=1)
_STEP = timedelta(minutes=CELL_MIN)

Window = tuple[int, int]
"""Wall-clock minutes from local midnight: from, until."""


def local_midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant a local day begins, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _wall(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def _instant(wall: datetime, zone: ZoneInfo) -> datetime | None:
    """The first instant the wall clock shows this time; None when it is skipped."""
    at = wall.replace(tzinfo=zone).astimezone(UTC)
    return at if at.astimezone(zone).replace(tzinfo=None) == wall else None


def _until(wall: datetime, zone: ZoneInfo) -> datetime:
    """The end of a window; inside the skipped hour that is the change itself."""
    steps = 0
    while (at := _instant(wall - steps * _STEP, zone)) is None:
        steps += 1
    return at + (_STEP if steps else timedelta())


@lru_cache(maxsize=4096)
def _plain(windows: tuple[Window, ...], minutes: int) -> int:
    mask = 0
    for begin, end in windows:
        for minute in range(begin, end - minutes + 1, minutes):
            mask |= 1 << (minute // CELL_MIN)
    return mask


def _changing(windows: tuple[Window, ...], minutes: int, day: date, zone: ZoneInfo) -> int:
    midnight, length, mask = local_midnight(day, zone), timedelta(minutes=minutes), 0
    for begin, end in windows:
        closes = _until(_wall(day, end), zone)
        for minute in range(begin, end, minutes):
            at = _instant(_wall(day, minute), zone)
            if at is not None and at + length <= closes:
                mask |= 1 << ((at - midnight) // _STEP)
    return mask


def starts(windows: tuple[Window, ...], minutes: int, day: date, zone: ZoneInfo) -> int:
    """The cells in which a meeting of so many minutes may start: back to back from the start of each window.

    A time skipped in spring has no bit; the doubled hour of autumn is offered once, its first time.
    """
    if local_midnight(day + _DAY, zone) - local_midnight(day, zone) == _DAY:
        return _plain(windows, minutes)
    return _changing(windows, minutes, day, zone)


def without(mask: int, busy: list[tuple[int, int]], minutes: int) -> int:
    """The starts that remain when these cells (from, until) are busy: a meeting may not run into them either."""
    cells = minutes // CELL_MIN
    for begin, end in busy:
        low = max(0, begin - cells + 1)
        if end > low:
            mask &= ~(((1 << (end - low)) - 1) << low)
    return mask
