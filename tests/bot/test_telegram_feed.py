"""Telegram's updates by webhook: hostile ones are answered alike and change nothing that is not theirs."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import Any

import orjson
import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.telegram import TelegramChannel
from bot.telegram_feed import BODY_MAX, SECRET_HEADER, TelegramFeed
from flows.screen import Kind
from storage.db import Database
from storage.sites import Site
from tests.bot.telegram import (
    FINE,
    PATH,
    SECRET,
    Client,
    Rows,
    channel,
    in_group,
    inbound,
    post,
    says,
    taps,
    webhook,
)
from tests.helpers import make, provider

# --- the secret

WRONG = (
    None,
    "",
    "wrong",
    SECRET[:-1],
    SECRET + "x",
    SECRET.upper(),
    "č" * 20,
    "x" * 7000,
    f" {SECRET[1:]}",
)


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_secret_gets_one_constant_answer(client: Client, rows: Rows, wrong: str | None) -> None:
    headers = {} if wrong is None else {SECRET_HEADER: wrong}
    answers = []
    for body in (orjson.dumps(says(1, "dober dan")), b"{", b"x" * 5000):
        answer = await client.post(PATH, data=body, headers=headers)
        shown = {name: value for name, value in answer.headers.items() if name != "Date"}
        answers.append((answer.status, await answer.read(), shown))
    assert answers == [answers[0]] * 3
    assert answers[0][:2] == (401, b"")
    assert rows.keys == []


async def test_without_a_secret_of_ours_nobody_gets_in(
    db: Database, site: Site, clock: make.Clock, rows: Rows
) -> None:
    line = channel()
    app = webhook(TelegramFeed(line, inbound(db, site, clock)))
    async with TestClient(TestServer(app)) as client:
        for headers in ({}, {SECRET_HEADER: ""}):
            answer = await client.post(PATH, data=orjson.dumps(says(1, "a")), headers=headers)
            assert answer.status == 401
    assert rows.keys == []
    await line.close()


# --- what is not an update of hers

NOBODY = {
    "empty": b"",
    "brace": b"{",
    "null": b"null",
    "number": b"1",
    "list": b"[]",
    "list of lists": b"[[[]]]",
    "bytes": b"\xff\xfe\x00\x01",
    "deep list": b"[" * 100_000,
    "deep closed": b"[" * 100_000 + b"]" * 100_000,
    "deep update": b'{"update_id":1,"message":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}",
    "huge number": b'{"update_id":' + b"9" * 5000 + b"}",
    "nan": b'{"update_id":NaN}',
    "id as text": b'{"update_id":"1"}',
    "unknown kind": b'{"update_id":1,"poll":{"id":"1"}}',
    "result": b'{"ok":true,"result":"x"}',
    "result null": b'{"ok":true,"result":null}',
}


@pytest.mark.parametrize("name", NOBODY)
async def test_what_is_no_update_is_answered_and_forgotten(client: Client, rows: Rows, name: str) -> None:
    assert await post(client, NOBODY[name]) == FINE
    assert rows.keys == []


BROKEN: dict[str, Any] = {
    "no sender": {"from": None},
    "sender without id": {"from": {}},
    "sender as list": {"from": [1]},
    "negative sender": {"from": {"id": -5}},
    "huge sender": {"from": {"id": 2**70}},
    "sender true": {"from": {"id": True}},
    "sender 1.5": {"from": {"id": 1.5}},
    "a bot": {"from": {"id": 5, "is_bot": True}},
    "chat as text": {"chat": "x"},
    "no chat": {"chat": None},
}


@pytest.mark.parametrize("name", BROKEN)
async def test_an_update_of_nobody_runs_no_turn(client: Client, rows: Rows, name: str) -> None:
    update = says(5, "dober dan")
    update["message"] |= BROKEN[name]
    assert await post(client, json.dumps(update).encode()) == FINE
    for id_ in (0, -1, 2**63, None, "1", True, 1.5):
        assert await post(client, json.dumps(says(5, "a") | {"update_id": id_}).encode()) == FINE
    assert rows.keys == []


async def test_too_much_is_refused(client: Client, rows: Rows) -> None:
    assert await post(client, says(1, "x" * BODY_MAX)) == 413
    assert rows.keys == []


async def test_a_compressed_body_is_refused_unread(client: Client, rows: Rows) -> None:
    bomb = gzip.compress(orjson.dumps(says(1, "a" * 10_000_000)))
    assert await post(client, bomb, **{"Content-Encoding": "gzip"}) == 415
    assert rows.keys == []


@pytest.mark.parametrize(
    "raw",
    [
        rb'{"update_id":1,"message":{"chat":{"id":1,"type":"private"},"from":{"id":1},"text":"a\u0000b"}}',
        rb'{"update_id":1,"message":{"chat":{"id":1,"type":"private"},"from":{"id":1},"text":"a\ud800b"}}',
        b'{"update_id":1,"message":{"chat":{"id":1,"type":"private"},"from":{"id":1},"text":"a\xffb"}}',
    ],
    ids=["nul", "lone surrogate", "not utf-8"],
)
async def test_harmful_characters_are_replaced_and_the_rest_is_heard(
    client: Client, rows: Rows, raw: bytes
) -> None:
    assert await post(client, raw) == FINE
    assert rows.heard(1) == ["a\N{REPLACEMENT CHARACTER}b"]
    rows.saw_once(1)


async def test_the_longest_text_is_a_turn(client: Client, rows: Rows) -> None:
    for words in ("ž" * 4096, "\U0001f600" * 4096, "\u202e" * 3000, "a " * 2048):
        assert await post(client, says(1, words)) == FINE
    assert len(rows.heard(1)) == len(rows.answers(1)) == 4
    assert not rows.failed


async def test_edits_are_kept_and_run_nothing(client: Client, rows: Rows) -> None:
    await post(client, says(1, "dober dan"))
    await post(client, says(1, "dober večer", name="edited_message"))
    assert rows.heard(1) == ["dober dan", "dober večer"]
    assert [row.kind for row in rows.of(1) if not row.outgoing] == [Kind.TEXT, Kind.EDIT]
    assert len(rows.answers(1)) == rows.talk(1).version == 1


# --- taps


async def keyboard(client: Client, rows: Rows, who: int) -> tuple[int, list[str]]:
    """She begins; the message she can tap on, and its choices."""
    await post(client, says(who, "/start"))
    row = rows.answers(who)[-1]
    return row.id, [choice[0] for choice in row.choices]


async def test_a_tap_on_somebody_elses_message_changes_nothing_of_hers(client: Client, rows: Rows) -> None:
    first, _ = await keyboard(client, rows, 1)
    await post(client, taps(1, f"{first}.sl"))
    hers = rows.answers(1)[-1]
    await post(client, says(2, "/start"))
    before = rows.of(1), rows.talk(1)
    own = rows.talk(2).stack
    for choice in hers.choices:
        assert await post(client, taps(2, f"{hers.id}.{choice[0]}")) == FINE
        assert rows.talk(2).stack == own, "she has been led through somebody else's conversation"
    assert (rows.of(1), rows.talk(1)) == before
    assert not rows.failed


@pytest.mark.parametrize(
    "data",
    [
        None,
        5,
        "",
        ".",
        "1",
        "0.sl",
        "-1.sl",
        "99999999999999999.sl",
        "2147483648.sl",
        "{}.nobody-offered-this",
        "{}." + "x" * 200,
        "{}.sl\x00",
        "{}.č",
        "{}.sl; DROP TABLE messages",
        ["{}.sl"],
        "x" * 100_000,
    ],
    ids=str,
)
async def test_a_forged_tap_is_answered_and_chooses_nothing(client: Client, rows: Rows, data: object) -> None:
    message, _ = await keyboard(client, rows, 1)
    forged = data.replace("{}", str(message)) if isinstance(data, str) else data
    assert await post(client, json.dumps(taps(1, forged)).encode()) == FINE
    assert len(rows.heard(1)) == len(rows.answers(1)) == 2
    assert rows.talk(1).stack == rows.answers(1)[0].stack
    assert not rows.failed


async def test_a_doubled_and_a_stale_tap_are_answered_like_any_other(client: Client, rows: Rows) -> None:
    message, _ = await keyboard(client, rows, 1)
    double = taps(1, f"{message}.sl")
    await asyncio.gather(*(post(client, double) for _ in range(5)))
    assert rows.heard(1) == ["", "sl"]
    await post(client, taps(1, f"{rows.answers(1)[-1].id}.ok"))
    for _ in range(2):
        await post(client, taps(1, f"{message}.sl"))
    assert len(rows.answers(1)) == len(rows.heard(1)) == 5
    assert rows.answers(1)[-1].stack == rows.answers(1)[1].stack
    assert not rows.failed


# --- groups, channels, inline

STRANGE = [
    in_group("message", "group", text="/start"),
    in_group("message", "supergroup", text="SOS"),
    in_group("channel_post", "channel", text="a"),
    in_group("my_chat_member", "group", new_chat_member={"status": "member"}),
]
ELSEWHERE = [
    {"update_id": 900, "inline_query": {"id": "1", "from": {"id": 5}, "query": "a", "offset": ""}},
    {
        "update_id": 901,
        "callback_query": {"id": "1", "from": {"id": 5}, "inline_message_id": "1", "data": "1.sl"},
    },
    {
        "update_id": 902,
        "business_message": {"chat": {"id": 5, "type": "private"}, "from": {"id": 5}, "text": "a"},
    },
]


async def test_groups_and_channels_run_no_turn_and_are_left(
    db: Database, site: Site, clock: make.Clock, rows: Rows, remote: provider.Remote
) -> None:
    line = TelegramChannel(provider.TOKEN, remote.base)
    feed = TelegramFeed(line, inbound(db, site, clock), SECRET)
    async with TestClient(TestServer(webhook(feed))) as client:
        for update in STRANGE:
            assert await post(client, update) == FINE
            await asyncio.gather(*feed._after)
    assert [call["params"]["chat_id"] for call in remote.calls("leaveChat")] == ["-100200300"] * len(STRANGE)
    assert rows.keys == []
    await line.close()


async def test_inline_queries_and_the_like_change_nothing(client: Client, rows: Rows) -> None:
    for update in (ELSEWHERE[0], ELSEWHERE[2]):
        assert await post(client, update) == FINE
    assert rows.everything == [[], [], []]
