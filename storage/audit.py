"""The audit: what staff and the system did, append-only, sealed by a tick into a hash chain.

Writing an act touches no seal, so no turn waits for the chain; `seal` extends it afterwards in the order of the ids.
Rows are never deleted here: what they say of a member is a random name, and erasing her removes what it stands for.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson
from sqlalchemy import Index, UniqueConstraint, bindparam, func, insert, literal_column, select, text
from sqlmodel import Field, SQLModel

from storage.sql import InsertNew, Json, Statement, Tx, Utc, table, to_ms
from storage.staff import StaffRow

SYSTEM = "system"
GENESIS = hashlib.sha256(b"tocka audit").hexdigest()
"""What stands before the first row."""
LOCKS, WRITING, SEALING = 8_127_001, 1, 2
"""Our advisory locks on PostgreSQL."""
VERIFY_ROWS = 1000
ACT = re.compile(r"[a-z]+(?:_[a-z]+)*(?:\.[a-z]+(?:_[a-z]+)*)+", re.ASCII)
Damage = Literal["altered", "removed", "inserted", "reordered", "cut"]


class AuditRow(SQLModel, table=True):
    """One act. `actor` and `about` are random names; nothing here is personal data."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_act", "act", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Utc)
    actor: str
    """A staff member's uid, or `system`."""
    act: str
    about: str | None = None
    """The random name of what it was done to (`audit_names`)."""
    details: Any = Field(default=None, sa_type=Json, nullable=True)


class AuditSeal(SQLModel, table=True):
    """The chain: the digest over the digest before it and one row."""

    __tablename__ = "audit_seals"
    audit_id: int = Field(primary_key=True)
    previous: str
    digest: str


