"""The chat page as a woman meets it: on a phone, with and without its script, with a keyboard, zoomed, in a hurry."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select

from bot.web.routes import routes
from storage.db import Database
from storage.messages import MessageRow
from storage.sites import Site
from storage.sql import table
from tests.helpers import browser, make
from tests.helpers.pages import EXIT, parts_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
_m = table(MessageRow)
NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@dataclass
class Window:
    """A browser window at a running server, and everything it complained about."""

    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)

    async def opens(
        self, *, width: int = 390, height: int = 780, language: str = "en", script: bool = True
    ) -> Page:
        """A fresh window on the chat page."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": height}, locale=language, java_script_enabled=script
        )
        await context.route(f"{EXIT}**", _weather)
        page = await context.new_page()
        page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await page.goto(self.address)
        return page


async def _weather(route: Route) -> None:
    await route.fulfill(status=200, content_type="text/html", body="<title>Weather</title><h1>Sunny</h1>")


@pytest.fixture
async def window(db: Database, clock: make.Clock, site: Site) -> AsyncIterator[Window]:
    app = web.Application()
    routes(app, parts_of(db, clock, site))
    async with TestServer(app) as server, browser.launch() as running:
        yield Window(running, str(server.make_url("/")))


async def reach_menu(page: Page) -> None:
    """Language and privacy, by taps."""
    await page.get_by_role("button", name="English").click()
    await expect(page.locator(".line.hers")).to_have_count(1)
    await page.locator(".choices").last.get_by_role("button").first.click()
    await expect(page.locator(".line.hers")).to_have_count(2)


async def small_targets(page: Page) -> list[str]:
    """Controls too small for a thumb."""
    found: list[str] = await page.evaluate(
        """() => [...document.querySelectorAll("button, a.button, input:not([type=hidden]), summary")]
             .filter((e) => e.getClientRects().length)
             .filter((e) => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)
             .map((e) => e.outerHTML)"""
    )
    return found


async def test_a_conversation_without_a_reload(window: Window) -> None:
    page = await window.opens()
    await expect(page.get_by_text("an automatic helper")).to_be_visible()
    await page.evaluate("window.kept = true")
    await reach_menu(page)
    await page.get_by_role("textbox").fill("SOS")
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".line.safety").last).to_contain_text("112")
    await expect(page.get_by_role("textbox")).to_have_value("")
    assert await page.evaluate("window.kept")
    assert page.url == window.address
    assert await page.evaluate("history.length") <= 2
    assert window.complaints == []


async def test_the_page_speaks_her_language_after_the_tap(window: Window) -> None:
    page = await window.opens()
    await page.get_by_role("button", name="Shqip").click()
    await expect(page.get_by_role("button", name="Dërgo")).to_be_visible()
    assert await page.locator("html").get_attribute("lang") == "sq"
    assert await page.evaluate("history.length") <= 2
    assert window.complaints == []


async def test_sos_and_exit_are_always_in_view(window: Window) -> None:
    page = await window.opens(width=320, height=568)
    await reach_menu(page)
    for top in (0, 10_000):
        await page.evaluate("(top) => window.scrollTo(0, top)", top)
        await expect(page.get_by_role("button", name="SOS").first).to_be_in_viewport()
        await expect(page.get_by_role("link", name="Quick exit")).to_be_in_viewport()
    await page.locator("#sos").click()
    await expect(page.locator(".line.safety").last).to_contain_text("112")


async def test_without_the_script(window: Window) -> None:
    page = await window.opens(script=False)
    await page.get_by_role("button", name="English").click()
    await expect(page.locator(".line.hers")).to_have_count(1)
    await page.get_by_role("textbox").fill("SOS")
    await page.get_by_role("textbox").press("Enter")
    await expect(page.locator(".line.safety").last).to_contain_text("112")
    await page.get_by_role("link", name="Quick exit").click()
    await expect(page.get_by_role("heading", name="Sunny")).to_be_visible()
    await page.go_back()
    assert "helper" not in (await page.locator("body").inner_text())
    assert "112" not in (await page.locator("body").inner_text())


async def test_with_the_keyboard_alone(window: Window) -> None:
    page = await window.opens()
    for _ in range(12):
        await page.keyboard.press("Tab")
        if "English" in (await page.evaluate("document.activeElement.textContent")):
            break
    outline = await page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(outline.removesuffix("px")) >= 2
    await page.keyboard.press("Enter")
    await expect(page.locator(".line.hers")).to_have_count(1)
    # Focus stands on the answer, so that the next Tab is its first choice.
    assert await page.evaluate("document.activeElement.matches('.line.ours:last-of-type')")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.matches('.line.ours:last-of-type button.choice')")


