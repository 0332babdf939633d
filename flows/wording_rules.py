"""What a text must be before a member reads it: one set of rules for shipped texts (by test) and for the office's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product

from babel import Locale
from fluent.syntax import ast

from flows.patterns import Kind, NotFluent, Uses, parse, uses
from flows.screen import LABEL_MAX, Arg
from flows.texts import (
    DATE_FUNCTIONS,
    ISOLATES,
    SHIPPED,
    TextError,
    Texts,
    babel_locale,
    guarded,
    shipped_uses,
)
from flows.wording_guard import hidden
from flows.wording_words import FORBIDDEN, SAYS_TOO_MUCH, THREATS

SOURCE_MAX = 4000
MESSAGE_MAX = 300
"""Characters of a message as she reads it; a shipped text that is longer sets its own limit."""
FIRST_MAX = 40
"""Characters of the first line of what comes unasked: a locked phone shows them."""
DISCREET = frozenset(
    {
        "change-booked",
        "change-cancelled",
        "change-cancelled-none",
        "change-moved",
        "missed-before",
        "missed-hard",
        "missed-on",
        "missed-today",
        "reminder",
        "reminder-discreet",
        "reminder-goon",
    }
)
"""What comes unasked, and may be read by others."""
COUNTS = (*range(21), 21, 22, 25, 99, 100, 101, 102, 103, 111)
"""Whole numbers that meet every plural form that such numbers have."""
COMBINATIONS_MAX = 600
_DAYS = tuple(datetime(2028, 1, 1, 13, 45, tzinfo=UTC) + timedelta(days=26 * step) for step in range(28))
"""Every weekday and every month, with a long hour."""
SHORT = frozenset(
    {
        "booking-age", "booking-day", "letter-listen", "letter-look", "link-code", "menu", "mydata-address",
        "page-sending", "page-sos-now", "services-cards", "services-cost", "services-found", "services-free",
        "services-hours", "services-language", "services-name", "services-phone", "services-place", "services-topic",
        "safety-write-some-ask",
    }
)  # fmt: skip
"""Messages that are as short as a button by chance."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a sentence for staff (`wording-problem-<name>`), its arguments, and the line if it has one."""

    name: str
    args: Mapping[str, Arg] = field(default_factory=dict)
    line: int | None = None


@cache
def plural_forms(language: str) -> frozenset[str]:
    """The forms that whole numbers have in a language."""
    rule = Locale.parse(babel_locale(language)).plural_form
    return frozenset(rule(count) for count in COUNTS)


def arguments(of: Uses, reference: Uses, example: Mapping[str, str]) -> Iterator[dict[str, Arg]]:
    """Everything a text can be given, as far as it changes what it says: known words, forms of numbers, days of a year."""
    fixed: dict[str, Arg] = {}
    words: dict[str, list[Arg]] = {}
    days, counts = [], []
    for name, kind in reference.variables.items():
        if kind is Kind.DATE:
            days.append(name)
        elif kind is Kind.CHOICE:
            keys = sorted(reference.variants[name])
            words[name] = [int(key) if key.isdecimal() else key for key in keys]
        elif Kind.PLURAL in (kind, of.variables.get(name)):
            counts.append(name)
        else:
            fixed[name] = example.get(name, name)
    steps = max(len(_DAYS) if days else 1, len(COUNTS) if counts else 1)
    found = 0
    for chosen in product(*words.values()):
        for step in range(
            steps
        ):  # times and numbers move together: how long a text is does not hang on which with which
            found += 1
            if found > COMBINATIONS_MAX:
                return
            moving = dict.fromkeys(days, _DAYS[step % len(_DAYS)]) | dict.fromkeys(
                counts, COUNTS[step % len(COUNTS)]
            )
            yield fixed | dict(zip(words, chosen, strict=True)) | moving


def faults(
    texts: Texts, language: str, key: str, source: str, example: Mapping[str, str] | None = None
) -> list[Fault]:
    """What is wrong with this wording; nothing when it may be used."""
    if not source.strip():
        return [Fault("empty")]
    if len(source) > SOURCE_MAX:
        return [Fault("source", {"most": SOURCE_MAX, "found": len(source)})]
    if unseen := [Fault(*wrong) for wrong in hidden(source)]:
        return unseen
    try:
        message = parse(key, source)
    except NotFluent as wrong:
        return [Fault("syntax", line=wrong.line)]
    found, reference = uses(message), shipped_uses(texts.default)[key]
    guarding = [Fault(*wrong) for wrong in guarded(language, message)]
    wrong_use = [*guarding, *_strange(language, key, found, reference), *_forms(language, found, reference)]
    return wrong_use or _said(texts, language, key, message, found, reference, example or {})


