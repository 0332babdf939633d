"""What a form's field is read as."""

from __future__ import annotations

import pytest

from bot.console.fields import minutes
from bot.console.setup_form import Reading, written


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("8", 480),
        ("08", 480),
        (" 8 ", 480),
        ("0", 0),
        ("24", 1440),
        ("24:00", 1440),
        ("8:05", 485),
        ("8.05", 485),
        ("25", None),
        ("24:01", None),
        ("8:", None),
        ("8:5", None),
        ("8:60", None),
        ("008", None),
        ("-8", None),
        ("٨", None),
        ("", None),
        ("8h", None),
    ],
)
def test_a_time_of_the_clock(told: str, found: int | None) -> None:
    assert minutes(told) == found


@pytest.mark.parametrize(
    ("told", "is_now", "wrong"),
    [
        ("8-12", "8:00–12:00", None),
        ("13 – 15, 8-12", "8:00–12:00, 13:00–15:00", None),
        ("8-12:30", "8:00–12:30", None),
        ("0-24", "0:00–24:00", None),
        ("", "", None),
        ("8", "", "hours"),
        ("8-", "", "hours"),
        ("8-12-15", "", "hours"),
        ("8-25", "", "hours"),
        ("8-8", "", "order"),
        ("12-8", "", "order"),
        ("8-12, 11-13", "8:00–12:00", "overlap"),
    ],
)
def test_the_hours_of_a_day(told: str, is_now: str, wrong: str | None) -> None:
    fields = Reading({"hours-0": told})
    assert written(fields.spans("hours-0")) == is_now
    assert fields.wrong.get("hours-0") == wrong
