"""Figure 2: the rate of durable turns with 100,000 conversations and 1,000,000 messages stored, against an empty file.

Both files are played in turn within one round. The filled one is built once and copied for each round.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import subprocess
import sys
import traceback
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import town
from bench.dialogue import numbers, play
from bench.place import ROOT, remove, work_folder
from bench.turn import Ours, check, count
from bench.updates import TOKEN, Updates
from bot import logs
from bot.channels.telegram import TelegramChannel
from storage.messages import MessageRow
from storage.sql import Tx, to_ms
from storage.sqlite import SqliteDatabase
from storage.updates import UpdateRow

CONVERSATIONS = 100_000
MESSAGES_EACH = 10
MEMBERS = 300
FILLED, EMPTY = "filled", "empty"
_OLDEST = timedelta(days=90)
_CHOICES = [["book", "Termin", False], ["services", "Pomoč", False], ["nav.person", "Oseba", True]]
_BATCH = 1_000


def base(name: str, conversations: int = CONVERSATIONS) -> Path:
    """The file a round starts from, built at first use; the members who will write are in it."""
    path = work_folder() / f"history-{name}-{conversations}.db"
    if path.exists() and path.stat().st_mtime > _tables_changed():
        return path
    remove(path)
    made = path.with_suffix(".part")
    remove(made)
    url = f"sqlite:///{made}"
    town.build(url)
    account = TelegramChannel(TOKEN).account
    if name == FILLED:
        town.members(url, account, numbers(conversations, first=MEMBERS))
        db = SqliteDatabase(url, synchronous="OFF")
        try:
            first = db.read(_first_conversation)
            for at in range(0, conversations, _BATCH):
                ids = range(first + at, first + min(at + _BATCH, conversations))
                db.write(lambda tx, ids=ids: _talk(tx, ids, account))  # type: ignore[misc]  # mypy cannot infer it
        finally:
            db.close()
    town.members(url, account, numbers(MEMBERS))
    _settle(made)
    made.rename(path)
    return path


def _tables_changed() -> float:
    """When the code that lays out a file changed last: an older file may lack a column."""
    return max(file.stat().st_mtime for file in (ROOT / "storage").rglob("*.py"))


def _settle(path: Path) -> None:
    """Bring everything from the log into the file itself, which alone is copied."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _first_conversation(tx: Tx) -> int:
    from sqlalchemy import func, select

    from storage.conversations import ConversationRow
    from storage.sql import table

    return int(tx.query(select(func.min(table(ConversationRow).c.id).label("id")))[0].id)


def _talk(tx: Tx, conversations: range, account: str) -> None:
    """What these conversations said: half of it hers with the key of its update, half of it ours."""
    said: list[dict[str, Any]] = []
    keys: list[dict[str, Any]] = []
    for talk in conversations:
        for number in range(MESSAGES_EACH):
            at = town.NOW - _OLDEST + timedelta(minutes=number, seconds=talk)
            outgoing = number % 2 == 1
            said.append(
                {
                    "conversation_id": talk,
                    "account": account,
                    "outgoing": outgoing,
                    "kind": "answer" if outgoing else "tap",
                    "text": "Kaj potrebujete? Izberite, kar je za vas." if outgoing else "book",
                    "choices": _CHOICES if outgoing else None,
                    "stack": [["menu", {}]] if outgoing else None,
                    "language": "sl" if outgoing else None,
                    "lane": 1,
                    "policy": "render_again",
                    "state": "sent" if outgoing else "received",
                    "answered": outgoing and number < MESSAGES_EACH - 1,
                    "not_before": at,
                    "attempt": 1 if outgoing else 0,
                    "provider_id": f"{talk}{number}" if outgoing else None,
                    "created_at": at,
                    "sent_at": at if outgoing else None,
                }
            )
            if not outgoing:
                keys.append({"account": account, "external_id": f"{to_ms(at)}-{talk}", "at": at})
    town.bulk(tx, town.insert_into(MessageRow, *said[0]), said)
    town.bulk(tx, town.insert_into(UpdateRow, *keys[0]), keys)


async def rate(folder: Path, name: str, conversations: int) -> float:
    """Turns a second on a copy of one of the two files."""
    path = folder / "bench.db"
    shutil.copyfile(base(name, conversations), path)
    logs.configure("INFO", (folder / "bench.log").open("ab"))
    db = SqliteDatabase(f"sqlite:///{path}", synchronous="FULL")
    try:
        site = db.read(town.find)
        before = db.read(count)
        played = await play(Ours(db, site), numbers(MEMBERS), Updates())
        check(before, db.read(count), MEMBERS)
    finally:
        db.close()
    return played.rate


def measure(conversations: int = CONVERSATIONS, *, turned: bool = False) -> dict[str, float]:
    """One round: both files, in turned order every other time."""
    for name in (FILLED, EMPTY):
        base(name, conversations)
    rates = {
        name: _in_process(name, conversations) for name in ((FILLED, EMPTY) if turned else (EMPTY, FILLED))
    }
    return {
        "history_vs_empty": rates[FILLED] / rates[EMPTY],
        **{f"rate_{name}": r for name, r in rates.items()},
    }


def _in_process(name: str, conversations: int) -> float:
    command = [sys.executable, "-m", "bench.history", name, str(conversations)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} failed:\n{done.stderr[-2000:]}")
    return float(json.loads(done.stdout.splitlines()[-1]))


def main(name: str, conversations: str) -> None:
    """Play one file and print its rate."""
    from bench.place import scratch

    with scratch(f"history-{name}") as folder:
        print(json.dumps(round(asyncio.run(rate(folder, name, int(conversations))), 1)))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception:
        traceback.print_exc()  # the log's own hook would write it to the bench's log file
        sys.exit(1)
