"""The calendar feed: who gets it, what two readers see in it, and how a change, an end and a revoked address look."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from sqlalchemy import select, update

from bot import logs
from storage import bookings, counsellors, departures, erasures, feeds, people
from storage.audit import AuditRow
from storage.bookings import Booking, BookingRow, Taken
from storage.db import Database
from storage.feeds import FeedRow
from storage.sql import table
from storage.staff import StaffRow
from tests.bot.console.objects import put
from tests.helpers import icaljs, make
from tests.helpers.console import Console, Desk, person
from tests.storage import offices

ZONE = ZoneInfo(make.ZONE)
HER_WORDS = "lipa-canary"


class Calendars:
    """Two counsellors who are always there, one of them at her desk."""

    def __init__(self, running: Console, clock: make.Clock) -> None:
        self.running, self.clock, self.db = running, clock, running.parts.db
        self.site, (self.hers, self.other) = self.db.write(
            lambda tx: offices.office(tx, hours=(0, 24 * 60), weekdays=7)
        )
        self.me = self.db.write(lambda tx: person(tx, self.site, "counsellor"))
        self.counsels(self.me, self.hers)
        self.desk = running.signed_in(staff_id=self.me)
        self.member, self.chat = self.db.write(lambda tx: offices.member(tx, HER_WORDS, clock.at))

    def counsels(self, staff_id: int, counsellor_id: int) -> None:
        row = table(StaffRow)
        self.db.write(
            lambda tx: tx.query(update(row).where(row.c.id == staff_id).values(counsellor_id=counsellor_id))
        )

    async def address(self, desk: Desk | None = None) -> str:
        """Make one on her page; its path."""
        who = desk or self.desk
        await who.post("/console/account/feed")
        assert who.status == 200, who.words
        found = re.search(r'class="link" translate="no">http://[^/]+(/console/feed/[\w-]+)<', who.body)
        assert found
        return found.group(1)

    async def fetch(self, path: str, **headers: str) -> Desk:
        """What a calendar program gets: no cookie."""
        return await self.running.anybody().get(path, **headers)

    def meets(self, at: datetime, counsellor: int | None = None, **values: Any) -> int:
        """A meeting, as booked at some time before."""
        return self.db.write(
            lambda tx: put(
                tx,
                BookingRow,
                member_id=self.member,
                site_id=self.site.id,
                counsellor_id=counsellor or self.hers,
                topic="lipa",
                mode="video",
                language="sq",
                starts_at=at,
                ends_at=at + timedelta(minutes=45),
                code=f"{to_code(at)}{counsellor or ''}",
                created_at=at - timedelta(days=20),
                **values,
            )
        )

    def takes(self, at: datetime) -> Booking:
        wish = offices.wanted(self.site, "work", "person", "sq")  # only the first counsellor speaks Albanian
        taken = self.db.write(
            lambda tx: bookings.take(
                tx, wish, at, member_id=self.member, conversation_id=self.chat, now=self.clock.at
            )
        )
        assert isinstance(taken, Taken)
        return taken.booking


def to_code(at: datetime) -> str:
    return f"C{int(at.timestamp())}"


def read(body: str) -> list[dict[str, Any]]:
    """Every event as `icalendar` reads it."""
    assert "\r\n" in body
    events: list[Any] = icalendar.Calendar.from_ical(body).walk("VEVENT")
    return [
        {
            "uid": str(one["uid"]),
            "sequence": int(one["sequence"]),
            "summary": str(one["summary"]),
            "status": str(one["status"]),
            "zone": one["dtstart"].params.get("TZID"),
            "start": int(one["dtstart"].dt.timestamp()),
            "end": int(one["dtend"].dt.timestamp()),
            "changed": one["last-modified"].dt,
            "stamp": one["dtstamp"].dt,
        }
        for one in events
    ]


@pytest.fixture
async def office(running: Console, clock: make.Clock) -> Calendars:
    return Calendars(running, clock)


async def test_an_address_is_shown_once_and_a_new_one_ends_the_old(office: Calendars, db: Database) -> None:
    await office.desk.get("/console/account")
    assert "Your appointments in your own calendar" in office.desk.words
    first = await office.address()
    token = first.rpartition("/")[2]
    assert len(token) >= 43  # 256 bits
    assert token not in str(db.read(lambda tx: tx.query(select(table(FeedRow)))))
    await office.desk.get("/console/account")
    assert "/console/feed/" not in office.desk.body
    assert "The address was made on" in office.desk.words
    got = await office.fetch(first)
    assert (got.status, got.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert got.headers["Cache-Control"] == "no-store"
    second = await office.address()
    assert (await office.fetch(first)).status == 404
    assert (await office.fetch(second)).status == 200
    await office.desk.post("/console/account/feed/revoke")
    assert office.desk.status == 303
    gone, wrong = await office.fetch(second), await office.fetch("/console/feed/never")
    assert (gone.status, gone.body) == (404, wrong.body)
    acts = [row.act for row in db.read(lambda tx: tx.query(select(table(AuditRow))))]
    assert acts == ["feed.make", "feed.make", "feed.revoke"]
    assert token not in str(db.read(lambda tx: tx.query(select(table(AuditRow)))))


async def test_who_has_no_calendar_gets_no_address(office: Calendars) -> None:
    desk = office.running.signed_in("desk")
    await desk.get("/console/account")
    assert "calendar" not in desk.words
    await desk.post("/console/account/feed")
    assert desk.status == 422
    assert "no calendar to show" in desk.words
    assert office.db.read(lambda tx: tx.query(select(table(FeedRow)))) == []


async def test_the_feed_of_who_is_kept_out_is_dead_for_good(office: Calendars) -> None:
    path = await office.address()
    office.desk.client.session.cookie_jar.clear()  # signing out changes nothing
    assert (await office.fetch(path)).status == 200
    admin = office.running.signed_in("admin")
    uid = office.db.read(lambda tx: people.get(tx, office.me))
    assert uid is not None
    await admin.post(f"/console/staff/{uid.uid}/active", active="0")
    assert (await office.fetch(path)).status == 404
    await admin.post(f"/console/staff/{uid.uid}/active", active="1")
    assert (await office.fetch(path)).status == 404


def both_changes() -> Iterator[datetime]:
    """Meetings on the days around both changes of the clock of 2026, in the hours that change too."""
    for sunday in (datetime(2026, 3, 29, tzinfo=ZONE), datetime(2026, 10, 25, tzinfo=ZONE)):
        for days in (-2, -1, 0, 1, 2):
            for hour in (0, 1, 3, 9, 23):
                yield (sunday + timedelta(days=days)).replace(hour=hour).astimezone(UTC)
    # Both of the hours that this night has twice.
    yield datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    yield datetime(2026, 10, 25, 1, 0, tzinfo=UTC)


async def test_two_readers_see_what_the_database_holds(office: Calendars, clock: make.Clock) -> None:
    """`icalendar` and npm's `ical.js`, over both changes of the clock."""
    path, wanted, served = await office.address(), [], set[str]()
    for at in dict.fromkeys(both_changes()):
        office.meets(at)
    for asked in (datetime(2026, 3, 20, 7, tzinfo=UTC), datetime(2026, 10, 20, 7, tzinfo=UTC)):
        clock.at = asked
        rows = office.db.read(lambda tx: tx.query(select(table(BookingRow))))
        wanted = sorted(
            (int(row.starts_at.timestamp()), int(row.ends_at.timestamp()))
            for row in rows
            if asked - timedelta(days=30) <= row.starts_at < asked + timedelta(days=180)
        )
        got = await office.fetch(path)
        served.add(got.body)
        events = read(got.body)
        assert len(events) > 20
        assert sorted((one["start"], one["end"]) for one in events) == wanted
        in_utc = {None} if asked.month == 10 else set()  # a time that comes twice is told in UTC
        assert {one["zone"] for one in events} == {make.ZONE} | in_utc
        assert {one["summary"] for one in events} == {"Booked"}
    for body in served:
        known = [{**one, "zone": one["zone"] or "UTC", "changed": None, "stamp": None} for one in read(body)]
        assert [{**one, "changed": None, "stamp": None} for one in icaljs.read(body)] == known


