"""Signed-in browsers, and what stands before them: back-off, invitations, second factor, recovery codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update

from storage import people, wake
from storage.people import Person
from storage.sql import InsertNew, Statement, Tx, table
from storage.staff import Invitation, RecoveryCode, SignInGuard, StaffRow, StaffSession

IDLE_FOR = timedelta(minutes=30)
SIGNED_IN_FOR = timedelta(hours=12)
INVITATION_FOR = timedelta(hours=24)
FREE_FAILS = 5
"""Wrong attempts without a pause; then each pause is twice the one before."""
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=30)
FAILS_FORGOTTEN_AFTER = timedelta(hours=12)
KEPT_FOR = timedelta(days=7)
"""Ended sessions and used invitations; what they did stands in the audit."""

_s = table(StaffSession)
_staff = table(StaffRow)
_guard = table(SignInGuard)
_invitation = table(Invitation)
_code = table(RecoveryCode)


@dataclass(frozen=True, slots=True)
class Signed:
    """A good session and its person."""

    session_id: int
    passed: bool
    created_at: datetime
    seen_at: datetime
    person: Person


def _good(now_name: str = "now") -> tuple[Any, ...]:
    """A session that was not ended, is not idle and not too old."""
    return (
        _s.c.ended_at.is_(None),
        _s.c.seen_at > bindparam(f"{now_name}_idle", type_=_s.c.seen_at.type),
        _s.c.created_at > bindparam(f"{now_name}_old", type_=_s.c.created_at.type),
    )


def _limits(now: datetime) -> dict[str, datetime]:
    return {"now_idle": now - IDLE_FOR, "now_old": now - SIGNED_IN_FOR}


# --- sessions ---

_FIND = Statement(
    select(_s.c.id, _s.c.staff_id, _s.c.passed, _s.c.created_at, _s.c.seen_at).where(
        _s.c.token_hash == bindparam("of_token"), *_good()
    )
)
_TOUCH = Statement(
    update(_s)
    .where(_s.c.id == bindparam("session"), _s.c.ended_at.is_(None), _s.c.seen_at < bindparam("now_seen"))
    .values(seen_at=bindparam("now_seen"))
)
_BEGIN = InsertNew(
    _s, "token_hash", "staff_id", "passed", "created_at", "seen_at", "ended_at", returning="id"
)
_RENEW = Statement(
    update(_s)
    .where(_s.c.id == bindparam("session"), _s.c.ended_at.is_(None))
    .values(token_hash=bindparam("new_token"), passed=bindparam("is_passed"))
)
_END_ALL = Statement(
    update(_s)
    .where(_s.c.staff_id == bindparam("of_staff"), _s.c.ended_at.is_(None), _s.c.id != bindparam("but"))
    .values(ended_at=bindparam("now"))
)
_END = Statement(
    update(_s)
    .where(_s.c.id == bindparam("session"), _s.c.staff_id == bindparam("of_staff"), _s.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_LIST = Statement(
    select(_s.c.id, _s.c.created_at, _s.c.seen_at, _s.c.passed)
    .where(_s.c.staff_id == bindparam("of_staff"), *_good())
    .order_by(_s.c.seen_at.desc(), _s.c.id.desc())
)


def find(tx: Tx, token_hash: str, now: datetime) -> Signed | None:
    """The session of this token while it is good and its person active."""
    row = tx.one(_FIND, of_token=token_hash, **_limits(now))
    who = None if row is None else people.get(tx, row.staff_id)
    if who is None or not who.active:
        return None
    return Signed(row.id, row.passed, row.created_at, row.seen_at, who)


def touch(tx: Tx, session_id: int, now: datetime) -> None:
    """She did something: the idle time begins anew."""
    tx.run(_TOUCH, session=session_id, now_seen=now)


def begin(tx: Tx, token_hash: str, staff_id: int, now: datetime, *, passed: bool) -> int:
    """A new session; the number of the row."""
    values = {"staff_id": staff_id, "passed": passed, "created_at": now, "seen_at": now, "ended_at": None}
    return int(tx.one(_BEGIN, token_hash=token_hash, **values).id)


def renew(tx: Tx, session_id: int, token_hash: str, *, passed: bool = True) -> bool:
    """The same session under a new token: what somebody knew of the old one is worth nothing."""
    return tx.run(_RENEW, session=session_id, new_token=token_hash, is_passed=passed) == 1


def end(tx: Tx, staff_id: int, session_id: int, now: datetime) -> bool:
    """End one of her sessions; False when it is not hers or already ended."""
    return tx.run(_END, session=session_id, of_staff=staff_id, now=now) == 1


def end_all(tx: Tx, staff_id: int, now: datetime, *, but: int = 0) -> int:
    """End every session of hers except one, and what an ended one could still do: a code that ties a phone. How many."""
    wake.withdraw(tx, staff_id)
    return tx.run(_END_ALL, of_staff=staff_id, now=now, but=but)


def listed(tx: Tx, staff_id: int, now: datetime) -> list[Any]:
    """Her good sessions, the last used first: id, created_at, seen_at, passed."""
    return tx.all(_LIST, of_staff=staff_id, **_limits(now))


# --- back-off ---

_GUARD = Statement(select(_guard).where(_guard.c.key == bindparam("of_key")).with_for_update())
_GUARD_NEW = InsertNew(_guard, "key", "fails", "last_at", "until")
_GUARD_SET = Statement(
    update(_guard)
    .where(_guard.c.key == bindparam("of_key"))
    .values(fails=bindparam("now_fails"), last_at=bindparam("now"), until=bindparam("not_until"))
)
_GUARD_OFF = Statement(delete(_guard).where(_guard.c.key == bindparam("of_key")))


def attempt(tx: Tx, keys: dict[str, int], now: datetime) -> bool:
    """Count an attempt against every key (key -> failures without a pause); False while any of them must wait.

    It is counted before the password is looked at: a hundred guesses at the same moment are a hundred guesses.
    """
    rows = {}
    for key in sorted(keys):  # who must wait anyway leaves no row behind
        known = tx.one(_GUARD, of_key=key)
        if known is not None and known.until is not None and known.until > now:
            return False
    for key in sorted(keys):
        tx.run(_GUARD_NEW, key=key, fails=0, last_at=now, until=None)
        rows[key] = tx.one(_GUARD, of_key=key)
    if any(row.until is not None and row.until > now for row in rows.values()):
        return False
    for key, row in rows.items():
        fails = (0 if row.last_at < now - FAILS_FORGOTTEN_AFTER else row.fails) + 1
        over = fails - keys[key]
        pause = min(FIRST_PAUSE * 2 ** min(over, 20), LONGEST_PAUSE) if over >= 0 else None
        tx.run(_GUARD_SET, of_key=key, now_fails=fails, now=now, not_until=pause and now + pause)
    return True


def succeeded(tx: Tx, key: str, shared: str | None, now: datetime) -> None:
    """The attempt was right: her own key starts anew, the shared one forgets only this attempt."""
    tx.run(_GUARD_OFF, of_key=key)
    row = tx.one(_GUARD, of_key=shared) if shared else None
    if row is not None:
        tx.run(_GUARD_SET, of_key=shared, now_fails=max(0, row.fails - 1), now=now, not_until=None)


# --- invitations ---

_INVITE = InsertNew(_invitation, "token_hash", "staff_id", "expires_at", "used_at")
_INVITATIONS_OFF = Statement(
    delete(_invitation).where(
        _invitation.c.staff_id == bindparam("of_staff"), _invitation.c.used_at.is_(None)
    )
)
_INVITED = Statement(
    select(_staff.c.id, _staff.c.login, _staff.c.name, _staff.c.language)
    .join(_invitation, _invitation.c.staff_id == _staff.c.id)
    .where(
        _invitation.c.token_hash == bindparam("of_token"),
        _invitation.c.used_at.is_(None),
        _invitation.c.expires_at > bindparam("now"),
        _staff.c.active,
    )
)
_USE = Statement(
    update(_invitation)
    .where(
        _invitation.c.token_hash == bindparam("of_token"),
        _invitation.c.used_at.is_(None),
        _invitation.c.expires_at > bindparam("now"),
    )
    .values(used_at=bindparam("now"))
)


def invite(tx: Tx, staff_id: int, token_hash: str, now: datetime) -> None:
    """A link that works once; an older one she did not use ends."""
    tx.run(_INVITATIONS_OFF, of_staff=staff_id)
    tx.run(_INVITE, token_hash=token_hash, staff_id=staff_id, expires_at=now + INVITATION_FOR, used_at=None)


def invited(tx: Tx, token_hash: str, now: datetime) -> Any:
    """Whom a link invites: id, login, name, language; None when it was used, is too old or never ours."""
    return tx.one(_INVITED, of_token=token_hash, now=now)


def use_invitation(tx: Tx, token_hash: str, now: datetime) -> bool:
    """Use the link up; the first one wins."""
    return tx.run(_USE, of_token=token_hash, now=now) == 1


# --- second factor ---

_STEP = Statement(
    update(_staff)
    .where(_staff.c.id == bindparam("of_staff"), _staff.c.active, _staff.c.totp_step < bindparam("new_step"))
    .values(totp_step=bindparam("new_step"))
)
_CODE_NEW = InsertNew(_code, "staff_id", "code_hash", "used_at")
_CODES_OFF = Statement(delete(_code).where(_code.c.staff_id == bindparam("of_staff")))
_CODE_USE = Statement(
    update(_code)
    .where(
        _code.c.staff_id == bindparam("of_staff"),
        _code.c.code_hash == bindparam("of_code"),
        _code.c.used_at.is_(None),
    )
    .values(used_at=bindparam("now"))
)
_CODES_LEFT = Statement(
    select(func.count().label("n")).where(
        _code.c.staff_id == bindparam("of_staff"), _code.c.used_at.is_(None)
    )
)


def use_step(tx: Tx, staff_id: int, step: int) -> bool:
    """Use a time step's code up; False when it, or a later one, was used before."""
    return tx.run(_STEP, of_staff=staff_id, new_step=step) == 1


def new_codes(tx: Tx, staff_id: int, hashes: list[str]) -> None:
    """Her recovery codes from now on; the old ones end."""
    tx.run(_CODES_OFF, of_staff=staff_id)
    tx.many(_CODE_NEW, [{"staff_id": staff_id, "code_hash": one, "used_at": None} for one in hashes])


def use_code(tx: Tx, staff_id: int, code_hash: str, now: datetime) -> bool:
    """Use a recovery code up; each works once."""
    return tx.run(_CODE_USE, of_staff=staff_id, of_code=code_hash, now=now) == 1


def codes_left(tx: Tx, staff_id: int) -> int:
    """How many recovery codes she still has."""
    return int(tx.one(_CODES_LEFT, of_staff=staff_id).n)


# --- what is over ---


def sweep(tx: Tx, now: datetime) -> None:
    """Remove what is over for long; called by signing in, so that it needs no hour of its own."""
    tx.query(delete(_s).where(or_(_s.c.created_at < now - KEPT_FOR, _s.c.ended_at < now - KEPT_FOR)))
    tx.query(delete(_invitation).where(_invitation.c.expires_at < now - KEPT_FOR))
    tx.query(delete(_guard).where(_guard.c.last_at < now - FAILS_FORGOTTEN_AFTER))
