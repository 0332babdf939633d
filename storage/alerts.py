"""Alerts: what a person on duty must look at. The tables stand in `storage/duty.py`, the calls in `storage/calls.py`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, case, exists, func, or_, select, update

from storage import calls
from storage.conversations import ConversationRow
from storage.duty import AlertRow
from storage.members import MemberRow
from storage.refusals import RefusalRow
from storage.sql import InsertNew, Statement, Tx, Utc, table, to_ms

URGENT, LATE, TASK, TEST = "urgent", "late", "task", "test"
NOBODY, ON_DUTY, STAND_IN, COORDINATORS = range(4)
ROWS_MAX = 200
TEST_OPEN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert as it stands."""

    id: int
    uid: str
    site_id: int
    kind: str
    subject: str
    subject_version: int
    conversation_id: int | None
    step: int
    staff_id: int | None
    next_at: datetime
    created_at: datetime
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look."""
        return self.acknowledged_at is None and self.closed_at is None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation in which somebody may have to be called."""

    conversation_id: int
    is_urgent: bool
    since: datetime
    """When the last cause arose: she began to wait, or wrote of danger."""


_a = table(AlertRow)
_c = table(ConversationRow)
_p = table(MemberRow)
_r = table(RefusalRow)
_NAMES = tuple(field.name for field in fields(Alert))
_columns = [_a.c[name] for name in _NAMES]
_AT_SITE = or_(_c.c.site_id == bindparam("of_site"), _c.c.site_id.is_(None))
"""A chat nobody gave a site yet must not be nobody's."""
_OPEN = and_(_a.c.acknowledged_at.is_(None), _a.c.closed_at.is_(None))
_NEW = (
    "uid",
    "site_id",
    "kind",
    "subject",
    "subject_version",
    "conversation_id",
    "step",
    "staff_id",
    "next_at",
    "created_at",
)
_RAISE = InsertNew(_a, *_NEW, returning="id")
_SINCE = case(
    (
        and_(
            _c.c.urgent,
            _p.c.danger_at.is_not(None),
            or_(_c.c.waiting_since.is_(None), _p.c.danger_at > _c.c.waiting_since),
        ),
        _p.c.danger_at,
    ),
    else_=_c.c.waiting_since,
)
_its_alert = _a.alias("its_alert")
# A person who owns the chat and has done something there since the danger has seen it.
_UNSEEN = or_(
    _c.c.owner == "waiting",
    and_(
        _c.c.owner == "person",
        _c.c.urgent,
        _p.c.danger_at.is_not(None),
        or_(_c.c.touched_at.is_(None), _p.c.danger_at > _c.c.touched_at),
    ),
)
_COVERED = exists().where(
    _its_alert.c.conversation_id == _c.c.id,
    or_(
        # Whoever is called already, or looked after the last cause, knows.
        and_(_its_alert.c.acknowledged_at.is_(None), _its_alert.c.closed_at.is_(None)),
        and_(_its_alert.c.kind == URGENT, _its_alert.c.acknowledged_at >= _SINCE),
    ),
)
_URGENT = Statement(
    select(_c.c.id, _c.c.urgent, _SINCE.label("since"))
    .join(_p, _p.c.id == _c.c.member_id)
    .where(_AT_SITE, _c.c.urgent, _UNSEEN, _SINCE.is_not(None), ~_COVERED)
    .order_by(_c.c.id)
    .limit(ROWS_MAX)
)
_LATE = Statement(
    select(_c.c.id, _c.c.urgent, _c.c.waiting_since)
    .where(
        _AT_SITE,
        _c.c.owner == "waiting",
        _c.c.waiting_since <= bindparam("before", type_=Utc),
        ~exists().where(
            _its_alert.c.conversation_id == _c.c.id,
            or_(
                and_(_its_alert.c.acknowledged_at.is_(None), _its_alert.c.closed_at.is_(None)),
                and_(
                    _its_alert.c.kind == LATE,
                    _its_alert.c.created_at >= _c.c.waiting_since,
                ),
                # She who looked at an urgent one gets the promised time before it is late.
                and_(
                    _its_alert.c.kind == URGENT, _its_alert.c.acknowledged_at > bindparam("before", type_=Utc)
                ),
            ),
        ),
    )
    .order_by(_c.c.waiting_since, _c.c.id)
    .limit(ROWS_MAX)
)
# A raised urgent alert stands above a late one of the same chat: the late one needs nobody any more.
_CLOSE_LATE = Statement(
    update(_a)
    .where(_OPEN, _a.c.kind == LATE, _a.c.conversation_id == bindparam("in_conversation"))
    .values(closed_at=bindparam("now"))
)
_CLOSE_DONE = Statement(
    update(_a)
    .where(
        _OPEN,
        _a.c.conversation_id.is_not(None),
        exists().where(
            _c.c.id == _a.c.conversation_id,
            or_(
                _c.c.owner == "bot",
                and_(_c.c.owner == "person", _c.c.touched_at >= _a.c.created_at),
            ),
        ),
    )
    .values(closed_at=bindparam("now"))
)
_CLOSE_OLD = Statement(
    update(_a)
    .where(_OPEN, _a.c.kind == TEST, _a.c.created_at <= bindparam("before", type_=Utc))
    .values(closed_at=bindparam("now"))
)
_DUE = Statement(
    select(*_columns)
    .where(
        _OPEN,
        _a.c.kind.in_((URGENT, LATE)),
        _a.c.site_id == bindparam("of_site"),
        _a.c.next_at <= bindparam("now", type_=Utc),
    )
    .order_by(_a.c.id)
    .limit(ROWS_MAX)
    .with_for_update(of=_a, skip_locked=True)
)
_STEP = Statement(
    update(_a)
    .where(_a.c.id == bindparam("alert_id"))
    .values(
        step=bindparam("new_step"),
        next_at=bindparam("at"),
        staff_id=func.coalesce(bindparam("called", type_=_a.c.staff_id.type), _a.c.staff_id),
    )
)
_REFUSED = Statement(
    select(_r.c.staff_id)
    .join(_c, _c.c.member_id == _r.c.member_id)
    .where(_c.c.id == bindparam("in_conversation"))
)
_FIND = Statement(select(*_columns).where(_a.c.uid == bindparam("of_uid")))
_ACKNOWLEDGE = Statement(
    update(_a)
    .where(_a.c.uid == bindparam("of_uid"), _a.c.acknowledged_at.is_(None))
    .values(acknowledged_at=bindparam("now"), acknowledged_by=bindparam("by"))
)
_OPEN_OF = Statement(
    select(*_columns).where(_OPEN, _a.c.site_id == bindparam("of_site")).order_by(_a.c.id).limit(ROWS_MAX)
)
_TESTED = Statement(
    select(func.max(_a.c.acknowledged_at, type_=_a.c.acknowledged_at.type).label("at")).where(
        _a.c.kind == TEST, _a.c.site_id == bindparam("of_site")
    )
)


