"""What the owner organisation sees behind its link: the facts of one service, "still correct", and what changed.

Opening the link uses nothing up. A stranger changes no fact: a yes moves the review date, words become a task of staff.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from bot import names
from bot.console import live
from bot.console.pages import LANGUAGES, language_name
from bot.console.service_form import title, week
from bot.web.chat import allow, visitor_of
from bot.web.limits import LIMITS
from bot.web.parts import PARTS
from bot.web.render import notice, page, preferred
from bot.web.security import check_origin, form
from flows import directory as rules
from flows import hours
from flows.mydata import token_hash
from storage import audit, confirmations, directory, tasks
from storage.confirmations import CHANGED, RIGHT, WORDS_MAX, Asked
from storage.directory import StoredService
from storage.services import FALLBACK
from storage.sql import Tx

STILL = "/still/"
TOKEN_MAX = 128
ANSWER_IN = timedelta(days=7)
"""Staff look at what an organisation wrote within a week."""


@dataclass(frozen=True, slots=True)
class _Question:
    asked: Asked
    stored: StoredService
    organisation: str


def _hash(request: web.Request) -> str:
    return token_hash(request.match_info["token"][:TOKEN_MAX])


def _look(tx: Tx, hashed: str, now: datetime) -> _Question | None:
    asked = confirmations.look(tx, hashed, now)
    if asked is None:
        return None
    stored = directory.service(tx, asked.service_id, [asked.site_id])
    owner = directory.organisation(tx, stored.organisation_id, [asked.site_id]) if stored else None
    return None if stored is None or owner is None else _Question(asked, stored, owner.facts.name)


def _language(request: web.Request) -> str:
    told = preferred(request) or ""
    return told if told in LANGUAGES else request.app[PARTS].texts.default


async def show(request: web.Request) -> web.Response:
    """The facts, as long as the link holds."""
    parts, hashed = request.app[PARTS], _hash(request)
    now = parts.clock()
    allow(request.app[LIMITS].reads, visitor_of(request), now)
    found = await parts.read(lambda tx: _look(tx, hashed, now))
    return notice(request, "confirm-over", 404) if found is None else _page(request, found)


def _page(request: web.Request, found: _Question, problem: str = "", typed: str = "") -> web.Response:
    language, facts = _language(request), found.stored.facts
    tags = (*FALLBACK, *facts.texts)
    return page(
        request.app[PARTS],
        "confirm.html",
        language,
        422 if problem else 200,
        path=request.path,
        facts=facts,
        title=title(facts),
        words=next((facts.texts[tag] for tag in tags if tag in facts.texts), None),
        organisation=found.organisation,
        seen=found.stored.version,
        week=week(facts),
        cost=rules.said_cost(facts.cost_cents),
        spoken=[language_name(tag, language) for tag in facts.languages],
        site=request.app[PARTS].office.main,
        problem=problem,
        typed=typed,
        most=WORDS_MAX,
    )


async def answer(request: web.Request) -> web.Response:
    """Yes, or what changed; the link works once."""
    parts, hashed, uid = request.app[PARTS], _hash(request), names.uid()
    now = parts.clock()
    allow(request.app[LIMITS].address_posts, visitor_of(request), now)
    check_origin(request)
    told = await form(request)
    words = told.get("words", "").replace("\r\n", "\n").strip()
    right = told.get("answer") == RIGHT
    today = now.astimezone(hours.zone(parts.office.main)).date()

    def unit(tx: Tx) -> tuple[_Question | None, str]:
        found = _look(tx, hashed, now)
        if found is None:
            return None, ""
        if not right and (not words or len(words) > WORDS_MAX):
            return found, "confirm-long" if words else "confirm-empty"
        asked, stored = found.asked, found.stored
        if right:
            until = rules.months_on(today, asked.months)
            seen = told.get("seen", "")
            if seen != str(stored.version) or not directory.checked(
                tx, stored, today, until, stored.version, asked.created_by, now
            ):
                return found, "confirm-meanwhile"
        if not confirmations.answer(tx, hashed, RIGHT if right else CHANGED, None if right else words, now):
            return None, ""
        if not right:
            about = directory.subject(stored.id)
            tasks.add(
                tx, tasks.REPORT, about, asked.id, site_id=asked.site_id, due_at=now + ANSWER_IN, now=now
            )
        details = {"answer": RIGHT if right else CHANGED}
        name = audit.name(tx, "service", stored.id, uid)
        audit.record(tx, now, audit.SYSTEM, "directory.answer", name, details)
        return found, "done"

    found, said = await parts.write(unit)
    if found is None:
        return notice(request, "confirm-over", 404)
    if said != "done":
        return _page(request, found, said, words)
    live.changed()
    return page(parts, "confirmed.html", _language(request), right=right, site=parts.office.main)
