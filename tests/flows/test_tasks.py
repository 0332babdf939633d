"""Tasks: made once by what happens, overdue to a second person, and how it is safe to contact her."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert

from bot.console.tasks import safe
from flows import tasks as rules
from storage import conversations, members, notices, tasks, updates
from storage.db import Database
from storage.refusals import RefusalRow
from storage.sites import Site
from storage.sql import Tx, table
from storage.tasks import Line
from tests.helpers import make
from tests.helpers.duties import Duties, wall
from tests.helpers.life import Life

MONDAY = date(2026, 3, 2)


@pytest.fixture
def duties(db: Database, clock: make.Clock, site: Site) -> Duties:
    return Duties(db, clock, site)


def made(duties: Duties) -> int:
    return duties.db.write(lambda tx: rules.make(tx, duties.clock.at, duties.site))


def aged(duties: Duties) -> int:
    return duties.db.write(
        lambda tx: rules.age(tx, duties.clock.at, duties.site, lambda: f"u{duties.clock.at}")
    )


def lines(duties: Duties, staff: int = 0, *, own_only: bool = False) -> list[Line]:
    sites = [] if own_only else [duties.site.id]
    return duties.db.read(lambda tx: tasks.lines(tx, staff, sites))


def test_level_one_makes_one_task(duties: Duties) -> None:
    duties.waits("calm")
    chat = duties.waits(urgent=True)
    assert (made(duties), made(duties)) == (1, 0)
    (line,) = lines(duties)
    assert (line.task.kind, line.task.conversation_id) == ("urgent", chat)
    assert line.task.due_at == duties.clock.at + timedelta(minutes=30)
    who = duties.person()
    now = duties.clock.at
    assert duties.db.write(lambda tx: tasks.done(tx, line.task.id, who, [duties.site.id], "rung", now))
    assert made(duties) == 0
    duties.clock.forward(hours=1)
    duties.waits(urgent=True)  # danger again, after the task was done
    assert made(duties) == 1


def test_at_night_it_is_due_when_the_desk_opens(duties: Duties) -> None:
    duties.clock.at = wall(MONDAY, 23)
    duties.waits(urgent=True)
    made(duties)
    assert lines(duties)[0].task.due_at == wall(MONDAY + timedelta(days=1), 8, 30)


def test_the_call_list_makes_tasks(db: Database, clock: make.Clock) -> None:
    life = Life(db, clock)
    duties = Duties(db, clock, life.site)
    booking = life.books(life.woman(stopped_at=clock.at, shared_phone="often"), clock.at + timedelta(days=2))
    clock.at = booking.starts_at - timedelta(hours=23)
    life.tick()
    assert len(db.read(lambda tx: notices.call_list(tx, life.site.id, clock.at))) == 1
    assert (made(duties), made(duties)) == (1, 0)
    (line,) = lines(duties)
    assert (line.task.kind, line.code, line.starts_at) == ("call", booking.code, booking.starts_at)
    assert line.task.due_at == booking.starts_at - timedelta(hours=2)
    assert safe(line, clock.at) == ["tasks-safe-shared-often", "tasks-safe-stopped"]


def test_a_failed_turn_makes_a_task_and_is_seen_to_with_it(duties: Duties) -> None:
    chat, now = duties.waits(), duties.clock.at
    duties.db.write(lambda tx: updates.fail(tx, "telegram:1", "7", chat, "{}", "KeyError:x.py:1", now))
    assert (made(duties), made(duties)) == (1, 0)
    (line,) = lines(duties)
    assert line.task.kind == "failed_turn"
    who = duties.person()
    assert duties.db.write(lambda tx: tasks.done(tx, line.task.id, who, [duties.site.id], "", now))
    assert duties.db.read(updates.open_failures) == []
    assert made(duties) == 0


def test_overdue_goes_to_a_second_person_in_opening_hours(duties: Duties) -> None:
    ana, tjasa = duties.person(), duties.person("coordinator")
    duties.clock.at = wall(MONDAY, 14, 50)
    duties.waits(urgent=True)
    made(duties)
    (line,) = lines(duties)
    assert duties.db.write(lambda tx: tasks.take(tx, line.task.id, ana, [duties.site.id]))
    duties.clock.at = wall(MONDAY, 15, 30)  # overdue, and the desk is closed
    assert aged(duties) == 0
    duties.clock.at = wall(MONDAY + timedelta(days=1), 8, 1)
    assert (aged(duties), aged(duties)) == (1, 0)
    assert duties.takes() == [tjasa]
    (hers,) = lines(duties, tjasa, own_only=True)
    assert (hers.task.second_id, hers.task.overdue_at) == (tjasa, duties.clock.at)
    assert [alert.kind for alert in duties.open()] == ["task"]
    assert duties.db.write(lambda tx: tasks.take(tx, line.task.id, tjasa, [])) is True  # hers to take over


def test_overdue_with_nobody_to_tell_is_marked_all_the_same(duties: Duties) -> None:
    duties.waits(urgent=True)
    made(duties)
    duties.clock.forward(minutes=40)
    assert aged(duties) == 1
    assert lines(duties)[0].task.overdue_at == duties.clock.at


def test_who_takes_first_has_it(duties: Duties) -> None:
    ana, boris = duties.person(), duties.person()
    duties.waits(urgent=True)
    made(duties)
    (line,) = lines(duties)
    here = [duties.site.id]
    assert duties.db.write(lambda tx: tasks.take(tx, line.task.id, ana, here)) is True
    assert duties.db.write(lambda tx: tasks.take(tx, line.task.id, boris, here)) is False
    assert duties.db.write(lambda tx: tasks.done(tx, line.task.id, ana, here, "x", duties.clock.at)) is True
    assert duties.db.write(lambda tx: tasks.done(tx, line.task.id, ana, here, "x", duties.clock.at)) is False
    assert duties.db.write(lambda tx: tasks.take(tx, line.task.id, ana, here)) is False


def test_another_site_and_whom_she_refused_see_nothing(duties: Duties) -> None:
    ana, other = duties.person(), duties.person()
    chat = duties.waits(urgent=True)
    made(duties)
    (line,) = lines(duties, ana)

    def refuse(tx: Tx) -> None:
        _, member = conversations.load(tx, "telegram:1", "100", duties.clock.at)
        tx.query(insert(table(RefusalRow)).values(member_id=member.id, staff_id=ana, at=duties.clock.at))

    duties.db.write(refuse)
    assert chat
    assert lines(duties, ana) == []
    assert len(lines(duties, other)) == 1
    assert lines(duties, other, own_only=True) == []
    assert duties.db.write(lambda tx: tasks.take(tx, line.task.id, ana, [duties.site.id])) is False
    assert duties.db.write(lambda tx: tasks.take(tx, line.task.id, other, [duties.site.id + 1])) is False


def test_a_task_that_names_only_her_chat_is_hidden_too(duties: Duties) -> None:
    ana, other = duties.person(), duties.person()
    chat, now = duties.waits(), duties.clock.at

    def unit(tx: Tx) -> None:
        _, member = conversations.load(tx, "telegram:1", "100", now)
        tx.query(insert(table(RefusalRow)).values(member_id=member.id, staff_id=ana, at=now))
        about = f"conversation:{chat}"
        tasks.add(tx, tasks.DUTY, about, 1, site_id=duties.site.id, due_at=now, now=now, conversation_id=chat)

    duties.db.write(unit)
    assert lines(duties, ana) == []
    assert [line.task.kind for line in lines(duties, other)] == ["duty"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["tasks-safe-unknown"]),
        ({"shared_phone": "only_me", "write_when": "any"}, ["tasks-safe-only-me"]),
        (
            {
                "do_not_write": True,
                "danger_at": make.MONDAY,
                "shared_phone": "sometimes",
                "write_when": "morning",
            },
            ["tasks-safe-locked", "tasks-safe-danger", "tasks-safe-shared-sometimes", "tasks-safe-morning"],
        ),
        ({"write_when": "never"}, ["tasks-safe-unknown", "tasks-safe-never"]),
    ],
)
def test_call_her_says_how_it_is_safe(
    duties: Duties, fields: dict[str, str | bool | datetime], expected: list[str]
) -> None:
    now = duties.clock.at

    def unit(tx: Tx) -> None:
        conversation, member = conversations.load(tx, "telegram:1", "100", now)
        for name, value in fields.items():
            members.set_field(tx, member.id, name, value)
        for kind in (tasks.CALL, tasks.URGENT):
            tasks.add(
                tx,
                kind,
                "x:1",
                0,
                site_id=duties.site.id,
                due_at=now,
                now=now,
                member_id=member.id,
                conversation_id=conversation.id,
            )

    duties.db.write(unit)
    by_kind = {line.task.kind: safe(line, now) for line in lines(duties)}
    assert by_kind == {"call": expected, "urgent": []}
    assert "tasks-safe-danger" not in safe(lines(duties)[0], now + timedelta(days=8))