def raise_(  # noqa: PLR0913 - an alert has so many columns
    tx: Tx,
    uid: str,
    kind: str,
    subject: str,
    version: int,
    *,
    site_id: int,
    now: datetime,
    conversation_id: int | None = None,
    staff_id: int | None = None,
    step: int = NOBODY,
) -> int | None:
    """A new alert, to be looked at now; its id, None when it was raised before."""
    row = tx.one(
        _RAISE,
        uid=uid,
        site_id=site_id,
        kind=kind,
        subject=subject,
        subject_version=version,
        conversation_id=conversation_id,
        step=step,
        staff_id=staff_id,
        next_at=now,
        created_at=now,
    )
    if row is not None and kind == URGENT and conversation_id is not None:
        tx.run(_CLOSE_LATE, in_conversation=conversation_id, now=now)
    return None if row is None else int(row.id)


def raise_for(tx: Tx, waiting: Waiting, kind: str, site_id: int, uid: str, now: datetime) -> int | None:
    """The alert of one waiting episode; its id, None when it was raised before."""
    return raise_(
        tx,
        uid,
        kind,
        f"conversation:{waiting.conversation_id}",
        to_ms(waiting.since),
        site_id=site_id,
        now=now,
        conversation_id=waiting.conversation_id,
    )


def urgent(tx: Tx, site_id: int) -> list[Waiting]:
    """Level-1 conversations of a site that nobody is called to and nobody has looked at since."""
    return [Waiting(row.id, True, row.since) for row in tx.all(_URGENT, of_site=site_id)]


def waiting(tx: Tx, site_id: int, before: datetime) -> list[Waiting]:
    """Conversations of a site that wait since before this and that nobody is called to."""
    rows = tx.all(_LATE, of_site=site_id, before=before)
    return [Waiting(row.id, bool(row.urgent), row.waiting_since) for row in rows]


def close_done(tx: Tx, now: datetime) -> int:
    """Close the alerts that need nobody any more, and cancel their calls; how many alerts."""
    closed = tx.run(_CLOSE_DONE, now=now) + tx.run(_CLOSE_OLD, now=now, before=now - TEST_OPEN)
    calls.cancel_over(tx)
    return closed


def due(tx: Tx, site_id: int, now: datetime) -> list[Alert]:
    """Open alerts of a site whose next step is due."""
    return [Alert(*row) for row in tx.all(_DUE, of_site=site_id, now=now)]


def set_step(tx: Tx, alert_id: int, step: int, at: datetime, called: int | None = None) -> None:
    """Where an alert stands, and when it is looked at again."""
    tx.run(_STEP, alert_id=alert_id, new_step=step, at=at, called=called)


def refused(tx: Tx, alert: Alert) -> frozenset[int]:
    """Whom the member this alert is about does not want: they are neither called nor shown it."""
    if alert.conversation_id is None:
        return frozenset()
    return frozenset(row.staff_id for row in tx.all(_REFUSED, in_conversation=alert.conversation_id))


def find(tx: Tx, uid: str) -> Alert | None:
    """The alert of this uid."""
    row = tx.one(_FIND, of_uid=uid)
    return None if row is None else Alert(*row)


def open_of(tx: Tx, site_id: int) -> list[Alert]:
    """What is open at a site, oldest first."""
    return [Alert(*row) for row in tx.all(_OPEN_OF, of_site=site_id)]


def acknowledge(tx: Tx, uid: str, staff_id: int, now: datetime) -> bool:
    """She looks: nobody else is called. False when somebody did so before."""
    done = tx.run(_ACKNOWLEDGE, of_uid=uid, by=staff_id, now=now) == 1
    if done:
        calls.cancel_over(tx)
    return done


def tested_at(tx: Tx, site_id: int) -> datetime | None:
    """When a test alert of this site was acknowledged last."""
    found: datetime | None = tx.one(_TESTED, of_site=site_id).at
    return found
