"""The secret check at the desk: she types six digits twice, or takes them back. Nobody can read them afterwards."""

from __future__ import annotations

import re
import secrets

from aiohttp import web

from bot.console.access import Me
from bot.console.pages import FORM
from bot.console.records import change
from bot.settings import keyed
from bot.web.parts import PARTS
from flows.record import Refused
from storage import checks
from storage.sql import Tx

_SIX = re.compile(rf"[0-9]{{{checks.DIGITS}}}", re.ASCII)
_ROWS = ("01234567890", "09876543210")


async def set_(request: web.Request, me: Me) -> web.Response:
    """Keep six digits, typed twice."""
    parts, fields = request.app[PARTS], request[FORM]
    now, salt, key = parts.clock(), secrets.token_hex(16), keyed(parts.key)
    first, second = ("".join(fields.get(name, "").split()) for name in ("digits", "again"))
    # Never shown again, not even to whoever just typed them.
    request[FORM] = {name: told for name, told in fields.items() if name not in ("digits", "again")}

    def keep(tx: Tx, member_id: int) -> None:
        if _SIX.fullmatch(first) is None:
            raise Refused("records-check-six")
        if first != second:
            raise Refused("records-check-differ")
        if len(set(first)) == 1 or any(first in row for row in _ROWS):
            raise Refused("records-check-easy")
        checks.set_(tx, member_id, first, salt, me.staff_id, now, key)

    return await change(request, me, "check.set", keep, done="check")


async def remove(request: web.Request, me: Me) -> web.Response:
    """She does not want it any more."""
    return await change(request, me, "check.remove", checks.remove, done="unchecked")
