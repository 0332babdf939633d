"""The texts as staff look after them: what holds for each, who signed it, and whether a language is still a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from fluent.syntax import ast

from flows.patterns import Kind, source_of, uses
from flows.screen import LABEL_MAX, Arg
from flows.texts import SHIPPED, TextError, Texts, fitting, is_gate, resources, shipped_uses
from flows.wording_guard import GATE
from flows.wording_rules import arguments, limit
from storage.sites import Site
from storage.wordings import Signature, Wording

REFERENCE = "sl"
"""The language every other one is compared with."""
EVERYWHERE = ("safety",)
"""Nouns of every language; the others exist only in the shipped ones."""
SAMPLES_MAX = 6


class State(StrEnum):
    """Whether somebody stands for a text."""

    MISSING = "missing"
    DRAFT = "draft"
    CHANGED = "changed"
    """Somebody signed it, and then it was changed."""
    SIGNED = "signed"


class Origin(StrEnum):
    """Whose text holds."""

    SHIPPED = "shipped"
    OFFICE = "office"
    ALONE = "alone"
    """The office has one that no second person signed, though it needs one: the shipped one holds."""
    UNFIT = "unfit"
    """The office has one, but the program was changed under it: the shipped one holds."""


@dataclass(frozen=True, slots=True)
class Line:
    """One text in one language."""

    key: str
    noun: str
    source: str | None
    """What members read now."""
    reference: str
    """The Slovenian one that is shipped."""
    version: int
    """Of the office's own; 0 when it never had one."""
    origin: Origin
    state: State
    readers: tuple[str, ...]
    """Who signed it as it is."""

    @property
    def digest(self) -> str:
        """Of exactly this text."""
        return digest(self.source or "")


def digest(source: str) -> str:
    """What a signature is a signature of."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def sources(language: str) -> dict[str, str]:
    """Key -> shipped source, in the order of the files."""
    return {
        entry.id.name: source_of(entry)
        for _, resource in resources(language)
        for entry in resource.body
        if isinstance(entry, ast.Message)
    }


@cache
def nouns(language: str) -> tuple[str, ...]:
    """The nouns members read in a language. What only staff read is shipped in fewer languages, and by that it is known."""
    everywhere = set.intersection(*({noun for noun, _ in resources(tag)} for tag in SHIPPED))
    return tuple(sorted(everywhere if language in SHIPPED else everywhere & set(EVERYWHERE)))


@cache
def keys(language: str) -> dict[str, str]:
    """Key -> noun of every text this language must have, in the order of the reference's files."""
    mine = set(nouns(language))
    return {
        entry.id.name: noun
        for noun, resource in resources(REFERENCE)
        if noun in mine
        for entry in resource.body
        if isinstance(entry, ast.Message)
    }


def lines(language: str, own: Mapping[str, Wording], signed: Iterable[Signature]) -> list[Line]:
    """Every text of a language as it stands."""
    shipped, names = sources(language), dict[tuple[str, str], list[str]]()
    once: set[str] = set()
    for one in signed:
        names.setdefault((one.key, one.digest), []).append(one.name)
        once.add(one.key)
    found = []
    for key, noun in keys(language).items():
        wording = own.get(key)
        source, origin = shipped.get(key), Origin.SHIPPED
        if wording is not None and wording.source is not None:
            if fitting(language, key, wording.source) is None:
                origin = Origin.UNFIT
            elif is_gate(key) and wording.second is None:
                origin = Origin.ALONE
            else:
                source, origin = wording.source, Origin.OFFICE
        readers = tuple(names.get((key, digest(source or "")), ()))
        state = State.MISSING if source is None else State.SIGNED if readers else State.DRAFT
        if state is State.DRAFT and key in once:
            state = State.CHANGED
        version = wording.version if wording is not None else 0
        found.append(Line(key, noun, source, sources(REFERENCE)[key], version, origin, state, readers))
    return found


def unsigned(found: Iterable[Line]) -> dict[str, int]:
    """Of crisis, consent and stop: how many texts nobody stands for; empty when the language is no draft."""
    gates = {noun: gate for gate, noun in GATE.items()}
    counts: dict[str, int] = {}
    for line in found:
        if line.noun in gates and line.state is not State.SIGNED:
            gate = gates[line.noun]
            counts[gate] = counts.get(gate, 0) + 1
    return counts


def can_open(language: str, found: Iterable[Line]) -> bool:
    """Whether members could be spoken to in it at all: it has every text."""
    return language in SHIPPED and all(line.source is not None for line in found)


def variables(key: str) -> tuple[str, ...]:
    """What a text is given, as it is written in it."""
    return tuple(f"${name}" for name in sorted(shipped_uses(REFERENCE)[key].variables))


# --- as on the phone ---


@dataclass(frozen=True, slots=True)
class Card:
    """A message and the buttons that belong to it; buttons without one stand alone."""

    message: str | None
    buttons: tuple[str, ...]


def is_label(texts: Texts, key: str) -> bool:
    """Whether this is what stands on a button."""
    return limit(texts, key) == LABEL_MAX


@cache
def _cards(zone: str, noun: str) -> tuple[Card, ...]:
    texts = Texts(zone)
    of = [key for key, its in keys(REFERENCE).items() if its == noun]
    messages = [key for key in of if not is_label(texts, key)]
    buttons: dict[str | None, list[str]] = {None: [], **{key: [] for key in messages}}
    before: str | None = None
    for key in of:
        if key in messages:
            before = key
        else:
            named = [one for one in messages if key.startswith(f"{one}-")]
            buttons[max(named, key=len, default=before)].append(key)
    cards = [Card(key, tuple(under)) for key, under in buttons.items() if key is not None or under]
    return tuple(sorted(cards, key=lambda card: of.index(card.message or card.buttons[0])))


def cards(texts: Texts, noun: str) -> tuple[Card, ...]:
    """The texts of a noun, put together as they are read: buttons under the message whose name theirs begins with."""
    return _cards(texts.zone, noun)


def example(site: Site) -> dict[str, str]:
    """What stands for the words a text is given, where the house knows some."""
    known = {"site": site.name, "place": site.place, "address": site.address, "desk": site.address}
    return known | {"phone": site.phone, "code": "K7M2", "amount": "10", "hours": "8:00–15:00"}


def samples(
    texts: Texts, language: str, key: str, known: Mapping[str, str], at: datetime, source: str | None = None
) -> list[str]:
    """The text with example values, once for each thing it can say; with `source` instead of what is in use."""
    message = None if source is None else fitting(language, key, source)
    say = texts.trial(language, [] if message is None else [message])
    reference = shipped_uses(REFERENCE)[key]
    found = uses(message) if message is not None else shipped_uses(language).get(key, reference)
    days = {name for name, kind in reference.variables.items() if kind is Kind.DATE}
    words = {name: f"‹{name}›" for name in reference.variables} | dict(known)
    said: list[str] = []
    for args in arguments(found, reference, words):
        values: dict[str, Arg] = args | dict.fromkeys(days, at)
        try:
            one = say(key, values)
        except TextError:
            continue
        if _without_digits(one) not in map(_without_digits, said):
            said.append(one)
        if len(said) == SAMPLES_MAX:
            break
    return said


def _without_digits(said: str) -> str:
    return "".join(character for character in said if not character.isdecimal())
