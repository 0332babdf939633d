"""Staff: who they are, which role they have at which site, and how they sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from storage.sql import Json, Utc

ROLES = ("desk", "counsellor", "mediator", "coordinator", "analyst", "admin")


class StaffRow(SQLModel, table=True):
    """A person who works here. Only what signing in, routing and duty need."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("language IN ('sl', 'en')", name="language_known"),
        CheckConstraint("totp_step >= 0", name="step_counts"),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    """Random; what the audit and other people's pages call her."""
    login: str = Field(unique=True)
    """Lower case."""
    name: str
    language: str = "sl"
    """Of the console."""
    languages: Any = Field(sa_type=Json)
    """Spoken with members."""
    counsellor_id: int | None = Field(default=None, foreign_key="counsellors.id")
    password_hash: str | None = None
    """argon2id; None until the invitation was used."""
    totp_secret: str | None = None
    totp_step: int = 0
    """The last time step whose code was used: no code counts twice."""
    telegram_id: str | None = None
    """Her own private chat with the bot, for duty alerts."""
    active: bool = True
    created_at: datetime = Field(sa_type=Utc)


class StaffRole(SQLModel, table=True):
    """One role at one site."""

    __tablename__ = "staff_roles"
    __table_args__ = (
        CheckConstraint(
            "role IN ('desk', 'counsellor', 'mediator', 'coordinator', 'analyst', 'admin')", name="role_known"
        ),
    )
    staff_id: int = Field(foreign_key="staff.id", primary_key=True)
    site_id: int = Field(foreign_key="sites.id", primary_key=True)
    role: str = Field(primary_key=True)


class StaffSession(SQLModel, table=True):
    """A signed-in browser; the cookie's hash is its name."""

    __tablename__ = "staff_sessions"
    __table_args__ = (Index("ix_staff_sessions_staff", "staff_id"),)
    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    staff_id: int = Field(foreign_key="staff.id")
    passed: bool = False
    """Whether the second factor was given, or none is needed."""
    created_at: datetime = Field(sa_type=Utc)
    seen_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)


class Invitation(SQLModel, table=True):
    """A link that works once and lets a person choose a password."""

    __tablename__ = "staff_invitations"
    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)


class RecoveryCode(SQLModel, table=True):
    """A printed code that stands in for the second factor, once."""

    __tablename__ = "staff_recovery_codes"
    staff_id: int = Field(foreign_key="staff.id", primary_key=True)
    code_hash: str = Field(primary_key=True)
    used_at: datetime | None = Field(default=None, sa_type=Utc)


class SignInGuard(SQLModel, table=True):
    """How often signing in failed for one login or one network address, both as keyed hashes."""

    __tablename__ = "staff_guards"
    key: str = Field(primary_key=True)
    fails: int = 0
    last_at: datetime = Field(sa_type=Utc)
    until: datetime | None = Field(default=None, sa_type=Utc)


class PushSubscription(SQLModel, table=True):
    """A browser of hers that alerts may wake."""

    __tablename__ = "staff_pushes"
    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", index=True)
    endpoint: str = Field(unique=True)
    p256dh: str
    auth: str
    created_at: datetime = Field(sa_type=Utc)
    failed_at: datetime | None = Field(default=None, sa_type=Utc)
