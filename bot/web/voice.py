"""The voice of a page she asked to hear: fetched when she presses play, never before."""

from __future__ import annotations

import re

from aiohttp import web

from bot.channels import web as channel
from bot.web.chat import allow, token_of, visitor_of
from bot.web.limits import LIMITS
from bot.web.parts import PARTS
from storage import pages, voices
from storage.messages import ID_MAX
from storage.sql import Tx

_RANGE = re.compile(r"bytes=(\d{1,9})-(\d{0,9})")


async def play(request: web.Request) -> web.Response:
    """The recording of one message of hers, while what it says is still so."""
    parts = request.app[PARTS]
    allow(request.app[LIMITS].reads, visitor_of(request), parts.clock())
    address = channel.address(token_of(request))
    message = next(iter(channel.numbers(request.match_info["message"])), 0)

    def unit(tx: Tx) -> tuple[str, bytes] | None:
        known = pages.voice_of(tx, channel.ACCOUNT, address, message) if message <= ID_MAX else None
        return voices.body(tx, known) if known is not None and known in parts.texts.voices else None

    found = await parts.read(unit)
    if found is None:
        raise web.HTTPNotFound
    return sound(request, *found)


def sound(request: web.Request, content_type: str, body: bytes) -> web.Response:
    """The bytes, or the piece a player asks for: some phones play nothing they cannot ask for in pieces."""
    answer = web.Response(body=body, content_type=content_type, headers={"Accept-Ranges": "bytes"})
    wanted = _RANGE.fullmatch(request.headers.get("Range", ""))
    if wanted is None:
        return answer
    first, last = int(wanted[1]), min(int(wanted[2] or len(body)), len(body) - 1)
    if first > last:
        raise web.HTTPRequestRangeNotSatisfiable
    answer.set_status(206)
    answer.body = body[first : last + 1]
    answer.headers["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
    return answer
