"""Texts of one language made from those of another: Bosnian is the source of Croatian and of both scripts of Serbian.

A variant is its own folder first, then the texts of its source with the words of `variant.txt` changed; Serbian in
Cyrillic is Serbian in Latin, letter by letter. `docs/translations.md` says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from fluent.runtime import FluentResource
from fluent.syntax import ast

from flows.scripts import cyrillic
from storage import tongues

CYRILLIC = "sr-Cyrl"
SOURCES = {"hr": "bs", "sr": "bs", CYRILLIC: "sr"}
"""A language made from another, and which."""
IN_ANOTHER_SCRIPT = {CYRILLIC: "sr"}
"""The same language written otherwise: what the office words anew in one it words in both."""
TABLE = "variant.txt"
WORDS = "words.ftl"
_IN_CYRILLIC = re.compile("[\u0400-\u04ff]")
_PAPER = "letter-name-"
"""Words as they stand on Slovenian paper: the same in every language and script."""

Bodies = dict[str, list[ast.Message]]
"""File name -> its messages."""


def folders(root: Path) -> tuple[str, ...]:
    """Languages with a folder of their own."""
    return tuple(sorted(path.name for path in root.iterdir() if path.is_dir()))


def languages(root: Path) -> tuple[str, ...]:
    """Every language there are texts in, those made from another among them."""
    own = folders(root)
    return (*own, *(made for made, source in SOURCES.items() if made not in own and source in own))


@cache
def bodies(root: Path, language: str) -> Bodies:
    """Every message of a language, by file, complete; nobody may change what is returned."""
    found = _own(root, language)
    source = SOURCES.get(language)
    if source is None or source not in languages(root):
        return found
    have = {message.id.name for messages in found.values() for message in messages}
    change = cyrillic if language == CYRILLIC else table(root, language)
    for file, messages in bodies(root, source).items():
        made = [_changed(message, change) for message in messages if message.id.name not in have]
        found[file] = found.get(file, []) + made
    return found


def as_written(tags: Sequence[str], text: str) -> str:
    """The likeliest of some languages, in the script of the text where that is Serbian."""
    is_serbian = "sr" in tags and tags[0] in tongues.KIN and _IN_CYRILLIC.search(text)
    return CYRILLIC if is_serbian else tags[0]


def in_another_script(message: ast.Message) -> ast.Message:
    """The message in Cyrillic."""
    return _changed(message, cyrillic)


def _own(root: Path, language: str) -> Bodies:
    found: Bodies = {}
    for path in sorted((root / language).glob("*.ftl")):
        if path.name != WORDS:  # lists for the matcher, not texts
            body = FluentResource(path.read_text(encoding="utf-8")).body
            found[path.name] = [entry for entry in body if isinstance(entry, ast.Message)]
    return found


def _changed(message: ast.Message, change: Callable[[str], str]) -> ast.Message:
    """The message with its words changed; its variables, functions and keys are shared with the source."""
    if message.value is None or (change is cyrillic and message.id.name.startswith(_PAPER)):
        return message
    return ast.Message(message.id, _pattern(message.value, change))


def _pattern(pattern: ast.Pattern, change: Callable[[str], str]) -> ast.Pattern:
    return ast.Pattern(
        [
            ast.TextElement(change(part.value)) if isinstance(part, ast.TextElement) else _place(part, change)
            for part in pattern.elements
        ]
    )


def _place(place: ast.Placeable, change: Callable[[str], str]) -> ast.Placeable:
    select = place.expression
    if not isinstance(select, ast.SelectExpression):
        return place
    told = [ast.Variant(one.key, _pattern(one.value, change), one.default) for one in select.variants]
    return ast.Placeable(ast.SelectExpression(select.selector, told))


@cache
def pairs(root: Path, language: str) -> dict[str, str]:
    """The words of the source and what they are in the variant: `variant.txt`, a pair a line."""
    path = root / language / TABLE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    found: dict[str, str] = {}
    for line in lines:
        if line and not line.startswith("#"):
            word, _, variant = (part.strip() for part in line.partition("="))
            if not word or not variant or word in found:
                raise ValueError(f"{language}/{TABLE}: {line!r}")
            found[word] = variant
    return found


def table(root: Path, language: str) -> Callable[[str], str]:
    """A function that changes whole words, the longest first; a capital stays a capital."""
    known = pairs(root, language)
    if not known:
        return str
    longest = sorted(known, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)

    def word(found: re.Match[str]) -> str:
        said = found.group()
        other = known[said.casefold()]
        return other[0].upper() + other[1:] if said[0].isupper() else other

    return lambda text: pattern.sub(word, text)
