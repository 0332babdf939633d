"""One Fluent text taken apart: read, written back, and what it uses. Knows neither languages nor keys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from fluent.syntax import FluentParser, FluentSerializer, ast

CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
"""The plural forms of Unicode."""
_INDENT = " " * 4
_SERIALIZER = FluentSerializer()


class NotFluent(Exception):
    """A source is no text: the number of the line where it goes wrong."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Kind(Enum):
    """How a text uses a variable."""

    PLAIN = "plain"
    DATE = "date"
    CHOICE = "choice"
    """One of the words the program knows."""
    PLURAL = "plural"


@dataclass(frozen=True)
class Uses:
    """What a text needs from outside."""

    variables: dict[str, Kind]
    variants: dict[str, frozenset[str]]
    """Variable -> the keys it is chosen by."""
    messages: frozenset[str]
    functions: frozenset[str]
    words: tuple[str, ...]
    """The pieces that are not made by the program."""


def parse(key: str, source: str) -> ast.Message:
    """The text of a source, as an editor holds it: without its key, every line as it is."""
    lines = source.split("\n")
    block = f"{key} =\n" + "\n".join(_INDENT + line if line.strip() else "" for line in lines) + "\n"
    body = FluentParser(with_spans=True).parse(block).body
    for entry in body:
        if isinstance(entry, ast.Junk):
            at = entry.annotations[0].span.start if entry.annotations and entry.annotations[0].span else 0
            raise NotFluent(max(1, min(len(lines), block.count("\n", 0, at))))
    message = body[0] if len(body) == 1 else None
    if not isinstance(message, ast.Message) or message.value is None:
        raise NotFluent(1)
    if message.attributes:
        span = message.attributes[0].span
        raise NotFluent(max(1, block.count("\n", 0, span.start)) if span else 1)
    return message


def source_of(message: ast.Message) -> str:
    """A text as an editor holds it: what `parse` reads back to the same."""
    bare = ast.Message(message.id, message.value)
    _, _, written = _SERIALIZER.serialize_entry(bare).partition("=")
    if written.startswith("\n"):
        written = written[1:]
        return "\n".join(line.removeprefix(_INDENT) for line in written.rstrip("\n").split("\n"))
    first, *more = written.removeprefix(" ").rstrip("\n").split("\n")
    return "\n".join([first, *(line.removeprefix(_INDENT) for line in more)])


def uses(message: ast.Message) -> Uses:
    """What this text uses."""
    found = _Found({}, {}, set(), set(), [])
    if message.value is not None:
        found.pattern(message.value)
    variants = {name: frozenset(keys) for name, keys in found.variants.items()}
    kinds = dict(found.kinds)
    for name, keys in variants.items():
        kinds[name] = Kind.PLURAL if _is_plural(keys) else Kind.CHOICE
    return Uses(kinds, variants, frozenset(found.messages), frozenset(found.functions), tuple(found.words))


def _is_plural(keys: frozenset[str]) -> bool:
    named = {key for key in keys if not key.isdecimal()}
    return named <= CATEGORIES and (bool(named - {"other"}) or keys == {"other"})


@dataclass
class _Found:
    kinds: dict[str, Kind]
    variants: dict[str, set[str]]
    messages: set[str]
    functions: set[str]
    words: list[str]

    def pattern(self, pattern: ast.Pattern) -> None:
        for element in pattern.elements:
            if isinstance(element, ast.TextElement):
                self.words.append(element.value)
            else:
                self.expression(element.expression)

    def expression(self, told: object) -> None:
        if isinstance(told, ast.Placeable):
            self.expression(told.expression)
        elif isinstance(told, ast.VariableReference):
            self.kinds.setdefault(told.id.name, Kind.PLAIN)
        elif isinstance(told, ast.StringLiteral):
            self.words.append(str(told.parse()["value"]))
        elif isinstance(told, ast.MessageReference):
            self.messages.add(told.id.name if told.attribute is None else f"{told.id.name}.")
        elif isinstance(told, ast.TermReference):
            self.messages.add(f"-{told.id.name}")
        elif isinstance(told, ast.FunctionReference):
            self.function(told)
        elif isinstance(told, ast.SelectExpression):
            self.select(told)

    def function(self, told: ast.FunctionReference) -> None:
        of = told.arguments.positional
        if len(of) == 1 and isinstance(of[0], ast.VariableReference) and not told.arguments.named:
            self.functions.add(told.id.name)
            self.kinds[of[0].id.name] = Kind.DATE
        else:
            self.functions.add(f"{told.id.name}(…)")

    def select(self, told: ast.SelectExpression) -> None:
        if isinstance(told.selector, ast.VariableReference):
            keys = self.variants.setdefault(told.selector.id.name, set())
            self.kinds.setdefault(told.selector.id.name, Kind.PLAIN)
            keys |= {
                one.key.name if isinstance(one.key, ast.Identifier) else str(one.key.value)
                for one in told.variants
            }
        else:
            self.functions.add("->")
        for one in told.variants:
            self.pattern(one.value)
