"""`python -m bot directory export|import`: the directory as a file, by the same code as the console's page."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from bot import exporting, importing, names
from bot.commands import lock, opened
from bot.console.service_form import field_name
from bot.importing import FileRefused, Line, Plan
from bot.lock import AlreadyRunning
from bot.settings import Settings
from bot.spreadsheets import FILE_MAX
from flows import hours
from flows.directory import cleaned
from flows.texts import Texts
from storage import audit, imports, sites
from storage.db import Database, DatabaseUnavailable, Unit, open_database
from storage.imports import NEW, REFUSED, Import
from storage.sites import Site

T = TypeVar("T")
Refuse = Callable[[str], NoReturn]
LANGUAGE = "en"
"""Of what is printed to the operator."""
KINDS = {
    ".xlsx": "xlsx",
    ".csv.zip": "csv",
    "-csv.zip": "csv",
    ".hsds.zip": "hsds",
    "-hsds.zip": "hsds",
}
"""How a file's name ends, also as the console names it."""
RUNS = (
    "Točka runs on this database, and only it may change it. Bring the file in the console: "
    "Services, Files in and out. Nothing was changed."
)


@dataclass(frozen=True)
class Direct:
    """The database as a command has it."""

    db: Database
    clock: Callable[[], datetime]

    async def read(self, unit: Unit[T]) -> T:
        """Run a reading unit."""
        return await asyncio.wrap_future(self.db.submit_read(unit))

    async def write(self, unit: Unit[T], *, later: bool = False) -> T:
        """Run a writing unit."""
        return await asyncio.wrap_future(self.db.submit(unit, later=later))


@contextmanager
def _store(settings: Settings, refuse: Refuse) -> Iterator[Direct]:
    """The database as it is: only reads, so it works while Točka runs."""
    from bot.app import wall_clock

    if settings.sqlite_path is not None and not settings.sqlite_path.exists():
        refuse("There is no database yet. Start with: make run")
    db = open_database(settings.database_url)
    try:
        yield Direct(db, wall_clock)
    except DatabaseUnavailable:
        refuse("The database does not answer.")
    finally:
        db.close()


def _site(store: Direct, slug: str, refuse: Refuse) -> Site:
    found = store.db.read(lambda tx: sites.named(tx, slug))
    if found is None:
        known = ", ".join(site.slug for site in store.db.read(sites.every))
        refuse(f"Which site? --site takes one of: {known or 'there is none yet'}.")
    return found


# --- out ---


def export(settings: Settings, refuse: Refuse, file: Path, site: str | None = None) -> None:
    """Write the whole directory of a site; the file's ending says what it becomes."""
    kind = next((kind for ending, kind in KINDS.items() if file.name.casefold().endswith(ending)), None)
    if kind is None:
        refuse("The file's name must end in .xlsx, .csv.zip or .hsds.zip.")
    if file.exists():
        refuse("There is a file of this name already. Choose another name.")
    with _store(settings, refuse) as store:
        where = _site(store, site or "", refuse)
        organisations, services = asyncio.run(exporting.everything(store, where.id))
    body = exporting.packed(kind, str(where.id), organisations, services)
    try:
        _write(file, body)
    except OSError as error:
        refuse(f"The file could not be written: {error.strerror}.")
    click.echo(f"Organisations: {len(organisations)}. Services: {len(services)}. Written to {file}")


