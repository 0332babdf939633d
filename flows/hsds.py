"""The directory as tables of the Human Services Data Specification 3 (Open Referral): every fact in one place of it.

What HSDS has no field for is an attribute under a term of our own taxonomy; `docs/directory.md` lists all of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from flows import directory as rules
from flows.directory import NotTaken, Wrong
from flows.workbook import Read, Rows, WrongShape
from storage.directory import HIDDEN, SHOWN, OrganisationFacts, ServiceFacts, Words
from storage.services import FALLBACK, TOPICS

SPACE = UUID("5b0d7a52-2f0a-5d55-9a37-0f2c0f1f7d3e")
"""Our ids are made of a site's and a record's short names in this space: the same file twice has the same ids."""
TABLES: dict[str, tuple[str, ...]] = {
    "organization": ("id", "name", "description", "email"),
    "service": (
        "id", "organization_id", "name", "description", "status", "eligibility_description", "assured_date",
    ),
    "service_at_location": ("id", "service_id", "location_id"),
    "location": ("id", "location_type", "organization_id"),
    "address": ("id", "location_id", "address_1", "city", "country", "address_type"),
    "phone": ("id", "service_id", "organization_id", "number", "type"),
    "schedule": ("id", "service_id", "freq", "interval", "byday", "opens_at", "closes_at"),
    "language": ("id", "service_id", "name", "code"),
    "cost_option": ("id", "service_id", "amount", "currency"),
    "attribute": ("id", "link_id", "taxonomy_term_id", "link_entity", "value"),
    "taxonomy": ("id", "name", "description"),
    "taxonomy_term": ("id", "code", "name", "taxonomy_id"),
}  # fmt: skip
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
OWN, TOPIC = "tocka", "tocka-topic"
"""Our taxonomies: one of facts HSDS has no field for, one of topics."""
FOREIGN_SOURCE = "HSDS"
_OURS = ("slug", "source", "verified_on", "sensitive", "childcare", "keywords", "review_by", "language")
_STATES = {SHOWN: "active", HIDDEN: "inactive"}
_MIDNIGHT = 24 * 60


# --- out ---


class _Out:
    """Tables being written."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.tables: dict[str, list[list[str]]] = {name: [list(columns)] for name, columns in TABLES.items()}
        self.terms: dict[str, str] = {}

    def id(self, *of: str) -> str:
        """The id of a thing, the same in every file."""
        return str(uuid5(SPACE, "\x1f".join((self.site, *of))))

    def row(self, into: str, /, **cells: str) -> None:
        """One row of a table."""
        self.tables[into].append([cells.get(column, "") for column in TABLES[into]])

    def fact(self, entity: str, of: str, code: str, value: str) -> None:
        """What HSDS has no field for."""
        if value:
            self.attribute(entity, of, self.term(OWN, code), code, value)

    def attribute(self, entity: str, of: str, term: str, code: str, value: str) -> None:
        """A term tied to a record."""
        self.row(
            "attribute",
            id=self.id("attribute", of, code),
            link_id=of,
            taxonomy_term_id=term,
            link_entity=entity,
            value=value,
        )

    def term(self, taxonomy: str, code: str) -> str:
        """The id of one of our terms, written at its first use."""
        full = f"{taxonomy}:{code}"
        if full not in self.terms:
            self.terms[full] = self.id("term", full)
            of = self.id("taxonomy", taxonomy)
            if not any(row[0] == of for row in self.tables["taxonomy"]):
                self.row("taxonomy", id=of, name=taxonomy, description=taxonomy)
            self.row("taxonomy_term", id=self.terms[full], code=full, name=code, taxonomy_id=of)
        return self.terms[full]

    def place(self, of: str, address: str | None, city: str | None, kind: str, **tied: str) -> str:
        """A location with its address."""
        where = self.id("location", of)
        self.row("location", id=where, location_type=kind, **tied)
        self.row(
            "address",
            id=self.id("address", of),
            location_id=where,
            address_1=address or "",
            city=city or "",
            country="SI",
            address_type=kind,
        )
        return where


def written(
    site: str, organisations: Iterable[OrganisationFacts], services: Iterable[ServiceFacts]
) -> dict[str, list[list[str]]]:
    """The tables of a directory."""
    out = _Out(site)
    for who in organisations:
        _organisation(out, who)
    for facts in services:
        _service(out, facts)
    return out.tables


def _organisation(out: _Out, who: OrganisationFacts) -> None:
    of = out.id("organization", who.slug)
    out.row("organization", id=of, name=who.name, description=who.role, email=who.contact_email or "")
    if who.contact_phone:
        out.row("phone", id=out.id("phone", of), organization_id=of, number=who.contact_phone, type="voice")
    if who.address:
        out.place(of, who.address, None, "postal", organization_id=of)
    for code, value in (
        ("slug", who.slug), ("source", who.source), ("verified_on", who.verified_on.isoformat()),
    ):  # fmt: skip
        out.fact("organization", of, code, value)


