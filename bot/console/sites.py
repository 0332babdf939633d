"""The sites of the office: name, place, hours, quiet hours, promised answer. Who adds one becomes its admin."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta

from aiohttp import web

from bot.console.access import Me, Role
from bot.console.fields import clock, number
from bot.console.pages import FORM, Problem, language_of, page, retold, see_saved
from bot.console.setup_form import NotTaken, Reading, written
from bot.office import reload
from bot.web.parts import PARTS
from flows import setup
from flows.screen import LABEL_MAX
from storage import audit, office, people, sites
from storage.office import Office
from storage.sites import Site
from storage.sql import Tx

SITES = "/console/sites"
NAME_MAX, ADDRESS_MAX = 60, 120
DAY_MIN = 24 * 60
IDLE_MIN = 5
SITES_MAX = 30
_MINUTE = timedelta(minutes=1)
_LETTERS = str.maketrans({"đ": "d", "Đ": "d", "ł": "l", "ß": "ss", "ë": "e"})


def slug_of(place: str, taken: set[str]) -> str:
    """A short name out of the place, that no other site has."""
    marked = unicodedata.normalize("NFKD", place.translate(_LETTERS).casefold())
    plain = "".join(letter for letter in marked if not unicodedata.combining(letter))
    made = "-".join(re.findall(r"[a-z0-9]+", plain)) or "site"
    number_of = 2
    found = made
    while found in taken:
        found, number_of = f"{made}-{number_of}", number_of + 1
    return found


def filled(site: Site, version: int) -> dict[str, str]:
    """The form of a site as it stands."""
    told = {name: getattr(site, name) for name in ("name", "place", "address", "phone")}
    for day in range(7):
        told[f"hours-{day}"] = written([(begin, end) for on, begin, end in site.hours if on == day])
    return told | {
        "quiet_from": clock(site.quiet_from_min),
        "quiet_until": clock(site.quiet_until_min),
        "promised": str(site.promised_answer // _MINUTE),
        "idle": str(site.idle_after // _MINUTE),
        "seen": str(version),
    }


def _named(fields: Reading, before: Site, others: list[Site]) -> Site:
    """The site with its name, place, address and telephone number."""
    place = fields.text("place", LABEL_MAX)
    if place.casefold() in {site.place.casefold() for site in others}:
        fields.no("place", "taken")
    return replace(
        before,
        name=fields.text("name", NAME_MAX),
        place=place,
        address=fields.text("address", ADDRESS_MAX),
        phone=fields.phone("phone"),
    )


def read(form: dict[str, str], before: Site, of: Office) -> Site:
    """What a form says of a site; `NotTaken` when a field cannot be."""
    fields, others = Reading(form), [site for site in of.sites if site.id != before.id]
    quiet_from, quiet_until = fields.clock("quiet_from"), fields.clock("quiet_until")
    if quiet_from <= quiet_until:
        fields.no("quiet_from", "quiet")
    new = replace(
        _named(fields, before, others),
        hours=tuple((day, *span) for day in range(7) for span in fields.spans(f"hours-{day}")),
        quiet_from_min=quiet_from,
        quiet_until_min=quiet_until,
        promised_answer=fields.whole("promised", 1, DAY_MIN) * _MINUTE,
        idle_after=fields.whole("idle", IDLE_MIN, DAY_MIN) * _MINUTE,
    )
    fields.done()
    if of.is_open:  # files and addresses of an open office name it
        return new
    return replace(new, slug=slug_of(new.place, {site.slug for site in others}))


async def listed(
    request: web.Request, me: Me, problem: Problem | None = None, wrong: dict[str, str] | None = None
) -> web.Response:
    """Every site, hers to change, and the form for one more."""
    now = await request.app[PARTS].read(office.load)
    return page(
        request,
        me,
        "sites.html",
        problem=problem,
        typed=request.get(FORM),
        wrong=wrong or {},
        sites=now.sites,
        mine=me.sites(Role.ADMIN),
        called=setup.called,
        more=len(now.sites) < SITES_MAX and all(site.place for site in now.sites),
    )


async def add(request: web.Request, me: Me) -> web.Response:
    """One more site, like the first in its hours; who adds it is its admin."""
    parts, form, now = request.app[PARTS], request[FORM], request.app[PARTS].clock()

    def unit(tx: Tx) -> int:
        of, fields = office.load(tx), Reading(form)
        new = _named(fields, of.main, list(of.sites))
        if len(of.sites) >= SITES_MAX:
            fields.no("place", "many")
        fields.done()
        slug = slug_of(new.place, {site.slug for site in of.sites})
        made = sites.add(tx, replace(new, slug=slug, offered=not of.is_open))
        if made is None:
            raise Problem("setup-meanwhile")
        office.changed(tx)
        people.give_role(tx, me.staff_id, made.id, Role.ADMIN.value)
        audit.record(tx, now, me.uid, "site.add", None, {"site": made.id})
        audit.record(tx, now, me.uid, "staff.role", me.uid, {"roles": ["admin"], "site": made.id})
        return made.id

    try:
        made = await parts.write(unit)
    except NotTaken as refused:
        return await listed(request, me, refused.problem, refused.wrong)
    except Problem as problem:
        return await listed(request, me, problem)
    await reload(parts)
    return see_saved(f"{SITES}/{made}")


def find(request: web.Request, me: Me, of: Office) -> Site:
    """The site of the path, when she is its admin."""
    site_id = number(request.match_info["id"])
    found = next((site for site in of.sites if site.id == site_id), None)
    if found is None or site_id not in me.sites(Role.ADMIN):
        raise web.HTTPNotFound
    return found


async def one(
    request: web.Request,
    me: Me,
    problem: Problem | None = None,
    wrong: dict[str, str] | None = None,
    *,
    meanwhile: bool = False,
) -> web.Response:
    """The form of one site."""
    of = await request.app[PARTS].read(office.load)
    site = find(request, me, of)
    stored = filled(site, of.version)
    return page(
        request,
        me,
        "site.html",
        problem=problem,
        wrong=wrong or {},
        **retold(request, stored, meanwhile=meanwhile),
        site=site,
        is_open=of.is_open,
        called=setup.called,
    )


async def save(request: web.Request, me: Me) -> web.Response:
    """What is told of a site from now on."""
    parts, form, now = request.app[PARTS], request[FORM], request.app[PARTS].clock()
    seen = number(form.get("seen", ""))

    def unit(tx: Tx) -> bool:
        of = office.load(tx)
        new = read(form, find(request, me, of), of)
        if not office.save(tx, of, seen):  # the office's version moves with its sites
            return False
        sites.change(tx, new)
        audit.record(tx, now, me.uid, "site.change", None, {"site": new.id})
        return True

    try:
        saved = await parts.write(unit)
    except NotTaken as refused:
        return await one(request, me, refused.problem, refused.wrong)
    if not saved:
        return await one(request, me, Problem("setup-meanwhile"), meanwhile=True)
    await reload(parts)
    return see_saved(SITES if len(parts.office.sites) > 1 else "/console/setup")


async def offer(request: web.Request, me: Me) -> web.Response:
    """Members may choose it from now on, when nothing it needs is missing: nobody must wait where nobody answers."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()

    def unit(tx: Tx) -> int:
        of = office.load(tx)
        site = find(request, me, of)
        public = parts.settings.public_url is not None
        found = setup.steps(tx, replace(of, sites=(site,)), now, parts.texts, public=public)
        if lacks := setup.missing(found):
            said = (
                parts.texts.text(language_of(request, me), f"setup-lack-{one.what}", one.args)
                for one in lacks
            )
            raise Problem("setup-site-lacks", lacks=" ".join(said))
        if sites.offer(tx, site.id):
            office.changed(tx)
            audit.record(tx, now, me.uid, "site.offer", None, {"site": site.id})
        return site.id

    try:
        site_id = await parts.write(unit)
    except Problem as problem:
        return await one(request, me, problem)
    await reload(parts)
    return see_saved(f"{SITES}/{site_id}")
