"""Faults of ours and a database in trouble, by webhook and by polling: none costs a neighbour, and no update is lost."""

from __future__ import annotations

import asyncio

import orjson
import pytest

from bot import telegram_feed
from bot.telegram_feed import TelegramFeed, one_of
from storage.db import Database, DatabaseUnavailable
from tests.bot.telegram import FINE, POISON, Client, Rows, Update, plant, post, says, taps
from tests.conftest import Templates
from tests.helpers import provider, trouble


async def test_a_planted_fault_by_webhook(
    client: Client, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = plant(monkeypatch)
    poison = says(2, f"{POISON} moj naslov")
    answers = await asyncio.gather(*(post(client, update) for update in (says(1, "a"), poison, says(3, "c"))))
    assert answers == [FINE] * 3
    assert len(tries) == 3
    expect_the_fault_kept(rows, poison)
    assert await post(client, poison) == await post(client, says(2, "je kdo tam")) == FINE
    assert rows.answers(2)[-1].kind == "answer"
    assert len(rows.failed) == 1


async def test_a_planted_fault_by_polling(
    polling: TelegramFeed, remote: provider.Remote, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = plant(monkeypatch)
    poison = says(2, f"{POISON} moj naslov")
    for update in (says(1, "skrivnost prve"), poison, says(3, "skrivnost tretje"), poison):
        await remote.push(update)
    assert await polling.poll_once(0)
    assert len(tries) == 3
    expect_the_fault_kept(rows, poison)
    assert not await polling.poll_once(0), "the stream has not moved on"
    await remote.push(says(2, "je kdo tam"))
    assert await polling.poll_once(0)
    assert rows.answers(2)[-1].kind == "answer"


def expect_the_fault_kept(rows: Rows, poison: Update) -> None:
    for neighbour in (1, 3):
        rows.saw_once(neighbour)
    (kept,) = rows.failed
    assert orjson.loads(kept.raw) == poison, "what is kept is her update and nobody else's"
    assert (kept.external_id, kept.done_at) == (str(poison["update_id"]), None)
    assert [row.kind for row in rows.answers(2)] == ["failed_line"]
    assert (rows.talk(2).owner, rows.talk(2).waiting_reason) == ("waiting", "failed")


async def test_a_dead_database_by_webhook_answers_503_and_heals(
    client: Client, db: Database, rows: Rows, templates: Templates
) -> None:
    await post(client, says(9, "prej"))
    update = says(1, "dober dan")
    with trouble.no_writing(db, templates):
        assert await post(client, update) == 503
        assert await post(client, taps(9, "1.sl")) == 503
    for _ in range(2):
        assert await post(client, update) == FINE
    rows.saw_once(1)
    assert len(rows.heard(9)) == 1
    assert not rows.failed


async def test_a_dead_database_by_polling_is_not_acknowledged_and_heals(
    polling: TelegramFeed, remote: provider.Remote, db: Database, rows: Rows, templates: Templates
) -> None:
    for _ in range(2):
        await remote.push(says(1, "dober dan", 5000))
    await remote.push(says(2, "hej", 5001))
    with trouble.no_writing(db, templates):
        for _ in range(2):
            with pytest.raises(DatabaseUnavailable):
                await polling.poll_once(0)
    assert rows.keys == []
    assert await polling.poll_once(0)
    assert not await polling.poll_once(0)
    for who in (1, 2):
        rows.saw_once(who)


async def test_broken_updates_in_a_batch_cost_no_neighbour_and_are_confirmed(
    polling: TelegramFeed, remote: provider.Remote, rows: Rows
) -> None:
    broken: list[Update] = [
        {"update_id": 6000},
        {"update_id": 6001, "message": None},
        {"update_id": 6002, "message": {"from": {"id": [1]}, "chat": {"type": "private"}, "text": 7}},
        {"update_id": 6003, "message": {"from": {"id": 4}, "chat": {"type": "private"}, "text": {"a": "b"}}},
        {"update_id": 6005, "callback_query": {"from": {"id": 4}, "data": None, "message": 1}},
    ]
    for update in (*broken, says(1, "dober dan", 6004), says(2, "a\x00b\ud7ff", 6006)):
        await remote.push(update)
    assert await polling.poll_once(0)
    for who in (1, 2):
        rows.saw_once(who)
    assert not await polling.poll_once(0)
    assert not rows.failed


async def test_empty_answers_that_come_at_once_are_no_storm(
    polling: TelegramFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    original = TelegramFeed.poll_once

    async def poll_once(feed: TelegramFeed, timeout_s: int) -> bool:
        asked.append(timeout_s)
        return await original(feed, timeout_s)

    monkeypatch.setattr(TelegramFeed, "poll_once", poll_once)
    monkeypatch.setattr(telegram_feed, "POLL_S", 0)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(polling.poll(), telegram_feed.EMPTY_S / 2)
    assert asked == [0]


def test_one_update_is_found_in_a_batch() -> None:
    batch = orjson.dumps({"ok": True, "result": [{"update_id": 1, "a": 1}, 5, {"update_id": 2, "b": 2}]})
    assert orjson.loads(one_of(batch, "2")) == {"update_id": 2, "b": 2}
    for raw, id_ in ((batch, "3"), (b"{", "1"), (b"[]", "1"), (b'{"result": 5}', "1")):
        assert one_of(raw, id_) == ""
