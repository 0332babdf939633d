"""A woman asks for a person and people answer: both sides in real browsers, at the same time."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # it ships no stubs
from playwright.async_api import Browser, Page, Route, expect
from sqlalchemy import update

from bot.demo import seed
from flows import quick
from storage import members, messages, notes
from storage.db import Database
from storage.sql import Tx, table
from storage.staff import StaffRow
from tests.helpers import browser, chats, make
from tests.helpers.console import Console, console, person, session, signed_browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
PICTURES = os.environ.get("TOCKA_PICTURES")
"""Set it, and the pictures of the README are made anew."""
DOCS = Path(__file__).resolve().parents[2] / "docs"
NOT_COVERED = """(() => {
  const last = [...document.querySelectorAll(".said .state")].at(-1).getBoundingClientRect();
  return last.bottom <= document.querySelector(".chat-reply").getBoundingClientRect().top;
})()"""
NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
_staff = table(StaffRow)


@dataclass
class House:
    """A running Točka and a browser in front of it."""

    running: Console
    browser: Browser
    db: Database
    clock: make.Clock
    complaints: list[str] = field(default_factory=list)

    async def _page(self, language: str, width: int, height: int) -> Page:
        context = await self.browser.new_context(locale=language, viewport={"width": width, "height": height})
        page = await context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        return page

    async def member(self, language: str = "sq") -> Page:
        """Her phone on the chat page."""
        page = await self._page(language, 390, 780)
        await page.goto(self.running.url + "/")
        return page

    async def desk(
        self,
        path: str = "/console/inbox",
        *,
        width: int = 1280,
        height: int = 800,
        staff_id: int | None = None,
    ) -> Page:
        """Somebody of the desk, signed in."""
        site = self.running.site
        who = staff_id or self.db.write(lambda tx: person(tx, site, "desk"))
        page = await self._page("en", width, height)
        await signed_browser(page.context, self.running, session(self.running.parts, who))
        await page.goto(self.running.url + path)
        return page


@pytest.fixture
async def house(db: Database, clock: make.Clock) -> AsyncIterator[House]:
    site = db.write(lambda tx: seed(tx, "celje", clock.at, Random(1)))
    async with console(db, clock, site) as running, browser.launch() as chromium:
        yield House(running, chromium, db, clock)


async def reads(page: Page, words: str, before: int = 0) -> None:
    """She reads this; her page looks for news when she comes back to it."""
    async with asyncio.timeout(20):
        while await page.get_by_text(words).count() <= before:
            async with page.expect_response(lambda answer: "/chat/messages" in answer.url):
                await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


async def test_she_asks_in_albanian_people_answer_and_the_bot_goes_on(house: House) -> None:
    texts = house.running.parts.texts
    desk = await house.desk()
    waiting = desk.locator(".chat", has_text="web page")
    await expect(waiting).to_have_count(0)
    await desk.evaluate("window.kept = true")

    her = await house.member()
    await her.get_by_role("button", name="Shqip").click()
    await expect(her.locator(".line.hers")).to_have_count(1)
    await her.locator(".choices").last.get_by_role("button").first.click()
    await her.get_by_role("button", name=texts.text("sq", "menu-book")).last.click()
    asked = texts.text("sq", "booking-age")
    await expect(her.get_by_text(asked).last).to_be_visible()
    await her.get_by_role("textbox").fill("njeri")
    await her.get_by_role("textbox").press("Enter")

    # It appears without a reload.
    await expect(waiting).to_contain_text("Albanian")
    assert await desk.evaluate("window.kept")
    await waiting.get_by_role("link").click()
    await desk.get_by_role("button", name="Take", exact=True).click()
    await expect(desk.locator(".chat-owner")).to_have_text("With you")
    await reads(her, "Person")  # the name of who took it

    await desk.get_by_text("Quick replies").click()
    hello = texts.text("en", quick.KEYS[0])
    await desk.get_by_role("button", name=f"Send: {hello}").click()
    await reads(her, texts.text("sq", quick.KEYS[0]))
    await desk.get_by_role("textbox", name="Your words").fill("Po ju shkruaj unë.\nMirë?")
    await desk.get_by_role("button", name="Send", exact=True).click()
    await expect(desk.locator(".said.by-staff .words").last).to_have_text("Po ju shkruaj unë.\nMirë?")
    await reads(her, "Po ju shkruaj unë.")
    # Her page has told that it showed the words: only now they are delivered.
    await expect(desk.locator(".said.by-staff .state").last).to_have_text("Delivered", timeout=15_000)

    await her.get_by_role("textbox").fill("Faleminderit")
    await her.get_by_role("textbox").press("Enter")
    await expect(desk.locator(".said.from-her").last).to_contain_text("Faleminderit")
    before = await her.get_by_text(asked).count()
    await desk.get_by_role("button", name="Back to the bot").click()
    await expect(desk.get_by_role("heading", name="Inbox")).to_be_visible()
    # The bot is back where she was: at the first question of her booking.
    await reads(her, asked, before)
    await expect(her.locator(".line.ours").last).to_contain_text(asked)
    await her.locator(".choices").last.get_by_role("button").first.click()
    await expect(her.locator(".line.ours").last).not_to_contain_text(asked)
    assert house.complaints == []


async def test_two_press_take_and_one_is_told(house: House) -> None:
    site, now = house.running.site, house.clock.at
    found = house.db.write(lambda tx: chats.waiting(tx, site, now, "web-1"))
    one, two = [await house.desk(f"/console/chats/{found}") for _ in range(2)]
    for page in (one, two):
        await page.route("**/live", lambda route: route.abort())  # neither is told before she presses
        await page.reload()
    house.complaints.clear()
    await asyncio.gather(
        *(page.get_by_role("button", name="Take", exact=True).click() for page in (one, two))
    )
    for page in (one, two):
        await page.wait_for_load_state()
    won = [await page.locator(".chat-owner", has_text="With you").count() for page in (one, two)]
    lost = [
        await page.get_by_role("alert").filter(has_text="took this chat first").count() for page in (one, two)
    ]
    assert sorted(won) == [0, 1]
    assert lost == [1 - count for count in won]


async def test_an_open_page_listens_again_after_an_update(house: House) -> None:
    site, now = house.running.site, house.clock.at
    page = await house.desk()
    await page.clock.install()
    away = [True, False]

    async def answers(route: Route) -> None:
        await (route.fulfill(status=503) if away.pop(0) else route.continue_())

    await page.route("**/live*", answers)
    await page.reload()
    notice = page.locator("#over")
    await expect(notice).to_be_visible()
    before = await page.locator("#fresh .card").count()
    house.db.write(lambda tx: chats.waiting(tx, site, now, "web-1"))
    await page.clock.fast_forward(2000)
    await expect(page.locator("#fresh .card")).to_have_count(before + 1)
    await expect(notice).to_be_hidden()


async def test_what_she_typed_stays_when_the_chat_changes(house: House) -> None:
    site, now = house.running.site, house.clock.at
    me = house.db.write(lambda tx: person(tx, site, "desk"))
    found = house.db.write(lambda tx: chats.taken(tx, site, now, me, "web-1"))
    page, same = await house.desk(f"/console/chats/{found}", staff_id=me), await house.desk(staff_id=me)
    await page.get_by_role("textbox", name="Your words").fill("half a sentence")
    await same.goto(f"{house.running.url}/console/chats/{found}")
    await same.get_by_role("textbox", name="Your words").fill("from the other window")
    await same.get_by_role("textbox", name="Your words").press("Control+Enter")
    await expect(page.get_by_text("from the other window")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Your words")).to_have_value("half a sentence")
    await expect(page.get_by_role("textbox", name="Your words")).to_be_focused()
    await same.get_by_role("button", name="Close").click()
    await expect(page.get_by_text("Somebody changed this chat")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Your words")).to_have_value("half a sentence")
    assert house.complaints == []


async def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on what carries these words."""
    for _ in range(40):
        await page.keyboard.press("Tab")
        told: str = await page.evaluate(
            "document.activeElement.innerText || document.activeElement.ariaLabel || ''"
        )
        if words in told:
            break
    else:
        raise AssertionError(f"Tab never came to {words}")
    outline = await page.evaluate(
        "[null, '::after'].map((part) => parseFloat(getComputedStyle(document.activeElement, part).outlineWidth)"
        " * (getComputedStyle(document.activeElement, part).outlineStyle !== 'none'))"
    )
    assert max(outline) >= 2, f"the focus on {words} cannot be seen"


