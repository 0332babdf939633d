"""Services of the directory: the list, one service, its form; still correct, asking its organisation, hiding it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from aiohttp import web

from bot import names
from bot.console import live
from bot.console import service_form as forms
from bot.console.access import Me, Role
from bot.console.door import hashed
from bot.console.fields import number
from bot.console.pages import FORM, Problem, language_name, language_of, page, see_other
from bot.web.confirm import STILL
from bot.web.parts import PARTS, Parts
from flows import directory as rules
from flows import hours
from flows.directory import NotTaken
from flows.texts import SHIPPED
from storage import audit, catalogue, confirmations, directory, tasks
from storage.directory import HIDDEN, SHOWN, ServiceFacts, StoredOrganisation, StoredService
from storage.services import TOPICS
from storage.sql import Tx

SERVICES = "/console/services"
READERS = (Role.DESK, Role.COUNSELLOR, Role.COORDINATOR, Role.ADMIN)
EDITORS = (Role.COORDINATOR, Role.ADMIN)
TRIES = 50
"""Endings tried for a short name that is taken."""


def today_of(parts: Parts) -> date:
    """The day of the house."""
    return parts.clock().astimezone(hours.zone(parts.office.main)).date()


def _told(tx: Tx, me: Me, now: datetime, act: str, service_id: int, uid: str, **details: object) -> None:
    audit.record(tx, now, me.uid, act, audit.name(tx, "service", service_id, uid), details or None)


# --- the list ---


async def services(request: web.Request, me: Me) -> web.Response:
    """The services of her sites that fit the filter, those due for review on top."""
    parts, asked = request.app[PARTS], request.query
    sites, today = me.sites(*READERS), today_of(parts)
    due_by = today + rules.REVIEW_BEFORE
    chosen = {
        "words": asked.get("words", "").strip()[:60],
        "topic": asked.get("topic", "") if asked.get("topic") in TOPICS else "",
        "missing": asked.get("missing", "") if asked.get("missing") in SHIPPED else "",
        "state": asked.get("state", "") if asked.get("state") in (SHOWN, HIDDEN) else "",
        "due": "1" if asked.get("due") == "1" else "",
    }
    offset = min(number(asked.get("from", "")), 100_000)

    def unit(tx: Tx) -> tuple[list[catalogue.Line], dict[str, int], int, list[StoredOrganisation]]:
        found = catalogue.lines(
            tx,
            sites,
            due_by=due_by,
            words=chosen["words"],
            topic=chosen["topic"],
            missing=chosen["missing"],
            state=chosen["state"],
            only_due=bool(chosen["due"]),
            offset=offset,
        )
        counts = catalogue.missing_counts(tx, sites, SHIPPED)
        due = catalogue.due_count(tx, sites, due_by)
        return found, counts, due, directory.organisations(tx, sites)

    lines, missing, due, owners = await parts.read(unit)
    return page(
        request,
        me,
        "services.html",
        lines=lines[: catalogue.PAGE],
        organisations=owners,
        more=offset + catalogue.PAGE if len(lines) > catalogue.PAGE else None,
        back=max(offset - catalogue.PAGE, 0) if offset else None,
        chosen=chosen,
        missing=missing,
        due=due,
        due_by=due_by,
        today=today,
        shipped=SHIPPED,
        topics=TOPICS,
        edits=me.has(*EDITORS),
        topic_name=lambda topic: topic_name(request, me, topic),
        in_words=lambda tag: language_name(tag, language_of(request, me)),
    )


def topic_name(request: web.Request, me: Me, topic: str) -> str:
    """What members read for a topic; the slug of one that has no text."""
    texts, language = request.app[PARTS].texts, language_of(request, me)
    key = f"services-topic-{topic}"
    return texts.text(language, key) if texts.has(language, key) else topic


# --- one service ---


@dataclass(frozen=True, slots=True)
class View:
    """One service with what staff have to do about it."""

    stored: StoredService
    organisation: StoredOrganisation
    asked_until: datetime | None
    reports: list[confirmations.Report]


def _find(tx: Tx, request: web.Request, me: Me, *roles: Role) -> StoredService:
    found = directory.service(tx, number(request.match_info["id"]), me.sites(*roles))
    if found is None:
        raise web.HTTPNotFound
    return found


async def service(
    request: web.Request, me: Me, problem: Problem | None = None, *, link: str = ""
) -> web.Response:
    """One service as it stands. A link is shown once, when it is made."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()

    def unit(tx: Tx) -> View:
        stored = _find(tx, request, me, *READERS)
        owner = directory.organisation(tx, stored.organisation_id, [stored.site_id])
        assert owner is not None
        return View(
            stored,
            owner,
            confirmations.waiting(tx, stored.id, now),
            confirmations.reports(tx, stored.id),
        )

    view = await parts.read(unit)
    today, language = today_of(parts), language_of(request, me)
    facts = view.stored.facts
    return page(
        request,
        me,
        "service.html",
        problem=problem,
        view=view,
        facts=facts,
        title=forms.title(facts),
        link=link,
        site_name=parts.office.site(view.stored.site_id).name,
        today=today,
        due=facts.state == SHOWN and facts.review_by <= today + rules.REVIEW_BEFORE,
        edits=view.stored.site_id in me.sites(*EDITORS),
        shipped=SHIPPED,
        months=rules.MONTHS,
        week=forms.week(facts),
        topic=topic_name(request, me, facts.topic),
        cost=rules.said_cost(facts.cost_cents),
        in_words=lambda tag: language_name(tag, language),
    )


