"""The office itself: who answers for the personal data, how to reach them, and how long an alert waits."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from bot.console.access import Me
from bot.console.fields import number
from bot.console.pages import FORM, Problem, page, retold, see_saved
from bot.console.setup import SETUP
from bot.console.setup_form import NotTaken, Reading
from bot.office import reload
from bot.web.parts import PARTS
from storage import audit, office
from storage.office import Office
from storage.sql import Tx

OFFICE = "/console/office"
TEXT_MAX = 120
ACK_MIN, ACK_MAX = 1, 120


def filled(of: Office) -> dict[str, str]:
    """The form as it stands."""
    told = {name: getattr(of, name) for name in ("controller", "address", "email", "phone")}
    return told | {"ack_minutes": str(of.ack_minutes), "seen": str(of.version)}


def read(form: dict[str, str], of: Office) -> Office:
    """What a form says; `NotTaken` when a field cannot be."""
    fields = Reading(form)
    new = replace(
        of,
        controller=fields.text("controller", TEXT_MAX),
        address=fields.text("address", TEXT_MAX),
        email=fields.mail("email"),
        phone=fields.phone("phone", needed=False),
        ack_minutes=fields.whole("ack_minutes", ACK_MIN, ACK_MAX),
    )
    if not new.email and not new.phone:
        fields.no("email", "reach")
    fields.done()
    return new


async def show(
    request: web.Request,
    me: Me,
    problem: Problem | None = None,
    wrong: dict[str, str] | None = None,
    *,
    meanwhile: bool = False,
) -> web.Response:
    """The form."""
    stored = filled(await request.app[PARTS].read(office.load))
    return page(
        request,
        me,
        "office.html",
        problem=problem,
        wrong=wrong or {},
        **retold(request, stored, meanwhile=meanwhile),
    )


async def save(request: web.Request, me: Me) -> web.Response:
    """What the office says of itself from now on."""
    parts, form, now = request.app[PARTS], request[FORM], request.app[PARTS].clock()
    seen = number(form.get("seen", ""))

    def unit(tx: Tx) -> bool:
        saved = office.save(tx, read(form, office.load(tx)), seen)
        if saved:
            audit.record(tx, now, me.uid, "office.change", None, {"change": "office"})
        return saved

    try:
        saved = await parts.write(unit)
    except NotTaken as refused:
        return await show(request, me, refused.problem, refused.wrong)
    if not saved:
        return await show(request, me, Problem("setup-meanwhile"), meanwhile=True)
    await reload(parts)
    return see_saved(SETUP)
