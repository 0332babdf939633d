"""One update, one transaction: faults of ours, repeats, floods and a database in trouble cost nobody her words."""

from __future__ import annotations

import asyncio
import time
from statistics import median

import pytest

from bot import inbound as inbounds
from bot.inbound import RAW_MAX_CHARS, TRIES_MAX, Inbound
from flows import failed
from flows.flood import BURST_MAX
from flows.screen import Heard, Incoming, Kind
from storage.db import Database, DatabaseUnavailable
from storage.office import alone
from storage.sites import Site
from tests.bot.telegram import POISON, Rows, inbound, plant
from tests.conftest import Templates
from tests.helpers import make, trouble

ACCOUNT = "telegram:12345678"
FLOOD = 400
FLOOD_LONG = 10_000
CONNECTIONS = 40
"""What Telegram opens at most, unless asked for more."""
OTHERS = 8
TURNS, ROUNDS = 25, 7
"""Turns of each of the others in one round, with the flood and without."""


def text(who: int, words: str, key: str) -> Incoming:
    return Incoming(ACCOUNT, key, str(who), Heard(Kind.TEXT, words), "sl")


@pytest.fixture
def door(db: Database, site: Site, clock: make.Clock) -> Inbound:
    return inbound(db, site, clock)


async def test_a_fault_is_kept_told_politely_and_costs_nobody_else(
    door: Inbound, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = plant(monkeypatch)
    batch = [text(1, "dober dan", "a"), text(2, f"{POISON} moj naslov", "b"), text(3, "hej", "c")]
    await door.take_all([*batch, text(2, "je kdo tam", "d")], "raw" + "x" * RAW_MAX_CHARS)
    assert len(tries) == TRIES_MAX
    for neighbour in (1, 3):
        rows.saw_once(neighbour)
    (kept,) = rows.failed
    assert (kept.external_id, kept.conversation_id) == ("b", rows.talk(2).id)
    assert kept.raw.startswith("raw")
    assert len(kept.raw) == RAW_MAX_CHARS
    assert kept.error.startswith("RuntimeError:telegram.py:")
    assert POISON not in kept.error
    # Her words and the polite line are all that it left, and her next word is a turn like any other.
    assert rows.heard(2) == [f"{POISON} moj naslov", "je kdo tam"]
    line, answer = rows.answers(2)
    assert line.kind == "failed_line"
    assert line.text == make.texts().text("sl", "engine-failed")
    assert answer.kind == "answer"
    assert (rows.talk(2).owner, rows.talk(2).waiting_reason) == ("waiting", "failed")
    assert rows.keys == ["a", "b", "c", "d"]


async def test_a_fault_that_passes_is_only_tried_again(
    door: Inbound, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = plant(monkeypatch, times=TRIES_MAX - 1)
    await door.take(text(2, POISON, "a"))
    assert len(tries) == TRIES_MAX - 1
    rows.saw_once(2)
    assert not rows.failed


async def test_a_failed_turn_that_comes_again_changes_nothing(
    door: Inbound, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    for _ in range(3):
        await door.take(text(2, POISON, "a"), "raw")
    assert len(rows.failed) == len(rows.answers(2)) == 1


async def test_a_failure_that_cannot_be_kept_is_not_acknowledged(
    door: Inbound, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(failed, "give_up", broken)
        with pytest.raises(DatabaseUnavailable):
            await door.take(text(2, POISON, "a"))
    assert rows.keys == []
    await door.take(text(2, POISON, "a"))
    assert len(rows.failed) == 1


async def test_the_same_update_many_times_at_once_is_one_turn(door: Inbound, rows: Rows) -> None:
    await asyncio.gather(*(door.take(text(1, "dober dan", "a")) for _ in range(30)))
    rows.saw_once(1)


async def test_two_doors_take_the_same_update_once(
    db: Database, site: Site, clock: make.Clock, rows: Rows
) -> None:
    doors = [inbound(db, site, clock) for _ in range(2)]
    for number in range(20):
        await asyncio.gather(*(door.take(text(number, "dober dan", f"a{number}")) for door in doors))
        rows.saw_once(number)


async def test_her_words_keep_their_order(door: Inbound, rows: Rows) -> None:
    words = [f"beseda {number}" for number in range(20)]
    batch = [text(who, word, f"{who}-{word}") for word in words for who in (1, 2)]
    await door.take_all(batch)
    assert rows.heard(1) == rows.heard(2) == words
    assert rows.talk(1).version == rows.talk(2).version == len(words)


async def test_who_hangs_up_does_not_tear_her_turn(
    db: Database, site: Site, clock: make.Clock, rows: Rows
) -> None:
    inside = asyncio.Event()
    door = Inbound(
        db,
        make.texts(),
        lambda: alone(site),
        clock,
        at=lambda point: inside.set() if "before" in point else None,
    )
    call = asyncio.create_task(door.take(text(1, "dober dan", "a")))
    await inside.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await door.take(text(1, "še enkrat", "b"))
    assert rows.heard(1) == ["dober dan", "še enkrat"]


async def test_a_dead_database_is_told_and_the_repeat_applied_once(
    door: Inbound, db: Database, rows: Rows, templates: Templates
) -> None:
    await door.take(text(9, "prej", "z"))
    batch = [text(1, "dober dan", "a"), text(2, "hej", "b")]
    with trouble.no_writing(db, templates):
        with pytest.raises(DatabaseUnavailable):
            await door.take_all(batch)
        with pytest.raises(DatabaseUnavailable):
            await door.take(batch[0])
    for _ in range(2):
        await door.take_all(batch)
    for who in (1, 2):
        rows.saw_once(who)
    assert not rows.failed


def broken(*_args: object, **_more: object) -> bool:
    raise ZeroDivisionError


def test_where_names_a_place_and_nothing_else() -> None:
    with pytest.raises(ValueError) as raised:
        int("her words")
    assert inbounds.where(raised.value).startswith("ValueError:test_inbound.py:")
    assert inbounds.where(ValueError("her words")) == "ValueError:?"


async def flood(door: Inbound, messages: int, gate: asyncio.Event | None = None) -> None:
    """As a platform delivers it: over some connections, each waiting for its answer; only while the gate is open."""
    keys = iter(range(messages))

    async def one() -> None:
        for key in keys:
            if gate is not None:
                await gate.wait()
            await door.take(text(666, "hej", f"flood-{key}"))

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))


async def others(door: Inbound, name: str, turns: int) -> list[float]:
    """Some people talking side by side; what each turn took, in seconds."""
    took: list[float] = []

    async def one(who: int) -> None:
        for number in range(turns):
            started = time.perf_counter()
            await door.take(text(who, "menu", f"{name}-{who}-{number}"))
            took.append(time.perf_counter() - started)

    await asyncio.gather(*(one(who) for who in range(1, OTHERS + 1)))
    return sorted(took)


async def test_a_flood_is_stored_answered_little_and_passes_others_by(door: Inbound, rows: Rows) -> None:
    flooding = asyncio.create_task(flood(door, FLOOD))
    await others(door, "with", 3)
    await flooding
    assert len(rows.heard(666)) == FLOOD
    assert len(rows.answers(666)) == BURST_MAX + 1
    for who in range(1, OTHERS + 1):
        assert len(rows.answers(who)) == 3


@pytest.mark.slow
async def test_ten_thousand_messages_of_one_person_hardly_slow_the_others(door: Inbound, rows: Rows) -> None:
    gate = asyncio.Event()
    task = asyncio.create_task(flood(door, FLOOD_LONG, gate))
    await others(door, "warm", TURNS)
    ratios = []
    for number in range(ROUNDS):
        idle = p99(await others(door, f"idle {number}", TURNS))
        gate.set()
        busy = p99(await others(door, f"busy {number}", TURNS))
        gate.clear()
        ratios.append(busy / idle)
        print(f"p99 idle {idle * 1000:.1f} ms, busy {busy * 1000:.1f} ms")
    assert not task.done(), "the flood was over before the others were: it proves nothing"
    gate.set()
    await task
    assert median(ratios) <= 2, ratios
    assert len(rows.heard(666)) == FLOOD_LONG


def p99(ascending: list[float]) -> float:
    return ascending[int(0.99 * len(ascending))]
