"""Where a member leaves traces, and what becomes of each when she is erased.

Every table stands in exactly one of three lists, and a test walks all tables and columns: a new one that stands nowhere fails.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    ScalarSelect,
    String,
    and_,
    bindparam,
    cast,
    delete,
    literal_column,
    or_,
    select,
)
from sqlalchemy.schema import Table
from sqlmodel import SQLModel

from storage.audit import AuditName
from storage.bookings import BookingRow
from storage.cards import CardLink
from storage.changes import ChangeRow
from storage.checks import CheckPass, CheckRow
from storage.conversations import ConversationRow
from storage.duty import AlertRow, AlertSend
from storage.handovers import OwnTalk
from storage.links import LinkCode, LinkTry
from storage.media import MediaRow
from storage.members import AddressRow, Consent, MemberRow
from storage.messages import MessageRow
from storage.mydata import DataLink
from storage.notes import NoteRow
from storage.notices import NoticeRow
from storage.records import AgreementRow, RecordRow
from storage.refusals import RefusalRow
from storage.sql import Statement, Tx, Utc, table
from storage.tasks import TaskRow
from storage.updates import FailedTurn

_b, _c, _a, _m = (table(row) for row in (BookingRow, ConversationRow, AddressRow, MessageRow))
_f, _k, _n, _al, _v = (table(row) for row in (MediaRow, TaskRow, NoteRow, AlertRow, AuditName))
_l = table(LinkCode)
_her: BindParameter[int] = bindparam("her")


def _ids(of: Table, *where: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(of.c.id).where(*where).scalar_subquery()


def _named(noun: str, of: Table, *where: ColumnElement[bool]) -> ScalarSelect[Any]:
    """`noun:<id>` of these rows, as subjects are written."""
    name: ColumnElement[str] = literal_column(f"'{noun}:'", String).concat(cast(of.c.id, String))
    return select(name).where(*where).scalar_subquery()


CHATS = _ids(_c, _c.c.member_id == _her)
ADDRESSES = _ids(_a, _a.c.member_id == _her)
MESSAGES = _ids(_m, _m.c.conversation_id.in_(CHATS))
BOOKINGS = _ids(_b, _b.c.member_id == _her)
_SUBJECTS = (
    _named("conversation", _c, _c.c.member_id == _her),
    _named("booking", _b, _b.c.member_id == _her),
    _named("message", _m, _m.c.conversation_id.in_(CHATS)),
    _named("failed_turn", table(FailedTurn), table(FailedTurn).c.conversation_id.in_(CHATS)),
)


def _about_her(subject: Column[Any]) -> ColumnElement[bool]:
    return or_(*(subject.in_(names) for names in _SUBJECTS))


_ALERTS = or_(_al.c.conversation_id.in_(CHATS), _about_her(_al.c.subject))
_TASKS = or_(_k.c.member_id == _her, _k.c.conversation_id.in_(CHATS), _about_her(_k.c.subject))
_NAMED = {
    "member": _her,
    "conversation": CHATS,
    "booking": BOOKINGS,
    "message": MESSAGES,
    "media": _ids(_f, _f.c.conversation_id.in_(CHATS)),
    "note": _ids(_n, _n.c.member_id == _her),
    "task": _ids(_k, _TASKS),
    "alert": _ids(_al, _ALERTS),
}
COUNTED = or_(
    _b.c.state.in_(("attended", "missed")),
    and_(_b.c.state == "booked", _b.c.starts_at <= bindparam("now", type_=Utc)),
)
"""Meetings that took place, or should have: the funder counts them, so they stay, without her."""
DELETED: tuple[tuple[Table, ColumnElement[bool]], ...] = (
    (
        _v,
        or_(
            *(
                and_(_v.c.kind == kind, _v.c.key == ids if ids is _her else _v.c.key.in_(ids))
                for kind, ids in _NAMED.items()
            )
        ),
    ),
    (table(AlertSend), table(AlertSend).c.alert_id.in_(_ids(_al, _ALERTS))),
    (_al, _ALERTS),
    (_k, _TASKS),
    (table(NoticeRow), table(NoticeRow).c.member_id == _her),
    (_f, _f.c.conversation_id.in_(CHATS)),
    (_m, _m.c.conversation_id.in_(CHATS)),
    (table(FailedTurn), table(FailedTurn).c.conversation_id.in_(CHATS)),
    (table(DataLink), table(DataLink).c.member_id == _her),
    (_l, or_(_l.c.member_id == _her, _l.c.address_id.in_(ADDRESSES), _l.c.heard_by.in_(ADDRESSES))),
    (table(LinkTry), table(LinkTry).c.address_id.in_(ADDRESSES)),
    (table(RefusalRow), table(RefusalRow).c.member_id == _her),
    (table(CardLink), or_(table(CardLink).c.member_id == _her, table(CardLink).c.address_id.in_(ADDRESSES))),
    (table(CheckPass), table(CheckPass).c.conversation_id.in_(CHATS)),
    (table(CheckRow), table(CheckRow).c.member_id == _her),
    (table(AgreementRow), table(AgreementRow).c.member_id == _her),
    (table(RecordRow), table(RecordRow).c.member_id == _her),
    (_n, _n.c.member_id == _her),
    (table(Consent), table(Consent).c.member_id == _her),
    (table(ChangeRow), table(ChangeRow).c.booking_id.in_(BOOKINGS)),
    (_b, and_(_b.c.member_id == _her, ~COUNTED)),
    (table(OwnTalk), table(OwnTalk).c.conversation_id.in_(CHATS)),
    (_c, _c.c.member_id == _her),
    (_a, _a.c.member_id == _her),
)
"""Rows that go whole, whatever columns they have, in an order in which no key points at a row that is gone."""
BLANKED: dict[str, str] = {
    "members": "language age_band shared_phone write_when",
    "bookings": "language code",
    "topics": "told_owner replies notes",
}
"""Rows that stay without her: an empty member under meetings that are counted, a topic the staff group still has to delete."""
STAYS: dict[str, str] = {
    "bookings": "topic mode state",
    "topics": "chat_id state",
}
"""What of those rows stays as it is: what is counted, and where the topic is."""
NOT_HERS: dict[str, tuple[str, str]] = {
    "audit": ("actor act about details", "random names of staff and things, acts and numbers"),
    "audit_seals": ("previous digest", "digests"),
    "availability_exceptions": ("kind modes", "hours of staff"),
    "availability_rules": ("modes", "hours of staff"),
    "booking_departures": ("", "times that are free again, of meetings that are gone"),
    "booking_counts": ("month topic mode state", "how many, never who"),
    "booking_topics": ("slug label", "what can be booked"),
    "calendar_feeds": ("token_hash", "staff"),
    "calendar_versions": ("token booked", "digests"),
    "cells": ("", "which five minutes are taken"),
    "closed_days": ("reason", "the site's"),
    "counsellors": ("name languages topics modes", "staff"),
    "days_off": ("", "hours of staff"),
    "duty_shifts": ("", "hours of staff"),
    "language_decisions": ("language reason", "which languages staff opened to members, and why"),
    "leftovers": ("kind ref", "random names of files that still have to be removed"),
    "marks": ("name", "when the system did something"),
    "office": ("controller address email phone keep", "who answers for the data, and how long what is kept"),
    "opening_hours": ("", "the site's"),
    "organisations": (
        "slug name role address source contact_email contact_phone",
        "organisations, not people",
    ),
    "retention_runs": ("night counts", "days, kinds and numbers"),
    "service_hours": ("", "the public directory"),
    "service_languages": ("language", "the public directory"),
    "service_texts": ("language name summary eligibility", "the public directory"),
    "service_words": ("word", "words of the public directory, never of members"),
    "postings": ("word", "words of the public directory, never of members"),
    "unposted": ("", "services whose words are not found yet"),
    "rooms": ("name note", "the site's"),
    "room_needs": ("", "which counsellors meet people in a room"),
    "room_cells": ("", "which five minutes of a room are taken"),
    "services": (
        "slug topic place address phone keywords source state",
        "the public directory",
    ),
    "sites": ("slug name place address phone timezone", "the site's"),
    "staff": ("uid login name language languages password_hash totp_secret telegram_id", "staff"),
    "staff_guards": ("key", "keyed hashes of failed sign-ins"),
    "staff_invitations": ("token_hash", "staff"),
    "staff_links": ("code_hash", "staff"),
    "staff_pushes": ("endpoint p256dh auth", "staff"),
    "staff_recovery_codes": ("code_hash", "staff"),
    "staff_roles": ("role", "staff"),
    "staff_sessions": ("token_hash", "staff"),
    "text_signatures": ("language key digest", "which texts staff signed"),
    "text_versions": ("name", "how often the texts changed"),
    "topic_names": ("slug language name", "what the office calls its topics"),
    "tombstones": ("key", "keyed hashes of erased addresses"),
    "wording_proposals": (
        "language key source digest outcome",
        "office wordings that waited for a second person",
    ),
    "updates": (
        "account external_id",
        "numbers of deliveries and digests of posts; nothing leads from one to her",
    ),
    "confirmations": ("token_hash answer words", "what an organisation says of its own service"),
    "imports": ("uid kind state counts problems notes", "files of the public directory"),
    "import_lines": ("kind slug facts changes state reason", "files of the public directory"),
    "voices": ("language key digest content_type", "what staff recorded of the office's own texts"),
    "voice_refs": ("account ref", "what a provider calls a recording of the office"),
    "wordings": ("language key source", "the office's own texts, the same for everybody"),
    "visits": ("uid topic language kind status", "taps at the desk, about nobody"),
    "word_keys": ("key word", "words of the public directory, never of members"),
}
"""Tables in which nothing of a member is ever written: their columns that could hold words, and what they hold instead."""
_DELETES = tuple(Statement(delete(of).where(where)) for of, where in DELETED)


def remove(tx: Tx, member_id: int, now: datetime) -> None:
    """Delete her rows."""
    for (of, _), statement in zip(DELETED, _DELETES, strict=True):
        tx.run(statement, her=member_id, **({"now": now} if of is _b else {}))


def columns_to_members() -> list[Column[Any]]:
    """Every column that names a member."""
    return [
        key.parent
        for each in SQLModel.metadata.sorted_tables
        for key in each.foreign_keys
        if key.column is table(MemberRow).c.id
    ]
