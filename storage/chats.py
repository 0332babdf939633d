"""One chat as staff see it: what was said and what became of it, and what they must know before they write to her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from storage import inbox, media, notes
from storage.bookings import BookingRow
from storage.conversations import ConversationRow
from storage.counsellors import CounsellorRow, both
from storage.handovers import own_talk
from storage.inbox import Row, Scope
from storage.media import MediaRow, Sent
from storage.members import AddressRow, MemberRow
from storage.messages import MessageRow
from storage.mydata import SECRET
from storage.notes import Note, NoteRow
from storage.sql import Statement, Tx, table
from storage.staff import StaffRow

LINES_MAX = 100
APPOINTMENTS_MAX = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `text` of a tap is the label she tapped."""

    id: int
    outgoing: bool
    kind: str
    text: str
    language: str | None
    account: str
    state: str
    error: str | None
    not_before: datetime
    created_at: datetime
    sent_at: datetime | None
    author: str | None
    """The staff member who wrote it."""
    on_page: bool
    """Whether her own page said that it showed it."""
    files: tuple[Sent, ...]
    """What came with it."""

    @property
    def may_go_again(self) -> bool:
        """Whether one click sends it again: a person's message that did not arrive, or perhaps did not."""
        return self.kind in ("staff", "staff_now") and self.state in ("unknown", "failed", "expired")


@dataclass(frozen=True, slots=True)
class Contact:
    """What must be known before anybody writes to her or calls her."""

    language: str | None
    age_band: str | None
    shared_phone: str | None
    write_when: str | None
    stopped: bool
    keeps_reminders: bool
    do_not_write: bool
    danger_at: datetime | None
    reachable: bool


@dataclass(frozen=True, slots=True)
class Appointment:
    """A meeting of hers that is to come."""

    id: int
    starts_at: datetime
    counsellor: str
    topic: str
    mode: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Chat:
    """All that one chat page shows."""

    row: Row
    contact: Contact
    lines: tuple[Line, ...]
    older: int | None
    """The id before which older messages are asked for; None when these are all."""
    appointments: tuple[Appointment, ...]
    notes: tuple[Note, ...]
    others: tuple[Row, ...]


_m = table(MessageRow)
_c = table(ConversationRow)
_p = table(MemberRow)
_a = table(AddressRow)
_s = table(StaffRow)
_b = table(BookingRow)
_k = table(CounsellorRow)
_second = _k.alias("second")
_f = table(MediaRow)
_n = table(NoteRow)
_LINES = Statement(
    select(
        _m.c.id,
        _m.c.outgoing,
        _m.c.kind,
        _m.c.text,
        _m.c.choices,
        _m.c.language,
        _m.c.account,
        _m.c.state,
        _m.c.error,
        _m.c.not_before,
        _m.c.created_at,
        _m.c.sent_at,
        _m.c.provider_id,
        _s.c.name,
    )
    .outerjoin(_s, _s.c.id == _m.c.staff_id)
    .where(
        _m.c.conversation_id == bindparam("of_chat"),
        _m.c.id < bindparam("before"),
        # After it was closed she talks with the bot alone again, and that is nobody's to read.
        or_(bindparam("until", type_=_m.c.created_at.type).is_(None), _m.c.created_at <= bindparam("until")),
        ~own_talk(_m),
    )
    .order_by(_m.c.id.desc())
    .limit(LINES_MAX + 1)
)
_CONTACT = Statement(
    select(
        _p.c.language,
        _p.c.age_band,
        _p.c.shared_phone,
        _p.c.write_when,
        _p.c.stopped_at,
        _p.c.keeps_reminders,
        _p.c.do_not_write,
        _p.c.danger_at,
        _a.c.reachable,
    )
    .select_from(_c)
    .join(_p, _p.c.id == _c.c.member_id)
    .join(_a, _a.c.id == _c.c.address_id)
    .where(_c.c.id == bindparam("of_chat"))
)
_APPOINTMENTS = Statement(
    select(_b.c.id, _b.c.starts_at, both(_k, _second), _b.c.topic, _b.c.mode, _b.c.language)
    .join(_k, _k.c.id == _b.c.counsellor_id)
    .outerjoin(_second, _second.c.id == _b.c.second_id)
    .where(
        _b.c.member_id == bindparam("of_member"), _b.c.state == "booked", _b.c.starts_at >= bindparam("now")
    )
    .order_by(_b.c.starts_at)
    .limit(APPOINTMENTS_MAX)
)
_recent = (
    select(_m.c.id, _m.c.state, _m.c.not_before)
    .where(_m.c.conversation_id == bindparam("of_chat"))
    .order_by(_m.c.id.desc())
    .limit(LINES_MAX)
)
_STATES = Statement(_recent)
_ABOUT = Statement(
    select(
        _c.c.version,
        _c.c.owner,
        _c.c.touched_at,
        _c.c.closed_at,
        select(func.max(_n.c.id)).where(_n.c.member_id == _c.c.member_id).scalar_subquery().label("note"),
        select(func.max(_b.c.created_at, type_=_b.c.created_at.type))
        .where(_b.c.member_id == _c.c.member_id)
        .scalar_subquery()
        .label("booked"),
        select(func.sum(_b.c.version))
        .where(_b.c.member_id == _c.c.member_id)
        .scalar_subquery()
        .label("moved"),
    ).where(_c.c.id == bindparam("of_chat"))
)
_FILE_STATES = Statement(
    select(_f.c.id, _f.c.state, _f.c.kept_at, _f.c.chosen_at).where(
        _f.c.conversation_id == bindparam("of_chat")
    )
)


