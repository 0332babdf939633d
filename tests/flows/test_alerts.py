"""Who is called when somebody waits, on an injected clock and both databases."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert

from flows import alerts as rules
from flows import opening
from storage import alerts, calls, tasks
from storage.db import Database
from storage.refusals import RefusalRow
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.duties import Duties, wall

MONDAY = date(2026, 3, 2)
SUNDAY = MONDAY - timedelta(days=1)
TEN = timedelta(minutes=10)


@pytest.fixture
def duties(db: Database, clock: make.Clock, site: Site) -> Duties:
    return Duties(db, clock, site)


def kinds(duties: Duties) -> list[str]:
    return [alert.kind for alert in duties.open()]


def duty_tasks(duties: Duties) -> list[tasks.Line]:
    lines = duties.db.read(lambda tx: tasks.lines(tx, 0, [duties.site.id]))
    return [line for line in lines if line.task.kind == tasks.DUTY]


def test_level_one_calls_the_person_on_duty_at_once(duties: Duties) -> None:
    ana, _boris = duties.person(push=True), duties.person("coordinator")
    duties.shift(ana)
    duties.waits(urgent=True)
    assert duties.calls() == [ana]
    assert {way for _, _, way in duties.called} == {"push", "telegram"}
    assert kinds(duties) == ["urgent"]
    duties.waits(urgent=True)  # she writes again while nobody has looked: the same episode
    assert duties.calls() == []
    assert kinds(duties) == ["urgent"]


def test_nobody_acknowledges_the_stand_in_then_the_coordinators(duties: Duties) -> None:
    ana, boris = duties.person(), duties.person()
    tjasa, vera = duties.person("coordinator"), duties.person("coordinator")
    duties.shift(ana, stand_in_id=boris)
    duties.waits(urgent=True)
    begun = duties.clock.at
    came = duties.until(begun + timedelta(hours=2))
    assert came == [
        (begun, ana),
        (begun + TEN, boris),
        (begun + 2 * TEN, tjasa),
        (begun + 2 * TEN, vera),
    ]
    assert duty_tasks(duties) == []


def test_without_a_stand_in_the_coordinators_are_next(duties: Duties) -> None:
    ana, tjasa = duties.person(), duties.person("coordinator")
    duties.shift(ana)
    duties.waits(urgent=True)
    begun = duties.clock.at
    assert duties.until(begun + timedelta(hours=1)) == [(begun, ana), (begun + TEN, tjasa)]


def test_who_looks_stops_the_calling(duties: Duties) -> None:
    ana, boris = duties.person(push=True), duties.person()
    duties.shift(ana, stand_in_id=boris)
    duties.waits(urgent=True)
    assert duties.calls() == [ana]
    (alert,) = duties.open()
    duties.clock.forward(minutes=9)
    assert duties.db.write(lambda tx: rules.acknowledge(tx, alert.uid, ana, duties.clock.at)) is True
    assert duties.db.write(lambda tx: rules.acknowledge(tx, alert.uid, boris, duties.clock.at)) is False
    assert duties.until(duties.clock.at + timedelta(minutes=20)) == []


def test_what_is_queued_when_somebody_looks_is_not_sent(duties: Duties) -> None:
    ana = duties.person(push=True)
    duties.shift(ana)
    duties.waits(urgent=True)
    duties.watch()
    (alert,) = duties.open()
    duties.db.write(lambda tx: rules.acknowledge(tx, alert.uid, ana, duties.clock.at))
    assert duties.takes() == []
    states = duties.db.read(lambda tx: calls.of(tx, alert.id))
    assert {row.state for row in states} == {"cancelled"}


def test_taking_the_chat_ends_the_alert(duties: Duties) -> None:
    ana, boris = duties.person(), duties.person()
    duties.shift(ana, stand_in_id=boris)
    chat = duties.waits(urgent=True)
    assert duties.calls() == [ana]
    duties.clock.forward(minutes=3)
    duties.takes_chat(chat, boris)
    assert duties.until(duties.clock.at + timedelta(minutes=30)) == []
    assert duties.open() == []
    # Danger again while a person owns the chat, perhaps away from her desk: a new alert.
    duties.clock.forward(minutes=1)
    duties.waits(urgent=True)
    assert duties.calls() == [ana]
    duties.sets(chat, touched_at=duties.clock.forward(minutes=1))
    duties.watch()
    assert duties.open() == []


def test_danger_after_somebody_looked_calls_again(duties: Duties) -> None:
    ana = duties.person()
    duties.shift(ana)
    duties.waits(urgent=True)
    assert duties.calls() == [ana]
    (alert,) = duties.open()
    duties.db.write(lambda tx: rules.acknowledge(tx, alert.uid, ana, duties.clock.at))
    duties.clock.forward(minutes=1)
    assert duties.calls() == []
    duties.waits(urgent=True)
    assert duties.calls() == [ana]


def test_a_chat_that_waits_too_long_calls_in_opening_hours_only(duties: Duties) -> None:
    ana = duties.person()
    duties.shift(ana)
    duties.shift(
        ana, 0, 24, weekday=6
    )  # on duty all Sunday: a plain question waits for the desk all the same
    duties.clock.at = wall(SUNDAY, 20)
    duties.waits()
    assert duties.until(wall(MONDAY, 8, 29)) == []
    assert duties.until(wall(MONDAY, 8, 35)) == [(wall(MONDAY, 8, 30), ana)]
    assert kinds(duties) == ["late"]
    assert duties.until(wall(MONDAY, 8, 39)) == []


def test_late_and_then_danger_is_one_open_alert(duties: Duties) -> None:
    ana = duties.person()
    duties.shift(ana)
    duties.waits()
    duties.clock.forward(minutes=31)
    assert duties.calls() == [ana]
    (late,) = duties.open()
    duties.db.write(lambda tx: rules.acknowledge(tx, late.uid, ana, duties.clock.at))
    duties.waits(urgent=True)
    assert duties.calls() == [ana]
    assert kinds(duties) == ["urgent"]


def test_at_night_with_nobody_on_duty_nobody_is_called(duties: Duties) -> None:
    ana, _tjasa = duties.person(), duties.person("coordinator")
    duties.shift(ana, 9, 15)
    duties.clock.at = wall(SUNDAY, 23, 40)
    duties.waits(urgent=True)
    assert duties.until(wall(MONDAY, 7, 59), minutes=4) == []
    (task,) = duty_tasks(duties)
    assert task.task.due_at == wall(MONDAY, 8, 30)
    assert kinds(duties) == ["urgent"]


def test_the_alert_waits_for_the_next_shift(duties: Duties) -> None:
    ana = duties.person()
    duties.shift(ana, 7, 15)
    duties.clock.at = wall(SUNDAY, 23, 40)
    duties.waits(urgent=True)
    came = duties.until(wall(MONDAY, 7, 5))
    assert [who for _, who in came] == [ana]
    assert wall(MONDAY, 7) <= came[0][0] <= wall(MONDAY, 7, 5)


def test_a_night_shift_is_called_at_night(duties: Duties) -> None:
    ana, boris = duties.person(), duties.person()
    duties.shift(ana, 20, 24, weekday=6, stand_in_id=boris)
    duties.clock.at = wall(SUNDAY, 23, 40)
    duties.waits(urgent=True)
    came = duties.until(wall(MONDAY, 2))
    assert came == [(wall(SUNDAY, 23, 40), ana), (wall(SUNDAY, 23, 50), boris)]


def test_in_hours_with_nobody_on_duty_the_coordinators_are_called(duties: Duties) -> None:
    tjasa = duties.person("coordinator")
    duties.waits(urgent=True)
    assert duties.calls() == [tjasa]


def test_with_nobody_at_all_a_task_stands(duties: Duties) -> None:
    duties.waits(urgent=True)
    assert duties.until(duties.clock.at + timedelta(minutes=30)) == []
    assert len(duty_tasks(duties)) == 1


def test_who_cannot_be_reached_is_not_waited_for(duties: Duties) -> None:
    deaf, boris = duties.person(telegram=False), duties.person()
    duties.shift(deaf, stand_in_id=boris)
    duties.waits(urgent=True)
    assert duties.calls() == [boris]


def test_a_new_person_on_duty_is_called_before_those_next_by_rank(duties: Duties) -> None:
    ana, boris, tjasa = duties.person(), duties.person(), duties.person("coordinator")
    duties.shift(ana, 8, 11)
    duties.shift(boris, 11, 15)
    duties.clock.at = wall(MONDAY, 10, 55)
    duties.waits(urgent=True)
    came = duties.until(wall(MONDAY, 11, 30))
    assert came == [
        (wall(MONDAY, 10, 55), ana),
        (wall(MONDAY, 11, 5), boris),
        (wall(MONDAY, 11, 15), tjasa),
    ]


def test_whom_she_refused_is_not_called(duties: Duties) -> None:
    ana, boris = duties.person(), duties.person()
    duties.shift(ana, stand_in_id=boris)
    chat = duties.waits(urgent=True)

    def refuse(tx: Tx) -> None:
        from storage import conversations

        conversation, member = conversations.load(tx, "telegram:1", "100", duties.clock.at)
        assert conversation.id == chat
        tx.query(insert(table(RefusalRow)).values(member_id=member.id, staff_id=ana, at=duties.clock.at))

    duties.db.write(refuse)
    assert duties.calls() == [boris]
    (alert,) = duties.open()
    assert duties.db.read(lambda tx: rules.may_see(tx, alert, ana)) is False
    assert duties.db.write(lambda tx: rules.acknowledge(tx, alert.uid, ana, duties.clock.at)) is False


def test_a_lost_answer_calls_once_more_and_no_oftener(duties: Duties) -> None:
    ana = duties.person()
    duties.shift(ana)
    duties.waits(urgent=True)
    duties.watch()
    now = duties.clock.at
    for expected in ("retry", "unknown"):
        (one,) = duties.db.write(lambda tx: calls.claim(tx, now, now + timedelta(minutes=1), 10))
        assert duties.db.write(lambda tx, one=one: calls.unconfirmed(tx, one, now)) == expected  # type: ignore[misc]  # mypy cannot type a default
    assert duties.takes() == []
    (alert,) = duties.open()
    (row,) = duties.db.read(lambda tx: calls.of(tx, alert.id))
    assert (row.state, row.attempt, row.error) == ("unknown", 2, "lost")


def test_killed_between_sending_and_recording(duties: Duties) -> None:
    ana = duties.person()
    duties.shift(ana)
    duties.waits(urgent=True)
    duties.watch()

    def claimed(at: datetime) -> int:
        def unit(tx: Tx) -> int:
            calls.lost(tx, at)
            return len(calls.claim(tx, at, at + timedelta(minutes=1), 10))

        return duties.db.write(unit)

    assert claimed(duties.clock.at) == 1  # and the process dies here
    assert claimed(duties.clock.forward(seconds=59)) == 0
    assert claimed(duties.clock.forward(seconds=1)) == 1
    assert claimed(duties.clock.forward(minutes=2)) == 0  # twice in doubt is enough
    (alert,) = duties.open()
    (row,) = duties.db.read(lambda tx: calls.of(tx, alert.id))
    assert row.state == "unknown"


def test_an_old_attempt_cannot_overwrite_a_new_one(duties: Duties) -> None:
    ana = duties.person()
    duties.shift(ana)
    duties.waits(urgent=True)
    duties.watch()
    now = duties.clock.at
    (first,) = duties.db.write(lambda tx: calls.claim(tx, now, now, 10))
    duties.db.write(lambda tx: calls.lost(tx, now))
    (second,) = duties.db.write(lambda tx: calls.claim(tx, now, now + timedelta(minutes=1), 10))
    assert duties.db.write(lambda tx: calls.failed(tx, first, "late")) is False
    assert duties.db.write(lambda tx: calls.sent(tx, second, now)) is True


def test_a_test_alert_comes_to_one_person_only(duties: Duties) -> None:
    ana, boris = duties.person(), duties.person()
    duties.shift(boris)
    assert duties.db.write(lambda tx: rules.test(tx, duties.clock.at, duties.site.id, ana, "t1")) == 1
    assert duties.until(duties.clock.at + timedelta(hours=1)) == [(make.MONDAY, ana)]
    assert duties.db.read(lambda tx: alerts.tested_at(tx, duties.site.id)) is None
    assert duties.db.write(lambda tx: rules.acknowledge(tx, "t1", boris, duties.clock.at)) is False
    assert duties.db.write(lambda tx: rules.acknowledge(tx, "t1", ana, duties.clock.at)) is True
    assert duties.db.read(lambda tx: alerts.tested_at(tx, duties.site.id)) == duties.clock.at


def test_each_site_calls_its_own(duties: Duties) -> None:
    other = Duties(duties.db, duties.clock, duties.db.write(lambda tx: make.site(tx, "postojna")))
    ana, boris = duties.person(), other.person()
    duties.shift(ana)
    other.shift(boris)
    other.waits(urgent=True)
    assert duties.calls() == []
    assert other.calls() == [boris]


@pytest.mark.parametrize("day", [date(2026, 3, 30), date(2026, 10, 26)], ids=["spring", "autumn"])
def test_promised_time_passes_in_opening_hours(duties: Duties, day: date) -> None:
    friday = day - timedelta(days=3)

    def passed(since: datetime, until: datetime) -> timedelta:
        return duties.db.read(lambda tx: opening.passed(tx, duties.site, since, until))

    assert passed(wall(friday, 14), wall(day, 9)) == timedelta(hours=2)
    assert passed(wall(day, 7), wall(day, 7, 59)) == timedelta(0)
    assert passed(wall(day, 9), wall(day, 9, 10)) == TEN
