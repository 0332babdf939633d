"""Cells: five minutes of one counsellor, held by one booking. Their primary key is the capacity of the whole house."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache, partial

from sqlalchemy import BigInteger, BindParameter, Table, bindparam, delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Field, SQLModel

from storage.grid import CELL_MS
from storage.sql import InsertNew, Statement, Tx, table, to_ms


class CellRow(SQLModel, table=True):
    """One held cell; `cell` counts five minutes since 1970."""

    __tablename__ = "cells"
    __table_args__ = ({"sqlite_with_rowid": False},)
    counsellor_id: int = Field(primary_key=True, foreign_key="counsellors.id")
    cell: int = Field(primary_key=True)
    booking_id: int = Field(foreign_key="bookings.id", index=True)


class _Hold(InsertNew):
    """Insert so many cells in one statement, those that are free; how many is the row count."""

    def __init__(self, of: Table, whose: str, count: int) -> None:
        super().__init__(of, whose, "cell", "booking_id")
        rows: list[dict[str, BindParameter[int]]] = [
            {
                whose: bindparam("whose"),
                "cell": bindparam(f"cell_{number}"),
                "booking_id": bindparam("booking"),
            }
            for number in range(count)
        ]
        self._by_dialect = {
            "sqlite": sqlite_insert(of).values(rows).on_conflict_do_nothing(),
            "postgresql": postgresql_insert(of).values(rows).on_conflict_do_nothing(),
        }


def _range(starts_at: datetime, ends_at: datetime) -> range:
    return range(to_ms(starts_at) // CELL_MS, to_ms(ends_at) // CELL_MS)


class Cells:
    """The cells of one table, whose primary key is who or what is held, and the cell."""

    def __init__(self, of: Table, whose: str) -> None:
        self._holding: Callable[[int], _Hold] = cache(partial(_Hold, of, whose))
        # One a length of meeting, and a meeting has at most 96 cells. Releasing goes by range, the primary key's own
        # order: no further index for the many small rows.
        self._release = Statement(
            delete(of).where(
                of.c[whose] == bindparam("whose"),
                of.c.cell >= bindparam("first", type_=BigInteger),
                of.c.cell < bindparam("end", type_=BigInteger),
                of.c.booking_id == bindparam("of_booking"),
            )
        )

    def hold(self, tx: Tx, booking_id: int, whose: int, starts_at: datetime, ends_at: datetime) -> bool:
        """Write the cells in order; False when some were taken: the caller gives up the attempt around it."""
        wanted = _range(starts_at, ends_at)
        keys = {f"cell_{number}": cell for number, cell in enumerate(wanted)}
        return tx.run(self._holding(len(wanted)), whose=whose, booking=booking_id, **keys) == len(wanted)

    def release(self, tx: Tx, booking_id: int, whose: int, starts_at: datetime, ends_at: datetime) -> None:
        """Give back the cells of a booking."""
        held = _range(starts_at, ends_at)
        tx.run(self._release, whose=whose, first=held.start, end=held.stop, of_booking=booking_id)


_people = Cells(table(CellRow), "counsellor_id")
hold, release = _people.hold, _people.release
"""Of counsellors; those of rooms are in `storage/rooms.py`."""
