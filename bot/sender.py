"""The sender of one account: claims ahead of its permits, sends side by side, records in batches."""

from __future__ import annotations

import asyncio
import heapq
import random
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.channels.base import Channel, Failure, Limits, SendError
from bot.rates import Permits
from storage import outbox, voices
from storage.db import At, Database, DatabaseUnavailable
from storage.messages import BROADCAST, REPLY, Outgoing
from storage.sql import Tx

T = TypeVar("T")
LEASE = timedelta(seconds=60)
"""Longer than waiting for a permit and the slowest send together."""
POLL_S = 1.0
AHEAD_S = 0.1
"""Claimed this long before a permit is due: enough to hide the commit, and few rows are in doubt after a crash."""
SOON_S = 0.002
RESEND_AFTER = timedelta(seconds=60)
OUR_FAULT_S = 60.0
BACKOFF_MAX_S = 60.0
DATABASE_S = 1.0
RECORD_TRIES_AT_END = 3
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one attempt; `after` is when it may be tried again, if it may."""

    message: Outgoing
    at: datetime
    after: datetime
    provider_id: str = ""
    failure: Failure | None = None
    code: str = ""
    ref: str | None = None
    """What the provider calls the recording it was sent."""


class Sender:
    """One account: its permits, what it claimed, what is on the wire, and what is not recorded yet."""

    def __init__(
        self,
        db: Database,
        channel: Channel,
        limits: Limits,
        clock: Callable[[], datetime],
        owner: str,
        at: At,
        rng: random.Random,
        monotonic: Callable[[], float],
        recorded: Callable[[], None] = lambda: None,
    ) -> None:
        self.trouble = ""
        self._db = db
        self._channel = channel
        self._name = channel.account.partition(":")[0]
        self._batch = max(1, limits.per_second // 10)
        self._clock = clock
        self._owner = owner
        self._at = at
        self._rng = rng
        self._monotonic = monotonic
        self._recorded = recorded
        self.counted: Callable[[str, str], None] = lambda _kind, _outcome: None
        """Told of each attempt that ended."""
        self._permits = Permits(limits)
        self._waiting: list[tuple[int, int, Outgoing]] = []
        self._flying: set[asyncio.Task[None]] = set()
        self._results: list[Result] = []
        self._recording: asyncio.Task[None] | None = None
        self._wanted = asyncio.Event()
        self._startable = asyncio.Event()
        self._poll_at = 0.0
        self._look = self._look_bulk = True
        self._stopping = False
        self._not_sent = 0

    @property
    def permits(self) -> Permits:
        """The account's permits: whoever sends beside the outbox takes one too."""
        return self._permits

    @property
    def has_unrecorded(self) -> bool:
        """Whether answers came that the database does not know yet."""
        return bool(self._results)

    def wake(self) -> None:
        """Something may be there to claim."""
        self._look = self._look_bulk = True
        self._wanted.set()

    def stop(self) -> None:
        """End `run` gracefully."""
        self._stopping = True
        self._wanted.set()
        self._startable.set()

    # --- the loop

    async def run(self) -> None:
        """Claim and send until `stop`. Side by side: a permit must not wait for the commit of a claim."""
        await asyncio.gather(
            self._loop(self._claim_some, self._wanted), self._loop(self._start, self._startable)
        )
        await self._finish()

    async def _loop(self, step: Callable[[], Awaitable[float]], wake: asyncio.Event) -> None:
        """Repeat a step when woken or when it asked to be; no fault ends it."""
        while not self._stopping:
            try:
                pause = await step()
            except DatabaseUnavailable:
                self.trouble, pause = "database", DATABASE_S
                log.error("delivery.database", channel=self._name)
            except Exception as raised:  # noqa: BLE001 - a fault of ours must not end all sending
                pause = DATABASE_S
                log.error("delivery.fault", channel=self._name, error=type(raised).__name__)
            await _wait(wake, pause)

    async def once(self) -> int:
        """One pass, as `deliver_once` promises."""
        claimed = await self._claim(self._permits.soon(self._monotonic(), 0.0, urgent=True), BROADCAST)
        started = len(claimed)
        while self._waiting:
            before = len(self._waiting)
            pause = await self._start()
            if len(self._waiting) == before:
                await _wait(self._startable, pause)
        await self._settle()
        return started

    async def _claim_some(self) -> float:
        """Claim what there will be permits for, replies first; seconds until there may be room for more."""
        now = self._monotonic()
        if now >= self._poll_at:
            self._look = self._look_bulk = True
            self._poll_at = now + POLL_S
        pause = self._poll_at - now
        if self._look:
            room = self._permits.soon(now, AHEAD_S, urgent=True) - len(self._waiting)
            has_replies = any(lane <= REPLY for lane, _, _ in self._waiting)
            if room >= (self._batch if has_replies else 1):
                self._look = False
                self._look |= len(await self._claim(room, REPLY)) == room
            if self._look and not self._waiting:
                pause = min(pause, self._permits.wait(now, REPLY) - AHEAD_S)
        if self._look_bulk:
            room = self._permits.soon(now, AHEAD_S, urgent=False) - len(self._waiting)
            if room >= (self._batch if self._waiting else 1):
                self._look_bulk = False
                self._look_bulk |= len(await self._claim(room, BROADCAST)) == room
            if self._look_bulk and not self._waiting:
                pause = min(pause, self._permits.wait(now, BROADCAST) - AHEAD_S)
        return max(SOON_S, pause)

    async def _claim(self, limit: int, lane_max: int) -> list[Outgoing]:
        now = self._clock()
        claimed = await in_database(
            self._db,
            lambda tx: outbox.claim(
                tx,
                self._channel.account,
                self._owner,
                now=now,
                until=now + LEASE,
                limit=limit,
                lane_max=lane_max,
            ),
        )
        if self.trouble == "database":
            self.trouble = ""
        if claimed:
            self._at("delivery.after_claim")
        for message in claimed:
            heapq.heappush(self._waiting, (message.lane, message.id, message))
        self._startable.set()
        return claimed

    async def _start(self) -> float:
        """Start whatever has a permit; seconds until the next one is due."""
        if self._waiting and self._permits.paused_until > self._monotonic() + AHEAD_S:
            await self._put_back_all(self._pause_s())
        while self._waiting:
            now = self._monotonic()
            lane, _, message = self._waiting[0]
            pause = self._permits.wait(now, lane)
            if pause > 0:
                return pause
            heapq.heappop(self._waiting)
            chat_pause = self._permits.chat_wait(now, message.external_id)
            if chat_pause > 0:
                await self._put_back([message], chat_pause)
                continue
            self._permits.take(now, lane, message.external_id)
            self._wanted.set()
            task = asyncio.create_task(self._send(message))
            self._flying.add(task)
            task.add_done_callback(self._flying.discard)
        return POLL_S

    def _pause_s(self) -> float:
        return max(0.0, self._permits.paused_until - self._monotonic())

    async def _put_back_all(self, seconds: float) -> None:
        messages = [message for _, _, message in self._waiting]
        self._waiting.clear()
        await self._put_back(messages, seconds)

    async def _put_back(self, messages: list[Outgoing], seconds: float) -> None:
        at = self._clock() + timedelta(seconds=seconds)
        await in_database(self._db, lambda tx: [outbox.put_back(tx, m.id, m.attempt, at) for m in messages])

    async def _finish(self) -> None:
        """Give back what was not tried, see what is on the wire to its end, and record it."""
        try:
            if self._waiting:
                await self._put_back_all(0.0)
        except DatabaseUnavailable:
            log.error("delivery.database", channel=self._name)  # their lease will run out
        await self._settle()

    async def _settle(self) -> None:
        while self._flying:
            await asyncio.wait(set(self._flying))
        if self._recording is not None:
            await self._recording
            self._recording = None

    # --- one message

    async def _send(self, message: Outgoing) -> None:
        self._at("delivery.before_send")
        started = self._monotonic()
        provider_id, ref, error = "", None, None
        try:
            if message.sound is None:
                provider_id = await self._channel.send(message)
            else:
                provider_id, ref = await self._channel.speak(message)
        except SendError as raised:
            error = raised
        except Exception as raised:  # noqa: BLE001 - a fault of ours in a channel must not lose the row or stop the others
            log.error(
                "delivery.fault",
                channel=self._name,
                message=message.id,
                error=type(raised).__name__,
            )
            error = SendError(Failure.UNKNOWN, "fault")
        answered = error is None or error.kind not in (Failure.UNKNOWN, Failure.NOT_SENT)
        self._permits.done(started, self._monotonic(), answered=answered)
        self.counted(message.kind, "sent" if error is None else error.kind.value)
        self._at("delivery.after_send")
        self._results.append(replace(self._result(message, provider_id, error), ref=ref))
        if self._recording is None or self._recording.done():
            self._recording = asyncio.create_task(self._record_all())
        self._wanted.set()
        self._startable.set()

    def _result(self, message: Outgoing, provider_id: str, error: SendError | None) -> Result:
        """Also sets what the failure means for the whole account."""
        now, mono = self._clock(), self._monotonic()
        if error is None:
            self._not_sent, self.trouble = 0, ""
            return Result(message, now, now, provider_id=provider_id)
        seconds = RESEND_AFTER.total_seconds()
        if error.kind is Failure.NOT_SENT:
            # What was on the wire together fails together, and counts once.
            self._not_sent += mono >= self._permits.paused_until
            full = min(BACKOFF_MAX_S, 2.0 ** min(message.attempt - 1, 10))
            seconds = full * self._rng.uniform(0.75, 1.0)
            # No connection is nobody's fault in particular: the others wait a moment too.
            self._permits.pause(mono + min(seconds, 2.0 ** min(max(self._not_sent - 1, 0), 5)))
        elif error.kind is Failure.THROTTLED:
            seconds = error.retry_after
            self._permits.pause(mono + seconds)
        elif error.kind is Failure.OUR_FAULT:
            seconds = OUR_FAULT_S
            self._permits.pause(mono + seconds)
        if error.kind in (Failure.NOT_SENT, Failure.THROTTLED, Failure.OUR_FAULT):
            self.trouble = error.code
        log.warning(
            "delivery.failed",
            channel=self._name,
            message=message.id,
            kind=error.kind.value,
            reason=error.code,
            attempt=message.attempt,
        )
        return Result(message, now, now + timedelta(seconds=seconds), failure=error.kind, code=error.code)

    async def _record_all(self) -> None:
        """Write results as they come, all that are there in one commit; a dead database is waited for."""
        tries = 0
        while self._results:
            batch = tuple(self._results)
            try:
                await self._record(batch)
            except DatabaseUnavailable:
                self.trouble = "database"
                tries += 1
                if self._stopping and tries >= RECORD_TRIES_AT_END:
                    log.error("delivery.unrecorded", channel=self._name, count=len(batch))
                    return  # their lease will run out, and they end as in doubt, which they are
                await asyncio.sleep(DATABASE_S)
                continue
            del self._results[: len(batch)]
            self._at("delivery.after_record")
            self._recorded()
            # What waited behind these in their conversations may go now.
            self.wake()

    async def _record(self, batch: tuple[Result, ...]) -> None:
        try:
            await in_database(self._db, lambda tx: record(tx, batch))
        except DatabaseUnavailable:
            raise
        except Exception as raised:  # noqa: BLE001 - one row that cannot be written must not hold up the others
            if len(batch) == 1:
                log.error("delivery.fault", message=batch[0].message.id, error=type(raised).__name__)
                return  # its lease will run out
            for result in batch:
                await self._record((result,))


