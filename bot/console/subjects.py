"""The topics of a site: ready ones, the office's own with a name in every language, and sensitive ones with a neutral name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web

from bot.console.access import Me, Role
from bot.console.fields import number
from bot.console.pages import FORM, Problem, language_of, page, retold, see_other, see_saved
from bot.console.setup_form import NotTaken, Reading
from bot.web.parts import PARTS, Parts
from bot.wordings import reload
from flows import setup
from flows.danger import danger
from flows.screen import LABEL_MAX
from storage import audit, people, subjects, wordings
from storage.sql import Tx
from storage.subjects import OWN, Subject

SUBJECTS = "/console/subjects"
READY = ("work", "papers", "money", "family", "school", "other")
"""Topics that are named in every language."""
NEUTRAL = ("lipa", "breza", "javor", "hrast", "bor", "jelka")
"""Shipped names for sensitive topics: trees, which say nothing."""
MINUTES, SENSITIVE_MINUTES = 30, 45
MINUTES_MIN, MINUTES_MAX, CELL = 5, 480, 5
ABOUT_MAX = 60
Names = Mapping[tuple[str, str], str]


def site_of(told: Mapping[str, str], me: Me) -> int:
    """The site a form or an address names, when she is its admin."""
    site_id = number(told.get("site", ""))
    if site_id not in me.sites(Role.ADMIN):
        raise web.HTTPNotFound
    return site_id


def name_of(parts: Parts, language: str, slug: str) -> str:
    """The public name of a topic, as it is said in this language."""
    key = f"booking-topic-{slug}"
    return parts.texts.text(language, key) if parts.texts.has(language, key) else slug


async def listed(
    request: web.Request, me: Me, problem: Problem | None = None, wrong: dict[str, str] | None = None
) -> web.Response:
    """The topics of one of her sites, and the forms for more."""
    parts, told = request.app[PARTS], request.get(FORM) or request.query
    mine = me.sites(Role.ADMIN)
    site_id = number(told.get("site", ""))
    site_id = site_id if site_id in mine else mine[0]
    found, names, places = await parts.read(
        lambda tx: (subjects.listed(tx, site_id), wordings.names(tx), people.places(tx, mine))
    )
    language, here = language_of(request, me), {one.slug for one in found}
    return page(
        request,
        me,
        "subjects.html",
        problem=problem,
        typed=request.get(FORM),
        wrong=wrong or {},
        site=site_id,
        places=places,
        topics=found,
        ready=[slug for slug in READY if slug not in here],
        neutral=[slug for slug in NEUTRAL if slug not in here],
        elsewhere=subjects.elsewhere(names, here),
        languages=setup.named_in(parts.texts),
        unnamed=lambda one: one.slug.startswith(OWN) and setup.unnamed(names, one.slug, parts.texts),
        name_of=lambda slug: name_of(parts, language, slug),
        most=LABEL_MAX,
    )


def _names(
    tx: Tx, parts: Parts, fields: Reading, site_id: int, slug: str, *, sensitive: bool
) -> dict[str, str]:
    """The names a form gives, one a language; no two topics of a site may be called the same."""
    own = wordings.names(tx)
    others = [one.slug for one in subjects.listed(tx, site_id) if one.slug != slug]
    told = {}
    for tag in setup.named_in(parts.texts):
        field = f"name-{tag}"
        said = told[tag] = fields.text(field, LABEL_MAX)
        known = {own.get((tag, other)) or name_of(parts, tag, other) for other in others}
        if said and said.casefold() in {one.casefold() for one in known}:
            fields.no(field, "taken")
        if said and sensitive and danger(said) is not None:
            fields.no(field, "danger")
    return told


def _minutes(fields: Reading) -> int:
    found = fields.whole("minutes", MINUTES_MIN, MINUTES_MAX)
    if found % CELL:
        fields.no("minutes", "minutes")
    return found


async def add(request: web.Request, me: Me) -> web.Response:
    """More topics: ready ones that were ticked, one of the office's own, or a sensitive one."""
    parts, form, now = request.app[PARTS], request[FORM], request.app[PARTS].clock()
    site_id, kind = site_of(form, me), form.get("kind", "")

    def unit(tx: Tx) -> None:
        if kind == "ready":
            made = _add_ready(tx, site_id, form)
        else:
            made = [_add_one(tx, parts, site_id, form, sensitive=kind == "sensitive")]
        for slug in made:
            audit.record(tx, now, me.uid, "topic.add", None, {"topic": slug, "site": site_id})

    try:
        await parts.write(unit)
    except NotTaken as refused:
        return await listed(request, me, refused.problem, refused.wrong)
    except Problem as problem:
        return await listed(request, me, problem)
    await reload(parts)
    return see_saved(f"{SUBJECTS}?site={site_id}")