def _service(out: _Out, facts: ServiceFacts) -> None:
    of = out.id("service", facts.slug)
    base = next((tag for tag in (*FALLBACK, *sorted(facts.texts)) if tag in facts.texts), FALLBACK[0])
    words = facts.texts.get(base, Words(facts.slug, ""))
    out.row(
        "service",
        id=of,
        organization_id=out.id("organization", facts.organisation),
        name=words.name,
        description=words.summary,
        status=_STATES[facts.state],
        eligibility_description=words.eligibility,
        assured_date=facts.verified_on.isoformat(),
    )
    if facts.address or facts.place:
        where = out.place(of, facts.address, facts.place, "physical")
        out.row("service_at_location", id=out.id("at", of), service_id=of, location_id=where)
    if facts.phone:
        out.row("phone", id=out.id("phone", of), service_id=of, number=facts.phone, type="voice")
    for day, start, end in facts.hours:
        out.row(
            "schedule",
            id=out.id("schedule", of, str(day), str(start)),
            service_id=of,
            freq="WEEKLY",
            interval="1",
            byday=DAYS[day],
            opens_at=rules.said_clock(start),
            closes_at=rules.said_clock(end % _MIDNIGHT),
        )
    for tag in facts.languages:
        out.row("language", id=out.id("language", of, tag), service_id=of, name=tag, code=tag)
    if facts.cost_cents is not None:
        amount = rules.said_cost(facts.cost_cents)
        out.row("cost_option", id=out.id("cost", of), service_id=of, amount=amount, currency="EUR")
    out.attribute("service", of, out.term(TOPIC, facts.topic), "topic", facts.topic)
    cells = rules.service_cells(facts)
    for code in ("slug", "source", "sensitive", "childcare", "keywords", "review_by"):
        out.fact("service", of, code, cells[code])
    out.fact("service", of, "language", base)
    for tag, its in facts.texts.items():
        if tag != base:
            for column in ("name", "summary", "eligibility"):
                out.fact("service", of, f"{column}.{tag}", getattr(its, column))


# --- in ---


class _In:
    """Tables being read, by the names of their columns."""

    def __init__(self, tables: Mapping[str, Rows]) -> None:
        self.notes: list[str] = []
        self.rows: dict[str, list[tuple[int, dict[str, str]]]] = defaultdict(list)
        for name, rows in tables.items():
            if name not in TABLES:
                self.notes.append(name)
            elif rows:
                self._table(name, rows)

    def _table(self, name: str, rows: Rows) -> None:
        columns = [column.strip() for column in rows[0]]
        if len(set(columns)) != len(columns):
            raise WrongShape("column-twice", name)
        if "id" not in columns and name in ("organization", "service", "location", "taxonomy_term"):
            raise WrongShape("column-missing", f"{name}: id")
        self.notes += [f"{name}.{column[:60]}" for column in columns if column not in TABLES[name]]
        for at, row in enumerate(rows[1:], 2):
            if len(row) > len(columns):
                raise WrongShape("row-long", f"{name} {at}")
            if any(cell.strip() for cell in row):
                self.rows[name].append((at, dict(zip(columns, row, strict=False))))

    def by(self, name: str, column: str) -> dict[str, list[dict[str, str]]]:
        """The rows of a table by one of its columns."""
        found: dict[str, list[dict[str, str]]] = defaultdict(list)
        for _, row in self.rows[name]:
            if row.get(column):
                found[row[column]].append(row)
        return found

    def one(self, rows: Sequence[dict[str, str]], what: str) -> dict[str, str]:
        """The only one we have room for; that there are more is told."""
        if len(rows) > 1 and (note := f"{what}: 2+") not in self.notes:
            self.notes.append(note)
        return rows[0] if rows else {}


def read(tables: Mapping[str, Rows], today: date) -> Read:
    """Facts out of HSDS tables; tables and columns we have no place for are named in the notes."""
    told = _In(tables)
    if not told.rows["organization"] and not told.rows["service"]:
        raise WrongShape("sheet-missing", "organization, service")
    reader = _Reader(told, today)
    reader.organisations()
    reader.services()
    reader.found.notes = told.notes
    return reader.found


