"""The secret check: six digits agreed at the desk, of which the bot asks two positions.

Kept is one keyed hash for each pair of positions, so two digits can be compared and the whole cannot be read back without
the server's key. The pair that is asked stays the same until it was answered rightly: asking again gives no easier one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import Field, SQLModel

from storage.conversations import ConversationRow
from storage.messages import MessageRow
from storage.sql import InsertNew, Json, Statement, Tx, Utc, table

DIGITS = 6
PAIRS = tuple(combinations(range(1, DIGITS + 1), 2))
"""Positions as they are asked, the earlier one first."""
WRONG_MAX = 5
PAUSES = (timedelta(hours=1), timedelta(hours=4), timedelta(hours=24))
"""How long each pause is; so many wrong answers in a row once more, and it stays shut until there are new digits."""
SILENCE = timedelta(minutes=15)
"""So long without a word of hers in this chat, and it asks again."""
_LOOK_BACK = 300
Key = Callable[[str], str]


class CheckRow(SQLModel, table=True):
    """Her check."""

    __tablename__ = "secret_checks"
    member_id: int = Field(foreign_key="members.id", primary_key=True)
    salt: str
    pairs: Any = Field(sa_type=Json)
    """A keyed hash for each of `PAIRS`."""
    asking: int = 0
    """Which of `PAIRS` is asked next."""
    fails: int = 0
    """Wrong answers in a row."""
    paused_until: datetime | None = Field(default=None, sa_type=Utc)
    pauses: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How often so many answers in a row were wrong since the digits were set. A right answer does not take it back."""
    set_by: int = Field(foreign_key="staff.id")
    set_at: datetime = Field(sa_type=Utc)


