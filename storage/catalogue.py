"""The directory as staff look through it: a page of services, and how many lack a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select

from storage.directory import SHOWN
from storage.services import Organisation, ServiceRow, ServiceText
from storage.sql import Tx, table

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A service as the list shows it."""

    id: int
    site_id: int
    name: str
    organisation: str
    topic: str
    state: str
    sensitive: bool
    review_by: date
    languages: frozenset[str]
    """In which it has a text."""


_o, _s, _t = table(Organisation), table(ServiceRow), table(ServiceText)


def lines(
    tx: Tx,
    sites: Iterable[int],
    *,
    due_by: date,
    words: str = "",
    topic: str = "",
    missing: str = "",
    state: str = "",
    only_due: bool = False,
    offset: int = 0,
) -> list[Line]:
    """Services that fit, those due for review first; one more than a page tells that there is another."""
    name = func.coalesce(_name("sl"), _name("en"), _any_name(), _s.c.slug)
    due = and_(_s.c.state == SHOWN, _s.c.review_by <= due_by)
    where: list[ColumnElement[bool]] = [_s.c.site_id.in_(list(sites))]
    if words:
        sought = f"%{words.replace('!', '!!').replace('%', '!%').replace('_', '!_').lower()}%"
        in_texts = exists().where(_t.c.service_id == _s.c.id, func.lower(_t.c.name).like(sought, escape="!"))
        where.append(or_(in_texts, func.lower(_o.c.name).like(sought, escape="!"), _s.c.slug == words))
    if topic:
        where.append(_s.c.topic == topic)
    if missing:
        where.append(~exists().where(_t.c.service_id == _s.c.id, _t.c.language == missing))
    if state:
        where.append(_s.c.state == state)
    if only_due:
        where.append(due)
    rows = tx.query(
        select(
            _s.c.id, _s.c.site_id, name.label("name"), _o.c.name.label("organisation"),
            _s.c.topic, _s.c.state, _s.c.sensitive, _s.c.review_by,
        )
        .join(_o, _o.c.id == _s.c.organisation_id)
        .where(*where)
        .order_by(due.desc(), *([_s.c.review_by] if only_due else []), func.lower(name), _s.c.id)
        .limit(PAGE + 1)
        .offset(offset)
    )  # fmt: skip
    ids = [row.id for row in rows]
    tags: dict[int, set[str]] = defaultdict(set)
    found = tx.query(
        select(_t.c.service_id, _t.c.language).where(_t.c.service_id.in_(ids) if ids else false())
    )
    for row in found:
        tags[row.service_id].add(row.language)
    return [Line(**row._asdict(), languages=frozenset(tags[row.id])) for row in rows]


def _name(language: str) -> Any:
    own = _t.alias()
    return (
        select(own.c.name)
        .where(own.c.service_id == _s.c.id, own.c.language == language)
        .correlate(_s)
        .scalar_subquery()
    )


def _any_name() -> Any:
    own = _t.alias()
    return select(func.min(own.c.name)).where(own.c.service_id == _s.c.id).correlate(_s).scalar_subquery()


def missing_counts(tx: Tx, sites: Iterable[int], languages: Iterable[str]) -> dict[str, int]:
    """How many services of these sites have no text, by language."""
    at = list(sites)
    return {
        language: int(
            tx.query(
                select(func.count().label("n"))
                .select_from(_s)
                .where(
                    _s.c.site_id.in_(at),
                    ~exists().where(_t.c.service_id == _s.c.id, _t.c.language == language),
                )
            )[0].n
        )
        for language in languages
    }


def due_count(tx: Tx, sites: Iterable[int], due_by: date) -> int:
    """How many shown services of these sites have to be checked by this day."""
    rows = tx.query(
        select(func.count().label("n"))
        .select_from(_s)
        .where(_s.c.site_id.in_(list(sites)), _s.c.state == SHOWN, _s.c.review_by <= due_by)
    )
    return int(rows[0].n)
