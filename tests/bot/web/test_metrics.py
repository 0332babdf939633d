"""The figures are right, hold no word of anybody, and are for this machine or whoever has the word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from bot.metrics import CHANNELS, KINDS, LANES, OTHER, SENDS, STATES, TURNS, Metrics
from bot.settings import Settings
from storage import conversations, messages, restores, sites
from storage.db import Database
from storage.sites import Site
from storage.sql import Tx
from tests.helpers import chats, make, plants
from tests.helpers.console import Console, console, person
from tests.helpers.life import Life

WORD = "Xqzmetric"
CLOSED = {
    "lane": {*LANES.values()},
    "state": {*STATES},
    "kind": {*KINDS, OTHER},
    "channel": {*CHANNELS, OTHER},
}
OUTCOMES = {"tocka_sends": {*SENDS, OTHER}, "tocka_turn_seconds": {*TURNS, OTHER}}
TOKEN = "t" * 32
ONE_FILE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def scraped(running: Console, **headers: str) -> tuple[int, str]:
    visitor = running.anybody()
    await visitor.get("/metrics", **headers)
    return visitor.status, visitor.body


async def test_no_word_of_anybody_after_a_busy_day(db: Database, clock: make.Clock) -> None:
    life = Life(db, clock)
    metrics = Metrics()

    def busy(tx: Tx) -> None:
        plants.Woman(tx, life.site, person(tx, life.site, "desk"), WORD, clock.at)
        chats.waiting(tx, life.site, clock.at, f"{WORD}-waits", urgent=True)
        chat, _ = conversations.load(tx, f"{WORD}:1", f"{WORD}-number", clock.at)
        messages.add(tx, chat.id, f"{WORD}:1", WORD, WORD, now=clock.at, subject=WORD)
        sites.mark(tx, f"{WORD}-mark", clock.at)

    db.write(busy)
    metrics.sent(WORD, WORD)
    metrics.sent("answer", "sent")
    metrics.turned(WORD, WORD, 0.1)
    metrics.turned("web", "first", 0.1)
    async with console(db, clock, life.site) as running:
        object.__setattr__(running.parts, "metrics", metrics)
        status, told = await scraped(running)
    assert status == 200
    assert WORD not in told
    seen = 0
    for family in text_string_to_metric_families(told):
        for sample in family.samples:
            for label, value in sample.labels.items():
                if label != "le":
                    allowed = (
                        OUTCOMES[family.name.removesuffix("_created")]
                        if label == "outcome"
                        else CLOSED[label]
                    )
                    assert value in allowed, (family.name, label)
                    seen += 1
    assert seen > 20


@ONE_FILE
async def test_the_figures_are_what_is_there(db: Database, clock: make.Clock, site: Site) -> None:
    def busy(tx: Tx) -> None:
        for number in range(3):
            chat, _ = conversations.load(tx, "telegram:1", str(number), clock.at)
            messages.add(tx, chat.id, "telegram:1", "answer", "a", now=clock.at)
        chats.waiting(tx, site, clock.at, "waits")
        sites.mark(tx, "tick", clock.at)
        sites.mark(tx, "backup", clock.at - timedelta(hours=2))

    db.write(busy)
    clock.forward(seconds=30)
    async with console(db, clock, site) as running:
        told = (await scraped(running))[1]
        found = {
            sample.name + "".join(f",{v}" for v in sample.labels.values()): sample.value
            for family in text_string_to_metric_families(told)
            for sample in family.samples
        }
        assert found["tocka_queue,reply,queued"] == 3
        assert found["tocka_queue,crisis,queued"] == 0
        assert found["tocka_queue_oldest_seconds"] == 30
        assert found["tocka_waiting_chats"] == 1
        assert found["tocka_waiting_oldest_seconds"] == 30
        assert found["tocka_tick_age_seconds"] == 30
        assert found["tocka_backup_age_seconds"] == 7230
        assert found["tocka_database_bytes"] > 100_000
        assert found["process_resident_memory_bytes"] > 0
        db.write(lambda tx: restores.settle(tx, clock.at, clock.at))
        assert "tocka_restore_held 3.0" in (await scraped(running))[1]


@ONE_FILE
async def test_only_this_machine_or_the_word(db: Database, clock: make.Clock, site: Site) -> None:
    async with console(db, clock, site) as running:
        assert (await scraped(running))[0] == 200
        for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
            status, told = await scraped(running, **{name: "203.0.113.7"})
            assert (status, "tocka_" in told) == (404, False)
    async with console(db, clock, site, Settings(metrics_token=SecretStr(TOKEN))) as running:
        assert (await scraped(running))[0] == 404
        assert (await scraped(running, Authorization=f"Bearer {TOKEN}x"))[0] == 404
        assert (await scraped(running, Authorization=f"Bearer {TOKEN}"))[0] == 200
