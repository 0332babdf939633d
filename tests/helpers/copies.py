"""Backups and restores in a test: an office with a second place, an empty place beside it, and people who never stop writing."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from pyrage import x25519
from sqlalchemy import select
from sqlmodel import SQLModel

from bot import backup, restore
from bot.settings import KEY_FILE, Settings
from storage import audit, bookings, conversations, messages, outbox
from storage.bookings import Taken
from storage.db import Database
from storage.sql import Tx
from tests.helpers import make, postgres
from tests.helpers.life import ACCOUNT, Life
from tests.storage import offices

WRITERS = 3
PEOPLE = 12


def settings_of(url: str, folder: Path, **more: Any) -> Settings:
    """Settings of an office whose own files lie in `folder`."""
    own = folder / "own"
    own.mkdir(exist_ok=True)
    if url.startswith("sqlite"):
        name = url.removeprefix("sqlite:///")
        own = Path(name).parent
    told = {"database_url": url, "media_folder": own / "media", "pg_programs": postgres.binaries(), **more}
    if url.startswith("postgresql"):
        told["secret_key"] = "k" * 32  # the files of a server's office lie in the working folder
    return Settings(**told)


@dataclass
class Office:
    """An office that keeps backups."""

    db: Database
    clock: make.Clock
    folder: Path
    key: x25519.Identity = field(default_factory=x25519.Identity.generate)

    def __post_init__(self) -> None:
        self.second = self.folder / "second"
        self.second.mkdir(exist_ok=True)
        self.identity = self.folder / "key.txt"
        self.identity.write_text(f"# created: long ago\n{self.key}\n")
        self.life = Life(self.db, self.clock)
        self.settings = self.at(self.db.url)

    def at(self, url: str, **more: Any) -> Settings:
        """The settings of a place with this database."""
        how = {"backup_dir": self.second, "backup_recipient": str(self.key.to_public()), **more}
        return settings_of(url, self.folder, **how)

    def backup(self) -> Path:
        """A backup now."""
        return backup.make(self.settings, self.clock.at).path

    def restore(self, file: Path, to: Settings, **how: Any) -> restore.Done:
        """Put it there."""
        return restore.restore(to, file, how.pop("identity", self.identity), self.clock.at, **how)


class Load:
    """Threads that write until they are stopped: words and answers, appointments, acts, claims; each a transaction."""

    def __init__(self, office: Office) -> None:
        self._db, self._site, self._now = office.db, office.life.site, office.clock.at
        self._stopped = threading.Event()
        self.turns = [0] * WRITERS
        self._threads = [threading.Thread(target=self._write, args=(n,)) for n in range(WRITERS)]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        while min(self.turns) < 3:
            self._stopped.wait(0.002)
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _write(self, number: int) -> None:
        while not self._stopped.is_set():
            turn = self.turns[number]
            self._db.write(lambda tx, n=number, t=turn: self._turn(tx, n, t))  # type: ignore[misc]  # mypy cannot type a default
            self.turns[number] += 1
            if turn % 5 == 0:
                self._db.write(lambda tx: audit.seal(tx, 20))

    def _turn(self, tx: Tx, number: int, turn: int) -> None:
        """Her word, the answer, an act and now and then an appointment: all of it or nothing."""
        name = f"{number}-{turn % PEOPLE}"
        now = self._now + timedelta(milliseconds=turn)
        chat, member = conversations.load(tx, ACCOUNT, name, now, self._site.id)
        messages.hear(tx, chat.id, ACCOUNT, "text", f"w{number}-{turn}", now)
        messages.add(tx, chat.id, ACCOUNT, "answer", f"a{number}-{turn}", now=now)
        audit.record(tx, now, audit.SYSTEM, "load.turn", None, {"turn": turn})
        wish = offices.wanted(self._site)
        day = now.replace(minute=0, second=0, microsecond=0) + timedelta(
            days=1 + turn % 9, minutes=30 * number
        )
        with tx.attempt() as attempt:
            taken = bookings.take(tx, wish, day, member_id=member.id, conversation_id=chat.id, now=now)
            if not isinstance(taken, Taken):
                attempt.give_up()
            elif turn % 3 == 0:
                bookings.cancel(tx, taken.booking.id, member.id, now)
        if turn % 4 == 0:
            until = now + timedelta(minutes=1)
            for one in outbox.claim(tx, ACCOUNT, "load", now=now, until=until, limit=2)[:1]:
                outbox.sent(tx, one.id, one.attempt, f"p{one.id}", now)


def content(db: Database, leave: frozenset[str] = frozenset()) -> dict[str, list[Any]]:
    """Every row of every table, in an order of its own."""

    def unit(tx: Tx) -> dict[str, list[Any]]:
        return {
            of.name: sorted(repr(tuple(row)) for row in tx.query(select(of)))
            for of in SQLModel.metadata.sorted_tables
            if of.name not in leave
        }

    return db.read(unit)


def key_of(settings: Settings) -> Path:
    """The file with the signing key of a place on SQLite."""
    return settings.data_folder / KEY_FILE
