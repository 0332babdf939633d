"""Choosing the language, at the start and at any moment later."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.screen import Choice, Move, Pop, Say, Screen, Stay, Turn
from flows.texts import SHIPPED
from storage import members, tongues


def language_choices(turn: Turn, first: str | None = None) -> list[Choice]:
    """The languages that are open, each name in its own script, hers first and beside it her other script.

    She keeps hers when it was closed.
    """
    mine, tongue = turn.member.language, tongues.spoken(first or "")
    listed = [tag for tag in SHIPPED if tag in turn.texts.offered or tag == mine]
    ordered = sorted(listed, key=lambda tag: (tag != first, tongues.spoken(tag) != tongue))
    return [Choice(language, "language-name", language=language) for language in ordered]


def use_language(turn: Turn, language: str) -> bool:
    """From now on every text is in this language; False when it was closed since she was offered it."""
    if language not in turn.texts.offered and language != turn.member.language:
        return False
    members.set_field(turn.db, turn.member.id, "language", language)
    turn.member = replace(turn.member, language=language)
    return True


@dataclass(frozen=True)
class Language(Screen):
    """Ask for the language; afterwards the page below is shown in it."""

    name = "language"

    def show(self, turn: Turn) -> Say:
        return Say("language-ask", choices=language_choices(turn, first=turn.member.language))

    def answer(self, turn: Turn, choice: str) -> Move:
        return Pop(note=Say("language-done")) if use_language(turn, choice) else Stay()
