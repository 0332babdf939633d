"""What the staff group is to be told: conversations whose topic does not say yet how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    text,
)

from storage.conversations import ConversationRow
from storage.handovers import own_talk
from storage.members import MemberRow
from storage.messages import MessageRow
from storage.refusals import RefusalRow
from storage.sql import EPOCH, Statement, Tx, Utc, table
from storage.staff import StaffRow
from storage.topics import CLOSED, TopicRow

LINES_MAX = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One message as the topic may show it; `author` is the staff member who wrote it, None for her own."""

    id: int
    kind: str
    text: str
    author: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """A conversation whose topic does not say yet how it stands."""

    topic_id: int | None
    conversation_id: int
    state: str
    thread_id: int | None
    told_owner: str | None
    notes: list[list[Any]]
    owner: str
    standing: str
    """Owner and person as `told_owner` names them."""
    staff_name: str | None
    language: str | None
    for_language: str | None
    urgent: bool
    reason: str | None
    since: datetime | None
    told_to: int
    lines: list[Line]
    """What was said after `told_to`, without what was written in the topic itself …"""
    end: int
    """… and how far the conversation was read."""

    @property
    def is_new_standing(self) -> bool:
        """Whether the topic must be told how the conversation stands."""
        return self.told_owner != self.standing or self.thread_id is None


_t = table(TopicRow)
_c = table(ConversationRow)
_p = table(MemberRow)
_m = table(MessageRow)
_s = table(StaffRow)
_r = table(RefusalRow)
_HEARD = ("text", "voice", "picture", "file", "location", "contact", "sticker", "unsupported")
_waiting: ColumnElement[str] = literal("waiting ", Text) + func.coalesce(_c.c.for_language, "-")
_standing: ColumnElement[str] = case(
    (_c.c.owner == "bot", CLOSED),
    (_c.c.owner == "person", literal("person ", Text) + cast(_c.c.staff_id, Text)),
    (_c.c.urgent, _waiting + literal(" urgent", Text)),
    else_=_waiting,
)
# The bot's own answers stay out: staff read her words and theirs, and nothing she told the bot alone.
_telling = and_(
    or_(and_(~_m.c.outgoing, _m.c.kind.in_(_HEARD)), and_(_m.c.outgoing, _m.c.staff_id.is_not(None))),
    ~own_talk(_m),
)
_last: ColumnElement[datetime] = func.coalesce(_t.c.changed_at, literal(EPOCH, Utc))
_fresh = case((and_(_t.c.state == "open", _t.c.told_owner.is_(None)), 0), else_=1)
_shown = (
    select(
        _t.c.id.label("topic_id"),
        _c.c.id,
        _t.c.state,
        _t.c.thread_id,
        func.coalesce(_t.c.told_to, 0).label("told_to"),
        _t.c.told_owner,
        _t.c.notes,
        _t.c.replies,
        _c.c.owner,
        _standing.label("standing"),
        _s.c.name,
        _p.c.language,
        _c.c.for_language,
        _c.c.urgent,
        _c.c.waiting_reason,
        _c.c.waiting_since,
        _c.c.touched_at,
        _c.c.last_in_at,
        _t.c.changed_at,
    )
    .select_from(_c)
    .join(_p, _p.c.id == _c.c.member_id)
    .outerjoin(_s, _s.c.id == _c.c.staff_id)
)
_may = (
    _c.c.site_id == bindparam("of_site"),
    or_(_t.c.not_before.is_(None), _t.c.not_before <= bindparam("now", type_=Utc)),
)
_DUE_OPEN = Statement(
    _shown.outerjoin(_t, _t.c.conversation_id == _c.c.id)
    .where(
        *_may,
        _c.c.owner.in_(("waiting", "person")),
        ~exists().where(_r.c.member_id == _c.c.member_id),
        or_(
            _t.c.id.is_(None),
            func.coalesce(_t.c.told_owner, "") != _standing,
            and_(_t.c.state.in_(("open", "closed")), _t.c.notes != literal("[]", Text)),
            exists().where(_m.c.conversation_id == _c.c.id, _m.c.id > _t.c.told_to, _telling),
        ),
    )
    # A topic that was just made gets its words first, then whoever was told least lately: nobody is starved.
    .order_by(_c.c.urgent.desc(), _fresh, _last, _c.c.id)
    .limit(1)
)
_DUE_CLOSED = Statement(
    _shown.join(_t, _t.c.conversation_id == _c.c.id)
    .where(
        *_may,
        _c.c.owner == "bot",
        or_(_t.c.state == "open", and_(_t.c.state == "closed", text("topics.notes <> '[]'"))),
    )
    .order_by(_last, _c.c.id)
    .limit(1)
)
_BEFORE = Statement(
    select(func.coalesce(func.max(_m.c.id), 0).label("id")).where(
        _m.c.conversation_id == bindparam("in_conversation"), _m.c.created_at < bindparam("since")
    )
)
_LINES = Statement(
    select(_m.c.id, _m.c.kind, _m.c.text, _s.c.name)
    .outerjoin(_s, _s.c.id == _m.c.staff_id)
    .where(_m.c.conversation_id == bindparam("in_conversation"), _m.c.id > bindparam("after"), _telling)
    .order_by(_m.c.id)
    .limit(LINES_MAX)
)


def due(tx: Tx, site_id: int, now: datetime) -> Due | None:
    """The conversation that needs its topic told most: with a person, waiting for one, or just with none any more.

    A member who refused somebody is not here: everybody in the group reads a topic, so hers stays in the console.
    """
    behind = tx.one(_DUE_OPEN, of_site=site_id, now=now)
    ended = tx.one(_DUE_CLOSED, of_site=site_id, now=now)
    if behind is None or ended is None:
        row = behind or ended
    else:
        waits_longer = behind.changed_at is None or behind.changed_at <= ended.changed_at
        row = behind if behind.urgent or waits_longer else ended
    return None if row is None else _due(tx, row)


def _due(tx: Tx, row: Any) -> Due:
    after = row.told_to
    if row.told_owner in (None, CLOSED) and row.owner != "bot":
        # What she told the bot alone, before or since, is nobody's to read.
        times = [row.waiting_since] if row.waiting_since else [row.touched_at, row.last_in_at]
        since = min((at for at in times if at is not None), default=None)
        if since is not None:
            after = max(after, tx.one(_BEFORE, in_conversation=row.id, since=since).id)
    lines = [] if row.owner == "bot" else tx.all(_LINES, in_conversation=row.id, after=after)
    written_here = set(row.replies or ())
    return Due(
        topic_id=row.topic_id,
        conversation_id=row.id,
        state=row.state or "wanted",
        thread_id=row.thread_id,
        told_owner=row.told_owner,
        notes=row.notes or [],
        owner=row.owner,
        standing=row.standing,
        staff_name=row.name,
        language=row.language,
        for_language=row.for_language,
        urgent=bool(row.urgent),
        reason=row.waiting_reason,
        since=row.waiting_since,
        told_to=after,
        lines=[Line(*line) for line in lines if line.id not in written_here],
        end=lines[-1].id if lines else after,
    )
