"""The staff group: what a topic is told of a conversation, and what a word in it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flows import handover
from flows.screen import Arg
from flows.texts import Texts
from storage import audit, handovers, inbox, people, topics, updates, wake
from storage.inbox import Scope
from storage.office import Office
from storage.people import Person
from storage.sites import Site
from storage.sql import Tx
from storage.telling import Due, Line
from storage.topics import Topic

POST_MAX = 4096
"""Telegram's limit, in UTF-16 units."""
LINE_MAX = 3000
"""Of one message; the rest is read in the console."""
QUOTE = "│ "
"""Before every line of her words, so that they never look like a line of ours."""
SEES_ALL = frozenset({"desk", "counsellor", "coordinator"})
SEES_HANDED = frozenset({"mediator"})
TAKE, BACK, CLOSE = "take", "back", "close"
BUTTONS = {"waiting": (TAKE, CLOSE), "person": (BACK, CLOSE), "bot": ()}
MEDIA = frozenset({"voice", "picture", "file"})


@dataclass(frozen=True, slots=True)
class Post:
    """One message to a topic, and what the topic knows once it stands there."""

    text: str
    buttons: tuple[tuple[str, str], ...]
    """[(command, label), …]"""
    told_to: int
    notes: int


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody did in the group."""

    external_id: str
    sender: str | None
    """None for somebody who writes as the group or a channel."""
    thread_id: int | None
    kind: Literal["text", "command", "edit", "media", "closed", "reopened"]
    text: str = ""


# --- what goes out


def title(texts: Texts, language: str, due: Due) -> str:
    """The topic's name: a number and a language, nothing about her."""
    key = "group-topic-urgent" if due.urgent else "group-topic"
    return texts.text(language, key, {"number": str(due.conversation_id), "language": due.language or "?"})


def post(texts: Texts, language: str, due: Due) -> Post | None:
    """As much as fits into one message: how it stands, what was said, notes; None when there is nothing to say."""
    parts: list[str] = []
    buttons: tuple[tuple[str, str], ...] = ()
    if due.is_new_standing:
        parts.append(_standing(texts, language, due))
        buttons = tuple((name, texts.text(language, f"group-button-{name}")) for name in BUTTONS[due.owner])
    size, told_to, notes = sum(_units(part) + 2 for part in parts), due.told_to, 0
    for line in due.lines:
        block = _line(texts, language, line)
        if size + _units(block) + 2 > POST_MAX:
            return Post("\n\n".join(parts), buttons, told_to, 0)
        parts.append(block)
        size, told_to = size + _units(block) + 2, line.id
    for key, args in due.notes:
        block = texts.text(language, key, _said_of(texts, language, args))
        if size + _units(block) + 2 > POST_MAX:
            break
        parts.append(block)
        size, notes = size + _units(block) + 2, notes + 1
    return Post("\n\n".join(parts), buttons, due.end, notes) if parts else None


def _standing(texts: Texts, language: str, due: Due) -> str:
    """How the conversation stands now, for the people in the group."""
    if due.owner == "bot":
        return texts.text(language, "group-closed")
    if due.owner == "person":
        return texts.text(language, "group-taken", {"name": due.staff_name or ""})
    assert due.since is not None, "who waits has a time"
    args: dict[str, Arg] = {"language": due.language or "?", "since": due.since}
    said = texts.text(language, "group-waiting-urgent" if due.urgent else "group-waiting", args)
    reason = f"today-reason-{due.reason}"
    if due.reason and texts.has(language, reason):
        said += "\n" + texts.text(language, "group-reason", {"reason": texts.text(language, reason)})
    if due.for_language is not None:
        said += "\n" + texts.text(language, "group-for-language", {"language": due.for_language})
    return said


def _line(texts: Texts, language: str, line: Line) -> str:
    """One message: who, then her words line by line behind a mark."""
    if line.author is not None:
        head = texts.text(language, "group-author", {"name": line.author})
    elif line.kind == "text":
        head = texts.text(language, "group-her")
    else:
        head = texts.text(language, "group-her-media" if line.kind in MEDIA else "group-her-other")
    words = line.text.encode("utf-8", "replace").decode()
    is_long = _units(words) > LINE_MAX
    if is_long:
        words = words.encode("utf-16-le")[: 2 * LINE_MAX].decode("utf-16-le", "ignore")
    quoted = [head, *(QUOTE + one for one in words.splitlines() if one.strip())]
    if is_long:
        quoted.append(texts.text(language, "group-cut"))
    said = "\n".join(quoted)
    if _units(said) > POST_MAX - LINE_MAX // 4:  # hundreds of tiny lines: their marks alone would not fit
        said = "\n".join((head, QUOTE + " ".join(words.split()), *quoted[-1:] * is_long))
    return said


