"""The inbox: which conversations a staff member may see, and in which order.

Who sees what is decided in `_visible` alone, and every query here asks it: conversations of her sites in which a person was
asked for; a mediator only what was handed to her or to a language of hers; nobody whom the member refused. What the bot
alone talked about is never listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, get_args

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from storage.conversations import ConversationRow
from storage.members import AddressRow, MemberRow
from storage.refusals import RefusalRow
from storage.sql import Statement, Tx, Utc, from_ms, table, to_ms
from storage.staff import StaffRole, StaffRow

View = Literal["waiting", "mine", "all", "closed"]
VIEWS: tuple[View, ...] = get_args(View)
PAGE_ROWS = 50
_ID_MAX = 2**31 - 1
_AT_MAX = 253_402_300_799_999
"""The last moment a time can say, in milliseconds."""
_NO_ONE = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """What one staff member may look at; made from her roles."""

    staff_id: int
    sites: tuple[int, ...]
    """Where she sees every conversation in which a person was asked for …"""
    handed: tuple[int, ...] = ()
    """… and where only those handed to her, or to one of `languages`."""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation as the list shows it. There is no word of hers in it: a list lies open on a desk."""

    id: int
    member_id: int
    site_id: int | None
    account: str
    owner: str
    staff_id: int | None
    staff_name: str | None
    for_language: str | None
    language: str | None
    waiting_reason: str | None
    waiting_since: datetime | None
    urgent: bool
    touched_at: datetime | None
    last_in_at: datetime | None
    closed_at: datetime | None

    @property
    def unanswered(self) -> bool:
        """Whether she wrote after the last act of the person who owns it."""
        if self.owner != "person" or self.last_in_at is None:
            return False
        return self.touched_at is None or self.last_in_at > self.touched_at


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list; `more` is the key of the next page, None on the last one."""

    rows: tuple[Row, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a list in which one index gives the order."""

    where: ColumnElement[bool]
    at: ColumnElement[Any]
    """What it is sorted by, before the id …"""
    name: str
    """… and what that is called in a row."""
    falling: bool = False


_c = table(ConversationRow)
_a = table(AddressRow)
_p = table(MemberRow)
_s = table(StaffRow)
_r = table(RefusalRow)
_o = table(StaffRole)
_COLUMNS = (
    _c.c.id,
    _c.c.member_id,
    _c.c.site_id,
    _a.c.account,
    _c.c.owner,
    _c.c.staff_id,
    _s.c.name.label("staff_name"),
    _c.c.for_language,
    _p.c.language,
    _c.c.waiting_reason,
    _c.c.waiting_since,
    _c.c.urgent,
    _c.c.touched_at,
    _c.c.last_in_at,
    _c.c.closed_at,
)
_LAST_IN: ColumnElement[datetime] = func.coalesce(_c.c.last_in_at, literal_column("0", Utc), type_=Utc)


def _waiting(urgent: bool) -> _Part:
    return _Part(and_(_c.c.owner == "waiting", _c.c.urgent == urgent), _c.c.waiting_since, "waiting_since")


def _with_a_person(urgent: bool) -> _Part:
    # Nobody waits there: said aloud, the index gives the order of the ids.
    own = and_(_c.c.owner == "person", _c.c.urgent == urgent, _c.c.waiting_since.is_(None))
    return _Part(own, _c.c.id, "id")


def _mine(urgent: bool) -> _Part:
    # Only a person's conversation has a staff id, and by that alone the shortest index is taken.
    own = and_(_c.c.staff_id == bindparam("me"), _c.c.urgent == urgent)
    return _Part(own, _LAST_IN, "last_in_at", falling=True)


_PARTS: dict[str, tuple[_Part, ...]] = {
    "waiting": (_waiting(True), _waiting(False)),
    "mine": (_mine(True), _mine(False)),
    "all": (_waiting(True), _with_a_person(True), _waiting(False), _with_a_person(False)),
    "closed": (_Part(_c.c.closed_at.is_not(None), _c.c.closed_at, "closed_at", falling=True),),
}


