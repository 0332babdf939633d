"""Rooms: a site's list, its changes, and which counsellors meet people in one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot import names
from bot.console.access import Me
from bot.console.calendar import CALENDAR, EDITORS, Words, place
from bot.console.fields import number
from bot.console.pages import FORM, Problem, page, see_other
from bot.web.parts import PARTS
from storage import audit, closures, people, roomplans
from storage.roomplans import BadRoom, Facts, Need
from storage.rooms import NAME_MAX, NOTE_MAX, SEATS_MAX, SEATS_MIN, Room
from storage.schedules import LeavesOut
from storage.sql import Tx

ROOMS = f"{CALENDAR}/rooms"
ANY, NONE = "any", "none"
_WITHOUT_MAX = 999
"""A number an address may say; what is more is not believed."""


async def rooms_page(
    request: web.Request, me: Me, problem: Problem | None = None, out: LeavesOut | None = None
) -> web.Response:
    """The rooms of a site, and the form to add one or change one."""
    parts, told = request.app[PARTS], request.get(FORM) or request.query
    site_id = place(me, told.get("site", ""), parts.office.main.id)

    def unit(tx: Tx) -> tuple[list[Room], list[Need], dict[int, str]]:
        places = people.places(tx, me.sites())
        return roomplans.rooms(tx, site_id), roomplans.needs(tx, site_id), places

    zone = await parts.read(lambda tx: closures.zone(tx, site_id))
    found, needs, places = await parts.read(unit)
    words = Words(request, me, zone)
    chosen = number(request.match_info.get("id", "") or told.get("room", ""))
    edited = next((one for one in found if one.id == chosen), None)
    typed = request.get(FORM)
    return page(
        request,
        me,
        "rooms.html",
        problem=problem,
        typed=typed,
        rooms=[one for one in found if one.active],
        closed=[one for one in found if not one.active],
        needs=needs,
        need=lambda one: NONE if not one.needs else str(one.room_id or ANY),
        edits=site_id in me.sites(*EDITORS),
        edited=edited,
        fields=typed if typed and "name" in typed else _as_typed(edited),
        without=min(number(told.get("without", "")), _WITHOUT_MAX),
        out=[words.say("calendar-at", day=words.day(at), time=words.wall(at)) for at in out.times]
        if out
        else [],
        word=out.word if out else "",
        site=site_id,
        places=places,
        calendar=CALENDAR,
        here=ROOMS,
        name_max=NAME_MAX,
        note_max=NOTE_MAX,
        seats=(SEATS_MIN, SEATS_MAX),
    )


def _as_typed(room: Room | None) -> dict[str, str]:
    """What the form begins with."""
    if room is None:
        return {"seats": str(SEATS_MIN + 1)}
    known = {"name": room.name, "seats": str(room.seats), "note": room.note}
    return known | ({"step_free": "1"} if room.step_free else {})


def _facts(form: dict[str, str]) -> Facts:
    said = {name: " ".join(form.get(name, "").split()) for name in ("name", "note")}
    return Facts(said["name"], number(form.get("seats", "")), form.get("step_free") == "1", said["note"])


Change = Callable[[Tx, int, datetime], int | None]
"""Changes the rooms of this site at this time; how many meetings ahead have no room, when that is to be told."""


async def _change(request: web.Request, me: Me, act: str, change: Change) -> web.Response:
    """A change of the site that is named, which must be one of hers."""
    parts, now, new = request.app[PARTS], request.app[PARTS].clock(), names.uid()
    site_id = number(request[FORM].get("site", ""))
    if site_id not in me.sites(*EDITORS):
        raise web.HTTPNotFound

    def unit(tx: Tx) -> int | None:
        without = change(tx, site_id, now)
        audit.record(tx, now, me.uid, act, audit.name(tx, "site", site_id, new), {"site": site_id})
        return without

    try:
        without = await parts.write(unit)
    except BadRoom as bad:
        if str(bad) == "gone":
            raise web.HTTPNotFound from None
        return await rooms_page(request, me, Problem(f"rooms-problem-{bad}"))
    except LeavesOut as out:
        return await rooms_page(request, me, Problem("rooms-leaves-out", count=len(out.times)), out)
    return see_other(f"{ROOMS}?site={site_id}" + (f"&without={without}" if without else ""))


def _room(request: web.Request) -> int:
    return number(request.match_info["id"])


async def add(request: web.Request, me: Me) -> web.Response:
    """A new room."""
    facts = _facts(request[FORM])

    def change(tx: Tx, site_id: int, _now: datetime) -> None:
        roomplans.add(tx, site_id, facts)

    return await _change(request, me, "room.add", change)


async def save(request: web.Request, me: Me) -> web.Response:
    """Another name, other seats, another note."""
    facts = _facts(request[FORM])

    def change(tx: Tx, site_id: int, _now: datetime) -> None:
        roomplans.change(tx, site_id, _room(request), facts)

    return await _change(request, me, "room.change", change)


async def close(request: web.Request, me: Me) -> web.Response:
    """It is not given any more."""
    sure = request[FORM].get("sure", "")

    def change(tx: Tx, site_id: int, now: datetime) -> None:
        roomplans.close(tx, site_id, _room(request), now=now, sure=sure)

    return await _change(request, me, "room.close", change)


async def reopen(request: web.Request, me: Me) -> web.Response:
    """It is given again."""

    def change(tx: Tx, site_id: int, _now: datetime) -> None:
        roomplans.reopen(tx, site_id, _room(request))

    return await _change(request, me, "room.open", change)


async def need(request: web.Request, me: Me) -> web.Response:
    """Whether a counsellor meets people in any room, in a certain one, or in none."""
    form = request[FORM]
    who, told = number(form.get("counsellor", "")), form.get("need", "")

    def change(tx: Tx, site_id: int, now: datetime) -> int | None:
        if told not in (ANY, NONE) and not number(told):
            raise BadRoom("need")
        certain = None if told in (ANY, NONE) else number(told)
        roomplans.need(tx, site_id, who, needs_one=told != NONE, room_id=certain)
        return None if told == NONE else roomplans.without(tx, site_id, who, now)

    return await _change(request, me, "room.need", change)
