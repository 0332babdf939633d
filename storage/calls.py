"""Calls: one person told of one alert by one way, as rows before anything leaves the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, or_, select, update

from storage.duty import AlertRow, AlertSend
from storage.sql import InsertNew, Statement, Tx, Utc, table
from storage.staff import PushSubscription, StaffRow

PUSH, TELEGRAM = "push", "telegram"
LOST = "lost"
"""The answer of a call was lost once; a second time ends it."""


@dataclass(frozen=True, slots=True)
class Call:
    """A claimed send: who is told what by which way."""

    id: int
    attempt: int
    alert_id: int
    uid: str
    kind: str
    staff_id: int
    way: str
    language: str
    telegram_id: str | None


_a = table(AlertRow)
_d = table(AlertSend)
_staff = table(StaffRow)
_push = table(PushSubscription)
_OPEN = and_(_a.c.acknowledged_at.is_(None), _a.c.closed_at.is_(None))
_CALLED = Statement(select(_d.c.staff_id).distinct().where(_d.c.alert_id == bindparam("of_alert")))
_WAYS = Statement(
    select(
        _staff.c.telegram_id,
        exists().where(_push.c.staff_id == _staff.c.id).label("has_push"),
    ).where(_staff.c.id == bindparam("of_staff"), _staff.c.active)
)
_CALL = InsertNew(
    _d, "alert_id", "step", "staff_id", "way", "state", "attempt", "not_before", "created_at", returning="id"
)
_HAS_LOST = _d.c.error == LOST
_SENDABLE = _d.c.state.in_(("queued", "retry"))
_DUE_CALLS = Statement(
    select(
        _d.c.id,
        _d.c.attempt,
        _d.c.alert_id,
        _a.c.uid,
        _a.c.kind,
        _d.c.staff_id,
        _d.c.way,
        _staff.c.language,
        _staff.c.telegram_id,
    )
    .join(_a, _a.c.id == _d.c.alert_id)
    .join(_staff, _staff.c.id == _d.c.staff_id)
    .where(_SENDABLE, _d.c.not_before <= bindparam("now", type_=Utc), _OPEN, _staff.c.active)
    .order_by(_d.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=_d, skip_locked=True)
)
_CLAIM = Statement(
    update(_d)
    .where(_d.c.id == bindparam("call_id"), _SENDABLE)
    .values(state="sending", attempt=_d.c.attempt + 1, not_before=bindparam("until"))
)
_mine = and_(
    _d.c.id == bindparam("call_id"), _d.c.attempt == bindparam("this_attempt"), _d.c.state == "sending"
)
_SENT = Statement(update(_d).where(_mine).values(state="sent", sent_at=bindparam("now"), error=None))
_FAILED = Statement(update(_d).where(_mine).values(state="failed", error=bindparam("why")))
_AGAIN = Statement(
    update(_d)
    .where(_mine)
    .values(state="retry", not_before=bindparam("at"), error=case((_HAS_LOST, LOST), else_=bindparam("why")))
)
_LOST_AGAIN = Statement(
    update(_d)
    .where(_mine, or_(_d.c.error.is_(None), ~_HAS_LOST))
    .values(state="retry", not_before=bindparam("at"), error=LOST)
)
_LOST_END = Statement(update(_d).where(_mine).values(state="unknown", error=LOST))
_dead = and_(_d.c.state == "sending", _d.c.not_before <= bindparam("now", type_=Utc))
_DEAD_AGAIN = Statement(
    update(_d)
    .where(_dead, or_(_d.c.error.is_(None), ~_HAS_LOST))
    .values(state="retry", not_before=bindparam("now"), error=LOST)
)
_DEAD_END = Statement(update(_d).where(_dead).values(state="unknown", error=LOST))
_CANCEL = Statement(
    update(_d)
    .where(
        _SENDABLE,
        exists().where(
            _a.c.id == _d.c.alert_id, or_(_a.c.acknowledged_at.is_not(None), _a.c.closed_at.is_not(None))
        ),
    )
    .values(state="cancelled", error="over")
)
_STATES = Statement(
    select(_d.c.step, _d.c.staff_id, _d.c.way, _d.c.state, _d.c.attempt, _d.c.error)
    .where(_d.c.alert_id == bindparam("of_alert"))
    .order_by(_d.c.id)
)


def called(tx: Tx, alert_id: int) -> frozenset[int]:
    """Who was called to this alert."""
    return frozenset(row.staff_id for row in tx.all(_CALLED, of_alert=alert_id))


def ways(tx: Tx, staff_id: int) -> tuple[str, ...]:
    """The ways a person can be reached with the console closed."""
    row = tx.one(_WAYS, of_staff=staff_id)
    if row is None:
        return ()
    return tuple(way for way, has in ((TELEGRAM, row.telegram_id), (PUSH, row.has_push)) if has)


def add(tx: Tx, alert_id: int, step: int, staff_id: int, now: datetime) -> int:
    """Queue a call to one person by every way she has; how many."""
    return sum(
        tx.one(
            _CALL,
            alert_id=alert_id,
            step=step,
            staff_id=staff_id,
            way=way,
            state="queued",
            attempt=0,
            not_before=now,
            created_at=now,
        )
        is not None
        for way in ways(tx, staff_id)
    )


def claim(tx: Tx, now: datetime, until: datetime, limit: int) -> list[Call]:
    """Take up to `limit` calls that are due; whoever dies with them loses them at `until`."""
    return [
        Call(row.id, row.attempt + 1, *row[2:])
        for row in tx.all(_DUE_CALLS, now=now, limit=limit)
        if tx.run(_CLAIM, call_id=row.id, until=until) == 1
    ]


def sent(tx: Tx, one: Call, now: datetime) -> bool:
    """The provider took it."""
    return tx.run(_SENT, call_id=one.id, this_attempt=one.attempt, now=now) == 1


def failed(tx: Tx, one: Call, why: str) -> bool:
    """It was refused for good."""
    return tx.run(_FAILED, call_id=one.id, this_attempt=one.attempt, why=why) == 1


def again(tx: Tx, one: Call, at: datetime, why: str) -> bool:
    """It certainly did not leave: try at `at`."""
    return tx.run(_AGAIN, call_id=one.id, this_attempt=one.attempt, at=at, why=why) == 1


def unconfirmed(tx: Tx, one: Call, at: datetime) -> str:
    """The answer was lost: once it is sent again, because two calls are better than none."""
    if tx.run(_LOST_AGAIN, call_id=one.id, this_attempt=one.attempt, at=at):
        return "retry"
    tx.run(_LOST_END, call_id=one.id, this_attempt=one.attempt)
    return "unknown"


def lost(tx: Tx, now: datetime) -> int:
    """Calls whose sender died with them are unconfirmed; how many."""
    return tx.run(_DEAD_AGAIN, now=now) + tx.run(_DEAD_END, now=now)


def of(tx: Tx, alert_id: int) -> list[Any]:
    """Every call of an alert: step, staff_id, way, state, attempt, error."""
    return tx.all(_STATES, of_alert=alert_id)


def cancel_over(tx: Tx) -> int:
    """Whoever was to be called to an alert that is over is left in peace; how many calls."""
    return tx.run(_CANCEL)
