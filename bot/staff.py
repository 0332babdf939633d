"""`python -m bot staff …`: invite, list, end sessions; the same orders from a command or over the local door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NoReturn

import click

from bot import invitations
from bot.console.door import hashed
from bot.invitations import SYSTEM, Refused, link
from bot.local import NotThere, ask, door_of
from bot.lock import AlreadyRunning
from bot.settings import Settings
from flows.texts import Texts
from storage import audit, people, sessions, sites
from storage.db import Database
from storage.sql import Tx
from storage.staff import ROLES

Refuse = Callable[[str], NoReturn]
LANGUAGE = "en"
"""Of what is printed to the operator."""


def obey(tx: Tx, order: Mapping[str, str], now: datetime, token: str) -> dict[str, str]:
    """Carry an order out in this transaction; `problem` is the key of a sentence."""
    try:
        if order.get("do") == "invite":
            return _invite(tx, order, now, token)
        if order.get("do") == "end":
            return _end(tx, order, now)
    except Refused as refused:
        return {"problem": refused.key}
    return {"problem": "staff-order-unknown"}


def _invite(tx: Tx, order: Mapping[str, str], now: datetime, token: str) -> dict[str, str]:
    named, known = order.get("site", ""), sites.every(tx)
    site = next((one for one in known if one.slug == named or (not named and len(known) == 1)), None)
    if site is None:
        raise Refused("staff-site-unknown")
    roles, languages = order.get("roles", "").split(), order.get("languages", "").split()
    wanted = invitations.checked(order.get("login", ""), order.get("name", ""), roles, site.id, languages)
    invitations.invite_again(tx, wanted, hashed(token), now, actor=SYSTEM)
    return {"token": token}


def _end(tx: Tx, order: Mapping[str, str], now: datetime) -> dict[str, str]:
    who = people.by_login(tx, order.get("login", "").strip().casefold())
    if who is None:
        raise Refused("staff-login-unknown")
    count = sessions.end_all(tx, who.id, now)
    audit.record(tx, now, SYSTEM, "session.end", who.uid)
    return {"ended": str(count)}


# --- the commands ---


def carry_out(settings: Settings, refuse: Refuse, order: Mapping[str, str]) -> dict[str, str]:
    """Do it here while nothing runs, or have the running process do it: SQLite has one writing process."""
    from bot.commands import lock, opened

    def here() -> dict[str, str]:
        import secrets

        from bot.app import wall_clock

        with opened(settings) as db:
            token = secrets.token_urlsafe(32)
            return db.write(lambda tx: obey(tx, order, wall_clock(), token))

    if settings.sqlite_path is None:
        answer = here()
    else:
        try:
            with lock(settings):
                answer = here()
        except AlreadyRunning:
            try:
                answer = ask(door_of(settings.sqlite_path), order)
            except NotThere:
                refuse("Točka runs on this database but does not answer. Stop it, then try again.")
    if "problem" in answer:
        texts = Texts(settings.timezone)
        known = texts.has(LANGUAGE, answer["problem"])
        refuse(texts.text(LANGUAGE, answer["problem"] if known else "staff-order-unknown"))
    return answer


def invite(
    settings: Settings,
    refuse: Refuse,
    login: str,
    name: str,
    roles: tuple[str, ...],
    languages: str,
    site: str | None = None,
) -> None:
    """Print a link that works once, for 24 hours."""
    order = {
        "do": "invite",
        "login": login,
        "name": name,
        "roles": " ".join(roles).replace(",", " "),
        "site": site or "",
        "languages": languages.replace(",", " "),
    }
    answer = carry_out(settings, refuse, order)
    click.echo("Give this link to the person. It works once, for 24 hours:")
    click.echo(f"  {link(settings, answer['token'])}")


def end(settings: Settings, refuse: Refuse, login: str) -> None:
    """Sign a person out everywhere."""
    answer = carry_out(settings, refuse, {"do": "end", "login": login})
    click.echo(f"Sessions ended: {answer['ended']}")


def show(settings: Settings, refuse: Refuse) -> None:
    """Everybody with a role at a site; only reads, so it works while Točka runs."""
    from storage.db import open_database

    if settings.sqlite_path is not None and not settings.sqlite_path.exists():
        refuse("There is no database yet. Start with: make run")
    db = open_database(settings.database_url)
    try:
        for line in db.read(_lines):
            click.echo(line)
    finally:
        db.close()


def _lines(tx: Tx) -> list[str]:
    found = []
    for site in sites.every(tx):
        for who in people.at_sites(tx, [site.id]):
            state = "kept out" if not who.active else "invited" if who.invited else "active"
            roles = ",".join(role for role in ROLES if role in who.roles[site.id])
            found.append(f"{site.slug:<12} {who.login:<20} {state:<9} {roles:<24} {who.name}")
    return found


def first_link(db: Database, settings: Settings, now: datetime, token: str) -> str | None:
    """The way in for the demo's first admin, as long as nobody has chosen a password; None afterwards."""

    def unit(tx: Tx) -> bool:
        found = people.first_admin(tx)
        if found is None or not people.none_yet(tx):
            return False
        sessions.invite(tx, found, hashed(token), now)
        return True

    return link(settings, token) if db.write(unit) else None
