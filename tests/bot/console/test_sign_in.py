"""Signing in: passwords, back-off, sessions."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select, update

from bot.console import door, passwords
from bot.console.passwords import PASSWORDS
from storage import people, sessions
from storage.sql import table
from storage.staff import Invitation, SignInGuard, StaffRow, StaffSession
from tests.bot.console.signing import (
    GOOD,
    WRONG,
    invited,
    live_sessions,
    member_of_staff,
    row,
    tries,
)
from tests.helpers import make
from tests.helpers.console import Console

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_s, _staff = table(StaffSession), table(StaffRow)


# --- the password ---


async def test_a_right_password_opens_the_console_under_a_new_token(running: Console) -> None:
    who = await member_of_staff(running)
    desk = await running.anybody().get("/console/sign-in")
    before = desk.headers["Set-Cookie"].split(";")[0]
    assert all(part in desk.headers["Set-Cookie"] for part in ("HttpOnly", "SameSite=Lax", "Path=/"))
    await desk.post("/console/sign-in", login=f"  {who.login.upper()} ", password=GOOD)
    assert (desk.status, desk.headers["Location"]) == (303, "/console")
    after = desk.headers["Set-Cookie"].split(";")[0]
    assert after != before
    (kept,) = row(running.parts.db, StaffSession)
    assert kept.token_hash == door.hashed(after.partition("=")[2])
    assert (await desk.get("/console/account")).status == 200


async def test_what_is_wrong_is_never_told(running: Console) -> None:
    who = await member_of_staff(running)
    invited = await member_of_staff(running, password=None)
    out = await member_of_staff(running)
    running.parts.db.write(lambda tx: people.set_active(tx, out.id, False))
    checker = running.server.app[PASSWORDS]
    seen = set()
    for login in (who.login, invited.login, "nobody", "", "x" * 5000, "ž\u202e<b>"):
        work = checker.verified
        desk = await tries(running.anybody(), login, WRONG)
        assert checker.verified == work + 1  # the same work
        body = re.sub(r'name="(csrf|login)" value="[^"]*"', "", desk.body)
        seen.add((desk.status, body, tuple(sorted(set(desk.headers) - {"Set-Cookie"}))))
    desk = await tries(running.anybody(), out.login, GOOD)
    seen.add((desk.status, re.sub(r'name="(csrf|login)" value="[^"]*"', "", desk.body), ()))
    assert len({(status, body) for status, body, _ in seen}) == 1
    assert next(iter(seen))[0] == 422
    assert live_sessions(running.parts.db) == 0


async def test_what_was_typed_is_kept_but_the_password(running: Console) -> None:
    desk = await tries(running.anybody(), 'so"me<one', WRONG)
    assert 'value="so&#34;me&lt;one"' in desk.body
    assert WRONG not in desk.body


@pytest.mark.parametrize("known", [True, False])
async def test_guessing_meets_longer_and_longer_pauses(
    running: Console, clock: make.Clock, known: bool
) -> None:
    who = await member_of_staff(running)
    login = who.login if known else "nobody"
    checker = running.server.app[PASSWORDS]
    bodies = set()
    for _ in range(12):
        desk = await tries(running.anybody(), login, WRONG)
        bodies.add(re.sub(r'name="csrf" value="[^"]*"', "", desk.body))
    assert checker.verified == sessions.FREE_FAILS
    assert len(bodies) == 1  # the pause does not show
    pauses = []
    for _ in range(4):
        before, waited = checker.verified, 0
        while checker.verified == before:
            clock.forward(seconds=30)
            waited += 30
            await tries(running.anybody(), login, WRONG)
        pauses.append(waited)
    assert pauses == sorted(pauses)
    assert pauses[-1] > 4 * pauses[0]


async def test_the_right_password_waits_too_and_then_opens(running: Console, clock: make.Clock) -> None:
    who = await member_of_staff(running)
    for _ in range(sessions.FREE_FAILS):
        await tries(running.anybody(), who.login, WRONG)
    assert (await tries(running.anybody(), who.login, GOOD)).status == 422
    clock.forward(seconds=61)
    assert (await tries(running.anybody(), who.login, GOOD)).status == 303
    own = [one for one in row(running.parts.db, SignInGuard) if one.fails]
    assert len(own) == 1  # only the network remembers
    assert who.login not in str(row(running.parts.db, SignInGuard))


async def test_one_network_trying_many_logins_is_paused(running: Console) -> None:
    checker = running.server.app[PASSWORDS]
    for number in range(40):
        await tries(running.anybody(), f"guess-{number}", WRONG)
    assert checker.verified == 30


async def test_a_paused_network_writes_nothing_more(running: Console, clock: make.Clock) -> None:
    def attempt(login: str) -> bool:
        keys = {login: sessions.FREE_FAILS, "network": 2}
        return running.parts.db.write(lambda tx: sessions.attempt(tx, keys, clock.at))

    assert [attempt(f"login{number}") for number in range(20)] == [True] * 2 + [False] * 18
    assert len(row(running.parts.db, SignInGuard)) == 3


async def test_a_hash_with_old_parameters_is_made_anew(running: Console) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    who = await member_of_staff(running)
    running.parts.db.write(lambda tx: people.set_password(tx, who.id, weak))
    assert (await tries(running.anybody(), who.login, GOOD)).status == 303
    (kept,) = row(running.parts.db, StaffRow)
    assert "m=19456,t=2,p=1" in kept.password_hash
    assert (await tries(running.anybody(), who.login, GOOD)).status == 303


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "staff-password-short"),
        ("x" * 201, "staff-password-long"),
        ("a" * 14, "staff-password-weak"),
        ("abababababab", "staff-password-weak"),
        ("Nina.k@here.si", "staff-password-weak"),
        ("ninaninaninanina", "staff-password-weak"),
        (GOOD, None),
    ],
)
def test_a_password_must_not_be_easy(password: str, says: str | None, database_url: str) -> None:
    assert passwords.too_weak(password, "nina", "nina.k@here.si") == says


# --- sessions ---


async def test_a_session_ends_when_idle_and_when_old(running: Console, clock: make.Clock) -> None:
    desk = running.signed_in("desk")
    for _ in range(3):
        clock.forward(minutes=29)
        assert (await desk.get("/console/account")).status == 200
    clock.forward(minutes=31)
    assert (await desk.get("/console/account")).status == 303
    busy, status = running.signed_in("desk"), 200
    for minutes in range(20, 12 * 60, 20):
        clock.forward(minutes=20)
        status = (await busy.get("/console/account")).status
        assert status == 200, minutes
    clock.forward(minutes=20)
    assert (await busy.get("/console/account")).status == 303


async def test_reading_writes_at_most_once_a_minute(running: Console, clock: make.Clock) -> None:
    desk = running.signed_in("desk")
    began = clock.at
    for seconds in (1, 20, 40):
        clock.at = began + timedelta(seconds=seconds)
        await desk.get("/console/account")
        assert row(running.parts.db, StaffSession)[0].seen_at == began
    clock.at = began + timedelta(seconds=61)
    await desk.get("/console/account")
    assert row(running.parts.db, StaffSession)[0].seen_at == clock.at


async def test_signing_out_ends_this_session_only(running: Console) -> None:
    one = running.signed_in("desk")
    assert one.staff is not None
    other = running.signed_in(staff_id=one.staff.id)
    await one.post("/console/sign-out")
    assert one.headers["Location"] == "/console/sign-in"
    assert (await one.get("/console/account")).status == 303
    assert (await other.get("/console/account")).status == 200


async def test_own_sessions_can_be_ended_and_nobody_elses(running: Console) -> None:
    one, stranger = running.signed_in("desk"), running.signed_in("desk")
    assert one.staff is not None
    other = running.signed_in(staff_id=one.staff.id)
    hers = {s.id: s for s in row(running.parts.db, StaffSession, _s.c.staff_id == one.staff.id)}
    second = max(hers)
    for told in (str(second), "0", "-1", "x", "1e9", "9" * 40):
        assert (await stranger.post(f"/console/account/sessions/{told}/end")).status == 404
    assert (await other.get("/console/account")).status == 200
    assert (await one.post(f"/console/account/sessions/{second}/end")).status == 303
    assert (await other.get("/console/account")).status == 303
    third = running.signed_in(staff_id=one.staff.id)
    await one.post("/console/account/sessions/end")
    assert (await third.get("/console/account")).status == 303
    assert (await one.get("/console/account")).status == 200


async def test_a_new_password_ends_the_other_sessions_and_changes_the_token(running: Console) -> None:
    who = await member_of_staff(running)
    desk, other = running.signed_in(staff_id=who.id), running.signed_in(staff_id=who.id)
    assert desk.staff is not None
    good = {"password": GOOD, "new": WRONG, "again": WRONG}
    for bad, says in (
        ({"password": "not the one"}, "present password is not right"),
        ({"new": "short"}, "too short"),
        ({"again": "another one altogether"}, "not the same"),
        ({"new": who.login * 3, "again": who.login * 3}, "easy to guess"),
    ):
        await desk.post("/console/account/password", **(good | bad))
        assert desk.status == 422
        assert says in desk.words
    await desk.post("/console/account/password", **good)
    assert desk.status == 303
    assert desk.headers["Set-Cookie"].split(";")[0].partition("=")[2] != desk.staff.token
    assert (await desk.get("/console/account")).status == 200
    assert (await other.get("/console/account")).status == 303
    assert (await tries(running.anybody(), who.login, GOOD)).status == 422
    assert (await tries(running.anybody(), who.login, WRONG)).status == 303


async def test_keeping_somebody_out_ends_her_at_once(running: Console) -> None:
    desk = running.signed_in("desk")
    assert desk.staff is not None
    her = desk.staff.id
    running.parts.db.write(lambda tx: tx.query(update(_staff).where(_staff.c.id == her).values(active=False)))
    assert (await desk.get("/console/account")).status == 303


async def test_what_is_over_is_swept(running: Console, clock: make.Clock) -> None:
    who = await member_of_staff(running)
    await invited(running)
    await tries(running.anybody(), "nobody", WRONG)
    running.signed_in(staff_id=who.id)
    clock.forward(days=9)
    await tries(running.anybody(), who.login, GOOD)
    db = running.parts.db
    assert len(row(db, StaffSession)) == 1
    assert row(db, Invitation) == []
    assert not [one for one in row(db, SignInGuard) if one.last_at < clock.at - timedelta(days=1)]
    assert db.read(lambda tx: tx.query(select(func.count().label("n")).select_from(_staff)))[0].n == 2
