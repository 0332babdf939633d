"""What the pages need from the house, handed over by `bot/app.py`."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from aiohttp import web

from bot.metrics import Metrics
from bot.office import Offices
from bot.settings import Settings
from flows.screen import Incoming
from flows.texts import Texts
from storage.db import Database, Unit
from storage.office import Office

T = TypeVar("T")
EXIT_URL = "https://meteo.arso.gov.si/"
"""Where quick exit leads: a page anybody could be looking at."""


@dataclass
class Health:
    """What the running parts report of themselves; names and kinds only."""

    channels: dict[str, str | None] = field(default_factory=dict)
    """Channel account -> kind of its last error, None while it works."""
    last_tick: datetime | None = None


@dataclass(frozen=True)
class Parts:
    """The database, the texts, the clock and what else a page asks."""

    db: Database
    texts: Texts
    clock: Callable[[], datetime]
    settings: Settings
    key: bytes
    take: Callable[[Incoming, str], Awaitable[object]]
    """Runs the turn of an update, given with its raw form, and returns after the commit."""
    offices: Offices
    """The office, kept as it is now."""
    health: Health = field(default_factory=Health)
    telegram_username: str | None = None
    exit_url: str = EXIT_URL
    token: Callable[[], str] = lambda: secrets.token_urlsafe(32)
    hint: Callable[[], None] = lambda: None
    """Something was queued outside a turn: delivery looks now."""
    metrics: Metrics = field(default_factory=Metrics)

    async def read(self, unit: Unit[T]) -> T:
        """Run a reading unit without holding the event loop."""
        return await asyncio.wrap_future(self.db.submit_read(unit))

    async def write(self, unit: Unit[T], *, later: bool = False) -> T:
        """Run a writing unit without holding the event loop."""
        return await asyncio.wrap_future(self.db.submit(unit, later=later))

    @property
    def office(self) -> Office:
        """The office as it is now."""
        return self.offices.now

    @property
    def https(self) -> bool:
        """Whether people reach this machine over https."""
        return (self.settings.public_url or "").startswith("https://")

    def signed(self, purpose: str, token: str) -> str:
        """A token derived from another, worth nothing for any other purpose."""
        said = f"{purpose}:{token}".encode("utf-8", "replace")
        return hmac.new(self.key, said, hashlib.sha256).hexdigest()


PARTS: web.AppKey[Parts] = web.AppKey("parts", Parts)
