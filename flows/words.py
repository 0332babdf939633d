"""Understand the few words that work everywhere: commands, yes and no, numbers; and folding and danger beside them."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from flows.danger import Danger, danger
from flows.folding import distance_at_most_one, fold, languages, loose, phrases, spellings
from storage import tongues

__all__ = [
    "Command",
    "CommandMatch",
    "Danger",
    "command",
    "danger",
    "fold",
    "languages",
    "loose",
    "number",
    "yes_no",
]

_FUZZY_CHARS = 5
_RAW_CHARS = 120  # no command is longer; a long text is not one
_SLASH = re.compile(r"\s*/([A-Za-z]{2,16})(?:@\w{1,64})?(?:\s|$)")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_IN_CYRILLIC = ("sr", "mk")


class Command(StrEnum):
    """A word that acts at every step, in all languages at once; listed in the order in which they win."""

    SOS = "sos"
    STOP = "stop"
    START = "start"
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


_EXACT = frozenset({Command.START, Command.MYDATA, Command.ERASE})
"""Never guessed: stara, start, smart are ordinary words of many languages, and nobody is erased by a typing mistake."""


@dataclass(frozen=True)
class CommandMatch:
    """A command and the languages whose word it was, likeliest first; none for a sign such as a slash command."""

    command: Command
    languages: tuple[str, ...]


@dataclass(frozen=True)
class _Lists:
    """All command words, folded: which command and which languages each belongs to."""

    exact: dict[str, dict[Command, list[str]]]
    written: dict[str, set[str]]  # the word as a native writes it -> languages, to tell pomoč from pomoć
    polite: frozenset[str]
    ordinary: frozenset[str]  # ordinary words one letter away from a command
    fuzzy: dict[int, tuple[tuple[str, Command], ...]]  # by length


def _written(text: str) -> str:
    """Lower case and bare of punctuation, but with its own letters and script."""
    return " ".join(
        re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", text[:_RAW_CHARS]).casefold()).split()
    )


@cache
def _lists() -> _Lists:
    exact: dict[str, dict[Command, list[str]]] = defaultdict(lambda: defaultdict(list))
    written: dict[str, set[str]] = defaultdict(set)
    polite: set[str] = set()
    ordinary: set[str] = set()
    fuzzy: set[tuple[str, Command]] = set()
    for language in languages():
        polite.update(loose(item) for item in phrases(language, "words-polite"))
        ordinary.update(loose(item) for item in phrases(language, "words-ordinary"))
        for key in ("words-yes", "words-no"):
            ordinary.update(loose(item) for item in phrases(language, key))
        for name in Command:
            for item in phrases(language, f"words-{name}"):
                written[_written(item)].add(language)
                for form in spellings(item):
                    if language not in exact[form][name]:
                        exact[form][name].append(language)
                    if " " not in form and len(fold(item)) >= _FUZZY_CHARS and name not in _EXACT:
                        fuzzy.add((form, name))
    plain = {form: dict(commands) for form, commands in exact.items()}
    sizes = {len(form) for form, _ in fuzzy}
    by_length = {size: tuple(sorted(one for one in fuzzy if len(one[0]) == size)) for size in sizes}
    return _Lists(plain, dict(written), frozenset(polite), frozenset(ordinary), by_length)


def _without_polite(words: list[str], polite: frozenset[str]) -> list[str]:
    """The words with any "please" cut from both ends, as long as something is left."""
    changed = True
    while changed:
        changed = False
        for size in (3, 2, 1):
            if len(words) > size and " ".join(words[:size]) in polite:
                words, changed = words[size:], True
            if len(words) > size and " ".join(words[-size:]) in polite:
                words, changed = words[:-size], True
    return words


def _lookup(form: str, lists: _Lists) -> tuple[Command, list[str]] | None:
    """The command of one folded phrase: exact, or one letter off a long word if only one command is near."""
    if commands := lists.exact.get(form):
        first = min(commands, key=list(Command).index)
        return first, commands[first]
    if " " in form or len(form) < _FUZZY_CHARS or form in lists.ordinary:
        return None
    close = (lists.fuzzy.get(len(form) + extra, ()) for extra in (-1, 0, 1))
    near = [(word, name) for words in close for word, name in words if distance_at_most_one(word, form)]
    if len({name for _, name in near}) != 1:
        return None
    name = near[0][1]
    tags = {tag for word, _ in near for tag in lists.exact[word][name]}
    return name, [tag for tag in languages() if tag in tags]


def _likeliest(text: str, tags: list[str], lists: _Lists) -> tuple[str, ...]:
    """Languages in which the word is written exactly so come first, then by script."""
    same = lists.written.get(_written(text), set())
    cyrillic = bool(_CYRILLIC.search(text[:_RAW_CHARS]))
    order = languages()
    return tuple(
        sorted(
            tags, key=lambda tag: (tag not in same, cyrillic and tag not in _IN_CYRILLIC, order.index(tag))
        )
    )


def command(text: str) -> CommandMatch | None:
    """The command a whole message gives, in whatever language; None for any other text."""
    if not text:
        return None  # a tap says nothing
    if "🆘" in text:
        return CommandMatch(Command.SOS, ())  # the sign has no second meaning, so it counts anywhere
    if slash := _SLASH.match(text):
        name = slash[1].lower()
        return CommandMatch(Command(name), ()) if name in list(Command) else None
    if len(text) > _RAW_CHARS:
        return None
    lists = _lists()
    words = loose(text).split()
    if len(set(words)) == 1:
        words = words[:1]  # "help help help"
    for candidate in (words, _without_polite(words, lists.polite)):
        if candidate and (hit := _lookup(" ".join(candidate), lists)):
            return CommandMatch(hit[0], _likeliest(text, hit[1], lists))
    if words and all(Command.SOS in lists.exact.get(word, ()) for word in words):
        return CommandMatch(Command.SOS, ())  # "sos help", in any mixture
    return None


@cache
def _answers(language: str) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for key, value in (("words-no", False), ("words-yes", True)):
        found.update({form: value for item in phrases(language, key) for form in spellings(item)})
    return found


_SIGNS = {"👍": True, "✅": True, "✔": True, "👌": True, "👎": False, "❌": False, "✖": False}


def yes_no(text: str, language: str) -> bool | None:
    """Whether a whole message says yes or no in this one language; None for anything else."""
    if len(text) > _RAW_CHARS:
        return None
    if signs := {_SIGNS[char] for char in text if char in _SIGNS}:
        return signs.pop() if len(signs) == 1 and not fold(text) else None
    language = tongues.spoken(language)
    if language not in languages():
        return None
    words = loose(text).split()
    answers = _answers(language)
    form = " ".join(words[:1] if len(set(words)) == 1 else words)
    if form in answers:
        return answers[form]
    return answers.get(" ".join(_without_polite(words, _lists().polite)))


@cache
def _numbers() -> dict[str, int]:
    """Number words of every language; a word that means two numbers means none."""
    found: dict[str, set[int]] = defaultdict(set)
    for language in languages():
        for line in phrases(language, "words-numbers"):
            digits, *forms = line.split()
            for form in forms:
                found[fold(form)].add(int(digits))
    return {form: next(iter(values)) for form, values in found.items() if len(values) == 1}


def number(text: str) -> int | None:
    """The number from 1 to 10 a whole message says, in digits of any script or in words."""
    if len(text) > _RAW_CHARS:
        return None
    folded = fold(text)
    if folded.isascii() and folded.isdigit():
        return int(folded) if len(folded) <= 2 and 1 <= int(folded) <= 10 else None
    return _numbers().get(folded)
