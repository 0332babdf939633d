"""What a chat page shows: the conversation behind a page's address and its messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, cast, or_, select, update

from storage.conversations import ConversationRow
from storage.members import AddressRow, MemberRow
from storage.messages import ASKED_AGAIN, OPEN, REPLY, MessageRow
from storage.sql import Statement, Tx, table

SHOWN_MAX = 60
"""Messages on a page: a phone scrolls through them, an old chat stays quick."""


@dataclass(frozen=True, slots=True)
class Chat:
    """The conversation of one page."""

    id: int
    language: str | None
    member_id: int


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a page. `unseen` ones are hers once her page says so; `open` ones still ask something."""

    id: int
    outgoing: bool
    kind: str
    text: str
    choices: tuple[tuple[str, str, bool], ...]
    language: str | None
    unseen: bool
    unasked: bool
    open: bool
    voice: int | None = None
    """The recording she asked to hear."""


_m = table(MessageRow)
_c = table(ConversationRow)
_a = table(AddressRow)
_p = table(MemberRow)
_FIND = Statement(
    select(_c.c.id, _p.c.language, _c.c.member_id)
    .join(_a, _a.c.id == _c.c.address_id)
    .join(_p, _p.c.id == _c.c.member_id)
    .where(_a.c.account == bindparam("account"), _a.c.external_id == bindparam("external_id"))
)
# The same rules as for a message that is sent: what is not due, too late or unwanted is not shown either.
_shown = or_(
    _m.c.state.in_(("received", "sent")),
    and_(
        _m.c.state.in_(OPEN),
        _m.c.not_before <= bindparam("now"),
        or_(_m.c.expires_at.is_(None), _m.c.expires_at > bindparam("now")),
        or_(
            and_(_m.c.lane <= REPLY, or_(~_p.c.do_not_write, _m.c.kind.not_in(ASKED_AGAIN))),
            and_(
                ~_p.c.do_not_write,
                or_(_p.c.stopped_at.is_(None), and_(_p.c.keeps_reminders, _m.c.kind.like("reminder%"))),
            ),
        ),
    ),
)
_columns = (
    _m.c.id,
    _m.c.outgoing,
    _m.c.kind,
    _m.c.text,
    _m.c.choices,
    _m.c.language,
    _m.c.state,
    _m.c.lane,
    _m.c.answered,
    _m.c.voice_id,
)
_LINES = Statement(
    select(*_columns)
    .join(_c, _c.c.id == _m.c.conversation_id)
    .join(_p, _p.c.id == _c.c.member_id)
    .where(_m.c.conversation_id == bindparam("conversation_id"), _shown)
    .order_by(_m.c.id.desc())
    .limit(SHOWN_MAX)
)
_VOICE = Statement(
    select(_m.c.voice_id)
    .join(_c, _c.c.id == _m.c.conversation_id)
    .join(_a, _a.c.id == _c.c.address_id)
    .where(
        _a.c.account == bindparam("account"),
        _a.c.external_id == bindparam("external_id"),
        _m.c.id == bindparam("message_id"),
    )
)
_FORGET = Statement(
    update(_a)
    .where(_a.c.account == bindparam("in_account"), _a.c.external_id == bindparam("old_id"))
    .values(external_id="forgotten:" + cast(_a.c.id, _a.c.external_id.type), reachable=False)
)


def find(tx: Tx, account: str, external_id: str) -> Chat | None:
    """The conversation of a page; None for a page nobody has written from."""
    row = tx.one(_FIND, account=account, external_id=external_id)
    return None if row is None else Chat(*row)


def lines(tx: Tx, conversation_id: int, now: datetime) -> list[Line]:
    """The last messages of a conversation, oldest first."""
    rows = list(reversed(tx.all(_LINES, conversation_id=conversation_id, now=now)))
    last_heard = max((row.id for row in rows if not row.outgoing), default=0)
    labels: dict[str, str] = {}
    found: list[Line] = []
    for row in rows:
        found.append(_line(row, labels, last_heard))
        labels.update({choice[0]: choice[1] for choice in row.choices or ()})
    return found


def _line(row: Any, labels: dict[str, str], last_heard: int) -> Line:
    """A tap is kept as the id of the choice; on the page it reads as the label she tapped."""
    text = row.text
    if row.kind == "tap":
        text = labels.get(text, "")
    unasked = row.outgoing and row.lane > REPLY
    return Line(
        id=row.id,
        outgoing=bool(row.outgoing),
        kind=row.kind,
        text="" if row.kind == "start" else text,
        choices=tuple((str(i), str(label), bool(nav)) for i, label, nav in row.choices or ()),
        language=row.language,
        unseen=row.state in OPEN,
        unasked=unasked,
        open=row.id > last_heard or (unasked and not row.answered),
        voice=row.voice_id,
    )


def voice_of(tx: Tx, account: str, external_id: str, message_id: int) -> int | None:
    """The recording of a message of this page; None for one without, or somebody else's."""
    row = tx.one(_VOICE, account=account, external_id=external_id, message_id=message_id)
    return None if row is None else row.voice_id


def forget(tx: Tx, account: str, external_id: str) -> None:
    """Cut the page off its conversation for good: no cookie leads there any more."""
    tx.run(_FORGET, in_account=account, old_id=external_id)