# --- its form ---


async def new_page(request: web.Request, me: Me) -> web.Response:
    """An empty form."""
    return await _form(request, me, None, forms.blank(today_of(request.app[PARTS])))


async def edit_page(request: web.Request, me: Me) -> web.Response:
    """The form with the facts as they stand."""
    stored = await request.app[PARTS].read(lambda tx: _find(tx, request, me, *EDITORS))
    return await _form(request, me, stored, forms.filled(stored))


async def _form(
    request: web.Request,
    me: Me,
    stored: StoredService | None,
    values: dict[str, str],
    problem: Problem | None = None,
    changes: list[list[str]] | None = None,
) -> web.Response:
    parts, language = request.app[PARTS], language_of(request, me)
    sites = me.sites(*EDITORS) if stored is None else (stored.site_id,)
    owners = await parts.read(lambda tx: directory.organisations(tx, sites))
    spoken = dict.fromkeys([*parts.texts.languages, *(stored.facts.languages if stored else ())])
    written = dict.fromkeys([*SHIPPED, *(stored.facts.texts if stored else ())])
    return page(
        request,
        me,
        "service_form.html",
        problem=problem,
        stored=stored,
        title=forms.title(stored.facts) if stored else "",
        values=values,
        changes=changes or [],
        field_name=lambda name: forms.field_name(parts.texts, language, name),
        organisations=owners,
        topics=TOPICS,
        topic_name=lambda topic: topic_name(request, me, topic),
        spoken=[(tag, language_name(tag, language)) for tag in spoken],
        written=[(tag, language_name(tag, language)) for tag in written],
        most=rules.MAX,
    )


def _owner(tx: Tx, form: dict[str, str], sites: tuple[int, ...]) -> StoredOrganisation | None:
    return directory.organisation(tx, number(form.get("organisation", "")), sites)


async def create(request: web.Request, me: Me) -> web.Response:
    """One more service; its short name is made of its name."""
    parts, form, uid = request.app[PARTS], request[FORM], names.uid()
    now, today = parts.clock(), today_of(parts)

    def unit(tx: Tx) -> int:
        owner = _owner(tx, form, me.sites(*EDITORS))
        if owner is None:
            raise Problem("directory-owner-unknown")
        facts = forms.read(form, forms.short_name(form), owner.facts.slug, today)
        for ending in range(TRIES):
            slug = facts.slug if ending == 0 else f"{facts.slug[: rules.MAX['slug'] - 4]}-{ending + 1}"
            made = directory.add_service(tx, owner.site_id, replace(facts, slug=slug))
            if made is not None:
                _told(tx, me, now, "directory.change", made, uid, change="add")
                return made
        raise Problem("directory-slug-taken")

    try:
        made = await parts.write(unit)
    except NotTaken as wrong:
        return await _form(
            request, me, None, form, forms.problem(parts.texts, language_of(request, me), wrong)
        )
    except Problem as problem:
        return await _form(request, me, None, form, problem)
    live.changed()
    return see_other(f"{SERVICES}/{made}")


