"""Bookings: taking, moving and cancelling a meeting with a counsellor.

Capacity is the primary key of `storage/cells.py`. Nothing here looks whether a time is free
before it writes; the write itself answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CheckConstraint,
    Index,
    and_,
    bindparam,
    func,
    select,
    text,
    update,
)
from sqlmodel import Field, SQLModel

from storage import calendars, cells, counsellors, departures, messages
from storage.calendars import Wanted
from storage.grid import CELL_MS, local_midnight
from storage.members import MemberRow
from storage.sites import SiteRow
from storage.sql import InsertNew, Statement, Tx, Utc, any_of, spelt, table, to_ms
from storage.taken import HOLDS_CELLS, one_more

OPEN_MAX = 3
"""Open future bookings a member."""
CODE_LETTERS = "ACDEFGHJKLMNPRTUVWXY3479"
"""No letter or digit that is mistaken for another in print or on the phone."""
CODE_LENGTH = 6
_CODE_TRIES = 5


class BookingRow(SQLModel, table=True):
    """One meeting. Moving keeps the row and raises its version; times are whole cells."""

    __tablename__ = "bookings"
    __table_args__ = (
        Index("ix_bookings_conversation", "conversation_id"),
        CheckConstraint(
            any_of("state", "booked", "cancelled", "moved", "attended", "missed"), name="state_known"
        ),
        CheckConstraint(any_of("mode", "person", "phone", "video"), name="mode_known"),
        CheckConstraint(
            "starts_at < ends_at AND ends_at - starts_at <= 28800000", name="at_most_eight_hours"
        ),
        CheckConstraint("starts_at % 300000 = 0 AND ends_at % 300000 = 0", name="whole_cells"),
        CheckConstraint("version >= 1", name="version_counts"),
        Index(
            "ix_bookings_calendar",
            "site_id",
            "starts_at",
            "ends_at",
            "counsellor_id",
            "state",  # so that the index alone answers
            sqlite_where=text(HOLDS_CELLS),
            postgresql_where=text(HOLDS_CELLS),
        ),
        Index(
            "ix_bookings_start",
            "starts_at",
            sqlite_where=text("state = 'booked'"),
            postgresql_where=text("state = 'booked'"),
        ),
        Index("ix_bookings_member", "member_id", "starts_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id")
    conversation_id: int | None = Field(default=None, foreign_key="conversations.id")
    site_id: int = Field(foreign_key="sites.id")
    counsellor_id: int = Field(foreign_key="counsellors.id")
    topic: str
    mode: str
    language: str | None = None
    """The language she asked the counsellor to speak; None is any."""
    starts_at: datetime = Field(sa_type=Utc)
    ends_at: datetime = Field(sa_type=Utc)
    state: str = "booked"
    version: int = 1
    code: str = Field(unique=True)
    confirmed_at: datetime | None = Field(default=None, sa_type=Utc)
    moved_at: datetime | None = Field(default=None, sa_type=Utc)
    """When she last chose another time: no reminder falls before it."""
    created_at: datetime = Field(sa_type=Utc)
    recorded_at: datetime | None = Field(default=None, sa_type=Utc)
    """When a person recorded whether she came."""
    recorded_by: int | None = Field(default=None, foreign_key="staff.id")


@dataclass(frozen=True, slots=True)
class Booking:
    """A meeting as the flows see it."""

    id: int
    member_id: int
    conversation_id: int | None
    site_id: int
    counsellor_id: int
    topic: str
    mode: str
    language: str | None
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    state: str = "booked"
    version: int = 1
    code: str = ""
    confirmed_at: datetime | None = None

    @property
    def subject(self) -> str:
        """What messages and notices about it name."""
        return f"booking:{self.id}"

    def is_open(self, now: datetime) -> bool:
        """Whether it is still ahead."""
        return self.state == "booked" and self.starts_at > now


@dataclass(frozen=True, slots=True)
class Taken:
    """It is hers now."""

    booking: Booking


@dataclass(frozen=True, slots=True)
class Mine:
    """She has exactly this already."""

    booking: Booking


@dataclass(frozen=True, slots=True)
class Clash:
    """She has another meeting at that time."""

    booking: Booking


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody who fits is free at that time any more."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """She has as many open meetings as one may have."""


@dataclass(frozen=True, slots=True)
class Over:
    """There is no such open meeting of hers to move."""


TakeOutcome = Taken | Mine | Clash | Gone | TooMany
MoveOutcome = Taken | Mine | Clash | Gone | Over

_b = table(BookingRow)
# Spelt out: bound, SQLite would compile the statement anew at every run to see whether a partial index fits the value.
_IS_BOOKED = _b.c.state == spelt("booked")
_member = table(MemberRow)
_site = table(SiteRow)
_columns = [_b.c[name] for name in Booking.__dataclass_fields__]
_LOCK_MEMBER = Statement(
    select(_member.c.id).where(_member.c.id == bindparam("member_id")).with_for_update(key_share=True)
)
_ADDED = [name for name in Booking.__dataclass_fields__ if name not in ("id", "confirmed_at")]
_ADD = InsertNew(_b, *_ADDED, returning="id")
_FIND = Statement(
    select(*_columns).where(_b.c.id == bindparam("booking_id"), _b.c.member_id == bindparam("of_member"))
)
_UPCOMING = Statement(
    select(*_columns)
    .where(_b.c.member_id == bindparam("of_member"), _IS_BOOKED, _b.c.ends_at > bindparam("now"))
    .order_by(_b.c.starts_at, _b.c.id)
)
_WITH = Statement(
    update(_b).where(_b.c.id == bindparam("booking_id")).values(counsellor_id=bindparam("other_counsellor"))
)
_MOVE = Statement(
    update(_b)
    .where(_b.c.id == bindparam("booking_id"), _IS_BOOKED)
    .values(
        starts_at=bindparam("new_start"),
        ends_at=bindparam("new_end"),
        counsellor_id=bindparam("new_counsellor"),
        mode=bindparam("new_mode"),
        language=bindparam("new_language"),
        version=_b.c.version + 1,
        confirmed_at=None,
        moved_at=bindparam("now"),
    )
)
_hers_ahead = and_(
    _b.c.id == bindparam("booking_id"),
    _b.c.member_id == bindparam("of_member"),
    _IS_BOOKED,
    _b.c.starts_at > bindparam("now"),
)
_CANCEL = Statement(update(_b).where(_hers_ahead).values(state="cancelled", version=_b.c.version + 1))
_CONFIRM = Statement(
    update(_b)
    .where(_hers_ahead)
    .values(confirmed_at=func.coalesce(_b.c.confirmed_at, bindparam("now", type_=Utc)))
)
_ZONE = Statement(select(_site.c.timezone).where(_site.c.id == bindparam("of_site")))
_FOR_DAY = Statement(
    select(*_columns)
    .where(
        _b.c.site_id == bindparam("of_site"),
        _b.c.starts_at >= bindparam("since"),
        _b.c.starts_at < bindparam("until"),
    )
    .order_by(_b.c.starts_at, _b.c.counsellor_id, _b.c.id)
)


def _code(*facts: object) -> str:
    """A short code to say at the desk. Derived, so that a unit run again gives the same; it protects nothing."""
    number = int.from_bytes(blake2b(repr(facts).encode(), digest_size=8).digest(), "big")
    letters = []
    for _ in range(CODE_LENGTH):
        number, at = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[at])
    return "".join(letters)


def _insert(tx: Tx, booking: Booking) -> Booking:
    """Write a booking that has no id yet, under a code nobody has."""
    for salt in range(_CODE_TRIES):
        code = _code(booking.member_id, booking.starts_at, booking.created_at, salt)
        row = tx.one(_ADD, **{name: getattr(booking, name) for name in _ADDED} | {"code": code})
        if row is not None:
            return replace(booking, id=row.id, code=code)
    raise RuntimeError("no free booking code")


def take(
    tx: Tx,
    wanted: Wanted,
    starts_at: datetime,
    *,
    member_id: int,
    conversation_id: int | None,
    now: datetime,
) -> TakeOutcome:
    """Book `wanted` at `starts_at` with the first fitting counsellor who is free. Asked again, she has it."""
    tx.one(_LOCK_MEMBER, member_id=member_id)  # her two phones wait for each other; strangers never do
    hers = upcoming(tx, member_id, now)
    for booking in hers:
        if (
            booking.starts_at == starts_at
            and booking.topic == wanted.topic
            and booking.site_id == wanted.site.id
        ):
            return Mine(booking)
    minutes = calendars.minutes(tx, wanted)
    if minutes is None:
        return Gone()
    ends_at = starts_at + timedelta(minutes=minutes)
    for booking in hers:
        if booking.starts_at < ends_at and starts_at < booking.ends_at:
            return Clash(booking)
    if sum(booking.starts_at > now for booking in hers) >= OPEN_MAX:
        return TooMany()
    wish = Booking(
        id=0,
        member_id=member_id,
        conversation_id=conversation_id,
        site_id=wanted.site.id,
        counsellor_id=0,
        topic=wanted.topic,
        mode=wanted.mode,
        language=wanted.language,
        starts_at=starts_at,
        ends_at=ends_at,
        created_at=now,
    )
    taken = _first_free(tx, wish, calendars.fitting(tx, wanted, starts_at, now))
    return Gone() if taken is None else Taken(taken)


def _first_free(tx: Tx, wish: Booking, asked: list[int]) -> Booking | None:
    """The wish with the first of these counsellors whose cells can be had; the row is written once, and given up with all."""
    if not asked:
        return None
    with tx.attempt() as attempt:
        booking = _insert(tx, replace(wish, counsellor_id=asked[0]))
        who = next((one for one in asked if _holds(tx, booking, one)), None)
        if who is None:
            attempt.give_up()
    if who is None:
        return None
    if who != booking.counsellor_id:
        tx.run(_WITH, booking_id=booking.id, other_counsellor=who)
        booking = replace(booking, counsellor_id=who)
    before, after = counsellors.booked(
        tx, booking.site_id, "take", booking.id, who, booking.starts_at, booking.ends_at
    )
    begin, end = (to_ms(at) // CELL_MS for at in (booking.starts_at, booking.ends_at))
    one_more(booking.site_id, before, after, who, begin, end)
    return booking


def _holds(tx: Tx, booking: Booking, counsellor_id: int) -> bool:
    """Whether this counsellor's cells are the new booking's now; if one of them was taken, none is."""
    if cells.hold(tx, booking.id, counsellor_id, booking.starts_at, booking.ends_at):
        return True
    cells.release(tx, booking.id, counsellor_id, booking.starts_at, booking.ends_at)
    return False


def move(
    tx: Tx, booking_id: int, wanted: Wanted, starts_at: datetime, *, member_id: int, now: datetime
) -> MoveOutcome:
    """Bring her open meeting to another time, if possible with the same counsellor. The topic stays its own."""
    tx.one(_LOCK_MEMBER, member_id=member_id)
    hers = {booking.id: booking for booking in upcoming(tx, member_id, now)}
    old = hers.get(booking_id)
    if old is None or not old.is_open(now):
        return Over()
    minutes = calendars.minutes(tx, wanted)
    if minutes is None or wanted.topic != old.topic or wanted.site.id != old.site_id:
        return Gone()
    if old.starts_at == starts_at and old.mode == wanted.mode:
        return Mine(old)
    ends_at = starts_at + timedelta(minutes=minutes)
    for other in hers.values():
        if other.id != booking_id and other.starts_at < ends_at and starts_at < other.ends_at:
            return Clash(other)
    for counsellor_id in calendars.fitting(tx, wanted, starts_at, now, preferred=old.counsellor_id):
        with tx.attempt() as attempt:
            # Inside the attempt: a time that overlaps her old one is open to her, and a failure keeps the old one.
            cells.release(tx, old.id, old.counsellor_id, old.starts_at, old.ends_at)
            if not cells.hold(tx, booking_id, counsellor_id, starts_at, ends_at):
                attempt.give_up()
        if not attempt.failed:
            tx.run(
                _MOVE,
                booking_id=booking_id,
                new_start=starts_at,
                new_end=ends_at,
                new_counsellor=counsellor_id,
                new_mode=wanted.mode,
                new_language=wanted.language,
                now=now,
            )
            messages.cancel_about(tx, old.subject)
            if counsellor_id != old.counsellor_id:
                _left(tx, old, now)
            counsellors.booked(tx, old.site_id, "move", booking_id, counsellor_id, starts_at, ends_at)
            return Taken(Booking(*tx.one(_FIND, booking_id=booking_id, of_member=member_id)))
    return Gone()


def cancel(tx: Tx, booking_id: int, member_id: int, now: datetime) -> Booking | None:
    """Cancel her meeting and free its time. What it is now; None when it is not hers. Repeatable; a past one stays."""
    tx.one(_LOCK_MEMBER, member_id=member_id)
    booking = find(tx, booking_id, member_id)
    if booking is not None and tx.run(_CANCEL, booking_id=booking_id, of_member=member_id, now=now) == 1:
        cells.release(tx, booking.id, booking.counsellor_id, booking.starts_at, booking.ends_at)
        messages.cancel_about(tx, booking.subject)
        _left(tx, booking, now)
        counsellors.booked(tx, booking.site_id, "cancel", booking_id, booking.starts_at)
        return find(tx, booking_id, member_id)
    return booking


def _left(tx: Tx, was: Booking, now: datetime) -> None:
    """The change that was just written took the meeting out of this counsellor's calendar: her feed tells it."""
    at = (was.site_id, was.starts_at, was.ends_at)
    departures.left(tx, was.id, was.counsellor_id, *at, version=was.version + 1, now=now)


def confirm(tx: Tx, booking_id: int, member_id: int, now: datetime) -> Booking | None:
    """She comes. Her reminders stay as they are; the first time counts."""
    tx.run(_CONFIRM, booking_id=booking_id, of_member=member_id, now=now)
    return find(tx, booking_id, member_id)


def find(tx: Tx, booking_id: int, member_id: int) -> Booking | None:
    """Her booking with this id; None for anybody else's."""
    row = tx.one(_FIND, booking_id=booking_id, of_member=member_id)
    return None if row is None else Booking(*row)


def upcoming(tx: Tx, member_id: int, now: datetime) -> list[Booking]:
    """Her meetings that are not over, next first."""
    return [Booking(*row) for row in tx.all(_UPCOMING, of_member=member_id, now=now)]


def for_day(tx: Tx, site_id: int, day: date) -> list[Booking]:
    """Every booking of a site on a local day, in order of time; cancelled ones too, so that the desk sees them."""
    zone = ZoneInfo(tx.one(_ZONE, of_site=site_id).timezone)
    since, until = local_midnight(day, zone), local_midnight(day + timedelta(days=1), zone)
    return [Booking(*row) for row in tx.all(_FOR_DAY, of_site=site_id, since=since, until=until)]
