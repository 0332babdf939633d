"""The office as this process sees it: after a change here at once, after one elsewhere in seconds."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.settings import Settings
from storage import office, sites
from storage.db import Database
from storage.office import Office
from storage.sql import Tx

if TYPE_CHECKING:
    from bot.web.parts import Parts


class Offices:
    """Keeps the office, and looks whether somebody changed it."""

    def __init__(self, db: Database, known: Office | None = None) -> None:
        self._db = db
        self.now = known or db.read(office.load)
        """As it was last read; raises `NoSite` at the start when there is nothing to run for."""

    async def load(self) -> None:
        """Read it anew."""
        read = await asyncio.wrap_future(self._db.submit_read(office.load))
        if read.version >= self.now.version:  # two that read at once may end in the other order
            self.now = read

    async def once(self) -> bool:
        """Look, and load when something changed; whether it did."""
        if await asyncio.wrap_future(self._db.submit_read(office.version)) == self.now.version:
            return False
        await self.load()
        return True


def adopt(tx: Tx, settings: Settings, now: datetime) -> None:
    """The first start of an office without its row: what the environment says is written down, and the console holds it."""
    if not office.add(tx, keep=settings.keep, ack_minutes=settings.alert_ack_minutes, opened_at=now):
        return
    minute = timedelta(minutes=1)
    promised, idle = settings.promised_answer_minutes * minute, settings.idle_after_minutes * minute
    for site in sites.every(tx):
        sites.change(tx, replace(site, promised_answer=promised, idle_after=idle))


async def reload(parts: Parts) -> None:
    """Something of it was just committed here: the next turn and the next tick know."""
    await parts.offices.load()
