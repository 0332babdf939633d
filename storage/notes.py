"""Internal notes of staff about a member; she never sees them in the chat."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.sql import Utc


class NoteRow(SQLModel, table=True):
    """One note. A sensitive one is opened by a click, and every opening is in the audit."""

    __tablename__ = "notes"
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    staff_id: int = Field(foreign_key="staff.id")
    text: str
    sensitive: bool = False
    created_at: datetime = Field(sa_type=Utc)
