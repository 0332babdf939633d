"""Changes of a plan and of closed days that race: one wins, the others are told, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from storage import bookings, calendars, closures, schedules
from storage.db import Database
from storage.schedules import BadPlan, Differs, Hours, LeavesOut
from storage.sql import Tx
from tests.helpers.make import MONDAY
from tests.storage.offices import at, member, office, wanted

DAY = date(2026, 3, 10)
MANY = 8


def race(db: Database, unit: Callable[[Tx, int], None]) -> list[str]:
    """What each of many got that started together."""

    def one(number: int) -> str:
        try:
            db.write(lambda tx: unit(tx, number))
        except (BadPlan, LeavesOut) as refused:
            return str(refused)
        return "done"

    with ThreadPoolExecutor(MANY) as pool:
        return sorted(pool.map(one, range(MANY)))


def test_of_overlapping_hours_one_is_kept(db: Database) -> None:
    _, (who, _) = db.write(lambda tx: office(tx, weekdays=0))

    def unit(tx: Tx, number: int) -> None:
        plan = schedules.plan(tx, who)
        assert plan is not None
        schedules.set_hours(tx, plan, [Hours(1, 480 + 5 * number, 720)], now=MONDAY)

    assert race(db, unit) == ["done"] + ["overlap"] * (MANY - 1)
    plan = db.read(lambda tx: schedules.plan(tx, who))
    assert plan is not None
    assert len(plan.rules) == 1


def test_of_overlapping_days_one_is_kept_and_a_line_is_taken_off_once(db: Database) -> None:
    _, (who, _) = db.write(lambda tx: office(tx, weekdays=1))

    def away(tx: Tx, number: int) -> None:
        plan = schedules.plan(tx, who)
        assert plan is not None
        schedules.add_days(tx, plan, [Differs(DAY, "off", 60 + 5 * number, 240)], now=MONDAY)

    assert race(db, away) == ["done"] + ["overlap"] * (MANY - 1)

    def gone(tx: Tx, number: int) -> None:
        plan = schedules.plan(tx, who)
        assert plan is not None
        schedules.remove_hours(tx, plan, 1 if not plan.rules else plan.rules[0].id, now=MONDAY)

    assert race(db, gone) == ["done"] + ["gone"] * (MANY - 1)


def test_a_day_is_closed_once_and_every_change_moves_the_calendar_on(db: Database) -> None:
    site, (who, _) = db.write(office)
    added: list[int] = []

    def unit(tx: Tx, number: int) -> None:
        added.append(closures.add(tx, site.id, [(DAY, f"{number}")], now=MONDAY))

    def now() -> str:
        return db.read(lambda tx: str(tx.one(calendars._TOKEN, site_id=site.id).token))

    token = [now()]
    assert race(db, unit) == ["done"] * MANY
    token.append(now())
    assert max(added) == 1
    assert len(db.read(lambda tx: closures.between(tx, site.id, DAY, DAY))) == 1
    plan = db.read(lambda tx: schedules.plan(tx, who))
    assert plan is not None
    for change in (
        lambda tx: closures.remove(tx, site.id, closures.between(tx, site.id, DAY, DAY)[0].id),
        lambda tx: schedules.set_hours(tx, plan, [Hours(5, 480, 720, (), date(2026, 3, 2))], now=MONDAY),
        lambda tx: schedules.remove_hours(tx, plan, _last(tx, who), now=MONDAY),
        lambda tx: schedules.remove_hours(tx, plan, plan.rules[0].id, now=MONDAY),
        lambda tx: schedules.add_days(tx, plan, [Differs(DAY, "off")], now=MONDAY),
        lambda tx: schedules.remove_day(tx, plan, _day(tx, who), now=MONDAY),
    ):
        db.write(change)
        token.append(now())
    assert len(set(token)) == len(token)


def _last(tx: Tx, who: int) -> int:
    found = schedules.plan(tx, who)
    assert found is not None
    return max(rule.id for rule in found.rules)


def _day(tx: Tx, who: int) -> int:
    found = schedules.plan(tx, who)
    assert found is not None
    return found.days[0].id


def test_a_meeting_that_was_outside_before_is_no_reason_to_ask(db: Database) -> None:
    site, (who, _) = db.write(lambda tx: office(tx, people=2))
    plan = db.read(lambda tx: schedules.plan(tx, who))
    assert plan is not None

    def booked(tx: Tx) -> None:
        her, talk = member(tx, "her", MONDAY)
        wish = wanted(site, "lipa")  # only the first takes it
        bookings.take(tx, wish, at(DAY, 9), member_id=her, conversation_id=talk, now=MONDAY)

    db.write(booked)
    away = [Differs(DAY, "off")]
    with pytest.raises(LeavesOut) as asked:
        db.write(lambda tx: schedules.add_days(tx, plan, away, now=MONDAY))
    assert asked.value.times == (at(DAY, 9),)
    db.write(lambda tx: schedules.add_days(tx, plan, away, now=MONDAY, sure=asked.value.word))
    db.write(lambda tx: schedules.remove_hours(tx, plan, plan.rules[1].id, now=MONDAY))
