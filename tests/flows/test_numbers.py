"""Which counts may be shown: whoever knows the rule and opens every page still cannot work out a hidden one from 1 to 4."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from flows import numbers
from flows.numbers import LEAST, Counting, Month, Period, Report
from storage.numbers import BOOKING, VISIT, Fact, Place

ZONE = ZoneInfo("Europe/Ljubljana")
PLACE = Place(1, "Točka", "Celje", "Europe/Ljubljana", ("a", "b", "c", "d"))
YEAR = 2025
FIRST = YEAR * 12
Cells = dict[tuple[str, int], int]
"""(topic, month of the year) -> how many."""


def counting(cells: Cells, kept: Cells | None = None, last: int = 11) -> Counting:
    """A year in which nobody's language differs; `kept` of the meetings were kept."""
    facts = [Fact(BOOKING, month, topic, "sl", n) for (topic, month), n in cells.items() if n]
    facts += [Fact(BOOKING, month, topic, "sl", n, True) for (topic, month), n in (kept or {}).items() if n]
    return Counting(facts, FIRST, FIRST + last, {"language": ["sl"], "topic": list(PLACE.topics)})


def period(first: int, last: int) -> Period:
    return Period(Month(YEAR, first + 1), Month(YEAR, last + 1))


def seen(of: Counting, periods: list[Period]) -> tuple[object, ...]:
    """Everything the pages of these periods say."""
    found = [numbers.reported(PLACE, one, of) for one in periods]
    return tuple((one.total, one.months, one.tables) for one in found)


def hidden_small(of: Counting, cells: Cells, one: Period) -> Iterator[tuple[str, int]]:
    """The lines of a period with 1 to 4, which must not be told, by name and count."""
    report = numbers.reported(PLACE, one, of)
    for topic in {topic for topic, _ in cells}:
        n = sum(cells.get((topic, index - FIRST), 0) for index in one)
        if 0 < n < LEAST:
            told = {line.value: line.shown for line in report.tables[1].lines}
            assert topic not in told
            yield topic, n


WORLDS = {
    # topics, months of the year that hold anything, how much in all, the periods that are looked at
    "two lines": ("ab", (2,), 12, "2-2 0-2 0-11"),
    "three lines": ("abc", (2,), 9, "2-2 0-11"),
    "two months": ("ab", (0, 1), 7, "0-0 1-1 0-1 0-2 0-11"),
    "two quarters": ("ab", (0, 3), 7, "0-2 3-5 0-11"),
    "four lines": ("abcd", (2,), 8, "2-2 0-11"),
    "three lines, more": ("abc", (2,), 17, "2-2 0-2 0-11 2-5"),
    "three lines in two quarters": ("abc", (0, 3), 7, "0-2 3-5 0-11"),
    "two lines in two quarters, more": ("ab", (0, 3), 12, "0-0 0-2 3-3 3-5 0-3 0-11"),
}
LONG = frozenset(list(WORLDS)[4:])
"""For `make check`."""


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=pytest.mark.slow if one in LONG else ()) for one in WORLDS]
)
def test_no_hidden_small_count_follows_from_all_that_is_shown(name: str) -> None:
    """An attacker with every page and the program: all worlds that look the same to her must leave the count open."""
    topics, months, whole, looked_at = WORLDS[name]
    keys = [(topic, month) for topic in topics for month in months]
    periods = [period(*map(int, one.split("-"))) for one in looked_at.split()]
    looks: dict[object, dict[tuple[int, str], set[int]]] = defaultdict(lambda: defaultdict(set))
    small: list[tuple[object, int, str, int]] = []
    for values in product(range(whole + 1), repeat=len(keys)):
        if sum(values) > whole:  # the whole is told, so no other world has more
            continue
        cells = dict(zip(keys, values, strict=True))
        of = counting(cells)
        look = seen(of, periods)
        for at, one in enumerate(periods):
            for topic in topics:
                n = sum(cells.get((topic, index - FIRST), 0) for index in one)
                looks[look][at, topic].add(n)
            small += [(look, at, *found) for found in hidden_small(of, cells, one)]
    assert small
    computed = {(at, topic, n) for look, at, topic, n in small if len(looks[look][at, topic]) == 1}
    assert computed == set()


def line(report: Report, topic: str) -> tuple[int | None, ...] | None:
    return next((one.shown for one in report.tables[1].lines if one.value == topic), None)


