"""Workbooks and tables: nothing acts, nothing is lost on the way out and in, and nothing from outside grows without end."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot import spreadsheets
from bot.spreadsheets import ACTING, Unreadable, neutral, restored, unpacked, workbook, zipped

CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30
) | st.sampled_from(
    [
        "=1+1",
        "+386",
        "-1",
        "@x",
        "\t=1",
        "\r=1",
        "'=1",
        "''",
        "'",
        "_x000D_",
        "a\r\nb",
        "_x005F_x000D_",
        " '=1",
    ]
)
IN_XML = CELLS.map(lambda said: "".join(char for char in said if not spreadsheets._BEYOND_XML.match(char)))
FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rows(cells: list[list[str]]) -> list[list[str]]:
    """As they come back: empty cells at the end of a row, and empty rows at the end of a sheet, say nothing."""
    found = []
    for row in cells:
        kept = list(row)
        while kept and not kept[-1]:
            kept.pop()
        found.append(kept)
    while found and not found[-1]:
        found.pop()
    return found


@given(CELLS)
def test_a_cell_comes_back_as_it_was_and_does_not_act(said: str) -> None:
    assert restored(neutral(said)) == said
    assert neutral(said)[:1] not in set(ACTING) - {"'"}


@FEW
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=4))
def test_csv_loses_nothing(cells: list[list[str]]) -> None:
    table = [["a", "b", "c", "d"], *([*row, "end"] for row in cells)]
    assert unpacked(zipped({"t": table}))["t"] == table


@FEW
@given(st.lists(st.lists(IN_XML, min_size=1, max_size=4), max_size=4))
def test_a_workbook_loses_nothing(cells: list[list[str]]) -> None:
    table = [["a", "b"], *cells]
    assert unpacked(workbook({"t": table}))["t"] == rows(table)


def test_no_cell_of_a_file_is_a_formula() -> None:
    acting = [[f"{sign}cmd|'/C calc'!A0"] for sign in "=+-@\t\r"]
    sheet = load_workbook(io.BytesIO(workbook({"t": acting})))["t"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert all(str(row[0].value).startswith("'") for row in sheet.iter_rows())
    text = zipfile.ZipFile(io.BytesIO(zipped({"t": acting}))).read("t.csv").decode("utf-8-sig")
    assert not [line for line in text.split("\r\n") if line.lstrip('"')[:1] in tuple("=+-@\t\r")]


def test_what_excel_writes_is_read_as_words() -> None:
    from datetime import date, datetime, time

    half_past = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 - a workbook knows no zones

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([12, 12.5, 3.0, True, date(2026, 3, 2), half_past, time(9, 5), "=1+1", None, "x"])
    body = io.BytesIO()
    book.save(body)
    said = ["12", "12.5", "3", "yes", "2026-03-02", "2026-03-02 09:30", "09:05", "=1+1", "", "x"]
    assert unpacked(body.getvalue())[sheet.title] == [said]


def test_semicolons_are_read_too() -> None:
    assert unpacked(archive({"t.csv": "a;b\r\n1,5;č\r\n".encode()}))["t"] == [["a", "b"], ["1,5", "č"]]


def archive(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as into:
        for name, body in files.items():
            into.writestr(name, body)
    return made.getvalue()


def altered(change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A good workbook with some of its parts changed."""
    whole = zipfile.ZipFile(io.BytesIO(workbook({"services": [["a"], ["b"]]})))
    parts = {name: change(name, whole.read(name)) for name in whole.namelist()}
    return archive({name: body for name, body in parts.items() if body is not None})