def _visible(
    sites: tuple[int, ...], handed: tuple[int, ...], languages: tuple[str, ...]
) -> ColumnElement[bool]:
    """The rule of this module; `me` is the parameter of the staff member's id."""
    hers = or_(
        _c.c.staff_id == bindparam("me"),
        and_(_c.c.owner == "waiting", _c.c.for_language.in_(languages)) if languages else false(),
    )
    return and_(
        or_(_c.c.owner.in_(("waiting", "person")), _c.c.closed_at.is_not(None)),
        or_(
            _c.c.site_id.in_(sites) if sites else false(),
            and_(_c.c.site_id.in_(handed), hers) if handed else false(),
        ),
        ~exists().where(_r.c.member_id == _c.c.member_id, _r.c.staff_id == bindparam("me")),
    )


def _rows(scope: Scope) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(_a, _a.c.id == _c.c.address_id)
        .join(_p, _p.c.id == _c.c.member_id)
        .outerjoin(_s, _s.c.id == _c.c.staff_id)
        .where(_visible(scope.sites, scope.handed, scope.languages))
    )


def shape(scope: Scope) -> Scope:
    """The scope without the person: everybody with the same sites and languages has the same."""
    return Scope(_NO_ONE, scope.sites, scope.handed, scope.languages)


@lru_cache(maxsize=512)
def _page(like: Scope, view: str, number: int, further: bool) -> Statement:
    part = _PARTS[view][number]
    found = _rows(like).where(part.where)
    key = tuple_(part.at, _c.c.id)
    if further:
        after = tuple_(bindparam("after_at", type_=part.at.type), bindparam("after_id", type_=_c.c.id.type))
        found = found.where(key < after if part.falling else key > after)
    order = (part.at.desc(), _c.c.id.desc()) if part.falling else (part.at, _c.c.id)
    return Statement(found.order_by(*order).limit(bindparam("most")))


@lru_cache(maxsize=256)
def _one(like: Scope) -> Statement:
    return Statement(_rows(like).where(_c.c.id == bindparam("wanted")))


@lru_cache(maxsize=256)
def _others(like: Scope) -> Statement:
    of_hers = and_(_c.c.member_id == bindparam("of_member"), _c.c.id != bindparam("but"))
    return Statement(_rows(like).where(of_hers).order_by(_c.c.id.desc()).limit(10))


@lru_cache(maxsize=256)
def _of_member(like: Scope) -> Statement:
    return Statement(_rows(like).where(_c.c.member_id == bindparam("of_member")).limit(1))


def listed(tx: Tx, scope: Scope, view: View, after: str | None = None, rows: int = PAGE_ROWS) -> Listed:
    """One page of a view: urgent first, then who waits longest; her own chats by who wrote last; closed ones newest first."""
    parts, like = _PARTS[view], shape(scope)
    start = _key(after, len(parts))
    found: tuple[Row, ...] = ()
    keys: tuple[str, ...] = ()
    for number in range(start[0] if start else 0, len(parts)):
        further = start is not None and number == start[0]
        params: dict[str, Any] = {"me": scope.staff_id, "most": rows + 1 - len(found)}
        if further and start is not None:
            at_id = parts[number].name == "id"
            params |= {"after_at": start[1] if at_id else from_ms(start[1]), "after_id": start[2]}
        got = tuple(_row(one) for one in tx.all(_page(like, view, number, further), **params))
        found += got
        keys += tuple(_key_of(number, parts[number], one) for one in got)
        if len(found) > rows:
            return Listed(found[:rows], keys[rows - 1])
    return Listed(found, None)


def _key_of(number: int, part: _Part, row: Row) -> str:
    told: datetime | int | None = getattr(row, part.name)
    at = to_ms(told) if isinstance(told, datetime) else told or 0
    return f"{number}.{at}.{row.id}"


