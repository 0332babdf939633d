"""Changing the directory: whole records read and saved, each saying which version it was made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, literal_column, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.types import String

from storage import services, tasks
from storage.postings import IDS, fill, some
from storage.services import (
    NewService,
    Organisation,
    ServiceHours,
    ServiceLanguage,
    ServiceRow,
    ServiceText,
)
from storage.sql import Day, InsertNew, Statement, Tx, table
from storage.tasks import TaskRow

SHOWN, HIDDEN = "shown", "hidden"
BATCH = 100
"""Services read together for a file."""
INDEXED_AT_ONCE = 10
"""Services of a renamed organisation in one transaction."""


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """All that is known of an organisation; `slug` is its name in files, for ever."""

    slug: str
    name: str
    role: str
    address: str | None
    source: str
    verified_on: date
    contact_email: str | None = None
    contact_phone: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A service in one language."""

    name: str
    summary: str
    eligibility: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """All that is known of a service; `organisation` is the other's slug."""

    slug: str
    organisation: str
    topic: str
    texts: Mapping[str, Words]
    source: str
    verified_on: date
    review_by: date
    sensitive: bool = False
    cost_cents: int | None = None
    childcare: bool | None = None
    place: str | None = None
    address: str | None = None
    phone: str | None = None
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    hours: tuple[tuple[int, int, int], ...] = ()
    state: str = SHOWN


@dataclass(frozen=True, slots=True)
class StoredOrganisation:
    """An organisation as it stands."""

    id: int
    site_id: int
    version: int
    facts: OrganisationFacts


@dataclass(frozen=True, slots=True)
class StoredService:
    """A service as it stands."""

    id: int
    site_id: int
    organisation_id: int
    version: int
    facts: ServiceFacts


_o, _s, _t = table(Organisation), table(ServiceRow), table(ServiceText)
_h, _l, _k = table(ServiceHours), table(ServiceLanguage), table(TaskRow)
_O_FACTS = tuple(one.name for one in fields(OrganisationFacts))
_OWN = ("id", "site_id", "organisation_id", "version")
_S_FACTS = tuple(
    one.name
    for one in fields(ServiceFacts)
    if one.name not in ("organisation", "texts", "languages", "hours")
)
_ORGANISATION = Statement(
    select(*(_o.c[name] for name in ("id", "site_id", "version", *_O_FACTS))).where(
        _o.c.id == bindparam("about")
    )
)
_SAVE_ORGANISATION = Statement(
    update(_o)
    .where(_o.c.id == bindparam("about"), _o.c.version == bindparam("seen"))
    .values({name: bindparam(f"new_{name}", type_=_o.c[name].type) for name in _O_FACTS if name != "slug"})
    .values(version=_o.c.version + 1)
)
_service = select(
    *(_s.c[name] for name in _OWN), _o.c.slug.label("organisation"), *(_s.c[name] for name in _S_FACTS)
).join(_o, _o.c.id == _s.c.organisation_id)
_SERVICE = Statement(_service.where(_s.c.id == bindparam("about")))
_BATCH = Statement(
    _service.where(_s.c.site_id == bindparam("of_site"), _s.c.id > bindparam("after"))
    .order_by(_s.c.id)
    .limit(BATCH)
)
_BY_SLUG = Statement(_service.where(_s.c.site_id == bindparam("of_site"), some(_s.c.slug, "slug", IDS)))
_changed = [name for name in _S_FACTS if name != "slug"]
_SAVE = Statement(
    update(_s)
    .where(_s.c.id == bindparam("about"), _s.c.version == bindparam("seen"))
    .values({name: bindparam(f"new_{name}", type_=_s.c[name].type) for name in _changed})
    .values(organisation_id=bindparam("new_organisation"), version=_s.c.version + 1)
)
_STATE = Statement(
    update(_s)
    .where(_s.c.id == bindparam("about"), _s.c.version == bindparam("seen"))
    .values(state=bindparam("new_state"), version=_s.c.version + 1)
)
_CHECKED = Statement(
    update(_s)
    .where(_s.c.id == bindparam("about"), _s.c.version == bindparam("seen"))
    .values(
        verified_on=bindparam("today", type_=Day),
        review_by=bindparam("until", type_=Day),
        version=_s.c.version + 1,
    )
)
_FORGET = tuple(Statement(delete(of).where(of.c.service_id == bindparam("about"))) for of in (_t, _h, _l))
_ORGANISATION_ID = Statement(
    select(_o.c.id).where(_o.c.site_id == bindparam("of_site"), _o.c.slug == bindparam("named"))
)
_NEW_ORGANISATION = InsertNew(_o, "site_id", *_O_FACTS, "version", returning="id")
_REVIEWS = Statement(
    select(_s.c.id, _s.c.version, _s.c.review_by)
    .where(
        _s.c.site_id == bindparam("of_site"),
        _s.c.state == SHOWN,
        _s.c.review_by <= bindparam("until", type_=Day),
        ~exists().where(
            _k.c.kind == tasks.REVIEW,
            _k.c.done_at.is_(None),
            _k.c.subject == literal_column("'service:'", String).concat(sql_cast(_s.c.id, String)),
        ),
    )
    .order_by(_s.c.review_by, _s.c.id)
    .limit(tasks.ROWS_MAX)
)


