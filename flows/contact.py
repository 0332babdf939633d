"""How we may write to her: who reads this phone, when a message is welcome, and a page to change both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flows import hours
from flows.link import Link
from flows.mydata import MyData, news_of
from flows.place import Place
from flows.screen import Choice, Move, Pop, Push, Replace, Say, Screen, Stay, Turn
from storage import members, messages

WORDING = "reminders-1"
"""Version of the text behind the consent to reminders: raised whenever `contact-when` changes its meaning."""
SHARED = ("only_me", "sometimes", "often")
WHEN = ("morning", "afternoon", "any", "never")


def change(turn: Turn, name: str, value: str | bool | datetime | None) -> None:
    """Change one field of the member, in the database and for the rest of this turn."""
    members.set_field(turn.db, turn.member.id, name, value)
    turn.member = replace(turn.member, **{name: value})  # type: ignore[arg-type]  # the name decides the type


def consent(turn: Turn, purpose: str, *, given: bool, wording: str, how: str = "tap") -> None:
    """Record a yes or no of hers to one purpose, on the channel she said it on."""
    members.consent(
        turn.db,
        turn.member.id,
        purpose,
        turn.account,
        given=given,
        wording=wording,
        language=turn.language,
        how=how,
        at=turn.now,
    )


@dataclass(frozen=True)
class Shared(Screen):
    """Ask whether someone else uses this phone."""

    name = "contact.shared"

    def show(self, turn: Turn) -> Say:
        return Say(
            "contact-shared", [Choice(one, f"contact-shared-{one.replace('_', '-')}") for one in SHARED]
        )

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice not in SHARED:
            return Stay()
        change(turn, "shared_phone", choice)
        return Replace(When())


@dataclass(frozen=True)
class When(Screen):
    """Ask when a message may come."""

    name = "contact.when"

    def show(self, turn: Turn) -> Say:
        return Say("contact-when", [Choice(one, f"contact-when-{one}") for one in WHEN])

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice not in WHEN:
            return Stay()
        change(turn, "write_when", choice)
        consent(turn, "reminders", given=choice != "never", wording=WORDING)
        # What is already queued was planned for her former hours: it may leave only if it suits the new ones as well.
        if not hours.is_open(turn.now, hours.window(turn.site, choice)):
            messages.cancel_unasked(turn.db, turn.member.id, "hours")
        return Replace(Done())


@dataclass(frozen=True)
class Done(Screen):
    """Confirm in one line how we will write."""

    name = "contact.done"

    def show(self, turn: Turn) -> Say:
        return Say("contact-done", [Choice("ok", "contact-ok")], when=turn.member.write_when or "any")

    def answer(self, turn: Turn, choice: str) -> Move:
        return Pop()


@dataclass(frozen=True)
class Settings(Screen):
    """Show how we may write, and change it."""

    name = "contact.settings"

    def show(self, turn: Turn) -> Say:
        member = turn.member
        silent = member.do_not_write or member.stopped_at is not None
        return Say(
            "contact-settings",
            [
                Choice("when", "contact-change-when"),
                Choice("shared", "contact-change-shared"),
                Choice("start", "contact-start") if silent else Choice("stop", "contact-stop"),
                Choice("mydata", "mydata-open"),
                Choice("link", "link-open"),
                *([Choice("place", "place-open")] if turn.places else []),
            ],
            when=member.write_when or "any",
            news=news_of(member),
        )

    def answer(self, turn: Turn, choice: str) -> Move:
        from flows import stop  # it needs `change` and `consent` of this module

        match choice:
            case "when":
                return Push(When())
            case "mydata":
                return Push(MyData())
            case "link":
                return Push(Link())
            case "place":
                return Push(Place())
            case "shared":
                return Push(Shared())
            case "start":
                return stop.start(turn)
            case "stop":
                return stop.stop(turn)
            case _:
                return Stay()
