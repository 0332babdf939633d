"""What staff can wish for when they book for somebody, what is free then, and a meeting as their pages tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.console.access import Me, Role
from bot.console.fields import number
from bot.console.pages import Problem
from bot.web.parts import Parts
from storage import calendars, changes, mydata, sites
from storage.bookings import Booking
from storage.calendars import Second, Wanted
from storage.counsellors import MODES, Topic
from storage.places import Colleague, Place, colleagues, places
from storage.sites import Site
from storage.sql import Tx

ALL = (Role.DESK, Role.COORDINATOR)
"""Who may open every meeting of her site; a counsellor only those that are hers or that she made."""
BOOKS = frozenset({*ALL, Role.COUNSELLOR})
DAYS = 6
"""Days with a free time on one page."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be wished for at one site."""

    site: Site
    places: tuple[Place, ...]
    """The sites she may book at."""
    topics: tuple[Topic, ...]
    people: tuple[Colleague, ...]
    """Counsellors of the site whom the member did not refuse."""
    others: tuple[Colleague, ...]
    """The same of every site, for a joint meeting."""
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Free:
    """Some days and their free times."""

    days: tuple[tuple[date, tuple[datetime, ...]], ...]
    later: date | None
    """Where the next days begin."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A meeting as the page tells it."""

    topic: str
    mode: str
    language: str | None
    starts_at: datetime
    who: str | None
    """None while anybody may be it."""
    second: str | None
    place: str


def meeting(tx: Tx, me: Me, booking_id: int) -> Booking | None:
    """A meeting she may open."""
    return changes.at_desk(tx, booking_id, me.staff_id, me.sites(*ALL), me.sites(Role.COUNSELLOR))


def choices(tx: Tx, me: Me, member_id: int, asked: str) -> Choices | None:
    """What she may wish for at the asked site or her first; None when the member is not there for her."""
    hers = me.sites(*BOOKS)
    if not mydata.at_desk(tx, member_id, me.staff_id, hers):
        return None
    site_id = number(asked) if asked else hers[0]
    site = sites.get(tx, site_id) if site_id in hers else None
    if site is None:
        return None
    without = changes.unwanted(tx, member_id)
    everybody = tuple(one for one in colleagues(tx) if one.id not in without)
    people = tuple(one for one in everybody if one.site_id == site.id)
    return Choices(
        site,
        places(tx, hers),
        tuple(calendars.topics(tx, site)),
        people,
        everybody,
        tuple(sorted({tag for one in people for tag in one.languages})),
    )


def wish(tx: Tx, me: Me, member_id: int, form: dict[str, str]) -> Wanted | Problem | None:
    """What the form wishes for; a problem when it cannot be, None when it is not there for her."""
    there = choices(tx, me, member_id, form.get("site", ""))
    if there is None:
        return None
    if form.get("topic") not in {topic.slug for topic in there.topics} or form.get("mode") not in MODES:
        return Problem("bookings-problem-choose")
    only, second = number(form.get("only", "")), number(form.get("second", ""))
    language = form.get("language", "")
    if only and only not in {one.id for one in there.people}:
        return Problem("bookings-problem-choose")
    if language and language not in there.languages:
        return Problem("bookings-problem-choose")
    other = next((one for one in there.others if one.id == second), None)
    if second and (other is None or second == only):
        return Problem("bookings-problem-second")
    where = None if other is None else sites.get(tx, other.site_id)
    return Wanted(
        there.site,
        form["topic"],
        form["mode"],
        language or None,
        only=only or None,
        second=None if other is None or where is None else Second(where, other.id),
        without=changes.unwanted(tx, member_id),
    )


def wanted_of(tx: Tx, parts: Parts, booking: Booking) -> Wanted:
    """The wish that a meeting fulfils, with its second person."""
    site = parts.office.site(booking.site_id)
    wish = Wanted(site, booking.topic, booking.mode, booking.language)
    return changes.again(tx, wish, booking.id, booking.member_id)


def facts(tx: Tx, wanted: Wanted, starts_at: datetime, who: int | None) -> Facts:
    """A meeting, or one that is only wished for."""
    second = wanted.second
    hers = None if who is None else calendars.counsellor(tx, wanted.site, who)
    other = None if second is None else calendars.counsellor(tx, second.site, second.counsellor_id)
    return Facts(
        wanted.topic,
        wanted.mode,
        wanted.language,
        starts_at,
        None if hers is None else hers.name,
        None if other is None or second is None else f"{other.name}, {second.site.place}",
        f"{wanted.site.name}, {wanted.site.place}",
    )


def free(tx: Tx, wanted: Wanted, now: datetime, first: date | None, has: datetime | None) -> Free:
    """The next days with a free time, from `first` on; not the time she `has` already."""
    found = calendars.free_days(tx, wanted, now, first or date.min, DAYS + 1)
    days = tuple(
        (
            day,
            tuple(
                slot.starts_at for slot in calendars.free_slots(tx, wanted, day, now) if slot.starts_at != has
            ),
        )
        for day in found[:DAYS]
    )
    return Free(days, found[DAYS - 1] + timedelta(days=1) if len(found) > DAYS else None)
