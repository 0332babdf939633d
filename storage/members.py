"""Members, the addresses they write from, and what they agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint, bindparam, insert, select, update
from sqlmodel import Field, SQLModel

from storage.sql import Statement, Tx, Utc, table


class MemberRow(SQLModel, table=True):
    """A person who wrote to us. Nothing is asked before it is needed, so most columns start empty."""

    __tablename__ = "members"
    __table_args__ = (
        CheckConstraint("age_band IN ('under15', '15to17', 'adult')", name="age_band_known"),
        CheckConstraint("shared_phone IN ('only_me', 'sometimes', 'often')", name="shared_phone_known"),
        CheckConstraint("write_when IN ('morning', 'afternoon', 'any', 'never')", name="write_when_known"),
    )
    id: int | None = Field(default=None, primary_key=True)
    language: str | None = None
    age_band: str | None = None
    shared_phone: str | None = None
    write_when: str | None = None
    stopped_at: datetime | None = Field(default=None, sa_type=Utc)
    keeps_reminders: bool = False
    do_not_write: bool = False
    danger_at: datetime | None = Field(default=None, sa_type=Utc)
    created_at: datetime = Field(sa_type=Utc)
    erased_at: datetime | None = Field(default=None, sa_type=Utc)
    """She was removed; the empty row stays only for bookings that must be counted."""
    site_id: int | None = Field(default=None, foreign_key="sites.id")
    """The site she chose, or whose desk opened her record; None while nobody asked."""


class AddressRow(SQLModel, table=True):
    """Where a member can be reached: a channel account and her id there."""

    __tablename__ = "addresses"
    __table_args__ = (UniqueConstraint("account", "external_id"),)
    id: int | None = Field(default=None, primary_key=True)
    account: str
    external_id: str
    member_id: int = Field(foreign_key="members.id", index=True)
    reachable: bool = True
    created_at: datetime = Field(sa_type=Utc)


class Consent(SQLModel, table=True):
    """One yes or no to one purpose on one channel; the last row counts, the others are the proof."""

    __tablename__ = "consents"
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    purpose: str
    account: str
    given: bool
    wording: str
    """The version of the text she saw."""
    language: str
    how: str
    at: datetime = Field(sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the flows see her."""

    id: int
    language: str | None = None
    age_band: str | None = None
    shared_phone: str | None = None
    write_when: str | None = None
    stopped_at: datetime | None = None
    keeps_reminders: bool = False
    do_not_write: bool = False
    danger_at: datetime | None = None
    site_id: int | None = None


_member = table(MemberRow)
_address = table(AddressRow)
_consent = table(Consent)
_ADD = Statement(
    insert(_member)
    .values(keeps_reminders=False, do_not_write=False, created_at=bindparam("now"))
    .returning(_member.c.id)
)
_ADD_ADDRESS = Statement(
    insert(_address)
    .values(
        account=bindparam("account"),
        external_id=bindparam("external_id"),
        member_id=bindparam("member_id"),
        reachable=True,
        created_at=bindparam("now"),
    )
    .returning(_address.c.id)
)
_FIND = Statement(
    select(*(_member.c[name] for name in Member.__dataclass_fields__)).where(
        _member.c.id == bindparam("member_id")
    )
)
_REACHABLE = Statement(
    update(_address)
    .where(_address.c.id == bindparam("address_id"))
    .values(reachable=bindparam("is_reachable"))
)
_SET = {
    name: Statement(
        update(_member).where(_member.c.id == bindparam("member_id")).values({name: bindparam("value")})
    )
    for name in Member.__dataclass_fields__
    if name != "id"
}
_CONSENT = Statement(
    insert(_consent).values(
        {
            name: bindparam(name)
            for name in ("member_id", "purpose", "account", "given", "wording", "language", "how", "at")
        }
    )
)
_LAST_CONSENT = Statement(
    select(_consent.c.given, _consent.c.wording, _consent.c.at)
    .where(_consent.c.member_id == bindparam("of_member"), _consent.c.purpose == bindparam("for_purpose"))
    .order_by(_consent.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Said:
    """Her last word on one purpose: yes or no, to which wording, when."""

    given: bool
    wording: str
    at: datetime


def add(tx: Tx, account: str, external_id: str, now: datetime) -> tuple[Member, int]:
    """A new member with her first address; the address id is the second value."""
    member_id = tx.one(_ADD, now=now).id
    address_id = tx.one(
        _ADD_ADDRESS, account=account, external_id=external_id, member_id=member_id, now=now
    ).id
    return Member(member_id), address_id


def find(tx: Tx, member_id: int) -> Member | None:
    """The member with this id."""
    row = tx.one(_FIND, member_id=member_id)
    return None if row is None else Member(*row)


def set_field(tx: Tx, member_id: int, name: str, value: str | bool | int | datetime | None) -> None:
    """Change one field of a member; `name` is a field of `Member`."""
    tx.run(_SET[name], member_id=member_id, value=value)


def set_reachable(tx: Tx, address_id: int, is_reachable: bool) -> None:
    """Note that an address can or cannot be written to."""
    tx.run(_REACHABLE, address_id=address_id, is_reachable=is_reachable)


def consent(
    tx: Tx,
    member_id: int,
    purpose: str,
    account: str,
    *,
    given: bool,
    wording: str,
    language: str,
    how: str,
    at: datetime,
) -> None:
    """Record what she agreed to or withdrew."""
    tx.run(
        _CONSENT,
        member_id=member_id,
        purpose=purpose,
        account=account,
        given=given,
        wording=wording,
        language=language,
        how=how,
        at=at,
    )


def last_consent(tx: Tx, member_id: int, purpose: str) -> Said | None:
    """What she said last about a purpose, on any channel; None when she was never asked."""
    row = tx.one(_LAST_CONSENT, of_member=member_id, for_purpose=purpose)
    return None if row is None else Said(*row)
