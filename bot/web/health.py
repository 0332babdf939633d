"""`GET /health`: whether the machine works, without a word about anybody."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from aiohttp import web

from bot.channels.web import ACCOUNT
from bot.web.parts import PARTS, Parts
from storage import today
from storage.db import DatabaseUnavailable

DATABASE_S = 5
TICK_LATE = timedelta(minutes=5)
"""A tick runs every few seconds; when it is this old, nobody is reminded."""


async def health(request: web.Request) -> web.Response:
    """200 while everything works, 503 with the same facts otherwise."""
    parts = request.app[PARTS]
    now = parts.clock()
    oldest, database = await _oldest(parts, now)
    tick = parts.health.last_tick
    late = tick is not None and now - tick > TICK_LATE
    well = database == "ok" and not late and not any(parts.health.channels.values())
    facts = {
        "status": "ok" if well else "trouble",
        "database": database,
        "channels": {name: kind or "ok" for name, kind in parts.health.channels.items()},
        "oldest_unsent_s": _seconds(oldest, now),
        "last_tick_s": _seconds(tick, now),
    }
    return web.json_response(facts, status=200 if well else 503)


async def _oldest(parts: Parts, now: datetime) -> tuple[datetime | None, str]:
    """Since when the oldest message waits, and one word about the database."""
    try:
        async with asyncio.timeout(DATABASE_S):
            return await parts.read(lambda tx: today.oldest_unsent(tx, ACCOUNT, now)), "ok"
    except TimeoutError:
        return None, "slow"
    except DatabaseUnavailable:
        return None, "unavailable"
    except Exception:  # noqa: BLE001 - whatever the driver says, the answer is one word
        return None, "failed"


def _seconds(since: datetime | None, now: datetime) -> int | None:
    return None if since is None else max(0, int((now - since).total_seconds()))
