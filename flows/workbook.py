"""The directory as our own four sheets: rows of words to facts and back, with every row that cannot be taken named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flows import directory as rules
from flows.directory import NotTaken, Wrong
from storage.directory import OrganisationFacts, ServiceFacts, Words

Rows = Sequence[Sequence[str]]


class WrongShape(Exception):
    """The whole file is refused: why, and where."""

    def __init__(self, reason: str, place: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


@dataclass
class Read:
    """What a file says: facts with the row they stand in, rows that cannot be taken, and what we do not know of it."""

    organisations: list[tuple[int, OrganisationFacts]] = field(default_factory=list)
    services: list[tuple[int, ServiceFacts]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: int = 0
    """Records that cannot be taken, each with one wrong cell or more."""


def read(tables: Mapping[str, Rows], today: date) -> Read:
    """Our sheets: `organisations`, or `services` with `texts` and `hours`, or all four."""
    for name in tables:
        if name not in rules.SHEETS:
            raise WrongShape("sheet-unknown", name[:80])
    wanted = ("services", "texts", "hours") if set(tables) - {"organisations"} else ("organisations",)
    for name in wanted:
        if name not in tables:
            raise WrongShape("sheet-missing", name)
    found = Read()
    rows = {name: list(records(name, rules.SHEETS[name], tables.get(name, ()))) for name in rules.SHEETS}
    seen: set[str] = set()
    for at, cells in rows["organisations"]:
        try:
            who = rules.organisation(cells, today, at)
        except NotTaken as refused:
            found.wrong += refused.wrong
            found.refused += 1
        else:
            if not _again(found, "organisations", at, who.slug, seen):
                found.organisations.append((at, who))
    _services(found, rows, today)
    return found


def records(sheet: str, columns: Sequence[str], rows: Rows) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a sheet by the names of its columns, with their numbers as a program shows them."""
    if not rows:
        return
    names = [name.strip() for name in rows[0]]
    for name in names:
        if name not in columns:
            raise WrongShape("column-unknown", f"{sheet}: {name[:60]}")
    for name in columns:
        if names.count(name) != 1:
            raise WrongShape("column-missing" if name not in names else "column-twice", f"{sheet}: {name}")
    for at, row in enumerate(rows[1:], 2):
        if len(row) > len(names):
            raise WrongShape("row-long", f"{sheet} {at}")
        if any(cell.strip() for cell in row):
            yield at, dict(zip(names, row, strict=False))


def _again(found: Read, sheet: str, at: int, slug: str, seen: set[str]) -> bool:
    if slug in seen:
        found.wrong.append(Wrong(sheet, at, "slug", "twice"))
        found.refused += 1
        return True
    seen.add(slug)
    return False


@dataclass
class _Details:
    """Texts and openings by service, and the services that cannot be taken because one of theirs cannot."""

    found: Read
    named: set[str]
    texts: dict[str, dict[str, Words]] = field(default_factory=lambda: defaultdict(dict))
    hours: dict[str, list[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(list))
    spoilt: set[str] = field(default_factory=set)

    def refuse(self, slug: str, *wrong: Wrong) -> None:
        """One row of this service cannot be taken."""
        self.found.wrong += wrong
        self.spoilt.add(slug)

    def text(self, at: int, cells: Mapping[str, str]) -> None:
        """A row of `texts`."""
        of = rules.cleaned(cells.get("service", ""))
        try:
            _, language, its = rules.words(cells, at)
        except NotTaken as refused:
            return self.refuse(of, *refused.wrong)
        if of not in self.named:
            return self.refuse(of, Wrong("texts", at, "service", "service-unknown"))
        if language in self.texts[of]:
            return self.refuse(of, Wrong("texts", at, "language", "twice"))
        self.texts[of][language] = its
        return None

    def opening(self, at: int, cells: Mapping[str, str]) -> None:
        """A row of `hours`."""
        of = rules.cleaned(cells.get("service", ""))
        try:
            _, span = rules.opening(cells, at)
        except NotTaken as refused:
            return self.refuse(of, *refused.wrong)
        if of not in self.named:
            return self.refuse(of, Wrong("hours", at, "service", "service-unknown"))
        self.hours[of].append(span)
        return None


def _services(found: Read, rows: Mapping[str, list[tuple[int, dict[str, str]]]], today: date) -> None:
    about = _Details(found, {rules.cleaned(cells.get("slug", "")) for _, cells in rows["services"]})
    for at, cells in rows["texts"]:
        about.text(at, cells)
    for at, cells in rows["hours"]:
        about.opening(at, cells)
    seen: set[str] = set()
    for at, cells in rows["services"]:
        slug = rules.cleaned(cells.get("slug", ""))
        try:
            if slug in about.spoilt:
                raise NotTaken([Wrong("services", at, "slug", "spoilt")])
            facts = rules.service(cells, about.texts[slug], about.hours[slug], today, at)
        except NotTaken as refused:
            found.wrong += refused.wrong
            found.refused += 1
        else:
            if not _again(found, "services", at, facts.slug, seen):
                found.services.append((at, facts))


# --- out ---


def written(
    organisations: Iterable[OrganisationFacts], services: Sequence[ServiceFacts]
) -> dict[str, list[list[str]]]:
    """The four sheets of a directory."""
    tables: dict[str, list[list[str]]] = {name: [list(columns)] for name, columns in rules.SHEETS.items()}
    for who in organisations:
        cells = rules.organisation_cells(who)
        tables["organisations"].append([cells[name] for name in rules.ORGANISATION_COLUMNS])
    for facts in services:
        cells = rules.service_cells(facts)
        tables["services"].append([cells[name] for name in rules.SERVICE_COLUMNS])
        for language, its in facts.texts.items():
            tables["texts"].append([facts.slug, language, its.name, its.summary, its.eligibility])
        for day, start, end in facts.hours:
            span = [rules.said_clock(start), rules.said_clock(end)]
            tables["hours"].append([facts.slug, str(day + 1), *span])
    return tables
