"""What the commands do, once everything they need is imported."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random
from typing import NoReturn

import click

from bot import logs
from bot.app import App, wall_clock
from bot.demo import MARK, DemoRefused, is_empty, seed
from bot.lock import AlreadyRunning, InstanceLock
from bot.office import adopt
from bot.settings import Settings
from bot.staff import first_link
from bot.web.overview import lines
from flows.texts import Texts
from storage import sites
from storage import today as todays
from storage.db import Database, DatabaseUnavailable, open_database

Refuse = Callable[[str], NoReturn]
LOCK_FILE = "tocka.lock"


def lock(settings: Settings) -> InstanceLock:
    """What keeps a second process away from this database."""
    os.umask(0o077)  # the database and its neighbours hold people's words: for this user's eyes
    name = settings.sqlite_path.name if settings.sqlite_path else "server"
    return InstanceLock(settings.data_folder / f"{name}.lock")


def _database(settings: Settings) -> Database:
    from storage import migrate as migrations

    migrations.upgrade(settings.database_url)
    return open_database(settings.database_url)


def _upgraded_apart(url: str) -> bool:
    """Whether the tables are this version's now. What altering needs is loaded in a process of its own: `run` lives long."""
    upgrade = "import sys; from storage.migrate import upgrade; upgrade(sys.stdin.read())"
    # The address goes by the pipe, because it may hold a password and everybody may read a command line.
    return subprocess.run([sys.executable, "-c", upgrade], input=url, text=True, check=False).returncode == 0  # noqa: S603 - our own code


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database, brought to this version's tables."""
    db = _database(settings)
    try:
        yield db
    finally:
        db.close()


def run(settings: Settings, refuse: Refuse) -> None:
    """Migrate, seed an empty demo, serve."""
    logs.configure(settings.log_level)
    if settings.sqlite_path is None:
        _serve(settings, refuse)
        return
    try:
        with lock(settings):
            _serve(settings, refuse)
    except AlreadyRunning:
        refuse("Točka already runs on this database. Stop it first, or use another DATABASE_URL.")


def _is_unfinished(url: str) -> bool:
    from storage import server_copies  # its driver is loaded only where there is a server

    return server_copies.is_unfinished(url)


def _serve(settings: Settings, refuse: Refuse) -> None:
    if settings.sqlite_path is None and _is_unfinished(settings.database_url):
        refuse("A restore into this database was broken off. Run it again: it clears what is left by itself.")
    if not _upgraded_apart(settings.database_url):
        refuse(
            "The tables could not be brought to this version, and nothing of them was changed. The reason stands above."
        )
    with closing(open_database(settings.database_url)) as db:
        if settings.demo and db.read(is_empty):
            db.write(lambda tx: seed(tx, settings.site, wall_clock(), Random(0), settings.timezone))
        if not db.read(sites.every):
            refuse("The database holds no office. Set yours up with: python -m bot setup")
        db.write(lambda tx: adopt(tx, settings, wall_clock()))
        is_demo = db.read(lambda tx: sites.marked(tx, MARK)) is not None
        way_in = first_link(db, settings, wall_clock(), secrets.token_urlsafe(32)) if is_demo else None
    app = App(settings)
    with suppress(KeyboardInterrupt):
        asyncio.run(_until_stopped(app, way_in))
    app.close()


async def _until_stopped(app: App, way_in: str | None) -> None:
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with suppress(asyncio.CancelledError):
        await app.run(lambda running: _announce(running, way_in))


def _announce(app: App, way_in: str | None) -> None:
    """Tell the person who started it where to look; standard output, never the log."""
    base = f"http://{app.settings.host}:{app.settings.port}"
    if not app.offices.now.is_open:
        click.echo("\nTočka runs for an office that is being set up: members cannot write yet.")
    for site in app.offices.now.sites:
        if site.name:
            click.echo(f"\nTočka runs for {site.name}, {site.place}.")
    click.echo()
    click.echo(f"  Chat page:  {base}/")
    click.echo(f"  Day page:   {base}{app.day_link}   (works once, on this machine)")
    click.echo(f"  Console:    {base}/console")
    if way_in is not None:
        click.echo(
            f"\nChoose a password for the demo's coordinator here (works once, for 24 hours):\n  {way_in}"
        )
    if app.telegram is None:
        if app.offices.now.is_open:
            click.echo("\nOpen the chat page and write a word, for example: kurs slovenisht")
        click.echo("For Telegram: put TELEGRAM_TOKEN=… into .env (see .env.example) and start again.")
    else:
        click.echo("\nTelegram answers too.")
    click.echo("What is missing for real use: python -m bot doctor. Stop with Ctrl+C.\n")
    sys.stdout.flush()


def demo(settings: Settings, refuse: Refuse) -> None:
    """Seed an empty database."""
    try:
        with lock(settings):
            db = _database(settings)
            try:
                db.write(lambda tx: seed(tx, settings.site, wall_clock(), Random(0), settings.timezone))
            except DemoRefused as refusal:
                refuse(str(refusal))
            finally:
                db.close()
    except AlreadyRunning:
        refuse("Točka runs on this database; it seeds an empty one by itself.")
    click.echo("Demo data is in. Members are invented and live on a channel that cannot send.")


def migrate(settings: Settings, refuse: Refuse) -> None:
    """Alter the tables while nothing runs."""
    try:
        with lock(settings):
            _database(settings).close()
    except AlreadyRunning:
        refuse("Točka runs on this database. Stop it first; `run` migrates by itself at start.")
    click.echo("The database is up to date.")


def today(settings: Settings, refuse: Refuse) -> None:
    """Print the day; only reads, so it works while Točka runs."""
    path: Path | None = settings.sqlite_path
    if path is not None and not path.exists():
        refuse("There is no database yet. Start with: make run")
    db = open_database(settings.database_url)
    try:
        for site in db.read(sites.every):
            overview = db.read(lambda tx, site=site: todays.overview(tx, wall_clock(), site))  # type: ignore[misc]  # mypy cannot type a default
            for line in lines(overview, Texts(settings.timezone)):
                click.echo(line)
    except DatabaseUnavailable:
        refuse("The database does not answer.")
    finally:
        db.close()
