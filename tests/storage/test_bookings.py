"""Taking, moving, cancelling: every outcome, each twice, and what it leaves in the database."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from storage import bookings, calendars, counsellors, messages, taken
from storage.bookings import Booking, Clash, Gone, Mine, Over, Taken, TakeOutcome, TooMany
from storage.calendars import Wanted
from storage.cells import CellRow
from storage.db import Database
from storage.messages import MessageRow
from storage.sql import Tx, table
from tests.helpers.make import MONDAY
from tests.storage.offices import NINE, NOON, at, member, office, wanted

NOW = MONDAY
TUESDAY = date(2026, 3, 3)


class Office:
    """One site, some members, and short words for what they do."""

    def __init__(self, db: Database, people: int = 1) -> None:
        self.db = db
        self.site, self.counsellors = db.write(lambda tx: office(tx, people=people))
        self.members: dict[str, tuple[int, int]] = {}

    def ids(self, name: str) -> tuple[int, int]:
        if name not in self.members:
            self.members[name] = self.db.write(lambda tx: member(tx, name, NOW))
        return self.members[name]

    def wish(self, topic: str = "work", mode: str = "person", language: str | None = None) -> Wanted:
        return wanted(self.site, topic, mode, language)

    def takes(
        self, name: str, hour: int, minute: int = 0, day: date = TUESDAY, topic: str = "work"
    ) -> TakeOutcome:
        member_id, conversation_id = self.ids(name)
        return self.db.write(
            lambda tx: bookings.take(
                tx,
                self.wish(topic),
                at(day, hour, minute),
                member_id=member_id,
                conversation_id=conversation_id,
                now=NOW,
            )
        )

    def has(self, name: str, hour: int, minute: int = 0, day: date = TUESDAY) -> Booking:
        outcome = self.takes(name, hour, minute, day)
        assert isinstance(outcome, Taken)
        return outcome.booking

    def moves(self, name: str, booking: Booking, hour: int, minute: int = 0) -> bookings.MoveOutcome:
        start = at(TUESDAY, hour, minute)
        wish = self.wish(booking.topic, booking.mode)
        return self.db.write(
            lambda tx: bookings.move(tx, booking.id, wish, start, member_id=self.ids(name)[0], now=NOW)
        )

    def cancels(self, name: str, booking: Booking) -> Booking | None:
        return self.db.write(lambda tx: bookings.cancel(tx, booking.id, self.ids(name)[0], NOW))

    def cells(self) -> int:
        return len(self.db.read(lambda tx: tx.query(select(table(CellRow)))))

    def queued(self, booking: Booking) -> int:
        """A reminder about it waits; its id."""
        assert booking.conversation_id is not None
        conversation_id = booking.conversation_id
        return self.db.write(
            lambda tx: messages.add(
                tx,
                conversation_id,
                "telegram:1",
                "reminder_day",
                "x",
                now=NOW,
                lane=messages.NOTICE,
                subject=booking.subject,
            )
        )

    def state(self, message_id: int) -> str:
        rows = self.db.read(
            lambda tx: tx.query(select(table(MessageRow)).where(table(MessageRow).c.id == message_id))
        )
        return str(rows[0].state)


@pytest.fixture
def one(db: Database) -> Office:
    return Office(db)


def test_taking_writes_the_booking_and_its_cells(one: Office) -> None:
    booking = one.has("drita", 9, 30)
    assert (booking.starts_at, booking.ends_at) == (at(TUESDAY, 9, 30), at(TUESDAY, 10))
    assert (booking.state, booking.version, booking.counsellor_id) == ("booked", 1, one.counsellors[0])
    assert one.cells() == 6
    assert one.db.read(lambda tx: bookings.find(tx, booking.id, one.ids("drita")[0])) == booking
    assert len(booking.code) == bookings.CODE_LENGTH
    assert set(booking.code) <= set(bookings.CODE_LETTERS)


def test_a_second_yes_says_you_have_it(one: Office) -> None:
    booking = one.has("drita", 9)
    assert one.takes("drita", 9) == Mine(booking)
    assert one.cells() == 6


def test_two_after_one_time(one: Office) -> None:
    one.has("drita", 9)
    assert one.takes("mojca", 9) == Gone()
    assert one.cells() == 6
    assert one.db.read(lambda tx: bookings.upcoming(tx, one.ids("mojca")[0], NOW)) == []


def test_the_next_counsellor_who_is_free_takes_it(db: Database) -> None:
    two = Office(db, people=2)
    assert {two.has("drita", 9).counsellor_id, two.has("mojca", 9).counsellor_id} == set(two.counsellors)
    assert two.takes("amra", 9) == Gone()


def test_meetings_that_only_touch_share_no_cell_and_those_that_overlap_do(one: Office) -> None:
    one.has("drita", 9)
    one.has("mojca", 9, 30)
    assert one.takes("amra", 9, 45, topic="lipa") == Gone()  # 9:45–10:30 runs into Mojca's
    assert isinstance(one.takes("amra", 10, 30, topic="lipa"), Taken)


def test_times_nobody_offers_are_gone(one: Office) -> None:
    assert one.takes("drita", 8) == Gone()
    assert one.takes("drita", 9, 10) == Gone()
    assert one.takes("drita", 9, day=date(2026, 3, 1)) == Gone()
    assert one.takes("drita", 9, day=date(2027, 3, 2)) == Gone()
    assert one.takes("drita", 10, 30, day=NOW.date()) == Gone()  # in half an hour
    assert one.takes("drita", 9, topic="nothing") == Gone()


def test_her_own_meetings_do_not_overlap(db: Database) -> None:
    two = Office(db, people=2)
    booking = two.has("drita", 9, 30)
    assert two.takes("drita", 9, topic="lipa") == Clash(booking)


def test_three_open_meetings_are_the_most(one: Office) -> None:
    first, *_ = [one.has("drita", 9, minute) for minute in (0, 30)] + [one.has("drita", 10)]
    assert one.takes("drita", 11) == TooMany()
    one.cancels("drita", first)
    assert isinstance(one.takes("drita", 11), Taken)


def test_cancelling_frees_the_time_and_supersedes_what_is_queued(one: Office) -> None:
    booking = one.has("drita", 9)
    reminder = one.queued(booking)
    cancelled = one.cancels("drita", booking)
    assert cancelled is not None
    assert (cancelled.state, cancelled.version) == ("cancelled", 2)
    assert one.cells() == 0
    assert one.state(reminder) == "cancelled"
    assert one.cancels("drita", booking) == cancelled
    assert isinstance(one.takes("mojca", 9), Taken)


def test_moving_keeps_the_row_and_frees_the_old_time(one: Office) -> None:
    booking = one.has("drita", 9)
    one.db.write(lambda tx: bookings.confirm(tx, booking.id, one.ids("drita")[0], NOW))
    reminder = one.queued(booking)
    outcome = one.moves("drita", booking, 11)
    assert isinstance(outcome, Taken)
    moved = outcome.booking
    assert (moved.id, moved.version, moved.code, moved.confirmed_at) == (booking.id, 2, booking.code, None)
    assert moved.starts_at == at(TUESDAY, 11)
    assert one.state(reminder) == "cancelled"
    assert one.cells() == 6
    assert one.moves("drita", booking, 11) == Mine(moved)
    assert isinstance(one.takes("mojca", 9), Taken)


def test_a_move_that_fails_keeps_the_old_time(one: Office) -> None:
    booking = one.has("drita", 9)
    reminder = one.queued(booking)
    one.has("mojca", 10)
    assert one.moves("drita", booking, 10) == Gone()
    assert one.db.read(lambda tx: bookings.find(tx, booking.id, one.ids("drita")[0])) == booking
    assert one.state(reminder) == "queued"
    assert one.takes("amra", 9) == Gone()


def test_a_move_may_overlap_her_own_old_time(one: Office) -> None:
    one.db.write(lambda tx: counsellors.add_hours(tx, one.counsellors[0], 1, NINE + 15, NOON))
    booking = one.has("drita", 9)
    assert isinstance(one.moves("drita", booking, 9, 15), Taken)
    assert one.cells() == 6


def test_a_move_keeps_the_counsellor_where_it_can(db: Database) -> None:
    two = Office(db, people=2)
    for hour in (9, 10, 11):
        booking = two.has(f"someone {hour}", hour)
        outcome = two.moves(f"someone {hour}", booking, hour, 30)
        assert isinstance(outcome, Taken)
        assert outcome.booking.counsellor_id == booking.counsellor_id


def test_nobody_touches_anothers_meeting(one: Office) -> None:
    booking = one.has("drita", 9)
    mojca = one.ids("mojca")[0]
    assert one.db.read(lambda tx: bookings.find(tx, booking.id, mojca)) is None
    assert one.cancels("mojca", booking) is None
    assert one.moves("mojca", booking, 10) == Over()
    assert one.db.write(lambda tx: bookings.confirm(tx, booking.id, mojca, NOW)) is None
    assert one.db.read(lambda tx: bookings.find(tx, booking.id, one.ids("drita")[0])) == booking


def test_what_is_past_stays(one: Office) -> None:
    booking = one.has("drita", 9)
    drita, later = one.ids("drita")[0], booking.starts_at + timedelta(minutes=1)
    assert one.db.write(lambda tx: bookings.cancel(tx, booking.id, drita, later)) == booking
    assert one.db.write(lambda tx: bookings.confirm(tx, booking.id, drita, later)) == booking
    wish, start = one.wish(), at(date(2026, 3, 4), 9)
    assert (
        one.db.write(lambda tx: bookings.move(tx, booking.id, wish, start, member_id=drita, now=later))
        == Over()
    )
    assert one.db.read(lambda tx: bookings.upcoming(tx, drita, later)) == [booking]  # still running
    assert one.db.read(lambda tx: bookings.upcoming(tx, drita, booking.ends_at)) == []


def test_the_first_confirmation_counts(one: Office) -> None:
    booking = one.has("drita", 9)
    drita = one.ids("drita")[0]
    first = one.db.write(lambda tx: bookings.confirm(tx, booking.id, drita, NOW))
    again = one.db.write(lambda tx: bookings.confirm(tx, booking.id, drita, NOW + timedelta(minutes=5)))
    assert first == again
    assert first is not None
    assert (first.confirmed_at, first.version) == (NOW, 1)


def test_codes_differ(db: Database) -> None:
    many = Office(db, people=6)
    found = [many.has(f"m{n}", 9 + n // 12, n // 6 % 2 * 30) for n in range(36)]
    assert len({booking.code for booking in found}) == 36


def test_what_is_kept_after_a_booking_is_what_is_stored(one: Office) -> None:
    """A booking carries the kept times on to its own token; asked with nothing kept, the rows say the same."""

    def offered() -> list[list[calendars.Slot]]:
        wishes = (one.wish(), one.wish("lipa"), one.wish(mode="phone"))
        return one.db.read(lambda tx: [calendars.free_slots(tx, wish, TUESDAY, NOW) for wish in wishes])

    for name, hour, minute, topic in (("a", 9, 0, "work"), ("b", 9, 45, "lipa"), ("c", 11, 0, "work")):
        before = offered()
        assert isinstance(one.takes(name, hour, minute, topic=topic), Taken)
        kept = offered()
        taken.forget()
        assert kept == offered() != before


def test_a_booking_that_was_rolled_back_is_not_kept(one: Office) -> None:
    def torn(tx: Tx) -> None:
        assert isinstance(
            bookings.take(
                tx, one.wish(), at(TUESDAY, 10), member_id=member_id, conversation_id=None, now=NOW
            ),
            Taken,
        )
        raise ZeroDivisionError

    def offered() -> list[calendars.Slot]:
        return one.db.read(lambda tx: calendars.free_slots(tx, one.wish(), TUESDAY, NOW))

    assert isinstance(one.takes("a", 9), Taken)
    member_id, _ = one.ids("b")
    before = offered()
    with pytest.raises(ZeroDivisionError):
        one.db.write(torn)
    assert offered() == before
