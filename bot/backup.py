"""`python -m bot backup`, and every night by itself: one encrypted file with all that is needed to go on elsewhere.

The file is a tar in the age format. It is encrypted to public keys; the secret key is not on this machine, so who steals the
machine or the second place cannot read old copies. The unencrypted copy lies beside the database, for this user's eyes, and is
gone when the command ends; what a killed one left is removed by the next.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, NoReturn

import click
import structlog

from bot import push
from bot.erasing import LIST, keep, read
from bot.files import UID
from bot.local import NotThere, ask, door_of
from bot.lock import AlreadyRunning, InstanceLock
from bot.settings import Settings, signing_key
from storage import audit, backups, erasures, sites
from storage.backups import Copied, CopyFailed
from storage.db import Database, DatabaseUnavailable, open_database
from storage.sql import Tx, from_ms, to_ms

FORMAT = 1
MARK = "backup"
"""When the last good one was made."""
FOLDER = ".tocka-backup"
LOCK_FILE = "tocka.backup.lock"
NAME = re.compile(r"tocka-(\d{4}-\d\d-\d\dT\d{6}Z)\.tar\.age")
STAMP = "%Y-%m-%dT%H%M%SZ"
MANIFEST, DATABASE, SECRET, VAPID, MEDIA = "manifest.json", "database", "secret", "vapid", "media/"
DAYS, WEEKS = 7, 4
"""How many nights and how many weeks are kept; nothing older than `OLDEST`."""
OLDEST = timedelta(days=30)
FROM_HOUR, UNTIL_HOUR = 4, 6
"""Local time of the site: after the night's cleaning."""
MISSED = timedelta(hours=26)
LOOK_S = 300.0
log = structlog.get_logger()


class BackupRefused(Exception):
    """No backup was made; it says where and why."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that is in its place."""

    path: Path
    at: datetime
    size: int
    rows: int


def make(settings: Settings, now: datetime) -> Made:
    """Copy, encrypt and store everything; drop what is over its time. Raises `BackupRefused`, and then nothing new is there."""
    recipients = _recipients(settings)
    folder = settings.backup_dir
    if folder is None:
        raise BackupRefused("BACKUP_DIR is not set: it names the folder of the second place.")
    if not folder.is_dir():
        raise BackupRefused(f"BACKUP_DIR {folder} is not there. Is the disk mounted?")
    if settings.sqlite_path is not None and not settings.sqlite_path.exists():
        raise BackupRefused(f"There is no database {settings.sqlite_path} yet.")
    try:
        with InstanceLock(settings.data_folder / LOCK_FILE), _private(settings.data_folder / FOLDER) as work:
            for part in folder.glob(".tocka-*.part"):
                part.unlink()  # left by one that was killed; the lock says that nobody writes it now
            list_erased(settings)
            made = _make(settings, now, recipients, folder, work)
        rotate(folder, now)
    except AlreadyRunning:
        raise BackupRefused("Another backup is being made just now.") from None
    except CopyFailed as error:
        raise BackupRefused(f"The database could not be copied: {error}.") from error
    except DatabaseUnavailable:
        raise BackupRefused("The database does not answer. Check DATABASE_URL.") from None
    except OSError as error:
        raise BackupRefused(
            f"{error.filename or folder}: {error.strerror or type(error).__name__}."
        ) from error
    return made


def _recipients(settings: Settings) -> list[object]:
    from pyrage import x25519

    if settings.backup_recipient is None:
        raise BackupRefused(
            "BACKUP_RECIPIENT is not set: it is the public key (age1…) that backups are encrypted to."
        )
    return [x25519.Recipient.from_str(one) for one in settings.backup_recipient.replace(",", " ").split()]


@contextmanager
def _private(path: Path) -> Iterator[Path]:
    """A folder for this user's eyes that is gone afterwards, and whose earlier self is gone now."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(mode=0o700)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def tidy(settings: Settings) -> None:
    """Remove what a killed backup left in clear, unless one is being made now."""
    try:
        with InstanceLock(settings.data_folder / LOCK_FILE):
            shutil.rmtree(settings.data_folder / FOLDER, ignore_errors=True)
    except AlreadyRunning:
        pass  # it removes its own


def programs(settings: Settings) -> Path | None:
    """The folder of PostgreSQL's own programs."""
    if settings.pg_programs is not None:
        return settings.pg_programs
    found = shutil.which("pg_dump")
    return Path(found).parent if found else None


