"""What no wording of the office may do, also one that is in the database already: hide signs, bring an address, change a number.

Works on everything a text can say as it is written: string literals stand where they are said, a gap where the program fills in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice, product

from fluent.syntax import ast

GATE: Mapping[str, str] = {"crisis": "safety", "consent": "privacy", "stop": "stop"}
"""What must be signed before a language is no draft any more -> the noun whose texts these are, all of them."""
SAYINGS_MAX = 1000
_GAP = "\ufffc"
_JOINERS = "\u200c\u200d"  # Persian and Pashto are spelled with them, and emoji are put together
_MARKS = "\u200e\u200f"  # as good as an invisible letter: a line that begins with one runs its way
_ISOLATES = "\u2066\u2067\u2068\u2069"
_UNSEEN = dict.fromkeys(map(ord, _JOINERS + _MARKS + _ISOLATES))
_ADDRESSES = ("http", "www.", "t.me", "://", "@")
_DOMAIN = re.compile(r"\w{2,}\.[^\W\d_]{2,}")
_NUMBER = re.compile(f"[+*#{_GAP}]?\\d+(?:[ \u00a0\u202f]\\d+)*[*#{_GAP}]?")

Wrong = tuple[str, Mapping[str, str], int | None]
"""The name of a fault, its arguments, and the line in what was looked at."""


def hidden(text: str) -> Iterator[Wrong]:
    """Characters nobody sees, or that turn the reading direction and never turn it back."""
    for number, line in enumerate(text.split("\n"), 1):
        open_isolates = 0
        for character in line:
            kind = unicodedata.category(character)
            if character in _ISOLATES:
                open_isolates += -1 if character == _ISOLATES[-1] else 1
                if open_isolates < 0:
                    break
            elif kind in ("Cc", "Cs", "Co", "Zl", "Zp") or (
                kind == "Cf" and character not in _JOINERS + _MARKS
            ):
                yield "character", {"code": f"U+{ord(character):04X}"}, number
        if open_isolates != 0:
            yield "isolate", {}, number
            return


def sayings(pattern: ast.Pattern | None) -> list[str]:
    """What a text can say, at most one more than `SAYINGS_MAX`."""
    if pattern is None:
        return [""]
    parts = [
        [element.value] if isinstance(element, ast.TextElement) else _told(element.expression)
        for element in pattern.elements
    ]
    return ["".join(told) for told in islice(product(*parts), SAYINGS_MAX + 1)]


def _told(expression: object) -> list[str]:
    if isinstance(expression, ast.Placeable):
        return _told(expression.expression)
    if isinstance(expression, ast.StringLiteral):
        return [str(expression.parse()["value"])]
    if isinstance(expression, ast.NumberLiteral):
        return [expression.value]
    if isinstance(expression, ast.SelectExpression):
        every = (one for variant in expression.variants for one in sayings(variant.value))
        return list(islice(every, SAYINGS_MAX + 1))
    return [_GAP]


def numbers(told: str) -> list[str]:
    """The numbers of a text in their order, each with its groups as they are written."""
    # What is a digit to the eye only (a small or a circled one) is a number of its own.
    odd = "".join(one if one.isdecimal() or not one.isnumeric() else f" #{ord(one)} " for one in told)
    return [" ".join(one.split()) for one in _NUMBER.findall(odd.translate(_UNSEEN))]


def addresses(told: str) -> set[str]:
    """What a telephone makes a link of, or somebody to write to."""
    plain = unicodedata.normalize("NFKC", told.translate(_UNSEEN)).casefold()
    return {one for one in _ADDRESSES if one in plain} | set(_DOMAIN.findall(plain))


def wrongs(message: ast.Message, shipped: ast.Message | None, noun: str) -> Iterator[Wrong]:
    """What is wrong with a wording beside the text that is shipped, else the Slovenian one."""
    said = sayings(message.value)
    allowed = sayings(shipped.value) if shipped is not None else []
    if len(said) > SAYINGS_MAX:
        yield "unsayable", {}, None
        return
    met = {(name, tuple(args.items())) for one in said for name, args, _ in hidden(one)}
    for name, args in sorted(met):
        yield name, dict(args), None
    if found := set[str]().union(*map(addresses, said)) - set[str]().union(*map(addresses, allowed)):
        yield "address", {"found": ", ".join(sorted(found))}, None
    if noun in GATE.values():
        wanted = [numbers(one) for one in allowed]
        if any(numbers(one) not in wanted for one in said):
            yield "numbers", {"wanted": ", ".join(wanted[0] if wanted else []) or "-"}, None
