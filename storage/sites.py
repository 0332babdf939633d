"""Sites: the info points of this installation, their hours, closed days and quiet hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, UniqueConstraint, bindparam, select
from sqlmodel import Field, SQLModel

from storage.sql import Day, InsertNew, Statement, Tx, Utc, table


class SiteRow(SQLModel, table=True):
    """An info point. Minutes are counted from local midnight."""

    __tablename__ = "sites"
    __table_args__ = (CheckConstraint("quiet_from_min > quiet_until_min", name="quiet_at_night"),)
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    place: str
    address: str
    phone: str
    timezone: str
    quiet_from_min: int
    """Nothing unasked is sent from this minute of the evening …"""
    quiet_until_min: int
    """… until this minute of the morning."""


class OpeningHours(SQLModel, table=True):
    """When people are at the desk; `weekday` is 0 for Monday."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        CheckConstraint("from_min < until_min", name="from_before_until"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_known"),
    )
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    weekday: int
    from_min: int
    until_min: int


class ClosedDay(SQLModel, table=True):
    """A day without opening hours: a holiday or a closure."""

    __tablename__ = "closed_days"
    __table_args__ = (UniqueConstraint("site_id", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id")
    day: date = Field(sa_type=Day)
    reason: str


class Mark(SQLModel, table=True):
    """A named time: the last tick, the demo seeding."""

    __tablename__ = "marks"
    name: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Site:
    """An info point as the flows see it. `hours` holds (weekday, from_min, until_min), sorted."""

    id: int
    slug: str
    name: str
    place: str
    address: str
    phone: str
    timezone: str
    quiet_from_min: int
    quiet_until_min: int
    hours: tuple[tuple[int, int, int], ...]
    promised_answer: timedelta = timedelta(minutes=30)
    """How soon a person answers, counted in opening hours; a setting."""
    idle_after: timedelta = timedelta(hours=2)
    """Opening hours in which the person who has a chat did nothing, until it waits again; a setting."""


_site = table(SiteRow)
_hours = table(OpeningHours)
_closed = table(ClosedDay)
_marks = table(Mark)
_FIND = Statement(select(_site).where(_site.c.slug == bindparam("slug")))
_SLUG = Statement(select(_site.c.slug).where(_site.c.id == bindparam("of_site")))
_HOURS = Statement(
    select(_hours.c.weekday, _hours.c.from_min, _hours.c.until_min)
    .where(_hours.c.site_id == bindparam("site_id"))
    .order_by(_hours.c.weekday, _hours.c.from_min)
)
_CLOSED = Statement(
    select(_closed.c.day).where(
        _closed.c.site_id == bindparam("site_id"),
        _closed.c.day >= bindparam("first"),
        _closed.c.day <= bindparam("last"),
    )
)
_MARK = Statement(select(_marks.c.at).where(_marks.c.name == bindparam("name")))
_MARK_MOVE = Statement(
    _marks.update().where(_marks.c.name == bindparam("mark")).values(at=bindparam("moved_at"))
)
_MARK_ADD = InsertNew(_marks, "name", "at")
"""Two ticks that fire first do so at once."""


def find(tx: Tx, slug: str) -> Site | None:
    """The site of this name with its opening hours."""
    row = tx.one(_FIND, slug=slug)
    if row is None:
        return None
    hours = tuple((h.weekday, h.from_min, h.until_min) for h in tx.all(_HOURS, site_id=row.id))
    return Site(**row._asdict(), hours=hours)


def get(tx: Tx, site_id: int) -> Site | None:
    """The site of this number."""
    row = tx.one(_SLUG, of_site=site_id)
    return None if row is None else find(tx, row.slug)


def closed_days(tx: Tx, site_id: int, first: date, last: date) -> frozenset[date]:
    """Holidays and closures from `first` to `last`, both included."""
    return frozenset(row.day for row in tx.all(_CLOSED, site_id=site_id, first=first, last=last))


def mark(tx: Tx, name: str, at: datetime) -> None:
    """Remember that `name` happened at `at`."""
    if tx.run(_MARK_MOVE, mark=name, moved_at=at) == 0:
        tx.run(_MARK_ADD, name=name, at=at)


def marked(tx: Tx, name: str) -> datetime | None:
    """When `name` happened last."""
    row = tx.one(_MARK, name=name)
    return None if row is None else row.at
