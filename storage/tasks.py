"""Tasks of staff: made by what happens, done with a note, overdue to a second person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    Index,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    false,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlmodel import Field, SQLModel

from storage.bookings import BookingRow
from storage.changes import ChangeRow
from storage.conversations import ConversationRow
from storage.members import MemberRow
from storage.records import RecordRow
from storage.refusals import RefusalRow
from storage.sql import InsertNew, Statement, Tx, Utc, table
from storage.staff import StaffRole, StaffRow
from storage.updates import FailedTurn

URGENT, CALL, MISSED, FAILED_TURN, DUTY = "urgent", "call", "missed", "failed_turn", "duty"
REVIEW, REPORT = "review", "report"
"""About the directory: a service has to be checked, an organisation says that something changed."""
CHECK = "check"
"""Somebody gave wrong answers to her secret check."""
ROWS_MAX = 200
NOTE_MAX = 500

_OPEN_SQL = text("done_at IS NULL")


class TaskRow(SQLModel, table=True):
    """One thing a person has to do."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "subject_version"),
        CheckConstraint(
            "kind IN ('urgent', 'call', 'missed', 'failed_turn', 'duty', 'review', 'report', 'check')",
            name="kind_known",
        ),
        CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="done_by_somebody"),
        Index("ix_tasks_open", "site_id", "due_at", sqlite_where=_OPEN_SQL, postgresql_where=_OPEN_SQL),
    )
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id")
    kind: str
    subject: str
    """What it is about, as `booking:17`."""
    subject_version: int = Field(default=0, sa_type=BigInteger)
    """Which episode, as milliseconds of its begin where it has no number of its own."""
    member_id: int | None = Field(default=None, foreign_key="members.id", index=True)
    conversation_id: int | None = Field(default=None, foreign_key="conversations.id", index=True)
    staff_id: int | None = Field(default=None, foreign_key="staff.id", index=True)
    """Its owner; None until somebody takes it."""
    second_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who is told when it is overdue."""
    due_at: datetime = Field(sa_type=Utc)
    created_at: datetime = Field(sa_type=Utc)
    overdue_at: datetime | None = Field(default=None, sa_type=Utc)
    """When the second person was told."""
    done_at: datetime | None = Field(default=None, sa_type=Utc)
    done_by: int | None = Field(default=None, foreign_key="staff.id")
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it stands."""

    id: int
    site_id: int
    kind: str
    subject: str
    subject_version: int
    member_id: int | None
    conversation_id: int | None
    staff_id: int | None
    second_id: int | None
    due_at: datetime
    created_at: datetime
    overdue_at: datetime | None = None
    done_at: datetime | None = None
    done_by: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A task as its page shows it, with how it is safe to contact her; no word of hers."""

    task: Task
    owner: str | None
    second: str | None
    language: str | None
    do_not_write: bool
    stopped: bool
    shared_phone: str | None
    write_when: str | None
    danger_at: datetime | None
    code: str | None
    starts_at: datetime | None
    changed: str | None
    """Of a call about what staff did to her appointment: `moved` or `cancelled`."""
    recorded: bool = False
    """Whether the desk has a record of her, which says how to reach her."""


_t = table(TaskRow)
_p = table(MemberRow)
_c = table(ConversationRow)
_b = table(BookingRow)
_ch = table(ChangeRow)
_told = _ch.alias("told")
_r = table(RefusalRow)
_f = table(FailedTurn)
_s = table(StaffRow)
_role = table(StaffRole)
_d = table(RecordRow)
_second = _s.alias("second")
_NAMES = tuple(field.name for field in fields(Task))
_NEW = _NAMES[1 : _NAMES.index("overdue_at")]
_ADD = InsertNew(_t, *_NEW, returning="id")
_LINE = (
    *(_t.c[name] for name in _NAMES),
    _s.c.name.label("owner_name"),
    _second.c.name.label("second_name"),
    _p.c.language,
    _p.c.do_not_write,
    _p.c.stopped_at,
    _p.c.shared_phone,
    _p.c.write_when,
    _p.c.danger_at,
    _b.c.code,
    _b.c.starts_at,
    _ch.c.kind.label("changed"),
    exists().where(_d.c.member_id == _t.c.member_id).label("recorded"),
)
# A call about a time that is no longer hers is nobody's work, from the moment the booking says so; a call that tells her
# of the change itself is.
_SUPERSEDED = and_(
    _t.c.kind == CALL,
    or_(_b.c.state.in_(("cancelled", "moved")), _b.c.version != _t.c.subject_version),
    ~exists().where(_told.c.booking_id == _b.c.id, _told.c.at == _t.c.subject_version),
)
_OPEN = _t.c.done_at.is_(None)
_DROP_CALLS = Statement(
    delete(_t).where(
        _OPEN,
        _t.c.kind == CALL,
        _t.c.site_id == bindparam("of_site"),
        exists().where(
            _t.c.subject == literal_column("'booking:'", String).concat(cast(_b.c.id, String)), _SUPERSEDED
        ),
    )
)
_OVERDUE = Statement(
    select(*(_t.c[name] for name in _NAMES))
    .where(
        _OPEN,
        _t.c.site_id == bindparam("of_site"),
        _t.c.overdue_at.is_(None),
        _t.c.kind != REVIEW,  # nobody is called out because of a date in the directory
        _t.c.kind != REPORT,
        _t.c.due_at <= bindparam("now", type_=Utc),
    )
    .order_by(_t.c.due_at, _t.c.id)
    .limit(ROWS_MAX)
    .with_for_update(of=_t, skip_locked=True)
)
_SET_OVERDUE = Statement(
    update(_t)
    .where(_t.c.id == bindparam("task_id"), _OPEN)
    .values(overdue_at=bindparam("now"), second_id=bindparam("second"))
)
_CLOSE = Statement(
    update(_t)
    .where(_OPEN, _t.c.subject == bindparam("about"), _t.c.kind == bindparam("of_kind"))
    .values(done_at=bindparam("now"), done_by=bindparam("by"), note=bindparam("text"))
)
_SEEN_TO = Statement(
    update(_f).where(_f.c.id == bindparam("turn"), _f.c.done_at.is_(None)).values(done_at=bindparam("now"))
)
# Urgent chats without a task for their last cause.
_URGENT = Statement(
    select(_c.c.id, _c.c.member_id, _c.c.waiting_since, _p.c.danger_at)
    .join(_p, _p.c.id == _c.c.member_id)
    .where(
        or_(_c.c.site_id == bindparam("of_site"), _c.c.site_id.is_(None)),
        _c.c.urgent,
        _c.c.owner.in_(("waiting", "person")),
        ~exists().where(_t.c.conversation_id == _c.c.id, _t.c.kind == URGENT, _OPEN),
    )
    .order_by(_c.c.id)
    .limit(ROWS_MAX)
)
_FAILURES = Statement(
    select(_f.c.id, _f.c.conversation_id, _c.c.member_id, _f.c.at)
    .outerjoin(_c, _c.c.id == _f.c.conversation_id)
    .where(
        _f.c.done_at.is_(None),
        or_(_c.c.site_id == bindparam("of_site"), _c.c.site_id.is_(None)),
        ~exists().where(
            _t.c.kind == FAILED_TURN,
            _t.c.subject == literal_column("'failed_turn:'", String).concat(cast(_f.c.id, String)),
        ),
    )
    .order_by(_f.c.id)
    .limit(ROWS_MAX)
)
_BOOKING = Statement(
    select(_b.c.id, _b.c.version, _b.c.member_id, _b.c.conversation_id).where(
        _b.c.id == bindparam("booking_id")
    )
)


def add(  # noqa: PLR0913 - a task has so many columns
    tx: Tx,
    kind: str,
    subject: str,
    version: int,
    *,
    site_id: int,
    due_at: datetime,
    now: datetime,
    member_id: int | None = None,
    conversation_id: int | None = None,
    staff_id: int | None = None,
) -> int | None:
    """A new task; its id, None when it was made before."""
    row = tx.one(
        _ADD,
        site_id=site_id,
        kind=kind,
        subject=subject,
        subject_version=version,
        member_id=member_id,
        conversation_id=conversation_id,
        staff_id=staff_id,
        second_id=None,
        due_at=due_at,
        created_at=now,
    )
    return None if row is None else int(row.id)


def urgent(tx: Tx, site_id: int) -> list[Any]:
    """Urgent chats of a site without an open task: id, member_id, waiting_since, danger_at."""
    return tx.all(_URGENT, of_site=site_id)


def failures(tx: Tx, site_id: int) -> list[Any]:
    """Failed turns without a task: id, conversation_id, member_id, at."""
    return tx.all(_FAILURES, of_site=site_id)


def booking(tx: Tx, booking_id: int) -> Any:
    """What a task about a booking needs: id, version, member_id, conversation_id."""
    return tx.one(_BOOKING, booking_id=booking_id)


def drop_superseded(tx: Tx, site_id: int) -> int:
    """Remove open calls about a time that was moved or cancelled; how many."""
    return tx.run(_DROP_CALLS, of_site=site_id)


def overdue(tx: Tx, site_id: int, now: datetime) -> list[Task]:
    """Open tasks past their time whose second person was not told yet."""
    return [Task(*row) for row in tx.all(_OVERDUE, of_site=site_id, now=now)]


def set_overdue(tx: Tx, task_id: int, second_id: int | None, now: datetime) -> None:
    """The second person is told now."""
    tx.run(_SET_OVERDUE, task_id=task_id, second=second_id, now=now)


def lines(tx: Tx, staff_id: int, sites: Iterable[int], member_id: int | None = None) -> list[Line]:
    """Open tasks she may see, overdue first, then by time: hers, and everybody's of these sites."""
    current = or_(_b.c.id.is_(None), ~_SUPERSEDED)
    if member_id is not None:
        current = and_(current, _t.c.member_id == member_id)
    rows = tx.query(
        _lines(staff_id, tuple(sites)).where(_OPEN, current).order_by(_t.c.due_at, _t.c.id).limit(ROWS_MAX)
    )
    return [_line(row) for row in rows]


