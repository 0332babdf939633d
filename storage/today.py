"""The day as staff see it: appointments, who waits, what failed, what was not sent, whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, or_, select

from storage import conversations, notices, updates
from storage.bookings import BookingRow
from storage.conversations import ConversationRow
from storage.counsellors import CounsellorRow, both
from storage.messages import OPEN, MessageRow
from storage.notices import Call
from storage.sites import Site
from storage.sql import Statement, Tx, table

ROWS_MAX = 200
STUCK_AFTER = timedelta(minutes=5)
"""A message that could not leave for so long is shown to staff."""
FAILED_FOR = timedelta(days=2)
"""How long a message that failed for good is shown."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One booking of the day."""

    starts_at: datetime
    counsellor: str
    topic: str
    mode: str
    language: str | None
    code: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation in which a person is asked for."""

    conversation: int
    reason: str
    since: datetime
    urgent: bool
    language: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A turn that could not be done."""

    id: int
    conversation: int | None
    channel: str
    error: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unsent:
    """A message that did not leave."""

    id: int
    conversation: int
    kind: str
    state: str
    error: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """One day of one site."""

    at: datetime
    site: str
    appointments: tuple[Appointment, ...]
    waiting: tuple[Waiting, ...]
    failures: tuple[Failure, ...]
    unsent: tuple[Unsent, ...]
    calls: tuple[Call, ...]


_m = table(MessageRow)
_c = table(ConversationRow)
_columns = (_m.c.id, _m.c.conversation_id, _m.c.kind, _m.c.state, _m.c.error, _m.c.created_at)
_UNSENT = Statement(
    select(*_columns)
    .where(
        _m.c.account != bindparam("pages"),
        or_(
            _m.c.state.in_((*OPEN, "sending")) & (_m.c.not_before <= bindparam("stuck")),
            _m.c.state.in_(("failed", "unknown")) & (_m.c.created_at >= bindparam("since")),
        ),
    )
    .order_by(_m.c.id)
    .limit(ROWS_MAX)
)
_OLDEST = Statement(
    select(func.min(_m.c.not_before, type_=_m.c.not_before.type).label("at")).where(
        _m.c.account != bindparam("pages"), _m.c.state.in_(OPEN), _m.c.not_before <= bindparam("now")
    )
)

_b = table(BookingRow)
_k = table(CounsellorRow)
_second = _k.alias("second")
_APPOINTMENTS = Statement(
    select(_b.c.starts_at, both(_k, _second), _b.c.topic, _b.c.mode, _b.c.language, _b.c.code)
    .join(_k, _k.c.id == _b.c.counsellor_id)
    .outerjoin(_second, _second.c.id == _b.c.second_id)
    .where(
        or_(_b.c.site_id == bindparam("site"), _b.c.second_site_id == bindparam("site")),
        _b.c.state.in_(("booked", "attended", "missed")),
        _b.c.starts_at >= bindparam("since"),
        _b.c.starts_at < bindparam("until"),
    )
    .order_by(_b.c.starts_at, _k.c.name)
    .limit(ROWS_MAX)
)


def oldest_unsent(tx: Tx, pages: str, now: datetime) -> datetime | None:
    """Since when the oldest message that could leave waits; those for `pages` wait for their reader."""
    found: datetime | None = tx.one(_OLDEST, pages=pages, now=now).at
    return found


def day_of(now: datetime, zone: str) -> tuple[datetime, datetime]:
    """The first moment of the local day and of the next one."""
    first = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    return first, first + timedelta(days=1)


def overview(tx: Tx, now: datetime, site: Site) -> Overview:
    """The local day of `now`."""
    since, until = day_of(now, site.timezone)
    return Overview(
        at=now,
        site=site.name,
        appointments=tuple(
            Appointment(*row) for row in tx.all(_APPOINTMENTS, site=site.id, since=since, until=until)
        ),
        waiting=tuple(
            Waiting(row.id, row.waiting_reason or "asked", row.waiting_since, bool(row.urgent), row.language)
            for row in conversations.waiting(tx)
        ),
        failures=tuple(
            Failure(row.id, row.conversation_id, row.account.partition(":")[0], row.error, row.at)
            for row in updates.open_failures(tx)
        ),
        unsent=tuple(
            Unsent(*row)
            for row in tx.all(_UNSENT, pages="web", stuck=now - STUCK_AFTER, since=now - FAILED_FOR)
        ),
        calls=tuple(notices.call_list(tx, site.id, now)),
    )
