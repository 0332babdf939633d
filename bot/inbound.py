"""Incoming updates: one update, one transaction, and only then the acknowledgement."""

from __future__ import annotations

import asyncio
import traceback
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath

import structlog

from bot.landing import Landing
from flows import engine, failed
from flows.screen import Incoming
from flows.texts import Texts
from storage.db import At, Database, DatabaseUnavailable, nothing
from storage.sites import Site
from storage.sql import Tx

TRIES_MAX = 3
"""A turn that raised so often is kept as failed, and the stream moves on."""
RAW_MAX_CHARS = 20_000
Raw = str | Callable[[str], str]
"""A delivery as it came, or what finds one update in it by its id: a kept failure holds nobody else's words."""
log = structlog.get_logger()


@dataclass
class _Queue:
    """The updates of one conversation wait here, so that a flooding person holds one database thread at most."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Inbound:
    """Turns updates into committed turns. `hint` is called after each commit: there may be something to send."""

    def __init__(
        self,
        db: Database,
        texts: Texts,
        site: Site,
        clock: Callable[[], datetime],
        *,
        hint: Callable[[], None] = lambda: None,
        at: At = nothing,
    ) -> None:
        self._db = db
        self._texts = texts
        self._site = site
        self._clock = clock
        self._hint = hint
        self._at = at
        self._queues: dict[tuple[str, str], _Queue] = defaultdict(_Queue)
        self._ground: Landing | None = None

    async def take(self, incoming: Incoming, raw: Raw = "") -> None:
        """Apply one update; returns after the commit. Raises `DatabaseUnavailable` when it could not be stored."""
        # A caller that hangs up must tear neither the turn nor the order of her words.
        await asyncio.shield(self._in_turn(incoming, raw))
        self._hint()

    async def _in_turn(self, incoming: Incoming, raw: Raw) -> None:
        key = (incoming.account, incoming.sender)
        queue = self._queues[key]
        queue.waiting += 1
        try:
            async with queue.lock:
                await self._turn(incoming, raw)
        finally:
            queue.waiting -= 1
            if not queue.waiting:
                self._queues.pop(key, None)

    async def take_all(self, incomings: Sequence[Incoming], raw: Raw = "") -> None:
        """Apply one delivery's updates: each sender's in order, one failing never costs its neighbours."""
        by_sender: dict[tuple[str, str], list[Incoming]] = defaultdict(list)
        for incoming in incomings:
            by_sender[(incoming.account, incoming.sender)].append(incoming)
        if len(by_sender) == 1:  # a webhook delivers one update: no task beside this one is needed
            for each in by_sender.values():
                await self._in_order(each, raw)
            return
        ended = await asyncio.gather(
            *(self._in_order(each, raw) for each in by_sender.values()), return_exceptions=True
        )
        for result in ended:
            if isinstance(result, BaseException):
                raise result

    async def _in_order(self, incomings: list[Incoming], raw: Raw) -> None:
        for incoming in incomings:
            await self.take(incoming, raw)

    async def _turn(self, incoming: Incoming, raw: Raw) -> None:
        started = self._clock()
        error: Exception | None = None
        for _ in range(TRIES_MAX):
            self._at("inbound.before_write")
            try:
                first = await self._landing().write(lambda tx: self._unit(tx, incoming, started))
            except DatabaseUnavailable:
                raise
            except Exception as raised:  # noqa: BLE001 - a poison update may raise anything; it is kept below
                error = raised
                continue
            self._at("inbound.after_commit")
            log.info(
                "turn",
                channel=_channel(incoming),
                kind=incoming.heard.kind.value,
                outcome="first" if first else "repeat",
            )
            return
        assert error is not None
        await self._give_up(incoming, raw, where(error), started)

    def _landing(self) -> Landing:
        if self._ground is None or self._ground.loop is not asyncio.get_running_loop():
            self._ground = Landing(self._db)
        return self._ground

    def _unit(self, tx: Tx, incoming: Incoming, now: datetime) -> bool:
        return engine.take(tx, incoming, now=now, site=self._site, texts=self._texts)

    async def _give_up(self, incoming: Incoming, raw: Raw, error: str, now: datetime) -> None:
        log.error("turn.failed", channel=_channel(incoming), kind=incoming.heard.kind.value, where=error)
        kept = (raw if isinstance(raw, str) else raw(incoming.external_id))[:RAW_MAX_CHARS]
        try:
            await asyncio.wrap_future(
                self._db.submit(
                    lambda tx: failed.give_up(tx, incoming, kept, error, now=now, texts=self._texts)
                )
            )
        except DatabaseUnavailable:
            raise
        except Exception as raised:
            # Not even the failure could be kept: the platform holds the update until that is repaired.
            log.error("turn.unkept", channel=_channel(incoming), where=where(raised))
            raise DatabaseUnavailable("unkept") from raised


def where(error: BaseException) -> str:
    """The class and place of an error; never its text, which may hold her words."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__}:{place}"


def _channel(incoming: Incoming) -> str:
    return incoming.account.split(":")[0]
