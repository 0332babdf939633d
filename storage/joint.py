"""Joint meetings: the times at which a second person can be there too, and wishes that leave people out.

The second person need not keep the first one's grid: she must be at work, and free, in every cell of the meeting.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from storage import sites
from storage.grid import CELL_MIN
from storage.sites import Site
from storage.sql import Tx
from storage.taken import DayPlan, taken_on

if TYPE_CHECKING:
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
