"""The spelling-tolerant word index of the directory: which services a typed text means, best first.

A typed word is looked up among the spellings of known words (`word_keys`), a known word among the services
(`service_words`). Every step reads a bounded number of rows by index, however many services there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log2
from pathlib import Path
from typing import Any, TypeVar

import orjson
from sqlalchemy import Index, bindparam, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, SQLModel

from storage import fold
from storage.sql import InsertNew, Statement, Tx, table

T = TypeVar("T")
SHARED_MAX = 200
"""Services looked at for one word: a word that more of them share says little about any."""
IDS = 100
"""Services asked about in one statement."""
FORMS = 8
KEYS = 32
_FITS, _TYPO = 1.0, 0.6
_KNOWN_SHARE = 3
"""At least every third word of a query must be one of the directory's, else it was not a search."""
_TAIL = 0.35
"""A card this much worse than the best answers another question."""


class ServiceWord(SQLModel, table=True):
    """A folded word of a service, and how much it says about it."""

    __tablename__ = "service_words"
    __table_args__ = (Index("ix_service_words_word", "site_id", "word", "weight", "service_id"),)
    service_id: int = Field(foreign_key="services.id", primary_key=True)
    word: str = Field(primary_key=True)
    site_id: int
    weight: int


class WordKey(SQLModel, table=True):
    """A spelling under which an indexed word can be met: itself, its stems, itself with a letter missing."""

    __tablename__ = "word_keys"
    key: str = Field(primary_key=True)
    word: str = Field(primary_key=True)


@dataclass(frozen=True, slots=True)
class Found:
    """A service that answers a query, and how well."""

    service_id: int
    score: float


def some(column: ColumnElement[Any], name: str, count: int) -> ColumnElement[bool]:
    """`column IN (…)` with a fixed number of parameters, so that it is compiled once; spare ones are padded."""
    return column.in_([bindparam(f"{name}_{at}") for at in range(count)])


def fill(name: str, count: int, values: Iterable[T], spare: T) -> dict[str, T]:
    """The parameters of `some`."""
    given = list(values)[:count]
    return {f"{name}_{at}": given[at] if at < len(given) else spare for at in range(count)}


_w = table(ServiceWord)
_k = table(WordKey)
_ADD_WORD = InsertNew(_w, "service_id", "word", "site_id", "weight")
_ADD_KEY = InsertNew(_k, "key", "word")
_FORGET = Statement(_w.delete().where(_w.c.service_id == bindparam("about")))
_KNOWN = Statement(select(_k.c.key).where(_k.c.key == _k.c.word, some(_k.c.key, "key", IDS)))
_MEANT = Statement(select(_k.c.word).distinct().where(some(_k.c.key, "key", KEYS)).limit(200))
_SHARING = Statement(
    select(_w.c.service_id, _w.c.weight)
    .where(_w.c.site_id == bindparam("site_id"), _w.c.word == bindparam("word"))
    .order_by(_w.c.weight.desc(), _w.c.service_id)
    .limit(bindparam("limit"))
)
_AMONG = Statement(
    select(_w.c.service_id, _w.c.word, _w.c.weight).where(
        some(_w.c.service_id, "id", IDS), some(_w.c.word, "word", FORMS)
    )
)


@cache
def vocabulary() -> dict[str, Any]:
    """The words people use for topics and properties, and those that say nothing."""
    loaded: dict[str, Any] = orjson.loads(Path(__file__).with_name("search_words.json").read_bytes())
    return loaded


@cache
def _skipped() -> frozenset[str]:
    return frozenset(fold.fold_all(vocabulary()["skip"]))


@cache
def topic_words(topic: str) -> frozenset[str]:
    """Every word people use for a topic, in all languages, that says something."""
    told = vocabulary()["topics"].get(topic, {}).values()
    return frozenset(word for words in told for word in fold.fold_all(words) if counts(word))


def counts(word: str) -> bool:
    """Whether a folded word says anything: not one of those every sentence has."""
    return len(word) > 1 and word not in _skipped()


