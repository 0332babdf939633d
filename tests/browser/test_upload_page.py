"""Sending a picture from the chat page in a real browser, with its script and without it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import FilePayload, Page, expect
from sqlalchemy import select

from bot.settings import Settings
from bot.web.routes import routes
from storage.db import Database
from storage.media import MediaRow
from storage.sites import Site
from storage.sql import table
from tests.bot.test_files import BAD, GOOD
from tests.browser.test_chat_page import NO_SIDEWAYS, Window
from tests.helpers import browser, make
from tests.helpers.pages import parts_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
_m = table(MediaRow)


@pytest.fixture
async def window(db: Database, clock: make.Clock, site: Site, tmp_path: Path) -> AsyncIterator[Window]:
    app = web.Application()
    settings = Settings(media_folder=tmp_path / "media", media_max_mb=1)
    routes(app, parts_of(db, clock, site, settings))
    async with TestServer(app) as server, browser.launch() as running:
        yield Window(running, str(server.make_url("/")))


def picture(body: bytes = GOOD["image/png"], name: str = "pismo.png") -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": body}


async def to_the_menu(page: Page) -> None:
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_text("Do you agree?")).to_be_visible()
    await page.get_by_role("button", name="I agree").click()
    await expect(page.get_by_text("What do you need?")).to_be_visible()


async def attach(page: Page, file: FilePayload) -> None:
    if not await page.locator("#attach").evaluate("(box) => box.open"):
        await page.get_by_text("Picture, voice, file").click()
    await page.get_by_label("Choose a picture").set_input_files(file)
    await page.get_by_role("button", name="Send the file").click()


def stored(db: Database) -> int:
    return len(db.read(lambda tx: tx.query(select(_m.c.id).where(_m.c.state == "stored"))))


@pytest.mark.parametrize("script", [True, False])
async def test_a_picture_goes_and_the_words_with_it(window: Window, db: Database, script: bool) -> None:
    page = await window.opens(script=script)
    await to_the_menu(page)
    await page.get_by_label("Write a message").fill("my letter")
    await attach(page, picture())
    await expect(page.get_by_text("I cannot read letters or pictures. A person can.")).to_be_visible()
    await expect(page.locator(".line.hers").last).to_contain_text("my letter")
    await expect(page.get_by_label("Write a message")).to_have_value("")
    assert stored(db) == 1
    await page.get_by_role("button", name="A person looks").click()
    await expect(page.get_by_text("We give it to a person.")).to_be_visible()
    assert await page.evaluate(NO_SIDEWAYS)
    assert window.complaints == []


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (picture(GOOD["image/png"] + bytes(1024 * 1024)), "This is too big for us."),
        (picture(BAD["html"]), "We cannot open this kind of file."),
    ],
)
async def test_what_is_not_taken_is_said_and_the_words_stay(
    window: Window, db: Database, script: bool, file: FilePayload, sentence: str
) -> None:
    page = await window.opens(script=script)
    await to_the_menu(page)
    await page.get_by_label("Write a message").fill("my letter")
    await attach(page, file)
    await expect(page.get_by_role("alert")).to_contain_text(sentence)
    await expect(page.get_by_label("Write a message")).to_have_value("my letter")
    assert stored(db) == 0
    await attach(page, picture())
    await expect(page.get_by_text("I cannot read letters or pictures.")).to_be_visible()
    assert stored(db) == 1
