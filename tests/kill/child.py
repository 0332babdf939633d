"""One life of the bot: the real parts on a real database, which may end at any moment.

Forked by `tests/kill/run.py`, or started as a process of its own: `python -m tests.kill.child '<life as JSON>'`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import func, select, text

from bot import logs
from bot.alerts import Alerts
from bot.channels.base import Limits
from bot.channels.telegram import TelegramChannel
from bot.delivery import Delivery
from bot.inbound import Inbound
from bot.push import Push
from bot.settings import Settings
from bot.telegram_feed import TelegramFeed
from bot.ticks import Ticks, Times
from flows import alerts as rules
from flows.due import Lateness
from storage import calls, messages, sites, updates, wake
from storage.conversations import ConversationRow
from storage.db import Database, open_database
from storage.duty import AlertSend
from storage.members import MemberRow
from storage.messages import MessageRow
from storage.office import alone
from storage.sql import Tx, from_ms, table
from storage.updates import UpdateRow
from tests.helpers import make
from tests.helpers.provider import TOKEN
from tests.kill.people import COLLEAGUES

JUMP = timedelta(seconds=61)
"""Longer than a lease and than the pause before a resend."""
HEAL_S = 90.0
FAST = Limits(per_second=300, chat_gap_s=0.01, text_max=4096)
"""Pace is tested elsewhere; here it would only make each life emptier."""
BULK_OPEN = timedelta(hours=2)
_m = table(MessageRow)
_c = table(ConversationRow)
_p = table(MemberRow)
_u = table(UpdateRow)
_call = table(AlertSend)


@dataclass(frozen=True)
class Life:
    """What one process is told. It ends itself at the `nth` time it passes `point`, or is ended from outside."""

    url: str
    base: str
    number: int
    now_ms: int
    seed: int
    point: str = ""
    nth: int = 1
    expected: int = 0
    """When not 0, live until so many updates are stored and nothing is left open, then end well."""
    last: int = 0
    """The update that must have been confirmed by then."""
    mutant: str = ""
    """A planted fault, to see that the checks find it."""


class Clock:
    """Runs like ours from the given time; `forward` jumps."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def forward(self, how_long: timedelta) -> None:
        """Jump on."""
        self._start += how_long


class Fate:
    """Ends this process when its time has come, and says so first."""

    def __init__(self, life: Life, tell: int) -> None:
        self._life = life
        self._tell = tell
        self._passed: Counter[str] = Counter()

    def __call__(self, point: str) -> None:
        self._passed[point] += 1
        if point == self._life.point and self._passed[point] >= self._life.nth:
            os.write(self._tell, point.encode())
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class House:
    """The parts, put together as in production."""

    db: Database
    clock: Clock
    channel: TelegramChannel
    delivery: Delivery
    alerts: Alerts
    feed: TelegramFeed
    ticks: Ticks


def build(life: Life, at: Callable[[str], None]) -> House:
    db = open_database(life.url, at)
    clock = Clock(from_ms(life.now_ms))
    texts = make.texts()
    site = db.read(lambda tx: sites.find(tx, "celje"))
    assert site is not None
    channel = TelegramChannel(TOKEN, life.base)
    channel.limits = FAST
    delivery = Delivery(
        db, [channel], clock, owner=f"life-{life.number}", at=at, rng=random.Random(life.seed)
    )
    inbound = Inbound(db, texts, lambda: alone(site), clock, hint=delivery.hint, at=at, outside=make.OUTSIDE)
    accounts = frozenset({channel.account})
    push = Push(Settings(database_url=life.url), clock)  # nobody here has a browser
    alerts = Alerts(db, clock, texts, push, channel, delivery.permits(channel.account), at=at)
    feed = TelegramFeed(channel, inbound, asides=(alerts.aside,))

    def hint() -> None:
        delivery.hint()
        alerts.hint()

    ticks = Ticks(db, lambda: Times(clock(), alone(site), texts, Lateness(), accounts), hint=hint, at=at)
    return House(db, clock, channel, delivery, alerts, feed, ticks)


async def live(life: Life, tell: int) -> int:
    """Run until killed, or until everything is healed; 0 when it is."""
    house = build(life, Fate(life, tell))
    _mutate(life, house)
    plant(house.db, house.clock(), life, house.channel.account)
    work = [
        asyncio.create_task(part) for part in (house.feed.poll(), house.alerts.run(), house.delivery.run())
    ]
    house.ticks.start()
    async with _ending(house, work):
        if life.expected:
            return 0 if await _heal(house, life) else 3
        await asyncio.gather(*work)
    return 4  # nobody asked it to end


