"""One alert: what it is, who looks, and the one button that stops the calling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from sqlalchemy import select

from bot import names
from bot.console import live
from bot.console.access import Me
from bot.console.pages import language_name, page, see_other, static_files
from bot.web.parts import PARTS
from flows import alerts as rules
from storage import alerts, audit
from storage.alerts import Alert
from storage.conversations import ConversationRow
from storage.members import MemberRow
from storage.sql import Tx, from_ms, table
from storage.staff import StaffRow

_c, _p, _s = table(ConversationRow), table(MemberRow), table(StaffRow)
UID_MAX = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """An alert as its page shows it; no word of hers."""

    alert: Alert
    since: datetime
    language: str | None
    looks: str | None


async def one(request: web.Request, me: Me) -> web.Response:
    """The alert, if it may reach her."""
    uid = request.match_info["uid"][:UID_MAX]

    def unit(tx: Tx) -> Shown | None:
        alert = _hers(tx, me, uid)
        return None if alert is None else _shown(tx, alert)

    shown = await request.app[PARTS].read(unit)
    if shown is None:
        raise web.HTTPNotFound
    spoken = language_name(shown.language, me.language) if shown.language else None
    return page(request, me, "alert.html", shown=shown, alert=shown.alert, spoken=spoken)


async def look(request: web.Request, me: Me) -> web.Response:
    """She looks: nobody else is called, and she is led to where she is needed."""
    parts, uid, name = request.app[PARTS], request.match_info["uid"][:UID_MAX], names.uid()
    now = parts.clock()

    def unit(tx: Tx) -> Alert | None:
        alert = _hers(tx, me, uid)
        if alert is not None and rules.acknowledge(tx, uid, me.staff_id, now):
            about = audit.name(tx, "alert", alert.id, name)
            audit.record(tx, now, me.uid, "alert.acknowledge", about, {"kind": alert.kind})
        return alert

    alert = await parts.write(unit)
    if alert is None:
        raise web.HTTPNotFound
    live.changed()
    return see_other(f"/console/alerts/{uid}")


async def worker(request: web.Request, me: Me) -> web.Response:  # noqa: ARG001 - a handler's signature
    """The service worker that shows an alert with every page closed; its path is what lets it see all of /console."""
    found = static_files()["alerts.js"]
    answer = web.Response(body=found.body, content_type=found.content_type, charset="utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _hers(tx: Tx, me: Me, uid: str) -> Alert | None:
    alert = alerts.find(tx, uid)
    if alert is None or alert.site_id not in me.sites() or not rules.may_see(tx, alert, me.staff_id):
        return None
    return alert


def _shown(tx: Tx, alert: Alert) -> Shown:
    about = _c.join(_p, _p.c.id == _c.c.member_id)
    rows = tx.query(select(_p.c.language).select_from(about).where(_c.c.id == (alert.conversation_id or 0)))
    looks = tx.query(select(_s.c.name).where(_s.c.id == (alert.acknowledged_by or 0)))
    # The version of a waiting episode is the moment it began.
    since = from_ms(alert.subject_version) if alert.conversation_id else alert.created_at
    return Shown(alert, since, rows[0].language if rows else None, looks[0].name if looks else None)
