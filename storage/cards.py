"""The one-time link on a printed card, and the phone that wants to join the record with it. Staff decide, never the link."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Field, SQLModel

from storage.conversations import ConversationRow
from storage.members import AddressRow
from storage.sql import Statement, Tx, Utc, table

CARD_FOR = timedelta(days=14)
ASKING_FOR = timedelta(minutes=30)
"""How long a phone may wait for staff to confirm."""
WRONG_MAX = 3
"""Wrong numbers read out: then it is not the phone of the woman at the desk."""


class CardLink(SQLModel, table=True):
    """The link of one printed card. Only the hash of its token is kept."""

    __tablename__ = "card_links"
    token_hash: str = Field(primary_key=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    made_by: int = Field(foreign_key="staff.id")
    created_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    address_id: int | None = Field(default=None, foreign_key="addresses.id", index=True)
    """The phone or page that used it, and said that it is her own."""
    number: str | None = None
    """Two digits shown there, which she reads out at the desk."""
    asked_at: datetime | None = Field(default=None, sa_type=Utc)
    wrong: int = 0
    over_at: datetime | None = Field(default=None, sa_type=Utc)
    """Staff decided, or a newer card took its place."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A phone that wants to join a record."""

    token_hash: str
    member_id: int
    address_id: int
    number: str
    asked_at: datetime
    wrong: int


_l, _a, _c = table(CardLink), table(AddressRow), table(ConversationRow)
_NAMES = tuple(field.name for field in fields(Asking))
_END_OTHERS = Statement(
    update(_l)
    .where(_l.c.member_id == bindparam("of_member"), _l.c.over_at.is_(None))
    .values(over_at=bindparam("now"))
)
_OFFER = Statement(
    insert(_l).values(
        {
            name: bindparam(name)
            for name in ("token_hash", "member_id", "made_by", "created_at", "expires_at", "wrong")
        }
    )
)
_unused = (
    _l.c.token_hash == bindparam("hashed"),
    _l.c.over_at.is_(None),
    _l.c.address_id.is_(None),
    _l.c.expires_at > bindparam("now"),
)
_LOOK = Statement(select(_l.c.member_id).where(*_unused))
_ASK = Statement(
    update(_l)
    .where(*_unused, _l.c.member_id != bindparam("not_of"))
    .values(address_id=bindparam("here"), number=bindparam("shown"), asked_at=bindparam("now"))
)
_waiting = (_l.c.over_at.is_(None), _l.c.asked_at > bindparam("since"))
_ASKING = Statement(
    select(*(_l.c[name] for name in _NAMES))
    .where(_l.c.member_id == bindparam("of_member"), *_waiting)
    .order_by(_l.c.asked_at.desc())
    .limit(1)
)
_STANDS = Statement(
    select(_l.c.number).where(
        _l.c.token_hash == bindparam("hashed"), _l.c.address_id == bindparam("here"), *_waiting
    )
)
_IS_OF = Statement(
    select(_l.c.member_id).where(
        _l.c.token_hash == bindparam("hashed"), _l.c.member_id == bindparam("of_member")
    )
)
_USE = Statement(
    update(_l)
    .where(_l.c.token_hash == bindparam("hashed"), _l.c.number == bindparam("said"), *_waiting)
    .values(over_at=bindparam("now"))
)
_WRONG = Statement(
    update(_l)
    .where(_l.c.token_hash == bindparam("hashed"), _l.c.over_at.is_(None))
    .values(wrong=_l.c.wrong + 1)
    .returning(_l.c.wrong)
)
_END = Statement(
    update(_l)
    .where(_l.c.token_hash == bindparam("hashed"), _l.c.over_at.is_(None))
    .values(over_at=bindparam("now"))
)
_WHERE = Statement(
    select(_c.c.id, _a.c.account, _c.c.member_id)
    .join(_a, _a.c.id == _c.c.address_id)
    .where(_a.c.id == bindparam("of_address"))
    .with_for_update(of=_c)
)
_UNTIL = Statement(
    select(_l.c.expires_at).where(
        _l.c.member_id == bindparam("of_member"),
        _l.c.over_at.is_(None),
        _l.c.address_id.is_(None),
        _l.c.expires_at > bindparam("now"),
    )
)


def offer(tx: Tx, token_hash: str, member_id: int, made_by: int, now: datetime) -> None:
    """A new card; the link of an earlier one ends."""
    tx.run(_END_OTHERS, of_member=member_id, now=now)
    tx.run(
        _OFFER,
        token_hash=token_hash,
        member_id=member_id,
        made_by=made_by,
        created_at=now,
        expires_at=now + CARD_FOR,
        wrong=0,
    )


def open_until(tx: Tx, member_id: int, now: datetime) -> datetime | None:
    """Until when the link of her card can be used; None when there is none."""
    row = tx.one(_UNTIL, of_member=member_id, now=now)
    return None if row is None else row.expires_at


def is_open(tx: Tx, token_hash: str, now: datetime) -> bool:
    """Whether this link can still be used; looking uses nothing up."""
    return tx.one(_LOOK, hashed=token_hash, now=now) is not None


def ask(tx: Tx, token_hash: str, member_id: int, address_id: int, number: str, now: datetime) -> bool:
    """Use the link: this address waits for staff. False when it is used, over, or this member's own."""
    return bool(tx.run(_ASK, hashed=token_hash, not_of=member_id, here=address_id, shown=number, now=now))


def asking(tx: Tx, member_id: int, now: datetime) -> Asking | None:
    """The phone that wants to join her record now."""
    row = tx.one(_ASKING, of_member=member_id, since=now - ASKING_FOR)
    return None if row is None else Asking(*row)


def waits(tx: Tx, token_hash: str, address_id: int, now: datetime) -> str | None:
    """The number shown at this address while it waits with that link."""
    row = tx.one(_STANDS, hashed=token_hash, here=address_id, since=now - ASKING_FOR)
    return None if row is None else row.number


def is_of(tx: Tx, token_hash: str, member_id: int) -> bool:
    """Whether this card is this member's."""
    return tx.one(_IS_OF, hashed=token_hash, of_member=member_id) is not None


def use(tx: Tx, token_hash: str, number: str, now: datetime) -> bool:
    """The number she read out was right: the link is over, and of two who confirm at once one wins."""
    return bool(tx.run(_USE, hashed=token_hash, said=number, since=now - ASKING_FOR, now=now))


def wrong(tx: Tx, token_hash: str, now: datetime) -> bool:
    """Another number was read out; True when that was one too many and the link is over."""
    row = tx.one(_WRONG, hashed=token_hash)
    if row is None or row.wrong < WRONG_MAX:
        return False
    end(tx, token_hash, now)
    return True


def end(tx: Tx, token_hash: str, now: datetime) -> None:
    """It is not her phone: nothing is joined, the link is over."""
    tx.run(_END, hashed=token_hash, now=now)


def where(tx: Tx, address_id: int) -> tuple[int, str, int] | None:
    """The conversation of an address, locked: its id, account, and whose it is."""
    row = tx.one(_WHERE, of_address=address_id)
    return None if row is None else (row.id, row.account, row.member_id)
