"""After a restore: what an older copy would say or call by itself is held until a person says yes or no.

`settle` runs once, before anything serves the restored database. Replies that had not left and calls to colleagues become held
rows; what the clock brings due is decided as skipped, with the reason `restored`, as long as it was due before the restore. A
person releases or drops each kind: then `flows/due.py` decides it anew by today's facts and rules, or nobody does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    false,
    func,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlmodel import SQLModel

from storage import sites
from storage.cards import CardLink
from storage.checks import CheckPass
from storage.confirmations import ConfirmationRow
from storage.conversations import ConversationRow
from storage.daysoff import DayOffRow
from storage.duty import AlertSend, StaffLink
from storage.feeds import FeedRow
from storage.links import LinkCode
from storage.media import MediaRow
from storage.messages import MessageRow
from storage.mydata import DataLink
from storage.notices import NoticeRow
from storage.sql import Statement, Tx, table
from storage.staff import Invitation, StaffSession
from storage.topics import TopicRow

RESTORED = "restored"
"""The reason of everything held, and the mark that says when."""
COPIED = "restored_copy"
"""The mark that says when the copy was made."""
DROPPED = "dropped"
"""The reason of a notice a person decided against."""
CALLS = "calls"
"""The kind under which calls to colleagues stand."""
DAYS_OFF = "days_off"
"""The kind under which days stand that were called off and whose meetings are not all cancelled."""
RELEASED = "released:"
"""Begins the mark of a kind that may be said after all."""
PAGES = "web"
"""The account whose messages are fetched by her own page, never sent."""
JUMP = 1_000_000
"""Numbers left out in every table: what was written after the copy had them, and a button on a phone may still name one."""
PIECE = 100
"""Rows released or dropped in one unit of work."""

_m, _n, _c = (table(row) for row in (MessageRow, NoticeRow, ConversationRow))
_d, _t, _f = table(AlertSend), table(TopicRow), table(MediaRow)
_o = table(DayOffRow)
_newer = _m.alias("newer")
_free: dict[str, Any] = {"lease_owner": None, "lease_until": None}
_HELD = and_(_m.c.state == "skipped", _m.c.error == RESTORED)
_HELD_NOTICE = and_(_n.c.decision == "skipped", _n.c.reason == RESTORED)
_HELD_CALL = and_(_d.c.state == "cancelled", _d.c.error == RESTORED)
_UNCERTAIN = Statement(
    update(_m)
    .where(_m.c.state == "sending")
    .values(
        state="unknown",
        unconfirmed_at=func.coalesce(_m.c.unconfirmed_at, bindparam("at", type_=_m.c.created_at.type)),
        error=RESTORED,
        **_free,
    )
)
_WAITS = and_(_m.c.state.in_(("queued", "retry")), _m.c.account != PAGES)
# What the clock brought is decided anew if a person wants it: by then the appointment may be another one.
_WITHDRAW = Statement(
    update(_m)
    .where(_WAITS, exists().where(_n.c.message_id == _m.c.id))
    .values(state="cancelled", error=RESTORED, **_free)
)
_UNDECIDED = Statement(
    update(_n)
    .where(exists().where(_m.c.id == _n.c.message_id, _m.c.state == "cancelled", _m.c.error == RESTORED))
    .values(decision="skipped", reason=RESTORED, message_id=None)
)
_HOLD = Statement(update(_m).where(_WAITS).values(state="skipped", error=RESTORED, **_free))
_CALL_UNCERTAIN = Statement(update(_d).where(_d.c.state == "sending").values(state="unknown", error=RESTORED))
_CALL_HOLD = Statement(
    update(_d).where(_d.c.state.in_(("queued", "retry"))).values(state="cancelled", error=RESTORED)
)
_LAST = (
    select(func.max(_newer.c.id)).where(_newer.c.conversation_id == _t.c.conversation_id).scalar_subquery()
)
_TOLD = Statement(update(_t).values(told_to=func.coalesce(_LAST, _t.c.told_to), replies=[], notes=[]))
# Fetching it now might end in a line to her about something she sent long ago; staff see that it is not there.
_UNFETCHED = Statement(
    update(_f)
    .where(_f.c.state == "wanted", _f.c.chosen_at.is_not(None))
    .values(state="failed", error=RESTORED, provider_ref=None)
)
# A chat that a person has is not idle because the machine was away.
_TOUCHED = Statement(update(_c).where(_c.c.owner == "person").values(touched_at=bindparam("at")))
_q = table(ConfirmationRow)
_OPENS = (StaffSession, Invitation, StaffLink, DataLink, LinkCode, FeedRow, CardLink, CheckPass)
_ENDED = (
    *(Statement(delete(table(row))) for row in _OPENS),
    # An answer stays: its link was used up.
    Statement(delete(_q).where(_q.c.answer.is_(None))),
)


def settle(tx: Tx, copied_at: datetime, now: datetime) -> dict[str, int]:
    """Make a restored copy harmless, once; what was held, by kind of row."""
    counts = {
        "uncertain": tx.run(_UNCERTAIN, at=now) + tx.run(_CALL_UNCERTAIN),
        "notices": tx.run(_WITHDRAW),
        "replies": tx.run(_HOLD),
        "calls": tx.run(_CALL_HOLD),
    }
    tx.run(_UNDECIDED)
    tx.run(_TOLD)
    tx.run(_UNFETCHED)
    tx.run(_TOUCHED, at=now)
    for statement in _ENDED:  # a link that was used or taken back since then would open once more
        tx.run(statement)
    _leave_numbers_out(tx)
    sites.mark(tx, COPIED, copied_at)
    sites.mark(tx, RESTORED, now)
    return counts


def _leave_numbers_out(tx: Tx) -> None:
    for of in SQLModel.metadata.sorted_tables:
        if "id" not in of.primary_key.columns:
            continue
        if tx.dialect.name == "sqlite":
            sequence = text("UPDATE sqlite_sequence SET seq = seq + :jump WHERE name = :name")
            tx.query(sequence, jump=JUMP, name=of.name)
            begin = text(
                "INSERT INTO sqlite_sequence (name, seq) SELECT :name, :jump"
                " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)"
            )
            tx.query(begin, jump=JUMP, name=of.name)
        else:
            sequence_of = cast(func.pg_get_serial_sequence(of.name, "id"), REGCLASS)
            tx.query(select(func.setval(sequence_of, func.nextval(sequence_of) + literal(JUMP)).label("to")))


# --- what the clock brings --------------------------------------------------------------------------------


def held_until(tx: Tx, kind: str) -> datetime | None:
    """What of this kind was due up to then is not said by itself; None when nothing is held."""
    restored = sites.marked(tx, RESTORED)
    if restored is None:
        return None
    released = sites.marked(tx, RELEASED + kind)
    return None if released is not None and released >= restored else restored


# --- what a person decides --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Restore:
    """The last restore, and what is held since: (kind, how many) sorted by kind."""

    copied_at: datetime
    restored_at: datetime
    uncertain: int
    messages: tuple[tuple[str, int], ...]
    notices: tuple[tuple[str, int], ...]
    calls: int
    days_off: int


def last(tx: Tx) -> Restore | None:
    """The last restore; None when there was none."""
    restored, copied = sites.marked(tx, RESTORED), sites.marked(tx, COPIED)
    if restored is None or copied is None:
        return None
    return Restore(
        copied,
        restored,
        _count(tx, _m, and_(_m.c.state == "unknown", _m.c.error == RESTORED)),
        _kinds(tx, _m, _HELD),
        _kinds(tx, _n, _HELD_NOTICE),
        _count(tx, _d, _HELD_CALL),
        _count(tx, _o, _held_day(tx)),
    )


def count_held(tx: Tx) -> int:
    """How much waits for a person's yes or no."""
    held = ((_m, _HELD), (_n, _HELD_NOTICE), (_d, _HELD_CALL), (_o, _held_day(tx)))
    return sum(_count(tx, of, where) for of, where in held)