def _key(after: str | None, parts: int) -> tuple[int, int, int] | None:
    """Where the last page ended; a key nobody was given begins at the top."""
    said = (after or "").split(".")
    if len(said) != 3 or not all(one.isascii() and one.isdigit() and len(one) <= 15 for one in said):
        return None
    number, at, last = (int(one) for one in said)
    return (number, at, last) if number < parts and at <= _AT_MAX and last <= _ID_MAX else None


def _row(raw: Any) -> Row:
    values = raw._asdict()
    return Row(**{**values, "urgent": bool(values["urgent"])})


def find(tx: Tx, scope: Scope, conversation_id: int) -> Row | None:
    """One conversation; None when it does not exist or is not hers to see."""
    if not 0 < conversation_id <= _ID_MAX:
        return None
    raw = tx.one(_one(shape(scope)), me=scope.staff_id, wanted=conversation_id)
    return None if raw is None else _row(raw)


def can_see(tx: Tx, scope: Scope, conversation_id: int) -> bool:
    """Whether she may see this conversation."""
    return find(tx, scope, conversation_id) is not None


def sees_member(tx: Tx, scope: Scope, member_id: int) -> bool:
    """Whether she may see any conversation of this member."""
    return tx.one(_of_member(shape(scope)), me=scope.staff_id, of_member=member_id) is not None


def others(tx: Tx, scope: Scope, row: Row) -> tuple[Row, ...]:
    """Other chats of the same member that she may see."""
    found = tx.all(_others(shape(scope)), me=scope.staff_id, of_member=row.member_id, but=row.id)
    return tuple(_row(one) for one in found)


_REFUSED = Statement(select(_r.c.staff_id).distinct())


def refused(tx: Tx) -> frozenset[int]:
    """Staff whom any member refused; for all others with the same sites a list is the same list."""
    return frozenset(row.staff_id for row in tx.all(_REFUSED))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody a chat can be given to."""

    id: int
    name: str
    languages: tuple[str, ...]


ANSWERING = ("desk", "counsellor", "mediator", "coordinator")
"""Roles that answer members."""
_COLLEAGUES = Statement(
    select(_s.c.id, _s.c.name, _s.c.languages)
    .where(
        _s.c.active,
        exists().where(
            _o.c.staff_id == _s.c.id, _o.c.site_id == bindparam("at_site"), _o.c.role.in_(ANSWERING)
        ),
        ~exists().where(_r.c.staff_id == _s.c.id, _r.c.member_id == bindparam("of_member")),
    )
    .order_by(_s.c.name, _s.c.id)
)


def colleagues(tx: Tx, site_id: int | None, member_id: int) -> tuple[Colleague, ...]:
    """Who at this site may answer this member."""
    found = tx.all(_COLLEAGUES, at_site=site_id or 0, of_member=member_id)
    return tuple(Colleague(one.id, one.name, tuple(one.languages or ())) for one in found)


_STATE = Statement(
    select(
        func.count().label("open"),
        func.coalesce(func.sum(_c.c.version), 0).label("versions"),
        func.coalesce(func.sum(_c.c.id), 0).label("ids"),
        func.max(_c.c.touched_at, type_=_c.c.touched_at.type).label("touched"),
        select(func.max(_c.c.closed_at, type_=_c.c.closed_at.type)).scalar_subquery().label("closed"),
    ).where(_c.c.owner.in_(("waiting", "person")))
)


def state(tx: Tx) -> tuple[object, ...]:
    """A cheap value that differs after any change a list could show; turns with the bot alone leave it as it is."""
    return tuple(tx.one(_STATE))


_STATE_OF_MINE = Statement(
    select(
        func.count().label("mine"),
        func.coalesce(func.sum(_c.c.version), 0).label("versions"),
        func.coalesce(func.sum(_c.c.id), 0).label("ids"),
    ).where(_c.c.staff_id == bindparam("me"))
)


def state_of_mine(tx: Tx, staff_id: int) -> tuple[object, ...]:
    """The same for the conversations one person has."""
    return tuple(tx.one(_STATE_OF_MINE, me=staff_id))