def _add_ready(tx: Tx, site_id: int, form: Mapping[str, str]) -> list[str]:
    known = (*READY, *sorted({slug for _, slug in wordings.names(tx)}))
    wanted = [slug for slug in known if form.get(f"topic-{slug}")]
    if not wanted:
        raise Problem("setup-topic-none")
    added = []
    for slug in wanted:
        if subjects.add(tx, site_id, slug, MINUTES, sensitive=False, label=None) is None:
            raise Problem("setup-meanwhile")
        added.append(slug)
    return added


def _add_one(tx: Tx, parts: Parts, site_id: int, form: Mapping[str, str], *, sensitive: bool) -> str:
    """A topic of the office's own, or a sensitive one, whose name may be a tree."""
    fields = Reading(form)
    tree = form.get("neutral", "") if sensitive else ""
    if tree and tree not in NEUTRAL:
        fields.no("neutral", "empty")
    names = {} if tree else _names(tx, parts, fields, site_id, "", sensitive=sensitive)
    minutes = _minutes(fields)
    label = fields.text("label", ABOUT_MAX) if sensitive else None
    if sensitive and not tree and form.get("checked") != "yes":
        fields.no("checked", "checked")
    fields.done()
    slug = subjects.add(tx, site_id, tree or None, minutes, sensitive=sensitive, label=label)
    if slug is None:
        raise Problem("setup-meanwhile")
    if names:
        wordings.name_topic(tx, slug, names)
    return slug


# --- one topic ---


def _find(tx: Tx, request: web.Request, me: Me) -> Subject:
    found = subjects.get(tx, number(request.match_info["id"]), me.sites(Role.ADMIN))
    if found is None:
        raise web.HTTPNotFound
    return found


def filled(one: Subject, names: Names) -> dict[str, str]:
    """The form of a topic as it stands."""
    told = {f"name-{tag}": name for (tag, slug), name in names.items() if slug == one.slug}
    return told | {
        "minutes": str(one.minutes),
        "label": one.label or "",
        "sensitive": "yes" if one.sensitive else "",
        "active": "yes" if one.active else "",
        "seen": str(one.version),
    }


async def one(
    request: web.Request,
    me: Me,
    problem: Problem | None = None,
    wrong: dict[str, str] | None = None,
    *,
    meanwhile: bool = False,
) -> web.Response:
    """The form of one topic."""
    parts = request.app[PARTS]
    topic, names = await parts.read(lambda tx: (_find(tx, request, me), wordings.names(tx)))
    return page(
        request,
        me,
        "subject.html",
        problem=problem,
        wrong=wrong or {},
        **retold(request, filled(topic, names), "sensitive", "active", "checked", meanwhile=meanwhile),
        topic=topic,
        own=topic.slug.startswith(OWN),
        languages=setup.named_in(parts.texts),
        title=name_of(parts, language_of(request, me), topic.slug),
        most=LABEL_MAX,
    )


async def save(request: web.Request, me: Me) -> web.Response:
    """What is told of a topic from now on; its bookings stay as they are."""
    parts, form, now = request.app[PARTS], request[FORM], request.app[PARTS].clock()
    seen = number(form.get("seen", ""))

    def unit(tx: Tx) -> int:
        before, fields = _find(tx, request, me), Reading(form)
        is_own, names = before.slug.startswith(OWN), dict[str, str]()
        sensitive = form.get("sensitive") == "yes" if is_own else before.sensitive
        if is_own:
            names = _names(tx, parts, fields, before.site_id, before.slug, sensitive=sensitive)
            stored = {tag: name for (tag, slug), name in wordings.names(tx).items() if slug == before.slug}
            renamed = any(stored.get(tag) != name for tag, name in names.items())
            if sensitive and (renamed or not before.sensitive) and form.get("checked") != "yes":
                fields.no("checked", "checked")
            names = stored | names
        label = fields.text("label", ABOUT_MAX) if sensitive else None
        new = replace(
            before,
            minutes=_minutes(fields),
            sensitive=sensitive,
            active=form.get("active") == "yes",
            label=label,
        )
        fields.done()
        if not subjects.save(tx, new, seen):
            raise Problem("setup-meanwhile")
        if is_own:
            wordings.name_topic(tx, before.slug, names)
        audit.record(tx, now, me.uid, "topic.change", None, {"topic": before.slug, "site": before.site_id})
        return before.site_id

    try:
        site_id = await parts.write(unit)
    except NotTaken as refused:
        return await one(request, me, refused.problem, refused.wrong)
    except Problem as problem:
        return await one(request, me, problem, meanwhile=True)
    await reload(parts)
    return see_saved(f"{SUBJECTS}?site={site_id}")


async def up(request: web.Request, me: Me) -> web.Response:
    """One place up in the list."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()

    def unit(tx: Tx) -> int:
        found = _find(tx, request, me)
        subjects.move_up(tx, found)
        audit.record(tx, now, me.uid, "topic.change", None, {"topic": found.slug, "site": found.site_id})
        return found.site_id

    return see_other(f"{SUBJECTS}?site={await parts.write(unit)}")
