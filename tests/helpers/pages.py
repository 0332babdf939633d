"""A visitor of the chat page without a browser: real server, real engine, real database."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape

from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.console import live
from bot.inbound import Inbound
from bot.office import Offices
from bot.settings import Settings, keyed
from bot.web.day import DayLinks
from bot.web.parts import Health, Parts
from bot.web.routes import routes
from flows.screen import Outside
from storage.db import Database
from storage.office import alone
from storage.sites import Site
from tests.helpers import make

KEY = b"a key for tests only, of some length"
EXIT = "http://exit.invalid/"


def parts_of(db: Database, clock: make.Clock, site: Site, settings: Settings | None = None) -> Parts:
    """The parts of a server whose turns are run by the real engine."""
    outside = Outside(keyed(KEY), settings.public_url if settings else None)
    texts = make.own_texts()
    offices = Offices(db, alone(site))
    inbound = Inbound(db, texts, lambda: offices.now, clock, hint=live.changed, outside=outside)
    return Parts(
        db,
        texts,
        clock,
        settings or Settings(),
        KEY,
        inbound.take,
        offices,
        Health(),
        exit_url=EXIT,
    )


@dataclass
class Visitor:
    """One browser: keeps its cookies and posts what the last page would post."""

    client: TestClient[web.Request, web.Application]
    server: TestServer
    links: DayLinks
    parts: Parts
    status: int = 0
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    cookies: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return str(self.client.make_url("/")).rstrip("/")

    @property
    def words(self) -> str:
        """The text of the page without its marks."""
        inner = re.sub(r"(?s)<head>.*?</head>|<[^>]+>", " ", self.body)
        return " ".join(unescape(inner).split())

    def hidden(self, name: str) -> str:
        """A hidden field of the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.body)
        return unescape(found.group(1)) if found else ""

    def buttons(self) -> dict[str, str]:
        """Label (without its number) -> value of every choice on the page."""
        rows = re.findall(r'(?s)<button form="tap"[^>]*name="tap" value="([^"]+)">(.*?)</button>', self.body)
        plain = (
            (re.sub(r'<span class="number">\d+</span>|<[^>]+>', "", label), value) for value, label in rows
        )
        return {unescape(label).strip(): unescape(value) for label, value in plain}

    async def get(self, path: str = "/", **headers: str) -> Visitor:
        """Open a page, following our own redirects but none to elsewhere."""
        return await self._keep("GET", path, headers=headers)

    async def post(self, path: str, data: dict[str, str] | str | bytes, **headers: str) -> Visitor:
        """Post a form as it is, from our own page."""
        told = {"Origin": self.origin, "Content-Type": "application/x-www-form-urlencoded"} | headers
        if isinstance(data, dict):
            from urllib.parse import urlencode

            data = urlencode(data)
        return await self._keep("POST", path, headers={k: v for k, v in told.items() if v}, data=data)

    async def says(self, text: str) -> Visitor:
        """Type words into the form and look at the page that follows."""
        return await self._follow(await self.post("/chat", self.form() | {"text": text}))

    async def taps(self, label: str) -> Visitor:
        """Press the newest button with this label."""
        return await self._follow(await self.post("/chat", self.form() | {"tap": self.buttons()[label]}))

    def form(self) -> dict[str, str]:
        """The hidden fields of the page."""
        return {name: self.hidden(name) for name in ("csrf", "seen", "id")}

    async def _follow(self, answered: Visitor) -> Visitor:
        assert answered.status == 303, (answered.status, answered.words)
        return await self.get(answered.headers["Location"])

    async def _keep(self, method: str, path: str, **rest: object) -> Visitor:
        async with self.client.request(method, path, allow_redirects=False, **rest) as answer:  # type: ignore[arg-type]  # passed through
            self.status, self.headers = answer.status, dict(answer.headers)
            self.cookies = answer.headers.getall("Set-Cookie", [])
            self.body = await answer.text()
        return self


@asynccontextmanager
async def visiting(
    db: Database, clock: make.Clock, site: Site, settings: Settings | None = None
) -> AsyncIterator[Visitor]:
    """A server and its first visitor."""
    parts = parts_of(db, clock, site, settings)
    app = web.Application()
    links = routes(app, parts)
    server = TestServer(app)
    async with TestClient(server, cookie_jar=CookieJar(unsafe=True)) as client:
        yield Visitor(client, server, links, parts)


def another(visitor: Visitor) -> Visitor:
    """A second browser at the same server. Close its client."""
    return Visitor(
        TestClient(visitor.server, cookie_jar=CookieJar(unsafe=True)),
        visitor.server,
        visitor.links,
        visitor.parts,
    )
