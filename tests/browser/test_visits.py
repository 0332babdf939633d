"""Walk-ins on a bad network: taps wait in the browser, are sent when it is back, and each counts once."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.async_api import Error, Page, Route, expect

from storage import counsellors
from storage.db import Database
from storage.sql import table
from storage.visits import VisitRow
from tests.helpers import make
from tests.helpers.console import console, signed_browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

KEPT = """() => caches.match("/console/visits/shell").then(
  (kept) => kept && navigator.serviceWorker.ready.then((ready) => ready.scope.endsWith("/console/visits")))"""


async def test_taps_wait_for_the_network_and_count_once(db: Database, clock: make.Clock, page: Page) -> None:
    site = db.write(make.site)
    db.write(lambda tx: counsellors.add_topic(tx, site.id, "work", 30))

    def rows() -> list[tuple[str | None, str | None, str, bool]]:
        found = db.read(lambda tx: tx.query(table(VisitRow).select().order_by(table(VisitRow).c.id)))
        return [(row.topic, row.language, row.kind, row.undone_at is not None) for row in found]

    async with console(db, clock, site) as running:
        staff = running.signed_in("desk").staff
        assert staff is not None
        await signed_browser(page.context, running, staff)
        await page.goto(f"{running.url}/console/visits")
        waiting, tally = page.locator("#waiting"), page.locator("#tally")
        await expect(waiting).to_be_hidden()
        await page.get_by_role("button", name="Work").click()
        await expect(tally).to_contain_text("Visits: 1")

        await page.context.set_offline(True)
        await page.get_by_label("Language").select_option("sq")
        await page.get_by_text("First time", exact=True).click()
        await page.get_by_role("button", name="Work").click()
        await expect(waiting).to_have_text("No network now. Go on: nothing is lost. Waiting to be sent: 1.")
        await page.get_by_role("button", name="Something else").click()
        await page.get_by_role("button", name="Take the last one back").click()
        await expect(waiting).to_contain_text("Waiting to be sent: 3.")
        assert rows() == [("work", None, "unknown", False)]
        kept = await page.evaluate("localStorage.getItem('tocka-visits')")
        assert "csrf" not in kept

        # Its first answer is lost on the way back: the page sends it again.
        lost: list[object] = []

        async def loses(route: Route) -> None:
            if lost:
                await route.continue_()
                return
            lost.append(await route.fetch())
            await route.abort()

        await page.route("**/console/visits", loses)
        async with page.expect_event("requestfailed"):
            await page.context.set_offline(False)
        await expect(waiting).to_contain_text("Waiting to be sent: 3.")
        await page.evaluate("dispatchEvent(new Event('online'))")
        await expect(waiting).to_be_hidden()
        assert rows() == [
            ("work", None, "unknown", False),
            ("work", "sq", "first", False),
            (None, None, "unknown", True),
        ]
        await expect(tally).to_contain_text("Visits: 2. First time: 1.")
        assert len(lost) == 1


async def test_without_a_script_the_buttons_are_forms(db: Database, clock: make.Clock, page: Page) -> None:
    site = db.write(make.site)
    db.write(lambda tx: counsellors.add_topic(tx, site.id, "work", 30))
    browser = page.context.browser
    assert browser is not None
    async with console(db, clock, site) as running:
        context = await browser.new_context(java_script_enabled=False)
        staff = running.signed_in("desk").staff
        assert staff is not None
        await signed_browser(context, running, staff)
        plain = await context.new_page()
        await plain.goto(f"{running.url}/console/visits")
        await plain.get_by_role("button", name="Work").click()
        await expect(plain.locator("#tally")).to_contain_text("Visits: 1")
        await plain.get_by_role("button", name="Take the last one back").click()
        await expect(plain.locator("#tally")).to_contain_text("Visits: 0")


async def test_the_page_opens_without_a_network_and_its_taps_count_once(
    db: Database, clock: make.Clock, page: Page
) -> None:
    site = db.write(make.site)
    db.write(lambda tx: counsellors.add_topic(tx, site.id, "work", 30))
    async with console(db, clock, site) as running:
        anna, bora = (running.signed_in("desk").staff for _ in range(2))
        assert anna is not None
        assert bora is not None
        await signed_browser(page.context, running, anna)
        address = f"{running.url}/console/visits"
        waiting, door, whole = (page.locator(f"#{name}") for name in ("waiting", "door", "whole"))
        work = page.get_by_role("button", name="Work")
        await page.goto(address)
        await page.wait_for_function(KEPT)
        await page.evaluate("navigator.serviceWorker.register('/console/alerts.js', { scope: '/console/' })")

        await page.context.set_offline(True)
        await page.reload()
        await expect(waiting).to_have_text("No network now. Go on: nothing is lost.")
        kept = await page.content()
        assert anna.csrf not in kept
        assert "Sign out" not in kept
        await work.click()
        await page.goto(f"{address}?site={site.id}")  # opened, not only loaded again
        await work.click()
        await expect(waiting).to_contain_text("Waiting to be sent: 2.")

        # The network is back, the session is not: nothing is shown as if she were signed in, nothing is lost.
        await page.context.clear_cookies()
        await page.context.set_offline(False)
        await expect(door).to_contain_text("You are not signed in.")
        await expect(waiting).to_have_text("Waiting to be sent: 2.")
        await page.reload()
        await expect(page).to_have_url(f"{running.url}/console/sign-in")
        await page.wait_for_function("caches.has('tocka-visits').then((has) => !has)")

        # Whoever signs in sends them, from a page that was opened under an older word.
        await signed_browser(page.context, running, anna)
        await page.route("**/console/visits", lambda route: route.abort())
        await page.goto(f"{address}?site={site.id}")
        await page.wait_for_function(KEPT)
        await signed_browser(page.context, running, bora)
        await page.unroute_all()
        await page.evaluate("dispatchEvent(new Event('online'))")
        await expect(waiting).to_be_hidden()
        await expect(whole).to_have_count(0)
        await expect(page.locator("#tally")).to_contain_text("Visits: 2")
        rows = db.read(lambda tx: tx.query(table(VisitRow).select()))
        assert [(row.staff_id, row.topic) for row in rows] == [(bora.id, "work")] * 2

        await page.reload()
        await page.get_by_role("button", name="Sign out").click()
        await expect(page).to_have_url(f"{running.url}/console/sign-in")
        await page.wait_for_function("caches.has('tocka-visits').then((has) => !has)")
        await page.context.set_offline(True)
        with suppress(Error):  # a worker that just woke may still reach the network, which asks for sign-in
            await page.goto(address)
        await expect(waiting).to_have_count(0)


async def test_what_a_colleague_may_not_send_stays(db: Database, clock: make.Clock, page: Page) -> None:
    site = db.write(make.site)
    other = db.write(lambda tx: make.site(tx, slug="other"))
    async with console(db, clock, site) as running:
        anna, bora = (running.signed_in("desk", site=one).staff for one in (site, other))
        assert anna is not None
        assert bora is not None
        await signed_browser(page.context, running, anna)
        await page.goto(f"{running.url}/console/visits")
        await page.context.set_offline(True)
        await page.get_by_role("button", name="Something else").click()
        await expect(page.locator("#waiting")).to_contain_text("Waiting to be sent: 1.")
        await page.context.clear_cookies()
        await signed_browser(page.context, running, bora)
        await page.context.set_offline(False)
        await expect(page.locator("#waiting")).to_contain_text("1. Some belong to another colleague")
        await signed_browser(page.context, running, anna)
        await page.evaluate("dispatchEvent(new Event('online'))")
        await expect(page.locator("#waiting")).to_be_hidden()
        assert len(db.read(lambda tx: tx.query(table(VisitRow).select()))) == 1
