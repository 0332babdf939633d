"""Retention for the admin: how long what is kept, what tonight removes, what the last night removed, and other days."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime

from aiohttp import web

from bot.console.access import Me
from bot.console.fields import number
from bot.console.pages import FORM, Problem, page, see_saved
from bot.console.setup_form import NotTaken, Reading
from bot.office import reload
from bot.web.parts import PARTS
from storage import audit, office, retention
from storage.retention import RULES, Keep, Run
from storage.sql import Tx

RETENTION = "/console/retention"
DAYS_MAX = 3650
LEAST = {"booking": 30, "silent": 30}
"""What may not be kept for less; everything else for a day."""
KINDS = tuple(one.name for one in fields(Keep))


@dataclass(frozen=True)
class Line:
    """One kind."""

    kind: str
    days: int
    tonight: int
    last: int | None


async def show(
    request: web.Request,
    me: Me,
    problem: Problem | None = None,
    wrong: dict[str, str] | None = None,
    *,
    wanted: Keep | None = None,
) -> web.Response:
    """The rules, what each would remove now, and the last run; with `wanted`, what those days would remove tonight."""
    parts = request.app[PARTS]
    now, form = parts.clock(), request.get(FORM)

    def unit(tx: Tx) -> tuple[office.Office, dict[str, int], Run | None]:
        of = office.load(tx)
        found = retention.plan(tx, now, wanted or of.keep)
        return of, {kind: len(keys) for kind, keys in found.items()}, retention.last(tx)

    of, tonight, last = await parts.read(unit)
    keep = wanted or of.keep
    lines = [
        Line(
            rule.kind,
            _days(rule, now, keep),
            tonight[rule.kind],
            last.counts.get(rule.kind, 0) if last is not None and last.finished_at is not None else None,
        )
        for rule in RULES
    ]
    stored = {kind: str(getattr(of.keep, kind)) for kind in KINDS} | {"seen": str(of.version)}
    values = stored if form is None else stored | form | {"seen": stored["seen"]}
    return page(
        request,
        me,
        "retention.html",
        problem=problem,
        lines=lines,
        last=last,
        kinds=KINDS,
        values=values,
        wrong=wrong or {},
        stored=stored if problem is not None and not wrong else {},
        least=LEAST,
        most=DAYS_MAX,
        wanted=wanted,
    )


def _days(rule: retention.Rule, now: datetime, keep: Keep) -> int:
    return (now - retention.before(rule, now, keep)).days


def read(form: dict[str, str]) -> Keep:
    """The days of a form; `NotTaken` when some cannot be."""
    told = Reading(form)
    keep = Keep(**{kind: told.whole(kind, LEAST.get(kind, 1), DAYS_MAX) for kind in KINDS})
    told.done()
    return keep


async def save(request: web.Request, me: Me) -> web.Response:
    """Other days from now on. Shorter ones are first shown with what they would remove tonight."""
    parts, form, now = request.app[PARTS], request[FORM], request.app[PARTS].clock()
    seen = number(form.get("seen", ""))
    try:
        wanted = read(form)
    except NotTaken as refused:
        return await show(request, me, refused.problem, refused.wrong)

    def unit(tx: Tx) -> bool | None:
        before = office.load(tx)
        changed = [kind for kind in KINDS if getattr(wanted, kind) != getattr(before.keep, kind)]
        shorter = any(getattr(wanted, kind) < getattr(before.keep, kind) for kind in KINDS)
        if shorter and form.get("sure") != "yes":
            return None
        saved = office.save(tx, replace(before, keep=wanted), seen)
        if saved:
            audit.record(tx, now, me.uid, "retention.change", None, {"kinds": changed})
        return saved

    saved = await parts.write(unit)
    if saved is None:
        return await show(request, me, wanted=wanted)
    if not saved:
        return await show(request, me, Problem("setup-meanwhile"))
    await reload(parts)
    return see_saved(RETENTION)
