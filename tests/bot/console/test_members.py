"""A member at the desk: her file, and forgetting her when she asks for it in person."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import orjson

from storage import audit, members
from storage.refusals import RefusalRow
from storage.sql import table
from tests.helpers import chats, make
from tests.helpers.console import Console
from tests.helpers.life import Life

_r = table(RefusalRow)


def waiting(running: Console, name: str = "her") -> int:
    """A member who asked for a person."""
    return running.parts.db.write(
        lambda tx: chats.member_of(tx, chats.waiting(tx, running.site, make.MONDAY, name))
    )


async def test_the_desk_hands_out_the_same_file_and_the_audit_says_so(running: Console) -> None:
    member = waiting(running)
    desk = running.signed_in("desk")
    assert desk.staff is not None
    await desk.get(f"/console/members/{member}")
    assert desk.status == 200
    origin = {"Origin": desk.origin}
    async with desk.client.post(
        f"/console/members/{member}/data", data={"csrf": desk.staff.csrf}, headers=origin
    ) as answer:
        assert answer.status == 200
        told = orjson.loads(zipfile.ZipFile(io.BytesIO(await answer.read())).read("info.json"))
    assert told["member"][0]["language"]
    acts = running.parts.db.read(lambda tx: audit.page(tx, 5))
    assert [(act.act, act.actor) for act in acts] == [("member.export", desk.staff.uid)]
    assert acts[0].about not in (None, str(member))  # a random name, which may hold any digit


async def test_forgetting_asks_first_and_then_is_done(running: Console) -> None:
    member = waiting(running)
    desk = running.signed_in("coordinator")
    await desk.get(f"/console/members/{member}/erase")
    assert desk.status == 200
    await desk.post(f"/console/members/{member}/erase")
    assert desk.status == 422
    assert running.parts.db.read(lambda tx: members.find(tx, member)) is not None
    await desk.post(f"/console/members/{member}/erase", sure="yes")
    await desk.follow()
    assert desk.status == 200
    assert running.parts.db.read(lambda tx: members.find(tx, member)) is None
    assert "member.erase" in [act.act for act in running.parts.db.read(lambda tx: audit.page(tx, 5))]
    await desk.post(f"/console/members/{member}/erase", sure="yes")
    assert desk.status == 404


async def test_who_talked_with_the_bot_alone_is_not_here_and_who_has_a_meeting_is(running: Console) -> None:
    life = Life(running.parts.db, make.Clock())
    member = life.woman("alone")
    desk = running.signed_in("desk", "coordinator")
    await desk.get(f"/console/members/{member}")
    assert desk.status == 404
    life.books(member, life.clock.at + timedelta(days=1))
    await desk.get(f"/console/members/{member}")
    assert desk.status == 200


async def test_whom_she_refused_does_not_see_her(running: Console) -> None:
    member = waiting(running)
    desk = running.signed_in("coordinator")
    assert desk.staff is not None
    staff = desk.staff.id
    running.parts.db.write(
        lambda tx: tx.query(_r.insert().values(member_id=member, staff_id=staff, at=make.MONDAY))
    )
    for path in ("", "/erase"):
        await desk.get(f"/console/members/{member}{path}")
        assert desk.status == 404
    await desk.post(f"/console/members/{member}/data")
    assert desk.status == 404


async def test_the_admin_sees_what_tonight_removes(running: Console) -> None:
    waiting(running)
    desk = await running.signed_in("admin").get("/console/retention")
    assert desk.status == 200
    assert "There was no run yet." in desk.words
    assert "Messages of quiet chats" in desk.words
