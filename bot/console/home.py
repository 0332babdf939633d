"""Where the console begins: the first page of the menu that she may open; for an admin of a new office, its set-up."""

from __future__ import annotations

from aiohttp import web

from bot.console.access import Me, Role
from bot.console.pages import menu, see_other
from bot.console.setup import SETUP
from bot.web.parts import PARTS


async def home(request: web.Request, me: Me) -> web.Response:
    """To the first page of her menu."""
    if me.has(Role.ADMIN) and not request.app[PARTS].office.is_open:
        return see_other(SETUP)
    return see_other(next((path for _name, path in menu(request, me)), "/console/account"))
