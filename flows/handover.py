"""Asking for a person: until staff have a console the answer says honestly how to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flows.screen import Arg, Choice, Move, Reset, Say, Screen, Turn
from storage import sites

LOOK_AHEAD_DAYS = 14


def wait(turn: Turn, reason: str, *, urgent: bool = False) -> None:
    """Mark the conversation as waiting for a person; it mutes nothing, and an earlier request keeps its place."""
    conversation = turn.conversation
    if conversation.owner == "bot":
        conversation.owner = "waiting"
        conversation.waiting_since = turn.now
        conversation.waiting_reason = reason
    elif urgent and not conversation.urgent:
        conversation.waiting_reason = reason
    conversation.urgent = conversation.urgent or urgent


def next_open(turn: Turn) -> tuple[datetime, datetime] | None:
    """When people are at the desk next, or now: from and until."""
    zone = ZoneInfo(turn.site.timezone)
    today = turn.now.astimezone(zone).date()
    closed = sites.closed_days(turn.db, turn.site.id, today, today + timedelta(days=LOOK_AHEAD_DAYS))
    for ahead in range(LOOK_AHEAD_DAYS + 1):
        day = today + timedelta(days=ahead)
        if day in closed:
            continue
        for weekday, from_min, until_min in turn.site.hours:
            if weekday == day.weekday() and (until := _at(day, until_min, zone)) > turn.now:
                return _at(day, from_min, zone), until
    return None


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)


@dataclass(frozen=True)
class Person(Screen):
    """How to reach a person: phone, desk, hours, and that nobody reads the chat at night."""

    name = "person"

    def show(self, turn: Turn) -> Say:
        hours = next_open(turn)
        if hours is None:
            return self._say(turn, "handover-person-closed")
        opens, closes = hours
        if opens <= turn.now:
            return self._say(turn, "handover-person-now", until=closes)
        return self._say(turn, "handover-person-later", opens=opens)

    def _say(self, turn: Turn, key: str, **at: datetime) -> Say:
        choices = [Choice("menu", "handover-menu")]
        args: dict[str, Arg] = {"phone": turn.site.phone, "address": turn.site.address, **at}
        return Say(key, choices, nav=False, **args)  # type: ignore[arg-type]  # a text's arguments go by their own names

    def answer(self, turn: Turn, choice: str) -> Move:
        return Reset()


def hours_text(turn: Turn, language: str) -> str:
    """The next opening in any language; the phone number when there is none in sight."""
    hours = next_open(turn)
    return turn.texts.span(language, *hours) if hours else turn.site.phone
