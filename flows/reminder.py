"""What she sees when the bot writes first: a time and nothing else; the facts come after her tap."""

from __future__ import annotations

from dataclasses import dataclass

from flows import appointments, booking
from flows.screen import Choice, Move, Pop, Push, Replace, Reset, Say, Screen, Stay, Turn
from storage import bookings, records, rooms
from storage.bookings import Booking

OPEN = "open"
"""The choice under a discreet message that leads to the page itself."""


@dataclass(frozen=True)
class Reminder(Screen):
    """The time of an appointment and what can be done about it, without a word on what it is."""

    name = "reminder"
    booking_id: int
    version: int
    """The version of the booking this reminder speaks of."""

    def show(self, turn: Turn) -> Say:
        found = bookings.find(turn.db, self.booking_id, turn.member.id)
        over = _over(turn, found)
        if found is None or over is not None:
            return Say(over or "reminder-gone", [Choice("appointments", "reminder-appointments")])
        neutral = discreet(turn, "details")
        if neutral is not None:
            return neutral
        room = rooms.of(turn.db, found)
        # Without the engine's own buttons: a glance at a locked phone should find nothing to ask about.
        return Say(
            "reminder",
            [
                Choice("come", "reminder-come"),
                Choice("move", "reminder-move"),
                Choice("cancel", "reminder-cancel"),
                Choice("details", "reminder-details"),
            ],
            then=() if room is None else ("reminder-room",),
            nav=False,
            at=found.starts_at,
            room="" if room is None else room.said,
        )

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "appointments":
            return Push(appointments.Appointments())
        found = bookings.find(turn.db, self.booking_id, turn.member.id)
        if found is None or _over(turn, found) is not None:
            return Stay()
        if found.version != self.version:
            # She answers for a time that is no longer hers: the new one is shown first.
            return Replace(Reminder(self.booking_id, found.version), note=Say("reminder-moved"))
        match choice:
            case "come":
                bookings.confirm(turn.db, found.id, turn.member.id, turn.now)
                return Replace(Thanks(found.id))
            case "move":
                return Push(booking.start_moving(turn, found))
            case "cancel":
                return Push(appointments.Cancel(found.id))
            case "details":
                return Push(appointments.One(found.id))
            case _:
                return Stay()


def discreet(turn: Turn, choice: str = OPEN) -> Say | None:
    """What an unasked message says instead when discreet words were agreed with her: one neutral line and a way on."""
    if records.agreement(turn.db, turn.member.id).wording != "discreet":
        return None
    return Say("reminder-discreet", [Choice(choice, "reminder-details")], nav=False)


def _over(turn: Turn, found: Booking | None) -> str | None:
    """Why there is nothing to answer any more, as a text key."""
    if found is None:
        return "reminder-gone"
    if found.state == "cancelled":
        return "reminder-cancelled"
    if found.state != "booked" or found.starts_at <= turn.now:
        return "reminder-past"
    return None


@dataclass(frozen=True)
class Thanks(Screen):
    """She will come: one line, and a way on."""

    name = "reminder.thanks"
    booking_id: int

    def show(self, turn: Turn) -> Say:
        return Say("reminder-thanks", [Choice("details", "reminder-thanks-details")])

    def answer(self, turn: Turn, choice: str) -> Move:
        if bookings.find(turn.db, self.booking_id, turn.member.id) is None:
            return Reset()
        return Push(appointments.One(self.booking_id))


@dataclass(frozen=True)
class GoOn(Screen):
    """The one gentle question after leaving midway; it lies on top of the pages she left."""

    name = "reminder.goon"
    # It belongs to the dialogue below it: answering it must not look like leaving that dialogue.
    dialogue = True

    def show(self, turn: Turn) -> Say:
        return Say(
            "reminder-goon", [Choice("yes", "reminder-goon-yes"), Choice("no", "reminder-goon-no")], nav=False
        )

    def answer(self, turn: Turn, choice: str) -> Move:
        return Pop() if choice == "yes" else Reset()
