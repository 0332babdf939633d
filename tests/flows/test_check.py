"""The secret check: two positions of six digits before anything personal, and nothing for whoever guesses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from flows import check, due
from flows.screen import Kind
from storage import checks, tasks
from storage.checks import CheckRow
from storage.db import Database
from storage.messages import MessageRow
from storage.sql import table
from tests.helpers import make
from tests.helpers.chat import Chat
from tests.helpers.desk import Desk
from tests.helpers.duties import Duties
from tests.helpers.life import Life

DIGITS = "407318"
_m = table(MessageRow)


def sets(chat: Chat, digits: str = DIGITS) -> int:
    """The desk sets her check; her id."""
    staff = Duties(chat.db, chat.clock, chat.site).person()
    now = chat.clock.at
    (member,) = {
        row.id
        for row in chat.db.read(lambda tx: tx.query(select(table(MessageRow).c.conversation_id.label("id"))))
    }
    chat.db.write(lambda tx: checks.set_(tx, member, digits, "salt", staff, now, make.keyed))
    return int(member)


def asked(chat: Chat, digits: str = DIGITS) -> str:
    """What to answer to the question on her phone."""
    found = chat.db.read(lambda tx: checks.find(tx, 1))
    assert found is not None
    return "".join(digits[at - 1] for at in found.asking)


@pytest.fixture
def hers(chat: Chat) -> Chat:
    """Her chat at the menu, with a check and an appointment."""
    life = Life(chat.db, chat.clock)
    chat.site = life.site
    chat.starts("en")
    sets(chat)
    life.books(1, chat.clock.at + timedelta(days=2, hours=3))
    return chat


def test_a_right_answer_opens_what_was_asked_for_until_she_is_silent(hers: Chat) -> None:
    hers.taps("appointments").sees("check-ask")
    hers.says(asked(hers))
    assert hers.screen == "appointments.list"
    hers.clock.forward(minutes=14)
    hers.says("menu")
    hers.clock.forward(minutes=14)
    assert hers.taps("appointments").screen == "appointments.list"
    hers.clock.forward(minutes=15)
    assert hers.says("menu").screen == "menu"
    assert hers.taps("appointments").screen == "check"


@pytest.mark.parametrize("wrong", ["00", "9 9", "4", DIGITS, "٩٩"])
def test_a_wrong_answer_gets_the_menu_and_no_hint(hers: Chat, wrong: str) -> None:
    hers.says("menu")
    menu = hers.last.text
    hers.taps("appointments").says(wrong)
    assert (hers.screen, hers.last.text) == ("menu", menu)


def test_digits_are_never_kept_among_the_words(hers: Chat) -> None:
    hers.taps("appointments").says(asked(hers)).says("menu").taps("book")
    hers.clock.forward(minutes=20)
    hers.says("menu").taps("appointments").says("03")  # not the third choice of anything
    assert hers.screen == "menu"
    said = hers.db.read(lambda tx: tx.query(select(_m.c.text).where(~_m.c.outgoing)))
    assert [row.text for row in said if check.digits(row.text)] == []
    kept = hers.db.read(lambda tx: tx.query(select(table(CheckRow))))[0]
    assert DIGITS not in repr(kept)
    assert len(set(kept.pairs)) == 15


def test_the_same_positions_are_asked_until_they_were_right(hers: Chat) -> None:
    first = hers.taps("appointments").last.text
    for _ in range(3):
        assert hers.says("menu").taps("appointments").last.text == first
    hers.says("00").taps("appointments")
    assert hers.last.text == first


def test_after_five_wrong_answers_even_the_right_one_is_wrong_and_staff_look(hers: Chat) -> None:
    for _ in range(5):
        hers.says("menu").taps("appointments").says("00")
    assert [line.task.kind for line in hers.db.read(lambda tx: tasks.lines(tx, 0, [hers.site.id]))] == [
        "check"
    ]
    right = asked(hers)
    assert hers.taps("appointments").sees("check-ask").says(right).screen == "menu"
    hers.clock.forward(minutes=61)
    assert hers.says("menu").taps("appointments").says(right).screen == "appointments.list"


def test_pauses_grow_and_then_only_new_digits_open_it(hers: Chat) -> None:
    right = asked(hers)

    def told() -> int:
        return len(hers.db.read(lambda tx: tasks.lines(tx, 0, [hers.site.id])))

    def opens() -> bool:
        return hers.says("menu").taps("appointments").says(right).screen == "appointments.list"

    for number, hours in enumerate((1, 4, 24), start=1):
        for _ in range(5):
            hers.says("menu").taps("appointments").says("00")
        assert told() == number
        hers.clock.forward(hours=hours, minutes=-1)
        assert not opens()
        hers.clock.forward(minutes=1)
    for _ in range(5):
        hers.says("menu").taps("appointments").says("00")
    for _ in range(2):
        assert told() == 4  # and nobody is told again
        hers.clock.forward(days=40)
        assert not opens()
        hers.says("menu").taps("appointments").sees("check-ask").says("00")
    assert hers.says("menu").taps("services").screen == "services.topics"
    found = hers.db.read(lambda tx: checks.find(tx, 1))
    assert found is not None
    assert found.is_shut
    sets(hers)
    right = asked(hers)
    assert opens()


def test_a_right_answer_gives_back_no_pause(hers: Chat) -> None:
    for _ in range(5):
        hers.says("menu").taps("appointments").says("00")
    hers.clock.forward(hours=1)
    hers.says("menu").taps("appointments").says(asked(hers))
    assert hers.screen == "appointments.list"
    hers.clock.forward(hours=1)
    for _ in range(5):
        hers.says("menu").taps("appointments").says("00")
    hers.clock.forward(hours=3)
    assert hers.says("menu").taps("appointments").says(asked(hers)).screen == "menu"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_help_stop_language_and_a_person_never_ask(hers: Chat) -> None:
    hers.taps("appointments")
    for words, screen in (("SOS", "safety"), ("stop", "stop.keep"), ("jezik", "language")):
        assert hers.says(words).screen == screen
        hers.says("menu").says("menu").taps("appointments")
        assert hers.screen == "check"
    assert hers.taps("nav.person").screen == "person"
    assert hers.says("menu").taps("services").screen == "services.topics"


def test_old_buttons_do_nothing_before_the_answer(hers: Chat) -> None:
    hers.taps("appointments").says(asked(hers))
    hers.taps(hers.last.choices[0][0])
    one = hers.last
    hers.taps("cancel")
    sure = hers.last
    hers.clock.forward(minutes=16)
    hers.taps("yes", on=sure)
    assert hers.screen == "check"
    hers.says(asked(hers)).sees("appointments-cancel-ask")  # shown again: the tap was not carried out
    hers.clock.forward(minutes=16)
    assert hers.taps("move", on=one).screen == "check"
    assert hers.taps("nav.back").screen == "menu"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_my_data_forgetting_and_codes_are_behind_it(hers: Chat) -> None:
    for words in ("my data", "delete me"):
        assert hers.says("menu").says(words).screen == "check", words
    assert hers.says("menu").taps("settings", "link").screen == "check"
    hers.says(asked(hers))
    assert hers.screen == "link"
    hers.says("who is this")  # somebody else holds the phone now
    assert hers.says("menu").taps("appointments").screen == "check"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_details_of_a_reminder_ask_but_the_reminder_comes(hers: Chat) -> None:
    hers.clock.forward(days=1, hours=4)
    now, site = hers.clock.at, hers.site
    hers.db.write(lambda tx: due.reminders(tx, now, site, hers.texts, due.Lateness(), ("telegram:1",)))
    (seen,) = hers.receives()
    assert seen.kind == "reminder_day"
    assert hers.taps("come", on=seen).screen == "reminder.thanks"
    assert hers.taps("details", on=seen).screen == "check"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_the_key_of_the_server_nothing_can_be_compared(hers: Chat) -> None:
    now = hers.clock.at
    right = asked(hers)
    assert hers.db.write(lambda tx: checks.answer(tx, 1, right, now, lambda said: f"other{said}")) == (
        False,
        False,
    )


def test_new_digits_end_what_the_old_ones_opened(hers: Chat, db: Database) -> None:
    hers.taps("appointments").says(asked(hers))
    sets(hers, "111222")
    assert hers.says("menu").taps("appointments").screen == "check"
    db.write(lambda tx: checks.remove(tx, 1))
    assert hers.sends(Kind.START).taps("appointments").screen == "appointments.list"


def test_while_a_person_has_the_chat_typed_digits_still_answer_the_check(hers: Chat) -> None:
    menu = hers.says("menu").last
    hers.taps("nav.person")
    assert Desk(hers).takes()
    hers.taps("appointments", on=menu)
    assert hers.screen == "check"
    assert hers.says(asked(hers)).screen == "appointments.list"
    said = hers.db.read(lambda tx: tx.query(select(_m.c.text).where(~_m.c.outgoing)))
    assert [row.text for row in said if check.digits(row.text)] == []
