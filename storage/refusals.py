"""Not this person: a member's word that takes a staff member's access to her chat and bookings away."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.sql import Utc


class RefusalRow(SQLModel, table=True):
    """One member does not want one staff member."""

    __tablename__ = "refusals"
    member_id: int = Field(foreign_key="members.id", primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", primary_key=True, index=True)
    at: datetime = Field(sa_type=Utc)
