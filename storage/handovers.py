"""Every change of a conversation's owner outside a turn: one statement each that compares and sets, so one of two wins."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Table,
    Update,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    update,
)
from sqlmodel import Field, SQLModel

from storage.conversations import ConversationRow, Stack
from storage.counsellors import CounsellorRow
from storage.members import AddressRow, Member, MemberRow
from storage.messages import STAFF_KINDS, MessageRow, is_state
from storage.refusals import RefusalRow
from storage.sql import InsertNew, Statement, Tx, Utc, table
from storage.staff import StaffRow

ANYBODY = -1
"""In place of a staff id: whoever has it."""
HANDED, IDLE, REFUSED = "handed", "idle", "refused"
"""Why it waits again: handed to a language, left alone by the person who had it, or "not this person"."""


class OwnTalk(SQLModel, table=True):
    """A span in which a closed chat was hers and the bot's alone: whoever takes the chat again does not read it."""

    __tablename__ = "own_talks"
    conversation_id: int = Field(primary_key=True, foreign_key="conversations.id")
    since: datetime = Field(primary_key=True, sa_type=Utc)
    until: datetime = Field(sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Held:
    """What writing to her from outside a turn needs to know."""

    id: int
    address_id: int
    account: str
    reachable: bool
    owner: str
    staff_id: int | None
    stack: Stack
    kept: Stack | None
    last_in_at: datetime | None
    site_id: int | None
    member: Member


_c = table(ConversationRow)
_a = table(AddressRow)
_p = table(MemberRow)
_m = table(MessageRow)
_r = table(RefusalRow)
_s = table(StaffRow)
_k = table(CounsellorRow)
_o = table(OwnTalk)
_this = _c.c.id == bindparam("conversation_id")
_ALONE: dict[str, Any] = {"staff_id": None, "for_language": None}
_TO_BOT: dict[str, Any] = {
    **_ALONE,
    "owner": "bot",
    "waiting_since": None,
    "waiting_reason": None,
    "urgent": False,
    "closed_at": bindparam("now", type_=Utc),
}


def _change(*where: ColumnElement[bool], **values: Any) -> Update:
    """An update that raises the version and notes that a person did something."""
    return (
        update(_c)
        .where(*where)
        .values(touched_at=bindparam("now", type_=Utc), version=_c.c.version + 1, **values)
    )


def own_talk(of: Table) -> ColumnElement[bool]:
    """Whether a message (of `messages` or its alias) was said while the chat was hers and the bot's alone."""
    return exists().where(
        _o.c.conversation_id == of.c.conversation_id,
        of.c.created_at > _o.c.since,
        of.c.created_at < _o.c.until,
    )


def _owner(*names: str) -> ColumnElement[bool]:
    return is_state(_c.c.owner, *names)


def _refuses(staff: ColumnElement[int]) -> ColumnElement[bool]:
    return exists().where(_r.c.member_id == _c.c.member_id, _r.c.staff_id == staff)


_by: Any = bindparam("by_staff", type_=Integer)
_to: Any = bindparam("to_staff", type_=Integer)
_by_her = or_(_by == ANYBODY, _c.c.staff_id == _by)
_TAKE = Statement(
    _change(
        _this,
        _owner("bot", "waiting"),
        ~_refuses(_by),
        owner="person",
        staff_id=_by,
        for_language=None,
        waiting_since=None,
        closed_at=None,
    )
)
_CLOSED_AT = Statement(select(_c.c.closed_at).where(_this, _owner("bot")).with_for_update())
_OWN_TALK = InsertNew(_o, "conversation_id", "since", "until")
_ASSIGN = Statement(
    _change(
        _this,
        or_(_owner("waiting"), and_(_owner("person"), _c.c.staff_id == _by)),
        ~_refuses(_to),
        owner="person",
        staff_id=_to,
        for_language=None,
        waiting_since=None,
        closed_at=None,
    )
)
_HAND = Statement(
    _change(
        _this,
        _owner("person", "waiting"),
        owner="waiting",
        staff_id=None,
        for_language=bindparam("to_language"),
        waiting_since=bindparam("now", type_=Utc),
        waiting_reason=HANDED,
    )
)
_GIVE_BACK = Statement(_change(_this, _owner("person"), _by_her, **_TO_BOT))
_CLOSE = Statement(_change(_this, or_(_owner("waiting"), and_(_owner("person"), _by_her)), **_TO_BOT))
_TOUCH = Statement(_change(_this, _owner("person"), _c.c.staff_id == _by))
_IDLE = Statement(
    _change(
        _owner("person"),
        _c.c.site_id == bindparam("of_site"),
        _c.c.touched_at <= bindparam("older_than", type_=Utc),
        **_ALONE,
        owner="waiting",
        waiting_since=bindparam("now", type_=Utc),
        waiting_reason=IDLE,
    ).returning(_c.c.id, _c.c.last_in_at)
)
_IDLE_LEFT = Statement(
    select(_c.c.id)
    .where(
        _owner("person"),
        _c.c.site_id == bindparam("of_site"),
        _c.c.touched_at <= bindparam("older_than", type_=Utc),
        _c.c.last_in_at > _c.c.touched_at,
    )
    .order_by(_c.c.id)
)
_held_columns = (
    _c.c.id,
    _c.c.address_id,
    _a.c.account,
    _a.c.reachable,
    _c.c.owner,
    _c.c.staff_id,
    _c.c.stack,
    _c.c.kept,
    _c.c.last_in_at,
    _c.c.site_id,
)
_HELD_NAMES = [field.name for field in fields(Held) if field.name != "member"]
_HELD = Statement(
    select(*_held_columns, *(_p.c[field.name].label(f"m_{field.name}") for field in fields(Member)))
    .join(_a, _a.c.id == _c.c.address_id)
    .join(_p, _p.c.id == _c.c.member_id)
    .where(_this)
    .with_for_update(of=_c, key_share=True)
)
_SHOWS = Statement(
    update(_c)
    .where(_this)
    .values(
        stack=bindparam("pages", type_=_c.c.stack.type),
        asking_from=bindparam("message_id"),
        version=_c.c.version + 1,
    )
)
_NAME = Statement(select(_s.c.name).where(_s.c.id == bindparam("of_staff")))
_COUNSELLOR = Statement(
    select(_s.c.id, _k.c.name)
    .join(_k, _k.c.id == _s.c.counsellor_id)
    .where(
        _k.c.id == bindparam("of_counsellor"),
        _s.c.active,
        ~exists().where(_r.c.member_id == bindparam("of_member"), _r.c.staff_id == _s.c.id),
    )
    .order_by(_s.c.id)
    .limit(1)
)
_SAID = Statement(
    select(_m.c.id)
    .where(
        _m.c.conversation_id == bindparam("in_conversation"),
        _m.c.outgoing,
        _m.c.kind == bindparam("of_kind"),
        _m.c.text == bindparam("words"),
        _m.c.created_at > bindparam("since", type_=Utc),
    )
    .limit(1)
)
_PERSON_SAID = Statement(
    select(_m.c.id)
    .where(
        _m.c.conversation_id == bindparam("in_conversation"),
        _m.c.id > bindparam("after_id"),
        _m.c.outgoing,
        _m.c.kind.in_([literal_column(f"'{kind}'") for kind in sorted(STAFF_KINDS)]),
    )
    .limit(1)
)


def take(tx: Tx, conversation_id: int, staff_id: int, now: datetime) -> bool:
    """A person takes it, waiting or with the bot; False when another was first or she does not want this person."""
    closed = tx.one(_CLOSED_AT, conversation_id=conversation_id)
    if tx.run(_TAKE, conversation_id=conversation_id, by_staff=staff_id, now=now) == 0:
        return False
    if closed is not None and closed.closed_at is not None:
        tx.run(_OWN_TALK, conversation_id=conversation_id, since=closed.closed_at, until=now)
    return True


def assign(tx: Tx, conversation_id: int, staff_id: int, to_staff_id: int, now: datetime) -> bool:
    """It goes to another person: a waiting one, or one that `staff_id` has."""
    changed = tx.run(
        _ASSIGN, conversation_id=conversation_id, by_staff=staff_id, to_staff=to_staff_id, now=now
    )
    return changed == 1


def hand_to_language(tx: Tx, conversation_id: int, language: str, now: datetime) -> bool:
    """It waits for whoever speaks this language."""
    return tx.run(_HAND, conversation_id=conversation_id, to_language=language, now=now) == 1


def give_back(tx: Tx, conversation_id: int, staff_id: int | None, now: datetime) -> bool:
    """The person gives it back to the bot; None is anybody's."""
    return tx.run(_GIVE_BACK, conversation_id=conversation_id, by_staff=_anybody(staff_id), now=now) == 1


def close(tx: Tx, conversation_id: int, staff_id: int | None, now: datetime) -> bool:
    """It is over, taken or still waiting; the bot answers again."""
    return tx.run(_CLOSE, conversation_id=conversation_id, by_staff=_anybody(staff_id), now=now) == 1


def touch(tx: Tx, conversation_id: int, staff_id: int, now: datetime) -> bool:
    """The person who has it did something; False when she has it no more."""
    return tx.run(_TOUCH, conversation_id=conversation_id, by_staff=staff_id, now=now) == 1


def idle(tx: Tx, now: datetime, older_than: datetime, site_id: int) -> list[int]:
    """What its person left alone waits again; the ids of those in which she waits for an answer."""
    unanswered = [row.id for row in tx.all(_IDLE_LEFT, of_site=site_id, older_than=older_than)]
    freed = {row.id for row in tx.all(_IDLE, of_site=site_id, older_than=older_than, now=now)}
    return [one for one in unanswered if one in freed]


def _anybody(staff_id: int | None) -> int:
    return ANYBODY if staff_id is None else staff_id


def held(tx: Tx, conversation_id: int) -> Held | None:
    """The conversation with its member, locked for this transaction."""
    row = tx.one(_HELD, conversation_id=conversation_id)
    if row is None:
        return None
    split = len(_held_columns)
    known: dict[str, Any] = dict(zip(_HELD_NAMES, row[:split], strict=True))
    return Held(member=Member(*row[split:]), **known)


def shows(tx: Tx, conversation_id: int, stack: Stack, message_id: int) -> None:
    """This message shows these pages now: a typed number answers it."""
    tx.run(_SHOWS, conversation_id=conversation_id, pages=stack, message_id=message_id)


def name(tx: Tx, staff_id: int) -> str:
    """What she calls this person."""
    return str(tx.one(_NAME, of_staff=staff_id).name)


def of_counsellor(tx: Tx, counsellor_id: int, member_id: int) -> tuple[int, str] | None:
    """The staff id and name behind a counsellor; None when there is none or she refused that person."""
    row = tx.one(_COUNSELLOR, of_counsellor=counsellor_id, of_member=member_id)
    return None if row is None else (row[0], row[1])


def said(tx: Tx, conversation_id: int, kind: str, words: str, since: datetime) -> bool:
    """Whether she was told exactly this since then."""
    return tx.one(_SAID, in_conversation=conversation_id, of_kind=kind, words=words, since=since) is not None


def person_said(tx: Tx, conversation_id: int, after_id: int) -> bool:
    """Whether a person, or a line about a person, came after this message."""
    return tx.one(_PERSON_SAID, in_conversation=conversation_id, after_id=after_id) is not None
