"""The short privacy text, and the longer one on request."""

from __future__ import annotations

from dataclasses import dataclass

from flows import card, letter, media
from flows.place import Place, is_open
from flows.screen import Choice, Move, Push, Reset, Say, Screen, Turn
from flows.services import search_screen
from storage import members

WORDING = "privacy-2"
ANSWERS = ("ok", "more", "no")


@dataclass(frozen=True)
class Privacy(Screen):
    """What we keep, in two sentences; `said` are her first words, answered once she agrees."""

    name = "privacy"
    said: str = ""
    more: bool = False
    first: bool = False
    """Before the first menu: nothing goes past it without an answer."""

    def show(self, turn: Turn) -> Say:
        choices = [Choice("ok", "privacy-ok"), Choice("more", "privacy-more"), Choice("no", "privacy-no")]
        if self.more:
            key = "privacy-long" if turn.can_write_first else "privacy-long-web"
            return Say(key, choices=[choices[0], choices[2]])
        return Say("privacy-short", choices=choices)

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "more":
            return Push(Privacy(self.said, more=True, first=self.first))
        given = choice == "ok"
        members.consent(
            turn.db,
            turn.member.id,
            "chat",
            turn.account,
            given=given,
            wording=WORDING,
            language=turn.language,
            how="tap",
            at=turn.now,
        )
        if not given:
            media.drop(turn)
            return Push(PrivacyRefused(self.said))
        said = "" if self.said.startswith(card.KEPT) else self.said
        found = (
            letter.pending(turn)
            or card.page(turn, self.said)
            or (search_screen(turn, said) if said else None)
        )
        pages: tuple[Screen, ...] = (found,) if found else ()
        return Reset((*pages, Place()) if is_open(turn) else pages)


@dataclass(frozen=True)
class PrivacyRefused(Screen):
    """She does not want her words kept: where help is without the chat."""

    name = "privacy.refused"
    said: str = ""

    def show(self, turn: Turn) -> Say:
        return Say(
            "privacy-refused",
            choices=[Choice("ok", "privacy-ok")],
            phone=turn.site.phone,
            address=turn.site.address,
        )

    def answer(self, turn: Turn, choice: str) -> Move:
        return Privacy(self.said).answer(turn, "ok")
