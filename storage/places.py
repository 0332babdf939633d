"""The sites of this installation and who counsels there, as the forms of staff list them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from storage.counsellors import CounsellorRow
from storage.sites import SiteRow
from storage.sql import Tx, table


@dataclass(frozen=True, slots=True)
class Place:
    """A site by name."""

    id: int
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who counsels, and where."""

    id: int
    name: str
    site_id: int
    place: str
    languages: tuple[str, ...]


_s = table(SiteRow)
_k = table(CounsellorRow)


def places(tx: Tx, sites: tuple[int, ...]) -> tuple[Place, ...]:
    """These sites, by place."""
    rows = tx.query(
        select(_s.c.id, _s.c.name, _s.c.place).where(_s.c.id.in_(sites)).order_by(_s.c.place, _s.c.id)
    )
    return tuple(Place(*row) for row in rows)


def colleagues(tx: Tx) -> list[Colleague]:
    """Everybody who counsels anywhere, by name."""
    rows = tx.query(
        select(_k.c.id, _k.c.name, _k.c.site_id, _s.c.place, _k.c.languages)
        .join(_s, _s.c.id == _k.c.site_id)
        .where(_k.c.active)
        .order_by(_k.c.name, _k.c.id)
    )
    return [Colleague(row.id, row.name, row.site_id, row.place, tuple(row.languages)) for row in rows]
