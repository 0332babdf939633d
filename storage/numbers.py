"""What the numbers are made of: meetings and walk-ins of a site by month. What may be shown `flows/numbers.py` decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal_column, select

from storage.bookings import BookingRow
from storage.counsellors import TopicRow
from storage.members import MemberRow
from storage.retention import BookingCount
from storage.sites import SiteRow
from storage.sql import Tx, table
from storage.visits import VisitRow

VISIT, BOOKING, REMOVED = "visit", "booking", "removed"
KEPT = "attended"


@dataclass(frozen=True, slots=True)
class Fact:
    """So many things of one kind in one month."""

    kind: str
    month: int
    """Its place among the months that were asked for."""
    topic: str | None
    language: str | None
    """None is unknown."""
    n: int
    kept: bool = False
    person: int | None = None
    """Whose meeting it was; None for what leads to nobody."""


@dataclass(frozen=True, slots=True)
class Place:
    """A site whose numbers are asked for."""

    id: int
    name: str
    place: str
    timezone: str
    topics: tuple[str, ...]


_b, _p, _count, _site, _topic, _v = (
    table(row) for row in (BookingRow, MemberRow, BookingCount, SiteRow, TopicRow, VisitRow)
)


def places(tx: Tx, sites: Iterable[int]) -> list[Place]:
    """These sites with their topics in order."""
    wanted = list(sites)
    topics: dict[int, list[str]] = {}
    for row in tx.query(
        select(_topic.c.site_id, _topic.c.slug)
        .where(_topic.c.site_id.in_(wanted))
        .order_by(_topic.c.place, _topic.c.id)
    ):
        topics.setdefault(row.site_id, []).append(row.slug)
    rows = tx.query(
        select(_site.c.id, _site.c.name, _site.c.place, _site.c.timezone)
        .where(_site.c.id.in_(wanted))
        .order_by(_site.c.id)
    )
    return [Place(row.id, row.name, row.place, row.timezone, tuple(topics.get(row.id, ()))) for row in rows]


def facts(tx: Tx, site_id: int, edges: Sequence[datetime], names: Sequence[str]) -> list[Fact]:
    """Everything of these months of a site. `edges` are their beginnings and the last one's end, `names` as 2026-03."""
    return [
        *visits(tx, site_id, edges),
        *_meetings(tx, site_id, edges),
        *_removed(tx, site_id, names),
    ]


def visits(tx: Tx, site_id: int, edges: Sequence[datetime]) -> list[Fact]:
    """Walk-ins counted at the desk, without those taken back."""
    inner = (
        select(_month(_v.c.at, edges), _v.c.topic, _v.c.language)
        .where(
            _v.c.site_id == site_id,
            _v.c.at >= edges[0],
            _v.c.at < edges[-1],
            _v.c.undone_at.is_(None),
        )
        .subquery()
    )
    grouped = (inner.c.month, inner.c.topic, inner.c.language)
    rows = tx.query(select(*grouped, func.count().label("n")).group_by(*grouped))
    return [Fact(VISIT, row.month, row.topic, row.language, row.n) for row in rows]


def _meetings(tx: Tx, site_id: int, edges: Sequence[datetime]) -> list[Fact]:
    """Meetings that begin in these months, whatever became of them; her language is the one she has now."""
    inner = (
        select(
            _month(_b.c.starts_at, edges),
            _b.c.topic,
            _p.c.language,
            _b.c.state,
            _b.c.member_id.label("person"),
        )
        .join(_p, _p.c.id == _b.c.member_id)
        .where(_b.c.site_id == site_id, _b.c.starts_at >= edges[0], _b.c.starts_at < edges[-1])
        .subquery()
    )
    grouped = tuple(inner.c)
    rows = tx.query(select(*grouped, func.count().label("n")).group_by(*grouped))
    return [
        Fact(BOOKING, row.month, row.topic, row.language, row.n, row.state == KEPT, row.person)
        for row in rows
    ]


def _removed(tx: Tx, site_id: int, names: Sequence[str]) -> list[Fact]:
    """Meetings of which retention left only the count: no language, no person, the month in UTC."""
    rows = tx.query(
        select(_count.c.month, _count.c.topic, _count.c.state, func.sum(_count.c.n).label("n"))
        .where(_count.c.site_id == site_id, _count.c.month.in_(list(names)))
        .group_by(_count.c.month, _count.c.topic, _count.c.state)
    )
    at = {name: place for place, name in enumerate(names)}
    return [Fact(REMOVED, at[row.month], row.topic, None, int(row.n), row.state == KEPT) for row in rows]


def _month(at: ColumnElement[Any], edges: Sequence[datetime]) -> ColumnElement[Any]:
    """Which of the months it is in."""
    inside: list[Any] = [(at < edge, literal_column(str(place))) for place, edge in enumerate(edges[1:])]
    return case(*inside, else_=literal_column(str(len(edges)))).label("month")
