"""STOP and its undoing, and the stricter *do not write*: what she says here every sender must obey."""

from __future__ import annotations

from dataclasses import dataclass

from flows.contact import change, consent
from flows.screen import Choice, Move, Pop, Push, Replace, Reset, Say, Screen, Stay, Turn
from storage import bookings, messages

WORDING = "stop-2"
"""Version of the texts `stop-done` and `stop-keep`."""


def stop(turn: Turn) -> Move:
    """Nothing unasked any more, from this moment; asks about her appointments when she has any."""
    if turn.member.stopped_at is None:
        change(turn, "stopped_at", turn.now)
    change(turn, "keeps_reminders", False)
    messages.cancel_unasked(turn.db, turn.member.id, "stopped")
    consent(turn, "unasked", given=False, wording=WORDING, how="stop")
    if bookings.upcoming(turn.db, turn.member.id, turn.now):
        return Push(Keep(), note=Say("stop-done"))
    return Push(Stopped())


def start(turn: Turn) -> Move:
    """She wants to be written to again. A locked phone is opened only by her answer that writing to it is safe."""
    note = None
    if turn.member.stopped_at is not None:
        change(turn, "stopped_at", None)
        change(turn, "keeps_reminders", False)
        consent(turn, "unasked", given=True, wording=WORDING, how="start")
        note = Say("stop-started")
    if turn.member.do_not_write:
        from flows import safety  # it needs `do_not_write` of this module

        return Push(safety.SafeToWrite(turn.language))
    return Reset(note=note)


def do_not_write(turn: Turn) -> None:
    """Writing to this phone is not safe: nothing goes there but answers to her own messages."""
    change(turn, "do_not_write", True)
    messages.cancel_unasked(turn.db, turn.member.id, "do_not_write")


@dataclass(frozen=True)
class Keep(Screen):
    """After STOP: whether reminders of her appointments may still come."""

    name = "stop.keep"

    def show(self, turn: Turn) -> Say:
        return Say("stop-keep", [Choice("yes", "stop-keep-yes"), Choice("no", "stop-keep-no")])

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice not in ("yes", "no"):
            return Stay()
        # She may have undone the stop since this was asked: then there is nothing to keep from it.
        if turn.member.stopped_at is not None:
            change(turn, "keeps_reminders", choice == "yes")
        consent(turn, "reminders", given=choice == "yes", wording=WORDING)
        if choice == "no":
            messages.cancel_unasked(turn.db, turn.member.id, "stopped")
        return Replace(Stopped())


@dataclass(frozen=True)
class Stopped(Screen):
    """What still comes after STOP, and how to undo it."""

    name = "stop.stopped"

    def show(self, turn: Turn) -> Say:
        if turn.member.stopped_at is None:
            return Say("stop-none", [Choice("ok", "stop-none-ok")])
        key = "stop-kept" if turn.member.keeps_reminders else "stop-stopped"
        return Say(key, [Choice("ok", "stop-ok"), Choice("start", "stop-start")])

    def answer(self, turn: Turn, choice: str) -> Move:
        return start(turn) if choice == "start" else Pop()
