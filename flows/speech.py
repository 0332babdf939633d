"""Turning what a screen says into the finished text and labels of one message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flows.screen import Say, Screen, Turn
from flows.texts import ISOLATES, SHIPPED


@dataclass(frozen=True, slots=True)
class Speech:
    """What the engine wants said before the current page; `missed` when the bot had no answer."""

    note: Say | None = None
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """A finished message: text, `[[id, label, is_nav], …]` and its language."""

    text: str
    choices: list[list[Any]]
    language: str


def speak(turn: Turn, stack: list[Screen], speech: Speech) -> Spoken:
    """The page on top of the stack, with the note before it, in her language."""
    page = stack[-1].show(turn)
    language = page.language or turn.language
    parts = [words for say in (speech.note, page) if say is not None for words in _paragraphs(turn, say)]
    choices: list[list[Any]] = [
        [choice.id, turn.texts.text(language, choice.key, choice.args).translate(ISOLATES), False]
        for choice in page.choices
    ]
    if page.nav:
        chrome = language if language in SHIPPED else turn.language
        choices += [[f"nav.{name}", turn.texts.text(chrome, f"engine-{name}"), True] for name in _nav(stack)]
    return Spoken("\n\n".join(parts), choices, language)


def _paragraphs(turn: Turn, say: Say) -> list[str]:
    language = say.language or turn.language
    return [turn.texts.text(language, key, say.args) for key in (say.key, *say.then)]


def _nav(stack: list[Screen]) -> list[str]:
    """The engine's choices on this page: never more than four, so that a list keeps room for the page's own."""
    names = ["back"] if len(stack) > 1 else ["language"]
    if len(stack) > 2:
        names.append("menu")
    return [*names, "person", "sos"]
