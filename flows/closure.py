"""Closed days from elsewhere: Slovenia's work-free days of a year, and a small table somebody made."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import date
from io import StringIO

from storage.closures import DAYS_MAX, REASON_MAX

DATE, REASON = ("date", "datum"), ("reason", "razlog")
"""What the two columns may be called."""
FILE_MAX_BYTES = 32 * 1024
_WRITTEN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?", re.ASCII)
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class BadTable(Exception):
    """A table that is not taken: the reason, one word, and the line it is on."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"{reason} in line {line}")
        self.reason = reason
        self.line = line


def holidays(year: int) -> list[tuple[date, str]]:
    """Slovenia's work-free days by law, in order; one on a Sunday is on that Sunday, nothing is moved."""
    # Slow to load, and asked for once a year.
    from holidays import country_holidays

    found = country_holidays("SI", years=year, language="sl", observed=False)
    return sorted((day, str(name)[:REASON_MAX]) for day, name in found.items() if day.year == year)


def parsed(raw: bytes, year: int) -> list[tuple[date, str]]:
    """The days of a table with the columns date and reason, in order; the first thing that is wrong is a `BadTable`."""
    text = _decoded(raw)
    first = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    found: dict[date, str] = {}
    begun = False
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            line = reader.line_num
            if not begun:
                begun = True
                if len(cells) != 2 or cells[0].casefold() not in DATE or cells[1].casefold() not in REASON:
                    raise BadTable("columns", line)
                continue
            day, reason = _row(cells, year, line)
            if day in found:
                raise BadTable("twice", line)
            if len(found) == DAYS_MAX:
                raise BadTable("many", line)
            found[day] = reason
    except csv.Error as error:
        raise BadTable("columns", reader.line_num) from error
    if not found:
        raise BadTable("empty", reader.line_num or 1)
    return sorted(found.items())


def written(days: Sequence[tuple[date, str]]) -> str:
    """The same as a table that `parsed` reads."""
    made = StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow((DATE[0], REASON[0]))
    writer.writerows((day.isoformat(), reason) for day, reason in days)
    return made.getvalue()


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTable("encoding", raw.count(b"\n", 0, error.start) + 1) from error
    if "\0" in text:  # UTF-16, or no text at all
        raise BadTable("encoding", text.count("\n", 0, text.index("\0")) + 1)
    return text


def _row(cells: list[str], year: int, line: int) -> tuple[date, str]:
    if len(cells) != 2:
        raise BadTable("columns", line)
    day = read_day(cells[0])
    if day is None:
        raise BadTable("date", line)
    if day.year != year:
        raise BadTable("year", line)
    reason = checked(cells[1])
    if reason is None:
        raise BadTable("reason", line)
    return day, reason


def read_day(told: str) -> date | None:
    """A day as people write it: 2026-04-27 or 27. 4. 2026."""
    try:
        if found := _WRITTEN.fullmatch(told):
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day)
        return date.fromisoformat(told) if _ISO.fullmatch(told) else None
    except ValueError:
        return None


def checked(told: str) -> str | None:
    """A reason in one line of ordinary characters; None for anything else."""
    reason = told.strip()
    return reason if 0 < len(reason) <= REASON_MAX and reason.isprintable() else None
