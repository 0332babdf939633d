"""Sites: the info points of this installation, their hours, closed days and quiet hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Integer,
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    select,
    true,
    update,
)
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
    promised_min: int = Field(default=30, sa_column=Column(Integer, server_default="30", nullable=False))
    """How soon a person answers, in minutes of opening hours."""
    idle_min: int = Field(default=120, sa_column=Column(Integer, server_default="120", nullable=False))
    """Minutes of opening hours in which the person who has a chat did nothing, until it waits again."""
    offered: bool = Field(default=True, sa_column=Column(Boolean, server_default=true(), nullable=False))
    """Whether members may choose it. One added to an open office waits until an admin offers it."""


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
    """How soon a person answers, counted in opening hours."""
    idle_after: timedelta = timedelta(hours=2)
    """Opening hours in which the person who has a chat did nothing, until it waits again."""
    offered: bool = True
    """Whether members may choose it."""


_site = table(SiteRow)
_hours = table(OpeningHours)
_closed = table(ClosedDay)
_marks = table(Mark)
_FIND = Statement(select(_site).where(_site.c.slug == bindparam("slug")))
_GET = Statement(select(_site).where(_site.c.id == bindparam("of_site")))
_EVERY = Statement(select(_site).order_by(_site.c.id))
_HOURS = Statement(
    select(_hours.c.weekday, _hours.c.from_min, _hours.c.until_min)
    .where(_hours.c.site_id == bindparam("site_id"))
    .order_by(_hours.c.weekday, _hours.c.from_min)
)
FACTS = (
    "slug",
    "name",
    "place",
    "address",
    "phone",
    "timezone",
    "quiet_from_min",
    "quiet_until_min",
    "promised_min",
    "idle_min",
    "offered",
)
"""The columns of a site besides its number."""
_ADD = InsertNew(_site, *FACTS)
_CHANGE = Statement(
    update(_site).where(_site.c.id == bindparam("of_site")).values({name: bindparam(name) for name in FACTS})
)
_OFFER = Statement(
    update(_site).where(_site.c.id == bindparam("of_site"), ~_site.c.offered).values(offered=True)
)
_HOURS_GO = Statement(delete(_hours).where(_hours.c.site_id == bindparam("of_site")))
_HOURS_ADD = Statement(
    insert(_hours).values({name: bindparam(name) for name in ("site_id", "weekday", "from_min", "until_min")})
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
    return _with_hours(tx, tx.one(_FIND, slug=slug))


def get(tx: Tx, site_id: int) -> Site | None:
    """The site of this number."""
    return _with_hours(tx, tx.one(_GET, of_site=site_id))


def named(tx: Tx, slug: str) -> Site | None:
    """The site of this name; the only one when none is named."""
    if slug:
        return find(tx, slug)
    known = every(tx)
    return known[0] if len(known) == 1 else None


def every(tx: Tx) -> tuple[Site, ...]:
    """All sites, the oldest first."""
    found = (_with_hours(tx, row) for row in tx.all(_EVERY))
    return tuple(site for site in found if site is not None)


def _with_hours(tx: Tx, row: Any) -> Site | None:
    if row is None:
        return None
    facts = row._asdict()
    promised, idle = (timedelta(minutes=facts.pop(name)) for name in ("promised_min", "idle_min"))
    hours = tuple((h.weekday, h.from_min, h.until_min) for h in tx.all(_HOURS, site_id=row.id))
    return Site(**facts, hours=hours, promised_answer=promised, idle_after=idle)


def _facts(site: Site) -> dict[str, Any]:
    minute = timedelta(minutes=1)
    spans = {"promised_min": site.promised_answer // minute, "idle_min": site.idle_after // minute}
    return {name: getattr(site, name) for name in FACTS if name not in spans} | spans


def add(tx: Tx, site: Site) -> Site | None:
    """A new site with its hours, whatever number it came with; None when its slug is taken. Tell `office.changed`."""
    if tx.run(_ADD, **_facts(site)) == 0:
        return None
    made = find(tx, site.slug)
    assert made is not None
    set_hours(tx, made.id, site.hours)
    return replace(made, hours=site.hours)


def change(tx: Tx, site: Site) -> bool:
    """Keep what is told of this site, its hours too; False when there is no such number. Tell `office.changed`."""
    if tx.run(_CHANGE, of_site=site.id, **_facts(site)) == 0:
        return False
    set_hours(tx, site.id, site.hours)
    return True


def offer(tx: Tx, site_id: int) -> bool:
    """From now on members may choose it; False when they may already. Tell `office.changed`."""
    return tx.run(_OFFER, of_site=site_id) == 1


def set_hours(tx: Tx, site_id: int, hours: Iterable[tuple[int, int, int]]) -> None:
    """These (weekday, from, until) rows and no others."""
    tx.run(_HOURS_GO, of_site=site_id)
    for weekday, from_min, until_min in hours:
        tx.run(_HOURS_ADD, site_id=site_id, weekday=weekday, from_min=from_min, until_min=until_min)


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