class _Reader:
    """Puts records together from the tables they are spread over."""

    def __init__(self, told: _In, today: date) -> None:
        self.told, self.today = told, today
        self.found = Read()
        self.slugs: dict[str, str] = {}
        """Id of an organisation -> its short name."""
        self.codes = {row.get("id", ""): row.get("code", "") for _, row in told.rows["taxonomy_term"]}
        self.attributes = told.by("attribute", "link_id")
        self.addresses = told.by("address", "location_id")
        self.seen: set[tuple[str, str]] = set()

    def facts(self, of: str) -> dict[str, str]:
        """Our own attributes of a record, and its topic."""
        found: dict[str, str] = {}
        for row in self.attributes.get(of, ()):
            taxonomy, _, code = self.codes.get(row.get("taxonomy_term_id", ""), "").partition(":")
            if taxonomy == OWN:
                found[code] = row.get("value", "")
            elif taxonomy == TOPIC and code in TOPICS:
                found["topic"] = code
        return found

    def slug(self, own: Mapping[str, str], of: str) -> str:
        """Its short name with us, or one out of a foreign id."""
        return own.get("slug") or "-".join(re.findall(r"[a-z0-9]+", of.casefold()))[: rules.MAX["slug"]]

    def keep(self, kind: str, at: int, slug: str, make: Any, into: list[Any]) -> None:
        """A record, or what is wrong with it, under the name of its HSDS table."""
        try:
            facts = make()
            if (kind, slug) in self.seen:
                raise NotTaken([Wrong(kind, at, "slug", "twice")])
        except NotTaken as refused:
            self.found.wrong += [Wrong(kind, at, one.column, one.reason) for one in refused.wrong]
            self.found.refused += 1
        else:
            self.seen.add((kind, slug))
            into.append((at, facts))

    def organisations(self) -> None:
        phones, places = self.told.by("phone", "organization_id"), self.told.by("location", "organization_id")
        for at, row in self.told.rows["organization"]:
            of = row.get("id", "")
            own = self.facts(of)
            self.slugs[of] = slug = self.slug(own, of)
            where = self.told.one(places.get(of, []), "location")
            address = self.told.one(self.addresses.get(where.get("id", ""), []), "address")
            cells = {
                "slug": slug,
                "name": row.get("name", ""),
                "role": row.get("description", "") or "provider",
                "address": address.get("address_1", ""),
                "source": own.get("source") or FOREIGN_SOURCE,
                "verified_on": own.get("verified_on") or self.today.isoformat(),
                "contact_email": row.get("email", ""),
                "contact_phone": self.told.one(phones.get(of, []), "phone").get("number", ""),
            }
            self.keep(
                "organization",
                at,
                slug,
                lambda cells=cells, at=at: rules.organisation(cells, self.today, at),
                self.found.organisations,
            )

    def services(self) -> None:
        told = self.told
        names = ("phone", "schedule", "language", "cost_option", "service_at_location")
        tied = {name: told.by(name, "service_id") for name in names}
        for at, row in told.rows["service"]:
            of = row.get("id", "")
            own = self.facts(of)
            slug = self.slug(own, of)
            its = {name: rows.get(of, []) for name, rows in tied.items()}
            where = told.one(its["service_at_location"], "service_at_location")
            address = told.one(self.addresses.get(where.get("location_id", ""), []), "address")
            cells = {
                "slug": slug,
                "organisation": self.slugs.get(row.get("organization_id", ""), ""),
                "topic": own.get("topic", ""),
                "sensitive": own.get("sensitive", ""),
                "state": SHOWN if row.get("status", "active") == "active" else HIDDEN,
                "cost": told.one(its["cost_option"], "cost_option").get("amount", ""),
                "childcare": own.get("childcare", ""),
                "place": address.get("city", ""),
                "address": address.get("address_1", ""),
                "phone": told.one(its["phone"], "phone").get("number", ""),
                "keywords": own.get("keywords", ""),
                "languages": " ".join(one.get("code", "") for one in its["language"]),
                "source": own.get("source") or FOREIGN_SOURCE,
                "verified_on": row.get("assured_date", ""),
                "review_by": own.get("review_by", "") or _later(row.get("assured_date", "")),
            }
            self.keep(
                "service",
                at,
                slug,
                lambda cells=cells, row=row, own=own, its=its, at=at: rules.service(
                    cells, _texts(row, own), _hours(its["schedule"], at), self.today, at
                ),
                self.found.services,
            )


def _later(day: str) -> str:
    try:
        return rules.months_on(date.fromisoformat(day), rules.MONTHS[1]).isoformat()
    except ValueError:
        return ""


def _texts(row: Mapping[str, str], own: Mapping[str, str]) -> dict[str, Words]:
    base = own.get("language", "en")
    said: dict[str, dict[str, str]] = defaultdict(dict)
    said[base] = {
        "name": row.get("name", ""),
        "summary": row.get("description", ""),
        "eligibility": row.get("eligibility_description", ""),
    }
    for code, value in own.items():
        column, dot, tag = code.partition(".")
        if dot and column in ("name", "summary", "eligibility"):
            said[tag][column] = value
    found = {}
    for tag, cells in said.items():
        _, language, its = rules.words({"service": "x", "language": tag, **cells})
        found[language] = its
    return found


def _hours(rows: Iterable[Mapping[str, str]], at: int) -> list[tuple[int, int, int]]:
    found = []
    for row in rows:
        if row.get("freq", "WEEKLY") != "WEEKLY" or row.get("interval", "1") not in ("", "1"):
            raise NotTaken([Wrong("schedule", at, "freq", "weekly")])
        closes = row.get("closes_at", "")[:5]
        for day in row.get("byday", "").split(","):
            if day.strip() not in DAYS:
                raise NotTaken([Wrong("schedule", at, "byday", "weekday")])
            cells = {"service": "x", "weekday": str(DAYS.index(day.strip()) + 1)}
            cells |= {
                "from": row.get("opens_at", "")[:5],
                "until": "24:00" if closes == "00:00" else closes,
            }
            found.append(rules.opening(cells, at)[1])
    return found
