"""The calendar feed: a secret address that a calendar program reads, made and revoked on her account page."""

from __future__ import annotations

import hashlib

from aiohttp import web

from bot.console.access import Me
from bot.console.account import ACCOUNT, account
from bot.console.door import TOKEN_MAX, hashed
from bot.console.pages import Problem, see_other
from bot.web.chat import allow, visitor_of
from bot.web.limits import LIMITS
from bot.web.parts import PARTS
from flows.feed import calendar
from storage import audit, feeds
from storage.feeds import Event, Owner
from storage.sql import Tx

PATH = "/console/feed/"
TYPE = "text/calendar"


async def serve(request: web.Request, me: Me) -> web.Response:  # noqa: ARG001 - a handler's signature
    """The calendar behind a token; any other address is refused like a page that is not there."""
    parts, name = request.app[PARTS], hashed(request.match_info["token"][:TOKEN_MAX])
    now = parts.clock()
    allow(request.app[LIMITS].reads, visitor_of(request), now)

    def unit(tx: Tx) -> tuple[Owner, list[Event]] | None:
        owner = feeds.find(tx, name)
        return None if owner is None else (owner, feeds.events(tx, owner.counsellor_id, now))

    found = await parts.read(unit)
    if found is None:
        raise web.HTTPNotFound
    owner, events = found

    def uid(booking_id: int) -> str:
        return f"{parts.signed('calendar-event', str(booking_id))[:32]}@tocka"

    word, title = (parts.texts.text(owner.language, key) for key in ("feed-booked", "feed-name"))
    body = calendar(events, word, uid, now, title)
    tag = hashlib.sha256(body).hexdigest()[:32]
    answer = web.Response(body=body, content_type=TYPE, charset="utf-8")
    known = request.if_none_match
    if known and any(one.value in (tag, "*") for one in known):
        answer = web.Response(status=304)
    else:
        answer.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer.etag = tag
    return answer


async def make(request: web.Request, me: Me) -> web.Response:
    """A new address, shown once; an older one ends."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    token = parts.token()

    def unit(tx: Tx) -> bool:
        made = feeds.make(tx, me.staff_id, hashed(token), now)
        if made:
            audit.record(tx, now, me.uid, "feed.make")
        return made

    if not await parts.write(unit):
        return await account(request, me, Problem("feed-no-calendar"))
    # Without a public address her calendar program reaches us as she does.
    base = parts.settings.public_url or f"{request.scheme}://{request.host}"
    return await account(request, me, feed_link=f"{base}{PATH}{token}")


async def revoke(request: web.Request, me: Me) -> web.Response:
    """No address any more."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()

    def unit(tx: Tx) -> None:
        if feeds.revoke(tx, me.staff_id):
            audit.record(tx, now, me.uid, "feed.revoke")

    await parts.write(unit)
    return see_other(ACCOUNT)
