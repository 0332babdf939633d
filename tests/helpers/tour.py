"""Every page of the console in a browser, found in the table of routes: whoever adds a page has it visited."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.async_api import Browser, BrowserContext

from bot.console.routes import ROUTES
from bot.settings import Settings
from storage import people, sites
from storage.db import Database
from storage.sites import Site
from tests.bot.console.objects import World, made, maker
from tests.helpers import browser, make
from tests.helpers.console import Console, Desk, console, person, session, signed_browser

ROLES = ("admin", "coordinator", "counsellor", "desk")
WHO = ("me", "half", "enrolled", "nobody")
"""With every role; half in, without and with a second factor; not signed in."""


@dataclass(frozen=True)
class Stop:
    """One page as one of them gets it."""

    who: str
    path: str
    route: str


@dataclass
class Tour:
    """A running console, a browser, and who goes through it."""

    running: Console
    world: World
    browser: Browser
    me: int
    opened: list[tuple[str, str]]
    """Every route that is opened, with the path to something of hers."""
    site: Site
    """As the server knows it."""
    desks: dict[str, Desk] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    """Chats that `prepare` made, by name."""

    def __post_init__(self) -> None:
        site, db = self.world.here, self.world.db
        half, enrolled = (db.write(lambda tx: person(tx, site, "coordinator")) for _ in range(2))
        db.write(lambda tx: people.set_totp(tx, enrolled, "A" * 32))
        self.desks["nobody"] = self.running.anybody()
        for who, staff_id in (("me", self.me), ("half", half), ("enrolled", enrolled)):
            self.desks[who] = self.running.signed_in(staff_id=staff_id, passed=who == "me")

    def rereads(self) -> None:
        """The server learns what the database now says of its site."""
        found = self.world.db.read(lambda tx: sites.find(tx, self.world.here.slug))
        assert found is not None
        self.site = found

    async def stops(self) -> list[Stop]:
        """What is a page for somebody; a route that is nothing for anybody is an error."""
        found = []
        for route, path in self.opened:
            seen = []
            for who in WHO:
                desk = await self.desks[who].get(path)
                kind = desk.headers.get("Content-Type", "")
                if desk.status == 200 and kind.startswith("text/html"):
                    found.append(Stop(who, path, route))
                seen.append((desk.status, desk.headers.get("Location")))
                if desk.status == 200 and who == "me":
                    break  # she sees all there is of it
            leads_on = (303, "/console/") in [(status, (to or "")[:9]) for status, to in seen]
            assert leads_on or any(status == 200 for status, _ in seen), f"{path}: {seen}"
        return found

    async def context(self, who: str, **how: Any) -> BrowserContext:
        """A browser of one of them."""
        context = await self.browser.new_context(locale="en", **how)
        await self.signs_in(context, who)
        return context

    async def signs_in(self, context: BrowserContext, who: str) -> None:
        """Give a browser her session, whoever it had before."""
        staff = self.desks[who].staff
        if staff is not None:
            new = session(self.running.parts, staff.id, passed=who == "me")
            await signed_browser(context, self.running, new)


def objects(world: World, me: int) -> list[tuple[str, str]]:
    """Every route that is opened, with the path to something of hers; a live stream is part of its page."""
    found = []
    for route in ROUTES:
        if route.method == "GET" and not route.quiet:
            make_one, kinds = maker("GET", route.path)
            values = made(world, make_one, kinds[0], me)[0]
            path = re.sub(r"\{(\w+)\}", lambda name, of=values: quote(of[name.group(1)]), route.path)  # type: ignore[misc]  # bound now
            found.append((route.path, path))
    return found


@asynccontextmanager
async def touring(db: Database, clock: make.Clock, folder: Path, prepare: Any = None) -> AsyncIterator[Tour]:
    """A console of two sites; `prepare(world, me)` fills it before its server reads the site."""
    here, there = db.write(make.site), db.write(lambda tx: make.site(tx, "postojna"))
    world = World(db, here, there, folder)
    me = db.write(lambda tx: person(tx, here, *ROLES))
    opened = objects(world, me)
    if prepare is not None:
        prepare(world, me)
    settings = Settings(media_folder=folder)
    async with (
        console(db, clock, here, settings, telegram_username="tocka_bot") as running,
        browser.launch() as chromium,
    ):
        tour = Tour(running, world, chromium, me, opened, here)
        object.__setattr__(
            running.parts, "site", lambda: tour.site
        )  # what is sown into it later is shown as well
        tour.rereads()
        yield tour
