"""Records of the desk: a first name and a language open one; her page holds what was agreed aloud, calls and appointments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from bot import names
from bot.console import live
from bot.console.access import Me, Role
from bot.console.fields import number
from bot.console.pages import FORM, Problem, language_name, page, see_other
from bot.console.tasks import safe
from bot.web.parts import PARTS
from flows import contact, record
from flows.record import Refused, Terms
from flows.texts import SHIPPED
from storage import audit, bookings, cards, checks, members, mydata, people, records, tasks
from storage.bookings import CODE_LENGTH, CODE_LETTERS, Booking
from storage.cards import Asking
from storage.checks import Check
from storage.members import Member
from storage.records import Agreement, Hit, Record
from storage.sql import Tx
from storage.tasks import Line
from storage.visits import Place, places

RECORDS = "/console/records"
OPENS = frozenset({Role.DESK, Role.COUNSELLOR, Role.COORDINATOR})
TOLD = ("opened", "agreed", "check", "unchecked", "joined", "refused")
"""What a page may say that was done: a word of the address, never a name."""


@dataclass(frozen=True, slots=True)
class Page:
    """All that her page shows."""

    member: Member
    record: Record | None
    agreement: Agreement
    agreed_with: str | None
    opened_by: str | None
    calls: list[Line]
    bookings: list[Booking]
    chats: list[tuple[str, bool, datetime]]
    check: Check | None
    asking: Asking | None
    card_until: datetime | None


def wanted(request: web.Request) -> int:
    """The member of the path; nobody is refused."""
    found = number(request.match_info["id"])
    if not found:
        raise web.HTTPNotFound
    return found


def sees(tx: Tx, me: Me, member_id: int) -> bool:
    """Whether she may open this record."""
    return mydata.at_desk(tx, member_id, me.staff_id, me.sites(*OPENS))


async def show(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    """A search and a form for a new record; never a list of everybody."""
    return await _start(request, me, problem)


async def find(request: web.Request, me: Me) -> web.Response:
    """Who bears this first name or card. The words are posted, so that no address holds a name."""
    parts, sites = request.app[PARTS], me.sites(*OPENS)
    told = request[FORM].get("search", "")[:100]
    letters = "".join(told.upper().split())
    code = letters if len(letters) == CODE_LENGTH and set(letters) <= set(CODE_LETTERS) else None
    folded = record.folded(told)

    def unit(tx: Tx) -> list[Hit]:
        by_card = records.search(tx, sites, me.staff_id, "", code) if code else []
        return by_card or records.search(tx, sites, me.staff_id, folded, None)

    return await _start(request, me, found=await parts.read(unit))


async def _start(
    request: web.Request, me: Me, problem: Problem | None = None, found: list[Hit] | None = None
) -> web.Response:
    parts, sites = request.app[PARTS], me.sites(*OPENS)
    choices: list[Place] = await parts.read(lambda tx: places(tx, sites))
    return page(
        request,
        me,
        "records.html",
        problem=problem,
        typed=request.get(FORM),
        found=found,
        places=choices,
        languages=_spoken(request, me),
    )


def _spoken(request: web.Request, me: Me) -> list[tuple[str, str, str]]:
    """The languages of our texts: tag, name, and what is read aloud."""
    texts = request.app[PARTS].texts
    return [(one, language_name(one, me.language), texts.text(one, "card-privacy")) for one in SHIPPED]


async def open_new(request: web.Request, me: Me) -> web.Response:
    """Open a record of somebody we do not know yet."""
    site = number(request[FORM].get("site", ""))
    if site not in me.sites(*OPENS):
        raise web.HTTPNotFound
    try:
        opened = await _open(request, me, site, None)
    except Refused as refused:
        return await _start(request, me, Problem(str(refused)))
    return see_other(f"{RECORDS}/{opened}?done=opened")


async def open_known(request: web.Request, me: Me) -> web.Response:
    """Open one for a member who is known from a chat or an appointment."""
    member_id = wanted(request)
    sites = me.sites(*OPENS)

    def known_at(tx: Tx) -> list[int]:
        return [site for site in sites if mydata.at_desk(tx, member_id, me.staff_id, (site,))]

    hers = await request.app[PARTS].read(known_at)
    if not hers:
        raise web.HTTPNotFound
    try:
        await _open(request, me, hers[0], member_id)
    except Refused as refused:
        return await her_page(request, me, Problem(str(refused)))
    return see_other(f"{RECORDS}/{member_id}?done=opened")


async def _open(request: web.Request, me: Me, site: int, member_id: int | None) -> int:
    parts, fields = request.app[PARTS], request[FORM]
    now = parts.clock()

    def unit(tx: Tx) -> int:
        opened = record.open_record(
            tx,
            site,
            fields.get("name", ""),
            fields.get("language", ""),
            read_aloud=fields.get("aloud") == "yes",
            staff_id=me.staff_id,
            now=now,
            member_id=member_id,
        )
        audit.record(tx, now, me.uid, "record.open", names.about(tx, "member", opened))
        return opened

    return await parts.write(unit)


async def her_page(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    """Her record."""
    parts, member_id = request.app[PARTS], wanted(request)
    now, sites = parts.clock(), me.sites(*OPENS)
    told = await parts.read(lambda tx: _page(tx, me, member_id, sites, now))
    if told is None:
        raise web.HTTPNotFound
    done = request.query.get("done", "")
    return page(
        request,
        me,
        "record.html",
        problem=problem,
        typed=request.get(FORM),
        done=done if done in TOLD and problem is None else "",
        of=told,
        id=member_id,
        now=now,
        safe=lambda line: safe(line, now),
        whens=contact.WHEN,
        shared=contact.SHARED,
        channels=_channels(told),
        languages=_spoken(request, me),
        language_name=lambda tag: language_name(tag, me.language),
    )


def _page(tx: Tx, me: Me, member_id: int, sites: tuple[int, ...], now: datetime) -> Page | None:
    member = members.find(tx, member_id) if sees(tx, me, member_id) else None
    if member is None:
        return None
    found, agreed = records.find(tx, member_id), records.agreement(tx, member_id)
    return Page(
        member,
        found,
        agreed,
        _name(tx, agreed.agreed_with),
        _name(tx, found.opened_by if found else None),
        tasks.calls_of(tx, member_id, me.staff_id, sites),
        [one for one in bookings.upcoming(tx, member_id, now) if one.site_id in sites],
        records.chats(tx, member_id),
        checks.find(tx, member_id),
        cards.asking(tx, member_id, now),
        cards.open_until(tx, member_id, now),
    )


def _name(tx: Tx, staff_id: int | None) -> str | None:
    person = None if staff_id is None else people.get(tx, staff_id)
    return None if person is None else person.name


def _channels(told: Page) -> list[str]:
    """Where she could be written to: the last chat, one kind of chat she has, or nowhere."""
    hers = dict.fromkeys(account.partition(":")[0] for account, _, _ in told.chats)
    known = [one for one in hers if one in records.CHANNELS]
    if told.agreement.channel is not None and told.agreement.channel not in (*known, records.DESK):
        known.append(told.agreement.channel)
    return [*known, records.DESK]


async def agree(request: web.Request, me: Me) -> web.Response:
    """Keep what was agreed aloud."""
    fields = request[FORM]
    phone = " ".join(fields.get("phone", "").split())
    terms = Terms(
        fields.get("when") or None,
        fields.get("shared") or None,
        fields.get("locked") == "yes",
        fields.get("channel") or None,
        fields.get("wording", "time"),
        phone or None,
        fields.get("whose", ""),
        fields.get("knew_locked") == "yes",
    )
    parts = request.app[PARTS]
    now, site = parts.clock(), parts.office.main
    return await change(
        request,
        me,
        "record.agree",
        lambda tx, one: record.agree(tx, one, terms, site=site, staff_id=me.staff_id, now=now),
        done="agreed",
        details={"locked": terms.do_not_write},
    )


async def change(
    request: web.Request, me: Me, act: str, do: Any, *, done: str, details: dict[str, object] | None = None
) -> web.Response:
    """Something of hers is changed by staff who may see her, with its line in the audit."""
    parts, member_id = request.app[PARTS], wanted(request)
    now = parts.clock()

    def unit(tx: Tx) -> bool:
        if not sees(tx, me, member_id):
            return False
        do(tx, member_id)
        audit.record(tx, now, me.uid, act, names.about(tx, "member", member_id), details)
        return True

    try:
        if not await parts.write(unit):
            raise web.HTTPNotFound
    except Refused as refused:
        return await her_page(request, me, Problem(str(refused)))
    live.changed()
    return see_other(f"{RECORDS}/{member_id}?done={done}")
