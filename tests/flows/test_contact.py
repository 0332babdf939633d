"""Shared phone, safe hours and the settings page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storage import bookings, conversations, members, notices
from storage.members import Member
from tests.helpers.chat import Chat
from tests.helpers.life import Life
from tests.helpers.make import Clock

NOON = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)
"""Friday, 12:00 in Ljubljana."""


@pytest.fixture
def life(chat: Chat, clock: Clock) -> Life:
    return Life(chat.db, clock)


def member(chat: Chat) -> Member:
    return chat.db.write(lambda tx: conversations.load(tx, chat.account, chat.sender, chat.clock.at))[1]


@pytest.mark.parametrize(
    ("shared", "when"),
    [("only_me", "any"), ("sometimes", "morning"), ("often", "afternoon"), ("often", "never")],
)
def test_the_two_questions_come_before_her_first_reminder(
    chat: Chat, life: Life, shared: str, when: str
) -> None:
    chat.starts().taps("book", "adult", "work", "person", "any")
    chat.taps(chat.last.choices[0][0]).taps(chat.last.choices[0][0]).taps("yes")
    assert chat.screen == "contact.shared"
    chat.taps(shared).sees("contact-when").taps(when)
    assert chat.screen == "contact.done"
    her = member(chat)
    assert (her.shared_phone, her.write_when) == (shared, when)
    said = chat.db.read(lambda tx: members.last_consent(tx, her.id, "reminders"))
    assert said is not None
    assert said.given is (when != "never")
    booking = chat.db.read(lambda tx: bookings.upcoming(tx, her.id, chat.clock.at))[0]
    life.until(booking.starts_at)
    assert bool(life.arrived) is (
        when != "never" and booking.starts_at - booking.created_at > timedelta(hours=2)
    )
    # Asked once: the second booking goes straight to its end.
    chat.says("meni").taps("book", "work", "person", "any")
    chat.taps(chat.last.choices[1][0]).taps(chat.last.choices[3][0]).taps("yes")
    assert chat.screen == "booking.done"


def test_settings_show_and_change_what_is_set(chat: Chat) -> None:
    chat.starts().taps("settings")
    assert "ponoči" in chat.last.text
    chat.taps("shared", "often", "morning", "ok")
    assert chat.screen == "contact.settings"
    assert "8–12" in chat.last.text
    chat.taps("when", "afternoon", "ok")
    assert (member(chat).write_when, member(chat).shared_phone) == ("afternoon", "often")
    chat.taps("stop", "ok").taps("start")
    assert member(chat).stopped_at is None


def test_new_hours_take_back_what_was_planned_for_the_old_ones(chat: Chat, life: Life) -> None:
    chat.starts()
    life.books(member(chat).id, NOON)
    chat.taps("settings", "when")
    life.clock.at = NOON - timedelta(days=1)
    assert life.tick() == 1
    chat.offline = True
    chat.taps("never")
    assert [one.kind for one in life.delivers()] == ["answer"]
    (call,) = life.db.read(lambda tx: notices.call_list(tx, life.site.id, life.clock.at))
    assert call.reason == "hours"
