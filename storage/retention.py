"""How long what is kept. Each rule finds what is over its time and removes it; `docs/privacy.md` lists them all.

A night first plans: every rule looks at the same moment, and that is also what the preview shows. Then the plan is carried out
in small pieces, each asking again whether it still holds: she may have written meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
    update,
)
from sqlmodel import Field, SQLModel

from storage import cells, erasures, rooms
from storage.audit import AuditName
from storage.bookings import BookingRow
from storage.cards import CardLink
from storage.cells import CellRow
from storage.changes import ChangeRow
from storage.checks import CheckRow
from storage.conversations import ConversationRow
from storage.grid import CELL_MS
from storage.media import MediaRow
from storage.members import AddressRow, Consent, MemberRow
from storage.messages import MessageRow
from storage.notes import NoteRow
from storage.notices import NoticeRow
from storage.records import AgreementRow, RecordRow
from storage.sql import InsertNew, Json, Statement, Tx, Utc, table, to_ms
from storage.staff import Invitation, SignInGuard, StaffSession
from storage.tasks import TaskRow
from storage.updates import FailedTurn
from storage.visits import VisitRow

FIND_MAX = 200_000
"""Things of one kind in one night; the next night takes the rest."""
TIMES_FOR = timedelta(days=7)
HOUR_MS = 3_600_000


class RetentionRun(SQLModel, table=True):
    """One night: when, and how many of each kind went."""

    __tablename__ = "retention_runs"
    id: int | None = Field(default=None, primary_key=True)
    night: str = Field(unique=True)
    """The day it belongs to: of two processes one does it."""
    at: datetime = Field(sa_type=Utc)
    finished_at: datetime | None = Field(default=None, sa_type=Utc)
    counts: Any = Field(sa_type=Json)


class BookingCount(SQLModel, table=True):
    """What stays of meetings: how many, by month, site, topic, mode and outcome."""

    __tablename__ = "booking_counts"
    month: str = Field(primary_key=True)
    """As 2026-03, UTC."""
    site_id: int = Field(foreign_key="sites.id", primary_key=True)
    topic: str = Field(primary_key=True)
    mode: str = Field(primary_key=True)
    state: str = Field(primary_key=True)
    n: int


@dataclass(frozen=True, slots=True)
class Keep:
    """How many days each kind is kept; the settings `RETENTION_…_DAYS`."""

    chat: int = 30
    crisis: int = 7
    booking: int = 365
    note: int = 183
    failed: int = 30
    session: int = 30
    silent: int = 365


Among = Sequence[Any] | None
"""The keys of one piece, when only they are looked at."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind: `where(before, among)` says what is over, `remove` takes pieces of it."""

    kind: str
    setting: str
    """A field of `Keep`."""
    chunk: int
    """So many at once hold the writer for less than 20 ms."""
    key: ColumnElement[Any]
    where: Callable[[datetime, Among], ColumnElement[bool]]
    remove: Callable[[Tx, list[Any], datetime], None]


_c, _m, _b, _p, _a, _n, _k = (
    table(row) for row in (ConversationRow, MessageRow, BookingRow, MemberRow, AddressRow, NoteRow, TaskRow)
)
_f, _t, _cell, _count, _name = (table(row) for row in (MediaRow, NoticeRow, CellRow, BookingCount, AuditName))
_failed, _session, _invitation, _guard = (
    table(row) for row in (FailedTurn, StaffSession, Invitation, SignInGuard)
)
_run, _consent = table(RetentionRun), table(Consent)
_agreed, _record, _card, _check = (table(row) for row in (AgreementRow, RecordRow, CardLink, CheckRow))
_AT_DESK = (
    (_record.c.member_id, _record.c.opened_at),
    (_agreed.c.member_id, _agreed.c.agreed_at),
    (_card.c.member_id, _card.c.created_at),
    (_check.c.member_id, _check.c.set_at),
    (_consent.c.member_id, _consent.c.at),
)
_v = table(VisitRow)
_visit_ms = type_coerce(_v.c.at, BigInteger)
_newer, _said = _m.alias("newer"), _m.alias("said")


