"""The page behind a card's QR code: two ways on, Telegram or the chat here. Opening it uses nothing up; previews open it too."""

from __future__ import annotations

from aiohttp import web

from bot.web.chat import allow, begin, visitor_of
from bot.web.limits import LIMITS
from bot.web.parts import PARTS
from bot.web.render import chrome_language, page, preferred
from bot.web.security import check_origin
from flows import card
from flows.mydata import token_hash
from storage import cards

TOKEN_MAX = 64


def _token(request: web.Request) -> str:
    return request.match_info["token"][:TOKEN_MAX]


async def show(request: web.Request) -> web.Response:
    """The ways on; for a link that is wrong or over the public greeting and nothing else."""
    parts, token = request.app[PARTS], _token(request)
    now = parts.clock()
    allow(request.app[LIMITS].reads, visitor_of(request), now)
    if not await parts.read(lambda tx: cards.is_open(tx, token_hash(token), now)):
        return web.Response(status=303, headers={"Location": "/"})
    return page(
        parts,
        "card.html",
        chrome_language(parts.texts, preferred(request)),
        path=request.path,
        telegram=parts.telegram_username,
        payload=f"{card.START}{token}",
    )


async def enter(request: web.Request) -> web.Response:
    """Go on here: this browser's chat asks whose phone it is."""
    allow(request.app[LIMITS].reads, visitor_of(request), request.app[PARTS].clock())
    check_origin(request)
    return await begin(request, f"{card.START}{_token(request)}")