def _strange(language: str, key: str, found: Uses, reference: Uses) -> Iterator[Fault]:
    """What the program does not give to this text, or gives and the text leaves out."""
    own = shipped_uses(language).get(key, reference)
    if missing := reference.variables.keys() - found.variables.keys():
        yield Fault("missing", {"names": _named(missing)})
    if unknown := found.variables.keys() - reference.variables.keys():
        yield Fault("unknown", {"names": _named(unknown)})
    if functions := found.functions - DATE_FUNCTIONS:
        yield Fault("function", {"names": ", ".join(sorted(functions))})
    if messages := found.messages - reference.messages - own.messages:
        yield Fault("reference", {"names": ", ".join(sorted(messages))})
    if any(character in words for words in found.words for character in "<>"):
        yield Fault("markup")


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names))


def _forms(language: str, found: Uses, reference: Uses) -> Iterator[Fault]:
    """Whether each variable is used as what it is: a day as a day, a known word by all its cases, a number in all its forms."""
    for name in sorted(found.variables.keys() & reference.variables.keys()):
        kind, wanted = found.variables[name], reference.variables[name]
        if (kind is Kind.DATE) != (wanted is Kind.DATE):
            yield Fault("date" if wanted is Kind.DATE else "no-date", {"name": name})
        elif kind is Kind.PLURAL and wanted is not Kind.CHOICE:
            keys = {key for key in found.variants[name] if not key.isdecimal()}
            if lacking := (plural_forms(language) | {"other"}) - keys:
                yield Fault("plural-missing", {"name": name, "forms": ", ".join(sorted(lacking))})
            if idle := keys - plural_forms(language) - {"other"}:
                yield Fault("plural-idle", {"name": name, "forms": ", ".join(sorted(idle))})
        elif wanted is Kind.PLURAL:
            yield Fault("plural-none", {"name": name})
        elif Kind.CHOICE in (kind, wanted) and found.variants.get(name) != reference.variants.get(name):
            cases = sorted(reference.variants.get(name, ()))
            yield Fault("cases", {"name": name, "keys": ", ".join(cases) or "-"})


def _said(
    texts: Texts,
    language: str,
    key: str,
    message: ast.Message,
    found: Uses,
    reference: Uses,
    example: Mapping[str, str],
) -> list[Fault]:
    """Rules for what she reads in the end, whatever it is given."""
    say = texts.trial(language, [message])
    most, wrong = limit(texts, key), dict[str, Fault]()
    for args in arguments(found, reference, example):
        try:
            said = say(key, args)
        except TextError:
            return [Fault("unsayable")]
        for fault in read(language, key, said, most):
            wrong.setdefault(fault.name, fault)
    return list(wrong.values())


def _length(said: str) -> int:
    """In characters she sees: a button is shown without the isolates around its numbers."""
    return len(said.translate(ISOLATES))


def read(language: str, key: str, said: str, most: int) -> Iterator[Fault]:
    """What is wrong with a finished text."""
    # What Fluent keeps apart may reach over lines; what the wording itself opens is looked at line by line.
    yield from (Fault(name, args) for name, args, _ in hidden(said.replace("\n", " ")))
    if _length(said) > most:
        yield Fault("label" if most == LABEL_MAX else "length", {"most": most, "found": _length(said)})
    if most == LABEL_MAX and "\n" in said:
        yield Fault("one-line")
    if not said.strip():
        yield Fault("empty")
    small = said.casefold()
    if words := [words for words in FORBIDDEN.get(language, ()) if words in small]:
        yield Fault("not-understood", {"words": words[0]})
    if key.startswith("missed") and (stems := [stem for stem in THREATS.get(language, ()) if stem in small]):
        yield Fault("threat", {"words": stems[0]})
    if key in DISCREET:
        first = said.strip().splitlines()[0] if said.strip() else ""
        if len(first) > FIRST_MAX:
            yield Fault("first", {"most": FIRST_MAX, "found": len(first)})
        if stems := [stem for stem in SAYS_TOO_MUCH if stem in first.casefold()]:
            yield Fault("says", {"words": stems[0]})


@cache
def _shipped(zone: str) -> Texts:
    return Texts(zone)


@cache
def _longest(zone: str, key: str, *languages: str) -> int:
    texts = _shipped(zone)
    reference = shipped_uses(texts.default)[key]
    longest = 0
    for language in languages:
        of = shipped_uses(language).get(key)
        if of is not None:
            told = (texts.text(language, key, args) for args in arguments(of, reference, {}))
            longest = max(longest, *map(_length, told))
    return longest


def limit(texts: Texts, key: str) -> int:
    """How long a text may be: what is short enough for a button in every shipped language is one, and stays one."""
    if _longest(texts.zone, key, *SHIPPED) <= LABEL_MAX and key not in SHORT:
        return LABEL_MAX
    return max(MESSAGE_MAX, _longest(texts.zone, key, *texts.languages))


def is_short(key: str) -> bool:
    """Whether this message is as short as a button by chance."""
    return key in SHORT
