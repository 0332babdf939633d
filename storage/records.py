"""Records opened at the desk: a first name and a language are enough. What was agreed aloud about writing to her.

There is room for her own number only: a relative's is never taken as hers.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import CheckConstraint, Index, bindparam, exists, insert, select, update
from sqlmodel import Field, SQLModel

from storage.bookings import CODE_LENGTH, CODE_LETTERS
from storage.members import AddressRow, MemberRow
from storage.refusals import RefusalRow
from storage.sites import SiteRow
from storage.sql import InsertNew, Statement, Tx, Utc, any_of, table

ALOUD = "aloud"
"""How a consent was given that staff read out; its account names nobody's channel."""
DESK = "desk"
"""The account of such a consent."""
CHANNELS = ("telegram", "web", "desk")
"""Where unasked messages may go, as agreed: a channel of hers, or none, only the desk and a call."""
WORDINGS = ("time", "discreet")
"""A reminder names day and hour, or not even those."""
NAME_MAX = 40
PHONE_MAX = 20
FOUND_MAX = 20
_CODE_TRIES = 5


class RecordRow(SQLModel, table=True):
    """What the desk knows of a member it opened a record for."""

    __tablename__ = "records"
    __table_args__ = (Index("ix_records_site_name", "site_id", "folded"),)
    member_id: int = Field(foreign_key="members.id", primary_key=True)
    site_id: int = Field(foreign_key="sites.id")
    first_name: str
    folded: str
    """The name as a search compares it."""
    code: str = Field(unique=True)
    """The number on her card."""
    opened_by: int = Field(foreign_key="staff.id")
    opened_at: datetime = Field(sa_type=Utc)


