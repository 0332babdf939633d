"""Tasks of staff: made by what happens, done with a note, overdue to a second person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.sql import Utc

_OPEN_SQL = text("done_at IS NULL")


class TaskRow(SQLModel, table=True):
    """One thing a person has to do."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "subject_version"),
        CheckConstraint("kind IN ('urgent', 'call', 'missed', 'failed_turn', 'duty')", name="kind_known"),
        CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="done_by_somebody"),
        Index("ix_tasks_open", "site_id", "due_at", sqlite_where=_OPEN_SQL, postgresql_where=_OPEN_SQL),
    )
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id")
    kind: str
    subject: str
    """What it is about, as `booking:17`."""
    subject_version: int = 0
    member_id: int | None = Field(default=None, foreign_key="members.id", index=True)
    conversation_id: int | None = Field(default=None, foreign_key="conversations.id", index=True)
    staff_id: int | None = Field(default=None, foreign_key="staff.id", index=True)
    """Its owner; None until somebody takes it."""
    second_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who is told when it is overdue."""
    due_at: datetime = Field(sa_type=Utc)
    created_at: datetime = Field(sa_type=Utc)
    overdue_at: datetime | None = Field(default=None, sa_type=Utc)
    """When the second person was told."""
    done_at: datetime | None = Field(default=None, sa_type=Utc)
    done_by: int | None = Field(default=None, foreign_key="staff.id")
    note: str | None = None
