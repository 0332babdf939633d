"""The second factor: no skipping, no replay, printed codes once."""

from __future__ import annotations

import re

import pytest

from storage import sessions
from storage.staff import RecoveryCode, StaffRow
from tests.bot.console.signing import (
    GOOD,
    WRONG,
    enrolled,
    form_word,
    member_of_staff,
    reposts,
    row,
    tries,
    with_second,
)
from tests.helpers import make
from tests.helpers.console import Console

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("role", ["coordinator", "admin"])
async def test_strong_roles_get_nowhere_without_the_second_factor(running: Console, role: str) -> None:
    who = await member_of_staff(running, role)
    desk = await tries(running.anybody(), who.login, GOOD)
    assert desk.headers["Location"] == "/console/second"
    for path in ("/console", "/console/account", "/console/staff", "/console/never"):
        await desk.get(path)
        assert desk.status in (303, 404)
        assert desk.headers.get("Location", "/console/second") == "/console/second"
    assert (await (await desk.get("/console/second")).follow()).status == 200  # leads to setting it up
    await enrolled(running, desk)
    assert (await desk.get("/console/account")).status == 200


async def test_a_password_alone_does_not_replace_the_second_factor(running: Console) -> None:
    who, totp, _codes = await with_second(running)
    desk = await tries(running.anybody(), who.login, GOOD)
    await desk.get("/console/second")
    word = form_word(desk)
    for path in ("/console/second/new", "/console/second/qr.svg"):
        assert (await desk.get(path)).status == 404
    for path in ("/console/second/new", "/console/account/codes", "/console/account/password"):
        fields = {"code": totp.at(running.parts.clock()), "password": GOOD, "new": WRONG, "again": WRONG}
        assert (await desk.post(path, word, **fields)).status == 404
    assert (await desk.get("/console/account")).headers["Location"] == "/console/second"


async def test_a_code_counts_once_and_begins_the_session_anew(running: Console, clock: make.Clock) -> None:
    who, totp, _codes = await with_second(running)
    clock.forward(seconds=90)
    code = totp.at(clock())
    first, second = running.anybody(), running.anybody()
    await tries(first, who.login, GOOD)
    half = first.headers["Set-Cookie"].split(";")[0]
    await tries(second, who.login, GOOD)
    await reposts(await first.get("/console/second"), "/console/second", code=code)
    assert first.status == 303
    assert first.headers["Set-Cookie"].split(";")[0] != half
    assert (await first.get("/console/account")).status == 200
    await reposts(await second.get("/console/second"), "/console/second", code=code)
    assert second.status == 422
    clock.forward(seconds=30)
    await reposts(
        second, "/console/second", code=totp.at(clock(), counter_offset=-1)
    )  # older than the used one
    assert second.status == 422
    await reposts(second, "/console/second", code=f" {totp.at(clock())[:3]} {totp.at(clock())[3:]} ")
    assert second.status == 303


async def test_guessing_codes_meets_pauses(running: Console, clock: make.Clock) -> None:
    who, totp, _codes = await with_second(running)
    clock.forward(seconds=90)
    desk = await tries(running.anybody(), who.login, GOOD)
    await desk.get("/console/second")
    for _ in range(sessions.FREE_FAILS):
        await reposts(desk, "/console/second", code="000000")
    await reposts(desk, "/console/second", code=totp.at(clock()))
    assert desk.status == 422
    other = await tries(running.anybody(), who.login, GOOD)  # another session is the same person
    await reposts(await other.get("/console/second"), "/console/second", code=totp.at(clock()))
    assert other.status == 422
    clock.forward(seconds=90)
    await reposts(desk, "/console/second", code=totp.at(clock()))
    assert desk.status == 303


async def test_each_printed_code_works_once(running: Console) -> None:
    who, _totp, codes = await with_second(running)
    assert len(set(codes)) == 10
    assert not [code for code in codes if code in str(row(running.parts.db, RecoveryCode))]
    for attempt, status in ((codes[0].upper(), 303), (codes[0], 422), (codes[1].replace("-", " "), 303)):
        desk = await tries(running.anybody(), who.login, GOOD)
        await reposts(await desk.get("/console/second"), "/console/second", code=attempt)
        assert desk.status == status
    assert running.parts.db.read(lambda tx: sessions.codes_left(tx, who.id)) == 8


async def test_new_printed_codes_end_the_old_and_need_the_password(running: Console) -> None:
    who, _totp, codes = await with_second(running)
    desk = await tries(running.anybody(), who.login, GOOD)
    await reposts(await desk.get("/console/second"), "/console/second", code=codes[0])
    await desk.get("/console/account")
    assert (await reposts(desk, "/console/account/codes", password=WRONG)).status == 422
    await reposts(desk, "/console/account/codes", password=GOOD)
    fresh = re.findall(r"<li>([a-z0-9]{5}-[a-z0-9]{5})</li>", desk.body)
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    assert codes[1] not in (await desk.get("/console/account")).body
    assert fresh[0] not in desk.body  # shown once
    other = await tries(running.anybody(), who.login, GOOD)
    assert (await reposts(await other.get("/console/second"), "/console/second", code=codes[1])).status == 422
    assert (await reposts(other, "/console/second", code=fresh[0])).status == 303


async def test_the_picture_is_a_picture_and_the_database_yields_no_code(running: Console) -> None:
    who = await member_of_staff(running, "admin")
    desk = await tries(running.anybody(), who.login, GOOD)
    await desk.get("/console/second/qr.svg")
    assert desk.headers["Content-Type"].startswith("image/svg+xml")
    assert "<script" not in desk.body
    assert "style=" not in desk.body
    totp, _codes = await enrolled(running, desk)
    (kept,) = row(running.parts.db, StaffRow)
    assert totp.secret not in str(kept)
