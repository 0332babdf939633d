"""A woman without a phone: a record at the desk, a booking, a printed card; later her own phone joins and shows it."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import segno
from playwright.async_api import Page, expect
from sqlalchemy import select

from storage import bookings
from storage.bookings import Taken
from storage.db import Database
from storage.records import RecordRow
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.console import Console, console, signed_browser
from tests.storage import offices

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture
async def office(db: Database, clock: make.Clock) -> AsyncIterator[tuple[Console, Site]]:
    site, _ = db.write(lambda tx: offices.office(tx, hours=(8 * 60, 18 * 60)))
    async with console(db, clock, site) as running:
        yield running, site


async def keeps(page: Page, name: str) -> None:
    """A picture to look at, where somebody wants one."""
    folder = os.environ.get("LOOK")
    if folder:
        await page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


async def test_from_the_desk_to_her_own_phone(  # noqa: PLR0915 - one journey
    db: Database, clock: make.Clock, page: Page, office: tuple[Console, Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    running, site = office
    printed: list[str] = []
    real = segno.make

    def keeping(said: str, **how: Any) -> Any:
        printed.append(said)
        return real(said, **how)

    monkeypatch.setattr(segno, "make", keeping)
    staff = running.signed_in("desk").staff
    assert staff is not None
    await signed_browser(page.context, running, staff)

    # A first name, a language, the privacy text read aloud.
    await page.goto(f"{running.url}/console/records")
    await page.get_by_label("First name only").fill("Mira")
    await page.get_by_label("Her language").select_option("sq")
    await page.locator("summary", has_text="Albanian").click()
    await keeps(page, "records")
    await page.get_by_role("button", name="Open the record").click()
    await expect(page.get_by_role("alert")).to_contain_text("Read the privacy text aloud first")
    await expect(page.get_by_label("First name only")).to_have_value("Mira")
    await page.get_by_label("read it aloud and she agreed").check()
    await page.get_by_role("button", name="Open the record").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Mira")
    here = page.url.partition("?")[0]

    # How it is safe to write; a relative's number is not taken.
    await page.get_by_label("Morning, 8–12").check()
    await page.get_by_label("Her own number").fill("041 000 111")
    await page.get_by_role("button", name="Save what we agreed").click()
    await expect(page.get_by_role("alert")).to_contain_text("A relative’s number is never taken as hers")
    await expect(page.get_by_label("Morning, 8–12")).to_be_checked()
    await page.get_by_label("Her own number").fill("")
    await page.get_by_role("button", name="Save what we agreed").click()
    await expect(page.get_by_role("status")).to_contain_text("The agreement is saved")

    # The appointment, which other pages book.
    def books(tx: Tx) -> None:
        member = tx.query(select(table(RecordRow).c.member_id))[0].member_id
        at = clock.at + timedelta(days=2)
        taken = bookings.take(
            tx, offices.wanted(site), at, member_id=member, conversation_id=None, now=clock.at
        )
        assert isinstance(taken, Taken)

    db.write(books)
    await page.goto(here)
    await page.locator("summary", has_text="Set new digits").click()
    await page.get_by_label("Six digits").fill("407318")
    await page.get_by_label("The same once more").fill("407318")
    await page.get_by_role("button", name="Set the check").click()
    await expect(page.get_by_role("status")).to_contain_text("The secret check is set")
    assert "407318" not in await page.content()
    await keeps(page, "record")
    await page.get_by_role("link", name="The card").click()
    await page.get_by_role("button", name="Put a link for her own phone on it").click()
    await expect(page.locator(".paper-qr svg")).to_be_visible()
    await expect(page.locator(".paper-date")).to_contain_text("mars 2026")
    await keeps(page, "card")
    await page.emulate_media(media="print")
    await expect(page.locator(".screen-only")).to_be_hidden()
    await keeps(page, "card-print")
    if os.environ.get("LOOK"):
        await page.pdf(path=str(Path(os.environ["LOOK"]) / "card.pdf"), format="A5", print_background=True)
    await page.emulate_media(media="screen")
    (link,) = printed
    assert link.startswith(f"{running.url}/card/")

    # Weeks later, her own phone.
    assert page.context.browser is not None
    phone: Any = await (
        await page.context.browser.new_context(locale="sq", viewport={"width": 390, "height": 780})
    ).new_page()
    await phone.goto(link)
    await keeps(phone, "landing")
    await phone.get_by_role("button", name="Vazhdo këtu").click()
    await phone.get_by_role("button", name="Shqip").last.click()
    await phone.get_by_role("button", name="Dakord").last.click()
    await expect(phone.get_by_text("A është ky telefoni juaj?")).to_be_visible()
    await phone.get_by_role("button", name="Po, është imi").last.click()
    said = phone.locator(".line", has_text="lexojani këtë numër").last
    await expect(said).to_be_visible()
    number = re.search(r"(\d\d) –", await said.inner_text())
    assert number is not None
    await keeps(phone, "wait")

    await page.goto(here)
    await expect(page.get_by_role("heading", name="A phone wants to join")).to_be_visible()
    await keeps(page, "asking")
    await page.get_by_label("Number on her phone").fill("00")
    await page.get_by_role("button", name="Join this phone").click()
    await expect(page.get_by_role("alert")).to_contain_text("That is not the number")
    await page.get_by_label("Number on her phone").fill(number[1])
    await page.get_by_role("button", name="Join this phone").click()
    await expect(page.get_by_role("status")).to_contain_text("Her phone is joined")

    # There she sees her appointment, after two of her six digits.
    await phone.reload()
    await expect(phone.get_by_text("U bë. Takimet tuaja tani i shihni këtu.")).to_be_visible()
    await phone.get_by_role("button", name="Takimet e mia").last.click()
    asked = phone.locator(".line", has_text="shkruani dy shifra").last
    await expect(asked).to_be_visible()
    at = [int(char) for char in (await asked.inner_text()).partition("Për shembull")[0] if char.isdigit()]
    await phone.get_by_role("textbox").fill("".join("407318"[one - 1] for one in at))
    await phone.get_by_role("textbox").press("Enter")
    await expect(phone.get_by_text("Keni 1 takim")).to_be_visible()
    await keeps(phone, "joined")

    # The link works once: whoever finds the card gets the public greeting.
    other: Any = await (await page.context.browser.new_context(locale="en")).new_page()
    await other.goto(link)
    assert other.url == f"{running.url}/"
