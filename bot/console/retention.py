"""Retention for the admin: what tonight removes, and what the last night removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.console.access import Me
from bot.console.pages import page
from bot.web.parts import PARTS
from storage import retention
from storage.retention import RULES, Run
from storage.sql import Tx


@dataclass(frozen=True)
class Line:
    """One kind."""

    kind: str
    days: int
    tonight: int
    last: int | None


async def show(request: web.Request, me: Me) -> web.Response:
    """The rules, what each would remove now, and the last run. Only reads."""
    parts = request.app[PARTS]
    keep, now = parts.office.keep, parts.clock()

    def unit(tx: Tx) -> tuple[dict[str, int], Run | None]:
        return {kind: len(keys) for kind, keys in retention.plan(tx, now, keep).items()}, retention.last(tx)

    tonight, last = await parts.read(unit)
    lines = [
        Line(
            rule.kind,
            _days(rule, now, keep),
            tonight[rule.kind],
            last.counts.get(rule.kind, 0) if last is not None and last.finished_at is not None else None,
        )
        for rule in RULES
    ]
    return page(request, me, "retention.html", lines=lines, last=last)


def _days(rule: retention.Rule, now: datetime, keep: retention.Keep) -> int:
    return (now - retention.before(rule, now, keep)).days
