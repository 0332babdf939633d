"""`python -m bot restore FILE --identity KEYFILE`: a backup into an empty place, harmless before anybody is served.

The order: open the whole file (a damaged or foreign one ends here, nothing is written), look at its manifest, build the database
apart, compare it with what was counted when it was copied, bring it to this version's tables, erase again who was erased since,
hold what it would say by itself, and only then put it in its place with one rename (a server's database is guarded until then).
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from bot import push
from bot.backup import (
    DATABASE,
    FORMAT,
    MANIFEST,
    MEDIA,
    SECRET,
    VAPID,
    copied_of,
    digest_of,
    programs,
)
from bot.erasing import LIST, Erasing, keep, read
from bot.files import UID, Folder
from bot.lock import AlreadyRunning
from bot.settings import KEY_FILE, SQLITE, Settings, keyed
from storage import audit, backups, migrate, restores, server_copies, sites
from storage.backups import Copied, CopyFailed
from storage.db import DatabaseUnavailable, open_database
from storage.sql import from_ms, to_ms
from storage.sqlite import to_rest

WORK = ".tocka-restore"
SMALL = 10 * 1024 * 1024
"""No key and no manifest is larger."""


class RestoreRefused(Exception):
    """Nothing was restored; it says where and why."""


@dataclass
class Opened:
    """What a backup held, unpacked into a private folder."""

    made_at: datetime
    copied: Copied
    database: Path
    secret: bytes
    vapid: bytes | None
    media: dict[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a restore."""

    made_at: datetime
    rows: int
    erased: int
    held: dict[str, int]


def restore(
    settings: Settings, file: Path, identity: Path, now: datetime, *, without_list: bool = False
) -> Done:
    """Restore a backup; the caller holds the instance lock. Raises `RestoreRefused`, and then everything is as before."""
    _must_be_empty(settings)
    lists = _lists(settings, file)
    if not any(path.exists() for path in lists) and not without_list:
        raise RestoreRefused(
            f"No list of erasures ({LIST}) lies in {file.parent} or in BACKUP_DIR: people who were erased since would come "
            "back. Bring it, or say --without-list when nobody was erased since this backup."
        )
    try:
        with _private(settings.data_folder / WORK) as work:
            opened = _open(file, identity, work)
            _must_fit(settings, opened)
            with _own_files(settings, opened), _built(settings, opened) as url:
                return _finished(settings, opened, url, lists, now)
    except CopyFailed as error:
        raise RestoreRefused(f"{file}: {error}.") from error
    except DatabaseUnavailable:
        raise RestoreRefused("The database does not answer. Check DATABASE_URL.") from None
    except OSError as error:
        raise RestoreRefused(
            f"{error.filename or file}: {error.strerror or type(error).__name__}."
        ) from error


def _lists(settings: Settings, file: Path) -> list[Path]:
    folders = [settings.data_folder, file.parent, *([settings.backup_dir] if settings.backup_dir else [])]
    return [folder / LIST for folder in folders]


@contextmanager
def _private(path: Path) -> Iterator[Path]:
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(mode=0o700, parents=True)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


# --- where it may go --------------------------------------------------------------------------------------


def _must_be_empty(settings: Settings) -> None:
    path = settings.sqlite_path
    if path is None:
        if not _server_is_empty(settings.database_url):
            raise RestoreRefused(
                "The database of DATABASE_URL has tables in it: restore only into an empty one."
            )
        return
    if not backups.file_is_empty(path):
        raise RestoreRefused(
            f"{path} has tables in it: restore only into an empty place. Move it away, with its -wal and -shm."
        )
    for beside in ("-wal", "-shm"):
        left = path.with_name(path.name + beside)
        if left.exists() and left.stat().st_size:
            raise RestoreRefused(
                f"{left} belongs to a database that is not here: move it to where that one is."
            )


def _server_is_empty(url: str) -> bool:
    import psycopg

    try:
        return server_copies.is_empty(url)
    except psycopg.Error:
        raise DatabaseUnavailable("connect") from None


