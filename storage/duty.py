"""Duty: the roster of who is called for, and the alerts that call them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.sql import Day, Utc

_OPEN_SQL = text("acknowledged_at IS NULL AND closed_at IS NULL")
_SENDABLE_SQL = text("state IN ('queued', 'retry', 'sending')")


class ShiftRow(SQLModel, table=True):
    """Hours in which one person is on duty at a site: every week on a weekday, or on one day. Minutes are wall clock."""

    __tablename__ = "duty_shifts"
    __table_args__ = (
        CheckConstraint("(weekday IS NULL) <> (day IS NULL)", name="weekly_or_dated"),
        CheckConstraint("weekday IS NULL OR weekday BETWEEN 0 AND 6", name="weekday_known"),
        CheckConstraint("from_min >= 0 AND from_min < until_min AND until_min <= 1440", name="within_a_day"),
        CheckConstraint("stand_in_id IS NULL OR stand_in_id <> staff_id", name="stand_in_is_another"),
    )
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    staff_id: int = Field(foreign_key="staff.id")
    stand_in_id: int | None = Field(default=None, foreign_key="staff.id")
    weekday: int | None = None
    day: date | None = Field(default=None, sa_type=Day)
    from_min: int
    until_min: int


class AlertRow(SQLModel, table=True):
    """Something a person on duty must look at. It holds no word of the member."""

    __tablename__ = "alerts"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "subject_version"),
        CheckConstraint("kind IN ('urgent', 'late', 'test')", name="kind_known"),
        CheckConstraint("step BETWEEN 0 AND 3", name="step_known"),
        Index("ix_alerts_due", "next_at", sqlite_where=_OPEN_SQL, postgresql_where=_OPEN_SQL),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    site_id: int = Field(foreign_key="sites.id")
    kind: str
    subject: str
    """`conversation:17`, or `test:<uid>`."""
    subject_version: int = 0
    conversation_id: int | None = Field(default=None, foreign_key="conversations.id", index=True)
    step: int = 0
    """0 nobody yet, 1 the person on duty, 2 the stand-in, 3 the coordinators."""
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who was called last."""
    next_at: datetime = Field(sa_type=Utc)
    created_at: datetime = Field(sa_type=Utc)
    acknowledged_at: datetime | None = Field(default=None, sa_type=Utc)
    acknowledged_by: int | None = Field(default=None, foreign_key="staff.id")
    closed_at: datetime | None = Field(default=None, sa_type=Utc)
    """When it needed nobody any more: the chat was taken or she is gone."""


class AlertSend(SQLModel, table=True):
    """One call to one person by one way."""

    __tablename__ = "alert_sends"
    __table_args__ = (
        UniqueConstraint("alert_id", "step", "staff_id", "way"),
        CheckConstraint("way IN ('push', 'telegram')", name="way_known"),
        CheckConstraint(
            "state IN ('queued', 'retry', 'sending', 'sent', 'failed', 'unknown', 'cancelled')",
            name="state_known",
        ),
        Index("ix_alert_sends_due", "not_before", sqlite_where=_SENDABLE_SQL, postgresql_where=_SENDABLE_SQL),
    )
    id: int | None = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alerts.id", index=True)
    step: int
    staff_id: int = Field(foreign_key="staff.id")
    way: str
    state: str = "queued"
    error: str | None = None
    attempt: int = 0
    not_before: datetime = Field(sa_type=Utc)
    created_at: datetime = Field(sa_type=Utc)
    sent_at: datetime | None = Field(default=None, sa_type=Utc)
