"""The night's cleaning: what is over its time goes, in pieces so small that nobody waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import TypeVar

import structlog

from bot.erasing import Erasing
from storage import audit, retention
from storage.db import Database, DatabaseUnavailable, Unit
from storage.retention import RULES, Keep
from storage.sql import Tx

T = TypeVar("T")
FROM_HOUR, UNTIL_HOUR = 3, 5
"""Local time of the site."""
MISSED = timedelta(hours=36)
"""A machine that is off at night cleans when it is on."""
LOOK_S = 300.0
log = structlog.get_logger()


class Nightly:
    """Runs the retention once a night."""

    def __init__(
        self,
        db: Database,
        erasing: Erasing,
        keep: Callable[[], Keep],
        zone: tzinfo,
        clock: Callable[[], datetime],
    ) -> None:
        self._db = db
        self._erasing = erasing
        self._keep = keep
        self._zone = zone
        self._clock = clock

    async def run(self) -> None:
        """Look every few minutes whether it is time, until cancelled."""
        while True:
            try:
                if await self.is_due():
                    await self.clean()
            except DatabaseUnavailable:
                log.error("nightly.database")
            await asyncio.sleep(LOOK_S)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)

    async def is_due(self) -> bool:
        """Whether it is night and this night is not done, or the last nights were missed."""
        last, now = await self._read(retention.last), self._clock()
        if last is None or now - last.at > MISSED:
            return True
        local = self._local(now)
        return FROM_HOUR <= local.hour < UNTIL_HOUR and self._local(last.at).date() != local.date()

    async def clean(self) -> dict[str, int] | None:
        """Plan at one moment, then carry it out; what went, by kind. None when another process does this night."""
        now = self._clock()
        night = self._local(now).date()
        run_id = await self._write(lambda tx: retention.begun(tx, night, now))
        if run_id is None:
            return None
        plan = await self._read(lambda tx: retention.plan(tx, now, self._keep()))
        counts: dict[str, int] = {}
        for rule in RULES:
            keys = plan[rule.kind]
            pieces = [keys[at : at + rule.chunk] for at in range(0, len(keys), rule.chunk)]
            counts[rule.kind] = 0
            for piece in pieces:
                counts[rule.kind] += await self._write(
                    lambda tx, rule=rule, piece=piece: retention.carry_out(tx, rule, piece, now, self._keep())  # type: ignore[misc]  # mypy cannot type a default
                )
        finished = self._clock()

        def end(tx: Tx) -> None:
            retention.finished(tx, run_id, counts, finished)
            audit.record(tx, finished, audit.SYSTEM, "retention.run", None, counts)

        await self._write(end)
        await self._erasing.once(whole=True)
        log.info("nightly.done", count=sum(counts.values()))
        return counts

    async def _read(self, unit: Unit[T]) -> T:
        return await asyncio.wrap_future(self._db.submit_read(unit))

    async def _write(self, unit: Unit[T]) -> T:
        return await asyncio.wrap_future(self._db.submit(unit))
