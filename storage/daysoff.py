"""A whole day that cannot take place: nobody books it any more, and its meetings are cancelled, some at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Index, UniqueConstraint, bindparam, or_, select, text, update
from sqlmodel import Field, SQLModel

from storage import changes, counsellors
from storage.bookings import Booking, BookingRow
from storage.counsellors import CounsellorRow, ExceptionRow
from storage.grid import local_midnight
from storage.sites import SiteRow
from storage.sql import Day, InsertNew, Statement, Tx, Utc, from_ms, spelt, table
from storage.staff import StaffRow

_OPEN_SQL = text("done_at IS NULL")
_ONE_DAY = timedelta(days=1)


class DayOffRow(SQLModel, table=True):
    """One counsellor's day that was called off; `done_at` once every meeting of it is cancelled."""

    __tablename__ = "days_off"
    __table_args__ = (
        UniqueConstraint("counsellor_id", "day"),
        Index("ix_days_off_open", "site_id", sqlite_where=_OPEN_SQL, postgresql_where=_OPEN_SQL),
    )
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id")
    counsellor_id: int = Field(foreign_key="counsellors.id")
    day: date = Field(sa_type=Day)
    staff_id: int = Field(foreign_key="staff.id")
    at: datetime = Field(sa_type=Utc)
    done_at: datetime | None = Field(default=None, sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose day can be called off."""

    counsellor_id: int
    name: str
    site_id: int


@dataclass(frozen=True, slots=True)
class CalledOff:
    """A day that was called off."""

    day: date
    name: str
    done: bool


_o = table(DayOffRow)
_b = table(BookingRow)
_k = table(CounsellorRow)
_e = table(ExceptionRow)
_site = table(SiteRow)
_s = table(StaffRow)
_ADD = InsertNew(_o, "site_id", "counsellor_id", "day", "staff_id", "at")
_AGAIN = Statement(
    update(_o)
    .where(_o.c.counsellor_id == bindparam("of_counsellor"), _o.c.day == bindparam("on_day"))
    .values(at=bindparam("now"), staff_id=bindparam("by"), done_at=None)
)
_OPEN = Statement(
    select(_o.c.id, _o.c.counsellor_id, _o.c.day, _o.c.staff_id, _site.c.timezone)
    .join(_site, _site.c.id == _o.c.site_id)
    .where(
        _o.c.site_id == bindparam("of_site"),
        _o.c.done_at.is_(None),
        _o.c.at > bindparam("since", type_=Utc),
    )
    .order_by(_o.c.id)
    .limit(1)
    .with_for_update(of=_o, skip_locked=True)
)
_DONE = Statement(update(_o).where(_o.c.id == bindparam("day_off")).values(done_at=bindparam("now")))
_OFF = Statement(
    select(_e.c.id).where(
        _e.c.counsellor_id == bindparam("of_counsellor"),
        _e.c.day == bindparam("on_day"),
        _e.c.kind == "off",
        _e.c.from_min == 0,
        _e.c.until_min == 1440,
    )
)
_MEETINGS = Statement(
    select(*(_b.c[name] for name in Booking.__dataclass_fields__))
    .where(
        or_(_b.c.counsellor_id == bindparam("of_counsellor"), _b.c.second_id == bindparam("of_counsellor")),
        _b.c.state == spelt("booked"),
        _b.c.starts_at > bindparam("now", type_=Utc),
        _b.c.starts_at >= bindparam("since", type_=Utc),
        _b.c.starts_at < bindparam("until", type_=Utc),
    )
    .order_by(_b.c.starts_at, _b.c.id)
    .limit(bindparam("limit"))
)
_ZONE = Statement(
    select(_site.c.timezone, _site.c.id)
    .join(_k, _k.c.site_id == _site.c.id)
    .where(_k.c.id == bindparam("of_counsellor"))
)


def people(tx: Tx, sites: tuple[int, ...], own: tuple[int, ...], staff_id: int) -> list[Person]:
    """Whose days she may call off: everybody's at `sites`, at `own` only hers."""
    hers = _k.c.id.in_(select(_s.c.counsellor_id).where(_s.c.id == staff_id))
    rows = tx.query(
        select(_k.c.id, _k.c.name, _k.c.site_id)
        .where(_k.c.active, or_(_k.c.site_id.in_(sites), _k.c.site_id.in_(own) & hers))
        .order_by(_k.c.name, _k.c.id)
    )
    return [Person(*row) for row in rows]


def ahead(tx: Tx, of: list[int], first: date) -> list[CalledOff]:
    """The days of these counsellors that were called off, from `first` on."""
    rows = tx.query(
        select(_o.c.day, _k.c.name, _o.c.done_at)
        .join(_k, _k.c.id == _o.c.counsellor_id)
        .where(_o.c.counsellor_id.in_(of), _o.c.day >= first)
        .order_by(_o.c.day, _k.c.name)
        .limit(100)
    )
    return [CalledOff(row.day, row.name, row.done_at is not None) for row in rows]


def meetings(tx: Tx, counsellor_id: int, day: date, now: datetime, limit: int = 500) -> list[Booking]:
    """The meetings ahead of her on that day, as first or second person."""
    row = tx.one(_ZONE, of_counsellor=counsellor_id)
    return _meetings(tx, counsellor_id, day, ZoneInfo(row.timezone), now, limit)


def _meetings(
    tx: Tx, counsellor_id: int, day: date, zone: ZoneInfo, now: datetime, limit: int
) -> list[Booking]:
    rows = tx.all(
        _MEETINGS,
        of_counsellor=counsellor_id,
        now=now,
        since=local_midnight(day, zone),
        until=local_midnight(day + _ONE_DAY, zone),
        limit=limit,
    )
    return [Booking(*row) for row in rows]


def call_off(tx: Tx, counsellor_id: int, day: date, staff_id: int, now: datetime) -> None:
    """From this commit on nobody books that day; its meetings are cancelled by `cancel`. Repeatable."""
    site_id = tx.one(_ZONE, of_counsellor=counsellor_id).id
    if tx.run(_ADD, site_id=site_id, counsellor_id=counsellor_id, day=day, staff_id=staff_id, at=now) == 0:
        tx.run(_AGAIN, of_counsellor=counsellor_id, on_day=day, now=now, by=staff_id)
    if tx.one(_OFF, of_counsellor=counsellor_id, on_day=day) is None:
        counsellors.add_exception(tx, counsellor_id, day, "off")


def cancel(tx: Tx, site_id: int, now: datetime, limit: int, *, held: datetime | None = None) -> int:
    """Cancel up to `limit` meetings of days that were called off, after `held`; 0 when nothing is left to do."""
    off = tx.one(_OPEN, of_site=site_id, since=held or from_ms(0))
    if off is None:
        return 0
    found = _meetings(tx, off.counsellor_id, off.day, ZoneInfo(off.timezone), now, limit)
    for booking in found:
        changes.cancel(tx, booking, staff_id=off.staff_id, now=now, knows=False)
    if len(found) < limit:
        tx.run(_DONE, day_off=off.id, now=now)
    return max(1, len(found))
