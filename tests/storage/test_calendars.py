"""Free times: what the rules give, what is taken, both clock changes, and that a change is seen at once."""

import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from storage import calendars, counsellors, grid
from storage.calendars import Wanted
from storage.counsellors import MODES
from storage.db import Database
from storage.sites import ClosedDay, Site
from storage.sql import Tx, table
from tests.conftest import Templates
from tests.helpers.make import MONDAY, ZONE, open_database
from tests.storage.offices import FIVE, NINE, NOON, TEN, at, office, wanted

NOW = MONDAY  # Monday 2 March 2026, 10:00 in Ljubljana
TUESDAY = date(2026, 3, 3)
ZONE_INFO = ZoneInfo(ZONE)


def times(db: Database, wish: Wanted, day: date, now: datetime = NOW) -> list[str]:
    found = db.read(lambda tx: calendars.free_slots(tx, wish, day, now))
    return [f"{slot.starts_at.astimezone(ZONE_INFO):%H:%M}" for slot in found]


def days(
    db: Database, wish: Wanted, first: date = TUESDAY, limit: int = 6, now: datetime = NOW
) -> list[date]:
    return db.read(lambda tx: calendars.free_days(tx, wish, now, first, limit))


def wall(mask: int, day: date) -> list[str]:
    midnight = grid.local_midnight(day, ZONE_INFO)
    cells = [cell for cell in range(mask.bit_length()) if mask >> cell & 1]
    return [f"{(midnight + timedelta(minutes=5 * cell)).astimezone(ZONE_INFO):%H:%M}" for cell in cells]


def test_a_rule_is_offered_back_to_back(db: Database) -> None:
    site, _ = db.write(office)
    assert times(db, wanted(site), TUESDAY) == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
    assert times(db, wanted(site, "lipa"), TUESDAY) == ["09:00", "09:45", "10:30", "11:15"]
    assert times(db, wanted(site), date(2026, 3, 7)) == []  # a Saturday


def test_only_who_fits_is_offered(db: Database) -> None:
    site, (first, second) = db.write(office)

    def who(wish: Wanted) -> set[int]:
        return {s.counsellor_id for s in db.read(lambda tx: calendars.free_slots(tx, wish, TUESDAY, NOW))}

    assert who(wanted(site, language="sq")) == {first}
    assert who(wanted(site, language="en")) == {second}
    assert who(wanted(site, mode="video")) == {first}
    assert who(wanted(site, language="ar")) == set()
    assert who(wanted(site, topic="nothing")) == set()
    assert db.read(lambda tx: calendars.languages(tx, site, "work", "person")) == ["sl", "en", "sq"]
    assert db.read(lambda tx: calendars.modes(tx, site, "work")) == list(MODES)
    assert [t.slug for t in db.read(lambda tx: calendars.topics(tx, site))] == ["work", "lipa"]


def test_lead_time_horizon_and_past_days(db: Database) -> None:
    site, _ = db.write(lambda tx: office(tx, hours=(NINE, FIVE)))
    today = NOW.astimezone(ZONE_INFO).date()
    assert times(db, wanted(site), today)[0] == "12:00"  # it is 10:00
    assert times(db, wanted(site), today - timedelta(days=1)) == []
    far = today + timedelta(days=calendars.HORIZON_DAYS)
    assert times(db, wanted(site), far) != []
    assert times(db, wanted(site), far + timedelta(days=3)) == []
    assert max(days(db, wanted(site), limit=100)) == far
    assert days(db, wanted(site), first=today - timedelta(days=30), limit=1) == [today]
    late = NOW + timedelta(hours=5)
    assert days(db, wanted(site), first=today, limit=1, now=late) == [
        TUESDAY
    ]  # after 15:00 the lead time leaves nothing


def test_validity_modes_of_a_rule_and_days_that_differ(db: Database) -> None:
    site, (first, second) = db.write(lambda tx: office(tx, weekdays=0))

    def more(tx: Tx) -> None:
        counsellors.add_hours(tx, first, 1, NINE, TEN, modes=("phone",), valid_from=TUESDAY, valid_to=TUESDAY)
        counsellors.add_exception(tx, second, TUESDAY, "extra", TEN, TEN + 60)
        counsellors.add_exception(tx, second, TUESDAY, "off", TEN + 30, TEN + 40)

    db.write(more)
    assert times(db, wanted(site), TUESDAY) == ["10:00"]
    assert times(db, wanted(site, mode="phone"), TUESDAY) == ["09:00", "09:30", "10:00"]
    assert days(db, wanted(site, mode="phone")) == [TUESDAY]


def test_a_closed_day_has_no_times(db: Database) -> None:
    site, _ = db.write(office)
    db.write(
        lambda tx: tx.query(insert(table(ClosedDay)).values(site_id=site.id, day=TUESDAY, reason="holiday"))
    )
    assert times(db, wanted(site), TUESDAY) == []
    assert TUESDAY not in days(db, wanted(site))
    assert db.read(lambda tx: calendars.fitting(tx, wanted(site), at(TUESDAY, 9), NOW))[0] == []