def lying(body: bytes, size: int) -> bytes:
    """A zip whose list claims another unpacked size."""
    real = zipfile.ZipFile(io.BytesIO(body)).infolist()[0].file_size
    return body.replace(real.to_bytes(4, "little"), size.to_bytes(4, "little"))


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>"""
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
WIDE = SHEET.format('<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>').encode()
FAR = SHEET.format('<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>').encode()


def sheet_of(body: bytes) -> bytes:
    return altered(lambda name, was: body if "worksheets/" in name else was)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "not-ours"),
    "words": (lambda: b"hello, world", "not-ours"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not-ours"),
    "too big": (lambda: b"PK" + bytes(spreadsheets.FILE_MAX), "too-big"),
    "cut off": (lambda: workbook({"services": [["a"]]})[:-40], "broken"),
    "only a beginning": (lambda: b"PK\x03\x04", "broken"),
    "a zip of nothing": (lambda: archive({}), "not-ours"),
    "a bomb by ratio": (lambda: archive({"t.csv": b"a" * 5_000_000}), "bomb"),
    "a bomb by entries": (lambda: archive({f"{n}.csv": b"a" for n in range(201)}), "bomb"),
    "a bomb in a bomb": (lambda: archive({"in.zip": archive({"t.csv": b"a"})}), "not-csv"),
    "a bomb of entities": (lambda: sheet_of(LAUGHS), "bomb"),
    "a bomb in a sheet": (lambda: sheet_of(b"<a>" + b" " * 20_000_000), "bomb"),
    "a list that lies": (lambda: lying(archive({"t.csv": b"a" * 70_000}), 5), "broken"),
    "a way out": (lambda: archive({"../t.csv": b"a"}), "not-csv"),
    "a script": (lambda: archive({"t.csv": b"a", "run.js": b"x"}), "not-csv"),
    "another encoding": (lambda: archive({"t.csv": "č".encode("cp1250")}), "encoding"),
    "two bytes a letter": (lambda: archive({"t.csv": "a,b".encode("utf-16")}), "encoding"),
    "an open quote": (lambda: archive({"t.csv": b'a,"b'}), "broken"),
    "a long cell": (lambda: archive({"t.csv": b"a\n" + b"b" * 5001}), "cell"),
    "a wide table": (lambda: archive({"t.csv": b"," * 60 + b"x"}), "columns"),
    "a wide sheet": (lambda: sheet_of(WIDE), "columns"),
    "a sheet that is none": (lambda: sheet_of(b"<html>"), "broken"),
    "no sheets": (lambda: archive({"xl/workbook.xml": b"<x/>"}), "broken"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_whole(what: str) -> None:
    make, why = REFUSED[what]
    with pytest.raises(Unreadable) as refused:
        unpacked(make())
    assert refused.value.reason == why


def test_a_row_far_down_costs_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "ROWS_MAX", 1000)
    with pytest.raises(Unreadable) as refused:
        unpacked(sheet_of(FAR))
    assert refused.value.reason == "rows"


LATE = SHEET.format('<row r="199990"><c r="A199990" t="inlineStr"><is><t>x</t></is></c></row>').encode()


def many(sheets: int, body: bytes) -> bytes:
    """A workbook of so many sheets that all say this."""
    whole = zipfile.ZipFile(io.BytesIO(workbook({f"s{at}": [["a"]] for at in range(sheets)})))
    return archive({name: body if "worksheets/" in name else whole.read(name) for name in whole.namelist()})


def test_a_small_bomb_of_rows_is_refused_with_its_place() -> None:
    bomb = many(30, LATE)
    assert len(bomb) < 64 * 1024
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable) as refused:
            unpacked(bomb)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (refused.value.reason, refused.value.place) == ("gap", "s0 199990")
    assert peak < 10_000_000


def test_a_gap_of_some_rows_keeps_their_numbers() -> None:
    gap = SHEET.format('<row r="900"><c r="A900" t="inlineStr"><is><t>x</t></is></c></row><row r="5000"/>')
    assert unpacked(sheet_of(gap.encode()))["services"] == [[]] * 899 + [["x"]]


def test_too_many_sheets() -> None:
    with pytest.raises(Unreadable) as refused:
        unpacked(many(31, FAR))
    assert (refused.value.reason, refused.value.place) == ("sheets", "31")


def test_all_sheets_share_the_rows_and_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "ROWS_MAX", 10)
    for body in (
        zipped({"a": [["x"]] * 6, "b": [["x"]] * 6}),
        workbook({"a": [["x"]] * 6, "b": [["x"]] * 6}),
    ):
        with pytest.raises(Unreadable) as refused:
            unpacked(body)
        assert (refused.value.reason, refused.value.place.split(".")[0][0]) == ("rows", "b")
    monkeypatch.setattr(spreadsheets, "CELLS_MAX", 1000)
    with pytest.raises(Unreadable) as refused:
        unpacked(sheet_of(SHEET.format('<row r="1"><c r="XFD1"/></row>').encode()))
    assert (refused.value.reason, refused.value.place) == ("columns", "services 1")


def test_only_small_tables_are_light() -> None:
    most = 512 * 1024
    assert spreadsheets.is_light(zipped({"t": [["x"]]}), most)
    assert spreadsheets.is_light(b"PK, and no more", most)
    assert not spreadsheets.is_light(workbook({"t": [["x"]]}), most)
    assert not spreadsheets.is_light(archive({f"{at}.csv": b"\n" * 199_999 for at in range(100)}), most)


def test_too_much_all_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "UNPACKED_MAX", 50)
    with pytest.raises(Unreadable) as refused:
        unpacked(archive({"a.csv": b"a" * 30, "b.csv": b"b" * 30}))
    assert refused.value.reason == "bomb"
