"""Codes that join two chats of one person: shown in one of her chats, typed in the other.

A code is bound to the first chat that types it, so whoever reads it there afterwards can do nothing with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlmodel import Field, SQLModel

from storage.conversations import ConversationRow
from storage.members import AddressRow, MemberRow
from storage.sql import InsertNew, Statement, Tx, Utc, table

LETTERS = "CDFGHJKLMNPRTVWX"
"""Sixteen letters of which none looks like another in print, and no vowel: no code is a word."""
LENGTH = 8
CODE_FOR = timedelta(minutes=10)
WRONG_MAX = 5
WRONG_FOR = timedelta(hours=1)


class LinkCode(SQLModel, table=True):
    """A code shown to her; only its keyed hash is kept."""

    __tablename__ = "link_codes"
    code_hash: str = Field(primary_key=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    address_id: int = Field(foreign_key="addresses.id", index=True)
    heard_by: int | None = Field(default=None, foreign_key="addresses.id", index=True)
    """The address that typed it first; no other can use it any more."""
    created_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)


class LinkTry(SQLModel, table=True):
    """Wrong codes typed from one address: after a few it waits."""

    __tablename__ = "link_tries"
    address_id: int = Field(foreign_key="addresses.id", primary_key=True)
    fails: int
    since: datetime = Field(sa_type=Utc)


class Heard(StrEnum):
    """What became of a typed code."""

    RIGHT = "right"
    WRONG = "wrong"  # wrong, used, too old, of this chat or in other hands: never said which
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Other:
    """Whom a code leads to, as the question before joining says it."""

    member_id: int
    language: str | None


_code, _try = table(LinkCode), table(LinkTry)
_c, _a = table(ConversationRow), table(AddressRow)
_p = table(MemberRow)
_DROP = Statement(delete(_code).where(_code.c.address_id == bindparam("of_address")))
_WITHDRAW = Statement(
    update(_code)
    .where(_code.c.member_id == bindparam("of_member"), _code.c.used_at.is_(None))
    .values(used_at=bindparam("now"))
)
_SHOW = Statement(
    insert(_code).values(
        {
            name: bindparam(name)
            for name in ("code_hash", "member_id", "address_id", "created_at", "expires_at")
        }
    )
)
_open = (
    _code.c.code_hash == bindparam("hashed"),
    _code.c.used_at.is_(None),
    _code.c.expires_at > bindparam("now"),
)
_HEAR = Statement(
    update(_code)
    .where(
        *_open,
        _code.c.member_id != bindparam("not_of"),
        or_(_code.c.heard_by.is_(None), _code.c.heard_by == bindparam("here")),
    )
    .values(heard_by=bindparam("here"))
)
_OTHER = Statement(
    select(_code.c.member_id, _p.c.language)
    .join(_p, _p.c.id == _code.c.member_id)
    .where(*_open, _code.c.heard_by == bindparam("here"))
)
USE = Statement(
    update(_code)
    .where(*_open, _code.c.heard_by == bindparam("here"))
    .values(used_at=bindparam("now"))
    .returning(_code.c.member_id)
)
_SHOWN_IN = Statement(
    select(_c.c.id, _a.c.account)
    .join(_a, _a.c.id == _c.c.address_id)
    .join(_code, _code.c.address_id == _a.c.id)
    .where(_code.c.code_hash == bindparam("hashed"))
)
_TRIES = Statement(select(_try.c.fails, _try.c.since).where(_try.c.address_id == bindparam("here")))
_FIRST_WRONG = InsertNew(_try, "address_id", "fails", "since")
_WRONG = Statement(
    update(_try)
    .where(_try.c.address_id == bindparam("here"))
    .values(fails=bindparam("fails"), since=bindparam("since"))
)


def code_of(secret: str) -> str:
    """A code made of the first half of a keyed hash in hexadecimal."""
    return "".join(LETTERS[int(digit, 16)] for digit in secret[:LENGTH])


def cleaned(typed: str) -> str | None:
    """What she typed as a code, in whatever case and spacing; None when it cannot be one."""
    letters = "".join(char for char in typed.upper() if char.isalnum())
    return letters if len(letters) == LENGTH and all(char in LETTERS for char in letters) else None


def show(tx: Tx, code_hash: str, member_id: int, address_id: int, now: datetime) -> None:
    """A new code for this chat; the one before ends."""
    tx.run(_DROP, of_address=address_id)
    tx.run(
        _SHOW,
        code_hash=code_hash,
        member_id=member_id,
        address_id=address_id,
        created_at=now,
        expires_at=now + CODE_FOR,
    )


def withdraw(tx: Tx, member_id: int, now: datetime) -> None:
    """Whoever finds her code joins nothing with it any more, not even where it was typed already."""
    tx.run(_WITHDRAW, of_member=member_id, now=now)


def hear(tx: Tx, code_hash: str | None, member_id: int, address_id: int, now: datetime) -> Heard:
    """Bind a typed code to this chat, or count one more wrong one."""
    tries = tx.one(_TRIES, here=address_id)
    fresh = tries is None or tries.since <= now - WRONG_FOR
    fails, since = (0, now) if tries is None or fresh else (tries.fails, tries.since)
    if fails >= WRONG_MAX:
        return Heard.WAIT
    if code_hash is not None and tx.run(_HEAR, hashed=code_hash, not_of=member_id, here=address_id, now=now):
        return Heard.RIGHT
    if tries is None:
        tx.run(_FIRST_WRONG, address_id=address_id, fails=1, since=now)
    else:
        tx.run(_WRONG, here=address_id, fails=fails + 1, since=since)
    return Heard.WRONG


def other(tx: Tx, code_hash: str, address_id: int, now: datetime) -> Other | None:
    """Whom the code leads to while it still holds for this chat."""
    row = tx.one(_OTHER, hashed=code_hash, here=address_id, now=now)
    return None if row is None else Other(*row)


def shown_in(tx: Tx, code_hash: str) -> tuple[int, str] | None:
    """The conversation in which a code was shown, and its account."""
    row = tx.one(_SHOWN_IN, hashed=code_hash)
    return None if row is None else (row.id, row.account)
