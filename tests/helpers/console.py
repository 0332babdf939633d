"""Staff in tests: people with roles, signed-in clients and browsers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import count
from re import search, sub
from typing import Any
from urllib.parse import urlencode

from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import BrowserContext

from bot.console import door
from bot.settings import Settings
from bot.web.parts import Parts
from bot.web.routes import routes
from bot.web.security import csrf
from storage import people, sessions
from storage.db import Database
from storage.sites import Site
from storage.sql import Tx
from tests.helpers import make
from tests.helpers.pages import parts_of

_numbers = count(1)


@dataclass
class Staff:
    """One of the staff with a session that has passed every factor."""

    id: int
    uid: str
    login: str
    token: str
    csrf: str
    """The word her forms carry."""


def person(
    tx: Tx, site: Site, *roles: str, languages: Iterable[str] = ("sl", "en"), language: str = "en"
) -> int:
    """Somebody with these roles at a site; her id."""
    number = next(_numbers)
    found = people.add(
        tx,
        uid=f"staff-{number}",
        login=f"login{number}",
        name=f"Person {number} (test)",
        languages=languages,
        language=language,
        now=make.MONDAY,
    )
    assert found is not None
    for role in roles:
        people.give_role(tx, found, site.id, role)
    return found


def session(parts: Parts, staff_id: int, *, passed: bool = True) -> Staff:
    """A session of hers, as signing in would have begun it."""
    token, now = parts.token(), parts.clock()

    def unit(tx: Tx) -> Any:
        sessions.begin(tx, door.hashed(token), staff_id, now, passed=passed)
        return people.get(tx, staff_id)

    who = parts.db.write(unit)
    return Staff(who.id, who.uid, who.login, token, csrf(parts, token))


@dataclass
class Desk:
    """One person's browser at the console: keeps her cookie and posts what the page would post."""

    client: TestClient[web.Request, web.Application]
    staff: Staff | None = None
    status: int = 0
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return str(self.client.make_url("/")).rstrip("/")

    @property
    def words(self) -> str:
        """The text of the page without its marks."""
        return " ".join(unescape(sub(r"(?s)<head>.*?</head>|<[^>]+>", " ", self.body)).split())

    def hidden(self, name: str) -> str:
        """A hidden field of the page."""
        found = search(rf'name="{name}" value="([^"]*)"', self.body)
        return unescape(found.group(1)) if found else ""

    async def get(self, path: str, **headers: str) -> Desk:
        """Open a page; redirects are shown, not followed."""
        return await self._keep("GET", path, headers=headers)

    async def post(
        self, path: str, _csrf: str | None = None, _headers: dict[str, str] | None = None, /, **fields: str
    ) -> Desk:
        """Post a form from our own page with the right word, unless another is given."""
        word = _csrf if _csrf is not None else (self.staff.csrf if self.staff else self.hidden("csrf"))
        told = {"Origin": self.origin, "Content-Type": "application/x-www-form-urlencoded"} | (_headers or {})
        return await self._keep("POST", path, headers=told, data=urlencode({"csrf": word} | fields))

    async def follow(self) -> Desk:
        """Open the page a form led to."""
        assert self.status == 303, (self.status, self.words)
        return await self.get(self.headers["Location"])

    async def _keep(self, method: str, path: str, **rest: Any) -> Desk:
        rest["headers"] = {"Accept-Language": "en"} | rest.get("headers", {})
        async with self.client.request(method, path, allow_redirects=False, **rest) as answer:
            self.status, self.headers = answer.status, dict(answer.headers)
            self.body = (await answer.read()).decode("utf-8", "replace")
        return self


@dataclass
class Console:
    """A running console and its parts."""

    server: TestServer
    parts: Parts
    site: Site
    opened: list[TestClient[web.Request, web.Application]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return str(self.server.make_url("/")).rstrip("/")

    def anybody(self) -> Desk:
        """A browser without a session."""
        client = TestClient(self.server, cookie_jar=CookieJar(unsafe=True))
        self.opened.append(client)
        return Desk(client)

    def signed_in(
        self,
        *roles: str,
        site: Site | None = None,
        languages: Iterable[str] = ("sl", "en"),
        staff_id: int | None = None,
        passed: bool = True,
    ) -> Desk:
        """A browser of somebody with these roles (or of `staff_id`), past every factor."""
        at = site or self.site
        who = staff_id or self.parts.db.write(lambda tx: person(tx, at, *roles, languages=languages))
        staff = session(self.parts, who, passed=passed)
        desk = self.anybody()
        desk.client.session.cookie_jar.update_cookies(
            {door.cookie_name(self.parts): staff.token}, self.server.make_url("/")
        )
        desk.staff = staff
        return desk


@asynccontextmanager
async def console(
    db: Database,
    clock: make.Clock,
    site: Site,
    settings: Settings | None = None,
    *,
    telegram_username: str | None = None,
) -> AsyncIterator[Console]:
    """A server with the whole application's pages."""
    parts = replace(parts_of(db, clock, site, settings), telegram_username=telegram_username)
    app = web.Application()
    routes(app, parts)
    server = TestServer(app)
    async with server:
        made = Console(server, parts, site)
        try:
            yield made
        finally:
            for client in made.opened:
                await client.session.close()


async def signed_browser(context: BrowserContext, running: Console, staff: Staff) -> None:
    """Put her session into a browser: its pages open as if she had signed in."""
    await context.add_cookies(
        [
            {
                "name": door.cookie_name(running.parts),
                "value": staff.token,
                "url": running.url,
                "httpOnly": True,
                "sameSite": "Lax",
            }
        ]
    )
