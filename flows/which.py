"""Two questions stand open and she typed an answer that fits both: which one is meant."""

from __future__ import annotations

from dataclasses import dataclass

from flows.screen import Choice, Move, Pop, Say, Screen, Turn
from storage import messages

BEGINNING_CHARS = 18


@dataclass(frozen=True)
class Which(Screen):
    """Offer the beginnings of both messages; the engine takes `said` as the answer to the chosen one."""

    name = "which"
    said: str
    ids: tuple[int, ...]

    def show(self, turn: Turn) -> Say:
        found = [messages.find(turn.db, turn.conversation.id, message_id) for message_id in self.ids]
        choices = [Choice(str(shown.id), "plain", text=_beginning(shown.text)) for shown in found if shown]
        return Say("engine-which", choices=choices, said=self.said)

    def answer(self, turn: Turn, choice: str) -> Move:
        return Pop()


def _beginning(text: str) -> str:
    line = text.splitlines()[0]
    return line if len(line) <= BEGINNING_CHARS else line[:BEGINNING_CHARS].rstrip() + "…"
