"""Signing in, one's account and the people of the house, in a real browser: the whole way, by keyboard, on a phone."""

from __future__ import annotations

from typing import Any

import pyotp
import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # it ships no stubs
from playwright.async_api import Page

from bot.console.door import hashed
from storage import people, sessions
from storage.db import Database
from storage.sites import Site
from tests.helpers import make
from tests.helpers.console import Console, console, person, session, signed_browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
PASSWORD = "four words are easy"


async def fine(page: Page) -> None:
    """No accessibility problem, nothing wider than the window, also at twice the size."""
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    size = page.viewport_size
    assert size is not None
    for width in (size["width"], size["width"] // 2):
        await page.set_viewport_size({"width": width, "height": 700})
        wide: int = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, (page.url, width, wide)
    await page.set_viewport_size(size)


async def watched(page: Page) -> list[str]:
    """What the browser complains about: a blocked script or style is one of it."""
    told: list[str] = []
    page.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: told.append(str(one)))
    return told


async def press(page: Page, label: str) -> None:
    """Reach a button with the keyboard and press it."""
    await page.get_by_role("button", name=label, exact=True).focus()
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


def invited(running: Console, *roles: str) -> str:
    def unit(tx: Any) -> None:
        her = person(tx, running.site, *roles)
        sessions.invite(tx, her, hashed("a-link"), running.parts.clock())

    running.parts.db.write(unit)
    return f"{running.url}/console/invitation/a-link"


async def test_from_the_invitation_to_the_console_and_back_in(
    page: Page, db: Database, clock: make.Clock, site: Site
) -> None:
    async with console(db, clock, site) as running:
        told = await watched(page)
        await page.goto(invited(running, "admin"))
        await fine(page)
        await page.get_by_label("New password", exact=True).fill(PASSWORD)
        await page.get_by_label("New password again").fill(PASSWORD)
        await press(page, "Go on")
        assert page.url.endswith("/console/second/new")
        await fine(page)
        assert await page.evaluate("document.querySelector('.qr').naturalWidth") > 100
        totp = pyotp.TOTP(await page.locator(".link").inner_text())
        await page.get_by_label("The six digits").fill(totp.at(clock()))
        await press(page, "Go on")
        assert await page.locator(".codes li").count() == 10
        await fine(page)
        await page.get_by_role("link", name="I have them").click()
        await page.goto(f"{running.url}/console/account")
        await press(page, "Sign out")
        assert page.url.endswith("/console/sign-in")
        await fine(page)
        login = db.read(lambda tx: people.at_sites(tx, [site.id]))[0].login
        await page.get_by_label("Login").fill(login)
        await page.get_by_label("Password").fill("not the right one")
        await press(page, "Sign in")
        assert "This did not work" in await page.locator(".problem").inner_text()
        assert await page.get_by_label("Login").input_value() == login
        await fine(page)
        await page.get_by_label("Password").fill(PASSWORD)
        await press(page, "Sign in")
        await fine(page)
        clock.forward(seconds=60)
        await page.get_by_label("Code").fill(totp.at(clock()))
        await press(page, "Go on")
        assert await page.get_by_role("navigation", name="Pages").count() == 1
        # The wrong password was answered 422, which a browser notes as an error of the network.
        assert [one for one in told if "422" not in one] == []


@pytest.mark.slow  # `make check`: test_accessible meets the same pages in `make test`
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_account_and_people_are_fine_on_a_phone(
    page: Page, db: Database, clock: make.Clock, site: Site, scheme: Any
) -> None:
    async with console(db, clock, site) as running:
        told = await watched(page)
        await page.emulate_media(color_scheme=scheme)
        her = db.write(lambda tx: person(tx, site, "admin", "desk"))
        staff = session(running.parts, her)
        session(running.parts, her)
        await signed_browser(page.context, running, staff)
        for path in ("account", "staff", f"staff/{staff.uid}", "second/new", "never"):
            await page.goto(f"{running.url}/console/{path}")
            assert await page.locator("h1").count() == 1
            await fine(page)
        await page.goto(f"{running.url}/console/staff")
        await page.get_by_label("Login").fill("karim")
        await page.get_by_label("Name").fill("Karim (test)")
        await page.get_by_label("Mediator").check()
        await page.get_by_label("Arabic").check()
        await press(page, "Invite")
        assert "/console/invitation/" in await page.locator(".link").inner_text()
        await fine(page)
        assert [one for one in told if "404" not in one] == []