async def save(request: web.Request, me: Me) -> web.Response:
    """These facts from now on, unless a colleague was faster: then both are shown."""
    parts, form, uid = request.app[PARTS], request[FORM], names.uid()
    now, today, seen = parts.clock(), today_of(parts), number(form.get("seen", ""))
    language = language_of(request, me)

    def unit(tx: Tx) -> tuple[StoredService, ServiceFacts, bool]:
        stored = _find(tx, request, me, *EDITORS)
        owner = _owner(tx, form, (stored.site_id,))
        if owner is None:
            raise Problem("directory-owner-unknown")
        facts = forms.read(form, stored.facts.slug, owner.facts.slug, today)
        saved = directory.save_service(tx, stored, facts, seen, me.staff_id, now)
        if saved:
            _told(tx, me, now, "directory.change", stored.id, uid, change="edit")
        return stored, facts, saved

    async def again(problem: Problem) -> web.Response:
        stored = await parts.read(lambda tx: _find(tx, request, me, *EDITORS))
        return await _form(request, me, stored, form, problem)

    try:
        stored, facts, saved = await parts.write(unit)
    except NotTaken as wrong:
        return await again(forms.problem(parts.texts, language, wrong))
    except Problem as problem:
        return await again(problem)
    if not saved:
        changes = rules.differences(stored.facts, facts)
        values = form | {"seen": str(stored.version)}
        return await _form(request, me, stored, values, Problem("directory-changed"), changes)
    live.changed()
    return see_other(f"{SERVICES}/{stored.id}")


# --- what is done with one tap ---


async def set_state(request: web.Request, me: Me) -> web.Response:
    """Show it to members, or hide it."""
    parts, form, uid = request.app[PARTS], request[FORM], names.uid()
    now, state = parts.clock(), SHOWN if form.get("state") == SHOWN else HIDDEN

    def unit(tx: Tx) -> bool:
        stored = _find(tx, request, me, *EDITORS)
        done = directory.set_state(tx, stored, state, number(form.get("seen", "")), me.staff_id, now)
        if done:
            _told(tx, me, now, "directory.change", stored.id, uid, change=state)
        return done

    return await _after(request, me, await parts.write(unit))


async def checked(request: web.Request, me: Me) -> web.Response:
    """Still correct."""
    parts, form, uid = request.app[PARTS], request[FORM], names.uid()
    now, today = parts.clock(), today_of(parts)
    until = rules.months_on(today, _months(form))

    def unit(tx: Tx) -> bool:
        stored = _find(tx, request, me, *EDITORS)
        done = directory.checked(tx, stored, today, until, number(form.get("seen", "")), me.staff_id, now)
        if done:
            _told(tx, me, now, "directory.check", stored.id, uid)
        return done

    return await _after(request, me, await parts.write(unit))


def _months(form: dict[str, str]) -> int:
    told = number(form.get("months", ""))
    return told if told in rules.MONTHS else rules.MONTHS[1]


async def _after(request: web.Request, me: Me, done: bool) -> web.Response:
    if not done:
        return await service(request, me, Problem("directory-gone"))
    live.changed()
    return see_other(f"{SERVICES}/{number(request.match_info['id'])}")


async def ask(request: web.Request, me: Me) -> web.Response:
    """A link for its organisation, shown once with a text to send; an older one ends."""
    parts, form, uid = request.app[PARTS], request[FORM], names.uid()
    now, token, months = parts.clock(), parts.token(), _months(form)

    def unit(tx: Tx) -> None:
        stored = _find(tx, request, me, *EDITORS)
        confirmations.offer(tx, stored.id, hashed(token), months, me.staff_id, now)
        _told(tx, me, now, "directory.ask", stored.id, uid)

    await parts.write(unit)
    base = parts.settings.public_url or f"{request.scheme}://{request.host}"
    return await service(request, me, link=f"{base}{STILL}{token}")


async def settle(request: web.Request, me: Me) -> web.Response:
    """What an organisation wrote was seen to; its words go."""
    parts, uid = request.app[PARTS], names.uid()
    now, report = parts.clock(), number(request.match_info["report"])

    def unit(tx: Tx) -> bool:
        stored = _find(tx, request, me, *EDITORS)
        done = confirmations.settle(tx, report, stored.id, now)
        if done and not confirmations.reports(tx, stored.id):
            tasks.withdraw(tx, tasks.REPORT, directory.subject(stored.id), me.staff_id, now)
        if done:
            _told(tx, me, now, "directory.change", stored.id, uid, change="settle")
        return done

    if not await parts.write(unit):
        raise web.HTTPNotFound
    live.changed()
    return see_other(f"{SERVICES}/{number(request.match_info['id'])}")
