"""What she sees when staff booked, moved or cancelled a meeting for her: a time and nothing else.

After a cancelled meeting it offers new times; a tap on one of them books it. `flows/changes.py` says when it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flows import appointments, booking, check, handover, hours, reminder
from flows.screen import Choice, Move, Push, Reset, Say, Screen, Stay, Turn
from storage import bookings, calendars, changes
from storage.bookings import Booking, Clash, Gone, Mine, Taken, TooMany
from storage.calendars import Slot, Wanted
from storage.counsellors import MODES
from storage.sql import from_ms, to_ms

TIMES = 3
"""New times offered."""
MINORS = ("under15", "15to17")


@dataclass(frozen=True)
class Changed(Screen):
    """The change of one meeting: its new time, or new times to choose from."""

    name = "change"
    booking_id: int
    version: int

    def show(self, turn: Turn) -> Say:
        found = bookings.find(turn.db, self.booking_id, turn.member.id)
        if found is None or found.starts_at <= turn.now:
            return Say("change-over", [Choice("appointments", "change-appointments")], nav=False)
        if found.state == "cancelled":
            return self._cancelled(turn, found)
        said = changes.last(turn.db, found.id)
        key = "change-booked" if said is not None and said[0] == "booked" else "change-moved"
        choices = [Choice(one, f"reminder-{one}") for one in ("come", "move", "cancel", "details")]
        return Say(key, choices, nav=False, at=found.starts_at)

    def _cancelled(self, turn: Turn, found: Booking) -> Say:
        said = changes.last(turn.db, found.id)
        if said is None or said[2] != found.version:  # she cancelled it herself since
            return Say("change-over", [Choice("appointments", "change-appointments")], nav=False)
        new = changes.instead(turn.db, found, said[1], turn.now)
        if new is not None:
            return Say(
                "change-replaced",
                [Choice("appointments", "change-appointments")],
                nav=False,
                at=new.starts_at,
            )
        times = [
            Choice(str(to_ms(slot.starts_at)), "change-at", at=slot.starts_at) for slot in _times(turn, found)
        ]
        if times:
            times.append(Choice("other", "change-other"))
        key = "change-cancelled" if times else "change-cancelled-none"
        return Say(key, [*times, Choice("person", "change-person")], nav=False, at=found.starts_at)

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "appointments":
            return Push(appointments.Appointments())
        if choice == "person":
            handover.wait(turn, "asked")
            return Push(handover.Person())
        found = bookings.find(turn.db, self.booking_id, turn.member.id)
        if found is None:
            return Stay()
        if choice == "other":
            return Push(booking.start_again(turn, found))
        if choice.isdigit() and check.is_closed(
            turn
        ):  # whoever holds the phone may read a time, not take one
            return Push(booking.Confirm(found.topic, found.mode, found.language or "", starts_ms=int(choice)))
        if choice.isdigit():
            return _rebook(turn, found, from_ms(int(choice)))
        return reminder.Reminder(found.id, self.version).answer(turn, choice)


def _wanted(turn: Turn, cancelled: Booking) -> Wanted:
    return Wanted(
        appointments.site_of(turn, cancelled),
        cancelled.topic,
        cancelled.mode,
        cancelled.language,
        without=changes.unwanted(turn.db, turn.member.id),
    )


def _times(turn: Turn, cancelled: Booking) -> list[Slot]:
    """A few new times on different days, each as near as can be to the hour that is gone.

    None for who is under 18, and none for a joint meeting: those a person finds with her.
    """
    if turn.member.age_band in MINORS or cancelled.second_id is not None or cancelled.mode not in MODES:
        return []
    wanted, zone = _wanted(turn, cancelled), hours.zone(turn.site)
    was = cancelled.starts_at.astimezone(zone)

    def far(slot: Slot) -> tuple[int, datetime]:
        at = slot.starts_at.astimezone(zone)
        return abs((at.hour - was.hour) * 60 + at.minute - was.minute), slot.starts_at

    nearest, others = [], []
    for day in calendars.free_days(turn.db, wanted, turn.now, date.min, TIMES):
        slots = sorted(calendars.free_slots(turn.db, wanted, day, turn.now), key=far)
        nearest += slots[:1]
        others += slots[1:]
    found = (nearest + sorted(others, key=far))[:TIMES]
    return sorted(found, key=lambda slot: slot.starts_at)


def _rebook(turn: Turn, cancelled: Booking, starts_at: datetime) -> Move:
    """She chose one of the new times. An old message, or a second tap, shows what she has."""
    bookings.lock(turn.db, turn.member.id)
    said = changes.last(turn.db, cancelled.id)
    if said is None or said[2] != cancelled.version or cancelled.state != "cancelled":
        return Stay()
    new = changes.instead(turn.db, cancelled, said[1], turn.now)
    if new is not None:
        return Reset((booking.Done(new.id),), note=Say("booking-mine"))
    if turn.member.age_band in MINORS:  # she has said so since
        return Reset((booking.start_booking(turn),))
    outcome = bookings.take(
        turn.db,
        _wanted(turn, cancelled),
        starts_at,
        member_id=turn.member.id,
        conversation_id=turn.conversation.id,
        now=turn.now,
    )
    match outcome:
        case Taken(made):
            return booking.done(turn, made, "booking-done")
        case Mine(made):
            return Reset((booking.Done(made.id),), note=Say("booking-mine"))
        case Clash(other):
            return Stay(note=Say("booking-clash", at=other.starts_at))
        case Gone():
            return Stay(note=Say("booking-slot-gone", at=starts_at))
        case TooMany():
            return Reset(
                (appointments.Appointments(),), note=Say("booking-too-many", count=bookings.OPEN_MAX)
            )
