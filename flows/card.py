"""The one-time link of a printed card: it asks whose phone this is, then waits until staff confirm. It joins nothing itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.appointments import Appointments
from flows.mydata import secret, token_hash
from flows.screen import Choice, Heard, Kind, Move, Replace, Reset, Say, Screen, Stay, Turn
from storage import cards

START = "card_"
"""What the payload of a card's link begins with."""
KEPT = "card:"
"""Before the hash, where a page keeps it until she has read the privacy text."""
_TOKEN = re.compile(rf"{START}[A-Za-z0-9_-]{{40,58}}", re.ASCII)
_WAITS = cards.ASKING_FOR


def unnamed(heard: Heard) -> str:
    """The words as they are kept: of a card's payload, right or wrong, only that it was one."""
    return START if heard.kind is Kind.START and heard.text.startswith(START) else heard.text


def kept(turn: Turn, payload: str) -> str:
    """What a page keeps of a card's payload: its hash while it can be used, else nothing."""
    if _TOKEN.fullmatch(payload) is None:
        return ""
    hashed = token_hash(payload.removeprefix(START))
    return f"{KEPT}{hashed}" if cards.is_open(turn.db, hashed, turn.now) else ""


def page(turn: Turn, said: str) -> Screen | None:
    """The question of an open card, for what `kept` gave."""
    hashed = said.removeprefix(KEPT)
    is_open = said.startswith(KEPT) and cards.is_open(turn.db, hashed, turn.now)
    return Own(hashed) if is_open else None


@dataclass(frozen=True)
class Own(Screen):
    """Ask whether this phone is her own."""

    name = "card.own"
    card: str = ""

    def show(self, turn: Turn) -> Say:
        return Say("card-own", [Choice("yes", "card-own-yes"), Choice("no", "card-own-no")])

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice != "yes":
            return Reset(note=Say("card-not-own"))
        number = str(10 + int(secret(turn, "card-number")[:8], 16) % 90)
        here = turn.conversation.address_id
        cards.ask(turn.db, self.card, turn.member.id, here, number, turn.now)
        shown = cards.waits(
            turn.db, self.card, here, turn.now
        )  # another one after a second tap on the same yes
        return Replace(Wait(self.card, shown)) if shown is not None else Reset()


@dataclass(frozen=True)
class Wait(Screen):
    """A number to read out at the desk; afterwards what came of it."""

    name = "card.wait"
    card: str = ""
    number: str = ""

    def show(self, turn: Turn) -> Say:
        if cards.waits(turn.db, self.card, turn.conversation.address_id, turn.now):
            return Say("card-wait", [Choice("look", "card-look")], number=self.number)
        if cards.is_of(turn.db, self.card, turn.member.id):
            return Say("card-joined", [Choice("list", "card-list"), Choice("ok", "card-ok")])
        return Say("card-over", [Choice("ok", "card-ok")])

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "look":
            return Stay()
        is_hers = choice == "list" and cards.is_of(turn.db, self.card, turn.member.id)
        return Reset((Appointments(),) if is_hers else ())
