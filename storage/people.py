"""The people who work here: who they are, their roles, and the changes an admin or they themselves make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from storage import feeds
from storage.sites import SiteRow
from storage.sql import InsertNew, Statement, Tx, table
from storage.staff import StaffRole, StaffRow

_staff = table(StaffRow)
_role = table(StaffRole)
_site = table(SiteRow)


@dataclass(frozen=True, slots=True)
class Person:
    """One who works here."""

    id: int
    uid: str
    login: str
    name: str
    language: str
    languages: tuple[str, ...]
    active: bool
    invited: bool
    """Whether she has not chosen a password yet."""
    enrolled: bool
    """Whether she has a second factor."""
    roles: dict[int, frozenset[str]]
    """Site id -> her roles there."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What signing in compares with; never leaves it."""

    id: int
    uid: str
    password_hash: str | None
    totp_secret: str | None
    active: bool


_COLUMNS = (
    _staff.c.id,
    _staff.c.uid,
    _staff.c.login,
    _staff.c.name,
    _staff.c.language,
    _staff.c.languages,
    _staff.c.active,
    _staff.c.password_hash.is_(None).label("invited"),
    _staff.c.totp_secret.is_not(None).label("enrolled"),
)
_GET = Statement(select(*_COLUMNS).where(_staff.c.id == bindparam("of_staff")))
_ROLES = Statement(
    select(_role.c.site_id, _role.c.role)
    .where(_role.c.staff_id == bindparam("of_staff"))
    .order_by(_role.c.site_id, _role.c.role)
)
_secrets = select(_staff.c.id, _staff.c.uid, _staff.c.password_hash, _staff.c.totp_secret, _staff.c.active)
_SECRETS_BY_LOGIN = Statement(_secrets.where(_staff.c.login == bindparam("of_login")))
_SECRETS = Statement(_secrets.where(_staff.c.id == bindparam("of_staff")))
_BY_UID = Statement(select(_staff.c.id).where(_staff.c.uid == bindparam("of_uid")))
_BY_LOGIN = Statement(select(_staff.c.id).where(_staff.c.login == bindparam("of_login")))
_ADD = InsertNew(
    _staff,
    "uid",
    "login",
    "name",
    "language",
    "languages",
    "counsellor_id",
    "password_hash",
    "totp_secret",
    "totp_step",
    "telegram_id",
    "active",
    "created_at",
    returning="id",
)
_ADD_ROLE = InsertNew(_role, "staff_id", "site_id", "role")
_PASSWORD = Statement(
    update(_staff).where(_staff.c.id == bindparam("of_staff")).values(password_hash=bindparam("new_hash"))
)
_TOTP = Statement(
    update(_staff).where(_staff.c.id == bindparam("of_staff")).values(totp_secret=bindparam("new_secret"))
)
_ACTIVE = Statement(
    update(_staff).where(_staff.c.id == bindparam("of_staff")).values(active=bindparam("is_active"))
)
_LANGUAGE = Statement(
    update(_staff).where(_staff.c.id == bindparam("of_staff")).values(language=bindparam("new_language"))
)
_LANGUAGES = Statement(
    update(_staff)
    .where(_staff.c.id == bindparam("of_staff"))
    .values(languages=bindparam("new_languages", type_=_staff.c.languages.type))
)
_LOCK_SITE = Statement(select(_site.c.id).where(_site.c.id == bindparam("of_site")).with_for_update())


def get(tx: Tx, staff_id: int) -> Person | None:
    """The person of this id with her roles."""
    row = tx.one(_GET, of_staff=staff_id)
    if row is None:
        return None
    roles: dict[int, set[str]] = {}
    for one in tx.all(_ROLES, of_staff=staff_id):
        roles.setdefault(one.site_id, set()).add(one.role)
    return Person(
        row.id,
        row.uid,
        row.login,
        row.name,
        row.language,
        tuple(row.languages),
        bool(row.active),
        bool(row.invited),
        bool(row.enrolled),
        {site: frozenset(hers) for site, hers in roles.items()},
    )


def by_uid(tx: Tx, uid: str) -> Person | None:
    """The person of this random name."""
    row = tx.one(_BY_UID, of_uid=uid)
    return None if row is None else get(tx, row.id)


def by_login(tx: Tx, login: str) -> Person | None:
    """The person who signs in with this name."""
    row = tx.one(_BY_LOGIN, of_login=login)
    return None if row is None else get(tx, row.id)


def secrets_of(tx: Tx, login: str) -> Secrets | None:
    """What signing in compares with."""
    row = tx.one(_SECRETS_BY_LOGIN, of_login=login)
    return None if row is None else Secrets(*row)


def secrets_by_id(tx: Tx, staff_id: int) -> Secrets | None:
    """The same for somebody who is already half in."""
    row = tx.one(_SECRETS, of_staff=staff_id)
    return None if row is None else Secrets(*row)