def test_a_line_is_shown_whole_or_not_at_all() -> None:
    """Of a meeting told and kept hidden, the kept ones could be bounded by the others."""
    of = counting({("a", 0): 20, ("b", 0): 30, ("c", 0): 40}, {("a", 0): 2, ("b", 0): 20, ("c", 0): 20})
    report = numbers.reported(PLACE, period(0, 11), of)
    assert line(report, "a") is None
    assert line(report, "b") == (0, 0, 50, 20)
    assert line(report, "c") is None  # the last line goes with it, whatever it counts
    assert report.tables[1].hidden
    assert report.tables[1].together == (0, 0, 82, 22)
    assert report.total == (0, 0, 132, 42)


def test_single_ones_are_not_told_together_alone() -> None:
    """Who knows from elsewhere that there were five would know of each."""
    of = counting({(topic, 0): 1 for topic in "abcde"} | {("f", 0): 50, ("g", 0): 60})
    report = numbers.reported(PLACE, period(0, 11), of)
    assert report.tables[1].together[2] == 65
    assert line(report, "f") == (0, 0, 50, 0)


def test_a_small_quarter_hides_its_months_and_the_other_quarters() -> None:
    of = counting({("a", month): 10 for month in range(9)} | {("a", 10): 3})
    assert numbers.reported(PLACE, period(0, 11), of).total[2] == 93
    for part in (period(0, 2), period(0, 8), period(9, 11), period(4, 4), period(1, 10)):
        assert numbers.reported(PLACE, part, of).total[2] is None
    assert [shown[2] for _, shown in numbers.reported(PLACE, period(0, 11), of).months] == [None] * 12


def test_a_small_month_hides_only_the_months_of_its_quarter() -> None:
    of = counting({("a", month): 10 for month in range(11)} | {("a", 11): 3})
    assert numbers.reported(PLACE, period(9, 11), of).total[2] == 23
    months = [shown[2] for _, shown in numbers.reported(PLACE, period(0, 11), of).months]
    assert months == [10] * 9 + [None] * 3


def test_walk_ins_and_meetings_are_told_apart_and_people_counted_once() -> None:
    facts = [Fact(VISIT, 0, "a", "sq", 7), Fact(VISIT, 1, None, None, 6)]
    facts += [Fact(BOOKING, month, "a", "sl", 1, True, person) for month in (0, 1) for person in range(9)]
    facts += [Fact(BOOKING, 0, "a", "sl", 5, False, 99)]
    of = Counting(facts, FIRST, FIRST + 11, {"language": ["sl", "sq"], "topic": ["a"]})
    report = numbers.reported(PLACE, period(0, 11), of)
    assert report.total == (13, 9, 23, 18)
    assert {one.value: one.shown for one in report.tables[0].lines} == {
        "sl": (0, 9, 23, 18),
        "sq": (7, 0, 0, 0),
        None: (6, 0, 0, 0),
    }


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("2026-03", Month(2026, 3)),
        (" 2026-3 ", Month(2026, 3)),
        ("2026-13", None),
        ("2026-00", None),
        ("1999-12", None),
        ("2026", None),
        ("20260-3", None),
        ("２０２６-03", None),
        ("2026-³", None),
        ("2026-03-01", None),
        ("", None),
    ],
)
def test_a_month_is_read(told: str, meant: Month | None) -> None:
    assert numbers.month_of(told) == meant


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (
            datetime(2026, 3, 31, 21, 59, tzinfo=UTC),
            "month 2026-02 2026-02 quarter 2025-10 2025-12 this-year 2026-01 2026-02 last-year 2025-01 2025-12",
        ),
        # Midnight in Ljubljana
        (
            datetime(2026, 3, 31, 22, 0, tzinfo=UTC),
            "month 2026-03 2026-03 quarter 2026-01 2026-03 this-year 2026-01 2026-03 last-year 2025-01 2025-12",
        ),
        (
            datetime(2026, 1, 5, tzinfo=UTC),
            "month 2025-12 2025-12 quarter 2025-10 2025-12 this-year 2025-01 2025-12",
        ),
    ],
)
def test_the_quick_periods_are_over(now: datetime, told: str) -> None:
    found = [
        part for key, one in numbers.quick(now, ZONE).items() for part in (key, one.first.name, one.last.name)
    ]
    assert " ".join(found) == told


def test_a_period_is_cut_into_the_greatest_pieces() -> None:
    pieces = numbers.cut(Period(Month(2024, 11), Month(2026, 7)))
    assert [len(one) for one in pieces] == [1, 1, 12, 3, 3, 1]
