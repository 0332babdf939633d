"""A site's rooms as staff keep them, and who meets people in one. A room with booked meetings is closed only after a second yes.

Every change first locks the site's row of `calendar_versions` and moves its token on, as a change of a working plan does.
What is wrong with one is a `BadRoom`, the text its reason in one word; it undoes the whole unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from storage import counsellors, schedules
from storage.bookings import BookingRow
from storage.counsellors import CounsellorRow
from storage.rooms import COLUMNS, NAME_MAX, NOTE_MAX, SEATS_MAX, SEATS_MIN, NeedRow, Room, RoomRow
from storage.schedules import LeavesOut
from storage.sql import Statement, Tx, spelt, table

ROOMS_MAX = 100
"""Rooms of one site, closed ones too."""


class BadRoom(Exception):
    """A change that cannot be; the text is the reason, one word."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What staff write about a room."""

    name: str
    seats: int
    step_free: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """Whether a counsellor meets people in a room."""

    counsellor_id: int
    name: str
    needs: bool
    room_id: int | None
    """The certain one; None is any."""


_r, _n, _k, _b = table(RoomRow), table(NeedRow), table(CounsellorRow), table(BookingRow)
_ALL = Statement(
    select(*COLUMNS).where(_r.c.site_id == bindparam("of_site")).order_by(_r.c.active.desc(), _r.c.name)
)
_WRITTEN: dict[str, Any] = {name: bindparam(f"new_{name}") for name in Facts.__dataclass_fields__}
_ADD = Statement(
    insert(_r).values(site_id=bindparam("of_site"), active=spelt(True), **_WRITTEN).returning(_r.c.id)
)
_CHANGE = Statement(update(_r).where(_r.c.id == bindparam("room")).values(**_WRITTEN))
_ACTIVE = Statement(update(_r).where(_r.c.id == bindparam("room")).values(active=bindparam("is_active")))
_NEEDS = Statement(
    select(_k.c.id, _k.c.name, _n.c.counsellor_id.is_not(None).label("needs"), _n.c.room_id)
    .outerjoin(_n, _n.c.counsellor_id == _k.c.id)
    .where(_k.c.site_id == bindparam("of_site"), _k.c.active)
    .order_by(_k.c.name, _k.c.id)
)
_FREE_OF = Statement(delete(_n).where(_n.c.counsellor_id == bindparam("counsellor")))
_NEEDED = Statement(insert(_n).values(counsellor_id=bindparam("counsellor"), room_id=bindparam("room")))
_AHEAD = Statement(
    select(_b.c.id, _b.c.starts_at)
    .where(
        _b.c.site_id == bindparam("of_site"),
        _b.c.room_id == bindparam("room"),
        _b.c.state == spelt("booked"),
        _b.c.ends_at > bindparam("now"),
    )
    .order_by(_b.c.starts_at, _b.c.id)
)
_WITHOUT = Statement(
    select(func.count().label("n")).where(
        _b.c.site_id == bindparam("of_site"),
        _b.c.counsellor_id == bindparam("counsellor"),
        _b.c.mode == spelt("person"),
        _b.c.room_id.is_(None),
        _b.c.state == spelt("booked"),
        _b.c.starts_at > bindparam("now"),
    )
)


# --- reading ---


def rooms(tx: Tx, site_id: int) -> list[Room]:
    """The rooms of a site, closed ones last."""
    return [Room(*row) for row in tx.all(_ALL, of_site=site_id)]


def needs(tx: Tx, site_id: int) -> list[Need]:
    """Everybody who counsels at a site, and whether in a room."""
    return [Need(row.id, row.name, bool(row.needs), row.room_id) for row in tx.all(_NEEDS, of_site=site_id)]


def ahead(tx: Tx, site_id: int, room_id: int, now: datetime) -> list[Any]:
    """The booked meetings in a room that are not over: id, starts_at."""
    return tx.all(_AHEAD, of_site=site_id, room=room_id, now=now)


