"""Figure 3: what share of the provider's rate a backlog reaches, and how many messages arrive in the fullest second.

The provider runs in another process and counts by its own clock: `python -m bench.sender seconds=60 latency_ms=0`.
`ptb=1` measures python-telegram-bot's own AIORateLimiter on the same provider afterwards. Prints JSON.
"""

import asyncio
import contextlib
import json
import random
import sys
import tempfile
import time
from collections import deque
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.telegram import TelegramChannel
from bot.delivery import Delivery
from storage import conversations, messages
from storage.db import open_database
from storage.migrate import upgrade
from storage.sql import Tx
from tests.helpers import provider

RATE = 30
CHATS = 500


def arrivals(remote: provider.Remote) -> list[float]:
    return sorted(call["at"] for call in remote.calls())


def shares(times: list[float], seconds: float) -> tuple[float, float, float]:
    """Share of the rate in the time measured, the fullest second's share, and how many came in it."""
    first = times[0]
    inside = [at for at in times if at < first + seconds]
    window: deque[float] = deque()
    fullest = 0
    for at in times:
        window.append(at)
        while window[0] <= at - 1.0:
            window.popleft()
        fullest = max(fullest, len(window))
    return len(inside) / (RATE * seconds), fullest / RATE, fullest


def fill(tx: Tx, count: int) -> None:
    now = datetime.now(UTC)
    ids = [conversations.load(tx, provider.ACCOUNT, str(10_000 + chat), now)[0].id for chat in range(CHATS)]
    for number in range(count):
        messages.add(
            tx,
            ids[number % CHATS],
            provider.ACCOUNT,
            "announcement",
            f"Sporočilo {number}",
            now=now,
            choices=[["yes", "Da", False], ["no", "Ne", False], ["menu", "Meni", True]],
            lane=messages.BROADCAST,
            policy=messages.NEVER_RESEND,
        )


async def ours(seconds: float, latency_ms: float, folder: Path) -> dict[str, float]:
    remote = provider.start(folder / "ledger", latency_ms)
    url = f"sqlite:///{folder / 'bench.db'}"
    upgrade(url)
    db = open_database(url)
    db.write(lambda tx: fill(tx, int(RATE * (seconds + 5))))
    channel = TelegramChannel(provider.TOKEN, remote.base, RATE)
    delivery = Delivery(db, [channel], lambda: datetime.now(UTC), "bench", rng=random.Random(1))
    cpu = time.process_time()
    running = asyncio.create_task(delivery.run())
    try:
        await asyncio.sleep(seconds + 1.5)
        delivery.stop()
        await running
    finally:
        await channel.close()
        db.close()
        remote.stop()
    share, peak, fullest = shares(arrivals(remote), seconds)
    used = (time.process_time() - cpu) / seconds
    return {
        "sender_rate_share": round(share, 4),
        "sender_peak_share": round(peak, 4),
        "fullest_second": fullest,
        "cpu_share": round(used, 4),
    }


async def ptb(seconds: float, latency_ms: float, folder: Path) -> dict[str, float]:
    from telegram.ext import AIORateLimiter, BaseRateLimiter, ExtBot

    remote = provider.start(folder / "ledger-ptb", latency_ms)
    limiter: BaseRateLimiter[None] = AIORateLimiter(  # type: ignore[assignment]  # generic in int there, unused here
        overall_max_rate=RATE, overall_time_period=1
    )
    bot: ExtBot[None] = ExtBot(provider.TOKEN, base_url=f"{remote.base}/bot", rate_limiter=limiter)
    try:
        async with bot:
            sends = [
                asyncio.create_task(bot.send_message(10_000 + number % CHATS, f"Sporočilo {number}"))
                for number in range(int(RATE * (seconds + 5)))
            ]
            await asyncio.sleep(seconds + 1.5)
            for send in sends:
                send.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*sends, return_exceptions=True)
    finally:
        remote.stop()
    share, peak, fullest = shares(arrivals(remote), seconds)
    return {
        "ptb_rate_share": round(share, 4),
        "ptb_peak_share": round(peak, 4),
        "ptb_fullest_second": fullest,
    }


def measure(seconds: float = 60, latency_ms: float = 0, with_ptb: bool = True) -> dict[str, float]:
    """One round of the figure."""
    with tempfile.TemporaryDirectory(prefix="tocka-sender-") as folder:
        result = asyncio.run(ours(seconds, latency_ms, Path(folder)))
        if with_ptb:
            result |= asyncio.run(ptb(seconds, latency_ms, Path(folder)))
    return {"seconds": seconds, "latency_ms": latency_ms, **result}


if __name__ == "__main__":
    asked = dict(word.split("=", 1) for word in sys.argv[1:])
    print(
        json.dumps(
            measure(
                float(asked.get("seconds", 60)),
                float(asked.get("latency_ms", 0)),
                asked.get("ptb", "1") == "1",
            )
        )
    )
