"""What a process keeps of the database in mind is looked at again and again: another process may have changed it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from storage.db import DatabaseUnavailable

EVERY_S = 3.0
"""How soon a change made elsewhere is known here: one read of one row."""
log = structlog.get_logger()


async def look(what: str, once: Callable[[], Awaitable[bool]]) -> None:
    """Until cancelled; while the database does not answer, what was loaded holds."""
    while True:
        await asyncio.sleep(EVERY_S)
        try:
            if await once():
                log.info("kept.loaded", what=what)
        except DatabaseUnavailable:
            log.error("kept.failed", what=what)
