"""The secret check: two of six digits, asked before anything personal. A wrong answer gets the public answer and no hint."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from flows import tasks as rules
from flows.screen import Heard, Kind, Move, Pop, Reset, Say, Screen, Stay, Turn
from flows.speech import Speech
from storage import checks, tasks
from storage.sql import to_ms

ASKED = 2
"""Digits."""
HIDDEN = "••"
"""What is kept of the words in which digits were told."""
PERSONAL = frozenset(
    {
        "appointments.list",
        "appointments.one",
        "appointments.cancel",
        "appointments.cancelled",
        "booking.confirm",
        "booking.done",
        "mydata",
        "mydata.file",
        "mydata.erase",
        "mydata.sure",
        "link",
        "link.shown",
        "link.enter",
        "link.join",
        "link.done",
    }
)
"""Pages that say or change something of hers; so do those of a booking that is being moved."""


def digits(text: str) -> str:
    """The digits of typed words, in whatever script."""
    return "".join(str(unicodedata.digit(char)) for char in text if char.isdigit())


def is_personal(screen: Screen) -> bool:
    """Whether this page is behind the check."""
    return screen.name in PERSONAL or bool(getattr(screen, "moving", 0))


def is_closed(turn: Turn) -> bool:
    """Whether she has a check that was not answered in this chat since she was last silent for long."""
    if not turn.conversation.may_be_checked or checks.find(turn.db, turn.member.id) is None:
        return False
    return not checks.is_open(turn.db, turn.conversation.id, turn.now)


def hides(stack: list[Any], heard: Heard) -> bool:
    """Whether these words may hold digits of a check: they are not kept."""
    asked = bool(stack) and stack[-1][0] == Check.name
    return asked and heard.kind in (Kind.TEXT, Kind.EDIT) and bool(digits(heard.text))


def locks(turn: Turn, screen: Screen) -> bool:
    """Whether this page does nothing before the check is answered."""
    return is_personal(screen) and is_closed(turn)


def guarded(turn: Turn, stack: list[Screen], speech: Speech) -> Speech:
    """The check lies on a personal page until it is answered; what was to be said about that page is not said then."""
    top = stack[-1]
    if isinstance(top, Check):
        if len(stack) > 1 and not is_closed(turn):
            stack.pop()
    elif locks(turn, top):
        stack.append(Check())
        return Speech()
    return speech


@dataclass(frozen=True)
class Check(Screen):
    """Ask two positions; it lies on the page it guards."""

    name = "check"

    def show(self, turn: Turn) -> Say:
        found = checks.find(turn.db, turn.member.id)
        first, second = found.asking if found is not None else checks.PAIRS[0]
        return Say("check-ask", first=first, second=second)

    def answer(self, turn: Turn, choice: str) -> Move:
        return Stay()

    def hear(self, turn: Turn, heard: Heard) -> Move | None:
        told = digits(heard.text) if heard.kind is Kind.TEXT else ""
        if not told:
            return None
        key, now = turn.outside.keyed, turn.now
        right, pauses = checks.answer(turn.db, turn.member.id, told[: checks.DIGITS + 1], now, key)
        if pauses:
            _tell_staff(turn)
        if not right:
            return Reset()
        checks.passed(turn.db, turn.conversation.id, now)
        return Pop()


def _tell_staff(turn: Turn) -> None:
    """Somebody who does not know the digits holds a phone with her chat: a person looks, nothing is said there."""
    site_id = turn.conversation.site_id or turn.site.id
    tasks.add(
        turn.db,
        tasks.CHECK,
        f"conversation:{turn.conversation.id}",
        to_ms(turn.now),
        site_id=site_id,
        due_at=rules.due(turn.db, turn.now, turn.site, tasks.CHECK),
        now=turn.now,
        member_id=turn.member.id,
    )
