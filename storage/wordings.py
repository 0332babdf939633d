"""Wordings: the office's own texts with their history, who signed which text, and which languages members are offered.

What members read is kept in the process; `text_versions` moves on with every change of it, in the same transaction, so that
every process sees by one number that it has to load again. Signatures change nothing a member reads and leave it alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlmodel import Field, SQLModel

from storage.sql import InsertNew, Statement, Tx, Utc, table
from storage.staff import StaffRow

ONE = "texts"
"""The name of the one row of `text_versions`."""


class WordingRow(SQLModel, table=True):
    """One version of the office's own text in one language; without a source the shipped text holds again."""

    __tablename__ = "wordings"
    __table_args__ = (
        UniqueConstraint("language", "key", "version"),
        CheckConstraint("version > 0", name="version_counts"),
        CheckConstraint("second_id <> staff_id", name="two_people"),
    )
    id: int | None = Field(default=None, primary_key=True)
    language: str
    key: str
    version: int
    source: str | None = None
    """As Fluent writes it, without its key."""
    staff_id: int = Field(foreign_key="staff.id")
    at: datetime = Field(sa_type=Utc)
    second_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who signed it before it held; texts for a crisis, for consent and for stopping need one."""


class SignatureRow(SQLModel, table=True):
    """A reader stands for a text exactly as it was: it holds while the text has this digest."""

    __tablename__ = "text_signatures"
    __table_args__ = (UniqueConstraint("language", "key", "digest", "staff_id"),)
    id: int | None = Field(default=None, primary_key=True)
    language: str
    key: str
    digest: str
    staff_id: int = Field(foreign_key="staff.id")
    at: datetime = Field(sa_type=Utc)


class DecisionRow(SQLModel, table=True):
    """An admin opened or closed a language for members, and says why; the newest of a language holds."""

    __tablename__ = "language_decisions"
    id: int | None = Field(default=None, primary_key=True)
    language: str = Field(index=True)
    opened: bool
    reason: str
    staff_id: int = Field(foreign_key="staff.id")
    at: datetime = Field(sa_type=Utc)


class TopicName(SQLModel, table=True):
    """The public name of a topic of the office's own, in one language; at every site that has the topic it is the same."""

    __tablename__ = "topic_names"
    slug: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    name: str


class TextVersion(SQLModel, table=True):
    """Counts the changes of what members read; its row lock makes them follow each other."""

    __tablename__ = "text_versions"
    name: str = Field(primary_key=True)
    version: int


@dataclass(frozen=True, slots=True)
class Voice:
    """What a process has to know of a recording (`storage/voices.py`)."""

    id: int
    language: str
    key: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What a process has to know of the office's texts."""

    version: int
    sources: Mapping[tuple[str, str], str]
    """(language, key) -> source."""
    opened: frozenset[str]
    """Languages an admin opened to members."""
    alone: frozenset[tuple[str, str]] = frozenset()
    """(language, key) of the sources that no second person signed."""
    voices: tuple[Voice, ...] = ()
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(language, slug) -> public name of a topic of the office's own."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One version, and who wrote it."""

    key: str
    version: int
    source: str | None
    name: str
    at: datetime
    second: str | None = None
    """Who signed it before it held."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed what."""

    key: str
    digest: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """Who opened or closed a language, when and why."""

    language: str
    opened: bool
    reason: str
    name: str
    at: datetime


_w = table(WordingRow)
_s = table(SignatureRow)
_d = table(DecisionRow)
_v = table(TextVersion)
_n = table(TopicName)
_staff = table(StaffRow)
_second = _staff.alias()
_newest = (
    select(_w.c.language, _w.c.key, func.max(_w.c.version).label("version"))
    .group_by(_w.c.language, _w.c.key)
    .subquery()
)
_is_newest = and_(
    _newest.c.language == _w.c.language, _newest.c.key == _w.c.key, _newest.c.version == _w.c.version
)
_VERSION = Statement(select(_v.c.version).where(_v.c.name == ONE))
_FIRST = InsertNew(_v, "name", "version")
_MOVE_ON = Statement(update(_v).where(_v.c.name == ONE).values(version=_v.c.version + 1))
_SOURCES = Statement(
    select(_w.c.language, _w.c.key, _w.c.source, _w.c.second_id)
    .join(_newest, _is_newest)
    .where(_w.c.source.is_not(None))
)
_wording = (
    select(_w.c.key, _w.c.version, _w.c.source, _staff.c.name, _w.c.at, _second.c.name.label("second"))
    .join(_staff, _staff.c.id == _w.c.staff_id)
    .outerjoin(_second, _second.c.id == _w.c.second_id)
)
_CURRENT = Statement(_wording.join(_newest, _is_newest).where(_w.c.language == bindparam("of_language")))
_HISTORY = Statement(
    _wording.where(_w.c.language == bindparam("of_language"), _w.c.key == bindparam("of_key"))
    .order_by(_w.c.version.desc())
    .limit(bindparam("most"))
)
_PUT = InsertNew(_w, "language", "key", "version", "source", "staff_id", "at", "second_id")
_SIGN = InsertNew(_s, "language", "key", "digest", "staff_id", "at")
_SIGNED = Statement(
    select(_s.c.key, _s.c.digest, _staff.c.name, _s.c.at)
    .join(_staff, _staff.c.id == _s.c.staff_id)
    .where(_s.c.language == bindparam("of_language"))
    .order_by(_s.c.id.desc())
)
_NAMES = Statement(select(_n.c.slug, _n.c.language, _n.c.name))
_UNNAME = Statement(delete(_n).where(_n.c.slug == bindparam("of_slug")))
_NAME = InsertNew(_n, "slug", "language", "name")
_DECIDE = Statement(
    insert(_d).values({name: bindparam(name) for name in ("language", "opened", "reason", "staff_id", "at")})
)
_last = select(func.max(_d.c.id).label("id")).group_by(_d.c.language).subquery()
_OPENED = Statement(select(_d.c.language).join(_last, _last.c.id == _d.c.id).where(_d.c.opened))
_DECISIONS = Statement(
    select(_d.c.language, _d.c.opened, _d.c.reason, _staff.c.name, _d.c.at)
    .join(_staff, _staff.c.id == _d.c.staff_id)
    .where(_d.c.language == bindparam("of_language"))
    .order_by(_d.c.id.desc())
    .limit(bindparam("most"))
)


