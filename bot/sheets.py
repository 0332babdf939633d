"""Rows as a file for spreadsheets: XLSX, or CSV as a Slovenian spreadsheet opens it. Nothing in a cell acts."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

Cell = str | int
Row = Sequence[Cell]
CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8."""
SEPARATOR = ";"
"""Where a comma stands in numbers, lists are separated by this."""
ACTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so may be read as a formula, also after blanks."""


def inert(told: Cell) -> Cell:
    """The cell as words: an apostrophe stands before what could act, and nothing in it steers a terminal or breaks a line."""
    if not isinstance(told, str):
        return told
    plain = "".join(" " if ord(one) < 32 or 0x7F <= ord(one) < 0xA0 else one for one in told)
    if told.lstrip("\ufeff \u00a0").startswith(ACTS) or plain.lstrip("\ufeff \u00a0").startswith(ACTS):
        return f"'{plain}"
    return plain


def as_csv(rows: Sequence[Row]) -> bytes:
    """One table."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=SEPARATOR, lineterminator="\r\n").writerows(
        [inert(one) for one in row] for row in rows
    )
    return (BOM + out.getvalue()).encode()


def as_xlsx(rows: Sequence[Row], title: str) -> bytes:
    """A workbook with one sheet; every text is a text, whatever it looks like."""
    from openpyxl import Workbook  # a few megabytes, for one page
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.column_dimensions["A"].width = 34
    for row in rows:
        cells = []
        for one in row:
            cell = WriteOnlyCell(sheet, inert(one) if one != "" else None)
            if isinstance(one, str) and one:
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
