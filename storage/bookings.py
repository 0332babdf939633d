"""Bookings: taking, moving and cancelling a meeting with a counsellor.

Capacity is the primary key of `storage/cells.py`. Nothing here looks whether a time is free
before it writes; the write itself answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, Index, and_, bindparam, func, select, text, update
from sqlmodel import Field, SQLModel

from storage import calendars, codes, counsellors, joint, messages
from storage.calendars import Wanted
from storage.grid import CELL_MS
from storage.members import MemberRow
from storage.outcomes import Clash, Gone, Mine, Over, Taken, TooMany
from storage.rooms import Rooms
from storage.sites import SiteRow
from storage.sql import InsertNew, Statement, Tx, Utc, any_of, spelt, table, to_ms
from storage.taken import HOLDS_CELLS, HOLDS_ROOM, HOLDS_SECOND, one_more

OPEN_MAX = 3
"""Open future bookings a member."""
CODE_LETTERS, CODE_LENGTH = codes.LETTERS, codes.LENGTH
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
        CheckConstraint("second_id <> counsellor_id", name="two_people"),
        CheckConstraint("(second_id IS NULL) = (second_site_id IS NULL)", name="second_has_site"),
        Index(
            "ix_bookings_second",
            "second_site_id",
            "starts_at",
            "ends_at",
            "second_id",
            "state",
            sqlite_where=text(HOLDS_SECOND),
            postgresql_where=text(HOLDS_SECOND),
        ),
        Index(
            "ix_bookings_room",
            "site_id",
            "starts_at",
            "ends_at",
            "room_id",
            "state",
            sqlite_where=text(HOLDS_ROOM),
            postgresql_where=text(HOLDS_ROOM),
        ),
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
    second_id: int | None = Field(default=None, foreign_key="counsellors.id")
    """A joint meeting: who else is there, with cells of her own; `counsellor_id` is the one the member is told."""
    second_site_id: int | None = Field(default=None, foreign_key="sites.id")
    room_id: int | None = Field(default=None, foreign_key="rooms.id")


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
    second_id: int | None = None
    second_site_id: int | None = None
    confirmed_at: datetime | None = None
    room_id: int | None = None

    @property
    def subject(self) -> str:
        """What messages and notices about it name."""
        return f"booking:{self.id}"

    def is_open(self, now: datetime) -> bool:
        """Whether it is still ahead."""
        return self.state == "booked" and self.starts_at > now


__all__ = ("Clash", "Gone", "Mine", "Over", "Taken", "TooMany")
"""Of `storage/outcomes.py`, known here by everybody who books."""
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
_ADDED = [name for name in Booking.__dataclass_fields__ if name not in ("id", "confirmed_at", "room_id")]
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
    update(_b)
    .where(_b.c.id == bindparam("booking_id"))
    .values(counsellor_id=bindparam("other_counsellor"), room_id=bindparam("its_room"))
)
_MOVE = Statement(
    update(_b)
    .where(_b.c.id == bindparam("booking_id"), _IS_BOOKED)
    .values(
        starts_at=bindparam("new_start"),
        ends_at=bindparam("new_end"),
        counsellor_id=bindparam("new_counsellor"),
        room_id=bindparam("new_room"),
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


def _insert(tx: Tx, booking: Booking) -> Booking:
    """Write a booking that has no id yet, under a code nobody has."""
    for salt in range(_CODE_TRIES):
        code = codes.code(booking.member_id, booking.starts_at, booking.created_at, salt)
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
    lock(tx, member_id)  # her two phones wait for each other
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
        second_id=None if wanted.second is None else wanted.second.counsellor_id,
        second_site_id=None if wanted.second is None else wanted.second.site.id,
    )
    taken = _first_free(tx, wanted, wish, now)
    return Gone() if taken is None else Taken(taken)


def _first_free(tx: Tx, wanted: Wanted, wish: Booking, now: datetime) -> Booking | None:
    """The wish with the first counsellor whose cells can be had; the row is written once, and given up with all."""
    asked, rules, needed = calendars.fitting(tx, wanted, wish.starts_at, now)
    while asked:
        with tx.attempt() as attempt:
            first = _insert(tx, replace(wish, counsellor_id=asked[0]))
            each = (replace(first, counsellor_id=who) for who in asked)
            held = next((one for one in each if joint.holds(tx, one)), None)
            booking = joint.housed(tx, held) if held is not None and needed is not None else held
            if booking is None:
                attempt.give_up()
            else:
                if booking != first:
                    set_room(tx, booking)
                if not _counted(tx, wanted, booking, "take", rules, now):
                    attempt.give_up()
        if not attempt.failed:
            return booking
        if booking is not None or held is None or needed is None:
            return None
        asked = joint.elsewhere(needed, held, asked)  # somebody may meet her in another room
    return None


def set_room(tx: Tx, booking: Booking) -> None:
    """Write with whom and in which room it is now."""
    tx.run(_WITH, booking_id=booking.id, other_counsellor=booking.counsellor_id, its_room=booking.room_id)


def _counted(tx: Tx, wanted: Wanted, booking: Booking, act: str, rules: str, now: datetime) -> bool:
    """Move on the meetings of the sites concerned; False when the rules changed meanwhile and she is not there any more.

    From here on nobody changes the rules before this transaction ends: a day that is called off loses no meeting.
    """
    who, starts_at, ends_at, room = booking.counsellor_id, booking.starts_at, booking.ends_at, booking.room_id
    facts = (act, booking.id, who, starts_at, ends_at, *(() if room is None else (room,)))
    second = wanted.second
    if second is None:
        now_rules, before, after = counsellors.booked(tx, booking.site_id, *facts)
        if act == "take":
            whose = (who,) if room is None else (who, -room)
            one_more(
                booking.site_id, before, after, whose, to_ms(starts_at) // CELL_MS, to_ms(ends_at) // CELL_MS
            )
    else:  # in order, so that two joint meetings never wait for each other
        tokens = {one: counsellors.booked(tx, one, *facts) for one in joint.at_sites(booking)}
        now_rules = tokens[booking.site_id][0] if len(tokens) == 1 else ""
    if now_rules == rules:
        return True
    asked, _, needed = calendars.fitting(tx, wanted, starts_at, now)
    suiting = None if needed is None else needed.suiting(booking.mode, who, booking.second_id)
    return who in asked and (room is None if suiting is None else room in suiting)


def move(
    tx: Tx, booking_id: int, wanted: Wanted, starts_at: datetime, *, member_id: int, now: datetime
) -> MoveOutcome:
    """Bring her open meeting to another time, if possible with the same counsellor. The topic stays its own."""
    lock(tx, member_id)
    hers = {booking.id: booking for booking in upcoming(tx, member_id, now)}
    old = hers.get(booking_id)
    if old is None or not old.is_open(now):
        return Over()
    minutes = calendars.minutes(tx, wanted)
    second_id = None if wanted.second is None else wanted.second.counsellor_id
    if minutes is None or (wanted.topic, wanted.site.id, second_id) != (
        old.topic,
        old.site_id,
        old.second_id,
    ):
        return Gone()
    if old.starts_at == starts_at and old.mode == wanted.mode and wanted.only in (None, old.counsellor_id):
        return Mine(old)
    ends_at = starts_at + timedelta(minutes=minutes)
    for other in hers.values():
        if other.id != booking_id and other.starts_at < ends_at and starts_at < other.ends_at:
            return Clash(other)
    asked, rules, needed = calendars.fitting(tx, wanted, starts_at, now, preferred=old.counsellor_id)
    for counsellor_id in asked:
        new = replace(
            old, counsellor_id=counsellor_id, starts_at=starts_at, ends_at=ends_at, mode=wanted.mode
        )
        if _moved(tx, wanted, old, new, needed, rules, now):
            messages.cancel_about(tx, old.subject)
            if counsellor_id != old.counsellor_id:
                joint.left(tx, old, old.counsellor_id, old.site_id, now)
            return Taken(Booking(*tx.one(_FIND, booking_id=booking_id, of_member=member_id)))
    return Gone()


def _moved(
    tx: Tx, wanted: Wanted, old: Booking, new: Booking, needed: Rooms | None, rules: str, now: datetime
) -> bool:
    """Try to bring it to this time with this counsellor; nothing is changed when it cannot be."""
    with tx.attempt() as attempt:
        # Inside the attempt: a time that overlaps her old one is open to her, and a failure keeps the old one.
        joint.free(tx, old)
        got = new if joint.holds(tx, new) else None
        if got is not None and (needed is not None or old.room_id is not None):
            got = joint.housed(tx, got, old)
        if got is not None:
            tx.run(
                _MOVE,
                booking_id=got.id,
                new_start=got.starts_at,
                new_end=got.ends_at,
                new_counsellor=got.counsellor_id,
                new_room=got.room_id,
                new_mode=got.mode,
                new_language=wanted.language,
                now=now,
            )
        if got is None or not _counted(tx, wanted, got, "move", rules, now):
            attempt.give_up()
    return not attempt.failed


def lock(tx: Tx, member_id: int) -> None:
    """What she and others do with her meetings goes one after the other; strangers never wait."""
    tx.one(_LOCK_MEMBER, member_id=member_id)


def cancel(tx: Tx, booking_id: int, member_id: int, now: datetime) -> Booking | None:
    """Cancel her meeting and free its time. What it is now; None when it is not hers. Repeatable; a past one stays."""
    call_off(tx, booking_id, member_id, now)
    return find(tx, booking_id, member_id)


def call_off(tx: Tx, booking_id: int, member_id: int, now: datetime) -> bool:
    """The same; whether it was this call that cancelled it."""
    lock(tx, member_id)
    booking = find(tx, booking_id, member_id)
    if booking is None or tx.run(_CANCEL, booking_id=booking_id, of_member=member_id, now=now) != 1:
        return False
    joint.called_off(tx, booking, now)
    return True


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
