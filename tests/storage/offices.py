"""Small calendars for tests of booking: topics, counsellors with hours, members who may book."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage import conversations, counsellors
from storage.calendars import Wanted
from storage.sites import Site
from storage.sql import Tx
from tests.helpers import make

NINE, TEN, NOON, FIVE = 9 * 60, 10 * 60, 12 * 60, 17 * 60


def office(
    tx: Tx, *, hours: tuple[int, int] = (NINE, NOON), people: int = 2, weekdays: int = 5
) -> tuple[Site, list[int]]:
    """Two topics and some counsellors: the first speaks Slovenian and Albanian, the others Slovenian and English."""
    site = make.site(tx)
    counsellors.add_topic(tx, site.id, "work", 30)
    counsellors.add_topic(tx, site.id, "lipa", 45, sensitive=True, place=1)
    found = []
    for number in range(people):
        who = counsellors.add_counsellor(
            tx,
            site.id,
            f"Nina {number}",
            languages=("sl", "en" if number else "sq"),
            topics=("work", "lipa") if number == 0 else ("work",),
            modes=("person", "phone", "video") if number == 0 else ("person", "phone"),
        )
        for weekday in range(weekdays):
            counsellors.add_hours(tx, who, weekday, *hours)
        found.append(who)
    return site, found


def member(tx: Tx, name: str, now: datetime) -> tuple[int, int]:
    """A member with a conversation: their ids."""
    conversation, somebody = conversations.load(tx, "telegram:1", name, now)
    return somebody.id, conversation.id


def wanted(site: Site, topic: str = "work", mode: str = "person", language: str | None = None) -> Wanted:
    """A wish."""
    return Wanted(site, topic, mode, language)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time of the site."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(make.ZONE))
