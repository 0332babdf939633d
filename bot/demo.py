"""Demo data: one info point with invented members and services, and institutions and help lines with their sources.

Everything that happens in time is placed around the seeding clock, so the demo looks the same in any year. Only the
day on which a real fact was checked stays what it was.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from importlib import resources
from random import Random
from typing import Any, Literal
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import insert, select, update

from flows.texts import SHIPPED
from storage import (
    bookings,
    calendars,
    conversations,
    counsellors,
    duty,
    members,
    messages,
    office,
    services,
    sites,
    tongues,
    wordings,
)
from storage import people as staff
from storage.bookings import BookingRow, Taken
from storage.calendars import Wanted
from storage.counsellors import CounsellorRow
from storage.members import AddressRow
from storage.services import NewService
from storage.sites import ClosedDay, Site, SiteRow
from storage.sql import Tx, table

ACCOUNT = "demo"
"""No channel has this account, so nothing can be sent to an invented member."""
ZONE = "Europe/Ljubljana"
Entry = dict[str, Any]
"""A record of `demo_data/*.json`, which is ours and packaged with us."""
MARK = "demo"
"""The named time of the seeding: who finds it knows that these people are invented."""
HOLIDAY_YEARS = 10
REVIEW_DAYS = 365
INVENTED = "demo"
_BOOKED_BEFORE = timedelta(days=2)
_SEARCH_DAYS = 30
_SPAN = re.compile(r"([1-7]+) (\d+):(\d\d)-(\d+):(\d\d)")
_CLOCK = re.compile(r"(\d+):(\d\d)")


class DemoRefused(Exception):
    """The database is not for demo data; the text says why, for the operator."""


def is_empty(tx: Tx) -> bool:
    """Whether nobody has written to this database, no site stands in it and nobody set up an office."""
    return (
        not office.exists(tx)
        and not tx.query(select(table(SiteRow).c.id).limit(1))
        and not tx.query(select(table(AddressRow).c.id).limit(1))
    )


def seed(
    tx: Tx, site_slug: Literal["celje", "postojna"], now: datetime, rng: Random, zone: str = ZONE
) -> Site:
    """Fill an empty database with one site; refuses any other."""
    _refuse_others(tx)
    about, people = _load("sites"), _load("people")
    today = now.astimezone(ZoneInfo(zone)).date()
    site = _site(tx, site_slug, about, zone, today)
    _directory(tx, site, about, today, rng)
    for place, topic in enumerate(people["topics"]):
        counsellors.add_topic(tx, site.id, place=place, **topic)
    for who in people["counsellors"][site_slug]:
        _counsellor(tx, site, who)
    colleagues = {who["login"]: _staff(tx, site, who, now, rng) for who in people["staff"]}
    for shift in people["duty"]:
        for weekday, start, end in hours_of(shift["hours"]):
            duty.add_shift(
                tx,
                site.id,
                colleagues[shift["who"]],
                weekday=weekday,
                from_min=start,
                until_min=end,
                stand_in_id=colleagues[shift["stand_in"]],
            )
    known = {person["id"]: _member(tx, site, person, now) for person in people["members"]}
    for booking in people["bookings"]:
        _booking(tx, site, booking, known[booking["member"]], now, rng)
    for one in people["waiting"]:
        since = now - timedelta(minutes=one["minutes_ago"])
        conversation_id = known[one["member"]][1]
        messages.hear(tx, conversation_id, ACCOUNT, "text", one["said"], since)
        conversations.wait(tx, conversation_id, one["reason"], since)
    for language in dict.fromkeys(map(tongues.spoken, SHIPPED)):
        decided = people["languages"]
        wordings.decide(tx, language, colleagues[decided["by"]], now, opened=True, reason=decided["reason"])
    sites.mark(tx, MARK, now)
    return site


def _refuse_others(tx: Tx) -> None:
    accounts = table(AddressRow).c.account
    if tx.query(select(accounts).where(accounts != ACCOUNT).limit(1)):
        raise DemoRefused("This database holds the address of a real person. Demo data stays out of it.")
    if not is_empty(tx):
        raise DemoRefused("This database is not empty. Demo data goes only into an empty one.")


def _load(name: str) -> Entry:
    loaded: Entry = orjson.loads(resources.files("bot").joinpath("demo_data", f"{name}.json").read_bytes())
    return loaded


def helplines() -> tuple[list[Entry], dict[str, Entry]]:
    """The national help lines and who runs them, which are real: each with its source."""
    entries: list[Entry] = _load("services")["helplines"]
    return entries, {who["slug"]: who for who in _load("sites")["helpline_organisations"]}


def hours_of(text: str) -> tuple[tuple[int, int, int], ...]:
    """(weekday, from, until) rows of '24 9:00-10:30, 3 14:00-16:00'; 1 is Monday in the text, 0 in the row."""
    rows = []
    for days, *clock in _SPAN.findall(text):
        from_h, from_m, until_h, until_m = map(int, clock)
        rows += [(int(day) - 1, from_h * 60 + from_m, until_h * 60 + until_m) for day in days]
    return tuple(sorted(rows))


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the Gregorian computus of Meeus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> dict[date, str]:
    """The work-free days of a year in Slovenia and their names."""
    about = _load("sites")
    days = {date.fromisoformat(f"{year}-{day}"): name for day, name in about["holidays"].items()}
    return days | {easter(year) + timedelta(days=1): about["easter_monday"]}


def _site(tx: Tx, slug: str, about: Entry, zone: str, today: date) -> Site:
    own = {name: about["sites"][slug][name] for name in ("name", "place", "address", "phone")}
    (quiet_until, quiet_from) = (
        int(hour) * 60 + int(minute) for hour, minute in _CLOCK.findall(about["loud"])
    )
    told = Site(
        0,
        slug,
        timezone=zone,
        quiet_from_min=quiet_from,
        quiet_until_min=quiet_until,
        hours=hours_of(about["hours"]),
        **own,
    )
    site = sites.add(tx, told)
    if site is None:
        raise LookupError(slug)
    # The year before too: the demo's past appointments must not lie on a holiday.
    for year in range(today.year - 1, today.year + HOLIDAY_YEARS):
        for holiday, reason in holidays(year).items():
            tx.query(insert(table(ClosedDay)).values(site_id=site.id, day=holiday, reason=reason))
    return site


def _directory(tx: Tx, site: Site, about: Entry, today: date, rng: Random) -> None:
    """Organisations, services and help lines.

    A real fact keeps the day it was checked. Its review date counts from the seeding all the same: a demo is no place
    to act on a fact, and seeded in three years it must still show every card, with that old day on it.
    """
    checked = min(date.fromisoformat(about["verified_on"]), today)
    review_by = today + timedelta(days=REVIEW_DAYS)
    organisations = {}
    for who in about["sites"][site.slug]["organisations"] + about["helpline_organisations"]:
        organisations[who["slug"]] = services.add_organisation(tx, site.id, verified_on=checked, **who)
    catalogue = _load("services")
    for entry in catalogue["services"]:
        new = _new(entry, site, organisations["home"], review_by)
        services.add(
            tx,
            NewService(
                **new,
                topic=entry["topic"],
                childcare=entry["childcare"],
                place=site.place,
                address=site.address,
                phone=site.phone,
                languages=tuple(entry["languages"]),
                hours=hours_of(entry["hours"]),
                source=INVENTED,
                verified_on=today - timedelta(days=rng.randint(2, 30)),
            ),
        )
    for entry in catalogue["helplines"]:
        services.add(
            tx,
            NewService(
                **_new(entry, site, organisations[entry["organisation"]], review_by),
                topic="phones",
                phone=entry["phone"],
                hours=tuple((day, 0, 24 * 60) for day in range(7)) if entry["always"] else (),
                source=entry["source"],
                verified_on=checked,
            ),
        )


def _new(entry: Entry, site: Site, organisation_id: int, review_by: date) -> Entry:
    """What services and help lines have in common."""
    return {
        "site_id": site.id,
        "organisation_id": organisation_id,
        "slug": entry["slug"],
        "texts": {language: tuple(text) for language, text in entry["texts"].items()},
        "keywords": tuple(dict.fromkeys(entry["keywords"].split())),
        "cost_cents": entry["cost_cents"],
        "sensitive": entry.get("sensitive", False),
        "review_by": review_by,
    }


def _counsellor(tx: Tx, site: Site, who: Entry) -> None:
    counsellor_id = counsellors.add_counsellor(
        tx,
        site.id,
        who["name"],
        languages=tuple(who["languages"]),
        topics=tuple(who["topics"]),
        modes=tuple(who["modes"]),
    )
    for weekday, start, end in hours_of(who["hours"]):
        counsellors.add_hours(tx, counsellor_id, weekday, start, end)


def _staff(tx: Tx, site: Site, who: Entry, now: datetime, rng: Random) -> int:
    """An invented colleague, without a password: nobody can sign in as her before using an invitation. Her id."""
    row = table(CounsellorRow)
    counsels = tx.query(select(row.c.id).where(row.c.site_id == site.id, row.c.name == who["name"]))
    added = staff.add(
        tx,
        uid=f"{rng.getrandbits(72):018x}",
        login=who["login"],
        name=who["name"],
        languages=who["languages"],
        counsellor_id=counsels[0].id if counsels and "counsellor" in who["roles"] else None,
        now=now,
    )
    if added is None:
        raise LookupError(who["login"])
    for role in who["roles"]:
        staff.give_role(tx, added, site.id, role)
    return added


def _member(tx: Tx, site: Site, person: Entry, now: datetime) -> tuple[int, int]:
    """An invented member with an address that cannot be written to; her id and her conversation's."""
    conversation, member = conversations.load(
        tx, ACCOUNT, person["id"], now - timedelta(days=7), site_id=site.id
    )
    for name in ("language", "age_band", "shared_phone", "write_when"):
        if name in person:
            members.set_field(tx, member.id, name, person[name])
    members.set_reachable(tx, conversation.address_id, False)
    return member.id, conversation.id


