"""The roster, and how the person who looks at it is called: her devices, her Telegram chat, a test."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web
from sqlalchemy import select

from bot import names, push
from bot.alerts import LINK_FOR, hashed
from bot.channels.telegram import STAFF_START
from bot.console import live
from bot.console.access import Me, Role
from bot.console.account import confirmed
from bot.console.fields import clock, day, minutes, number
from bot.console.pages import FORM, Problem, language_name, language_of, page, see_other, see_saved
from bot.web.parts import PARTS
from flows import alerts as rules
from storage import alerts, audit, calls, duty, wake
from storage.duty import BadShift, Person, Shift
from storage.sites import SiteRow
from storage.sql import Tx, table

DUTY = "/console/duty"
EDITORS = (Role.COORDINATOR, Role.ADMIN)
CODE_BYTES = 24


@dataclass(frozen=True, slots=True)
class Roster:
    """One site's part of the page."""

    site_id: int
    site: str
    shifts: tuple[Shift, ...]
    now: tuple[str, ...]
    """Names of those on duty."""
    people: tuple[Person, ...]
    """Who may be put on it; empty for who may not change it."""
    tested_at: datetime | None


@dataclass(frozen=True, slots=True)
class Mine:
    """How she herself is called."""

    devices: int
    chat: bool


async def duty_page(
    request: web.Request,
    me: Me,
    problem: Problem | None = None,
    *,
    link: str | None = None,
) -> web.Response:
    """The rosters of her sites and her own ways to be called."""
    parts = request.app[PARTS]
    now = parts.clock()

    def unit(tx: Tx) -> tuple[list[Roster], Mine]:
        rosters = [_roster(tx, me, site_id, now) for site_id in me.sites()]
        hers = Mine(len(wake.browsers(tx, me.staff_id)), wake.chat_of(tx, me.staff_id) is not None)
        return rosters, hers

    rosters, hers = await parts.read(unit)
    key = await asyncio.to_thread(push.public_key, parts.settings)
    return page(
        request,
        me,
        "duty.html",
        problem=problem,
        typed=request.get(FORM),
        rosters=rosters,
        mine=hers,
        link=link,
        sent=request.query.get("sent") == "1",
        push_key=key,
        telegram=parts.telegram_username,
        clock=clock,
        language_name=lambda tag: language_name(tag, me.language),
    )


def _roster(tx: Tx, me: Me, site_id: int, now: datetime) -> Roster:
    lines = duty.shifts(tx, site_id)
    today = now.astimezone(duty.zone(tx, site_id)).date()
    named = {shift.staff_id: shift.name for shift in lines}
    may_change = site_id in me.sites(*EDITORS)
    row = tx.query(
        select(table(SiteRow).c.name, table(SiteRow).c.place).where(table(SiteRow).c.id == site_id)
    )[0]
    return Roster(
        site_id,
        f"{row.name}, {row.place}",
        tuple(shift for shift in lines if shift.day is None or shift.day >= today),
        tuple(named[one] for one in duty.on_duty(tx, site_id, now)),
        tuple(duty.people(tx, site_id)) if may_change else (),
        alerts.tested_at(tx, site_id),
    )


def _site(request: web.Request, me: Me) -> int:
    """The site whose roster she changes."""
    site_id = number(request[FORM].get("site", ""))
    if site_id not in me.sites(*EDITORS):
        raise web.HTTPNotFound
    return site_id


async def add(request: web.Request, me: Me) -> web.Response:
    """Put somebody on the roster: on all the ticked weekdays, or on one day; all of it or nothing."""
    parts, form = request.app[PARTS], request[FORM]
    site_id, now = _site(request, me), parts.clock()
    ticked: list[int | None] = [weekday for weekday in range(7) if form.get(f"weekday-{weekday}")]
    weekdays = ticked or [None]

    def unit(tx: Tx) -> None:
        for weekday in weekdays:
            _put(tx, request, me, site_id, weekday)
        said = {"change": "add", "site": site_id, "lines": len(weekdays)}
        audit.record(tx, now, me.uid, "duty.change", None, said)

    try:
        await parts.write(unit)
    except Problem as problem:
        return await duty_page(request, me, problem)
    live.changed()
    return see_saved(DUTY)


