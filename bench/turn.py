"""Figure 1: a durable turn of the booking dialogue, against two well-known frameworks playing the same dialogue.

Each side runs in a process of its own, one after the other within a round: `python -m bench.turn ours FOLDER MEMBERS`.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bench import town
from bench.dialogue import IN_FLIGHT, STEPS, Played, numbers, play
from bench.place import ROOT, scratch
from bench.updates import TOKEN, Read, Updates
from bot import logs
from bot.channels.telegram import TelegramChannel
from bot.inbound import Inbound
from bot.memory import settle
from flows.texts import SHIPPED, Texts
from storage.bookings import BookingRow
from storage.cells import CellRow
from storage.conversations import ConversationRow
from storage.db import Database
from storage.members import AddressRow
from storage.messages import MessageRow
from storage.office import alone
from storage.sites import Site
from storage.sql import Tx, table
from storage.sqlite import SqliteDatabase
from storage.updates import UpdateRow

SIDES = ("ours", "ptb", "aiogram")
MEMBERS = 400
BOOKED_SHARE_MIN = 0.9
"""The rest lost the race for a slot, as people do; every side has the same share within a percent or two."""
_m, _a, _c = table(MessageRow), table(AddressRow), table(ConversationRow)


class Ours:
    """The bot from the bytes of a delivery to the commit, as the webhook runs it."""

    in_flight = IN_FLIGHT

    def __init__(self, db: Database, site: Site) -> None:
        self._db = db
        self._channel = TelegramChannel(TOKEN)
        self._work = asyncio.Event()
        office = alone(site)
        self._inbound = Inbound(
            db, Texts(town.ZONE, offered=SHIPPED), lambda: office, lambda: town.NOW, hint=self._work.set
        )

    async def take(self, raw: bytes) -> None:
        await self._inbound.take_all(self._channel.parse(raw), raw.decode("utf-8", "replace"))

    async def screens(self) -> Mapping[int, Read]:
        return self._db.read(_screens)


def _screens(tx: Tx) -> dict[int, Read]:
    last = select(func.max(_m.c.id)).where(_m.c.outgoing).group_by(_m.c.conversation_id).scalar_subquery()
    rows = tx.query(
        select(_m.c.id, _m.c.text, _m.c.choices, _a.c.external_id)
        .join(_c, _c.c.id == _m.c.conversation_id)
        .join(_a, _a.c.id == _c.c.address_id)
        .where(_m.c.id.in_(last))
    )
    return {
        int(row.external_id): Read(
            row.id, row.text, tuple((f"{row.id}.{choice}", label) for choice, label, _ in row.choices)
        )
        for row in rows
    }


async def play_ours(folder: Path, members: int) -> Played:
    """The dialogue on a file of its own, the rows counted afterwards."""
    url = f"sqlite:///{folder / 'bench.db'}"
    site = town.build(url)
    who = numbers(members)
    town.members(url, TelegramChannel(TOKEN).account, who)
    logs.configure(
        "INFO", (folder / "bench.log").open("ab")
    )  # open to the end: a failure is logged there too
    db = SqliteDatabase(url, synchronous="FULL")
    try:
        before = db.read(count)
        settle()
        played = await play(Ours(db, site), who, Updates())
        check(before, db.read(count), members)
    finally:
        db.close()
    lines = (folder / "bench.log").read_bytes().count(b"\n")
    assert lines >= played.turns, f"only {lines} log lines"
    return played


def count(tx: Tx) -> dict[str, int]:
    """The rows a turn leaves."""

    def rows(model: type, *where: Any) -> int:
        return int(
            tx.query(select(func.count().label("rows")).select_from(table(model)).where(*where))[0].rows
        )

    return {
        "updates": rows(UpdateRow),
        "received": rows(MessageRow, ~_m.c.outgoing),
        "queued": rows(MessageRow, _m.c.outgoing, _m.c.state == "queued"),
        "bookings": rows(BookingRow),
        "cells": rows(CellRow),
    }


def check(before: dict[str, int], after: dict[str, int], members: int) -> None:
    """Nothing was skipped: a key, what she said and an answer a turn, a booking a member."""
    new = {name: after[name] - before[name] for name in after}
    turns = members * (len(STEPS) + 1)
    assert new["updates"] == new["received"] == new["queued"] == turns, new
    assert members * BOOKED_SHARE_MIN <= new["bookings"] <= members, new
    assert new["cells"] == new["bookings"] * town.MINUTES // 5, new


def measure(turn_members: int = MEMBERS, *, turned: bool = False) -> dict[str, float]:
    """One round: every side once, in turned order every other time."""
    played = {side: run_side(side, turn_members) for side in (reversed(SIDES) if turned else SIDES)}
    ours = played["ours"]
    return {
        "turn_vs_ptb": ours["rate"] / played["ptb"]["rate"],
        "turn_vs_aiogram_sqlite": ours["rate"] / played["aiogram"]["rate"],
        **{f"{side}_{name}": value for side, figures in played.items() for name, value in figures.items()},
    }


def run_side(side: str, members: int) -> dict[str, float]:
    """One side in a process of its own."""
    with scratch(side) as folder:
        command = [sys.executable, "-m", "bench.turn", side, str(folder), str(members)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{side} failed:\n{done.stderr[-2000:]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main(side: str, folder: str, members: str) -> None:
    """Play one side and print its figures as JSON."""
    if side == "ours":
        played = asyncio.run(play_ours(Path(folder), int(members)))
    else:
        from bench import baselines

        settle()  # ours does it at start; the others may have it too
        played = asyncio.run(baselines.SIDES[side](Path(folder), int(members)))
    print(json.dumps({"rate": round(played.rate, 1), "cpu_us": round(played.cpu_us, 1)}))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception:
        traceback.print_exc()  # the log's own hook would write it to the bench's log file
        sys.exit(1)
