"""Both ways Telegram's updates reach us, and a look at what they left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.telegram import TelegramChannel
from bot.telegram_feed import TelegramFeed
from storage.db import Database
from storage.sites import Site
from tests.bot.telegram import SECRET, Client, Rows, channel, inbound, webhook
from tests.helpers import make, provider
from tests.helpers.staff_group import Group


@pytest.fixture
def rows(db: Database) -> Rows:
    return Rows(db)


@pytest.fixture
async def client(db: Database, site: Site, clock: make.Clock) -> AsyncIterator[Client]:
    """Telegram calling us."""
    line = channel()
    async with TestClient(
        TestServer(webhook(TelegramFeed(line, inbound(db, site, clock), SECRET)))
    ) as running:
        yield running
    await line.close()


@pytest.fixture
async def remote(tmp_path: Path) -> AsyncIterator[provider.Remote]:
    async with provider.here(tmp_path / "ledger") as running:
        yield running


@pytest.fixture
async def polling(
    db: Database, site: Site, clock: make.Clock, remote: provider.Remote
) -> AsyncIterator[TelegramFeed]:
    """We asking Telegram."""
    line = TelegramChannel(provider.TOKEN, remote.base)
    yield TelegramFeed(line, inbound(db, site, clock))
    await line.close()


@pytest.fixture
async def group(db: Database, site: Site, clock: make.Clock, remote: provider.Remote) -> AsyncIterator[Group]:
    """A staff group on Telegram, by the published description of the Bot API."""
    made = Group(db, site, clock, remote)
    yield made
    assert remote.problems() == [], "the published API description objects"
    await made.channel.close()
