"""Whose conversation it is: one table of owner and kind of input, and the one line that is said where the bot is silent.

What may go out while a person owns it stands in `flows/rules.TABLE`, column *person*: that is the other half of this table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from flows import handover, media, stop
from flows.danger import Danger
from flows.language import Language, use_language
from flows.screen import Heard, Kind, Say, Turn
from flows.words import CommandMatch
from storage import handovers, messages
from storage.messages import Shown

TOLD_AGAIN = timedelta(minutes=10)
"""The same line is not said twice within this time."""
OWNERS = ("bot", "waiting", "person")


class Treatment(StrEnum):
    """What becomes of an input; stored it is always."""

    TURN = "turn"
    """The bot answers as ever."""
    STORE = "store"
    """Nothing is said."""
    LINE = "line"
    """What it asks is recorded, and one line says so; no page follows."""


class Input(StrEnum):
    """Every kind of thing she can do."""

    SOS = "sos"
    LEVEL_1 = "level_1"
    LEVEL_2 = "level_2"
    STOP = "stop"
    START = "start"  # the word, or opening the chat again
    UNLOCK = "unlock"  # the same from a phone that must not be written to: whether that is safe now is asked
    PERSON = "person"
    BACK = "back"
    MENU = "menu"
    LANGUAGE = "language"
    WHO = "who"
    HIDE = "hide"
    CLEAN = "clean"
    WHEN = "when"
    MYDATA = "mydata"
    ERASE = "erase"
    TAP = "tap"  # on the message that asks now
    OLD_TAP = "old_tap"
    LANGUAGE_TAP = "language_tap"  # one language of the list of languages
    ANSWER = "answer"  # a typed number or label, and nobody said anything after the bot's question
    WORDS = "words"
    VOICE = "voice"
    PICTURE = "picture"
    FILE = "file"
    LOCATION = "location"
    CONTACT = "contact"
    STICKER = "sticker"
    UNSUPPORTED = "unsupported"
    EDIT = "edit"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"


_T, _S, _L = Treatment.TURN, Treatment.STORE, Treatment.LINE
# *Waiting* mutes nothing. While a person has it the bot starts nothing and reads no meaning into her free words; it still
# answers danger, keeps what protects her at hand, obeys taps on its own messages, and says no more than a line otherwise.
TABLE: Final = MappingProxyType({
    #                    bot wait pers
    Input.SOS:          (_T, _T, _T),
    Input.LEVEL_1:      (_T, _T, _T),
    Input.LEVEL_2:      (_T, _T, _S),
    Input.STOP:         (_T, _T, _L),
    Input.START:        (_T, _T, _L),
    Input.UNLOCK:       (_T, _T, _T),
    Input.PERSON:       (_T, _T, _L),
    Input.BACK:         (_T, _T, _L),
    Input.MENU:         (_T, _T, _L),
    Input.LANGUAGE:     (_T, _T, _T),
    Input.WHO:          (_T, _T, _T),
    Input.HIDE:         (_T, _T, _T),
    Input.CLEAN:        (_T, _T, _T),
    Input.WHEN:         (_T, _T, _T),
    Input.MYDATA:       (_T, _T, _T),
    Input.ERASE:        (_T, _T, _T),
    Input.TAP:          (_T, _T, _T),
    Input.OLD_TAP:      (_T, _T, _T),
    Input.LANGUAGE_TAP: (_T, _T, _L),
    Input.ANSWER:       (_T, _T, _T),
    Input.WORDS:        (_T, _T, _S),
    Input.VOICE:        (_T, _T, _L),
    Input.PICTURE:      (_T, _T, _L),
    Input.FILE:         (_T, _T, _L),
    Input.LOCATION:     (_T, _T, _S),
    Input.CONTACT:      (_T, _T, _S),
    Input.STICKER:      (_T, _T, _S),
    Input.UNSUPPORTED:  (_T, _T, _S),
    Input.EDIT:         (_S, _S, _S),
    Input.BLOCKED:      (_S, _S, _S),
    Input.UNBLOCKED:    (_S, _S, _S),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What is said instead of a page; `again` when it is said however often."""

    kind: str
    say: Say
    again: bool = False


