"""Working plans: a counsellor keeps her own, a coordinator or admin anybody's at her sites; an admin makes one where none is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from aiohttp import web

from bot import names
from bot.console.access import Me, Role
from bot.console.account import chosen_languages, spoken
from bot.console.calendar import EDITORS, Words
from bot.console.fields import clock, day, minutes, number
from bot.console.pages import FORM, Problem, page, see_other, see_saved, ticked
from bot.web.parts import PARTS
from storage import audit, people, schedules, subjects
from storage.counsellors import MODES
from storage.grid import DAY_MIN
from storage.schedules import BadPlan, Differs, Hours, LeavesOut, Plan
from storage.sql import Tx
from storage.subjects import Subject

PLANS = "/console/calendar/plans"
KEEPERS = (Role.COUNSELLOR, *EDITORS)
RANGE_MAX = 62
"""Days in a row that differ, entered at once."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a weekday: hours, or the break before the next ones."""

    said: str
    ways: str = ""
    rule: Hours | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A site where she may make a plan for somebody, and for whom."""

    id: int
    name: str
    people: tuple[tuple[str, str], ...]
    topics: tuple[Subject, ...]


# --- whose ---


def _find(tx: Tx, me: Me, counsellor_id: int) -> Plan:
    """The plan she may keep; nothing is here for anybody else."""
    found = schedules.plan(tx, counsellor_id)
    if found is None:
        raise web.HTTPNotFound
    is_own = (
        found.site_id in me.sites(Role.COUNSELLOR) and schedules.of_staff(tx, me.staff_id) == counsellor_id
    )
    if found.site_id not in me.sites(*EDITORS) and not is_own:
        raise web.HTTPNotFound
    return found


async def plans_page(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    """Everybody whose plan she may keep. Who keeps only her own is led to it."""
    parts, edited = request.app[PARTS], me.sites(*EDITORS)

    def unit(tx: Tx) -> tuple[list[Any], dict[int, str], int | None, list[Place]]:
        places = people.places(tx, edited)
        mine = schedules.of_staff(tx, me.staff_id) if me.has(Role.COUNSELLOR) else None
        own = schedules.plan(tx, mine) if mine is not None else None
        if own is not None and own.site_id not in me.sites(Role.COUNSELLOR):
            mine = None
        return schedules.at_sites(tx, edited), places, mine, [_place(tx, one, places[one]) for one in makes]

    makes = me.sites(Role.ADMIN)
    found, places, mine, new = await parts.read(unit)
    if not edited and mine is not None:
        return see_other(f"{PLANS}/{mine}")
    words = Words(request, me)
    return page(
        request,
        me,
        "schedules.html",
        problem=problem,
        typed=request.get(FORM),
        plans=found,
        places=places,
        mine=mine,
        new=new,
        spoken=spoken(parts, me.language),
        modes=MODES,
        words=words,
    )


def _place(tx: Tx, site_id: int, name: str) -> Place:
    staff = tuple((row.uid, row.name) for row in schedules.without_plan(tx, site_id))
    return Place(site_id, name, staff, tuple(subjects.listed(tx, site_id)))


async def make(request: web.Request, me: Me) -> web.Response:
    """Somebody who works here becomes a counsellor."""
    parts, form, now, new = request.app[PARTS], request[FORM], request.app[PARTS].clock(), names.uid()
    site_id = number(form.get("site", ""))
    if site_id not in me.sites(Role.ADMIN):
        raise web.HTTPNotFound
    languages = chosen_languages(parts, form)

    def unit(tx: Tx) -> int:
        who = people.by_uid(tx, form.get("uid", ""))
        if who is None or site_id not in who.roles or not who.active:
            raise web.HTTPNotFound
        made = schedules.make(
            tx,
            who.id,
            site_id,
            who.name,
            languages=languages or who.languages,
            taken=ticked(form, "topic-"),
            modes=ticked(form, "mode-"),
        )
        about = audit.name(tx, "counsellor", made, new)
        audit.record(tx, now, me.uid, "plan.make", about, {"site": site_id})
        return made

    try:
        made = await parts.write(unit)
    except BadPlan as bad:
        return await plans_page(request, me, Problem(f"schedule-problem-{bad}"))
    return see_saved(f"{PLANS}/{made}")


# --- one plan ---


async def plan_page(
    request: web.Request, me: Me, problem: Problem | None = None, out: LeavesOut | None = None
) -> web.Response:
    """Her weekly hours, the days that differ, and the forms to change both."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()

    def unit(tx: Tx) -> tuple[Plan, list[Subject]]:
        found = _find(tx, me, number(request.match_info["id"]))
        return found, subjects.listed(tx, found.site_id)

    plan, topics = await parts.read(unit)
    today, words = now.astimezone(plan.zone).date(), Words(request, me, plan.zone)
    typed = request.get(FORM) or {}
    chosen = number(typed.get("rule", "") or request.query.get("rule", ""))
    edited = next((rule for rule in plan.rules if rule.id == chosen), None)
    of_days, of_about = "kind" in typed, "about" in typed
    return page(
        request,
        me,
        "schedule.html",
        problem=problem,
        plan=plan,
        week=[_weekday(plan, number_of, today, words) for number_of in range(7)],
        days=[one for one in plan.days if one.day >= today],
        edited=edited,
        typed=typed,
        hours=typed if typed and not of_days and not of_about else _as_typed(edited, plan, today),
        about=typed if of_about else _about(plan),
        topics=topics,
        edits=plan.site_id in me.sites(*EDITORS),
        spoken=spoken(parts, me.language),
        modes=MODES,
        differs=typed if of_days else {"day": today.isoformat(), "kind": "off"},
        out=[words.say("calendar-at", day=words.day(at), time=words.wall(at)) for at in out.times]
        if out
        else [],
        word=out.word if out else "",
        words=words,
        clock=clock,
        whole=DAY_MIN,
    )


