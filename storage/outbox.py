"""Claiming what may go out now, and recording what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)

from storage.conversations import ConversationRow
from storage.members import AddressRow, MemberRow
from storage.messages import ASKED_AGAIN, BROADCAST, OPEN, REPLY, RESEND_ONCE, MessageRow, Outgoing, is_state
from storage.sql import Statement, Tx, Utc, spelt, table
from storage.voices import Sound, sounds

_m = table(MessageRow)
_c = table(ConversationRow)
_a = table(AddressRow)
_p = table(MemberRow)
_earlier = _m.alias("earlier")
_spelt: list[ColumnElement[str]] = [literal_column(f"'{kind}'") for kind in ASKED_AGAIN]
_UNASKED_ALLOWED = or_(
    and_(_m.c.lane <= REPLY, or_(~_p.c.do_not_write, _m.c.kind.not_in(_spelt))),
    and_(
        ~_p.c.do_not_write,
        or_(
            _p.c.stopped_at.is_(None),
            and_(
                _p.c.keeps_reminders, or_(_m.c.kind.like("reminder%"), _m.c.kind == spelt("booking_change"))
            ),
        ),
    ),
)
_due = (
    select(_m.c.id)
    .join(_c, _c.c.id == _m.c.conversation_id)
    .join(_a, _a.c.id == _c.c.address_id)
    .join(_p, _p.c.id == _c.c.member_id)
    .where(
        is_state(_m.c.state, *OPEN),
        _m.c.account == bindparam("on_account"),
        _m.c.lane <= bindparam("lane_max"),
        _m.c.not_before <= bindparam("now"),
        or_(_m.c.expires_at.is_(None), _m.c.expires_at > bindparam("now")),
        _UNASKED_ALLOWED,
        ~exists().where(
            _earlier.c.conversation_id == _m.c.conversation_id,
            _earlier.c.id < _m.c.id,
            _earlier.c.lane <= _m.c.lane,
            is_state(_earlier.c.state, "queued", "retry", "sending"),
            or_(~_p.c.do_not_write, _earlier.c.kind.not_in(_spelt)),  # what may not leave holds nothing up
            or_(
                is_state(_earlier.c.state, "sending"),
                and_(
                    or_(is_state(_earlier.c.state, "retry"), _earlier.c.not_before <= bindparam("now")),
                    or_(_earlier.c.expires_at.is_(None), _earlier.c.expires_at > bindparam("now")),
                ),
            ),
        ),
    )
    .order_by(_m.c.lane, _m.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=_m, skip_locked=True)
)
# Spelt out, because SQLAlchemy drops the tables' names inside SQLite's RETURNING, and `id` alone is ambiguous.
_HER_ADDRESS: ColumnElement[str] = literal_column(
    "(SELECT addresses.external_id FROM conversations JOIN addresses ON addresses.id = conversations.address_id"
    " WHERE conversations.id = messages.conversation_id)",
    Text,
)
_CLAIM = Statement(
    update(_m)
    .where(_m.c.id.in_(_due.scalar_subquery()))
    .values(
        state="sending",
        attempt=_m.c.attempt + 1,
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until"),
    )
    .returning(
        _m.c.id,
        _m.c.conversation_id,
        _m.c.account,
        _HER_ADDRESS.label("external_id"),
        _m.c.kind,
        _m.c.text,
        _m.c.choices,
        _m.c.lane,
        _m.c.policy,
        _m.c.attempt,
        _m.c.voice_id,
    )
)
_this = and_(_m.c.id == bindparam("message_id"), _m.c.attempt == bindparam("this_attempt"))
_sending = and_(_this, is_state(_m.c.state, "sending"))
_mine = and_(_this, is_state(_m.c.state, "sending", "unknown"))
_free: dict[str, object] = {"lease_owner": None, "lease_until": None}
_SENT = Statement(
    update(_m)
    .where(_mine)
    .values(state="sent", provider_id=bindparam("provider"), sent_at=bindparam("now"), error=None, **_free)
)
_AGAIN = Statement(
    update(_m).where(_mine).values(state="retry", not_before=bindparam("at"), error=bindparam("why"), **_free)
)
# 'retry', not 'queued': a waiting 'retry' keeps what was said later in the same conversation behind it.
_PUT_BACK = Statement(
    update(_m)
    .where(_sending)
    .values(state="retry", attempt=_m.c.attempt - 1, not_before=bindparam("at"), **_free)
)
_AS_TEXT = Statement(
    update(_m)
    .where(_mine)
    .values(state="retry", not_before=bindparam("at"), error=bindparam("why"), voice_id=None, **_free)
)
_FAILED = Statement(update(_m).where(_mine).values(state="failed", error=bindparam("why"), **_free))
_resends = and_(_m.c.policy == RESEND_ONCE, _m.c.unconfirmed_at.is_(None))
_AGAIN_UNCONFIRMED: dict[str, object] = {
    "state": "retry",
    "not_before": bindparam("at"),
    "unconfirmed_at": bindparam("now"),
    "error": bindparam("why"),
    **_free,
}
_END_UNCONFIRMED: dict[str, object] = {
    "state": "unknown",
    "unconfirmed_at": func.coalesce(_m.c.unconfirmed_at, bindparam("now", type_=Utc)),
    "error": bindparam("why"),
    **_free,
}
_RESEND = Statement(update(_m).where(_sending, _resends).values(_AGAIN_UNCONFIRMED))
_UNKNOWN = Statement(update(_m).where(_sending).values(_END_UNCONFIRMED))
_dead = and_(
    is_state(_m.c.state, "sending"),
    or_(_m.c.lease_until <= bindparam("now"), _m.c.lease_owner == bindparam("dead_owner")),
)
_LOST_RESEND = Statement(update(_m).where(_dead, _resends).values(_AGAIN_UNCONFIRMED))
_LOST_UNKNOWN = Statement(update(_m).where(_dead).values(_END_UNCONFIRMED))
_UNREACHABLE = Statement(
    update(_a)
    .where(
        _a.c.id == select(_c.c.address_id).where(_c.c.id == bindparam("in_conversation")).scalar_subquery()
    )
    .values(reachable=False)
)

_STAFF_AGAIN = Statement(
    update(_m)
    .where(
        _m.c.id == bindparam("message_id"),
        _m.c.conversation_id == bindparam("in_conversation"),
        is_state(_m.c.kind, "staff", "staff_now"),
        _m.c.state.in_(("unknown", "failed", "expired")),
    )
    .values(
        state="queued",
        kind=bindparam("now_kind"),
        not_before=bindparam("at"),
        expires_at=bindparam("until", type_=Utc),
        unconfirmed_at=None,
        error=None,
        **_free,
    )
)

_FORBID = Statement(
    update(_m)
    .where(
        is_state(_m.c.state, *OPEN),
        or_(_m.c.lane > REPLY, _m.c.kind.in_(_spelt)),
        exists().where(_c.c.id == _m.c.conversation_id, _p.c.id == _c.c.member_id, ~_UNASKED_ALLOWED),
    )
    .values(state="cancelled", error=case((_m.c.kind.in_(_spelt), "do_not_write"), else_="stopped"))
)


def claim(
    tx: Tx, account: str, owner: str, *, now: datetime, until: datetime, limit: int, lane_max: int = BROADCAST
) -> list[Outgoing]:
    """Take up to `limit` messages that may go out, oldest of the most urgent lane first, one a conversation and lane.

    Stop, do-not-write, expiry and supersession are asked again here: this is the last look before the network.
    """
    rows = tx.all(
        _CLAIM, on_account=account, owner=owner, now=now, until=until, limit=limit, lane_max=lane_max
    )
    wanted = [row.voice_id for row in rows if row.voice_id is not None]
    heard: dict[int, Sound] = sounds(tx, account, wanted) if wanted else {}
    claimed = [
        Outgoing(
            r.id,
            r.conversation_id,
            r.account,
            r.external_id,
            r.kind,
            r.text,
            tuple((id_, label, bool(is_nav)) for id_, label, is_nav in r.choices or ()),
            r.lane,
            r.policy,
            r.attempt,
            heard.get(r.voice_id),
        )
        for r in rows
    ]
    return sorted(claimed, key=lambda message: (message.lane, message.id))


def sent(tx: Tx, message_id: int, attempt: int, provider_id: str, now: datetime) -> bool:
    """The provider accepted it."""
    return tx.run(_SENT, message_id=message_id, this_attempt=attempt, provider=provider_id, now=now) == 1


def again(tx: Tx, message_id: int, attempt: int, at: datetime, why: str) -> bool:
    """It certainly did not leave, or the provider asked to wait: try at `at`."""
    return tx.run(_AGAIN, message_id=message_id, this_attempt=attempt, at=at, why=why) == 1


def put_back(tx: Tx, message_id: int, attempt: int, at: datetime) -> bool:
    """It was claimed and not tried: as before, to be claimed from `at` on."""
    return tx.run(_PUT_BACK, message_id=message_id, this_attempt=attempt, at=at) == 1


def as_text(tx: Tx, message_id: int, attempt: int, at: datetime, why: str) -> bool:
    """Its recording was refused: its words go without it."""
    return tx.run(_AS_TEXT, message_id=message_id, this_attempt=attempt, at=at, why=why) == 1


def failed(tx: Tx, message_id: int, attempt: int, why: str) -> bool:
    """It was refused for good."""
    return tx.run(_FAILED, message_id=message_id, this_attempt=attempt, why=why) == 1


def unconfirmed(tx: Tx, message_id: int, attempt: int, why: str, *, now: datetime, at: datetime) -> str:
    """The answer was lost: 'retry' at `at` if its policy allows that once, else 'unknown' for people to see."""
    if tx.run(_RESEND, message_id=message_id, this_attempt=attempt, why=why, now=now, at=at):
        return "retry"
    tx.run(_UNKNOWN, message_id=message_id, this_attempt=attempt, why=why, now=now)
    return "unknown"


def lost(tx: Tx, now: datetime, at: datetime, dead_owner: str = "") -> int:
    """Messages whose sender died with them (its lease ran out, or it is `dead_owner`) are unconfirmed; how many."""
    resent = tx.run(_LOST_RESEND, now=now, at=at, why="lease", dead_owner=dead_owner)
    return resent + tx.run(_LOST_UNKNOWN, now=now, why="lease", dead_owner=dead_owner)


def unreachable(tx: Tx, conversation_id: int) -> None:
    """The provider says she cannot be written to there; her next word makes her reachable again."""
    tx.run(_UNREACHABLE, in_conversation=conversation_id)


def forbid(tx: Tx) -> int:
    """Close what may not be said any more: she stopped it while it was on the wire, and it came back; how many."""
    return tx.run(_FORBID)


def resend(
    tx: Tx, conversation_id: int, message_id: int, kind: str, *, at: datetime, until: datetime | None
) -> bool:
    """A person says: send it again. The same row is queued anew; of two clicks, or a late answer and a click, one wins.

    `attempt` goes on counting, so an answer to an attempt before this one changes nothing any more.
    """
    return (
        tx.run(
            _STAFF_AGAIN,
            message_id=message_id,
            in_conversation=conversation_id,
            now_kind=kind,
            at=at,
            until=until,
        )
        == 1
    )
