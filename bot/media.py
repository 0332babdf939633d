"""Fetching what members let a person look at, and removing it when its day is over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import structlog

from bot.channels.base import SendError
from bot.files import Folder, NoSpace, Refused, sniffed
from flows import media as flow
from flows.texts import Texts
from storage import media
from storage.db import Database, DatabaseUnavailable, Unit
from storage.media import Wanted
from storage.sql import Tx

POLL_S = 2.0
AT_ONCE = 2
"""Files fetched side by side: each may hold some megabytes of memory."""
LEASE = timedelta(minutes=5)
"""Longer than any fetch may take."""
BACKOFF = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
"""Between the tries; after the last one it has failed."""
TIDY_EVERY = timedelta(minutes=15)
LOST_AFTER = timedelta(hours=1)
"""A file without a row may still get one that long: its turn is being stored."""
BATCH = 100
T = TypeVar("T")
log = structlog.get_logger()


class Source(Protocol):
    """A channel that files are fetched from."""

    async def fetch(self, ref: str, limit: int) -> bytes:
        """The bytes. Raises `SendError`, or `Refused` when there are too many."""


class Fetcher:
    """Brings files here, each with its own tries, and takes them away again."""

    def __init__(
        self,
        db: Database,
        sources: Mapping[str, Source],
        folder: Folder,
        clock: Callable[[], datetime],
        texts: Texts,
        *,
        limit: int,
        hint: Callable[[], None] = lambda: None,
    ) -> None:
        self._db = db
        self._sources = dict(sources)
        self._folder = folder
        self._clock = clock
        self._texts = texts
        self._limit = limit
        self._hint = hint

    async def run(self) -> None:
        """Fetch and tidy until cancelled."""
        tidied: datetime | None = None
        while True:
            busy = False
            try:
                now = self._clock()
                if tidied is None or now - tidied >= TIDY_EVERY:
                    tidied = now
                    await self.tidy()
                busy = await self.once() > 0
            except (DatabaseUnavailable, OSError):
                log.error("media.round")  # the next one finds the same work
            if not busy:
                await asyncio.sleep(POLL_S)

    async def once(self) -> int:
        """Fetch what is due; how many tries that were."""
        done = 0
        for account, source in self._sources.items():
            now = self._clock()
            claimed = await self._write(
                lambda tx, account=account, now=now: media.claim(  # type: ignore[misc]  # mypy cannot type a default
                    tx, account, now=now, until=now + LEASE, limit=AT_ONCE
                )
            )
            await asyncio.gather(*(self._fetch(source, one) for one in claimed))
            done += len(claimed)
        if done:
            self._hint()
        return done

    async def _fetch(self, source: Source, wanted: Wanted) -> None:
        try:
            if wanted.provider_ref is None or (wanted.size or 0) > self._limit:
                raise Refused("too_big" if wanted.provider_ref else "empty")
            body = await source.fetch(wanted.provider_ref, self._limit)
            content_type = sniffed(body)
            await asyncio.to_thread(self._folder.store, wanted.uid, body)
        except Refused as refused:
            await self._end(wanted, "refused", refused.why)
        except NoSpace:
            await self._again(wanted, "no_space", 0)
        except SendError as error:
            await self._again(wanted, error.code, error.retry_after)
        else:
            log.info("media", outcome="stored", kind=content_type)
            size = len(body)
            is_ours = await self._write(lambda tx: media.stored(tx, wanted, content_type, size))
            # She was erased meanwhile; or it took longer than the lease, and another try has it under the same name.
            if not is_ours and await self._read(lambda tx: media.find(tx, wanted.uid)) is None:
                await asyncio.to_thread(self._folder.remove, wanted.uid)

    async def _again(self, wanted: Wanted, error: str, wait_s: float) -> None:
        if wanted.attempt > len(BACKOFF):
            await self._end(wanted, "failed", error)
            return
        at = self._clock() + max(BACKOFF[wanted.attempt - 1], timedelta(seconds=wait_s))
        log.info("media", outcome="retry", reason=error)
        await self._write(lambda tx: media.retry(tx, wanted, at, error))

    async def _end(self, wanted: Wanted, state: str, why: str) -> None:
        """It will not come: staff see why, and she is told in the same commit."""
        now = self._clock()
        log.info("media", outcome=state, reason=why)

        def unit(tx: Tx) -> None:
            if media.end(tx, wanted, state, why):
                flow.tell(tx, wanted, why, now=now, texts=self._texts)

        await self._write(unit)

    async def tidy(self) -> int:
        """Remove what is over and what belongs to nothing; how many files. The bytes go first: a crash loses none."""
        done = 0
        while True:
            now = self._clock()
            over = await self._read(lambda tx: media.over(tx, now, BATCH))  # noqa: B023 - awaited within its round
            await asyncio.to_thread(self._remove, over)
            await self._write(lambda tx: media.gone(tx, over, now))  # noqa: B023 - as above
            done += len(over)
            if len(over) < BATCH:
                break
        old = await asyncio.to_thread(self._folder.older_than, self._clock() - LOST_AFTER)
        for first in range(0, len(old), BATCH):
            some = old[first : first + BATCH]
            known = await self._read(lambda tx: media.known(tx, some))  # noqa: B023 - as above
            lost = [uid for uid in some if uid not in known]
            await asyncio.to_thread(self._remove, lost)
            done += len(lost)
        if done:
            log.info("media", outcome="removed", count=done)
        return done

    def _remove(self, uids: list[str]) -> None:
        for uid in uids:
            self._folder.remove(uid)

    async def _read(self, unit: Unit[T]) -> T:
        return await asyncio.wrap_future(self._db.submit_read(unit))

    async def _write(self, unit: Unit[T]) -> T:
        return await asyncio.wrap_future(self._db.submit(unit))
