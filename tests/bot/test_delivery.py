"""Delivery against a real database and a Bot API that fails on request."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels.base import Failure, SendError
from bot.channels.telegram import TelegramChannel
from bot.rates import CHAT_BURST
from bot.sender import RESEND_AFTER
from storage import members, messages, outbox
from storage.db import Database
from storage.members import AddressRow
from storage.messages import ASK_STAFF, CRISIS, NEVER_RESEND, NOTICE, RENDER_AGAIN, REPLY, RESEND_ONCE
from storage.sql import Tx, table
from tests.helpers import make, provider
from tests.helpers.office import ACCOUNT, Failing, Office, until

_a = table(AddressRow)


@pytest.fixture
async def office(db: Database, clock: make.Clock, tmp_path: Path) -> AsyncIterator[Office]:
    async with provider.here(tmp_path / "ledger") as remote:
        channel = TelegramChannel(provider.TOKEN, remote.base)
        yield Office(db, remote, channel, clock)
        await channel.close()


async def test_a_queued_message_is_sent_once_and_recorded(office: Office) -> None:
    message = office.queue(choices=[["a", "Tečaj", False]])
    assert await office.deliver() == 1
    row = office.row(message)
    assert (row.state, row.provider_id, row.attempt, row.sent_at) == ("sent", "1", 1, office.clock.at)
    assert row.lease_until is None
    assert await office.deliver() == 0
    assert office.texts() == ["Pozdravljeni"]
    counted = {"kind": "answer", "outcome": "sent"}
    assert office.metrics.registry.get_sample_value("tocka_sends_total", counted) == 1
    assert office.remote.problems() == []


async def test_the_named_points_come_in_order(office: Office) -> None:
    office.queue()
    await office.deliver()
    names = ["after_claim", "before_send", "after_send", "after_record"]
    assert office.points == [f"delivery.{name}" for name in names]


async def test_one_conversation_keeps_its_order_and_the_urgent_goes_first(office: Office) -> None:
    for text, lane in (("notice", NOTICE), ("first", REPLY), ("second", REPLY), ("sos", CRISIS)):
        office.queue(text=text, lane=lane)
    office.pass_time(0)
    while await office.deliver():
        office.pass_time(1)
    texts = office.texts()
    assert texts.index("first") < texts.index("second")
    assert sorted(texts[:3]) == ["first", "notice", "sos"]


async def test_a_later_message_waits_for_one_that_must_be_tried_again(office: Office) -> None:
    first, second = office.queue(text="first"), office.queue(text="second")
    await office.remote.fault("429", retry_after=5)
    await office.deliver()
    assert (office.row(first).state, office.row(second).state) == ("retry", "queued")
    assert await office.deliver() == 0
    office.pass_time(6)
    await office.deliver()
    await office.deliver()
    assert office.texts() == ["first", "second"]


async def test_what_may_not_go_out_stays(office: Office) -> None:
    office.queue(1, not_before=office.clock.at + timedelta(minutes=5))
    office.queue(2, expires_at=office.clock.at)
    office.queue(3, account="web")
    office.queue(4, lane=NOTICE)
    office.queue(5, lane=NOTICE)
    office.db.write(lambda tx: forbid(tx, "4", "do_not_write", True))
    office.db.write(lambda tx: forbid(tx, "5", "stopped_at", office.clock.at))
    assert await office.deliver() == 0
    assert office.remote.calls() == []
    office.pass_time(301)
    assert await office.deliver() == 1


def forbid(tx: Tx, chat: str, name: str, value: bool | datetime) -> None:
    address = tx.query(select(_a.c.member_id).where(_a.c.external_id == chat))[0]
    members.set_field(tx, address.member_id, name, value)


@pytest.mark.parametrize(
    ("fault", "state", "wait_s", "error", "trouble"),
    [
        ("429", "retry", 17, "throttled:throttled", "throttled"),
        ("401", "retry", 60, "our_fault:token", "token"),
        ("409", "retry", 60, "our_fault:conflict", "conflict"),
        ("400", "failed", None, "refused:bad_request", ""),
        ("403", "failed", None, "unreachable:forbidden", ""),
        ("500", "unknown", None, "unknown:lost_answer", ""),
        ("close_after", "unknown", None, "unknown:lost_answer", ""),
    ],
)
async def test_each_failure_ends_in_its_state(
    office: Office, fault: str, state: str, wait_s: int | None, error: str, trouble: str
) -> None:
    message = office.queue()
    await office.remote.fault(fault, retry_after=17)
    await office.deliver()
    row = office.row(message)
    assert (row.state, row.error) == (state, error)
    assert office.delivery.health() == {ACCOUNT: trouble}
    assert office.is_reachable() == (fault != "403")
    if wait_s is None:
        office.pass_time(86_400)
        assert await office.deliver() == 0
        return
    assert row.not_before == office.clock.at + timedelta(seconds=wait_s)
    # The whole account waits, not only this chat.
    office.queue(2)
    await office.deliver()
    assert len(office.remote.calls()) == 1
    office.pass_time(wait_s + 1)
    await office.deliver()
    assert office.states() == ["sent", "sent"]
    assert office.delivery.health() == {ACCOUNT: ""}


@pytest.mark.parametrize("fault", ["close_after", "500", "bad_json"])
async def test_an_important_message_is_resent_once_then_set_before_people(office: Office, fault: str) -> None:
    message = office.queue(policy=RESEND_ONCE)
    await office.remote.fault(fault, times=5)
    await office.deliver()
    row = office.row(message)
    assert (row.state, row.unconfirmed_at) == ("retry", office.clock.at)
    assert row.not_before == office.clock.at + RESEND_AFTER
    assert await office.deliver() == 0
    office.pass_time(61)
    await office.deliver()
    assert office.row(message).state == "unknown"
    office.pass_time(86_400)
    assert await office.deliver() == 0
    assert len(office.remote.calls()) == 2


@pytest.mark.parametrize("policy", [NEVER_RESEND, RENDER_AGAIN, ASK_STAFF])
async def test_the_others_are_not_resent(office: Office, policy: str) -> None:
    message, following = office.queue(policy=policy), office.queue(text="following")
    await office.remote.fault("close_after")
    await office.deliver()
    assert office.row(message).state == "unknown"
    office.pass_time(1)
    await office.deliver()
    assert office.row(following).state == "sent"
    assert len(office.remote.accepted()) == 2


async def test_without_a_connection_nothing_is_lost_and_waits_grow_to_a_minute(
    db: Database, clock: make.Clock, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger"
    ledger.touch()
    remote = provider.Remote(f"http://127.0.0.1:{provider.free_port()}", ledger)
    channel = TelegramChannel(provider.TOKEN, remote.base)
    office = Office(db, remote, channel, clock)
    message = office.queue(policy=NEVER_RESEND)
    waits: list[float] = []
    for _ in range(9):
        assert await office.deliver() == 1
        row = office.row(message)
        assert row.state == "retry"
        waits.append((row.not_before - clock.at).total_seconds())
        office.pass_time(61)
    for number, wait in enumerate(waits):
        full = min(60, 2**number)
        assert 0.74 * full <= wait <= full
    assert office.delivery.health() == {ACCOUNT: "no_connection"}
    await channel.close()


async def test_one_chat_gets_a_small_burst_and_then_one_a_second(office: Office) -> None:
    ids = [office.queue(text=str(number)) for number in range(CHAT_BURST + 2)]
    for _ in range(CHAT_BURST + 1):
        await office.deliver()
    assert office.texts() == ["0", "1", "2"]
    held = office.row(ids[CHAT_BURST])
    assert (held.state, held.attempt) == ("retry", 0)
    for _ in range(2):
        office.pass_time(1.1)
        await office.deliver()
    assert office.texts() == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("policy", "state"), [(RESEND_ONCE, "retry"), (NEVER_RESEND, "unknown"), (RENDER_AGAIN, "unknown")]
)
async def test_what_was_on_the_wire_at_a_crash_is_in_doubt(office: Office, policy: str, state: str) -> None:
    message = office.queue(policy=policy)
    now = office.clock.at
    office.db.write(
        lambda tx: outbox.claim(tx, ACCOUNT, "dead", now=now, until=now + timedelta(seconds=60), limit=9)
    )
    assert await office.delivery.recover() == 0
    assert await office.delivery.recover("somebody else") == 0
    office.pass_time(61)
    assert await office.delivery.recover() == 1
    assert office.row(message).state == state
    assert await office.deliver() == 0
    assert office.remote.calls() == []


async def test_the_same_sender_does_not_wait_for_its_predecessors_lease(office: Office) -> None:
    message = office.queue(policy=RESEND_ONCE)
    now = office.clock.at
    office.db.write(
        lambda tx: outbox.claim(tx, ACCOUNT, "run", now=now, until=now + timedelta(seconds=60), limit=9)
    )
    assert await office.delivery.recover("run") == 1
    assert office.row(message).state == "retry"


async def test_a_late_answer_settles_a_doubt(office: Office) -> None:
    message = office.queue()
    now = office.clock.at
    office.db.write(lambda tx: outbox.claim(tx, ACCOUNT, "run", now=now, until=now, limit=9))
    await office.delivery.recover()
    assert office.row(message).state == "unknown"
    assert office.db.write(lambda tx: outbox.sent(tx, message, 1, "99", now))
    assert office.row(message).state == "sent"
    # An answer to an attempt that is over changes nothing.
    assert not office.db.write(lambda tx: outbox.again(tx, message, 1, now, "late"))
    assert not office.db.write(lambda tx: outbox.put_back(tx, message, 1, now))


async def test_two_senders_never_take_the_same_message(office: Office) -> None:
    for number in range(40):
        office.queue(number % 20, text=str(number))
    both = [office.delivery, office.open(office.db, "other")]
    while any(await asyncio.gather(*(one.deliver_once(ACCOUNT) for one in both))):
        pass
    texts = office.texts()
    assert sorted(texts, key=int) == [str(number) for number in range(40)]
    assert all(texts.index(str(number)) < texts.index(str(number + 20)) for number in range(20))


async def test_running_it_sends_at_a_hint_and_stops_gracefully(office: Office) -> None:
    running = asyncio.create_task(office.delivery.run())
    await until(lambda: office.delivery.health() == {ACCOUNT: ""})
    message = office.queue()
    office.delivery.hint()
    await until(lambda: office.row(message).state == "sent")
    office.delivery.stop()
    await running
    assert office.texts() == ["Pozdravljeni"]


async def test_stopping_finishes_what_flies_and_gives_back_what_waits(office: Office) -> None:
    await office.remote.fault("slow", seconds=0.3)
    flying = office.queue(1)
    stopped = False

    def stop(point: str) -> None:
        nonlocal stopped
        if point == "delivery.before_send" and not stopped:
            stopped = True
            office.delivery.stop()

    office.at = stop
    waiting = [office.queue(chat) for chat in range(2, 20)]
    await office.delivery.run()
    assert office.row(flying).state == "sent"
    rows = [office.row(message) for message in waiting]
    assert {row.state for row in rows} <= {"sent", "retry", "queued"}
    given_back = [row for row in rows if row.state == "retry"]
    assert given_back
    assert {(row.attempt, row.lease_until) for row in given_back} == {(0, None)}
    assert len(office.remote.accepted()) == sum(row.state == "sent" for row in rows) + 1


async def test_cancelling_it_is_as_graceful(office: Office) -> None:
    await office.remote.fault("slow", seconds=0.3)
    message = office.queue()
    running = asyncio.create_task(office.delivery.run())
    await until(lambda: "delivery.before_send" in office.points)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert office.row(message).state == "sent"


async def test_a_fault_of_ours_in_a_channel_is_a_doubt_and_stops_nobody(office: Office) -> None:
    class Broken(TelegramChannel):
        async def send(self, message: messages.Outgoing) -> str:
            if message.external_id == "1":
                raise KeyError
            if message.external_id == "2":
                raise SendError(Failure.REFUSED, "x")
            return await super().send(message)

    office.channel = Broken(provider.TOKEN, office.remote.base)
    office.delivery = office.open(office.db)
    for chat in (1, 2, 3):
        office.queue(chat)
    await office.deliver()
    assert office.states() == ["unknown", "failed", "sent"]
    await office.channel.close()


async def test_an_answer_outlives_a_database_that_is_away(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sender.DATABASE_S", 0.01)
    message = office.queue()
    office.delivery = office.open(Failing(office.db))
    await office.deliver()
    assert office.row(message).state == "sent"
    assert len(office.remote.calls()) == 1