@pytest.mark.parametrize(
    ("window", "minutes", "offered"),
    [
        ((60, 240), 30, ["01:00", "01:30", "03:00", "03:30"]),
        ((60, 150), 30, ["01:00", "01:30"]),  # ends inside the skipped hour: at the change itself
        ((120, 180), 30, []),
        ((NINE, NOON), 60, ["09:00", "10:00", "11:00"]),
    ],
)
def test_spring_skips_the_missing_hour(window: tuple[int, int], minutes: int, offered: list[str]) -> None:
    day = date(2026, 3, 29)
    assert wall(grid.starts((window,), minutes, day, ZONE_INFO), day) == offered


def test_autumn_offers_the_doubled_hour_once() -> None:
    day = date(2026, 10, 25)
    mask = grid.starts(((60, 240),), 30, day, ZONE_INFO)
    assert wall(mask, day) == ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]
    assert mask.bit_count() == 6
    noon = grid.starts(((NOON, NOON + 30),), 30, day, ZONE_INFO)
    assert grid.local_midnight(day, ZONE_INFO) + timedelta(minutes=5 * (noon.bit_length() - 1)) == at(day, 12)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_clock_change_through_the_whole_calendar(db: Database, day: date) -> None:
    site, (first, _) = db.write(lambda tx: office(tx, people=2, weekdays=0))
    db.write(lambda tx: counsellors.add_hours(tx, first, 6, NINE, NOON))
    db.write(lambda tx: counsellors.add_exception(tx, first, day, "off", TEN, TEN + 30))
    now = at(day, 9) - timedelta(days=3)
    assert times(db, wanted(site), day, now) == ["09:00", "09:30", "10:30", "11:00", "11:30"]
    assert db.read(lambda tx: calendars.fitting(tx, wanted(site), at(day, 9), now))[0] == [first]
    assert db.read(lambda tx: calendars.fitting(tx, wanted(site), at(day, 8), now))[0] == []


def test_turns_are_shared_fairly(db: Database) -> None:
    site, both = db.write(office)
    open_days = days(db, wanted(site))
    slots = db.read(lambda tx: [calendars.free_slots(tx, wanted(site), day, NOW) for day in open_days])
    assert {found[0].counsellor_id for found in slots} == set(both)
    assert all(len({slot.starts_at for slot in found}) == len(found) for found in slots)


def test_a_change_is_seen_at_once_and_a_rolled_back_one_never(db: Database) -> None:
    site, (first, _) = db.write(lambda tx: office(tx, people=2, weekdays=0))
    assert times(db, wanted(site), TUESDAY) == []

    def fails(tx: Tx) -> None:
        counsellors.add_hours(tx, first, 1, NINE, TEN)
        assert calendars.free_slots(tx, wanted(site), TUESDAY, NOW) != []
        raise LookupError

    with pytest.raises(LookupError):
        db.write(fails)
    assert times(db, wanted(site), TUESDAY) == []
    rule = db.write(lambda tx: counsellors.add_hours(tx, first, 1, NINE, TEN))
    assert times(db, wanted(site), TUESDAY) == ["09:00", "09:30"]
    off = db.write(lambda tx: counsellors.add_exception(tx, first, TUESDAY, "off"))
    assert times(db, wanted(site), TUESDAY) == []
    db.write(lambda tx: counsellors.forget_exception(tx, first, off))
    db.write(lambda tx: counsellors.set_topic_active(tx, site.id, "work", False))
    assert times(db, wanted(site), TUESDAY) == []
    db.write(lambda tx: counsellors.set_topic_active(tx, site.id, "work", True))
    db.write(lambda tx: counsellors.set_counsellor_active(tx, first, False))
    assert times(db, wanted(site), TUESDAY) == []
    db.write(lambda tx: counsellors.set_counsellor_active(tx, first, True))
    db.write(lambda tx: counsellors.end_hours(tx, first, rule, TUESDAY))
    assert days(db, wanted(site)) == [TUESDAY]


OTHER_PROCESS = """
import sys
from storage import counsellors
from storage.db import open_database
db = open_database(sys.argv[1])
db.write(lambda tx: counsellors.add_hours(tx, int(sys.argv[2]), 1, 540, 600))
db.close()
"""


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_change_by_another_process_is_seen_at_once(db: Database, database_url: str) -> None:
    site, (first, _) = db.write(lambda tx: office(tx, people=2, weekdays=0))
    assert times(db, wanted(site), TUESDAY) == []
    subprocess.run([sys.executable, "-c", OTHER_PROCESS, database_url, str(first)], check=True, timeout=60)
    assert times(db, wanted(site), TUESDAY) == ["09:00", "09:30"]


def test_two_databases_in_one_process_do_not_share_rules(
    db: Database, tmp_path: Path, templates: Templates
) -> None:

    other = open_database(templates.sqlite(tmp_path / "other.db"))
    try:
        site, _ = db.write(office)
        assert len(times(db, wanted(site), TUESDAY)) == 6
        there, _ = other.write(lambda tx: office(tx, hours=(NINE, TEN)))
        assert len(times(other, wanted(there), TUESDAY)) == 2
        assert len(times(db, wanted(site), TUESDAY)) == 6
    finally:
        other.close()


def test_a_site_without_a_calendar(db: Database, site: Site) -> None:
    assert times(db, wanted(site), TUESDAY) == []
    assert days(db, wanted(site)) == []