def subject(service_id: int) -> str:
    """What a task about a service is about."""
    return f"service:{service_id}"


# --- organisations ---


def organisation(tx: Tx, organisation_id: int, sites: Iterable[int]) -> StoredOrganisation | None:
    """The organisation, when it is of one of these sites."""
    row = tx.one(_ORGANISATION, about=organisation_id)
    return _organisation(row) if row is not None and row.site_id in set(sites) else None


def _organisation(row: Any) -> StoredOrganisation:
    return StoredOrganisation(row[0], row[1], row[2], OrganisationFacts(*row[3:]))


def organisations(tx: Tx, sites: Iterable[int]) -> list[StoredOrganisation]:
    """Every organisation of these sites, by name."""
    rows = tx.query(
        select(*(_o.c[name] for name in ("id", "site_id", "version", *_O_FACTS)))
        .where(_o.c.site_id.in_(list(sites)))
        .order_by(func.lower(_o.c.name), _o.c.id)
    )
    return [_organisation(row) for row in rows]


def add_organisation(tx: Tx, site_id: int, facts: OrganisationFacts) -> int | None:
    """A new one; None when its short name is taken."""
    values = {name: getattr(facts, name) for name in _O_FACTS}
    row = tx.one(_NEW_ORGANISATION, site_id=site_id, version=0, **values)
    return None if row is None else int(row.id)


def save_organisation(tx: Tx, stored: StoredOrganisation, facts: OrganisationFacts, seen: int) -> bool:
    """These facts from now on; False when it was changed since version `seen`. After a new name comes `reindex`."""
    values = {f"new_{name}": getattr(facts, name) for name in _O_FACTS if name != "slug"}
    return tx.run(_SAVE_ORGANISATION, about=stored.id, seen=seen, **values) == 1


def reindex(tx: Tx, organisation_id: int, after: int = 0, limit: int = INDEXED_AT_ONCE) -> int:
    """Its next services are found by its new name; the last one's id, 0 when there are none left."""
    rows = tx.query(
        select(_s.c.id)
        .where(_s.c.organisation_id == organisation_id, _s.c.id > after)
        .order_by(_s.c.id)
        .limit(limit)
    )
    for row in rows:
        services.index(tx, row.id)
    return rows[-1].id if rows else 0


# --- services ---


def service(tx: Tx, service_id: int, sites: Iterable[int]) -> StoredService | None:
    """The service with all its facts, when it is of one of these sites."""
    row = tx.one(_SERVICE, about=service_id)
    return _whole(tx, [row])[0] if row is not None and row.site_id in set(sites) else None


def batch(tx: Tx, site_id: int, after: int = 0) -> list[StoredService]:
    """The next services of a site after this id, with all their facts."""
    return _whole(tx, tx.all(_BATCH, of_site=site_id, after=after))


def by_slugs(tx: Tx, site_id: int, slugs: Sequence[str]) -> dict[str, StoredService]:
    """Services by up to `IDS` short names."""
    rows = tx.all(_BY_SLUG, of_site=site_id, **fill("slug", IDS, slugs, ""))
    return {one.facts.slug: one for one in _whole(tx, rows)}


