"""What we hold about a member: a short summary, all of it for a file, and the link that gives the file once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.schema import Table
from sqlmodel import Field, SQLModel

from storage.bookings import BookingRow
from storage.changes import ChangeRow
from storage.conversations import ConversationRow
from storage.media import MediaRow
from storage.members import AddressRow, Consent, MemberRow
from storage.messages import MessageRow
from storage.notes import NoteRow
from storage.notices import NoticeRow
from storage.records import AgreementRow, RecordRow
from storage.refusals import RefusalRow
from storage.sites import SiteRow
from storage.sql import Statement, Tx, Utc, table
from storage.tasks import TaskRow

LINK_FOR = timedelta(hours=1)
SECRET = ("data_link", "link_code")
"""Kinds of message that open a door: staff who read the chat see only that there was one."""


class DataLink(SQLModel, table=True):
    """A link to all we hold about her; works once. Only the hash of its token is kept."""

    __tablename__ = "data_links"
    token_hash: str = Field(primary_key=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    created_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a short answer in the chat needs; no topic of any meeting."""

    messages: int
    chats: int
    meetings: tuple[datetime, ...]
    """The starts of those to come."""
    consents: dict[str, bool]
    """Her last word on each purpose."""


_b, _c, _a, _m, _p = (table(row) for row in (BookingRow, ConversationRow, AddressRow, MessageRow, MemberRow))
_link, _consent, _r, _s = table(DataLink), table(Consent), table(RefusalRow), table(SiteRow)
_OF: BindParameter[int] = bindparam("her")
_hers = select(_c.c.id).where(_c.c.member_id == _OF).scalar_subquery()
_COUNT = Statement(
    select(
        select(func.count()).select_from(_m).where(_m.c.conversation_id.in_(_hers)).scalar_subquery(),
        select(func.count()).select_from(_c).where(_c.c.member_id == _OF).scalar_subquery(),
    )
)
_AHEAD = Statement(
    select(_b.c.starts_at)
    .where(_b.c.member_id == _OF, _b.c.state == "booked", _b.c.starts_at > bindparam("now"))
    .order_by(_b.c.starts_at)
)
_CONSENTS = Statement(
    select(_consent.c.purpose, _consent.c.given).where(_consent.c.member_id == _OF).order_by(_consent.c.id)
)
_OFFER = Statement(
    insert(_link).values(
        {name: bindparam(name) for name in ("token_hash", "member_id", "created_at", "expires_at")}
    )
)
_WITHDRAW = Statement(
    update(_link).where(_link.c.member_id == _OF, _link.c.used_at.is_(None)).values(used_at=bindparam("now"))
)
_open = and_(
    _link.c.token_hash == bindparam("hashed"),
    _link.c.used_at.is_(None),
    _link.c.expires_at > bindparam("now"),
)
_LOOK = Statement(
    select(_link.c.member_id, _p.c.language).join(_p, _p.c.id == _link.c.member_id).where(_open)
)
_USE = Statement(update(_link).where(_open).values(used_at=bindparam("now")).returning(_link.c.member_id))


def summary(tx: Tx, member_id: int, now: datetime) -> Summary:
    """A few numbers about her."""
    messages, chats = tx.one(_COUNT, her=member_id)
    starts = tuple(row.starts_at for row in tx.all(_AHEAD, her=member_id, now=now))
    said = {row.purpose: bool(row.given) for row in tx.all(_CONSENTS, her=member_id)}
    return Summary(messages, chats, starts, said)


# --- the link ----------------------------------------------------------------------------------------------


def offer(tx: Tx, token_hash: str, member_id: int, now: datetime) -> None:
    """A new link; an earlier one that was not used ends."""
    withdraw(tx, member_id, now)
    tx.run(_OFFER, token_hash=token_hash, member_id=member_id, created_at=now, expires_at=now + LINK_FOR)


def withdraw(tx: Tx, member_id: int, now: datetime) -> None:
    """Whoever finds her link opens nothing with it any more."""
    tx.run(_WITHDRAW, her=member_id, now=now)


def look(tx: Tx, token_hash: str, now: datetime) -> tuple[int, str | None] | None:
    """Whose link this is and her language, without using it up: previews look too. None for any that is over."""
    row = tx.one(_LOOK, hashed=token_hash, now=now)
    return None if row is None else (row.member_id, row.language)


def use(tx: Tx, token_hash: str, now: datetime) -> int | None:
    """Use the link up: her id for the first who asks, None for everybody after."""
    row = tx.one(_USE, hashed=token_hash, now=now)
    return None if row is None else int(row.member_id)


# --- the file ----------------------------------------------------------------------------------------------

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Section:
    """One list of the file: which rows, and which of their columns tell her something; of which info point, where it has one."""

    name: str
    of: Table
    where: ColumnElement[bool]
    columns: str


