"""A file on its way into the directory: what it would change, kept until somebody says yes, then carried out piece by piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, bindparam, delete, exists, func, select, text, update
from sqlmodel import Field, SQLModel

from storage import directory
from storage.directory import OrganisationFacts, ServiceFacts, Words
from storage.sql import InsertNew, Json, Statement, Tx, Utc, any_of, table

READY, RUNNING, DONE, DROPPED = "ready", "running", "done", "dropped"
ORGANISATION, SERVICE = "organisation", "service"
PLANNED, REFUSED = "planned", "refused"
CHANGED = "changed"
"""Why a line was not carried out: it was changed since the preview."""
NEW = -1
"""The version of what is not there yet."""
_PLANNED = text("state = 'planned'")


class ImportRow(SQLModel, table=True):
    """One file that was read."""

    __tablename__ = "imports"
    __table_args__ = (CheckConstraint(any_of("state", READY, RUNNING, DONE, DROPPED), name="state_known"),)
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who brought it; nobody when a command did."""
    kind: str
    state: str
    created_at: datetime = Field(sa_type=Utc)
    counts: Any = Field(sa_type=Json)
    """How many rows are new, changed, unchanged, refused."""
    problems: Any = Field(sa_type=Json)
    """Refused rows: sheet, row, column, and the key of the reason."""
    notes: Any = Field(sa_type=Json)
    """What the file holds that we do not know, by name."""


