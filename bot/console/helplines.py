"""Help lines: the national ones we ship with their source; an admin adds those she checked today, with that date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from bot import names
from bot.console.access import Me, Role
from bot.console.fields import number
from bot.console.pages import FORM, Problem, language_of, page, see_saved, ticked
from bot.console.setup_form import NotTaken, Reading
from bot.console.subjects import site_of
from bot.demo import helplines
from bot.web.parts import PARTS
from flows.directory import MONTHS, months_on
from storage import audit, directory, people, sites
from storage.directory import OrganisationFacts, ServiceFacts, Words
from storage.sql import Tx

HELPLINES = "/console/helplines"
PHONES = "phones"
"""The topic of help lines in the directory."""
DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True)
class Line:
    """One of ours, and what became of it at the site."""

    slug: str
    name: str
    summary: str
    phone: str
    source: str
    stored: Any = None
    """The service it is there, when it was added."""


async def show(
    request: web.Request, me: Me, problem: Problem | None = None, wrong: dict[str, str] | None = None
) -> web.Response:
    """Ours and what the site has of them."""
    parts, told = request.app[PARTS], request.get(FORM) or request.query
    mine = me.sites(Role.ADMIN)
    site_id = number(told.get("site", ""))
    site_id = site_id if site_id in mine else mine[0]
    entries, _ = helplines()
    language = language_of(request, me)

    def unit(tx: Tx) -> tuple[dict[str, Any], dict[int, str]]:
        slugs = [entry["slug"] for entry in entries]
        return directory.by_slugs(tx, site_id, slugs), people.places(tx, mine)

    there, places = await parts.read(unit)
    lines = [
        Line(
            entry["slug"],
            entry["texts"][language][0],
            entry["texts"][language][1],
            entry["phone"],
            entry["source"],
            there.get(entry["slug"]),
        )
        for entry in entries
    ]
    return page(
        request,
        me,
        "helplines.html",
        problem=problem,
        typed=request.get(FORM),
        wrong=wrong or {},
        site=site_id,
        places=places,
        lines=lines,
        months=MONTHS,
    )


def _facts(entry: dict[str, Any], phone: str, today: date, review_by: date) -> ServiceFacts:
    """One of ours as a service; where its words hold the number, they hold the corrected one."""
    said = {
        language: Words(*(told.replace(entry["phone"], phone) for told in text))
        for language, text in entry["texts"].items()
    }
    return ServiceFacts(
        slug=entry["slug"],
        organisation=entry["organisation"],
        topic=PHONES,
        texts=said,
        source=entry["source"],
        verified_on=today,
        review_by=review_by,
        sensitive=entry.get("sensitive", False),
        cost_cents=entry["cost_cents"],
        phone=phone,
        keywords=tuple(entry["keywords"].split()),
        hours=tuple((day, 0, DAY_MIN) for day in range(7)) if entry["always"] else (),
    )


def _add(tx: Tx, site_id: int, owner: dict[str, Any], facts: ServiceFacts) -> int:
    directory.add_organisation(
        tx,
        site_id,
        OrganisationFacts(
            owner["slug"], owner["name"], owner["role"], None, owner["source"], facts.verified_on
        ),
    )
    made = directory.add_service(tx, site_id, facts)
    if made is None:
        raise Problem("setup-meanwhile")
    return made


async def add(request: web.Request, me: Me) -> web.Response:
    """The ticked ones become services of the site, checked today."""
    parts, form, now = request.app[PARTS], request[FORM], request.app[PARTS].clock()
    site_id = site_of(form, me)
    entries, owners = helplines()
    wanted = [entry for entry in entries if entry["slug"] in ticked(form, "line-")]
    months = number(form.get("months", ""))

    def unit(tx: Tx) -> None:
        fields = Reading(form)
        if not wanted:
            raise Problem("setup-helplines-none")
        if months not in MONTHS:
            fields.no("months", "number")
        phones = {entry["slug"]: fields.phone(f"phone-{entry['slug']}") for entry in wanted}
        fields.done()
        today = _today(tx, site_id, now)
        for entry in wanted:
            facts = _facts(entry, phones[entry["slug"]], today, months_on(today, months))
            made = _add(tx, site_id, owners[entry["organisation"]], facts)
            about = audit.name(tx, "service", made, names.uid())
            audit.record(tx, now, me.uid, "directory.change", about, {"change": "add"})

    try:
        await parts.write(unit)
    except NotTaken as refused:
        return await show(request, me, refused.problem, refused.wrong)
    except Problem as problem:
        return await show(request, me, problem)
    return see_saved(f"{HELPLINES}?site={site_id}")


def _today(tx: Tx, site_id: int, now: datetime) -> date:
    site = sites.get(tx, site_id)
    assert site is not None  # she is its admin
    return now.astimezone(ZoneInfo(site.timezone)).date()
