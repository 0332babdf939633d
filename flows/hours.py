"""When something unasked may be sent: the site's waking hours within her safe hours, on the clock of the wall.

A window is minutes of the local day. At a clock change the wall repeats or jumps, so instants are never found by adding
hours: between two `_edges` the answer cannot change, and the edges include the change itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.sites import Site

DAY_MIN = 24 * 60
SAFE_HOURS = {"morning": (8 * 60, 12 * 60), "afternoon": (12 * 60, 16 * 60), "any": (0, DAY_MIN)}
"""Her answer to "when may we write", as minutes of the day; "never" has no window."""
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Open from `from_min` to just before `until_min`, minutes of every local day of `zone`."""

    zone: ZoneInfo
    from_min: int
    until_min: int

    @property
    def always(self) -> bool:
        """Whether it never closes."""
        return self.from_min <= 0 and self.until_min >= DAY_MIN


def zone(site: Site) -> ZoneInfo:
    """The zone the site's walls are in."""
    return ZoneInfo(site.timezone)


def window(site: Site, write_when: str | None) -> Window | None:
    """The site's waking hours within hers; None when there is no such minute. Not asked yet counts as any time."""
    if write_when == "never":
        return None
    first, last = SAFE_HOURS[write_when or "any"]
    first, last = max(first, site.quiet_until_min), min(last, site.quiet_from_min)
    return Window(zone(site), first, last) if first < last else None


def shortened(of: Window, minutes: int) -> Window:
    """The window without its last minutes, as long as something is left of it."""
    return of if of.always else Window(of.zone, of.from_min, max(of.from_min + 1, of.until_min - minutes))


def is_open(at: datetime, window: Window | None) -> bool:
    """Whether something unasked may be sent at this instant."""
    if window is None:
        return False
    local = at.astimezone(window.zone)
    return window.from_min <= local.hour * 60 + local.minute < window.until_min


def last_open(at: datetime, window: Window) -> datetime:
    """This instant if it is open, else the last open minute before it."""
    if is_open(at, window):
        return at
    day = at.astimezone(window.zone).date()
    for back in range(8):
        before = (edge for edge in _edges(day - back * _DAY, window) if edge <= at)
        for edge in sorted(before, reverse=True):
            if is_open(edge - _MINUTE, window):
                return edge - _MINUTE
    raise ValueError("a window without an open minute in a week")


def next_open(at: datetime, window: Window) -> datetime:
    """This instant if it is open, else the first open one after it."""
    return at if is_open(at, window) else _next(at, window, wanted=True)


def next_close(at: datetime, window: Window) -> datetime | None:
    """The first closed instant from here on; None when the window never closes."""
    if window.always:
        return None
    return _next(at, window, wanted=False) if is_open(at, window) else at


def local_midnight(at: datetime, zone: ZoneInfo) -> datetime:
    """The instant the local day of `at` began."""
    return datetime.combine(at.astimezone(zone).date(), time(), zone).astimezone(UTC)


def days_on(at: datetime, zone: ZoneInfo, days: int) -> datetime:
    """The same time on the wall so many days later."""
    local = at.astimezone(zone)
    return (local + timedelta(days=days)).replace(fold=local.fold).astimezone(UTC)


def _next(at: datetime, window: Window, *, wanted: bool) -> datetime:
    day = at.astimezone(window.zone).date()
    for ahead in range(8):
        for edge in sorted(edge for edge in _edges(day + ahead * _DAY, window) if edge > at):
            if is_open(edge, window) is wanted:
                return edge
    raise ValueError("a window that does not change in a week")


def _edges(day: date, window: Window) -> Iterator[datetime]:
    """The instants of one local day at which the window may open or close, in UTC."""
    zone = window.zone
    midnight = datetime.combine(day, time())
    for minute in (window.from_min, window.until_min):
        wall = midnight + timedelta(minutes=minute)
        for fold in (0, 1):
            yield wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    first = midnight.replace(tzinfo=zone).astimezone(UTC)
    last = (midnight + _DAY).replace(tzinfo=zone).astimezone(UTC)
    if _offset(first, zone) != _offset(last, zone):
        yield _change(first, last, zone)


def _offset(at: datetime, zone: ZoneInfo) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def _change(first: datetime, last: datetime, zone: ZoneInfo) -> datetime:
    """The minute the zone's offset changes between the two instants."""
    before = _offset(first, zone)
    low, high = 0, (last - first) // _MINUTE
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(first + middle * _MINUTE, zone) == before:
            low = middle
        else:
            high = middle
    return first + high * _MINUTE
