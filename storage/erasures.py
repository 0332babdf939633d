"""Erasing a member, and the keyed tombstones that keep a restore or an import from reviving her.

`erase` runs in one transaction with whatever asked for it. What a transaction cannot do (remove files, empty the log beside
the database file) is written down as a leftover in the same transaction, and `bot/erasing.py` sees to it afterwards, also
after a crash. The last line she gets, "done", is a message of a shell: a new member, address and conversation with nothing in
them but that line and where to send it. The shell's address does not bear the account's name, so her next word finds nothing
and she is a stranger; `tidy` removes the shell once the line is sent, refused or too late.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    Column,
    String,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlmodel import Field, SQLModel

from storage import bookings, messages, topics, traces
from storage.bookings import BookingRow
from storage.cards import CardLink
from storage.conversations import ConversationRow
from storage.links import LinkCode
from storage.media import MediaRow
from storage.members import AddressRow, MemberRow
from storage.messages import MessageRow, is_state
from storage.mydata import DataLink
from storage.sql import InsertNew, Statement, Tx, Utc, table, to_ms

FILE, PAGES = "file", "pages"
"""Leftovers: the bytes of one of her files; what deleted rows leave behind in the database's own files."""
FAREWELL_FOR = timedelta(hours=1)
LATE_TAP = timedelta(minutes=10)
"""A tap this soon after erasing is the doubled last one, not a wish to begin anew."""
LEAVING = "leaving:"
"""No channel account begins with this."""
_SHELLS_MAX = 50
Key = Callable[[str], str]
"""A keyed hash: the same for the same words, and nobody without the signing key can make or check it."""


class Tombstone(SQLModel, table=True):
    """An address that was erased, as a keyed hash: nobody can read back whose."""

    __tablename__ = "tombstones"
    key: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc)