def _weekday(plan: Plan, weekday: int, today: date, words: Words) -> list[Line]:
    """The hours of one weekday that hold or will, and the gap between two that hold at the same time as a break."""
    rules = [
        rule
        for rule in plan.rules
        if rule.weekday == weekday and (rule.valid_to is None or rule.valid_to >= today)
    ]
    rules.sort(key=lambda rule: (rule.valid_from or date.min, rule.valid_to or date.max, rule.from_min))
    lines: list[Line] = []
    for before, rule in zip([None, *rules], rules, strict=False):
        same = before is not None and (before.valid_from, before.valid_to) == (rule.valid_from, rule.valid_to)
        if before is not None and same and before.until_min < rule.from_min:
            gap = f"{clock(before.until_min)}–{clock(rule.from_min)}"
            lines.append(Line(words.say("calendar-break", span=gap)))
        ways = ", ".join(words.mode(one) for one in rule.modes or plan.who.modes)
        lines.append(Line(f"{clock(rule.from_min)}–{clock(rule.until_min)}", ways, rule))
    return lines


def _as_typed(rule: Hours | None, plan: Plan, today: date) -> dict[str, str]:
    """What the form of hours begins with."""
    if rule is None:
        return {"from": "8:00", "until": "15:00", "valid_from": today.isoformat()} | {
            f"mode-{one}": "1" for one in plan.who.modes
        }
    return {
        f"weekday-{rule.weekday}": "1",
        "from": clock(rule.from_min),
        "until": clock(rule.until_min),
        "valid_from": rule.valid_from.isoformat() if rule.valid_from else "",
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else "",
    } | {f"mode-{one}": "1" for one in rule.modes or plan.who.modes}


def _about(plan: Plan) -> dict[str, str]:
    """What the form of what she takes begins with."""
    ticks = [f"speaks-{one}" for one in plan.who.languages] + [f"topic-{one}" for one in plan.who.topics]
    ticks += [f"mode-{one}" for one in plan.who.modes] + (["active"] if plan.who.active else [])
    return dict.fromkeys(ticks, "1") | {"about": schedules.about(plan)}


async def set_about(request: web.Request, me: Me) -> web.Response:
    """What she speaks and takes, how she can be met, and whether she can be booked."""
    form = request[FORM]
    languages = chosen_languages(request.app[PARTS], form)

    def change(tx: Tx, plan: Plan, _now: datetime, _sure: str) -> None:
        if plan.site_id not in me.sites(*EDITORS):
            raise web.HTTPNotFound
        schedules.set_about(
            tx,
            plan,
            languages=languages,
            taken=ticked(form, "topic-"),
            modes=ticked(form, "mode-"),
            active=form.get("active") == "1",
            seen=form.get("about", ""),
        )

    return await _change(request, me, "about", change)


