"""One person, two chats: a code shown in the one and typed in the other makes both hers. Nothing is joined by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.mydata import say_secret, secret
from flows.screen import Choice, Heard, Kind, Move, Pop, Push, Replace, Say, Screen, Stay, Turn
from storage import joins, links, members, messages


def hashed(turn: Turn, code: str) -> str:
    """What is kept of a code: short as it is, only the key keeps it from being guessed."""
    return turn.outside.keyed(f"link-code:{code}")


@dataclass(frozen=True)
class Link(Screen):
    """Which of the two chats this is: the one that shows the code, or the one where it is typed."""

    name = "link"

    def show(self, turn: Turn) -> Say:
        return Say("link", [Choice("show", "link-show"), Choice("have", "link-have")])

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "have":
            return Push(Enter())
        if choice != "show":
            return Stay()
        code = links.code_of(secret(turn, "link-code"))
        links.show(turn.db, hashed(turn, code), turn.member.id, turn.conversation.address_id, turn.now)
        say_secret(turn, "link_code", "link-code", code=f"{code[:4]} {code[4:]}")
        return Push(Shown())


@dataclass(frozen=True)
class Shown(Screen):
    """What to do with the code that stands above."""

    name = "link.shown"

    def show(self, turn: Turn) -> Say:
        return Say("link-shown", [Choice("ok", "link-ok")])

    def answer(self, turn: Turn, choice: str) -> Move:
        return Pop(2)


@dataclass(frozen=True)
class Enter(Screen):
    """Type the code. Wrong, used, too old and one's own get the same answer."""

    name = "link.enter"

    def show(self, turn: Turn) -> Say:
        return Say("link-enter", [Choice("ok", "link-leave")])

    def answer(self, turn: Turn, choice: str) -> Move:
        return Pop()

    def hear(self, turn: Turn, heard: Heard) -> Move | None:
        if heard.kind is not Kind.TEXT or not heard.text.strip():
            return None
        code = links.cleaned(heard.text)
        told = None if code is None else hashed(turn, code)
        match links.hear(turn.db, told, turn.member.id, turn.conversation.address_id, turn.now):
            case links.Heard.RIGHT:
                return Replace(Join(told or ""))
            case links.Heard.WAIT:
                return Pop(note=Say("link-wait"))
        return Stay(note=Say("link-wrong"))


@dataclass(frozen=True)
class Join(Screen):
    """What will happen, and her yes."""

    name = "link.join"
    code: str = ""
    """Its hash; only this chat can use it now."""

    def show(self, turn: Turn) -> Say:
        return Say("link-join", [Choice("yes", "link-yes"), Choice("no", "link-no")])

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice != "yes":
            return Pop(note=Say("link-apart"))
        was = turn.member.id
        joined = joins.join(turn.db, self.code, was, turn.conversation.address_id, turn.now)
        if joined is None:
            return Replace(Enter(), note=Say("link-wrong"))
        found = members.find(turn.db, joined)
        assert found is not None
        turn.member = replace(found, language=found.language or turn.member.language)
        turn.conversation.member_id = joined
        _tell_the_other(turn, self.code)
        return Replace(Done())


def _tell_the_other(turn: Turn, code: str) -> None:
    """The chat that showed the code says it too: whoever took the code off her screen does not stay unseen."""
    shown = links.shown_in(turn.db, code)
    if shown is None or turn.member.do_not_write:
        return
    messages.add(
        turn.db,
        *shown,
        "answer",
        turn.texts.text(turn.language, "link-done"),
        now=turn.now,
        language=turn.language,
        policy=messages.NEVER_RESEND,
        expires_at=turn.now + links.CODE_FOR,
    )


@dataclass(frozen=True)
class Done(Screen):
    """Both chats are hers."""

    name = "link.done"

    def show(self, turn: Turn) -> Say:
        return Say("link-done", [Choice("ok", "link-ok")])

    def answer(self, turn: Turn, choice: str) -> Move:
        return Pop(2)
