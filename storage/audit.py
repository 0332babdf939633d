"""The audit: what staff and the system did, append-only, sealed by a tick into a hash chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.sql import Json, Utc


class AuditRow(SQLModel, table=True):
    """One act. `actor` and `about` are random names; nothing here is personal data."""

    __tablename__ = "audit"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Utc)
    actor: str
    """A staff member's uid, or `system`."""
    act: str
    about: str | None = None
    """The random name of what it was done to (`audit_names`)."""
    details: Any = Field(default=None, sa_type=Json, nullable=True)


class AuditSeal(SQLModel, table=True):
    """The chain: the digest over one row and the digest before it."""

    __tablename__ = "audit_seals"
    audit_id: int = Field(primary_key=True)
    digest: str


class AuditName(SQLModel, table=True):
    """What a random name stands for; erasing a member removes it, and the audit speaks of nobody."""

    __tablename__ = "audit_names"
    __table_args__ = (UniqueConstraint("kind", "key"),)
    uid: str = Field(primary_key=True)
    kind: str
    key: int
