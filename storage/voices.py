"""Voices: a recording of one text in one language, tied to exactly the words it speaks.

The newest recording of a text stands alone (`ended_at` is empty); one that was replaced or removed keeps its facts and loses
its sound. What members are offered is kept in the process with the texts, under the same number (`text_versions`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, and_, bindparam, delete, select, text, update
from sqlmodel import Field, SQLModel

from storage import wordings
from storage.sql import InsertNew, Statement, Tx, Utc, any_of, table
from storage.staff import StaffRow
from storage.wordings import Standing, Voice

TYPES = ("audio/ogg", "audio/mpeg", "audio/mp4")
"""What every channel takes as it is: Opus in Ogg, MP3, AAC in MP4."""
_CURRENT = text("ended_at IS NULL")


class VoiceRow(SQLModel, table=True):
    """One recording."""

    __tablename__ = "voices"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (body IS NOT NULL)", name="ended_has_no_sound"),
        CheckConstraint("size > 0", name="size_counts"),
        CheckConstraint(any_of("content_type", *TYPES), name="type_known"),
        Index(
            "ix_voices_current",
            "language",
            "key",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    language: str
    key: str
    digest: str
    """Of the finished text it speaks: it is played while members read exactly that."""
    content_type: str
    size: int
    """Bytes."""
    seconds: int | None = None
    """How long it lasts, where its bytes say so."""
    staff_id: int = Field(foreign_key="staff.id")
    at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
    body: bytes | None = None


class VoiceRef(SQLModel, table=True):
    """What a provider calls a recording it was sent: it is not uploaded a second time."""

    __tablename__ = "voice_refs"
    voice_id: int = Field(foreign_key="voices.id", primary_key=True)
    account: str = Field(primary_key=True)
    ref: str


@dataclass(frozen=True, slots=True)
class New:
    """A recording to be kept."""

    language: str
    key: str
    digest: str
    content_type: str
    seconds: int | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A recording as staff hear of it."""

    id: int
    key: str
    digest: str
    size: int
    seconds: int | None
    name: str
    """Whose voice."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording on its way to a phone: what the provider calls it, else its bytes."""

    id: int
    content_type: str
    ref: str | None
    body: bytes | None


_v = table(VoiceRow)
_r = table(VoiceRef)
_staff = table(StaffRow)
_is_current = _v.c.ended_at.is_(None)
_ADD = InsertNew(_v, "language", "key", "digest", "content_type", "size", "seconds", "staff_id", "at", "body")
_END = Statement(
    update(_v)
    .where(
        _v.c.id == bindparam("voice_id"),
        _v.c.language == bindparam("of_language"),
        _v.c.key == bindparam("of_key"),
        _is_current,
    )
    .values(ended_at=bindparam("now"), body=None)
)
_FORGET_ALL = Statement(delete(_r).where(_r.c.voice_id == bindparam("of_voice")))
_STANDING = Statement(select(_v.c.id, _v.c.language, _v.c.key, _v.c.digest, _v.c.size).where(_is_current))
_OF = Statement(
    select(_v.c.id, _v.c.key, _v.c.digest, _v.c.size, _v.c.seconds, _staff.c.name, _v.c.at)
    .join(_staff, _staff.c.id == _v.c.staff_id)
    .where(_v.c.language == bindparam("of_language"), _is_current)
)
_BODY = Statement(select(_v.c.content_type, _v.c.body).where(_v.c.id == bindparam("voice_id"), _is_current))
_FOUND = Statement(
    select(_v.c.content_type, _r.c.ref)
    .join(_r, and_(_r.c.voice_id == _v.c.id, _r.c.account == bindparam("on_account")), isouter=True)
    .where(_v.c.id == bindparam("voice_id"), _is_current)
)
_REMEMBER = InsertNew(_r, "voice_id", "account", "ref")
_FORGET = Statement(
    delete(_r).where(
        _r.c.voice_id == bindparam("of_voice"),
        _r.c.account == bindparam("on_account"),
        _r.c.ref == bindparam("old_ref"),
    )
)


def standing(tx: Tx) -> Standing:
    """What a process has to know of texts and voices; the version is read first, as `wordings.standing` does."""
    found = wordings.standing(tx)
    return replace(found, voices=tuple(Voice(*row) for row in tx.all(_STANDING)))


def put(tx: Tx, new: New, after: int, staff_id: int, now: datetime) -> bool:
    """Keep a recording in place of `after` (0: there was none); False when somebody was quicker."""
    wordings.changes(tx)
    with tx.attempt() as attempt:
        if (after and not _end(tx, after, new.language, new.key, now)) or not tx.run(
            _ADD,
            language=new.language,
            key=new.key,
            digest=new.digest,
            content_type=new.content_type,
            size=len(new.body),
            seconds=new.seconds,
            staff_id=staff_id,
            at=now,
            body=new.body,
        ):
            attempt.give_up()
            return False
    return True


def remove(tx: Tx, voice_id: int, language: str, key: str, now: datetime) -> bool:
    """Its sound is gone and nobody is offered it; False when it was not there any more."""
    wordings.changes(tx)
    return _end(tx, voice_id, language, key, now)


def _end(tx: Tx, voice_id: int, language: str, key: str, now: datetime) -> bool:
    if not tx.run(_END, voice_id=voice_id, of_language=language, of_key=key, now=now):
        return False
    tx.run(_FORGET_ALL, of_voice=voice_id)
    return True


def of(tx: Tx, language: str) -> dict[str, Kept]:
    """Key -> the recording of every text that has one in this language."""
    return {row.key: Kept(*row) for row in tx.all(_OF, of_language=language)}


def body(tx: Tx, voice_id: int) -> tuple[str, bytes] | None:
    """Type and bytes; None for one that was removed or replaced."""
    row = tx.one(_BODY, voice_id=voice_id)
    return None if row is None else (row.content_type, bytes(row.body))


def sounds(tx: Tx, account: str, voice_ids: Iterable[int]) -> dict[int, Sound]:
    """What is to be sent, by id; one that ended meanwhile is not among them."""
    found: dict[int, Sound] = {}
    for one in set(voice_ids):
        row = tx.one(_FOUND, voice_id=one, on_account=account)
        if row is not None:
            known = None if row.ref else body(tx, one)
            found[one] = Sound(one, row.content_type, row.ref, known[1] if known else None)
    return found


def remember(tx: Tx, voice_id: int, account: str, ref: str) -> None:
    """The provider has it now and calls it so."""
    tx.run(_REMEMBER, voice_id=voice_id, account=account, ref=ref)


def forget(tx: Tx, voice_id: int, account: str, ref: str) -> None:
    """The provider does not know that name any more."""
    tx.run(_FORGET, of_voice=voice_id, on_account=account, old_ref=ref)
