"""The greeting: an automatic helper that says it is one, and the choice of language."""

from __future__ import annotations

from dataclasses import dataclass

from flows.language import language_choices, use_language
from flows.place import is_open
from flows.privacy import ANSWERS, Privacy
from flows.screen import Heard, Kind, Move, Replace, Say, Screen, Stay, Turn
from flows.texts import listed

SAID_MAX = 500
PLACES_NAMED = 3


def _name(turn: Turn) -> str:
    """Of the info point; where she may still choose one, of all their places."""
    if not is_open(turn):
        return turn.site.name
    return listed(turn.language, dict.fromkeys(place for _, place in turn.places[:PLACES_NAMED]))


@dataclass(frozen=True)
class Welcome(Screen):
    """Greet and ask for the language; `said` keeps her first words for after the privacy text.

    Where there is only one language nothing is asked: the privacy text stands under the greeting at once.
    """

    name = "welcome"
    said: str = ""
    hint: str | None = None

    def show(self, turn: Turn) -> Say:
        language = turn.member.language or self.hint
        choices = language_choices(turn, first=language)
        if len(choices) == 1:
            privacy = Privacy().show(turn)
            return Say(privacy.key, privacy.choices, before=("welcome-alone",), site=_name(turn))
        key = "welcome-hello" if language else "welcome-hello-all"
        return Say(
            key,
            choices=choices,
            language=language,
            nav=False,
            site=_name(turn),
        )

    def answer(self, turn: Turn, choice: str) -> Move:
        privacy = Privacy(self.said, first=True)
        if choice in ANSWERS:
            use_language(turn, turn.language)
            return privacy.answer(turn, choice)
        return Replace(privacy) if use_language(turn, choice) else Stay()

    def hear(self, turn: Turn, heard: Heard) -> Move | None:
        """Words before the language is known are kept for later."""
        return Replace(Welcome(heard.text[:SAID_MAX], self.hint)) if heard.kind is Kind.TEXT else Stay()