class AuditName(SQLModel, table=True):
    """What a random name stands for; erasing a member removes it, and the audit speaks of nobody."""

    __tablename__ = "audit_names"
    __table_args__ = (UniqueConstraint("kind", "key"),)
    uid: str = Field(primary_key=True)
    kind: str
    key: int


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that is not as it was sealed, and what happened to it.

    `cut`: everything between `other` (0 for the beginning) and this row is gone, seals too.
    `reordered`: its content stands under `other` now.
    """

    audit_id: int
    damage: Damage
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the audit page."""

    id: int
    at: datetime
    actor: str
    name: str | None
    """Of the staff member; None for the system and for people who are gone."""
    act: str
    about: str | None
    details: Any


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: written down elsewhere, it proves later that nobody rebuilt the whole of it."""

    audit_id: int
    digest: str
    unsealed: int


_audit = table(AuditRow)
_seals = table(AuditSeal)
_names = table(AuditName)
_staff = table(StaffRow)
_ADD = Statement(
    insert(_audit).values({name: bindparam(name) for name in ("at", "actor", "act", "about", "details")})
)
# A number is drawn from the sequence before its row can be seen: whoever is between the two holds this.
_HOLD = Statement(select(func.pg_advisory_xact_lock_shared(LOCKS, WRITING)))
_HELD = Statement(
    select(literal_column("1").label("held"))
    .select_from(text("pg_locks"))
    .where(
        text(
            "locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND classid = :space AND objid = :writing AND objsubid = 2"
        ).bindparams(space=LOCKS, writing=WRITING)
    )
    .limit(1)
)
_ALONE = Statement(select(func.pg_try_advisory_xact_lock(LOCKS, SEALING).label("got")))
_NAME_NEW = InsertNew(_names, "uid", "kind", "key")
_NAME = Statement(
    select(_names.c.uid).where(_names.c.kind == bindparam("kind"), _names.c.key == bindparam("key"))
)
_LAST = Statement(select(func.max(_audit.c.id).label("id")))
_ENDS = Statement(
    select(
        func.coalesce(func.min(_audit.c.id), 1).label("first"),
        func.coalesce(func.max(_audit.c.id), 0).label("last"),
    )
)
_SEALED = Statement(select(_seals.c.audit_id, _seals.c.digest).order_by(_seals.c.audit_id.desc()).limit(1))
_content = (_audit.c.id, _audit.c.at, _audit.c.actor, _audit.c.act, _audit.c.about, _audit.c.details)
_ROWS = Statement(
    select(*_content)
    .where(_audit.c.id > bindparam("after"), _audit.c.id <= bindparam("until"))
    .order_by(_audit.c.id)
    .limit(bindparam("limit"))
)
_SEALS = Statement(
    select(_seals.c.audit_id, _seals.c.previous, _seals.c.digest)
    .where(_seals.c.audit_id > bindparam("after"))
    .order_by(_seals.c.audit_id)
    .limit(bindparam("limit"))
)
_SEAL = Statement(
    insert(_seals).values({name: bindparam(name) for name in ("audit_id", "previous", "digest")})
)
_UNSEALED = Statement(select(func.count().label("n")).where(_audit.c.id > bindparam("after")))


def record(
    tx: Tx,
    now: datetime,
    actor: str,
    act: str,
    about: str | None = None,
    details: Mapping[str, object] | None = None,
) -> None:
    """Append one act, in the transaction of what it tells of. `details` holds kinds and numbers, never words or names."""
    if not ACT.fullmatch(act):
        raise ValueError("an act is words with dots")
    if tx.dialect.name == "postgresql":
        tx.one(_HOLD)
    tx.run(
        _ADD, at=now, actor=actor, act=act, about=about, details=None if details is None else dict(details)
    )


def name(tx: Tx, kind: str, key: int, uid: str) -> str:
    """The random name of a thing; `uid` becomes it at first need."""
    found = tx.one(_NAME, kind=kind, key=key)
    if found is None:
        tx.run(_NAME_NEW, uid=uid, kind=kind, key=key)
        found = tx.one(_NAME, kind=kind, key=key)
    return str(found.uid)


def seal(tx: Tx, limit: int) -> int:
    """Extend the chain by up to `limit` rows; how many. One sealer at a time, and writers never wait for it."""
    last = tx.one(_LAST).id
    if last is None or not _is_settled(tx):
        return 0
    sealed = tx.one(_SEALED)
    after, previous = (sealed.audit_id, sealed.digest) if sealed is not None else (0, GENESIS)
    made = []
    for row in tx.all(_ROWS, after=after, until=last, limit=limit):
        digest = _digest(previous, row.id, row)
        made.append({"audit_id": row.id, "previous": previous, "digest": digest})
        previous = digest
    if made:
        tx.many(_SEAL, made)
    return len(made)


def _is_settled(tx: Tx) -> bool:
    """Whether every row up to the last one seen is there or will never be, and nobody else seals.

    SQLite has one writer. PostgreSQL commits ids out of order, so a lower one may still be in flight: its writer then
    holds `_HOLD`, taken before the number was drawn. Seeing nobody hold it *after* reading the last id is the proof; a
    busy moment is left to the next tick.
    """
    if tx.dialect.name != "postgresql":
        return True
    return bool(tx.one(_ALONE).got) and tx.one(_HELD) is None


def _digest(previous: str, audit_id: int, row: Any) -> str:
    """One link: the digest before it, and the row's content under this id as canonical JSON."""
    content = [audit_id, to_ms(row.at), row.actor, row.act, row.about, row.details]
    return hashlib.sha256(previous.encode() + orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def verify(tx: Tx) -> Broken | None:
    """Walk the chain; the first row that was altered, removed, inserted or moved, or None.

    Out of reach by nature: a row changed before it was sealed, the newest rows removed together with their seals, and a
    chain rebuilt whole by whoever owns the file. For those, compare with a `head` written down elsewhere.
    """
    ends = tx.one(_ENDS)
    previous, before, after = GENESIS, 0, min(ends.first, 1) - 1
    while seals := {row.audit_id: row for row in tx.all(_SEALS, after=after, limit=VERIFY_ROWS)}:
        until = max(seals)
        # One more than there are seals: should there be more rows, one of these has none.
        rows = {row.id: row for row in tx.all(_ROWS, after=after, until=until, limit=len(seals) + 1)}
        for audit_id in sorted(seals.keys() | rows.keys()):
            row, link = rows.get(audit_id), seals.get(audit_id)
            if link is None:
                return Broken(audit_id, "inserted")
            if row is None:
                return Broken(audit_id, "removed")
            broken = _examine(tx, row, link, previous, before)
            if broken is not None:
                return broken
            previous, before = link.digest, audit_id
        after = until
    return None


def _examine(tx: Tx, row: Any, link: Any, previous: str, before: int) -> Broken | None:
    """One row against its seal and the seal before it."""
    is_whole = _digest(link.previous, row.id, row) == link.digest
    if link.previous != previous:
        return Broken(row.id, "cut", before) if is_whole else Broken(row.id, "altered")
    if is_whole:
        return None
    ends = tx.one(_ENDS)
    after = ends.first - 1
    while others := tx.all(_ROWS, after=after, until=ends.last, limit=VERIFY_ROWS):
        for other in others:
            if _digest(previous, row.id, other) == link.digest:
                return Broken(row.id, "reordered", other.id)
        after = others[-1].id
    return Broken(row.id, "altered")


def head(tx: Tx) -> Head:
    """Where the chain ends and how many acts wait for the next tick."""
    sealed = tx.one(_SEALED)
    audit_id, digest = (sealed.audit_id, sealed.digest) if sealed is not None else (0, GENESIS)
    return Head(audit_id, digest, int(tx.one(_UNSEALED, after=audit_id).n))


def page(tx: Tx, limit: int, *, act: str | None = None, before: int | None = None) -> list[Act]:
    """Acts, newest first: of one kind, older than `before`."""
    clause = (
        select(
            _audit.c.id,
            _audit.c.at,
            _audit.c.actor,
            _staff.c.name,
            _audit.c.act,
            _audit.c.about,
            _audit.c.details,
        )
        .outerjoin(_staff, _staff.c.uid == _audit.c.actor)
        .order_by(_audit.c.id.desc())
        .limit(limit)
    )
    if act is not None:
        clause = clause.where(_audit.c.act == act)
    if before is not None:
        clause = clause.where(_audit.c.id < before)
    return [Act(*row) for row in tx.query(clause)]


def acts(tx: Tx) -> list[str]:
    """Every kind of act there is."""
    return [row.act for row in tx.query(select(_audit.c.act).distinct().order_by(_audit.c.act))]
