"""Texts: Fluent messages in every language, with dates and times said in full by Babel in the site's zone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from fluent.runtime import FluentBundle
from fluent.syntax import ast

from flows import variants, voice
from flows.lighten import lighten
from flows.patterns import Kind, NotFluent, Uses, parse, uses
from flows.screen import Arg
from flows.wording_guard import GATE, Wrong, wrongs
from storage import tongues
from storage.wordings import Standing, Voice

LOCALES = Path(__file__).resolve().parent.parent / "locales"
SHIPPED = ("sl", "sq", "bs", "hr", "sr", "sr-Cyrl", "ar", "en")
"""Languages with every text, as the menu lists them, which may be opened to members; the others have words and safety texts
only."""
RTL = frozenset({"ar", "fa", "prs", "ps", "ur"})
KEPT_MAX = 4096
CODE_MAX = 3
ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
"""For `translate`: a text without the signs around numbers and Latin words, as a button's label has none."""
_BABEL = {"prs": "fa_AF", "sr": "sr_Latn", "sr-Cyrl": "sr_Cyrl"}
_SLAVIC = ("bs", "hr", "sr", "sr-Cyrl")
"""They write a dot after the year."""
_PATTERNS = {
    "DAY": {"": "EEEE, d. MMMM", "en": "EEEE d MMMM", "sq": "EEEE, d MMMM", "ar": "EEEE، d MMMM"},
    "DATE": {
        "": "EEEE, d. MMMM y, HH:mm",
        "en": "EEEE d MMMM y, HH:mm",
        "sq": "EEEE, d MMMM y, HH:mm",
        "ar": "EEEE، d MMMM y، HH:mm",
        **dict.fromkeys(_SLAVIC, "EEEE, d. MMMM y., HH:mm"),
    },
    "WHEN": {
        "": "EEE d. M., HH:mm",
        "en": "EEE d MMM, HH:mm",
        "sq": "EEE d MMMM HH:mm",
        "ar": "EEE d/M HH:mm",
    },
    "SHORTDAY": {"": "EEE d. M.", "en": "EEE d MMM", "sq": "EEE d MMMM", "ar": "EEE d MMMM"},
    "WEEKDAY": {"": "EEEE"},
    "ON": {
        "": "d. M. y",
        "en": "d MMM y",
        "sq": "d MMMM y",
        "ar": "d MMMM y",
        **dict.fromkeys(_SLAVIC, "d. M. y."),
    },
    "TIME": {"": "HH:mm"},
}
DATE_FUNCTIONS = frozenset(_PATTERNS)


def isolated(language: str, number: str) -> str:
    """A number, hours or a Latin name inside a text of this language: kept from turning where it runs right to left."""
    return f"\u2068{number}\u2069" if language in RTL else number


def listed(language: str, items: Iterable[str]) -> str:
    """A few things with the comma of this language between them."""
    return ("، " if language in RTL else ", ").join(items)


class TextError(Exception):
    """A text is missing, or an argument of it."""


def babel_locale(language: str) -> str:
    """Babel's name for one of our language tags."""
    return _BABEL.get(language, language)


def shipped(wish: str | None) -> str | None:
    """The language of ours that a tag of a platform or a browser means: `sr-Cyrl-RS` and `SQ` too; None for others."""
    parts = (wish or "").replace("_", "-").casefold().split("-")
    if parts[0] == "sr" and "cyrl" in parts:
        return variants.CYRILLIC
    return parts[0] if parts[0] in SHIPPED else None


@lru_cache(maxsize=4096)
def _formatted(language: str, function: str, at: datetime | date, zone: str) -> str:
    patterns = _PATTERNS[function]
    pattern = patterns.get(language, patterns[""])
    if isinstance(at, datetime):
        return format_datetime(at, pattern, tzinfo=ZoneInfo(zone), locale=babel_locale(language))
    return format_date(at, pattern, locale=babel_locale(language))


def _date_function(language: str, function: str, zone: str) -> Callable[[Any], Any]:
    def formatted(value: Any) -> Any:
        if not isinstance(value, date):  # a missing argument: Fluent has noted the error and prints its name
            return str(value)
        if isinstance(value, datetime) and value.tzinfo is None:
            raise TextError("a time needs a zone")
        return _formatted(language, function, value, zone)

    return formatted


@lru_cache(maxsize=64)
def resources(language: str, folder: Path = LOCALES) -> tuple[tuple[str, ast.Resource], ...]:
    """The shipped texts of a language, (noun, what stands in its file); read once."""
    found = variants.bodies(folder, language)
    return tuple((Path(file).stem, ast.Resource(list(found[file]))) for file in sorted(found))


@dataclass(frozen=True, slots=True)
class _Now:
    """What holds at one moment; replaced as a whole, so that a turn in another thread sees the old or the new."""

    version: int
    bundles: Mapping[str, FluentBundle]
    own: Mapping[str, Sequence[ast.Message]]
    offered: tuple[str, ...]
    kept: dict[tuple[str, str, date | str | None], str]
    voices: Mapping[tuple[str, str], Voice]
    """(language, key) -> a recording of exactly what this text says now."""


