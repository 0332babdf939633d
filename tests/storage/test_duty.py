"""The roster: who is on duty when, right on the days the clock changes, and what may not stand on it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage import duty
from storage.db import Database
from storage.duty import BadShift
from storage.sites import Site
from tests.helpers import make
from tests.helpers.duties import Duties, wall

MONDAY = date(2026, 3, 2)


@pytest.fixture
def duties(db: Database, clock: make.Clock, site: Site) -> Duties:
    return Duties(db, clock, site)


def on(duties: Duties, at: datetime) -> list[int]:
    return duties.db.read(lambda tx: duty.on_duty(tx, duties.site.id, at))


def test_a_weekly_shift_on_the_wall(duties: Duties) -> None:
    ana, boris = duties.person(), duties.person()
    duties.shift(ana, 8, 15, stand_in_id=boris)
    assert on(duties, wall(MONDAY, 7, 59)) == []
    assert on(duties, wall(MONDAY, 8)) == [ana]
    assert on(duties, wall(MONDAY, 14, 59)) == [ana]
    assert on(duties, wall(MONDAY, 15)) == []
    assert on(duties, wall(MONDAY + timedelta(days=1), 9)) == []
    assert duties.db.read(lambda tx: duty.stand_ins(tx, duties.site.id, wall(MONDAY, 9))) == [boris]


def test_a_dated_shift_beats_the_weekly_one(duties: Duties) -> None:
    ana, boris = duties.person(), duties.person()
    duties.shift(ana, 8, 15)
    duties.shift(boris, 8, 12, day=MONDAY)
    assert on(duties, wall(MONDAY, 9)) == [boris]
    assert on(duties, wall(MONDAY, 13)) == [ana]  # where nothing was said for the day, the week counts
    assert on(duties, wall(MONDAY + timedelta(days=7), 9)) == [ana]


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)], ids=["spring", "autumn"])
def test_a_shift_across_a_clock_change(duties: Duties, sunday: date) -> None:
    night, late = duties.person(), duties.person()
    duties.shift(night, 0, 8, weekday=6)
    duties.shift(late, 20, 24, weekday=5)
    duties.clock.at = wall(sunday, 0) - timedelta(hours=5)
    at = duties.clock.at
    while at < wall(sunday, 9):
        local = at.astimezone(duties.db.read(lambda tx: duty.zone(tx, duties.site.id)))
        expected = [night] if local.date() == sunday and local.hour < 8 else []
        expected = [late] if local.date() < sunday and local.hour >= 20 else expected
        assert on(duties, at) == expected, local
        at += timedelta(minutes=10)


def test_the_next_shift(duties: Duties) -> None:
    def next_after(at: datetime) -> datetime | None:
        return duties.db.read(lambda tx: duty.next_shift(tx, duties.site.id, at))

    assert next_after(duties.clock.at) is None
    ana = duties.person()
    duties.shift(ana, 8, 15)
    assert next_after(wall(MONDAY, 7)) == wall(MONDAY, 8)
    assert next_after(wall(MONDAY, 8)) == wall(MONDAY + timedelta(days=7), 8)
    # Skipped at 2:00 in spring: the shift begins when the clock has jumped to 3:00.
    spring = date(2026, 3, 29)
    duties.shift(ana, 2, 6, day=spring)
    assert next_after(wall(spring, 0)) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert on(duties, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)) == [ana]
    assert on(duties, datetime(2026, 3, 29, 0, 59, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("reason", "how"),
    [
        ("hours", {"begins": 15, "ends": 8}),
        ("hours", {"begins": 8, "ends": 25}),
        ("when", {"weekday": 7}),
        ("when", {"weekday": 0, "day": MONDAY}),
        ("person", {"staff_id": 10**6}),
        ("stand_in", {"stand_in_id": 10**6}),
        ("overlap", {"begins": 14, "ends": 16}),
    ],
)
def test_what_may_not_stand_on_the_roster(duties: Duties, reason: str, how: dict[str, object]) -> None:
    ana = duties.person()
    duties.shift(ana, 8, 15)
    wish = {"staff_id": ana, "begins": 16, "ends": 18, **how}
    with pytest.raises(BadShift, match=f"^{reason}$"):
        duties.shift(**wish)  # type: ignore[arg-type]  # a shift that may be nonsense
    assert len(duties.db.read(lambda tx: duty.shifts(tx, duties.site.id))) == 1


def test_touching_shifts_and_other_people_are_no_overlap(duties: Duties) -> None:
    ana, boris = duties.person(), duties.person()
    duties.shift(ana, 8, 12)
    duties.shift(ana, 12, 15)
    duties.shift(boris, 8, 15)
    assert on(duties, wall(MONDAY, 9)) == [ana, boris]


@pytest.mark.parametrize("role", ["analyst", "admin", "mediator"])
def test_who_may_not_open_any_chat_is_not_on_duty(duties: Duties, role: str) -> None:
    who = duties.person(role)
    with pytest.raises(BadShift, match="person"):
        duties.shift(who)


def test_who_left_is_not_called(duties: Duties) -> None:
    from storage import people

    ana = duties.person()
    duties.shift(ana)
    duties.db.write(lambda tx: people.set_active(tx, ana, False))
    assert on(duties, wall(MONDAY, 9)) == []
    assert duties.db.read(lambda tx: duty.next_shift(tx, duties.site.id, wall(MONDAY, 7))) is None


def test_removing_is_scoped_by_site(duties: Duties) -> None:
    other = duties.db.write(lambda tx: make.site(tx, "postojna"))
    line = duties.shift(duties.person())
    assert duties.db.write(lambda tx: duty.remove_shift(tx, other.id, line)) is False
    assert duties.db.write(lambda tx: duty.remove_shift(tx, duties.site.id, line)) is True
