"""Calls on the wire: the Bot API and a push service, what they are told, and every way they can fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from sqlalchemy import select

from bot.alerts import ANSWERS_MAX, Alerts, hashed
from bot.channels.telegram import TelegramChannel
from bot.push import Push
from bot.settings import Settings
from bot.telegram_feed import TelegramFeed
from storage import calls, wake
from storage.conversations import ConversationRow
from storage.db import Database
from storage.sites import Site
from storage.sql import table
from tests.bot.telegram import inbound, says, taps
from tests.helpers import make, provider, push_service
from tests.helpers.duties import Duties
from tests.helpers.office import until
from tests.helpers.push_service import Keys, PushService

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HER_WORDS = "burri me rreh kam frik"


@dataclass
class House:
    """Duties, a provider, a push service and the caller between them."""

    duties: Duties
    alerts: Alerts
    remote: provider.Remote
    service: PushService
    feed: TelegramFeed
    keys: Keys = field(default_factory=Keys)

    def browser(self, staff_id: int, name: str = "one") -> None:
        now = self.duties.clock.at
        keys, where = self.keys, f"{self.service.url}/{name}"
        self.duties.db.write(lambda tx: wake.subscribe(tx, staff_id, where, keys.p256dh, keys.auth, now))

    def states(self) -> list[tuple[str, str, int]]:
        (alert,) = self.duties.open()
        rows = self.duties.db.read(lambda tx: calls.of(tx, alert.id))
        return [(row.way, row.state, row.attempt) for row in rows]

    async def taps(self, who: int, data: str) -> None:
        await self.remote.push(taps(who, data))
        await self.feed.poll_once(0)

    def conversations(self) -> int:
        row = table(ConversationRow)
        return len(self.duties.db.read(lambda tx: tx.query(select(row.c.id))))


@pytest.fixture
async def house(db: Database, clock: make.Clock, site: Site, tmp_path: Path) -> AsyncIterator[House]:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'keys.db'}")
    async with provider.here(tmp_path / "ledger") as remote, push_service.running() as service:
        telegram = TelegramChannel(provider.TOKEN, remote.base)
        pushes = Push(settings, clock, private=True)
        alerts = Alerts(db, clock, make.texts(), pushes, telegram, public_url="https://chat.example.org")
        feed = TelegramFeed(telegram, inbound(db, site, clock), asides=(alerts.aside,))
        yield House(Duties(db, clock, site), alerts, remote, service, feed)
        await pushes.close()
        await telegram.close()


def chat_of(house: House, staff_id: int) -> int:
    return int(house.duties.db.read(lambda tx: wake.chat_of(tx, staff_id)) or 0)


async def called(house: House, *, push_too: bool = True) -> int:
    """Somebody on duty, and a woman in danger."""
    ana = house.duties.person()
    if push_too:
        house.browser(ana)
    house.duties.shift(ana)
    house.duties.waits(urgent=True)
    house.duties.watch()
    return ana


async def test_both_ways_without_a_word_of_hers(house: House) -> None:
    ana = await called(house)
    assert await house.alerts.once() == 2
    assert house.states() == [("telegram", "sent", 1), ("push", "sent", 1)]
    (message,) = house.remote.accepted()
    (alert,) = house.duties.open()
    assert message["chat_id"] == str(chat_of(house, ana))
    assert message["text"].splitlines() == [
        make.texts().text("en", "alert-told-urgent"),
        f"https://chat.example.org/console/alerts/{alert.uid}",
    ]
    assert message["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == f"alert.{alert.uid}"
    (told,) = house.service.told(house.keys)
    words = make.texts().text("en", "alert-told-urgent")
    assert told == {"kind": "urgent", "uid": alert.uid, "text": words}
    (_, headers, body) = house.service.pushes[0]
    assert headers["Content-Encoding"] == "aes128gcm"
    assert headers["Authorization"].startswith("vapid t=")
    assert b"urgent" not in body
    assert house.remote.problems() == []
    assert await house.alerts.once() == 0


async def test_a_lost_answer_is_called_once_more(house: House) -> None:
    await called(house, push_too=False)
    await house.remote.fault("close_after", times=2)
    assert await house.alerts.once() == 1
    assert house.states() == [("telegram", "retry", 1)]
    assert await house.alerts.once() == 1
    assert house.states() == [("telegram", "unknown", 2)]
    house.duties.clock.forward(hours=1)
    assert await house.alerts.once() == 0
    assert len(house.remote.calls()) == 2


async def test_no_connection_is_tried_until_it_is_over(house: House) -> None:
    ana = await called(house, push_too=False)
    for attempt in range(1, 4):
        await house.remote.fault("429", retry_after=30)
        assert await house.alerts.once() == 1
        assert house.states() == [("telegram", "retry", attempt)]
        assert await house.alerts.once() == 0
        house.duties.clock.forward(seconds=31)
    (alert,) = house.duties.open()
    from flows import alerts as rules

    house.duties.db.write(lambda tx: rules.acknowledge(tx, alert.uid, ana, house.duties.clock.at))
    assert await house.alerts.once() == 0


async def test_killed_after_the_claim_it_is_called_after_the_lease(house: House) -> None:
    await called(house, push_too=False)
    now = house.duties.clock.at
    house.duties.db.write(lambda tx: calls.claim(tx, now, now + timedelta(minutes=1), 10))  # and nobody sends
    assert await house.alerts.once() == 0
    house.duties.clock.forward(minutes=1)
    assert await house.alerts.once() == 1
    assert house.states() == [("telegram", "sent", 2)]


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_forgotten(house: House, status: int) -> None:
    ana = await called(house)
    house.browser(ana, "two")
    house.service.status = status
    await house.alerts.once()
    assert ("push", "failed", 1) in house.states()
    assert house.duties.db.read(lambda tx: wake.browsers(tx, ana)) == []


async def test_one_browser_of_two_is_enough(house: House) -> None:
    ana = await called(house)
    now = house.duties.clock.at
    house.duties.db.write(lambda tx: wake.subscribe(tx, ana, f"{house.service.url}/bad", "??", "??", now))
    await house.alerts.once()
    assert ("push", "sent", 1) in house.states()


async def test_a_redirect_is_not_followed(house: House) -> None:
    await called(house)
    house.service.status = 307
    await house.alerts.once()
    assert len(house.service.pushes) == 1
    assert ("push", "failed", 1) in house.states()


# --- her own chat with the bot ---


async def test_a_tap_acknowledges_and_is_no_members_turn(house: House) -> None:
    ana = await called(house, push_too=False)
    await house.alerts.once()
    (alert,) = house.duties.open()
    before = house.conversations()
    await house.taps(chat_of(house, ana), f"alert.{alert.uid}")
    assert house.duties.open() == []
    await until(lambda: len(house.remote.accepted()) == 2)
    assert house.remote.accepted()[-1]["text"].startswith(make.texts().text("en", "alert-yours"))
    assert house.conversations() == before
    await house.taps(chat_of(house, ana), f"alert.{alert.uid}")  # twice is once
    await until(lambda: len(house.remote.accepted()) == 3)
    assert house.remote.accepted()[-1]["text"].startswith(make.texts().text("en", "alert-yours"))


@pytest.mark.parametrize("data", ["alert.", "alert.nothing", "alert.x" + "y" * 50, "alert.../../x"])
async def test_strangers_and_odd_taps_change_nothing(house: House, data: str) -> None:
    await called(house, push_too=False)
    (alert,) = house.duties.open()
    before = house.conversations()
    await house.taps(5, data)
    await house.taps(5, f"alert.{alert.uid}")  # a member who got hold of the button
    assert [one.uid for one in house.duties.open()] == [alert.uid]
    assert house.conversations() == before


async def test_the_code_ties_her_chat_once(house: House) -> None:
    ana = house.duties.person(telegram=False)
    until_ = house.duties.clock.at + timedelta(minutes=30)
    house.duties.db.write(lambda tx: wake.offer(tx, ana, hashed("abc-DEF_1"), until_))
    before = house.conversations()
    await house.remote.push(says(77, "/start staff-abc-DEF_1"))
    await house.feed.poll_once(0)
    assert house.duties.db.read(lambda tx: wake.chat_of(tx, ana)) == "77"
    await house.remote.push(says(78, "/start staff-abc-DEF_1"))
    await house.remote.push(says(79, "/start staff-"))
    await house.remote.push(says(80, "/start staff-abc-DEF_1", name="edited_message"))
    await house.feed.poll_once(0)
    assert house.duties.db.read(lambda tx: wake.whose(tx, "78")) is None
    await until(lambda: len(house.remote.accepted()) == 2)
    assert [one["text"] for one in house.remote.accepted()] == [
        make.texts().text("en", "alert-linked"),
        make.texts().text("sl", "alert-link-over"),
    ]
    assert house.conversations() == before


async def test_a_flood_of_codes_is_not_answered_one_by_one(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each answer would wait for its turn among what members are told.
    async def waits(chat: str, words: str, button: object = None) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(house.alerts, "_tell", waits)
    for number in range(ANSWERS_MAX + 20):
        await house.alerts.aside(orjson.dumps(says(900, f"/start staff-x{number}")))
    assert len(house.alerts._after) == ANSWERS_MAX
    for task in house.alerts._after:
        task.cancel()


async def test_an_old_code_ties_nothing(house: House) -> None:
    ana = house.duties.person(telegram=False)
    until_ = house.duties.clock.at
    house.duties.db.write(lambda tx: wake.offer(tx, ana, hashed("old"), until_))
    await house.remote.push(says(77, "/start staff-old"))
    await house.feed.poll_once(0)
    assert house.duties.db.read(lambda tx: wake.chat_of(tx, ana)) is None
    await until(lambda: len(house.remote.accepted()) == 1)


async def test_members_are_served_beside_staff(house: House) -> None:
    await called(house, push_too=False)
    before = house.conversations()
    await house.remote.push(taps(5, "alert.nothing"))
    await house.remote.push(says(6, HER_WORDS))
    await house.feed.poll_once(0)
    assert house.conversations() == before + 1


async def test_the_loop_survives_a_fault(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await called(house, push_too=False)
    real, times = house.alerts.once, []

    async def once() -> int:
        times.append(1)
        if len(times) == 1:
            raise RuntimeError
        return await real()

    monkeypatch.setattr(house.alerts, "once", once)
    running = asyncio.create_task(house.alerts.run())
    await until(lambda: len(times) == 1)
    house.alerts.hint()
    await until(lambda: len(house.remote.accepted()) == 1)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
