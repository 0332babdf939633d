"""Duty: the roster of who is called for, and the alerts that call them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Index,
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    or_,
    select,
    text,
)
from sqlmodel import Field, SQLModel

from storage.sites import SiteRow
from storage.sql import Day, Statement, Tx, Utc, table
from storage.staff import StaffRole, StaffRow

SEARCH_DAYS = 15
"""A weekly shift returns within seven days; a dated one a little further on is found too."""

_OPEN_SQL = text("acknowledged_at IS NULL AND closed_at IS NULL")
_SENDABLE_SQL = text("state IN ('queued', 'retry', 'sending')")


class ShiftRow(SQLModel, table=True):
    """Hours in which one person is on duty at a site: every week on a weekday, or on one day. Minutes are wall clock."""

    __tablename__ = "duty_shifts"
    __table_args__ = (
        CheckConstraint("(weekday IS NULL) <> (day IS NULL)", name="weekly_or_dated"),
        CheckConstraint("weekday IS NULL OR weekday BETWEEN 0 AND 6", name="weekday_known"),
        CheckConstraint("from_min >= 0 AND from_min < until_min AND until_min <= 1440", name="within_a_day"),
        CheckConstraint("stand_in_id IS NULL OR stand_in_id <> staff_id", name="stand_in_is_another"),
    )
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    staff_id: int = Field(foreign_key="staff.id")
    stand_in_id: int | None = Field(default=None, foreign_key="staff.id")
    weekday: int | None = None
    day: date | None = Field(default=None, sa_type=Day)
    from_min: int
    until_min: int


class AlertRow(SQLModel, table=True):
    """Something a person on duty must look at. It holds no word of the member."""

    __tablename__ = "alerts"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "subject_version"),
        CheckConstraint("kind IN ('urgent', 'late', 'task', 'test')", name="kind_known"),
        CheckConstraint("step BETWEEN 0 AND 3", name="step_known"),
        Index("ix_alerts_due", "next_at", sqlite_where=_OPEN_SQL, postgresql_where=_OPEN_SQL),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    site_id: int = Field(foreign_key="sites.id")
    kind: str
    subject: str
    """`conversation:17`, `task:17`, or `test:<uid>`."""
    subject_version: int = Field(default=0, sa_type=BigInteger)
    """Which episode, as milliseconds of its begin where it has no number of its own."""
    conversation_id: int | None = Field(default=None, foreign_key="conversations.id", index=True)
    step: int = 0
    """0 nobody yet, 1 the person on duty, 2 the stand-in, 3 the coordinators."""
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who was called last."""
    next_at: datetime = Field(sa_type=Utc)
    created_at: datetime = Field(sa_type=Utc)
    acknowledged_at: datetime | None = Field(default=None, sa_type=Utc)
    acknowledged_by: int | None = Field(default=None, foreign_key="staff.id")
    closed_at: datetime | None = Field(default=None, sa_type=Utc)
    """When it needed nobody any more: the chat was taken or she is gone."""


class AlertSend(SQLModel, table=True):
    """One call to one person by one way."""

    __tablename__ = "alert_sends"
    __table_args__ = (
        UniqueConstraint("alert_id", "step", "staff_id", "way"),
        CheckConstraint("way IN ('push', 'telegram')", name="way_known"),
        CheckConstraint(
            "state IN ('queued', 'retry', 'sending', 'sent', 'failed', 'unknown', 'cancelled')",
            name="state_known",
        ),
        Index("ix_alert_sends_due", "not_before", sqlite_where=_SENDABLE_SQL, postgresql_where=_SENDABLE_SQL),
    )
    id: int | None = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alerts.id", index=True)
    step: int
    staff_id: int = Field(foreign_key="staff.id")
    way: str
    state: str = "queued"
    error: str | None = None
    attempt: int = 0
    not_before: datetime = Field(sa_type=Utc)
    created_at: datetime = Field(sa_type=Utc)
    sent_at: datetime | None = Field(default=None, sa_type=Utc)


