"""Joining two members who are one person: everything of the one becomes the other's, and the stricter word holds."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, exists, or_, select, update

from storage import conversations, links, messages
from storage.audit import AuditName
from storage.cards import CardLink
from storage.checks import CheckRow
from storage.links import LinkCode
from storage.members import MemberRow
from storage.mydata import DataLink
from storage.records import AgreementRow, RecordRow
from storage.refusals import RefusalRow
from storage.sql import Statement, Tx, table
from storage.traces import columns_to_members

_p, _r, _code, _link, _name = (table(row) for row in (MemberRow, RefusalRow, LinkCode, DataLink, AuditName))
_mine = _r.alias("mine")
_named = _name.alias("named")
_FROM: BindParameter[int] = bindparam("from_member")
_TO: BindParameter[int] = bindparam("to_member")
APART = ("refusals", "link_codes", "data_links", "records", "agreements", "secret_checks", "card_links")
"""Tables that are not simply handed over: see `_hand_over`."""
_LOCK = Statement(select(_p).where(or_(_p.c.id == _FROM, _p.c.id == _TO)).order_by(_p.c.id).with_for_update())
_OF_THE_DESK = tuple(table(row) for row in (RecordRow, AgreementRow, CheckRow))
"""One row a member: hers stays, the other's comes with it where she has none."""
_agreed = table(AgreementRow)
_stricter = _agreed.alias("stricter")
_card = table(CardLink)
_DESK = (
    update(_agreed)
    .where(
        _agreed.c.member_id == _TO,
        exists().where(_stricter.c.member_id == _FROM, _stricter.c.wording == "discreet"),
    )
    .values(wording="discreet"),
    *(
        statement
        for of in _OF_THE_DESK
        for statement in (
            update(of)
            .where(of.c.member_id == _FROM, ~exists().where(of.alias(f"{of.name}_kept").c.member_id == _TO))
            .values(member_id=_TO),
            delete(of).where(of.c.member_id == _FROM),
        )
    ),
    delete(_card).where(_card.c.member_id == _FROM),
)
_BEFORE = (
    *_DESK,
    # She may have refused the same person twice.
    update(_r)
    .where(
        _r.c.member_id == _FROM,
        ~exists().where(_mine.c.member_id == _TO, _mine.c.staff_id == _r.c.staff_id),
    )
    .values(member_id=_TO),
    delete(_r).where(_r.c.member_id == _FROM),
    # A code or link of before would open more than she meant when she asked for it.
    delete(_code).where(_code.c.member_id == _FROM),
    delete(_link).where(or_(_link.c.member_id == _FROM, _link.c.member_id == _TO)),
    update(_name)
    .where(
        _name.c.kind == "member",
        _name.c.key == _FROM,
        ~exists().where(_named.c.kind == "member", _named.c.key == _TO),
    )
    .values(key=_TO),
    delete(_name).where(_name.c.kind == "member", _name.c.key == _FROM),
)
_AGES = (None, "adult", "15to17", "under15")
_SHARED = (None, "only_me", "sometimes", "often")
_FIELDS = (
    "language",
    "age_band",
    "shared_phone",
    "write_when",
    "stopped_at",
    "keeps_reminders",
    "do_not_write",
    "danger_at",
    "site_id",
)
_SET = Statement(update(_p).where(_p.c.id == _TO).values({name: bindparam(name) for name in _FIELDS}))
_GONE = Statement(delete(_p).where(_p.c.id == _FROM))


def join(tx: Tx, code_hash: str, member_id: int, address_id: int, now: datetime) -> int | None:
    """Use a code up and make this chat's member one with the code's; whose id both have now.

    None when the code no longer holds: of two who use it at once one wins.
    """
    used = tx.one(links.USE, hashed=code_hash, here=address_id, now=now)
    if used is None or used.member_id == member_id:
        return None
    return merge(tx, used.member_id, member_id)


def merge(tx: Tx, to_member: int, from_member: int) -> int | None:
    """Make two members one, who keeps the first one's id; None when one of them is gone."""
    both = {row.id: row for row in tx.all(_LOCK, from_member=from_member, to_member=to_member)}
    if to_member == from_member or len(both) < 2:
        return None
    stays, goes = both[to_member], both[from_member]
    for statement in _hand_over():
        tx.run(statement, from_member=goes.id, to_member=stays.id)
    kept = stricter(stays, goes)
    tx.run(_SET, to_member=stays.id, **kept)
    if kept["site_id"] is not None:
        conversations.move(tx, stays.id, kept["site_id"])
    tx.run(_GONE, from_member=goes.id)
    if kept["do_not_write"] or (kept["stopped_at"] is not None and not kept["keeps_reminders"]):
        messages.cancel_unasked(tx, stays.id, "do_not_write" if kept["do_not_write"] else "stopped")
    return int(stays.id)


@cache
def _hand_over() -> tuple[Statement, ...]:
    columns = [column for column in columns_to_members() if column.table.name not in APART]
    moves = [column.table.update().where(column == _FROM).values({column.name: _TO}) for column in columns]
    return tuple(Statement(each) for each in (*_BEFORE, *moves))


def stricter(stays: Any, goes: Any) -> dict[str, Any]:
    """The fields of the joined member: hers, and where one of the two asks for more care, that one's."""
    stopped = [one for one in (stays, goes) if one.stopped_at is not None]
    dangers = [one.danger_at for one in (stays, goes) if one.danger_at is not None]
    whens = (stays.write_when, goes.write_when)
    return {
        "language": stays.language or goes.language,
        "age_band": max(stays.age_band, goes.age_band, key=_AGES.index),
        "shared_phone": max(stays.shared_phone, goes.shared_phone, key=_SHARED.index),
        "write_when": "never" if "never" in whens else stays.write_when or goes.write_when,
        "stopped_at": max((one.stopped_at for one in stopped), default=None),
        "keeps_reminders": bool(stopped) and all(one.keeps_reminders for one in stopped),
        "do_not_write": bool(stays.do_not_write or goes.do_not_write),
        "danger_at": max(dangers, default=None),
        "site_id": stays.site_id or goes.site_id,
    }
