"""What a test asks about one day of a site."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from storage.bookings import Booking, BookingRow
from storage.sql import Tx, table
from tests.helpers import make

_b = table(BookingRow)


def booked(tx: Tx, site_id: int, day: date) -> list[Booking]:
    """Every booking of a site on a local day, in order of time; cancelled ones too."""
    columns = [_b.c[name] for name in Booking.__dataclass_fields__]
    rows = tx.query(select(*columns).where(_b.c.site_id == site_id).order_by(_b.c.starts_at, _b.c.id))
    return [Booking(*row) for row in rows if row.starts_at.astimezone(ZoneInfo(make.ZONE)).date() == day]
