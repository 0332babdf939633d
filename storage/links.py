"""Codes that join two chats of one person: shown in one of her chats, typed in the other."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.sql import Utc


class LinkCode(SQLModel, table=True):
    """A code shown to her; only its keyed hash is kept."""

    __tablename__ = "link_codes"
    code_hash: str = Field(primary_key=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    address_id: int = Field(foreign_key="addresses.id")
    created_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)


class LinkTry(SQLModel, table=True):
    """Wrong codes typed from one address: after a few it waits."""

    __tablename__ = "link_tries"
    address_id: int = Field(foreign_key="addresses.id", primary_key=True)
    fails: int
    since: datetime = Field(sa_type=Utc)
