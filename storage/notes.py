"""Internal notes of staff about a member; she never sees them in the chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, insert, select
from sqlmodel import Field, SQLModel

from storage.sql import Statement, Tx, Utc, table
from storage.staff import StaffRow

TEXT_MAX = 2_000
SHOWN_MAX = 100


class NoteRow(SQLModel, table=True):
    """One note. A sensitive one is opened by a click, and every opening is in the audit."""

    __tablename__ = "notes"
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    staff_id: int = Field(foreign_key="staff.id")
    text: str
    sensitive: bool = False
    created_at: datetime = Field(sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Note:
    """One note as a page shows it; `text` is None while it is sensitive and was not opened."""

    id: int
    author: str
    text: str | None
    sensitive: bool
    at: datetime


_n = table(NoteRow)
_s = table(StaffRow)
_ADD = Statement(
    insert(_n)
    .values({name: bindparam(name) for name in ("member_id", "staff_id", "text", "sensitive", "created_at")})
    .returning(_n.c.id)
)
_ABOUT = Statement(
    select(
        _n.c.id,
        _s.c.name,
        # What is sensitive does not even leave the database before it is asked for.
        case((_n.c.sensitive & (_n.c.id != bindparam("opened")), None), else_=_n.c.text).label("text"),
        _n.c.sensitive,
        _n.c.created_at,
    )
    .join(_s, _s.c.id == _n.c.staff_id)
    .where(_n.c.member_id == bindparam("of_member"))
    .order_by(_n.c.id.desc())
    .limit(SHOWN_MAX)
)
_IS_SENSITIVE = Statement(
    select(_n.c.id).where(
        _n.c.id == bindparam("note"), _n.c.member_id == bindparam("of_member"), _n.c.sensitive
    )
)


def add(tx: Tx, member_id: int, staff_id: int, text: str, sensitive: bool, now: datetime) -> int:
    """Write a note; its id."""
    row = tx.one(_ADD, member_id=member_id, staff_id=staff_id, text=text, sensitive=sensitive, created_at=now)
    return int(row.id)


def about(tx: Tx, member_id: int, opened: int = 0) -> tuple[Note, ...]:
    """The notes about a member, newest first; of the sensitive ones only `opened` has its text."""
    rows = tx.all(_ABOUT, of_member=member_id, opened=opened)
    return tuple(Note(row.id, row.name, row.text, bool(row.sensitive), row.created_at) for row in rows)


def is_sensitive(tx: Tx, member_id: int, note_id: int) -> bool:
    """Whether this is a sensitive note about this member: opening it is written down."""
    return tx.one(_IS_SENSITIVE, note=note_id, of_member=member_id) is not None