async def test_a_screen_reader_finds_its_way(window: Window) -> None:
    page = await window.opens()
    await expect(page.get_by_role("log", name="Messages")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Write a message")).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Info")
    assert await page.locator("#log").get_attribute("aria-live") == "polite"
    assert await page.locator("[aria-hidden=true]").count() == 0
    assert await page.title() == "Info"


@pytest.mark.parametrize("how", ["link", "escape"])
async def test_quick_exit_leaves_no_step_back(window: Window, how: str) -> None:
    page = await window.opens()
    await reach_menu(page)
    if how == "link":
        await page.get_by_role("link", name="Quick exit").click()
    else:
        await page.keyboard.press("Escape")
        await page.keyboard.press("Escape")
    await expect(page.get_by_role("heading", name="Sunny")).to_be_visible()
    assert await page.context.cookies(window.address) != []  # only the mark that she left
    assert "id" not in {cookie["name"] for cookie in await page.context.cookies(window.address)}
    await page.go_back()
    assert page.url in ("about:blank", EXIT)
    await page.goto(window.address)
    assert "helper" not in (await page.locator("body").inner_text())
    await page.get_by_role("button", name="Open").click()
    await expect(page.locator(".line.ours")).to_have_count(1)
    await expect(page.locator(".line.hers")).to_have_count(0)


async def test_one_escape_does_nothing(window: Window) -> None:
    page = await window.opens()
    await page.keyboard.press("Escape")
    await expect(page.get_by_text("an automatic helper")).to_be_visible()
    assert page.url == window.address


@pytest.mark.slow  # `make check`: test_accessible looks at the same pages at fewer sizes
async def test_nothing_goes_sideways_and_thumbs_hit(window: Window) -> None:
    for width, height in ((320, 568), (390, 780), (640, 400), (1280, 900)):
        for language in ("en", "sl", "sq"):
            page = await window.opens(width=width, height=height, language=language)
            assert await page.evaluate(NO_SIDEWAYS), (width, language)
            assert await small_targets(page) == []
            await page.locator(".choices").last.get_by_role("button").first.click()
            await expect(page.locator(".line.hers")).to_have_count(1)
            assert await page.evaluate(NO_SIDEWAYS), (width, language)
            assert await small_targets(page) == []
            await page.context.close()


async def test_help_and_exit_stay_in_view_at_twice_the_size(window: Window) -> None:
    page = await window.opens(width=640, height=400)
    await reach_menu(page)
    await page.evaluate("window.scrollTo(0, 10000)")
    await expect(page.locator("#sos")).to_be_in_viewport()
    await expect(page.locator("#exit")).to_be_in_viewport()


async def test_twice_as_large_still_fits(window: Window) -> None:
    page = await window.opens(width=320, height=568)
    # Zooming to 200 % halves the window in CSS pixels; larger letters alone must fit as well.
    await page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    await reach_menu(page)
    assert await page.evaluate(NO_SIDEWAYS)
    assert await small_targets(page) == []


async def test_messages_that_were_on_the_screen_count_as_sent(window: Window, db: Database) -> None:
    page = await window.opens()
    async with page.expect_response(lambda answer: answer.url.endswith("/chat/seen")) as told:
        pass
    assert (await told.value).status == 204
    (greeting,) = db.read(lambda tx: tx.query(select(_m).where(_m.c.outgoing)))
    assert greeting.state == "sent"


async def test_a_lost_connection_keeps_her_words_and_shows_the_numbers(window: Window) -> None:
    page = await window.opens()
    context: BrowserContext = page.context
    await context.set_offline(True)
    await page.get_by_role("textbox").fill("sola")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("alert")).to_contain_text("There is no connection")
    await expect(page.get_by_role("alert").get_by_role("link", name="112")).to_be_visible()
    await expect(page.get_by_role("textbox")).to_have_value("sola")
    await context.set_offline(False)
    await page.evaluate(
        "() => navigator.onLine || new Promise((ok) => addEventListener('online', ok, {once: true}))"
    )
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("sola", exact=True)).to_be_visible()
    await expect(page.get_by_role("alert")).to_be_hidden()


async def test_a_double_click_is_one_tap(window: Window, db: Database) -> None:
    page = await window.opens()
    await page.get_by_role("button", name="English").dblclick()
    await expect(page.locator(".line.hers")).to_have_count(1)
    assert len(db.read(lambda tx: tx.query(select(_m).where(_m.c.kind == "tap")))) == 1