def _in_chats(among: Among, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """In a chat of which this is true: every chat is asked once for a plan, for a piece only those its messages are in."""
    if among is None:
        return _m.c.conversation_id.in_(select(_c.c.id).where(*where))
    return exists().where(_c.c.id == _m.c.conversation_id, *where)


def _chat(before: datetime, among: Among) -> ColumnElement[bool]:
    """Messages of chats that nobody has, in which neither side said anything since."""
    quiet = _in_chats(
        among,
        _c.c.owner == "bot",
        or_(_c.c.closed_at.is_(None), _c.c.closed_at < before),
        or_(_c.c.last_in_at.is_(None), _c.c.last_in_at < before),
        ~exists().where(_newer.c.conversation_id == _c.c.id, _newer.c.created_at >= before),
    )
    decided = exists().where(_t.c.message_id == _m.c.id)
    return and_(quiet, or_(_m.c.text != "", ~decided))


def _remove_messages(tx: Tx, ids: list[Any], now: datetime) -> None:
    """Delete them; one a decision names stays as an empty row, so that nothing is decided twice."""
    of = _m.c.id.in_(ids)
    chats = [row.id for row in tx.query(select(_m.c.conversation_id.label("id")).where(of).distinct())]
    for row in tx.query(select(_f.c.uid).where(_f.c.message_id.in_(ids))):
        erasures.leave_file(tx, row.uid, now)
    tx.query(delete(_f).where(_f.c.message_id.in_(ids)))
    decided = select(_t.c.message_id).where(_t.c.message_id.in_(ids))
    tx.query(update(_m).where(_m.c.id.in_(decided)).values(text="", choices=None, stack=None))
    tx.query(delete(_m).where(of, _m.c.id.not_in(decided)))
    for chat in tx.query(
        select(_c.c.id, _c.c.stack, _c.c.member_id).where(
            _c.c.id.in_(chats), ~exists().where(_m.c.conversation_id == _c.c.id, _m.c.text != "")
        )
    ):
        # The pages she was on hold what she typed. Who agreed to the privacy text is not asked again.
        agreed = tx.query(
            select(_consent.c.id)
            .where(_consent.c.member_id == chat.member_id, _consent.c.purpose == "chat", _consent.c.given)
            .limit(1)
        )
        first = chat.stack[:1] if agreed else []
        tx.query(update(_c).where(_c.c.id == chat.id).values(stack=first, kept=None, left_at=None))


def _crisis(before: datetime, among: Among) -> ColumnElement[bool]:
    """What she wrote that was answered with the safety card, once nobody works on it; moving it to a note keeps it."""
    answered = exists().where(
        _said.c.conversation_id == _m.c.conversation_id,
        _said.c.created_at == _m.c.created_at,
        _said.c.kind == "safety",
    )
    free = _in_chats(among, _c.c.owner == "bot")
    return and_(~_m.c.outgoing, _m.c.text != "", _m.c.created_at < before, answered, free)


def _remove_words(tx: Tx, ids: list[Any], _now: datetime) -> None:
    """The row stays and is counted."""
    tx.query(update(_m).where(_m.c.id.in_(ids)).values(text=""))


def _booking(before: datetime, _among: Among) -> ColumnElement[bool]:
    return _b.c.ends_at < before


def _remove_bookings(tx: Tx, ids: list[Any], _now: datetime) -> None:
    """Count them and delete them, with the decisions about them; an empty member nothing stands on goes too."""
    members = set()
    for row in tx.query(select(_b).where(_b.c.id.in_(ids))):
        members.add(row.member_id)
        cells.release(tx, row.id, row.counsellor_id, row.starts_at, row.ends_at)
        if row.second_id is not None:
            cells.release(tx, row.id, row.second_id, row.starts_at, row.ends_at)
        rooms.release(tx, row.room_id, row.id, row.starts_at, row.ends_at)
        what = {
            "month": f"{row.starts_at:%Y-%m}",
            "site_id": row.site_id,
            "topic": row.topic,
            "mode": row.mode,
            "state": row.state,
        }
        tx.run(_FIRST_OF_KIND, **what, n=0)
        tx.run(_ONE_MORE, **{f"its_{name}": value for name, value in what.items()})
    name: ColumnElement[str] = literal_column("'booking:'", String).concat(cast(_b.c.id, String))
    tx.query(delete(_t).where(_t.c.subject.in_(select(name).where(_b.c.id.in_(ids)))))
    tx.query(delete(_name).where(_name.c.kind == "booking", _name.c.key.in_(ids)))
    tx.query(delete(table(ChangeRow)).where(table(ChangeRow).c.booking_id.in_(ids)))
    tx.query(delete(_b).where(_b.c.id.in_(ids)))
    tx.query(
        delete(_p).where(
            _p.c.id.in_(members),
            _p.c.erased_at.is_not(None),
            ~exists().where(_b.c.member_id == _p.c.id),
            ~exists().where(_a.c.member_id == _p.c.id),
            ~exists().where(_t.c.member_id == _p.c.id),
            ~exists().where(_k.c.member_id == _p.c.id),
        )
    )


def _times(before: datetime, _among: Among) -> ColumnElement[bool]:
    """Held times that are long over: they decide nothing any more."""
    held = exists().where(_cell.c.booking_id == _b.c.id, _cell.c.cell < to_ms(before) // CELL_MS)
    return and_(held, _b.c.ends_at < before)


def _release(tx: Tx, ids: list[Any], _now: datetime) -> None:
    for row in tx.query(select(_b).where(_b.c.id.in_(ids))):
        cells.release(tx, row.id, row.counsellor_id, row.starts_at, row.ends_at)
        if row.second_id is not None:
            cells.release(tx, row.id, row.second_id, row.starts_at, row.ends_at)
        rooms.release(tx, row.room_id, row.id, row.starts_at, row.ends_at)


def _no_contact(member: ColumnElement[Any], before: datetime) -> ColumnElement[bool]:
    return and_(
        ~exists().where(_c.c.member_id == member, or_(_c.c.last_in_at >= before, _c.c.owner != "bot")),
        ~exists().where(_b.c.member_id == member, _b.c.ends_at >= before),
    )


def _note(before: datetime, _among: Among) -> ColumnElement[bool]:
    return and_(_n.c.created_at < before, _no_contact(_n.c.member_id, before))


def _silent(before: datetime, _among: Among) -> ColumnElement[bool]:
    """Members of whom nothing is left but the record itself."""
    return and_(
        _p.c.erased_at.is_(None),
        _p.c.created_at < before,
        _no_contact(_p.c.id, before),
        ~exists().where(_b.c.member_id == _p.c.id),
        ~exists().where(_n.c.member_id == _p.c.id),
        ~exists().where(_k.c.member_id == _p.c.id, _k.c.done_at.is_(None)),
        # At the desk she leaves no word in a chat: what was done there with her counts as hers.
        *(~exists().where(of == _p.c.id, at >= before) for of, at in _AT_DESK),
        ~exists().where(
            _m.c.conversation_id == _c.c.id, _c.c.member_id == _p.c.id, _m.c.created_at >= before
        ),
    )


def _remove_silent(tx: Tx, ids: list[Any], now: datetime) -> None:
    for member_id in ids:
        erasures.erase(tx, member_id, now, None)  # she did not ask for it: coming back is welcome


def _visit(before: datetime, _among: Among) -> ColumnElement[bool]:
    """Walk-ins that still say when to the minute, or the status."""
    return and_(_v.c.at < before, or_(_v.c.status.is_not(None), _visit_ms % HOUR_MS != 0))


def _thin_visits(tx: Tx, ids: list[Any], _now: datetime) -> None:
    """They stay as numbers: the hour, topic, language and kind."""
    hour = type_coerce(_visit_ms - _visit_ms % HOUR_MS, Utc)
    tx.query(update(_v).where(_v.c.id.in_(ids)).values(at=hour, status=None))


def _rows(of: Any) -> Callable[[Tx, list[Any], datetime], None]:
    key = next(iter(of.primary_key.columns))

    def remove(tx: Tx, ids: list[Any], _now: datetime) -> None:
        tx.query(delete(of).where(key.in_(ids)))

    return remove


RULES: tuple[Rule, ...] = (
    Rule("crisis", "crisis", 50, _m.c.id, _crisis, _remove_words),
    Rule("chat", "chat", 25, _m.c.id, _chat, _remove_messages),
    Rule("times", "times", 10, _b.c.id, _times, _release),
    Rule("booking", "booking", 5, _b.c.id, _booking, _remove_bookings),
    Rule("visit", "booking", 100, _v.c.id, _visit, _thin_visits),
    Rule("note", "note", 100, _n.c.id, _note, _rows(_n)),
    Rule("task", "note", 100, _k.c.id, lambda before, _among: _k.c.done_at < before, _rows(_k)),
    Rule("failed", "failed", 100, _failed.c.id, lambda before, _among: _failed.c.at < before, _rows(_failed)),
    Rule(
        "session",
        "session",
        200,
        _session.c.id,
        lambda before, _among: _session.c.created_at < before,
        _rows(_session),
    ),
    Rule(
        "invitation",
        "session",
        200,
        _invitation.c.id,
        lambda before, _among: _invitation.c.expires_at < before,
        _rows(_invitation),
    ),
    Rule(
        "guard", "session", 200, _guard.c.key, lambda before, _among: _guard.c.last_at < before, _rows(_guard)
    ),
    Rule("silent", "silent", 1, _p.c.id, _silent, _remove_silent),
)
_FIRST_OF_KIND = InsertNew(_count, "month", "site_id", "topic", "mode", "state", "n")
_ONE_MORE = Statement(
    update(_count)
    .where(
        *(
            _count.c[name] == bindparam(f"its_{name}")
            for name in ("month", "site_id", "topic", "mode", "state")
        )
    )
    .values(n=_count.c.n + 1)
)
Plan = dict[str, list[Any]]


def before(rule: Rule, now: datetime, keep: Keep) -> datetime:
    """What is older than this is over."""
    return now - (TIMES_FOR if rule.setting == "times" else timedelta(days=getattr(keep, rule.setting)))


def plan(tx: Tx, now: datetime, keep: Keep) -> Plan:
    """What a run at this moment would remove: the keys of each kind."""
    return {rule.kind: _over(tx, rule, before(rule, now, keep)) for rule in RULES}


def _over(tx: Tx, rule: Rule, at: datetime, among: Among = None) -> list[Any]:
    found = select(rule.key.label("key")).where(rule.where(at, among)).order_by(rule.key).limit(FIND_MAX)
    if among is not None:
        found = found.where(rule.key.in_(among))
    return [row.key for row in tx.query(found)]


def carry_out(tx: Tx, rule: Rule, keys: Sequence[Any], now: datetime, keep: Keep) -> int:
    """Remove one piece of the plan, as far as it still holds; how many."""
    still = _over(tx, rule, before(rule, now, keep), among=keys)
    if still:
        rule.remove(tx, still, now)
    return len(still)


# --- the runs ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """A night that was."""

    at: datetime
    finished_at: datetime | None
    counts: dict[str, int]


_BEGIN = InsertNew(_run, "night", "at", "counts", returning="id")


def begun(tx: Tx, night: date, now: datetime) -> int | None:
    """The run of this night begins; its number, or None when it was begun already."""
    row = tx.one(_BEGIN, night=night.isoformat(), at=now, counts={})
    return None if row is None else int(row.id)


def finished(tx: Tx, run_id: int, counts: dict[str, int], now: datetime) -> None:
    """It is over; `leave_pages` lets the freed bytes go too."""
    tx.query(update(_run).where(_run.c.id == run_id).values(finished_at=now, counts=counts))
    if any(counts.values()):
        erasures.leave_pages(tx, run_id, now)


def last(tx: Tx) -> Run | None:
    """The last run."""
    rows = tx.query(select(_run.c.at, _run.c.finished_at, _run.c.counts).order_by(_run.c.id.desc()).limit(1))
    return Run(*rows[0]) if rows else None


def counted(tx: Tx) -> int:
    """Meetings of which only the number is left."""
    return int(tx.query(select(func.coalesce(func.sum(_count.c.n), 0).label("n")))[0].n)
