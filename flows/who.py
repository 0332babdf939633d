"""The answer to "who is this": the same public facts for whoever holds the phone."""

from __future__ import annotations

from dataclasses import dataclass

from flows.screen import Choice, Move, Reset, Say, Screen, Turn


@dataclass(frozen=True)
class Who(Screen):
    """No name, no history, no booking: information about courses and events in a town."""

    name = "who"

    def show(self, turn: Turn) -> Say:
        return Say("engine-who", choices=[Choice("menu", "handover-menu")], nav=False, place=turn.site.place)

    def answer(self, turn: Turn, choice: str) -> Move:
        return Reset()
