"""Attendance: whether she came, recorded by a person after the beginning, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, cast, exists, literal_column, or_, select, update
from sqlalchemy.types import String

from storage import bookings, counsellors, joint, messages
from storage.bookings import Booking, BookingRow
from storage.counsellors import CounsellorRow, both
from storage.members import Member, MemberRow
from storage.notices import NoticeRow
from storage.refusals import RefusalRow
from storage.sql import Statement, Tx, Utc, table
from storage.staff import StaffRow

ATTENDED, MISSED, CANCELLED = "attended", "missed", "cancelled"
RECORDED = (ATTENDED, MISSED)
ROWS_MAX = 200


@dataclass(frozen=True, slots=True)
class Recorded:
    """A meeting as attendance sees it."""

    id: int
    site_id: int
    member_id: int
    conversation_id: int | None
    counsellor_id: int
    starts_at: datetime
    ends_at: datetime
    state: str
    version: int
    recorded_at: datetime | None

    @property
    def subject(self) -> str:
        """What messages, notices and tasks about it name."""
        return f"booking:{self.id}"


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting of the page: no name of hers, the code she says at the desk."""

    id: int
    starts_at: datetime
    counsellor: str
    mode: str
    code: str
    state: str
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueMissed:
    """A missed meeting nothing was decided about yet."""

    booking: Recorded
    member: Member


_b = table(BookingRow)
_k = table(CounsellorRow)
_second = _k.alias("second")
_p = table(MemberRow)
_n = table(NoticeRow)
_r = table(RefusalRow)
_s = table(StaffRow)
_columns = [_b.c[field.name] for field in fields(Recorded)]
_MEMBER = [_p.c[field.name].label(f"m_{field.name}") for field in fields(Member)]
_FIND = Statement(select(*_columns).where(_b.c.id == bindparam("booking_id")))
_RECORD = Statement(
    update(_b)
    .where(
        _b.c.id == bindparam("booking_id"),
        _b.c.state == "booked",
        _b.c.starts_at <= bindparam("now", type_=Utc),
    )
    .values(state=bindparam("became"), recorded_at=bindparam("now"), recorded_by=bindparam("by"))
)
_UNDO = Statement(
    update(_b)
    .where(
        _b.c.id == bindparam("booking_id"),
        _b.c.state.in_(RECORDED),
        _b.c.recorded_at >= bindparam("since", type_=Utc),
    )
    .values(
        state="booked",
        recorded_at=None,
        recorded_by=None,
        version=_b.c.version + bindparam("steps", type_=_b.c.version.type),
    )
)
_CANCEL = Statement(
    update(_b)
    .where(_b.c.id == bindparam("booking_id"), _b.c.state == "booked")
    .values(
        state=CANCELLED,
        recorded_at=bindparam("now"),
        recorded_by=bindparam("by"),
        version=_b.c.version + 1,
    )
)
_UNCANCEL = Statement(
    update(_b)
    .where(
        _b.c.id == bindparam("booking_id"),
        _b.c.state == CANCELLED,
        _b.c.recorded_by.is_not(None),
        _b.c.recorded_at >= bindparam("since", type_=Utc),
    )
    .values(state="booked", recorded_at=None, recorded_by=None, version=_b.c.version + 1)
)
_DECIDED = exists().where(
    _n.c.kind == MISSED,
    _n.c.subject == literal_column("'booking:'", String).concat(cast(_b.c.id, String)),
    _n.c.subject_version == _b.c.version,
)
_DUE = Statement(
    select(*_columns, *_MEMBER)
    .join(_p, _p.c.id == _b.c.member_id)
    .where(
        _b.c.site_id == bindparam("of_site"),
        _b.c.state == MISSED,
        _b.c.recorded_at > bindparam("after", type_=Utc),
        _b.c.recorded_at <= bindparam("ripe", type_=Utc),
        _p.c.erased_at.is_(None),
        ~_DECIDED,
    )
    .order_by(_b.c.recorded_at, _b.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=_b, skip_locked=True, key_share=True)
)
_HISTORY = Statement(
    select(_b.c.state)
    .where(
        _b.c.member_id == bindparam("of_member"),
        _b.c.state.in_(RECORDED),
        or_(
            _b.c.starts_at < bindparam("at", type_=Utc),
            and_(_b.c.starts_at == bindparam("at", type_=Utc), _b.c.id <= bindparam("booking_id")),
        ),
    )
    .order_by(_b.c.starts_at.desc(), _b.c.id.desc())
    .limit(10)
)
_STAFF = Statement(
    select(_s.c.id).where(_s.c.counsellor_id == bindparam("counsellor"), _s.c.active).order_by(_s.c.id)
)


def find(tx: Tx, booking_id: int) -> Recorded | None:
    """The meeting of this id."""
    row = tx.one(_FIND, booking_id=booking_id)
    return None if row is None else Recorded(*row)


def record(tx: Tx, booking_id: int, came: bool, staff_id: int, now: datetime) -> bool:
    """Note whether she came. False before the beginning, for a cancelled meeting, and when it was noted before."""
    became = ATTENDED if came else MISSED
    return tx.run(_RECORD, booking_id=booking_id, became=became, by=staff_id, now=now) == 1