async def test_take_answer_close_by_keyboard_alone(house: House) -> None:
    site, now = house.running.site, house.clock.at
    found = house.db.write(lambda tx: chats.waiting(tx, site, now, "web-1"))
    page = await house.desk()
    await tab_to(page, f"Chat {found}")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/console/chats/*")
    await tab_to(page, "Take")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Your words")).to_be_focused()
    await page.keyboard.type("Mirëdita")
    await page.keyboard.press("Enter")
    await page.keyboard.type("Si jeni?")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".said.by-staff .words").last).to_have_text("Mirëdita\nSi jeni?")
    await expect(page.get_by_role("textbox", name="Your words")).to_be_focused()
    await tab_to(page, "Close")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    assert house.db.read(lambda tx: chats.owner(tx, found)) == ("bot", None)
    assert house.complaints == []


async def test_without_its_script_everything_still_works(house: House) -> None:
    site, now = house.running.site, house.clock.at
    found = house.db.write(lambda tx: chats.waiting(tx, site, now, "web-1"))
    page = await house.desk()
    await page.route("**/inbox.js*", lambda route: route.fulfill(body=""))
    await page.goto(f"{house.running.url}/console/chats/{found}")
    await page.get_by_role("button", name="Take", exact=True).click()
    await page.get_by_role("textbox", name="Your words").fill("Mirëdita")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator(".said.by-staff .words").last).to_have_text("Mirëdita")
    await page.get_by_role("button", name="Close").click()
    await expect(page.get_by_role("heading", name="Inbox")).to_be_visible()


