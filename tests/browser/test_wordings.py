"""A translator corrects a text on her page, and the member reads it on hers."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from storage import wordings
from storage.db import Database
from storage.sites import Site
from tests.helpers import browser, make
from tests.helpers.console import console, signed_browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def test_a_translator_corrects_a_text_and_the_member_sees_it(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with console(db, clock, site) as running, browser.launch() as chromium:
        member = await (await chromium.new_context(locale="sq", viewport=browser.PHONE)).new_page()  # type: ignore[arg-type]  # width and height
        await member.goto(running.url)
        await member.get_by_role("button", name="Shqip").click()
        await member.get_by_role("button", name="Dakord").click()
        await expect(member.get_by_text("Çfarë ju duhet?")).to_be_visible()

        context = await chromium.new_context(locale="en", viewport=browser.PHONE)  # type: ignore[arg-type]  # width and height
        staff = running.signed_in("mediator", "admin", languages=("sq", "sl")).staff
        assert staff is not None
        db.write(
            lambda tx: wordings.decide(tx, "sq", staff.id, make.MONDAY, opened=True, reason="Read by Vlora")
        )
        await signed_browser(context, running, staff)
        page = await context.new_page()
        await page.goto(f"{running.url}/console/texts")
        await page.get_by_role("link", name="Albanian").click()
        await page.get_by_role("link", name="Menu").click()
        await page.get_by_role("link", name="menu", exact=True).click()
        await page.get_by_label("Text", exact=True).fill("Si { $x }")
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.get_by_text("the program does not know: $x.")).to_be_visible()
        await page.get_by_label("Text", exact=True).fill("Si mund t’ju ndihmojmë?")
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.locator(".bubble.here").first).to_have_text("Si mund t’ju ndihmojmë?")
        await page.get_by_role("button", name="I read this language").click()
        await expect(page.get_by_text("Signed by:")).to_be_visible()

        await member.get_by_role("textbox").fill("menu")
        await member.get_by_role("textbox").press("Enter")
        await expect(member.get_by_text("Si mund t’ju ndihmojmë?")).to_be_visible()

        await page.goto(f"{running.url}/console/texts/ar/nouns/safety")
        await expect(page.locator('.phone[dir="rtl"] bdi', has_text=site.phone)).to_be_visible()
        table = "key;text\r\nmenu;Si ju ndihmojmë sot?\r\nstop-ok;Mirë\r\n"
        await page.goto(f"{running.url}/console/texts/sq")
        file = {"name": "t.csv", "mimeType": "text/csv", "buffer": table.encode()}
        await page.get_by_label("Changed table").set_input_files(file)  # type: ignore[arg-type]  # a file by its bytes
        await page.get_by_role("button", name="Show what would change").click()
        await expect(page.get_by_text("Si ju ndihmojmë sot?")).to_be_visible()
        await page.get_by_role("button", name="Save 2 texts").click()
        await member.get_by_role("textbox").fill("menu")
        await member.get_by_role("textbox").press("Enter")
        await expect(member.get_by_text("Si ju ndihmojmë sot?")).to_be_visible()
