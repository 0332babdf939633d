"""Who may go on looking: every good session at once, for pages that stay open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from storage.sessions import IDLE_FOR, SIGNED_IN_FOR
from storage.sql import Statement, Tx, table
from storage.staff import StaffRole, StaffRow, StaffSession


@dataclass(frozen=True, slots=True)
class Watcher:
    """The person of one session, as far as it decides what she may look at."""

    staff_id: int
    passed: bool
    languages: tuple[str, ...]
    roles: dict[int, frozenset[str]]


_s = table(StaffSession)
_staff = table(StaffRow)
_role = table(StaffRole)
_GOOD = Statement(
    select(_s.c.token_hash, _s.c.passed, _staff.c.id, _staff.c.languages, _role.c.site_id, _role.c.role)
    .join(_staff, _staff.c.id == _s.c.staff_id)
    .outerjoin(_role, _role.c.staff_id == _staff.c.id)
    .where(
        _s.c.ended_at.is_(None),
        _s.c.seen_at > bindparam("idle", type_=_s.c.seen_at.type),
        _s.c.created_at > bindparam("old", type_=_s.c.created_at.type),
        _staff.c.active,
    )
)


def good(tx: Tx, now: datetime) -> dict[str, Watcher]:
    """Token's hash -> person, of every session that `sessions.find` would find now."""
    found: dict[str, Watcher] = {}
    roles: dict[str, dict[int, set[str]]] = {}
    for row in tx.all(_GOOD, idle=now - IDLE_FOR, old=now - SIGNED_IN_FOR):
        if row.token_hash not in found:
            found[row.token_hash] = Watcher(row.id, bool(row.passed), tuple(row.languages or ()), {})
        if row.role is not None:
            roles.setdefault(row.token_hash, {}).setdefault(row.site_id, set()).add(row.role)
    for token, hers in roles.items():
        found[token].roles.update({site: frozenset(names) for site, names in hers.items()})
    return found
