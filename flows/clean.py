"""CLEAN: how to remove the chat from her phone, what we cannot remove, and neutral words from now on."""

from __future__ import annotations

from dataclasses import dataclass

from flows.contact import change
from flows.screen import Choice, Move, Pop, Reset, Say, Screen, Turn


def neutral(turn: Turn) -> None:
    """From now on somebody else may read this phone: staff see it beside the chat, and so do the contact rules."""
    if turn.member.shared_phone != "often":
        change(turn, "shared_phone", "often")


@dataclass(frozen=True)
class Clean(Screen):
    """The steps on her phone; a page has a button of its own."""

    name = "clean"
    new: bool = False
    """Opened before she answered the privacy text: nothing leads past that."""

    def show(self, turn: Turn) -> Say:
        key = "clean-app" if turn.can_write_first else "clean-page"
        return Say(key, [Choice("ok", "clean-ok")], then=("clean-here",), nav=False)

    def answer(self, turn: Turn, choice: str) -> Move:
        return Pop() if self.new else Reset()
