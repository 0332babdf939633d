"""HIDE: a harmless page, and nothing of hers one step back."""

from __future__ import annotations

from dataclasses import dataclass

from flows.screen import Choice, Heard, Move, Replace, Say, Screen, Turn

PAGES = ("weather", "bus")


@dataclass(frozen=True)
class Hide(Screen):
    """Small talk about the weather and the bus. It names no service and has no way on but these two."""

    name = "hide"
    page: str = PAGES[0]
    new: bool = False
    """Opened before she answered the privacy text: nothing leads past that."""

    def show(self, turn: Turn) -> Say:
        page = self.page if self.page in PAGES else PAGES[0]
        return Say(f"hide-{page}-text", [Choice(one, f"hide-{one}") for one in PAGES], nav=False)

    def answer(self, turn: Turn, choice: str) -> Move:
        return Replace(Hide(choice if choice in PAGES else PAGES[0], self.new))

    def hear(self, turn: Turn, heard: Heard) -> Move | None:
        """Whoever types here now learns nothing."""
        other = PAGES[1] if self.page == PAGES[0] else PAGES[0]
        return Replace(Hide(other, self.new))
