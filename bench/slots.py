"""Free times for 20 counsellors over 60 days, half of them booked: prints `slots_p95_ms` and what lies behind it."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bench import place
from storage import bookings, calendars, conversations, counsellors, migrate, sites, taken
from storage.calendars import HORIZON_DAYS, Wanted
from storage.db import Database, open_database
from storage.sites import Site, SiteRow
from storage.sql import Tx, table

ZONE = "Europe/Ljubljana"
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
TOPICS = {"work": 30, "papers": 30, "family": 45, "lipa": 60}
LANGUAGES = ("sl", "sq", "en", "bs")
ROUNDS = 5
ASKED = 200
SHARE = 0.2
"""Tried of each topic's times; together the topics fill half the hours."""


def office(tx: Tx, people: int) -> Site:
    """A site with counsellors who work 8–12 and 13–15, on staggered topics and languages."""
    row = table(SiteRow)
    tx.query(
        insert(row).values(
            slug="bench",
            name="Bench",
            place="Celje",
            address="-",
            phone="-",
            timezone=ZONE,
            quiet_from_min=1200,
            quiet_until_min=480,
        )
    )
    site = sites.find(tx, "bench")
    assert site is not None
    for order, (slug, minutes) in enumerate(TOPICS.items()):
        counsellors.add_topic(tx, site.id, slug, minutes, place=order)
    for number in range(people):
        topics = tuple(slug for at, slug in enumerate(TOPICS) if (number + at) % 4 != 3)
        spoken = ("sl", LANGUAGES[number % 4])
        who = counsellors.add_counsellor(tx, site.id, f"C {number}", languages=spoken, topics=topics)
        for weekday in range(5):
            counsellors.add_hours(tx, who, weekday, 480, 720)
            counsellors.add_hours(tx, who, weekday, 780, 900)
    return site


def fill(db: Database, site: Site, share: float, rng: random.Random) -> int:
    """Book about this share of all times through `bookings.take`, each by a member of her own; how many."""
    count = 0
    zone = ZoneInfo(ZONE)
    today = NOW.astimezone(zone).date()
    for ahead in range(1, HORIZON_DAYS + 1):
        day = today + timedelta(days=ahead)
        count += db.write(partial(_fill_day, site=site, day=day, share=share, rng=rng))
    return count


def _fill_day(tx: Tx, site: Site, day: date, share: float, rng: random.Random) -> int:
    count = 0
    for slug in sorted(TOPICS, key=lambda _: rng.random()):
        wanted = Wanted(site, slug, "person")
        for slot in calendars.free_slots(tx, wanted, day, NOW):
            for _ in calendars.fitting(tx, wanted, slot.starts_at, NOW)[0]:
                if rng.random() >= share:
                    continue
                name = f"{slug} {slot.starts_at} {count}"
                conversation, member = conversations.load(tx, "bench", name, NOW)
                outcome = bookings.take(
                    tx, wanted, slot.starts_at, member_id=member.id, conversation_id=conversation.id, now=NOW
                )
                count += isinstance(outcome, bookings.Taken)
    return count


def timed(db: Database, ask: Callable[[Tx, Wanted], object], wishes: list[Wanted]) -> list[float]:
    """Milliseconds of each question, inside one reading transaction as in a turn."""

    def unit(tx: Tx) -> list[float]:
        found = []
        for wish in wishes:
            taken.forget()  # as after a booking: nothing of the last answer is used
            start = time.perf_counter()
            ask(tx, wish)
            found.append((time.perf_counter() - start) * 1000)
        return found

    return db.read(unit)


def p95(rounds: list[list[float]]) -> float:
    """The median over the rounds of each round's 95th of a hundred."""
    return round(median(quantiles(took, n=20)[-1] for took in rounds), 3)


def wishes(site: Site, rng: random.Random) -> list[Wanted]:
    """What people ask for: any topic, most in any language."""
    return [
        Wanted(
            site, rng.choice(list(TOPICS)), rng.choice(("person", "phone")), rng.choice((None, *LANGUAGES))
        )
        for _ in range(ASKED)
    ]


def measure(folder: Path, people: int) -> dict[str, float | list[float]]:
    """One site of so many counsellors, half its hours booked."""
    url = f"sqlite:///{folder / f'{people}.db'}"
    migrate.upgrade(url)
    db = open_database(url)
    today = NOW.astimezone(ZoneInfo(ZONE)).date()
    rng = random.Random(people)
    questions: dict[str, Callable[[Tx, Wanted], object]] = {
        "horizon": lambda tx, wish: calendars.free_days(tx, wish, NOW, today, HORIZON_DAYS + 1),
        "days": lambda tx, wish: calendars.free_days(tx, wish, NOW, today, 6),
        "slots": lambda tx, wish: calendars.free_slots(
            tx, wish, today + timedelta(days=rng.randrange(HORIZON_DAYS)), NOW
        ),
    }
    try:
        site = db.write(lambda tx: office(tx, people))
        booked = fill(db, site, SHARE, rng)
        for ask in questions.values():  # the rules are read and the statements compiled, as while it runs
            timed(db, ask, wishes(site, rng))
        took = {
            name: [timed(db, ask, wishes(site, rng)) for _ in range(ROUNDS)]
            for name, ask in questions.items()
        }
    finally:
        db.close()
    figures: dict[str, float | list[float]] = {"counsellors": people, "booked": booked}
    for name, rounds in took.items():
        figures[f"{name}_p50_ms"] = round(median(median(one) for one in rounds), 3)
        figures[f"{name}_p95_ms"] = p95(rounds)
        figures[f"{name}_rounds"] = [p95([one]) for one in rounds]
    return figures


def main() -> None:
    """Measure a large site, and beside it a usual one."""
    with place.scratch("slots") as folder:
        large, usual = measure(folder, 20), measure(folder, 6)
    # The figure is the dearest question there is: every free day of the whole horizon.
    print(json.dumps({"slots_p95_ms": large["horizon_p95_ms"], "large": large, "usual": usual}))


if __name__ == "__main__":
    main()