class Texts:
    """Every text of one site: the office's own wording where there is one that fits, else the shipped one.

    `default` is the language before she chose, and always offered. `offered` are those that are open besides, until
    `use` says what the office decided.
    """

    def __init__(
        self, zone: str, default: str = "sl", folder: Path = LOCALES, offered: Iterable[str] = ()
    ) -> None:
        self.zone = zone
        self.default = default
        self.languages = variants.folders(folder)
        """Languages that people speak; a second script of one is none."""
        self._folder = folder
        self._shipped = {language: self._bundle(language) for language in variants.languages(folder)}
        self._now = _Now(-1, self._shipped, {}, self._open(offered), {}, {})
        self._using = Lock()

    def _open(self, opened: Iterable[str]) -> tuple[str, ...]:
        wanted = {self.default, *opened}  # both scripts of a language are opened together
        return tuple(language for language in SHIPPED if {language, tongues.spoken(language)} & wanted)

    def _bundle(self, language: str, own: Iterable[ast.Message] = ()) -> FluentBundle:
        functions = {name: _date_function(language, name, self.zone) for name in _PATTERNS}
        bundle = FluentBundle([babel_locale(language)], functions=functions, use_isolating=language in RTL)
        lighten()
        for _, resource in resources(language, self._folder):
            bundle.add_resource(resource)
        bundle.add_resource(ast.Resource(list(own)), allow_overrides=True)
        return bundle

    @property
    def offered(self) -> tuple[str, ...]:
        """The languages she can choose today."""
        return self._now.offered

    @property
    def version(self) -> int:
        """Of the office's texts that are in use; -1 before any were."""
        return self._now.version

    def use(self, standing: Standing) -> None:
        """From now on these wordings and languages; older than what is in use is passed over.

        A wording that does not fit, because the program was updated under it, is left out: a shipped text is better than none.
        So is one for a crisis, for consent or for stopping that only its writer stands for.
        """
        own: dict[str, list[ast.Message]] = {}
        for (language, key), source in standing.sources.items():
            if (language, key) in standing.alone and is_gate(key, self._folder):
                continue
            message = fitting(language, key, source, self._folder) if language in self.languages else None
            if message is not None:
                own.setdefault(language, []).append(message)
        for made, source in variants.IN_ANOTHER_SCRIPT.items():
            if source in own and made in self._shipped:
                own[made] = [variants.in_another_script(message) for message in own[source]]
        named = self._named(standing.names)
        changed = {tag: [*own.get(tag, ()), *named.get(tag, ())] for tag in {*own, *named}}
        bundles = self._shipped | {tag: self._bundle(tag, messages) for tag, messages in changed.items()}
        voices = _true(standing.voices, bundles)
        with self._using:
            if standing.version >= self._now.version:
                self._now = _Now(standing.version, bundles, own, self._open(standing.opened), {}, voices)

    def _named(self, names: Mapping[tuple[str, str], str]) -> dict[str, list[ast.Message]]:
        """The names of the office's own topics as texts; where a language has none, one that its readers can read."""
        slugs = {slug for _, slug in names}
        tags = [tag for tag in (*SHIPPED, *self.languages) if tag in self._shipped] if slugs else []
        found: dict[str, list[ast.Message]] = {}
        for tag in dict.fromkeys(tags):
            for slug in sorted(slugs):
                key = f"booking-topic-{slug}"
                wishes = (*tongues.readable(tag), self.default)
                wish = next((one for one in wishes if (one, slug) in names), None)
                if wish is None or self._shipped[tag].has_message(key):
                    continue
                said = ast.Message(ast.Identifier(key), ast.Pattern([ast.TextElement(names[wish, slug])]))
                if tag in variants.IN_ANOTHER_SCRIPT and wish in tongues.KIN:
                    said = variants.in_another_script(said)
                found.setdefault(tag, []).append(said)
        return found

    def trial(self, language: str, own: Iterable[ast.Message]) -> Callable[[str, Mapping[str, Arg]], str]:
        """How texts would be said with these wordings beside what is in use."""
        bundle = self._bundle(language, [*self._now.own.get(language, ()), *own])
        return lambda key, args: _said(bundle, language, key, args)

    def has(self, language: str, key: str) -> bool:
        """Whether this language has this text."""
        bundles = self._now.bundles
        return language in bundles and bundles[language].has_message(key)

    def text(self, language: str, key: str, args: Mapping[str, Arg] | None = None) -> str:
        """The text of `key` in `language`; raises `TextError` when it or an argument is missing."""
        about = _about(args) if args else None
        now = self._now
        said = now.kept.get((language, key, about))
        if said is not None:
            return said
        bundle = now.bundles.get(language)
        if bundle is None:
            raise TextError(f"{language}/{key} is missing")
        said = _said(bundle, language, key, args)
        if not args or about is not None:
            if len(now.kept) >= KEPT_MAX:  # days pass; the old ones are never asked for again
                now.kept.clear()
            now.kept[(language, key, about)] = said
        return said

    def alone(self, language: str, key: str) -> str | None:
        """What a text says when it is given nothing; None for one that says something else each time."""
        try:
            return self.text(language, key)
        except TextError:
            return None

    def voice(self, language: str, key: str) -> Voice | None:
        """The recording of exactly what this text says now."""
        return self._now.voices.get((language, key))

    @property
    def voices(self) -> frozenset[int]:
        """The recordings that may be played now."""
        return frozenset(one.id for one in self._now.voices.values())

    def span(self, language: str, first: datetime, last: datetime) -> str:
        """A day and the hours on it, for a text that must be said in any language."""
        day, *times = (
            _formatted(language, function, at, self.zone)
            for function, at in (("DAY", first), ("TIME", first), ("TIME", last))
        )
        hours = isolated(language, "–".join(times))
        return listed(language, (day, hours))


