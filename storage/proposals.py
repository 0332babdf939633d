"""Proposals: a wording for a crisis, for consent or for stopping waits here until a second person signs exactly it.

Signing moves it to the wordings; who wrote it cannot, whatever a page says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, bindparam, select, text, update
from sqlmodel import Field, SQLModel

from storage.sql import InsertNew, Statement, Tx, Utc, any_of, table
from storage.staff import StaffRole, StaffRow

SIGNED, REFUSED, WITHDRAWN = OUTCOMES = ("signed", "refused", "withdrawn")
_OPEN_SQL = text("outcome IS NULL")


class ProposalRow(SQLModel, table=True):
    """A wording somebody wrote, and what became of it."""

    __tablename__ = "wording_proposals"
    __table_args__ = (
        CheckConstraint(any_of("outcome", *OUTCOMES), name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (closed_by IS NULL)", name="closed_by_somebody"),
        CheckConstraint("(outcome IS NULL) = (closed_at IS NULL)", name="closed_sometime"),
        CheckConstraint("(outcome = 'withdrawn') = (closed_by = staff_id)", name="second_person"),
        Index(
            "ix_wording_proposals_open",
            "language",
            "key",
            unique=True,
            sqlite_where=_OPEN_SQL,
            postgresql_where=_OPEN_SQL,
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    language: str
    key: str
    source: str
    """As Fluent writes it, without its key."""
    digest: str
    """Of the source: what a second person signs."""
    staff_id: int = Field(foreign_key="staff.id")
    at: datetime = Field(sa_type=Utc)
    outcome: str | None = None
    closed_by: int | None = Field(default=None, foreign_key="staff.id")
    closed_at: datetime | None = Field(default=None, sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A wording that waits, and who wrote it."""

    id: int
    language: str
    key: str
    source: str
    digest: str
    staff_id: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here, as far as signing asks."""

    id: int
    name: str
    languages: frozenset[str]
    roles: frozenset[str]
    """At any site: texts belong to the whole house."""


_p, _staff, _role = table(ProposalRow), table(StaffRow), table(StaffRole)
_COLUMNS = ("id", "language", "key", "source", "digest", "staff_id")
_NEW = InsertNew(_p, *_COLUMNS[1:], "at")
_WAITING = Statement(
    select(*(_p.c[name] for name in _COLUMNS), _staff.c.name, _p.c.at)
    .join(_staff, _staff.c.id == _p.c.staff_id)
    .where(_p.c.outcome.is_(None))
    .order_by(_p.c.id)
)
_COLLEAGUES = Statement(
    select(_staff.c.id, _staff.c.name, _staff.c.languages, _role.c.role)
    .join(_role, _role.c.staff_id == _staff.c.id)
    .where(_staff.c.active)
    .order_by(_staff.c.name, _staff.c.id)
)


def add(tx: Tx, language: str, key: str, source: str, digest: str, staff_id: int, now: datetime) -> bool:
    """Let a wording wait; False while another one of this text does."""
    values = {"language": language, "key": key, "source": source, "digest": digest, "staff_id": staff_id}
    return tx.run(_NEW, at=now, **values) == 1


def waiting(tx: Tx, language: str | None = None) -> list[Proposal]:
    """What waits, oldest first."""
    return [Proposal(*row) for row in tx.all(_WAITING) if language in (None, row.language)]


def close(
    tx: Tx, language: str, key: str, digest: str, outcome: str, staff_id: int, now: datetime
) -> Proposal | None:
    """End what waits for this text, when it is exactly this wording: its writer withdraws, another signs or refuses."""
    found = next((one for one in waiting(tx, language) if one.key == key), None)
    if found is None:
        return None
    hers = _p.c.staff_id == staff_id if outcome == WITHDRAWN else _p.c.staff_id != staff_id
    closed = tx.query(
        update(_p)
        .where(_p.c.id == found.id, _p.c.digest == digest, _p.c.outcome.is_(None), hers)
        .values(outcome=outcome, closed_by=staff_id, closed_at=bindparam("now", now, type_=Utc))
        .returning(_p.c.id)
    )
    return found if closed else None


def colleagues(tx: Tx) -> list[Colleague]:
    """Everybody who works here today."""
    rows = tx.all(_COLLEAGUES)
    roles: dict[int, set[str]] = {}
    for row in rows:
        roles.setdefault(row.id, set()).add(row.role)
    known = {row.id: (row.name, frozenset(row.languages or ())) for row in rows}
    return [Colleague(one, *about, frozenset(roles[one])) for one, about in known.items()]
