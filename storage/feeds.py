"""Calendar feeds: the secret address of a counsellor's own calendar, and the meetings it serves without a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, or_, select, text
from sqlmodel import Field, SQLModel

from storage.bookings import BookingRow
from storage.counsellors import CounsellorRow
from storage.departures import KEPT_FOR, Departure
from storage.sites import SiteRow
from storage.sql import Statement, Tx, Utc, table
from storage.staff import StaffRow
from storage.taken import HOLDS_CELLS

BACK, AHEAD = timedelta(days=30), timedelta(days=180)
EVENTS_MAX = 5000
"""More than a person can have in 210 days."""


class FeedRow(SQLModel, table=True):
    """The address of one person; a new one takes the place of the old. Only the hash of its token is kept."""

    __tablename__ = "calendar_feeds"
    staff_id: int = Field(foreign_key="staff.id", primary_key=True)
    token_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose feed an address is."""

    counsellor_id: int
    language: str


@dataclass(frozen=True, slots=True)
class Own:
    """What a person's account page says of her feed."""

    counsels: bool
    """Whether she has a calendar at all."""
    created_at: datetime | None
    """When the address was made; None without one."""


@dataclass(frozen=True, slots=True)
class Event:
    """One meeting of the feed: when, and whether it still stands."""

    booking_id: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    version: int
    changed_at: datetime
    cancelled: bool = False


_f, _s, _b, _d, _k, _site = (
    table(row) for row in (FeedRow, StaffRow, BookingRow, Departure, CounsellorRow, SiteRow)
)
_FIND = Statement(
    select(_s.c.counsellor_id, _s.c.language)
    .join(_f, _f.c.staff_id == _s.c.id)
    .where(_f.c.token_hash == bindparam("hashed"), _s.c.active, _s.c.counsellor_id.is_not(None))
)
_OWN = Statement(
    select(_s.c.counsellor_id, _f.c.created_at)
    .outerjoin(_f, _f.c.staff_id == _s.c.id)
    .where(_s.c.id == bindparam("of_staff"))
)
_LOCK = Statement(select(_s.c.id).where(_s.c.id == bindparam("of_staff")).with_for_update())
_REVOKE = Statement(delete(_f).where(_f.c.staff_id == bindparam("of_staff")))
# The select finds nobody who is kept out or has no calendar: then nothing is written.
_MAKE = Statement(
    insert(_f).from_select(
        ["staff_id", "token_hash", "created_at"],
        select(
            _s.c.id,
            bindparam("hashed", type_=_f.c.token_hash.type),
            bindparam("now", type_=Utc),
        ).where(_s.c.id == bindparam("of_staff"), _s.c.active, _s.c.counsellor_id.is_not(None)),
    )
)
_STANDING = Statement(
    select(
        _b.c.id, _b.c.starts_at, _b.c.ends_at, _site.c.timezone, _b.c.version, _b.c.created_at, _b.c.moved_at
    )
    # Of a joint meeting the other one may sit at another site; the time is told as at the site it is at.
    .join(_k, or_(_k.c.id == _b.c.counsellor_id, _k.c.id == _b.c.second_id))
    .join(_site, _site.c.id == _b.c.site_id)
    .where(
        _k.c.id == bindparam("of_counsellor"),
        text(f"bookings.{HOLDS_CELLS}"),
        _b.c.starts_at >= bindparam("since", type_=Utc),
        _b.c.starts_at < bindparam("until", type_=Utc),
    )
    .order_by(_b.c.starts_at, _b.c.id)
    .limit(EVENTS_MAX)
)
_GONE = Statement(
    select(
        _d.c.booking_id,
        _d.c.starts_at,
        _d.c.ends_at,
        _site.c.timezone,
        _d.c.version,
        _d.c.at.label("left_at"),
    )
    .join(_site, _site.c.id == _d.c.site_id)
    .where(
        _d.c.counsellor_id == bindparam("of_counsellor"),
        _d.c.at > bindparam("after", type_=Utc),
        _d.c.starts_at >= bindparam("since", type_=Utc),
        _d.c.starts_at < bindparam("until", type_=Utc),
    )
    .order_by(_d.c.starts_at, _d.c.booking_id)
    .limit(EVENTS_MAX)
)


def own(tx: Tx, staff_id: int) -> Own:
    """Whether she may have a feed, and since when she has one."""
    row = tx.one(_OWN, of_staff=staff_id)
    if row is None:
        return Own(counsels=False, created_at=None)
    return Own(row.counsellor_id is not None, row.created_at)


def make(tx: Tx, staff_id: int, token_hash: str, now: datetime) -> bool:
    """A new address; the one before is worth nothing from now on. False for somebody without a calendar."""
    tx.one(_LOCK, of_staff=staff_id)  # a second tap, or an admin who keeps her out, waits
    tx.run(_REVOKE, of_staff=staff_id)
    return tx.run(_MAKE, of_staff=staff_id, hashed=token_hash, now=now) == 1


def revoke(tx: Tx, staff_id: int) -> bool:
    """The address is worth nothing from now on; False when there was none."""
    return tx.run(_REVOKE, of_staff=staff_id) == 1


def find(tx: Tx, token_hash: str) -> Owner | None:
    """Whose address this is; None for any that is wrong, revoked, or of somebody who is kept out."""
    row = tx.one(_FIND, hashed=token_hash)
    return None if row is None else Owner(*row)


def events(tx: Tx, counsellor_id: int, now: datetime) -> list[Event]:
    """Her meetings from 30 days back to 180 ahead; one that left her calendar stays for 30 days, as cancelled."""
    window = {"of_counsellor": counsellor_id, "since": now - BACK, "until": now + AHEAD}
    found = [
        Event(
            row.id,
            row.starts_at,
            row.ends_at,
            row.timezone,
            row.version,
            max(row.created_at, row.moved_at or row.created_at),
        )
        for row in tx.all(_STANDING, **window)
    ]
    standing = {event.booking_id for event in found}
    found += [
        replace(Event(*row), cancelled=True)
        for row in tx.all(_GONE, **window, after=now - KEPT_FOR)
        if row.booking_id not in standing
    ]
    return found
