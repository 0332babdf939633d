"""The directory as tables of the Human Services Data Specification 3 (Open Referral): every fact in one place of it.

What HSDS has no field for is an attribute under a term of our own taxonomy; `docs/directory.md` lists all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID, uuid5

from babel import Locale

from flows import directory as rules
from flows.hsds_tables import COUNTRY, CURRENCY, DAYS, OWN, TABLES, TOPIC
from storage.directory import HIDDEN, SHOWN, OrganisationFacts, ServiceFacts, Words
from storage.services import FALLBACK

SPACE = UUID("5b0d7a52-2f0a-5d55-9a37-0f2c0f1f7d3e")
"""Our ids are made of a site's and a record's short names in this space: the same file twice has the same ids."""
_STATES = {SHOWN: "active", HIDDEN: "inactive"}
_MIDNIGHT = 24 * 60
_POST = re.compile(r"(?<!\d)\d{4}(?= [^\W\d])")


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
            words = {"code": full, "name": code, "description": code}
            self.row("taxonomy_term", id=self.terms[full], taxonomy_id=of, **words)
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
            postal_code=hit.group() if (hit := _POST.search(address or "")) else "",
            country=COUNTRY,
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
            opens_at=f"{rules.said_clock(start)}:00",
            closes_at=f"{rules.said_clock(end % _MIDNIGHT)}:00",
        )
    for tag in facts.languages:
        out.row("language", id=out.id("language", of, tag), service_id=of, name=_called(tag), code=tag)
    if facts.cost_cents is not None:
        amount = rules.said_cost(facts.cost_cents)
        out.row("cost_option", id=out.id("cost", of), service_id=of, amount=amount, currency=CURRENCY)
    out.attribute("service", of, out.term(TOPIC, facts.topic), "topic", facts.topic)
    cells = rules.service_cells(facts)
    for code in ("slug", "source", "sensitive", "childcare", "keywords", "review_by"):
        out.fact("service", of, code, cells[code])
    out.fact("service", of, "language", base)
    for tag, its in facts.texts.items():
        if tag != base:
            for column in ("name", "summary", "eligibility"):
                out.fact("service", of, f"{column}.{tag}", getattr(its, column))


@lru_cache(maxsize=256)
def _called(tag: str) -> str:
    """The English name of a language."""
    return str(Locale("en").languages.get(tag, tag))
