"""The numbers of a site: what is counted in a period, and which counts may be shown so that none under five can be worked out.

Definitions and the reasoning stand in `docs/numbers.md`. A period is whole months that are over. It is cut into whole years,
whole quarters and months; a piece is shown only when everything beside it in the same year may be shown as well, so that no two
periods can be subtracted. Inside a table a line is shown whole or not at all; hidden lines are told together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage import numbers
from storage.grid import local_midnight
from storage.numbers import BOOKING, VISIT, Fact, Place
from storage.sql import Tx

LEAST = 5
"""A count from 1 to one less is hidden."""
FIGURES = ("visits", "people", "bookings", "kept")
TABLES = ("language", "topic")
MONTHS_MAX = 60
FIRST_YEAR = 2000
LAST_TO_HIDE = ("sl", "sq", "en")
"""The languages that are hidden last when one more line must be. The order never depends on a count: that would tell it."""
Value = str | None
"""Of a line: a topic, a language; None is unknown."""
Counts = tuple[int, ...]
"""One for each of FIGURES."""
Shown = tuple[int | None, ...]
"""The same, with None for what is hidden."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the wall calendar."""

    year: int
    month: int

    @property
    def index(self) -> int:
        """Months since the year 0."""
        return self.year * 12 + self.month - 1

    @property
    def name(self) -> str:
        """As 2026-03."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)


def at_index(index: int) -> Month:
    """The month so many months after the year 0."""
    return Month(index // 12, index % 12 + 1)


def month_of(told: str) -> Month | None:
    """The month of `2026-03`; None for anything else."""
    year, dash, month = told.strip().partition("-")
    if not (dash and year.isascii() and year.isdecimal() and len(year) == 4 and month.isascii()):
        return None
    if not (month.isdecimal() and len(month) <= 2 and 1 <= int(month) <= 12 and int(year) >= FIRST_YEAR):
        return None
    return Month(int(year), int(month))


def last_over(now: datetime, zone: ZoneInfo) -> Month:
    """The last month that is over: an unfinished one would show what each day adds."""
    local = now.astimezone(zone)
    return at_index(Month(local.year, local.month).index - 1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first month to the last, both included."""

    first: Month
    last: Month

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first.index, self.last.index + 1))

    def __len__(self) -> int:
        return self.last.index - self.first.index + 1