def find(tx: Tx, task_id: int, staff_id: int, sites: Iterable[int]) -> Task | None:
    """The task, if she may see it."""
    rows = tx.query(_lines(staff_id, tuple(sites)).where(_t.c.id == task_id))
    return _line(rows[0]).task if rows else None


def take(tx: Tx, task_id: int, staff_id: int, sites: Iterable[int]) -> bool:
    """It is hers now; False when it is not there for her, done, or somebody else's."""
    task = find(tx, task_id, staff_id, sites)
    if task is None or task.done_at is not None:
        return False
    free = or_(_t.c.staff_id.is_(None), _t.c.staff_id == staff_id, _t.c.second_id == staff_id)
    taken = tx.query(
        update(_t).where(_t.c.id == task_id, _OPEN, free).values(staff_id=staff_id).returning(_t.c.id)
    )
    return bool(taken)


def done(tx: Tx, task_id: int, staff_id: int, sites: Iterable[int], note: str, now: datetime) -> bool:
    """It is done; a failed turn is seen to with it. False when it is not there for her or was done before."""
    task = find(tx, task_id, staff_id, sites)
    if task is None:
        return False
    ended = tx.query(
        update(_t)
        .where(_t.c.id == task_id, _OPEN)
        .values(done_at=now, done_by=staff_id, note=note[:NOTE_MAX] or None)
        .returning(_t.c.id)
    )
    if ended and task.kind == FAILED_TURN:
        tx.run(_SEEN_TO, turn=int(task.subject.partition(":")[2]), now=now)
    return bool(ended)


