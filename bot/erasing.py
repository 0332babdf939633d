"""What an erasure leaves outside the tables: files, the bytes in the database's own files, and the list that outlives a restore.

The transaction that erased wrote down what is left to do; here it is done, again and again until it is, also after a crash.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NoReturn, TypeVar

import click
import structlog

from bot.files import Folder
from bot.lock import AlreadyRunning
from bot.settings import Settings, keyed, signing_key
from storage import erasures
from storage.db import Database, DatabaseUnavailable, Unit
from storage.erasures import FILE, PAGES, Key
from storage.sql import Tx, from_ms, to_ms

T = TypeVar("T")
SECONDS = 20.0
LIST = "tocka.erased"
"""One line an erased address: its keyed hash and when. It lies beside the database and is not part of its backup, so that
restoring an older copy cannot bring back who was erased since."""
log = structlog.get_logger()


class Erasing:
    """Finishes erasures."""

    def __init__(
        self,
        db: Database,
        folder: Folder,
        clock: Callable[[], datetime],
        list_path: Path,
        key: Key,
        second: Path | None = None,
    ) -> None:
        self._db = db
        self._folder = folder
        self._clock = clock
        self._list = list_path
        self._key = key
        self._second = second
        """The same list at the second place, where the backups are: it must know who was erased after the last of them."""

    async def run(self) -> None:
        """Look every few seconds until cancelled; at the start also for people an older copy brought back."""
        is_new = True
        while True:
            try:
                if is_new:
                    await self._reapply_new()
                is_new = False
                await self.once()
            except DatabaseUnavailable:
                log.error("erasing.database")
            await asyncio.sleep(SECONDS)

    async def once(self, *, whole: bool = False) -> bool:
        """Remove what is left; whether nothing is left any more. `whole` also rewrites a large database file."""
        now = self._clock()
        await self._write(lambda tx: erasures.tidy(tx, now))
        await self._write(lambda tx: erasures.blank_secrets(tx, now))
        while files := await self._read(lambda tx: erasures.leftovers(tx, FILE)):
            for uid in files:
                await asyncio.to_thread(self._folder.remove, uid)
            await self._cleared(FILE, files)
        pages = await self._read(lambda tx: erasures.leftovers(tx, PAGES))
        if not pages:
            return True
        stones = await self._read(erasures.tombstones)
        await asyncio.to_thread(keep, self._list, dict(stones))
        await asyncio.to_thread(self._keep_second, dict(stones))
        if not await asyncio.wrap_future(self._db.settle(whole=whole)):
            return False
        await self._cleared(PAGES, pages)
        log.info("erasing.done", count=len(pages))
        return True

    def _keep_second(self, stones: dict[str, datetime]) -> None:
        if self._second is not None:
            try:
                keep(self._second, stones)
            except OSError as error:  # the disk is away: the next erasure or backup writes all of it
                log.error("erasing.second_place", error=type(error).__name__)

    async def reapply(self) -> int:
        """Erase again whoever an older copy brought back; how many."""
        listed, now = await asyncio.to_thread(read, self._list), self._clock()

        def bury(tx: Tx) -> list[int]:
            for hashed, at in listed.items():
                erasures.bury(tx, hashed, at)
            return erasures.revived(tx, self._key)

        found = await self._write(bury)
        for member_id in found:
            await self._write(lambda tx, one=member_id: erasures.erase(tx, one, now, self._key))  # type: ignore[misc]  # mypy cannot type a default
        if found:
            log.warning("erasing.again", count=len(found))
        return len(found)

    async def _reapply_new(self) -> None:
        """Only when the list knows of an erasure that the database does not: that is a restored copy."""
        listed = await asyncio.to_thread(read, self._list)
        known = dict(await self._read(erasures.tombstones)) if listed else {}
        if any(hashed not in known or known[hashed] < at for hashed, at in listed.items()):
            await self.reapply()

    async def _cleared(self, kind: str, refs: list[str]) -> None:
        await self._write(lambda tx: erasures.cleared(tx, kind, refs))

    async def _read(self, unit: Unit[T]) -> T:
        return await asyncio.wrap_future(self._db.submit_read(unit))

    async def _write(self, unit: Unit[T]) -> T:
        return await asyncio.wrap_future(self._db.submit(unit))


def erasing_of(settings: Settings, db: Database, key: bytes, clock: Callable[[], datetime]) -> Erasing:
    """What finishes the erasures of this installation."""
    folder, listed = Folder(settings.media_path), settings.data_folder / LIST
    second = settings.backup_dir / LIST if settings.backup_dir else None
    return Erasing(db, folder, clock, listed, keyed(key), second)


def read(path: Path) -> dict[str, datetime]:
    """The list beside the database; a broken line is left out."""
    found: dict[str, datetime] = {}
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return found
    for line in lines:
        hashed, _, at = line.partition(" ")
        if len(hashed) == 64 and at.isascii() and at.isdigit():
            found[hashed] = from_ms(int(at))
    return found


def keep(path: Path, stones: dict[str, datetime]) -> None:
    """Write the list with these added, whole or not at all; nothing ever leaves it."""
    listed = read(path)
    both = listed | {hashed: max(at, listed.get(hashed, at)) for hashed, at in stones.items()}
    if both == listed:
        return
    part = path.with_suffix(".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.writelines(f"{hashed} {to_ms(at)}\n" for hashed, at in sorted(both.items()))
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)


def reapply(settings: Settings, refuse: Callable[[str], NoReturn]) -> None:
    """`python -m bot erasures reapply`: after an older copy was restored, erase again whom it brought back."""
    from bot.app import wall_clock
    from bot.commands import lock, opened

    async def work() -> int:
        with opened(settings) as db:
            erasing = erasing_of(settings, db, signing_key(settings), wall_clock)
            count = await erasing.reapply()
            await erasing.once(whole=True)
            return count

    try:
        with lock(settings):
            count = asyncio.run(work())
    except AlreadyRunning:
        refuse("Točka runs on this database. Stop it first; `run` does this by itself at start.")
    except DatabaseUnavailable:
        refuse("The database does not answer.")
    click.echo(f"Erased again: {count}")
