"""Choosing the language, at the start and at any moment later."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.screen import Choice, Move, Pop, Say, Screen, Turn
from flows.texts import SHIPPED
from storage import members, tongues


def language_choices(first: str | None = None) -> list[Choice]:
    """The shipped languages, each name in its own script, hers first, and beside it her other script."""
    tongue = tongues.spoken(first or "")
    ordered = sorted(SHIPPED, key=lambda language: (language != first, tongues.spoken(language) != tongue))
    return [Choice(language, "language-name", language=language) for language in ordered]


def use_language(turn: Turn, language: str) -> None:
    """From now on every text is in this language."""
    if language not in SHIPPED:
        return
    members.set_field(turn.db, turn.member.id, "language", language)
    turn.member = replace(turn.member, language=language)


@dataclass(frozen=True)
class Language(Screen):
    """Ask for the language; afterwards the page below is shown in it."""

    name = "language"

    def show(self, turn: Turn) -> Say:
        return Say("language-ask", choices=language_choices(first=turn.member.language))

    def answer(self, turn: Turn, choice: str) -> Move:
        use_language(turn, choice)
        return Pop(note=Say("language-done"))