def index(tx: Tx, site_id: int, service_id: int, weights: Mapping[str, int]) -> None:
    """Store the folded words of a service, instead of those it had."""
    tx.run(_FORGET, about=service_id)
    words: list[dict[str, Any]] = [
        {"service_id": service_id, "word": word, "site_id": site_id, "weight": weights[word]}
        for word in sorted(weights)
    ]
    tx.many(_ADD_WORD, words)
    # A word that stands there as its own spelling has all the others: they are written together and never removed.
    known: set[str] = set()
    for at in range(0, len(words), IDS):
        some_words = (row["word"] for row in words[at : at + IDS])
        known |= {row.key for row in tx.all(_KNOWN, **fill("key", IDS, some_words, ""))}
    # Sorted: two processes that index at once must meet the same keys in the same order.
    spellings = sorted(
        (key, word) for word in weights.keys() - known for key in fold.stems(word) | fold.deletions(word)
    )
    tx.many(_ADD_KEY, [{"key": key, "word": word} for key, word in spellings])


def _meant(tx: Tx, typed: str) -> dict[str, float]:
    """The directory's words a typed word may mean; misspellings only where nothing fits as written."""
    own = fold.stems(typed)
    keys = sorted(own, key=len, reverse=True) + sorted(fold.deletions(typed) - own)
    words = [row.word for row in tx.all(_MEANT, **fill("key", KEYS, keys, ""))]
    fitting = sorted(
        (word for word in words if own & fold.stems(word)), key=lambda word: (word != typed, word)
    )
    if fitting:
        return dict.fromkeys(fitting[:FORMS], _FITS)
    return dict.fromkeys(sorted(word for word in words if fold.near(typed, word))[:FORMS], _TYPO)


@dataclass(frozen=True, slots=True)
class _Term:
    """One word of a query: what it may mean, the services sharing that, and whether there are more than were read."""

    meant: dict[str, float]
    services: dict[int, float]
    cut: bool

    @property
    def rarity(self) -> float:
        return 1 / (1 + log2(1 + len(self.services)))


def _term(tx: Tx, site_id: int, typed: str) -> _Term | None:
    meant = _meant(tx, typed)
    services: dict[int, float] = {}
    cut = False
    for word, likeness in meant.items():
        room = SHARED_MAX - len(services)
        rows = tx.all(_SHARING, site_id=site_id, word=word, limit=room) if room else []
        cut = cut or len(rows) >= room
        for service_id, weight in rows:
            if services.get(service_id, 0.0) < weight * likeness:
                services[service_id] = weight * likeness
    return _Term(meant, services, cut) if services else None


def _among(tx: Tx, term: _Term, scores: Mapping[int, float]) -> dict[int, float]:
    """What a word that very many share says about the best of those already chosen."""
    chosen = sorted(scores, key=lambda service_id: (-scores[service_id], service_id))[:SHARED_MAX]
    words = fill("word", FORMS, term.meant, "")
    best: dict[int, float] = {}
    for at in range(0, len(chosen), IDS):
        for row in tx.all(_AMONG, **fill("id", IDS, chosen[at : at + IDS], 0), **words):
            best[row.service_id] = max(best.get(row.service_id, 0.0), row.weight * term.meant[row.word])
    return best


def _scores(tx: Tx, terms: list[_Term]) -> dict[int, float]:
    """The rarest word chooses; a word that very many share only orders what the rarer ones chose."""
    scores: dict[int, float] = {}
    for term in sorted(terms, key=lambda term: (term.cut, len(term.services))):
        best = term.services if not term.cut or not scores else _among(tx, term, scores)
        rarity = term.rarity
        for service_id, value in best.items():
            scores[service_id] = scores.get(service_id, 0.0) + value * rarity
    return scores


def rank(tx: Tx, site_id: int, text: str) -> list[Found]:
    """Services that answer typed words, best first, stale ones among them; nothing for text that is no search."""
    typed = list(dict.fromkeys(word for word in fold.fold(text) if counts(word)))[: fold.WORDS_MAX]
    terms = [term for word in typed if (term := _term(tx, site_id, word)) is not None]
    if not terms or len(terms) * _KNOWN_SHARE < len(typed):
        return []
    scores = _scores(tx, terms)
    floor = max(scores.values()) * _TAIL
    best = (Found(service_id, score) for service_id, score in scores.items() if score >= floor)
    return sorted(best, key=lambda found: (-found.score, found.service_id))
