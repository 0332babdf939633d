"""Organisations of the directory: who they are, and whom to ask about their services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aiohttp import web

from bot import names
from bot.console import live
from bot.console import service_form as forms
from bot.console.access import Me
from bot.console.directory import EDITORS, READERS, TRIES, today_of
from bot.console.fields import number
from bot.console.pages import FORM, Problem, language_of, page, see_other
from bot.importing import reindex
from bot.web.parts import PARTS
from flows import directory as rules
from flows.directory import NotTaken
from storage import audit, directory, people
from storage.directory import OrganisationFacts, StoredOrganisation
from storage.sql import Tx

ORGANISATIONS = "/console/organisations"


def _find(tx: Tx, request: web.Request, sites: tuple[int, ...]) -> StoredOrganisation:
    found = directory.organisation(tx, number(request.match_info["id"]), sites)
    if found is None:
        raise web.HTTPNotFound
    return found


async def new_page(request: web.Request, me: Me) -> web.Response:
    """An empty form."""
    blank = {"verified_on": today_of(request.app[PARTS]).isoformat()}
    return await _form(request, me, None, blank)


async def one(request: web.Request, me: Me) -> web.Response:
    """An organisation; who may change it gets the form."""
    stored = await request.app[PARTS].read(lambda tx: _find(tx, request, me.sites(*READERS)))
    values = rules.organisation_cells(stored.facts) | {"seen": str(stored.version)}
    return await _form(request, me, stored, values)


async def _form(
    request: web.Request,
    me: Me,
    stored: StoredOrganisation | None,
    values: dict[str, str],
    problem: Problem | None = None,
    changes: list[list[str]] | None = None,
) -> web.Response:
    parts, language = request.app[PARTS], language_of(request, me)
    places = await parts.read(lambda tx: people.places(tx, me.sites(*EDITORS)))
    return page(
        request,
        me,
        "organisation.html",
        problem=problem,
        stored=stored,
        values=values,
        changes=changes or [],
        places=places,
        edits=stored is None or stored.site_id in me.sites(*EDITORS),
        field_name=lambda name: forms.field_name(parts.texts, language, name),
        most=rules.MAX | {"name": rules.ORGANISATION_NAME_MAX},
    )


def _facts(form: dict[str, str], slug: str, today: date) -> OrganisationFacts:
    return rules.organisation(form | {"slug": slug}, today)


async def create(request: web.Request, me: Me) -> web.Response:
    """One more organisation at one of her sites."""
    parts, form, uid = request.app[PARTS], request[FORM], names.uid()
    now, today = parts.clock(), today_of(parts)
    site_id = number(form.get("site", ""))
    if site_id not in me.sites(*EDITORS):
        raise web.HTTPNotFound

    def unit(tx: Tx) -> int:
        facts = _facts(form, forms.short_name({"name-sl": form.get("name", "")}), today)
        for ending in range(TRIES):
            slug = facts.slug if ending == 0 else f"{facts.slug[: rules.MAX['slug'] - 4]}-{ending + 1}"
            made = directory.add_organisation(tx, site_id, replace(facts, slug=slug))
            if made is not None:
                about = audit.name(tx, "organisation", made, uid)
                audit.record(tx, now, me.uid, "directory.change", about, {"change": "add"})
                return made
        raise Problem("directory-slug-taken")

    try:
        made = await parts.write(unit)
    except NotTaken as wrong:
        problem = forms.problem(parts.texts, language_of(request, me), wrong)
        return await _form(request, me, None, form, problem)
    except Problem as problem:
        return await _form(request, me, None, form, problem)
    live.changed()
    return see_other(f"{ORGANISATIONS}/{made}")


async def save(request: web.Request, me: Me) -> web.Response:
    """These facts from now on; its services are found by its new name."""
    parts, form, uid = request.app[PARTS], request[FORM], names.uid()
    now, today, seen = parts.clock(), today_of(parts), number(form.get("seen", ""))

    def unit(tx: Tx) -> tuple[StoredOrganisation, OrganisationFacts | None, bool]:
        stored = _find(tx, request, me.sites(*EDITORS))
        facts = _facts(form, stored.facts.slug, today)
        saved = directory.save_organisation(tx, stored, facts, seen)
        if saved:
            about = audit.name(tx, "organisation", stored.id, uid)
            audit.record(tx, now, me.uid, "directory.change", about, {"change": "edit"})
        return stored, facts, saved

    try:
        stored, facts, saved = await parts.write(unit)
    except NotTaken as wrong:
        stored = await parts.read(lambda tx: _find(tx, request, me.sites(*EDITORS)))
        problem = forms.problem(parts.texts, language_of(request, me), wrong)
        return await _form(request, me, stored, form, problem)
    assert facts is not None
    if not saved:
        changes = rules.differences(stored.facts, facts)
        values = form | {"seen": str(stored.version)}
        return await _form(request, me, stored, values, Problem("directory-changed"), changes)
    if facts.name != stored.facts.name:
        await reindex(parts, stored.id)
    live.changed()
    return see_other(f"{ORGANISATIONS}/{stored.id}")
