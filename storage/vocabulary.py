"""What people say of a service in many words: the words of topics, languages, childcare and no cost, in every language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson

from storage import fold

CHILDCARE, FREE = "childcare=yes", "cost=free"


@cache
def vocabulary() -> dict[str, Any]:
    """The words people use for topics and properties, and those that say nothing."""
    loaded: dict[str, Any] = orjson.loads(Path(__file__).with_name("search_words.json").read_bytes())
    return loaded


@cache
def _skipped() -> frozenset[str]:
    return frozenset(fold.fold_all(vocabulary()["skip"]))


def counts(word: str) -> bool:
    """Whether a folded word says anything: not one of those every sentence has."""
    return len(word) > 1 and word not in _skipped()


def meaning(kind: str, which: str) -> str:
    """How a meaning is written among the words of a service, as no folded word can be."""
    return f"{kind}={which}"


def is_meaning(word: str) -> bool:
    """Whether this is a meaning: it is never typed."""
    return "=" in word


@cache
def meanings() -> dict[str, tuple[str, ...]]:
    """The meanings of every word of the vocabulary."""
    said = vocabulary()
    told = {meaning("topic", topic): " ".join(words.values()) for topic, words in said["topics"].items()}
    told |= {meaning("language", tag): words for tag, words in said["languages"].items()}
    told |= {CHILDCARE: said["childcare"], FREE: said["free"]}
    found: dict[str, set[str]] = {}
    for name, words in told.items():
        for word in fold.fold_all(words):
            if counts(word):
                found.setdefault(word, set()).add(name)
    return {word: tuple(sorted(names)) for word, names in found.items()}


@cache
def spelt() -> dict[str, tuple[str, ...]]:
    """The words of the vocabulary by their spellings."""
    found: dict[str, list[str]] = {}
    for word in meanings():
        for key in fold.spellings(word):
            found.setdefault(key, []).append(word)
    return {key: tuple(words) for key, words in found.items()}