def list_erased(settings: Settings) -> None:
    """Bring the second place's list of erasures up to date: a restore must know them all."""
    if settings.backup_dir is None:
        return
    db = open_database(settings.database_url)
    try:
        stones = dict(db.read(erasures.tombstones))
    finally:
        db.close()
    second = settings.backup_dir / LIST
    keep(second, stones | read(settings.data_folder / LIST))
    if not second.exists():  # nobody was erased yet: an empty list says so, a missing one says nothing
        second.touch(mode=0o600)


def _make(settings: Settings, now: datetime, recipients: Sequence[object], folder: Path, work: Path) -> Made:
    copied = work / DATABASE
    found = backups.copy(settings.database_url, copied, programs(settings))
    manifest = {
        "format": FORMAT,
        "made_at": to_ms(now),
        "database_sha256": digest_of(copied),
        "copied": asdict(found),
    }
    name = f"tocka-{now.astimezone(UTC).strftime(STAMP)}.tar.age"
    part = folder / f".{name}.part"
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            _encrypted(lambda tar: _fill(tar, settings, manifest, copied), out, recipients)
            out.flush()
            os.fsync(out.fileno())
        part.rename(folder / name)
    finally:
        part.unlink(missing_ok=True)
    _sync(folder)
    path = folder / name
    return Made(path, now, path.stat().st_size, sum(rows for rows, _ in found.tables.values()))


def _encrypted(fill: Callable[[tarfile.TarFile], None], out: IO[bytes], recipients: Sequence[object]) -> None:
    """Encrypt a tar while it is written: it never lies anywhere in clear."""
    from pyrage import EncryptError, encrypt_io

    read_end, write_end = os.pipe()
    failed: list[BaseException] = []

    def encrypt() -> None:
        with os.fdopen(read_end, "rb") as source:
            try:
                encrypt_io(source, out, recipients)
            except (EncryptError, OSError) as error:
                failed.append(error)

    thread = threading.Thread(target=encrypt, name="backup-encrypt")
    thread.start()
    try:
        with os.fdopen(write_end, "wb") as sink, tarfile.open(fileobj=sink, mode="w|") as tar:
            fill(tar)
    except BrokenPipeError:
        thread.join()
        raise OSError(0, "the second place could not be written") from (failed[0] if failed else None)
    finally:
        thread.join()
    if failed:
        raise OSError(0, "the second place could not be written") from failed[0]


def _fill(tar: tarfile.TarFile, settings: Settings, manifest: Mapping[str, object], copied: Path) -> None:
    said = {MANIFEST: json.dumps(manifest).encode(), SECRET: signing_key(settings)}
    vapid = settings.data_folder / push.KEY_FILE
    if vapid.exists():
        said[VAPID] = vapid.read_bytes()
    for name, body in said.items():
        _add(tar, name, io.BytesIO(body), len(body))
    with copied.open("rb") as file:
        _add(tar, DATABASE, file, copied.stat().st_size)
    media = settings.media_path
    for path in sorted(media.iterdir()) if media.is_dir() else ():
        if UID.fullmatch(path.name):
            try:
                body = path.read_bytes()
            except FileNotFoundError:
                continue  # erased meanwhile
            _add(tar, MEDIA + path.name, io.BytesIO(body), len(body))