@contextlib.asynccontextmanager
async def _ending(house: House, work: list[asyncio.Task[None]]) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await house.ticks.stop()
        for task in work[:2]:
            task.cancel()
        house.delivery.stop()
        await asyncio.gather(*work, return_exceptions=True)
        await house.channel.close()
        house.db.close()


async def _heal(house: House, life: Life) -> bool:
    """Whether all was heard and nothing is left open; the clock jumps over leases and pauses while nothing moves."""
    deadline = time.monotonic() + HEAL_S
    before: tuple[int, int] | None = None
    found, still = (0, 0), 0
    while time.monotonic() < deadline:
        await asyncio.sleep(0.25)
        found = await asyncio.wrap_future(house.db.submit_read(_rest))
        if found == (life.expected, 0) and (house.feed._offset or 0) > life.last:
            # A last tick may still have found something to do: with the jumps, an alert nobody looked at is due again.
            await house.ticks.stop()
            if await asyncio.wrap_future(house.db.submit_read(_rest)) == found:
                return True
        still = still + 1 if found == before else 0
        if still > 40:
            break
        if still:
            house.clock.forward(JUMP if found[1] else timedelta())
            for name in ("reminders", "go_on", "expire", "alerts"):
                await house.ticks.once(name)
            await house.delivery.recover()
            house.delivery.hint()
            house.alerts.hint()
        before = found
    print(f"not healed: {found} of {life.expected}", file=sys.stderr)
    return False


def _rest(tx: Tx) -> tuple[int, int]:
    """How many updates are stored, and how many messages and calls are open."""
    stored = tx.query(select(func.count().label("n")).select_from(_u))[0].n
    busy = select(func.count().label("n")).where(_m.c.state.in_((*messages.OPEN, "sending")))
    calling = select(func.count().label("n")).where(_call.c.state.in_(("queued", "retry", "sending")))
    return stored, tx.query(busy)[0].n + tx.query(calling)[0].n


def plant(db: Database, now: datetime, life: Life, account: str) -> None:
    """Queue some unasked messages, bulk that must never be doubled and one that may be repeated once; try an alert."""
    rng = random.Random(life.seed)

    def unit(tx: Tx) -> None:
        free = (
            select(_c.c.id)
            .join(_p, _p.c.id == _c.c.member_id)
            .where(_p.c.stopped_at.is_(None), ~_p.c.do_not_write)
            .order_by(_c.c.id)
        )
        for number, row in enumerate(rng.sample(found := tx.query(free), min(4, len(found)))):
            is_bulk = number < 3
            messages.add(
                tx,
                row.id,
                account,
                "broadcast" if is_bulk else "notice",
                f"planted {life.number}.{number}",
                now=now,
                language="sl",
                lane=messages.BROADCAST if is_bulk else messages.NOTICE,
                policy=messages.NEVER_RESEND if is_bulk else messages.RESEND_ONCE,
                expires_at=now + BULK_OPEN,
            )
        site = sites.find(tx, "celje")
        colleague = wake.whose(tx, str(rng.choice(COLLEAGUES)))
        assert site is not None
        assert colleague is not None
        rules.test(tx, now, site.id, colleague, f"test{life.number}")

    db.write(unit)


def _mutate(life: Life, house: House) -> None:
    """Plant the fault that was asked for; what a careless version of the house would do."""
    if life.mutant == "requeue":
        careless = text("UPDATE messages SET state = 'queued', lease_owner = NULL WHERE state = 'sending'")
        house.db.write(lambda tx: tx.query(careless))
    elif life.mutant == "no_key":
        updates.first_time = _always_first
    elif life.mutant == "no_lost":
        calls.lost = lambda tx, now: 0  # noqa: ARG005 - the names it is called by
    elif life.mutant == "early_ack":
        house.feed.poll_once = _early(house)  # type: ignore[method-assign, assignment]  # the fault


def _always_first(tx: Tx, account: str, external_id: str, now: datetime) -> bool:
    tx.run(updates._FIRST, account=account, external_id=external_id, at=now)
    return True


def _early(house: House) -> Callable[[int], Any]:
    async def poll_once(timeout_s: int) -> bool:
        feed, channel = house.feed, house.channel
        raw = await channel.get_updates(feed._offset, timeout_s)
        feed._offset = channel.next_offset(raw) or feed._offset
        if feed._offset is not None:
            await channel.get_updates(feed._offset, 0)
        await feed._inbound.take_all(channel.parse(raw))
        return True

    return poll_once


def run(life: Life, tell: int) -> int:
    """A whole life; the exit code."""
    logs.configure()
    return asyncio.run(live(life, tell))


if __name__ == "__main__":
    sys.exit(run(Life(**orjson.loads(sys.argv[1])), sys.stdout.fileno()))
