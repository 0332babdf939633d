"""Who came today: one tap a meeting, and a tap to take it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot import names
from bot.console import calendar, live
from bot.console.access import Me, Role
from bot.console.fields import number
from bot.console.pages import FORM, Problem, page, see_other
from bot.web.parts import PARTS, Parts
from flows import attendance as rules
from flows import hours
from storage import attendance, audit
from storage.sql import Tx

Change = Callable[[Tx, int, datetime, datetime], bool]
"""(transaction, booking, now, when the day began) -> whether anything changed."""
TODAY = "/console/today"
ALL = (Role.DESK, Role.COORDINATOR)
"""Who sees every meeting of the site; a counsellor sees her own."""


def _today(parts: Parts, now: datetime) -> tuple[datetime, datetime]:
    """The local day of the house."""
    of = hours.zone(parts.office.main)
    begins = hours.local_midnight(now, of)
    return begins, hours.local_midnight(hours.days_on(begins, of, 1), of)


async def today_page(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    """Today's meetings, and older ones nobody has noted."""
    parts = request.app[PARTS]
    now = parts.clock()
    since, until = _today(parts, now)
    sites, own = me.sites(*ALL), me.sites(Role.COUNSELLOR)
    lines = await parts.read(
        lambda tx: attendance.lines(tx, me.staff_id, sites=sites, own=own, since=since, until=until, now=now)
    )
    return page(
        request,
        me,
        "today.html",
        problem=problem,
        today=[line for line in lines if line.starts_at >= since],
        before=[line for line in lines if line.starts_at < since],
        begun=lambda line: line.starts_at <= now,
        undoable=lambda line: line.recorded_at is not None and line.recorded_at >= since,
    )


async def record(request: web.Request, me: Me) -> web.Response:
    """She came, or she did not, or she had told a person that she would not."""
    told = request[FORM].get("came", "")
    if told == "cancelled":
        return await _change(
            request, me, "cancelled", lambda tx, one, now, _: attendance.cancel(tx, one, me.staff_id, now)
        )
    came = {"yes": True, "no": False}.get(told)
    if came is None:
        return await _again(request, me, Problem("attendance-gone"))
    return await _change(
        request,
        me,
        "attended" if came else "missed",
        lambda tx, one, now, _: attendance.record(tx, one, came, me.staff_id, now),
    )


async def undo(request: web.Request, me: Me) -> web.Response:
    """It was noted wrongly."""
    return await _change(
        request, me, "undo", lambda tx, one, now, since: rules.undo(tx, one, me.staff_id, now, since)
    )


async def _change(request: web.Request, me: Me, what: str, change: Change) -> web.Response:
    parts, booking_id, name = request.app[PARTS], number(request.match_info["id"]), names.uid()
    now = parts.clock()
    since, _ = _today(parts, now)
    sites, own = me.sites(*ALL), me.sites(Role.COUNSELLOR)

    def unit(tx: Tx) -> bool | None:
        if not attendance.may(tx, booking_id, me.staff_id, sites=sites, own=own):
            return None
        changed = change(tx, booking_id, now, since)
        if changed:
            about = audit.name(tx, "booking", booking_id, name)
            audit.record(tx, now, me.uid, "booking.record", about, {"state": what})
        return changed

    changed = await parts.write(unit)
    if changed is None:
        raise web.HTTPNotFound
    if not changed:
        return await _again(request, me, Problem("attendance-gone"))
    live.changed()
    return see_other(calendar.where(request) or TODAY)


async def _again(request: web.Request, me: Me, problem: Problem) -> web.Response:
    """The page she came from, with the sentence."""
    page_of = calendar.calendar_page if calendar.where(request) else today_page
    return await page_of(request, me, problem)