def _add(tar: tarfile.TarFile, name: str, body: IO[bytes], size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    tar.addfile(entry, body)


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# --- what is kept -----------------------------------------------------------------------------------------


def kept(folder: Path) -> list[tuple[datetime, Path]]:
    """The backups of a folder, the newest first."""
    found = ((NAME.fullmatch(path.name), path) for path in folder.iterdir()) if folder.is_dir() else ()
    return sorted(
        ((datetime.strptime(hit[1], STAMP).replace(tzinfo=UTC), path) for hit, path in found if hit),
        reverse=True,
    )


def rotate(folder: Path, now: datetime) -> int:
    """Keep the newest of each of the last days and weeks; how many went. The newest of all always stays."""
    stays: set[Path] = set()
    days: set[object] = set()
    weeks: set[object] = set()
    there = kept(folder)
    for at, path in there:
        if now - at > OLDEST:
            continue
        day, week = at.date(), at.isocalendar()[:2]
        if (day not in days and len(days) < DAYS) or (week not in weeks and len(weeks) < WEEKS):
            stays.add(path)
        days.add(day)
        weeks.add(week)
    gone = [path for _, path in there[1:] if path not in stays]
    for path in gone:
        path.unlink()
    return len(gone)


# --- saying that it is done -------------------------------------------------------------------------------


def note(tx: Tx, made_at: datetime, size: int, now: datetime) -> None:
    """Remember a good backup."""
    sites.mark(tx, MARK, made_at)
    audit.record(tx, now, audit.SYSTEM, "backup.made", None, {"bytes": size})


def obey(tx: Tx, order: Mapping[str, str], now: datetime) -> dict[str, str] | None:
    """The running process is told by the command that a backup is there; None when the order is another."""
    if order.get("do") != "backup":
        return None
    at, size = order.get("at", ""), order.get("size", "")
    if not (at.isdecimal() and size.isdecimal() and from_ms(int(at)) <= now + timedelta(minutes=5)):
        return {"problem": "unknown"}
    note(tx, from_ms(int(at)), int(size), now)
    return {"done": "1"}


def command(settings: Settings, refuse: Callable[[str], NoReturn]) -> None:
    """`python -m bot backup`: works while Točka runs."""
    from bot.app import wall_clock
    from bot.commands import lock

    try:
        made = make(settings, wall_clock())
        if settings.sqlite_path is None:
            _note_here(settings, made, wall_clock())
        else:
            try:
                with lock(settings):
                    _note_here(settings, made, wall_clock())
            except AlreadyRunning:
                order = {"do": "backup", "at": str(to_ms(made.at)), "size": str(made.size)}
                if "done" not in ask(door_of(settings.sqlite_path), order):
                    raise NotThere from None
    except BackupRefused as refused:
        refuse(str(refused))
    except (NotThere, DatabaseUnavailable):
        refuse(f"The backup is there ({made.path.name}), but the running Točka could not be told.")
    click.echo(f"Backup: {made.path} ({made.size // 1024} KB, {made.rows} rows)")


def _note_here(settings: Settings, made: Made, now: datetime) -> None:
    db = open_database(settings.database_url)
    try:
        db.write(lambda tx: note(tx, made.at, made.size, now))
    finally:
        db.close()


class Backups:
    """Makes one every night, when the settings say where and for whom."""

    def __init__(self, db: Database, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._settings = settings
        self._clock = clock

    async def run(self) -> None:
        """Look every few minutes whether it is time, until cancelled."""
        await asyncio.to_thread(tidy, self._settings)
        while True:
            try:
                if await self.is_due():
                    await self.once()
            except DatabaseUnavailable:
                log.error("backup.database")
            except BackupRefused as refused:
                cause = refused.__cause__
                log.error(
                    "backup.failed", error=type(cause or refused).__name__
                )  # the doctor says it in words
            await asyncio.sleep(LOOK_S)

    async def is_due(self) -> bool:
        """Whether it is night and this night has none, or the last nights were missed."""
        if self._settings.backup_dir is None or self._settings.backup_recipient is None:
            return False
        last = await asyncio.wrap_future(self._db.submit_read(lambda tx: sites.marked(tx, MARK)))
        now, zone = self._clock(), self._settings.zone
        if last is None or now - last > MISSED:
            return True
        local = now.astimezone(zone)
        return FROM_HOUR <= local.hour < UNTIL_HOUR and last.astimezone(zone).date() != local.date()

    async def once(self) -> Made:
        """Make one now and remember it."""
        now = self._clock()
        made = await asyncio.to_thread(make, self._settings, now)
        await asyncio.wrap_future(self._db.submit(lambda tx: note(tx, made.at, made.size, now)))
        log.info("backup.done", size=made.size, count=made.rows)
        return made


def copied_of(told: object) -> Copied:
    """What a manifest says about its copy; raises `ValueError` for what is none."""
    if not isinstance(told, dict) or not isinstance(told.get("tables"), dict):
        raise ValueError("no tables")
    tables = {str(name): (int(rows), str(digest)) for name, (rows, digest) in told["tables"].items()}
    return Copied(str(told["kind"]), str(told["revision"]), tables)
