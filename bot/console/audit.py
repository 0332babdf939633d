"""The audit as administrators read it: who did what, newest first."""

from __future__ import annotations

from aiohttp import web

from bot.console.access import Me
from bot.console.fields import number
from bot.console.pages import language_of, page
from bot.web.parts import PARTS
from storage import audit
from storage.audit import Act
from storage.sql import Tx

ROWS = 50


async def acts(request: web.Request, me: Me) -> web.Response:
    """The last acts, of one kind when asked, older than `before` when asked."""
    parts = request.app[PARTS]
    language = language_of(request, me)
    asked = request.query.get("act", "")
    act = asked if audit.ACT.fullmatch(asked) else ""
    before = number(request.query.get("before", "")) or None  # anything odd means the newest page

    def unit(tx: Tx) -> tuple[list[Act], list[str]]:
        # One more than is shown tells whether there is an older page.
        return audit.page(tx, ROWS + 1, act=act or None, before=before), audit.acts(tx)

    lines, kinds = await parts.read(unit)

    def label(kind: str) -> str:
        key = f"audit-act-{kind.replace('.', '-').replace('_', '-')}"
        return parts.texts.text(language, key) if parts.texts.has(language, key) else kind

    return page(
        request,
        me,
        "audit.html",
        lines=lines[:ROWS],
        older=lines[ROWS - 1].id if len(lines) > ROWS else None,
        first=before is None,
        act=act if act in kinds else "",
        kinds=sorted(((kind, label(kind)) for kind in kinds), key=lambda pair: pair[1]),
        label=label,
        system=audit.SYSTEM,
    )