def _said_of(texts: Texts, language: str, args: dict[str, str]) -> dict[str, Arg]:
    """A note's arguments; kinds of trouble are kept as codes and said in words."""
    return {
        name: texts.text(language, f"group-why-{value}")
        if name == "why" and texts.has(language, f"group-why-{value}")
        else value
        for name, value in args.items()
    }


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


# --- what comes in


def heard(
    tx: Tx, said: Said, *, account: str, chat_id: str, now: datetime, office: Office, texts: Texts, uid: str
) -> bool:
    """Apply one update from the group; False when it was applied before or changed nothing."""
    if not updates.first_time(tx, account, said.external_id, now) or said.thread_id is None:
        return False
    topic = topics.by_thread(tx, chat_id, said.thread_id)
    if topic is None:
        return False
    if said.kind in ("closed", "reopened"):
        topics.stands(tx, topic.id, "closed" if said.kind == "closed" else "open", now)
    if said.sender is None:
        topics.note(tx, topic.id, "group-anonymous")
        return True
    staff_id = wake.whose(tx, said.sender)
    who = people.get(tx, staff_id) if staff_id is not None else None
    if who is None:
        # Once a person: the group must not be filled by somebody who may not write to her anyway.
        if updates.first_time(tx, "group:link", said.sender, now):
            topics.note(tx, topic.id, "group-link")
        return True
    held = handovers.held(tx, topic.conversation_id)
    if held is None or not inbox.can_see(tx, scope(who), topic.conversation_id):
        topics.note(tx, topic.id, "group-not-yours", name=who.name)
        return True
    _Act(tx, topic, who, now, office.site(held.site_id), texts, uid).does(said)
    return True


def scope(who: Person) -> Scope:
    """What this person may see, as in the console."""
    return Scope(
        who.id,
        tuple(sorted(at for at, roles in who.roles.items() if roles & SEES_ALL)),
        tuple(sorted(at for at, roles in who.roles.items() if roles & SEES_HANDED)),
        who.languages,
    )


@dataclass(frozen=True, slots=True)
class _Act:
    """One act of a person in the topic of a conversation she may see."""

    tx: Tx
    topic: Topic
    who: Person
    now: datetime
    site: Site
    texts: Texts
    uid: str

    def does(self, said: Said) -> None:
        """What the update means."""
        if said.kind == "text":
            self._reply(said.text)
        elif said.kind in ("edit", "media"):
            self._note(f"group-{said.kind}")
        elif said.kind == "closed" or said.text == CLOSE:
            self._close(by_hand=said.kind == "closed")
        elif said.kind == "reopened" or said.text == TAKE:
            self._take()
        elif said.text == BACK:
            self._back()
        else:
            self._note("group-commands")

    def _take(self) -> bool:
        """It is hers now; whether it is."""
        held = handovers.held(self.tx, self.topic.conversation_id)
        if held is None:
            return False
        if held.owner == "person" and held.staff_id == self.who.id:
            return True
        if not handovers.take(self.tx, self.topic.conversation_id, self.who.id, self.now):
            self._note("group-other")
            return False
        self._told("taken")
        self._record("chat.take")
        return True

    def _reply(self, words: str) -> None:
        """Her words go to the member; whoever writes first takes the chat."""
        if not self._take():
            return
        sent = handover.reply(
            self.tx,
            self.topic.conversation_id,
            self.who.id,
            words,
            language=None,
            now=self.now,
            site=self.site,
            texts=self.texts,
        )
        if sent.message_id is not None:
            topics.replied(self.tx, self.topic.id, sent.message_id)
            self._record("chat.reply")
        if sent.state == "held":
            self._note("group-held", why=sent.reason or "")
        elif sent.state == "refused":
            self._note("group-refused", why=sent.reason or "")

    def _back(self) -> None:
        if handovers.give_back(self.tx, self.topic.conversation_id, self.who.id, self.now):
            self._told("returned")
            self._record("chat.return")
        else:
            self._note("group-other")

    def _close(self, *, by_hand: bool) -> None:
        if handovers.close(self.tx, self.topic.conversation_id, self.who.id, self.now):
            self._told("closed")
            self._record("chat.close")
        elif not by_hand:
            self._note("group-other")

    def _told(self, kind: Literal["taken", "returned", "closed"]) -> None:
        handover.told(
            self.tx,
            kind,
            self.topic.conversation_id,
            now=self.now,
            site=self.site,
            texts=self.texts,
            name=self.who.name,
        )

    def _note(self, key: str, **args: str) -> None:
        topics.note(self.tx, self.topic.id, key, **args)

    def _record(self, act: str) -> None:
        about = audit.name(self.tx, "conversation", self.topic.conversation_id, self.uid)
        audit.record(self.tx, self.now, self.who.uid, act, about, {"by": "telegram"})
