"""Anything at all posted to the webhook: never an error of ours, and never a row of somebody else."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from bot.telegram_feed import TelegramFeed
from storage.db import Database
from storage.sites import Site
from tests.bot.telegram import SECRET, Client, Rows, channel, inbound, post, says, taps, webhook
from tests.helpers import make
from tests.helpers.counts import count

BYSTANDER = 7_777_777_777
POLITE = {200, 400, 413, 415}
CASES_SHORT = 150
WHO = st.integers(1, 30)
IDS = st.integers(1, 10**6)
ANY_TEXT = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        ["SOS", "STOP", "menu", "1", "2", "yes", "da", "/start", "/start x", "\x00", "\ud800", "٣", "²"]
    ),
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=15,
)
KEYS = st.sampled_from(
    [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "channel_post",
        "chat",
        "from",
        "text",
        "data",
        "id",
        "type",
        "is_bot",
        "photo",
        "voice",
        "caption",
        "language_code",
        "new_chat_member",
        "status",
        "result",
        "update_id",
        "location",
        "sticker",
    ]
)
DATA = st.one_of(
    st.builds(
        "{}.{}".format,
        st.integers(-1, 300),
        st.sampled_from(["sl", "ok", "book", "nav.sos", "nav.menu", "nav.back", "yes"]),
    ),
    ANY_TEXT,
)


@st.composite
def bent(draw: st.DrawFn) -> Any:
    """A proper update with some of its parts exchanged for anything."""
    update: Any = draw(
        st.one_of(
            st.builds(says, WHO, ANY_TEXT, IDS, st.sampled_from(["message", "edited_message"])),
            st.builds(taps, WHO, DATA, IDS),
        )
    )
    for _ in range(draw(st.integers(0, 3))):
        at = update
        while isinstance(at, dict) and at and draw(st.booleans()):
            deeper = at[draw(st.sampled_from(sorted(at)))]
            if not isinstance(deeper, dict):
                break
            at = deeper
        if isinstance(at, dict):
            at[draw(KEYS)] = draw(ANY_JSON | WHO)
    return update


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """Updates, bent updates, and bytes that were updates."""
    raw = json.dumps(draw(st.one_of(bent(), st.lists(bent(), max_size=3), ANY_JSON))).encode()
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 3]))):
        at = draw(st.integers(0, max(0, len(raw) - 1)))
        raw = raw[:at] + draw(st.binary(max_size=3)) + raw[at + draw(st.integers(0, 3)) :]
    return raw


def test_anything_posted_is_answered_and_touches_nobody_else(
    db: Database, site: Site, clock: make.Clock
) -> None:
    posts(db, site, clock, CASES_SHORT, count("FUZZ_SEED", 20260302))


@pytest.mark.slow
def test_many_more_of_anything_are_answered_and_touch_nobody_else(
    db: Database, site: Site, clock: make.Clock
) -> None:
    posts(db, site, clock, count("CASES", 2000), count("FUZZ_SEED", secrets.randbits(31)))


def posts(db: Database, site: Site, clock: make.Clock, cases: int, chosen: int) -> None:
    """So many deliveries of anything at all; `FUZZ_SEED` repeats a run."""
    print(f"seed {chosen}")
    rows = Rows(db)
    line = channel()
    with asyncio.Runner() as runner:
        feed = TelegramFeed(line, inbound(db, site, clock), SECRET)
        client = runner.run(opened(feed))
        runner.run(post(client, says(BYSTANDER, "dober dan")))
        before = rows.of(BYSTANDER), rows.talk(BYSTANDER)

        @seed(chosen)
        @settings(max_examples=cases, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(raw=bodies())
        def anything(raw: bytes) -> None:
            clock.forward(seconds=20)
            assert runner.run(post(client, raw)) in POLITE
            assert not rows.failed, rows.failed
            assert (rows.of(BYSTANDER), rows.talk(BYSTANDER)) == before

        anything()
        assert len(rows.keys) > cases / 10, "hardly any of it was an update"
        runner.run(client.close())
        runner.run(line.close())


async def opened(feed: TelegramFeed) -> Client:
    client = TestClient(TestServer(webhook(feed)))
    await client.start_server()
    return client
