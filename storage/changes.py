"""What staff did to a member's meeting: booked, moved or cancelled it for her. One row a booking and version.

`flows/change.py` finds here what she still has to be told, and whom nobody has reached.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    String,
    and_,
    bindparam,
    cast,
    exists,
    literal_column,
    or_,
    select,
)
from sqlmodel import Field, SQLModel

from storage import bookings, refusals, sites
from storage.bookings import Booking, BookingRow, MoveOutcome, Taken, TakeOutcome
from storage.calendars import Second, Wanted
from storage.members import Member, MemberRow
from storage.notices import NoticeRow
from storage.refusals import RefusalRow
from storage.sql import InsertNew, Statement, Tx, Utc, any_of, table
from storage.staff import StaffRow

Kind = Literal["booked", "moved", "cancelled"]
NOTICE = "booking_change"
"""The kind of its message, in the contact rules and in the ledger."""


class ChangeRow(SQLModel, table=True):
    """One act of staff on a meeting; `version` is the booking's after it."""

    __tablename__ = "booking_changes"
    __table_args__ = (CheckConstraint(any_of("kind", "booked", "moved", "cancelled"), name="kind_known"),)
    booking_id: int = Field(foreign_key="bookings.id", primary_key=True)
    version: int = Field(primary_key=True)
    kind: str
    at: datetime = Field(sa_type=Utc, index=True)
    staff_id: int = Field(foreign_key="staff.id")
    knows: bool = False
    """She was there or on the phone: nobody has to call her about it."""


@dataclass(frozen=True, slots=True)
class Due:
    """A change nothing was decided about yet, and whose meeting it is."""

    kind: str
    at: datetime
    booking: Booking
    member: Member


_ch = table(ChangeRow)
_b = table(BookingRow)
_p = table(MemberRow)
_n = table(NoticeRow)
_r = table(RefusalRow)
_s = table(StaffRow)
_ADD = InsertNew(_ch, "booking_id", "version", "kind", "at", "staff_id", "knows")
_BOOKING = [_b.c[name].label(f"b_{name}") for name in Booking.__dataclass_fields__]
_MEMBER = [_p.c[field.name].label(f"m_{field.name}") for field in fields(Member)]
_SUBJECT = literal_column("'booking:'", String).concat(cast(_b.c.id, String))
_of_it = and_(_n.c.kind == NOTICE, _n.c.subject == _SUBJECT, _n.c.subject_version == _ch.c.version)
_present = and_(_b.c.id == _ch.c.booking_id, _b.c.version == _ch.c.version)
_DUE = Statement(
    select(_ch.c.kind, _ch.c.at, *_BOOKING, *_MEMBER)
    .join(_b, _present)
    .join(_p, _p.c.id == _b.c.member_id)
    .where(
        _ch.c.at > bindparam("after", type_=Utc),
        _b.c.site_id == bindparam("of_site"),
        _p.c.erased_at.is_(None),
        # Who may be written to later waits, and keeps nobody else from being decided about.
        or_(
            and_(or_(_p.c.write_when.is_(None), _p.c.write_when == "any"), bindparam("any", type_=Boolean())),
            and_(_p.c.write_when == "morning", bindparam("morning", type_=Boolean())),
            and_(_p.c.write_when == "afternoon", bindparam("afternoon", type_=Boolean())),
            _p.c.write_when == "never",
        ),
        ~exists().where(_of_it),
    )
    .order_by(_ch.c.at, _ch.c.booking_id)
    .limit(bindparam("limit"))
    .with_for_update(of=_b, skip_locked=True, key_share=True)
)
_LAST = Statement(
    select(_ch.c.kind, _ch.c.at, _ch.c.version)
    .where(_ch.c.booking_id == bindparam("of_booking"))
    .order_by(_ch.c.version.desc())
    .limit(1)
)
_INSTEAD = Statement(
    select(*(_b.c[name] for name in Booking.__dataclass_fields__))
    .where(
        _b.c.member_id == bindparam("of_member"),
        _b.c.site_id == bindparam("of_site"),
        _b.c.topic == bindparam("of_topic"),
        _b.c.state == "booked",
        _b.c.created_at >= bindparam("since", type_=Utc),
        _b.c.starts_at > bindparam("now", type_=Utc),
    )
    .order_by(_b.c.created_at, _b.c.id)
    .limit(1)
)
_UNWANTED = Statement(
    select(_s.c.counsellor_id)
    .join(_r, _r.c.staff_id == _s.c.id)
    .where(_r.c.member_id == bindparam("of_member"), _s.c.counsellor_id.is_not(None))
)
_FOUND = Statement(
    select(*(_b.c[name] for name in Booking.__dataclass_fields__)).where(_b.c.id == bindparam("booking_id"))
)
_made = exists().where(
    _ch.c.booking_id == bindparam("of_booking"),
    _ch.c.kind == "booked",
    _ch.c.staff_id == bindparam("of_staff"),
)
_HERS = Statement(
    select(_s.c.id).where(
        _s.c.id == bindparam("of_staff"),
        or_(_s.c.counsellor_id == bindparam("first"), _s.c.counsellor_id == bindparam("second"), _made),
    )
)


