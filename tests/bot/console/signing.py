"""Signing in as a person does it: forms, authenticator, printed codes."""

from __future__ import annotations

import re
from typing import Any

import pyotp
from sqlalchemy import select

from bot import invitations
from bot.console import door
from bot.console.passwords import PASSWORDS
from bot.names import uid
from storage import people
from storage.db import Database
from storage.sql import Tx, table
from storage.staff import Invitation, StaffSession
from tests.helpers.console import Console, Desk, person

GOOD = "four words are easy"
WRONG = "five words are wrong"
_s = table(StaffSession)


async def member_of_staff(running: Console, *roles: str, password: str | None = GOOD) -> people.Person:
    """Somebody who has chosen her password."""
    stored = None if password is None else await running.server.app[PASSWORDS].hash(password)

    def unit(tx: Tx) -> people.Person | None:
        who = person(tx, running.site, *(roles or ("desk",)))
        if stored is not None:
            people.set_password(tx, who, stored)
        return people.get(tx, who)

    found = running.parts.db.write(unit)
    assert found is not None
    return found


async def tries(desk: Desk, login: str, password: str) -> Desk:
    """Type a login and a password into the form."""
    await desk.get("/console/sign-in")
    if desk.status == 303:
        return desk
    return await desk.post("/console/sign-in", login=login, password=password)


def row(db: Database, model: type, *where: Any) -> list[Any]:
    return db.read(lambda tx: tx.query(select(table(model)).where(*where)))


def live_sessions(db: Database) -> int:
    return len(row(db, StaffSession, _s.c.ended_at.is_(None)))


def form_word(desk: Desk) -> str:
    found = desk.hidden("csrf")
    assert found
    return found


async def reposts(desk: Desk, path: str, **fields: str) -> Desk:
    """Post the form of the page that is open."""
    return await desk.post(path, form_word(desk), **fields)


async def enrolled(running: Console, desk: Desk) -> tuple[pyotp.TOTP, list[str]]:
    """Set the second factor up on the open page; the authenticator and the printed codes."""
    await desk.get("/console/second/new")
    found = re.search(r'class="link" translate="no">([A-Z2-7]{32})<', desk.body)
    assert found
    totp = pyotp.TOTP(found.group(1))
    await reposts(desk, "/console/second/new", code=totp.at(running.parts.clock()), password=GOOD)
    assert desk.status == 200, desk.words
    return totp, re.findall(r"<li>([a-z0-9]{5}-[a-z0-9]{5})</li>", desk.body)


async def with_second(running: Console, role: str = "admin") -> tuple[people.Person, pyotp.TOTP, list[str]]:
    """Somebody who has set everything up, and is signed out again."""
    who = await member_of_staff(running, role)
    desk = await tries(running.anybody(), who.login, GOOD)
    totp, codes = await enrolled(running, desk)
    await desk.get("/console/account")
    await reposts(desk, "/console/sign-out")
    return who, totp, codes


async def invited(running: Console, role: str = "desk") -> tuple[str, int]:
    token, now = running.parts.token(), running.parts.clock()
    wanted = invitations.checked("nina", "Nina (test)", [role], running.site.id, ["sl"])
    her = running.parts.db.write(
        lambda tx: invitations.invite(tx, wanted, door.hashed(token), now, actor="system", new=uid())
    )
    assert token not in str(row(running.parts.db, Invitation))
    return f"/console/invitation/{token}", her
