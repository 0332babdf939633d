"""The staff group on Telegram: one forum topic a conversation, and how far it has been told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Index,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    delete,
    or_,
    select,
    text,
    update,
)
from sqlmodel import Field, SQLModel

from storage.conversations import ConversationRow
from storage.messages import MessageRow
from storage.refusals import RefusalRow
from storage.sql import InsertNew, Json, Statement, Tx, Utc, table

LOST = frozenset({"failed", "unknown", "expired", "cancelled", "skipped"})
"""What a reply may end as without having reached her."""
CLOSED = "bot"
"""What a topic is told when no person has the chat any more."""
_NOTES_SQL = text("notes <> '[]'")
_REPLIES_SQL = text("replies <> '[]'")


class TopicRow(SQLModel, table=True):
    """The topic of one conversation. No words are kept here: they stand in its messages."""

    __tablename__ = "topics"
    __table_args__ = (
        UniqueConstraint("chat_id", "thread_id"),
        CheckConstraint("state IN ('wanted', 'open', 'closed', 'deleted', 'unwanted')", name="state_known"),
        CheckConstraint("(state = 'unwanted') = (conversation_id IS NULL)", name="unwanted_is_nobodys"),
        Index("ix_topics_state", "state"),
        Index("ix_topics_notes", "id", sqlite_where=_NOTES_SQL, postgresql_where=_NOTES_SQL),
        Index("ix_topics_replies", "id", sqlite_where=_REPLIES_SQL, postgresql_where=_REPLIES_SQL),
    )
    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int | None = Field(default=None, foreign_key="conversations.id", unique=True)
    """None once she was erased: the topic only waits to be deleted at Telegram."""
    chat_id: str
    thread_id: int | None = None
    state: str = "wanted"
    """`deleted`: somebody deleted it by hand; it is made anew when there is something new to tell."""
    told_to: int = 0
    """The last message of the conversation that was posted there."""
    told_owner: str | None = None
    """How the conversation stood when the topic was told last: `waiting …`, `person 3` or `bot`."""
    replies: Any = Field(sa_type=Json)
    """Messages written in the topic that have not reached her yet: what becomes of them is told."""
    notes: Any = Field(sa_type=Json)
    """Lines to say in the topic, as [text key, {argument: value}]; never anybody's words."""
    not_before: datetime | None = Field(default=None, sa_type=Utc)
    """After a failure of this topic alone: the others are not held up."""
    changed_at: datetime = Field(sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as an update from the group finds it."""

    id: int
    conversation_id: int
    state: str


@dataclass(frozen=True, slots=True)
class Unwanted:
    """A topic that must go at Telegram."""

    id: int
    chat_id: str
    thread_id: int | None


_t = table(TopicRow)
_c = table(ConversationRow)
_m = table(MessageRow)
_r = table(RefusalRow)
_this = _t.c.id == bindparam("topic_id")
_live = and_(_this, _t.c.conversation_id.is_not(None))
_BEGIN = InsertNew(
    _t, "conversation_id", "chat_id", "state", "told_to", "replies", "notes", "changed_at", returning="id"
)
_OPENED = Statement(
    update(_t)
    .where(_this, _t.c.thread_id.is_(None))
    .values(
        thread_id=bindparam("thread"),
        # Erased while it was made: it is there now, and must go.
        state=case((_t.c.conversation_id.is_(None), "unwanted"), else_="open"),
        not_before=None,
        changed_at=bindparam("now"),
    )
)
_STATE = Statement(update(_t).where(_live).values(state=bindparam("to_state"), changed_at=bindparam("now")))
_GONE = Statement(
    update(_t)
    .where(_live)
    .values(state="deleted", thread_id=None, notes=[], not_before=None, changed_at=bindparam("now"))
)
_TOLD = Statement(
    update(_t)
    .where(_live)
    .values(
        told_to=bindparam("to"),
        told_owner=bindparam("standing"),
        notes=bindparam("left", type_=_t.c.notes.type),
        not_before=None,
        changed_at=bindparam("now"),
    )
)
_LATER = Statement(update(_t).where(_this).values(not_before=bindparam("at", type_=Utc)))
_SAYS = Statement(select(_t.c.notes, _t.c.replies, _t.c.told_to).where(_live).with_for_update())
_KEEP = Statement(
    update(_t)
    .where(_live)
    .values(
        notes=bindparam("to_say", type_=_t.c.notes.type), replies=bindparam("waited", type_=_t.c.replies.type)
    )
)
_BY_THREAD = Statement(
    select(_t.c.id, _t.c.conversation_id, _t.c.state).where(
        _t.c.chat_id == bindparam("chat"),
        _t.c.thread_id == bindparam("thread"),
        _t.c.conversation_id.is_not(None),
    )
)
_REPLIES = Statement(select(_t.c.id).where(_REPLIES_SQL).order_by(_t.c.id).limit(200))
_UNWANTED = Statement(
    select(_t.c.id, _t.c.chat_id, _t.c.thread_id)
    .where(
        _t.c.state == "unwanted",
        or_(_t.c.not_before.is_(None), _t.c.not_before <= bindparam("now", type_=Utc)),
    )
    .order_by(_t.c.id)
    .limit(1)
)
_NOBODYS: dict[str, Any] = {
    "state": "unwanted",
    "conversation_id": None,
    "told_owner": None,
    "told_to": 0,
    "replies": [],
    "notes": [],
    "not_before": None,
}
_FORGET = Statement(update(_t).where(_t.c.conversation_id == bindparam("in_conversation")).values(_NOBODYS))
_FORGET_REFUSED = Statement(
    update(_t)
    .where(_t.c.conversation_id.in_(select(_c.c.id).join(_r, _r.c.member_id == _c.c.member_id)))
    .values(_NOBODYS)
)
_DROP = Statement(delete(_t).where(_this, _t.c.state == "unwanted"))
_MOVED = Statement(
    update(_t)
    .where(_t.c.chat_id != bindparam("chat"), _t.c.conversation_id.is_not(None))
    .values(chat_id=bindparam("chat"), thread_id=None, state="deleted", told_owner=None, notes=[])
)


# --- what is to be told


def unwanted(tx: Tx, now: datetime) -> Unwanted | None:
    """A topic of somebody who was erased or who refused somebody: to be deleted at Telegram."""
    tx.run(_FORGET_REFUSED)
    row = tx.one(_UNWANTED, now=now)
    return None if row is None else Unwanted(*row)


def settle(tx: Tx) -> None:
    """What became of the replies written in the group: those that did not reach her become notes."""
    for topic in tx.all(_REPLIES):
        says = tx.one(_SAYS, topic_id=topic.id)
        if says is None:
            continue
        rows = tx.query(select(_m.c.id, _m.c.state).where(_m.c.id.in_(says.replies)))
        states = {row.id: row.state for row in rows}
        # Until the topic was told past it, a reply stays here: that keeps it from being posted where it was written.
        over = {
            one for one in says.replies if one <= says.told_to and states.get(one) in (None, "sent", *LOST)
        }
        lost = [states[one] for one in says.replies if one in over and states.get(one) in LOST]
        waiting = [one for one in says.replies if one not in over]
        if waiting != says.replies:
            notes = says.notes + [["group-lost", {"state": state}] for state in lost]
            tx.run(_KEEP, topic_id=topic.id, to_say=notes, waited=waiting)


# --- what was done at Telegram


def begin(tx: Tx, conversation_id: int, chat_id: str, now: datetime) -> int | None:
    """A topic will be made for this conversation; None when it has one, or is gone."""
    if not tx.query(select(_c.c.id).where(_c.c.id == conversation_id)):
        return None
    row = tx.one(
        _BEGIN,
        conversation_id=conversation_id,
        chat_id=chat_id,
        state="wanted",
        told_to=0,
        replies=[],
        notes=[],
        changed_at=now,
    )
    return None if row is None else int(row.id)


def opened(tx: Tx, topic_id: int, thread_id: int, now: datetime) -> None:
    """Telegram made it."""
    tx.run(_OPENED, topic_id=topic_id, thread=thread_id, now=now)


def stands(tx: Tx, topic_id: int, state: str, now: datetime) -> None:
    """It is `open` or `closed` at Telegram now."""
    tx.run(_STATE, topic_id=topic_id, to_state=state, now=now)


def gone(tx: Tx, topic_id: int, now: datetime) -> None:
    """It was deleted by hand."""
    tx.run(_GONE, topic_id=topic_id, now=now)


def told(tx: Tx, topic_id: int, to: int, standing: str, notes: int, now: datetime) -> None:
    """It was told up to this message, how the conversation stands, and the first so many notes."""
    says = tx.one(_SAYS, topic_id=topic_id)
    if says is not None:
        tx.run(_TOLD, topic_id=topic_id, to=to, standing=standing, left=says.notes[notes:], now=now)


def later(tx: Tx, topic_id: int, at: datetime) -> None:
    """It alone made trouble: leave it until then."""
    tx.run(_LATER, topic_id=topic_id, at=at)


def dropped(tx: Tx, topic_id: int) -> None:
    """It is gone at Telegram, and here."""
    tx.run(_DROP, topic_id=topic_id)


def moved(tx: Tx, chat_id: str) -> int:
    """Another group was set: topics of the old one count as deleted; how many."""
    return tx.run(_MOVED, chat=chat_id)


# --- what comes from the group


def by_thread(tx: Tx, chat_id: str, thread_id: int) -> Topic | None:
    """The topic an update came from; None for one that is not ours."""
    row = tx.one(_BY_THREAD, chat=chat_id, thread=thread_id)
    return None if row is None else Topic(*row)


def note(tx: Tx, topic_id: int, key: str, **args: str) -> None:
    """Say a line in the topic with the next post. `args` never holds anybody's words."""
    says = tx.one(_SAYS, topic_id=topic_id)
    if says is not None:
        tx.run(_KEEP, topic_id=topic_id, to_say=[*says.notes, [key, args]], waited=says.replies)


def replied(tx: Tx, topic_id: int, message_id: int) -> None:
    """This message was written in the topic: it is not posted there, and its fate is told if it is lost."""
    says = tx.one(_SAYS, topic_id=topic_id)
    if says is not None:
        tx.run(_KEEP, topic_id=topic_id, to_say=says.notes, waited=[*says.replies, message_id])


# --- erasure


def forget(tx: Tx, conversation_id: int) -> None:
    """She is erased: what is kept is the topic's number alone, until it is deleted at Telegram."""
    tx.run(_FORGET, in_conversation=conversation_id)


def of(tx: Tx, conversation_ids: Collection[int]) -> list[Unwanted]:
    """The topics of these conversations."""
    clause = select(_t.c.id, _t.c.chat_id, _t.c.thread_id).where(_t.c.conversation_id.in_(conversation_ids))
    return [Unwanted(*row) for row in tx.query(clause)] if conversation_ids else []