def classify(heard: Heard, command: CommandMatch | None, danger: Danger | None) -> Input:
    """What kind of input it is, by itself."""
    if command is not None:
        return Input(command.command.value)
    if danger is not None:
        return Input.LEVEL_1 if danger.level == 1 else Input.LEVEL_2
    if heard.kind is Kind.TEXT:
        return Input.WORDS
    return Input(heard.kind.value)


def treatment(
    turn: Turn,
    heard: Heard,
    command: CommandMatch | None,
    danger: Danger | None,
    answers: Callable[[Shown], bool],
) -> tuple[Input, Treatment]:
    """What the table says about this input. `answers` tells whether her words answer a question the bot asked."""
    said = classify(heard, command, danger)
    if said is Input.TAP and heard.message_id != turn.conversation.asking_from:
        said = Input.OLD_TAP
    if turn.conversation.owner == "person":
        said = _closer(turn, heard, said, answers)
    return said, TABLE[said][OWNERS.index(turn.conversation.owner)]


def _closer(turn: Turn, heard: Heard, said: Input, answers: Callable[[Shown], bool]) -> Input:
    """What it is when one looks at what she was shown: only a person's conversation needs that."""
    if said is Input.START and turn.member.do_not_write:
        return Input.UNLOCK
    if said in (Input.TAP, Input.OLD_TAP):
        shown = _tapped(turn, heard)
        if shown is None:
            return said
        if heard.choice == "nav.person":
            return Input.PERSON
        is_language = shown.stack and shown.stack[-1][0] == Language.name
        return Input.LANGUAGE_TAP if is_language and not heard.choice.startswith("nav.") else said
    if said is Input.WORDS:
        asking = messages.latest_asking(turn.db, turn.conversation.id, turn.conversation.asking_from)
        # A number after a person's question is meant for that person.
        if asking and answers(asking[0]):
            heard_since = handovers.person_said(turn.db, turn.conversation.id, asking[0].id)
            return said if heard_since else Input.ANSWER
    return said


def _tapped(turn: Turn, heard: Heard) -> Shown | None:
    """The message she tapped, if it offered that choice."""
    if heard.message_id is None:
        return None
    shown = messages.find(turn.db, turn.conversation.id, heard.message_id)
    offered = {choice[0] for choice in shown.choices} if shown else set()
    return shown if heard.choice in offered else None


def line(turn: Turn, heard: Heard, said: Input, noted: media.Noted) -> Line:
    """Record what she asked and find the line that says so."""
    if said is Input.STOP:
        stop.stop(turn)
        return Line("stop_line", Say("handover-stop"), again=True)
    if said is Input.START and turn.member.stopped_at is not None:
        note = stop.start(turn).note
        assert note is not None
        return Line("stop_line", note, again=True)
    if said is Input.LANGUAGE_TAP:
        return _other_language(turn, heard)
    if noted.problem or noted.chosen:
        return Line("person_line", media.trouble(heard, noted.problem) or media.choose(turn))
    assert turn.conversation.staff_id is not None
    name = handover.first_name(handovers.name(turn.db, turn.conversation.staff_id))
    return Line("person_line", Say("handover-has", name=name))


def _other_language(turn: Turn, heard: Heard) -> Line:
    """From now on in this language; the list of languages is not where she is any more."""
    use_language(turn, heard.choice)
    stack = turn.conversation.stack
    if len(stack) > 1 and stack[-1][0] == Language.name:
        turn.conversation.stack = stack[:-1]
    return Line("person_line", Say("language-done"), again=True)


def say(turn: Turn, said: Line, expires: timedelta) -> None:
    """Queue the line, unless she was told the same some minutes ago."""
    words = turn.texts.text(turn.language, said.say.key, said.say.args)
    if not said.again and handovers.said(
        turn.db, turn.conversation.id, said.kind, words, turn.now - TOLD_AGAIN
    ):
        return
    messages.add(
        turn.db,
        turn.conversation.id,
        turn.account,
        said.kind,
        words,
        now=turn.now,
        stack=turn.conversation.stack,
        language=turn.language,
        lane=messages.REPLY,
        policy=messages.RENDER_AGAIN,
        expires_at=None if turn.can_write_first else turn.now + expires,
    )
