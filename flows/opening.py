"""When people are at the desk, and how much of that has passed: opening hours of a site without its closed days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage import sites
from storage.sites import Site
from storage.sql import Tx

LOOK_AHEAD_DAYS = 21
_DAY = timedelta(days=1)


def spans(
    tx: Tx, site: Site, since: datetime, days: int = LOOK_AHEAD_DAYS
) -> Iterator[tuple[datetime, datetime]]:
    """The opening hours from the local day of `since` on, in order: from and until, as instants."""
    zone = ZoneInfo(site.timezone)
    first = since.astimezone(zone).date()
    closed = sites.closed_days(tx, site.id, first, first + days * _DAY)
    for ahead in range(days + 1):
        day = first + ahead * _DAY
        if day in closed:
            continue
        for weekday, from_min, until_min in site.hours:
            if weekday == day.weekday():
                yield _at(day, from_min, zone), _at(day, until_min, zone)


def is_open(tx: Tx, site: Site, at: datetime) -> bool:
    """Whether people are at the desk."""
    return any(opens <= at < closes for opens, closes in spans(tx, site, at, 0))


def next_open(tx: Tx, site: Site, at: datetime) -> datetime | None:
    """This instant if the desk is open, else the next one at which it opens; None when none is in sight."""
    return next((max(at, opens) for opens, closes in spans(tx, site, at) if closes > at), None)


def passed(tx: Tx, site: Site, since: datetime, until: datetime) -> timedelta:
    """How long the desk was open between two instants."""
    days = max(0, (until - since).days + 1)
    return sum(
        (
            max(timedelta(), min(closes, until) - max(opens, since))
            for opens, closes in spans(tx, site, since, days)
        ),
        timedelta(),
    )


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    # Through UTC: subtraction of two times of one zone would count on the wall and miss a clock change.
    return (datetime.combine(day, time(), zone) + timedelta(minutes=minute)).astimezone(UTC)
