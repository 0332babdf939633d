"""A member at the desk: all we hold about her as a file, and forgetting her when she asks for it in person."""

from __future__ import annotations

from aiohttp import web

from bot import names
from bot.console import live, wishes
from bot.console.access import Me, Role
from bot.console.pages import FORM, Problem, page, see_other
from bot.datafile import packed
from bot.settings import keyed
from bot.web.mine import file_of
from bot.web.parts import PARTS
from bot.web.render import chrome_language
from storage import audit, bookings, erasures, members, mydata
from storage.bookings import Booking
from storage.mydata import Record, Summary
from storage.sql import Tx

HANDS_OUT = frozenset({Role.DESK, Role.COUNSELLOR, Role.COORDINATOR, Role.ADMIN})
ERASES = frozenset({Role.COORDINATOR, Role.ADMIN})
_ID_MAX_DIGITS = 10


def _wanted(request: web.Request) -> int:
    told = request.match_info["id"]
    if not (told.isascii() and told.isdigit() and len(told) <= _ID_MAX_DIGITS):
        raise web.HTTPNotFound
    return int(told)


def _sees(tx: Tx, me: Me, member_id: int, roles: frozenset[Role]) -> bool:
    return mydata.at_desk(tx, member_id, me.staff_id, me.sites(*roles))


async def show(request: web.Request, me: Me) -> web.Response:
    """What there is of her in numbers, and the two things that can be done."""
    parts, member_id = request.app[PARTS], _wanted(request)
    now = parts.clock()

    def unit(tx: Tx) -> tuple[Summary, bool, list[tuple[Booking, bool]]] | None:
        if not _sees(tx, me, member_id, HANDS_OUT):
            return None
        meetings = [
            (one, wishes.meeting(tx, me, one.id) is not None)
            for one in bookings.upcoming(tx, member_id, now)
            if one.site_id in me.sites(*HANDS_OUT)
        ]
        return mydata.summary(tx, member_id, now), _sees(tx, me, member_id, ERASES), meetings

    found = await parts.read(unit)
    if found is None:
        raise web.HTTPNotFound
    return page(
        request, me, "member.html", member=member_id, summary=found[0], erases=found[1], meetings=found[2]
    )


async def data(request: web.Request, me: Me) -> web.Response:
    """The file she gets in her hand; that it was made is in the audit."""
    parts, member_id = request.app[PARTS], _wanted(request)
    now = parts.clock()

    def unit(tx: Tx) -> tuple[str | None, dict[str, list[Record]]] | None:
        member = members.find(tx, member_id)
        if member is None or not _sees(tx, me, member_id, HANDS_OUT):
            return None
        audit.record(tx, now, me.uid, "member.export", names.about(tx, "member", member_id))
        return member.language, mydata.everything(tx, member_id)

    told = await parts.write(unit)
    if told is None:
        raise web.HTTPNotFound
    return file_of(packed(told[1], parts.texts, chrome_language(parts.texts, told[0]), now))


async def erase_page(request: web.Request, me: Me) -> web.Response:
    """The question before."""
    parts, member_id = request.app[PARTS], _wanted(request)
    if not await parts.read(lambda tx: _sees(tx, me, member_id, ERASES)):
        raise web.HTTPNotFound
    return page(request, me, "member_erase.html", member=member_id)


async def erase(request: web.Request, me: Me) -> web.Response:
    """Forget her. The audit keeps that it was done; the name it knew her by stands for nobody from now on."""
    parts, member_id = request.app[PARTS], _wanted(request)
    now, sure = parts.clock(), request[FORM].get("sure") == "yes"

    def unit(tx: Tx) -> bool | None:
        if not _sees(tx, me, member_id, ERASES):
            return None
        if sure:
            audit.record(tx, now, me.uid, "member.erase", names.about(tx, "member", member_id))
            erasures.erase(tx, member_id, now, keyed(parts.key))
        return sure

    done = await parts.write(unit)
    if done is None:
        raise web.HTTPNotFound
    if not done:
        problem = Problem("members-not-sure")
        return page(request, me, "member_erase.html", problem=problem, member=member_id)
    live.changed()
    return see_other("/console/members/erased")


async def erased(request: web.Request, me: Me) -> web.Response:
    """It is done."""
    return page(request, me, "member_erased.html")
