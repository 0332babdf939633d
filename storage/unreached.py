"""Changes of her meetings of which she does not know, for all we can tell: somebody calls her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, and_, bindparam, cast, exists, literal_column, or_, select

from storage.bookings import BookingRow
from storage.changes import NOTICE, ChangeRow
from storage.members import MemberRow
from storage.messages import MessageRow
from storage.notices import QUIET_REASONS, NoticeRow
from storage.sql import Statement, Tx, Utc, table, to_ms
from storage.tasks import CALL, TaskRow


@dataclass(frozen=True, slots=True)
class Call:
    """A change of which she does not know, for all we can tell."""

    booking_id: int
    at: datetime
    starts_at: datetime
    member_id: int
    conversation_id: int | None
    write_when: str | None
    hopeless: bool
    """No message will reach her any more: nothing is gained by waiting."""

    @property
    def episode(self) -> int:
        """The version of its task."""
        return to_ms(self.at)


_ch = table(ChangeRow)
_b = table(BookingRow)
_later = _b.alias("later")
_p = table(MemberRow)
_n = table(NoticeRow)
_m = table(MessageRow)
_t = table(TaskRow)
_SUBJECT = literal_column("'booking:'", String).concat(cast(_b.c.id, String))
_of_it = and_(_n.c.kind == NOTICE, _n.c.subject == _SUBJECT, _n.c.subject_version == _ch.c.version)
_present = and_(_b.c.id == _ch.c.booking_id, _b.c.version == _ch.c.version)
# Something of the same topic was booked after it, by her or for her: she knows.
_REPLACED = exists().where(
    _later.c.member_id == _b.c.member_id,
    _later.c.topic == _b.c.topic,
    _later.c.site_id == _b.c.site_id,
    _later.c.state == "booked",
    _later.c.created_at >= _ch.c.at,
    _later.c.id != _b.c.id,
)
_GONE = ("failed", "unknown", "expired", "cancelled", "skipped")
_CALLS = Statement(
    select(
        _b.c.id,
        _ch.c.at,
        _b.c.starts_at,
        _b.c.member_id,
        _b.c.conversation_id,
        _p.c.write_when,
        _n.c.reason,
        _m.c.state,
    )
    .select_from(_ch)
    .join(_b, _present)
    .join(_p, _p.c.id == _b.c.member_id)
    .outerjoin(_n, _of_it)
    .outerjoin(_m, _m.c.id == _n.c.message_id)
    .where(
        _ch.c.at > bindparam("after", type_=Utc),
        ~_ch.c.knows,
        _ch.c.kind != "booked",
        _b.c.site_id == bindparam("of_site"),
        _b.c.starts_at > bindparam("now", type_=Utc),
        _p.c.erased_at.is_(None),
        or_(_n.c.reason.is_(None), _n.c.reason.not_in(QUIET_REASONS)),
        or_(_m.c.id.is_(None), and_(_m.c.state != "sent", ~_m.c.answered)),
        ~_REPLACED,
        ~exists().where(_t.c.kind == CALL, _t.c.subject == _SUBJECT, _t.c.subject_version == _ch.c.at),
    )
    .order_by(_ch.c.at, _ch.c.booking_id)
    .limit(500)
)


def uncalled(tx: Tx, site_id: int, *, after: datetime, now: datetime) -> list[Call]:
    """Changes since then of meetings ahead that did not reach her, and that no task of calling her stands for."""
    return [
        Call(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4],
            row[5],
            hopeless=row.reason is not None or row.state in _GONE,
        )
        for row in tx.all(_CALLS, of_site=site_id, after=after, now=now)
    ]
