"""Rooms: who needs one, which a meeting may be in, and the five minutes each is held for.

Capacity is the primary key of `room_cells`, as it is `cells` for counsellors. Which room a meeting has is decided while
the site's row of `calendar_versions` is locked, so whoever takes or frees a room waits for nobody else who does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint, bindparam, select
from sqlmodel import Field, SQLModel

from storage.cells import Cells
from storage.counsellors import CounsellorRow
from storage.grid import CELL_MS
from storage.sql import Statement, Tx, table, to_ms
from storage.taken import DayPlan, Taken

if TYPE_CHECKING:
    from storage.bookings import Booking
    from storage.calendars import Wanted

SEATS_MIN, SEATS_MAX = 2, 500
NAME_MAX, NOTE_MAX = 40, 60


class RoomRow(SQLModel, table=True):
    """A room of a site. A closed one stays: past meetings were in it."""

    __tablename__ = "rooms"
    __table_args__ = (
        UniqueConstraint("site_id", "name"),
        CheckConstraint("seats BETWEEN 2 AND 500", name="seats_for_two"),
        CheckConstraint("name <> ''", name="has_name"),
    )
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id")
    name: str
    seats: int
    step_free: bool = False
    note: str = ""
    """Where it is, for example on which floor."""
    active: bool = True


class NeedRow(SQLModel, table=True):
    """A counsellor who meets people in a room: any of her site, or one certain. Who has no row needs none."""

    __tablename__ = "room_needs"
    counsellor_id: int = Field(primary_key=True, foreign_key="counsellors.id")
    room_id: int | None = Field(default=None, foreign_key="rooms.id")


class RoomCellRow(SQLModel, table=True):
    """One held cell of a room; `cell` counts five minutes since 1970."""

    __tablename__ = "room_cells"
    __table_args__ = ({"sqlite_with_rowid": False},)
    room_id: int = Field(primary_key=True, foreign_key="rooms.id")
    cell: int = Field(primary_key=True)
    booking_id: int = Field(foreign_key="bookings.id", index=True)


@dataclass(frozen=True, slots=True)
class Room:
    """A room as the others see it."""

    id: int
    name: str
    seats: int
    step_free: bool
    note: str
    active: bool

    @property
    def said(self) -> str:
        """Its name and where it is."""
        return f"{self.name}, {self.note}" if self.note else self.name


_r, _n, _c, _k = table(RoomRow), table(NeedRow), table(RoomCellRow), table(CounsellorRow)
COLUMNS = [_r.c[field.name] for field in fields(Room)]
_OPEN = Statement(
    select(*COLUMNS)
    .where(_r.c.site_id == bindparam("of_site"), _r.c.active)
    # The first is given first: one without steps, because nobody is asked about her legs, then the smallest that fits.
    .order_by(_r.c.step_free.desc(), _r.c.seats, _r.c.id)
)
_NEEDS = Statement(
    select(_n.c.counsellor_id, _n.c.room_id)
    .join(_k, _k.c.id == _n.c.counsellor_id)
    .where(_k.c.site_id == bindparam("of_site"))
)
_GET = Statement(select(*COLUMNS).where(_r.c.id == bindparam("room_id")))
_HELD = Statement(
    select(_c.c.room_id)
    .distinct()
    .join(_r, _r.c.id == _c.c.room_id)
    .where(
        _r.c.site_id == bindparam("of_site"),
        _c.c.cell >= bindparam("first", type_=BigInteger),
        _c.c.cell < bindparam("end", type_=BigInteger),
    )
)
_cells = Cells(_c, "room_id")


class Rooms:
    """The open rooms of a site and who needs one. Nothing in it changes."""

    __slots__ = ("needs", "open")

    def __init__(self, rooms: Sequence[Room], needs: dict[int, int | None]) -> None:
        self.open = tuple(rooms)
        self.needs = needs
        """By counsellor; None is any room."""

    def concern(self, mode: str) -> bool:
        """Whether a meeting of this way may need one."""
        return mode == "person" and bool(self.needs)

    def suiting(self, mode: str, who: int, second: int | None) -> tuple[int, ...] | None:
        """The rooms a meeting may be in, in the order to ask; None when it needs none.

        A joint one is in one room for three: the certain one of the first, or of the second, if it is big enough.
        """
        both = (who,) if second is None else (who, second)
        asking = [one for one in both if one in self.needs]
        if mode != "person" or not asking:
            return None
        seats = SEATS_MIN if second is None else SEATS_MIN + 1
        big = tuple(room.id for room in self.open if room.seats >= seats)
        for one in asking:
            certain = self.needs[one]
            if certain is not None and certain in big:
                return (certain,)
        return big

    def narrowed(self, wanted: Wanted, days: Sequence[DayPlan], taken: list[Taken]) -> list[Taken]:
        """What is taken on each of these days, and for who needs a room also the times at which none is free."""
        if not self.concern(wanted.mode):
            return taken
        second = None if wanted.second is None else wanted.second.counsellor_id
        return [self._narrowed(wanted.mode, second, day, one) for day, one in zip(days, taken, strict=True)]

    def _narrowed(self, mode: str, second: int | None, day: DayPlan, taken: Taken) -> Taken:
        more = Taken()
        more.load, more.blocked = taken.load, dict(taken.blocked)
        full: dict[tuple[int, ...], int] = {}
        for who, _ in day.starts:
            suiting = self.suiting(mode, who, second)
            if suiting is None:
                continue
            if suiting not in full:
                mask = -1  # of no room at all every cell is taken
                for room in suiting:
                    mask &= taken.blocked.get(-room, 0)
                full[suiting] = mask
            more.blocked[who] = more.blocked.get(who, 0) | full[suiting]
        return more


def read(tx: Tx, site_id: int) -> Rooms:
    """The rooms of a site as they are now."""
    found = [Room(*row) for row in tx.all(_OPEN, of_site=site_id)]
    needs = {row.counsellor_id: row.room_id for row in tx.all(_NEEDS, of_site=site_id)} if found else {}
    return Rooms(found, needs)


def get(tx: Tx, room_id: int) -> Room | None:
    """A room, also a closed one."""
    row = tx.one(_GET, room_id=room_id)
    return None if row is None else Room(*row)


def of(tx: Tx, booking: Booking) -> Room | None:
    """The room of a meeting, if it has one."""
    return None if booking.room_id is None else get(tx, booking.room_id)


# --- held, and only while the site's calendar is locked ---


def hold(tx: Tx, site_id: int, booking: Booking, asked: Sequence[int]) -> int | None:
    """Take the first of these rooms that is free then, if possible the one it has; None when none is.

    Which look free is only the order in which they are asked; the write itself answers.
    """
    first, end = (to_ms(at) // CELL_MS for at in (booking.starts_at, booking.ends_at))
    held = {row.room_id for row in tx.all(_HELD, of_site=site_id, first=first, end=end)}
    for room in sorted(asked, key=lambda one: (one in held, one != booking.room_id)):
        if _cells.hold(tx, booking.id, room, booking.starts_at, booking.ends_at):
            return room
        _cells.release(tx, booking.id, room, booking.starts_at, booking.ends_at)
    return None


def release(tx: Tx, room_id: int | None, booking_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """Give back the room of a meeting, if it has one."""
    if room_id is not None:
        _cells.release(tx, booking_id, room_id, starts_at, ends_at)
