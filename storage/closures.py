"""The closed days of a site as staff keep them. A day with booked meetings is closed only after a second yes; they stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, select

from storage import counsellors, schedules
from storage.bookings import BookingRow
from storage.grid import local_midnight
from storage.schedules import LeavesOut
from storage.sites import ClosedDay, SiteRow
from storage.sql import InsertNew, Statement, Tx, spelt, table

DAYS_MAX = 366
"""Days closed at once."""
REASON_MAX = 80


@dataclass(frozen=True, slots=True)
class Closed:
    """A day without opening hours."""

    id: int
    day: date
    reason: str


_c, _b, _site = table(ClosedDay), table(BookingRow), table(SiteRow)
_IN = Statement(
    select(_c.c.id, _c.c.day, _c.c.reason)
    .where(
        _c.c.site_id == bindparam("of_site"), _c.c.day >= bindparam("first"), _c.c.day <= bindparam("last")
    )
    .order_by(_c.c.day)
)
_ADD = InsertNew(_c, "site_id", "day", "reason")
_REMOVE = Statement(delete(_c).where(_c.c.id == bindparam("closed_id"), _c.c.site_id == bindparam("of_site")))
_MEETINGS = Statement(
    select(_b.c.id, _b.c.starts_at)
    .where(
        _b.c.site_id == bindparam("of_site"),
        _b.c.state == spelt("booked"),
        _b.c.starts_at > bindparam("now"),
        _b.c.starts_at >= bindparam("since"),
        _b.c.starts_at < bindparam("until"),
    )
    .order_by(_b.c.starts_at, _b.c.id)
)
_ZONE = Statement(select(_site.c.timezone).where(_site.c.id == bindparam("of_site")))


def zone(tx: Tx, site_id: int) -> ZoneInfo:
    """The zone a site's walls are in."""
    return ZoneInfo(tx.one(_ZONE, of_site=site_id).timezone)


def between(tx: Tx, site_id: int, first: date, last: date) -> list[Closed]:
    """The closed days from `first` to `last`, both included."""
    return [Closed(*row) for row in tx.all(_IN, of_site=site_id, first=first, last=last)]


def meetings(tx: Tx, site_id: int, days: Sequence[date], now: datetime) -> list[Any]:
    """The booked meetings ahead that lie on these days: id, starts_at."""
    if not days:
        return []
    of, wanted = zone(tx, site_id), set(days)
    since, until = local_midnight(min(days), of), local_midnight(max(days) + timedelta(days=1), of)
    rows = tx.all(_MEETINGS, of_site=site_id, now=now, since=since, until=until)
    return [row for row in rows if row.starts_at.astimezone(of).date() in wanted]


def add(
    tx: Tx, site_id: int, days: Sequence[tuple[date, str]], *, now: datetime, sure: str | None = None
) -> int:
    """Close these days, those that are closed already stay as they are; how many are new.

    Raises `LeavesOut` for meetings on the new ones unless `sure` is the word that names exactly these.
    """
    counsellors.hold(tx, site_id)
    new = [
        day for day, reason in days if tx.run(_ADD, site_id=site_id, day=day, reason=reason[:REASON_MAX]) == 1
    ]
    lie = [(row.id, row.starts_at) for row in meetings(tx, site_id, new, now)]
    if lie and sure != (named := schedules.word(lie)):
        raise LeavesOut([at for _, at in lie], named)
    if new:
        counsellors.closed(tx, site_id, "add", new)
    return len(new)


def remove(tx: Tx, site_id: int, closed_id: int) -> bool:
    """That day is an ordinary one again; False when it is not the site's."""
    gone = tx.run(_REMOVE, closed_id=closed_id, of_site=site_id) == 1
    if gone:
        counsellors.closed(tx, site_id, "remove", closed_id)
    return gone
