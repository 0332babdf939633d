"""How people reach the office: the chat page, Telegram, and what is not there; in words for somebody who runs no servers."""

from __future__ import annotations

from aiohttp import web

from bot.console.access import Me
from bot.console.pages import page
from bot.web.parts import PARTS


async def show(request: web.Request, me: Me) -> web.Response:
    """Each way and how it is switched on. Only reads: secrets stand in `.env` and never here."""
    parts = request.app[PARTS]
    settings = parts.settings
    return page(
        request,
        me,
        "channels.html",
        public=settings.public_url,
        here=settings.public_url or f"{request.scheme}://{request.host}",
        https=parts.https,
        token=settings.telegram_token is not None,
        username=parts.telegram_username,
        trouble={name: kind for name, kind in parts.health.channels.items() if kind is not None},
        is_open=parts.office.is_open,
    )
