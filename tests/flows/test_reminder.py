"""What the bot writes first, as she sees and taps it: reminders and "go on?"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storage import bookings, conversations, members, notices, records, roomplans
from storage.members import Member
from storage.roomplans import Facts
from storage.sql import Tx
from tests.helpers import console, make
from tests.helpers.chat import Chat
from tests.helpers.life import Field, Life
from tests.helpers.make import Clock

NOON = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)
"""Friday, 12:00 in Ljubljana."""
SERVICE_WORDS = ("SOCIO", "Gosposka", "Nina", "Celje", "svetov", "counsel", "këshill", "termin")


@pytest.fixture
def life(chat: Chat, clock: Clock) -> Life:
    return Life(chat.db, clock)


def member(chat: Chat) -> Member:
    return chat.db.write(lambda tx: conversations.load(tx, chat.account, chat.sender, chat.clock.at))[1]


def reminded(chat: Chat, life: Life, start: datetime = NOON) -> bookings.Booking:
    """She has an appointment and its day reminder lies before her."""
    chat.starts()
    booking = life.books(member(chat).id, start)
    life.clock.at = start - timedelta(days=1)
    assert life.tick() == 1
    chat.receives()
    assert chat.last.kind == "reminder_day"
    return booking


@pytest.mark.parametrize("language", ["sl", "sq", "en", "hr", "sr-Cyrl", "ar"])
def test_a_reminder_names_nothing(chat: Chat, life: Life, language: str) -> None:
    reminded(chat, life)
    if language != "sl":
        members_id = member(chat).id
        chat.db.write(lambda tx: members.set_field(tx, members_id, "language", language))
        life.clock.at = NOON - timedelta(hours=2)
        life.tick()
        chat.receives()
    assert chat.last.language == language
    seen = " ".join([chat.last.text, *chat.last.labels])
    assert [word for word in SERVICE_WORDS if word.lower() in seen.lower()] == []
    assert "12:00" in chat.last.text
    assert [choice[0] for choice in chat.last.choices] == ["come", "move", "cancel", "details"]


@pytest.mark.parametrize("wording", ["time", "discreet"])
def test_the_room_stands_under_the_time_and_never_in_discreet_words(
    chat: Chat, life: Life, wording: str
) -> None:
    def furnished(tx: Tx) -> None:
        roomplans.add(tx, chat.site.id, Facts("Soba 2", 3, step_free=True, note="1. nadstropje"))
        for one in roomplans.needs(tx, chat.site.id):
            roomplans.need(tx, chat.site.id, one.counsellor_id, needs_one=True)

    chat.starts()
    chat.db.write(furnished)
    her = member(chat).id

    def agreed(tx: Tx) -> None:
        staff = console.person(tx, chat.site, "desk")
        records.agree(tx, her, records.Agreement(None, wording, None, staff, chat.clock.at))

    chat.db.write(agreed)
    life.books(her, NOON)
    life.clock.at = NOON - timedelta(days=1)
    assert life.tick() == 1
    chat.receives()
    if wording == "discreet":
        assert "Soba" not in chat.last.text
    else:
        assert "12:00" in chat.last.text.splitlines()[1]
        assert chat.last.text.splitlines()[-1] == "🚪 Soba 2, 1. nadstropje"
    chat.taps("details").sees("appointments-facts")
    assert "🚪 Soba 2, 1. nadstropje, brez stopnic" in chat.last.text


def test_i_come_and_again(chat: Chat, life: Life) -> None:
    booking = reminded(chat, life)
    note = chat.last
    chat.taps("come").sees("reminder-thanks")
    chat.taps("come", on=note, times=2).sees("reminder-thanks").taps("details")
    assert chat.screen == "appointments.one"
    found = chat.db.read(lambda tx: bookings.find(tx, booking.id, booking.member_id))
    assert found is not None
    assert found.confirmed_at is not None
    assert found.version == 1
    assert [one.kind for one in life.until(NOON)] == ["reminder_hours"]  # not the first one again


def test_typed_one_is_i_come(chat: Chat, life: Life) -> None:
    reminded(chat, life)
    chat.says("1").sees("reminder-thanks")


def test_cancel_asks_once_more(chat: Chat, life: Life) -> None:
    booking = reminded(chat, life)
    note = chat.last
    chat.taps("cancel")
    assert chat.screen == "appointments.cancel"
    chat.taps("yes")
    found = chat.db.read(lambda tx: bookings.find(tx, booking.id, booking.member_id))
    assert found is not None
    assert found.state == "cancelled"
    chat.taps("come", on=note).sees("reminder-cancelled")
    assert life.until(NOON) == []


def test_move_leads_to_the_days_and_an_old_reminder_shows_the_new_time(chat: Chat, life: Life) -> None:
    booking = reminded(chat, life)
    her = booking.member_id
    chat.db.write(lambda tx: members.set_field(tx, her, "age_band", "adult"))
    note = chat.last
    chat.taps("move")
    assert chat.screen == "booking.day"
    moved = life.moves(booking, NOON + timedelta(days=3))
    chat.taps("come", on=note).sees("reminder-moved", "reminder")
    assert "9. marec" in chat.last.text
    found = chat.db.read(lambda tx: bookings.find(tx, moved.id, her))
    assert found is not None
    assert found.confirmed_at is None  # her yes was to the old time
    chat.taps("come").sees("reminder-thanks")


def test_a_reminder_tapped_after_the_appointment(chat: Chat, life: Life) -> None:
    reminded(chat, life)
    note = chat.last
    life.clock.at = NOON + timedelta(days=7)
    chat.taps("cancel", on=note).sees("reminder-past")
    chat.taps("appointments")
    assert chat.screen == "appointments.list"


def test_a_reminder_of_somebody_else_says_nothing(chat: Chat, life: Life) -> None:
    booking = reminded(chat, life)
    other = Chat(chat.db, chat.clock, make.texts(), chat.site, sender="200").starts()
    other.forges(chat.last.id, "details").sees("engine-tap-over")
    assert booking.code not in other.last.text


# --- go on? ---


def test_leaving_midway_brings_one_question_the_next_day_and_then_silence(chat: Chat, life: Life) -> None:
    chat.starts().taps("book", "adult", "work")
    left = chat.screen
    life.until(NOON)  # four days
    asked = [one for one in life.arrived if one.kind == "go_on"]
    assert [one.at.isoformat()[:13] for one in asked] == [
        "2026-03-03T07"
    ]  # 8:00, the first open hour of the next day
    chat.inbox.append(chat._row(asked[0].id))
    chat.sees("reminder-goon").taps("yes")
    assert chat.screen == left
    assert chat.last.labels


def test_go_on_is_not_asked_of_her_who_came_back_or_said_no(chat: Chat, life: Life) -> None:
    chat.starts().taps("book", "adult")
    life.until(life.clock.at + timedelta(hours=11))
    chat.says("meni")
    assert [one for one in life.until(NOON) if one.kind == "go_on"] == []


def test_go_on_that_was_queued_is_taken_back_when_she_comes(chat: Chat, life: Life) -> None:
    chat.starts().taps("book", "adult")
    life.delivers()
    while life.tick() == 0:  # queued, and not sent yet
        life.clock.forward(minutes=15)
    chat.offline = True
    chat.says("meni")
    assert [one for one in life.delivers() if one.kind == "go_on"] == []


def test_no_to_go_on_is_silence(chat: Chat, life: Life) -> None:
    chat.starts().taps("book", "adult")
    (asked,) = life.until(life.clock.at + timedelta(days=2))
    chat.inbox.append(chat._row(asked.id))
    chat.taps("no")
    assert chat.screen == "menu"
    assert "goon" not in [choice[0] for choice in chat.last.choices]
    assert life.until(NOON) == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"stopped_at": make.MONDAY, "keeps_reminders": True}, "keeps_reminders"),
        ({"do_not_write": True}, "do_not_write"),
        ({"danger_at": make.MONDAY}, "danger"),
        ({"write_when": "never"}, "never"),
        ({}, "late"),
    ],
)
def test_go_on_obeys_the_rules(chat: Chat, life: Life, fields: dict[str, Field], reason: str) -> None:
    chat.starts().taps("book", "adult")
    her = member(chat).id
    life.sets(her, **fields)
    life.clock.forward(days=1, hours=13)  # after 23:00, a day late
    life.until(life.clock.at + timedelta(hours=12))
    assert life.arrived == []
    found = chat.db.read(lambda tx: notices.of(tx, "conversation:1"))
    assert [(one.kind, one.reason) for one in found] == [("go_on", reason)]