def calls_of(tx: Tx, member_id: int, staff_id: int, sites: Iterable[int]) -> list[Line]:
    """The open calls to one member, for her record."""
    return [line for line in lines(tx, staff_id, sites, member_id) if line.task.kind in (CALL, MISSED)]


def withdraw(tx: Tx, kind: str, subject: str, staff_id: int | None, now: datetime) -> int:
    """What the task was about was taken back by a person; how many tasks end with it."""
    return tx.run(_CLOSE, about=subject, of_kind=kind, now=now, by=staff_id, text=None)


def _lines(staff_id: int, sites: tuple[int, ...]) -> Any:
    """Every task she may see; whom a member refused sees no task about that member."""
    hers: ColumnElement[bool] = or_(_t.c.staff_id == staff_id, _t.c.second_id == staff_id)
    # Her name may still stand on it after her role at the site was taken away.
    works_there = exists().where(_role.c.staff_id == staff_id, _role.c.site_id == _t.c.site_id)
    visible = or_(and_(hers, works_there), _t.c.site_id.in_(sites) if sites else false())
    on_booking = _t.c.subject == literal_column("'booking:'", String).concat(cast(_b.c.id, String))
    return (
        select(*_LINE)
        .select_from(_t)
        .outerjoin(_s, _s.c.id == _t.c.staff_id)
        .outerjoin(_second, _second.c.id == _t.c.second_id)
        .outerjoin(_p, _p.c.id == _t.c.member_id)
        .outerjoin(_b, on_booking)
        # The version of a task about a change is the time of the change.
        .outerjoin(
            _ch, and_(_ch.c.booking_id == _b.c.id, _t.c.kind == CALL, _ch.c.at == _t.c.subject_version)
        )
        .where(
            visible,
            ~exists().where(_r.c.member_id == _t.c.member_id, _r.c.staff_id == staff_id),
            # Some name her chat alone.
            ~exists().where(
                _c.c.id == _t.c.conversation_id,
                _r.c.member_id == _c.c.member_id,
                _r.c.staff_id == staff_id,
            ),
        )
    )


def _line(row: Any) -> Line:
    count = len(_NAMES)
    owner, second, language, locked, stopped, shared, when, danger, code, starts, changed, recorded = row[
        count:
    ]
    return Line(
        Task(*row[:count]),
        owner,
        second,
        language,
        bool(locked),
        stopped is not None,
        shared,
        when,
        danger,
        code,
        starts,
        changed,
        bool(recorded),
    )
