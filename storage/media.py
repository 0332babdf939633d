"""Voice notes, pictures and files of members: where each is, and until when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from storage.sql import Utc

_WANTED_SQL = text("state = 'wanted'")


class MediaRow(SQLModel, table=True):
    """One file. Its bytes lie outside the database under its random name."""

    __tablename__ = "media"
    __table_args__ = (
        CheckConstraint("state IN ('wanted', 'stored', 'refused', 'failed', 'gone')", name="state_known"),
        CheckConstraint("kind IN ('voice', 'picture', 'file')", name="kind_known"),
        CheckConstraint("(kept_at IS NULL) = (kept_reason IS NULL)", name="kept_has_reason"),
        Index("ix_media_due", "not_before", sqlite_where=_WANTED_SQL, postgresql_where=_WANTED_SQL),
        Index("ix_media_expires_at", "expires_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    """Random; the file's name and its address in the console."""
    conversation_id: int = Field(foreign_key="conversations.id", index=True)
    message_id: int = Field(foreign_key="messages.id", index=True)
    account: str
    kind: str
    provider_ref: str | None = None
    """What the provider calls it; None when it came with the post."""
    name: str | None = None
    """As her phone called it, cleaned; shown to staff only."""
    content_type: str | None = None
    """As its first bytes say, never as she or the provider said."""
    size: int | None = None
    """Bytes."""
    state: str = "wanted"
    error: str | None = None
    attempt: int = 0
    not_before: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    kept_at: datetime | None = Field(default=None, sa_type=Utc)
    kept_by: int | None = Field(default=None, foreign_key="staff.id")
    kept_reason: str | None = None
    created_at: datetime = Field(sa_type=Utc)