def _booking(tx: Tx, site: Site, entry: Entry, who: tuple[int, int], now: datetime, rng: Random) -> None:
    """Take a free time on the n-th working day from today, as if it had been booked two days before."""
    wanted = Wanted(site, entry["topic"], entry["mode"], entry["language"])
    member_id, conversation_id = who
    today = now.astimezone(ZoneInfo(site.timezone)).date()
    step = -1 if entry["day"] < 0 else 1
    left = abs(entry["day"])
    for distance in range(1 if step < 0 else 0, _SEARCH_DAYS):
        day = today + timedelta(days=distance * step)
        before = now - _BOOKED_BEFORE + min(timedelta(0), timedelta(days=distance * step))
        slots = calendars.free_slots(tx, wanted, day, before)
        left -= 1 if _works(tx, site, day) else 0
        if not slots or left > (-1 if step > 0 else 0):
            continue
        taken = bookings.take(
            tx,
            wanted,
            rng.choice(slots).starts_at,
            member_id=member_id,
            conversation_id=conversation_id,
            now=before,
        )
        if isinstance(taken, Taken):
            if "was" in entry:
                row = table(BookingRow)
                tx.query(update(row).where(row.c.id == taken.booking.id).values(state=entry["was"]))
            return


def _works(tx: Tx, site: Site, day: date) -> bool:
    return day.weekday() < 5 and not sites.closed_days(tx, site.id, day, day)