class CheckPass(SQLModel, table=True):
    """A chat in which the check was answered."""

    __tablename__ = "check_passes"
    conversation_id: int = Field(foreign_key="conversations.id", primary_key=True)
    at: datetime = Field(sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Check:
    """What is known of it outside: nothing of the digits."""

    asking: tuple[int, int]
    fails: int
    paused_until: datetime | None
    set_by: int
    set_at: datetime
    pauses: int = 0

    @property
    def is_shut(self) -> bool:
        """Whether no answer opens it any more: only new digits do."""
        return self.pauses > len(PAUSES)


_k, _ok, _m, _c = table(CheckRow), table(CheckPass), table(MessageRow), table(ConversationRow)
_FIND = Statement(
    select(_k.c.asking, _k.c.fails, _k.c.paused_until, _k.c.set_by, _k.c.set_at, _k.c.pauses).where(
        _k.c.member_id == bindparam("of_member")
    )
)
_SECRET = Statement(
    select(_k.c.salt, _k.c.pairs, _k.c.asking, _k.c.fails, _k.c.paused_until, _k.c.pauses)
    .where(_k.c.member_id == bindparam("of_member"))
    .with_for_update()
)
_DROP = Statement(delete(_k).where(_k.c.member_id == bindparam("of_member")))
_SET = InsertNew(_k, "member_id", "salt", "pairs", "asking", "fails", "pauses", "set_by", "set_at")
_RIGHT = Statement(
    update(_k)
    .where(_k.c.member_id == bindparam("of_member"))
    .values(fails=0, paused_until=None, asking=bindparam("next_pair"))
)
_WRONG = Statement(
    update(_k)
    .where(_k.c.member_id == bindparam("of_member"))
    .values(fails=bindparam("now_fails"), paused_until=bindparam("until"), pauses=bindparam("times"))
)
_FORGET_PASS = Statement(delete(_ok).where(_ok.c.conversation_id == bindparam("in_chat")))
_FORGET_PASSES = Statement(
    delete(_ok).where(
        _ok.c.conversation_id.in_(select(_c.c.id).where(_c.c.member_id == bindparam("of_member")))
    )
)
_PASS = InsertNew(_ok, "conversation_id", "at")
_PASSED = Statement(select(_ok.c.at).where(_ok.c.conversation_id == bindparam("in_chat")))
_WORDS = Statement(
    select(_m.c.created_at)
    .where(_m.c.conversation_id == bindparam("in_chat"), ~_m.c.outgoing)
    .order_by(_m.c.id.desc())
    .limit(_LOOK_BACK)
)


def _said(salt: str, pair: tuple[int, int], digits: str) -> str:
    # Without her id: two chats that turn out to be hers become one member, and the check goes with her.
    return f"secret-check:{salt}:{pair[0]}{pair[1]}:{digits}"


def set_(tx: Tx, member_id: int, digits: str, salt: str, by: int, now: datetime, key: Key) -> None:
    """New digits; who had passed with the old ones is asked again."""
    pairs = [key(_said(salt, pair, digits[pair[0] - 1] + digits[pair[1] - 1])) for pair in PAIRS]
    remove(tx, member_id)
    tx.run(
        _SET,
        member_id=member_id,
        salt=salt,
        pairs=pairs,
        asking=_pick(key(f"secret-check-pair:{salt}")),
        fails=0,
        pauses=0,
        set_by=by,
        set_at=now,
    )


def remove(tx: Tx, member_id: int) -> bool:
    """She does not want it any more."""
    tx.run(_FORGET_PASSES, of_member=member_id)
    return bool(tx.run(_DROP, of_member=member_id))


def find(tx: Tx, member_id: int) -> Check | None:
    """Her check, if she wanted one."""
    row = tx.one(_FIND, of_member=member_id)
    return None if row is None else Check(PAIRS[row.asking], *row[1:])


def answer(tx: Tx, member_id: int, digits: str, now: datetime, key: Key) -> tuple[bool, bool]:
    """Whether these are the two digits that were asked, and whether this answer began a pause or shut it.

    In a pause, and once it is shut, every answer is wrong and none is counted: whoever tries learns nothing of it.
    """
    row = tx.one(_SECRET, of_member=member_id)
    if row is None:
        return True, False
    if row.pauses > len(PAUSES) or (row.paused_until is not None and now < row.paused_until):
        return False, False
    hashed = key(_said(row.salt, PAIRS[row.asking], digits))
    if hashed == row.pairs[row.asking]:
        tx.run(_RIGHT, of_member=member_id, next_pair=_pick(key(f"secret-check-next:{row.salt}:{now}")))
        return True, False
    # After a pause the counting begins anew.
    fails = 1 if row.paused_until is not None else row.fails + 1
    pauses = fails >= WRONG_MAX
    until = now + PAUSES[row.pauses] if pauses and row.pauses < len(PAUSES) else None
    tx.run(_WRONG, of_member=member_id, now_fails=fails, until=until, times=row.pauses + pauses)
    return False, pauses


def _pick(hashed: str) -> int:
    return int(hashed[:8], 16) % len(PAIRS)


def passed(tx: Tx, conversation_id: int, now: datetime) -> None:
    """The check was answered in this chat."""
    tx.run(_FORGET_PASS, in_chat=conversation_id)
    tx.run(_PASS, conversation_id=conversation_id, at=now)


def forget_pass(tx: Tx, conversation_id: int) -> None:
    """This chat is asked again, whatever was answered before."""
    tx.run(_FORGET_PASS, in_chat=conversation_id)


def is_open(tx: Tx, conversation_id: int, now: datetime) -> bool:
    """Whether it was answered here, and she was never silent for long since."""
    row = tx.one(_PASSED, in_chat=conversation_id)
    return row is not None and _unbroken(
        row.at, now, [said.created_at for said in tx.all(_WORDS, in_chat=conversation_id)]
    )


def _unbroken(since: datetime, now: datetime, words: Sequence[datetime]) -> bool:
    """Whether no gap between now and that moment is as long as the silence; `words` are newest first."""
    later = now
    for word in (*words, since):
        at = max(word, since)
        if later - at >= SILENCE:
            return False
        if at == since:
            return True
        later = at
    return False
