"""Texts as a table for translators: out without a formula that acts, and in again without loss."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flows.patterns import parse, source_of
from flows.texts import Texts, is_gate, shipped_uses
from flows.wording import Line, keys, sources
from flows.wording_rules import Fault, faults, limit
from storage.wordings import Wording

COLUMNS = ("key", "noun", "sl", "text", "status", "note")
NEEDED = ("key", "text")
BYTES_MAX = 2 * 2**20
ROWS_MAX = 5000
FAULTS_MAX = 50
"""More are not shown; nothing is saved anyway."""
_ACTING = tuple("=+-@\t\r\n＝＋－＠'")
"""With one of these a spreadsheet begins a formula; the apostrophe is what we put before them."""


class Refused(Exception):
    """The file is no such table: `wording-csv-<name>`."""

    def __init__(self, name: str, line: int = 0) -> None:
        super().__init__(name)
        self.name = name
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: the line it begins in."""

    line: int
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a row would change; a source of None is the shipped text again."""

    key: str
    before: str | None
    after: str
    source: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do: everything in it or, with one fault, nothing."""

    changes: tuple[Change, ...]
    faults: tuple[tuple[int, str, Fault], ...]
    """(line, key, what is wrong)."""
    same: int

    @property
    def for_two(self) -> tuple[Change, ...]:
        """The changes that wait for a second person."""
        return tuple(one for one in self.changes if one.source is not None and is_gate(one.key))

    @property
    def seen(self) -> str:
        """What a person who saw this plan agreed to."""
        told = repr([(one.key, one.before, one.after, one.version) for one in self.changes])
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_ACTING) else cell


def plain(cell: str) -> str:
    """What `safe` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_ACTING) else cell


def written(texts: Texts, found: Iterable[Line]) -> str:
    """The table; the mark at its beginning tells a spreadsheet that it is UTF-8."""
    out = io.StringIO()
    table = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for line in found:
        names = " ".join(f"${name}" for name in sorted(shipped_uses(texts.default)[line.key].variables))
        note = f"≤ {limit(texts, line.key)} {names}".strip()
        status = f"{line.state} {line.origin}"
        cells = (line.key, line.noun, line.reference, line.source or "", status, note)
        table.writerow([safe(cell) for cell in cells])
    return f"\ufeff{out.getvalue()}"


def rows(raw: bytes) -> list[Row]:
    """What stands in a file; whatever else its columns hold is not read."""
    if len(raw) > BYTES_MAX:
        raise Refused("big")
    try:
        told = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused("encoding", raw.count(b"\n", 0, wrong.start) + 1) from None
    head = told.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)  # what a spreadsheet writes depends on its country
    reader = csv.reader(io.StringIO(told, newline=""), delimiter=delimiter, strict=True)
    found: list[Row] = []
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        if any(names.count(name) != 1 for name in NEEDED):
            raise Refused("columns", 1)
        key, text = (names.index(name) for name in NEEDED)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(names):
                    raise Refused("width", line)
                if len(found) == ROWS_MAX:
                    raise Refused("rows", line)
                said = plain(cells[text]).replace("\r\n", "\n").replace("\r", "\n")
                found.append(Row(line, plain(cells[key]).strip(), said))
            line = reader.line_num + 1
    except csv.Error:
        raise Refused("broken", reader.line_num) from None
    if not found:
        raise Refused("empty")
    return found


def plan(
    texts: Texts,
    language: str,
    now: Mapping[str, Line],
    own: Mapping[str, Wording],
    found: Iterable[Row],
    locked: Collection[str] = (),
    waiting: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """What these rows would change, but for `locked` keys and those of which another source is `waiting`.

    A cell left empty leaves its text as it is.
    """
    changes, wrong, same, met = list[Change](), list[tuple[int, str, Fault]](), 0, set[str]()
    for row in found:
        if row.key not in keys(language):
            wrong.append((row.line, row.key[:60], Fault("no-key")))
        elif row.key in met:
            wrong.append((row.line, row.key, Fault("twice")))
        elif not row.text.strip() or row.text == now[row.key].source:
            same += 1
        elif told := faults(texts, language, row.key, row.text):
            wrong += [(row.line, row.key, fault) for fault in told]
        else:
            line, after = now[row.key], source_of(parse(row.key, row.text))
            version = own[row.key].version if row.key in own else 0
            if after in (line.source, waiting.get(row.key)):
                same += 1
            elif row.key in locked:
                wrong.append((row.line, row.key, Fault("locked")))
            elif row.key in waiting:
                wrong.append((row.line, row.key, Fault("waiting")))
            else:
                kept = None if after == sources(language).get(row.key) else after
                changes.append(Change(row.key, line.source, after, kept, version))
        met.add(row.key)
    return Plan(tuple(changes), tuple(wrong), same)
