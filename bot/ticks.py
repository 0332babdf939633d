"""The metronome: APScheduler fires, the functions below decide. A tick is one transaction; what it missed it finds next time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import names
from flows import alerts, attendance, changes, due, handover, tasks
from flows.alerts import Promise
from flows.texts import Texts
from storage import audit, messages, outbox, sites, updates
from storage.db import At, Database, DatabaseUnavailable, nothing
from storage.office import Office
from storage.sites import Site
from storage.sql import Tx

UPDATES_KEPT = timedelta(days=30)
"""Meta repeats for a week, Telegram for a day."""
SEALED_AT_ONCE = 100
"""Acts in one transaction: a millisecond of the one writer SQLite has."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Times:
    """What a tick may look at."""

    now: datetime
    office: Office
    texts: Texts
    lateness: due.Lateness
    accounts: frozenset[str]
    """The channel accounts that can write first."""
    at: int | None = None
    """The number of the site this round is for."""
    uid: Callable[[], str] = names.uid

    @property
    def site(self) -> Site:
        """The site this round is for."""
        return self.office.site(self.at)

    @property
    def promise(self) -> Promise:
        """What this site promised who waits, and how long an alert waits for an answer."""
        return Promise(self.site.promised_answer, self.office.ack)


Tick = Callable[[Tx, Times], int]


def _reminders(tx: Tx, times: Times) -> int:
    return due.reminders(tx, times.now, times.site, times.texts, times.lateness, times.accounts)


def _go_on(tx: Tx, times: Times) -> int:
    return due.go_on(tx, times.now, times.site, times.texts, times.lateness, times.accounts)


def _expire(tx: Tx, times: Times) -> int:
    return messages.expire(tx, times.now) + outbox.forbid(tx)


def _forget(tx: Tx, times: Times) -> int:
    return updates.forget(tx, times.now - UPDATES_KEPT)


def _seal(tx: Tx, _times: Times) -> int:
    return audit.seal(tx, SEALED_AT_ONCE)


def _alerts(tx: Tx, times: Times) -> int:
    return alerts.watch(tx, times.now, times.site, times.promise, times.uid)


def _tasks(tx: Tx, times: Times) -> int:
    return tasks.make(tx, times.now, times.site) + tasks.age(tx, times.now, times.site, times.uid)


def _missed(tx: Tx, times: Times) -> int:
    return attendance.decide(tx, times.now, times.site, times.texts, times.accounts)


def _days_off(tx: Tx, times: Times) -> int:
    return changes.days_off(tx, times.now, times.site.id)


def _changes(tx: Tx, times: Times) -> int:
    return changes.decide(tx, times.now, times.site, times.texts, times.accounts)


def _change_calls(tx: Tx, times: Times) -> int:
    return changes.calls(tx, times.now, times.site, times.lateness.call_after)


def _idle_chats(tx: Tx, times: Times) -> int:
    return handover.idle(tx, times.now, times.site, times.texts)


TICKS: tuple[tuple[str, int, Tick], ...] = (
    ("reminders", 20, _reminders),
    ("go_on", 120, _go_on),
    ("expire", 30, _expire),
    ("forget", 3600, _forget),
    ("seal", 60, _seal),
    ("alerts", 5, _alerts),
    ("tasks", 60, _tasks),
    ("missed", 60, _missed),
    ("idle_chats", 60, _idle_chats),
    ("days_off", 20, _days_off),
    ("changes", 20, _changes),
    ("change_calls", 60, _change_calls),
)
"""(name, seconds between, what is done)."""
WHOLE = frozenset({"expire", "forget", "seal"})
"""What knows no site, and is fired once; everything else is fired once a site."""
ONCE = frozenset({"expire", "forget"})
"""What does all there is in one go."""


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
        self._firing: set[asyncio.Task[None]] = set()

    async def once(self, name: str) -> int:
        """Fire one line until it finds nothing more to do; how much it did."""
        tick = next(tick for known, _, tick in TICKS if known == name)
        times = self._times()
        rounds = [times] if name in WHOLE else [replace(times, at=site.id) for site in times.office.sites]
        done = 0
        for one in rounds:
            done += await self._round(name, tick, one)
        if done:
            log.info("tick", kind=name, count=done)
            self._hint()
        return done

    async def _round(self, name: str, tick: Tick, times: Times) -> int:
        done = 0
        while True:
            count = await asyncio.wrap_future(self._db.submit(lambda tx: self._unit(tx, name, tick, times)))
            self._at("ticks.after_commit")
            done += count
            if count == 0 or name in ONCE:
                return done

    def _unit(self, tx: Tx, name: str, tick: Tick, times: Times) -> int:
        count = tick(tx, times)
        sites.mark(tx, "tick", times.now)
        self._at(f"ticks.{name}")
        return count

    async def _fire(self, name: str) -> None:
        me = asyncio.current_task()
        assert me is not None
        self._firing.add(me)
        try:
            await self.once(name)
        except DatabaseUnavailable:
            log.error("tick.failed", kind=name)  # the next one finds the same work
        finally:
            self._firing.discard(me)

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
        """End after the ticks that are running: shutting the scheduler down would leave their transactions behind."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            scheduler.pause()
            await asyncio.gather(*self._firing, return_exceptions=True)
            scheduler.shutdown(wait=False)
