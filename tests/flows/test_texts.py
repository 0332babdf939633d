"""The texts themselves: no junk, no duplicate, no cycle, the same messages and arguments in every shipped language."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.serializer import serialize_message
from fluent.syntax.visitor import Visitor

from flows import variants
from flows.texts import LOCALES, SHIPPED, TextError
from flows.wording import nouns
from flows.wording_words import FORBIDDEN
from tests.helpers import make

EVERYWHERE = ("safety.ftl", "words.ftl")
"""Files of every language; the others exist only in the shipped ones."""
STAFF_ONLY = tuple(
    f"{noun}.ftl"
    for noun in (
        "alert",
        "attendance",
        "audit",
        "calendar",
        "closure",
        "bookings",
        "dayoff",
        "confirm",
        "console",
        "directory",
        "duty",
        "feed",
        "files",
        "group",
        "inbox",
        "members",
        "restore",
        "numbers",
        "recording",
        "records",
        "retention",
        "rooms",
        "schedule",
        "setup",
        "staff",
        "tasks",
        "today",
        "wording",
        "visits",
    )
)
STAFF_LANGUAGES = ("sl", "en")
LANGUAGES = variants.languages(LOCALES)


class Uses(Visitor):
    """The arguments and the other messages a message uses."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the library's name
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - the library's name
        self.messages.add(node.id.name)


def uses(message: ast.Message) -> Uses:
    found = Uses()
    found.visit(message)
    return found


@cache
def messages(language: str) -> dict[str, tuple[str, ast.Message]]:
    """Message id -> file and message; fails on junk and duplicates."""
    found: dict[str, tuple[str, ast.Message]] = {}
    for path in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{language}/{path.name}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{language}/{path.name}: {entry.id.name} twice"
                found[entry.id.name] = (path.name, entry)
    for file, made in variants.bodies(LOCALES, language).items():  # what is made from another language too
        for message in made:
            found.setdefault(message.id.name, (file, message))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_junk_no_duplicate_no_cycle(language: str) -> None:
    found = messages(language)
    needs = {name: uses(message).messages for name, (_, message) in found.items()}
    for name in found:
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            for other in needs[waiting.pop()]:
                assert other != name, f"{language}: {name} needs itself"
                assert other in found, f"{language}: {name} needs {other}"
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_what_it_must(language: str) -> None:
    reference = messages("sl")
    found = messages(language)
    for name, (file, message) in reference.items():
        if file == "words.ftl" or (language not in SHIPPED and file not in EVERYWHERE):
            continue
        if file in STAFF_ONLY and language not in STAFF_LANGUAGES:
            continue
        assert name in found, f"{language}: {name} is missing"
        assert uses(found[name][1]).variables == uses(message).variables, f"{language}: {name}"
    for name, (file, _message) in found.items():
        assert file == "words.ftl" or name in reference, f"{language}: {name} is not in sl"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_begins_with_its_file(language: str) -> None:
    for name, (file, _message) in messages(language).items():
        noun = Path(file).stem
        assert name.startswith(noun) or noun == "engine", f"{language}/{file}: {name}"


@pytest.mark.parametrize("language", SHIPPED)
def test_no_text_says_that_it_did_not_understand(language: str) -> None:
    for name, (file, message) in messages(language).items():
        if file != "words.ftl":
            text = serialize_message(message).casefold()
            assert not [words for words in FORBIDDEN[language] if words in text], name


def test_every_key_in_the_code_is_a_text_and_every_text_is_used() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("flows", "bot", "storage")
        for pattern in ("*.py", "*.html", "*.js")
        for path in (LOCALES.parent / folder).rglob(pattern)
    )
    made = tuple(re.findall(r"""f?["']([a-z]+(?:-[a-z0-9]+)*-)["'{]""", code))
    literal = set(re.findall(r"""["']([a-z]+(?:-[a-z0-9_]+)*)["']""", code))
    names = {name for name, (file, _) in messages("sl").items() if file != "words.ftl"}
    unused = {name for name in names if name not in literal and not name.startswith(made)}
    referred = set().union(*(uses(message).messages for _, message in messages("sl").values()))
    assert unused - referred == set()


def test_a_missing_text_or_argument_is_an_error() -> None:
    texts = make.texts()
    with pytest.raises(TextError):
        texts.text("sl", "no-such-text")
    with pytest.raises(TextError):
        texts.text("sl", "welcome-hello")
    with pytest.raises(TextError):
        texts.text("xx", "menu")


@pytest.mark.parametrize("language", ["sl", "en"])
def test_every_noun_has_a_name_in_the_console(language: str) -> None:
    assert [noun for noun in nouns("sl") if not make.texts().has(language, f"wording-noun-{noun}")] == []


@pytest.mark.parametrize(
    "path", sorted(LOCALES.glob("*/*.ftl")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_no_text_stands_twice(path: Path) -> None:
    keys = re.findall(r"^([a-z][a-z0-9-]*) =", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert {key for key in keys if keys.count(key) > 1} == set()
