"""After a restore: what is held, and an admin's yes or no to each kind."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.access import Me
from bot.console.pages import FORM, Problem, page, see_other
from bot.web.parts import PARTS
from storage import audit, restores
from storage.restores import CALLS, DAYS_OFF, Restore
from storage.sql import Tx

PATH = "/console/restore"
KNOWN = frozenset(
    {
        "answer",
        "safety",
        "staff",
        "staff_now",
        "handover_line",
        "handover_now",
        "reminder_day",
        "reminder_hours",
        "go_on",
        "missed",
        "booking_change",
        CALLS,
        DAYS_OFF,
    }
)
"""Kinds with a name of their own; any other is "another message"."""


@dataclass(frozen=True)
class Line:
    """One kind that is held."""

    what: str
    kind: str
    name: str
    count: int


def _lines(last: Restore | None) -> list[Line]:
    if last is None:
        return []
    found = [
        *(("messages", kind, count) for kind, count in last.messages),
        *(("notices", kind, count) for kind, count in last.notices),
        *((("calls", CALLS, last.calls),) if last.calls else ()),
        *((("days", DAYS_OFF, last.days_off),) if last.days_off else ()),
    ]
    return [Line(what, kind, kind if kind in KNOWN else "other", count) for what, kind, count in found]


async def show(request: web.Request, me: Me) -> web.Response:
    """When it was, and what waits for a decision. It belongs to the installation, so it counts every site."""
    return await _shown(request, me)


async def _shown(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    last = await request.app[PARTS].read(restores.last)
    done = request.query.get("done", "")
    shown = int(done) if done.isascii() and done.isdigit() and len(done) < 7 else None
    return page(request, me, "restore.html", problem=problem, last=last, lines=_lines(last), done=shown)


async def decide(request: web.Request, me: Me) -> web.Response:
    """Release or drop one kind, in pieces so small that nobody waits for them."""
    parts, form = request.app[PARTS], request[FORM]
    told, act = (form.get("what", ""), form.get("kind", "")), form.get("act", "")
    lines = {(line.what, line.kind) for line in _lines(await parts.read(restores.last))}
    if told not in lines or act not in ("release", "drop"):
        # Somebody else was first, or the page is old: it shows what there is now.
        return await _shown(request, me, Problem("restore-over"))
    what, kind = told
    now, done = parts.clock(), 0

    def piece(tx: Tx) -> int:
        return (
            restores.release(tx, what, kind, now) if act == "release" else restores.drop(tx, what, kind, now)
        )

    while count := await parts.write(piece):
        done += count
    name = kind if kind in KNOWN else "other"
    details = {"what": what, "kind": name, "count": done}
    await parts.write(lambda tx: audit.record(tx, now, me.uid, f"restore.{act}", None, details))
    parts.hint()
    return see_other(f"{PATH}?done={done}")
