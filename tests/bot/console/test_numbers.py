"""The numbers page and its files: the figures of a year equal a count by hand, for whoever may see them, and nothing acts."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from sqlalchemy import update

from bot import sheets
from bot.sheets import BOM, as_csv, as_xlsx, inert
from storage.db import Database
from storage.sites import Site, SiteRow
from storage.sql import table
from tests.helpers import make, year
from tests.helpers.console import Console, Desk, console
from tests.helpers.payloads import PAYLOADS

FIGURES = ["Visits", "People", "Bookings", "Kept"]
HIDDEN = "hidden"
Rows = list[list[str]]


@dataclass
class Office:
    running: Console
    sites: dict[str, Site]
    year: year.Year

    def desk(self, role: str = "analyst", *places: str) -> Desk:
        """Somebody with this role at these places."""
        from storage import people

        first, *more = places or ("celje", "postojna")
        desk = self.running.signed_in(role, site=self.sites[first])
        assert desk.staff is not None
        for place in more:
            at, who = self.sites[place].id, desk.staff.id
            self.running.parts.db.write(lambda tx, at=at, who=who: people.give_role(tx, who, at, role))  # type: ignore[misc]  # bound now
        return desk

    async def rows(self, desk: Desk, place: str | None, first: str, last: str) -> Rows:
        """The CSV of a place, or of all."""
        return parsed(await fetched(desk, f"csv?{self.query(place, first, last)}"))

    def query(self, place: str | None, first: str, last: str) -> str:
        return f"site={self.sites[place].id if place else 'all'}&from={first}&to={last}"


async def fetched(desk: Desk, what: str) -> bytes:
    async with desk.client.get(f"/console/numbers/{what}", headers={"Accept-Language": "en"}) as answer:
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert "attachment" in answer.headers["Content-Disposition"]
        return await answer.read()


def parsed(body: bytes) -> Rows:
    text = body.decode("utf-8-sig")
    assert body.startswith(BOM.encode())
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def section(rows: Rows, head: str) -> dict[str, list[int | None]]:
    """The lines under a head, by name; None is hidden."""
    at = rows.index([head, *FIGURES])
    found = {}
    for row in rows[at + 1 :]:
        if not row:
            break
        found[row[0]] = [None if one == HIDDEN else int(one) for one in row[1:]]
    return found


@pytest.fixture
async def office(db: Database, clock: make.Clock) -> AsyncIterator[Office]:
    lived = year.made()
    sites = db.write(lambda tx: year.play(tx, lived))
    clock.at = year.NOW
    async with console(db, clock, sites["celje"]) as running:
        yield Office(running, sites, lived)


NAMES = {
    "language": {"sl": "Slovenian", "sq": "Albanian", "ar": "Arabic", "bs": "Bosnian", None: "Unknown"},
    "topic": {
        "work": "💼 Work", "papers": "📄 Letter or form", "money": "💶 Money and debts", "lipa": "🌳 Lipa",
        "breza": "🌿 Breza", None: "Unknown",
    },
}  # fmt: skip


async def test_the_figures_of_a_year_equal_a_count_by_hand(office: Office) -> None:
    desk, told = office.desk(), 0
    for place in ("celje", "postojna"):
        for first, last in ((1, 12), (1, 3), (4, 9), (5, 5), (2, 11)):
            rows = await office.rows(desk, place, f"2025-{first:02d}", f"2025-{last:02d}")
            (total,) = section(rows, "").values()
            whole = year.by_hand(office.year, place, first, last)
            told += same(total, whole)
            for month, shown in section(rows, "By month").items():
                at = int(month[-2:])
                told += same(shown, year.by_hand(office.year, place, at, at))
            for kind, names in NAMES.items():
                lines = section(rows, f"By {kind}")
                together = lines.pop("The hidden ones together", None)
                counted = {
                    name: year.by_hand(office.year, place, first, last, **{kind: value})
                    for value, name in names.items()
                }
                for name, shown in lines.items():
                    told += same(shown, counted[name])
                hidden = [counts for name, counts in counted.items() if name not in lines and any(counts)]
                assert bool(hidden) == (together is not None)
                if together is not None:
                    for at in (0, 2, 3):  # one person may have come about several topics
                        assert together[at] in (None, sum(one[at] for one in hidden))
                # Nothing from 1 to 4 stands anywhere.
                assert all(n not in range(1, 5) for line in lines.values() for n in line)
    assert told > 300


def same(shown: list[int | None], counted: tuple[int, ...]) -> int:
    """What is shown is what was counted; how many were shown."""
    assert [n for n in shown if n is not None] == [
        n for n, one in zip(counted, shown, strict=True) if one is not None
    ]
    assert all(n not in range(1, 5) for n in shown)
    return sum(one is not None for one in shown)


async def test_a_busy_place_is_told_month_by_month(office: Office) -> None:
    rows = await office.rows(office.desk(), "celje", "2025-01", "2025-12")
    assert all(None not in shown for shown in section(rows, "By month").values())
    lines = section(rows, "By topic")
    assert "🌿 Breza" not in lines  # four meetings in the year
    assert "💼 Work" in lines
    assert lines["The hidden ones together"][2] is not None


async def test_the_page_says_the_same_and_the_definition_beside(office: Office) -> None:
    desk = office.desk("coordinator", "celje")
    await desk.get("/console/numbers?from=2025-01&to=2025-12")
    visits, people, bookings, kept = year.by_hand(office.year, "celje", 1, 12)
    assert desk.status == 200
    assert f"Bookings {bookings} Appointments that begin in this period" in desk.words
    assert f"Kept {kept} Appointments to which somebody came" in desk.words
    assert f"People {people} Different people who came" in desk.words
    assert f"Visits {visits} People who came to the desk" in desk.words
    assert "Postojna" not in desk.words
    await desk.get("/console/numbers")  # this year: January and February are over
    assert "2026-01 – 2026-02" in desk.words


async def test_all_places_have_one_line_each_and_no_sum(office: Office) -> None:
    desk = office.desk()
    rows = await office.rows(desk, None, "2025-01", "2025-12")
    lines = section(rows, "By place")
    assert lines == {
        f"SOCIO POINT, {place.title()}": list(year.by_hand(office.year, place, 1, 12))
        for place in office.sites
    }
    await desk.get("/console/numbers?site=all")
    assert desk.status == 200
    assert "By language" not in desk.words


async def test_the_workbook_holds_the_same_rows(office: Office) -> None:
    desk, query = office.desk(), office.query("celje", "2025-01", "2025-06")
    body = await fetched(desk, f"xlsx?{query}")
    book = openpyxl.load_workbook(io.BytesIO(body))
    (sheet,) = book.worksheets
    rows = [[one for one in row if one is not None] for row in sheet.iter_rows(values_only=True)]
    plain = parsed(await fetched(desk, f"csv?{query}"))
    assert [[str(one) for one in row] for row in rows] == [[one for one in row if one] for row in plain]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


async def test_removed_meetings_are_counted_and_their_people_unknown(office: Office, db: Database) -> None:
    before = section(await office.rows(office.desk(), "celje", "2025-01", "2025-12"), "")["All"]
    db.write(lambda tx: year.removed(tx, office.sites["celje"], "2025-03", "money", "attended", 7))
    db.write(lambda tx: year.removed(tx, office.sites["celje"], "2025-03", "money", "missed", 2))
    rows = await office.rows(office.desk(), "celje", "2025-01", "2025-12")
    after = section(rows, "")["All"]
    assert before[2] is not None
    assert before[3] is not None
    assert after == [*before[:2], before[2] + 9, before[3] + 7]
    unknown = year.by_hand(office.year, "celje", 1, 12, language=None)
    assert section(rows, "By language")["Unknown"][2:] == [unknown[2] + 9, unknown[3] + 7]
    assert any("there were more people than it says here" in row[0] for row in rows if row)
    rows = await office.rows(office.desk(), "celje", "2025-04", "2025-12")
    assert not any("there were more people" in row[0] for row in rows if row)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_wrong_period_is_refused_in_words(office: Office) -> None:
    desk = office.desk("analyst", "celje")
    for told, why in {
        "from=2025-13&to=2025-12": "Write the months as year and month",
        "from=2025-01&to=": "Write the months as year and month",
        "from=x'><script>&to=2025-01": "Write the months as year and month",
        "from=2025-05&to=2025-04": "The first month is after the last one",
        "from=2025-05&to=2026-03": "Only months that are over",
        "from=2020-01&to=2025-04": "at most 60 months",
    }.items():
        await desk.get(f"/console/numbers?{told}")
        assert desk.status == 422, told
        assert why in desk.words
        assert "2026-01 – 2026-02" in desk.words
        await desk.get(f"/console/numbers/csv?{told}")
        assert desk.status == 422
    elsewhere = office.sites["postojna"].id
    for path in ("", "/csv", "/xlsx"):
        for site in (str(elsewhere), "0", "x", "999999"):
            await desk.get(f"/console/numbers{path}?site={site}")
            assert desk.status == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_name_becomes_a_formula(office: Office, db: Database) -> None:
    evil = [one for one in PAYLOADS if one.lstrip().startswith(sheets.ACTS)] + [
        "\t=1+1",
        " =1+1",
        "\r=2",
        "@x",
        "-3",
    ]
    assert len(evil) > 8
    row = table(SiteRow)
    desk = office.desk("analyst", "celje")
    for payload in evil[:4]:
        db.write(
            lambda tx, word=payload: tx.query(  # type: ignore[misc]  # bound now
                update(row).where(row.c.id == office.sites["celje"].id).values(name=word, place=word)
            )
        )
        query = office.query("celje", "2025-01", "2025-03")
        harmless(parsed(await fetched(desk, f"csv?{query}")), await fetched(desk, f"xlsx?{query}"))
    rows: list[sheets.Row] = [[one, 5, f"x{one}"] for one in evil]
    harmless(parsed(as_csv(rows)), as_xlsx(rows, "x"))


def harmless(rows: Rows, workbook: bytes) -> None:
    """Read back, no cell begins with what could act, and no workbook cell is a formula."""
    cells: list[Any] = [one for row in rows for one in row]
    for sheet in openpyxl.load_workbook(io.BytesIO(workbook)).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row)
            cells += [cell.value for cell in row]
    assert [one for one in cells if isinstance(one, str) and one.lstrip().startswith(sheets.ACTS)] == []


def test_plain_words_stay_as_they_are() -> None:
    assert [inert(one) for one in ("Celje", "2025-01 – 2025-03", "", 7, "a=b", "💼 Work")] == [
        "Celje", "2025-01 – 2025-03", "", 7, "a=b", "💼 Work",
    ]  # fmt: skip
