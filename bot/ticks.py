"""The metronome: APScheduler fires, the functions below decide. A tick is one transaction; what it missed it finds next time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from flows import due
from flows.texts import Texts
from storage import messages, outbox, sites, updates
from storage.db import At, Database, DatabaseUnavailable, nothing
from storage.sites import Site
from storage.sql import Tx

UPDATES_KEPT = timedelta(days=30)
"""Meta repeats for a week, Telegram for a day."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Times:
    """What a tick may look at."""

    now: datetime
    site: Site
    texts: Texts
    lateness: due.Lateness
    accounts: frozenset[str]
    """The channel accounts that can write first."""


Tick = Callable[[Tx, Times], int]


def _reminders(tx: Tx, times: Times) -> int:
    return due.reminders(tx, times.now, times.site, times.texts, times.lateness, times.accounts)


def _go_on(tx: Tx, times: Times) -> int:
    return due.go_on(tx, times.now, times.site, times.texts, times.lateness, times.accounts)


def _expire(tx: Tx, times: Times) -> int:
    return messages.expire(tx, times.now) + outbox.forbid(tx)


def _forget(tx: Tx, times: Times) -> int:
    return updates.forget(tx, times.now - UPDATES_KEPT)


TICKS: tuple[tuple[str, int, Tick], ...] = (
    ("reminders", 20, _reminders),
    ("go_on", 120, _go_on),
    ("expire", 30, _expire),
    ("forget", 3600, _forget),
)
"""(name, seconds between, what is done)."""


class Ticks:
    """Fires every line of `TICKS`."""

    def __init__(
        self,
        db: Database,
        times: Callable[[], Times],
        *,
        hint: Callable[[], None] = lambda: None,
        at: At = nothing,
    ) -> None:
        self._db = db
        self._times = times
        self._hint = hint
        self._at = at
        self._scheduler: AsyncIOScheduler | None = None

    async def once(self, name: str) -> int:
        """Fire one line until it finds nothing more to do; how much it did."""
        tick = next(tick for known, _, tick in TICKS if known == name)
        times = self._times()
        done = 0
        while True:
            count = await asyncio.wrap_future(self._db.submit(lambda tx: self._unit(tx, name, tick, times)))
            self._at("ticks.after_commit")
            done += count
            if count == 0 or name in ("expire", "forget"):
                break
        if done:
            log.info("tick", kind=name, count=done)
            self._hint()
        return done

    def _unit(self, tx: Tx, name: str, tick: Tick, times: Times) -> int:
        count = tick(tx, times)
        sites.mark(tx, "tick", times.now)
        self._at(f"ticks.{name}")
        return count

    async def _fire(self, name: str) -> None:
        try:
            await self.once(name)
        except DatabaseUnavailable:
            log.error("tick.failed", kind=name)  # the next one finds the same work

    def start(self) -> None:
        """Begin; a late firing is made up for once, never dropped."""
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for name, seconds, _ in TICKS:
            self._scheduler.add_job(
                self._fire,
                "interval",
                (name,),
                seconds=seconds,
                id=name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
                next_run_time=datetime.now(self._scheduler.timezone),
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """End after the tick that is running."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