class StaffLink(SQLModel, table=True):
    """A code that ties her own Telegram chat to her, once; only its hash is kept."""

    __tablename__ = "staff_links"
    code_hash: str = Field(primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Shift:
    """One line of the roster with the names that belong to it."""

    id: int
    site_id: int
    staff_id: int
    stand_in_id: int | None
    weekday: int | None
    day: date | None
    from_min: int
    until_min: int
    name: str
    languages: tuple[str, ...]
    stand_in: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may stand on the roster of a site."""

    id: int
    name: str
    languages: tuple[str, ...]


_s = table(ShiftRow)
_staff = table(StaffRow)
_role = table(StaffRole)
_site = table(SiteRow)
_other = _staff.alias("other")
ROSTER_ROLES = ("desk", "counsellor", "coordinator")
"""Who may open any chat of the site: calling somebody else would call her to a page she cannot see."""
_works = _role.c.role.in_(ROSTER_ROLES)
_ZONE = Statement(select(_site.c.timezone).where(_site.c.id == bindparam("of_site")))
_SHIFTS = Statement(
    select(
        _s.c.id,
        _s.c.site_id,
        _s.c.staff_id,
        _s.c.stand_in_id,
        _s.c.weekday,
        _s.c.day,
        _s.c.from_min,
        _s.c.until_min,
        _staff.c.name,
        _staff.c.languages,
        _other.c.name.label("stand_in"),
    )
    .join(_staff, _staff.c.id == _s.c.staff_id)
    .outerjoin(_other, _other.c.id == _s.c.stand_in_id)
    .where(_s.c.site_id == bindparam("of_site"))
    .order_by(_s.c.day.is_not(None), _s.c.weekday, _s.c.day, _s.c.from_min, _s.c.id)
)
_PEOPLE = Statement(
    select(_staff.c.id, _staff.c.name, _staff.c.languages)
    .distinct()
    .join(_role, _role.c.staff_id == _staff.c.id)
    .where(_role.c.site_id == bindparam("of_site"), _staff.c.active, _works)
    .order_by(_staff.c.name, _staff.c.id)
)
_COORDINATORS = Statement(
    select(_staff.c.id)
    .join(_role, _role.c.staff_id == _staff.c.id)
    .where(_role.c.site_id == bindparam("of_site"), _staff.c.active, _role.c.role == "coordinator")
    .order_by(_staff.c.id)
)
_SHIFT = ("site_id", "staff_id", "stand_in_id", "weekday", "day", "from_min", "until_min")
_ADD = Statement(insert(_s).values({name: bindparam(name) for name in _SHIFT}).returning(_s.c.id))
_REMOVE = Statement(delete(_s).where(_s.c.id == bindparam("shift_id"), _s.c.site_id == bindparam("of_site")))
_OVERLAP = Statement(
    select(_s.c.id)
    .where(
        _s.c.staff_id == bindparam("of_staff"),
        or_(_s.c.weekday == bindparam("on_weekday"), _s.c.day == bindparam("on_day")),
        _s.c.from_min < bindparam("until"),
        _s.c.until_min > bindparam("since"),
    )
    .limit(1)
)


class BadShift(Exception):
    """A shift that cannot stand on the roster; the text is the reason, one word."""


def add_shift(
    tx: Tx,
    site_id: int,
    staff_id: int,
    *,
    weekday: int | None = None,
    day: date | None = None,
    from_min: int,
    until_min: int,
    stand_in_id: int | None = None,
) -> int:
    """Put a person on the roster; its id. Raises `BadShift`: when, hours, person, stand_in or overlap."""
    if (weekday is None) == (day is None) or (weekday is not None and not 0 <= weekday <= 6):
        raise BadShift("when")
    if not 0 <= from_min < until_min <= 24 * 60:
        raise BadShift("hours")
    known = {person.id for person in people(tx, site_id)}
    if staff_id not in known:
        raise BadShift("person")
    if stand_in_id is not None and (stand_in_id == staff_id or stand_in_id not in known):
        raise BadShift("stand_in")
    # At any site: nobody is in two places at once.
    if tx.one(_OVERLAP, of_staff=staff_id, on_weekday=weekday, on_day=day, since=from_min, until=until_min):
        raise BadShift("overlap")
    row = tx.one(
        _ADD,
        site_id=site_id,
        staff_id=staff_id,
        stand_in_id=stand_in_id,
        weekday=weekday,
        day=day,
        from_min=from_min,
        until_min=until_min,
    )
    return int(row.id)


def remove_shift(tx: Tx, site_id: int, shift_id: int) -> bool:
    """Take a line off the roster of a site; False when it is not there."""
    return tx.run(_REMOVE, shift_id=shift_id, of_site=site_id) == 1


def shifts(tx: Tx, site_id: int) -> list[Shift]:
    """The roster of a site: weekly lines first, then dated ones."""
    return [
        Shift(*(*row[:9], tuple(row.languages), row.stand_in)) for row in tx.all(_SHIFTS, of_site=site_id)
    ]


def people(tx: Tx, site_id: int) -> list[Person]:
    """Everybody who may stand on the roster of a site."""
    return [Person(row.id, row.name, tuple(row.languages)) for row in tx.all(_PEOPLE, of_site=site_id)]


def coordinators(tx: Tx, site_id: int) -> list[int]:
    """The coordinators of a site."""
    return [row.id for row in tx.all(_COORDINATORS, of_site=site_id)]


def zone(tx: Tx, site_id: int) -> ZoneInfo:
    """The zone a site's walls are in."""
    return ZoneInfo(tx.one(_ZONE, of_site=site_id).timezone)


def running(tx: Tx, site_id: int, at: datetime) -> list[Shift]:
    """The shifts that run at an instant: dated ones, and only where none is the weekly ones."""
    # Asked by the clock on the wall, so an hour that is skipped or comes twice needs no case of its own.
    wall = at.astimezone(zone(tx, site_id))
    minute = wall.hour * 60 + wall.minute
    works = {person.id for person in people(tx, site_id)}
    found = [
        shift
        for shift in shifts(tx, site_id)
        if shift.from_min <= minute < shift.until_min
        and (shift.day == wall.date() or shift.weekday == wall.weekday())
        and shift.staff_id in works
    ]
    return [shift for shift in found if shift.day is not None] or found


def on_duty(tx: Tx, site_id: int, at: datetime) -> list[int]:
    """Who is on duty at an instant: staff ids."""
    return list(dict.fromkeys(shift.staff_id for shift in running(tx, site_id, at)))


def stand_ins(tx: Tx, site_id: int, at: datetime) -> list[int]:
    """Who stands in for those on duty at an instant and works here still."""
    works = {person.id for person in people(tx, site_id)}
    found = (shift.stand_in_id for shift in running(tx, site_id, at))
    return list(dict.fromkeys(one for one in found if one in works))


def next_shift(tx: Tx, site_id: int, after: datetime) -> datetime | None:
    """The first instant after `after` at which a shift begins; None when the roster holds none in sight."""
    of = zone(tx, site_id)
    first = after.astimezone(of).date()
    works = {person.id for person in people(tx, site_id)}
    lines = [shift for shift in shifts(tx, site_id) if shift.staff_id in works]
    starts = (
        begin
        for ahead in range(-1, SEARCH_DAYS)
        for shift in lines
        for day in (first + timedelta(days=ahead),)
        if shift.day == day or shift.weekday == day.weekday()
        for begin in _begins(day, shift.from_min, shift.until_min, of)
    )
    return min((start for start in starts if start > after), default=None)


def _begins(day: date, from_min: int, until_min: int, of: ZoneInfo) -> Iterable[datetime]:
    """The instants at which the wall clock enters the shift: two when its first hour comes twice, none when all is skipped."""
    wall = datetime.combine(day, time()) + timedelta(minutes=from_min)
    for fold in (0, 1):
        at = wall.replace(tzinfo=of, fold=fold).astimezone(UTC)
        if at.astimezone(of).replace(tzinfo=None) == wall:
            yield at
            continue
        # Skipped: the shift begins when the clock has jumped, if it is not over by then.
        while _within(at - timedelta(minutes=1), day, from_min, of):
            at -= timedelta(minutes=1)
        if _within(at, day, from_min, of) and at.astimezone(of).replace(tzinfo=None) < wall + timedelta(
            minutes=until_min - from_min
        ):
            yield at


def _within(at: datetime, day: date, from_min: int, of: ZoneInfo) -> bool:
    wall = at.astimezone(of)
    return wall.date() == day and wall.hour * 60 + wall.minute >= from_min
