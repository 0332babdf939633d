"""Texts as a table: out for translators, and in again once a person has seen what would change."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass

from aiohttp import web

from bot.console.access import Me
from bot.console.pages import FORM, Problem, language_name, language_of, page, see_other
from bot.console.upload import FILE
from bot.console.wording_text import sentence
from bot.console.wordings import TEXTS, asked, language, lines_of, may_change
from bot.web.parts import PARTS
from bot.wordings import reload
from flows import wording_csv as tables
from flows.wording import digest
from flows.wording_csv import Plan, Refused
from storage import audit, proposals, wordings
from storage.sql import Tx


async def out(request: web.Request, me: Me) -> web.Response:
    """The whole language as a file."""
    parts, tag = request.app[PARTS], asked(request, me)
    found = await lines_of(parts, tag)
    told = await asyncio.to_thread(tables.written, parts.texts, found)
    answer = web.Response(body=told.encode(), content_type="text/csv", charset="utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="texts-{tag}.csv"'
    return answer


FILE_MAX = tables.BYTES_MAX * 4 // 3 + 4
"""The file comes a second time as text."""


@dataclass(frozen=True, slots=True)
class _Read:
    plan: Plan
    table: str
    """The file again, byte for byte, for the form that agrees to it."""


async def _read(request: web.Request, me: Me, tag: str) -> _Read:
    """What the posted table would do; raises `Refused`."""
    parts = request.app[PARTS]
    if request[FILE].is_too_big:
        raise Refused("big")
    try:
        raw = request[FILE].body or base64.b64decode(request[FORM].get("table", ""), validate=True)
    except ValueError:
        raise Refused("broken") from None
    if not raw:
        raise Refused("none")
    found = await lines_of(parts, tag)
    own, waits = await parts.read(lambda tx: (wordings.current(tx, tag), proposals.waiting(tx, tag)))

    def made() -> _Read:
        rows = tables.rows(raw)
        now = {line.key: line for line in found}
        locked = {key for key in now if not may_change(me, key)}
        plan = tables.plan(parts.texts, tag, now, own, rows, locked, {one.key: one.source for one in waits})
        return _Read(plan, base64.b64encode(raw).decode())

    return await asyncio.to_thread(made)


async def into(request: web.Request, me: Me) -> web.Response:
    """First what would change and what is wrong with it; then, once a person agreed, all of it or nothing."""
    parts, tag = request.app[PARTS], asked(request, me)
    try:
        read = await _read(request, me, tag)
    except Refused as refused:
        return await language(request, me, Problem(f"wording-csv-{refused.name}", line=refused.line))
    agreed = request[FORM].get("seen", "")
    if not agreed or read.plan.faults:
        return _preview(request, me, tag, read, Problem("wording-csv-faults") if read.plan.faults else None)
    if agreed != read.plan.seen or not await _saved(request, me, tag, read.plan):
        return _preview(request, me, tag, read, Problem("wording-csv-meanwhile"))
    await reload(parts)
    return see_other(f"{TEXTS}/{tag}")


async def _saved(request: web.Request, me: Me, tag: str, plan: Plan) -> bool:
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    two = plan.for_two
    new = [(one.key, one.source, one.version) for one in plan.changes if one not in two]

    def unit(tx: Tx) -> None:
        own = wordings.current(tx, tag)
        stale = any((own[one.key].version if one.key in own else 0) != one.version for one in plan.changes)
        if stale or (new and not wordings.put(tx, tag, new, me.staff_id, now)):
            raise Problem("wording-csv-meanwhile")
        for one in two:
            source = one.source or ""
            if not proposals.add(tx, tag, one.key, source, digest(source), me.staff_id, now):
                raise Problem("wording-csv-meanwhile")
            audit.record(tx, now, me.uid, "text.propose", None, {"language": tag, "text": one.key})
        if new:
            audit.record(tx, now, me.uid, "text.import", None, {"language": tag, "texts": len(new)})

    try:
        if plan.changes:
            await parts.write(unit)
    except Problem:
        return False
    return True


def _preview(request: web.Request, me: Me, tag: str, read: _Read, problem: Problem | None) -> web.Response:
    parts, words = request.app[PARTS], language_of(request, me)
    shown = read.plan.faults[: tables.FAULTS_MAX]
    return page(
        request,
        me,
        "wording_table.html",
        problem=problem,
        tag=tag,
        name=language_name(tag, words),
        plan=read.plan,
        faults=[(line, key, sentence(parts, words, fault)) for line, key, fault in shown],
        more=len(read.plan.faults) - len(shown),
        table=read.table,
    )
