"""Booking for somebody at the desk or on the phone, moving and cancelling it, and calling off a whole day."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from storage import audit, bookings, changes, counsellors, daysoff, refusals
from storage.bookings import Booking, BookingRow, Taken
from storage.cells import CellRow
from storage.db import Database
from storage.members import MemberRow
from storage.messages import MessageRow
from storage.notices import NoticeRow
from storage.places import colleagues
from storage.sites import Site
from storage.sql import Tx, from_ms, table
from storage.staff import StaffRow
from tests.helpers import chats, console, make
from tests.helpers.console import Console, Desk
from tests.storage import offices

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TUESDAY = date(2026, 3, 3)


@pytest.fixture
async def running(db: Database, clock: make.Clock) -> AsyncIterator[Console]:
    site, _ = db.write(offices.office)
    async with console.console(db, clock, site) as made:
        yield made


@pytest.fixture
def member(running: Console) -> int:
    """A member who asked for a person here."""

    def unit(tx: Tx) -> int:
        return chats.member_of(tx, chats.waiting(tx, running.site, make.MONDAY, "100"))

    return running.parts.db.write(unit)


def rows(running: Console, of: type) -> list[Any]:
    return running.parts.db.read(lambda tx: tx.query(select(table(of))))


def booked(running: Console, member: int, hour: int = 9, minute: int = 0) -> Booking:
    def unit(tx: Tx) -> bookings.TakeOutcome:
        wish = offices.wanted(running.site)
        start = offices.at(TUESDAY, hour, minute)
        return bookings.take(tx, wish, start, member_id=member, conversation_id=None, now=make.MONDAY)

    outcome = running.parts.db.write(unit)
    assert isinstance(outcome, Taken)
    return outcome.booking


def wish(running: Console, **fields: str) -> dict[str, str]:
    given = {
        "site": str(running.site.id),
        "topic": "work",
        "mode": "person",
        "language": "",
        "only": "",
        "second": "",
    }
    return given | fields


def times(desk: Desk) -> list[str]:
    return re.findall(r'name="at" value="(\d+)"', desk.body)


def acts(running: Console) -> list[str]:
    return [act.act for act in running.parts.db.read(lambda tx: audit.page(tx, 50))]


# --- booking for somebody ---


async def test_a_wish_a_time_and_a_yes(running: Console, member: int) -> None:
    desk = running.signed_in("desk")
    here = f"/console/members/{member}/book"
    assert here in (await desk.get(f"/console/members/{member}")).body
    await desk.get(here)
    assert "Nina 0" in desk.words
    await desk.post(here, **wish(running))
    assert desk.status == 200
    first = times(desk)[0]
    await desk.post(here, **wish(running), at=first)
    assert "Book this?" in desk.words
    assert "gets a short message" in desk.words
    assert rows(running, BookingRow) == []  # nothing before the yes
    await (await desk.post(here, **wish(running), at=first, sure="yes")).follow()
    (row,) = rows(running, BookingRow)
    assert row.code in desk.words
    assert acts(running) == ["booking.make"]
    await desk.post(here, **wish(running), at=first, sure="yes")  # a second click
    assert desk.status == 303
    assert len(rows(running, BookingRow)) == 1
    assert running.parts.db.read(lambda tx: changes.last(tx, 1)) == ("booked", make.MONDAY, 1)


async def test_a_time_that_is_gone_shows_others_and_saves_nothing(running: Console, member: int) -> None:
    desk = running.signed_in("desk")
    here = f"/console/members/{member}/book"
    first = times(await desk.post(here, **wish(running)))[0]
    for number in range(2):
        other = running.parts.db.write(lambda tx, n=number: offices.member(tx, f"o{n}", make.MONDAY))[0]  # type: ignore[misc]  # bound now
        outcome = running.parts.db.write(
            lambda tx, who=other: bookings.take(  # type: ignore[misc]  # bound now
                tx,
                offices.wanted(running.site),
                from_ms(int(first)),
                member_id=who,
                conversation_id=None,
                now=make.MONDAY,
            )
        )
        assert isinstance(outcome, Taken)
    before = len(rows(running, CellRow))
    await desk.post(here, **wish(running), at=first, sure="yes")
    assert (desk.status, len(rows(running, BookingRow)), len(rows(running, CellRow))) == (422, 2, before)
    assert "no longer free" in desk.words
    assert first not in times(desk) != []


async def test_a_member_without_any_address_is_booked_and_the_page_says_so(running: Console) -> None:
    def unit(tx: Tx) -> int:
        row = table(MemberRow)
        values = {
            "language": "sl",
            "keeps_reminders": False,
            "do_not_write": False,
            "created_at": make.MONDAY,
        }
        return int(tx.query(insert(row).values(**values).returning(row.c.id))[0].id)

    member = running.parts.db.write(unit)
    booked(running, member)
    desk = running.signed_in("desk")
    here = f"/console/members/{member}/book"
    last = times(await desk.post(here, **wish(running)))[-1]
    await desk.post(here, **wish(running), at=last)
    assert "gets no message" in desk.words
    await (await desk.post(here, **wish(running), at=last, sure="yes")).follow()
    assert "gets no message" in desk.words


async def test_whom_she_refused_is_never_offered_and_sees_nothing(running: Console, member: int) -> None:
    booking = booked(running, member)
    refused = running.parts.db.write(lambda tx: console.person(tx, running.site, "counsellor"))
    who = table(StaffRow)
    running.parts.db.write(
        lambda tx: (
            tx.query(update(who).where(who.c.id == refused).values(counsellor_id=booking.counsellor_id))
            and None
        )
    )
    running.parts.db.write(lambda tx: refusals.add(tx, member, refused, make.MONDAY))
    desk = running.signed_in("desk")
    await desk.get(f"/console/members/{member}/book")
    name = running.parts.db.read(
        lambda tx: {one.id: one.name for one in colleagues(tx)}[booking.counsellor_id]
    )
    assert name not in desk.words
    given = wish(running, only=str(booking.counsellor_id))
    assert (await desk.post(f"/console/members/{member}/book", **given)).status == 422
    hers = running.signed_in(staff_id=refused)
    for path in (f"/console/members/{member}/book", f"/console/bookings/{booking.id}"):
        assert (await hers.get(path)).status == 404
    assert (await hers.post(f"/console/bookings/{booking.id}/cancel", sure="yes")).status == 404


@pytest.mark.parametrize(
    "bad",
    [
        {"topic": "nothing"},
        {"mode": "fax"},
        {"language": "xx"},
        {"only": "999"},
        {"second": "999"},
        {"topic": ""},
    ],
)
async def test_a_wish_that_cannot_be_is_refused(running: Console, member: int, bad: dict[str, str]) -> None:
    desk = running.signed_in("desk")
    await desk.post(f"/console/members/{member}/book", **wish(running, **bad), at="1772524800000", sure="yes")
    assert desk.status == 422
    assert rows(running, BookingRow) == []


async def test_odd_times_book_nothing(running: Console, member: int) -> None:
    desk = running.signed_in("desk")
    for at in ("9" * 40, "0", "-1", "x", "99999999999999", "١"):
        await desk.post(f"/console/members/{member}/book", **wish(running), at=at, sure="yes")
        assert desk.status in (200, 422)
    assert rows(running, BookingRow) == []


async def test_a_joint_appointment_names_one_contact(running: Console, member: int) -> None:
    there: Site = running.parts.db.write(lambda tx: make.site(tx, "postojna"))

    def unit(tx: Tx) -> int:
        who = counsellors.add_counsellor(tx, there.id, "Zala Test", languages=("sl",), topics=("x",))
        counsellors.add_hours(tx, who, 1, 10 * 60, 11 * 60)
        return who

    second = running.parts.db.write(unit)
    desk = running.signed_in("desk")
    here = f"/console/members/{member}/book"
    given = wish(running, second=str(second))
    found = times(await desk.post(here, **given))
    assert [int(one) % 86_400_000 // 60_000 for one in found[:2]] == [
        9 * 60,
        9 * 60 + 30,
    ]  # 10:00, 10:30 on the wall
    await (await desk.post(here, **given, at=found[0], sure="yes")).follow()
    assert "Zala Test" in desk.words
    assert "Contact she is told: Nina" in desk.words
    assert len(rows(running, CellRow)) == 12
    await desk.post("/console/bookings/1/cancel", sure="yes")
    assert rows(running, CellRow) == []


# --- moving and cancelling ---


def counsels(running: Console, counsellor: int) -> Desk:
    """A browser of the counsellor whose calendar this is."""
    desk, who = running.signed_in("counsellor"), table(StaffRow)
    assert desk.staff is not None
    mine = desk.staff.id
    running.parts.db.write(
        lambda tx: tx.query(update(who).where(who.c.id == mine).values(counsellor_id=counsellor)) and None
    )
    return desk


async def test_a_counsellor_opens_what_is_hers_or_what_she_made(running: Console, member: int) -> None:
    first, other = running.parts.db.read(lambda tx: [one.id for one in colleagues(tx)])
    booking = booked(running, member)
    here = f"/console/bookings/{booking.id}"
    of_it, away = (first, other) if booking.counsellor_id == first else (other, first)
    desk, stranger = counsels(running, of_it), counsels(running, away)
    assert (await desk.get(here)).status == 200
    assert here in (await desk.get(f"/console/members/{member}")).body
    assert (await stranger.get(here)).status == 404
    assert here not in (await stranger.get(f"/console/members/{member}")).body
    for act in ("move", "cancel"):
        assert (await stranger.post(f"{here}/{act}", sure="yes")).status == 404
    # What she booked for somebody with a colleague she may look after; beside it, second is as good as first.
    book = f"/console/members/{member}/book"
    at = times(await stranger.post(book, **wish(running, only=str(of_it))))[-1]
    await (await stranger.post(book, **wish(running, only=str(of_it)), at=at, sure="yes")).follow()
    assert stranger.status == 200
    joint = {"second_id": away, "second_site_id": running.site.id}
    row = table(BookingRow)
    running.parts.db.write(
        lambda tx: tx.query(update(row).where(row.c.id == booking.id).values(**joint)) and None
    )
    assert (await stranger.get(here)).status == 200


async def test_an_admin_opens_no_meeting(running: Console, member: int) -> None:
    booking = booked(running, member)
    desk = running.signed_in("admin")
    for path in (f"/console/bookings/{booking.id}", f"/console/members/{member}/book"):
        assert (await desk.get(path)).status == 404
        assert path not in (await desk.get(f"/console/members/{member}")).body


async def test_moving(running: Console, member: int) -> None:
    booking = booked(running, member)
    desk = counsels(running, booking.counsellor_id)
    here = f"/console/bookings/{booking.id}/move"
    first = times(await desk.post(here))[0]
    await desk.post(here, at=first)
    assert "Move it to this time?" in desk.words
    await (await desk.post(here, at=first, sure="yes", knows="1")).follow()
    after = running.parts.db.read(lambda tx: changes.found(tx, booking.id))
    assert after is not None
    assert (after.version, after.starts_at) == (2, from_ms(int(first)))
    assert acts(running) == ["booking.move"]


async def test_cancelling_asks_first_and_happens_once(running: Console, member: int) -> None:
    booking = booked(running, member)
    desk = running.signed_in("desk")
    here = f"/console/bookings/{booking.id}"
    assert (await desk.post(f"{here}/cancel")).status == 422
    assert len(rows(running, CellRow)) == 6
    await (await desk.post(f"{here}/cancel", sure="yes")).follow()
    assert "Cancelled" in desk.words
    assert rows(running, CellRow) == []
    assert (await desk.post(f"{here}/cancel", sure="yes")).status == 422
    assert (await desk.post(f"{here}/move")).status == 422
    assert acts(running) == ["booking.cancel"]


# --- a whole day ---


async def test_a_day_is_previewed_then_called_off(running: Console, member: int) -> None:
    booking = booked(running, member)
    desk = running.signed_in("coordinator")
    of = {"id": str(booking.counsellor_id), "day": "2026-03-03"}
    await desk.get("/console/dayoff")
    await desk.post("/console/dayoff", **of)
    assert "1 appointment will be cancelled" in desk.words
    assert booking.code in desk.words
    assert rows(running, daysoff.DayOffRow) == []
    await (await desk.post("/console/dayoff/cancel", **of)).follow()
    assert "Tuesday 3 March" in desk.words
    after = running.parts.db.read(lambda tx: changes.found(tx, booking.id))
    assert after is not None
    assert after.state == "cancelled"
    await desk.post("/console/dayoff/cancel", **of)
    assert len(rows(running, changes.ChangeRow)) == 1
    assert acts(running) == ["day.cancel", "day.cancel"]
    assert rows(running, NoticeRow) == []  # telling is a tick's work
    assert [row for row in rows(running, MessageRow) if row.kind == "booking_change"] == []


async def test_of_who_refused_her_the_preview_tells_only_the_time(running: Console, member: int) -> None:
    booking = booked(running, member)
    desk = counsels(running, booking.counsellor_id)
    assert desk.staff is not None
    mine = desk.staff.id
    of = {"id": str(booking.counsellor_id), "day": "2026-03-03"}
    assert booking.code in (await desk.post("/console/dayoff", **of)).body
    running.parts.db.write(lambda tx: refusals.add(tx, member, mine, make.MONDAY))
    await desk.post("/console/dayoff", **of)
    assert (desk.status, "<li>9:00</li>" in desk.body or "<li>09:00</li>" in desk.body) == (200, True)
    assert booking.code not in desk.body


async def test_a_counsellor_calls_off_her_own_days_only(running: Console) -> None:
    hers, other = running.parts.db.read(lambda tx: [one.id for one in colleagues(tx)])
    assert "nobody here whose day" in (await running.signed_in("counsellor").get("/console/dayoff")).words
    desk = counsels(running, hers)
    day = {"day": "2026-03-03"}
    assert (await desk.post("/console/dayoff", id=str(other), **day)).status == 404
    assert (await desk.post("/console/dayoff/cancel", id=str(other), **day)).status == 404
    assert (await desk.post("/console/dayoff", id=str(hers), **day)).status == 200


@pytest.mark.parametrize("day", ["", "2026-02-30", "2026-03-01", "2026-05-30", "tomorrow", "9999-12-31"])
async def test_an_odd_day_is_refused_and_kept(running: Console, day: str) -> None:
    hers = running.parts.db.read(lambda tx: [one.id for one in colleagues(tx)])[0]
    desk = running.signed_in("desk")
    for path in ("/console/dayoff", "/console/dayoff/cancel"):
        assert (await desk.post(path, id=str(hers), day=day)).status == 422
        assert (await desk.post(path, day="2026-03-03")).status == 422
    assert rows(running, daysoff.DayOffRow) == []
