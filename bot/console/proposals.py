"""The second person of a text for a crisis, for consent or for stopping: she signs the wording that waits, or refuses it."""

from __future__ import annotations

from aiohttp import web

from bot.console.access import Me
from bot.console.pages import FORM, Problem, see_other
from bot.console.wording_text import key_of, text, version_of
from bot.console.wordings import TEXTS, asked
from bot.web.parts import PARTS
from bot.wordings import reload
from storage import audit, proposals, wordings
from storage.proposals import REFUSED, SIGNED, WITHDRAWN
from storage.sql import Tx


async def sign(request: web.Request, me: Me) -> web.Response:
    """From now on members read it."""
    return await _close(request, me, SIGNED, "text.second")


async def refuse(request: web.Request, me: Me) -> web.Response:
    """It will not hold; what members read stays."""
    return await _close(request, me, REFUSED, "text.refuse")


async def withdraw(request: web.Request, me: Me) -> web.Response:
    """Its writer takes it back."""
    return await _close(request, me, WITHDRAWN, "text.withdraw")


async def _close(request: web.Request, me: Me, outcome: str, act: str) -> web.Response:
    parts, tag, now = request.app[PARTS], asked(request, me), request.app[PARTS].clock()
    key, seen, after = key_of(request, tag), request[FORM].get("digest", ""), version_of(request)

    def unit(tx: Tx) -> None:
        found = proposals.close(tx, tag, key, seen, outcome, me.staff_id, now)
        if found is None:
            raise Problem("wording-meanwhile")
        if outcome == SIGNED:
            own = wordings.current(tx, tag).get(key)
            new = [(key, found.source, after)]
            # The old text she saw beside it must be the one that holds.
            if (own.version if own else 0) != after or not wordings.put(
                tx, tag, new, found.staff_id, now, me.staff_id
            ):
                raise Problem("wording-meanwhile")
            if tag in me.languages:
                wordings.sign(tx, tag, key, seen, me.staff_id, now)
        audit.record(tx, now, me.uid, act, None, {"language": tag, "text": key})

    try:
        await parts.write(unit)
    except Problem as problem:
        return await text(request, me, problem)
    if outcome == SIGNED:
        await reload(parts)
    return see_other(f"{TEXTS}/{tag}/keys/{key}")
