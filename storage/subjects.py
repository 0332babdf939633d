"""The topics of a site as an admin keeps them: their order, which are sensitive, and what the office calls its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select, update

from storage import counsellors, wordings
from storage.counsellors import TopicRow
from storage.sql import Statement, Tx, table

OWN = "own-"
"""The slug of a topic of the office's own begins so; no shipped text does."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic of one site."""

    id: int
    site_id: int
    slug: str
    minutes: int
    sensitive: bool
    active: bool
    label: str | None
    """What it is about, for the staff who work with it."""
    version: int


_t = table(TopicRow)
_COLUMNS = tuple(_t.c[name] for name in Subject.__dataclass_fields__)
_LISTED = Statement(
    select(*_COLUMNS).where(_t.c.site_id == bindparam("of_site")).order_by(_t.c.place, _t.c.id)
)
_GET = Statement(select(*_COLUMNS).where(_t.c.id == bindparam("about")))
_SLUGS = Statement(select(_t.c.slug).distinct())
_LAST = Statement(select(func.max(_t.c.place).label("place")).where(_t.c.site_id == bindparam("of_site")))
_SAVE = Statement(
    update(_t)
    .where(_t.c.id == bindparam("about"), _t.c.version == bindparam("seen"))
    .values({name: bindparam(f"new_{name}") for name in ("minutes", "sensitive", "active", "label")})
    .values(version=_t.c.version + 1)
)
_PLACE = Statement(update(_t).where(_t.c.id == bindparam("about")).values(place=bindparam("new_place")))


def listed(tx: Tx, site_id: int) -> list[Subject]:
    """The topics of a site in their order, retired ones too."""
    return [_subject(row) for row in tx.all(_LISTED, of_site=site_id)]


def get(tx: Tx, topic_id: int, sites: Iterable[int]) -> Subject | None:
    """The topic of this number, when it is one of these sites'."""
    row = tx.one(_GET, about=topic_id)
    return _subject(row) if row is not None and row.site_id in sites else None


def _subject(row: Any) -> Subject:
    told = row._asdict()
    return Subject(**told | {"sensitive": bool(row.sensitive), "active": bool(row.active)})


def new_slug(tx: Tx) -> str:
    """A slug that no topic of any site has and no name stands under; the calendar of the site is held."""
    taken = {row.slug for row in tx.all(_SLUGS)} | {slug for _, slug in wordings.names(tx)}
    number = 1
    while f"{OWN}{number}" in taken:
        number += 1
    return f"{OWN}{number}"


def add(
    tx: Tx, site_id: int, slug: str | None, minutes: int, *, sensitive: bool, label: str | None
) -> str | None:
    """One more topic at the end of the list, under a new slug when none is named; None when the site has it."""
    counsellors.hold(tx, site_id)
    known = {one.slug for one in listed(tx, site_id)}
    if slug in known:
        return None
    place = tx.one(_LAST, of_site=site_id).place
    made = slug or new_slug(tx)
    counsellors.add_topic(
        tx,
        site_id,
        made,
        minutes,
        sensitive=sensitive,
        place=0 if place is None else place + 1,
        label=label,
    )
    return made


def save(tx: Tx, new: Subject, seen: int) -> bool:
    """Keep what is told of this topic; False when it was changed since version `seen`. Its bookings stay as they are."""
    values = {f"new_{name}": getattr(new, name) for name in ("minutes", "sensitive", "active", "label")}
    if tx.run(_SAVE, about=new.id, seen=seen, **values) == 0:
        return False
    counsellors.topic_changed(tx, new.site_id, new.id, values)
    return True


def move_up(tx: Tx, one: Subject) -> None:
    """Change places with the one before; the first stays."""
    counsellors.hold(tx, one.site_id)
    order = [other.id for other in listed(tx, one.site_id)]
    at = order.index(one.id)
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    for place, topic_id in enumerate(order):
        tx.run(_PLACE, about=topic_id, new_place=place)
    counsellors.topic_changed(tx, one.site_id, order)


def elsewhere(names: Mapping[tuple[str, str], str], here: Iterable[str]) -> list[str]:
    """Slugs of the office's own topics that this site does not have."""
    return sorted({slug for _, slug in names} - set(here))
