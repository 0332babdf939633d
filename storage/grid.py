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


@lru_cache(maxsize=4096)
def _plain(windows: tuple[Window, ...], minutes: int) -> int:
    mask = 0
    for begin, end in windows:
        for minute in range(begin, end - minutes + 1, minutes):
            mask |= 1 << (minute // CELL_MIN)
    return mask


def _changing(windows: tuple[Window, ...], minutes: int, day: date, zone: ZoneInfo) -> int:
    midnight, cells, mask = local_midnight(day, zone), minutes // CELL_MIN, 0
    for begin, end in windows:
        open_cells = spans(begin, end, day, zone)
        for minute in range(begin, end, minutes):
            at = _instant(_wall(day, minute), zone)
            if at is None:
                continue
            cell = (at - midnight) // _STEP
            if any(first <= cell and cell + cells <= last for first, last in open_cells):
                mask |= 1 << cell
    return mask


def _is_plain(day: date, zone: ZoneInfo) -> bool:
    return local_midnight(day + _DAY, zone) - local_midnight(day, zone) == _DAY


def starts(windows: tuple[Window, ...], minutes: int, day: date, zone: ZoneInfo) -> int:
    """The cells in which a meeting of so many minutes may start: back to back from the start of each window.

    A time skipped in spring has no bit; the doubled hour of autumn is offered once, its first time.
    """
    if _is_plain(day, zone):
        return _plain(windows, minutes)
    return _changing(windows, minutes, day, zone)


def spans(begin: int, end: int, day: date, zone: ZoneInfo) -> list[tuple[int, int]]:
    """Wall-clock minutes as cells after local midnight: two spans when an hour comes twice, none when it is skipped."""
    if _is_plain(day, zone):
        return [(begin // CELL_MIN, end // CELL_MIN)]
    midnight, found = local_midnight(day, zone), list[tuple[int, int]]()
    for cell in range((local_midnight(day + _DAY, zone) - midnight) // _STEP):
        wall = (midnight + cell * _STEP).astimezone(zone)
        if begin <= wall.hour * 60 + wall.minute < end:
            before = found.pop() if found and found[-1][1] == cell else (cell, cell)
            found.append((before[0], cell + 1))
    return found


def without(mask: int, busy: list[tuple[int, int]], minutes: int) -> int:
    """The starts that remain when these cells (from, until) are busy: a meeting may not run into them either."""
    cells = minutes // CELL_MIN
    for begin, end in busy:
        low = max(0, begin - cells + 1)
        if end > low:
            mask &= ~(((1 << (end - low)) - 1) << low)
    return mask