class ImportLine(SQLModel, table=True):
    """One organisation or service as the file wants it."""

    __tablename__ = "import_lines"
    __table_args__ = (
        CheckConstraint(any_of("kind", ORGANISATION, SERVICE), name="kind_known"),
        CheckConstraint(any_of("state", PLANNED, DONE, REFUSED), name="state_known"),
        Index("ix_import_lines_planned", "import_id", "at", sqlite_where=_PLANNED, postgresql_where=_PLANNED),
    )
    import_id: int = Field(foreign_key="imports.id", primary_key=True)
    at: int = Field(primary_key=True)
    kind: str
    slug: str
    seen: int
    """The version it was compared with."""
    facts: Any = Field(sa_type=Json)
    changes: Any = Field(sa_type=Json)
    """Field, before, after; empty for what is new."""
    state: str = PLANNED
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """A file as its page shows it."""

    id: int
    uid: str
    site_id: int
    staff_id: int | None
    kind: str
    state: str
    created_at: datetime
    counts: dict[str, int]
    problems: list[dict[str, Any]]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of the preview."""

    at: int
    kind: str
    slug: str
    seen: int
    changes: list[list[str]]
    state: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Carried:
    """What one piece did: how many lines, and organisations with a new name."""

    lines: int
    renamed: tuple[int, ...]


_i, _n = table(ImportRow), table(ImportLine)
_COLUMNS = tuple(Import.__dataclass_fields__)
_ADD = InsertNew(_i, *(name for name in _COLUMNS if name != "id"), returning="id")
_LINE = InsertNew(_n, "import_id", "at", "kind", "slug", "seen", "facts", "changes", "state", "reason")
_FIND = Statement(select(*(_i.c[name] for name in _COLUMNS)).where(_i.c.uid == bindparam("named")))
_READ = Statement(
    update(_i)
    .where(_i.c.id == bindparam("one"))
    .values(
        kind=bindparam("new_kind"),
        counts=bindparam("new_counts", type_=Json),
        problems=bindparam("new_problems", type_=Json),
        notes=bindparam("new_notes", type_=Json),
    )
)
_STATE = Statement(
    update(_i)
    .where(_i.c.id == bindparam("one"), _i.c.state == bindparam("was"))
    .values(state=bindparam("new_state"))
)
_NEXT = Statement(
    select(_n.c.at, _n.c.kind, _n.c.slug, _n.c.seen, _n.c.facts)
    .where(_n.c.import_id == bindparam("one"), _n.c.state == PLANNED)
    .order_by(_n.c.at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_ENDED = Statement(
    update(_n)
    .where(_n.c.import_id == bindparam("one"), _n.c.at == bindparam("which"))
    .values(state=bindparam("new_state"), reason=bindparam("why"))
)
_LEFT = Statement(select(_n.c.at).where(_n.c.import_id == bindparam("one"), _n.c.state == PLANNED).limit(1))
_PROGRESS = Statement(
    select(_n.c.state, func.count().label("n")).where(_n.c.import_id == bindparam("one")).group_by(_n.c.state)
)
_OLD = Statement(
    select(_n.c.import_id, _n.c.at)
    .join(_i, _i.c.id == _n.c.import_id)
    .where(
        _i.c.site_id == bindparam("of_site"),
        _i.c.state != RUNNING,
        _i.c.created_at < bindparam("before", type_=Utc),
    )
    .limit(bindparam("limit"))
)
_FORGET_LINE = Statement(delete(_n).where(_n.c.import_id == bindparam("one"), _n.c.at == bindparam("which")))
_FORGET = Statement(
    delete(_i).where(
        _i.c.site_id == bindparam("of_site"),
        _i.c.state != RUNNING,
        _i.c.created_at < bindparam("before", type_=Utc),
        ~exists().where(_n.c.import_id == _i.c.id),
    )
)


# --- facts as JSON ---


def packed(facts: OrganisationFacts | ServiceFacts) -> dict[str, Any]:
    """Facts as a JSON value."""
    told: dict[str, Any] = {}
    for name in facts.__dataclass_fields__:
        value = getattr(facts, name)
        if isinstance(value, date):
            value = value.isoformat()
        elif name == "texts":
            value = {tag: [words.name, words.summary, words.eligibility] for tag, words in value.items()}
        told[name] = value
    return told


def organisation_of(told: Mapping[str, Any]) -> OrganisationFacts:
    """Facts of an organisation out of JSON."""
    return OrganisationFacts(**{**told, "verified_on": date.fromisoformat(told["verified_on"])})


def service_of(told: Mapping[str, Any]) -> ServiceFacts:
    """Facts of a service out of JSON."""
    return ServiceFacts(
        **{
            **told,
            "texts": {tag: Words(*words) for tag, words in told["texts"].items()},
            "verified_on": date.fromisoformat(told["verified_on"]),
            "review_by": date.fromisoformat(told["review_by"]),
            "keywords": tuple(told["keywords"]),
            "languages": tuple(told["languages"]),
            "hours": tuple((day, start, end) for day, start, end in told["hours"]),
        }
    )


# --- one file ---


def add(tx: Tx, uid: str, site_id: int, staff_id: int | None, now: datetime) -> int:
    """A file that is being read; its id."""
    row = tx.one(
        _ADD,
        uid=uid,
        site_id=site_id,
        staff_id=staff_id,
        kind="",
        state=DROPPED,
        created_at=now,
        counts={},
        problems=[],
        notes=[],
    )
    return int(row.id)


def plan(tx: Tx, import_id: int, lines: Sequence[Mapping[str, Any]]) -> None:
    """What some of its rows would change."""
    tx.many(_LINE, [{"import_id": import_id, "state": PLANNED, "reason": None, **line} for line in lines])


def ready(
    tx: Tx,
    import_id: int,
    kind: str,
    counts: dict[str, int],
    problems: list[dict[str, Any]],
    notes: list[str],
) -> None:
    """It was read to its end and may be looked at; until then nobody can carry it out."""
    tx.run(_READ, one=import_id, new_kind=kind, new_counts=counts, new_problems=problems, new_notes=notes)
    tx.run(_STATE, one=import_id, was=DROPPED, new_state=READY)


def find(tx: Tx, uid: str, sites: Sequence[int]) -> Import | None:
    """The file of this name, when it is for one of these sites and was read to its end."""
    row = tx.one(_FIND, named=uid)
    return Import(*row) if row is not None and row.site_id in sites and row.state != DROPPED else None


def latest(tx: Tx, sites: Sequence[int], limit: int = 10) -> list[Import]:
    """The newest files of these sites."""
    rows = tx.query(
        select(*(_i.c[name] for name in _COLUMNS))
        .where(_i.c.site_id.in_(list(sites)), _i.c.state != DROPPED)
        .order_by(_i.c.id.desc())
        .limit(limit)
    )
    return [Import(*row) for row in rows]


def preview(tx: Tx, import_id: int, limit: int, state: str | None = None) -> list[Planned]:
    """The first lines of it."""
    clause = (
        select(_n.c.at, _n.c.kind, _n.c.slug, _n.c.seen, _n.c.changes, _n.c.state, _n.c.reason)
        .where(_n.c.import_id == import_id)
        .order_by(_n.c.at)
        .limit(limit)
    )
    if state is not None:
        clause = clause.where(_n.c.state == state)
    return [Planned(*row) for row in tx.query(clause)]


def progress(tx: Tx, import_id: int) -> dict[str, int]:
    """How many lines are planned, done, refused."""
    return {row.state: int(row.n) for row in tx.all(_PROGRESS, one=import_id)}


def start(tx: Tx, found: Import) -> bool:
    """Somebody said yes; saying it again goes on where it stopped. False when there is nothing to go on with."""
    if found.state not in (READY, RUNNING):
        return False
    return tx.run(_STATE, one=found.id, was=found.state, new_state=RUNNING) == 1


def drop(tx: Tx, found: Import) -> bool:
    """Nobody wants it."""
    return tx.run(_STATE, one=found.id, was=READY, new_state=DROPPED) == 1


def carry_on(tx: Tx, found: Import, limit: int, now: datetime) -> Carried:
    """Carry out the next lines. What was changed since the preview is refused, line by line.

    New services wait for their postings (`storage/postings.py`).
    """
    rows = tx.all(_NEXT, one=found.id, limit=limit)
    renamed: list[int] = []
    for row in rows:
        is_service = row.kind == SERVICE
        why = _service(tx, found, row, now) if is_service else _organisation(tx, found, row, renamed)
        tx.run(_ENDED, one=found.id, which=row.at, new_state=REFUSED if why else DONE, why=why)
    return Carried(len(rows), tuple(renamed))


def finish(tx: Tx, found: Import) -> None:
    """Everything of it was carried out and is found by its words."""
    if tx.one(_LEFT, one=found.id) is None:
        tx.run(_STATE, one=found.id, was=RUNNING, new_state=DONE)


def _service(tx: Tx, found: Import, row: Any, now: datetime) -> str | None:
    """One line; why not, when it was not done."""
    facts = service_of(row.facts)
    if row.seen == NEW:
        return None if directory.add_service(tx, found.site_id, facts, later=True) is not None else CHANGED
    stored = directory.by_slugs(tx, found.site_id, [row.slug]).get(row.slug)
    if stored is None:
        return CHANGED
    saved = directory.save_service(tx, stored, facts, row.seen, found.staff_id, now)
    return None if saved else CHANGED


def _organisation(tx: Tx, found: Import, row: Any, renamed: list[int]) -> str | None:
    facts = organisation_of(row.facts)
    if row.seen == NEW:
        return None if directory.add_organisation(tx, found.site_id, facts) is not None else CHANGED
    which = directory.organisation_id(tx, found.site_id, row.slug)
    stored = None if which is None else directory.organisation(tx, which, [found.site_id])
    if stored is None or not directory.save_organisation(tx, stored, facts, row.seen):
        return CHANGED
    if facts.name != stored.facts.name:
        renamed.append(stored.id)
    return None


def forget(tx: Tx, site_id: int, before: datetime, limit: int) -> int:
    """Some lines of old files go; how many."""
    rows = tx.all(_OLD, of_site=site_id, before=before, limit=limit)
    for row in rows:
        tx.run(_FORGET_LINE, one=row.import_id, which=row.at)
    if not rows:
        tx.run(_FORGET, of_site=site_id, before=before)
    return len(rows)
