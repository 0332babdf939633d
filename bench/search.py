"""Directory search over 10,000 services on SQLite: how long the slowest twentieth of the searches takes.

The services are generated: one of ten topics each, a name and a summary from words that many share and words that few
share, so that a query meets both a rare word and one that a tenth of the directory has.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import islice

import orjson
from sqlalchemy import insert

from bench import place
from storage import migrate, services, vocabulary
from storage.db import Database, open_database
from storage.services import TOPICS, NewService
from storage.sites import SiteRow
from storage.sql import Tx, table

SERVICES = 10_000
QUERIES = 1_000
ROUNDS = 5
CHUNK = 250
TODAY = date(2026, 3, 2)
ASKED_ON = date(2026, 3, 3)
"""A day later, when a twentieth of the records is past its review date."""
FRESH = date(2027, 3, 2)
SYLLABLES = (
    "ba",
    "de",
    "ki",
    "lo",
    "mu",
    "na",
    "pre",
    "ri",
    "sto",
    "tu",
    "va",
    "ze",
    "gla",
    "mir",
    "kol",
    "jan",
    "ska",
    "ten",
)
COMMON = ("skupina", "svetovanje", "delavnica", "kurs", "center", "pomoč", "ženske", "teden", "grup", "open")


def _rare_words(rng: random.Random) -> list[str]:
    return ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(4_000)]


def _topic_words(topic: str) -> list[str]:
    return [word for words in vocabulary.vocabulary()["topics"][topic].values() for word in words.split()]


def generated(rng: random.Random, site_id: int, organisation_id: int) -> Iterator[NewService]:
    """Endless services, alike for the same seed."""
    rare = _rare_words(rng)
    number = 0
    while True:
        topic = rng.choice(TOPICS)
        said = _topic_words(topic)
        texts = {
            language: (
                " ".join([rng.choice(said), rng.choice(COMMON), rng.choice(rare)]),
                " ".join(rng.sample(rare, 3) + rng.sample(said, 3)),
            )
            for language in ("sl", "sq", "en")
        }
        number += 1
        yield NewService(
            site_id=site_id,
            organisation_id=organisation_id,
            slug=f"s{number}",
            topic=topic,
            texts=texts,
            source="bench",
            verified_on=TODAY,
            review_by=FRESH if number % 20 else TODAY,
            cost_cents=0 if number % 5 else 300,
            childcare=number % 7 == 0,
            place=rng.choice(rare),
            languages=tuple(rng.sample(("sl", "sq", "en", "bs", "ar"), 2)),
            hours=((number % 5, 540, 600),),
        )


def _typo(rng: random.Random, word: str) -> str:
    at = rng.randrange(len(word) - 1)
    return rng.choice([word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :]])


def queries(rng: random.Random) -> list[str]:
    """What people type: one to four words, a third of them misspelt."""
    rare = _rare_words(random.Random(1))
    made = []
    for _ in range(QUERIES):
        said = _topic_words(rng.choice(TOPICS))
        words = [rng.choice(said)] + [rng.choice((*COMMON, *rare, *said)) for _ in range(rng.randint(0, 3))]
        made.append(
            " ".join(_typo(rng, word) if len(word) > 4 and rng.random() < 1 / 3 else word for word in words)
        )
    return made


def _add(chunk: list[NewService], tx: Tx) -> None:
    for new in chunk:
        services.add(tx, new)


def fill(db: Database, count: int) -> None:
    """Store so many generated services, a chunk a transaction."""

    def site(tx: Tx) -> int:
        values = {"slug": "bench", "name": "b", "place": "b", "address": "b", "phone": "0"}
        hours = {"timezone": "Europe/Ljubljana", "quiet_from_min": 1200, "quiet_until_min": 480}
        row = table(SiteRow)
        site_id = int(tx.query(insert(row).values(**values, **hours).returning(row.c.id))[0].id)
        services.add_organisation(tx, site_id, "b", "Bench", "provider", source="bench", verified_on=TODAY)
        return site_id

    stream = islice(generated(random.Random(1), db.write(site), 1), count)
    while chunk := list(islice(stream, CHUNK)):
        db.write(partial(_add, chunk))


def measure(db: Database, asked: list[str]) -> tuple[list[float], int]:
    """Milliseconds of every search with its cards, as a turn does it, and how many found something."""
    took, hits = [], 0
    for query in asked:

        def one(tx: Tx, query: str = query) -> tuple[float, bool]:
            start = time.perf_counter()
            found = services.search(tx, 1, query, ASKED_ON, 4)
            services.cards(tx, [one.service_id for one in found[:3]], "sq")
            return (time.perf_counter() - start) * 1000, bool(found)

        ms, hit = db.read(one)
        took.append(ms)
        hits += hit
    return took, hits


def main() -> None:
    """Fill, search, and print the figures."""
    with place.scratch("search") as folder:
        url = f"sqlite:///{folder / 'search.db'}"
        migrate.upgrade(url)
        db = open_database(url)
        try:
            fill(db, SERVICES)
            asked = queries(random.Random(2))
            measure(
                db, asked[:100]
            )  # the page cache and the statements, as on a machine that has run for a while
            rounds = [measure(db, asked) for _ in range(ROUNDS)]
        finally:
            db.close()
    slow = [statistics.quantiles(took, n=20)[-1] for took, _ in rounds]
    middle = [statistics.median(took) for took, _ in rounds]
    hits = rounds[0][1]
    assert hits > QUERIES / 2, "the queries must find something, else nothing was measured"
    figures = {
        "search_p95_ms": round(statistics.median(slow), 2),
        "search_p50_ms": round(statistics.median(middle), 2),
        "services": SERVICES,
        "hits": hits,
        "rounds": [round(ms, 2) for ms in slow],
    }
    sys.stdout.write(orjson.dumps(figures).decode() + "\n")


if __name__ == "__main__":
    main()
