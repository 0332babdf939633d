"""The staff group on Telegram: one forum topic a conversation, and how far it has been told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.sql import Utc


class TopicRow(SQLModel, table=True):
    """The topic of one conversation. No words are kept here: they stand in its messages."""

    __tablename__ = "topics"
    __table_args__ = (
        UniqueConstraint("chat_id", "thread_id"),
        CheckConstraint("state IN ('wanted', 'open', 'closed', 'deleted')", name="state_known"),
    )
    conversation_id: int = Field(foreign_key="conversations.id", primary_key=True)
    chat_id: str
    thread_id: int | None = None
    state: str = "wanted"
    told_to: int = 0
    """The last message of the conversation that was posted there."""
    told_owner: str | None = None
    """The owner the topic was told last."""
    changed_at: datetime = Field(sa_type=Utc)
