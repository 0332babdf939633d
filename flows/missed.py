"""What she sees after a missed appointment: a kind word with four ways on, once the question what makes it hard.

What she answers changes nothing about her and is told to nobody. `flows/attendance.py` says when these pages are sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from flows import booking, handover, hours, reminder
from flows.screen import Choice, Move, Push, Replace, Reset, Say, Screen, Stay, Turn
from storage import attendance

REASONS = ("children", "money", "work", "health", "unclear", "none")


@dataclass(frozen=True)
class _About(Screen):
    """A page about a meeting that is over; it names nothing but the day."""

    booking_id: int
    opened: bool = False
    """She tapped the discreet message and reads the page itself."""

    def show(self, turn: Turn) -> Say:
        neutral = None if self.opened else reminder.discreet(turn)
        return neutral or self.page(turn)

    def answer(self, turn: Turn, choice: str) -> Move:
        return Replace(replace(self, opened=True)) if choice == reminder.OPEN else self.chosen(turn, choice)

    def page(self, turn: Turn) -> Say:
        """What the page itself says."""
        raise NotImplementedError

    def chosen(self, turn: Turn, choice: str) -> Move:
        """Where a choice of the page itself leads."""
        raise NotImplementedError

    def day(self, turn: Turn) -> tuple[str, datetime | None]:
        """The text key's ending and the day: "today" only on that day."""
        found = attendance.find(turn.db, self.booking_id)
        if found is None or found.member_id != turn.member.id:
            return "before", None
        of = hours.zone(turn.site)
        is_today = found.starts_at.astimezone(of).date() == turn.now.astimezone(of).date()
        return ("today" if is_today else "on"), found.starts_at


@dataclass(frozen=True)
class Missed(_About):
    """We missed you, and four ways on."""

    name: ClassVar[str] = "missed"

    def page(self, turn: Turn) -> Say:
        day, at = self.day(turn)
        choices = [Choice(one, f"missed-{one}") for one in ("again", "time", "contact", "needless")]
        if day == "on" and at is not None:
            return Say("missed-on", choices, nav=False, at=at)
        return Say("missed-today" if day == "today" else "missed-before", choices, nav=False)

    def chosen(self, turn: Turn, choice: str) -> Move:
        match choice:
            case "again":
                return Push(booking.start_booking(turn))
            case "time":
                return Replace(Noted("time"))
            case "contact":
                return _person(turn)
            case "needless":
                return Reset(note=Say("missed-needless-done"))
            case _:
                return Stay()


@dataclass(frozen=True)
class Hard(_About):
    """What makes it hard: six answers, one of them is not to say."""

    name: ClassVar[str] = "missed.hard"

    def page(self, turn: Turn) -> Say:
        return Say("missed-hard", [Choice(one, f"missed-hard-{one}") for one in REASONS], nav=False)

    def chosen(self, turn: Turn, choice: str) -> Move:
        return Replace(Noted(choice)) if choice in REASONS else Stay()


@dataclass(frozen=True)
class Noted(Screen):
    """Thanks, and what can be made easier."""

    name = "missed.noted"
    said: str

    def show(self, turn: Turn) -> Say:
        key = {"time": "missed-noted-time", "none": "missed-noted-none"}.get(self.said, "missed-noted")
        return Say(key, [Choice("again", "missed-again"), Choice("contact", "missed-contact")])

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "contact":
            return _person(turn)
        return Push(booking.start_booking(turn))


def _person(turn: Turn) -> Move:
    handover.wait(turn, "asked")
    return Push(handover.Person())
