"""Her appointments as conversations: come, move, cancel; nobody else's, and nothing by typing alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows import appointments
from flows.screen import Screen
from flows.speech import Speech, speak
from flows.texts import SHIPPED
from storage.bookings import Booking
from storage.db import Database
from storage.sql import Tx
from tests.flows.test_booking import STEPS, TUESDAY, another, turn_of
from tests.helpers import days, make
from tests.helpers.chat import Chat
from tests.storage.offices import at, office

WEDNESDAY = date(2026, 3, 4)


def booked(chat: Chat, day: date = TUESDAY) -> list[Booking]:
    """The bookings of a day."""
    return chat.db.read(lambda tx: days.booked(tx, chat.site.id, day))


@pytest.fixture
def drita(chat: Chat, db: Database) -> Chat:
    """A woman who has booked Tuesday, 9:00, and is back on the menu."""
    db.write(office)
    return chat.starts().taps("book", "adult", *STEPS, "yes", "only_me", "any", "ok").says("meni")


def test_the_list_and_one_in_full(drita: Chat) -> None:
    drita.taps("appointments").sees("appointments-list")
    assert "1 termin." in drita.last.text
    drita.taps("09:00").sees("appointments-facts")
    [booking] = booked(drita)
    assert booking.code in drita.last.text
    assert drita.site.address in drita.last.text
    assert "Nina" in drita.last.text


def test_coming_is_noted_once(drita: Chat) -> None:
    drita.taps("appointments", "09:00", "come").sees("appointments-coming")
    assert booked(drita)[0].confirmed_at == drita.clock.at
    assert "come" not in [choice[0] for choice in drita.last.choices]


def test_cancelling_asks_once_more(drita: Chat) -> None:
    drita.taps("appointments", "09:00", "cancel").sees("appointments-cancel-ask")
    assert booked(drita)[0].state == "booked"
    ask = drita.last
    drita.taps("no").sees("appointments-facts")
    drita.taps("yes", on=ask).sees("appointments-cancelled")
    assert booked(drita)[0].state == "cancelled"
    drita.taps("yes", on=ask).sees("appointments-cancelled")
    assert booked(drita)[0].version == 2
    drita.taps("book")
    assert drita.screen == "booking.topic"


@pytest.mark.parametrize("words", ["odpovem", "❌ Odpovem", "2", "3", "da", "yes"])
def test_words_alone_never_cancel(drita: Chat, words: str) -> None:
    drita.taps("appointments", "09:00").says(words)
    assert booked(drita)[0].state == "booked"


def test_moving(drita: Chat) -> None:
    [before] = booked(drita)
    drita.taps("appointments", "09:00", "move")
    assert drita.screen == "booking.day"
    drita.taps(WEDNESDAY.isoformat(), "11:00").sees("booking-confirm")
    confirm = drita.last
    drita.taps("yes").sees("booking-moved", "appointments-facts")
    [after] = booked(drita, WEDNESDAY)
    assert (after.id, after.starts_at, after.version) == (before.id, at(WEDNESDAY, 11), 2)
    assert booked(drita) == []
    drita.taps("yes", on=confirm).sees("booking-mine")
    assert booked(drita, WEDNESDAY) == [after]


def test_moving_what_was_cancelled_meanwhile(drita: Chat) -> None:
    drita.taps("appointments", "09:00")
    one = drita.last
    drita.taps("move", WEDNESDAY.isoformat(), "11:00")
    confirm = drita.last
    drita.taps("cancel", on=one).taps("yes")
    drita.taps("yes", on=confirm).sees("booking-over")
    assert drita.screen == "appointments.list"
    assert booked(drita, WEDNESDAY) == []
    drita.taps("move", on=one).sees("appointments-is-cancelled").taps("list").sees("appointments-none")


def test_a_button_from_last_week(drita: Chat) -> None:
    drita.taps("appointments", "09:00")
    one = drita.last
    drita.clock.forward(days=7)
    for choice in ("come", "move", "cancel"):
        drita.taps(choice, on=one).sees("appointments-past")
    assert booked(drita)[0].state == "booked"


def test_nobody_sees_anothers(drita: Chat) -> None:
    [hers] = booked(drita)
    drita.taps("appointments", "09:00", "cancel")
    mojca = another(drita, "500").starts().taps("appointments").sees("appointments-none")
    mojca.forges(drita.last.id, "yes")
    assert booked(drita) == [hers]

    def unit(tx: Tx) -> None:
        turn = turn_of(tx, make.site(tx))
        pages: list[Screen] = [
            appointments.One(hers.id),
            appointments.Cancel(hers.id),
            appointments.Cancelled(hers.id),
        ]
        for page in pages:
            assert page.show(turn).key == "appointments-unknown"
            for choice in ("come", "move", "cancel", "yes", "no", "list", "book"):
                page.answer(turn, choice)

    drita.db.write(unit)
    assert booked(drita) == [hers]


def test_every_page_in_every_language_of_every_state(drita: Chat) -> None:
    [booking] = booked(drita)
    later = booking.starts_at + timedelta(days=1)

    def unit(tx: Tx) -> None:
        for now in (drita.clock.at, later):
            for language in SHIPPED:
                turn = turn_of(tx, drita.site, language, now)
                turn.member = replace(turn.member, id=booking.member_id)
                pages: list[Screen] = [
                    appointments.Appointments(),
                    appointments.One(booking.id),
                    appointments.Cancel(booking.id),
                    appointments.Cancelled(booking.id),
                ]
                for page in pages:
                    spoken = speak(turn, [page], Speech())
                    assert spoken.text
                    assert all(len(label) <= 20 for _, label, _ in spoken.choices)

    drita.db.write(unit)
