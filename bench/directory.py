"""Figure 9: tables (CSV) of 10,000 services go into the directory while members write; how long it takes, and what they feel.

`python -m bench.directory [quick]`. Replies arrive at a fixed rate whatever happens; the same number of them is measured
before, with nothing else to do. A reply is a turn from `Inbound.take` to its commit at `synchronous=FULL`.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
import traceback
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import func, select

from bench import search, town
from bench.dialogue import numbers
from bench.place import scratch
from bench.updates import TOKEN
from bot import importing, logs, spreadsheets
from bot.channels.telegram import TelegramChannel
from bot.inbound import Inbound
from bot.memory import settle
from bot.office import Offices
from bot.settings import Settings
from bot.web.parts import Parts
from flows import workbook
from flows.screen import Heard, Incoming, Kind
from flows.texts import Texts
from storage import imports, people
from storage.directory import OrganisationFacts, ServiceFacts, Words
from storage.office import alone
from storage.services import ServiceRow
from storage.sites import Site
from storage.sql import table
from storage.sqlite import SqliteDatabase

SERVICES, QUICK = 10_000, 500
MEMBERS = 200
EVERY_S = 0.02
"""Fifty replies a second: more than any office has."""
IDLE_S = 15.0


def file_of(count: int) -> bytes:
    """A zip of tables with so many services: what another register would hand over."""
    owner = OrganisationFacts("bench", "Bench", "provider", None, "bench", search.TODAY)
    made = [
        ServiceFacts(
            slug=new.slug,
            organisation="bench",
            topic=new.topic,
            texts={tag: Words(*words) for tag, words in new.texts.items()},
            source=new.source,
            verified_on=new.verified_on,
            review_by=new.review_by,
            cost_cents=new.cost_cents,
            childcare=new.childcare,
            place=new.place,
            languages=tuple(sorted(new.languages)),
            hours=new.hours,
        )
        for new in islice(search.generated(random.Random(1), 1, 1), count)
    ]
    return spreadsheets.zipped(workbook.written([owner], made))


class Members:
    """People who write at a fixed rate."""

    def __init__(self, inbound: Inbound) -> None:
        self._inbound = inbound
        self._account = TelegramChannel(TOKEN).account
        self._who = numbers(MEMBERS)
        self._sent = 0

    async def write(self, ended: asyncio.Event) -> list[float]:
        """Until it has ended; milliseconds of every reply."""
        took: list[float] = []
        waiting: set[asyncio.Task[None]] = set()
        due = time.perf_counter()
        while not ended.is_set():
            task = asyncio.create_task(self._one(took))
            waiting.add(task)
            task.add_done_callback(waiting.discard)
            due += EVERY_S
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await asyncio.gather(*waiting)
        return took

    async def _one(self, took: list[float]) -> None:
        self._sent += 1
        number = self._sent
        who = str(self._who[number % len(self._who)])
        said = Incoming(self._account, f"bench-{number}", who, Heard(Kind.TEXT, text="menu"))
        began = time.perf_counter()
        await self._inbound.take(said)
        took.append((time.perf_counter() - began) * 1000)


async def idle(members: Members) -> list[float]:
    """Replies with nothing else to do."""
    ended = asyncio.Event()
    asyncio.get_running_loop().call_later(IDLE_S, ended.set)
    return await members.write(ended)


async def busy(
    members: Members, parts: Parts, site: Site, staff_id: int, body: bytes
) -> tuple[list[float], float]:
    """Replies while the file goes in, and how long that took: read, compared, carried out."""
    ended = asyncio.Event()
    writing = asyncio.create_task(members.write(ended))
    began = time.perf_counter()
    try:
        found = await importing.plan(parts, body, site.id, staff_id, "bench", town.NOW.date())
        await parts.write(lambda tx: imports.start(tx, found))
        await importing.carry_out(parts, found)
        took = time.perf_counter() - began
    finally:
        ended.set()
    return await writing, took


async def measure(folder: Path, count: int) -> dict[str, float]:
    """One round."""
    url = f"sqlite:///{folder / 'bench.db'}"
    site = town.build(url)
    town.members(url, TelegramChannel(TOKEN).account, numbers(MEMBERS))
    logs.configure("INFO", (folder / "bench.log").open("ab"))
    body = file_of(count)
    db = SqliteDatabase(url, synchronous="FULL")
    try:
        staff_id = db.write(
            lambda tx: people.add(tx, uid="s", login="s", name="S", languages=("sl",), now=town.NOW)
        )
        assert staff_id is not None
        texts = Texts(town.ZONE)
        inbound = Inbound(db, texts, lambda: alone(site), lambda: town.NOW)
        parts = Parts(db, texts, lambda: town.NOW, Settings(), b"bench", inbound.take, Offices(db))
        members = Members(inbound)
        settle()
        await idle(members)  # the first turns work out what is kept afterwards
        quiet = await idle(members)
        loaded, took = await busy(members, parts, site, staff_id, body)
        row = table(ServiceRow)
        stored: Any = db.read(
            lambda tx: tx.query(
                select(func.count().label("n")).select_from(row).where(row.c.source == "bench")
            )
        )
        assert stored[0].n == count, stored
    finally:
        db.close()
    before, during = (quantiles(values, n=100)[-1] for values in (quiet, loaded))
    return {
        "import_s": took,
        "import_reply_p99": during / before,
        "import_reply_idle_p99_ms": before,
        "import_reply_busy_p99_ms": during,
        "import_replies": float(len(loaded)),
    }


def main(*args: str) -> None:
    """Measure and print it as JSON."""
    with scratch("directory") as folder:
        found = asyncio.run(measure(folder, QUICK if args == ("quick",) else SERVICES))
    print(json.dumps({key: round(value, 3) for key, value in found.items()}))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception:
        traceback.print_exc()  # the log's own hook would write it to the bench's log file
        sys.exit(1)
