"""The large-print card, and the phone that wants to join her record with its link: staff confirm, nothing joins itself."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from aiohttp import web

from bot import names
from bot.console.access import Me
from bot.console.pages import FORM, Problem, page, see_other
from bot.console.records import OPENS, RECORDS, her_page, sees, wanted
from bot.web.parts import PARTS, Parts
from bot.web.render import chrome_language, direction
from flows import card, joined
from flows.mydata import token_hash
from flows.screen import Arg
from storage import audit, bookings, cards, members, records
from storage.bookings import Booking
from storage.records import Record, SiteFacts
from storage.sql import Tx

JOIN = "/card/"
"""The path behind the link where the web chat is the way."""
TELEGRAM = "https://t.me/"
_QUIET = 4
"""White modules around a QR code."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on a card."""

    language: str
    record: Record
    next: Booking | None
    site: SiteFacts


async def show(request: web.Request, me: Me) -> web.Response:
    """The card as it will be printed, without a link."""
    return await _card(request, me, link=None, name=True)


async def make(request: web.Request, me: Me) -> web.Response:
    """A card with a new one-time link: it stands on this page alone."""
    parts, member_id, token = request.app[PARTS], wanted(request), request.app[PARTS].token()
    now = parts.clock()

    def unit(tx: Tx) -> bool:
        if not sees(tx, me, member_id) or records.find(tx, member_id) is None:
            return False
        cards.offer(tx, token_hash(token), member_id, me.staff_id, now)
        audit.record(tx, now, me.uid, "card.make", names.about(tx, "member", member_id))
        return True

    if not await parts.write(unit):
        raise web.HTTPNotFound
    return await _card(request, me, link=_link(request, token), name=request[FORM].get("name") == "yes")


def _link(request: web.Request, token: str) -> str:
    """Where the QR code leads: our page when others can reach it, which also knows Telegram; else Telegram, else here."""
    parts = request.app[PARTS]
    if parts.settings.public_url:
        return f"{parts.settings.public_url}{JOIN}{token}"
    if parts.telegram_username:
        return f"{TELEGRAM}{parts.telegram_username}?start={card.START}{token}"
    return f"{request.scheme}://{request.host}{JOIN}{token}"


async def _card(request: web.Request, me: Me, *, link: str | None, name: bool) -> web.Response:
    parts, member_id = request.app[PARTS], wanted(request)
    now = parts.clock()

    def unit(tx: Tx) -> Printed | None:
        member = members.find(tx, member_id) if sees(tx, me, member_id) else None
        found = records.find(tx, member_id)
        if member is None or found is None:
            return None
        ahead = (one for one in bookings.upcoming(tx, member_id, now) if one.is_open(now))
        # Where else she goes is not this desk's to print.
        hers = me.sites(*OPENS)
        here = (found.site_id,) if found.site_id in hers else hers
        near = next((one for one in ahead if one.site_id in here), None)
        place = records.site_facts(tx, near.site_id if near else found.site_id)
        return Printed(chrome_language(parts.texts, member.language), found, near, place)

    printed = await parts.read(unit)
    if printed is None:
        raise web.HTTPNotFound

    def hers(key: str, **args: Arg) -> str:
        return parts.texts.text(printed.language, key, args)

    return page(
        request,
        me,
        "card.html",
        of=printed,
        hers=hers,
        turned=direction(printed.language),
        with_name=name,
        id=member_id,
        qr=None if link is None else _drawn(link),
        until=now + cards.CARD_FOR,
        handles=_handles(parts),
    )


def _handles(parts: Parts) -> list[str]:
    """Our own addresses: whoever writes from another is not us."""
    telegram = [f"Telegram @{parts.telegram_username}"] if parts.telegram_username else []
    web_address = (parts.settings.public_url or "").partition("://")[2]
    return [*telegram, *([web_address] if web_address else [])]


def _drawn(link: str) -> tuple[int, str]:
    """A QR code as its width in modules and the path of its dark ones."""
    rows = [list(row) for row in segno.make(link, error="m", micro=False).matrix_iter(border=_QUIET)]
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, cell in enumerate(row) if cell)
    return len(rows), "".join(dark)


async def confirm(request: web.Request, me: Me) -> web.Response:
    """She read the number on her phone out; it joins her record if it is the right one."""
    parts, told = request.app[PARTS], "".join(request[FORM].get("number", "").split())
    member_id, now, site = wanted(request), parts.clock(), parts.office.main

    def unit(tx: Tx) -> tuple[bool, bool | None]:
        if not sees(tx, me, member_id):
            return False, None
        asking = cards.asking(tx, member_id, now)
        if asking is None:
            return True, None
        done = joined.confirm(tx, asking, told, now=now, site=site, texts=parts.texts)
        act = "card.join" if done else "card.wrong"
        audit.record(tx, now, me.uid, act, names.about(tx, "member", member_id))
        return True, done

    there, done = await parts.write(unit)
    if not there:
        raise web.HTTPNotFound
    if not done:
        key = "records-join-over" if done is None else "records-join-number"
        return await her_page(request, me, Problem(key))
    parts.hint()
    return see_other(f"{RECORDS}/{member_id}?done=joined")


async def refuse(request: web.Request, me: Me) -> web.Response:
    """It is not her phone."""
    parts, member_id = request.app[PARTS], wanted(request)
    now, site = parts.clock(), parts.office.main

    def unit(tx: Tx) -> bool:
        if not sees(tx, me, member_id):
            return False
        asking = cards.asking(tx, member_id, now)
        if asking is not None:
            joined.refuse(tx, asking, now=now, site=site, texts=parts.texts)
            audit.record(tx, now, me.uid, "card.refuse", names.about(tx, "member", member_id))
        return True

    if not await parts.write(unit):
        raise web.HTTPNotFound
    parts.hint()
    return see_other(f"{RECORDS}/{member_id}?done=refused")
