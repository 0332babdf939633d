"""What the bot offers for a voice, a picture or a file it can neither hear nor read: a person, the desk, or official words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flows import handover, media
from flows.booking import Mode, start_booking
from flows.screen import PAGE_MAX, Arg, Choice, Heard, Kind, Move, Pop, Push, Replace, Say, Screen, Turn
from storage import calendars

TOPIC = "papers"
"""Of an appointment about a letter."""
WORDS = (
    "odlocba",
    "vloga",
    "rok",
    "pritozba",
    "potrdilo",
    "dokazilo",
    "obvestilo",
    "vrocilnica",
    "poziv",
    "upravna-enota",
    "pooblastilo",
    "taksa",
)
"""The glossary: Slovenian words as they stand on paper; what is read from hers, only people may say."""
_PER_PAGE = PAGE_MAX - 1


def asked(heard: Heard, noted: media.Noted) -> Move:
    """The page for what she sent, with a word before it when it is not taken or a person gets it at once."""
    told = media.trouble(heard, noted.problem)
    if told is None and noted.chosen:
        told = Say("media-passed")
    return Push(Letter(media.NOUNS[heard.kind]), note=told)


def short(kind: Kind) -> Say:
    """What the bot cannot do, for her who has not answered the privacy text yet."""
    return Say(f"letter-{media.NOUNS[kind]}")


def pending(turn: Turn) -> Screen | None:
    """The page for what she sent before she agreed to anything."""
    kind = media.unanswered(turn)
    return Letter(kind) if kind else None


def lets(turn: Turn, page: Screen, heard: Heard) -> Say | None:
    """Asking for a person from one of these pages, or together with a file, means: with what she sent."""
    is_meant = heard.media is not None or page.name.partition(".")[0] == Letter.name
    return media.choose(turn) if is_meant else None


@dataclass(frozen=True)
class Letter(Screen):
    """Say at once what the bot cannot do, who can, and what there is meanwhile."""

    name = "letter"
    kind: str = media.NOUNS[Kind.PICTURE]

    def show(self, turn: Turn) -> Say:
        key = f"letter-{self.kind if self.kind in media.NOUNS.values() else 'file'}"
        with_bot = turn.conversation.owner == "bot"
        person = "letter-listen" if self.kind == "voice" else "letter-look"
        choices = [Choice("person", person)] if with_bot else []
        choices += [_desk_choice(turn), Choice("book", "letter-book")]
        if self.kind != "voice":
            choices.append(Choice("words", "letter-words"))
        return Say(key, choices, then=("letter-private",) if with_bot else ())

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "person":
            handover.wait(turn, "media")
            return Push(handover.Person(), note=media.choose(turn))
        return _elsewhere(turn, choice)


def _elsewhere(turn: Turn, choice: str) -> Move:
    if choice == "desk":
        return Push(Desk())
    if choice == "book":
        return Push(_booking(turn))
    return Push(Words())


def _booking(turn: Turn) -> Screen:
    """The booking, past its first question where that is answered by the letter itself."""
    offered = {topic.slug for topic in calendars.topics(turn.db, turn.site)}
    known = turn.member.age_band == "adult" and TOPIC in offered
    return Mode(topic=TOPIC) if known else start_booking(turn)


def _desk_choice(turn: Turn) -> Choice:
    """The desk, with its hours when it is open today, now or later."""
    hours = handover.next_open(turn)
    if hours is None or _day(turn, hours[0]) != _day(turn, turn.now):
        return Choice("desk", "letter-desk-label")
    opens, closes = hours
    return Choice("desk", "letter-today-label", opens=opens, closes=closes)


def _day(turn: Turn, at: datetime) -> object:
    return at.astimezone(ZoneInfo(turn.site.timezone)).date()


@dataclass(frozen=True)
class Desk(Screen):
    """Where and when people read a letter with her: now, or the next opening, truthfully."""

    name = "letter.desk"

    def show(self, turn: Turn) -> Say:
        choices = [Choice("book", "letter-book"), Choice("words", "letter-words")]
        args: dict[str, Arg] = {"phone": turn.site.phone}
        hours = handover.next_open(turn)
        if hours is None:
            return Say("letter-desk-closed", choices, **args)  # type: ignore[arg-type]  # a text's arguments go by their own names
        opens, closes = hours
        args |= {"address": turn.site.address, "closes": closes}
        if opens <= turn.now:
            return Say("letter-desk-now", choices, **args)  # type: ignore[arg-type]  # as above
        return Say("letter-desk-later", choices, opens=opens, **args)  # type: ignore[arg-type]  # as above

    def answer(self, turn: Turn, choice: str) -> Move:
        return _elsewhere(turn, choice)


@dataclass(frozen=True)
class Words(Screen):
    """Official words to choose from, as they stand on paper, a page at a time."""

    name = "letter.words"
    page: int = 0

    def show(self, turn: Turn) -> Say:
        first = self.page % -(-len(WORDS) // _PER_PAGE) * _PER_PAGE  # after the last page comes the first
        choices = [Choice(word, f"letter-name-{word}") for word in WORDS[first : first + _PER_PAGE]]
        return Say("letter-which-word", [*choices, Choice("more", "letter-more")])

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "more":
            return Replace(Words(self.page + 1))
        return Push(Word(choice)) if choice in WORDS else Push(Words())


@dataclass(frozen=True)
class Word(Screen):
    """What one official word means; never what it means for her."""

    name = "letter.word"
    word: str = WORDS[0]

    def show(self, turn: Turn) -> Say:
        word = self.word if self.word in WORDS else WORDS[0]
        choices = [Choice("words", "letter-other-word"), _desk_choice(turn), Choice("book", "letter-book")]
        return Say(f"letter-word-{word}", choices, then=("letter-paper",))

    def answer(self, turn: Turn, choice: str) -> Move:
        return Pop() if choice == "words" else _elsewhere(turn, choice)
