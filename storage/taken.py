"""What is taken: the meetings of some days as masks of the cells in which no other may start."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from storage.grid import CELL_MIN, CELL_MS
from storage.sql import Statement, Tx

HOLDS_CELLS = "state <> 'cancelled'"
"""Which bookings hold their time; literal in index and query alike, so that both databases use the partial index."""
HOLDS_SECOND = "state <> 'cancelled' AND second_id IS NOT NULL"
"""Which of them hold the time of a second counsellor too."""
HOLDS_ROOM = "state <> 'cancelled' AND room_id IS NOT NULL"
"""Which of them hold a room too."""


class listed(GenericFunction[str]):  # noqa: N801 - the name of an SQL function
    """All values of a group as one text, commas between them."""

    type = sa.Text()
    inherit_cache = True


@compiles(listed, "sqlite")
def _group_concat(element: listed, compiler: Any, **options: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **options)})"


@compiles(listed, "postgresql")
def _string_agg(element: listed, compiler: Any, **options: Any) -> str:
    return f"string_agg({compiler.process(element.clauses, **options)}, ',')"


# The bookings table by name, because `storage/bookings.py` stands on this file. There may be thousands in the horizon,
# so they come as one text of numbers (counsellor, first cell, end cell, …): many times quicker than as rows.
_b = sa.table(
    "bookings",
    sa.column("site_id", sa.Integer),
    sa.column("counsellor_id", sa.Integer),
    sa.column("starts_at", sa.BigInteger),
    sa.column("ends_at", sa.BigInteger),
    sa.column("second_id", sa.Integer),
    sa.column("second_site_id", sa.Integer),
    sa.column("room_id", sa.Integer),
)
_COMMA = sa.literal_column("','", sa.Text)


def _numbers(who: sa.ColumnElement[Any], site: sa.ColumnElement[Any], holds: str) -> sa.ScalarSelect[Any]:
    """The meetings of a site in the asked time: who, first cell, end cell, again and again."""
    each = (
        sa.cast(who, sa.Text)
        + _COMMA
        + sa.cast(_b.c.starts_at // CELL_MS, sa.Text)
        + _COMMA
        + sa.cast(_b.c.ends_at // CELL_MS, sa.Text)
    )
    return (
        sa.select(listed(each))
        .where(
            site == sa.bindparam("site_id"),
            _b.c.starts_at >= sa.bindparam("from_ms", type_=sa.BigInteger),
            _b.c.starts_at < sa.bindparam("until_ms", type_=sa.BigInteger),
            sa.text(holds),
        )
        .scalar_subquery()
    )


_TAKEN = Statement(
    sa.select(
        _numbers(_b.c.counsellor_id, _b.c.site_id, HOLDS_CELLS).label("numbers"),
        # Nearly always none: those in which one of this site is the second person, wherever the meeting is.
        _numbers(_b.c.second_id, _b.c.second_site_id, HOLDS_SECOND).label("seconds"),
        # A room counts as somebody whose number is below zero.
        _numbers(-_b.c.room_id, _b.c.site_id, HOLDS_ROOM).label("rooms"),
    )
)
_TOKENS_MAX = 32
_DAYS_MAX = 500


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One local day as the rules alone have it: its cells, and per counsellor those a meeting may start in."""

    first: int
    end: int
    starts: tuple[tuple[int, int], ...]


class Taken:
    """The taken meetings of one day: per counsellor the cells no meeting may start in, and how many she has.

    The same for every room, under its number below zero.
    """

    __slots__ = ("blocked", "load")

    def __init__(self) -> None:
        self.blocked: dict[int, int] = {}
        self.load: dict[int, int] = {}

    def with_one(self, who: int, mask: int) -> Taken:
        """The same and one meeting more."""
        more = Taken()
        more.blocked = {**self.blocked, who: self.blocked.get(who, 0) | mask}
        more.load = {**self.load, who: self.load.get(who, 0) + 1}
        return more

    def is_free(self, day: DayPlan, earliest: int) -> bool:
        """Whether a meeting may still start, not before the cell `earliest`."""
        late = max(0, earliest - day.first)
        blocked = self.blocked
        return any((mask & ~blocked.get(who, 0)) >> late for who, mask in day.starts)

    def free(self, day: DayPlan, earliest: int) -> list[tuple[int, int]]:
        """Per counsellor the cells a meeting may still start in, none before the cell `earliest`."""
        blocked = self.blocked
        left = [(who, mask & ~blocked[who] if who in blocked else mask) for who, mask in day.starts]
        if earliest > day.first:
            late = earliest - day.first
            left = [(who, mask >> late << late) for who, mask in left]
        return left


