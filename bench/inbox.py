"""Figures 6 to 8: how soon a message is seen in an open inbox, how fast its pages are, and what open inboxes cost the turns.

`python -m bench.inbox visible|page [quick]`, `python -m bench.inbox turns FOLDER MEMBERS INBOXES`: each in a process of its own.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import subprocess
import sys
import time
import traceback
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import update

from bench import town
from bench.desk import CONVERSATIONS, STAFF, desk_of, filled, serving, signed, staff
from bench.dialogue import Played, numbers, play
from bench.place import ROOT, scratch
from bench.turn import Ours, check, count
from bench.updates import TOKEN, Updates
from bot import logs
from bot.channels.telegram import TelegramChannel
from bot.console import live
from bot.inbound import Inbound
from bot.memory import settle
from flows.screen import Heard, Incoming, Kind
from flows.texts import SHIPPED, Texts
from storage.conversations import ConversationRow
from storage.db import Database
from storage.inbox import VIEWS
from storage.office import alone
from storage.sites import Site
from storage.sql import Tx, table
from storage.sqlite import SqliteDatabase

SAMPLES = 200
PAGES = 300
MEMBERS = 800
WAITING_EVERY = 10
"""In the run of turns so many members share one who waits for a person: each of her turns changes the list."""
_c = table(ConversationRow)


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


# --- pages


async def page(conversations: int, asked: int) -> dict[str, float]:
    """Every view in turn, the second page of each among them, over HTTP."""
    path = filled(conversations)
    db = SqliteDatabase(f"sqlite:///{path}", synchronous="FULL")
    took: list[float] = []
    try:
        site = db.read(town.find)
        inbound = Inbound(db, Texts(town.ZONE, offered=SHIPPED), lambda: alone(site), lambda: town.NOW)
        async with serving(db, site, inbound) as (url, parts), aiohttp.ClientSession() as client:
            headers = signed(db, parts, db.read(desk_of)[0])
            settle()
            paths = [f"/console/inbox?view={view}" for view in VIEWS]
            for where in list(paths):
                async with client.get(url + where, headers=headers) as answer:
                    body = await answer.text()
                    assert answer.status == 200, answer.status
                    further = body.partition("&amp;after=")[2].partition('"')[0]
                    if further:
                        paths.append(f"{where}&after={further}")
            for number in range(asked):
                began = time.perf_counter()
                async with client.get(url + paths[number % len(paths)], headers=headers) as answer:
                    await answer.read()
                    assert answer.status == 200
                took.append((time.perf_counter() - began) * 1000)
    finally:
        db.close()
    return {"inbox_page_p95_ms": p95(took), "inbox_page_median_ms": sorted(took)[len(took) // 2]}


# --- seeing


async def visible(conversations: int, samples: int, listeners: int = 10) -> dict[str, float]:
    """A member writes to the person who has her chat; until her chat stands on top of that person's open list, marked new."""
    with scratch("inbox-visible") as folder:
        path = folder / "bench.db"
        shutil.copyfile(filled(conversations), path)
        logs.configure("INFO", (folder / "bench.log").open("ab"))
        db = SqliteDatabase(f"sqlite:///{path}", synchronous="FULL")
        try:
            site = db.read(town.find)
            clock = _Ticking()
            inbound = Inbound(
                db, Texts(town.ZONE, offered=SHIPPED), lambda: alone(site), clock, hint=live.changed
            )
            async with (
                serving(db, site, inbound) as (url, parts),
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as client,
            ):
                desk = db.read(desk_of)[:listeners]
                open_lists = [_Open(client, url, signed(db, parts, who)) for who in desk]
                reading = [asyncio.create_task(one.read()) for one in open_lists]
                for one in open_lists:
                    await one.until(lambda told: True)
                settle()
                took = await _write(db, inbound, clock, desk, open_lists, samples)
                for task in reading:
                    task.cancel()
                await asyncio.gather(*reading, return_exceptions=True)
        finally:
            db.close()
    return {"inbox_visible_p95_ms": p95(took), "inbox_visible_median_ms": sorted(took)[len(took) // 2]}


class _Ticking:
    """A clock that is moved on, or moves by itself with every look at it."""

    def __init__(self, by: timedelta = timedelta(0)) -> None:
        self.at = town.NOW
        self._by = by

    def __call__(self) -> datetime:
        self.at += self._by
        return self.at


class _Open:
    """One open list as a browser holds it."""

    def __init__(self, client: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> None:
        self._client, self._url, self._headers = client, url, headers
        self._told: asyncio.Queue[tuple[float, str]] = asyncio.Queue()

    async def read(self) -> None:
        path = "/console/inbox/live?view=mine"
        async with self._client.get(self._url + path, headers=self._headers, read_bufsize=2**20) as answer:
            assert answer.status == 200, answer.status
            async for line in answer.content:
                if line.startswith(b"data: "):
                    self._told.put_nowait((time.perf_counter(), json.loads(line[6:]).get("html", "")))

    async def until(self, shows: Any) -> float:
        """When an event came that shows this."""
        async with asyncio.timeout(30):
            while True:
                at, told = await self._told.get()
                if shows(told):
                    return at


async def _write(
    db: Database, inbound: Inbound, clock: _Ticking, desk: list[int], lists: list[_Open], samples: int
) -> list[float]:
    rng = random.Random(2)
    account = TelegramChannel(TOKEN).account
    took = []
    for number in range(samples):
        who = number % len(desk)
        conversation, sender = db.read(lambda tx, who=who: _a_chat(tx, desk[who]))  # type: ignore[misc]  # mypy cannot infer it
        await asyncio.sleep(rng.uniform(0, 0.4))  # any moment of the pause between two looks
        clock.at += timedelta(seconds=1)
        words = Incoming(account, f"bench-{number}", sender, Heard(Kind.TEXT, text="Hvala, pridem jutri."))
        began = time.perf_counter()
        await inbound.take(words)
        first = f'id="chat-{conversation}"'
        at = await lists[who].until(lambda told, first=first: 0 <= told.find(first) < 200)
        took.append((at - began) * 1000)
    return took


def _a_chat(tx: Tx, who: int) -> tuple[int, str]:
    """A chat of hers in which nobody wrote for long: its id and the member's on the platform."""
    from storage.members import AddressRow

    a = table(AddressRow)
    rows = tx.query(
        _c.select()
        .with_only_columns(_c.c.id, a.c.external_id)
        .join(a, a.c.id == _c.c.address_id)
        .where(_c.c.owner == "person", _c.c.staff_id == who)
        .order_by(_c.c.last_in_at, _c.c.id)
        .limit(1)
    )
    return rows[0].id, rows[0].external_id


# --- turns


class Watched(Ours):
    """The bot while people look: every turn tells the open lists."""

    def __init__(self, db: Database, site: Site) -> None:
        super().__init__(db, site)
        # Time passes, so that a list that says when somebody wrote reads differently after her turn.
        clock = _Ticking(timedelta(seconds=1))
        self._inbound = Inbound(
            db, Texts(town.ZONE, offered=SHIPPED), lambda: alone(site), clock, hint=live.changed
        )

    @property
    def inbound(self) -> Inbound:
        """What the pages of this server hand their posts to."""
        return self._inbound


async def turns(folder: Path, members: int, inboxes: int) -> Played:
    """The turns of the booking dialogue while so many lists are open in other processes."""
    url = f"sqlite:///{folder / 'bench.db'}"
    site = town.build(url)
    who = numbers(members)
    town.members(url, TelegramChannel(TOKEN).account, who)
    logs.configure("INFO", (folder / "bench.log").open("ab"))
    db = SqliteDatabase(url, synchronous="FULL")
    try:
        desk = db.write(lambda tx: staff(tx, site, town.NOW))
        db.write(lambda tx: _some_wait(tx, site))
        before = db.read(count)
        bot = Watched(db, site)
        async with serving(db, site, bot.inbound) as (address, parts):
            cookies = [signed(db, parts, desk[at % len(desk)])["Cookie"] for at in range(inboxes)]
            watcher = await _watch(address, cookies)
            settle()
            played = await play(bot, who, Updates())
            if watcher is not None:
                await _seen(watcher, inboxes)
        check(before, db.read(count), members)
    finally:
        db.close()
    return played


def _some_wait(tx: Tx, site: Site) -> None:
    waits = {
        "owner": "waiting",
        "waiting_since": town.NOW,
        "waiting_reason": "asked",
        "site_id": site.id,
    }
    tx.query(update(_c).where(_c.c.id % WAITING_EVERY == 0).values(**waits))


async def _watch(address: str, cookies: list[str]) -> asyncio.subprocess.Process | None:
    """Readers of the lists in a process of their own, as browsers are; they say when all lists are open."""
    if not cookies:
        return None
    command = [sys.executable, "-m", "bench.inbox", "watch", address, *cookies]
    started = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stdin=asyncio.subprocess.PIPE
    )
    assert started.stdout is not None
    assert await started.stdout.readline() == b"open\n"
    return started


async def _seen(watcher: asyncio.subprocess.Process, inboxes: int) -> None:
    """End the readers; every list must have changed while the turns ran."""
    told, _ = await watcher.communicate(b"\n")
    assert min(json.loads(told)) >= 2, told
    assert len(json.loads(told)) == inboxes


async def watch(address: str, cookies: list[str]) -> None:
    """Open a list for every cookie, count its events, and print the counts when told to end."""
    counts = [0] * len(cookies)
    opened = asyncio.Event()

    async def read(number: int, client: aiohttp.ClientSession) -> None:
        headers = {"Cookie": cookies[number]}
        async with client.get(f"{address}/console/inbox/live", headers=headers, read_bufsize=2**20) as answer:
            async for line in answer.content:
                if line.startswith(b"data: "):
                    counts[number] += 1
                    if all(counts):
                        opened.set()

    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as client:
        reading = [asyncio.create_task(read(number, client)) for number in range(len(cookies))]
        await opened.wait()
        print("open", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
    print(json.dumps(counts))


def measure(*, quick: bool = False, turned: bool = False) -> dict[str, float]:
    """One round: the two waits, then the turns without and with open inboxes, in turned order every other time."""
    found: dict[str, float] = {}
    for part in ("page", "visible"):
        found |= _process(part, *(("quick",) if quick else ()))
    sides: dict[int, dict[str, float]] = {}
    members = str(150 if quick else MEMBERS)
    for inboxes in (STAFF, 0) if turned else (0, STAFF):
        with scratch(f"inbox-turns-{inboxes}") as folder:
            sides[inboxes] = _process("turns", str(folder), members, str(inboxes))
    return {
        **found,
        "turn_with_inboxes": sides[STAFF]["rate"] / sides[0]["rate"],
        **{f"{name}_without_inboxes": value for name, value in sides[0].items()},
        **{f"{name}_with_inboxes": value for name, value in sides[STAFF].items()},
    }


def _process(*args: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.inbox", *args]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{args[0]} failed:\n{done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(what: str, *args: str) -> None:
    """Measure one thing and print it as JSON."""
    if what == "watch":
        asyncio.run(watch(args[0], list(args[1:])))
        return
    conversations = 5_000 if args == ("quick",) else CONVERSATIONS
    if what == "page":
        found = asyncio.run(page(conversations, PAGES // 3 if args else PAGES))
    elif what == "visible":
        found = asyncio.run(visible(conversations, SAMPLES // 5 if args else SAMPLES))
    else:
        folder, members, inboxes = args
        played = asyncio.run(turns(Path(folder), int(members), int(inboxes)))
        found = {"rate": played.rate, "cpu_us": played.cpu_us}
    print(json.dumps({key: round(value, 3) for key, value in found.items()}))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception:
        traceback.print_exc()  # the log's own hook would write it to the bench's log file
        sys.exit(1)
