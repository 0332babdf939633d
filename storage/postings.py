"""The word index of the directory: which words a service has, and which services a word has.

`service_words` lies in the order of services, `postings` in the order of words: a service dirties one page there and
one for every word here. So thousands of new services are stored first, without their postings, and posted afterwards,
word by word (`bot/importing.py`); until then they stand in `unposted`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, SQLModel

from storage import fold, vocabulary
from storage.sql import InsertNew, Statement, Tx, table

T = TypeVar("T")
IDS = 100
"""Services or words asked about in one statement."""


class ServiceWord(SQLModel, table=True):
    """A folded word or a meaning of a service, and how much it says about it."""

    __tablename__ = "service_words"
    __table_args__ = ({"sqlite_with_rowid": False},)
    service_id: int = Field(foreign_key="services.id", primary_key=True)
    word: str = Field(primary_key=True)
    site_id: int
    weight: int


class Posting(SQLModel, table=True):
    """A service that has a word; `rank` is its weight negated, so that the heaviest come first."""

    __tablename__ = "postings"
    __table_args__ = ({"sqlite_with_rowid": False},)
    site_id: int = Field(primary_key=True)
    word: str = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    service_id: int = Field(primary_key=True)


class Unposted(SQLModel, table=True):
    """A service whose words are not all among the postings yet."""

    __tablename__ = "unposted"
    __table_args__ = ({"sqlite_with_rowid": False},)
    site_id: int = Field(primary_key=True)
    service_id: int = Field(foreign_key="services.id", primary_key=True)


class WordKey(SQLModel, table=True):
    """A spelling under which an indexed word can be met: itself, its stems, itself with a letter missing."""

    __tablename__ = "word_keys"
    key: str = Field(primary_key=True)
    word: str = Field(primary_key=True)


Said = tuple[str, int, int]
"""One word of one service: word, rank, service."""


def some(column: ColumnElement[Any], name: str, count: int) -> ColumnElement[bool]:
    """`column IN (…)` with a fixed number of parameters, so that it is compiled once; spare ones are padded."""
    return column.in_([bindparam(f"{name}_{at}") for at in range(count)])


def fill(name: str, count: int, values: Iterable[T], spare: T) -> dict[str, T]:
    """The parameters of `some`."""
    given = list(values)[:count]
    return {f"{name}_{at}": given[at] if at < len(given) else spare for at in range(count)}


_w = table(ServiceWord)
_p = table(Posting)
_u = table(Unposted)
_k = table(WordKey)
_SAY = InsertNew(_w, "service_id", "word", "site_id", "weight")
_POST = InsertNew(_p, "site_id", "word", "rank", "service_id")
_ADD_KEY = InsertNew(_k, "key", "word")
_LATER = InsertNew(_u, "site_id", "service_id")
_KNOWN = Statement(select(_k.c.key).where(_k.c.key == _k.c.word, some(_k.c.key, "key", IDS)))
_HAD = Statement(select(_w.c.word, _w.c.weight).where(_w.c.service_id == bindparam("about")))
_FORGET = Statement(_w.delete().where(_w.c.service_id == bindparam("about")))
_WITHDRAW = Statement(
    _p.delete().where(
        *(_p.c[name] == bindparam(f"its_{name}") for name in ("site_id", "word", "rank", "service_id"))
    )
)
_POSTED = Statement(
    _u.delete().where(_u.c.site_id == bindparam("of_site"), _u.c.service_id == bindparam("about"))
)
_UNPOSTED = Statement(
    select(_u.c.service_id)
    .where(_u.c.site_id == bindparam("of_site"))
    .order_by(_u.c.service_id)
    .limit(bindparam("limit"))
)
# Locked, so that on PostgreSQL nobody changes a service between this look and the postings of its old words.
_STILL = Statement(
    select(_u.c.service_id)
    .where(_u.c.site_id == bindparam("of_site"), some(_u.c.service_id, "id", IDS))
    .with_for_update(read=True)
)
_WORDS = Statement(
    select(_w.c.word, (-_w.c.weight).label("rank"), _w.c.service_id).where(some(_w.c.service_id, "id", IDS))
)


def index(tx: Tx, site_id: int, service_id: int, weights: Mapping[str, int], *, later: bool = False) -> None:
    """Store the folded words and meanings of a service, instead of those it had.

    `later` is for one that is new: it leaves the postings to `post`.
    """
    words = sorted(weights)
    own = {"service_id": service_id, "site_id": site_id}
    if not later:
        _withdraw(tx, site_id, service_id)
    tx.many(_SAY, [{**own, "word": word, "weight": weights[word]} for word in words])
    if later:
        tx.run(_LATER, **own)
    else:
        _post(tx, site_id, [(word, -weights[word], service_id) for word in words])


def _withdraw(tx: Tx, site_id: int, service_id: int) -> None:
    # First of all: whoever posts its old words at this moment is waited for, and they are taken away below.
    tx.run(_POSTED, of_site=site_id, about=service_id)
    had = tx.all(_HAD, about=service_id)
    own = {"its_site_id": site_id, "its_service_id": service_id}
    tx.many(_WITHDRAW, [{**own, "its_word": row.word, "its_rank": -row.weight} for row in had])
    tx.run(_FORGET, about=service_id)


def unposted(tx: Tx, site_id: int, limit: int) -> list[int]:
    """Services of a site whose words are not posted yet."""
    return [row.service_id for row in tx.all(_UNPOSTED, of_site=site_id, limit=limit)]


def said(tx: Tx, service_ids: Sequence[int]) -> list[Said]:
    """The words of up to `IDS` services."""
    return [tuple(row) for row in tx.all(_WORDS, **fill("id", IDS, service_ids, 0))]


def post(tx: Tx, site_id: int, words: Sequence[Said]) -> None:
    """Post up to `IDS` words, given in the order of words, of services that still wait for it."""
    still = {
        row.service_id
        for row in tx.all(
            _STILL, of_site=site_id, **fill("id", IDS, {service_id for _, _, service_id in words}, 0)
        )
    }
    _post(tx, site_id, [one for one in words if one[2] in still])


def posted(tx: Tx, site_id: int, service_ids: Iterable[int]) -> None:
    """All words of these are posted."""
    tx.many(_POSTED, [{"of_site": site_id, "about": service_id} for service_id in service_ids])


def _post(tx: Tx, site_id: int, words: Sequence[Said]) -> None:
    tx.many(
        _POST,
        [
            {"site_id": site_id, "word": word, "rank": rank, "service_id": service_id}
            for word, rank, service_id in words
        ],
    )
    # A word that stands there as its own spelling has all the others: they are written together and never removed.
    own = sorted({word for word, _, _ in words if not vocabulary.is_meaning(word)})
    known: set[str] = set()
    for at in range(0, len(own), IDS):
        known |= {row.key for row in tx.all(_KNOWN, **fill("key", IDS, own[at : at + IDS], ""))}
    # Sorted: two processes that index at once must meet the same keys in the same order.
    spellings = sorted((key, word) for word in own if word not in known for key in fold.spellings(word))
    tx.many(_ADD_KEY, [{"key": key, "word": word} for key, word in spellings])