class Leftover(SQLModel, table=True):
    """Something outside the tables that still has to go."""

    __tablename__ = "leftovers"
    __table_args__ = (CheckConstraint("kind IN ('file', 'pages')", name="kind_known"),)
    kind: str = Field(primary_key=True)
    ref: str = Field(primary_key=True)
    """The random name of a file; for `pages` a number of its own."""
    at: datetime = Field(sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure left to be done, and what had to stay."""

    files: tuple[str, ...]
    """The random names of her files; they stand in `leftovers` too."""
    cancelled: int
    """Meetings ahead whose time is free again."""
    counted: int
    """Meetings of the past that stay, without her."""


_b, _c, _a, _m, _p = (table(row) for row in (BookingRow, ConversationRow, AddressRow, MessageRow, MemberRow))
_f, _stone, _left = table(MediaRow), table(Tombstone), table(Leftover)
_OF_HER: BindParameter[int] = bindparam("her")
_LOCK = Statement(select(_c.c.id).where(_c.c.member_id == _OF_HER).order_by(_c.c.id).with_for_update())
_MEMBER = Statement(select(_p.c.id, _p.c.created_at).where(_p.c.id == _OF_HER).with_for_update())
_ADDRESSES = Statement(select(_a.c.account, _a.c.external_id).where(_a.c.member_id == _OF_HER))
_FILES = Statement(select(_f.c.uid).where(_f.c.conversation_id.in_(traces.CHATS)))
_OLD_STONE = Statement(update(_stone).where(_stone.c.key == bindparam("old")).values(at=bindparam("now")))
_STONE = InsertNew(_stone, "key", "at")
_FIND_STONE = Statement(select(_stone.c.at).where(_stone.c.key == bindparam("wanted")))
_LEAVE = InsertNew(_left, "kind", "ref", "at")
_COUNTED = Statement(
    update(_b)
    .where(_b.c.member_id == _OF_HER)
    .values(
        conversation_id=None,
        language=None,
        confirmed_at=None,
        moved_at=None,
        code=literal_column("'gone-'", String).concat(cast(_b.c.id, String)),
    )
)
_GONE = Statement(delete(_p).where(_p.c.id == _OF_HER))


def _blank(column: Column[Any]) -> object:
    """What a column of an empty member holds; one that knows no such value fails the registry's test."""
    if column.nullable:
        return None
    return bindparam("now", type_=Utc) if column.name == "created_at" else False


_BLANK = Statement(
    update(_p)
    .where(_p.c.id == _OF_HER)
    .values(
        {c.name: _blank(c) for c in _p.columns if c.name not in ("id", "erased_at")}
        | {"erased_at": bindparam("now", type_=Utc)}
    )
)


def erase(tx: Tx, member_id: int, now: datetime, key: Key | None) -> Erased | None:
    """Remove a member everywhere; None when there is no such member. Meetings that are counted stay on an empty row.

    Without a key no tombstone is set: time ran out, she did not ask for it.
    """
    chats = tx.all(_LOCK, her=member_id)  # whoever is writing to her now finishes first or finds nothing
    member = tx.one(_MEMBER, her=member_id)
    if member is None:
        return None
    if key is not None:
        _bury(tx, member_id, member.created_at, now, key)
    ahead = [booking for booking in bookings.upcoming(tx, member_id, now) if booking.is_open(now)]
    for booking in ahead:
        bookings.cancel(tx, booking.id, member_id, now)
    files = tuple(row.uid for row in tx.all(_FILES, her=member_id))
    for uid in files:
        tx.run(_LEAVE, kind=FILE, ref=uid, at=now)
    leave_pages(tx, member_id, now)
    for chat in chats:
        topics.forget(tx, chat.id)
    tx.run(_UNLINK, her=member_id)
    traces.remove(tx, member_id, now)
    counted = tx.run(_COUNTED, her=member_id)
    if counted:
        tx.run(_BLANK, her=member_id, now=now)
    else:
        tx.run(_GONE, her=member_id)
    return Erased(files, len(ahead), counted)


_UNLINK = Statement(update(_b).where(_b.c.member_id == _OF_HER).values(conversation_id=None))


# --- tombstones -------------------------------------------------------------------------------------------


def stone(account: str, external_id: str) -> str:
    """What is hashed for an address."""
    return f"erased-address:{account}:{external_id}"


def stone_of_member(member_id: int, created_at: datetime) -> str:
    """What is hashed for a member herself: she may have no address."""
    return f"erased-member:{member_id}:{to_ms(created_at)}"


def _bury(tx: Tx, member_id: int, created_at: datetime, now: datetime, key: Key) -> None:
    said = [stone(row.account, row.external_id) for row in tx.all(_ADDRESSES, her=member_id)]
    for each in (*said, stone_of_member(member_id, created_at)):
        bury(tx, key(each), now)


def bury(tx: Tx, hashed: str, at: datetime) -> None:
    """Set a tombstone, or move it on to a later erasure of the same address."""
    if tx.run(_STONE, key=hashed, at=at) == 0:
        before = tx.one(_FIND_STONE, wanted=hashed)
        if before is not None and before.at < at:
            tx.run(_OLD_STONE, old=hashed, now=at)


def is_erased(tx: Tx, hashed: str, before: datetime) -> bool:
    """Whether this address (`key(stone(…))`) was erased after `before`, when what is about to be imported was made."""
    row = tx.one(_FIND_STONE, wanted=hashed)
    return row is not None and row.at >= before


def tombstones(tx: Tx) -> list[tuple[str, datetime]]:
    """Every tombstone, for the list that is kept beside the database and outlives a restore."""
    return [(row.key, row.at) for row in tx.query(select(_stone.c.key, _stone.c.at).order_by(_stone.c.key))]


def revived(tx: Tx, key: Key) -> list[int]:
    """Members who were erased after they were made, and are here again: an older copy was restored."""
    found: dict[int, None] = {}
    stones = dict(tombstones(tx))
    rows = [
        (row.id, stone_of_member(row.id, row.created_at), row.created_at)
        for row in tx.query(select(_p.c.id, _p.c.created_at).where(_p.c.erased_at.is_(None)))
    ]
    rows += [
        (row.member_id, stone(row.account, row.external_id), row.created_at)
        for row in tx.query(select(_a.c.member_id, _a.c.account, _a.c.external_id, _a.c.created_at))
    ]
    for member_id, said, created_at in rows:
        at = stones.get(key(said))
        if at is not None and at >= created_at:
            found[member_id] = None
    return list(found)


# --- the last line -----------------------------------------------------------------------------------------

_WHERE = Statement(
    select(_a.c.account, _a.c.external_id)
    .join(_c, _c.c.address_id == _a.c.id)
    .where(_c.c.id == bindparam("chat"))
)
_SHELL_MEMBER = Statement(
    insert(_p)
    .values(
        keeps_reminders=False, do_not_write=False, created_at=bindparam("now"), erased_at=bindparam("now")
    )
    .returning(_p.c.id)
)
_SHELL_ADDRESS = Statement(
    insert(_a)
    .values(
        account=bindparam("account"),
        external_id=bindparam("external_id"),
        member_id=bindparam("member_id"),
        reachable=True,
        created_at=bindparam("now"),
    )
    .returning(_a.c.id)
)
_SHELL_CHAT = Statement(
    insert(_c)
    .values(
        address_id=bindparam("address_id"),
        member_id=bindparam("member_id"),
        stack=[],
        owner="bot",
        urgent=False,
        misses=0,
        burst=0,
        asking_from=0,
        version=0,
    )
    .returning(_c.c.id)
)
_IS_SHELL = (_a.c.account >= LEAVING, _a.c.account < LEAVING.replace(":", ";"))
_SHELLS = Statement(
    select(_c.c.id, _c.c.address_id, _c.c.member_id)
    .join(_a, _a.c.id == _c.c.address_id)
    .where(
        *_IS_SHELL,
        ~exists().where(_m.c.conversation_id == _c.c.id, is_state(_m.c.state, "queued", "retry", "sending")),
    )
    .limit(_SHELLS_MAX)
)
_SHELL_GONE = tuple(
    Statement(delete(of).where(column == bindparam(name)))
    for of, column, name in (
        (_m, _m.c.conversation_id, "chat"),
        (_c, _c.c.id, "chat"),
        (_a, _a.c.id, "address"),
        (_p, _p.c.id, "member"),
    )
)


def erase_and_say(
    tx: Tx, member_id: int, conversation_id: int, words: str, language: str, now: datetime, key: Key
) -> Erased | None:
    """Erase her and queue one last line to the chat she said it in, on a shell that holds nothing else."""
    where = tx.one(_WHERE, chat=conversation_id)
    erased = erase(tx, member_id, now, key)
    if erased is None or where is None:
        return erased
    shell = tx.one(_SHELL_MEMBER, now=now).id
    address = tx.one(
        _SHELL_ADDRESS,
        account=f"{LEAVING}{shell}",
        external_id=where.external_id,
        member_id=shell,
        now=now,
    ).id
    chat = tx.one(_SHELL_CHAT, address_id=address, member_id=shell).id
    messages.add(
        tx,
        chat,
        where.account,
        "answer",
        words,
        now=now,
        language=language,
        policy=messages.RESEND_ONCE,
        expires_at=now + FAREWELL_FOR,
    )
    return erased


def tidy(tx: Tx, now: datetime) -> int:
    """Remove the shells whose line is sent, refused or too late; how many."""
    shells = tx.all(_SHELLS)
    for shell in shells:
        ids = {"chat": shell.id, "address": shell.address_id, "member": shell.member_id}
        for statement, name in zip(_SHELL_GONE, ("chat", "chat", "address", "member"), strict=True):
            tx.run(statement, **{name: ids[name]})
        leave_pages(tx, shell.member_id, now)
    return len(shells)


_OVER = {
    "data_link": (table(DataLink), table(DataLink).c.member_id),
    "link_code": (table(LinkCode), table(LinkCode).c.member_id),
    "card_link": (table(CardLink), table(CardLink).c.member_id),
}
_OVER_OF = tuple(
    Statement(select(column.label("her"), of.c.expires_at).where(of.c.expires_at <= bindparam("now")))
    for of, column in _OVER.values()
)
_OVER_GONE = tuple(
    Statement(delete(of).where(of.c.expires_at <= bindparam("until"))) for of, _ in _OVER.values()
)
_BLANK_SECRET = Statement(
    update(_m)
    .where(
        _m.c.conversation_id.in_(traces.CHATS),
        _m.c.kind == bindparam("of_kind"),
        _m.c.created_at < bindparam("until"),
    )
    .values(text="")
)


def blank_secrets(tx: Tx, now: datetime) -> int:
    """Links and codes that are over: their rows go, and so do the words in which they were said; how many."""
    count = 0
    for kind, over, gone in zip(_OVER, _OVER_OF, _OVER_GONE, strict=True):
        found = tx.all(over, now=now)
        for row in found:
            tx.run(_BLANK_SECRET, her=row.her, of_kind=kind, until=row.expires_at)
        if found:
            tx.run(gone, until=now)
        count += len(found)
    return count


# --- leftovers ---------------------------------------------------------------------------------------------

_LEFTOVERS = Statement(
    select(_left.c.ref)
    .where(_left.c.kind == bindparam("of_kind"))
    .order_by(_left.c.at, _left.c.ref)
    .limit(bindparam("limit"))
)
_CLEARED = Statement(
    delete(_left).where(_left.c.kind == bindparam("of_kind"), _left.c.ref == bindparam("of_ref"))
)


def leave_file(tx: Tx, uid: str, now: datetime) -> None:
    """The row of this file is gone: its bytes have to go too."""
    tx.run(_LEAVE, kind=FILE, ref=uid, at=now)


def leave_pages(tx: Tx, about: int, now: datetime) -> None:
    """Rows were deleted: what is left of them in the database's own files has to go. One note each, so that none is lost."""
    tx.run(_LEAVE, kind=PAGES, ref=f"{to_ms(now)}-{about}", at=now)


def leftovers(tx: Tx, kind: str, limit: int = 100) -> list[str]:
    """What still has to go, oldest first."""
    return [row.ref for row in tx.all(_LEFTOVERS, of_kind=kind, limit=limit)]


def cleared(tx: Tx, kind: str, refs: Sequence[str]) -> None:
    """It is gone."""
    tx.many(_CLEARED, [{"of_kind": kind, "of_ref": ref} for ref in refs])


def strangers_tap(tx: Tx, conversation: tuple[int, int, int], hashed: str, now: datetime) -> bool:
    """A doubled last tap made a stranger of her: take that back. True when it was one."""
    if not is_erased(tx, hashed, now - LATE_TAP):
        return False
    chat, address, member = conversation
    ids = {"chat": chat, "address": address, "member": member}
    for statement, name in zip(_SHELL_GONE, ("chat", "chat", "address", "member"), strict=True):
        tx.run(statement, **{name: ids[name]})
    return True


def count_shells(tx: Tx) -> int:
    """Last lines that are still on their way."""
    return int(tx.query(select(func.count().label("n")).select_from(_a).where(*_IS_SHELL))[0].n)
