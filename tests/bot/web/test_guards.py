import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, func, select

from bot.channels.web import TEXT_MAX
from bot.settings import Settings
from bot.web import security
from bot.web.limits import NEW_PER_HOUR, POSTS_PER_MINUTE, network
from storage.conversations import ConversationRow
from storage.db import Database
from storage.members import AddressRow
from storage.messages import MessageRow
from storage.sites import Site
from storage.sql import table
from tests.helpers import make
from tests.helpers.pages import Visitor, visiting

_m, _c, _a = table(MessageRow), table(ConversationRow), table(AddressRow)
ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what does not touch the database's own behaviour."""


def rows(db: Database, *where: Any) -> list[Any]:
    return db.read(lambda tx: tx.query(select(_m).where(*where).order_by(_m.c.id)))


def count(db: Database, what: Table) -> int:
    return int(db.read(lambda tx: tx.query(select(func.count().label("n")).select_from(what)))[0].n)


def her_token(visitor: Visitor) -> str:
    return next(cookie.partition("=")[2].partition(";")[0] for cookie in visitor.cookies)


@ONE
async def test_over_https_the_cookie_belongs_to_this_host_alone(
    db: Database, clock: make.Clock, site: Site
) -> None:
    settings = Settings(public_url="https://chat.example.org")
    async with visiting(db, clock, site, settings) as visitor:
        await visitor.get()
        assert visitor.cookies[0].startswith("__Host-id=")
        assert "Secure" in visitor.cookies[0]
        assert "Strict-Transport-Security" in visitor.headers
        await visitor.post("/again", {})
        assert visitor.status == 403  # the origin is the public one, not the one we listen on
        await visitor.post("/again", {}, Origin="https://chat.example.org")
        assert visitor.status == 303


@ONE
@pytest.mark.parametrize("path", ["/", "/sos", "/leave", "/nowhere", "/day", "/health", "/static/page.css"])
async def test_every_answer_is_shut_tight(db: Database, clock: make.Clock, site: Site, path: str) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get(path)
        policy = visitor.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert visitor.headers["X-Content-Type-Options"] == "nosniff"
        assert visitor.headers["Referrer-Policy"] == "same-origin"
        assert visitor.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert visitor.headers["Cache-Control"] == ("no-cache" if path.startswith("/static") else "no-store")
        assert "<script>" not in visitor.body
        assert " style=" not in visitor.body
        assert " onclick" not in visitor.body


@pytest.mark.parametrize(
    ("headers", "change"),
    [
        ({"Origin": "https://elsewhere.example"}, {}),
        ({"Origin": "null"}, {}),
        ({"Sec-Fetch-Site": "cross-site"}, {}),
        ({"Sec-Fetch-Site": "same-site"}, {}),
        ({"Origin": ""}, {}),
        ({"Origin": "", "Referer": "https://elsewhere.example/"}, {}),
        ({}, {"csrf": "0" * 32}),
        ({}, {"csrf": ""}),
    ],
)
@ONE
async def test_a_post_from_elsewhere_does_nothing(
    db: Database, clock: make.Clock, site: Site, headers: dict[str, str], change: dict[str, str]
) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "en"})
        form = visitor.form() | {"tap": visitor.buttons()["English"]}
        before = rows(db)
        for path in ("/chat", "/chat/seen", "/forget"):
            await visitor.post(path, form | change, **headers)
            assert visitor.status == 403
            assert "112" in visitor.words
        assert rows(db) == before
        await visitor.post("/chat", form)
        assert visitor.status == 303


