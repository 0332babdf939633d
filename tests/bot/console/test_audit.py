"""The audit page: administrators alone, newest first, by act, a page at a time, and nothing in it acts."""

from __future__ import annotations

from re import findall

from bot.console.audit import ROWS
from storage import audit
from storage.db import Database
from storage.sites import Site
from storage.sql import Tx
from tests.helpers import make
from tests.helpers.console import Console, console


def written(db: Database, actor: str) -> None:
    def unit(tx: Tx) -> None:
        for number in range(ROWS + 10):
            audit.record(tx, make.MONDAY, audit.SYSTEM, "retention.run", None, {"count": number})
        audit.record(tx, make.MONDAY, actor, "chat.take", "random-name", {"by": "<script>alert(1)</script>"})
        audit.record(tx, make.MONDAY, actor, "made.up_later")

    db.write(unit)


def numbers(running: str) -> list[int]:
    return [int(number) for number in findall(r"<tr>\s*<td>(\d+)</td>", running)]


async def test_administrators_read_it_by_act_and_page(db: Database, clock: make.Clock, site: Site) -> None:
    async with console(db, clock, site) as running:
        desk = running.signed_in("admin")
        assert desk.staff is not None
        await desk.get("/console/audit")
        assert (desk.status, numbers(desk.body)) == (200, [])
        written(db, desk.staff.uid)

        await desk.get("/console/audit")
        assert numbers(desk.body) == list(range(ROWS + 12, 12, -1))
        assert "took a chat" in desk.words
        assert "made.up_later" in desk.words
        assert "<script>alert" not in desk.body
        assert "(test)" in desk.words
        await desk.get(f"/console/audit?act=&before={numbers(desk.body)[-1]}")
        assert numbers(desk.body) == list(range(12, 0, -1))

        await desk.get("/console/audit?act=chat.take")
        assert numbers(desk.body) == [ROWS + 11]
        for odd in (
            "act=' OR 1=1",
            "before=-1",
            "before=x",
            "before=" + "9" * 400,
            "before=²",
            "before=" + "1" * 5000,
            "before=" + "1" * 15,
        ):
            await desk.get(f"/console/audit?{odd}")
            assert desk.status == 200, odd


async def test_nobody_else_reads_it(db: Database, clock: make.Clock, site: Site) -> None:
    async with console(db, clock, site) as running:
        await told(running)


async def told(running: Console) -> None:
    for role in ("desk", "counsellor", "mediator", "coordinator", "analyst"):
        desk = await running.signed_in(role).get("/console/audit")
        assert desk.status == 404, role
