"""Demo data: complete, invented where it must be, the same in any year, and never beside a real address."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update

from bot import demo
from flows import hsds, hsds_in, workbook
from storage import calendars, conversations, directory, services, sites
from storage.bookings import BookingRow
from storage.calendars import Wanted
from storage.counsellors import CounsellorRow
from storage.db import Database
from storage.members import AddressRow
from storage.services import Organisation, ServiceRow, ServiceText
from storage.sites import Site, SiteRow
from storage.sql import Tx, table

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
LATER = [
    NOW,
    datetime(2029, 11, 21, 23, 40, tzinfo=UTC),
    datetime(2028, 2, 29, 6, 0, tzinfo=UTC),
    datetime(2026, 12, 31, 22, 30, tzinfo=UTC),
]
Slug = Literal["celje", "postojna"]


def seed(db: Database, slug: Slug = "celje", now: datetime = NOW) -> Site:
    return db.write(lambda tx: demo.seed(tx, slug, now, Random(0)))


def column(tx: Tx, model: type, name: str) -> list[object]:
    return [row[0] for row in tx.query(select(table(model).c[name]))]


def test_an_empty_database_is_seeded_once(db: Database) -> None:
    assert db.read(demo.is_empty)
    seed(db)
    assert not db.read(demo.is_empty)
    with pytest.raises(demo.DemoRefused, match="not empty"):
        seed(db)
    assert db.read(lambda tx: column(tx, SiteRow, "slug")) == ["celje"]


def test_a_real_address_is_refused(db: Database) -> None:
    db.write(lambda tx: conversations.load(tx, "telegram:1", "100", NOW))
    assert not db.read(demo.is_empty)
    with pytest.raises(demo.DemoRefused, match="real person"):
        seed(db)
    assert db.read(lambda tx: column(tx, SiteRow, "id")) == []


@pytest.mark.parametrize("slug", ["celje", "postojna"])
def test_there_are_18_services_of_which_4_are_sensitive(db: Database, slug: Slug) -> None:
    seed(db, slug)
    row = table(ServiceRow)
    own = db.read(lambda tx: tx.query(select(row.c.sensitive).where(row.c.topic != "phones")))
    assert (len(own), sum(one.sensitive for one in own)) == (18, 4)
    text = table(ServiceText)
    by_language = db.read(
        lambda tx: tx.query(select(text.c.language, func.count().label("n")).group_by(text.c.language))
    )
    assert {one.language for one in by_language} == {"sl", "sq", "bs", "ar", "en"}
    assert len({one.n for one in by_language}) == 1


@pytest.mark.parametrize("slug", ["celje", "postojna"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_directory_comes_back_from_a_file_as_it_went(db: Database, slug: Slug) -> None:
    site = seed(db, slug)
    owners = [one.facts for one in db.read(lambda tx: directory.organisations(tx, [site.id]))]
    all_of_it = [one.facts for one in db.read(lambda tx: directory.batch(tx, site.id, 0))]
    ours = workbook.read(workbook.written(owners, all_of_it), NOW.date())
    theirs = hsds_in.read(hsds.written("1", owners, all_of_it), NOW.date())
    for read in (ours, theirs):
        assert (read.wrong, read.notes) == ([], [])
        assert ([facts for _, facts in read.organisations], [facts for _, facts in read.services]) == (
            owners,
            all_of_it,
        )


def test_sites_are_never_mixed(db: Database) -> None:
    seed(db, "postojna")
    everything = db.read(
        lambda tx: [str(v) for v in column(tx, Organisation, "name") + column(tx, Organisation, "address")]
    )
    assert [text for text in everything if "Celje" in text] == []
    assert [text for text in everything if "Postojna" in text] != []


@pytest.mark.parametrize("now", LATER, ids=str)
def test_in_any_year_everything_shows(db: Database, now: datetime) -> None:
    site = seed(db, now=now)
    today = now.date()

    def unit(tx: Tx) -> None:
        assert services.topics(tx, site.id, today) == list(services.TOPICS)
        shown = [
            one
            for topic in services.TOPICS
            for one in services.by_topic(tx, site.id, topic, "sl", today, 0, 99)
        ]
        assert len(shown) == len(column(tx, ServiceRow, "id"))
        for topic in calendars.topics(tx, site):
            for mode in calendars.modes(tx, site, topic.slug):
                days = calendars.free_days(tx, Wanted(site, topic.slug, mode), now, today, 99)
                assert days[0] <= today + timedelta(days=10)
                assert days[-1] >= today + timedelta(weeks=6)

    db.read(unit)


@pytest.mark.parametrize("now", LATER, ids=str)
@pytest.mark.parametrize("slug", ["celje", "postojna"])
def test_appointments_lie_around_the_seeding_clock(db: Database, slug: Slug, now: datetime) -> None:
    site = seed(db, slug, now)
    row = table(BookingRow)
    booked = db.read(lambda tx: tx.query(select(row.c.starts_at, row.c.created_at, row.c.state)))
    assert len(booked) == 9
    zone = ZoneInfo(site.timezone)
    today = now.astimezone(zone).date()
    past = [one.state for one in booked if one.starts_at.astimezone(zone).date() < today]
    assert sorted(past) == ["attended", "missed"]
    assert all(now - timedelta(days=10) < one.starts_at < now + timedelta(days=20) for one in booked)
    assert all(one.created_at < now and one.created_at < one.starts_at for one in booked)
    days = [one.starts_at.date() for one in booked]
    assert db.read(lambda tx: sites.closed_days(tx, site.id, min(days), max(days))).isdisjoint(days)


def test_a_working_day_has_appointments_and_somebody_waits(db: Database) -> None:
    seed(db)
    row = table(BookingRow)
    booked = db.read(lambda tx: tx.query(select(row.c.starts_at)))
    assert sum(one.starts_at.date() == NOW.date() for one in booked) == 3
    assert len(db.read(conversations.waiting)) == 2


def test_invented_members_cannot_be_written_to(db: Database) -> None:
    seed(db)

    def unit(tx: Tx) -> None:
        assert set(column(tx, AddressRow, "account")) == {demo.ACCOUNT}
        assert set(column(tx, AddressRow, "reachable")) == {False}
        assert 6 <= len(column(tx, AddressRow, "id")) <= 10
        assert all("(demo)" in str(name) for name in column(tx, CounsellorRow, "name"))

    db.read(unit)


def test_real_facts_have_a_source_and_their_day_and_numbers_of_ours_are_marked(db: Database) -> None:
    seed(db, now=datetime(2029, 5, 2, 9, 0, tzinfo=UTC))
    row = table(ServiceRow)
    rows = db.read(lambda tx: tx.query(select(row.c.topic, row.c.source, row.c.verified_on, row.c.phone)))
    lines = [one for one in rows if one.topic == "phones"]
    assert {one.phone for one in lines} >= {"112", "113", "080 11 55", "116 123"}
    assert all(
        one.source and one.source != demo.INVENTED and one.verified_on == date(2026, 11, 21) for one in lines
    )
    assert all("(demo)" in one.phone for one in rows if one.topic != "phones")
    assert all(one.source == demo.INVENTED for one in rows if one.topic != "phones")
    assert all(db.read(lambda tx: column(tx, Organisation, "source")))


def test_a_check_never_lies_after_the_seeding(db: Database) -> None:
    seed(db, now=datetime(2025, 5, 2, 9, 0, tzinfo=UTC))
    assert max(map(str, db.read(lambda tx: column(tx, ServiceRow, "verified_on")))) <= "2025-05-02"


def test_a_database_with_a_site_only_is_not_empty(db: Database) -> None:
    seed(db)
    db.write(lambda tx: tx.query(update(table(AddressRow)).values(account="telegram:1")))
    with pytest.raises(demo.DemoRefused, match="real person"):
        seed(db)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2029, date(2029, 4, 1)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year: int, day: date) -> None:
    assert demo.easter(year) == day
    assert day + timedelta(days=1) in demo.holidays(year)
    assert len(demo.holidays(year)) == 13


def test_hours_are_read() -> None:
    assert demo.hours_of("24 9:00-10:30, 1 8:00-15:00") == ((0, 480, 900), (1, 540, 630), (3, 540, 630))
