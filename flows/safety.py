"""The safety card and what follows it: numbers at once, a person, and whether writing to this phone is safe."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows import handover, stop
from flows.screen import Choice, Heard, Move, Pop, Push, Replace, Say, Screen, Turn
from flows.services import Topics
from storage import members

WORDING = "safety-write-1"


@dataclass(frozen=True)
class SafetyCard(Screen):
    """The numbers that help, in the language of the word that called for them."""

    name = "safety"
    language: str

    def show(self, turn: Turn) -> Say:
        young = turn.member.age_band in ("under15", "15to17")
        choices = [Choice(name, f"safety-{name}") for name in ("person", "more", "other")]
        then = ("safety-youth", "safety-show") if young else ("safety-show",)
        return Say("safety-card", choices=choices, then=then, language=self.language, nav=False)

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "other":
            return Pop()
        if choice == "person":
            handover.wait(turn, "safety", urgent=True)
        return Replace(SafeToWrite(self.language, after=choice))

    def hear(self, turn: Turn, heard: Heard) -> Move | None:
        """Whatever she says under the card, she wants to be heard."""
        return self.answer(turn, "person")


@dataclass(frozen=True)
class SafeToWrite(Screen):
    """Whether this phone may be written to: asked after every safety card."""

    name = "safety.write"
    language: str
    after: str = ""
    """What she chose on the card: a person, or more numbers."""

    def show(self, turn: Turn) -> Say:
        choices = [Choice(name, f"safety-write-{name}") for name in ("yes", "some", "no")]
        first = {"person": "safety-person-waiting", "more": "safety-numbers"}.get(self.after)
        then = ("safety-write",) if first else ()
        return Say(
            first or "safety-write",
            choices,
            then=then,
            language=self.language,
            nav=False,
            hours=handover.hours_text(turn, self.language),
            phone=turn.site.phone,
            desk=turn.site.address,
        )

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "some":
            return Replace(SafeHours(self.language))
        members.consent(
            turn.db,
            turn.member.id,
            "write_after_danger",
            turn.account,
            given=choice == "yes",
            wording=WORDING,
            language=self.language,
            how="tap",
            at=turn.now,
        )
        if choice == "no":
            stop.do_not_write(turn)
            # How to delete a chat is advice for an app; the page has a button of its own.
            then = ("safety-delete-chat",) if turn.can_write_first else ()
            desk = turn.site.address
            return Pop(note=Say("safety-write-no-done", then=then, language=self.language, desk=desk))
        allow_writing(turn)
        return Pop(note=Say("safety-write-yes-done", language=self.language))


@dataclass(frozen=True)
class SafeHours(Screen):
    """The hours in which writing is safe."""

    name = "safety.hours"
    language: str

    def show(self, turn: Turn) -> Say:
        choices = [Choice(name, f"safety-hours-{name}") for name in ("morning", "afternoon")]
        choices.append(Choice("no", "safety-write-no"))
        return Say("safety-write-some-ask", choices=choices, language=self.language, nav=False)

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "no":
            return SafeToWrite(self.language).answer(turn, "no")
        members.set_field(turn.db, turn.member.id, "write_when", choice)
        turn.member = replace(turn.member, write_when=choice)
        move = SafeToWrite(self.language).answer(turn, "yes")
        return replace(move, note=Say("safety-write-some-done", language=self.language))


@dataclass(frozen=True)
class Worry(Screen):
    """A warm line for fear, debt, hunger or eviction, and a person."""

    name = "safety.worry"
    language: str

    def show(self, turn: Turn) -> Say:
        choices = [Choice(name, f"safety-worry-{name}") for name in ("person", "services")]
        return Say("safety-worry", choices=choices, language=self.language)

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "services":
            return Push(Topics())
        handover.wait(turn, "worry")
        return Push(handover.Person())


def allow_writing(turn: Turn) -> None:
    """She said that writing is safe."""
    if turn.member.do_not_write:
        members.set_field(turn.db, turn.member.id, "do_not_write", False)
        turn.member = replace(turn.member, do_not_write=False)
