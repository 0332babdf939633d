"""Planting a word in every place of the database that holds something of one member; found by walking the tables, so that a
column somebody adds tomorrow is planted too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Integer, LargeBinary, select, update
from sqlalchemy.schema import Table
from sqlmodel import SQLModel

from storage import audit, bookings, conversations, messages, traces
from storage.bookings import Booking, Taken
from storage.members import AddressRow
from storage.sites import Site
from storage.sql import Day, Json, Tx, Utc, table
from tests.storage import offices

_numbers = count(1)
FIXED = {
    "conversations.owner": "bot",
    "media.state": "stored",
    "notices.decision": "skipped",
    "topics.state": "open",
}
"""Of the words a check allows, the one that goes with the other columns."""
POINTS = ("subject", "account", "audit_names.kind", "media.uid")
"""Columns that must go on saying what they say: the row would not be hers any more, the file not found."""


KEEPS = {f"{name}.{column}" for name, columns in traces.STAYS.items() for column in columns.split()}
"""What stays of a row is not hers: a topic of a meeting is the site's own word."""


def is_text(column: Column[Any]) -> bool:
    """Whether words fit into it."""
    return not isinstance(column.type, Integer | BigInteger | Boolean | LargeBinary | Utc | Day)


def allowed(column: Column[Any]) -> str | None:
    """The first of the few words a check of the table leaves it; None when any fits in."""
    for each in column.table.constraints:
        if isinstance(each, CheckConstraint):
            found = re.search(
                rf"\b{column.name} (?:IN \(|= )'(\w+)'(?:,| OR {column.name} =)", str(each.sqltext)
            )
            if found:
                return FIXED.get(f"{column.table.name}.{column.name}", found[1])
    return None


def plantable(of: Table) -> list[str]:
    """The columns of a table of hers in which any word can stand, as `table.column`."""
    found = []
    for column in of.columns:
        full = f"{of.name}.{column.name}"
        if is_text(column) and allowed(column) is None and not {full, column.name} & {*POINTS, *KEEPS}:
            found.append(full)
    return found


def hers() -> list[Table]:
    """The tables in which rows of hers can stand."""
    return list(dict.fromkeys([of for of, _ in traces.DELETED] + [SQLModel.metadata.tables["members"]]))


class Woman:
    """One member with something in every table, and her word in every column that can hold one."""

    def __init__(
        self, tx: Tx, site: Site, staff_id: int, word: str, now: datetime, leave: frozenset[str] = frozenset()
    ) -> None:
        self.word = word
        self.leave = leave
        """Columns that are not planted, because she has to go on using them."""
        self.site, self.staff_id, self.now = site, staff_id, now
        conversation, member = conversations.load(tx, "telegram:1", f"{word}-sender", now, site.id)
        self.member, self.chat = member.id, conversation.id
        self.message = messages.hear(tx, self.chat, "telegram:1", "text", word, now)
        self.past = self._books(tx, now + timedelta(days=1))
        self.ahead = self._books(tx, now + timedelta(days=2))
        self._fill(tx)
        self._plant(tx)

    def _books(self, tx: Tx, at: datetime) -> Booking:
        taken = bookings.take(
            tx, offices.wanted(self.site), at, member_id=self.member, conversation_id=self.chat, now=self.now
        )
        assert isinstance(taken, Taken)
        return taken.booking

    def _fill(self, tx: Tx) -> None:
        """A row in every table of hers that has none yet; parents come before children."""
        ids = {"members": self.member, "conversations": self.chat, "messages": self.message}
        ids["addresses"] = tx.query(
            select(table(AddressRow).c.id).where(table(AddressRow).c.member_id == self.member)
        )[0].id
        ids["staff"], ids["sites"], ids["bookings"] = self.staff_id, self.site.id, self.past.id
        wanted = {of.name for of in hers()} | {"topics"}
        for of in SQLModel.metadata.sorted_tables:
            if of.name in wanted and of.name not in ids and of.name != "audit_names":
                row = {
                    column.name: self._value(of, column, ids) for column in of.columns if column.name != "id"
                }
                tx.query(of.insert().values(row))
                if "id" in of.c:
                    ids[of.name] = tx.query(select(of.c.id).order_by(of.c.id.desc()).limit(1))[0].id
        for kind, key in (("member", self.member), ("conversation", self.chat), ("booking", self.past.id)):
            audit.name(tx, kind, key, f"{self.word}-{next(_numbers)}")
        self.ids = ids

    def _value(self, of: Table, column: Column[Any], ids: dict[str, int]) -> Any:
        full = f"{of.name}.{column.name}"
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column.table.name
            return None if full in ("notices.message_id", "tasks.done_by") else ids[target]
        if allowed(column) is not None:
            return allowed(column)
        if full in KEEPS:
            return f"kept-{next(_numbers)}"
        if full == "media.uid":
            return f"{next(_numbers):032x}"
        if column.name == "subject":
            return f"conversation:{self.chat}"
        return self._word(column, full)

    def _word(self, column: Column[Any], full: str) -> Any:
        if column.name == "expires_at":
            return self.now + timedelta(days=30)  # nothing of the others may end by itself meanwhile
        if isinstance(column.type, Utc):
            return None if column.name in ("done_at", "closed_at", "acknowledged_at") else self.now
        if isinstance(column.type, Json):
            return [self.word]
        if isinstance(column.type, Boolean):
            return False
        if not is_text(column):
            return 1
        return f"{self.word}-{full}-{next(_numbers)}"

    def _plant(self, tx: Tx) -> None:
        """Her word into every column of rows that stood there already."""
        rows = {
            "members": self.member,
            "conversations": self.chat,
            "messages": self.message,
            "bookings": self.past.id,
            "addresses": self.ids["addresses"],
        }
        for name, key in rows.items():
            of = SQLModel.metadata.tables[name]
            values = {
                name: [self.word] if isinstance(of.c[name].type, Json) else f"{self.word}-{name}-{key}"
                for name in (full.partition(".")[2] for full in plantable(of))
                if f"{of.name}.{name}" not in self.leave
            }
            if values:
                tx.query(update(of).where(of.c.id == key).values(values))


def texts_of(tx: Tx) -> Iterator[str]:
    """Every value of every column of every row, as a dump would hold it."""
    for of in SQLModel.metadata.sorted_tables:
        for row in tx.query(of.select()):
            for value in row:
                yield repr(value)


def holds(tx: Tx, word: str) -> list[str]:
    """Where a word stands: `table.column`."""
    found = []
    for of in SQLModel.metadata.sorted_tables:
        for row in tx.query(of.select()):
            found += [f"{of.name}.{name}" for name, value in row._asdict().items() if word in repr(value)]
    return found
