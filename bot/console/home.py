"""Where the console begins: the first page of the menu that she may open."""

from __future__ import annotations

from aiohttp import web

from bot.console.access import Me
from bot.console.pages import menu, see_other


async def home(request: web.Request, me: Me) -> web.Response:
    """To the first page of her menu."""
    return see_other(next((path for _name, path in menu(request, me)), "/console/account"))
