"""The composition root: real parts are put together here, and only here."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from random import Random

import structlog
from aiohttp import web

from bot import delivery as deliveries
from bot import staff
from bot.alerts import Alerts
from bot.backup import Backups
from bot.backup import obey as note_backup
from bot.channels.base import Channel, SendError
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_group import TelegramGroup
from bot.channels.web import WebChannel
from bot.console import live
from bot.erasing import erasing_of
from bot.files import Folder
from bot.inbound import Inbound
from bot.local import LocalDoor, Words, door_of
from bot.looking import look
from bot.media import Fetcher
from bot.memory import settle
from bot.metrics import Metrics
from bot.nightly import Nightly
from bot.office import Offices
from bot.push import Push
from bot.settings import Settings, keyed, signing_key
from bot.staff_group import StaffGroup
from bot.telegram_feed import BODY_MAX, Aside, TelegramFeed
from bot.ticks import Ticks, Times
from bot.web.parts import Health, Parts
from bot.web.routes import routes
from bot.wordings import Wordings
from flows.due import Lateness
from flows.screen import Outside
from flows.texts import Texts
from storage.db import At, nothing, open_database
from storage.sql import Tx

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
        self.wordings = Wordings(self.db, self.texts)
        self.wordings.load()
        self.offices = Offices(self.db)
        self.health = Health()
        self.metrics = Metrics()
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
            recorded=live.changed,
            counted=self.metrics.sent,
        )
        self.key = signing_key(settings)
        outside = Outside(keyed(self.key), settings.public_url, telegram=self.telegram is not None)
        self.inbound = Inbound(
            self.db,
            self.texts,
            lambda: self.offices.now,
            self.clock,
            hint=self._heard,
            at=at,
            outside=outside,
            counted=self.metrics.turned,
        )
        self.erasing = erasing_of(settings, self.db, self.key, self.clock)
        self.nightly = Nightly(
            self.db, self.erasing, lambda: self.offices.now.keep, settings.zone, self.clock
        )
        self.backups = Backups(self.db, settings, self.clock)
        self.push = Push(settings, clock)
        self.alerts = Alerts(
            self.db,
            self.clock,
            self.texts,
            self.push,
            self.telegram,
            self.delivery.permits(self.telegram.account) if self.telegram else None,
            public_url=settings.public_url,
            at=at,
        )
        self.ticks = Ticks(self.db, self._times, hint=self._hint, at=at)
        self.group = self._staff_group()
        self.feed = self._feed()
        self.media = self._fetcher()
        self.day_link = ""
        self._tasks: list[asyncio.Task[None]] = []

    def _telegram(self) -> TelegramChannel | None:
        token = self.settings.telegram_token
        if token is None:
            return None
        base, largest = self.settings.telegram_api_base, self.settings.media_max
        chat = self.settings.telegram_staff_chat
        return TelegramChannel(token.get_secret_value(), base, media_max=largest, staff_chat=chat)

    def _staff_group(self) -> StaffGroup | None:
        """The group with a topic a conversation, when one is set; off by default."""
        chat = self.settings.telegram_staff_chat
        if self.telegram is None or chat is None:
            return None
        return StaffGroup(
            self.db,
            TelegramGroup(self.telegram, chat),
            self.delivery.permits(self.telegram.account),
            self.texts,
            lambda: self.offices.now,
            self.clock,
            language=self.settings.telegram_staff_language,
            hint=self._heard,
        )

    def _feed(self) -> TelegramFeed | None:
        if self.telegram is None:
            return None
        secret = self.settings.telegram_webhook_secret
        word = secret.get_secret_value() if secret else None
        return TelegramFeed(self.telegram, self.inbound, word, asides=self._asides())

    def _asides(self) -> tuple[Aside, ...]:
        return (self.alerts.aside, *((self.group.aside,) if self.group is not None else ()))

    def _heard(self) -> None:
        """Something was committed that staff may be looking at, and there may be something to send."""
        live.changed()
        self.delivery.hint()

    def _hint(self) -> None:
        """A tick did something: there may be something to send, or somebody to call."""
        self._heard()
        self.alerts.hint()

    def _fetcher(self) -> Fetcher:
        sources = {self.telegram.account: self.telegram} if self.telegram else {}
        folder, largest = Folder(self.settings.media_path), self.settings.media_max

        return Fetcher(self.db, sources, folder, self.clock, self.texts, limit=largest, hint=self._heard)

    def _times(self) -> Times:
        accounts = frozenset(account for account, channel in self.channels.items() if channel.can_write_first)
        self.health.last_tick = now = self.clock()
        self.health.channels.update(
            {account: kind or None for account, kind in self.delivery.health().items()}
        )
        if self.group is not None:
            self.health.channels["telegram staff group"] = self.group.trouble or None
        lateness = Lateness(
            timedelta(hours=self.settings.reminder_day_late_until_hours),
            timedelta(minutes=self.settings.reminder_hours_late_until_minutes),
            timedelta(hours=self.settings.go_on_late_hours),
            timedelta(hours=self.settings.change_call_after_hours),
        )
        return Times(now, self.offices.now, self.texts, lateness, accounts)

    def web_app(self, telegram_username: str | None = None) -> web.Application:
        """The pages, and the webhook when Telegram calls us."""
        app = web.Application(client_max_size=BODY_MAX)
        parts = Parts(
            self.db,
            self.texts,
            self.clock,
            self.settings,
            self.key,
            self.inbound.take,
            self.offices,
            self.health,
            telegram_username,
            hint=self._heard,
            metrics=self.metrics,
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
        self._begin(self.alerts.run())
        self._begin(self.media.run())
        self._begin(self.erasing.run())
        self._begin(self.nightly.run())
        self._begin(self.backups.run())
        self._begin(look("texts", self.wordings.once))
        self._begin(look("office", self.offices.once))
        if self.group is not None:
            self._begin(self.group.run())
        if self.feed is not None and not self.settings.telegram_by_webhook:
            self._begin(self.feed.poll())
        self.ticks.start()
        door = await self._open_door()
        settle()
        ready(self)
        try:
            # No gather: cancelled, it ends with the first of them, and what delivery has on the wire would be cut.
            ended, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_EXCEPTION)
            for task in ended:
                task.result()
        finally:
            if door is not None:
                await door.close()
            await self.ticks.stop()
            self.delivery.stop()
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks)
            await runner.cleanup()
            await self.push.close()
            if self.telegram is not None:
                await self.telegram.close()

    def _begin(self, work: Awaitable[None]) -> None:
        self._tasks.append(asyncio.ensure_future(work))

    async def _open_door(self) -> LocalDoor | None:
        """Where this machine's commands come in while we hold the file; a server database needs no such door."""
        if self.settings.sqlite_path is None:
            return None
        door = LocalDoor(door_of(self.settings.sqlite_path), self._obey)
        await door.open()
        return door

    async def _obey(self, order: Words) -> Words:
        now, token = self.clock(), secrets.token_urlsafe(32)

        def unit(tx: Tx) -> Words:
            return note_backup(tx, order, now) or staff.obey(tx, order, now, token)

        return await asyncio.wrap_future(self.db.submit(unit))

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
