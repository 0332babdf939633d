"""A busy info point for the benches of the inbox: its people, its conversations, and its real pages on a real port."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import update

from bench import town
from bench.dialogue import numbers
from bench.history import _tables_changed
from bench.place import remove, work_folder
from bench.updates import TOKEN
from bot.channels.telegram import TelegramChannel
from bot.console import door, live
from bot.inbound import Inbound
from bot.office import Offices
from bot.settings import Settings
from bot.web.parts import Parts
from bot.web.routes import routes
from flows.texts import SHIPPED, Texts
from storage import people, sessions
from storage.conversations import ConversationRow
from storage.db import Database
from storage.sites import Site
from storage.sql import Tx, table
from storage.sqlite import SqliteDatabase
from storage.staff import StaffRow

CONVERSATIONS = 50_000
CLOSED_SHARE, WAITING_SHARE = 0.9, 0.06
"""The rest is with a person."""
STAFF = 50
KEY = b"a key for the bench, of some length"
_c = table(ConversationRow)


def staff(tx: Tx, site: Site, now: datetime) -> list[int]:
    """The people of the desk."""
    found = []
    for number in range(STAFF):
        who = people.add(
            tx, uid=f"s{number}", login=f"s{number}", name=f"Nina {number}", languages=("sl",), now=now
        )
        assert who is not None
        people.give_role(tx, who, site.id, "desk")
        found.append(who)
    return found


def filled(conversations: int) -> Path:
    """The file with so many conversations in which a person was asked for, built at first use."""
    path = work_folder() / f"inbox-{conversations}.db"
    if path.exists() and path.stat().st_mtime > _tables_changed():
        return path
    remove(path)
    made = path.with_suffix(".part")
    remove(made)
    url = f"sqlite:///{made}"
    site = town.build(url)
    town.members(url, TelegramChannel(TOKEN).account, numbers(conversations))
    db = SqliteDatabase(url, synchronous="OFF")
    try:
        desk = db.write(lambda tx: staff(tx, site, town.NOW))
        db.write(lambda tx: _owners(tx, site, desk, conversations))
        db.write(lambda tx: tx.query(_c.update().values(touched_at=town.NOW)))
    finally:
        db.close()
    made.rename(path)
    return path


def _owners(tx: Tx, site: Site, desk: list[int], conversations: int) -> None:
    """Closed ones, waiting ones and taken ones, in a fixed disorder."""
    rng = random.Random(1)
    first = int(tx.query(_c.select().order_by(_c.c.id).limit(1))[0].id)
    for at in range(conversations):
        when = town.NOW - timedelta(minutes=rng.randrange(60 * 24 * 60))
        fields: dict[str, Any] = {"site_id": site.id, "last_in_at": when}
        drawn = rng.random()
        if drawn < CLOSED_SHARE:
            fields |= {"closed_at": when}
        elif drawn < CLOSED_SHARE + WAITING_SHARE:
            fields |= {
                "owner": "waiting",
                "waiting_since": when,
                "waiting_reason": "asked",
                "urgent": at % 50 == 0,
            }
        else:
            fields |= {"owner": "person", "staff_id": desk[at % len(desk)]}
        tx.query(update(_c).where(_c.c.id == first + at).values(**fields))


@asynccontextmanager
async def serving(db: Database, site: Site, inbound: Inbound) -> AsyncIterator[tuple[str, Parts]]:
    """The real pages on a real port."""
    texts = Texts(town.ZONE, offered=SHIPPED)
    parts = Parts(db, texts, lambda: town.NOW, Settings(), KEY, inbound.take, Offices(db), hint=live.changed)
    app = web.Application()
    routes(app, parts)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", parts
    finally:
        await runner.cleanup()


def signed(db: Database, parts: Parts, who: int) -> dict[str, str]:
    """The cookie of a session of hers."""
    token = parts.token()
    db.write(lambda tx: sessions.begin(tx, door.hashed(token), who, town.NOW, passed=True))
    return {"Cookie": f"{door.cookie_name(parts)}={token}"}


def desk_of(tx: Tx) -> list[int]:
    """The staff of a filled file."""
    return [row.id for row in tx.query(table(StaffRow).select().order_by(table(StaffRow).c.id))]
