"""A mediator speaks into the page's recorder, and a member presses play: real bytes from a microphone that beeps."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from storage import wordings
from storage.db import Database
from storage.sites import Site
from tests.helpers import browser, make
from tests.helpers.console import Console, console, signed_browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
SILENT = "(one) => one.paused && !one.autoplay && one.preload === 'none' && one.readyState === 0"

PLAYED = """(one) => new Promise((told, fails) => {
  one.addEventListener("ended", () => told(one.currentTime));
  one.addEventListener("error", () => fails(one.error.message));
  one.play();
})"""


async def records(page: Page, running: Console) -> None:
    """Half a second of beeps, listened to and saved."""
    await page.goto(f"{running.url}/console/texts/sq/keys/menu")
    await page.get_by_role("button", name="Record").click()
    await expect(page.get_by_text("Recording …")).to_be_visible()
    await page.evaluate("new Promise((over) => setTimeout(over, 500))")  # a recording takes its time
    await page.get_by_role("button", name="Stop").click()
    await expect(page.get_by_text("Listen first.")).to_be_visible()
    preview = page.locator("#preview")
    assert await preview.evaluate("(one) => one.paused && one.src.startsWith('blob:')")
    await preview.evaluate("(one) => one.play()")
    await page.get_by_role("button", name="Save the voice").click()
    await expect(page.get_by_text("Members can hear it:")).to_be_visible()


async def test_a_voice_is_recorded_on_one_phone_and_heard_on_another(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with console(db, clock, site) as running, browser.launch(*browser.MICROPHONE) as chromium:
        staff = running.signed_in("mediator", languages=("sq", "sl")).staff
        assert staff is not None
        db.write(lambda tx: wordings.decide(tx, "sq", staff.id, make.MONDAY, opened=True, reason="read"))
        context = await chromium.new_context(locale="en", viewport=browser.PHONE)  # type: ignore[arg-type]  # width and height
        await signed_browser(context, running, staff)
        page, complaints = await context.new_page(), []
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        await records(page, running)
        assert await page.locator("audio.voice").first.evaluate(SILENT)

        member = await (await chromium.new_context(locale="sq", viewport=browser.PHONE)).new_page()  # type: ignore[arg-type]  # width and height
        asked: list[str] = []
        member.on("request", lambda request: asked.append(request.url) if "/voice/" in request.url else None)
        member.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        await member.goto(running.url)
        await member.get_by_role("button", name="Shqip").click()
        await member.get_by_role("button", name="Dakord").click()
        await member.get_by_role("button", name="🔊").click()
        heard = member.locator("audio.voice")
        await expect(heard).to_be_visible()
        assert await heard.evaluate(SILENT)
        await member.reload()
        assert await heard.evaluate(SILENT)
        assert asked == []  # nothing is fetched before she presses play
        assert await heard.evaluate(PLAYED) > 0.3
        assert complaints == []
