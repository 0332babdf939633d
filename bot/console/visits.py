"""Walk-ins: one tap counts a visit, about nobody. The page's script keeps taps while the network is away and sends each
with its random name, so that one sent twice counts once; without a script the same buttons are plain forms."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

from aiohttp import web

from bot.console.access import Me, Role
from bot.console.fields import number
from bot.console.pages import FORM, Problem, language_name, page, see_other
from bot.web.parts import PARTS, Parts
from bot.web.render import wants_json
from flows import hours
from flows.texts import Texts
from storage import audit, visits
from storage.sql import Tx
from storage.visits import KINDS, STATUSES, Place, Tally, Visit

VISITS = "/console/visits"
COUNTS = frozenset({Role.DESK, Role.COUNSELLOR, Role.COORDINATOR})
LANGUAGES = ("sl", "sq", "bs", "en", "es", "ar", "fa", "prs", "ps", "ur", "mk", "sr", "fr", "uk", "other")
"""Of whoever came in, the most frequent first; `other` is a language too."""
LATE_MAX = timedelta(days=14)
"""How long a tap may wait for the network."""
_UID = re.compile(rf"[0-9a-f]{{{visits.UID_LENGTH}}}", re.ASCII)
_MS = re.compile(r"\d{1,15}", re.ASCII)


def _today(parts: Parts, now: datetime) -> tuple[datetime, datetime]:
    zone = hours.zone(parts.office.main)
    since = hours.local_midnight(now, zone)
    return since, hours.local_midnight(hours.days_on(since, zone, 1), zone)


def topic_key(texts: Texts, language: str, slug: str | None) -> str:
    """The public name of what she came about."""
    if slug is None:
        return "visits-topic-none"
    key = f"booking-topic-{slug}"
    return key if texts.has(language, key) else "booking-topic-other"


async def show(
    request: web.Request, me: Me, problem: Problem | None = None, *, told: str | None = None
) -> web.Response:
    """The buttons, what was counted today, and the last tap to take back."""
    parts = request.app[PARTS]
    now = parts.clock()
    since, until = _today(parts, now)
    sites = me.sites(*COUNTS)

    def unit(tx: Tx) -> tuple[list[Place], Tally, Visit | None]:
        return (
            visits.places(tx, sites),
            visits.tally(tx, sites, since, until),
            visits.last(tx, me.staff_id, since),
        )

    places, tally, last = await parts.read(unit)
    typed = request.get(FORM, {}) if problem else {}
    wanted = number(typed.get("site") or request.query.get("site", ""))
    place = next((one for one in places if one.id == wanted), places[0])
    return page(
        request,
        me,
        "visits.html",
        problem=problem,
        typed=typed,
        told=told,
        places=places,
        place=place,
        tally=tally,
        last=last,
        uid=secrets.token_hex(visits.UID_LENGTH // 2),
        languages=LANGUAGES,
        statuses=STATUSES,
        topic_key=lambda slug: topic_key(parts.texts, me.language, slug),
        language_name=lambda tag: language_name(tag, me.language),
    )


async def add(request: web.Request, me: Me) -> web.Response:
    """One visit more."""
    parts, fields = request.app[PARTS], request[FORM]
    now, sites = parts.clock(), me.sites(*COUNTS)

    def unit(tx: Tx) -> None:
        visit = _read(fields, visits.places(tx, sites), me.staff_id, now)
        if visits.add(tx, visit):
            audit.record(tx, now, me.uid, "visit.add", visit.uid)

    try:
        await parts.write(unit)
    except Problem as problem:
        return await _wrong(request, me, problem)
    return await _done(request, me)


async def undo(request: web.Request, me: Me) -> web.Response:
    """The last tap was a slip."""
    parts, uid = request.app[PARTS], request[FORM].get("uid", "")
    now, sites = parts.clock(), me.sites(*COUNTS)

    def unit(tx: Tx) -> bool:
        undone = visits.undo(tx, uid, me.staff_id, sites, now)
        if undone:
            audit.record(tx, now, me.uid, "visit.undo", uid)
        return undone

    if not await parts.write(unit):
        raise web.HTTPNotFound
    return await _done(request, me)


def _read(fields: dict[str, str], places: list[Place], staff_id: int, now: datetime) -> Visit:
    """A tap as the form tells it; a `Problem` for what nobody could have tapped."""
    uid, topic = fields.get("uid", ""), fields.get("topic", "") or None
    place = next((one for one in places if one.id == number(fields.get("site", ""))), None)
    language, status = fields.get("language") or None, fields.get("status") or None
    kind = fields.get("kind") or visits.UNKNOWN
    if _UID.fullmatch(uid) is None or kind not in KINDS or status not in (None, *STATUSES):
        raise Problem("visits-wrong")
    if place is None:
        raise web.HTTPNotFound
    if language not in (None, *LANGUAGES) or topic not in (None, *place.topics):
        raise Problem("visits-wrong")
    at = _tapped_at(fields, now)
    if now - at > LATE_MAX:
        raise Problem("visits-late")
    return Visit(uid, place.id, at, topic, language, kind, status, staff_id)


def _tapped_at(fields: dict[str, str], now: datetime) -> datetime:
    """When it was tapped. The device's clock may be wrong, but what passed on it since the tap is right."""
    tapped, sent = fields.get("at", ""), fields.get("sent", "")
    if _MS.fullmatch(tapped) is None or _MS.fullmatch(sent) is None:
        return now
    waited = min(max(0, int(sent) - int(tapped)), 10**12)
    return now - timedelta(milliseconds=waited)


async def _done(request: web.Request, me: Me) -> web.Response:
    if not wants_json(request):
        return see_other(f"{VISITS}?site={number(request[FORM].get('site', ''))}")
    parts = request.app[PARTS]
    since, until = _today(parts, parts.clock())
    sites = me.sites(*COUNTS)
    tally = await parts.read(lambda tx: visits.tally(tx, sites, since, until))
    said = parts.texts.text(
        me.language,
        "visits-today",
        {"count": tally.visits, "first": tally.first, "repeat": tally.repeat},
    )
    return web.json_response({"today": said})


async def _wrong(request: web.Request, me: Me, problem: Problem) -> web.Response:
    if not wants_json(request):
        return await show(request, me, problem)
    text = request.app[PARTS].texts.text(me.language, problem.key, problem.args_of_text)
    return web.json_response({"text": text}, status=422)
