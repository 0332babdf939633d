"""A whole day that cannot take place: choose it, see what it means, say yes, and everybody is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aiohttp import web

from bot.console import live
from bot.console.access import Me, Role
from bot.console.fields import day as day_of
from bot.console.fields import number
from bot.console.pages import FORM, Problem, page, see_other
from bot.web.parts import PARTS, Parts
from flows import changes as rules
from flows import hours
from storage import audit, daysoff, refusals
from storage.bookings import Booking
from storage.calendars import HORIZON_DAYS
from storage.daysoff import CalledOff, Person
from storage.sql import Tx

DAYOFF = "/console/dayoff"
ALL = (Role.DESK, Role.COORDINATOR, Role.ADMIN)
"""Who may call off anybody's day at her site; a counsellor only her own."""
CALLS_OFF = frozenset({*ALL, Role.COUNSELLOR})


@dataclass(frozen=True, slots=True)
class Meeting:
    """One that would be cancelled, and whether the bot can tell her: `send`, `hold` or why not."""

    booking: Booking
    outlook: str
    refused: bool
    """Its member does not want whoever looks: she reads the time and nothing else."""


def _people(tx: Tx, me: Me) -> list[Person]:
    return daysoff.people(tx, me.sites(*ALL), me.sites(Role.COUNSELLOR), me.staff_id)


def _today(parts: Parts, now: datetime) -> date:
    return now.astimezone(hours.zone(parts.office.main)).date()


async def dayoff_page(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    """Whose day, and which; and the days that were called off already."""
    parts = request.app[PARTS]
    today = _today(parts, parts.clock())

    def unit(tx: Tx) -> tuple[list[Person], list[CalledOff]]:
        people = _people(tx, me)
        return people, daysoff.ahead(tx, [one.counsellor_id for one in people], today)

    people, off = await parts.read(unit)
    return page(
        request,
        me,
        "dayoff.html",
        problem=problem,
        typed=request.get(FORM),
        people=people,
        off=off,
        first=today,
        last=today + timedelta(days=HORIZON_DAYS),
    )


async def _chosen(request: web.Request, me: Me) -> tuple[Person, date]:
    """The person and the day of the form."""
    parts, form = request.app[PARTS], request[FORM]
    wanted, day = number(form.get("id", "")), day_of(form.get("day", ""))
    if not form.get("id"):
        raise Problem("dayoff-problem-who")
    people = await parts.read(lambda tx: _people(tx, me))
    person = next((one for one in people if one.counsellor_id == wanted), None)
    if person is None:
        raise web.HTTPNotFound
    today = _today(parts, parts.clock())
    if day is None or not today <= day <= today + timedelta(days=HORIZON_DAYS):
        raise Problem("dayoff-problem-day")
    return person, day


async def preview(request: web.Request, me: Me) -> web.Response:
    """What would be cancelled, and who cannot be told by the bot. Nothing happens yet."""
    parts = request.app[PARTS]
    now = parts.clock()
    try:
        person, day = await _chosen(request, me)
    except Problem as problem:
        return await dayoff_page(request, me, problem)

    def unit(tx: Tx) -> list[Meeting]:
        return [
            Meeting(
                one,
                rules.outlook(tx, now, parts.office.site(person.site_id), parts.texts, one.member_id),
                refusals.refuses(tx, one.member_id, me.staff_id),
            )
            for one in daysoff.meetings(tx, person.counsellor_id, day, now)
        ]

    meetings = await parts.read(unit)
    unreached = [one for one in meetings if one.outlook not in ("send", "hold")]
    return page(
        request, me, "dayoff_sure.html", person=person, day=day, meetings=meetings, unreached=len(unreached)
    )


async def cancel(request: web.Request, me: Me) -> web.Response:
    """The second yes: first nobody can book the day any more, then its meetings are cancelled, some at a time."""
    parts = request.app[PARTS]
    now = parts.clock()
    try:
        person, day = await _chosen(request, me)
    except Problem as problem:
        return await dayoff_page(request, me, problem)

    def unit(tx: Tx) -> None:
        meetings = len(daysoff.meetings(tx, person.counsellor_id, day, now))
        daysoff.call_off(tx, person.counsellor_id, day, me.staff_id, now)
        audit.record(tx, now, me.uid, "day.cancel", None, {"site": person.site_id, "meetings": meetings})

    await parts.write(unit)
    # What is not done here, because the machine stops, a tick finishes.
    while await parts.write(lambda tx: rules.days_off(tx, now, person.site_id)):
        pass
    live.changed()
    return see_other(DAYOFF)
