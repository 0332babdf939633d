"""After a missed appointment: kind words, once a question, then silence and a task; never a threat, never by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from flows.missed import REASONS, Hard, Missed, Noted
from flows.screen import LABEL_MAX
from flows.texts import SHIPPED
from flows.wording_rules import FIRST_MAX
from flows.wording_words import SAYS_TOO_MUCH, THREATS
from storage import conversations, people, records
from storage.db import Database
from storage.sql import Tx
from tests.flows.test_texts import messages, uses
from tests.helpers import console, make
from tests.helpers.attending import Desk
from tests.helpers.chat import Chat
from tests.helpers.life import ACCOUNT


@pytest.fixture
def desk(db: Database, clock: make.Clock) -> Desk:
    return Desk(db, clock)


def says(key: str, language: str = "sl") -> str:
    return make.texts().text(language, key)


# --- when ---


def test_nothing_before_it_is_noted(desk: Desk) -> None:
    booking = desk.met(desk.woman(), None)
    assert desk.until(booking.starts_at + timedelta(days=4)) == []


def test_nothing_for_who_came_and_for_a_cancelled_one(desk: Desk) -> None:
    woman = desk.woman()
    desk.met(woman, True)
    booking = desk.books(woman, desk.clock.at + timedelta(days=1))
    desk.cancels(booking)
    desk.clock.at = booking.starts_at + timedelta(hours=1)
    assert desk.notes(booking, False) is False  # a cancelled one cannot be noted at all
    assert desk.until(desk.clock.at + timedelta(days=3)) == []


def test_a_future_one_cannot_be_noted_and_no_one_twice(desk: Desk) -> None:
    booking = desk.books(desk.woman(), desk.clock.at + timedelta(days=1))
    assert desk.notes(booking, False) is False
    desk.clock.at = booking.starts_at
    assert desk.notes(booking, False) is True
    assert desk.notes(booking, True) is False


def test_the_first_is_a_kind_word(desk: Desk) -> None:
    booking = desk.met(desk.woman(), False)
    (came,) = desk.after()
    assert (came.kind, came.text) == ("missed", says("missed-today"))
    assert desk.reason(booking) == "sent"
    assert desk.until(desk.clock.at + timedelta(days=4)) == []
    assert desk.tasks() == []


def test_on_another_day_it_does_not_say_today(desk: Desk) -> None:
    booking = desk.met(desk.woman(), False, hours=24)
    (came,) = desk.after()
    assert came.text != says("missed-today")
    assert booking.starts_at.strftime("%H:%M") not in came.text


def test_the_second_asks_once_what_makes_it_hard(desk: Desk) -> None:
    woman = desk.woman()
    desk.met(woman, False)
    desk.after()
    desk.met(woman, False)
    (second,) = desk.after()
    assert second.text == says("missed-hard")
    desk.met(woman, True)
    for _ in range(2):  # again twice in a row, much later: she is never asked a second time
        desk.met(woman, False)
        (again,) = desk.after()
        assert again.text == says("missed-today")


def test_the_third_is_only_a_task(desk: Desk) -> None:
    woman = desk.woman()
    for _ in range(2):
        desk.met(woman, False)
        desk.after()
    third = desk.met(woman, False)
    counsellor = desk.db.write(lambda tx: console.person(tx, desk.site, "counsellor"))
    _is_counsellor(desk, counsellor, third.counsellor_id)
    assert desk.after() == []
    assert desk.reason(third) == "task"
    (line,) = desk.tasks()
    assert (line.task.subject, line.task.staff_id) == (third.subject, counsellor)
    assert desk.until(desk.clock.at + timedelta(days=4)) == []
    fourth = desk.met(woman, False)
    assert desk.after() == []
    assert [line.task.subject for line in desk.tasks()] == [third.subject, fourth.subject]


def _is_counsellor(desk: Desk, staff_id: int, counsellor_id: int) -> None:
    from sqlalchemy import update

    from storage.sql import table
    from storage.staff import StaffRow

    row = table(StaffRow)
    desk.db.write(
        lambda tx: (
            tx.query(update(row).where(row.c.id == staff_id).values(counsellor_id=counsellor_id)) and None
        )
    )
    assert desk.db.read(lambda tx: people.get(tx, staff_id)) is not None


def test_coming_once_begins_the_count_anew(desk: Desk) -> None:
    woman = desk.woman()
    for came in (False, False, True):
        desk.met(woman, came)
        desk.after()
    desk.met(woman, False)
    (first,) = desk.after()
    assert first.text == says("missed-today")
    assert desk.tasks() == []


@pytest.mark.parametrize("shared", ["sometimes", "often"])
def test_a_shared_phone_is_never_asked_why(desk: Desk, shared: str) -> None:
    woman = desk.woman(shared_phone=shared)
    for _ in range(2):
        desk.met(woman, False)
        (came,) = desk.after()
        assert came.text == says("missed-today")


def test_what_is_taken_back_in_time_is_never_sent(desk: Desk) -> None:
    booking = desk.met(desk.woman(), False)
    assert desk.after(14) == []
    assert desk.undoes(booking) is True
    assert desk.after(60) == []
    assert desk.notes(booking, True) is True
    assert desk.until(desk.clock.at + timedelta(days=1)) == []


def test_undo_cancels_what_is_queued(desk: Desk) -> None:
    booking = desk.met(desk.woman(), False)
    desk.clock.forward(minutes=16)
    desk.tick()
    assert desk.queued() == 1
    assert desk.undoes(booking) is True
    assert desk.delivers() == []
    assert desk.notes(booking, False) is True  # it was right after all: she is told once
    assert len(desk.after()) == 1


def test_undo_after_it_left_sends_no_second_one(desk: Desk) -> None:
    booking = desk.met(desk.woman(), False)
    assert len(desk.after()) == 1
    assert desk.undoes(booking) is True
    assert desk.notes(booking, False) is True
    assert desk.after() == []


def test_undo_ends_the_task(desk: Desk) -> None:
    woman = desk.woman()
    bookings = []
    for _ in range(3):
        bookings.append(desk.met(woman, False))
        desk.after()
    assert len(desk.tasks()) == 1
    assert desk.undoes(bookings[-1]) is True
    assert desk.tasks() == []


def test_a_word_too_late_is_not_said(desk: Desk) -> None:
    booking = desk.met(desk.woman(), False, hours=73)
    assert desk.after() == []
    assert desk.reason(booking) == "late"


def test_it_waits_for_her_hours(desk: Desk) -> None:
    booking = desk.met(desk.woman(write_when="afternoon"), False)  # 11:00 in Ljubljana
    assert desk.after() == []
    came = desk.until(booking.starts_at + timedelta(days=2))
    assert [one.at.hour for one in came] == [11]  # noon there


@pytest.mark.parametrize(
    ("why", "fields"),
    [
        ("do_not_write", {"do_not_write": True}),
        ("stopped", {"stopped_at": make.MONDAY}),
        ("keeps_reminders", {"stopped_at": make.MONDAY, "keeps_reminders": True}),
        ("never", {"write_when": "never"}),
    ],
)
def test_the_contact_rules_hold(desk: Desk, why: str, fields: dict[str, bool | str | datetime]) -> None:
    booking = desk.met(desk.woman("100", ACCOUNT, **fields), False)
    assert desk.after() == []
    assert desk.reason(booking) == why


def test_it_waits_while_a_person_talks_with_her(desk: Desk) -> None:
    from sqlalchemy import update

    from storage.conversations import ConversationRow
    from storage.sql import table

    row = table(ConversationRow)
    woman = desk.woman()
    desk.met(woman, False)

    def owner(**values: object) -> None:
        desk.db.write(
            lambda tx: tx.query(update(row).where(row.c.member_id == woman).values(**values)) and None
        )

    owner(owner="person", staff_id=desk.staff)
    assert desk.after() == []
    owner(owner="bot", staff_id=None)
    assert len(desk.after()) == 1


# --- what she sees and says ---


@pytest.fixture
def chat(desk: Desk) -> Chat:
    return Chat(desk.db, desk.clock, make.texts(), desk.site)


def told(desk: Desk, chat: Chat, times: int = 1, wording: str = "time") -> Chat:
    """She has missed so many, and the last message lies on her phone."""
    chat.starts("sl")

    def hers(tx: Tx) -> int:
        return conversations.load(tx, "telegram:1", chat.sender, desk.clock.at)[1].id

    woman = desk.db.write(hers)
    desk.sets(woman, age_band="adult", write_when="any")
    agreed = records.Agreement(None, wording, None, desk.staff, desk.clock.at)
    desk.db.write(lambda tx: records.agree(tx, woman, agreed))
    for _ in range(times):
        desk.met(woman, False)
        desk.clock.forward(minutes=16)
        desk.tick()
        chat.receives()
    return chat


def test_four_ways_on(desk: Desk, chat: Chat) -> None:
    told(desk, chat).sees("missed-today")
    message = chat.last
    assert len(message.choices) == 4  # and none of the engine's own: a glance finds nothing to ask about
    chat.taps("again")
    assert chat.screen == "booking.topic"
    chat.taps("time", on=message).sees("missed-noted-time")
    chat.taps("needless", on=message).sees("missed-needless-done")
    assert chat.screen == "menu"
    chat.taps("contact", on=message)
    assert chat.screen == "person"
    conversation, _ = desk.db.write(lambda tx: conversations.load(tx, "telegram:1", "100", desk.clock.at))
    assert (conversation.owner, conversation.waiting_reason) == ("waiting", "asked")


@pytest.mark.parametrize("reason", REASONS)
def test_six_answers_and_none_is_asked_about(desk: Desk, chat: Chat, reason: str) -> None:
    told(desk, chat, 2).sees("missed-hard")
    assert [choice[0] for choice in chat.last.choices] == list(REASONS)
    chat.taps(reason).sees("missed-noted-none" if reason == "none" else "missed-noted")
    chat.taps("contact")
    assert chat.screen == "person"


@pytest.mark.parametrize(("times", "page"), [(1, "missed-today"), (2, "missed-hard")])
def test_discreet_words_hide_it_until_she_taps(desk: Desk, chat: Chat, times: int, page: str) -> None:
    told(desk, chat, times, wording="discreet")
    assert chat.last.text == says("reminder-discreet")
    assert [choice[0] for choice in chat.last.choices] == ["open"]
    chat.taps("open").sees(page)
    chat.taps(chat.last.choices[1][0]).sees("missed-noted-time" if times == 1 else "missed-noted")


def test_a_forged_choice_and_a_number_typed(desk: Desk, chat: Chat) -> None:
    told(desk, chat)
    message = chat.last
    chat.says("2").sees("missed-noted-time")
    chat.forges(message.id, "nothing")


def test_another_womans_appointment_is_not_named(desk: Desk, chat: Chat) -> None:
    from flows.screen import Turn

    foreign = desk.met(desk.woman("other"), False)
    chat.starts("sl")

    def shown(tx: Tx) -> list[str]:
        conversation, member = conversations.load(tx, "telegram:1", chat.sender, desk.clock.at)
        turn = Turn(tx, desk.clock.at, desk.site, make.texts(), member, conversation, ACCOUNT)
        return [Missed(foreign.id).show(turn).key, Hard(foreign.id).show(turn).key, Noted("x").show(turn).key]

    assert desk.db.write(shown) == ["missed-before", "missed-hard", "missed-noted"]


# --- the words ---


def missed_texts(language: str) -> dict[str, str]:
    """Every text of the file as she would read it."""
    found = {}
    for key, (file, message) in messages(language).items():
        if file == "missed.ftl":
            args = {"at": make.MONDAY} if uses(message).variables else None
            found[key] = make.texts().text(language, key, args)
    assert len(found) > 15
    return found


@pytest.mark.parametrize("language", SHIPPED)
def test_no_text_threatens(language: str) -> None:
    for key, text in missed_texts(language).items():
        hits = [word for word in THREATS[language] if word in text.casefold()]
        # "You do not have to say" takes a burden away.
        assert not hits, (key, hits)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "This was your second time. You could lose your place."),
        ("sl", "Opozarjamo vas: zadnja priložnost, sicer posledice."),
        ("sq", "Ky është paralajmërim. Mund të humbni vendin."),
        ("bs", "Upozoravamo vas: drugi put gubite mjesto."),
        ("sr-Cyrl", "Упозоравамо вас: морали сте доћи."),
        ("ar", "هذا تحذير. قد تخسرون مكانكم."),
    ],
)
def test_the_list_catches_a_threat(language: str, text: str) -> None:
    assert any(word in text.casefold() for word in THREATS[language])


@pytest.mark.parametrize("language", SHIPPED)
def test_the_first_line_is_short_and_harmless(language: str) -> None:
    for key in ("missed-today", "missed-on", "missed-before", "missed-hard"):
        first = missed_texts(language)[key].splitlines()[0]
        assert len(first) <= FIRST_MAX, (language, key, first)
        assert not [word for word in SAYS_TOO_MUCH if word in first.casefold()]


@pytest.mark.parametrize("language", SHIPPED)
def test_labels_fit_a_button(language: str) -> None:
    labels = {"again", "time", "contact", "needless"} | {f"hard-{one}" for one in REASONS}
    for key in labels:
        assert len(missed_texts(language)[f"missed-{key}"]) <= LABEL_MAX, (language, key)