def cancel(tx: Tx, booking_id: int, staff_id: int, now: datetime) -> bool:
    """She told a person that she does not come: her time is free, nothing more is sent. False when it is not open any more."""
    booking = _locked(tx, booking_id)
    if booking is None or tx.run(_CANCEL, booking_id=booking_id, now=now, by=staff_id) != 1:
        return False
    joint.called_off(tx, booking, now)
    return True


def _locked(tx: Tx, booking_id: int) -> Booking | None:
    """The meeting as it is once whatever she does with it at the same time is over."""
    found = find(tx, booking_id)
    if found is None:
        return None
    bookings.lock(tx, found.member_id)
    return bookings.find(tx, booking_id, found.member_id)


def _uncancel(tx: Tx, booking_id: int, since: datetime) -> bool:
    """It was cancelled by mistake: she has it again, if nobody took the time of anybody in it since."""
    booking = _locked(tx, booking_id)
    if booking is None:
        return False
    with tx.attempt() as attempt:
        changed = tx.run(_UNCANCEL, booking_id=booking_id, since=since) == 1
        again = joint.housed(tx, booking) if changed and joint.holds(tx, booking) else None
        if again is None:
            attempt.give_up()
        elif again != booking:
            bookings.set_room(tx, again)
    if again is None:
        return False
    for site_id in joint.at_sites(booking):
        counsellors.booked(tx, site_id, "again", booking.id, booking.version, again.room_id)
    return True


def undo(tx: Tx, booking_id: int, since: datetime) -> bool:
    """Take back what was noted since then; a message that has not left is cancelled. False when there is nothing to undo."""
    found = find(tx, booking_id)
    if found is not None and found.state == CANCELLED:
        return _uncancel(tx, booking_id, since)
    if found is None or found.state not in RECORDED:
        return False
    cancelled = messages.cancel_about(tx, found.subject)
    # A cancelled message may be due again; one that left is never sent a second time.
    return tx.run(_UNDO, booking_id=booking_id, since=since, steps=int(cancelled > 0)) == 1


def due(tx: Tx, site_id: int, *, after: datetime, ripe: datetime, limit: int) -> list[DueMissed]:
    """Meetings noted as missed between the two times that nothing was decided about."""
    rows = tx.all(_DUE, of_site=site_id, after=after, ripe=ripe, limit=limit)
    split = len(_columns)
    return [DueMissed(Recorded(*row[:split]), Member(*row[split:])) for row in rows]


def missed_in_a_row(tx: Tx, booking: Recorded) -> int:
    """How many meetings up to this one she missed since she last came."""
    rows = tx.all(_HISTORY, of_member=booking.member_id, at=booking.starts_at, booking_id=booking.id)
    states = [row.state for row in rows]
    return states.index(ATTENDED) if ATTENDED in states else len(states)


def staff_of(tx: Tx, counsellor_id: int) -> int | None:
    """The person who is this counsellor."""
    row = tx.one(_STAFF, counsellor=counsellor_id)
    return None if row is None else int(row.id)


def lines(
    tx: Tx,
    staff_id: int,
    *,
    sites: Iterable[int],
    own: Iterable[int],
    since: datetime,
    until: datetime,
    now: datetime,
) -> list[Line]:
    """Today's meetings (`since` to `until`) and older ones not noted yet: of `sites`, and at `own` sites only hers."""
    rows = tx.query(
        _visible(staff_id, tuple(sites), tuple(own))
        .where(
            or_(
                _b.c.state.in_(("booked", *RECORDED)),
                and_(_b.c.state == CANCELLED, _b.c.recorded_at >= since),
            ),
            or_(
                and_(_b.c.starts_at >= since, _b.c.starts_at < until),
                and_(_b.c.state == "booked", _b.c.starts_at < since),
                and_(
                    _b.c.state.in_((*RECORDED, CANCELLED)), _b.c.recorded_at >= since, _b.c.recorded_at <= now
                ),
            ),
        )
        .order_by(_b.c.starts_at, _b.c.id)
        .limit(ROWS_MAX)
    )
    return [Line(*row) for row in rows]


def may(tx: Tx, booking_id: int, staff_id: int, *, sites: Iterable[int], own: Iterable[int]) -> bool:
    """Whether this meeting is on her page at all."""
    return bool(tx.query(_visible(staff_id, tuple(sites), tuple(own)).where(_b.c.id == booking_id)))


def _visible(staff_id: int, sites: tuple[int, ...], own: tuple[int, ...]) -> Any:
    """Every meeting she may see; never one of a member who refused her."""
    me = select(_s.c.counsellor_id).where(_s.c.id == staff_id)
    hers: ColumnElement[bool] = or_(
        and_(_b.c.site_id.in_(own), _b.c.counsellor_id.in_(me)),
        and_(_b.c.second_site_id.in_(own), _b.c.second_id.in_(me)),
    )
    return (
        select(_b.c.id, _b.c.starts_at, both(_k, _second), _b.c.mode, _b.c.code, _b.c.state, _b.c.recorded_at)
        .join(_k, _k.c.id == _b.c.counsellor_id)
        .outerjoin(_second, _second.c.id == _b.c.second_id)
        .where(
            or_(_b.c.site_id.in_(sites), _b.c.second_site_id.in_(sites), hers),
            ~exists().where(_r.c.member_id == _b.c.member_id, _r.c.staff_id == staff_id),
        )
    )