def _whole(tx: Tx, rows: Sequence[Any]) -> list[StoredService]:
    ids = [row.id for row in rows]
    texts: dict[int, dict[str, Words]] = defaultdict(dict)
    hours: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    languages: dict[int, list[str]] = defaultdict(list)
    if ids:
        for row in tx.query(select(_t).where(_t.c.service_id.in_(ids)).order_by(_t.c.language)):
            texts[row.service_id][row.language] = Words(row.name, row.summary, row.eligibility or "")
        for row in tx.query(select(_h).where(_h.c.service_id.in_(ids)).order_by(_h.c.weekday, _h.c.from_min)):
            hours[row.service_id].append((row.weekday, row.from_min, row.until_min))
        for row in tx.query(select(_l).where(_l.c.service_id.in_(ids)).order_by(_l.c.language)):
            languages[row.service_id].append(row.language)
    found = []
    for row in rows:
        own = {name: getattr(row, name) for name in _S_FACTS}
        own["keywords"] = tuple(own["keywords"])
        own |= {"sensitive": bool(row.sensitive), "organisation": row.organisation}
        own["childcare"] = None if row.childcare is None else bool(row.childcare)
        facts = ServiceFacts(
            **own, texts=texts[row.id], hours=tuple(hours[row.id]), languages=tuple(languages[row.id])
        )
        found.append(StoredService(row.id, row.site_id, row.organisation_id, row.version, facts))
    return found


def _new(site_id: int, organisation_id: int, facts: ServiceFacts) -> NewService:
    same = {name: getattr(facts, name) for name in (*_S_FACTS, "languages", "hours")}
    return NewService(
        **same,
        site_id=site_id,
        organisation_id=organisation_id,
        texts={language: (words.name, words.summary) for language, words in facts.texts.items()},
        eligibility={language: words.eligibility for language, words in facts.texts.items()},
    )


def organisation_id(tx: Tx, site_id: int, slug: str) -> int | None:
    """The organisation of this short name."""
    row = tx.one(_ORGANISATION_ID, of_site=site_id, named=slug)
    return None if row is None else int(row.id)


def add_service(tx: Tx, site_id: int, facts: ServiceFacts, *, later: bool = False) -> int | None:
    """A new one, findable at once unless `later`; None when its short name is taken or its organisation is not there."""
    owner = organisation_id(tx, site_id, facts.organisation)
    return None if owner is None else services.add_new(tx, _new(site_id, owner, facts), later=later)


def save_service(
    tx: Tx, stored: StoredService, facts: ServiceFacts, seen: int, staff_id: int | None, now: datetime
) -> bool:
    """These facts from now on, found by their words at once; False when it was changed since version `seen`."""
    owner = organisation_id(tx, stored.site_id, facts.organisation)
    if owner is None:
        return False
    values = {f"new_{name}": getattr(facts, name) for name in _changed if name != "keywords"}
    values |= {"new_keywords": list(facts.keywords), "new_organisation": owner}
    if tx.run(_SAVE, about=stored.id, seen=seen, **values) == 0:
        return False
    for forget in _FORGET:
        tx.run(forget, about=stored.id)
    services.add_details(tx, stored.id, _new(stored.site_id, owner, facts))
    services.index(tx, stored.id)
    if facts.review_by != stored.facts.review_by or facts.state == HIDDEN:
        tasks.withdraw(tx, tasks.REVIEW, subject(stored.id), staff_id, now)
    return True


def set_state(tx: Tx, stored: StoredService, state: str, seen: int, staff_id: int, now: datetime) -> bool:
    """Shown to members or not; False when it was changed meanwhile."""
    if tx.run(_STATE, about=stored.id, seen=seen, new_state=state) == 0:
        return False
    if state == HIDDEN:
        tasks.withdraw(tx, tasks.REVIEW, subject(stored.id), staff_id, now)
    return True


def checked(
    tx: Tx, stored: StoredService, today: date, until: date, seen: int, staff_id: int, now: datetime
) -> bool:
    """Still correct: checked today, to be looked at again by `until`; False when it was changed meanwhile."""
    if tx.run(_CHECKED, about=stored.id, seen=seen, today=today, until=until) == 0:
        return False
    tasks.withdraw(tx, tasks.REVIEW, subject(stored.id), staff_id, now)
    return True


def reviews(tx: Tx, site_id: int, until: date) -> list[Any]:
    """Shown services to be looked at by this day without a task for it: id, version, review_by."""
    return tx.all(_REVIEWS, of_site=site_id, until=until)