class AgreementRow(SQLModel, table=True):
    """How it is safe to write to her, as agreed aloud; hours and *do not write* stand with the member."""

    __tablename__ = "agreements"
    __table_args__ = (
        CheckConstraint(any_of("channel", *CHANNELS), name="channel_known"),
        CheckConstraint(any_of("wording", *WORDINGS), name="wording_known"),
    )
    member_id: int = Field(foreign_key="members.id", primary_key=True)
    channel: str | None = None
    """None: where she wrote from last."""
    wording: str = "time"
    phone: str | None = None
    """Her own, for a call."""
    agreed_with: int = Field(foreign_key="staff.id")
    agreed_at: datetime = Field(sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Record:
    """A record as its page shows it."""

    member_id: int
    site_id: int
    first_name: str
    code: str
    opened_by: int
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed."""

    channel: str | None = None
    wording: str = "time"
    phone: str | None = None
    agreed_with: int | None = None
    agreed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of a search."""

    member_id: int
    first_name: str
    code: str
    language: str | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What a card says of a site."""

    name: str
    place: str
    address: str
    phone: str


_r, _g, _p, _a = table(RecordRow), table(AgreementRow), table(MemberRow), table(AddressRow)
_refusal = table(RefusalRow)
_NAMES = tuple(field.name for field in fields(Record))
_TERMS = tuple(field.name for field in fields(Agreement))
_NEW_MEMBER = Statement(
    insert(_p)
    .values(
        language=bindparam("of_language"),
        keeps_reminders=False,
        do_not_write=False,
        created_at=bindparam("now"),
    )
    .returning(_p.c.id)
)
_ADD = InsertNew(_r, *_NAMES, "folded", returning="member_id")
_FIND = Statement(select(*(_r.c[name] for name in _NAMES)).where(_r.c.member_id == bindparam("of_member")))
_RENAME = Statement(
    update(_r)
    .where(_r.c.member_id == bindparam("of_member"))
    .values(first_name=bindparam("name"), folded=bindparam("as_folded"))
)
_AGREED = Statement(select(*(_g.c[name] for name in _TERMS)).where(_g.c.member_id == bindparam("of_member")))
_FIRST_TERMS = InsertNew(_g, "member_id", *_TERMS)
_NEW_TERMS = Statement(
    update(_g)
    .where(_g.c.member_id == bindparam("of_member"))
    .values({name: bindparam(f"new_{name}") for name in _TERMS})
)
_s = table(SiteRow)
_SITE = Statement(
    select(_s.c.name, _s.c.place, _s.c.address, _s.c.phone).where(_s.c.id == bindparam("of_site"))
)
_CHATS = Statement(
    select(_a.c.account, _a.c.reachable, _a.c.created_at)
    .where(_a.c.member_id == bindparam("of_member"))
    .order_by(_a.c.id)
)


def open_new(
    tx: Tx, site_id: int, first_name: str, folded: str, language: str, by: int, now: datetime
) -> int:
    """A member without any address, and her record; her id."""
    member_id = int(tx.one(_NEW_MEMBER, of_language=language, now=now).id)
    open_for(tx, member_id, site_id, first_name, folded, by, now)
    return member_id


def open_for(
    tx: Tx, member_id: int, site_id: int, first_name: str, folded: str, by: int, now: datetime
) -> bool:
    """A record for a member we know from a chat; False when she has one."""
    for salt in range(_CODE_TRIES):
        values = (member_id, site_id, first_name, _code(member_id, now, salt), by, now)
        row = tx.one(_ADD, **dict(zip(_NAMES, values, strict=True)), folded=folded)
        if row is not None:
            return True
        if find(tx, member_id) is not None:
            return False
    raise RuntimeError("no free card code")


def _code(*facts: object) -> str:
    """The number on a card. Derived, so that a unit run again gives the same; it opens nothing by itself."""
    number = int.from_bytes(blake2b(repr(("card", *facts)).encode(), digest_size=8).digest(), "big")
    letters = []
    for _ in range(CODE_LENGTH):
        number, at = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[at])
    return "".join(letters)


def find(tx: Tx, member_id: int) -> Record | None:
    """Her record."""
    row = tx.one(_FIND, of_member=member_id)
    return None if row is None else Record(*row)


def rename(tx: Tx, member_id: int, first_name: str, folded: str) -> None:
    """She wants to be called otherwise."""
    tx.run(_RENAME, of_member=member_id, name=first_name, as_folded=folded)


def search(tx: Tx, sites: tuple[int, ...], staff_id: int, folded: str, code: str | None) -> list[Hit]:
    """Records of these sites by the whole first name or by the number on the card; nobody she was refused by."""
    if not sites or not (folded or code):
        return []
    match = (_r.c.code == code) if code else (_r.c.folded == folded)
    rows = tx.query(
        select(_r.c.member_id, _r.c.first_name, _r.c.code, _p.c.language, _r.c.opened_at)
        .join(_p, _p.c.id == _r.c.member_id)
        .where(
            _r.c.site_id.in_(sites),
            match,
            ~exists().where(_refusal.c.member_id == _r.c.member_id, _refusal.c.staff_id == staff_id),
        )
        .order_by(_r.c.opened_at.desc(), _r.c.member_id.desc())
        .limit(FOUND_MAX)
    )
    return [Hit(*row) for row in rows]


def agreement(tx: Tx, member_id: int) -> Agreement:
    """What was agreed with her; the defaults when nothing was."""
    row = tx.one(_AGREED, of_member=member_id)
    return Agreement() if row is None else Agreement(*row)


def agree(tx: Tx, member_id: int, terms: Agreement) -> None:
    """Another agreement takes the place of the one before."""
    values = {name: getattr(terms, name) for name in _TERMS}
    if not tx.run(
        _NEW_TERMS, of_member=member_id, **{f"new_{name}": value for name, value in values.items()}
    ):
        tx.run(_FIRST_TERMS, member_id=member_id, **values)


def chats(tx: Tx, member_id: int) -> list[tuple[str, bool, datetime]]:
    """Her addresses without what stands in them: account, whether it can be written to, since when."""
    return [tuple(row) for row in tx.all(_CHATS, of_member=member_id)]


def site_facts(tx: Tx, site_id: int) -> SiteFacts:
    """Where a site is."""
    return SiteFacts(*tx.one(_SITE, of_site=site_id))
