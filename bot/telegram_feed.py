"""Where Telegram's updates come from: long polling, or a webhook with a secret. Both acknowledge after the commit only."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Sequence

import orjson
import structlog
from aiohttp import web

from bot.channels.base import Failure, SendError
from bot.channels.telegram import BATCH_MAX, TelegramChannel
from bot.decode import Undecodable, decode
from bot.inbound import Inbound
from storage.db import DatabaseUnavailable

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret
POLL_S = 50
EMPTY_S = 1.0
"""An empty answer sooner than this is no long poll (a proxy's page, say) and must not become a storm of questions."""
WAIT_MAX_S = 60.0
BODY_MAX = 1024 * 1024
BODY_WAIT_S = 10.0
Aside = Callable[[bytes], Awaitable[None]]
"""Takes from a raw delivery what the engine never sees. Raises `DatabaseUnavailable` when it could not be stored."""
log = structlog.get_logger()


class TelegramFeed:
    """Takes updates from one bot account and hands them to `Inbound`."""

    def __init__(
        self,
        channel: TelegramChannel,
        inbound: Inbound,
        secret: str | None = None,
        asides: Sequence[Aside] = (),
    ) -> None:
        self._channel = channel
        self._inbound = inbound
        self._secret = (secret or "").encode()
        self._asides = asides
        self._offset: int | None = None
        self._after: set[asyncio.Task[bool]] = set()
        """Kept so that they are not collected before they end."""

    # --- polling ----------------------------------------------------------------------------------

    async def poll(self) -> None:
        """Fetch for ever; a failure waits and asks again, and nothing is confirmed before it is stored."""
        wait = 1.0
        while True:
            started = asyncio.get_running_loop().time()
            try:
                if not await self.poll_once(POLL_S):
                    await asyncio.sleep(max(0.0, started + EMPTY_S - asyncio.get_running_loop().time()))
                wait = 1.0
            except (SendError, DatabaseUnavailable) as error:
                log.warning(
                    "poll.failed", error=type(error).__name__, reason=getattr(error, "kind", "database")
                )
                pause = (
                    error.retry_after
                    if isinstance(error, SendError) and error.kind is Failure.THROTTLED
                    else wait
                )
                await asyncio.sleep(pause)
                wait = min(wait * 2, WAIT_MAX_S)

    async def poll_once(self, timeout_s: int) -> bool:
        """One request; whether it brought anything. The next one confirms that, because it is stored by then."""
        raw = await self._channel.get_updates(self._offset, timeout_s)
        incomings = self._channel.parse(raw)
        await self._beside(raw)
        await self._inbound.take_all(incomings, lambda external_id: one_of(raw, external_id))
        offset = self._channel.next_offset(raw)
        self._offset = offset or self._offset
        self._courtesies(raw)
        return offset is not None

    # --- webhook ----------------------------------------------------------------------------------

    async def webhook(self, request: web.Request) -> web.Response:
        """`POST /telegram/webhook`: the same empty answer to every wrong secret, 200 only after the commit."""
        told = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not self._secret or not hmac.compare_digest(told, self._secret):
            return web.Response(status=401)
        if request.headers.get("Content-Encoding"):
            return web.Response(status=415)
        try:
            raw = await asyncio.wait_for(request.read(), BODY_WAIT_S)
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except TimeoutError:
            return web.Response(status=400)
        try:
            await self._beside(raw)
            await self._inbound.take_all(self._channel.parse(raw), raw.decode("utf-8", "replace"))
        except DatabaseUnavailable:
            return web.Response(status=503)
        self._courtesies(raw)
        return web.Response(status=200)

    async def _beside(self, raw: bytes) -> None:
        """What is not a member's: kept before the delivery is confirmed, like her words."""
        for aside in self._asides:
            await aside(raw)

    # --- after the commit -------------------------------------------------------------------------

    def _courtesies(self, raw: bytes) -> None:
        """Best effort, never rows: stop the spinner on her button, leave groups."""
        for work in (
            *(self._channel.acknowledge(tap) for tap in self._channel.taps(raw)),
            *(self._channel.leave(chat) for chat in self._channel.strangers(raw)),
        ):
            task = asyncio.create_task(work)
            self._after.add(task)
            task.add_done_callback(self._after.discard)


def one_of(raw: bytes, external_id: str) -> str:
    """One update of a polled batch as JSON; empty when it is not there."""
    try:
        answer = decode(raw, BATCH_MAX)
    except Undecodable:
        return ""
    updates = answer.get("result") if isinstance(answer, dict) else None
    for update in updates if isinstance(updates, list) else ():
        if isinstance(update, dict) and str(update.get("update_id")) == external_id:
            return orjson.dumps(update).decode()
    return ""
