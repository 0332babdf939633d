"""The composition root: real parts are put together here, and only here."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random

import structlog
from aiohttp import web

from bot import delivery as deliveries
from bot.channels.base import Channel, SendError
from bot.channels.telegram import TelegramChannel
from bot.channels.web import WebChannel
from bot.inbound import Inbound
from bot.memory import settle
from bot.settings import Settings, signing_key
from bot.telegram_feed import BODY_MAX, TelegramFeed
from bot.ticks import Ticks, Times
from bot.web.parts import Health, Parts
from bot.web.routes import routes
from flows.due import Lateness
from flows.texts import Texts
from storage import sites
from storage.db import At, nothing, open_database
from storage.sites import Site

log = structlog.get_logger()


def wall_clock() -> datetime:
    """The one place where the time of day is read."""
    return datetime.now(UTC)


class App:
    """Točka, put together: a database, channels, delivery, ticks and pages."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = wall_clock,
        rng: Random | None = None,
        at: At = nothing,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.rng = rng or Random(secrets.randbits(64))
        self.db = open_database(settings.database_url, at)
        self.texts = Texts(settings.timezone)
        self.site = self._find_site()
        self.health = Health()
        self.telegram = self._telegram()
        self.channels: dict[str, Channel] = {"web": WebChannel()}
        if self.telegram is not None:
            self.channels[self.telegram.account] = self.telegram
        self.delivery = deliveries.Delivery(
            self.db,
            self.channels.values(),
            self.clock,
            owner="run" if settings.sqlite_path else f"run-{secrets.token_hex(4)}",
            rng=self.rng,
            at=at,
        )
        self.inbound = Inbound(self.db, self.texts, self.site, self.clock, hint=self.delivery.hint, at=at)
        self.ticks = Ticks(self.db, self._times, hint=self.delivery.hint, at=at)
        self.feed = self._feed()
        self.day_link = ""
        self._tasks: list[asyncio.Task[None]] = []

    def _find_site(self) -> Site:
        found = self.db.read(lambda tx: sites.find(tx, self.settings.site))
        if found is None:
            raise NoSite(self.settings.site)
        return found

    def _telegram(self) -> TelegramChannel | None:
        token = self.settings.telegram_token
        return TelegramChannel(token.get_secret_value(), self.settings.telegram_api_base) if token else None

    def _feed(self) -> TelegramFeed | None:
        if self.telegram is None:
            return None
        secret = self.settings.telegram_webhook_secret
        return TelegramFeed(self.telegram, self.inbound, secret.get_secret_value() if secret else None)

    def _times(self) -> Times:
        accounts = frozenset(account for account, channel in self.channels.items() if channel.can_write_first)
        self.health.last_tick = now = self.clock()
        self.health.channels.update(
            {account: kind or None for account, kind in self.delivery.health().items()}
        )
        lateness = Lateness(
            timedelta(hours=self.settings.reminder_day_late_until_hours),
            timedelta(minutes=self.settings.reminder_hours_late_until_minutes),
            timedelta(hours=self.settings.go_on_late_hours),
        )
        return Times(now, self.site, self.texts, lateness, accounts)

    def web_app(self, telegram_username: str | None = None) -> web.Application:
        """The pages, and the webhook when Telegram calls us."""
        app = web.Application(client_max_size=BODY_MAX)
        parts = Parts(
            self.db,
            self.texts,
            self.clock,
            self.settings,
            signing_key(self.settings),
            self.inbound.take,
            lambda: self.site,
            self.health,
            telegram_username,
        )
        self.day_link = routes(app, parts).issue(self.clock())
        if self.feed is not None and self.settings.telegram_by_webhook:
            app.router.add_post("/telegram/webhook", self.feed.webhook)
        return app

    async def run(self, ready: Callable[[App], None] = lambda _app: None) -> None:
        """Serve until cancelled; what is in flight is finished first."""
        username = await self._greet_telegram()
        runner = web.AppRunner(self.web_app(username), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, self.settings.host, self.settings.port).start()
        self._begin(self.delivery.run())
        if self.feed is not None and not self.settings.telegram_by_webhook:
            self._begin(self.feed.poll())
        self.ticks.start()
        settle()
        ready(self)
        try:
            await asyncio.gather(*self._tasks)
        finally:
            await self.ticks.stop()
            self.delivery.stop()
            for task in self._tasks:
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*self._tasks)
            await runner.cleanup()
            if self.telegram is not None:
                await self.telegram.close()

    def _begin(self, work: Awaitable[None]) -> None:
        self._tasks.append(asyncio.ensure_future(work))

    async def _greet_telegram(self) -> str | None:
        """Tell Telegram how updates reach us; the bot's username, or None while Telegram does not answer."""
        if self.telegram is None:
            return None
        try:
            username = (await self.telegram.get_me()).get("username")
            secret = self.settings.telegram_webhook_secret
            if self.settings.public_url and secret:
                url = f"{self.settings.public_url}/telegram/webhook"
                await self.telegram.set_webhook(url, secret.get_secret_value())
            else:
                await self.telegram.delete_webhook()
        except SendError as error:
            log.error("telegram.begin", reason=error.kind.value)
            return None
        return username if isinstance(username, str) else None

    def close(self) -> None:
        """Close the database."""
        self.db.close()


class NoSite(Exception):
    """The database holds no such site: migrate and seed first."""
