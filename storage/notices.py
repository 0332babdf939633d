"""The ledger of everything time-driven: what was decided, once a subject and version."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Index,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlmodel import Field, SQLModel

from storage.bookings import BookingRow
from storage.conversations import ConversationRow
from storage.members import AddressRow, Member, MemberRow
from storage.messages import MessageRow
from storage.sql import InsertNew, Statement, Tx, Utc, table

SENT, SKIPPED = "sent", "skipped"
QUIET_REASONS = ("made_late", "merged", "superseded")
"""Skipped because nothing is missing: she has just booked, has the other reminder, or the subject changed."""


class NoticeRow(SQLModel, table=True):
    """One decision. What became of the message stands in the message."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "subject_version"),
        CheckConstraint("decision IN ('sent', 'skipped')", name="decision_known"),
        CheckConstraint("(decision = 'sent') = (message_id IS NOT NULL)", name="sent_has_message"),
        CheckConstraint("(decision = 'skipped') = (reason IS NOT NULL)", name="skipped_has_reason"),
        Index("ix_notices_subject", "subject"),
        # Deleting a message looks here whether a decision still names it.
        Index("ix_notices_message", "message_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject: str
    subject_version: int
    decision: str
    reason: str | None = None
    message_id: int | None = Field(default=None, foreign_key="messages.id")
    member_id: int = Field(foreign_key="members.id", index=True)
    due_at: datetime = Field(sa_type=Utc)
    at: datetime = Field(sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Notice:
    """A decision as it was recorded."""

    kind: str
    subject: str
    subject_version: int
    decision: str
    reason: str | None
    message_id: int | None
    member_id: int
    due_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Horizons:
    """Up to which time of the subject there may be something to decide now, by her answer to "when may we write"."""

    any: datetime
    morning: datetime
    afternoon: datetime
    never: datetime


@dataclass(frozen=True, slots=True)
class DueBooking:
    """A booking without a decision on one kind of reminder, and the member it belongs to."""

    id: int
    version: int
    starts_at: datetime
    made_at: datetime
    """When this time was chosen: booked, or moved to."""
    member: Member


@dataclass(frozen=True, slots=True)
class LeftDialogue:
    """A conversation that ended midway and was not asked about it."""

    conversation_id: int
    version: int
    left_at: datetime
    stack: Any
    member: Member


@dataclass(frozen=True, slots=True)
class Reach:
    """An address of a member and its conversation."""

    account: str
    reachable: bool
    conversation_id: int
    address_id: int
    owner: str


@dataclass(frozen=True, slots=True)
class Call:
    """A line of the call list: an appointment whose reminder did not go out, and why. No word of hers."""

    booking_id: int
    code: str
    starts_at: datetime
    language: str | None
    kind: str
    reason: str
    careful: bool
    """Writing to her phone may not be safe: whoever calls decides first whether calling is."""


_n = table(NoticeRow)
_b = table(BookingRow)
_c = table(ConversationRow)
_a = table(AddressRow)
_p = table(MemberRow)
_m = table(MessageRow)
_NAMES = tuple(field.name for field in fields(Notice))
_MEMBER = [_p.c[field.name].label(f"m_{field.name}") for field in fields(Member)]
_DECIDE = InsertNew(_n, *_NAMES, returning="id")
_OF = Statement(
    select(*(_n.c[name] for name in _NAMES)).where(_n.c.subject == bindparam("about")).order_by(_n.c.id)
)


# Written into the statement: a partial index serves only a condition that is known when the statement is planned.
_BOOKED = _b.c.state == literal_column("'booked'")


def _named(noun: str, column: ColumnElement[Any]) -> ColumnElement[str]:
    """`noun:<id>`, as subjects are written."""
    return literal_column(f"'{noun}:'", String).concat(cast(column, String))


def _within(at: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a subject's time is before the horizon of its member's safe hours."""
    return or_(
        and_(or_(_p.c.write_when.is_(None), _p.c.write_when == "any"), at <= bindparam("any", type_=Utc)),
        and_(_p.c.write_when == "morning", at <= bindparam("morning", type_=Utc)),
        and_(_p.c.write_when == "afternoon", at <= bindparam("afternoon", type_=Utc)),
        and_(_p.c.write_when == "never", at <= bindparam("never", type_=Utc)),
    )


_DUE_BOOKINGS = Statement(
    select(
        _b.c.id,
        _b.c.version,
        _b.c.starts_at,
        func.coalesce(_b.c.moved_at, _b.c.created_at, type_=Utc),
        *_MEMBER,
    )
    .join(_p, _p.c.id == _b.c.member_id)
    .where(
        _BOOKED,
        _b.c.site_id == bindparam("at_site"),
        _b.c.starts_at > bindparam("after", type_=Utc),
        _b.c.starts_at <= bindparam("last", type_=Utc),
        _within(_b.c.starts_at),
        ~exists().where(
            _n.c.kind == bindparam("of_kind"),
            _n.c.subject == _named("booking", _b.c.id),
            _n.c.subject_version == _b.c.version,
        ),
    )
    .order_by(_b.c.starts_at, _b.c.id)
    .limit(bindparam("limit"))
    # A cancellation waits until the message is there to be cancelled, or has it its own way and is left alone.
    .with_for_update(of=_b, skip_locked=True, key_share=True)
)
_LEFT = Statement(
    select(_c.c.id, _c.c.version, _c.c.left_at, _c.c.stack, *_MEMBER)
    .join(_p, _p.c.id == _c.c.member_id)
    .where(
        _c.c.left_at > bindparam("after", type_=Utc),
        _c.c.left_at <= bindparam("last", type_=Utc),
        _within(_c.c.left_at),
        or_(_c.c.site_id == bindparam("at_site"), _c.c.site_id.is_(None)),
        ~exists().where(
            _n.c.kind == bindparam("of_kind"),
            _n.c.subject == _named("conversation", _c.c.id),
            _n.c.subject_version == _c.c.version,
        ),
    )
    .order_by(_c.c.left_at, _c.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=_c, skip_locked=True, key_share=True)
)
_REACH = Statement(
    select(_a.c.account, _a.c.reachable, _c.c.id, _c.c.address_id, _c.c.owner)
    .join(_c, _c.c.address_id == _a.c.id)
    .where(_a.c.member_id == bindparam("member"))
    .order_by(_c.c.last_in_at.is_(None), _c.c.last_in_at.desc(), _a.c.id.desc())
)
_nearer = _n.alias("nearer")
_its = _m.alias("its")
# When the later reminder is out, an earlier one that was not needs no call any more.
_REMINDED = exists().where(
    _nearer.c.subject == _n.c.subject,
    _nearer.c.subject_version == _n.c.subject_version,
    _nearer.c.kind == "reminder_hours",
    _its.c.id == _nearer.c.message_id,
    _its.c.state.in_(("queued", "retry", "sending", "sent")),
)
_CALLS = Statement(
    select(
        _b.c.id,
        _b.c.code,
        _b.c.starts_at,
        _p.c.language,
        _n.c.kind,
        case((_n.c.decision == SKIPPED, _n.c.reason), else_=_m.c.error),
        _m.c.state,
        _p.c.do_not_write,
    )
    .select_from(_b)
    .join(_n, and_(_n.c.subject == _named("booking", _b.c.id), _n.c.subject_version == _b.c.version))
    .join(_p, _p.c.id == _b.c.member_id)
    .outerjoin(_m, _m.c.id == _n.c.message_id)
    .where(
        _BOOKED,
        _b.c.site_id == bindparam("at_site"),
        _b.c.starts_at > bindparam("after", type_=Utc),
        ~_REMINDED,
        or_(
            and_(_n.c.decision == SKIPPED, _n.c.reason.not_in(QUIET_REASONS)),
            _m.c.state.in_(("failed", "unknown", "expired", "cancelled", "skipped")),
        ),
    )
    .order_by(_b.c.starts_at, _b.c.id, _n.c.id.desc())
    .limit(500)
)


def decide(
    tx: Tx,
    kind: str,
    subject: str,
    version: int,
    *,
    member_id: int,
    due_at: datetime,
    now: datetime,
    message_id: int | None = None,
    reason: str | None = None,
) -> bool:
    """Record that a message was sent, or skipped for a reason; False when somebody decided already."""
    row = tx.one(
        _DECIDE,
        kind=kind,
        subject=subject,
        subject_version=version,
        decision=SKIPPED if message_id is None else SENT,
        reason=reason,
        message_id=message_id,
        member_id=member_id,
        due_at=due_at,
        at=now,
    )
    return row is not None


def of(tx: Tx, subject: str) -> list[Notice]:
    """Every decision about a subject, in its order."""
    return [Notice(*row) for row in tx.all(_OF, about=subject)]


def due_bookings(
    tx: Tx, kind: str, site_id: int, *, after: datetime, horizons: Horizons, limit: int
) -> list[DueBooking]:
    """Bookings that start between `after` and her horizon, without a decision of this kind on their present time."""
    rows = tx.all(_DUE_BOOKINGS, of_kind=kind, at_site=site_id, after=after, limit=limit, **_until(horizons))
    return [DueBooking(row[0], row[1], row[2], row[3], Member(*row[4:])) for row in rows]


def left_dialogues(
    tx: Tx, kind: str, site_id: int, *, after: datetime, horizons: Horizons, limit: int
) -> list[LeftDialogue]:
    """Conversations of this site left midway after `after` and before her horizon, not yet asked about it."""
    rows = tx.all(_LEFT, of_kind=kind, at_site=site_id, after=after, limit=limit, **_until(horizons))
    return [LeftDialogue(row[0], row[1], row[2], row[3], Member(*row[4:])) for row in rows]


def _until(horizons: Horizons) -> dict[str, datetime]:
    each = {field.name: getattr(horizons, field.name) for field in fields(horizons)}
    # The plain upper bound lets the index on the time serve as one range; the horizons then look at what is in it.
    return {**each, "last": max(each.values())}


def reach(tx: Tx, member_id: int) -> list[Reach]:
    """Her addresses with a conversation, the one she wrote from last first."""
    return [Reach(*row) for row in tx.all(_REACH, member=member_id)]


def call_list(tx: Tx, site_id: int, now: datetime) -> list[Call]:
    """Appointments from an hour ago on whose reminder did not go out: one line each, the latest reason."""
    calls: dict[int, Call] = {}
    for row in tx.all(_CALLS, at_site=site_id, after=now - timedelta(hours=1)):
        booking_id, code, starts_at, language, kind, reason, state, locked = row
        careful = bool(locked) or reason == "danger"
        calls.setdefault(
            booking_id, Call(booking_id, code, starts_at, language, kind, reason or state, careful)
        )
    return list(calls.values())
