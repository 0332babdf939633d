"""Voice notes, pictures and files of members: where each is, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    Index,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlmodel import Field, SQLModel

from storage.conversations import ConversationRow
from storage.members import MemberRow
from storage.sql import Statement, Tx, Utc, table

LIST_MAX = 200
_WANTED_SQL = text("state = 'wanted'")


class MediaRow(SQLModel, table=True):
    """One file. Its bytes lie outside the database under its random name."""

    __tablename__ = "media"
    __table_args__ = (
        CheckConstraint("state IN ('wanted', 'stored', 'refused', 'failed', 'gone')", name="state_known"),
        CheckConstraint("kind IN ('voice', 'picture', 'file')", name="kind_known"),
        CheckConstraint("(kept_at IS NULL) = (kept_reason IS NULL)", name="kept_has_reason"),
        CheckConstraint("state <> 'stored' OR content_type IS NOT NULL", name="stored_has_type"),
        Index("ix_media_due", "not_before", sqlite_where=_WANTED_SQL, postgresql_where=_WANTED_SQL),
        Index("ix_media_expires_at", "expires_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    """Random; the file's name and its address in the console."""
    conversation_id: int = Field(foreign_key="conversations.id", index=True)
    message_id: int = Field(foreign_key="messages.id", index=True)
    account: str
    kind: str
    provider_ref: str | None = None
    """What the provider calls it; None when it came with the post."""
    name: str | None = None
    """As her phone called it, cleaned; shown to staff only."""
    content_type: str | None = None
    """As its first bytes say, never as she or the provider said."""
    size: int | None = None
    """Bytes."""
    state: str = "wanted"
    error: str | None = None
    attempt: int = 0
    not_before: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    chosen_at: datetime | None = Field(default=None, sa_type=Utc)
    """When she let a person look: before that it is neither fetched nor shown."""
    album: str | None = None
    """What came together has this in common."""
    kept_at: datetime | None = Field(default=None, sa_type=Utc)
    kept_by: int | None = Field(default=None, foreign_key="staff.id")
    kept_reason: str | None = None
    created_at: datetime = Field(sa_type=Utc)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A claimed file that has to be fetched from its provider."""

    id: int
    uid: str
    conversation_id: int
    account: str
    provider_ref: str | None
    size: int | None
    attempt: int


@dataclass(frozen=True, slots=True)
class Sent:
    """What a member sent, as staff may hear of it."""

    id: int
    uid: str
    conversation_id: int
    message_id: int
    kind: str
    name: str | None
    content_type: str | None
    size: int | None
    state: str
    error: str | None
    chosen_at: datetime | None
    expires_at: datetime
    kept_at: datetime | None
    kept_reason: str | None

    @property
    def is_there(self) -> bool:
        """Whether staff can have it now."""
        return self.state == "stored" and self.chosen_at is not None


_t = table(MediaRow)
_c = table(ConversationRow)
_p = table(MemberRow)
_IN = (
    "uid",
    "conversation_id",
    "message_id",
    "account",
    "kind",
    "provider_ref",
    "name",
    "content_type",
    "size",
    "state",
    "error",
    "album",
    "chosen_at",
    "expires_at",
)
_ADD = Statement(
    insert(_t).values(
        {name: bindparam(name) for name in _IN}
        | {"attempt": 0, "not_before": bindparam("now"), "created_at": bindparam("now")}
    )
)
_BEFORE = Statement(
    select(
        func.count().label("lately"),
        func.count().filter(_t.c.album == bindparam("album")).label("of_album"),
    ).where(_t.c.conversation_id == bindparam("conversation_id"), _t.c.created_at > bindparam("since"))
)
_CHOOSE = Statement(
    update(_t)
    .where(
        _t.c.conversation_id == bindparam("in_conversation"),
        _t.c.chosen_at.is_(None),
        _t.c.state.in_(("wanted", "stored")),
        _t.c.expires_at > bindparam("now"),
    )
    .values(chosen_at=bindparam("now"))
)
_is_wanted = _t.c.state == literal_column("'wanted'")
_CLAIM = Statement(
    update(_t)
    .where(
        _t.c.id.in_(
            select(_t.c.id)
            .where(
                _is_wanted,
                _t.c.chosen_at.is_not(None),
                _t.c.account == bindparam("on_account"),
                _t.c.not_before <= bindparam("now"),
                _t.c.expires_at > bindparam("now"),
            )
            .order_by(_t.c.not_before, _t.c.id)
            .limit(bindparam("limit"))
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
    )
    .values(attempt=_t.c.attempt + 1, not_before=bindparam("until"))
    .returning(
        _t.c.id, _t.c.uid, _t.c.conversation_id, _t.c.account, _t.c.provider_ref, _t.c.size, _t.c.attempt
    )
)
_mine = and_(_t.c.id == bindparam("media_id"), _t.c.attempt == bindparam("this_attempt"), _is_wanted)
_STORED = Statement(
    update(_t)
    .where(_mine)
    .values(
        state="stored",
        content_type=bindparam("type"),
        size=bindparam("bytes"),
        error=None,
        provider_ref=None,
    )
)
_RETRY = Statement(update(_t).where(_mine).values(not_before=bindparam("at"), error=bindparam("why")))
_END = Statement(
    update(_t).where(_mine).values(state=bindparam("ended"), error=bindparam("why"), provider_ref=None)
)
_SENT = tuple(_t.c[name] for name in Sent.__dataclass_fields__)
_OVER = Statement(
    select(_t.c.uid)
    .where(
        _t.c.expires_at <= bindparam("now"),
        _t.c.kept_at.is_(None),
        _t.c.state != "gone",
    )
    .order_by(_t.c.id)
    .limit(bindparam("limit"))
)
_GONE = Statement(
    update(_t)
    .where(
        _t.c.uid == bindparam("of_uid"),
        _t.c.expires_at <= bindparam("now"),
        _t.c.kept_at.is_(None),
    )
    .values(state="gone", provider_ref=None, name=None, album=None)
)
_DROP = Statement(
    update(_t)
    .where(_t.c.conversation_id == bindparam("in_conversation"), _t.c.state != "gone")
    .values(expires_at=bindparam("now"), kept_at=None, kept_by=None, kept_reason=None)
)


def add(  # noqa: PLR0913 - a file has so many facts
    tx: Tx,
    uid: str,
    conversation_id: int,
    message_id: int,
    account: str,
    kind: str,
    *,
    state: str,
    now: datetime,
    expires_at: datetime,
    provider_ref: str | None = None,
    name: str | None = None,
    content_type: str | None = None,
    size: int | None = None,
    error: str | None = None,
    album: str | None = None,
    chosen_at: datetime | None = None,
) -> None:
    """Write down that she sent something; its bytes come later, or lie there already."""
    tx.run(
        _ADD,
        uid=uid,
        conversation_id=conversation_id,
        message_id=message_id,
        account=account,
        kind=kind,
        provider_ref=provider_ref,
        name=name,
        content_type=content_type,
        size=size,
        state=state,
        error=error,
        album=album,
        chosen_at=chosen_at,
        expires_at=expires_at,
        now=now,
    )


def before(tx: Tx, conversation_id: int, album: str | None, since: datetime) -> tuple[int, int]:
    """How many she sent since then, and how many of this album."""
    row = tx.one(_BEFORE, conversation_id=conversation_id, album=album, since=since)
    return row.lately, row.of_album


def choose(tx: Tx, conversation_id: int, now: datetime) -> int:
    """She lets a person look at what she sent lately; how many that is."""
    return tx.run(_CHOOSE, in_conversation=conversation_id, now=now)


def claim(tx: Tx, account: str, *, now: datetime, until: datetime, limit: int) -> list[Wanted]:
    """Take what may be fetched now; nobody else gets it before `until`."""
    return [Wanted(*row) for row in tx.all(_CLAIM, on_account=account, now=now, until=until, limit=limit)]


def stored(tx: Tx, media: Wanted, content_type: str, size: int) -> bool:
    """Its bytes are on the disk; False when the row is gone or another attempt has it: remove the bytes."""
    return bool(tx.run(_STORED, media_id=media.id, this_attempt=media.attempt, type=content_type, bytes=size))


def retry(tx: Tx, media: Wanted, at: datetime, error: str) -> bool:
    """Fetching failed; it is tried again at `at`."""
    return bool(tx.run(_RETRY, media_id=media.id, this_attempt=media.attempt, at=at, why=error))


def end(tx: Tx, media: Wanted, state: str, error: str) -> bool:
    """It is `refused` or `failed` for good, with a code for staff."""
    return bool(tx.run(_END, media_id=media.id, this_attempt=media.attempt, ended=state, why=error))


def of(tx: Tx, conversation_id: int) -> list[Sent]:
    """What was sent in this conversation, the newest last."""
    rows = tx.query(
        select(*_SENT).where(_t.c.conversation_id == conversation_id).order_by(_t.c.id.desc()).limit(LIST_MAX)
    )
    return [Sent(*row) for row in reversed(rows)]


def find(tx: Tx, uid: str) -> Sent | None:
    """One file; whoever asks checks the conversation."""
    rows = tx.query(select(*_SENT).where(_t.c.uid == uid))
    return Sent(*rows[0]) if rows else None


def keep(tx: Tx, uid: str, staff_id: int, reason: str, now: datetime) -> bool:
    """Staff need it longer than a day; False when it is not there any more, or kept already."""
    return bool(
        tx.query(
            update(_t)
            .where(
                _t.c.uid == uid,
                _t.c.state == "stored",
                _t.c.chosen_at.is_not(None),
                _t.c.kept_at.is_(None),
                _t.c.expires_at > now,
            )
            .values(kept_at=now, kept_by=staff_id, kept_reason=reason)
            .returning(_t.c.id)
        )
    )


def over(tx: Tx, now: datetime, limit: int) -> list[str]:
    """The uids whose day is over and which nobody keeps."""
    return [row.uid for row in tx.all(_OVER, now=now, limit=limit)]


def gone(tx: Tx, uids: Sequence[str], now: datetime) -> None:
    """Their bytes are removed. What somebody kept meanwhile is left as it is."""
    tx.many(_GONE, [{"of_uid": uid, "now": now} for uid in uids])


def known(tx: Tx, uids: Sequence[str]) -> set[str]:
    """Those of these uids that have a row which still wants its bytes."""
    rows = tx.query(select(_t.c.uid).where(_t.c.uid.in_(list(uids)), _t.c.state.in_(("wanted", "stored"))))
    return {row.uid for row in rows}


def drop(tx: Tx, conversation_id: int, now: datetime) -> int:
    """Let the day of everything in this conversation end now, kept or not; the next round removes the bytes."""
    return tx.run(_DROP, in_conversation=conversation_id, now=now)


def paths_of(tx: Tx, member_id: int) -> list[str]:
    """The uids of everything a member sent: the names of the files to remove when she is erased."""
    rows = tx.query(
        select(_t.c.uid)
        .join(_c, _c.c.id == _t.c.conversation_id)
        .where(_c.c.member_id == member_id)
        .order_by(_t.c.id)
    )
    return [row.uid for row in rows]


def language_of(tx: Tx, conversation_id: int) -> str | None:
    """The language she chose."""
    rows = tx.query(
        select(_p.c.language).join(_c, _c.c.member_id == _p.c.id).where(_c.c.id == conversation_id)
    )
    return rows[0].language if rows else None
