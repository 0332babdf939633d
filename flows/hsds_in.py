"""The tables of the Human Services Data Specification 3 (Open Referral), our own or those of others, as facts of the directory.

Nothing is lost in silence: what we have no place for is named, and what would say something else here is refused.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from babel.core import get_global

from flows import directory as rules
from flows.directory import NotTaken, Wrong
from flows.hsds_tables import (
    ALSO,
    COUNTRY,
    CURRENCY,
    DAYS,
    NO_VOICE,
    OWN,
    STATUS,
    TABLES,
    TOPIC,
    is_one,
    named,
)
from flows.workbook import Read, Rows, WrongShape
from storage.directory import HIDDEN, SHOWN, ServiceFacts, Words
from storage.services import TOPICS

FOREIGN_SOURCE = "HSDS"
_TIME = re.compile(r"(\d{1,2}:\d\d)(?::00(?:\.0+)?)?(.*)", re.ASCII)
_THEIRS = {
    "organization": {"slug": "id", "role": "description", "contact_email": "email"}
    | {"contact_phone": "phone.number", "address": "address.address_1"},
    "service": {"slug": "id", "organisation": "organization_id", "summary": "description"}
    | {"eligibility": "eligibility_description", "verified_on": "assured_date", "cost": "cost_option.amount"}
    | {"phone": "phone.number", "place": "address.city", "address": "address.address_1"}
    | {"languages": "language.code", "from": "schedule.opens_at", "until": "schedule.closes_at"},
}
"""What a cell of ours is called in their tables: a refusal names what stands in the file."""


def is_hsds(tables: Mapping[str, Rows]) -> bool:
    """Whether these are such tables and not our own sheets: two of them share a name, and only theirs has ids."""
    own = [name for name in tables if name in rules.SHEETS and "id" not in _header(tables[name])]
    return not own and any(is_one(name) for name in tables)


def _header(rows: Rows) -> list[str]:
    return [column.strip() for column in rows[0]] if rows else []


class _In:
    """Tables being read, by the names of their columns."""

    def __init__(self, tables: Mapping[str, Rows]) -> None:
        self.notes: list[str] = []
        self.rows: dict[str, list[tuple[int, dict[str, str]]]] = defaultdict(list)
        for name, rows in named(tables).items():
            if name not in TABLES:
                self.notes.append(name)
            elif rows:
                self._table(name, rows)

    def _table(self, name: str, rows: Rows) -> None:
        columns = _header(rows)
        if len(set(columns)) != len(columns):
            raise WrongShape("column-twice", name)
        if "id" not in columns and name in ("organization", "service", "location", "taxonomy_term"):
            raise WrongShape("column-missing", f"{name}: id")
        known = TABLES[name] + ALSO.get(name, ())
        self.notes += [f"{name}.{column[:60]}" for column in columns if column not in known]
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

    def note(self, what: str) -> None:
        """Something that is not taken over, named once."""
        if what not in self.notes:
            self.notes.append(what)

    def one(self, rows: Sequence[dict[str, str]], what: str) -> dict[str, str]:
        """The only one we have room for; that there are more is told."""
        if len(rows) > 1:
            self.note(f"{what}: 2+")
        return rows[0] if rows else {}

    def number(self, rows: Sequence[dict[str, str]]) -> str:
        """The number a member can ring."""
        rung = [row for row in rows if row.get("type", "").strip().casefold() not in NO_VOICE]
        if len(rung) < len(rows):
            self.note("phone.type")
        return self.one(rung, "phone").get("number", "")

    def street(self, row: Mapping[str, str]) -> str:
        """An address in one line: what we keep as one, others spread over four cells."""
        said = [row.get("address_1", "").strip(), row.get("address_2", "").strip()]
        post = row.get("postal_code", "").strip()
        if post and post not in said[0]:
            said.append(f"{post} {row.get('city', '').strip()}")
        if row.get("country", COUNTRY).strip().upper() not in ("", COUNTRY):
            self.note("address.country")
        return ", ".join(part for part in said if part)

    def valid(self, name: str, rows: Iterable[dict[str, str]], today: date) -> list[dict[str, str]]:
        """The rows that hold today. That some hold for a time only is told: here they would hold for ever."""
        found = []
        for row in rows:
            limits = {column: row.get(column, "")[:10] for column in ("valid_from", "valid_to", "until")}
            for column in (column for column, day in limits.items() if day):
                self.note(f"{name}.{column}")
            begins, *ends = (_day(day) for day in limits.values())
            if (begins or today) <= today and all((end or today) >= today for end in ends):
                found.append(row)
        return found


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


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
            names = _THEIRS[kind]
            self.found.wrong += [
                Wrong(kind, at, names.get(one.column, one.column), one.reason) for one in refused.wrong
            ]
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
                "role": self.role(row.get("description", ""), own),
                "address": self.told.street(address),
                "source": own.get("source") or FOREIGN_SOURCE,
                "verified_on": own.get("verified_on") or self.today.isoformat(),
                "contact_email": row.get("email", ""),
                "contact_phone": self.told.number(
                    [one for one in phones.get(of, []) if not one.get("service_id")]
                ),
            }
            self.keep(
                "organization",
                at,
                slug,
                lambda cells=cells, at=at: rules.organisation(cells, self.today, at),
                self.found.organisations,
            )

    def role(self, said: str, own: Mapping[str, str]) -> str:
        """What an organisation is; theirs is a paragraph we have no room for."""
        if "slug" not in own and len(said) > rules.MAX["role"]:
            self.told.note("organization.description")
            return "provider"
        return said or "provider"

    def services(self) -> None:
        told = self.told
        names = ("phone", "schedule", "language", "cost_option", "service_at_location")
        tied = {name: told.by(name, "service_id") for name in names}
        there = {name: told.by(name, "service_at_location_id") for name in names[:2]}
        local = {name: told.by(name, "location_id") for name in names[:3]}
        for at, row in told.rows["service"]:
            of = row.get("id", "")
            its = {name: rows.get(of, []) for name, rows in tied.items()}
            where = told.one(its["service_at_location"], "service_at_location")
            for name in names[:3]:
                at_place = there.get(name, {}).get(where.get("id", ""), [])
                its[name] = its[name] or at_place or local[name].get(where.get("location_id", ""), [])
            address = told.one(self.addresses.get(where.get("location_id", ""), []), "address")
            self.service(at, row, its, address)

    def service(
        self, at: int, row: dict[str, str], its: dict[str, list[dict[str, str]]], address: dict[str, str]
    ) -> None:
        """One service with the rows that belong to it."""
        told, own = self.told, self.facts(row.get("id", ""))
        slug = self.slug(own, row.get("id", ""))
        codes = [one.get("code", "").strip() for one in its["language"]]
        cost = told.one(told.valid("cost_option", its["cost_option"], self.today), "cost_option")
        cells = {
            "slug": slug,
            "organisation": self.slugs.get(row.get("organization_id", ""), ""),
            "topic": own.get("topic", ""),
            "sensitive": own.get("sensitive", ""),
            "state": SHOWN if row.get("status") == STATUS[0] else HIDDEN,
            "cost": cost.get("amount", ""),
            "childcare": own.get("childcare", ""),
            "place": address.get("city", ""),
            "address": told.street(address),
            "phone": told.number(its["phone"]),
            "keywords": own.get("keywords", ""),
            "languages": " ".join(codes if "slug" in own else map(_shortest, codes)),
            "source": own.get("source") or FOREIGN_SOURCE,
            "verified_on": row.get("assured_date", ""),
            "review_by": own.get("review_by", "") or _later(row.get("assured_date", ""), self.today),
        }
        if not all(codes):
            told.note("language.name")
        open_now = told.valid("schedule", its["schedule"], self.today)

        def make() -> ServiceFacts:
            if row.get("status", "") not in STATUS:
                raise NotTaken([Wrong("service", at, "status", "status")])
            if cost.get("currency", "").strip().upper() not in ("", CURRENCY):
                raise NotTaken([Wrong("service", at, "cost_option.currency", "currency")])
            return rules.service(cells, _texts(row, own), self.hours(open_now, at), self.today, at)

        self.keep("service", at, slug, make, self.found.services)

    def hours(self, rows: Iterable[Mapping[str, str]], at: int) -> list[tuple[int, int, int]]:
        """Weekly openings; any other rule is refused."""
        found = []
        for row in rows:
            if not any(row.get(column) for column in ("byday", "opens_at", "closes_at")):
                continue  # words only: their column is named among those not read
            other = any(row.get(column) for column in ("count", "byweekno", "bymonthday", "byyearday"))
            if other or row.get("freq", "") not in ("", "WEEKLY") or row.get("interval", "") not in ("", "1"):
                raise NotTaken([Wrong("schedule", at, "schedule.freq", "weekly")])
            opens, closes = self.time(row, "opens_at"), self.time(row, "closes_at")
            for day in row.get("byday", "").split(","):
                if day.strip() not in DAYS:
                    raise NotTaken([Wrong("schedule", at, "schedule.byday", "weekday")])
                cells = {"service": "x", "weekday": str(DAYS.index(day.strip()) + 1), "from": opens}
                cells["until"] = "24:00" if closes == "00:00" else closes
                found.append(rules.opening(cells, at)[1])
        return found

    def time(self, row: Mapping[str, str], column: str) -> str:
        """A time as the clock on the wall shows it; that a zone was said is told."""
        hit = _TIME.fullmatch(row.get(column, "").strip())
        if hit is None:
            return row.get(column, "")
        if hit.group(2):
            self.told.note(f"schedule.{column}: {hit.group(2)[:10]}")
        return hit.group(1)


def _shortest(code: str) -> str:
    """A language by two letters where it has them: others may write three."""
    short = str(get_global("language_aliases").get(code.casefold(), ""))
    return short if len(short) == 2 else code.casefold()


def _later(day: str, today: date) -> str:
    """When it is to be looked at again, which others do not say."""
    return rules.months_on(_day(day) or today, rules.MONTHS[1]).isoformat()


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
