"""Delivery between a real database and the fake provider, on a clock of the test's own."""

import asyncio
import random
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot.channels.telegram import TelegramChannel
from bot.channels.web import WebChannel
from bot.delivery import Delivery
from bot.metrics import Metrics
from storage import conversations, messages
from storage.db import Database, DatabaseUnavailable, nothing
from storage.members import AddressRow
from storage.messages import MessageRow
from storage.sql import Tx, table
from tests.helpers import make, provider

ACCOUNT = provider.ACCOUNT
_m = table(MessageRow)
_a = table(AddressRow)


@dataclass
class Office:
    """A database, a provider and the delivery between them; time passes when the test says so."""

    db: Database
    remote: provider.Remote
    channel: TelegramChannel
    clock: make.Clock
    points: list[str] = field(default_factory=list)
    at: Callable[[str], None] = nothing
    skipped: float = 0.0
    metrics: Metrics = field(default_factory=Metrics)

    def __post_init__(self) -> None:
        self.delivery = self.open(self.db)

    def open(self, db: Database, owner: str = "run") -> Delivery:
        return Delivery(
            db,
            [self.channel, WebChannel()],
            self.clock,
            owner,
            self.point,
            rng=random.Random(1),
            monotonic=lambda: time.monotonic() + self.skipped,
            counted=self.metrics.sent,
        )

    def point(self, name: str) -> None:
        self.points.append(name)
        self.at(name)

    def pass_time(self, seconds: float) -> None:
        self.clock.forward(seconds=seconds)
        self.skipped += seconds

    def queue(self, chat: int = 1, text: str = "Pozdravljeni", account: str = ACCOUNT, **how: Any) -> int:
        def unit(tx: Tx) -> int:
            conversation, _ = conversations.load(tx, account, str(chat), self.clock.at)
            return messages.add(tx, conversation.id, account, "answer", text, now=self.clock.at, **how)

        return self.db.write(unit)

    async def deliver(self) -> int:
        return await self.delivery.deliver_once(ACCOUNT)

    def row(self, message_id: int) -> Any:
        return self.db.read(lambda tx: tx.query(select(_m).where(_m.c.id == message_id)))[0]

    def states(self) -> list[str]:
        return [row.state for row in self.db.read(lambda tx: tx.query(select(_m.c.state).order_by(_m.c.id)))]

    def texts(self) -> list[str]:
        return [params["text"] for params in self.remote.accepted()]

    def is_reachable(self) -> bool:
        return bool(self.db.read(lambda tx: tx.query(select(_a.c.reachable)))[0].reachable)


class Failing(Database):
    """The same database, away for the next `times` writes after the claim."""

    def __init__(self, inner: Database) -> None:
        super().__init__()
        self.url, self.dialect, self._inner = inner.url, inner.dialect, inner
        self.calls = 0
        self.away = range(2, 4)

    def submit(self, fn: Callable[[Tx], Any], *, later: bool = False) -> Future[Any]:
        self.calls += 1
        if self.calls in self.away:
            failed: Future[Any] = Future()
            failed.set_exception(DatabaseUnavailable())
            return failed
        return self._inner.submit(fn, later=later)


async def until(holds: Callable[[], bool]) -> None:
    """Let the loop go on until it holds; the test's own limit ends a wait in vain."""
    while not holds():  # noqa: ASYNC110 - what is awaited happens in a database, which sets no event
        await asyncio.sleep(0.005)