async def test_a_move_keeps_the_name_and_raises_the_number(office: Calendars, clock: make.Clock) -> None:
    path, tomorrow = await office.address(), make.MONDAY + timedelta(days=1)
    booking = office.takes(tomorrow)
    (before,) = read((await office.fetch(path)).body)
    assert (before["sequence"], before["changed"], before["stamp"]) == (0, make.MONDAY, make.MONDAY)
    later = clock.forward(hours=2)
    wish = offices.wanted(office.site, "work", "person", "sq")
    moved = office.db.write(
        lambda tx: bookings.move(
            tx, booking.id, wish, tomorrow + timedelta(hours=3), member_id=office.member, now=later
        )
    )
    assert isinstance(moved, Taken)
    (after,) = read((await office.fetch(path)).body)
    assert (after["uid"], after["status"], after["sequence"]) == (before["uid"], "CONFIRMED", 1)
    assert (after["changed"], after["stamp"]) == (later, later)
    assert after["start"] == before["start"] + 3 * 3600
    other = await office.address(office.running.signed_in(staff_id=office.me))
    (same,) = read((await office.fetch(other)).body)  # the name stays under another address too
    assert same == after


@pytest.mark.parametrize("how", ["cancelled", "to a colleague", "erased"])
async def test_what_left_her_calendar_stays_as_cancelled_for_thirty_days(
    office: Calendars, clock: make.Clock, how: str
) -> None:
    path, tomorrow = await office.address(), make.MONDAY + timedelta(days=1)
    booking = office.takes(tomorrow)
    (before,) = read((await office.fetch(path)).body)
    later = clock.forward(hours=2)
    leaves(office, booking, how, later)
    (after,) = read((await office.fetch(path)).body)
    assert (after["uid"], after["status"], after["sequence"]) == (before["uid"], "CANCELLED", 1)
    assert (after["start"], after["changed"], after["stamp"]) == (before["start"], later, later)
    assert icaljs.read((await office.fetch(path)).body)[0]["status"] == "CANCELLED"
    if how == "to a colleague":
        hers = office.db.write(lambda tx: person(tx, office.site, "counsellor"))
        office.counsels(hers, office.other)
        (there,) = read(
            (await office.fetch(await office.address(office.running.signed_in(staff_id=hers)))).body
        )
        assert (there["uid"], there["status"], there["sequence"]) == (before["uid"], "CONFIRMED", 1)
    clock.at = later + timedelta(days=28)
    assert len(read((await office.fetch(path)).body)) == 1
    clock.at = later + timedelta(days=30)
    assert read((await office.fetch(path)).body) == []