@ONE
async def test_a_flood_of_newcomers_writes_nothing_and_still_gets_the_numbers(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with visiting(db, clock, site) as visitor:
        for _ in range(NEW_PER_HOUR):
            visitor.client.session.cookie_jar.clear()
            await visitor.get()
            assert visitor.status == 200
        known = her_token(visitor)
        before = count(db, _c)
        visitor.client.session.cookie_jar.clear()
        await visitor.get("/", **{"X-Forwarded-For": "192.0.2.7"})  # anybody can write this header
        assert visitor.status == 429
        assert 'href="tel:112"' in visitor.body
        assert 'href="tel:0801155"' in visitor.body
        assert site.phone in visitor.words
        assert count(db, _c) == before
        await visitor.get("/", Cookie=f"id={known}")
        assert visitor.status == 200  # who has a chat keeps it
        visitor.client.session.cookie_jar.clear()
        clock.forward(hours=1)
        await visitor.get()
        assert visitor.status == 200


@ONE
async def test_behind_our_own_web_server_each_visitor_counts_alone(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with visiting(db, clock, site, Settings(trust_proxy=True)) as visitor:
        for _ in range(NEW_PER_HOUR):
            visitor.client.session.cookie_jar.clear()
            await visitor.get("/", **{"X-Forwarded-For": "192.0.2.1"})
        visitor.client.session.cookie_jar.clear()
        await visitor.get("/", **{"X-Forwarded-For": "198.51.100.9, 192.0.2.1"})
        assert visitor.status == 429  # only the last address was written by our server
        await visitor.get("/", **{"X-Forwarded-For": "192.0.2.1, 192.0.2.2"})
        assert visitor.status == 200


@ONE
async def test_too_many_posts_get_a_calm_page(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "en"})
        form = visitor.form()
        for n in range(POSTS_PER_MINUTE):
            await visitor.post("/chat", form | {"text": f"word {n}"})
            assert visitor.status == 303
        before = rows(db)
        await visitor.post("/chat", form | {"text": "SOS"}, **{"Accept-Language": "en"})
        assert visitor.status == 429
        assert 'href="tel:112"' in visitor.body
        assert rows(db) == before
        clock.forward(minutes=1)
        await visitor.post("/chat", form | {"text": "SOS"})
        assert visitor.status == 303


BAD: list[dict[str, str] | str | bytes] = [
    {"text": "\x00"},
    {"text": "a\x00b\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace")},
    {"text": "x" * (TEXT_MAX * 4)},
    {"text": "y" * 70_000},
    {"tap": "garbage"},
    {"tap": "."},
    {"tap": "9" * 40 + ".en"},
    {"tap": "1." + "c" * 500},
    {"tap": "-1.en"},
    {"tap": "٣.en"},
    {"text": "hello", "seen": "1,2,x,," + "9" * 50},
    {"text": "hello", "id": "i" * 5000},
    {"text": "hello", "after": "NaN"},
    {},
    "text=%ff%fe%00&tap=%ed%a0%80",
    b"\xff\xfe\x00\x01",
    "&".join(f"a{n}=1" for n in range(500)),
    "text",
]


@pytest.mark.parametrize("number", range(len(BAD)))
async def test_bad_input_gets_a_sentence(db: Database, clock: make.Clock, site: Site, number: int) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "en"})
        form, bad = visitor.form(), BAD[number]
        if isinstance(bad, dict):
            bad = form | bad
        elif isinstance(bad, str):
            bad = f"csrf={form['csrf']}&{bad}"
        await visitor.post("/chat", bad)
        assert visitor.status in (303, 400, 403, 413)
        assert rows(db, _m.c.state == "failed") == []
        assert all("\x00" not in row.text and len(row.text) <= TEXT_MAX for row in rows(db))
        await visitor.get()
        assert visitor.status == 200


@ONE
async def test_a_body_that_is_not_what_it_says_is_no_fault_of_ours(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "en"})
        await visitor.post("/chat", b"\x1f\x8b\x08 no gzip", **{"Content-Encoding": "gzip"})
        assert visitor.status == 400
        assert 'href="tel:112"' in visitor.body


@ONE
async def test_a_body_that_never_ends_is_not_waited_for(
    db: Database, clock: make.Clock, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(security, "FORM_WAIT_S", 0.05)
    forever = asyncio.Event()

    async def drops() -> AsyncIterator[bytes]:
        yield b"text="
        await forever.wait()

    async with visiting(db, clock, site) as visitor, asyncio.timeout(10):
        await visitor.get()
        told = {"Origin": visitor.origin, "Content-Type": "application/x-www-form-urlencoded"}
        async with visitor.client.post("/chat", data=drops(), headers=told) as answer:
            assert answer.status == 400
        forever.set()


@ONE
async def test_words_are_shown_as_words(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "en"})
        await visitor.says('<script>alert(1)</script><img src=x onerror="1">')
        assert "<script>alert" not in visitor.body
        assert "<img" not in visitor.body
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in visitor.body


async def test_a_dead_database_gets_a_page_with_the_numbers(
    db: Database, clock: make.Clock, site: Site, tmp_path: Path
) -> None:
    dead = make.open_database(f"sqlite:///{tmp_path / 'gone' / 'never.db'}")
    try:
        async with visiting(dead, clock, site) as visitor:
            await visitor.get("/", **{"Accept-Language": "en"})
            assert visitor.status == 503
            assert 'href="tel:112"' in visitor.body
            await visitor.get("/sos")
            assert visitor.status == 200
            await visitor.get("/health")
            assert visitor.status == 503
            assert '"database": "unavailable"' in visitor.body
    finally:
        dead.close()


@ONE
@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE"])
async def test_only_a_visit_begins_a_chat(db: Database, clock: make.Clock, site: Site, method: str) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.client.request(method, "/")
        await visitor.get("/", **{"Sec-Purpose": "prefetch;prerender"})
        # What a page elsewhere can make her browser ask for.
        for what in ("image", "iframe", "script", "empty"):
            await visitor.get("/", **{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": what})
            assert visitor.status == 200
        assert count(db, _c) == 0
        await visitor.get("/", **{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"})
        assert count(db, _c) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("nonsense", "", True),
    ],
)
def test_a_home_counts_as_one_visitor(one: str, other: str, same: bool) -> None:
    assert (network(one) == network(other)) is same