def without(tx: Tx, site_id: int, counsellor_id: int, now: datetime) -> int:
    """How many meetings ahead she has in person without a room."""
    return int(tx.one(_WITHOUT, of_site=site_id, counsellor=counsellor_id, now=now).n)


# --- changing ---


def _held(tx: Tx, site_id: int, room_id: int) -> tuple[Room, list[Room]]:
    """The room and all of its site, while nobody else changes them."""
    counsellors.hold(tx, site_id)
    found = rooms(tx, site_id)
    one = next((room for room in found if room.id == room_id), None)
    if one is None:
        raise BadRoom("gone")
    return one, found


def _check(facts: Facts, others: list[Room]) -> None:
    if not 0 < len(facts.name) <= NAME_MAX:
        raise BadRoom("name")
    if len(facts.note) > NOTE_MAX:
        raise BadRoom("note")
    if not SEATS_MIN <= facts.seats <= SEATS_MAX:
        raise BadRoom("seats")
    if any(one.name.casefold() == facts.name.casefold() for one in others):
        raise BadRoom("twice")


def _new(facts: Facts) -> dict[str, object]:
    return {f"new_{name}": getattr(facts, name) for name in Facts.__dataclass_fields__}


def add(tx: Tx, site_id: int, facts: Facts) -> int:
    """A new room."""
    counsellors.hold(tx, site_id)
    there = rooms(tx, site_id)
    _check(facts, there)
    if len(there) >= ROOMS_MAX:
        raise BadRoom("many")
    made = int(tx.one(_ADD, of_site=site_id, **_new(facts)).id)
    counsellors.rooms(tx, site_id, "add", made, facts)
    return made


def change(tx: Tx, site_id: int, room_id: int, facts: Facts) -> None:
    """Another name, other seats, another note. Meetings in it stay."""
    _, there = _held(tx, site_id, room_id)
    _check(facts, [one for one in there if one.id != room_id])
    tx.run(_CHANGE, room=room_id, **_new(facts))
    counsellors.rooms(tx, site_id, "change", room_id, facts)


def close(tx: Tx, site_id: int, room_id: int, *, now: datetime, sure: str = "") -> None:
    """Nobody is given this room any more; meetings booked in it stay, after a second yes that names exactly these."""
    room, there = _held(tx, site_id, room_id)
    if not room.active:
        return
    asking = [one for one in needs(tx, site_id) if one.needs]
    if any(one.room_id == room_id for one in asking):
        raise BadRoom("needed")
    if asking and sum(one.active for one in there) == 1:
        raise BadRoom("last")
    lie = [(row.id, row.starts_at) for row in ahead(tx, site_id, room_id, now)]
    if lie and sure != (named := schedules.word(lie)):
        raise LeavesOut([at for _, at in lie], named)
    tx.run(_ACTIVE, room=room_id, is_active=False)
    counsellors.rooms(tx, site_id, "close", room_id)


def reopen(tx: Tx, site_id: int, room_id: int) -> None:
    """It is given again."""
    _held(tx, site_id, room_id)
    tx.run(_ACTIVE, room=room_id, is_active=True)
    counsellors.rooms(tx, site_id, "open", room_id)


def need(tx: Tx, site_id: int, counsellor_id: int, *, needs_one: bool, room_id: int | None = None) -> None:
    """From now on she is met in any room of the site, in a certain one, or in none. Booked meetings stay as they are."""
    counsellors.hold(tx, site_id)
    if all(one.counsellor_id != counsellor_id for one in needs(tx, site_id)):
        raise BadRoom("gone")
    there = {one.id for one in rooms(tx, site_id) if one.active}
    if needs_one and not there:
        raise BadRoom("none")
    if room_id is not None and room_id not in there:
        raise BadRoom("gone")
    tx.run(_FREE_OF, counsellor=counsellor_id)
    if needs_one:
        tx.run(_NEEDED, counsellor=counsellor_id, room=room_id)
    counsellors.rooms(tx, site_id, "need", counsellor_id, needs_one, room_id)