# --- what staff do -------------------------------------------------------------------------------------------


def book(
    tx: Tx, wanted: Wanted, starts_at: datetime, *, member_id: int, staff_id: int, now: datetime
) -> TakeOutcome:
    """Book for a member; asked again, she has it."""
    outcome = bookings.take(tx, wanted, starts_at, member_id=member_id, conversation_id=None, now=now)
    if isinstance(outcome, Taken):
        _note(tx, outcome.booking, "booked", staff_id, now, knows=True)
    return outcome


def move(
    tx: Tx,
    booking: Booking,
    wanted: Wanted,
    starts_at: datetime,
    *,
    staff_id: int,
    now: datetime,
    knows: bool,
) -> MoveOutcome:
    """Move a member's meeting."""
    outcome = bookings.move(tx, booking.id, wanted, starts_at, member_id=booking.member_id, now=now)
    if isinstance(outcome, Taken):
        _note(tx, outcome.booking, "moved", staff_id, now, knows=knows)
    return outcome


def cancel(tx: Tx, booking: Booking, *, staff_id: int, now: datetime, knows: bool) -> bool:
    """Cancel a member's meeting; False when it is over or was cancelled before."""
    if not bookings.call_off(tx, booking.id, booking.member_id, now):
        return False
    after = bookings.find(tx, booking.id, booking.member_id)
    assert after is not None
    _note(tx, after, "cancelled", staff_id, now, knows=knows)
    return True


def _note(tx: Tx, booking: Booking, kind: Kind, staff_id: int, now: datetime, *, knows: bool) -> None:
    tx.run(
        _ADD,
        booking_id=booking.id,
        version=booking.version,
        kind=kind,
        at=now,
        staff_id=staff_id,
        knows=knows,
    )


# --- what follows from it ------------------------------------------------------------------------------------


def due(tx: Tx, site_id: int, *, after: datetime, now_open: dict[str, bool], limit: int) -> list[Due]:
    """Changes since then nothing was decided about, oldest first; of members with such safe hours that it is their time."""
    split = 2 + len(_BOOKING)
    return [
        Due(row[0], row[1], Booking(*row[2:split]), Member(*row[split:]))
        for row in tx.all(_DUE, of_site=site_id, after=after, limit=limit, **now_open)
    ]


def last(tx: Tx, booking_id: int) -> tuple[str, datetime, int] | None:
    """What staff did last to a meeting, when, and the version it had then."""
    row = tx.one(_LAST, of_booking=booking_id)
    return None if row is None else (row.kind, row.at, row.version)


def instead(tx: Tx, booking: Booking, since: datetime, now: datetime) -> Booking | None:
    """The meeting ahead on the same topic that was booked since then."""
    row = tx.one(
        _INSTEAD,
        of_member=booking.member_id,
        of_site=booking.site_id,
        of_topic=booking.topic,
        since=since,
        now=now,
    )
    return None if row is None else Booking(*row)


def unwanted(tx: Tx, member_id: int) -> frozenset[int]:
    """The counsellors she does not want."""
    return frozenset(row.counsellor_id for row in tx.all(_UNWANTED, of_member=member_id))


def again(tx: Tx, wanted: Wanted, booking_id: int, member_id: int) -> Wanted:
    """The same wish with the second person of her joint meeting, and at its own site."""
    joint = bookings.find(tx, booking_id, member_id)
    if joint is None or joint.second_id is None or joint.second_site_id is None:
        return wanted
    where, other = sites.get(tx, joint.site_id), sites.get(tx, joint.second_site_id)
    if where is None or other is None:
        return wanted
    return replace(wanted, site=where, second=Second(other, joint.second_id))


def at_desk(
    tx: Tx, booking_id: int, staff_id: int, at_sites: tuple[int, ...], own: tuple[int, ...]
) -> Booking | None:
    """A meeting of these sites, at `own` sites only one that is hers or that she made.

    None when its member does not want this person.
    """
    booking = found(tx, booking_id)
    if booking is None or refusals.refuses(tx, booking.member_id, staff_id):
        return None
    where = {booking.site_id, booking.second_site_id}
    if where & set(at_sites) or (where & set(own) and _is_hers(tx, booking, staff_id)):
        return booking
    return None


def _is_hers(tx: Tx, booking: Booking, staff_id: int) -> bool:
    """Whether she is in this meeting, or booked it for the member."""
    return (
        tx.one(
            _HERS,
            of_staff=staff_id,
            of_booking=booking.id,
            first=booking.counsellor_id,
            second=booking.second_id or booking.counsellor_id,
        )
        is not None
    )


def found(tx: Tx, booking_id: int) -> Booking | None:
    """A meeting, whoever's."""
    row = tx.one(_FOUND, booking_id=booking_id)
    return None if row is None else Booking(*row)
