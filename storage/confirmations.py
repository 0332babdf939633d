"""Asking the owner organisation "still correct?": a link that works once, what was answered, and what staff did about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, bindparam, delete, select, update
from sqlmodel import Field, SQLModel

from storage.services import ServiceRow
from storage.sql import InsertNew, Statement, Tx, Utc, any_of, table

LASTS = timedelta(days=14)
WORDS_MAX = 1000
RIGHT, CHANGED = "right", "changed"


class ConfirmationRow(SQLModel, table=True):
    """One question to an organisation; only a digest of its link is kept."""

    __tablename__ = "confirmations"
    __table_args__ = (
        CheckConstraint(any_of("answer", RIGHT, CHANGED), name="answer_known"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at_once"),
    )
    id: int | None = Field(default=None, primary_key=True)
    service_id: int = Field(foreign_key="services.id", index=True)
    token_hash: str = Field(unique=True)
    months: int
    """For how long a yes holds."""
    created_by: int = Field(foreign_key="staff.id")
    created_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    answer: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=Utc)
    words: str | None = None
    """What changed, as a stranger wrote it; gone when staff have seen to it."""
    settled_at: datetime | None = Field(default=None, sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that can still be answered."""

    id: int
    service_id: int
    site_id: int
    months: int
    created_by: int


@dataclass(frozen=True, slots=True)
class Report:
    """What an organisation wrote, not seen to yet."""

    id: int
    words: str
    answered_at: datetime


_c, _s = table(ConfirmationRow), table(ServiceRow)
_OFFER = InsertNew(_c, "service_id", "token_hash", "months", "created_by", "created_at", "expires_at")
_WITHDRAW = Statement(delete(_c).where(_c.c.service_id == bindparam("about"), _c.c.answer.is_(None)))
_open = (
    _c.c.token_hash == bindparam("hashed"),
    _c.c.answer.is_(None),
    _c.c.expires_at > bindparam("now", type_=Utc),
)
_LOOK = Statement(
    select(_c.c.id, _c.c.service_id, _s.c.site_id, _c.c.months, _c.c.created_by)
    .join(_s, _s.c.id == _c.c.service_id)
    .where(*_open)
)
_ANSWER = Statement(
    update(_c)
    .where(*_open)
    .values(answer=bindparam("told"), words=bindparam("new_words"), answered_at=bindparam("now"))
)
_REPORTS = Statement(
    select(_c.c.id, _c.c.words, _c.c.answered_at)
    .where(_c.c.service_id == bindparam("about"), _c.c.answer == CHANGED, _c.c.settled_at.is_(None))
    .order_by(_c.c.id)
)
_SETTLE = Statement(
    update(_c)
    .where(
        _c.c.id == bindparam("one"),
        _c.c.service_id == bindparam("about"),
        _c.c.answer == CHANGED,
        _c.c.settled_at.is_(None),
    )
    .values(settled_at=bindparam("now"), words=None)
)
_WAITING = Statement(
    select(_c.c.expires_at)
    .where(
        _c.c.service_id == bindparam("about"),
        _c.c.answer.is_(None),
        _c.c.expires_at > bindparam("now", type_=Utc),
    )
    .limit(1)
)


def offer(tx: Tx, service_id: int, token_hash: str, months: int, staff_id: int, now: datetime) -> None:
    """Ask with a new link; an older one without an answer ends."""
    tx.run(_WITHDRAW, about=service_id)
    tx.run(
        _OFFER,
        service_id=service_id,
        token_hash=token_hash,
        months=months,
        created_by=staff_id,
        created_at=now,
        expires_at=now + LASTS,
    )


def waiting(tx: Tx, service_id: int, now: datetime) -> datetime | None:
    """Until when an organisation may still answer; None when nobody was asked."""
    row = tx.one(_WAITING, about=service_id, now=now)
    return None if row is None else row.expires_at


def look(tx: Tx, token_hash: str, now: datetime) -> Asked | None:
    """What a link asks about, as long as it holds."""
    row = tx.one(_LOOK, hashed=token_hash, now=now)
    return None if row is None else Asked(*row)


def answer(tx: Tx, token_hash: str, told: str, words: str | None, now: datetime) -> bool:
    """Use the link up; False when somebody did before."""
    kept = words[:WORDS_MAX] if words else None
    return tx.run(_ANSWER, hashed=token_hash, told=told, new_words=kept, now=now) == 1


def reports(tx: Tx, service_id: int) -> list[Report]:
    """What its organisation wrote and nobody has seen to."""
    return [Report(row.id, row.words or "", row.answered_at) for row in tx.all(_REPORTS, about=service_id)]


def settle(tx: Tx, report_id: int, service_id: int, now: datetime) -> bool:
    """Seen to: the words go; False when they had gone before."""
    return tx.run(_SETTLE, one=report_id, about=service_id, now=now) == 1
