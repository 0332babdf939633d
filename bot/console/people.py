"""The people who work here, for an admin: invite, roles at her sites, end sessions, keep out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from aiohttp import web

from bot import invitations
from bot.console import live
from bot.console.access import Me, Role
from bot.console.account import chosen_languages, spoken
from bot.console.door import hashed
from bot.console.pages import FORM, Problem, page, see_other, see_saved
from bot.invitations import Refused
from bot.names import uid
from bot.web.parts import PARTS
from storage import audit, people, sessions
from storage.people import Person
from storage.sql import Tx

STAFF = "/console/staff"


async def staff(request: web.Request, me: Me, problem: Problem | None = None, link: str = "") -> web.Response:
    """Everybody at her sites, and the form to invite one more. A link is shown once, when it is made."""
    parts, mine = request.app[PARTS], me.sites(Role.ADMIN)
    found, places = await parts.read(lambda tx: (people.at_sites(tx, mine), people.places(tx, mine)))
    return page(
        request,
        me,
        "people.html",
        problem=problem,
        typed=request.get(FORM),
        people=found,
        places=places,
        link=link,
        roles=tuple(Role),
        spoken=spoken(parts, me.language),
    )


async def invite(request: web.Request, me: Me) -> web.Response:
    """One more person at one of her sites."""
    parts, form, now = request.app[PARTS], request[FORM], request.app[PARTS].clock()
    site_id = _site(form, me)
    token, new = parts.token(), uid()
    try:
        wanted = invitations.checked(
            form.get("login", ""), form.get("name", ""), _roles(form), site_id, chosen_languages(parts, form)
        )
        wanted = replace(wanted, language=me.language)
        await parts.write(
            lambda tx: invitations.invite(tx, wanted, hashed(token), now, actor=me.uid, new=new)
        )
    except Refused as refused:
        return await staff(request, me, Problem(refused.key))
    live.changed()
    request[FORM] = {}
    return await staff(request, me, link=_link(request, token))


def _link(request: web.Request, token: str) -> str:
    parts = request.app[PARTS]
    # Without a public address she reaches us as the admin does.
    base = parts.settings.public_url or f"{request.scheme}://{request.host}"
    return f"{base}/console/invitation/{token}"


def _site(form: dict[str, str], me: Me) -> int:
    """The site a form names, when it is one of hers."""
    for site in me.sites(Role.ADMIN):
        if form.get("site") == str(site):
            return site
    raise web.HTTPNotFound


def _roles(form: dict[str, str]) -> frozenset[str]:
    """The ticked roles; whatever else a form holds is not read."""
    return frozenset(role.value for role in Role if form.get(f"role-{role.value}"))


# --- one person ---


def find(tx: Tx, me: Me, who: str) -> Person:
    """The person of this random name, when she has a role at one of the admin's sites."""
    found = people.by_uid(tx, who)
    if found is None or not set(found.roles) & set(me.sites(Role.ADMIN)):
        raise web.HTTPNotFound
    return found


def wholly_hers(me: Me, who: Person) -> bool:
    """Whether all of a person's roles are at the admin's sites: only then is her account the admin's matter."""
    return set(who.roles) <= set(me.sites(Role.ADMIN))


async def one(request: web.Request, me: Me, problem: Problem | None = None, link: str = "") -> web.Response:
    """A person, her roles, and what an admin may do."""
    parts, now, mine = request.app[PARTS], request.app[PARTS].clock(), me.sites(Role.ADMIN)

    def unit(tx: Tx) -> tuple[Person, int, dict[int, str]]:
        who = find(tx, me, request.match_info["uid"])
        return who, len(sessions.listed(tx, who.id, now)), people.places(tx, mine)

    who, open_sessions, places = await parts.read(unit)
    return page(
        request,
        me,
        "person.html",
        problem=problem,
        who=who,
        places=places,
        sessions=open_sessions,
        mine=wholly_hers(me, who),
        roles=tuple(Role),
        link=link,
        spoken=spoken(request.app[PARTS], me.language),
    )


async def _change(
    request: web.Request, me: Me, change: Callable[[Tx, Person], None], *, account: bool = True
) -> web.Response | None:
    """Find the person and change her in one transaction; the page with the problem when it may not be."""

    def unit(tx: Tx) -> None:
        who = find(tx, me, request.match_info["uid"])
        if account and not wholly_hers(me, who):
            raise Problem("staff-other-site")
        change(tx, who)

    try:
        await request.app[PARTS].write(unit)
    except Problem as problem:
        return await one(request, me, problem)
    live.changed()
    return None


async def set_roles(request: web.Request, me: Me) -> web.Response:
    """Her roles at one site from now on. Her sessions end: what she may do has changed."""
    now, form = request.app[PARTS].clock(), request[FORM]
    site_id, wanted = _site(form, me), _roles(form)

    def change(tx: Tx, who: Person) -> None:
        if who.roles.get(site_id, frozenset()) == wanted:
            return
        if not people.set_roles(tx, who.id, site_id, wanted):
            raise Problem("staff-last-admin")
        sessions.end_all(tx, who.id, now)
        audit.record(tx, now, me.uid, "staff.role", who.uid, {"roles": sorted(wanted), "site": site_id})

    refused = await _change(request, me, change, account=False)
    return refused or see_saved(STAFF)


async def set_languages(request: web.Request, me: Me) -> web.Response:
    """The languages she speaks with members: they give her rights over their texts."""
    now, wanted = request.app[PARTS].clock(), chosen_languages(request.app[PARTS], request[FORM])

    def change(tx: Tx, who: Person) -> None:
        if set(who.languages) != set(wanted):
            people.set_languages(tx, who.id, wanted)
            audit.record(tx, now, me.uid, "staff.languages", who.uid, {"languages": wanted})

    refused = await _change(request, me, change)
    return refused or see_saved(f"{STAFF}/{request.match_info['uid']}")


async def set_active(request: web.Request, me: Me) -> web.Response:
    """Keep her out, or let her in again."""
    now, active = request.app[PARTS].clock(), request[FORM].get("active") == "1"

    def change(tx: Tx, who: Person) -> None:
        if not people.set_active(tx, who.id, active):
            raise Problem("staff-last-admin")
        sessions.end_all(tx, who.id, now)
        audit.record(tx, now, me.uid, "staff.active" if active else "staff.inactive", who.uid)

    refused = await _change(request, me, change)
    return refused or see_saved(f"{STAFF}/{request.match_info['uid']}")


async def end_sessions(request: web.Request, me: Me) -> web.Response:
    """End every session of hers."""
    now = request.app[PARTS].clock()

    def change(tx: Tx, who: Person) -> None:
        sessions.end_all(tx, who.id, now)
        audit.record(tx, now, me.uid, "session.end", who.uid)

    refused = await _change(request, me, change)
    return refused or see_other(f"{STAFF}/{request.match_info['uid']}")


async def new_link(request: web.Request, me: Me) -> web.Response:
    """A link to choose a password anew, shown once; using it takes the second factor away and asks for another."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    token = parts.token()

    def change(tx: Tx, who: Person) -> None:
        if not who.active:
            raise Problem("staff-is-inactive")
        sessions.invite(tx, who.id, hashed(token), now)
        audit.record(tx, now, me.uid, "staff.invite", who.uid)

    refused = await _change(request, me, change)
    return refused or await one(request, me, link=_link(request, token))