def at_sites(tx: Tx, sites: Iterable[int]) -> list[Person]:
    """Everybody with a role at any of these sites, by name."""
    ids = tx.query(
        select(_staff.c.id)
        .where(_staff.c.id.in_(select(_role.c.staff_id).where(_role.c.site_id.in_(list(sites)))))
        .order_by(_staff.c.active.desc(), _staff.c.name, _staff.c.id)
    )
    found = [get(tx, row.id) for row in ids]
    return [one for one in found if one is not None]


def places(tx: Tx, sites: Iterable[int]) -> dict[int, str]:
    """Site id -> the town it is in."""
    rows = tx.query(select(_site.c.id, _site.c.place).where(_site.c.id.in_(list(sites))).order_by(_site.c.id))
    return {row.id: row.place for row in rows}


def none_yet(tx: Tx) -> bool:
    """Whether nobody has ever chosen a password: the first invitation is still to be printed."""
    return not tx.query(select(_staff.c.id).where(_staff.c.password_hash.is_not(None)).limit(1))


def first_admin(tx: Tx) -> int | None:
    """The first active person who may invite the others."""
    rows = tx.query(
        select(_staff.c.id)
        .join(_role, _role.c.staff_id == _staff.c.id)
        .where(_role.c.role == "admin", _staff.c.active)
        .order_by(_staff.c.id)
        .limit(1)
    )
    return rows[0].id if rows else None


# --- changes ---


def add(
    tx: Tx,
    *,
    uid: str,
    login: str,
    name: str,
    languages: Iterable[str],
    now: datetime,
    language: str = "sl",
    counsellor_id: int | None = None,
) -> int | None:
    """A new person without roles and password; None when the login is taken."""
    row = tx.one(
        _ADD,
        uid=uid,
        login=login,
        name=name,
        language=language,
        languages=list(languages),
        counsellor_id=counsellor_id,
        password_hash=None,
        totp_secret=None,
        totp_step=0,
        telegram_id=None,
        active=True,
        created_at=now,
    )
    return None if row is None else int(row.id)


def give_role(tx: Tx, staff_id: int, site_id: int, role: str) -> None:
    """One more role at a site; a role she has stays."""
    tx.run(_ADD_ROLE, staff_id=staff_id, site_id=site_id, role=role)


def set_roles(tx: Tx, staff_id: int, site_id: int, roles: frozenset[str]) -> bool:
    """Her roles at one site from now on; False when it would take the site's last admin away."""
    tx.one(_LOCK_SITE, of_site=site_id)
    if "admin" not in roles and not _another_admin(tx, staff_id, site_id):
        return False
    tx.query(delete(_role).where(_role.c.staff_id == staff_id, _role.c.site_id == site_id))
    for role in sorted(roles):
        give_role(tx, staff_id, site_id, role)
    return True


def set_active(tx: Tx, staff_id: int, active: bool) -> bool:
    """Let her in or keep her out, her calendar feed too; False when a site would lose its last admin."""
    if not active:
        administered = tx.query(
            select(_role.c.site_id)
            .where(_role.c.staff_id == staff_id, _role.c.role == "admin")
            .order_by(_role.c.site_id)
        )
        for row in administered:
            tx.one(_LOCK_SITE, of_site=row.site_id)
            if not _another_admin(tx, staff_id, row.site_id):
                return False
    tx.run(_ACTIVE, of_staff=staff_id, is_active=active)
    if not active:
        feeds.revoke(tx, staff_id)  # let in again, she makes a new address
    return True


def _another_admin(tx: Tx, staff_id: int, site_id: int) -> bool:
    """Whether the site can still be administered without her: by somebody who can sign in, or she never could."""
    admins = tx.query(
        select(_staff.c.id)
        .join(_role, _role.c.staff_id == _staff.c.id)
        .where(
            _role.c.site_id == site_id,
            _role.c.role == "admin",
            _staff.c.active,
            _staff.c.password_hash.is_not(None),
        )
    )
    able = {row.id for row in admins}
    return staff_id not in able or bool(able - {staff_id})


def set_password(tx: Tx, staff_id: int, password_hash: str) -> None:
    """Her password from now on."""
    tx.run(_PASSWORD, of_staff=staff_id, new_hash=password_hash)


def set_totp(tx: Tx, staff_id: int, secret: str | None) -> None:
    """Her second factor from now on; None takes it away. Used time steps stay used."""
    tx.run(_TOTP, of_staff=staff_id, new_secret=secret)


def set_language(tx: Tx, staff_id: int, language: str) -> None:
    """The console's language for her."""
    tx.run(_LANGUAGE, of_staff=staff_id, new_language=language)


def set_languages(tx: Tx, staff_id: int, languages: Iterable[str]) -> None:
    """The languages she speaks with members, and by that the texts she may correct and sign."""
    tx.run(_LANGUAGES, of_staff=staff_id, new_languages=list(languages))