def _held_day(tx: Tx) -> ColumnElement[bool]:
    """Called off before the restore, not finished, and nobody said yes or no."""
    held = held_until(tx, DAYS_OFF)
    return and_(_o.c.done_at.is_(None), _o.c.at <= held) if held is not None else false()


def _count(tx: Tx, of: Any, where: ColumnElement[bool]) -> int:
    return int(tx.query(select(func.count().label("n")).select_from(of).where(where))[0].n)


def _kinds(tx: Tx, of: Any, where: ColumnElement[bool]) -> tuple[tuple[str, int], ...]:
    rows = tx.query(
        select(of.c.kind, func.count().label("n")).where(where).group_by(of.c.kind).order_by(of.c.kind)
    )
    return tuple((row.kind, int(row.n)) for row in rows)


def release(tx: Tx, what: str, kind: str, now: datetime) -> int:
    """A person says yes to one piece of a kind (`what`: messages, notices, calls, days); how many, 0 when nothing is left."""
    if what == "messages":
        return _release_messages(tx, kind, now)
    if what == "notices":
        return _release_notices(tx, kind, now)
    if what == "days":
        days = _count(tx, _o, _held_day(tx))
        sites.mark(tx, RELEASED + DAYS_OFF, now)  # the next tick goes on with them
        return days
    return _change(
        tx,
        _d,
        _HELD_CALL,
        {"state": "queued", "error": None, "not_before": now},
    )


