"""Delivery: the only place that sends. Every row it touches ends in a state that says what happened."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterable
from datetime import datetime

import structlog

from bot.channels.base import Channel
from bot.rates import Permits
from bot.sender import DATABASE_S, RESEND_AFTER, Sender, in_database
from storage import outbox
from storage.db import At, Database, DatabaseUnavailable, nothing

LOST_S = 10.0
log = structlog.get_logger()


class Delivery:
    """Sends what is queued for every channel that sends. Permits are counted here: one `Delivery` an account."""

    def __init__(
        self,
        db: Database,
        channels: Iterable[Channel],
        clock: Callable[[], datetime],
        owner: str,
        at: At = nothing,
        *,
        rng: random.Random,
        monotonic: Callable[[], float] = time.monotonic,
        recorded: Callable[[], None] = lambda: None,
        counted: Callable[[str, str], None] = lambda *_: None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._owner = owner
        self._senders = {
            channel.account: Sender(db, channel, channel.limits, clock, owner, at, rng, monotonic, recorded)
            for channel in channels
            if channel.limits is not None
        }
        for sender in self._senders.values():
            sender.counted = counted
        self._stopping = asyncio.Event()

    def hint(self) -> None:
        """Something was queued: look now instead of at the next poll."""
        for sender in self._senders.values():
            sender.wake()

    def permits(self, account: str) -> Permits:
        """The permits of an account, for what is sent beside the outbox."""
        return self._senders[account].permits

    def health(self) -> dict[str, str]:
        """What hinders each account: 'token', 'conflict', 'throttled', 'no_connection', 'database', '' for nothing."""
        return {account: sender.trouble for account, sender in self._senders.items()}

    async def deliver_once(self, account: str) -> int:
        """Claim what may go out now, send it and record it; how many attempts were made."""
        return await self._senders[account].once()

    async def recover(self, dead_owner: str = "") -> int:
        """Settle what was on the wire when its sender died; how many. The lease of `dead_owner` is not awaited."""
        now = self._clock()
        return await in_database(self._db, lambda tx: outbox.lost(tx, now, now + RESEND_AFTER, dead_owner))

    async def run(self) -> None:
        """Deliver until `stop`; what is on the wire then is finished, what was claimed and not tried goes back."""
        # Our own name in a lease can only be our predecessor's, as long as this process has claimed nothing.
        while not self._stopping.is_set() and not await self._recover(self._owner):
            await self._pause(DATABASE_S)
        running = [asyncio.create_task(sender.run()) for sender in self._senders.values()]
        try:
            while not self._stopping.is_set():
                await self._pause(LOST_S)
                # An answer we hold must not be declared lost while it waits for the database.
                if not any(sender.has_unrecorded for sender in self._senders.values()):
                    await self._recover()
        finally:
            self.stop()
            await asyncio.gather(*running)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            pass  # time to look again

    async def _recover(self, dead_owner: str = "") -> bool:
        """Whether the database answered."""
        try:
            lost = await self.recover(dead_owner)
        except DatabaseUnavailable:
            log.error("delivery.database")
            return False
        if lost:
            log.warning("delivery.lost", count=lost)
        return True

    def stop(self) -> None:
        """End `run` gracefully."""
        self._stopping.set()
        for sender in self._senders.values():
            sender.stop()
