"""The directory: organisations, their services with hours and review dates, and the folded search over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, and_, bindparam, exists, insert, select
from sqlmodel import Field, SQLModel

from storage import postings, tongues, vocabulary
from storage import search as searching
from storage.fold import fold_all
from storage.postings import IDS, fill, some
from storage.search import Found
from storage.sql import Day, InsertNew, Json, Statement, Tx, table

TOPICS = ("learn", "work", "papers", "children", "talk", "health", "money", "home", "together", "phones")
"""In the order shown; each has a label `services-topic-<slug>` and its words in `search_words.json`."""
FALLBACK = ("sl", "en")
"""Whose text stands in where a service has none in her language."""
TONGUES = len(tongues.KIN)
CARDS_MAX = 8
_NAME, _KEYWORD, _TOPIC, _SUMMARY, _PLACE = 10, 8, 6, 4, 3
"""How much a word says about a service, by where it stands."""


class Organisation(SQLModel, table=True):
    """Who offers a service; `source` and `verified_on` say where the facts are from."""

    __tablename__ = "organisations"
    __table_args__ = (UniqueConstraint("site_id", "slug"),)
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id")
    slug: str
    name: str
    role: str
    address: str | None = None
    source: str
    verified_on: date = Field(sa_type=Day)
    contact_email: str | None = None
    """Whom to ask whether its services are still as they stand here; never shown to members."""
    contact_phone: str | None = None
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class ServiceRow(SQLModel, table=True):
    """One service. A sensitive one has only its neutral name, so that no query can show another."""

    __tablename__ = "services"
    __table_args__ = (
        UniqueConstraint("site_id", "slug"),
        CheckConstraint("state IN ('shown', 'hidden')", name="state_known"),
        CheckConstraint("cost_cents >= 0", name="cost_not_negative"),
        CheckConstraint("review_by >= verified_on", name="reviewed_after_verified"),
        Index("ix_services_topic", "site_id", "topic", "state", "review_by"),
        Index("ix_services_review", "site_id", "state", "review_by"),
    )
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id")
    organisation_id: int = Field(foreign_key="organisations.id", index=True)
    slug: str
    topic: str
    sensitive: bool
    cost_cents: int | None
    """0 is free; None is not known."""
    childcare: bool | None
    """None where it does not apply."""
    place: str | None
    address: str | None
    phone: str | None
    keywords: Any = Field(sa_type=Json)
    """Words it is found by beside its name and topic; never shown."""
    source: str
    verified_on: date = Field(sa_type=Day)
    review_by: date = Field(sa_type=Day)
    """After this day it is not shown until somebody checked it again."""
    state: str
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Grows with every change: who saves says which one was looked at (`storage/directory.py`)."""


class ServiceText(SQLModel, table=True):
    """Its public name and one-line summary in one language."""

    __tablename__ = "service_texts"
    service_id: int = Field(foreign_key="services.id", primary_key=True)
    language: str = Field(primary_key=True)
    name: str
    summary: str
    eligibility: str | None = None
    """Who may come, in plain words."""


