"""An empty office to its first booking by a member: the command, the link, the ten steps, opening, and a woman who books."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pyotp
import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, expect

from bot import setup
from bot.app import App
from bot.settings import Settings
from storage.bookings import BookingRow
from storage.sql import table
from tests.browser.test_account_pages import watched
from tests.helpers import browser, make

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
PASSWORD = "four words are easy"
NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def refuse(sentence: str) -> None:
    raise AssertionError(sentence)


@dataclass
class House:
    """The whole application on the database that the command made."""

    app: App
    url: str
    link: str
    clock: make.Clock
    pictures: int = 0

    async def looked_at(self, page: Page, name: str) -> None:
        """Nothing is too wide (axe walks every page in test_accessible); a picture for people when a folder is named."""
        assert await page.evaluate(NO_SIDEWAYS), name
        if folder := os.environ.get("PICTURES"):
            self.pictures += 1
            await page.screenshot(path=Path(folder) / f"setup-{self.pictures:02d}-{name}.png", full_page=True)


@pytest.fixture
async def house(
    database_url: str, clock: make.Clock, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[House]:
    settings = Settings(database_url=database_url)
    setup.command(settings, refuse, "Ana (test)", "ana", "en")  # type: ignore[arg-type]  # it raises
    found = re.search(r"(/console/invitation/\S+)", capsys.readouterr().out)
    assert found
    app = App(settings, clock=clock)
    async with TestServer(app.web_app()) as server:
        yield House(app, str(server.make_url("/")).rstrip("/"), found.group(1), clock)
    app.close()


async def press(page: Page, label: str) -> None:
    async with page.expect_navigation():
        await page.get_by_role("button", name=label, exact=True).first.click()


async def next_step(house: House, page: Page, step: str) -> None:
    """The big button of the list leads on, and names the step."""
    await page.goto(f"{house.url}/console/setup")
    await page.get_by_role("link", name=f"Next: {step}").click()


async def signs_in(house: House, page: Page) -> None:
    await page.goto(house.url + house.link)
    await page.get_by_label("New password", exact=True).fill(PASSWORD)
    await page.get_by_label("New password again").fill(PASSWORD)
    await press(page, "Go on")
    totp = pyotp.TOTP(await page.locator(".link").inner_text())
    await page.get_by_label("The six digits").fill(totp.at(house.clock()))
    await press(page, "Go on")
    await page.get_by_role("link", name="I have them").click()
    await expect(page).to_have_url(f"{house.url}/console/setup")
    await house.looked_at(page, "setup")


async def names_office_and_site(house: House, page: Page) -> None:
    await next_step(house, page, "The office and who answers")
    await press(page, "Save")
    await expect(page.get_by_role("alert")).to_contain_text("look at the 3 marked fields")
    await house.looked_at(page, "office")
    await page.get_by_label("Who answers for the personal data").fill("Društvo Most (test)")
    await page.get_by_label("Address").fill("Trg 1, Kranj")
    await page.get_by_label("E-mail").fill("office@example.org")
    await press(page, "Save")
    await next_step(house, page, "Sites")
    await page.get_by_label("Name").fill("Info točka")
    await page.get_by_label("Place").fill("Kranj")
    await page.get_by_label("Address").fill("Trg 1, Kranj")
    await page.get_by_label("Telephone").fill("04 000 00 01")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
        await page.get_by_label(day).fill("8:00–12:00, 13:00–15:00")
    await house.looked_at(page, "site")
    await press(page, "Save")
    await page.goto(f"{house.url}/console/calendar/closed")  # it can wait, so the big button passes it over
    await page.get_by_role("link", name="Show the holidays of 2026").click()
    await page.get_by_role("button", name="Close these").first.click()


async def adds_topics_and_staff(house: House, page: Page) -> None:
    await next_step(house, page, "Topics")
    await page.get_by_label("Work").check()
    await page.get_by_label("Money").check()
    await press(page, "Add the ticked ones")
    await page.get_by_text("A sensitive topic").click()
    await page.get_by_label("What it is about, for staff only").fill("Nasilje doma")
    await house.looked_at(page, "topics")
    await page.locator("form:has([name=label])").get_by_role("button", name="Add the topic").click()
    await expect(page.get_by_text("for staff: Nasilje doma")).to_be_visible()
    await page.get_by_role("link", name="Lipa").click()
    await house.looked_at(page, "topic")
    await page.goto(f"{house.url}/console/staff")
    await page.get_by_label("Login").fill("nina")
    await page.get_by_label("Name").fill("Nina (test)")
    await page.get_by_label("Coordinator").check()
    await page.get_by_label("Counsellor").check()
    await page.get_by_label("Slovenian").check()
    await press(page, "Invite")
    await next_step(house, page, "Staff and languages")
    await page.get_by_label("For whom").select_option(label="Nina (test)")
    await page.get_by_label("Slovenian").check()
    for topic in ("Work", "Lipa (Nasilje doma)"):
        await page.get_by_label(topic).check()
    await press(page, "Make the plan")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
        await page.get_by_label(day).check()
    await press(page, "Save")
    await next_step(house, page, "Staff and languages")
    for day in ("Tuesday", "Thursday"):
        await page.get_by_label(day).check()
    await press(page, "Add to the roster")


async def opens(house: House, page: Page) -> None:
    await page.goto(f"{house.url}/console/setup")
    await press(page, "Open the office")
    await expect(page.get_by_role("alert")).to_contain_text("Not opened: one thing is missing")
    await next_step(house, page, "Help lines")
    for line in await page.get_by_label("I checked it today").all():
        await line.check()
    await house.looked_at(page, "helplines")
    await press(page, "Add the ticked ones")
    for name in ("retention", "channels", "sites"):
        await page.goto(f"{house.url}/console/{name}")
        await house.looked_at(page, name)
    await page.goto(f"{house.url}/console/setup")
    await house.looked_at(page, "ready")
    await press(page, "Open the office")
    await expect(page.get_by_role("status")).to_contain_text("The office is open")


async def test_an_empty_office_to_its_first_booking(house: House) -> None:
    async with browser.launch() as running:
        console = await (
            await running.new_context(viewport=browser.PHONE, locale="en")  # type: ignore[arg-type]  # a plain dict
        ).new_page()
        console.set_default_timeout(10_000)
        told = await watched(console)
        await signs_in(house, console)
        her = await (
            await running.new_context(viewport=browser.PHONE, locale="sl")  # type: ignore[arg-type]  # a plain dict
        ).new_page()
        her.set_default_timeout(10_000)
        await her.goto(house.url)
        await expect(her.get_by_text("Ta klepet še ne dela")).to_be_visible()
        await names_office_and_site(house, console)
        await adds_topics_and_staff(house, console)
        await opens(house, console)
        await books(house, her)
        assert [line for line in told if "422" not in line] == []
    (booked,) = house.app.db.read(lambda tx: tx.query(table(BookingRow).select()))
    assert (booked.topic, booked.state) == ("work", "booked")


async def books(house: House, page: Page) -> None:
    """A woman on the chat page: only Slovenian is offered and nobody asks which, and the sensitive topic has only its tree."""
    await page.goto(house.url)
    texts = make.texts()
    await expect(page.locator(".line.ours").last).to_contain_text(
        "Ali se strinjate?"
    )  # no language to choose
    await house.looked_at(page, "greeted")
    for key in ("privacy-ok", "menu-book", "booking-age-adult"):
        await tap(page, texts.text("sl", key))
    topics = page.locator(".choices").last
    await expect(topics).to_contain_text("Lipa")
    await expect(topics).not_to_contain_text("Nasilje")
    await expect(topics).not_to_contain_text("Denar")  # nobody takes it
    for key in ("booking-topic-work", "booking-mode-person", "booking-language-any"):
        await tap(page, texts.text("sl", key))
    await tap(page, "")
    await tap(page, "")
    await tap(page, texts.text("sl", "booking-yes"))
    await expect(page.locator(".line.ours").last).to_contain_text("Trg 1, Kranj")
    await house.looked_at(page, "booked")


async def tap(page: Page, label: str) -> None:
    before = await page.locator(".line.hers").count()
    await page.locator(".choices").last.get_by_role("button").filter(has_text=label).first.click()
    await expect(page.locator(".line.hers")).to_have_count(before + 1)
