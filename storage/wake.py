"""How a person is reached with the console closed: her browsers that may be woken, and her own Telegram chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, insert, select, update

from storage.duty import StaffLink
from storage.sql import InsertNew, Statement, Tx, table
from storage.staff import PushSubscription, StaffRow

BROWSERS_MAX = 10
"""Browsers of one person; the oldest make room."""


@dataclass(frozen=True, slots=True)
class Browser:
    """A push subscription."""

    id: int
    endpoint: str
    p256dh: str
    auth: str


_push = table(PushSubscription)
_link = table(StaffLink)
_staff = table(StaffRow)
_SUBSCRIBE = InsertNew(_push, "staff_id", "endpoint", "p256dh", "auth", "created_at", returning="id")
_MOVE = Statement(
    update(_push)
    .where(_push.c.endpoint == bindparam("at_endpoint"))
    .values(staff_id=bindparam("of_staff"), p256dh=bindparam("key"), auth=bindparam("secret"), failed_at=None)
)
_BROWSERS = Statement(
    select(_push.c.id, _push.c.endpoint, _push.c.p256dh, _push.c.auth)
    .where(_push.c.staff_id == bindparam("of_staff"))
    .order_by(_push.c.id)
)
_FORGET = Statement(delete(_push).where(_push.c.id == bindparam("push_id")))
_TROUBLE = Statement(
    update(_push).where(_push.c.id == bindparam("push_id")).values(failed_at=bindparam("now"))
)
_END_LINKS = Statement(delete(_link).where(_link.c.staff_id == bindparam("of_staff")))
_LINK = Statement(
    insert(_link).values(
        code_hash=bindparam("code"), staff_id=bindparam("of_staff"), expires_at=bindparam("until")
    )
)
_USE = Statement(
    update(_link)
    .where(
        _link.c.code_hash == bindparam("code"),
        _link.c.used_at.is_(None),
        _link.c.expires_at > bindparam("now", type_=_link.c.expires_at.type),
    )
    .values(used_at=bindparam("now"))
    .returning(_link.c.staff_id)
)
_UNTIE = Statement(update(_staff).where(_staff.c.telegram_id == bindparam("chat")).values(telegram_id=None))
_TIE = Statement(
    update(_staff)
    .where(_staff.c.id == bindparam("of_staff"), _staff.c.active)
    .values(telegram_id=bindparam("chat"))
)
_WHOSE = Statement(
    select(_staff.c.id).where(and_(_staff.c.telegram_id == bindparam("chat"), _staff.c.active))
)
_CHAT = Statement(select(_staff.c.telegram_id).where(_staff.c.id == bindparam("of_staff")))


def subscribe(tx: Tx, staff_id: int, endpoint: str, p256dh: str, auth: str, now: datetime) -> None:
    """A browser of hers may be woken from now on; whose it was before, it is hers."""
    tx.run(_SUBSCRIBE, staff_id=staff_id, endpoint=endpoint, p256dh=p256dh, auth=auth, created_at=now)
    tx.run(_MOVE, at_endpoint=endpoint, of_staff=staff_id, key=p256dh, secret=auth)
    for old in browsers(tx, staff_id)[:-BROWSERS_MAX]:
        forget(tx, old.id)


def browsers(tx: Tx, staff_id: int) -> list[Browser]:
    """Her browsers that may be woken, oldest first."""
    return [Browser(*row) for row in tx.all(_BROWSERS, of_staff=staff_id)]


def forget(tx: Tx, push_id: int) -> None:
    """The browser is gone or no longer wants to be woken."""
    tx.run(_FORGET, push_id=push_id)


def trouble(tx: Tx, push_id: int, now: datetime) -> None:
    """Note that waking it failed."""
    tx.run(_TROUBLE, push_id=push_id, now=now)


def offer(tx: Tx, staff_id: int, code_hash: str, until: datetime) -> None:
    """A new code for tying her Telegram chat; the codes before it are worth nothing."""
    withdraw(tx, staff_id)
    tx.run(_LINK, code=code_hash, of_staff=staff_id, until=until)


def withdraw(tx: Tx, staff_id: int) -> None:
    """No code of hers ties a chat any more."""
    tx.run(_END_LINKS, of_staff=staff_id)


def tie(tx: Tx, code_hash: str, chat: str, now: datetime) -> int | None:
    """Use a code up: this private chat is hers from now on. Her staff id; None when the code is no good."""
    row = tx.one(_USE, code=code_hash, now=now)
    if row is None:
        return None
    tx.run(_UNTIE, chat=chat)  # one phone, one person
    return int(row.staff_id) if tx.run(_TIE, of_staff=row.staff_id, chat=chat) else None


def untie(tx: Tx, chat: str) -> None:
    """The private chat belongs to nobody any more."""
    tx.run(_UNTIE, chat=chat)


def chat_of(tx: Tx, staff_id: int) -> str | None:
    """Her private chat with the bot."""
    row = tx.one(_CHAT, of_staff=staff_id)
    return None if row is None or row.telegram_id is None else str(row.telegram_id)


def whose(tx: Tx, chat: str) -> int | None:
    """Who writes from this private chat, when it is a person who works here."""
    row = tx.one(_WHOSE, chat=chat)
    return None if row is None else int(row.id)
