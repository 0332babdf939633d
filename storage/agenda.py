"""The calendar as staff see it: some days of one site, everybody's hours, what is closed, and the meetings.

Whose meeting it is stays between her and those who may know: for everybody else a meeting is a time that is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select

from storage import calendars, closures, schedules, sites
from storage.bookings import BookingRow
from storage.counsellors import Counsellor
from storage.grid import local_midnight
from storage.refusals import RefusalRow
from storage.rooms import RoomRow
from storage.sites import Site, SiteRow
from storage.sql import Statement, Tx, table

HOURS, BREAK, EXTRA, OFF = "hours", "break", "extra", "off"


@dataclass(frozen=True, slots=True)
class Span:
    """Some minutes of a day as her plan has them. `modes` empty means all of hers."""

    kind: str
    from_min: int
    until_min: int
    modes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting; for who may not know it, only when."""

    starts_at: datetime
    ends_at: datetime
    id: int | None = None
    topic: str = ""
    mode: str = ""
    code: str = ""
    state: str = ""
    recorded_at: datetime | None = None
    room: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """Some days of a site."""

    days: tuple[date, ...]
    closed: dict[date, str]
    who: tuple[Counsellor, ...]
    hours: dict[tuple[int, date], tuple[Span, ...]]
    """Who is not there that day has no line."""
    meetings: dict[tuple[int, date], tuple[Meeting, ...]]


_b, _r, _s, _room = table(BookingRow), table(RefusalRow), table(SiteRow), table(RoomRow)
_MEETINGS = Statement(
    select(
        _b.c.counsellor_id,
        _b.c.member_id,
        _b.c.starts_at,
        _b.c.ends_at,
        _b.c.id,
        _b.c.topic,
        _b.c.mode,
        _b.c.code,
        _b.c.state,
        _b.c.recorded_at,
        func.coalesce(_room.c.name, "").label("room"),
    )
    .outerjoin(_room, _room.c.id == _b.c.room_id)
    .where(
        _b.c.site_id == bindparam("of_site"),
        _b.c.starts_at >= bindparam("since"),
        _b.c.starts_at < bindparam("until"),
    )
    .order_by(_b.c.starts_at, _b.c.id)
)
_REFUSING = Statement(select(_r.c.member_id).where(_r.c.staff_id == bindparam("of_staff")))
_SLUG = Statement(select(_s.c.slug).where(_s.c.id == bindparam("of_site")))


def site(tx: Tx, site_id: int) -> Site | None:
    """The site of this id."""
    row = tx.one(_SLUG, of_site=site_id)
    return None if row is None else sites.find(tx, row.slug)


def read(tx: Tx, of: Site, days: Sequence[date], staff_id: int, *, whole: bool, own: bool) -> Agenda:
    """These days in a row as one of the staff may see them: every meeting (`whole`), her own (`own`), or only when."""
    first, last = days[0], days[-1]
    found, mine = _meetings(tx, of, first, last), schedules.of_staff(tx, staff_id) if own else None
    refusing = {row.member_id for row in tx.all(_REFUSING, of_staff=staff_id)}
    zone = ZoneInfo(of.timezone)
    meetings: dict[tuple[int, date], list[Meeting]] = {}
    for row in found:
        may_know = (whole or row.counsellor_id == mine) and row.member_id not in refusing
        if row.state == "cancelled" and not may_know:
            continue
        meeting = Meeting(row.starts_at, row.ends_at, *(row[4:] if may_know else ()))
        day = row.starts_at.astimezone(zone).date()
        meetings.setdefault((row.counsellor_id, day), []).append(meeting)
    met = {who for who, _ in meetings}
    who = [one for one in calendars.everybody(tx, of) if one.active or one.id in met]
    planned = calendars.hours(tx, of, [one.id for one in who], days)
    return Agenda(
        tuple(days),
        {one.day: one.reason for one in closures.between(tx, of.id, first, last)},
        tuple(sorted(who, key=lambda one: (one.name, one.id))),
        {key: spans for key, rows in planned.items() if (spans := _spans(*rows))},
        {key: tuple(some) for key, some in meetings.items()},
    )


def _meetings(tx: Tx, of: Site, first: date, last: date) -> list[Any]:
    zone = ZoneInfo(of.timezone)
    since, until = local_midnight(first, zone), local_midnight(last + timedelta(days=1), zone)
    return tx.all(_MEETINGS, of_site=of.id, since=since, until=until)


def _spans(hers: Sequence[Any], off: Sequence[Any]) -> tuple[Span, ...]:
    """Her hours in order with the gaps between them as breaks, and what is off."""
    rows: list[Span] = sorted(
        (
            Span(EXTRA if hasattr(one, "kind") else HOURS, one.from_min, one.until_min, tuple(one.modes))
            for one in hers
        ),
        key=lambda span: (span.from_min, span.until_min),
    )
    made: list[Span] = []
    until = None
    for span in rows:
        if until is not None and until < span.from_min:
            made.append(Span(BREAK, until, span.from_min))
        made.append(span)
        until = max(until or 0, span.until_min)
    made += [Span(OFF, one.from_min, one.until_min) for one in off]
    return tuple(made)
