"""`python -m bot setup`: an empty office of one's own. What it is and does is said afterwards, in the console."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NoReturn

import click
from sqlalchemy import select

from bot import invitations
from bot.console.door import hashed
from bot.demo import MARK, is_empty
from bot.invitations import SYSTEM, Refused, Wanted
from bot.settings import Settings
from flows.texts import Texts
from storage import office, people, sessions, sites
from storage.members import AddressRow
from storage.sites import Site
from storage.sql import Tx, table

Refuse = Callable[[str], NoReturn]
LANGUAGE = "en"
"""Of what is printed to the operator."""
SLUG = "info-point"
"""The first site's, until it has a place."""
QUIET_FROM, QUIET_UNTIL = 20 * 60, 8 * 60


class Found(StrEnum):
    """What the command finds."""

    EMPTY = "empty"
    BEGUN = "begun"
    """Set up, and the first admin has not chosen a password yet."""
    TAKEN = "taken"
    """The first admin chose her password; the rest is done in the console."""
    OPEN = "open"
    DEMO = "demo"
    MEMBERS = "members"
    SITE = "site"
    """A site without the row of an office: what an older version left."""


REFUSED = {
    Found.TAKEN: "This office is being set up: sign in at {base}/console and go on there. Is the password lost? "
    "python -m bot staff invite --login … --name … --role admin",
    Found.OPEN: "This database holds an open office. Nothing was changed. Change it in the console: {base}/console",
    Found.DEMO: "This database holds the demo. Invented people must never stand beside real ones, so it stays as it is. "
    "Name another database in .env, for example DATABASE_URL=sqlite:///office.db, and run this again.",
    Found.MEMBERS: "People have written to this database already, so it is not a new office. Nothing was changed. "
    "For a new one name another database in .env, for example DATABASE_URL=sqlite:///office.db",
    Found.SITE: "This database holds a site already, so it is not a new office. Nothing was changed. "
    "For a new one name another database in .env, for example DATABASE_URL=sqlite:///office.db",
}


@dataclass(frozen=True, slots=True)
class Admin:
    """The first one, as she was named."""

    name: str
    login: str
    language: str = "sl"
    """Of her console."""


def found(tx: Tx) -> Found:
    """What this database is."""
    if office.exists(tx):
        if office.load(tx).is_open:
            return Found.OPEN
        return Found.BEGUN if people.none_yet(tx) else Found.TAKEN
    if is_empty(tx):
        return Found.EMPTY
    if sites.marked(tx, MARK) is not None:
        return Found.DEMO
    return Found.MEMBERS if tx.query(select(table(AddressRow).c.id).limit(1)) else Found.SITE


def checked(admin: Admin) -> Wanted:
    """What was typed, cleaned; `Refused` says what is wrong with it. The site is not there yet."""
    wanted = invitations.checked(admin.login, admin.name, ["admin"], 0, [admin.language])
    return Wanted(wanted.login, wanted.name, wanted.roles, wanted.site_id, wanted.languages, admin.language)


def begin(tx: Tx, wanted: Wanted, zone: str, token_hash: str, now: datetime, new: str) -> bool:
    """The row of the office, one site without a name, and its first admin; False when the database is not empty."""
    if not is_empty(tx) or not office.add(tx, opened_at=None):
        return False
    site = sites.add(
        tx,
        Site(
            0,
            SLUG,
            "",
            "",
            "",
            "",
            zone,
            QUIET_FROM,
            QUIET_UNTIL,
            (),
            timedelta(minutes=30),
            timedelta(hours=2),
        ),
    )
    assert site is not None  # no site stands in an empty database
    here = Wanted(wanted.login, wanted.name, wanted.roles, site.id, wanted.languages, wanted.language)
    invitations.invite(tx, here, token_hash, now, actor=SYSTEM, new=new)
    return True


def again(tx: Tx, token_hash: str, now: datetime) -> bool:
    """A fresh link for the first admin, as long as nobody has chosen a password; the old one ends."""
    first = people.first_admin(tx)
    if found(tx) is not Found.BEGUN or first is None:
        return False
    sessions.invite(tx, first, token_hash, now)
    return True


def command(settings: Settings, refuse: Refuse, name: str | None, login: str | None, language: str) -> None:
    """Make an empty office and print the first admin's link."""
    from bot.app import wall_clock
    from bot.commands import lock, opened
    from bot.lock import AlreadyRunning
    from bot.names import uid

    try:
        with lock(settings), opened(settings) as db:
            state = db.read(found)
            token = secrets.token_urlsafe(32)
            if state is Found.EMPTY:
                wanted = _asked(settings, refuse, name, login, language)
                done = db.write(
                    lambda tx: begin(tx, wanted, settings.timezone, hashed(token), wall_clock(), uid())
                )
            elif state is Found.BEGUN:
                done = db.write(lambda tx: again(tx, hashed(token), wall_clock()))
            else:
                refuse(REFUSED[state].format(base=_base(settings)))
            if not done:
                refuse("Somebody else set up this database meanwhile. Run this again.")
    except AlreadyRunning:
        refuse("Točka runs on this database. Stop it first (Ctrl+C), then run this again.")
    _say(settings, token, is_new=state is Found.EMPTY)


def _base(settings: Settings) -> str:
    return settings.public_url or f"http://{settings.host}:{settings.port}"


def _asked(settings: Settings, refuse: Refuse, name: str | None, login: str | None, language: str) -> Wanted:
    """Who the first admin is: from the command, else asked."""
    if name is None or login is None:
        click.echo("A new, empty office. Who will set it up? She chooses her own password afterwards.\n")
    try:
        return checked(
            Admin(
                name if name is not None else click.prompt("Her name, as colleagues read it"),
                login if login is not None else click.prompt("Her login (small letters and digits)"),
                language,
            )
        )
    except Refused as refused:
        refuse(Texts(settings.timezone).text(LANGUAGE, refused.key))


def _say(settings: Settings, token: str, *, is_new: bool) -> None:
    done = "An empty office is there." if is_new else "The office is there already; this is a fresh link."
    click.echo(f"\n{done} No demo data is in it, and members cannot write yet.\n")
    click.echo("1. Start Točka:              make run      (or: python -m bot run)")
    click.echo("2. Open this link, choose a password and a second factor. It works once, for 24 hours:")
    click.echo(f"   {invitations.link(settings, token)}")
    click.echo("3. The console leads through the rest. At its end you open the office to members.\n")
    click.echo("Is the link lost? Run this again, as long as nobody has chosen a password.")
