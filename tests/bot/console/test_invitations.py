"""Invitations: once, for a day, and only the newest."""

from __future__ import annotations

import asyncio

import pytest

from bot.console import door
from storage import people, sessions
from storage.staff import StaffRow
from tests.bot.console.signing import (
    GOOD,
    WRONG,
    form_word,
    invited,
    reposts,
    row,
    tries,
    with_second,
)
from tests.helpers import make
from tests.helpers.console import Console

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_an_invitation_works_once(running: Console) -> None:
    path, _her = await invited(running)
    for _ in range(3):  # a messenger's preview uses nothing up
        desk = await running.anybody().get(path)
        assert desk.status == 200
    again = await running.anybody().get(path)
    await desk.post(path, new="short", again="short")
    assert desk.status == 422
    await reposts(desk, path, new=GOOD, again=GOOD)
    assert (desk.status, desk.headers["Location"]) == (303, "/console")
    assert (await desk.get("/console/account")).status == 200
    await again.post(path, new=WRONG, again=WRONG)
    assert again.status == 404
    assert (await running.anybody().get(path)).status == 404
    assert (await tries(running.anybody(), "nina", GOOD)).status == 303


@pytest.mark.parametrize("how", ["old", "replaced", "inactive", "unknown", "empty"])
async def test_an_invitation_that_is_over(running: Console, clock: make.Clock, how: str) -> None:
    path, her = await invited(running)
    desk = await running.anybody().get(path)
    if how == "old":
        clock.forward(hours=24)
    elif how == "replaced":
        running.parts.db.write(lambda tx: sessions.invite(tx, her, "another", clock()))
    elif how == "inactive":
        running.parts.db.write(lambda tx: people.set_active(tx, her, False))
    else:
        path = f"/console/invitation/{'x' * 43 if how == 'unknown' else '%20'}"
    assert (await desk.post(path, form_word(desk), new=GOOD, again=GOOD)).status == 404
    assert "used or is too old" in (await desk.get(path)).words
    (kept,) = row(running.parts.db, StaffRow)
    assert kept.password_hash is None


async def test_a_new_link_takes_the_old_password_and_second_factor_away(running: Console) -> None:
    who, _totp, codes = await with_second(running)
    stay = running.signed_in(staff_id=who.id)
    token, now = running.parts.token(), running.parts.clock()
    running.parts.db.write(lambda tx: sessions.invite(tx, who.id, door.hashed(token), now))
    desk = await running.anybody().get(f"/console/invitation/{token}")
    await desk.post(f"/console/invitation/{token}", new=WRONG, again=WRONG)
    assert desk.headers["Location"] == "/console/second"
    assert (await stay.get("/console/account")).status == 303
    assert (await tries(running.anybody(), who.login, GOOD)).status == 422
    other = await tries(running.anybody(), who.login, WRONG)
    await other.get("/console/second")
    assert other.headers["Location"] == "/console/second/new"
    assert len(codes) == 10
    assert running.parts.db.read(lambda tx: sessions.codes_left(tx, who.id)) == 0


async def test_two_people_with_one_link_one_wins(running: Console) -> None:
    path, _her = await invited(running)
    desks = [await running.anybody().get(path) for _ in range(4)]
    await asyncio.gather(*(desk.post(path, new=GOOD, again=GOOD) for desk in desks))
    assert sorted(desk.status for desk in desks) == [303, 404, 404, 404]
