"""Turning what a screen says into the finished text and labels of one message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flows import voice
from flows.screen import Say, Screen, Turn
from flows.texts import ISOLATES, SHIPPED
from storage.messages import NEVER_RESEND, RENDER_AGAIN
from storage.wordings import Voice


@dataclass(frozen=True, slots=True)
class Speech:
    """What the engine wants said before the current page; `missed` when the bot had no answer."""

    note: Say | None = None
    missed: bool = False
    voice: bool = False
    """She wants to hear the page."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A finished message: text, `[[id, label, is_nav], …]` and its language."""

    text: str
    choices: list[list[Any]]
    language: str
    voice: int | None = None
    """The recording that goes with it."""

    @property
    def policy(self) -> str:
        """What becomes of it when its answer is lost: a recording is not sent twice, she can tap again."""
        return RENDER_AGAIN if self.voice is None else NEVER_RESEND


def speak(turn: Turn, stack: list[Screen], speech: Speech, *, asked: bool = False) -> Spoken:
    """The page on top of the stack, with the note before it, in her language; `asked` for when she is here and can listen."""
    page = stack[-1].show(turn)
    language = page.language or turn.language
    shown = _paragraphs(turn, page)
    found = turn.texts.voice(language, page.key) if asked else None
    if found is not None and (stack[-1].name in voice.QUIET or not voice.fits("\n\n".join(shown))):
        found = None
    note = Say("voice-gone", language=page.language) if speech.voice and found is None else speech.note
    parts = [*(_paragraphs(turn, note) if note is not None else ()), *shown]
    choices: list[list[Any]] = [
        [choice.id, turn.texts.text(language, choice.key, choice.args).translate(ISOLATES), False]
        for choice in page.choices
    ]
    chrome = language if language in SHIPPED else turn.language
    nav = _nav(stack) if page.nav else []
    if found is not None and not speech.voice:
        choices, nav = _with_voice(turn, chrome, found, choices, nav)
    choices += [[f"nav.{name}", turn.texts.text(chrome, f"engine-{name}"), True] for name in nav]
    return Spoken(
        "\n\n".join(parts), choices, language, found.id if found is not None and speech.voice else None
    )


def _with_voice(
    turn: Turn, language: str, found: Voice, choices: list[list[Any]], nav: list[str]
) -> tuple[list[list[Any]], list[str]]:
    """The choices with 🔊 and its size among the engine's own; where a list is full, it stands in the place of the menu."""
    room = voice.CHOICES_MAX - len(choices) - 1
    fewer = nav if len(nav) <= room else [name for name in nav if name != "menu"]
    if len(fewer) > room:
        return choices, nav
    label = turn.texts.text(language, "voice-play", {"size": voice.kilobytes(found.size)})
    return [*choices, [voice.CHOICE, label.translate(ISOLATES), True]], fewer


def _paragraphs(turn: Turn, say: Say) -> list[str]:
    language = say.language or turn.language
    return [turn.texts.text(language, key, say.args) for key in (*say.before, say.key, *say.then)]


def _nav(stack: list[Screen]) -> list[str]:
    """The engine's choices on this page: never more than four, so that a list keeps room for the page's own."""
    if stack[-1].name == "welcome":
        return ["person", "sos"]  # the first page: there is nothing to go back to
    names = ["back"] if len(stack) > 1 else ["language"]
    if len(stack) > 2:
        names.append("menu")
    return [*names, "person", "sos"]