def busy_day(tx: Tx, house: House) -> tuple[int, int]:
    """A morning with some chats: who looks, and the chat she has."""
    site, now = house.running.site, house.clock.at
    me, nina = person(tx, site, "desk"), person(tx, site, "counsellor")
    for who, called in ((me, "Maja"), (nina, "Nina")):
        tx.query(update(_staff).where(_staff.c.id == who).values(name=called))
    for at, (sender, language, reason, urgent) in enumerate(
        [("1", "sq", "danger", True), ("2", "sl", "asked", False), ("3", "sq", "media", False)]
    ):
        began = now - timedelta(minutes=40 - 10 * at)
        chats.waiting(tx, site, began, sender, language=language, reason=reason, urgent=urgent)
    found = chats.taken(
        tx,
        site,
        now - timedelta(minutes=4),
        me,
        "4",
        account="web",
        words="Kam marrë një letër. Çfarë është?",
    )
    member = chats.member_of(tx, found)
    members.set_field(tx, member, "shared_phone", "sometimes")
    said = messages.add(
        tx, found, "web", "staff_now", "Mirëdita. Nga kush është letra?", now=now, language="sq", staff_id=me
    )
    messages.seen(tx, found, (said,), now)
    messages.hear(tx, found, "web", "text", "Nga ZRSZ. Afati është e premte.\nA mund të vij sot?", now)
    messages.add(
        tx, found, "web", "staff_now", "Po, ejani sot deri në 15:00.", now=now, language="sq", staff_id=me
    )
    notes.add(tx, member, nina, "Prinese pismo, prosi za tolmača.", False, now)
    chats.taken(tx, site, now - timedelta(minutes=20), nina, "5", words="?")
    return me, found


@pytest.mark.parametrize(("width", "height", "name"), [(1280, 800, "inbox"), (390, 780, "inbox-phone")])
async def test_the_pages_fit_a_desk_and_a_phone(house: House, width: int, height: int, name: str) -> None:
    me, found = house.db.write(lambda tx: busy_day(tx, house))
    page = await house.desk("/console/inbox?view=all", width=width, height=height, staff_id=me)
    await expect(page.get_by_text("URGENT")).to_be_visible()
    assert await page.evaluate(NO_SIDEWAYS)
    if PICTURES:
        await page.screenshot(path=DOCS / f"{name}.png")
    await page.goto(f"{house.running.url}/console/chats/{found}")
    await expect(page.get_by_role("textbox", name="Your words")).to_be_in_viewport()
    assert await page.evaluate(NOT_COVERED)
    assert await page.evaluate(NO_SIDEWAYS)
    for where in ("/console/inbox?view=all", "/console/inbox?view=closed", f"/console/chats/{found}"):
        await page.goto(house.running.url + where)
        problems = await Axe().run(page)
        assert problems.violations_count == 0, problems.generate_report()
    await page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert await page.evaluate(NO_SIDEWAYS)
    assert house.complaints == []
