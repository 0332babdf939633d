"""Reminders and "go on?" over simulated days, on both databases."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Boolean, column, func, select
from sqlalchemy import table as lightweight

from flows import due, hours
from flows.due import Lateness
from flows.texts import SHIPPED
from storage import bookings, conversations, notices
from storage.db import Database
from storage.sql import Tx
from tests.helpers import make
from tests.helpers.life import ACCOUNT, Life

LJUBLJANA = ZoneInfo(make.ZONE)
DAY, HOURS = "reminder_day", "reminder_hours"
WAYS = (None, "morning", "afternoon")


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LJUBLJANA).astimezone(UTC)


def local(at: datetime) -> str:
    return f"{at.astimezone(LJUBLJANA):%m-%d %H:%M}"


@pytest.fixture
def life(db: Database, clock: make.Clock) -> Life:
    return Life(db, clock)


# --- when ---


def test_an_appointment_at_eight_is_remembered_in_waking_hours(life: Life) -> None:
    booking = life.books(life.woman(), wall(date(2026, 3, 6), 8))
    came = life.until(booking.starts_at)
    # Two hours before is 6:00, which is quiet: the evening before, with room to be delivered.
    assert [(one.kind, local(one.at)) for one in came] == [(DAY, "03-05 08:00"), (HOURS, "03-05 19:45")]
    assert life.reasons(booking) == {DAY: "sent", HOURS: "sent"}
    assert life.queued() == 0


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)], ids=["spring", "autumn"])
def test_across_a_clock_change_at_every_time_of_day(life: Life, sunday: date) -> None:
    life.clock.at = wall(sunday - timedelta(days=4), 10)
    made = [
        (
            life.books(
                life.woman(f"{day}-{hour}-{way}", write_when=way), wall(sunday + timedelta(days=day), hour)
            ),
            way,
        )
        for day in range(3)
        for hour in (0, 4, 7, 8, 12, 16, 20)
        for way in WAYS
    ]
    life.until(wall(sunday + timedelta(days=4), 0), minutes=15)
    sent = {one.id: one for one in life.arrived}
    for booking, way in made:
        ledger = life.ledger(booking)
        assert {kind: notice.decision for (kind, _), notice in ledger.items()} == {DAY: "sent", HOURS: "sent"}
        on_day, on_hours = (sent[ledger[kind, 1].message_id or 0].at for kind in (DAY, HOURS))
        for at in (on_day, on_hours):
            clock = at.astimezone(LJUBLJANA).strftime("%H:%M")
            first, last = {"morning": ("08:00", "12:00"), "afternoon": ("12:00", "16:00")}.get(
                way or "", ("08:00", "20:00")
            )
            assert first <= clock < last
        assert on_hours - on_day >= timedelta(hours=3)
        # Never later than promised, and not a whole day early: the last open moment is less than a day back.
        day_before = booking.starts_at.astimezone(LJUBLJANA) - timedelta(days=1)  # on the wall
        assert (
            timedelta(0) <= day_before.astimezone(UTC) + timedelta(minutes=15) - on_day < timedelta(hours=22)
        )
        assert (
            timedelta(0)
            <= booking.starts_at - timedelta(hours=1, minutes=45) - on_hours
            < timedelta(hours=22)
        )


def test_a_booking_made_less_than_a_day_ahead_has_no_day_reminder(life: Life) -> None:
    booking = life.books(life.woman(), life.clock.at + timedelta(hours=23))
    came = life.until(booking.starts_at)
    assert [one.kind for one in came] == [HOURS]
    assert life.reasons(booking) == {DAY: "made_late", HOURS: "sent"}


def test_a_booking_made_in_the_last_hours_has_no_reminder(life: Life) -> None:
    booking = life.books(life.woman(), life.clock.at + timedelta(minutes=90))
    assert life.until(booking.starts_at) == []
    assert life.reasons(booking) == {DAY: "made_late", HOURS: "made_late"}


def test_a_reminder_moved_earlier_never_falls_before_the_booking(life: Life) -> None:
    life.clock.at = wall(date(2026, 3, 4), 21)  # in the evening, for 7:00 on the day after next
    booking = life.books(life.woman(), wall(date(2026, 3, 6), 7))
    came = life.until(booking.starts_at)
    assert [(one.kind, local(one.at)[:8]) for one in came] == [(HOURS, "03-05 19")]
    assert life.reasons(booking) == {DAY: "made_late", HOURS: "sent"}


# --- what has changed ---


def test_a_moved_appointment_is_remembered_at_its_new_time_only(life: Life) -> None:
    booking = life.books(life.woman(), wall(date(2026, 3, 6), 12))
    life.clock.at = wall(date(2026, 3, 5), 12)
    life.tick()
    assert life.queued() == 1  # decided and queued, not yet claimed
    moved = life.moves(booking, wall(date(2026, 3, 9), 12))
    assert life.delivers() == []
    came = life.until(moved.starts_at)
    assert [(one.kind, local(one.at)) for one in came] == [(DAY, "03-08 12:00"), (HOURS, "03-09 10:00")]
    assert {key: notice.decision for key, notice in life.ledger(moved).items()} == {
        (DAY, 1): "sent",
        (DAY, 2): "sent",
        (HOURS, 2): "sent",
    }


def test_a_move_to_less_than_a_day_ahead_counts_from_the_move(life: Life) -> None:
    booking = life.books(life.woman(), wall(date(2026, 3, 9), 12))
    life.clock.at = wall(date(2026, 3, 5), 12)
    moved = life.moves(booking, wall(date(2026, 3, 6), 10))
    assert [one.kind for one in life.until(moved.starts_at)] == [HOURS]
    assert life.reasons(moved) == {DAY: "made_late", HOURS: "sent"}


@pytest.mark.parametrize("queued", [False, True], ids=["before it is due", "between queueing and claim"])
def test_a_cancelled_appointment_sends_nothing(life: Life, queued: bool) -> None:
    booking = life.books(life.woman(), wall(date(2026, 3, 6), 12))
    if queued:
        life.clock.at = wall(date(2026, 3, 5), 12)
        assert life.tick() == 1
    life.cancels(booking)
    assert life.until(wall(date(2026, 3, 7), 12)) == []
    assert life.db.read(lambda tx: notices.call_list(tx, life.site.id, life.clock.at)) == []


def test_a_restart_at_each_step_doubles_and_loses_nothing(life: Life, database_url: str) -> None:
    def restart() -> None:
        life.db.close()
        life.db = make.open_database(database_url)

    woman = life.woman()
    restart()
    booking = life.books(woman, wall(date(2026, 3, 6), 12))
    for kind, at in ((DAY, wall(date(2026, 3, 5), 12)), (HOURS, wall(date(2026, 3, 6), 10))):
        life.clock.at = at
        restart()
        assert life.tick() == 1
        restart()
        assert life.tick() == 0
        assert [one.kind for one in life.delivers()] == [kind]
        restart()
        assert (life.tick(), life.delivers()) == (0, [])
    life.db.close()
    assert booking.version == 1


def test_what_another_process_decided_is_left_alone(life: Life) -> None:
    booking = life.books(life.woman(), wall(date(2026, 3, 6), 12))
    life.clock.at = wall(date(2026, 3, 5), 12)
    found = life.db.write(
        lambda tx: notices.due_bookings(
            tx,
            DAY,
            life.site.id,
            after=life.clock.at,
            horizons=due._horizons(life.site, life.clock.at, DAY, Lateness()),
            limit=9,
        )
    )
    assert [one.id for one in found] == [booking.id]
    assert life.tick() == 1
    # The other process read the same booking before this one wrote: its message goes with its lost notice.
    office = due.Office
    late = life.db.write(
        lambda tx: due._remind(
            office(tx, life.clock.at, life.site, make.texts(), life.accounts), DAY, found[0], Lateness()
        )
    )
    assert not late
    assert life.queued() == 1


# --- lateness ---


@pytest.mark.parametrize(
    ("kind", "asleep_until", "limits", "decision"),
    [
        (DAY, (6, 9, 59), Lateness(), "sent"),
        (DAY, (6, 10, 1), Lateness(), "late"),
        (DAY, (6, 10, 1), Lateness(day_before_start=timedelta(hours=4)), "sent"),
        (HOURS, (6, 15, 29), Lateness(), "sent"),
        (HOURS, (6, 15, 31), Lateness(), "late"),
        (HOURS, (6, 15, 29), Lateness(hours_before_start=timedelta(hours=1)), "late"),
        (HOURS, (6, 17, 0), Lateness(), "late"),
        (DAY, (8, 3, 0), Lateness(), "late"),
    ],
)
def test_lateness_after_downtime(
    life: Life, kind: str, asleep_until: tuple[int, int, int], limits: Lateness, decision: str
) -> None:
    life.limits = limits
    booking = life.books(life.woman(), wall(date(2026, 3, 6), 16))
    day, hour, minute = asleep_until
    life.clock.at = wall(date(2026, 3, day), hour, minute)
    life.tick()
    assert life.reasons(booking)[kind] == decision
    on_list = life.db.read(lambda tx: notices.call_list(tx, life.site.id, life.clock.at))
    reminded = "sent" in life.reasons(booking).values() or life.clock.at - booking.starts_at >= timedelta(
        hours=1
    )
    assert [call.reason for call in on_list] == ([] if reminded else ["late"])


def test_two_reminders_within_three_hours_are_one(life: Life) -> None:
    """Asleep until shortly before the second: the late one goes out, the other is merged into it."""
    life.clock.at = wall(date(2026, 3, 3), 10)
    booking = life.books(life.woman(write_when="morning"), wall(date(2026, 3, 6), 16))
    life.clock.at = wall(date(2026, 3, 6), 9, 55)  # 6:05 h before; the other is due at 11:45
    came = life.until(booking.starts_at)
    assert [one.kind for one in came] == [DAY]
    assert life.reasons(booking) == {DAY: "sent", HOURS: "merged"}
    assert life.db.read(lambda tx: notices.call_list(tx, life.site.id, life.clock.at)) == []


def test_when_both_are_due_the_nearer_one_goes_out(life: Life) -> None:
    life.limits = Lateness(day_before_start=timedelta(hours=1))
    booking = life.books(life.woman(), wall(date(2026, 3, 6), 16))
    life.clock.at = wall(date(2026, 3, 6), 14, 30)
    assert [one.kind for one in life.until(booking.starts_at)] == [HOURS]
    assert life.reasons(booking) == {DAY: "merged", HOURS: "sent"}


def test_a_message_nobody_could_deliver_does_not_leave_in_closed_hours(life: Life) -> None:
    booking = life.books(life.woman(write_when="morning"), wall(date(2026, 3, 6), 12))
    life.clock.at = wall(date(2026, 3, 5), 11, 50)
    assert life.tick() == 1
    life.clock.at = wall(date(2026, 3, 5), 12, 0)  # the provider was away for ten minutes
    assert life.delivers() == []
    assert [call.reason for call in life.db.read(lambda tx: notices.call_list(tx, 1, life.clock.at))] == [
        "late"
    ]
    assert (
        life.reasons(booking)[DAY] == "sent"
    )  # that is what was decided; the message says what became of it


# --- many ---


def test_many_at_once_are_decided_in_chunks(life: Life) -> None:
    start = wall(date(2026, 3, 6), 12)
    for number in range(4 * 31):  # four counsellors, half an hour each
        life.books(life.woman(str(number)), start + timedelta(minutes=30 * (number // 4)))
    life.clock.at = wall(date(2026, 3, 6), 3, 30)  # closed: nothing is decided but what is too late
    assert life.tick() == 0
    life.clock.at = wall(date(2026, 3, 5), 19, 59)
    sizes = []
    while count := life.db.write(
        lambda tx: due.reminders(tx, life.clock.at, life.site, make.texts(), life.limits, life.accounts)
    ):
        sizes.append(count)
    assert max(sizes) <= 2 * due.CHUNK
    assert sum(sizes) == life.queued() == 4 * 31
    assert life.tick() == 0


@pytest.mark.parametrize("language", SHIPPED)
def test_an_unasked_message_begins_with_few_harmless_characters(language: str) -> None:
    texts = make.texts()
    for days in range(366):
        at = datetime(2028, 1, 1, 13, 45, tzinfo=UTC) + timedelta(days=days)
        words = texts.text(language, "reminder", {"at": at})
        assert len(words.splitlines()[0]) <= 40
        assert len(words.splitlines()) == 2
    assert len(texts.text(language, "reminder-goon")) <= 40


def test_the_plan_of_a_reminder_is_in_an_open_hour_whatever_the_site(life: Life) -> None:
    for quiet in ((20 * 60, 8 * 60), (18 * 60, 10 * 60), (24 * 60, 0), (12 * 60, 11 * 60 + 55)):
        site = replace(life.site, quiet_from_min=quiet[0], quiet_until_min=quiet[1])
        for quarter in range(7 * 96):
            start = wall(date(2026, 3, 26), 0) + timedelta(minutes=15 * quarter)
            for kind in (DAY, HOURS):
                at = due.planned(kind, start, site, None)
                assert hours.is_open(at, hours.window(site, None))
                assert at <= start - (timedelta(hours=2) if kind == HOURS else timedelta(hours=23))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_cancellation_during_a_tick_finds_the_message(life: Life) -> None:
    """On SQLite there is one writer; on PostgreSQL the tick holds the booking until its message can be cancelled."""
    booking = life.books(life.woman(), wall(date(2026, 3, 6), 12))
    life.clock.at = wall(date(2026, 3, 5), 12)
    now = life.clock.at
    cancelling: list[Future[object]] = []

    def tick(tx: Tx) -> int:
        decided = life.decide(tx, now)
        if not cancelling:
            cancelling.append(
                life.db.submit(lambda tx: bookings.cancel(tx, booking.id, booking.member_id, now))
            )
        waits = (
            select(func.count().label("n"))
            .select_from(lightweight("pg_locks"))
            .where(~column("granted", Boolean))
        )
        while not cancelling[0].done() and tx.query(waits)[0].n == 0:
            pass
        return decided

    assert life.db.write(tick) == 1
    assert cancelling[0].result(timeout=30)
    assert life.queued() == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_her_turn_and_a_tick_do_not_block_each_other(life: Life) -> None:
    """She is in the middle of a turn that will cancel; the tick has her booking and writes to her conversation."""
    booking = life.books(life.woman(), wall(date(2026, 3, 6), 12))
    life.clock.at = wall(date(2026, 3, 5), 12)
    now = life.clock.at
    ticking: list[Future[int]] = []
    runs: list[int] = []

    def turn(tx: Tx) -> None:
        runs.append(1)
        conversations.load(tx, ACCOUNT, "100", now)
        if not ticking:
            ticking.append(life.db.submit(lambda tx: life.decide(tx, now)))
            ticking[0].result(timeout=30)  # it passes while her conversation is held
        bookings.cancel(tx, booking.id, booking.member_id, now)

    life.db.write(turn)
    assert ticking[0].result() == 1
    assert (len(runs), life.queued()) == (1, 0)
