"""Keeping the texts in the process as the office wants them: after a change here at once, after one elsewhere in seconds."""

from __future__ import annotations

import asyncio

from bot.web.parts import Parts
from flows.texts import Texts
from storage import voices, wordings
from storage.db import Database


class Wordings:
    """Looks whether the office changed a text or opened a language."""

    def __init__(self, db: Database, texts: Texts) -> None:
        self._db = db
        self._texts = texts

    def load(self) -> None:
        """At the start, before anybody is answered."""
        self._texts.use(self._db.read(voices.standing))

    async def once(self) -> bool:
        """Look, and load when something changed; whether it did."""
        known = self._texts.version
        if await asyncio.wrap_future(self._db.submit_read(wordings.version)) == known:
            return False
        standing = await asyncio.wrap_future(self._db.submit_read(voices.standing))
        await asyncio.to_thread(self._texts.use, standing)
        return True


async def reload(parts: Parts) -> None:
    """Something was just committed here: the next turn says it."""
    standing = await parts.read(voices.standing)
    await asyncio.to_thread(parts.texts.use, standing)
