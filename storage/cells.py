"""Cells: five minutes of one counsellor, held by one booking. Their primary key is the capacity of the whole house."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import BigInteger, BindParameter, bindparam, delete
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


_cell = table(CellRow)
# By counsellor and range, the primary key's own order: no further index for the many small rows.
_RELEASE = Statement(
    delete(_cell).where(
        _cell.c.counsellor_id == bindparam("of_counsellor"),
        _cell.c.cell >= bindparam("first", type_=BigInteger),
        _cell.c.cell < bindparam("end", type_=BigInteger),
        _cell.c.booking_id == bindparam("of_booking"),
    )
)


class _Hold(InsertNew):
    """Insert so many cells in one statement, those that are free; how many is the row count."""

    def __init__(self, count: int) -> None:
        super().__init__(_cell, "counsellor_id", "cell", "booking_id")
        rows: list[dict[str, BindParameter[int]]] = [
            {
                "counsellor_id": bindparam("counsellor"),
                "cell": bindparam(f"cell_{number}"),
                "booking_id": bindparam("booking"),
            }
            for number in range(count)
        ]
        self._by_dialect = {
            "sqlite": sqlite_insert(_cell).values(rows).on_conflict_do_nothing(),
            "postgresql": postgresql_insert(_cell).values(rows).on_conflict_do_nothing(),
        }


_holding = cache(_Hold)  # one a length of meeting, and a meeting has at most 96 cells


def _range(starts_at: datetime, ends_at: datetime) -> range:
    return range(to_ms(starts_at) // CELL_MS, to_ms(ends_at) // CELL_MS)


def hold(tx: Tx, booking_id: int, counsellor_id: int, starts_at: datetime, ends_at: datetime) -> bool:
    """Write the cells in order; False when some were taken: the caller gives up the attempt around it."""
    wanted = _range(starts_at, ends_at)
    keys = {f"cell_{number}": cell for number, cell in enumerate(wanted)}
    return tx.run(_holding(len(wanted)), counsellor=counsellor_id, booking=booking_id, **keys) == len(wanted)


def release(tx: Tx, booking_id: int, counsellor_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """Give back the cells of a booking."""
    held = _range(starts_at, ends_at)
    tx.run(_RELEASE, of_counsellor=counsellor_id, first=held.start, end=held.stop, of_booking=booking_id)
