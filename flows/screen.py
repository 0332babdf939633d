"""The vocabulary of a conversation: what comes in, what a screen says, and where an answer leads.

A conversation is a tiny web site. A `Screen` is a page: a frozen dataclass whose fields are its parameters. `show` says what
is on it and only reads; `answer` says what a choice does and where to go. Back, menu, language and SOS live in the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from flows.texts import Texts
    from storage.conversations import Conversation
    from storage.members import Member
    from storage.sites import Site
    from storage.sql import Tx

Arg = str | int | date | datetime
Param = str | int | bool | date | None | tuple["Param", ...]
LABEL_MAX = 20
"""Characters of a label, in every language: WhatsApp's limit for a button."""
CHOICE_ID_MAX = 40
"""ASCII bytes of a choice id: with the message id it fits Telegram's 64 bytes."""
PAGE_MAX = 6
"""Choices a page, so that a list stays readable and fits WhatsApp's ten rows with the engine's own."""


class Kind(StrEnum):
    """What an update is about."""

    TEXT = "text"
    TAP = "tap"
    START = "start"  # she opened the chat, perhaps with a payload
    VOICE = "voice"
    PICTURE = "picture"
    FILE = "file"
    LOCATION = "location"
    CONTACT = "contact"
    STICKER = "sticker"
    EDIT = "edit"  # stored, runs nothing
    BLOCKED = "blocked"  # she closed the door
    UNBLOCKED = "unblocked"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Media:
    """What is known of a voice, picture or file before anybody looked at its bytes."""

    uid: str = field(default="", compare=False)
    """Random, made where it came in; its name in our house."""
    ref: str | None = None
    """What the provider calls it, to be fetched; None when its bytes came with the post and are stored."""
    name: str | None = None
    """As her phone called it, cleaned."""
    size: int | None = None
    content_type: str | None = None
    """Of stored bytes, as the bytes say."""
    album: str | None = None
    """What came together has this in common, and is answered once."""
    problem: str | None = None
    """Why we take it not at all: `too_big`."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person did. `message_id` and `choice` are set for a tap, `text` for words (or a payload for `START`)."""

    kind: Kind
    text: str = ""
    message_id: int | None = None
    choice: str = ""
    media: Media | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update of a channel account, already parsed; `external_id` is unique within the account."""

    account: str
    external_id: str
    sender: str
    """Her id on that channel."""
    heard: Heard
    language_hint: str | None = None
    """The platform's guess, an IETF tag; only preselects."""
    seen: tuple[int, ...] = ()
    """Message ids her page says it has shown (web)."""
    can_write_first: bool = True
    """Whether this channel can send when she is not there."""


class Choice:
    """One thing she can tap: an id that stays, and a label in her language."""

    __slots__ = ("args", "id", "key")

    def __init__(self, id: str, key: str, /, **args: Arg) -> None:  # noqa: A002 - the field's name
        self.id = id
        self.key = key
        self.args = args


class Say:
    """What the bot says: a text key with arguments, and the choices under it.

    `then` are further keys, a paragraph each, with the same arguments; those of `before` stand above. `language` overrides
    hers (a safety card answers in the language of the word). `nav` False leaves out the engine's own choices (back, a person).
    """

    __slots__ = ("args", "before", "choices", "key", "language", "nav", "then")

    def __init__(
        self,
        key: str,
        /,
        choices: list[Choice] | tuple[Choice, ...] = (),
        *,
        then: tuple[str, ...] = (),
        before: tuple[str, ...] = (),
        language: str | None = None,
        nav: bool = True,
        **args: Arg,
    ) -> None:
        self.key = key
        self.then = then
        self.before = before
        self.choices = tuple(choices)
        self.language = language
        self.nav = nav
        self.args = args


def no_key(said: str) -> str:  # noqa: ARG001 - the signature of a keyed hash
    """Refuse: nobody handed the signing key's hash in."""
    raise RuntimeError("no key was handed in")


@dataclass(frozen=True, slots=True)
class Outside:
    """What only the outer floor has and lends to a turn."""

    keyed: Callable[[str], str] = no_key
    """A keyed hash in hexadecimal: nobody without the signing key can make or check it."""
    public_url: str | None = None
    """Where people reach our pages, when they can."""
    telegram: bool = False
    """Whether she could write by Telegram instead."""

    @property
    def has_key(self) -> bool:
        """Whether a key was handed in."""
        return self.keyed is not no_key


ALONE = Outside()
"""A turn to which nothing was lent."""


@dataclass
class Turn:
    """What a screen may look at and write through while it answers one update."""

    db: Tx
    now: datetime
    site: Site
    texts: Texts
    member: Member
    conversation: Conversation
    account: str
    can_write_first: bool = True
    outside: Outside = ALONE
    places: tuple[tuple[int, str], ...] = ()
    """(number, place) of the sites she may choose among; empty when there is nothing to choose."""
    gone: bool = False
    """She was erased in this turn: nothing more is said or saved."""

    @property
    def language(self) -> str:
        """Hers, or the site's first until she chose."""
        return self.member.language or self.texts.default


class Screen:
    """A page of the conversation."""

    name: ClassVar[str]
    dialogue: ClassVar[bool] = False
    """Whether leaving here loses something worth a gentle "go on?"."""

    def show(self, turn: Turn) -> Say:
        """What is on the page now; reads only."""
        raise NotImplementedError

    def answer(self, turn: Turn, choice: str) -> Move:
        """What a choice does. It was offered by this page, perhaps last week: the write itself decides."""
        raise NotImplementedError

    def hear(self, turn: Turn, heard: Heard) -> Move | None:
        """What words, a picture or a place do here; None when this page has no use for them."""
        return None


@dataclass(frozen=True, slots=True)
class Push:
    """One page deeper."""

    screen: Screen
    note: Say | None = None


@dataclass(frozen=True, slots=True)
class Replace:
    """This page becomes another (next page, toggled option)."""

    screen: Screen
    note: Say | None = None


@dataclass(frozen=True, slots=True)
class Pop:
    """Back by so many pages."""

    pages: int = 1
    note: Say | None = None


@dataclass(frozen=True, slots=True)
class Reset:
    """The dialogue is over: only the menu below, then these pages."""

    screens: tuple[Screen, ...] = ()
    note: Say | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """The same page again, with a word before it."""

    note: Say | None = None


Move = Push | Replace | Pop | Reset | Stay
