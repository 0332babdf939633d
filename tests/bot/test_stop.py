"""A stop of the whole application, as the service manager asks for it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from pydantic import SecretStr
from sqlalchemy import select

from bot.app import App
from bot.settings import Settings
from storage.db import Database
from storage.messages import MessageRow
from storage.sites import Site
from storage.sql import table
from tests.bot.telegram import says
from tests.helpers import office, provider

CHAT = 777
_m = table(MessageRow)


async def test_what_is_on_the_wire_is_seen_to_its_end(
    db: Database, site: Site, remote: provider.Remote
) -> None:
    token = SecretStr(provider.TOKEN)
    app = App(Settings(database_url=db.url, port=0, telegram_token=token, telegram_api_base=remote.base))
    await remote.fault("slow", seconds=0.5)
    running = asyncio.create_task(app.run())
    async with asyncio.timeout(30):
        await remote.push(says(CHAT, "/start"))
        await office.until(lambda: bool(remote.calls("sendMessage")))
        running.cancel()  # accepted, and its answer still to come
        with suppress(asyncio.CancelledError):
            await running
    app.close()
    assert site.slug == "celje"
    states = db.read(lambda tx: tx.query(select(_m.c.state).where(_m.c.state != "received")))
    assert [row.state for row in states] == ["sent"]