def quick(now: datetime, zone: ZoneInfo) -> dict[str, Period]:
    """The periods that are one tap away, by the key of their name; only what has begun and is over."""
    last = last_over(now, zone)
    quarter = last.index - (last.index + 1) % 3
    found = {
        "month": Period(last, last),
        "quarter": Period(at_index(quarter - 2), at_index(quarter)),
        "this-year": Period(Month(last.year, 1), last),
    }
    if last.month != 12:
        found["last-year"] = Period(Month(last.year - 1, 1), Month(last.year - 1, 12))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table. `value` None is unknown."""

    value: Value
    shown: Shown


@dataclass(frozen=True, slots=True)
class Table:
    """Lines that are shown, whether there are others, and what these have together. Their names alone would tell something."""

    name: str
    lines: tuple[Line, ...]
    hidden: bool
    together: Shown


@dataclass(frozen=True, slots=True)
class Report:
    """A site and a period."""

    place: Place
    period: Period
    total: Shown
    months: tuple[tuple[Month, Shown], ...]
    tables: tuple[Table, ...]
    removed: bool
    """Whether retention removed meetings of this period: their people and languages are unknown."""


@dataclass
class _Tally:
    """What one line has in one month."""

    visits: int = 0
    bookings: int = 0
    kept: int = 0
    people: set[int] = field(default_factory=set)

    def add(self, fact: Fact) -> None:
        """One more fact."""
        if fact.kind == VISIT:
            self.visits += fact.n
            return
        self.bookings += fact.n
        if fact.kept:
            self.kept += fact.n
            if fact.person is not None:
                self.people.add(fact.person)


class Counting:
    """The facts of a site over whole years, by line and month; `last` is the last month that is over."""

    def __init__(self, facts: Iterable[Fact], first: int, last: int, order: dict[str, list[Value]]) -> None:
        self.first, self.last, self._order = first, last, order
        self._all: dict[int, _Tally] = {}
        self._by: dict[str, dict[Value, dict[int, _Tally]]] = {name: {} for name in TABLES}
        self.removed: set[int] = set()
        for fact in facts:
            month = first + fact.month
            self._all.setdefault(month, _Tally()).add(fact)
            for name in TABLES:
                lines = self._by[name].setdefault(getattr(fact, name), {})
                lines.setdefault(month, _Tally()).add(fact)
            if fact.kind not in (VISIT, BOOKING):
                self.removed.add(month)
        self._kept: dict[tuple[object, ...], frozenset[Value]] = {}
        self._told: dict[tuple[int, int], tuple[bool, ...]] = {}

    def count(self, months: Iterable[int]) -> Counts:
        """Everything in these months."""
        return _summed(self._all, months)

    def of(self, name: str, values: Iterable[Value], months: Sequence[int]) -> Counts:
        """These lines of a table together."""
        found: dict[int, list[_Tally]] = {}
        for value in values:
            for month, tally in self._by[name].get(value, {}).items():
                found.setdefault(month, []).append(tally)
        return _union([tally for month in months for tally in found.get(month, ())])

    def values(self, name: str, months: Iterable[int]) -> list[Value]:
        """The lines that have anything in the years of these months: the first are hidden last."""
        years = {month // 12 for month in months}
        found = {value for value, of in self._by[name].items() if any(month // 12 in years for month in of)}
        known = [value for value in self._order[name] if value in found]
        rest = sorted(value for value in found - set(known) if value is not None)
        return [*known, *rest, *([None] if None in found else [])]

    # --- pieces ---

    def beside(self, piece: Sequence[int]) -> list[tuple[int, ...]]:
        """The pieces of the same size that make up the next greater one, this one among them."""
        if len(piece) == 12:
            return [tuple(piece)]
        size, whole = (3, 12) if len(piece) == 3 else (1, 3)
        begin = piece[0] // whole * whole
        found = [tuple(range(at, at + size)) for at in range(begin, begin + whole, size)]
        return [one for one in found if one[-1] <= self.last]

    def above(self, piece: Sequence[int]) -> tuple[int, ...]:
        """The next greater piece, when it is over."""
        if len(piece) == 12:
            return ()
        size = 12 if len(piece) == 3 else 3
        begin = piece[0] // size * size
        return tuple(range(begin, begin + size)) if begin + size - 1 <= self.last else ()

    # --- what may be shown ---

    def open(self, piece: Sequence[int]) -> tuple[bool, ...]:
        """Which figures of the whole may be told for this piece: none beside it is small, nor beside what it is a part of."""
        known = self._told.get((piece[0], len(piece)))
        if known is None:
            known = self._told[piece[0], len(piece)] = self._open(piece)
        return known

    def _open(self, piece: Sequence[int]) -> tuple[bool, ...]:
        found = [_open(self.count(one)) for one in self.beside(piece)]
        told = tuple(all(one[at] for one in found) for at in range(len(FIGURES)))
        above = self.above(piece)
        if not above:
            return told
        return tuple(mine and its for mine, its in zip(told, self.open(above), strict=True))

    def own(self, name: str, piece: tuple[int, ...]) -> frozenset[Value]:
        """The lines that may be told one by one for this piece."""
        key = (name, piece[0], len(piece))
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._own(name, piece)
        return found

    def _own(self, name: str, piece: tuple[int, ...]) -> frozenset[Value]:
        blocks, values = self.beside(piece), self.values(name, piece)
        above = self.above(piece)
        allowed = set(values) & self.own(name, above) if above else set(values)
        is_open = {
            value: all(all(_open(self.of(name, (value,), block))) for block in blocks) for value in values
        }
        is_empty = {
            value: not any(any(self.of(name, (value,), block)) for block in blocks) for value in values
        }
        own = [value for value in values if is_open[value] and (value in allowed or is_empty[value])]
        hidden = [value for value in values if value not in own]
        small = sum(not is_open[value] for value in hidden)
        told = self.open(piece)
        while hidden and not self._enough(name, hidden, small, blocks, told):
            movable = [value for value in own if not is_empty[value]]
            if not movable:
                return frozenset()
            own.remove(movable[-1])
            hidden.append(movable[-1])
        return frozenset(own)

    def _enough(
        self,
        name: str,
        hidden: Sequence[Value],
        small: int,
        blocks: Sequence[tuple[int, ...]],
        told: Sequence[bool],
    ) -> bool:
        """Whether what the hidden lines have together leaves every small one of them open, whoever knows the rule."""
        others = len(hidden) - small
        for block in blocks:
            for figure, n in enumerate(self.of(name, hidden, block)):
                if not told[figure] or n == 0:
                    continue
                if n < LEAST * others + small + LEAST - 2:
                    return False
                most = (LEAST - 1) * small
                if others == 0 and most - (LEAST - 2) < n <= most:
                    return False
        return True


def _summed(of: dict[int, _Tally], months: Iterable[int]) -> Counts:
    return _union([of[month] for month in months if month in of])


def _union(tallies: Sequence[_Tally]) -> Counts:
    """One count for each figure; a person counts once."""
    people = set().union(*(one.people for one in tallies))
    return (
        sum(one.visits for one in tallies),
        len(people),
        sum(one.bookings for one in tallies),
        sum(one.kept for one in tallies),
    )


def _open(counts: Counts) -> tuple[bool, ...]:
    return tuple(n == 0 or n >= LEAST for n in counts)


def cut(period: Period) -> list[tuple[int, ...]]:
    """The period as whole years, whole quarters and months."""
    found, at, end = [], period.first.index, period.last.index + 1
    while at < end:
        size = next(n for n in (12, 3, 1) if at % n == 0 and at + n <= end)
        found.append(tuple(range(at, at + size)))
        at += size
    return found


def report(tx: Tx, place: Place, period: Period, now: datetime) -> Report:
    """The numbers of a site in a period that is over."""
    zone = ZoneInfo(place.timezone)
    # Whole years: what may be shown of a month depends on the months beside it.
    first, end = period.first.year * 12, (period.last.year + 1) * 12
    months = [at_index(index) for index in range(first, end + 1)]
    edges = [local_midnight(month.first, zone) for month in months]
    found = numbers.facts(tx, place.id, edges, [month.name for month in months[:-1]])
    order: dict[str, list[Value]] = {"language": list(LAST_TO_HIDE), "topic": list(place.topics)}
    return reported(place, period, Counting(found, first, last_over(now, zone).index, order))


def reported(place: Place, period: Period, counting: Counting) -> Report:
    """What may be shown of what was counted."""
    pieces, months = cut(period), list(period)
    told = _all([counting.open(piece) for piece in pieces])
    rows = [(at_index(index), _hide(counting.count([index]), counting.open((index,)))) for index in months]
    return Report(
        place,
        period,
        _hide(counting.count(months), told),
        tuple(rows),
        tuple(_table(counting, name, pieces, months, told) for name in TABLES),
        bool(counting.removed & set(months)),
    )


def _table(
    counting: Counting,
    name: str,
    pieces: Sequence[tuple[int, ...]],
    months: Sequence[int],
    told: Sequence[bool],
) -> Table:
    values = counting.values(name, months)
    # A line that has nothing in the year of a piece is told there as nothing.
    own = [
        value
        for value in values
        if all(
            value in counting.own(name, piece) or value not in counting.values(name, piece)
            for piece in pieces
        )
    ]
    hidden = [value for value in values if value not in own]
    lines = (Line(value, counting.of(name, (value,), months)) for value in own)
    return Table(
        name,
        tuple(line for line in lines if any(n for n in line.shown)),
        bool(hidden),
        _hide(counting.of(name, hidden, months), told),
    )


def _hide(counts: Counts, told: Sequence[bool]) -> Shown:
    return tuple(n if shown else None for n, shown in zip(counts, told, strict=True))


def _all(flags: Sequence[Sequence[bool]]) -> tuple[bool, ...]:
    return tuple(all(column) for column in zip(*flags, strict=True))
