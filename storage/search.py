"""The spelling-tolerant search of the directory: which services a typed text means, best first.

A typed word is looked up among the spellings of known words, a known word and its meanings among the postings
(`storage/postings.py`). Every step reads a bounded number of rows by index, however many services there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log2

from sqlalchemy import bindparam, select

from storage import fold
from storage.postings import IDS, Posting, ServiceWord, WordKey, fill, some
from storage.sql import Statement, Tx, table
from storage.vocabulary import counts, meanings, spelt

SHARED_MAX = 200
"""Services looked at for one word: a word that more of them share says little about any."""
FORMS = 8
ENTRIES = 16
"""A word's forms and their meanings."""
KEYS = 32
_FITS, _TYPO = 1.0, 0.6
_KNOWN_SHARE = 3
"""At least every third word of a query must be one of the directory's, else it was not a search."""
_TAIL = 0.35
"""A card this much worse than the best answers another question."""


@dataclass(frozen=True, slots=True)
class Found:
    """A service that answers a query, and how well."""

    service_id: int
    score: float


_w = table(ServiceWord)
_p = table(Posting)
_k = table(WordKey)
_MEANT = Statement(select(_k.c.word).distinct().where(some(_k.c.key, "key", KEYS)).limit(200))
_SHARING = Statement(
    select(_p.c.service_id, _p.c.rank)
    .where(_p.c.site_id == bindparam("site_id"), _p.c.word == bindparam("word"))
    .order_by(_p.c.rank, _p.c.service_id)
    .limit(bindparam("limit"))
)
_AMONG = Statement(
    select(_w.c.service_id, _w.c.word, _w.c.weight).where(
        some(_w.c.service_id, "id", IDS), some(_w.c.word, "word", ENTRIES)
    )
)


def _meant(tx: Tx, typed: str) -> Iterator[dict[str, float]]:
    """What a typed word may mean: words as written first, then misspellings."""
    own = fold.stems(typed)
    keys = sorted(own, key=len, reverse=True) + sorted(fold.deletions(typed) - own)
    words = {row.word for row in tx.all(_MEANT, **fill("key", KEYS, keys, ""))}
    words |= {word for key in keys for word in spelt().get(key, ())}
    fitting = {word for word in words if own & fold.stems(word)}
    yield _entries(sorted(fitting, key=lambda word: (word != typed, word))[:FORMS], _FITS)
    yield _entries(sorted(word for word in words - fitting if fold.near(typed, word))[:FORMS], _TYPO)


def _entries(words: list[str], likeness: float) -> dict[str, float]:
    """Under what words stand in the index: as themselves, and as what they mean."""
    meant = (name for word in words for name in meanings().get(word, ()))
    return dict.fromkeys([*words, *meant][:ENTRIES], likeness)


@dataclass(frozen=True, slots=True)
class _Term:
    """One word of a query: the entries it may mean, the services sharing them, and whether there are more than were read."""

    meant: dict[str, float]
    services: dict[int, float]
    cut: bool

    @property
    def rarity(self) -> float:
        return 1 / (1 + log2(1 + len(self.services)))


def _term(tx: Tx, site_id: int, typed: str) -> _Term | None:
    """What one word finds; misspellings count only where nothing is found as written."""
    terms = (_sharing(tx, site_id, meant) for meant in _meant(tx, typed) if meant)
    return next((term for term in terms if term.services), None)


def _sharing(tx: Tx, site_id: int, meant: dict[str, float]) -> _Term:
    services: dict[int, float] = {}
    cut = False
    for word, likeness in meant.items():
        room = SHARED_MAX - len(services)
        rows = tx.all(_SHARING, site_id=site_id, word=word, limit=room) if room else []
        cut = cut or len(rows) >= room
        for service_id, rank in rows:
            services[service_id] = max(-rank * likeness, services.get(service_id, 0.0))
    return _Term(meant, services, cut)


def _among(tx: Tx, term: _Term, scores: Mapping[int, float]) -> dict[int, float]:
    """What a word that very many share says about the best of those already chosen."""
    chosen = sorted(scores, key=lambda service_id: (-scores[service_id], service_id))[:SHARED_MAX]
    words = fill("word", ENTRIES, term.meant, "")
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
