"""A whole booking on the chat page in Arabic and in Serbian Cyrillic, and the direction of everything on it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from storage.db import Database
from tests.browser.test_chat_page import NO_SIDEWAYS, Window, window
from tests.browser.test_inbox import House, house
from tests.helpers import make
from tests.storage.offices import office

__all__ = ["house", "window"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
TEXTS = make.texts()


class Reader:
    """Somebody who taps by label in one language."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language
        self.taps_done = 0

    async def taps(self, key: str, **args: str) -> None:
        """Tap the choice with this label on the last message."""
        label = TEXTS.text(self.language, key, args)
        await self.taps_label(label)

    async def taps_label(self, label: str) -> None:
        before = await self.page.locator(".line.hers").count()
        choices = self.page.locator(".choices").last.get_by_role("button")
        await choices.filter(has_text=label).first.click()
        await expect(self.page.locator(".line.hers")).to_have_count(before + 1)

    async def sees(self, key: str, **args: str) -> None:
        words = TEXTS.text(self.language, key, args)
        await expect(self.page.locator(".line.ours").last).to_contain_text(words)

    async def shot(self, name: str) -> None:
        """A picture for people, when a folder is named."""
        if folder := os.environ.get("PICTURES"):
            await self.page.screenshot(path=Path(folder) / f"{self.language}-{name}.png")


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("sr-Cyrl", "ltr")])
async def test_a_booking(db: Database, window: Window, language: str, direction: str) -> None:
    db.write(office)
    page = await window.opens(language=language)
    her = Reader(page, language)
    assert await page.locator("html").get_attribute("dir") == direction
    assert await page.locator("html").get_attribute("lang") == language
    await her.shot("1-welcome")
    await her.taps("language-name", language=language)
    await her.taps("privacy-ok")
    await her.sees("menu")
    await her.taps("menu-services")
    await her.shot("2-topics")
    await her.taps("engine-back")
    await her.taps("menu-book")
    await her.taps("booking-age-adult")
    await her.taps("booking-topic-work")
    await her.taps("booking-mode-person")
    await her.taps("booking-language-any")
    await her.sees("booking-day")
    await page.locator(".choices").last.get_by_role("button").first.click()
    await expect(page.locator(".choices").last.get_by_role("button").first).to_contain_text(":")
    await page.locator(".choices").last.get_by_role("button").first.click()
    await expect(page.locator(".choices").last).to_contain_text(TEXTS.text(language, "booking-yes"))
    await her.shot("3-confirm")
    await page.get_by_role("textbox").fill({"ar": "نعم", "sr-Cyrl": "да"}[language])
    await page.get_by_role("textbox").press("Enter")
    await expect(page.locator(".line.ours").last).to_contain_text(TEXTS.text(language, "booking-done"))
    await her.shot("4-done")
    assert await page.evaluate(NO_SIDEWAYS)
    await page.locator("#sos").click()
    card = page.locator(".line.safety .text").last
    await expect(card).to_contain_text("080 11 55")
    assert await card.get_attribute("dir") == direction
    await her.shot("5-safety")
    turned = await page.evaluate(
        "[...document.querySelectorAll('.line.ours .text')].map((e) => getComputedStyle(e).direction)"
    )
    assert set(turned) == {direction}
    # A telephone number is one thing from left to right, whatever runs around it.
    numbers = await card.locator("a.call").evaluate_all(
        "all => all.map((e) => [e.dir, e.textContent, e.href])"
    )
    assert ["ltr", "080 11 55", "tel:0801155"] in numbers
    exit_at, sos_at = [await page.locator(one).bounding_box() for one in ("#exit", "#sos")]
    assert exit_at is not None
    assert sos_at is not None
    assert (exit_at["x"] < sos_at["x"]) == (direction == "rtl")
    assert window.complaints == []


async def test_words_of_hers_run_their_own_way(window: Window) -> None:
    page = await window.opens(language="ar")
    her = Reader(page, "ar")
    await her.taps("language-name", language="ar")
    await her.taps("privacy-ok")
    for typed, direction in (("Telefon 112", "ltr"), ("دورة 112", "rtl")):
        await page.get_by_role("textbox").fill(typed)
        style = await page.get_by_role("textbox").evaluate("e => getComputedStyle(e).direction")
        assert style == direction
        await page.get_by_role("textbox").press("Enter")
        said = page.locator(".line.hers .text").last
        await expect(said).to_contain_text(typed)
        assert await said.evaluate("e => getComputedStyle(e).direction") == direction


async def test_staff_read_arabic_from_the_right(house: House) -> None:
    her = await house.member("ar")
    reader = Reader(her, "ar")
    await reader.taps("language-name", language="ar")
    await reader.taps("privacy-ok")
    for typed in ("أريد شخصاً", "SOS", "رقمي 031 000 000, call me"):
        before = await her.locator(".line.hers").count()
        await her.get_by_role("textbox").fill(typed)
        await her.get_by_role("textbox").press("Enter")
        await expect(her.locator(".line.hers")).to_have_count(before + 1)
    desk = await house.desk(width=390)
    await desk.locator(".chat-link").first.click()
    words = desk.locator(".said .words")
    await expect(words.first).to_be_visible()
    ours = desk.locator(".said.from-us .words[lang=ar]")
    assert await ours.evaluate_all("all => all.every((e) => getComputedStyle(e).direction === 'rtl')")
    hers = desk.locator(".said.from-her .words")
    told = await hers.evaluate_all("all => all.map((e) => [e.textContent, getComputedStyle(e).direction])")
    assert dict(told)["أريد شخصاً"] == "rtl"
    assert dict(told)["SOS"] == "ltr"
    # What the texts keep apart stays apart, though the page shows no invisible signs.
    card = desk.locator(".said.safety .words").last
    assert "080 11 55" in await card.locator("bdi").all_text_contents()
    assert (
        await card.locator("bdi", has_text="080 11 55").evaluate("e => getComputedStyle(e).direction")
        == "ltr"
    )
    assert "\u2068" not in await desk.content()
    # Our bubbles stay on our side, whichever way the words run.
    box, side = await ours.last.bounding_box(), await desk.locator("#fresh").bounding_box()
    assert box is not None
    assert side is not None
    assert abs(box["x"] + box["width"] - side["x"] - side["width"]) < 2
    assert await desk.evaluate(NO_SIDEWAYS)
    if folder := os.environ.get("PICTURES"):
        await card.scroll_into_view_if_needed()
        await desk.screenshot(path=Path(folder) / "ar-console.png")
        await desk.screenshot(path=Path(folder) / "ar-console-full.png", full_page=True)
    assert house.complaints == []
