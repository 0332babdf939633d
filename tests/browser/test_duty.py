"""A woman in danger, nobody at the console: the person on duty is called, and her browser shows it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from playwright.async_api import BrowserContext, CDPSession, Page, expect

from bot.alerts import Alerts
from bot.channels.telegram import TelegramChannel
from bot.push import Push
from bot.settings import Settings
from bot.telegram_feed import TelegramFeed
from bot.ticks import Ticks, Times
from flows.due import Lateness
from storage import wake
from storage.db import Database
from storage.office import alone
from storage.sites import Site
from tests.bot.telegram import inbound, says, taps
from tests.helpers import browser, console, make, provider, push_service
from tests.helpers.console import Console, session, signed_browser
from tests.helpers.duties import Duties
from tests.helpers.office import until
from tests.helpers.push_service import Keys, PushService

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
HER_WORDS = "burri me rreh kam frik"
NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
REGISTER = """async () => {
  await navigator.serviceWorker.register("/console/alerts.js", { scope: "/console/" });
  await navigator.serviceWorker.ready;
}"""
SHOWN = """async () => {
  const worker = await navigator.serviceWorker.getRegistration("/console/");
  return (await worker.getNotifications()).map((one) => ({ title: one.title, body: one.body, data: one.data }));
}"""


@dataclass
class House:
    """The whole house but its clockwork, which the test turns itself."""

    running: Console
    duties: Duties
    remote: provider.Remote
    service: PushService
    feed: TelegramFeed
    alerts: Alerts
    ticks: Ticks

    async def turns(self) -> None:
        """One beat: what came in is taken, what is due is raised, who is due is called."""
        await self.feed.poll_once(0)
        await self.ticks.once("alerts")
        await self.ticks.once("tasks")
        await self.alerts.once()


@pytest.fixture
async def house(db: Database, clock: make.Clock, site: Site, tmp_path: Path) -> AsyncIterator[House]:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'keys.db'}")
    async with (
        provider.here(tmp_path / "ledger") as remote,
        push_service.running() as service,
        console.console(db, clock, site, settings) as running,
    ):
        telegram = TelegramChannel(provider.TOKEN, remote.base)
        pushes = Push(settings, clock, private=True)
        alerts = Alerts(db, clock, make.texts(), pushes, telegram)
        feed = TelegramFeed(telegram, inbound(db, site, clock), asides=(alerts.aside,))

        def times() -> Times:
            return Times(clock(), alone(site), make.texts(), Lateness(), frozenset({telegram.account}))

        yield House(running, Duties(db, clock, site), remote, service, feed, alerts, Ticks(db, times))
        await pushes.close()
        await telegram.close()


async def signed_page(house: House, context: BrowserContext, staff_id: int, path: str) -> Page:
    await signed_browser(context, house.running, session(house.running.parts, staff_id))
    page = await context.new_page()
    await page.goto(house.running.url + path)
    return page


async def registered(session_: CDPSession) -> asyncio.Future[str]:
    """The number the browser gives the service worker of the console."""
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def updated(told: dict[str, Any]) -> None:
        for one in told["registrations"]:
            if one["scopeURL"].endswith("/console/") and not found.done():
                found.set_result(str(one["registrationId"]))

    session_.on("ServiceWorker.workerRegistrationUpdated", updated)
    await session_.send("ServiceWorker.enable")
    return found


async def test_the_alert_arrives_with_no_console_page_open(house: House) -> None:
    keys, duties = Keys(), house.duties
    ana, boris = duties.person(), duties.person()
    duties.shift(ana, stand_in_id=boris)
    where = f"{house.service.url}/ana"
    duties.db.write(lambda tx: wake.subscribe(tx, ana, where, keys.p256dh, keys.auth, duties.clock.at))
    async with browser.launch() as running:
        context = await running.new_context(viewport=browser.PHONE, locale="en")  # type: ignore[arg-type]  # a plain dict
        await context.grant_permissions(["notifications"], origin=house.running.url)
        page = await signed_page(house, context, ana, "/console/duty")
        await expect(page.get_by_role("button", name="Wake this device")).to_be_visible()
        cdp = await context.new_cdp_session(page)
        number = await registered(cdp)
        await page.evaluate(REGISTER)
        registration = await asyncio.wait_for(number, 20)
        await page.goto(house.running.url + "/")  # the chat page: no page of the console is open any more

        await house.remote.push(says(500, HER_WORDS))
        await house.turns()

        (alert,) = duties.open()
        (message,) = [one for one in house.remote.accepted() if "reply_markup" in one]
        assert HER_WORDS not in orjson.dumps(message).decode()
        (told,) = house.service.told(keys)
        assert set(told) == {"kind", "uid", "text"}
        assert told["text"] == make.texts().text("en", "alert-told-urgent")
        assert HER_WORDS.encode() not in house.service.pushes[0][2]

        await cdp.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": house.running.url,
                "registrationId": registration,
                "data": orjson.dumps(told).decode(),
            },
        )
        shown: list[dict[str, Any]] = []
        for _ in range(100):
            shown = await page.evaluate(SHOWN)
            if shown:
                break
            await page.wait_for_timeout(50)
        assert shown == [{"title": "Točka", "body": told["text"], "data": {"uid": alert.uid}}]

        await page.goto(f"{house.running.url}/console/alerts/{alert.uid}")  # where a tap on it leads
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Urgent")
        await page.get_by_role("button", name="I look").press("Enter")
        await expect(page.get_by_role("status")).to_contain_text("looks since")
    duties.clock.forward(minutes=20)
    await house.turns()
    assert duties.open() == []
    assert [one["chat_id"] for one in house.remote.accepted() if "reply_markup" in one] == [
        message["chat_id"]
    ]


async def test_the_stand_in_is_called_when_nobody_looks_and_looks_in_telegram(house: House) -> None:
    duties = house.duties
    ana, boris = duties.person(), duties.person()
    duties.shift(ana, stand_in_id=boris)
    await house.remote.push(says(500, HER_WORDS))
    await house.turns()
    duties.clock.forward(minutes=10)
    await house.turns()
    called = [one for one in house.remote.accepted() if "reply_markup" in one]
    chats = [duties.db.read(lambda tx, who=who: wake.chat_of(tx, who)) for who in (ana, boris)]  # type: ignore[misc]  # bound now
    assert [one["chat_id"] for one in called] == chats
    button = called[-1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await house.remote.push(taps(int(chats[1] or 0), button))
    await house.turns()
    assert duties.open() == []
    await until(lambda: len(house.remote.accepted()) > len(called))
    duties.clock.forward(minutes=20)
    await house.turns()
    assert [one for one in house.remote.accepted() if "reply_markup" in one] == called


@pytest.mark.slow  # `make check`: test_accessible meets these pages in `make test`
@pytest.mark.parametrize("path", ["/console/duty", "/console/tasks", "/console/today"])
async def test_the_pages_on_a_phone_and_at_double_size(house: House, path: str) -> None:
    duties = house.duties
    tjasa = duties.person("coordinator")
    duties.shift(tjasa)
    await house.remote.push(says(500, HER_WORDS))
    await house.turns()
    async with browser.launch() as running:
        for width in (390, 195):  # a phone, and the same at 200 %
            context = await running.new_context(viewport={"width": width, "height": 780}, locale="sl")
            page = await signed_page(house, context, tjasa, path)
            assert await page.evaluate(NO_SIDEWAYS), (path, width)
            await expect(page.get_by_role("heading", level=1)).to_have_count(1)
            await context.close()
