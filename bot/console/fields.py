"""Reading what a form or an address holds: numbers, hours, days. What is not one is None, never an error."""

from __future__ import annotations

import re
from datetime import date

NUMBER_MAX = 2**31 - 1
"""What either database takes as an id."""
_CLOCK = re.compile(r"([01]?\d|2[0-4])(?:[:.]([0-5]\d))?", re.ASCII)


def number(told: str) -> int:
    """An id; 0, which nothing has, for anything else."""
    if not (told.isascii() and told.isdecimal() and len(told) <= 10):
        return 0
    found = int(told)
    return found if found <= NUMBER_MAX else 0


def minutes(told: str) -> int | None:
    """Minutes after midnight of `8:00` or a whole hour as `8`, up to `24:00`."""
    found = _CLOCK.fullmatch(told.strip())
    if found is None:
        return None
    total = int(found.group(1)) * 60 + int(found.group(2) or 0)
    return total if total <= 24 * 60 else None


def day(told: str) -> date | None:
    """The day of `2026-03-02`."""
    try:
        return date.fromisoformat(told.strip())
    except ValueError:
        return None


def clock(minute: int) -> str:
    """Minutes after midnight as they are written."""
    return f"{minute // 60}:{minute % 60:02d}"
