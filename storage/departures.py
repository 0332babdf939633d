"""Meetings that left a counsellor's calendar: cancelled, or moved to a colleague. Her calendar feed has to say so."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, delete, insert, or_
from sqlmodel import Field, SQLModel

from storage.sql import Statement, Tx, Utc, table

KEPT_FOR = timedelta(days=30)
"""So long a calendar program may stay away and still learn that a meeting is gone."""


class Departure(SQLModel, table=True):
    """A meeting as it was when it left. The booking itself may be gone by now, so no key holds it."""

    __tablename__ = "booking_departures"
    counsellor_id: int = Field(foreign_key="counsellors.id", primary_key=True)
    booking_id: int = Field(primary_key=True)
    site_id: int = Field(foreign_key="sites.id")
    starts_at: datetime = Field(sa_type=Utc)
    ends_at: datetime = Field(sa_type=Utc)
    version: int
    """Of the booking after the change."""
    at: datetime = Field(sa_type=Utc, index=True)


_d = table(Departure)
_CLEAR = Statement(
    delete(_d).where(
        or_(
            and_(
                _d.c.counsellor_id == bindparam("of_counsellor"),
                _d.c.booking_id == bindparam("of_booking"),
            ),
            _d.c.at < bindparam("before", type_=Utc),
        )
    )
)
_ADD = Statement(insert(_d).values({column.name: bindparam(column.name) for column in _d.columns}))


def left(
    tx: Tx,
    booking_id: int,
    counsellor_id: int,
    site_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    version: int,
    now: datetime,
) -> None:
    """Note that this counsellor no longer has this meeting; `version` is the booking's after the change. Old notes go."""
    tx.run(_CLEAR, of_counsellor=counsellor_id, of_booking=booking_id, before=now - KEPT_FOR)
    tx.run(
        _ADD,
        counsellor_id=counsellor_id,
        booking_id=booking_id,
        site_id=site_id,
        starts_at=starts_at,
        ends_at=ends_at,
        version=version,
        at=now,
    )
