"""A site as the benches need it: twenty counsellors, sixty days, and a share of their time already taken."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select

from storage import bookings, calendars, counsellors, sites
from storage.bookings import BookingRow
from storage.cells import CellRow
from storage.conversations import ConversationRow
from storage.counsellors import MODES
from storage.grid import CELL_MS
from storage.members import AddressRow, MemberRow
from storage.migrate import upgrade
from storage.sites import Site
from storage.sql import Statement, Tx, table, to_ms
from storage.sqlite import SqliteDatabase

ZONE = "Europe/Ljubljana"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday morning; every run sees the same calendar."""
SLUG = "bench"
COUNSELLORS = 20
DAYS = 60
TAKEN_SHARE = 0.5
TOPICS = ("work", "papers", "family")
MINUTES = 30
LANGUAGES = ("sl", "sq", "en")
_STRANGER = "stranger"
_BATCH = 500


def insert_into(model: type, *names: str) -> Statement:
    """An insert of these columns, for bulk loading."""
    from sqlalchemy import bindparam

    return Statement(insert(table(model)).values({name: bindparam(name) for name in names}))


def bulk(tx: Tx, statement: Statement, rows: list[dict[str, Any]]) -> None:
    """Insert many rows in batches."""
    for at in range(0, len(rows), _BATCH):
        tx.many(statement, rows[at : at + _BATCH])


def build(url: str) -> Site:
    """Lay out an empty SQLite file and fill its calendar; synchronous is off, because this is never measured."""
    upgrade(url)
    db = SqliteDatabase(url, synchronous="OFF")
    try:
        site = db.write(_site)
        db.write(lambda tx: _counsellors(tx, site))
        db.write(lambda tx: _taken(tx, site))
    finally:
        db.close()
    return site


def _site(tx: Tx) -> Site:
    hours = tuple((weekday, 8 * 60, 16 * 60) for weekday in range(5))
    made = sites.add(
        tx,
        Site(0, SLUG, "SOCIO POINT", "Celje", "Trg 1, Celje", "03 000 00 01", ZONE, 20 * 60, 8 * 60, hours),
    )
    assert made is not None
    found = sites.find(tx, SLUG)
    assert found is not None
    return found


def _counsellors(tx: Tx, site: Site) -> None:
    for place, slug in enumerate(TOPICS):
        counsellors.add_topic(tx, site.id, slug, MINUTES, place=place)
    for number in range(COUNSELLORS):
        who = counsellors.add_counsellor(
            tx,
            site.id,
            f"Nina {number}",
            languages=LANGUAGES,
            topics=TOPICS,
            modes=MODES,
        )
        for weekday in range(5):
            counsellors.add_hours(tx, who, weekday, 8 * 60, 12 * 60)
            counsellors.add_hours(tx, who, weekday, 12 * 60 + 30, 16 * 60)


def _taken(tx: Tx, site: Site) -> None:
    """Strangers' meetings: every slot of every counsellor with the same small chance."""
    member = {"keeps_reminders": False, "do_not_write": False, "created_at": NOW}
    tx.query(insert(table(MemberRow)).values(**member))
    member_id = int(tx.query(select(table(MemberRow).c.id))[0].id)
    who = [row.id for row in tx.query(select(table(counsellors.CounsellorRow).c.id))]
    rng, zone = Random(1), ZoneInfo(ZONE)
    booked: list[dict[str, Any]] = []
    held: list[dict[str, Any]] = []
    for ahead in range(DAYS):
        day = NOW.astimezone(zone).date() + timedelta(days=ahead)
        if day.weekday() > 4:
            continue
        slots = [
            slot for span in ((8 * 60, 12 * 60), (12 * 60 + 30, 16 * 60)) for slot in range(*span, MINUTES)
        ]
        for counsellor_id in who:
            for minute in slots:
                if rng.random() >= TAKEN_SHARE:
                    continue
                starts = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
                booking = _booking(len(booked) + 1, member_id, site.id, counsellor_id, starts.astimezone(UTC))
                booked.append(booking)
                first = to_ms(booking["starts_at"]) // CELL_MS
                cells = range(first, first + MINUTES * 60_000 // CELL_MS)
                held += [
                    {"counsellor_id": counsellor_id, "cell": cell, "booking_id": len(booked)}
                    for cell in cells
                ]
    bulk(tx, insert_into(BookingRow, *booked[0]), booked)
    bulk(tx, insert_into(CellRow, *held[0]), held)


def _booking(
    number: int, member_id: int, site_id: int, counsellor_id: int, starts: datetime
) -> dict[str, Any]:
    return {
        "id": number,
        "member_id": member_id,
        "site_id": site_id,
        "counsellor_id": counsellor_id,
        "topic": TOPICS[0],
        "mode": MODES[0],
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=MINUTES),
        "state": "booked",
        "version": 1,
        "code": f"S{number:05d}",
        "created_at": NOW,
    }


def members(url: str, account: str, numbers: range) -> None:
    """Members who greeted us before: a language, an age band, a phone of their own, the menu open."""
    db = SqliteDatabase(url, synchronous="OFF")
    member = table(MemberRow)
    try:
        last = int(
            db.read(lambda tx: tx.query(select(member.c.id).order_by(member.c.id.desc()).limit(1)))[0].id
        )
        ids = {number: last + 1 + at for at, number in enumerate(numbers)}
        people = [
            {
                "id": ids[number],
                "language": "sl",
                "age_band": "adult",
                "shared_phone": "only_me",
                "write_when": "any",
                "keeps_reminders": False,
                "do_not_write": False,
                "created_at": NOW,
            }
            for number in numbers
        ]
        addresses = [
            {
                "id": ids[number],
                "account": account,
                "external_id": str(number),
                "member_id": ids[number],
                "reachable": True,
                "created_at": NOW,
            }
            for number in numbers
        ]
        talks = [
            {
                "id": ids[number],
                "address_id": ids[number],
                "member_id": ids[number],
                "stack": [["menu", {}]],
                "owner": "bot",
                "urgent": False,
                "misses": 0,
                "burst": 0,
                "asking_from": 0,
                "version": 0,
            }
            for number in numbers
        ]

        def write(tx: Tx) -> None:
            bulk(tx, insert_into(MemberRow, *people[0]), people)
            bulk(tx, insert_into(AddressRow, *addresses[0]), addresses)
            bulk(tx, insert_into(ConversationRow, *talks[0]), talks)

        db.write(write)
    finally:
        db.close()


def open_times(tx: Tx, site: Site) -> list[tuple[int, int, int]]:
    """Every meeting that holds time, as (starts, counsellor, ends) in milliseconds, sorted: what the baselines keep."""
    b = table(bookings.BookingRow)
    rows = tx.query(select(b.c.starts_at, b.c.counsellor_id, b.c.ends_at).where(b.c.site_id == site.id))
    return sorted((to_ms(row.starts_at), row.counsellor_id, to_ms(row.ends_at)) for row in rows)


def read_calendar(tx: Tx, site: Site) -> str:
    """Have the rules of the site worked out and kept in this process; their token."""
    assert calendars.topics(tx, site)
    return str(tx.one(calendars._TOKEN, site_id=site.id).token)


def day(text: str) -> date:
    """A day as a button names it."""
    return date.fromisoformat(text)


def find(tx: Tx) -> Site:
    """The site of the bench in an existing file."""
    found = sites.find(tx, SLUG)
    assert found is not None
    return found
