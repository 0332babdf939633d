"""Words stay words: payloads in every place that can hold words, on every page, in a real browser. Nothing may run."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader
from playwright.async_api import BrowserContext, Page, expect

from bot.console import live, pages
from bot.console.text import plain
from bot.web.day import LINKS
from bot.web.security import HEADERS
from storage.conversations import ConversationRow
from storage.db import Database
from storage.sql import Tx, table
from tests.bot.console.objects import World
from tests.bot.test_files import GOOD
from tests.helpers import chats, make, sowing
from tests.helpers.payloads import MARK, PAYLOADS
from tests.helpers.tour import Tour, touring

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
POLICY = "Content-Security-Policy"
ENOUGH = 100
"""How many of the payloads every column that is shown anywhere must have been tried with."""
STEP = 15
"""Of each kind of line at once: no more than her page shows."""
ALONE = 2
"""On how many pages each next payload of what is shown one at a time is looked at."""
HIDDEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the reading direction."""
WATCH = """addEventListener("securitypolicyviolation", (e) => reported(`${e.violatedDirective} ${e.blockedURI}`));"""
STRANGE = """() => {
  const never = "IFRAME OBJECT EMBED BASE FRAMESET PLAINTEXT XMP MARQUEE VIDEO AUDIO SOURCE STYLE TEMPLATE NOSCRIPT DIALOG PORTAL"
    + " IMAGE X CUSTOM-ELEMENT";
  const found = [];
  for (const e of document.querySelectorAll("*")) {
    const ours = e.matches("audio.voice[controls][preload=none]:not([autoplay])"); // the voice of a text
    if (never.split(" ").includes(e.tagName) && !ours) found.push(e.tagName);
    if (e.namespaceURI !== "http://www.w3.org/1999/xhtml") found.push(e.tagName);
    if (e.tagName === "SCRIPT" && !e.getAttribute("src")?.startsWith("/")) found.push("script without its file");
    if (e.tagName === "META" && e.httpEquiv) found.push("meta http-equiv");
    for (const a of e.attributes) {
      if (/^on/i.test(a.name) || a.name === "srcdoc" || a.name === "style") found.push(`${e.tagName} ${a.name}`);
      if (!/^(href|src|action|formaction|data|xlink:href)$/.test(a.name)) continue;
      const to = new URL(a.value, location.href);
      const known = to.origin === location.origin || to.protocol === "tel:" || to.hostname === "t.me";
      if (!known) found.push(`${e.tagName} ${a.name}=${a.value.slice(0, 60)}`);
    }
  }
  return found;
}"""
STRINGS = """() => {
  const found = [document.title];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) found.push(walker.currentNode.data);
  for (const e of document.querySelectorAll("*")) {
    for (const a of e.attributes) found.push(a.value);
  }
  return found;
}"""
FURTHER = """() => [...document.querySelectorAll("a[href]:not([rel])")].map((a) => new URL(a.href))
  .filter((to) => to.origin === location.origin && to.pathname === location.pathname && to.search && !to.hash)
  .map((to) => to.pathname + to.search)"""
"""Of a list; the days of a calendar have a `rel` and no end."""


