"""The menu: the first page of every stack."""

from __future__ import annotations

from dataclasses import dataclass

from flows.appointments import Appointments
from flows.booking import start_booking
from flows.contact import Settings
from flows.language import Language
from flows.privacy import Privacy
from flows.screen import Choice, Heard, Kind, Move, Push, Say, Screen, Turn
from flows.services import Topics, search_screen


@dataclass(frozen=True)
class Menu(Screen):
    """What the helper can do; a dialogue she left is offered here once."""

    name = "menu"

    def show(self, turn: Turn) -> Say:
        choices = [
            Choice("services", "menu-services"),
            Choice("book", "menu-book"),
            Choice("appointments", "menu-appointments"),
            Choice("settings", "menu-settings"),
            Choice("privacy", "menu-privacy"),
        ]
        if turn.conversation.kept:
            choices.insert(0, Choice("goon", "menu-goon"))
        return Say("menu", choices=choices)

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "book":
            return Push(start_booking(turn))
        if choice == "appointments":
            return Push(Appointments())
        if choice == "settings":
            return Push(Settings())
        if choice == "privacy":
            return Push(Privacy())
        if choice == "language":
            return Push(Language())
        return Push(Topics())

    def hear(self, turn: Turn, heard: Heard) -> Move | None:
        """Words on the menu are a search."""
        found = search_screen(turn, heard.text) if heard.kind is Kind.TEXT else None
        return Push(found) if found else None