def _write(file: Path, body: bytes) -> None:
    """Whole or not at all, and over nothing that is there."""
    part = file.with_name(f"{file.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        os.link(part, file)
    finally:
        part.unlink(missing_ok=True)


# --- in ---


def bring(
    settings: Settings, refuse: Refuse, file: Path, site: str | None = None, *, yes: bool = False
) -> None:
    """Print what a file would change, and change it after a yes."""
    body = _body(file, refuse)
    texts = Texts(settings.timezone)
    with ExitStack() as held:
        if yes:
            _hold(held, settings, refuse)
        found, lines = _look(settings, refuse, body, site or "", texts)
        for said in _preview(texts, found, lines):
            click.echo(said)
        if not lines:
            click.echo("\nThere is nothing to change.")
            return
        if not yes:
            if not _agrees():
                click.echo("\nNothing was changed. With --yes it is carried out.")
                return
            _hold(held, settings, refuse)
        made, progress, late = _apply(settings, refuse, found, lines)
    _tell(texts, made, progress, late)


def _body(file: Path, refuse: Refuse) -> bytes:
    try:
        with file.open("rb") as told:
            return told.read(FILE_MAX + 1)  # one more than is read: it is refused as too big
    except OSError as error:
        refuse(f"The file could not be read: {error.strerror}.")


def _hold(held: ExitStack, settings: Settings, refuse: Refuse) -> None:
    """Only one process changes a SQLite file; a server database takes turns by itself."""
    if settings.sqlite_path is None:
        return
    try:
        held.enter_context(lock(settings))
    except AlreadyRunning:
        refuse(RUNS)


def _agrees() -> bool:
    return sys.stdin.isatty() and click.confirm("\nChange this?", default=False)


def _look(
    settings: Settings, refuse: Refuse, body: bytes, slug: str, texts: Texts
) -> tuple[Plan, list[Line]]:
    """What the file would change; only reads."""
    lines: list[Line] = []

    async def keep(some: list[Line]) -> None:
        lines.extend(some)

    with _store(settings, refuse) as store:
        site = _site(store, slug, refuse)
        today = store.clock().astimezone(hours.zone(site)).date()
        try:
            return asyncio.run(importing.compare(store, body, site.id, today, keep)), lines
        except FileRefused as refused:
            reason = texts.text(LANGUAGE, f"directory-file-{refused.reason}")
            key = "directory-file-refused-at" if refused.place else "directory-file-refused"
            refuse(texts.text(LANGUAGE, key, {"reason": reason, "place": cleaned(refused.place)}))


def _apply(
    settings: Settings, refuse: Refuse, found: Plan, lines: list[Line]
) -> tuple[Import, dict[str, int], list[imports.Planned]]:
    """Carry out exactly what was shown, piece by piece; broken off, the console's page goes on with it."""
    from bot.app import wall_clock

    async def work(store: Direct) -> Import:
        uid, name, now = names.uid(), names.uid(), store.clock()
        made = await importing.keep(store, found, lines, None, uid)
        if await store.write(lambda tx: importing.begin(tx, made, audit.SYSTEM, now, name)):
            await importing.carry_out(store, made)
        return made

    try:
        with opened(settings) as db:
            made = asyncio.run(work(Direct(db, wall_clock)))
            progress = db.read(lambda tx: imports.progress(tx, made.id))
            late = db.read(lambda tx: imports.preview(tx, made.id, importing.WRONG_SHOWN, REFUSED))
    except DatabaseUnavailable:
        refuse("The database does not answer. What was not carried out yet waits in the console.")
    return made, progress, late


# --- what is printed ---


def _preview(texts: Texts, found: Plan, lines: list[Line]) -> Iterator[str]:
    for name in ("new", "changed", "unchanged", "refused"):
        yield texts.text(LANGUAGE, f"directory-count-{name}", {"count": found.counts[name]})
    if found.notes:
        yield f"\n{texts.text(LANGUAGE, 'directory-notes-hint')}"
        yield from (f"  {cleaned(note)}" for note in found.notes)
    if found.wrong:
        yield f"\n{texts.text(LANGUAGE, 'directory-refused-rows')}"
        for one in found.wrong:
            at = texts.text(LANGUAGE, "directory-wrong-at", {**one, "sheet": cleaned(one["sheet"])})
            yield f"  {at} {texts.text(LANGUAGE, 'directory-wrong-' + one['reason'])}"
    if lines:
        yield f"\n{texts.text(LANGUAGE, 'directory-changes')}"
    for line in lines:
        is_new = line["seen"] == NEW
        how = texts.text(LANGUAGE, "directory-is-new" if is_new else "directory-is-changed")
        yield f"  {line['slug']} · {how}"
        yield from (f"    {_change(texts, is_new, *change)}" for change in line["changes"])


def _change(texts: Texts, is_new: bool, name: str, before: str, after: str) -> str:
    nothing = texts.text(LANGUAGE, "directory-unknown")
    label, then = field_name(texts, LANGUAGE, name), cleaned(after) or nothing
    if is_new:
        return f"{label}: {then}"
    was, will = texts.text(LANGUAGE, "directory-was"), texts.text(LANGUAGE, "directory-will")
    return f"{label}: {was} {cleaned(before) or nothing} {will} {then}"


def _tell(texts: Texts, made: Import, progress: dict[str, int], late: list[imports.Planned]) -> None:
    told = {"done": progress.get("done", 0), "refused": progress.get(REFUSED, 0)}
    click.echo("\n" + texts.text(LANGUAGE, "directory-progress", {**told, "total": sum(progress.values())}))
    for line in late:
        click.echo(f"  {line.slug}: {texts.text(LANGUAGE, 'directory-gone')}")
    if told["refused"] or made.counts.get("refused"):
        raise SystemExit(1)
