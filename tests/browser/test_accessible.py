"""Every page can be used by everybody: axe-core finds nothing, in both colour schemes, and nothing goes sideways at 200 %."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH  # type: ignore[import-untyped]  # it ships no stubs
from playwright.async_api import BrowserContext, Page, expect
from sqlalchemy import update

from bot.web.day import LINKS
from storage import cards, confirmations, mydata
from storage.counsellors import CounsellorRow
from storage.db import Database
from storage.sites import SiteRow
from storage.sql import Tx, table
from storage.staff import StaffRow
from tests.bot.console import directory_objects
from tests.bot.console.objects import World
from tests.bot.test_files import GOOD
from tests.helpers import chats, make
from tests.helpers.tour import Tour, touring

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
LONG = "Wolfeschlegelsteinhausenbergerdorff"
"""A name that no line of a phone holds."""
PHONE, DESK = 390, 1280
NARROW = (320, DESK // 2)
"""The narrowest phone, and a desk at 200 %."""
FOUND = """(rules) => axe.run(document, {resultTypes: ["violations"], ...(rules && {runOnly: rules})}).then((told) =>
  told.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 4).join(", ")}`))"""
WIDER = """() => {
  const most = document.scrollingElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= most) return [];
  const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > most + 1);
  return wide.slice(-3).map((e) => e.outerHTML.slice(0, 120));
}"""
OUTSIDE = {
    "/chat/voice/{message}",
    "/chat", "/chat/file", "/chat/messages", "/leave", "/sos", "/health", "/metrics", "/static/{name}", "/day/{token}",
}  # fmt: skip
"""Paths beside the console that lead on to another page or are none."""


class Eyes:
    """What looks at pages, and what it found."""

    def __init__(self, *, desk: bool = True) -> None:
        self.desk = desk
        """Whether axe looks at a desk's width too; how wide a page is there is always looked at."""
        self.found: list[str] = []
        self.pages = 0

    async def look(self, page: Page, name: str) -> None:
        """At one page: on a phone and at a desk, in light and dark, at 200 % and on the narrowest phone."""
        self.pages += 1
        await page.evaluate(AXE)
        for width, scheme, rules in (
            (PHONE, "light", None),
            (PHONE, "dark", ["color-contrast"]),
            (DESK, "light", None),
        )[: 3 if self.desk else 2]:
            await self._as(page, width, scheme)
            self.found += [f"{name} at {width} {scheme}: {one}" for one in await page.evaluate(FOUND, rules)]
        for width in NARROW:
            await self._as(page, width)
            self.found += [f"{name} is wider than {width}: {one}" for one in await page.evaluate(WIDER)]
        await self._as(page, PHONE)

    async def _as(self, page: Page, width: int, scheme: Any = "light") -> None:
        await page.set_viewport_size({"width": width, "height": 780})
        # A colour on its way from one scheme to the other has a contrast of its own.
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    def fine(self) -> None:
        assert self.found == [], "\n".join(self.found)


@pytest.fixture
async def tour(db: Database, clock: make.Clock, tmp_path: Path) -> AsyncIterator[Tour]:
    def prepare(world: World, me: int) -> None:
        def unit(tx: Tx) -> None:
            for at, reason in enumerate(("danger", "asked", "media")):
                chats.waiting(tx, world.here, clock.at, f"w{at}", urgent=at == 0, reason=reason, words=LONG)
            for model in (StaffRow, CounsellorRow):
                tx.query(update(table(model)).values(name=LONG))
            tx.query(update(table(SiteRow)).values(place=LONG))

        world.db.write(unit)

    async with touring(db, clock, tmp_path / "media", prepare) as made:
        yield made


@pytest.mark.long
@pytest.mark.parametrize("desk", [False, pytest.param(True, marks=pytest.mark.slow)])
async def test_every_page_of_the_console(tour: Tour, desk: bool) -> None:
    eyes, pages = Eyes(desk=desk), dict[str, Page]()
    for stop in await tour.stops():
        if stop.who not in pages:
            pages[stop.who] = await (await tour.context(stop.who, device_scale_factor=2)).new_page()
        await pages[stop.who].goto(tour.running.url + stop.path)
        assert await pages[stop.who].locator("h1").count() == 1, stop.path
        await eyes.look(pages[stop.who], f"{stop.route} ({stop.who})")
    eyes.fine()
    assert eyes.pages > 15


@pytest.mark.slow  # `make check`: the first look at each page is in `make test`
async def test_the_console_in_its_other_states(tour: Tour) -> None:
    """What a form leaves behind: a problem, a link shown once, codes, an empty list, a closed chat."""
    eyes, url = Eyes(), tour.running.url
    page = await (await tour.context("me")).new_page()
    for path in (
        "/console/never",
        "/console/inbox?view=closed",
        "/console/inbox?view=all",
        "/console/audit?act=none.such",
        "/console/calendar?view=day",
        "/console/calendar/closed?holidays=1",
    ):
        await page.goto(url + path)
        await eyes.look(page, path)
    await page.goto(url + "/console/staff")
    await page.get_by_label("Login").fill("nina")
    await page.get_by_label("Name").fill("Nina")
    await page.get_by_role("button", name="Invite").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await eyes.look(page, "invitation with a problem")
    await page.get_by_label("Desk").check()
    await page.get_by_role("button", name="Invite").click()
    await expect(page.locator(".link")).to_be_visible()
    await eyes.look(page, "invitation's link")
    found = tour.world.db.write(
        lambda tx: chats.taken(tx, tour.world.here, make.MONDAY, tour.me, "mine", account="web", words=LONG)
    )
    await page.goto(f"{url}/console/chats/{found}")
    for summary in await page.locator("summary").all():
        await summary.click()
    await eyes.look(page, "a chat with everything open")
    await page.get_by_role("textbox", name="Your words").fill(LONG * 3)
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator(".said.by-staff")).to_have_count(1)
    await eyes.look(page, "an answered chat")
    await page.get_by_role("button", name="Close").click()
    await page.goto(f"{url}/console/chats/{found}")
    await eyes.look(page, "a closed chat")
    eyes.fine()


async def member(tour: Tour, language: str) -> tuple[BrowserContext, Page]:
    """Her phone."""
    context = await tour.browser.new_context(locale=language, viewport={"width": PHONE, "height": 780})
    page = await context.new_page()
    await page.goto(tour.running.url)
    return context, page


async def tap(page: Page, label: str) -> None:
    """Press the newest button with this label and wait for the answer."""
    before = await page.locator(".line.hers").count()
    await page.get_by_role("button", name=label).last.click()
    await expect(page.locator(".line.hers")).to_have_count(before + 1)


async def say(page: Page, words: str) -> None:
    """Write and send."""
    before = await page.locator(".line.hers").count()
    await page.get_by_role("textbox").fill(words)
    await page.get_by_role("textbox").press("Enter")
    await expect(page.locator(".line.hers")).to_have_count(before + 1)


@pytest.mark.long
async def test_her_pages_in_several_states(tour: Tour) -> None:
    eyes, (context, page) = Eyes(), await member(tour, "en")
    await eyes.look(page, "languages")
    await tap(page, "English")
    await tap(page, "I agree")
    await page.locator("summary").first.click()
    await eyes.look(page, "menu, more open")
    await say(page, LONG * 2)
    await page.locator("#attach summary").click()
    await eyes.look(page, "file control")
    picture: Any = {"name": "letter.png", "mimeType": "image/png", "buffer": GOOD["image/png"]}
    await page.get_by_label("Choose a picture").set_input_files(picture)
    await page.get_by_role("button", name="Send the file").click()
    await expect(page.get_by_text("I cannot read letters or pictures.")).to_be_visible()
    await eyes.look(page, "letter")
    await say(page, "SOS")
    await page.locator("details.old summary").first.click()
    await eyes.look(page, "safety card, old choices open")
    await context.set_offline(True)
    await page.get_by_role("textbox").fill("hello")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await eyes.look(page, "no connection")
    await context.close()
    _, page = await member(tour, "ar")
    await say(page, "زوجي يضربني")
    await eyes.look(page, "danger in Arabic")
    eyes.fine()


async def test_the_pages_beside_the_chat(tour: Tour, clock: make.Clock) -> None:
    """Every other path of the router that is a page, by construction."""
    eyes, (context, page) = Eyes(), await member(tour, "en")
    app = tour.running.server.app
    assert app is not None
    token = "a-token"

    def unit(tx: Tx) -> None:
        cards.offer(tx, hashlib.sha256(token.encode()).hexdigest(), chats.member_of(tx, 1), tour.me, clock.at)
        mydata.offer(tx, hashlib.sha256(token.encode()).hexdigest(), chats.member_of(tx, 1), clock.at)
        service = int(directory_objects.service(tx, tour.world, tour.world.here, tour.me)["id"])
        asked = hashlib.sha256(token.encode()).hexdigest()
        confirmations.offer(tx, service, asked, 6, tour.me, clock.at)

    tour.world.db.write(unit)
    paths = {
        route.resource.canonical for route in app.router.routes() if route.resource and route.method == "GET"
    }
    opened = {
        "/": "/",
        "/card/{token}": f"/card/{token}",
        "/mine/{token}": f"/mine/{token}",
        "/still/{token}": f"/still/{token}",
        "/forgotten": "/forgotten",
    }
    opened |= {"/day": app[LINKS].issue(clock.at), "/never": "/never"}
    assert {path for path in paths if not path.startswith("/console")} <= OUTSIDE | set(opened)
    for path, address in opened.items():
        answer = await page.goto(tour.running.url + address)
        assert answer is not None
        assert answer.status == (404 if path == "/never" else 200), path
        await eyes.look(page, path)
    await context.add_cookies([{"name": "left", "value": "1", "url": tour.running.url}])
    await context.clear_cookies(name="id")
    await page.goto(tour.running.url)
    await expect(page.get_by_role("button", name="Open")).to_be_visible()
    await eyes.look(page, "after a quick exit")
    eyes.fine()
