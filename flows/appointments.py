"""Her appointments: the list, one in full, cancelling. Details stand only here, after her own tap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.screen import PAGE_MAX, Choice, Move, Pop, Push, Reset, Say, Screen, Stay, Turn
from storage import bookings, calendars, rooms, sites
from storage.bookings import Booking
from storage.sites import Site


def topic_key(turn: Turn, slug: str) -> str:
    """The text key of a topic's public name; a topic no translator has named yet has a plain one."""
    key = f"booking-topic-{slug}"
    return key if turn.texts.has(turn.language, key) else "booking-topic-other"


def topic_name(turn: Turn, slug: str) -> str:
    """The public name of a topic in her language."""
    return turn.texts.text(turn.language, topic_key(turn, slug))


def site_of(turn: Turn, booking: Booking) -> Site:
    """Where the meeting is; staff may have booked it at another site than the one she writes to."""
    if booking.site_id == turn.site.id:
        return turn.site
    return sites.get(turn.db, booking.site_id) or turn.site


def told(
    turn: Turn, booking: Booking, key: str, choices: Sequence[Choice] = (), *, then: tuple[str, ...] = ()
) -> Say:
    """A text with all there is to tell about a meeting: when, about what, where or how, with whom, the code."""
    site, room = site_of(turn, booking), rooms.of(turn.db, booking)
    who = calendars.counsellor(turn.db, site, booking.counsellor_id)
    return Say(
        key,
        list(choices),
        then=then if room is None else (*then, "appointments-room"),
        at=booking.starts_at,
        topic=topic_name(turn, booking.topic),
        mode=booking.mode,
        who=who.name.split()[0] if who is not None else "-",
        address=site.address,
        phone=site.phone,
        code=booking.code,
        coming="yes" if booking.confirmed_at is not None else "no",
        room="" if room is None else room.said,
        steps="no" if room is not None and room.step_free else "yes",
    )


def over(turn: Turn, booking: Booking | None) -> str | None:
    """Why there is nothing to do about a meeting, as a text key; None while it is ahead."""
    if booking is None:
        return "appointments-unknown"
    if booking.state == "cancelled":
        return "appointments-is-cancelled"
    return None if booking.is_open(turn.now) else "appointments-past"


@dataclass(frozen=True)
class Appointments(Screen):
    """The appointments ahead, next first."""

    name = "appointments.list"

    def show(self, turn: Turn) -> Say:
        found = bookings.upcoming(turn.db, turn.member.id, turn.now)
        book = Choice("book", "appointments-book")
        if not found:
            return Say("appointments-none", [book])
        choices = [Choice(str(one.id), "appointments-at", at=one.starts_at) for one in found[: PAGE_MAX - 1]]
        return Say("appointments-list", [*choices, book], count=len(found))

    def answer(self, turn: Turn, choice: str) -> Move:
        from flows import booking  # it stands on this page

        return Push(One(int(choice))) if choice.isdigit() else Push(booking.start_booking(turn))


@dataclass(frozen=True)
class One(Screen):
    """One appointment in full: come, move, cancel."""

    name = "appointments.one"
    booking_id: int

    def show(self, turn: Turn) -> Say:
        found = bookings.find(turn.db, self.booking_id, turn.member.id)
        gone = over(turn, found)
        if found is None or gone is not None:
            return Say(gone or "appointments-unknown", [Choice("list", "appointments-back")])
        choices = [Choice("move", "appointments-move"), Choice("cancel", "appointments-cancel")]
        if found.confirmed_at is None:
            choices.insert(0, Choice("come", "appointments-come"))
        return told(turn, found, "appointments-facts", choices)

    def answer(self, turn: Turn, choice: str) -> Move:
        from flows import booking  # it stands on this page

        found = bookings.find(turn.db, self.booking_id, turn.member.id)
        if choice == "list":
            return Reset((Appointments(),))
        if found is None or over(turn, found) is not None:
            return Stay()
        match choice:
            case "come":
                bookings.confirm(turn.db, found.id, turn.member.id, turn.now)
                return Stay(note=Say("appointments-coming"))
            case "move":
                return Push(booking.start_moving(turn, found))
            case "cancel":
                return Push(Cancel(found.id))
            case _:
                return Stay()


@dataclass(frozen=True)
class Cancel(Screen):
    """Ask once more before cancelling."""

    name = "appointments.cancel"
    booking_id: int

    def show(self, turn: Turn) -> Say:
        found = bookings.find(turn.db, self.booking_id, turn.member.id)
        gone = over(turn, found)
        if found is None or gone is not None:
            return Say(gone or "appointments-unknown", [Choice("list", "appointments-back")])
        return Say(
            "appointments-cancel-ask",
            [Choice("yes", "appointments-cancel-yes"), Choice("no", "appointments-cancel-no")],
            at=found.starts_at,
        )

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "yes":
            bookings.cancel(turn.db, self.booking_id, turn.member.id, turn.now)
            return Reset((Cancelled(self.booking_id),))
        return Reset((Appointments(),)) if choice == "list" else Pop()


@dataclass(frozen=True)
class Cancelled(Screen):
    """It is cancelled, and the way to another one."""

    name = "appointments.cancelled"
    booking_id: int

    def show(self, turn: Turn) -> Say:
        choices = [Choice("book", "appointments-book"), Choice("list", "appointments-back")]
        found = bookings.find(turn.db, self.booking_id, turn.member.id)
        if found is None or found.state != "cancelled":  # it was over before she said so
            return Say(over(turn, found) or "appointments-unknown", choices)
        return Say("appointments-cancelled", choices, at=found.starts_at)

    def answer(self, turn: Turn, choice: str) -> Move:
        from flows import booking  # it stands on this page

        return Reset((booking.start_booking(turn),)) if choice == "book" else Reset((Appointments(),))
