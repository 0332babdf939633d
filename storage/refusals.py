"""Not this person: a member's word that takes a staff member's access to her chat and bookings away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Field, SQLModel

from storage.sql import InsertNew, Statement, Tx, Utc, table


class RefusalRow(SQLModel, table=True):
    """One member does not want one staff member."""

    __tablename__ = "refusals"
    member_id: int = Field(foreign_key="members.id", primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", primary_key=True, index=True)
    at: datetime = Field(sa_type=Utc)


_r = table(RefusalRow)
_ADD = InsertNew(_r, "member_id", "staff_id", "at")
_OF = Statement(select(_r.c.staff_id).where(_r.c.member_id == bindparam("of_member")).order_by(_r.c.staff_id))
_REFUSES = Statement(
    select(_r.c.at).where(_r.c.member_id == bindparam("of_member"), _r.c.staff_id == bindparam("of_staff"))
)


def add(tx: Tx, member_id: int, staff_id: int, now: datetime) -> bool:
    """She does not want this person; False when she had said so before."""
    return tx.run(_ADD, member_id=member_id, staff_id=staff_id, at=now) == 1


def of(tx: Tx, member_id: int) -> frozenset[int]:
    """The staff members she does not want."""
    return frozenset(row.staff_id for row in tx.all(_OF, of_member=member_id))


def refuses(tx: Tx, member_id: int, staff_id: int) -> bool:
    """Whether she does not want this person."""
    return tx.one(_REFUSES, of_member=member_id, of_staff=staff_id) is not None