def drop(tx: Tx, what: str, kind: str, now: datetime) -> int:
    """A person says no to one piece of a kind; how many rows, 0 when nothing is left."""
    if what == "messages":
        return _change(tx, _m, and_(_HELD, _m.c.kind == kind), {"state": "cancelled"})
    if what == "notices":
        return _change(tx, _n, and_(_HELD_NOTICE, _n.c.kind == kind), {"reason": DROPPED})
    if what == "days":  # nobody books them, but the meetings they still have stay
        return _change(tx, _o, _held_day(tx), {"done_at": now})
    return _change(tx, _d, _HELD_CALL, {"error": DROPPED})


def _release_messages(tx: Tx, kind: str, now: datetime) -> int:
    """Queued again, unless something newer was said in that chat: then the old word would only confuse her."""
    held = and_(_HELD, _m.c.kind == kind)
    restored = sites.marked(tx, RESTORED) or now
    overtaken = exists().where(
        _newer.c.conversation_id == _m.c.conversation_id,
        _newer.c.id > _m.c.id,
        _newer.c.created_at >= restored,
    )
    dropped = _change(tx, _m, and_(held, overtaken), {"state": "cancelled"})
    return dropped or _change(tx, _m, held, {"state": "queued", "error": None, "not_before": now})


def _release_notices(tx: Tx, kind: str, now: datetime) -> int:
    """Undecided again: the next tick decides by today's facts, and by how late each kind may be."""
    sites.mark(tx, RELEASED + kind, now)
    held = and_(_HELD_NOTICE, _n.c.kind == kind)
    ids = _some(tx, _n, held)
    if ids:
        tx.query(delete(_n).where(_n.c.id.in_(ids)))
    return len(ids)


def _change(tx: Tx, of: Any, where: ColumnElement[bool], values: dict[str, Any]) -> int:
    ids = _some(tx, of, where)
    if ids:
        tx.query(update(of).where(of.c.id.in_(ids), where).values(values))
    return len(ids)


def _some(tx: Tx, of: Any, where: ColumnElement[bool]) -> list[int]:
    return [row.id for row in tx.query(select(of.c.id).where(where).order_by(of.c.id).limit(PIECE))]
