"""Erasing a member, and the keyed tombstones that keep a restore or an import from reviving her."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.sql import Utc


class Tombstone(SQLModel, table=True):
    """An address that was erased, as a keyed hash: nobody can read back whose."""

    __tablename__ = "tombstones"
    key: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc)


class DataLink(SQLModel, table=True):
    """A link to all we hold about her; works once."""

    __tablename__ = "data_links"
    token_hash: str = Field(primary_key=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    created_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)
