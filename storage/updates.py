"""What the platforms delivered: each update once, and those that could not be processed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlmodel import Field, SQLModel

from storage.sql import InsertNew, Statement, Tx, Utc, table


class UpdateRow(SQLModel, table=True):
    """The key of an update that was applied, in the same transaction as its effects."""

    __tablename__ = "updates"
    account: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc, index=True)


class FailedTurn(SQLModel, table=True):
    """An update whose turn raised three times: kept raw so that a person can see to it."""

    __tablename__ = "failed_turns"
    id: int | None = Field(default=None, primary_key=True)
    account: str
    external_id: str
    conversation_id: int | None = Field(default=None, foreign_key="conversations.id")
    raw: str
    error: str
    """The exception's class and place, never its text: that may hold her words."""
    at: datetime = Field(sa_type=Utc)
    done_at: datetime | None = Field(default=None, sa_type=Utc)


_updates = table(UpdateRow)
_failed = table(FailedTurn)
_FIRST = InsertNew(_updates, "account", "external_id", "at")
_FAIL = Statement(
    insert(_failed).values(
        {
            name: bindparam(name)
            for name in ("account", "external_id", "conversation_id", "raw", "error", "at")
        }
    )
)
_FORGET = Statement(delete(_updates).where(_updates.c.at < bindparam("before")))
_OPEN = Statement(
    select(_failed.c.id, _failed.c.conversation_id, _failed.c.account, _failed.c.error, _failed.c.at)
    .where(_failed.c.done_at.is_(None))
    .order_by(_failed.c.id)
    .limit(200)
)


def first_time(tx: Tx, account: str, external_id: str, now: datetime) -> bool:
    """Whether this update was never applied before; it counts as applied when the transaction commits."""
    return tx.run(_FIRST, account=account, external_id=external_id, at=now) == 1


def fail(
    tx: Tx, account: str, external_id: str, conversation_id: int | None, raw: str, error: str, now: datetime
) -> None:
    """Keep an update that cannot be processed."""
    tx.run(
        _FAIL,
        account=account,
        external_id=external_id,
        conversation_id=conversation_id,
        raw=raw,
        error=error,
        at=now,
    )


def forget(tx: Tx, before: datetime) -> int:
    """Drop the keys of updates so old that no platform repeats them; how many."""
    return tx.run(_FORGET, before=before)


def open_failures(tx: Tx) -> list[Any]:
    """Failed turns nobody has seen to, oldest first: id, conversation_id, account, error, at."""
    return tx.all(_OPEN)