_chats = _m.c.conversation_id.in_(_hers)
_ch, _d, _g = table(ChangeRow), table(RecordRow), table(AgreementRow)
_f, _n, _k, _t = table(MediaRow), table(NoteRow), table(TaskRow), table(NoticeRow)
SECTIONS = (
    _Section(
        "member",
        _p,
        _p.c.id == _OF,
        "language age_band shared_phone write_when stopped_at keeps_reminders do_not_write danger_at created_at",
    ),
    _Section("desk", _d, _d.c.member_id == _OF, "first_name code opened_at"),
    _Section("agreements", _g, _g.c.member_id == _OF, "channel wording phone agreed_at"),
    _Section("addresses", _a, _a.c.member_id == _OF, "account external_id reachable created_at"),
    _Section(
        "chats",
        _c,
        _c.c.member_id == _OF,
        "owner waiting_reason waiting_since urgent for_language last_in_at closed_at",
    ),
    _Section(
        "consents", _consent, _consent.c.member_id == _OF, "at purpose given wording language how account"
    ),
    _Section(
        "appointments",
        _b,
        _b.c.member_id == _OF,
        "starts_at ends_at topic mode language state code confirmed_at created_at moved_at",
    ),
    _Section(
        "changes",
        _ch,
        _ch.c.booking_id.in_(select(_b.c.id).where(_b.c.member_id == _OF).scalar_subquery()),
        "at kind knows",
    ),
    _Section("messages", _m, _chats, "created_at outgoing kind text language state sent_at"),
    _Section(
        "files",
        _f,
        _f.c.conversation_id.in_(_hers),
        "created_at kind name content_type size state expires_at kept_at kept_reason",
    ),
    _Section("notes", _n, _n.c.member_id == _OF, "created_at text sensitive"),
    _Section("tasks", _k, _k.c.member_id == _OF, "created_at kind due_at done_at note"),
    _Section("reminders", _t, _t.c.member_id == _OF, "at kind due_at decision reason"),
    _Section("refusals", _r, _r.c.member_id == _OF, "at"),
)
NOT_IN_THE_FILE = {
    "alert_sends": "a call to staff",
    "alerts": "a call to staff, without a word of hers",
    "audit_names": "random names",
    "card_links": "a hash, two digits and times",
    "check_passes": "a time",
    "data_links": "the link to this file",
    "failed_turns": "a copy of a message that stands among the messages",
    "link_codes": "a hash",
    "link_tries": "a count",
    "secret_checks": "hashes of the digits she knows",
    "own_talks": "which of these messages staff do not read",
}
"""Tables with something of hers that the file leaves out, and why."""


def _read(section: _Section) -> Statement:
    told: list[ColumnElement[object]] = [section.of.c[name] for name in section.columns.split()]
    if "site_id" in section.of.c:
        place = select(_s.c.name + ", " + _s.c.place).where(_s.c.id == section.of.c.site_id)
        told.append(place.scalar_subquery().label("info_point"))
    return Statement(select(*told).where(section.where).order_by(*section.of.primary_key.columns))


_READ = tuple((section.name, _read(section)) for section in SECTIONS)


def everything(tx: Tx, member_id: int) -> dict[str, list[Record]]:
    """All we hold about her, section by section. Links and codes are left out: staff hand the file over."""
    found = {
        name: [dict(row._asdict()) for row in tx.all(statement, her=member_id)] for name, statement in _READ
    }
    for said in found["messages"]:
        if said["kind"] in SECRET:
            said["text"] = None
    return found


# --- who at the desk may hand it out -----------------------------------------------------------------------


def at_desk(tx: Tx, member_id: int, staff_id: int, sites: tuple[int, ...]) -> bool:
    """Whether staff of these sites may act for her: she has a record or a meeting there, or asked for a
    person there.

    Never somebody she refused, and never for a woman who talked with the bot alone.
    """
    if not sites or not 0 < member_id < 2**31:
        return False
    asked = exists().where(
        _c.c.member_id == member_id,
        _c.c.site_id.in_(sites),
        or_(_c.c.owner != "bot", _c.c.closed_at.is_not(None)),
    )
    recorded = exists().where(_d.c.member_id == member_id, _d.c.site_id.in_(sites))
    meets = exists().where(_b.c.member_id == member_id, _b.c.site_id.in_(sites))
    refused = exists().where(_r.c.member_id == member_id, _r.c.staff_id == staff_id)
    found = tx.query(
        select(_p.c.id).where(
            _p.c.id == member_id, _p.c.erased_at.is_(None), or_(asked, meets, recorded), ~refused
        )
    )
    return bool(found)
