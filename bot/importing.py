"""A file into the directory: read and compared first, carried out after a yes, in pieces that no turn has to wait for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, Protocol, TypeVar

from bot.reading import read
from flows import directory as rules
from storage import audit, directory, imports, postings
from storage.db import Unit
from storage.directory import StoredOrganisation, StoredService
from storage.imports import NEW, ORGANISATION, READY, SERVICE, Import
from storage.postings import Said
from storage.sql import Tx

T = TypeVar("T")
Line = dict[str, Any]
"""One record a file would add or change."""
PIECE = 2
"""Services carried out in one transaction."""
POSTED_AT_ONCE = 1000
"""New services whose words are sorted together: the more there are, the fewer pages are written for each."""
POSTED_PIECE = 80
READ_AT_ONCE = 10
PLANNED_AT_ONCE = 10
FORGOTTEN_AT_ONCE = 50
KEPT = timedelta(days=7)
"""So long after it was read nobody says yes to a file any more."""
WRONG_SHOWN = 200


class Store(Protocol):
    """Where a file goes: the running house, or a command while nothing runs."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """What time it is."""
        ...

    async def read(self, unit: Unit[T]) -> T:
        """Run a reading unit."""
        ...

    async def write(self, unit: Unit[T], *, later: bool = False) -> T:
        """Run a writing unit; `Database.submit` says what comes later."""
        ...


class FileRefused(Exception):
    """The whole file is refused: why, and where."""

    def __init__(self, reason: str, place: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


@dataclass
class Plan:
    """What one file would change."""

    site_id: int
    owners: dict[str, StoredOrganisation]
    known: set[str] = field(default_factory=set)
    """Short names of organisations that are there or come with the file."""
    at: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[dict[str, Any]] = field(default_factory=list)
    kind: str = ""
    notes: list[str] = field(default_factory=list)

    def line(self, kind: str, facts: dict[str, Any], seen: int, changes: list[list[str]]) -> Line:
        self.at += 1
        self.counts["new" if seen == NEW else "changed"] += 1
        slug = facts["slug"]
        return {"at": self.at, "kind": kind, "slug": slug, "seen": seen, "facts": facts, "changes": changes}

    def organisations(self, records: list[Any]) -> Iterator[Line]:
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

    def services(self, records: list[Any], there: dict[str, StoredService]) -> Iterator[Line]:
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


async def plan(
    store: Store, body: bytes, site_id: int, staff_id: int | None, uid: str, today: date
) -> Import:
    """Read a file and keep what it would change; `FileRefused` when it is none of ours."""
    import_id = await _begin(store, site_id, staff_id, uid)
    found = await compare(store, body, site_id, today, lambda lines: _keep(store, import_id, lines))
    return await _ready(store, found, import_id, uid)


async def keep(store: Store, found: Plan, lines: list[Line], staff_id: int | None, uid: str) -> Import:
    """Keep what was compared before, to be carried out."""
    import_id = await _begin(store, found.site_id, staff_id, uid)
    await _keep(store, import_id, lines)
    return await _ready(store, found, import_id, uid)


async def compare(
    store: Store, body: bytes, site_id: int, today: date, keep: Callable[[list[Line]], Awaitable[None]]
) -> Plan:
    """Read a file and hand over what it would change, some lines at a time. Only reads."""
    owners = await store.read(lambda tx: directory.organisations(tx, [site_id]))
    by_slug = {one.facts.slug: one for one in owners}
    found = Plan(site_id, by_slug, set(by_slug))
    async with aclosing(read(body, today)) as pieces:
        async for said in pieces:
            if "refused" in said:
                raise FileRefused(*said["refused"])
            if "end" in said:
                _end(found, said["end"])
                break
            await keep(list(await _planned(store, found, said)))
    return found


async def _begin(store: Store, site_id: int, staff_id: int | None, uid: str) -> int:
    now = store.clock()
    await _forget(store, site_id, now)
    return await store.write(lambda tx: imports.add(tx, uid, site_id, staff_id, now))


async def _keep(store: Store, import_id: int, lines: list[Line]) -> None:
    for at in range(0, len(lines), PLANNED_AT_ONCE):
        piece = lines[at : at + PLANNED_AT_ONCE]
        unit = partial(imports.plan, import_id=import_id, lines=piece)
        await store.write(unit, later=True)


async def _planned(store: Store, found: Plan, said: dict[str, Any]) -> Iterator[Line]:
    if ORGANISATION in said:
        return found.organisations(said[ORGANISATION])
    records = said[SERVICE]
    slugs = [facts["slug"] for _, facts in records]
    there = await store.read(lambda tx: directory.by_slugs(tx, found.site_id, slugs))
    return found.services(records, there)


def _end(found: Plan, end: dict[str, Any]) -> None:
    for sheet, row, column, reason in end["wrong"]:
        found.refuse(sheet, row, column, reason)
    found.counts["refused"] += end["refused"]
    found.kind, found.notes = end["kind"], end["notes"]


async def _ready(store: Store, found: Plan, import_id: int, uid: str) -> Import:
    counts, wrong = dict(found.counts), found.wrong[:WRONG_SHOWN]
    await store.write(lambda tx: imports.ready(tx, import_id, found.kind, counts, wrong, found.notes))
    made = await store.read(lambda tx: imports.find(tx, uid, [found.site_id]))
    if made is None:
        raise FileRefused("broken", "")
    return made


def begin(tx: Tx, found: Import, actor: str, now: datetime, name: str) -> bool:
    """Somebody said yes, again perhaps: whether there is something to carry out. The first yes is an act."""
    if not imports.start(tx, found):
        return False
    if found.state == READY:
        about = audit.name(tx, "import", found.id, name)
        audit.record(tx, now, actor, "directory.import", about, {"site": found.site_id, **found.counts})
    return True


async def carry_out(store: Store, found: Import) -> None:
    """Everything that is planned, piece by piece; whoever stopped it may begin again."""
    while True:
        now = store.clock()
        unit = partial(imports.carry_on, found=found, limit=PIECE, now=now)
        done = await store.write(unit, later=True)
        for organisation_id in done.renamed:
            await reindex(store, organisation_id)
        if not done.lines:
            break
    while await _post(store, found.site_id):
        pass
    await store.write(lambda tx: imports.finish(tx, found))


async def _post(store: Store, site_id: int) -> bool:
    """Make some new services findable, in the order of words: so that neighbours among the postings are written together."""
    new = await store.read(partial(postings.unposted, site_id=site_id, limit=POSTED_AT_ONCE))
    by_word: dict[str, list[Said]] = defaultdict(list)
    for ids in _pieces(new, READ_AT_ONCE):
        # Read where pieces are written: beside a turn's own work it would take the interpreter from it.
        for one in await store.write(partial(postings.said, service_ids=ids), later=True):
            by_word[one[0]].append(one)
    words = (one for word in sorted(by_word) for one in by_word[word])
    while piece := list(islice(words, POSTED_PIECE)):
        await store.write(partial(postings.post, site_id=site_id, words=piece), later=True)
    for ids in _pieces(new, postings.IDS):
        await store.write(partial(postings.posted, site_id=site_id, service_ids=ids), later=True)
    return bool(new)


def _pieces(of: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (of[at : at + size] for at in range(0, len(of), size))


async def reindex(store: Store, organisation_id: int) -> None:
    """The services of a renamed organisation are found by its new name, some in a transaction."""
    last = -1
    while last:
        unit = partial(directory.reindex, organisation_id=organisation_id, after=max(last, 0))
        last = await store.write(unit, later=True)


async def _forget(store: Store, site_id: int, now: datetime) -> None:
    """Files of last week go, before a new one is kept."""
    before = now - KEPT
    while await store.write(lambda tx: imports.forget(tx, site_id, before, FORGOTTEN_AT_ONCE), later=True):
        pass