def _must_fit(settings: Settings, opened: Opened) -> None:
    ours = backups.kind_of(settings.database_url)
    if opened.copied.kind != ours:
        raise RestoreRefused(f"This is a backup of {opened.copied.kind}, and DATABASE_URL names {ours}.")
    if not migrate.knows(opened.copied.revision):
        raise RestoreRefused(
            f"This backup was made by a newer version (tables {opened.copied.revision}): bring Točka up to date first."
        )
    if settings.secret_key is not None:
        if settings.secret_key.get_secret_value().encode() != opened.secret:
            raise RestoreRefused(
                "SECRET_KEY is not the one of this backup: with another, erasures cannot be found again."
            )
        return
    path = settings.data_folder / KEY_FILE
    if path.exists() and path.read_bytes().strip() != opened.secret:
        raise RestoreRefused(
            f"{path} is not the key of this backup. It belongs to another database: move it away."
        )


# --- opening ----------------------------------------------------------------------------------------------


def _open(file: Path, identity: Path, work: Path) -> Opened:
    """Decrypt all of it before a byte of it is believed, then unpack what has a name of ours."""
    tar = work / "backup.tar"
    os.close(os.open(tar, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    _decrypt(file, identity, tar)
    found: dict[str, Path] = {}
    (work / "media").mkdir(mode=0o700)
    try:
        with tarfile.open(tar, "r:") as entries:
            for entry in entries:
                to = _place(entry, work)
                source = entries.extractfile(entry)
                if to is None or source is None:
                    raise RestoreRefused(f"{file} holds something that no backup of ours holds.")
                with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                    shutil.copyfileobj(source, out)
                found[entry.name] = to
        return _described(file, found)
    except (tarfile.TarError, EOFError, FileExistsError, KeyError, ValueError, TypeError) as error:
        raise RestoreRefused(f"{file} is not a backup of Točka, or a damaged one.") from error


def _place(entry: tarfile.TarInfo, work: Path) -> Path | None:
    """Where an entry goes: names are compared, never followed."""
    if not entry.isreg():
        return None
    if entry.name in (MANIFEST, SECRET, VAPID):
        return work / entry.name if entry.size <= SMALL else None
    if entry.name == DATABASE:
        return work / DATABASE
    uid = entry.name.removeprefix(MEDIA)
    return work / "media" / uid if entry.name == MEDIA + uid and UID.fullmatch(uid) else None


def _described(file: Path, found: dict[str, Path]) -> Opened:
    told: Any = json.loads(found[MANIFEST].read_bytes())
    if told["format"] != FORMAT:
        raise RestoreRefused(f"{file} has format {told['format']}, and this version knows {FORMAT}.")
    if digest_of(found[DATABASE]) != told["database_sha256"]:
        raise RestoreRefused(f"{file} is damaged: its database is not the one that was copied.")
    return Opened(
        from_ms(int(told["made_at"])),
        copied_of(told["copied"]),
        found[DATABASE],
        found[SECRET].read_bytes(),
        found[VAPID].read_bytes() if VAPID in found else None,
        {name.removeprefix(MEDIA): path for name, path in found.items() if name.startswith(MEDIA)},
    )


def _decrypt(file: Path, identity: Path, to: Path) -> None:
    from pyrage import DecryptError, decrypt_file

    keys = _identities(identity)
    if not file.is_file():
        raise RestoreRefused(f"{file} is not there.")
    try:
        decrypt_file(os.fspath(file), os.fspath(to), keys)
    except DecryptError as error:
        if "No matching keys" in str(error):
            raise RestoreRefused(
                f"{identity} does not open {file}: the backup was made for another key (or its first lines are damaged)."
            ) from None
        raise RestoreRefused(f"{file} is damaged or not whole: it cannot be opened.") from None
    except OSError as error:
        if (
            error.errno is not None
        ):  # a disk's trouble; the library's own complaint about the content has no number
            raise
        raise RestoreRefused(f"{file} is damaged or not whole: it cannot be opened.") from None


def _identities(path: Path) -> list[Any]:
    """The secret keys of a file as `age-keygen` writes it."""
    from pyrage import IdentityError, x25519

    if not path.is_file():
        raise RestoreRefused(f"{path} is not there: --identity names the file with the secret key.")
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    keys = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            try:
                keys.append(x25519.Identity.from_str(line.strip()))
            except IdentityError:
                raise RestoreRefused(
                    f"{path}, line {number}: not a secret key of age (AGE-SECRET-KEY-1…)."
                ) from None
    if not keys:
        raise RestoreRefused(f"{path} holds no secret key.")
    return keys


# --- building ---------------------------------------------------------------------------------------------


@contextmanager
def _own_files(settings: Settings, opened: Opened) -> Iterator[None]:
    """Keys and members' files in their places; taken away again when the rest does not succeed."""
    made: list[Path] = []

    def put(path: Path, body: bytes) -> None:
        with suppress(
            FileExistsError
        ):  # the same bytes: keys were compared, and a file's name is never given twice
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            made.append(path)
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())

    try:
        if settings.secret_key is None:
            put(settings.data_folder / KEY_FILE, opened.secret)
        if opened.vapid is not None:
            put(settings.data_folder / push.KEY_FILE, opened.vapid)
        if opened.media:
            media = Folder(settings.media_path)
            media.make()
            for uid, path in opened.media.items():
                put(media.of(uid), path.read_bytes())
        yield
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


@contextmanager
def _built(settings: Settings, opened: Opened) -> Iterator[str]:
    """The copied database as it was, to be worked on; in its place when the caller succeeds, gone when it does not."""
    final = settings.sqlite_path
    if final is None:
        url = settings.database_url
        server_copies.load(url, opened.database, programs(settings))
        try:
            _same(opened.copied, server_copies.look(url))
            yield url
        except BaseException:
            server_copies.clear(url)
            raise
        server_copies.finish(url)
        return
    _same(opened.copied, backups.look(opened.database))
    yield f"{SQLITE}{opened.database}"
    to_rest(opened.database)
    handle = os.open(opened.database, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    opened.database.replace(final)
    folder = os.open(final.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _same(copied: Copied, found: Copied) -> None:
    if copied.revision != found.revision:
        raise CopyFailed("its tables are of another version than it says")
    for name in sorted({*copied.tables, *found.tables}):
        if copied.tables.get(name) != found.tables.get(name):
            raise CopyFailed(f"table {name} is not as it was copied")


def _finished(settings: Settings, opened: Opened, url: str, lists: list[Path], now: datetime) -> Done:
    """Bring the copy up to date, erase again, hold what it would say."""
    migrate.upgrade(url)
    listed = settings.data_folder / LIST
    for path in lists:
        keep(listed, read(path))
    db = open_database(url)
    try:
        if not db.read(sites.every):
            raise CopyFailed("it has no site")
        broken = db.read(audit.verify)
        if broken is not None:
            raise CopyFailed(f"its audit was tampered with at row {broken.audit_id} ({broken.damage})")
        erasing = Erasing(db, Folder(settings.media_path), lambda: now, listed, keyed(opened.secret))
        held = db.write(lambda tx: restores.settle(tx, opened.made_at, now))
        erased = asyncio.run(_erase(erasing))
        details = {**held, "erased": erased, "copied_at": to_ms(opened.made_at)}
        db.write(lambda tx: audit.record(tx, now, audit.SYSTEM, "backup.restored", None, details))
    finally:
        db.close()
    return Done(opened.made_at, sum(rows for rows, _ in opened.copied.tables.values()), erased, held)


async def _erase(erasing: Erasing) -> int:
    count = await erasing.reapply()
    await erasing.once(whole=True)
    return count


def command(
    settings: Settings, refuse: Callable[[str], NoReturn], file: Path, identity: Path, *, without_list: bool
) -> None:
    """`python -m bot restore`: while nothing runs, into an empty place."""
    from bot.app import wall_clock
    from bot.commands import lock

    try:
        with lock(settings):
            done = restore(settings, file, identity, wall_clock(), without_list=without_list)
    except AlreadyRunning:
        refuse("Točka runs on this database. Restore only while it is stopped.")
    except RestoreRefused as refused:
        refuse(str(refused))
    click.echo(f"Restored: the state of {done.made_at:%Y-%m-%d %H:%M} UTC, {done.rows} rows.")
    click.echo(
        f"Erased again: {done.erased}. Held: {', '.join(f'{name} {n}' for name, n in done.held.items())}."
    )
    click.echo(
        "Nothing of that time is sent by itself. An admin decides at /console/restore what is sent after all."
    )