@dataclass
class Watch:
    """What a browser did that it should not have, and which planted words it showed."""

    ran: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    """Of the policy."""
    complaints: list[str] = field(default_factory=list)
    """Of the browser."""
    strange: list[str] = field(default_factory=list)
    shown: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    alone: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Pages that show something no page shows two of, by what it is."""

    async def over(self, context: BrowserContext) -> Page:
        """A page of this context, watched."""
        await context.expose_binding("ran", lambda source, *_: self.ran.append(source["page"].url))
        await context.expose_binding("reported", lambda _, told: self.reports.append(told))
        await context.add_init_script(WATCH)
        page = await context.new_page()
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.strange.append(f"{page.url}: {error}"))
        page.on("console", self._complaint)
        return page

    async def _dialog(self, dialog: Any) -> None:
        self.ran.append(f"dialog {dialog.message}")
        await dialog.dismiss()

    def _complaint(self, told: Any) -> None:
        # A form that comes back with its problem is answered 4xx, which the browser notes.
        if told.type == "error" and "Failed to load resource: the server responded" not in told.text:
            self.complaints.append(told.text)

    async def looks(self, page: Page, *, staff: bool = True) -> int:
        """At the page as it stands now; how many planted words it shows."""
        self.strange += [f"{page.url}: {one}" for one in await page.evaluate(STRANGE)]
        count = 0
        for string in await page.evaluate(STRINGS):
            if staff and (found := HIDDEN.search(string)):
                self.strange.append(f"{page.url}: {found.group()!r} in {string[:120]!r}")
            for mark in MARK.finditer(string):
                count += 1
                column, at = mark.group(1), int(mark.group(2))
                self.shown[column].add(at)
                if column in sowing.ONE_AT_A_TIME and len(self.alone[column]) < ALONE:
                    self.alone[column].add(page.url)
                if not string[: mark.start()].endswith(read(PAYLOADS[at])):
                    self.strange.append(f"{page.url}: {column} reads {string[: mark.end()][-200:]!r}")
        return count

    def clean(self) -> None:
        """Nothing ran, nothing was blocked, nothing became more than words."""
        assert self.ran == []
        assert sorted({*self.reports, *self.complaints}) == []
        assert self.strange == [], "\n".join(self.strange[:20])


def read(payload: str) -> tuple[str, ...]:
    """How a browser may show it: without what cannot be seen, or as it is but for what HTML itself leaves out."""
    said = payload.replace("\r\n", "\n").replace("\r", "\n")
    return (plain(payload), said.replace("\0", ""), said.replace("\0", "\ufffd"))


@pytest.fixture
async def tour(db: Database, clock: make.Clock, tmp_path: Path) -> AsyncIterator[Tour]:
    """Everything that can hold words holds payloads."""
    chats_of: dict[str, int] = {}

    def prepare(world: World, me: int) -> None:
        def unit(tx: Tx) -> None:
            laid = sowing.lay_out(tx, world.here, me, clock.at)
            sowing.sow(tx)
            sowing.taps(tx, laid.taps, clock.at)
            chats_of.update(long=laid.chat, taps=laid.taps)

        world.db.write(unit)

    async with touring(db, clock, tmp_path / "media", prepare) as made:
        made.kept.update(chats_of)
        yield made


@pytest.fixture
async def bare(db: Database, clock: make.Clock, tmp_path: Path) -> AsyncIterator[Tour]:
    """Nothing but what each page is about."""
    async with touring(db, clock, tmp_path / "media") as made:
        yield made


async def opens_all(tour: Tour, watch: Watch, context: dict[str, Page]) -> None:
    """Every page of the console, and the further pages of its lists."""
    waiting = [("me", f"/console/chats/{one}") for one in tour.kept.values()]
    waiting += [(stop.who, stop.path) for stop in await tour.stops()]
    seen = set()
    while waiting:
        who, path = waiting.pop()
        if (who, path) in seen:
            continue
        seen.add((who, path))
        if who not in context:
            context[who] = await watch.over(await tour.context(who))
        page = context[who]
        answer = await page.goto(tour.running.url + path)
        assert answer is not None
        assert answer.status == 200, path
        assert page.url == tour.running.url + path
        await watch.looks(page)
        waiting += [(who, further) for further in await page.evaluate(FURTHER)]


@pytest.mark.long
@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.slow)])
async def test_no_payload_runs_on_any_page_of_the_console(tour: Tour, whole: bool) -> None:
    """Every page with every payload; what a page shows only one of has some of them here and all in `make check`."""
    watch = Watch()
    windows: dict[str, Page] = {}
    await opens_all(tour, watch, windows)
    turn = 1
    while whole and tour.world.db.write(lambda tx: sowing.resow(tx, turn)):  # noqa: B023 - called at once
        tour.rereads()
        for url in set().union(*watch.alone.values()):
            await windows["me"].goto(url)
            await watch.looks(windows["me"])
        turn += 1
    watch.clean()
    often = watch.shown.keys() - (set() if whole else set(sowing.ONE_AT_A_TIME))
    few = {column: len(watch.shown[column]) for column in often if len(watch.shown[column]) < ENOUGH}
    assert few == {}, "sow more rows of these (tests/helpers/sowing.py)"
    # The places where strangers' words are known to be shown: the tour must really have seen them.
    assert {
        "messages.text", "messages.choices", "notes.text", "media.name", "media.kept_reason", "staff.name",
        "service_texts.name", "service_texts.summary", "service_texts.eligibility", "confirmations.words",
        "organisations.name", "organisations.contact_email", "services.keywords", "imports.notes", "import_lines.changes",
        "counsellors.name", "bookings.code", "sites.place", "audit.actor", "audit.details",
        "records.first_name", "agreements.phone",
    } <= set(watch.shown)  # fmt: skip


async def arrives(page: Page, words: str) -> None:
    """Wait until this stands on the page."""
    await page.wait_for_function("(words) => document.body.textContent.includes(words)", arg=words)


async def test_nothing_runs_when_it_arrives_on_an_open_page(tour: Tour, clock: make.Clock) -> None:
    watch, db, long = Watch(), tour.world.db, tour.kept["long"]
    here, me = tour.world.here, tour.me
    page = await watch.over(await tour.context("me"))
    listed = await page.context.new_page()
    await page.goto(f"{tour.running.url}/console/chats/{long}")
    await listed.goto(f"{tour.running.url}/console/inbox?view=mine")
    # As many as one page shows; the rest in a second piece.
    for numbers in (range(75), range(75, len(PAYLOADS))):
        db.write(lambda tx, some=numbers: sowing.hears(tx, long, clock.at, some, 9000 + some.start))  # type: ignore[misc]  # bound now
        live.changed()
        await arrives(page, f"#{numbers[-1]}.{9000 + numbers.start}~")
        await watch.looks(page)
    assert len(watch.shown["messages.text"]) == len(PAYLOADS)
    new = db.write(
        lambda tx: chats.taken(tx, here, clock.at, me, "<img src=x onerror=ran()>", words=PAYLOADS[8])
    )
    live.changed()
    await expect(listed.locator(f"#chat-{new}")).to_be_visible()
    await watch.looks(listed)
    watch.clean()


async def test_nothing_runs_on_the_pages_of_members_and_of_the_day(tour: Tour, clock: make.Clock) -> None:
    watch, db, url = Watch(), tour.world.db, tour.running.url
    page = await watch.over(await tour.context("nobody", viewport={"width": 390, "height": 780}))
    await page.goto(url)

    def unit(tx: Tx) -> int:
        row = tx.query(table(ConversationRow).select())[-1]
        sowing.hears(tx, row.id, clock.at, range(5), 1)
        return int(row.id)

    chat = db.write(unit)
    await page.reload()
    await watch.looks(page, staff=False)
    for first in range(0, len(PAYLOADS), STEP):  # through its script, while it is open
        numbers = range(first, min(first + STEP, len(PAYLOADS)))

        def more(tx: Tx, numbers: range = numbers) -> None:
            sowing.taps(tx, chat, clock.at, "web", numbers)
            sowing.hears(tx, chat, clock.at, numbers, 7000)

        db.write(more)
        await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        await arrives(page, f"#{numbers[-1]}.7000~")
        await watch.looks(page, staff=False)
    assert len(watch.shown["messages.text"]) == len(PAYLOADS)
    assert len(watch.shown["messages.choices"]) == len(PAYLOADS)

    assert tour.running.server.app is not None
    await page.goto(url + tour.running.server.app[LINKS].issue(clock.at))
    assert await watch.looks(page) > ENOUGH
    await page.goto(url + "/never")
    await watch.looks(page)
    watch.clean()


async def test_nothing_runs_that_came_in_by_the_front_door(tour: Tour) -> None:
    """The same through posts and forms: a member's words and file, a colleague's answer, note and name."""
    watch, url = Watch(), tour.running.url
    some = [one for one in PAYLOADS[::16] if one.isprintable()]
    hers = await watch.over(await tour.context("nobody"))
    await hers.goto(url)
    posted = hers.context.request
    chat = tour.world.db.read(lambda tx: tx.query(table(ConversationRow).select())[-1].id)
    for at, payload in enumerate(some):
        form: dict[str, Any] = {
            name: await hers.locator(f"#say [name={name}]").input_value() for name in ("csrf", "seen")
        }
        told: dict[str, Any] = {"headers": {"Origin": url}, "max_redirects": 0}
        said = await posted.post(f"{url}/chat", form=form | {"text": payload, "id": f"t{at}"}, **told)
        assert said.status == 303
        file = {"name": payload, "mimeType": "text/html", "buffer": GOOD["image/png"]}
        sent = await posted.post(f"{url}/chat/file", multipart=form | {"id": f"f{at}", "file": file}, **told)
        assert sent.status == 303, await sent.text()
    tour.world.db.write(
        lambda tx: chats.change(tx, chat, owner="person", staff_id=tour.me, site_id=tour.world.here.id)
    )
    desk = tour.desks["me"]
    for at, payload in enumerate(some):
        await desk.post(f"/console/chats/{chat}/notes", note=f"{payload} noted")
        await desk.post(
            f"/console/chats/{chat}/reply", text=f"{payload} answered", language="en", post=f"p{at}"
        )
        assert desk.status == 303, desk.words
        await desk.post(
            "/console/staff",
            login=f"x{at}",
            name=f"{payload} works"[:60],
            site=str(tour.world.here.id),
            **{"role-desk": "1"},
        )
        assert desk.status == 200, desk.words
    page = await watch.over(await tour.context("me"))
    for path in (f"/console/chats/{chat}", "/console/staff", "/console/inbox?view=mine"):
        await page.goto(url + path)
        await watch.looks(page)
    await page.goto(f"{url}/console/chats/{chat}")
    shown = await page.evaluate("document.body.textContent")
    for payload in some:
        assert plain(f"{payload} noted") in shown
        assert plain(f"{payload} answered") in shown
    await hers.reload()
    await watch.looks(hers, staff=False)
    assert plain(f"{some[0]} answered") in await hers.evaluate("document.body.textContent")
    watch.clean()


@pytest.mark.slow  # `make check`: typed values come back through the same escaping as planted ones
async def test_what_was_typed_comes_back_as_words(bare: Tour) -> None:
    """Every form with a place for words, sent as it stands on its page with payloads in all of them."""
    watch, sent = Watch(), set()
    windows: dict[str, Page] = {}
    typed = "\"'></textarea></option></select><img src=x onerror=ran()>"
    for stop in await bare.stops():
        if stop.who not in windows:
            windows[stop.who] = await watch.over(await bare.context(stop.who))
        page = windows[stop.who]
        await page.goto(bare.running.url + stop.path)
        for number in range(await page.locator("form[method=post]").count()):
            if page.url != bare.running.url + stop.path:
                await page.goto(bare.running.url + stop.path)
            form = page.locator("form[method=post]").nth(number)
            fields = form.locator("input:not([type]), [type=text], [type=password], textarea")
            action = re.sub(r"\d+", "0", await form.get_attribute("action") or "")
            if await fields.count() == 0 or action in sent:
                continue
            sent.add(action)
            await fields.evaluate_all("(all, typed) => all.forEach((one) => { one.value = typed; })", typed)
            async with page.expect_navigation():
                await form.evaluate("(one) => HTMLFormElement.prototype.submit.call(one)")
            await watch.looks(page)
            await bare.signs_in(page.context, stop.who)  # using an invitation makes her somebody else
    watch.clean()
    assert len(sent) >= 8, sent


@pytest.mark.parametrize("policy", [True, False])
async def test_a_hole_is_seen(tour: Tour, monkeypatch: pytest.MonkeyPatch, policy: bool) -> None:
    """One `safe` too many in one template: blocked by the policy and told, or run, and seen either way."""
    whole = pages.environment()
    assert whole.loader is not None
    source = whole.loader.get_source(whole, "chat_lines.html")[0]
    holed = source.replace("(line.text | plain) }}", "(line.text | safe) }}")
    assert holed != source
    loader = ChoiceLoader([DictLoader({"chat_lines.html": holed}), whole.loader])
    monkeypatch.setattr(pages, "environment", lambda: whole.overlay(loader=loader))
    if not policy:
        monkeypatch.delitem(HEADERS, POLICY)
    watch = Watch()
    page = await watch.over(await tour.context("me"))
    await page.goto(f"{tour.running.url}/console/chats/{tour.kept['long']}", wait_until="commit")
    await page.wait_for_load_state("domcontentloaded")
    await watch.looks(page)
    assert watch.strange != []
    assert bool(watch.reports) == policy
    assert bool(watch.ran) != policy