def record(tx: Tx, results: Iterable[Result]) -> None:
    """Write what became of each attempt."""
    for result in results:
        _record(tx, result)


def _record(tx: Tx, result: Result) -> None:
    message, why = result.message, f"{result.failure}:{result.code}"
    match result.failure:
        case None:
            outbox.sent(tx, message.id, message.attempt, result.provider_id, result.at)
            if message.sound is not None and result.ref is not None and message.sound.ref is None:
                voices.remember(tx, message.sound.id, message.account, result.ref)
        case Failure.NOT_SENT | Failure.THROTTLED | Failure.OUR_FAULT:
            outbox.again(tx, message.id, message.attempt, result.after, why)
        case Failure.REFUSED if message.sound is not None:
            _without_voice(tx, result, why)
        case Failure.REFUSED:
            outbox.failed(tx, message.id, message.attempt, why)
        case Failure.UNREACHABLE:
            if outbox.failed(tx, message.id, message.attempt, why):
                outbox.unreachable(tx, message.conversation_id)
        case Failure.UNKNOWN:
            outbox.unconfirmed(tx, message.id, message.attempt, why, now=result.at, at=result.after)


def _without_voice(tx: Tx, result: Result, why: str) -> None:
    """A name the provider forgot: the bytes go once more. Refused bytes: her words go without them."""
    message, sound = result.message, result.message.sound
    if sound is not None and sound.ref is not None:
        voices.forget(tx, sound.id, message.account, sound.ref)
        outbox.again(tx, message.id, message.attempt, result.at, why)
    else:
        outbox.as_text(tx, message.id, message.attempt, result.at, why)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    """Until the event or so many seconds later."""
    if not event.is_set():
        handle = asyncio.get_running_loop().call_later(seconds, event.set)
        await event.wait()
        handle.cancel()
    event.clear()


async def in_database(db: Database, fn: Callable[[Tx], T]) -> T:
    """Run `fn` in a writing transaction without holding up the loop."""
    return await asyncio.wrap_future(db.submit(fn))
