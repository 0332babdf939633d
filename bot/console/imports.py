"""Files of the directory, in and out: a preview of what will change, then one yes."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from aiohttp import web

from bot import exporting, importing, names
from bot.console import live
from bot.console import service_form as forms
from bot.console.access import Me
from bot.console.directory import EDITORS, today_of
from bot.console.fields import number
from bot.console.pages import FORM, Problem, language_of, page, see_other
from bot.console.upload import FILE
from bot.importing import FileRefused
from bot.web.parts import PARTS, Parts
from storage import audit, imports, people
from storage.imports import RUNNING, Import
from storage.sql import Tx

IMPORTS = "/console/imports"
SHOWN_MAX = 200
AT_ONCE_S = 5.0
"""A small file is carried out before the page comes back."""
RUNNING_TASKS: web.AppKey[dict[int, asyncio.Task[None]]] = web.AppKey("imports", dict)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"xlsx": ("directory.xlsx", XLSX), "csv": ("directory-csv.zip", "application/zip")}
KINDS["hsds"] = ("directory-hsds.zip", "application/zip")


def attach(app: web.Application) -> None:
    """Files that are being carried out belong to the application and stop between two pieces when it ends."""
    app[RUNNING_TASKS] = {}
    app.on_shutdown.append(_stop)


async def _stop(app: web.Application) -> None:
    for task in app[RUNNING_TASKS].values():
        task.cancel()
    await asyncio.gather(*app[RUNNING_TASKS].values(), return_exceptions=True)


def _site(request: web.Request, me: Me) -> int:
    site_id = number(request[FORM].get("site", ""))
    if site_id not in me.sites(*EDITORS):
        raise web.HTTPNotFound
    return site_id


async def imports_page(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    """Take a file, bring a file, and the last ones that were brought."""
    sites = me.sites(*EDITORS)
    found, places = await request.app[PARTS].read(
        lambda tx: (imports.latest(tx, sites), people.places(tx, sites))
    )
    return page(
        request,
        me,
        "imports.html",
        problem=problem,
        typed=request.get(FORM),
        imports=found,
        places=places,
        kinds=tuple(KINDS),
    )


async def upload(request: web.Request, me: Me) -> web.Response:
    """Read a file; nothing is changed yet."""
    parts, site_id, uid = request.app[PARTS], _site(request, me), names.uid()
    file = request[FILE]
    if file.is_too_big:
        return await imports_page(request, me, Problem("directory-file-too-big"))
    if not file.body:
        return await imports_page(request, me, Problem("directory-file-none"))
    try:
        found = await importing.plan(parts, file.body, site_id, me.staff_id, uid, today_of(parts))
    except FileRefused as refused:
        texts, language = parts.texts, language_of(request, me)
        reason = texts.text(language, f"directory-file-{refused.reason}")
        key = "directory-file-refused-at" if refused.place else "directory-file-refused"
        args = {"place": refused.place} if refused.place else {}
        return await imports_page(request, me, Problem(key, reason=reason, **args))
    return see_other(f"{IMPORTS}/{found.uid}")


def _find(tx: Tx, request: web.Request, me: Me) -> Import:
    found = imports.find(tx, request.match_info["uid"], me.sites(*EDITORS))
    if found is None:
        raise web.HTTPNotFound
    return found


async def one(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    """What a file will change, how far it is, and what was refused."""
    parts, language = request.app[PARTS], language_of(request, me)

    def unit(tx: Tx) -> tuple[Import, list[imports.Planned], list[imports.Planned], dict[str, int]]:
        found = _find(tx, request, me)
        lines = imports.preview(tx, found.id, SHOWN_MAX)
        refused = imports.preview(tx, found.id, SHOWN_MAX, imports.REFUSED)
        return found, lines, refused, imports.progress(tx, found.id)

    found, lines, refused, progress = await parts.read(unit)
    task = request.app[RUNNING_TASKS].get(found.id)
    runs = found.state == RUNNING and task is not None and not task.done()
    answer = page(
        request,
        me,
        "import.html",
        problem=problem,
        found=found,
        lines=lines,
        refused=refused,
        progress=progress,
        total=sum(progress.values()),
        runs=runs,
        wrong_name=lambda reason: parts.texts.text(language, f"directory-wrong-{reason}"),
        field_name=lambda name: forms.field_name(parts.texts, language, name),
        most=SHOWN_MAX,
    )
    if runs:
        answer.headers["Refresh"] = "3"
    return answer


async def carry_out(request: web.Request, me: Me) -> web.Response:
    """Yes: carried out from where it is; saying it twice does nothing twice."""
    parts, uid = request.app[PARTS], names.uid()
    now, tasks = parts.clock(), request.app[RUNNING_TASKS]

    def unit(tx: Tx) -> Import | None:
        found = _find(tx, request, me)
        return found if importing.begin(tx, found, me.uid, now, uid) else None

    found = await parts.write(unit)
    if found is None:
        return await one(request, me, Problem("directory-import-over"))
    task = tasks.get(found.id)
    if task is None or task.done():
        task = tasks[found.id] = asyncio.create_task(_run(parts, found, tasks))
    with suppress(asyncio.CancelledError):
        await asyncio.wait({task}, timeout=AT_ONCE_S)
    live.changed()
    return see_other(f"{IMPORTS}/{found.uid}")


async def _run(parts: Parts, found: Import, tasks: dict[int, asyncio.Task[None]]) -> None:
    try:
        await importing.carry_out(parts, found)
    finally:
        tasks.pop(found.id, None)
        live.changed()


async def drop(request: web.Request, me: Me) -> web.Response:
    """No: nothing of it was changed, and nothing will be."""

    def unit(tx: Tx) -> bool:
        return imports.drop(tx, _find(tx, request, me))

    if not await request.app[PARTS].write(unit):
        return await one(request, me, Problem("directory-import-over"))
    return see_other(IMPORTS)


async def export(request: web.Request, me: Me) -> web.Response:
    """The whole directory of a site as a file; made now, stored nowhere."""
    parts, site_id, uid = request.app[PARTS], _site(request, me), names.uid()
    now = parts.clock()
    kind = request[FORM].get("kind", "")
    kind = kind if kind in KINDS else "xlsx"
    await parts.write(
        lambda tx: audit.record(
            tx, now, me.uid, "directory.export", audit.name(tx, "site", site_id, uid), {"kind": kind}
        )
    )
    told = await exporting.everything(parts, site_id)
    body = await asyncio.to_thread(exporting.packed, kind, str(site_id), *told)
    answer = web.Response(body=body, content_type=KINDS[kind][1])
    answer.headers["Content-Disposition"] = f'attachment; filename="{KINDS[kind][0]}"'
    return answer
