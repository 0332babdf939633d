"""Workbooks and tables in and out: bytes to rows of words and back, with a limit on everything that comes from outside.

No cell of ours acts: what could be read as a formula gets an apostrophe, which is taken away again when the file comes back.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException

FILE_MAX = 10 * 1024 * 1024
UNPACKED_MAX = 100 * 1024 * 1024
RATIO_MAX = 200
"""A part that grows more than this when unpacked is a bomb; a workbook of words grows by ten to forty."""
RATIO_FROM = 1024 * 1024
"""Smaller parts may be as empty as they like."""
ENTRIES_MAX = 200
SHEETS_MAX = 30
"""A directory has four sheets, or twelve tables."""
ROWS_MAX = 200_000
"""Of all sheets and tables of a file together."""
GAP_MAX = 1000
"""So many empty rows may stand before one that says something; more than that is a row number that jumps."""
COLUMNS_MAX = 60
CELLS_MAX = 5_000_000
"""Of the whole file, empty ones before the last of a row too."""
CELL_MAX = 5000
ACTING = "=+-@\t\r'"
"""How a cell may begin that a program could take for a formula, and the apostrophe that says it is none."""
PASSED_OVER = ("datapackage.json",)
"""What may lie beside tables and is not read: it only describes them."""
_HEX = re.compile("_x([0-9A-Fa-f]{4})_")
_LIKE_HEX = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_BEYOND_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Rows = list[list[str]]
Tables = dict[str, Rows]
"""Name of a sheet or table -> its rows of words, the first one the names of the columns."""


class Unreadable(Exception):
    """The whole file is refused: the end of the key of a sentence, and the place it is about."""

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


def neutral(cell: str) -> str:
    """The cell with an apostrophe before what could act."""
    return f"'{cell}" if cell and cell[0] in ACTING else cell


def restored(cell: str) -> str:
    """The cell without the apostrophe that `neutral` put there."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in ACTING else cell


# --- in ---


