"""Meetings that staff make and unmake for a member who is at the desk or on the phone.

What is chosen travels from page to page inside the form, never in an address: it may name a sensitive topic.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from aiohttp import web

from bot import names
from bot.console import live, wishes
from bot.console.access import Me
from bot.console.fields import day as day_of
from bot.console.fields import number
from bot.console.pages import FORM, Problem, language_name, page, see_other
from bot.web.parts import PARTS, Parts
from flows import changes as rules
from storage import audit, bookings, calendars, changes, mydata
from storage.bookings import Booking, Clash, Gone, Mine, MoveOutcome, Over, Taken, TakeOutcome, TooMany
from storage.calendars import Wanted
from storage.counsellors import MODES
from storage.sql import Tx, from_ms, to_ms

BOOKS = wishes.BOOKS
AT_DIGITS = 14
"""Of a time in milliseconds: enough for a thousand years."""


@dataclass(frozen=True, slots=True)
class One:
    """The page of one meeting."""

    booking: Booking
    facts: wishes.Facts
    told: str | None
    changed: bool
    """Whether staff made it what it is: then she gets a message."""
    outlook: str
    at_desk: bool


# --- a new one -----------------------------------------------------------------------------------------------


async def book_page(
    request: web.Request, me: Me, problem: Problem | None = None, typed: dict[str, str] | None = None
) -> web.Response:
    """What it is about, how, and with whom."""
    parts, member_id = request.app[PARTS], number(request.match_info["id"])
    asked = (typed or {}).get("site") or request.query.get("site", "")
    found = await parts.read(lambda tx: wishes.choices(tx, me, member_id, asked))
    if found is None:
        raise web.HTTPNotFound
    return page(
        request,
        me,
        "booking_wish.html",
        problem=problem,
        typed=typed,
        member=member_id,
        choices=found,
        modes=MODES,
        topic_key=lambda slug: topic_key(parts, slug),
        language_name=lambda tag: language_name(tag, me.language),
    )


async def book(request: web.Request, me: Me) -> web.Response:
    """The times for a wish, then the question, then it is booked."""
    parts, form, member_id = request.app[PARTS], request[FORM], number(request.match_info["id"])
    now, name = parts.clock(), names.uid()
    wanted = await parts.read(lambda tx: wishes.wish(tx, me, member_id, form))
    if wanted is None:
        raise web.HTTPNotFound
    if isinstance(wanted, Problem):
        return await book_page(request, me, wanted, form)
    starts_at = _instant(form.get("at", ""))
    if starts_at is None or form.get("sure") != "yes":
        return await _asked(request, me, wanted, starts_at, member_id=member_id, typed=form)

    def unit(tx: Tx) -> TakeOutcome | None:
        if not mydata.at_desk(tx, member_id, me.staff_id, me.sites(*BOOKS)):
            return None
        outcome = changes.book(tx, wanted, starts_at, member_id=member_id, staff_id=me.staff_id, now=now)
        if isinstance(outcome, Taken):
            _record(tx, now, me, "booking.make", outcome.booking, name)
        return outcome

    return await _after(
        request, me, await parts.write(unit), wanted, starts_at, member_id=member_id, typed=form
    )


# --- one that is there ---------------------------------------------------------------------------------------


async def one(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    """One meeting, and what can be done about it."""
    parts = request.app[PARTS]
    now = parts.clock()

    def unit(tx: Tx) -> One | None:
        booking = _visible(tx, request, me)
        if booking is None:
            return None
        said = changes.last(tx, booking.id)
        return One(
            booking,
            wishes.facts(tx, wishes.wanted_of(tx, parts, booking), booking.starts_at, booking.counsellor_id),
            rules.told(tx, booking),
            said is not None and said[2] == booking.version,
            rules.outlook(tx, now, parts.office.site(booking.site_id), parts.texts, booking.member_id),
            mydata.at_desk(tx, booking.member_id, me.staff_id, me.sites(*BOOKS)),
        )

    found = await parts.read(unit)
    if found is None:
        raise web.HTTPNotFound
    return page(
        request,
        me,
        "booking.html",
        problem=problem,
        found=found,
        ahead=found.booking.is_open(now),
        soon=found.booking.starts_at > now,
        topic_key=lambda slug: topic_key(parts, slug),
        language_name=lambda tag: language_name(tag, me.language),
    )


async def move(request: web.Request, me: Me) -> web.Response:
    """Other times for the same meeting, then the question, then it is moved."""
    parts, form = request.app[PARTS], request[FORM]
    now, name = parts.clock(), names.uid()

    def look(tx: Tx) -> tuple[Booking, Wanted] | None:
        booking = _visible(tx, request, me)
        if booking is None:
            return None
        wanted = replace(
            wishes.wanted_of(tx, parts, booking), without=changes.unwanted(tx, booking.member_id)
        )
        return booking, wanted

    found = await parts.read(look)
    if found is None:
        raise web.HTTPNotFound
    booking, wanted = found
    if not booking.is_open(now):
        return await one(request, me, Problem("bookings-over"))
    starts_at = _instant(form.get("at", ""))
    if starts_at is None or form.get("sure") != "yes":
        return await _asked(request, me, wanted, starts_at, moving=booking, typed=form)
    knows = form.get("knows") == "1"

    def unit(tx: Tx) -> MoveOutcome:
        outcome = changes.move(tx, booking, wanted, starts_at, staff_id=me.staff_id, now=now, knows=knows)
        if isinstance(outcome, Taken):
            _record(tx, now, me, "booking.move", booking, name)
        return outcome

    return await _after(request, me, await parts.write(unit), wanted, starts_at, moving=booking, typed=form)


async def cancel(request: web.Request, me: Me) -> web.Response:
    """Cancel it, after a second yes."""
    parts, form = request.app[PARTS], request[FORM]
    now, name = parts.clock(), names.uid()
    sure, knows = form.get("sure") == "yes", form.get("knows") == "1"

    def unit(tx: Tx) -> tuple[int, bool] | None:
        booking = _visible(tx, request, me)
        if booking is None:
            return None
        done = sure and changes.cancel(tx, booking, staff_id=me.staff_id, now=now, knows=knows)
        if done:
            _record(tx, now, me, "booking.cancel", booking, name)
        return booking.id, done

    found = await parts.write(unit)
    if found is None:
        raise web.HTTPNotFound
    booking_id, done = found
    if not done:
        return await one(request, me, Problem("bookings-over" if sure else "bookings-not-sure"))
    live.changed()
    return see_other(f"/console/bookings/{booking_id}")


# --- what the pages share ------------------------------------------------------------------------------------


async def _asked(
    request: web.Request,
    me: Me,
    wanted: Wanted,
    starts_at: datetime | None,
    *,
    typed: dict[str, str],
    member_id: int = 0,
    moving: Booking | None = None,
    problem: Problem | None = None,
) -> web.Response:
    """The free times, or the question about the one that was chosen."""
    parts = request.app[PARTS]
    now = parts.clock()
    whose = member_id if moving is None else moving.member_id
    has = None if moving is None else moving.starts_at
    offered = starts_at is not None and problem is None

    def unit(tx: Tx) -> tuple[wishes.Facts | None, wishes.Free, str]:
        facts = None
        if offered and starts_at is not None and calendars.is_offered(tx, wanted, starts_at, now):
            facts = wishes.facts(tx, wanted, starts_at, wanted.only)
        free = (
            wishes.Free((), None)
            if facts
            else wishes.free(tx, wanted, now, day_of(typed.get("first", "")), has)
        )
        return facts, free, rules.outlook(tx, now, wanted.site, parts.texts, whose)

    facts, free, outlook = await parts.read(unit)
    if offered and facts is None:
        problem = Problem("bookings-gone")
    if facts is None and not free.days and moving is None:
        return await book_page(request, me, problem or Problem("bookings-none"), typed)
    return page(
        request,
        me,
        "booking_times.html" if facts is None else "booking_confirm.html",
        problem=problem,
        typed=typed,
        action=f"/console/members/{member_id}/book"
        if moving is None
        else f"/console/bookings/{moving.id}/move",
        back=f"/console/members/{member_id}/book" if moving is None else f"/console/bookings/{moving.id}",
        kept=_kept(typed) if moving is None else {},
        facts=facts,
        free=free,
        at=0 if starts_at is None else to_ms(starts_at),
        ms=to_ms,
        moving=moving,
        outlook=outlook,
        topic_key=lambda slug: topic_key(parts, slug),
        language_name=lambda tag: language_name(tag, me.language),
    )


async def _after(
    request: web.Request,
    me: Me,
    outcome: TakeOutcome | MoveOutcome | None,
    wanted: Wanted,
    starts_at: datetime,
    *,
    typed: dict[str, str],
    member_id: int = 0,
    moving: Booking | None = None,
) -> web.Response:
    match outcome:
        case None:
            raise web.HTTPNotFound
        case Taken(booking) | Mine(booking):
            live.changed()
            return see_other(f"/console/bookings/{booking.id}")
        case Gone():
            problem = Problem("bookings-gone")
        case Clash(other):
            problem = Problem("bookings-clash", at=other.starts_at)
        case TooMany():
            return await book_page(request, me, Problem("bookings-too-many", count=bookings.OPEN_MAX), typed)
        case Over():
            return await one(request, me, Problem("bookings-over"))
    return await _asked(
        request,
        me,
        wanted,
        starts_at,
        typed=typed,
        member_id=member_id,
        moving=moving,
        problem=problem,
    )


def topic_key(parts: Parts, slug: str) -> str:
    """The text key of a topic's name."""
    key = f"booking-topic-{slug}"
    return key if parts.texts.has(parts.texts.default, key) else "booking-topic-other"


def _kept(form: dict[str, str]) -> dict[str, str]:
    """What was chosen before, to be posted again."""
    return {name: form.get(name, "") for name in ("site", "topic", "mode", "language", "only", "second")}


def _instant(told: str) -> datetime | None:
    """The time of so many milliseconds."""
    return from_ms(int(told)) if told.isascii() and told.isdigit() and len(told) <= AT_DIGITS else None


def _visible(tx: Tx, request: web.Request, me: Me) -> Booking | None:
    return wishes.meeting(tx, me, number(request.match_info["id"]))


def _record(tx: Tx, now: datetime, me: Me, act: str, booking: Booking, name: str) -> None:
    about = audit.name(tx, "booking", booking.id, name)
    audit.record(
        tx, now, me.uid, act, about, {"site": booking.site_id, "joint": booking.second_id is not None}
    )