def version(tx: Tx) -> int:
    """How often what members read was changed."""
    row = tx.one(_VERSION)
    return 0 if row is None else int(row.version)


def standing(tx: Tx) -> Standing:
    """What holds now. The version is read first: what changes meanwhile is at worst loaded twice."""
    known = version(tx)
    rows = tx.all(_SOURCES)
    alone = frozenset((row.language, row.key) for row in rows if row.second_id is None)
    opened = frozenset(row.language for row in tx.all(_OPENED))
    return Standing(
        known, {(row.language, row.key): row.source for row in rows}, opened, alone, names=names(tx)
    )


def names(tx: Tx) -> dict[tuple[str, str], str]:
    """(language, slug) -> name of the office's own topics."""
    return {(row.language, row.slug): row.name for row in tx.all(_NAMES)}


def name_topic(tx: Tx, slug: str, told: Mapping[str, str]) -> None:
    """What a topic of the office's own is called from now on: language -> name, and no other language."""
    changes(tx)
    tx.run(_UNNAME, of_slug=slug)
    for language, name in sorted(told.items()):
        tx.run(_NAME, slug=slug, language=language, name=name)


def changes(tx: Tx) -> None:
    """What members read is about to change: whoever else changes it waits for this transaction."""
    tx.run(_FIRST, name=ONE, version=0)
    tx.run(_MOVE_ON)


def put(
    tx: Tx,
    language: str,
    new: Sequence[tuple[str, str | None, int]],
    staff_id: int,
    now: datetime,
    second_id: int | None = None,
) -> bool:
    """Write (key, source, version it follows) of one language, all or none; False when one was changed meanwhile."""
    changes(tx)
    with tx.attempt() as attempt:
        for key, source, after in new:
            values = {"language": language, "key": key, "version": after + 1, "source": source}
            if tx.run(_PUT, staff_id=staff_id, at=now, second_id=second_id, **values) != 1:
                attempt.give_up()
                return False
    return True


def current(tx: Tx, language: str) -> dict[str, Wording]:
    """Key -> newest version of every text the office ever changed in this language."""
    return {row.key: Wording(*row) for row in tx.all(_CURRENT, of_language=language)}


def history(tx: Tx, language: str, key: str, most: int) -> list[Wording]:
    """The versions of one text, newest first."""
    return [Wording(*row) for row in tx.all(_HISTORY, of_language=language, of_key=key, most=most)]


def sign(tx: Tx, language: str, key: str, digest: str, staff_id: int, now: datetime) -> bool:
    """She stands for this text as it is; False when she did before."""
    return tx.run(_SIGN, language=language, key=key, digest=digest, staff_id=staff_id, at=now) == 1


def signatures(tx: Tx, language: str) -> list[Signature]:
    """Every signature in this language, newest first."""
    return [Signature(*row) for row in tx.all(_SIGNED, of_language=language)]


def decide(tx: Tx, language: str, staff_id: int, now: datetime, *, opened: bool, reason: str) -> None:
    """Open a language to members, or close it."""
    changes(tx)
    tx.run(_DECIDE, language=language, opened=opened, reason=reason, staff_id=staff_id, at=now)


def decisions(tx: Tx, language: str, most: int) -> list[Decision]:
    """What was decided of a language, newest first."""
    return [
        Decision(row.language, bool(row.opened), *row[2:])
        for row in tx.all(_DECISIONS, of_language=language, most=most)
    ]
