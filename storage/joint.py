"""Joint meetings: the times at which a second person can be there too, and wishes that leave people out.

And what taking and cancelling a meeting does to the calendars of everybody in it, joint or not.

The second person need not keep the first one's grid: she must be at work, and free, in every cell of the meeting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from storage import cells, counsellors, departures, messages, rooms, sites
from storage.grid import CELL_MIN
from storage.rooms import Rooms
from storage.sites import Site
from storage.sql import Tx
from storage.taken import DayPlan, taken_on

if TYPE_CHECKING:
    from storage.bookings import Booking
    from storage.calendars import Second, Wanted, _Calendar

Current = Callable[[Tx, Site], "tuple[_Calendar, str]"]
"""The rules of a site as they are now, and the token of its meetings."""


def narrowed(
    tx: Tx, wanted: Wanted, planned: DayPlan, day: date, minutes: int, current: Current, *, by_rules: bool
) -> DayPlan:
    """The day without those who are not wanted, and with only the times at which the second person can be there."""
    second = wanted.second
    both = (
        -1
        if second is None
        else _starts(tx, wanted, second, planned, day, minutes, current, by_rules=by_rules)
    )
    nobody = wanted.without | ({second.counsellor_id} if second is not None else set())
    return DayPlan(
        planned.first,
        planned.end,
        tuple(
            (who, mask & both)
            for who, mask in planned.starts
            if mask & both and who not in nobody and wanted.only in (None, who)
        ),
    )


def _starts(
    tx: Tx,
    wanted: Wanted,
    second: Second,
    planned: DayPlan,
    day: date,
    minutes: int,
    current: Current,
    *,
    by_rules: bool,
) -> int:
    """The cells of the first one's day from which the second is at work, and free unless only the rules are asked."""
    calendar, booked = current(tx, second.site)
    hers = calendar.counsellors.get(second.counsellor_id)
    if hers is None or not hers.active or wanted.mode not in hers.modes or hers.id in wanted.without:
        return 0
    if sites.closed_days(tx, second.site.id, day, day):
        return 0
    at_work = calendar.expanded(day, CELL_MIN, wanted.mode)
    free = dict(at_work.starts).get(hers.id, 0)
    if not by_rules:
        free &= ~taken_on(tx, second.site.id, [at_work], CELL_MIN, booked)[0].blocked.get(hers.id, 0)
    whole = free
    for cell in range(1, minutes // CELL_MIN):
        whole &= free >> cell
    later = at_work.first - planned.first
    return whole << later if later >= 0 else whole >> -later


# --- the calendars of everybody in it ---


def holds(tx: Tx, booking: Booking) -> bool:
    """Whether the cells of everybody in it are the booking's now; if one of them was taken, none is."""
    if all(cells.hold(tx, booking.id, one, booking.starts_at, booking.ends_at) for one in _in_order(booking)):
        return True
    free(tx, booking)
    return False


def free(tx: Tx, booking: Booking) -> None:
    """Give back the time of everybody in it. Its room is given back once the site's calendar is locked."""
    for one in _in_order(booking):
        cells.release(tx, booking.id, one, booking.starts_at, booking.ends_at)


def _in_order(booking: Booking) -> tuple[int, ...]:
    """Of two joint meetings that want the same two, each takes the cells in the same order: neither waits for the other."""
    return tuple(sorted({booking.counsellor_id, booking.second_id or booking.counsellor_id}))


def at_sites(booking: Booking) -> tuple[int, ...]:
    """The sites whose calendars it stands in, always in one order."""
    return tuple(sorted({booking.site_id, booking.second_site_id or booking.site_id}))


def called_off(tx: Tx, was: Booking, now: datetime) -> None:
    """The change that was just written cancelled it: everybody's time is free, and nothing more is sent about it."""
    free(tx, was)
    left(tx, was, was.counsellor_id, was.site_id, now)
    if was.second_id is not None and was.second_site_id is not None:
        left(tx, was, was.second_id, was.second_site_id, now)
    messages.cancel_about(tx, was.subject)
    for site_id in at_sites(was):
        counsellors.booked(tx, site_id, "cancel", was.id, was.starts_at)
    rooms.release(tx, was.room_id, was.id, was.starts_at, was.ends_at)


def housed(tx: Tx, booking: Booking, was: Booking | None = None) -> Booking | None:
    """The meeting with a room, if it needs one, instead of the room it had; None when none is free.

    After the cells of people, never before: from here on nobody else takes or frees a room of its sites.
    """
    for site_id in at_sites(booking):
        counsellors.hold(tx, site_id)
    if was is not None:
        rooms.release(tx, was.room_id, was.id, was.starts_at, was.ends_at)
    needed = rooms.read(tx, booking.site_id)  # as it is now: nobody changes it any more
    asked = needed.suiting(booking.mode, booking.counsellor_id, booking.second_id)
    room = None if asked is None else rooms.hold(tx, booking.site_id, booking, asked)
    return None if asked is not None and room is None else replace(booking, room_id=room)


def elsewhere(needed: Rooms, without: Booking, asked: list[int]) -> list[int]:
    """Those still to ask after no room was free for this one: whoever may meet her in another room, or needs none."""

    def suiting(who: int) -> tuple[int, ...] | None:
        return needed.suiting(without.mode, who, without.second_id)

    full = set(suiting(without.counsellor_id) or ())
    rest = asked[asked.index(without.counsellor_id) + 1 :]
    return [who for who in rest if (rooms_of := suiting(who)) is None or set(rooms_of) - full]


def left(tx: Tx, was: Booking, who: int, site_id: int, now: datetime) -> None:
    """The change that was just written took the meeting out of this counsellor's calendar: her feed tells it."""
    departures.left(tx, was.id, who, site_id, was.starts_at, was.ends_at, version=was.version + 1, now=now)