def find(
    tx: Tx, scope: Scope, conversation_id: int, now: datetime, *, before: int | None = None, opened: int = 0
) -> Chat | None:
    """Everything for one chat page; None when it does not exist or is not hers to see. `opened` is a note she asked for."""
    row = inbox.find(tx, scope, conversation_id)
    if row is None:
        return None
    found, older = lines(tx, row, before)
    return Chat(
        row,
        contact(tx, row.id),
        found,
        older,
        tuple(Appointment(*one) for one in tx.all(_APPOINTMENTS, of_member=row.member_id, now=now)),
        notes.about(tx, row.member_id, opened),
        inbox.others(tx, scope, row),
    )


def contact(tx: Tx, conversation_id: int) -> Contact:
    """How it is safe to reach her."""
    said = tx.one(_CONTACT, of_chat=conversation_id)
    return Contact(
        said.language,
        said.age_band,
        said.shared_phone,
        said.write_when,
        said.stopped_at is not None,
        bool(said.keeps_reminders),
        bool(said.do_not_write),
        said.danger_at,
        bool(said.reachable),
    )


def lines(tx: Tx, row: Row, before: int | None = None) -> tuple[tuple[Line, ...], int | None]:
    """The last messages before an id, oldest first, and the id before which there are more."""
    until = row.closed_at if row.owner == "bot" else None
    top = before if before is not None and 0 < before < 2**31 else 2**31 - 1
    raws = tx.all(_LINES, of_chat=row.id, before=top, until=until)
    older = raws[LINES_MAX - 1].id if len(raws) > LINES_MAX else None
    raws = list(reversed(raws[:LINES_MAX]))
    files: dict[int, list[Sent]] = {}
    for sent in media.of(tx, row.id):
        files.setdefault(sent.message_id, []).append(sent)
    labels: dict[str, str] = {}
    found: list[Line] = []
    for raw in raws:
        found.append(_line(raw, labels, tuple(files.get(raw.id, ()))))
        labels.update({str(choice[0]): str(choice[1]) for choice in raw.choices or ()})
    return tuple(found), older


def _text(raw: Any, labels: dict[str, str]) -> str:
    """What staff read. A link or code that opens a door is hers alone."""
    if raw.kind in SECRET:
        return "•••"
    return labels.get(raw.text, raw.text) if raw.kind == "tap" else str(raw.text)


def _line(raw: Any, labels: dict[str, str], files: tuple[Sent, ...]) -> Line:
    """A tap is kept as the id of the choice; here it reads as the label she tapped."""
    return Line(
        id=raw.id,
        outgoing=bool(raw.outgoing),
        kind=raw.kind,
        text=_text(raw, labels),
        language=raw.language,
        account=raw.account,
        state=raw.state,
        error=raw.error,
        not_before=raw.not_before,
        created_at=raw.created_at,
        sent_at=raw.sent_at,
        author=raw.name,
        on_page=raw.provider_id == "page",
        files=files,
    )


def state(tx: Tx, conversation_id: int) -> tuple[object, ...]:
    """A cheap value that differs after any change the page of this chat could show."""
    about = tx.one(_ABOUT, of_chat=conversation_id)
    said = tx.all(_STATES, of_chat=conversation_id)
    files = tx.all(_FILE_STATES, of_chat=conversation_id)
    return (about, tuple(said), tuple(files))