def _about(args: Mapping[str, Arg]) -> date | str | None:
    """The one argument of a label that is said again and again: a time, a day, a language; never a person's words."""
    if len(args) != 1:
        return None
    (value,) = args.values()
    return value if isinstance(value, date) or (isinstance(value, str) and len(value) <= CODE_MAX) else None


def _true(voices: Iterable[Voice], bundles: Mapping[str, FluentBundle]) -> dict[tuple[str, str], Voice]:
    """Those that speak what is read now; a second script of a language is spoken like the first."""
    found: dict[tuple[str, str], Voice] = {}
    for one in voices:
        try:
            said = _said(bundles[one.language], one.language, one.key, None)
        except (KeyError, TextError):
            continue
        if voice.digest(said) == one.digest:
            found[(one.language, one.key)] = one
    for made, source in variants.IN_ANOTHER_SCRIPT.items():
        found |= {(made, key): one for (language, key), one in found.items() if language == source}
    return found


def _said(bundle: FluentBundle, language: str, key: str, args: Mapping[str, Arg] | None) -> str:
    if not bundle.has_message(key):
        raise TextError(f"{language}/{key} is missing")
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise TextError(f"{language}/{key} has no value")
    said, errors = bundle.format_pattern(pattern, dict(args) if args else None)
    if errors:
        raise TextError(f"{language}/{key}: {errors[0]}")
    return str(said)


@lru_cache(maxsize=4096)
def fitting(language: str, key: str, source: str, folder: Path = LOCALES) -> ast.Message | None:
    """The text of a wording, when it needs nothing the program does not give to this key and keeps its numbers; else None."""
    shipped = shipped_uses(language, folder).get(key)
    reference = shipped_uses("sl", folder).get(key) or shipped
    try:
        found = uses(message := parse(key, source))
    except NotFluent:
        return None
    if reference is None or not found.functions <= DATE_FUNCTIONS:
        return None
    if not found.messages <= reference.messages | (shipped or reference).messages:
        return None
    if any(guarded(language, message, folder)):
        return None
    return message if all(_fits(name, found, reference) for name in found.variables) else None


def _fits(name: str, found: Uses, reference: Uses) -> bool:
    """Whether a variable is one the program gives, and used as what it is."""
    kinds = found.variables[name], reference.variables.get(name)
    if kinds[1] is None or (kinds[0] is Kind.DATE) != (kinds[1] is Kind.DATE):
        return False
    return Kind.CHOICE not in kinds or found.variants.get(name) == reference.variants.get(name)


def is_gate(key: str, folder: Path = LOCALES) -> bool:
    """Whether this is a text for a crisis, for consent or for stopping, which two people must stand for."""
    return _shipped_messages("sl", folder).get(key, ("", None))[0] in GATE.values()


def guarded(language: str, message: ast.Message, folder: Path = LOCALES) -> Iterator[Wrong]:
    """What no wording may do, and this one does."""
    key = message.id.name
    noun, slovenian = _shipped_messages("sl", folder).get(key, ("", None))
    noun, beside = _shipped_messages(language, folder).get(key, (noun, slovenian))
    return wrongs(message, beside, noun)


@lru_cache(maxsize=64)
def _shipped_messages(language: str, folder: Path) -> dict[str, tuple[str, ast.Message]]:
    """Key -> its noun and the shipped text."""
    return {
        entry.id.name: (noun, entry)
        for noun, resource in resources(language, folder)
        for entry in resource.body
        if isinstance(entry, ast.Message)
    }


@lru_cache(maxsize=64)
def shipped_uses(language: str, folder: Path = LOCALES) -> dict[str, Uses]:
    """Key -> what each shipped text of a language uses."""
    return {
        entry.id.name: uses(entry)
        for _, resource in resources(language, folder)
        for entry in resource.body
        if isinstance(entry, ast.Message)
    }
