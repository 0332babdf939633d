"""Closed days: a site's list of a year, Slovenia's work-free days and a small table as proposals, added all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from bot import names
from bot.console.access import Me
from bot.console.calendar import CALENDAR, EDITORS, Words, place
from bot.console.fields import number
from bot.console.pages import FORM, Problem, page, see_saved
from bot.console.upload import FILE
from bot.web.parts import PARTS
from flows import closure
from flows.closure import BadTable
from storage import audit, closures, people, schedules
from storage.closures import Closed
from storage.schedules import LeavesOut
from storage.sql import Tx

CLOSED = f"{CALENDAR}/closed"
YEARS_BACK, YEARS_AHEAD = 2, 5
Days = Sequence[tuple[date, str]]


@dataclass(frozen=True, slots=True)
class Proposed:
    """One day that would be closed."""

    day: date
    reason: str
    already: str | None
    """Why it is closed now, when it is."""
    meetings: tuple[str, ...]
    """Times of booked meetings that lie on it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be closed, and what the form sends back."""

    rows: tuple[Proposed, ...]
    table: str
    word: str
    """Names the meetings she was shown."""

    @property
    def new(self) -> int:
        """How many are not closed yet."""
        return sum(one.already is None for one in self.rows)

    @property
    def meetings(self) -> int:
        """How many meetings lie on those."""
        return sum(len(one.meetings) for one in self.rows)


async def closed_page(
    request: web.Request, me: Me, problem: Problem | None = None, proposed: Days = ()
) -> web.Response:
    """The closed days of a year, and what is proposed for it."""
    parts, told = request.app[PARTS], request.get(FORM) or request.query
    site_id, now = place(me, told.get("site", ""), parts.office.main.id), parts.clock()
    edits = site_id in me.sites(*EDITORS)
    zone = await parts.read(lambda tx: closures.zone(tx, site_id))
    today = now.astimezone(zone).date()
    years = range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1)
    year = number(told.get("year", ""))
    year = year if year in years else today.year
    if edits and not proposed and FORM not in request and request.query.get("holidays"):
        proposed = closure.holidays(year)
        problem = None if proposed else Problem("closure-no-holidays", year=str(year))
    words = Words(request, me, zone)

    def unit(tx: Tx) -> tuple[list[Closed], Proposal | None, dict[int, str]]:
        listed = closures.between(tx, site_id, date(year, 1, 1), date(year, 12, 31))
        return (
            listed,
            _proposal(tx, site_id, proposed, now, words) if proposed else None,
            people.places(tx, me.sites()),
        )

    listed, proposal, places = await parts.read(unit)
    return page(
        request,
        me,
        "closures.html",
        problem=problem,
        typed=request.get(FORM),
        listed=listed,
        proposal=proposal,
        edits=edits,
        site=site_id,
        place=places[site_id],
        year=year,
        years=years,
        today=today,
        calendar=CALENDAR,
    )


def _proposal(tx: Tx, site_id: int, days: Days, now: datetime, words: Words) -> Proposal:
    there = {one.day: one.reason for one in closures.between(tx, site_id, days[0][0], days[-1][0])}
    new = [day for day, _ in days if day not in there]
    lie = closures.meetings(tx, site_id, new, now)
    of: dict[date, list[str]] = {}
    for row in lie:
        of.setdefault(words.day(row.starts_at), []).append(words.wall(row.starts_at))
    return Proposal(
        tuple(Proposed(day, reason, there.get(day), tuple(of.get(day, ()))) for day, reason in days),
        closure.written(days),
        schedules.word((row.id, row.starts_at) for row in lie),
    )


def _site(request: web.Request, me: Me) -> int:
    """The site whose days she changes; it must be named."""
    site_id = number(request[FORM].get("site", ""))
    if site_id not in me.sites(*EDITORS):
        raise web.HTTPNotFound
    return site_id


def _year(request: web.Request) -> int:
    return number(request[FORM].get("year", ""))


def _bad(bad: BadTable) -> Problem:
    return Problem(f"closure-bad-{bad.reason}", line=str(bad.line))


async def upload(request: web.Request, me: Me) -> web.Response:
    """A table of days: what it would close is shown, nothing is saved yet."""
    _site(request, me)
    file = request[FILE]
    if file.is_too_big:
        return await closed_page(request, me, Problem("closure-file-big"))
    if not file.body:
        return await closed_page(request, me, Problem("closure-no-file"))
    try:
        days = closure.parsed(file.body, _year(request))
    except BadTable as bad:
        return await closed_page(request, me, _bad(bad))
    return await closed_page(request, me, proposed=days)


async def add(request: web.Request, me: Me) -> web.Response:
    """Close one day, or all that were proposed, in one write."""
    form, site_id = request[FORM], _site(request, me)
    try:
        days = closure.parsed(form["table"].encode(), _year(request)) if form.get("table") else [_one(form)]
    except BadTable as bad:
        return await closed_page(request, me, _bad(bad))
    except Problem as problem:
        return await closed_page(request, me, problem)
    parts, now, new = request.app[PARTS], request.app[PARTS].clock(), names.uid()

    def unit(tx: Tx) -> int:
        added = closures.add(tx, site_id, days, now=now, sure=form.get("sure"))
        if added:
            about = audit.name(tx, "site", site_id, new)
            audit.record(tx, now, me.uid, "closed.add", about, {"days": added, "site": site_id})
        return added

    try:
        added = await parts.write(unit)
    except LeavesOut as out:
        return await closed_page(request, me, Problem("closure-meetings", count=len(out.times)), days)
    if not added:
        return await closed_page(request, me, Problem("closure-already"))
    return see_saved(f"{CLOSED}?site={site_id}&year={days[0][0].year}")


def _one(form: dict[str, str]) -> tuple[date, str]:
    day, reason = closure.read_day(form.get("day", "").strip()), closure.checked(form.get("reason", ""))
    if day is None:
        raise Problem("closure-date")
    if reason is None:
        raise Problem("closure-reason")
    return day, reason


async def remove(request: web.Request, me: Me) -> web.Response:
    """A day is an ordinary one again."""
    parts, site_id, now, new = request.app[PARTS], _site(request, me), request.app[PARTS].clock(), names.uid()
    closed_id = number(request.match_info["id"])

    def unit(tx: Tx) -> bool:
        gone = closures.remove(tx, site_id, closed_id)
        if gone:
            about = audit.name(tx, "site", site_id, new)
            audit.record(tx, now, me.uid, "closed.remove", about, {"site": site_id})
        return gone

    if not await parts.write(unit):
        raise web.HTTPNotFound
    return see_saved(f"{CLOSED}?site={site_id}&year={_year(request)}")
