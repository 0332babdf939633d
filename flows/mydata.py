"""Her data: what we keep in a few neutral words, the whole of it by a link that works once, and forgetting her."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from flows.screen import Arg, Choice, Move, Pop, Push, Replace, Say, Screen, Stay, Turn
from storage import audit, erasures, messages, mydata
from storage.members import Member

MINE = "/mine/"
"""The path of the page behind the link."""
TIMES_MAX = 3
LINK_OPEN = mydata.LINK_FOR


def token_hash(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def secret(turn: Turn, purpose: str) -> str:
    """256 bits for this turn and purpose: a unit that runs again gets the same, and nobody else can make them."""
    conversation = turn.conversation
    return turn.outside.keyed(f"{purpose}:{conversation.id}:{conversation.version}:{turn.now.timestamp()}")


def say_secret(turn: Turn, kind: str, key: str, **args: Arg) -> None:
    """Queue a line of its own that opens a door; staff who read the chat do not see what it says."""
    messages.add(
        turn.db,
        turn.conversation.id,
        turn.account,
        kind,
        turn.texts.text(turn.language, key, args),
        now=turn.now,
        language=turn.language,
        policy=messages.NEVER_RESEND,
        expires_at=turn.now + LINK_OPEN,
    )


def news_of(member: Member) -> str:
    """Whether we write first, in one word for the texts."""
    if member.do_not_write:
        return "locked"
    if member.stopped_at is not None:
        return "kept" if member.keeps_reminders else "stopped"
    return "on"


@dataclass(frozen=True)
class MyData(Screen):
    """What we keep, in numbers; no meeting is named, whoever holds the phone."""

    name = "mydata"

    def show(self, turn: Turn) -> Say:
        found = mydata.summary(turn.db, turn.member.id, turn.now)
        times = found.meetings[:TIMES_MAX]
        args: dict[str, Arg] = {
            "tongue": turn.language,
            "messages": found.messages,
            "chats": found.chats,
            "count": len(found.meetings),
            "news": news_of(turn.member),
            "when": turn.member.write_when or "any",
            "privacy": _said(found.consents.get("chat")),
            "reminders": _said(found.consents.get("reminders")),
        }
        args |= {f"at{number}": at for number, at in enumerate(times, 1)}
        then = (f"mydata-times-{len(times)}",) if times else ()
        choices = [Choice("file", "mydata-file"), Choice("delete", "mydata-delete")]
        return Say("mydata", choices, then=(*then, "mydata-said"), **args)  # type: ignore[arg-type]  # a text's arguments go by their own names

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "delete":
            return Push(Erase())
        return Push(File()) if choice == "file" else Stay()


def _said(given: bool | None) -> str:
    return "unasked" if given is None else "yes" if given else "no"


@dataclass(frozen=True)
class File(Screen):
    """Where the whole of it is handed out: at the desk, and by a link when people can reach our pages."""

    name = "mydata.file"

    def show(self, turn: Turn) -> Say:
        args = {"address": turn.site.address}
        if turn.outside.public_url is None:
            return Say("mydata-desk", [Choice("ok", "mydata-ok")], address=turn.site.address)
        return Say("mydata-ways", [Choice("link", "mydata-link"), Choice("ok", "mydata-ok")], **args)  # type: ignore[arg-type]  # as above

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice != "link" or turn.outside.public_url is None:
            return Pop()
        token = secret(turn, "data-link")
        mydata.offer(turn.db, token_hash(token), turn.member.id, turn.now)
        say_secret(turn, "data_link", "mydata-address", link=f"{turn.outside.public_url}{MINE}{token}")
        return Pop(note=Say("mydata-link-sent"))


@dataclass(frozen=True)
class Erase(Screen):
    """The first of two taps: what forgetting her means."""

    name = "mydata.erase"

    def show(self, turn: Turn) -> Say:
        ahead = len(mydata.summary(turn.db, turn.member.id, turn.now).meetings)
        return Say(
            "mydata-erase",
            [Choice("delete", "mydata-erase-delete"), Choice("keep", "mydata-erase-keep")],
            count=ahead,
        )

    def answer(self, turn: Turn, choice: str) -> Move:
        return Replace(Sure()) if choice == "delete" else Pop(note=Say("mydata-kept"))


@dataclass(frozen=True)
class Sure(Screen):
    """The second tap; after it nothing of her is here, and the last line takes itself away as well."""

    name = "mydata.sure"

    def show(self, turn: Turn) -> Say:
        return Say("mydata-sure", [Choice("yes", "mydata-sure-yes"), Choice("no", "mydata-sure-no")])

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice != "yes":
            return Pop(note=Say("mydata-kept"))
        turn.gone = True
        audit.record(turn.db, turn.now, audit.SYSTEM, "member.erase")
        if not turn.can_write_first:  # her page says it by itself, without a row
            erasures.erase(turn.db, turn.member.id, turn.now, turn.outside.keyed)
            return Stay()
        erasures.erase_and_say(
            turn.db,
            turn.member.id,
            turn.conversation.id,
            turn.texts.text(turn.language, "mydata-erased"),
            turn.language,
            turn.now,
            turn.outside.keyed,
        )
        return Stay()


def is_late_tap(turn: Turn, sender: str) -> bool:
    """Whether a stranger's tap is the doubled last tap of somebody just erased; then it leaves nothing either."""
    conversation = turn.conversation
    if conversation.version or conversation.stack or not turn.outside.has_key:
        return False
    hashed = turn.outside.keyed(erasures.stone(turn.account, sender))
    ids = (conversation.id, conversation.address_id, conversation.member_id)
    return erasures.strangers_tap(turn.db, ids, hashed, turn.now)
