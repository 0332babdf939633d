"""The office: who answers for this installation, how long what is kept, whether members may write; and its sites.

There is one, and its row is made by `python -m bot setup` or at the first start. An installation without the row is open with
the values below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, bindparam, select, update
from sqlmodel import Field, SQLModel

from storage import sites
from storage.retention import Keep
from storage.sites import Site
from storage.sql import InsertNew, Json, Statement, Tx, Utc, table

ONLY = 1
"""The number of its one row."""
FACTS = ("controller", "address", "email", "phone", "keep", "ack_minutes")
"""What the console changes."""


class NoSite(Exception):
    """The database holds no site: set it up first, or seed the demo."""


class OfficeRow(SQLModel, table=True):
    """The one office; `version` moves with every change of it, of a site or of opening hours."""

    __tablename__ = "office"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)
    id: int | None = Field(default=None, primary_key=True)
    controller: str
    """Who answers for the personal data (GDPR, article 4(7))."""
    address: str
    email: str
    phone: str
    """Of whoever answers questions about personal data."""
    keep: Any = Field(sa_type=Json)
    """Days by kind, the fields of `Keep`."""
    ack_minutes: int
    opened_at: datetime | None = Field(default=None, sa_type=Utc)
    """Since when members may write; None while the office is being set up."""
    version: int


@dataclass(frozen=True, slots=True)
class Office:
    """The office as everything above sees it, read at one moment."""

    sites: tuple[Site, ...]
    """The oldest first; at least one."""
    controller: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    keep: Keep = field(default_factory=Keep)
    ack_minutes: int = 10
    """How long an alert waits for somebody to answer, before the next is called."""
    is_open: bool = True
    """Whether members may write."""
    is_set: bool = False
    """Whether it has its row."""
    version: int = 0

    @property
    def main(self) -> Site:
        """Where whoever has chosen no site belongs."""
        return self.sites[0]

    def site(self, site_id: int | None) -> Site:
        """The site of this number; the main one for none."""
        return next((site for site in self.sites if site.id == site_id), self.main)

    @property
    def places(self) -> tuple[tuple[int, str], ...]:
        """(number, place) of the sites members may choose among; empty when there is nothing to choose."""
        offered = tuple((site.id, site.place) for site in self.sites if site.offered)
        return offered if len(offered) > 1 else ()

    @property
    def ack(self) -> timedelta:
        """`ack_minutes` as a span."""
        return timedelta(minutes=self.ack_minutes)


def alone(site: Site) -> Office:
    """An office of one site, open, with the values of the start."""
    return Office((site,))


_office = table(OfficeRow)
_LOAD = Statement(select(_office).where(_office.c.id == ONLY))
_VERSION = Statement(select(_office.c.version).where(_office.c.id == ONLY))
_ADD = InsertNew(_office, "id", *FACTS, "opened_at", "version")
_CHANGED = Statement(update(_office).where(_office.c.id == ONLY).values(version=_office.c.version + 1))
_SAVE = Statement(
    update(_office)
    .where(_office.c.id == ONLY, _office.c.version == bindparam("seen"))
    .values({name: bindparam(f"new_{name}") for name in FACTS} | {"version": _office.c.version + 1})
)
_OPEN = Statement(
    update(_office)
    .where(_office.c.id == ONLY, _office.c.opened_at.is_(None))
    .values(opened_at=bindparam("now"), version=_office.c.version + 1)
)


def load(tx: Tx) -> Office:
    """The office now. Raises `NoSite` when nothing is there to run for."""
    known = sites.every(tx)
    if not known:
        raise NoSite
    row = tx.one(_LOAD)
    if row is None:
        return Office(known)
    return Office(
        known,
        row.controller,
        row.address,
        row.email,
        row.phone,
        keep_of(row.keep),
        row.ack_minutes,
        is_open=row.opened_at is not None,
        is_set=True,
        version=row.version,
    )


def keep_of(days: Mapping[str, Any]) -> Keep:
    """Days by kind as they are stored; a kind that is not there yet has the value of the start."""
    return Keep(**{one.name: int(days[one.name]) for one in fields(Keep) if one.name in days})


def exists(tx: Tx) -> bool:
    """Whether the office has its row."""
    return tx.one(_VERSION) is not None


def version(tx: Tx) -> int:
    """Moves with every change; 0 before the row is made."""
    row = tx.one(_VERSION)
    return 0 if row is None else int(row.version)


def add(
    tx: Tx,
    *,
    keep: Keep | None = None,
    ack_minutes: int = 10,
    opened_at: datetime | None,
    controller: str = "",
) -> bool:
    """Make the row; False when it is there."""
    return bool(
        tx.run(
            _ADD,
            id=ONLY,
            controller=controller,
            address="",
            email="",
            phone="",
            keep=asdict(keep or Keep()),
            ack_minutes=ack_minutes,
            opened_at=opened_at,
            version=1,
        )
    )


def save(tx: Tx, office: Office, seen: int) -> bool:
    """Keep what the office says of itself, if nobody changed anything since `seen`."""
    facts = {f"new_{name}": getattr(office, name) for name in FACTS}
    facts["new_keep"] = asdict(office.keep)
    return tx.run(_SAVE, seen=seen, **facts) == 1


def changed(tx: Tx) -> None:
    """A site or its hours were changed in this transaction: every process looks again."""
    tx.run(_CHANGED)


def open_up(tx: Tx, now: datetime) -> bool:
    """From now on members may write; False when they may already."""
    return tx.run(_OPEN, now=now) == 1