def leaves(office: Calendars, booking: Booking, how: str, now: datetime) -> None:
    """One of the ways in which a meeting leaves a calendar."""
    if how == "cancelled":
        office.db.write(lambda tx: bookings.cancel(tx, booking.id, office.member, now))
    elif how == "erased":
        office.db.write(lambda tx: erasures.erase(tx, office.member, now, None))
    else:
        office.db.write(lambda tx: counsellors.set_counsellor_active(tx, office.hers, False))
        wish = offices.wanted(office.site)
        moved = office.db.write(
            lambda tx: bookings.move(
                tx, booking.id, wish, booking.starts_at + timedelta(hours=1), member_id=office.member, now=now
            )
        )
        assert isinstance(moved, Taken)
        assert moved.booking.counsellor_id == office.other


async def test_a_meeting_that_came_back_is_no_longer_gone(office: Calendars) -> None:
    at = make.MONDAY + timedelta(days=1)
    found = office.meets(at, version=3)

    def unit(tx: Any) -> list[feeds.Event]:
        for version in (2, 4):
            departures.left(
                tx,
                found,
                office.hers,
                office.site.id,
                at,
                at + timedelta(minutes=45),
                version=version,
                now=make.MONDAY,
            )
        return feeds.events(tx, office.hers, make.MONDAY)

    (event,) = office.db.write(unit)
    assert (event.cancelled, event.version) == (False, 3)


async def test_the_window_is_thirty_days_back_and_a_hundred_and_eighty_ahead(office: Calendars) -> None:
    path, now = await office.address(), make.MONDAY
    edge = timedelta(minutes=5)
    inside = [now - timedelta(days=30), now + timedelta(days=180) - edge]
    for at in (*inside, now - timedelta(days=30) - edge, now + timedelta(days=180)):
        office.meets(at)
    office.meets(now, counsellor=office.other)
    assert [one["start"] for one in read((await office.fetch(path)).body)] == [
        int(at.timestamp()) for at in inside
    ]


async def test_nothing_of_hers_is_in_it(office: Calendars) -> None:
    path = await office.address()
    office.takes(make.MONDAY + timedelta(days=1))
    body = (await office.fetch(path)).body
    found = {line.partition(":")[0].partition(";")[0] for line in body.splitlines()}
    assert (
        found & {"DESCRIPTION", "LOCATION", "ATTENDEE", "ORGANIZER", "CATEGORIES", "URL", "CONTACT"} == set()
    )
    for word in (HER_WORDS, "lipa", "sq", "Nina", "video", str(office.me)):
        assert f":{word}" not in body
    people_row = table(StaffRow)
    office.db.write(
        lambda tx: tx.query(update(people_row).where(people_row.c.id == office.me).values(language="sl"))
    )
    assert {one["summary"] for one in read((await office.fetch(path)).body)} == {"Zasedeno"}


async def test_an_unchanged_calendar_is_not_sent_again(office: Calendars, clock: make.Clock) -> None:
    path = await office.address()
    office.meets(make.MONDAY + timedelta(days=1))
    first = await office.fetch(path)
    clock.forward(hours=5)
    again = await office.fetch(path, **{"If-None-Match": first.headers["Etag"]})
    assert (again.status, again.body, again.headers["Etag"]) == (304, "", first.headers["Etag"])
    assert again.headers["Cache-Control"] == "no-store"
    office.meets(make.MONDAY + timedelta(days=2))
    changed = await office.fetch(path, **{"If-None-Match": first.headers["Etag"]})
    assert changed.status == 200
    assert changed.headers["Etag"] != first.headers["Etag"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_address_is_in_no_log(
    office: Calendars, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path, sink = await office.address(), io.BytesIO()
    logs.configure("DEBUG", sink)

    def broken(*_: Any) -> None:
        raise RuntimeError(path)

    assert (await office.fetch(path)).status == 200
    monkeypatch.setattr(feeds, "events", broken)
    assert (await office.fetch(path)).status == 500
    assert b"console_failed" in sink.getvalue()
    assert path.rpartition("/")[2].encode() not in sink.getvalue()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_asking_too_often_is_refused(office: Calendars, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.web.limits import LIMITS

    path = await office.address()
    app = office.running.server.app
    assert app is not None
    app[LIMITS].reads.most = 2
    assert [(await office.fetch(one)).status for one in (path, "/console/feed/guess", path)] == [
        200,
        404,
        429,
    ]