_Key = tuple[int, int, int]
"""The minutes of a meeting, the first cell of a day and its end."""
_kept: dict[tuple[int, str], dict[_Key, Taken]] = {}
"""By site and token, the oldest first. A token stands for the same meetings for ever, so nothing in here grows old."""


def taken_on(tx: Tx, site_id: int, days: Sequence[DayPlan], minutes: int, booked: str) -> list[Taken]:
    """What is taken on each of these days, given in order of time; nobody may change it.

    A day read once is kept for as long as the site's meetings have the same token `booked`; '' is never kept.
    """
    kept = _kept.get((site_id, booked)) or _keep(site_id, booked, {})
    keys = [(minutes, day.first, day.end) for day in days]
    unread = [day for day, key in zip(days, keys, strict=True) if key not in kept]
    if unread:
        first, end = unread[0].first * CELL_MS, unread[-1].end * CELL_MS
        row = tx.one(_TAKEN, site_id=site_id, from_ms=first, until_ms=end)
        numbers = ",".join(filter(None, row))
        found = spread(orjson.loads(f"[{numbers}]"), unread, minutes)
        if len(kept) >= _DAYS_MAX:  # days pass; the old ones are never asked for again
            kept = _keep(site_id, booked, {key: kept[key] for key in keys if key in kept})
        kept.update(((minutes, day.first, day.end), taken) for day, taken in zip(unread, found, strict=True))
    return [kept[key] for key in keys]


def one_more(site_id: int, before: str, after: str, whose: Sequence[int], begin: int, end: int) -> None:
    """A meeting from cell `begin` to `end` moved the token on: what was kept, and this one, holds under the new token.

    `whose` are its counsellor and, below zero, its room.

    Right even when the transaction is rolled back: then nobody ever reads the new token.
    """
    kept = _kept.get((site_id, before)) if before else None
    if kept is None:
        return
    now = kept.copy()
    for key in kept.copy():
        minutes, first, last = key
        if first <= begin < last:
            for who in whose:
                alone = spread((who, begin, end), (DayPlan(first, last, ()),), minutes)[0]
                now[key] = now[key].with_one(who, alone.blocked[who])
    _keep(site_id, after, now)


def _keep(site_id: int, token: str, days: dict[_Key, Taken]) -> dict[_Key, Taken]:
    """Keep these days under this token, and the newest tokens only."""
    if token:
        for oldest in list(_kept)[: max(0, len(_kept) + 1 - _TOKENS_MAX)]:
            _kept.pop(oldest, None)
        _kept[(site_id, token)] = days
    return days


def forget() -> None:
    """Drop what is kept, to measure the first question."""
    _kept.clear()


def spread(numbers: Sequence[int], days: Sequence[DayPlan], minutes: int) -> list[Taken]:
    """Meetings as (counsellor, first cell, end cell, …) laid on these days."""
    found = [Taken() for _ in days]
    before = minutes // CELL_MIN - 1
    firsts = [day.first for day in days]
    opens = closes = 0
    blocked = load = found[0].load
    for who, begin, end in zip(numbers[0::3], numbers[1::3], numbers[2::3], strict=True):
        if not opens <= begin < closes:  # mostly in order of time, but no database promises it
            at = bisect_right(firsts, begin) - 1
            opens, closes = days[at].first, days[at].end
            blocked, load = found[at].blocked, found[at].load
            if begin >= closes:
                continue  # on a day between two that were asked for
        low = begin - opens - before
        mask = (1 << (end - opens)) - (1 << low if low > 0 else 1)
        if who in blocked:
            blocked[who] |= mask
            load[who] += 1
        else:
            blocked[who] = mask
            load[who] = 1
    return found
