"""What members sent, for staff: a download that never opens inline, and keeping it longer with a reason."""

from __future__ import annotations

import asyncio
import secrets

from aiohttp import web

from bot import names
from bot.console import live
from bot.console.access import Me
from bot.console.inbox import scope_of
from bot.console.pages import FORM, Problem, see_other
from bot.files import ENDINGS, UID, Folder
from bot.web.parts import PARTS
from storage import audit, inbox, media
from storage.media import Sent
from storage.sql import Tx

REASON_MAX = 200
HEADERS = {
    # Not its own type, and in no page of ours: a browser saves it and does nothing else.
    "Content-Type": "application/octet-stream",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


def _hers(tx: Tx, me: Me, uid: str) -> Sent | None:
    """The file, if she may see its conversation and its member let a person look."""
    sent = media.find(tx, uid) if UID.fullmatch(uid) else None
    if sent is None or not sent.is_there or not inbox.can_see(tx, scope_of(me), sent.conversation_id):
        return None
    return sent


async def download(request: web.Request, me: Me) -> web.StreamResponse:
    """The bytes, as an attachment under a random name; who took them is written down before they leave."""
    parts, uid, now = request.app[PARTS], request.match_info["uid"], request.app[PARTS].clock()

    def unit(tx: Tx) -> Sent | None:
        sent = _hers(tx, me, uid)
        if sent is None or (sent.kept_at is None and sent.expires_at <= now):
            return None
        audit.record(tx, now, me.uid, "media.view", names.about(tx, "conversation", sent.conversation_id))
        return sent

    sent = await parts.write(unit)
    body = None if sent is None else await asyncio.to_thread(Folder(parts.settings.media_path).read, uid)
    if sent is None or body is None:
        raise web.HTTPNotFound
    name = f"{secrets.token_hex(4)}.{ENDINGS.get(sent.content_type or '', 'bin')}"
    answer = web.Response(body=body, headers=HEADERS)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


async def keep(request: web.Request, me: Me) -> web.StreamResponse:
    """Staff need it longer than a day, and say why."""
    parts, uid, now = request.app[PARTS], request.match_info["uid"], request.app[PARTS].clock()
    reason = request[FORM].get("reason", "").strip()[:REASON_MAX]

    def unit(tx: Tx) -> tuple[Sent | None, bool]:
        sent = _hers(tx, me, uid)
        if sent is None or not reason or not media.keep(tx, uid, me.staff_id, reason, now):
            return sent, False
        audit.record(tx, now, me.uid, "media.keep", names.about(tx, "conversation", sent.conversation_id))
        return sent, True

    sent, is_kept = await parts.write(unit)
    if sent is None:
        raise web.HTTPNotFound
    if not is_kept and sent.kept_at is None:  # a form that came twice has done its work
        raise Problem("files-keep-gone" if reason else "files-keep-empty")
    live.changed()
    return see_other(f"/console/chats/{sent.conversation_id}")