def _put(tx: Tx, request: web.Request, me: Me, site_id: int, weekday: int | None) -> None:
    """One line of the form on the roster; `Problem` when it cannot stand there."""
    form = request[FORM]
    on = day(form.get("day", ""))
    if form.get("day", "").strip() and on is None:
        raise Problem("duty-problem-date")
    begins, ends = minutes(form.get("from", "")), minutes(form.get("until", ""))
    if begins is None or ends is None:
        raise Problem("duty-problem-hours")
    try:
        duty.add_shift(
            tx,
            site_id,
            number(form.get("staff", "")),
            weekday=weekday,
            day=on,
            from_min=begins,
            until_min=ends,
            stand_in_id=number(form.get("stand_in", "")) or None,
        )
    except BadShift as bad:
        key = f"duty-problem-{str(bad).replace('_', '-')}"
        raise Problem(key, when=_when(request, me, weekday, on)) from bad


def _when(request: web.Request, me: Me, weekday: int | None, on: date | None) -> str:
    """A weekday or a day in words; nothing for neither."""
    texts, language = request.app[PARTS].texts, language_of(request, me)
    if weekday is not None:
        return texts.text(language, f"duty-day-{weekday}")
    return texts.text(language, "duty-on", {"day": on}) if on else ""


async def remove(request: web.Request, me: Me) -> web.Response:
    """Take a line off the roster."""
    parts = request.app[PARTS]
    site_id, now, shift_id = _site(request, me), parts.clock(), number(request.match_info["id"])

    def unit(tx: Tx) -> bool:
        gone = duty.remove_shift(tx, site_id, shift_id)
        if gone:
            audit.record(tx, now, me.uid, "duty.change", None, {"change": "remove", "site": site_id})
        return gone

    if not await parts.write(unit):
        raise web.HTTPNotFound
    live.changed()
    return see_saved(DUTY)


# --- how she is called ---


async def subscribe(request: web.Request, me: Me) -> web.Response:
    """A browser of hers that may be woken; asked by the page's script."""
    parts, form, now = request.app[PARTS], request[FORM], request.app[PARTS].clock()
    try:
        told = push.checked(form.get("endpoint", ""), form.get("p256dh", ""), form.get("auth", ""))
    except push.BadBrowser:
        return await duty_page(request, me, Problem("duty-wake-wrong"))
    await parts.write(lambda tx: wake.subscribe(tx, me.staff_id, *told, now))
    return see_other(DUTY)


async def forget(request: web.Request, me: Me) -> web.Response:
    """None of her browsers is woken any more."""

    def unit(tx: Tx) -> None:
        for one in wake.browsers(tx, me.staff_id):
            wake.forget(tx, one.id)

    await request.app[PARTS].write(unit)
    return see_other(DUTY)


async def telegram(request: web.Request, me: Me) -> web.Response:
    """A one-time link that ties her own Telegram chat to her; shown once. What is tied outlives every session."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    if parts.telegram_username is None:
        raise web.HTTPNotFound
    try:
        await confirmed(request, me, now)
    except Problem as problem:
        return await duty_page(request, me, problem)
    code, until = secrets.token_urlsafe(CODE_BYTES), now + LINK_FOR
    await parts.write(lambda tx: wake.offer(tx, me.staff_id, hashed(code), until))
    return await duty_page(
        request, me, link=f"https://t.me/{parts.telegram_username}?start={STAFF_START}{code}"
    )


async def untie(request: web.Request, me: Me) -> web.Response:
    """Her Telegram chat is no longer called."""

    def unit(tx: Tx) -> None:
        chat = wake.chat_of(tx, me.staff_id)
        if chat is not None:
            wake.untie(tx, chat)

    await request.app[PARTS].write(unit)
    return see_other(DUTY)


async def test(request: web.Request, me: Me) -> web.Response:
    """A test alert to herself."""
    parts, uid = request.app[PARTS], names.uid()
    now = parts.clock()
    told = number(request[FORM].get("site", ""))
    site_id = told if told in me.sites() else (me.sites() or (0,))[0]

    def unit(tx: Tx) -> int:
        return rules.test(tx, now, site_id, me.staff_id, uid) if calls.ways(tx, me.staff_id) else 0

    if site_id == 0 or not await parts.write(unit):
        return await duty_page(request, me, Problem("duty-problem-no-way"))
    return see_other(f"{DUTY}?sent=1")
