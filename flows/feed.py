"""A counsellor's meetings as a calendar file (RFC 5545): when, and one word; never with whom or about what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from storage.feeds import AHEAD, BACK, Event

if TYPE_CHECKING:
    from icalendar import Event as Entry

PRODUCT = "-//Tocka//Calendar feed//EN"
LOOK_AGAIN = timedelta(hours=1)


def calendar(
    events: Iterable[Event], word: str, uid: Callable[[int], str], now: datetime, name: str
) -> bytes:
    """The file. `uid` turns a booking's number into a name that stays and tells nothing.

    Nothing in it depends on the minute it is made, so that an unchanged calendar has the same bytes.
    """
    from icalendar import Calendar  # a few megabytes, for one address

    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    for event in events:
        made.add_component(_entry(event, word, uid(event.booking_id)))
    # The clock changes of the years the feed can reach, whole years: the rules then change once a year.
    first, last = (now - BACK).year, (now + AHEAD).year
    made.add_missing_timezones(date(first - 1, 1, 1), date(last + 2, 1, 1))
    file: bytes = made.to_ical()
    return file


def _entry(event: Event, word: str, uid: str) -> Entry:
    changed = event.changed_at.astimezone(UTC).replace(microsecond=0)
    begins, ends = (at.astimezone(ZoneInfo(event.zone)) for at in (event.starts_at, event.ends_at))
    if _said_twice(begins) or _said_twice(ends):
        begins, ends = begins.astimezone(UTC), ends.astimezone(UTC)
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", uid)
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", event.version - 1)
    entry.add("dtstart", begins)
    entry.add("dtend", ends)
    entry.add("summary", word)
    entry.add("class", "PRIVATE")
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if event.cancelled else "OPAQUE")
    return entry


def _said_twice(at: datetime) -> bool:
    """Whether this wall-clock time comes twice, as in the night the clock goes back: it would not say which is meant."""
    return at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()
