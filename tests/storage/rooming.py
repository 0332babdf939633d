"""A site with rooms for tests: its counsellors, who needs one, and that what is held is what is booked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from storage import (
    bookings,
    calendars,
    roomplans,
)
from storage.bookings import Booking, BookingRow, Taken
from storage.calendars import Wanted
from storage.db import Database
from storage.grid import CELL_MS
from storage.roomplans import Facts
from storage.rooms import RoomCellRow
from storage.sql import table, to_ms
from tests.helpers import make
from tests.storage.offices import NINE, NOON, at, member, office, wanted

NOW = make.MONDAY
TUESDAY = date(2026, 3, 3)


@dataclass
class House:
    """A site with three counsellors, whoever needs a room, and its rooms."""

    db: Database

    def __post_init__(self) -> None:
        self.site, self.who = self.db.write(lambda tx: office(tx, hours=(NINE, NOON), people=3))
        self.rooms: list[int] = []
        self._members = 0

    def opens(self, *seats: int) -> list[int]:
        for one in seats:
            facts = Facts(f"Room {len(self.rooms) + 1}", one)
            self.rooms.append(self.db.write(lambda tx, f=facts: roomplans.add(tx, self.site.id, f)))  # type: ignore[misc]  # bound now
        return self.rooms

    def need(self, who: int, room: int | None = None, *, needs_one: bool = True) -> None:
        self.db.write(lambda tx: roomplans.need(tx, self.site.id, who, needs_one=needs_one, room_id=room))

    def close(self, room: int, sure: str = "") -> None:
        self.db.write(lambda tx: roomplans.close(tx, self.site.id, room, now=NOW, sure=sure))

    def member(self) -> tuple[int, int]:
        self._members += 1
        return self.db.write(lambda tx: member(tx, f"member {self._members}", NOW))

    def takes(self, start: datetime, wish: Wanted | None = None) -> Any:
        who, chat = self.member()
        asked = wish or wanted(self.site)
        return self.db.write(
            lambda tx: bookings.take(tx, asked, start, member_id=who, conversation_id=chat, now=NOW)
        )

    def has(self, start: datetime, wish: Wanted | None = None) -> Booking:
        outcome = self.takes(start, wish)
        assert isinstance(outcome, Taken)
        return outcome.booking

    def moves(self, booking: Booking, start: datetime, **wish: Any) -> Any:
        asked = replace(wanted(self.site, booking.topic), **wish)
        return self.db.write(
            lambda tx: bookings.move(tx, booking.id, asked, start, member_id=booking.member_id, now=NOW)
        )

    def now(self, booking: Booking) -> Booking:
        found = self.db.read(lambda tx: bookings.find(tx, booking.id, booking.member_id))
        assert found is not None
        return found

    def free(self, wish: Wanted | None = None) -> list[str]:
        asked = wish or wanted(self.site)
        slots = self.db.read(lambda tx: calendars.free_slots(tx, asked, TUESDAY, NOW))
        return [slot.starts_at.astimezone(at(TUESDAY, 9).tzinfo).strftime("%H:%M") for slot in slots]

    def held(self) -> set[int]:
        """The rooms that are held; what is held is exactly what is booked."""
        fits(self.db)
        rows = self.db.read(lambda tx: tx.query(select(table(RoomCellRow))))
        return {row.room_id for row in rows}


def fits(db: Database) -> None:
    """Each meeting that is not cancelled holds the cells of its room, and nothing else holds any."""
    held = {
        (row.room_id, row.cell, row.booking_id)
        for row in db.read(lambda tx: tx.query(select(table(RoomCellRow))))
    }
    booked = db.read(
        lambda tx: tx.query(select(table(BookingRow)).where(table(BookingRow).c.state != "cancelled"))
    )
    assert held == {
        (row.room_id, cell, row.id)
        for row in booked
        if row.room_id is not None
        for cell in range(to_ms(row.starts_at) // CELL_MS, to_ms(row.ends_at) // CELL_MS)
    }
    assert all(row.mode == "person" for row in booked if row.room_id is not None)
