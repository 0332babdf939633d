"""Staff book, move and cancel for her, one meeting or a whole day: what she is told, once, and whom somebody calls."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from flows import tasks as task_rules
from flows.screen import LABEL_MAX
from storage import bookings, changes, checks, records, refusals
from storage.db import Database
from storage.sql import table
from tests.flows.test_texts import messages as texts_of
from tests.helpers import make
from tests.helpers.changing import Desk, at, own
from tests.helpers.desk import staff as colleague
from tests.helpers.duties import Duties
from tests.helpers.life import Life
from tests.storage import offices


@pytest.fixture
def desk(db: Database, clock: make.Clock) -> Desk:
    return Desk(db, clock)


# --- one meeting ---


def test_a_cancelled_meeting_is_told_once_with_new_times_that_really_book(desk: Desk) -> None:
    chat = desk.phone()
    booking = desk.hers(chat, at(10))
    assert desk.cancels_for(booking)
    assert desk.tick() == 1
    (seen,) = chat.receives()
    chat.sees("change-cancelled")
    times = [choice for choice in own(seen) if choice.isdigit()]
    assert (len(times), own(seen)[3:]) == (3, ["other", "person"])
    chat.taps(times[1])
    (now,) = desk.db.read(lambda tx: bookings.upcoming(tx, booking.member_id, desk.clock.at))
    assert str(int(now.starts_at.timestamp() * 1000)) == times[1]
    assert (now.topic, now.mode) == (booking.topic, booking.mode)
    # An old tap shows what she has; nothing is booked beside it.
    chat.taps(times[0], on=seen).sees("booking-mine")
    chat.taps(times[1], on=seen).sees("booking-mine")
    assert len(desk.db.read(lambda tx: bookings.upcoming(tx, booking.member_id, desk.clock.at))) == 1
    assert desk.tick() == 0


def test_a_time_that_is_gone_shows_todays_times(desk: Desk) -> None:
    chat = desk.phone()
    booking = desk.hers(chat, at(10))
    desk.cancels_for(booking)
    desk.tick()
    (seen,) = chat.receives()
    wanted = own(seen)[0]
    for number in range(4):  # all four counsellors are taken then
        other = desk.woman(f"other-{number}")
        desk.books(other, datetime.fromtimestamp(int(wanted) / 1000, tz=booking.starts_at.tzinfo))
    chat.taps(wanted).sees("booking-slot-gone")
    assert chat.screen == "change"
    assert wanted not in own(chat.last)
    chat.taps(own(chat.last)[0])
    assert len(desk.db.read(lambda tx: bookings.upcoming(tx, booking.member_id, desk.clock.at))) == 1


def test_other_times_and_a_person(desk: Desk) -> None:
    chat = desk.phone()
    booking = desk.hers(chat, at(10))
    desk.cancels_for(booking)
    desk.tick()
    (seen,) = chat.receives()
    assert chat.taps("other", on=seen).screen == "booking.day"
    assert chat.taps("person", on=seen).screen == "person"


def test_a_moved_meeting_is_told_and_its_reminders_are_the_new_ones(desk: Desk) -> None:
    chat = desk.phone()
    booking = desk.moves_for(desk.hers(chat, at(10)), at(12))
    assert desk.tick() == 1
    (seen,) = chat.receives()
    chat.sees("change-moved")
    chat.taps("come", on=seen)
    assert desk.now(booking).confirmed_at is not None
    again = desk.moves_for(desk.now(booking), at(13))
    chat.taps("cancel", on=seen).sees("reminder-moved")  # she answers for a time that is no longer hers
    assert desk.now(again).state == "booked"


def test_two_changes_before_she_was_told_are_one_message(desk: Desk) -> None:
    chat = desk.phone()
    booking = desk.moves_for(desk.hers(chat, at(10)), at(12))
    desk.tick()  # queued, not sent
    desk.cancels_for(booking)
    desk.tick()
    assert len(chat.receives()) == 1
    chat.sees("change-cancelled")


def test_who_booked_for_her_is_confirmed_and_calls_nobody(desk: Desk) -> None:
    chat = desk.phone()
    member = desk.hers(chat, at(8)).member_id
    wish = offices.wanted(desk.site)
    desk.db.write(
        lambda tx: changes.book(tx, wish, at(15), member_id=member, staff_id=desk.staff, now=desk.clock.at)
    )
    desk.tick()
    assert len(chat.receives()) == 1
    chat.sees("change-booked").taps("details").sees("appointments-facts")
    desk.clock.forward(hours=20)
    desk.tick()
    assert desk.tasks() == []


@pytest.mark.parametrize("age", ["under15", "15to17"])
def test_no_times_for_who_is_under_age(desk: Desk, age: str) -> None:
    chat = desk.phone()
    booking = desk.hers(chat, at(10))
    desk.sets(booking.member_id, age_band=age)
    desk.cancels_for(booking)
    desk.tick()
    (seen,) = chat.receives()
    assert own(seen) == ["person"]
    chat.sees("change-cancelled-none")


def test_she_is_never_offered_whom_she_refused(desk: Desk) -> None:
    chat = desk.phone()
    booking = desk.hers(chat, at(10))
    who = desk.db.write(lambda tx: colleague(tx, "Nina Test", counsellor_id=booking.counsellor_id))
    desk.db.write(lambda tx: refusals.add(tx, booking.member_id, who, desk.clock.at))
    desk.cancels_for(booking)
    desk.tick()
    (seen,) = chat.receives()
    chat.taps(own(seen)[0])
    (now,) = desk.db.read(lambda tx: bookings.upcoming(tx, booking.member_id, desk.clock.at))
    assert now.counsellor_id != booking.counsellor_id


def test_a_new_time_is_taken_only_after_her_secret_check(desk: Desk) -> None:
    chat = desk.phone()
    booking = desk.hers(chat, at(10))
    who = desk.db.write(lambda tx: colleague(tx, "Nina Test", counsellor_id=booking.counsellor_id))
    desk.db.write(lambda tx: refusals.add(tx, booking.member_id, who, desk.clock.at))
    staff = Duties(desk.db, desk.clock, desk.site).person()
    desk.db.write(
        lambda tx: checks.set_(tx, booking.member_id, "407318", "salt", staff, desk.clock.at, make.keyed)
    )
    desk.cancels_for(booking)
    desk.tick()
    (seen,) = chat.receives()
    assert chat.taps(own(seen)[0], on=seen).screen == "check"
    assert desk.db.read(lambda tx: bookings.upcoming(tx, booking.member_id, desk.clock.at)) == []
    found = desk.db.read(lambda tx: checks.find(tx, booking.member_id))
    assert found is not None
    chat.says("".join("407318"[digit - 1] for digit in found.asking))
    chat.sees("change-cancelled")  # shown again: the tap was not carried out
    chat.taps(own(chat.last)[0]).sees("booking-done")
    (now,) = desk.db.read(lambda tx: bookings.upcoming(tx, booking.member_id, desk.clock.at))
    assert now.counsellor_id != booking.counsellor_id


@pytest.mark.parametrize("cancelled", [True, False])
def test_discreet_words_hide_the_change_until_she_taps(desk: Desk, cancelled: bool) -> None:
    chat = desk.phone()
    booking = desk.hers(chat, at(10))
    agreed = records.Agreement(None, "discreet", None, desk.staff, desk.clock.at)
    desk.db.write(lambda tx: records.agree(tx, booking.member_id, agreed))
    if cancelled:
        desk.cancels_for(booking)
    else:
        desk.moves_for(booking, at(12))
    desk.tick()
    (seen,) = chat.receives()
    assert (seen.text, own(seen)) == (make.texts().text("sl", "reminder-discreet"), ["open"])
    chat.taps("open", on=seen).sees("change-cancelled" if cancelled else "change-moved")
    chat.taps(own(chat.last)[0]).sees("booking-done" if cancelled else "reminder-thanks")


# --- how it is said ---


@pytest.mark.parametrize("language", ["sl", "sq", "en"])
def test_the_message_begins_harmlessly_and_names_nothing(desk: Desk, language: str) -> None:
    for key in ("change-booked", "change-moved", "change-cancelled", "change-cancelled-none"):
        for day in range(2, 9):
            said = make.texts().text(language, key, {"at": at(14, 30, date(2026, 9, day))})
            assert len(said.splitlines()[0]) <= 40, said
            assert len(said) <= 300
            assert not [word for word in ("SOCIO", "Nina", "Gosposka", "work") if word in said]
    for name, (file, _) in texts_of(language).items():
        if file == "change.ftl" and name.removeprefix("change-") in ("other", "person", "appointments"):
            assert len(make.texts().text(language, name)) <= LABEL_MAX
    label = make.texts().text(language, "change-at", {"at": at(14, 30, date(2026, 9, 30))})
    assert len(label) <= LABEL_MAX


# --- contact rules and calls ---


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"do_not_write": True}, "do_not_write"),
        ({"stopped_at": make.MONDAY}, "stopped"),
        ({"write_when": "never"}, "never"),
        ({"danger_at": make.MONDAY}, "danger"),
    ],
)
def test_who_may_not_be_written_to_is_called_at_once(desk: Desk, fields: dict[str, str], reason: str) -> None:
    booking = desk.books(desk.woman("100"), at(10))
    desk.sets(booking.member_id, **fields)
    desk.cancels_for(booking)
    desk.tick()
    assert desk.delivers() == []
    assert desk.ledger(booking)["booking_change", 2].reason == reason
    (line,) = desk.tasks()
    assert (line.task.kind, line.changed, line.code) == ("call", "cancelled", booking.code)
    desk.clock.forward(hours=6)
    assert desk.tick() == 0


def test_stop_with_reminders_kept_is_told(desk: Desk) -> None:
    woman = desk.woman("100", stopped_at=make.MONDAY, keeps_reminders=True)
    desk.cancels_for(desk.books(woman, at(10)))
    desk.tick()
    assert [one.kind for one in desk.delivers()] == ["booking_change"]


def test_without_any_address_there_is_no_message_and_a_call(desk: Desk) -> None:
    from storage.members import MemberRow

    woman = desk.db.write(
        lambda tx: int(
            tx.query(
                table(MemberRow)
                .insert()
                .values(language="sl", keeps_reminders=False, do_not_write=False, created_at=desk.clock.at)
                .returning(table(MemberRow).c.id)
            )[0].id
        )
    )
    booking = desk.books(woman, at(10))
    desk.cancels_for(booking)
    desk.tick()
    assert desk.ledger(booking)["booking_change", 2].reason == "unreachable"
    (line,) = desk.tasks()
    assert line.task.member_id == woman


def test_not_delivered_within_four_hours_is_called_once(desk: Desk) -> None:
    booking = desk.books(desk.woman("100"), at(10))
    desk.cancels_for(booking)
    desk.tick()  # queued; the provider takes nothing
    desk.clock.forward(hours=3, minutes=59)
    desk.tick()
    assert desk.tasks() == []
    desk.clock.forward(minutes=1)
    desk.tick()
    desk.tick()
    (line,) = desk.tasks()
    assert line.task.due_at > desk.clock.at


def test_delivered_is_not_called(desk: Desk) -> None:
    desk.cancels_for(desk.books(desk.woman("100"), at(10)))
    desk.tick()
    assert len(desk.delivers()) == 1
    desk.clock.forward(hours=5)
    desk.tick()
    assert desk.tasks() == []


def test_a_meeting_soon_does_not_wait_four_hours(desk: Desk) -> None:
    booking = desk.books(desk.woman("100"), desk.clock.at + timedelta(hours=3))
    desk.cancels_for(booking)
    desk.tick()
    desk.clock.forward(hours=1)
    desk.tick()
    (line,) = desk.tasks()
    assert line.task.due_at <= booking.starts_at


def test_who_knows_or_has_a_new_time_is_not_called(desk: Desk) -> None:
    desk.cancels_for(desk.books(desk.woman("100"), at(10)), knows=True)
    other = desk.woman("200")
    desk.cancels_for(desk.books(other, at(11)))
    desk.tick()  # both are queued, the provider takes nothing
    desk.clock.forward(minutes=5)
    desk.books(other, at(16))
    third = desk.woman("300")
    desk.cancels_for(desk.books(third, at(12)))
    desk.clock.forward(minutes=5)
    desk.books(third, at(17))
    desk.clock.forward(hours=5)
    desk.tick()
    assert desk.tasks() == []
    assert desk.queued() == 2  # the third has her new time before she was told


def test_in_closed_hours_it_waits_for_the_morning(desk: Desk) -> None:
    desk.clock.at = offices.at(date(2026, 3, 3), 21)
    desk.cancels_for(desk.books(desk.woman("100"), at(10)))
    morning = desk.books(desk.woman("200"), offices.at(date(2026, 3, 4), 8, 30))
    desk.cancels_for(morning)
    assert desk.tick() == 0
    desk.clock.at = offices.at(
        date(2026, 3, 4), 6, 30
    )  # too soon for a message, and two hours before the meeting
    desk.tick()
    (line,) = desk.tasks()
    assert line.task.subject == morning.subject
    desk.clock.at = offices.at(date(2026, 3, 4), 8)
    desk.tick()
    assert len(desk.delivers()) == 2


def test_the_change_and_its_reminder_may_both_need_a_call(desk: Desk) -> None:
    booking = desk.books(desk.woman("100"), at(10))
    desk.sets(booking.member_id, write_when="never")
    desk.moves_for(booking, at(14))
    desk.tick()
    assert [line.changed for line in desk.tasks()] == ["moved"]
    desk.clock.at = at(14) - timedelta(hours=20)
    life = Life.decide
    desk.db.write(lambda tx: life(desk, tx, desk.clock.at))
    desk.db.write(lambda tx: task_rules.make(tx, desk.clock.at, desk.site))
    assert sorted(line.changed or "" for line in desk.tasks()) == ["", "moved"]
