"""Setting up: the ten steps in their order, what each still lacks, and opening the office to members at the end."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from bot.console.access import Me
from bot.console.pages import FORM, Problem, language_of, page, see_other
from bot.console.subjects import name_of
from bot.office import reload
from bot.web.parts import PARTS, Parts
from flows import setup
from flows.setup import Lack, Step
from storage import audit, office
from storage.office import Office
from storage.sql import Tx

SETUP = "/console/setup"
PAGES = {
    "office": (("office", "/console/office"),),
    "sites": (("sites", "/console/sites"),),
    "hours": (("sites", "/console/sites"), ("closed", "/console/calendar/closed")),
    "topics": (("topics", "/console/subjects"),),
    "staff": (
        ("people", "/console/staff"),
        ("plans", "/console/calendar/plans"),
        ("roster", "/console/duty"),
        ("languages", "/console/texts"),
    ),
    "quiet": (("sites", "/console/sites"),),
    "helplines": (("helplines", "/console/helplines"),),
    "answer": (("sites", "/console/sites"),),
    "retention": (("retention", "/console/retention"),),
    "channels": (("channels", "/console/channels"),),
}
"""Step -> the pages on which its answers are given and changed."""


def steps(tx: Tx, parts: Parts) -> tuple[Office, list[Step]]:
    """The office as it is stored now, and its steps."""
    now = office.load(tx)
    public = parts.settings.public_url is not None
    return now, setup.steps(tx, now, parts.clock(), parts.texts, public=public)


async def show(
    request: web.Request, me: Me, problem: Problem | None = None, lacks: tuple[Lack, ...] = ()
) -> web.Response:
    """The steps, the next one first to hand."""
    parts = request.app[PARTS]
    now, found = await parts.read(lambda tx: steps(tx, parts))
    missing = setup.missing(found)
    return page(
        request,
        me,
        "setup.html",
        problem=problem,
        typed=request.get(FORM),
        office=now,
        steps=found,
        next=next((step for step in found if step.is_needed), None),
        pages=PAGES,
        missing=missing,
        only_duty=bool(missing) and all(lack.what == setup.DUTY for lack in missing),
        refused=lacks,
        offered=parts.texts.offered,
        minute=timedelta(minutes=1),
        called=setup.called,
        topic=lambda slug: name_of(parts, language_of(request, me), slug),
    )


async def open_up(request: web.Request, me: Me) -> web.Response:
    """Members may write from now on, when nothing that is needed is missing."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    alone = request[FORM].get("nobody") == "yes"

    def unit(tx: Tx) -> tuple[Lack, ...]:
        _, found = steps(tx, parts)
        lacks = tuple(one for one in setup.missing(found) if one.what != setup.DUTY or not alone)
        if not lacks:
            if not office.open_up(tx, now):
                raise Problem("setup-open-already")
            audit.record(tx, now, me.uid, "office.open", None, {"nobody_on_duty": alone})
        return lacks

    try:
        lacks = await parts.write(unit)
    except Problem as problem:
        return await show(request, me, problem)
    if lacks:
        return await show(request, me, Problem("setup-open-refused", count=len(lacks)), lacks)
    await reload(parts)
    return see_other(SETUP)
