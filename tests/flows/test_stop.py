"""STOP, *keep*, start and *do not write* as conversations; everything passes through the database between two steps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from flows.screen import Kind
from storage import conversations, members, messages, notices, outbox
from storage.members import Consent, Member
from storage.sql import table
from tests.helpers.chat import Chat
from tests.helpers.life import Life
from tests.helpers.make import Clock

NOON = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)
"""Friday, 12:00 in Ljubljana."""
_consent = table(Consent)


@pytest.fixture
def life(chat: Chat, clock: Clock) -> Life:
    return Life(chat.db, clock)


def member(chat: Chat) -> Member:
    return chat.db.write(lambda tx: conversations.load(tx, chat.account, chat.sender, chat.clock.at))[1]


def consents(chat: Chat) -> list[tuple[str, bool, str]]:
    rows = chat.db.read(lambda tx: tx.query(select(_consent).order_by(_consent.c.id)))
    assert all(row.wording and row.language == "sl" and row.account == chat.account for row in rows)
    return [(row.purpose, row.given, row.how) for row in rows]


def test_stop_without_appointments_is_one_line(chat: Chat) -> None:
    chat.starts().says("STOP").sees("stop-stopped")
    assert chat.screen == "stop.stopped"
    assert member(chat).stopped_at == chat.clock.at
    assert consents(chat)[-1] == ("unasked", False, "stop")


@pytest.mark.parametrize("word", ["nehaj", "ndalo", "stop", "unsubscribe", "توقف"])
def test_stop_works_in_every_language_in_the_middle_of_a_booking(chat: Chat, life: Life, word: str) -> None:
    chat.starts().taps("book", "adult").says(word)
    assert member(chat).stopped_at is not None
    chat.sees("stop-stopped").taps("ok")
    assert chat.screen == "booking.topic"  # she stopped our messages, not her booking


def test_stop_asks_about_reminders_and_until_yes_none_go_out(chat: Chat, life: Life) -> None:
    chat.starts()
    booking = life.books(member(chat).id, NOON)
    chat.says("stop").sees("stop-done", "stop-keep")
    assert life.until(NOON - timedelta(hours=1)) == []
    assert life.reasons(booking) == {"reminder_day": "stopped", "reminder_hours": "stopped"}
    calls = life.db.read(lambda tx: notices.call_list(tx, life.site.id, life.clock.at))
    assert [(call.code, call.reason) for call in calls] == [(booking.code, "stopped")]


@pytest.mark.parametrize(("answer", "key", "comes"), [("yes", "stop-kept", 2), ("no", "stop-stopped", 0)])
@pytest.mark.parametrize("typed", [False, True])
def test_keep_reminders(chat: Chat, life: Life, answer: str, key: str, comes: int, typed: bool) -> None:
    chat.starts()
    life.books(member(chat).id, NOON)
    chat.says("stop")
    if typed:
        chat.says("da" if answer == "yes" else "ne").sees(key)
    else:
        chat.taps(answer).sees(key)
    assert member(chat).stopped_at is not None
    assert member(chat).keeps_reminders is (answer == "yes")
    assert consents(chat)[-1] == ("reminders", answer == "yes", "tap")
    assert len(life.until(NOON)) == comes


def test_stop_again_takes_the_kept_reminders_back(chat: Chat, life: Life) -> None:
    chat.starts()
    life.books(member(chat).id, NOON)
    chat.says("stop").taps("yes").says("stop").sees("stop-keep")
    assert life.until(NOON) == []


def test_a_yes_tapped_twice_and_a_yes_after_start(chat: Chat, life: Life) -> None:
    chat.starts()
    life.books(member(chat).id, NOON)
    chat.says("stop")
    asked = chat.last
    chat.taps("yes", times=2).sees("stop-kept")
    chat.says("start").sees("stop-started")
    assert (member(chat).stopped_at, member(chat).keeps_reminders) == (None, False)
    chat.taps("yes", on=asked).sees("stop-none")
    assert (member(chat).stopped_at, member(chat).keeps_reminders) == (None, False)


def test_her_own_messages_are_answered_and_do_not_undo_stop(chat: Chat) -> None:
    chat.starts().says("stop")
    for words in ("zdravnik", "meni", "kaj"):
        before = len(chat.inbox)
        chat.says(words)
        assert len(chat.inbox) == before + 1
        assert member(chat).stopped_at is not None
    chat.says("start")
    assert member(chat).stopped_at is None
    assert consents(chat)[-1] == ("unasked", True, "start")


def test_stop_cancels_what_is_queued(chat: Chat, life: Life) -> None:
    chat.starts()
    life.books(member(chat).id, NOON)
    life.clock.at = NOON - timedelta(days=1)
    assert life.tick() == 1
    chat.offline = True
    chat.says("stop")
    assert [one.kind for one in life.delivers()] == ["answer"]
    (call,) = life.db.read(lambda tx: notices.call_list(tx, life.site.id, life.clock.at))
    assert call.reason == "stopped"


def test_do_not_write_is_undone_only_by_a_yes_to_the_safe_question(chat: Chat, life: Life) -> None:
    chat.starts()
    booking = life.books(member(chat).id, NOON)
    chat.says("sos").taps("more").taps("no").sees("safety-write-no-done")
    assert member(chat).do_not_write
    chat.says("start")
    assert chat.screen == "safety.write"
    assert member(chat).do_not_write  # asking is not yet an answer
    chat.says("meni")
    assert member(chat).do_not_write
    life.until(NOON - timedelta(hours=3))
    assert life.arrived == []
    assert life.reasons(booking) == {"reminder_day": "do_not_write"}
    chat.says("start").taps("yes")
    assert not member(chat).do_not_write
    assert [one.kind for one in life.until(NOON)] == ["reminder_hours"]


def test_no_to_writing_cancels_what_is_queued(chat: Chat, life: Life) -> None:
    chat.starts()
    life.books(member(chat).id, NOON)
    chat.says("sos").taps("more")
    life.clock.at = NOON - timedelta(days=1)
    assert life.tick() == 1
    chat.offline = True
    chat.taps("no")
    her = member(chat).id
    said = chat.db.read(lambda tx: members.last_consent(tx, her, "write_after_danger"))
    assert said is not None
    assert not said.given
    assert [one.kind for one in life.delivers()] == ["answer"]
    (call,) = life.db.read(lambda tx: notices.call_list(tx, life.site.id, life.clock.at))
    assert (call.reason, call.careful) == ("do_not_write", True)


def test_opening_the_chat_again_undoes_stop(chat: Chat) -> None:
    chat.starts().says("stop").sends(Kind.START)
    assert member(chat).stopped_at is None


def test_last_consent_is_the_last_word(chat: Chat) -> None:
    chat.starts()
    her = member(chat).id

    def says(given: bool) -> None:
        chat.db.write(
            lambda tx: members.consent(
                tx,
                her,
                "p",
                chat.account,
                given=given,
                wording="1",
                language="sl",
                how="tap",
                at=chat.clock.at,
            )
        )

    def last() -> members.Said | None:
        return chat.db.read(lambda tx: members.last_consent(tx, her, "p"))

    assert last() is None
    says(given=True)
    says(given=False)
    assert last() == members.Said(given=False, wording="1", at=chat.clock.at)


def test_what_was_on_the_wire_at_stop_is_closed_when_it_comes_back(chat: Chat) -> None:
    """It could never be claimed again, and without an end of its own it would stay open for ever."""
    chat.starts("sl")
    now = chat.clock.at
    talk = chat.db.write(lambda tx: conversations.load(tx, chat.account, chat.sender, now))[0]
    notice = chat.db.write(
        lambda tx: messages.add(
            tx,
            talk.id,
            chat.account,
            "notice",
            "x",
            now=now,
            lane=messages.NOTICE,
            policy=messages.RESEND_ONCE,
        )
    )
    later = now + timedelta(minutes=1)
    claimed = chat.db.write(lambda tx: outbox.claim(tx, chat.account, "dead", now=now, until=later, limit=9))
    assert [one.id for one in claimed] == [notice]
    chat.says("stop")
    assert chat.db.write(lambda tx: outbox.lost(tx, later, later)) == 1
    assert chat.db.write(outbox.forbid) == 1
    assert chat.db.write(outbox.forbid) == 0
    state = chat.db.read(lambda tx: messages.find(tx, talk.id, notice))
    assert state is not None
    assert state.state == "cancelled"