Change = Callable[[Tx, Plan, datetime, str], None]


async def _change(request: web.Request, me: Me, what: str, change: Change) -> web.Response:
    """Change the plan in one transaction, or say in words why not; what was typed stays."""
    parts, now, new = request.app[PARTS], request.app[PARTS].clock(), names.uid()
    counsellor_id, sure = number(request.match_info["id"]), request[FORM].get("sure", "")

    def unit(tx: Tx) -> None:
        found = _find(tx, me, counsellor_id)
        change(tx, found, now, sure)
        about = audit.name(tx, "counsellor", counsellor_id, new)
        audit.record(tx, now, me.uid, "plan.change", about, {"change": what, "site": found.site_id})

    try:
        await parts.write(unit)
    except BadPlan as bad:
        return await plan_page(request, me, Problem(f"schedule-problem-{bad}"))
    except LeavesOut as out:
        return await plan_page(request, me, Problem("schedule-leaves-out", count=len(out.times)), out)
    return see_saved(f"{PLANS}/{counsellor_id}")


async def set_hours(request: web.Request, me: Me) -> web.Response:
    """New weekly hours on the ticked weekdays, or others in the place of a line."""
    form = request[FORM]

    def change(tx: Tx, plan: Plan, now: datetime, sure: str) -> None:
        schedules.set_hours(tx, plan, _hours(form), instead=number(form.get("rule", "")), now=now, sure=sure)

    return await _change(request, me, "hours", change)


async def remove_hours(request: web.Request, me: Me) -> web.Response:
    """A line of weekly hours ends."""
    rule = number(request.match_info["rule"])
    return await _change(
        request,
        me,
        "hours.remove",
        lambda tx, plan, now, sure: schedules.remove_hours(tx, plan, rule, now=now, sure=sure),
    )


async def add_days(request: web.Request, me: Me) -> web.Response:
    """Days that differ."""
    form = request[FORM]
    return await _change(
        request,
        me,
        "days",
        lambda tx, plan, now, sure: schedules.add_days(tx, plan, _differs(form), now=now, sure=sure),
    )


async def remove_day(request: web.Request, me: Me) -> web.Response:
    """A day is an ordinary one again."""
    one = number(request.match_info["one"])
    return await _change(
        request,
        me,
        "days.remove",
        lambda tx, plan, now, sure: schedules.remove_day(tx, plan, one, now=now, sure=sure),
    )


# --- what a form says ---


def _hours(form: dict[str, str]) -> list[Hours]:
    """The hours of the form; a break within them makes two lines of each weekday."""
    begins, ends = _span(form, "from", "until")
    spans = [(begins, ends)]
    if form.get("break_from", "").strip() or form.get("break_until", "").strip():
        pause, on = _span(form, "break_from", "break_until")
        if not begins < pause < on < ends:
            raise BadPlan("break")
        spans = [(begins, pause), (on, ends)]
    valid_from, valid_to = (_day(form, name) for name in ("valid_from", "valid_to"))
    return [
        Hours(weekday, *span, tuple(ticked(form, "mode-")), valid_from, valid_to)
        for weekday in range(7)
        if form.get(f"weekday-{weekday}")
        for span in spans
    ]


def _differs(form: dict[str, str]) -> list[Differs]:
    first = _day(form, "day")
    last = _day(form, "to_day") or first
    if first is None or last is None:
        raise BadPlan("date")
    if not 0 <= (last - first).days < RANGE_MAX:
        raise BadPlan("range")
    span = (0, DAY_MIN)
    if form.get("from", "").strip() or form.get("until", "").strip():
        span = _span(form, "from", "until")
    elif form.get("kind") == "extra":
        raise BadPlan("hours")
    days = (first + ahead * _ONE_DAY for ahead in range((last - first).days + 1))
    return [Differs(on, form.get("kind", ""), *span, tuple(ticked(form, "mode-"))) for on in days]


def _span(form: dict[str, str], first: str, last: str) -> tuple[int, int]:
    begins, ends = minutes(form.get(first, "")), minutes(form.get(last, ""))
    if begins is None or ends is None:
        raise BadPlan("clock")
    return begins, ends


def _day(form: dict[str, str], name: str) -> date | None:
    told = form.get(name, "").strip()
    found = day(told)
    if told and found is None:
        raise BadPlan("date")
    return found
