"""A year of two invented info points, the same at every run, and what a person counting by hand would find in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, update
from sqlmodel import SQLModel

from storage.bookings import BookingRow
from storage.counsellors import CounsellorRow, TopicRow
from storage.members import MemberRow
from storage.retention import BookingCount
from storage.sites import Site, SiteRow
from storage.sql import Statement, Tx, table
from storage.visits import VisitRow
from tests.bot.console.objects import put
from tests.helpers import make

YEAR = 2025
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LANGUAGES = ("sl", "sl", "sl", "sq", "sq", "sq", "ar", "bs", None)
TOPICS = ("work", "work", "papers", "money", "lipa")
OUTCOMES = ("attended", "attended", "attended", "missed", "cancelled", "booked")
RARE = 4
"""Meetings of a topic that nearly nobody asks for."""


@dataclass(frozen=True)
class Meeting:
    """One meeting as the people of the office remember it."""

    place: str
    day: date
    who: int
    language: str | None
    topic: str
    outcome: str


@dataclass(frozen=True)
class Walk:
    """Somebody came in."""

    place: str
    day: date
    language: str | None
    topic: str | None


@dataclass(frozen=True)
class Year:
    """Everything that happened."""

    meetings: tuple[Meeting, ...]
    walks: tuple[Walk, ...]


def made(seed: int = 1) -> Year:
    """The year: every working day some meetings and walk-ins, at Celje more than at Postojna."""
    rng = Random(seed)
    language_of = {who: rng.choice(LANGUAGES) for who in range(140)}
    meetings, walks = [], []
    for offset in range(365):
        day = date(YEAR, 1, 1) + timedelta(days=offset)
        if day.weekday() >= 5:
            continue
        for place, most, first in (("celje", 5, 0), ("postojna", 1, 100)):
            for _ in range(rng.randint(0, most)):
                who = first + rng.randrange(100 if place == "celje" else 40)
                meetings.append(
                    Meeting(place, day, who, language_of[who], rng.choice(TOPICS), rng.choice(OUTCOMES))
                )
            walks += [
                Walk(place, day, rng.choice(LANGUAGES), rng.choice((*TOPICS, None)))
                for _ in range(rng.randint(0, 3))
            ]
    meetings += [
        Meeting("celje", date(YEAR, 2 + number, 3), number, language_of[number], "breza", "attended")
        for number in range(RARE)
    ]
    return Year(tuple(meetings), tuple(walks))


def play(tx: Tx, year: Year) -> dict[str, Site]:
    """Write it into an empty database; the sites by name."""
    sites = {name: make.site(tx, name) for name in ("celje", "postojna")}
    row = table(SiteRow)
    tx.query(update(row).where(row.c.slug == "postojna").values(place="Postojna"))
    at: Callable[[date], datetime] = lambda day: datetime(  # noqa: E731 - one line, used twice
        day.year, day.month, day.day, 9, 30, tzinfo=ZoneInfo(make.ZONE)
    ).astimezone(UTC)
    counsellor = {}
    for name, site in sites.items():
        counsellor[name] = put(
            tx,
            CounsellorRow,
            site_id=site.id,
            name="C (test)",
            languages=["sl"],
            topics=["work"],
            modes=["person"],
        )
        for place, slug in enumerate(dict.fromkeys((*TOPICS, "breza"))):
            put(tx, TopicRow, site_id=site.id, slug=slug, minutes=30, place=place)
    born = {"keeps_reminders": False, "do_not_write": False, "created_at": NOW}
    known = {one.who: one.language for one in year.meetings}
    many(tx, MemberRow, [{"id": who + 1, "language": language, **born} for who, language in known.items()])
    rows = [
        {
            "member_id": one.who + 1,
            "site_id": sites[one.place].id,
            "counsellor_id": counsellor[one.place],
            "topic": one.topic,
            "mode": "person",
            "starts_at": at(one.day),
            "ends_at": at(one.day) + timedelta(minutes=30),
            "state": one.outcome,
            "version": 1,
            "code": f"Y{number}",
            "created_at": at(one.day) - timedelta(days=3),
        }
        for number, one in enumerate(year.meetings)
    ]
    many(tx, BookingRow, rows)
    _walk_in(tx, year, sites, at)
    return sites


def many(tx: Tx, model: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Many rows of a table with the same columns."""
    of = table(model)
    tx.many(
        Statement(insert(of).values({name: bindparam(name, type_=of.c[name].type) for name in rows[0]})), rows
    )


def _walk_in(tx: Tx, year: Year, sites: dict[str, Site], at: Callable[[date], datetime]) -> None:
    """Walk-ins are the desk's: without its table nobody counts any."""
    from tests.helpers.console import person

    visits = table(VisitRow)
    staff = {name: person(tx, site, "desk") for name, site in sites.items()}
    rows = [
        {
            "uid": f"{number:032x}",
            "site_id": sites[one.place].id,
            "at": at(one.day),
            "topic": one.topic,
            "language": one.language,
            "kind": "unknown",
            "status": None,
            "staff_id": staff[one.place],
            "undone_at": None,
        }
        for number, one in enumerate(year.walks)
    ]
    columns = {name: bindparam(name, type_=visits.c[name].type) for name in rows[0]}
    tx.many(Statement(insert(visits).values(columns)), rows)


def by_hand(year: Year, place: str, first: int, last: int, **line: str | None) -> tuple[int, int, int, int]:
    """Visits, people, bookings and kept of one place from month to month, of one language or topic when it is named."""
    visits = bookings = kept = 0
    known = set()

    def is_meant(one: Walk | Meeting) -> bool:
        if one.place != place or not first <= one.day.month <= last:
            return False
        return all(getattr(one, kind) == value for kind, value in line.items())

    for walk in year.walks:
        if is_meant(walk):
            visits += 1
    for meeting in year.meetings:
        if is_meant(meeting):
            bookings += 1
            if meeting.outcome == "attended":
                kept += 1
                known.add(meeting.who)
    return visits, len(known), bookings, kept


def removed(tx: Tx, site: Site, month: str, topic: str, state: str, n: int) -> None:
    """Meetings of which retention left the count."""
    values = {"month": month, "site_id": site.id, "topic": topic, "mode": "person", "state": state, "n": n}
    tx.query(insert(table(BookingCount)).values(values))