def unpacked(body: bytes) -> Tables:
    """The sheets of a workbook, or the tables of a zip of CSV files; what it is, its content says."""
    if len(body) > FILE_MAX:
        raise Unreadable("too-big")
    if not body.startswith(b"PK"):
        raise Unreadable("not-ours")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            _guard(archive)
            named = {entry.filename for entry in archive.infolist()}
            if "xl/workbook.xml" not in named:
                return _tables(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Unreadable("broken") from error
    return _workbook(body)


def is_light(body: bytes, most: int) -> bool:
    """Whether reading it takes next to nothing: no workbook, and no tables longer than this when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return True  # it is refused before anything of it is unpacked
    is_book = any(entry.filename.startswith("xl/") for entry in entries)
    return not is_book and sum(entry.file_size for entry in entries) <= most


def _guard(archive: zipfile.ZipFile) -> None:
    """Refuse a bomb by what its list says; reading stops at the sizes said there."""
    entries = archive.infolist()
    if len(entries) > ENTRIES_MAX:
        raise Unreadable("bomb")
    if sum(entry.file_size for entry in entries) > UNPACKED_MAX:
        raise Unreadable("bomb")
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > RATIO_MAX * max(entry.compress_size, 1):
            raise Unreadable("bomb", entry.filename[:80])


def _tables(archive: zipfile.ZipFile) -> Tables:
    found: Tables = {}
    room = _Room()
    for entry in archive.infolist():
        name = entry.filename
        if entry.is_dir() or name in PASSED_OVER:
            continue
        if "/" in name or "\\" in name or not name.endswith(".csv"):
            raise Unreadable("not-csv", name[:80])
        try:
            text = archive.read(entry).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Unreadable("encoding", name[:80]) from error
        if name.removesuffix(".csv") in found:
            raise Unreadable("twice", name[:80])
        found[name.removesuffix(".csv")] = _csv(text, name, room)
    if not found:
        raise Unreadable("not-ours")
    return found


def _csv(text: str, name: str, room: _Room) -> Rows:
    if "\0" in text:
        raise Unreadable("encoding", name[:80])
    # Excel writes semicolons where the comma is a decimal sign.
    first = text.partition("\n")[0]
    mark = ";" if first.count(";") > first.count(",") else ","
    rows: Rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            room.keep(rows, row, name)
    except csv.Error as error:
        raise Unreadable("broken", name[:80]) from error
    room.ends()
    return rows


class _Room:
    """How much one file may still say: all its sheets share the limits."""

    def __init__(self) -> None:
        self._rows, self._cells = ROWS_MAX, CELLS_MAX
        self._empty = 0

    def keep(self, rows: Rows, row: Sequence[str], name: str) -> None:
        """One more row, within the limits; empty ones only when something follows."""
        self._rows -= 1
        self._cells -= len(row)
        number = len(rows) + self._empty + 1
        if self._rows < 0:
            raise Unreadable("rows", f"{name[:80]} {number}")
        if self._cells < 0:
            raise Unreadable("columns", f"{name[:80]} {number}")
        cells = [restored(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            self._empty += 1
            return
        if len(cells) > COLUMNS_MAX:
            raise Unreadable("columns", f"{name[:80]} {number}")
        if self._empty > GAP_MAX:
            raise Unreadable("gap", f"{name[:80]} {number}")
        if any(len(cell) > CELL_MAX for cell in cells):
            raise Unreadable("cell", f"{name[:80]} {number}")
        rows.extend([] for _ in range(self._empty))
        self._empty = 0
        rows.append(cells)

    def ends(self) -> None:
        """The next sheet begins."""
        self._empty = 0


def _workbook(body: bytes) -> Tables:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=False, keep_links=False)
        try:
            room = _Room()
            if len(book.worksheets) > SHEETS_MAX:
                raise Unreadable("sheets", str(len(book.worksheets)))
            return {sheet.title: _sheet(sheet, room) for sheet in book.worksheets}
        finally:
            book.close()
    except Unreadable:
        raise
    except (
        InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, IndexError,
        AttributeError, EOFError, OSError, OverflowError,
    ) as error:  # fmt: skip
        # What its library raises for a workbook that is none; a bomb of entities is one of its causes.
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, DefusedXmlException):
            cause = cause.__cause__ or cause.__context__
        raise Unreadable("bomb" if cause is not None else "broken") from error


def _sheet(sheet: Any, room: _Room) -> Rows:
    rows: Rows = []
    sheet.reset_dimensions()  # a size that is only claimed would be filled with empty cells
    for row in sheet.iter_rows(values_only=True):
        room.keep(rows, [_said(value) for value in row], sheet.title)
    room.ends()
    return rows


def _said(value: object) -> str:
    """A cell's value as words: a formula is its own text, a day and a time as we write them."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _HEX.sub(lambda hit: chr(int(hit.group(1), 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)


# --- out ---


def workbook(tables: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """The tables as sheets of a workbook; every cell is text."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _cell(sheet: Any, value: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    # Set past the library's own guessing, which takes what begins with = for a formula.
    cell: Any = WriteOnlyCell(sheet)
    cell._value, cell.data_type = _spelt(neutral(value)), "s"
    return cell


def _spelt(words: str) -> str:
    """Words as a workbook can hold them: a carriage return by its number, and what looks like one of these too."""
    plain = _LIKE_HEX.sub("_x005F_", _BEYOND_XML.sub("", words))
    return plain.replace("\r", "_x000D_")


def zipped(
    tables: Mapping[str, Iterable[Sequence[str]]],
    beside: Mapping[str, str] | None = None,
    *,
    mark: bool = True,
) -> bytes:
    """The tables as CSV files in a zip: UTF-8 with its mark, so that Excel reads our letters; programs do without it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in (beside or {}).items():
            archive.writestr(name, words)
        for name, rows in tables.items():
            archive.writestr(f"{name}.csv", ("\ufeff" if mark else "") + "".join(_lines(rows)))
    return made.getvalue()


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    for row in rows:
        writer.writerow([neutral(value.replace("\0", "")) for value in row])
        yield written.getvalue()
        written.seek(0)
        written.truncate()