class ServiceHours(SQLModel, table=True):
    """When it is open; `weekday` is 0 for Monday, minutes count from local midnight, 0 to 1440 is day and night."""

    __tablename__ = "service_hours"
    __table_args__ = (
        CheckConstraint("from_min < until_min", name="from_before_until"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_known"),
        CheckConstraint("from_min >= 0 AND until_min <= 1440", name="within_a_day"),
    )
    service_id: int = Field(foreign_key="services.id", primary_key=True)
    weekday: int = Field(primary_key=True)
    from_min: int = Field(primary_key=True)
    until_min: int


class ServiceLanguage(SQLModel, table=True):
    """A language spoken there."""

    __tablename__ = "service_languages"
    service_id: int = Field(foreign_key="services.id", primary_key=True)
    language: str = Field(primary_key=True)


@dataclass(frozen=True, slots=True)
class NewService:
    """All that is known about a service, to be stored. `texts` holds (name, summary) by language."""

    site_id: int
    organisation_id: int
    slug: str
    topic: str
    texts: Mapping[str, tuple[str, str]]
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
    state: str = "shown"
    eligibility: Mapping[str, str] = field(default_factory=dict)
    """Who may come, by language."""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """A service as a person reads it, in her language where it has one."""

    id: int
    topic: str
    organisation: str
    name: str
    summary: str
    cost_cents: int | None
    childcare: bool | None
    place: str | None
    address: str | None
    phone: str | None
    verified_on: date
    hours: tuple[tuple[int, int, int], ...]
    languages: tuple[str, ...]
    eligibility: str | None = None


_o = table(Organisation)
_s = table(ServiceRow)
_t = table(ServiceText)
_h = table(ServiceHours)
_l = table(ServiceLanguage)
_ROW = [name for name in ServiceRow.model_fields if name != "id"]
_ADD_ORGANISATION = Statement(
    insert(_o)
    .values({name: bindparam(name) for name in Organisation.model_fields if name != "id"})
    .returning(_o.c.id)
)
_ADD = InsertNew(_s, *_ROW, returning="id")
_ADD_TEXT = InsertNew(_t, "service_id", "language", "name", "summary", "eligibility")
_ADD_HOURS = InsertNew(_h, "service_id", "weekday", "from_min", "until_min")
_ADD_LANGUAGE = InsertNew(_l, "service_id", "language")
_INDEXED = Statement(
    select(_s.c.site_id, _s.c.topic, _s.c.childcare, _s.c.cost_cents, _s.c.place, _s.c.keywords, _o.c.name)
    .join(_o, _o.c.id == _s.c.organisation_id)
    .where(_s.c.id == bindparam("about"))
)
_TEXTS_OF = Statement(select(_t.c.name, _t.c.summary).where(_t.c.service_id == bindparam("about")))
_LANGUAGES_OF = Statement(select(_l.c.language).where(_l.c.service_id == bindparam("about")))
_visible = and_(_s.c.state == "shown", _s.c.review_by >= bindparam("today"))
_HAS_TOPIC = Statement(
    select(_s.c.id)
    .where(_s.c.site_id == bindparam("site_id"), _s.c.topic == bindparam("topic"), _visible)
    .limit(1)
)
_BY_TOPIC = Statement(
    select(_s.c.id)
    .where(_s.c.site_id == bindparam("site_id"), _s.c.topic == bindparam("topic"), _visible)
    .order_by(
        exists().where(_l.c.service_id == _s.c.id, some(_l.c.language, "language", TONGUES)).desc(), _s.c.id
    )
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_CARDS = Statement(
    select(
        _s.c.id,
        _s.c.topic,
        _o.c.name.label("organisation"),
        *(_s.c[name] for name in ("cost_cents", "childcare", "place", "address", "phone", "verified_on")),
    )
    .join(_o, _o.c.id == _s.c.organisation_id)
    .where(some(_s.c.id, "id", CARDS_MAX))
)
_CARD_TEXTS = Statement(
    select(_t.c.service_id, _t.c.language, _t.c.name, _t.c.summary, _t.c.eligibility).where(
        some(_t.c.service_id, "id", CARDS_MAX)
    )
)
_CARD_HOURS = Statement(
    select(_h.c.service_id, _h.c.weekday, _h.c.from_min, _h.c.until_min)
    .where(some(_h.c.service_id, "id", CARDS_MAX))
    .order_by(_h.c.weekday, _h.c.from_min)
)
_CARD_LANGUAGES = Statement(
    select(_l.c.service_id, _l.c.language)
    .where(some(_l.c.service_id, "id", CARDS_MAX))
    .order_by(_l.c.language)
)
_SHOWN = Statement(select(_s.c.id).where(some(_s.c.id, "id", IDS), _visible))


def add_organisation(  # noqa: PLR0913 - an organisation has so many columns
    tx: Tx,
    site_id: int,
    slug: str,
    name: str,
    role: str,
    *,
    source: str,
    verified_on: date,
    address: str | None = None,
    contact_email: str | None = None,
    contact_phone: str | None = None,
) -> int:
    """Store an organisation; its id."""
    row = tx.one(
        _ADD_ORGANISATION,
        site_id=site_id,
        slug=slug,
        name=name,
        role=role,
        address=address,
        source=source,
        verified_on=verified_on,
        contact_email=contact_email,
        contact_phone=contact_phone,
        version=0,
    )
    return int(row.id)


def add(tx: Tx, new: NewService) -> int:
    """Store a service with its texts, hours and languages, and make it findable; its id."""
    service_id = add_new(tx, new)
    if service_id is None:
        raise LookupError(new.slug)
    return service_id


def add_new(tx: Tx, new: NewService, *, later: bool = False) -> int | None:
    """The same; None when its short name is taken at this site. `later` leaves its postings to who adds very many."""
    known = {item.name for item in fields(NewService)}
    values = {name: getattr(new, name) for name in _ROW if name in known}
    row = tx.one(_ADD, **values | {"keywords": list(new.keywords)})
    if row is None:
        return None
    service_id = int(row.id)
    add_details(tx, service_id, new)
    index(tx, service_id, later=later)
    return service_id


def add_details(tx: Tx, service_id: int, new: NewService) -> None:
    """Its texts, hours and languages, where it has none."""
    tx.many(
        _ADD_TEXT,
        [
            {
                "service_id": service_id,
                "language": language,
                "name": name,
                "summary": summary,
                "eligibility": new.eligibility.get(language) or None,
            }
            for language, (name, summary) in new.texts.items()
        ],
    )
    hours = [
        {"service_id": service_id, "weekday": day, "from_min": start, "until_min": end}
        for day, start, end in new.hours
    ]
    tx.many(_ADD_HOURS, hours)
    tx.many(_ADD_LANGUAGE, [{"service_id": service_id, "language": language} for language in new.languages])


def topics(tx: Tx, site_id: int, today: date) -> list[str]:
    """The topics that have something to show today, in their fixed order."""
    return [topic for topic in TOPICS if tx.one(_HAS_TOPIC, site_id=site_id, topic=topic, today=today)]


def by_topic(
    tx: Tx, site_id: int, topic: str, language: str, today: date, offset: int, limit: int
) -> list[int]:
    """Services of a topic, those where her language is spoken first."""
    rows = tx.all(
        _BY_TOPIC,
        site_id=site_id,
        topic=topic,
        today=today,
        offset=offset,
        limit=limit,
        **fill("language", TONGUES, tongues.understood((language,)), language),
    )
    return [row.id for row in rows]


def cards(tx: Tx, service_ids: Sequence[int], language: str) -> list[Card]:
    """The cards of up to `CARDS_MAX` services, in the order asked for."""
    if not service_ids:
        return []
    ids = fill("id", CARDS_MAX, service_ids, 0)
    texts: dict[int, dict[str, tuple[str, str, str | None]]] = defaultdict(dict)
    for row in tx.all(_CARD_TEXTS, **ids):
        texts[row.service_id][row.language] = (row.name, row.summary, row.eligibility)
    hours: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row in tx.all(_CARD_HOURS, **ids):
        hours[row.service_id].append((row.weekday, row.from_min, row.until_min))
    languages: dict[int, list[str]] = defaultdict(list)
    for row in tx.all(_CARD_LANGUAGES, **ids):
        languages[row.service_id].append(row.language)
    found: dict[int, Card] = {}
    for row in tx.all(_CARDS, **ids):
        own = texts[row.id]
        name, summary, eligibility = next(
            (own[tag] for tag in (*tongues.readable(language), *FALLBACK) if tag in own), ("", "", None)
        )
        found[row.id] = Card(
            **row._asdict(),
            name=name,
            summary=summary,
            eligibility=eligibility,
            hours=tuple(hours[row.id]),
            languages=tuple(languages[row.id]),
        )
    return [found[service_id] for service_id in service_ids if service_id in found]


_kept = lru_cache(maxsize=512)(fold_all)
"""The words of what many services share: a place and an organisation's name."""


def index(tx: Tx, service_id: int, *, later: bool = False) -> None:
    """Make the words of a service anew, after it or its texts changed; `later` as in `postings.index`."""
    row = tx.one(_INDEXED, about=service_id)
    found: dict[str, int] = {}

    def say(weight: int, said: Iterable[str]) -> None:
        for word in said:
            if vocabulary.counts(word):
                found[word] = max(weight, found.get(word, 0))

    say(_PLACE, _kept(f"{row.place or ''} {row.name}"))
    texts = tx.all(_TEXTS_OF, about=service_id)
    say(_NAME, fold_all(" ".join(text.name for text in texts)))
    say(_SUMMARY, fold_all(" ".join(text.summary for text in texts)))
    say(_KEYWORD, fold_all(" ".join(row.keywords)))
    spoken = (one.language for one in tx.all(_LANGUAGES_OF, about=service_id))
    meanings = {vocabulary.meaning("language", tag): _PLACE for tag in spoken}
    meanings[vocabulary.meaning("topic", row.topic)] = _TOPIC
    if row.childcare:
        meanings[vocabulary.CHILDCARE] = _KEYWORD
    if row.cost_cents == 0:
        meanings[vocabulary.FREE] = _PLACE
    postings.index(tx, row.site_id, service_id, found | meanings, later=later)


def search(tx: Tx, site_id: int, text: str, today: date, limit: int, offset: int = 0) -> list[Found]:
    """Services that answer typed words, best first; nothing for text that is no search."""
    ranked = searching.rank(tx, site_id, text)
    visible: list[Found] = []
    for at in range(0, len(ranked), IDS):
        chunk = ranked[at : at + IDS]
        shown = {
            row.id
            for row in tx.all(_SHOWN, today=today, **fill("id", IDS, (one.service_id for one in chunk), 0))
        }
        visible += [one for one in chunk if one.service_id in shown]
        if len(visible) >= offset + limit:
            break
    return visible[offset : offset + limit]
