"""Inviting somebody to the console: by an admin's page, by a command, and by the demo's first start."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.names import uid
from bot.settings import Settings
from storage import audit, people, sessions
from storage.sql import Tx
from storage.staff import ROLES

SYSTEM = "system"
LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,59}")
NAME_MAX = 60


class Refused(Exception):
    """It cannot be done; the text is the key of a sentence in `staff.ftl`."""

    @property
    def key(self) -> str:
        """The sentence."""
        return str(self)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to invite, as what, where."""

    login: str
    name: str
    roles: frozenset[str]
    site_id: int
    languages: tuple[str, ...]
    language: str = "sl"


def checked(login: str, name: str, roles: Iterable[str], site_id: int, languages: Iterable[str]) -> Wanted:
    """What was typed, cleaned; `Refused` says what is wrong with it."""
    plain, spoken = login.strip().casefold(), " ".join(name.split())
    if not LOGIN.fullmatch(plain):
        raise Refused("staff-login-wrong")
    # Not printable are line breaks, and signs that turn the direction of what follows.
    if not spoken or len(spoken) > NAME_MAX or not spoken.isprintable():
        raise Refused("staff-name-wrong")
    wanted = frozenset(roles)
    if not wanted or not wanted <= set(ROLES):
        raise Refused("staff-role-missing")
    return Wanted(plain, spoken, wanted, site_id, tuple(languages))


def invite(tx: Tx, wanted: Wanted, token_hash: str, now: datetime, *, actor: str, new: str) -> int:
    """Add a person with her roles and a link; `new` becomes her random name. Her id."""
    added = people.add(
        tx,
        uid=new,
        login=wanted.login,
        name=wanted.name,
        languages=wanted.languages,
        language=wanted.language,
        now=now,
    )
    if added is None:
        raise Refused("staff-login-taken")
    for role in sorted(wanted.roles):
        people.give_role(tx, added, wanted.site_id, role)
    sessions.invite(tx, added, token_hash, now)
    audit.record(tx, now, actor, "staff.invite", new, {"roles": sorted(wanted.roles), "site": wanted.site_id})
    return added


def invite_again(tx: Tx, wanted: Wanted, token_hash: str, now: datetime, *, actor: str) -> int:
    """The operator's way in: the person of this login, new or not, has these roles too and a fresh link."""
    who = people.by_login(tx, wanted.login)
    if who is None:
        return invite(tx, wanted, token_hash, now, actor=actor, new=uid())
    people.set_active(tx, who.id, True)
    for role in sorted(wanted.roles):
        people.give_role(tx, who.id, wanted.site_id, role)
    sessions.end_all(tx, who.id, now)
    sessions.invite(tx, who.id, token_hash, now)
    audit.record(
        tx, now, actor, "staff.invite", who.uid, {"roles": sorted(wanted.roles), "site": wanted.site_id}
    )
    return who.id


def link(settings: Settings, token: str) -> str:
    """What the invited person opens."""
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    return f"{base}/console/invitation/{token}"
