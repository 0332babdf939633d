"""The contact rules: one table of what may be sent to whom and when. Every sender asks `verdict`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal

from storage.members import Member

DANGER_DAYS = 7
"""How long after a level-1 message only what she asked for is sent."""


class Action(StrEnum):
    """What becomes of a message. The strictest column decides: skip before hold before earlier before send."""

    SEND = "send"
    EARLIER = "earlier"
    """Not now: it should have gone out in the last open moment before."""
    HOLD = "hold"
    """Not yet: it waits for the next moment in which it may be sent."""
    SKIP = "skip"


_O, _E, _H, _X = Action.SEND, Action.EARLIER, Action.HOLD, Action.SKIP
_STRICTNESS = (Action.SKIP, Action.HOLD, Action.EARLIER)

COLUMNS: Final = (
    "do_not_write",  # writing to this phone is not safe
    "stopped",  # she said STOP
    "keeps_reminders",  # she said STOP and then: keep the reminders
    "unreachable",  # no address of hers can be written to first
    "never",  # "never, I write first", or no open hour is left
    "danger",  # level 1 within the last days, and she did not say that writing is safe
    "danger_safe",  # level 1 within the last days, and she said that writing is safe
    "waiting",  # a person was asked for; mutes nothing
    "person",  # a person owns the conversation
    "no_consent",  # she did not agree to this purpose
    "minor",  # under 18
    "closed",  # quiet hours of the site or outside her safe hours
)
"""One state each; a reason in the ledger is the name of its column."""

# The columns stand in the order of COLUMNS, which is also the order in which a reason is named.
# fmt: off
TABLE: Final = MappingProxyType({
    #                  lock stop keep unre nevr dang safe wait pers cons minr clos
    "answer":         (_O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O),
    "safety":         (_O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O),
    "failed_line":    (_O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O),
    "stop_line":      (_O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O),
    "person_line":    (_O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O),
    "staff_now":      (_O,  _O,  _O,  _X,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O),
    "handover_now":   (_O,  _O,  _O,  _X,  _O,  _O,  _O,  _O,  _O,  _O,  _O,  _O),
    "staff":          (_X,  _O,  _O,  _X,  _X,  _X,  _O,  _O,  _O,  _O,  _O,  _H),
    "handover_line":  (_X,  _O,  _O,  _X,  _X,  _X,  _O,  _O,  _O,  _O,  _O,  _H),
    "reminder_day":   (_X,  _X,  _O,  _X,  _X,  _X,  _O,  _O,  _O,  _O,  _O,  _E),
    "reminder_hours": (_X,  _X,  _O,  _X,  _X,  _X,  _O,  _O,  _O,  _O,  _O,  _E),
    "booking_change": (_X,  _X,  _O,  _X,  _X,  _X,  _O,  _O,  _O,  _O,  _O,  _H),
    "go_on":          (_X,  _X,  _X,  _X,  _X,  _X,  _X,  _O,  _X,  _O,  _O,  _H),
    "announcement":   (_X,  _X,  _X,  _X,  _X,  _X,  _X,  _O,  _H,  _X,  _X,  _H),
    "survey":         (_X,  _X,  _X,  _X,  _X,  _X,  _X,  _O,  _H,  _X,  _X,  _H),
    "checkin":        (_X,  _X,  _X,  _X,  _X,  _X,  _X,  _O,  _H,  _X,  _X,  _H),
    "missed":         (_X,  _X,  _X,  _X,  _X,  _X,  _X,  _O,  _H,  _O,  _O,  _H),
})
# fmt: on

ASKED = frozenset({"answer", "safety", "failed_line", "stop_line", "person_line"})
"""Kinds that answer her own message."""


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the rules look at; the defaults describe an adult who may be written to now."""

    stop: Literal["none", "stopped", "keeps_reminders"] = "none"
    do_not_write: bool = False
    hours: Literal["open", "closed", "never"] = "open"
    owner: str = "bot"
    consent: bool = True
    """Whether she agreed to the purpose of this kind; only kinds that need it look."""
    age_band: str | None = None
    danger: Literal["none", "recent", "recent_safe"] = "none"
    reachable: bool = True

    def columns(self) -> list[str]:
        """The columns of the table that apply, in their order."""
        applies = {
            "do_not_write": self.do_not_write,
            "stopped": self.stop == "stopped",
            "keeps_reminders": self.stop == "keeps_reminders",
            "unreachable": not self.reachable,
            "never": self.hours == "never",
            "danger": self.danger == "recent",
            "danger_safe": self.danger == "recent_safe",
            "waiting": self.owner == "waiting",
            "person": self.owner == "person",
            "no_consent": not self.consent,
            "minor": self.age_band in ("under15", "15to17"),
            "closed": self.hours == "closed",
        }
        return [name for name in COLUMNS if applies[name]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do and, unless it is sent, the column that said so."""

    action: Action
    reason: str | None = None


def verdict(kind: str, situation: Situation) -> Verdict:
    """What the table says about a message of this kind in this situation."""
    row = TABLE[kind]
    said = [(row[COLUMNS.index(name)], name) for name in situation.columns()]
    for action in _STRICTNESS:
        for cell, name in said:
            if cell is action:
                return Verdict(action, name)
    return Verdict(Action.SEND)


def stop_state(member: Member) -> Literal["none", "stopped", "keeps_reminders"]:
    """The member's STOP as the table knows it."""
    if member.stopped_at is None:
        return "none"
    return "keeps_reminders" if member.keeps_reminders else "stopped"


def danger_state(
    member: Member, said_safe_at: datetime | None, now: datetime
) -> Literal["none", "recent", "recent_safe"]:
    """Whether a level-1 message is recent; `said_safe_at` is her last word on writing to this phone, if it was yes.

    A yes from before that message says nothing about today.
    """
    at = member.danger_at
    if at is None or now - at >= timedelta(days=DANGER_DAYS):
        return "none"
    return "recent_safe" if said_safe_at is not None and said_safe_at >= at else "recent"
