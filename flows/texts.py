"""Texts: Fluent messages in every language, with dates and times said in full by Babel in the site's zone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from fluent.runtime import FluentBundle

from flows import variants
from flows.screen import Arg

LOCALES = Path(__file__).resolve().parent.parent / "locales"
SHIPPED = ("sl", "sq", "bs", "hr", "sr", "sr-Cyrl", "ar", "en")
"""Languages she can choose, as the menu lists them; the others have words and safety texts only."""
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


class Texts:
    """Every text of one site. `default` is the language before she chose."""

    def __init__(self, zone: str, default: str = "sl", folder: Path = LOCALES) -> None:
        self.zone = zone
        self.default = default
        self.languages = variants.folders(folder)
        """Languages that people speak; a second script of one is none."""
        self._bundles = {language: self._bundle(folder, language) for language in variants.languages(folder)}
        self._kept: dict[tuple[str, str, date | str | None], str] = {}

    def _bundle(self, folder: Path, language: str) -> FluentBundle:
        functions = {name: _date_function(language, name, self.zone) for name in _PATTERNS}
        bundle = FluentBundle([babel_locale(language)], functions=functions, use_isolating=language in RTL)
        bundle.add_resource(variants.resource(folder, language))
        return bundle

    def has(self, language: str, key: str) -> bool:
        """Whether this language has this text."""
        return language in self._bundles and self._bundles[language].has_message(key)

    def text(self, language: str, key: str, args: Mapping[str, Arg] | None = None) -> str:
        """The text of `key` in `language`; raises `TextError` when it or an argument is missing."""
        about = _about(args) if args else None
        kept = self._kept.get((language, key, about))
        if kept is not None:
            return kept
        bundle = self._bundles.get(language)
        if bundle is None or not bundle.has_message(key):
            raise TextError(f"{language}/{key} is missing")
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise TextError(f"{language}/{key} has no value")
        said, errors = bundle.format_pattern(pattern, dict(args) if args else None)
        if errors:
            raise TextError(f"{language}/{key}: {errors[0]}")
        words = str(said)
        if not args or about is not None:
            if len(self._kept) >= KEPT_MAX:  # days pass; the old ones are never asked for again
                self._kept.clear()
            self._kept[(language, key, about)] = words
        return words

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
