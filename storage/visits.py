"""Walk-ins: one tap of the desk, about nobody. A tap sent twice counts once, also after it was taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, bindparam, func, select, update
from sqlmodel import Field, SQLModel

from storage.counsellors import TopicRow
from storage.sites import SiteRow
from storage.sql import InsertNew, Statement, Tx, Utc, any_of, table

FIRST, REPEAT, UNKNOWN = KINDS = ("first", "repeat", "unknown")
STATUSES = ("seeking", "long_seeking", "employed", "studying", "at_home", "retired")
"""As she declared it; nobody proves anything."""
UID_LENGTH = 32


class VisitRow(SQLModel, table=True):
    """Somebody came in. Nothing here leads to a person."""

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint(any_of("kind", *KINDS), name="kind_known"),
        Index("ix_visits_site_at", "site_id", "at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    """Random, made where the tap was: a repeat counts once."""
    site_id: int = Field(foreign_key="sites.id")
    at: datetime = Field(sa_type=Utc)
    topic: str | None = None
    language: str | None = None
    kind: str = UNKNOWN
    status: str | None = None
    staff_id: int = Field(foreign_key="staff.id")
    undone_at: datetime | None = Field(default=None, sa_type=Utc)
    """It was a slip. The row stays, so that a repeat of the tap, still on its way, does not count it again."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One tap."""

    uid: str
    site_id: int
    at: datetime
    topic: str | None
    language: str | None
    kind: str
    status: str | None
    staff_id: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted at some sites since a moment."""

    visits: int
    first: int
    repeat: int
    topics: tuple[tuple[str | None, int], ...]
    """Most frequent first."""


@dataclass(frozen=True, slots=True)
class Place:
    """A site and what one can come about there."""

    id: int
    name: str
    place: str
    topics: tuple[str, ...]


_v, _s, _t = table(VisitRow), table(SiteRow), table(TopicRow)
_NAMES = tuple(field.name for field in fields(Visit))
_ADD = InsertNew(_v, *_NAMES)
_LAST = Statement(
    select(*(_v.c[name] for name in _NAMES))
    .where(_v.c.staff_id == bindparam("by"), _v.c.at >= bindparam("since"), _v.c.undone_at.is_(None))
    .order_by(_v.c.at.desc(), _v.c.id.desc())
    .limit(1)
)


def add(tx: Tx, visit: Visit) -> bool:
    """Count it; False when this tap was counted, or taken back, before."""
    return bool(tx.run(_ADD, **{name: getattr(visit, name) for name in _NAMES}))


def undo(tx: Tx, uid: str, staff_id: int, sites: Iterable[int], now: datetime) -> bool:
    """Take one's own tap at these sites back, once or again; False when there is none."""
    hers = (_v.c.uid == uid, _v.c.staff_id == staff_id, _v.c.site_id.in_(tuple(sites)))
    at = func.coalesce(_v.c.undone_at, bindparam("now", now, type_=Utc))
    return bool(tx.query(update(_v).where(*hers).values(undone_at=at).returning(_v.c.id)))


def last(tx: Tx, staff_id: int, since: datetime) -> Visit | None:
    """The last tap of this person that counts."""
    row = tx.one(_LAST, by=staff_id, since=since)
    return None if row is None else Visit(*row)


def tally(tx: Tx, sites: Iterable[int], since: datetime, until: datetime) -> Tally:
    """What these sites counted."""
    rows = tx.query(
        select(_v.c.topic, _v.c.kind, func.count().label("n"))
        .where(_v.c.site_id.in_(tuple(sites)), _v.c.at >= since, _v.c.at < until, _v.c.undone_at.is_(None))
        .group_by(_v.c.topic, _v.c.kind)
    )
    topics: dict[str | None, int] = {}
    kinds = dict.fromkeys(KINDS, 0)
    for row in rows:
        topics[row.topic] = topics.get(row.topic, 0) + row.n
        kinds[row.kind] += row.n
    ordered = sorted(topics.items(), key=lambda one: (-one[1], one[0] or ""))
    return Tally(sum(kinds.values()), kinds[FIRST], kinds[REPEAT], tuple(ordered))


def places(tx: Tx, sites: Iterable[int]) -> list[Place]:
    """These sites with their topics, in the topics' order."""
    wanted = tuple(sites)
    topics: dict[int, list[str]] = {}
    for row in tx.query(
        select(_t.c.site_id, _t.c.slug)
        .where(_t.c.site_id.in_(wanted), _t.c.active)
        .order_by(_t.c.site_id, _t.c.place, _t.c.id)
    ):
        topics.setdefault(row.site_id, []).append(row.slug)
    found = tx.query(select(_s.c.id, _s.c.name, _s.c.place).where(_s.c.id.in_(wanted)).order_by(_s.c.id))
    return [Place(row.id, row.name, row.place, tuple(topics.get(row.id, ()))) for row in found]
