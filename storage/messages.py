"""Messages in and out. An outgoing message is a row before anything is sent; only delivery sends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Index,
    bindparam,
    case,
    func,
    or_,
    select,
    text,
    update,
)
from sqlmodel import Field, SQLModel

from storage.conversations import ConversationRow
from storage.sql import InsertOne, Json, Statement, Tx, Utc, any_of, spelt, table
from storage.voices import Sound

CRISIS, REPLY, NOTICE, BROADCAST = 0, 1, 2, 3
"""Lanes: a lower one goes first."""
RESEND_ONCE, NEVER_RESEND, RENDER_AGAIN, ASK_STAFF = (
    "resend_once",
    "never_resend",
    "render_again",
    "ask_staff",
)
"""What becomes of a message whose answer was lost (classes A, B, C, D)."""
OPEN = ("queued", "retry")
STATES = (
    "received",
    "queued",
    "sent",
    "sending",
    "retry",
    "unknown",
    "failed",
    "cancelled",
    "expired",
    "skipped",
)
"""The frequent ones first."""
REPLY_KINDS = frozenset({"answer", "safety", "failed_line", "stop_line", "person_line"})
ASKED_AGAIN = ("staff", "handover_line")
"""Written by or about a person and queued as replies: *do not write* is asked again before they leave."""
STAFF_KINDS = frozenset({*ASKED_AGAIN, "staff_now", "handover_now"})
ID_MAX = 2**31 - 1
_OPEN_SQL = text(any_of("state", *OPEN))
_UNASKED_SQL = text("lane >= 2 AND answered = false")
_BUSY_SQL = text(any_of("state", *OPEN, "sending"))


def is_state(column: ColumnElement[str], *states: str) -> ColumnElement[bool]:
    """The states spelt out in the SQL: neither planner uses a partial index for a value it is only given later."""
    return or_(*(column == spelt(state) for state in states))


class MessageRow(SQLModel, table=True):
    """One message. `state` of an incoming one is 'received'."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint(
            any_of("state", *STATES),
            name="state_known",
        ),
        CheckConstraint("state <> 'sent' OR provider_id IS NOT NULL", name="sent_has_provider_id"),
        CheckConstraint("(state = 'received') = (outgoing = false)", name="received_is_incoming"),
        Index("ix_messages_due", "account", "lane", "id", sqlite_where=_OPEN_SQL, postgresql_where=_OPEN_SQL),
        Index(
            "ix_messages_busy", "conversation_id", "id", sqlite_where=_BUSY_SQL, postgresql_where=_BUSY_SQL
        ),
        Index(
            "ix_messages_leased",
            "lease_until",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index("ix_messages_conversation", "conversation_id", "id"),
        Index(
            "ix_messages_unasked",
            "conversation_id",
            "id",
            sqlite_where=_UNASKED_SQL,
            postgresql_where=_UNASKED_SQL,
        ),
        Index(
            "ix_messages_subject",
            "subject",
            sqlite_where=text("subject IS NOT NULL"),
            postgresql_where=text("subject IS NOT NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversations.id")
    account: str
    outgoing: bool
    kind: str
    """What it is (answer, safety, reminder_day …): the contact rules and the call list go by it."""
    text: str
    choices: Any = Field(default=None, sa_type=Json, nullable=True)
    """[[id, label, is_nav], …] as she sees them."""
    stack: Any = Field(default=None, sa_type=Json, nullable=True)
    """The screens it showed: a tap on it restores them."""
    language: str | None = None
    lane: int = REPLY
    policy: str = RENDER_AGAIN
    state: str
    subject: str | None = None
    """What it is about, as `booking:17`: a change of that cancels what is still queued."""
    answered: bool = False
    not_before: datetime = Field(sa_type=Utc)
    expires_at: datetime | None = Field(default=None, sa_type=Utc)
    attempt: int = 0
    unconfirmed_at: datetime | None = Field(default=None, sa_type=Utc)
    """When the provider's answer was lost for the first time: a second loss ends it."""
    lease_owner: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=Utc)
    provider_id: str | None = None
    error: str | None = None
    created_at: datetime = Field(sa_type=Utc)
    sent_at: datetime | None = Field(default=None, sa_type=Utc)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who wrote it, when a person did."""
    voice_id: int | None = None
    """The recording that goes with it, because she asked to hear it. No key: a recording's row is never removed."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed message, all that a channel needs to render and send it."""

    id: int
    conversation_id: int
    account: str
    external_id: str
    kind: str
    text: str
    choices: tuple[tuple[str, str, bool], ...]
    lane: int
    policy: str
    attempt: int
    sound: Sound | None = None
    """What she asked to hear."""


class Shown(NamedTuple):
    """A message she was sent, as the engine needs it for a tap or a typed answer."""

    id: int
    kind: str
    text: str
    choices: list[list[Any]]
    stack: list[Any]
    state: str
    sent_at: datetime | None

    @property
    def is_reply(self) -> bool:
        """Whether it answered something she said."""
        return self.kind in REPLY_KINDS


_m = table(MessageRow)
_c = table(ConversationRow)
_HEAR = InsertOne(
    _m,
    {
        "conversation_id": bindparam("conversation_id"),
        "account": bindparam("account"),
        "outgoing": spelt(False),
        "kind": bindparam("kind"),
        "text": bindparam("text"),
        "lane": spelt(REPLY),
        "policy": spelt(NEVER_RESEND),
        "state": spelt("received"),
        "answered": spelt(False),
        "attempt": spelt(0),
        "not_before": bindparam("now"),
        "created_at": bindparam("now"),
    },
)
_OUT = (
    "conversation_id",
    "account",
    "kind",
    "text",
    "choices",
    "stack",
    "language",
    "lane",
    "policy",
    "subject",
    "not_before",
    "expires_at",
    "staff_id",
)
_ADD = InsertOne(
    _m,
    {name: bindparam(name) for name in _OUT}
    | {
        "outgoing": spelt(True),
        "state": spelt("queued"),
        "answered": spelt(False),
        "attempt": spelt(0),
        "created_at": bindparam("now"),
    },
)
_SPEAKS = Statement(
    update(_m).where(_m.c.id == bindparam("message_id")).values(voice_id=bindparam("of_voice"))
)
_shown = (_m.c.id, _m.c.kind, _m.c.text, _m.c.choices, _m.c.stack, _m.c.state, _m.c.sent_at)
_FIND = Statement(
    select(*_shown).where(
        _m.c.id == bindparam("message_id"),
        _m.c.conversation_id == bindparam("conversation_id"),
        _m.c.outgoing,
    )
)
_QUESTION = (
    _m.c.conversation_id == bindparam("conversation_id"),
    _m.c.outgoing,
    is_state(_m.c.state, "sent"),
    _m.c.choices.is_not(None),
)
_NEWEST = _m.c.id.desc()
_ASKING = Statement(
    select(*_shown)
    .where(*_QUESTION, _m.c.id >= bindparam("asking_from"), _m.c.lane <= REPLY)
    .order_by(_NEWEST)
    .limit(2)
)
_UNASKED = Statement(
    select(*_shown).where(*_QUESTION, text("lane >= 2 AND answered = false")).order_by(_NEWEST).limit(2)
)
_ANSWERED = Statement(
    update(_m).where(_m.c.id == bindparam("message_id"), _m.c.lane >= NOTICE).values(answered=True)
)


def hear(tx: Tx, conversation_id: int, account: str, kind: str, words: str, now: datetime) -> int:
    """Store what she sent; its id."""
    return tx.insert(_HEAR, conversation_id=conversation_id, account=account, kind=kind, text=words, now=now)


def add(  # noqa: PLR0913 - a message has so many columns
    tx: Tx,
    conversation_id: int,
    account: str,
    kind: str,
    words: str,
    *,
    now: datetime,
    choices: list[list[Any]] | None = None,
    stack: list[Any] | None = None,
    language: str | None = None,
    lane: int = REPLY,
    policy: str = RENDER_AGAIN,
    subject: str | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    staff_id: int | None = None,
    voice_id: int | None = None,
) -> int:
    """Queue a message; its id."""
    message_id = tx.insert(
        _ADD,
        conversation_id=conversation_id,
        account=account,
        kind=kind,
        text=words,
        choices=choices,
        stack=stack,
        language=language,
        lane=lane,
        policy=policy,
        subject=subject,
        not_before=not_before or now,
        expires_at=expires_at,
        staff_id=staff_id,
        now=now,
    )
    if voice_id is not None:  # rare: a column of its own in every insert would cost each message something
        tx.run(_SPEAKS, message_id=message_id, of_voice=voice_id)
    return message_id


def find(tx: Tx, conversation_id: int, message_id: int) -> Shown | None:
    """A message of this conversation; None for anybody else's."""
    if not 0 < message_id <= ID_MAX:
        return None  # a forged number PostgreSQL would not even compare
    row = tx.one(_FIND, message_id=message_id, conversation_id=conversation_id)
    return None if row is None else Shown._make(row)


def latest_asking(tx: Tx, conversation_id: int, asking_from: int) -> list[Shown]:
    """The last two sent messages with choices she has not answered, newest first; replies count from `asking_from` on."""
    rows = tx.all(_ASKING, conversation_id=conversation_id, asking_from=asking_from)
    rows += tx.all(_UNASKED, conversation_id=conversation_id)
    return [Shown._make(row) for row in sorted(rows, key=lambda row: row.id, reverse=True)[:2]]


def answered(tx: Tx, message_id: int) -> None:
    """She answered this unasked message; a reply needs no mark, the next one closes it."""
    tx.run(_ANSWERED, message_id=message_id)


_SEEN = Statement(
    update(_m)
    .where(
        _m.c.id == bindparam("message_id"),
        _m.c.conversation_id == bindparam("in_conversation"),
        _m.c.outgoing,
        _m.c.state.in_(OPEN),
        _m.c.not_before <= bindparam("at"),
    )
    .values(state="sent", provider_id="page", sent_at=bindparam("at"), error=None)
)


def seen(tx: Tx, conversation_id: int, message_ids: Sequence[int], now: datetime) -> None:
    """Her page has shown these messages; ids of others, of later times or of closed messages change nothing."""
    ids = dict.fromkeys(message_ids)
    if ids:
        tx.many(_SEEN, [{"message_id": one, "in_conversation": conversation_id, "at": now} for one in ids])


_EXPIRE = Statement(
    update(_m)
    .where(is_state(_m.c.state, *OPEN), _m.c.expires_at <= bindparam("now"))
    .values(
        state="expired",
        # A page that nobody opened is not a provider that was too slow.
        error=func.coalesce(
            _m.c.error, case((_m.c.kind.in_(sorted(STAFF_KINDS)), "not_opened"), else_="late")
        ),
    )
)
_CANCEL_SUBJECT = Statement(
    update(_m)
    .where(_m.c.subject == bindparam("about"), is_state(_m.c.state, *OPEN))
    .values(state="cancelled", error="superseded")
)
_CANCEL_UNASKED = Statement(
    update(_m)
    .where(
        _m.c.conversation_id.in_(select(_c.c.id).where(_c.c.member_id == bindparam("member"))),
        is_state(_m.c.state, *OPEN),
        _m.c.lane >= NOTICE,
    )
    .values(state="cancelled", error=bindparam("why"))
)


def expire(tx: Tx, now: datetime) -> int:
    """Close what is too late to send; how many."""
    return tx.run(_EXPIRE, now=now)


def cancel_about(tx: Tx, subject: str) -> int:
    """The subject changed: what is queued about it must not go out."""
    return tx.run(_CANCEL_SUBJECT, about=subject)


def cancel_unasked(tx: Tx, member_id: int, why: str) -> int:
    """She said stop or do not write: what is queued and unasked must not go out."""
    return tx.run(_CANCEL_UNASKED, member=member_id, why=why)
