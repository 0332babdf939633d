"""A file into the directory: read and compared first, carried out after a yes, in pieces that no turn has to wait for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bot.reading import read
from bot.web.parts import Parts
from flows import directory as rules
from storage import directory, imports
from storage.directory import StoredOrganisation, StoredService
from storage.imports import NEW, ORGANISATION, SERVICE, Import
from storage.sql import Tx

PIECE = 4
"""Services carried out in one transaction."""
PLANNED_AT_ONCE = 50
FORGOTTEN_AT_ONCE = 50
KEPT = timedelta(days=7)
"""So long after it was read nobody says yes to a file any more."""
WRONG_SHOWN = 200


class FileRefused(Exception):
    """The whole file is refused: why, and where."""

    def __init__(self, reason: str, place: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


@dataclass
class _Plan:
    """What one file would change, while it is read."""

    site_id: int
    import_id: int
    owners: dict[str, StoredOrganisation]
    known: set[str] = field(default_factory=set)
    """Short names of organisations that are there or come with the file."""
    at: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[dict[str, Any]] = field(default_factory=list)

    def line(self, kind: str, facts: dict[str, Any], seen: int, changes: list[list[str]]) -> dict[str, Any]:
        self.at += 1
        self.counts["new" if seen == NEW else "changed"] += 1
        slug = facts["slug"]
        return {"at": self.at, "kind": kind, "slug": slug, "seen": seen, "facts": facts, "changes": changes}

    def organisations(self, records: list[Any]) -> Iterator[dict[str, Any]]:
        """What these rows would change."""
        for _, facts in records:
            stored = self.owners.get(facts["slug"])
            self.known.add(facts["slug"])
            wanted = imports.organisation_of(facts)
            if stored is None:
                yield self.line(ORGANISATION, facts, NEW, [["name", "", wanted.name]])
            elif changes := rules.differences(stored.facts, wanted):
                yield self.line(ORGANISATION, facts, stored.version, changes)
            else:
                self.counts["unchanged"] += 1

    def services(self, records: list[Any], there: dict[str, StoredService]) -> Iterator[dict[str, Any]]:
        """What these rows would change."""
        for row, facts in records:
            if facts["organisation"] not in self.known:
                self.refuse("services", row, "organisation", "organisation-unknown")
                self.counts["refused"] += 1
                continue
            stored = there.get(facts["slug"])
            if stored is None:
                name = next(iter(facts["texts"].values()))[0]
                yield self.line(SERVICE, facts, NEW, [["name", "", name]])
            elif changes := rules.differences(stored.facts, imports.service_of(facts)):
                yield self.line(SERVICE, facts, stored.version, changes)
            else:
                self.counts["unchanged"] += 1

    def refuse(self, sheet: str, row: int, column: str, reason: str) -> None:
        """A cell that cannot be taken."""
        self.wrong.append({"sheet": sheet, "row": row, "column": column, "reason": reason})


async def plan(parts: Parts, body: bytes, site_id: int, staff_id: int, uid: str, today: date) -> Import:
    """Read a file and keep what it would change; `FileRefused` when it is none of ours."""
    now = parts.clock()
    await _forget(parts, site_id, now)

    def begin(tx: Tx) -> _Plan:
        owners = {one.facts.slug: one for one in directory.organisations(tx, [site_id])}
        import_id = imports.add(tx, uid, site_id, staff_id, now)
        return _Plan(site_id, import_id, owners, set(owners))

    found = await parts.write(begin)
    async with aclosing(read(body, today)) as pieces:
        async for said in pieces:
            if "refused" in said:
                raise FileRefused(*said["refused"])
            if "end" in said:
                await _end(parts, found, said["end"])
                break
            lines = list(await _planned(parts, found, said))
            for at in range(0, len(lines), PLANNED_AT_ONCE):
                piece = lines[at : at + PLANNED_AT_ONCE]
                await parts.write(lambda tx, piece=piece: imports.plan(tx, found.import_id, piece))  # type: ignore[misc]  # bound now
    made = await parts.read(lambda tx: imports.find(tx, uid, [site_id]))
    if made is None:
        raise FileRefused("broken", "")
    return made


async def _planned(parts: Parts, found: _Plan, said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if ORGANISATION in said:
        return found.organisations(said[ORGANISATION])
    records = said[SERVICE]
    slugs = [facts["slug"] for _, facts in records]
    there = await parts.read(lambda tx: directory.by_slugs(tx, found.site_id, slugs))
    return found.services(records, there)


async def _end(parts: Parts, found: _Plan, end: dict[str, Any]) -> None:
    for sheet, row, column, reason in end["wrong"]:
        found.refuse(sheet, row, column, reason)
    found.counts["refused"] += end["refused"]
    counts, wrong = dict(found.counts), found.wrong[:WRONG_SHOWN]
    kind, notes = end["kind"], end["notes"]
    await parts.write(lambda tx: imports.ready(tx, found.import_id, kind, counts, wrong, notes))


async def carry_out(parts: Parts, found: Import) -> None:
    """Everything that is planned, piece by piece; whoever stopped it may begin again."""
    while True:
        now = parts.clock()
        done = await parts.write(lambda tx, now=now: imports.carry_on(tx, found, PIECE, now))  # type: ignore[misc]  # bound now
        for organisation_id in done.renamed:
            await reindex(parts, organisation_id)
        if not done.lines:
            return


async def reindex(parts: Parts, organisation_id: int) -> None:
    """The services of a renamed organisation are found by its new name, some in a transaction."""
    last = -1
    while last:
        after = max(last, 0)
        last = await parts.write(lambda tx, after=after: directory.reindex(tx, organisation_id, after))  # type: ignore[misc]  # bound now


async def _forget(parts: Parts, site_id: int, now: datetime) -> None:
    """Files of last week go, before a new one is kept."""
    before = now - KEPT
    while await parts.write(lambda tx: imports.forget(tx, site_id, before, FORGOTTEN_AT_ONCE)):
        pass
