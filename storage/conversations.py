"""Conversations: one an address, with its stack of screens, its owner and its waiting flag."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Index,
    bindparam,
    column,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy import table as lightweight
from sqlmodel import Field, SQLModel

from storage import members
from storage.members import AddressRow, Member, MemberRow
from storage.sql import Json, Statement, Tx, Utc, any_of, table

Stack = list[Any]
"""[[screen name, {parameter: value}], …], the current screen last; `flows/state.py` reads and writes it."""


class ConversationRow(SQLModel, table=True):
    """What the bot and one address are in the middle of."""

    __tablename__ = "conversations"
    __table_args__ = (
        CheckConstraint(any_of("owner", "bot", "waiting", "person"), name="owner_known"),
        CheckConstraint("(owner = 'waiting') = (waiting_since IS NOT NULL)", name="waiting_has_time"),
        CheckConstraint("(owner = 'person') = (staff_id IS NOT NULL)", name="person_has_staff"),
        Index("ix_conversations_left_at", "left_at"),
        Index("ix_conversations_owner", "owner", "urgent", "waiting_since", "id"),
        Index("ix_conversations_closed_at", "closed_at", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="addresses.id", unique=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    stack: Any = Field(sa_type=Json)
    kept: Any = Field(default=None, sa_type=Json, nullable=True)
    """A dialogue she was in when she went elsewhere: offered once on the menu."""
    owner: str = "bot"
    waiting_reason: str | None = None
    waiting_since: datetime | None = Field(default=None, sa_type=Utc)
    urgent: bool = False
    misses: int = 0
    """Turns in a row the bot had no answer to."""
    left_at: datetime | None = Field(default=None, sa_type=Utc)
    """Her last turn, while it ended inside a dialogue."""
    burst_from: datetime | None = Field(default=None, sa_type=Utc)
    burst: int = 0
    """Turns since `burst_from`: a flood is stored and answered once."""
    last_in_at: datetime | None = Field(default=None, sa_type=Utc)
    """Her last turn: where she wrote from last is where we write to."""
    asking_from: int = 0
    """The id of the answer to her last turn: the questions before it are closed."""
    version: int = 0
    site_id: int | None = Field(default=None, foreign_key="sites.id")
    """Whose staff may see it once she asks for a person."""
    staff_id: int | None = Field(default=None, foreign_key="staff.id", index=True)
    """The person who owns it, while its owner is a person."""
    for_language: str | None = None
    """Handed to whoever speaks this language."""
    touched_at: datetime | None = Field(default=None, sa_type=Utc)
    """The last act of the person who owns it: idle for long, it waits again."""
    closed_at: datetime | None = Field(default=None, sa_type=Utc)
    """When a person closed or returned it; None again when she asks anew."""


@dataclass(slots=True)
class Conversation:
    """A conversation during one turn; the engine changes it and saves it once at the end."""

    id: int
    address_id: int
    member_id: int
    stack: Stack
    kept: Stack | None = None
    owner: str = "bot"
    waiting_reason: str | None = None
    waiting_since: datetime | None = None
    urgent: bool = False
    misses: int = 0
    left_at: datetime | None = None
    burst_from: datetime | None = None
    burst: int = 0
    last_in_at: datetime | None = None
    asking_from: int = 0
    version: int = 0
    site_id: int | None = None
    staff_id: int | None = None
    for_language: str | None = None
    closed_at: datetime | None = None
    is_reachable: bool = True
    """Whether her address could be written to when the turn began."""
    may_be_checked: bool = True
    """False when she had no secret check when the turn began: nothing needs to be asked."""
    may_refuse: bool = True
    """False when she had refused nobody when the turn began."""
    before: tuple[Any, ...] = ()
    """The rarely changing fields as they were loaded."""


_conversation = table(ConversationRow)
_address = table(AddressRow)
_member = table(MemberRow)
_NAMES = [field.name for field in fields(Conversation) if field.name in _conversation.c]
_MEMBER_NAMES = [field.name for field in fields(Member)]


def _has(name: str) -> ColumnElement[bool]:
    """Whether she stands in that table, asked on the way: a turn that need not look there saves a statement."""
    return exists().where(lightweight(name, column("member_id")).c.member_id == _member.c.id).label(name)


_LOAD = Statement(
    select(
        *(_conversation.c[name] for name in _NAMES),
        *(_member.c[name].label(f"m_{name}") for name in _MEMBER_NAMES),
        _address.c.reachable,
        _has("secret_checks"),
        _has("refusals"),
    )
    .join(_address, _address.c.id == _conversation.c.address_id)
    .join(_member, _member.c.id == _conversation.c.member_id)
    .where(_address.c.account == bindparam("account"), _address.c.external_id == bindparam("external_id"))
    # Without its key: a tick that holds her booking may still write a message here, and neither waits for the other.
    .with_for_update(of=_conversation, key_share=True)
)
_ADD = Statement(
    insert(_conversation)
    .values(
        address_id=bindparam("address_id"),
        member_id=bindparam("member_id"),
        stack=bindparam("stack"),
        owner="bot",
        urgent=False,
        misses=0,
        burst=0,
        asking_from=0,
        version=0,
        site_id=bindparam("at_site"),
    )
    .returning(_conversation.c.id)
)
_RARE = (
    "kept",
    "owner",
    "waiting_reason",
    "waiting_since",
    "urgent",
    "site_id",
    "staff_id",
    "for_language",
    "closed_at",
)
_OFTEN = ("stack", "misses", "left_at", "burst_from", "burst", "last_in_at", "asking_from")


def _saving(names: tuple[str, ...]) -> Statement:
    return Statement(
        update(_conversation)
        .where(_conversation.c.id == bindparam("conversation_id"))
        .values({**{name: bindparam(name) for name in names}, "version": _conversation.c.version + 1})
    )


_SAVE = _saving(_OFTEN)
_SAVE_ALL = _saving(_OFTEN + _RARE)  # one of these stands in an index that most turns need not touch
_rare, _often = attrgetter(*_RARE), attrgetter(*_OFTEN)
_WAIT = Statement(
    update(_conversation)
    .where(_conversation.c.id == bindparam("conversation_id"))
    .values(
        owner="waiting",
        waiting_reason=bindparam("reason"),
        waiting_since=bindparam("now"),
        closed_at=None,
        version=_conversation.c.version + 1,
    )
)
_MOVE = Statement(
    update(_conversation)
    .where(_conversation.c.member_id == bindparam("of_member"), _conversation.c.owner != "person")
    .values(site_id=bindparam("to_site"))
)
_WAITING = Statement(
    select(
        _conversation.c.id,
        _conversation.c.waiting_reason,
        _conversation.c.waiting_since,
        _conversation.c.urgent,
        _member.c.language,
    )
    .join(_member, _member.c.id == _conversation.c.member_id)
    .where(_conversation.c.owner == "waiting")
    .order_by(_conversation.c.urgent.desc(), _conversation.c.waiting_since)
    .limit(1000)
)


def move(tx: Tx, member_id: int, site_id: int) -> None:
    """Her conversations belong to this site from now on; one a person has stays with that person."""
    tx.run(_MOVE, of_member=member_id, to_site=site_id)


def load(
    tx: Tx, account: str, external_id: str, now: datetime, site_id: int | None = None
) -> tuple[Conversation, Member]:
    """Her conversation, locked for this transaction, and herself; both are made at her first word.

    One without a site gets this one: its staff see it once she asks for a person.
    """
    row = tx.one(_LOAD, account=account, external_id=external_id)
    if row is None:
        member, address_id = members.add(tx, account, external_id, now)
        added = tx.one(_ADD, address_id=address_id, member_id=member.id, stack=[], at_site=site_id)
        made = Conversation(
            added.id, address_id, member.id, [], site_id=site_id, may_be_checked=False, may_refuse=False
        )
        made.before = _rare(made)
        return made, member
    split = len(_NAMES)
    conversation = Conversation(*row[:split])
    conversation.is_reachable = row[-3]
    conversation.may_be_checked, conversation.may_refuse = bool(row[-2]), bool(row[-1])
    conversation.before = _rare(conversation)
    conversation.site_id = conversation.site_id or site_id
    return conversation, Member(*row[split:-3])


def save(tx: Tx, conversation: Conversation, now: datetime) -> None:
    """Write the conversation back after a turn of hers."""
    conversation.last_in_at = now
    params = dict(zip(_OFTEN, _often(conversation), strict=True), conversation_id=conversation.id)
    rare = _rare(conversation)
    if rare == conversation.before:
        tx.run(_SAVE, **params)
    else:
        tx.run(_SAVE_ALL, **params, **dict(zip(_RARE, rare, strict=True)))
    if not conversation.is_reachable:
        members.set_reachable(tx, conversation.address_id, True)


def wait(tx: Tx, conversation_id: int, reason: str, now: datetime) -> None:
    """Set the waiting flag: a person has to look."""
    tx.run(_WAIT, conversation_id=conversation_id, reason=reason, now=now)


def waiting(tx: Tx) -> list[Any]:
    """Who waits, urgent first, then longest: id, waiting_reason, waiting_since, urgent, language."""
    return tx.all(_WAITING)
