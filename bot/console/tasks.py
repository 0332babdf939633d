"""What has to be done: her own tasks, nobody's, and the site's; each with how it is safe to contact her."""

from __future__ import annotations

from datetime import datetime, timedelta

from aiohttp import web

from bot import names
from bot.console import live
from bot.console.access import Me, Role
from bot.console.fields import number
from bot.console.pages import FORM, Problem, language_name, page, see_other
from bot.web.parts import PARTS
from flows.rules import DANGER_DAYS
from storage import audit, tasks
from storage.sql import Tx
from storage.tasks import Line, Task

TASKS = "/console/tasks"
WHOLE_SITE = (Role.DESK, Role.COUNSELLOR, Role.COORDINATOR)
"""Who sees every task of the site; a mediator sees her own."""
CONTACT = (tasks.CALL, tasks.MISSED, tasks.CHECK)
"""Kinds that mean calling or writing to her."""
IN_DIRECTORY = (tasks.REVIEW, tasks.REPORT)
"""Kinds that are done on the page of the service."""
IN_CHAT = (tasks.URGENT, tasks.FAILED_TURN, tasks.DUTY)


async def tasks_page(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    """Every open task she may see, in three lists."""
    parts, sites = request.app[PARTS], me.sites(*WHOLE_SITE)
    now = parts.clock()
    found = await parts.read(lambda tx: tasks.lines(tx, me.staff_id, sites))
    mine = [line for line in found if me.staff_id in (line.task.staff_id, line.task.second_id)]
    nobodys = [line for line in found if line.task.staff_id is None and line not in mine]
    others = [line for line in found if line not in mine and line not in nobodys]
    return page(
        request,
        me,
        "tasks.html",
        problem=problem,
        typed=request.get(FORM),
        lists=(("mine", mine), ("nobody", nobodys), ("others", others)),
        safe=lambda line: safe(line, now),
        late=lambda task: task.overdue_at is not None or task.due_at <= now,
        language_name=lambda tag: language_name(tag, me.language),
        in_chat=IN_CHAT,
        in_directory=IN_DIRECTORY,
    )


def safe(line: Line, now: datetime) -> list[str]:
    """How it is safe to contact her, as text keys, the strictest first. No word of hers."""
    if line.task.kind not in CONTACT or line.task.member_id is None:
        return []
    keys = []
    if line.do_not_write:
        keys.append("tasks-safe-locked")
    if line.danger_at is not None and now - line.danger_at < timedelta(days=DANGER_DAYS):
        keys.append("tasks-safe-danger")
    shared = (line.shared_phone or "unknown").replace("_", "-")
    keys.append(
        {
            "only-me": "tasks-safe-only-me",
            "sometimes": "tasks-safe-shared-sometimes",
            "often": "tasks-safe-shared-often",
        }.get(shared, "tasks-safe-unknown")
    )
    if line.stopped:
        keys.append("tasks-safe-stopped")
    when = {
        "morning": "tasks-safe-morning",
        "afternoon": "tasks-safe-afternoon",
        "never": "tasks-safe-never",
    }.get(line.write_when or "")
    return [*keys, when] if when else keys


async def take(request: web.Request, me: Me) -> web.Response:
    """It is hers."""
    return await _change(request, me, "task.take")


async def done(request: web.Request, me: Me) -> web.Response:
    """It is done, with a note."""
    return await _change(request, me, "task.done")


async def _change(request: web.Request, me: Me, act: str) -> web.Response:
    parts, task_id = request.app[PARTS], number(request.match_info["id"])
    now, sites, name = parts.clock(), me.sites(*WHOLE_SITE), names.uid()
    note = request[FORM].get("note", "").strip()

    def unit(tx: Tx) -> tuple[Task | None, bool]:
        task = tasks.find(tx, task_id, me.staff_id, sites)
        if task is None:
            return None, False
        if act == "task.take":
            changed = tasks.take(tx, task_id, me.staff_id, sites)
        elif task.kind in IN_DIRECTORY:
            return None, False
        else:
            changed = tasks.done(tx, task_id, me.staff_id, sites, note, now)
        if changed:
            audit.record(tx, now, me.uid, act, audit.name(tx, "task", task_id, name), {"kind": task.kind})
        return task, changed

    task, changed = await parts.write(unit)
    if task is None:
        raise web.HTTPNotFound
    if not changed:
        return await tasks_page(request, me, Problem("tasks-gone"))
    live.changed()
    return see_other(TASKS)
