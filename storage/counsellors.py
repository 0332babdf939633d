"""Counsellors, what they counsel on, and the rules of their calendars: weekly hours and days that differ.

Every change moves the site's `calendar_versions` row on in its own transaction; `storage/calendars.py` keeps the rules
in memory by that row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    FromClause,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlmodel import Field, SQLModel

from storage.sql import Day, InsertNew, Json, Statement, Tx, table

MODES = ("person", "phone", "video")


class TopicRow(SQLModel, table=True):
    """What can be talked about, and for how long. A sensitive one has a neutral public name."""

    __tablename__ = "booking_topics"
    __table_args__ = (
        UniqueConstraint("site_id", "slug"),
        CheckConstraint("minutes BETWEEN 5 AND 480 AND minutes % 5 = 0", name="minutes_in_cells"),
    )
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id")
    slug: str
    minutes: int
    sensitive: bool = False
    place: int
    """Its place in the list."""
    active: bool = True
    label: str | None = None
    """What a sensitive one is about: for the staff who work with it, never for members."""
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Grows with every change: who saves says which one was looked at."""


class CounsellorRow(SQLModel, table=True):
    """A person who counsels: the languages she speaks, the topics she takes, how she can be met."""

    __tablename__ = "counsellors"
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    name: str
    languages: Any = Field(sa_type=Json)
    topics: Any = Field(sa_type=Json)
    modes: Any = Field(sa_type=Json)
    active: bool = True


class RuleRow(SQLModel, table=True):
    """Hours that return every week; minutes are wall clock, `modes` empty means all of hers."""

    __tablename__ = "availability_rules"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_known"),
        CheckConstraint("from_min >= 0 AND from_min < until_min AND until_min <= 1440", name="within_a_day"),
        CheckConstraint("from_min % 5 = 0 AND until_min % 5 = 0", name="whole_cells"),
    )
    id: int | None = Field(default=None, primary_key=True)
    counsellor_id: int = Field(foreign_key="counsellors.id", index=True)
    weekday: int
    from_min: int
    until_min: int
    modes: Any = Field(sa_type=Json)
    valid_from: date | None = Field(default=None, sa_type=Day)
    valid_to: date | None = Field(default=None, sa_type=Day)


class ExceptionRow(SQLModel, table=True):
    """One day that differs: hours off (the whole day: 0 to 1440) or extra hours."""

    __tablename__ = "availability_exceptions"
    __table_args__ = (
        CheckConstraint("kind IN ('off', 'extra')", name="kind_known"),
        CheckConstraint("from_min >= 0 AND from_min < until_min AND until_min <= 1440", name="within_a_day"),
        CheckConstraint("from_min % 5 = 0 AND until_min % 5 = 0", name="whole_cells"),
    )
    id: int | None = Field(default=None, primary_key=True)
    counsellor_id: int = Field(foreign_key="counsellors.id", index=True)
    day: date = Field(sa_type=Day)
    kind: str
    from_min: int
    until_min: int
    modes: Any = Field(sa_type=Json)


class CalendarVersion(SQLModel, table=True):
    """Moves with every change of a site's calendar.

    The token is a digest of all changes so far: it names the content itself, so two databases may share one process.
    """

    __tablename__ = "calendar_versions"
    site_id: int = Field(foreign_key="sites.id", primary_key=True)
    version: int
    token: str
    booked: str
    """The same for the meetings: moves with every one taken, moved or cancelled."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as the flows see it."""

    id: int
    slug: str
    minutes: int
    sensitive: bool
    active: bool


@dataclass(frozen=True, slots=True)
class Counsellor:
    """A counsellor as the flows see her."""

    id: int
    name: str
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    modes: tuple[str, ...]
    active: bool


_topic = table(TopicRow)
_counsellor = table(CounsellorRow)
_rule = table(RuleRow)
_exception = table(ExceptionRow)
_version = table(CalendarVersion)
_LOCK = Statement(
    select(_version.c.token, _version.c.booked)
    .where(_version.c.site_id == bindparam("of_site"))
    .with_for_update()
)
_FIRST_TOKEN = InsertNew(_version, "site_id", "version", "token", "booked")
_MOVE_ON = Statement(
    update(_version)
    .where(_version.c.site_id == bindparam("of_site"))
    .values(version=_version.c.version + 1, token=bindparam("new_token"))
)
_BOOKED = Statement(
    update(_version).where(_version.c.site_id == bindparam("of_site")).values(booked=bindparam("new_token"))
)
_SITE_OF = Statement(select(_counsellor.c.site_id).where(_counsellor.c.id == bindparam("counsellor_id")))


def both(first: FromClause, second: FromClause) -> ColumnElement[str]:
    """The name of who meets her, and of the second person when there is one (an outer join)."""
    plus: ColumnElement[str] = literal_column("' + '", String)
    return func.coalesce(first.c.name.concat(plus).concat(second.c.name), first.c.name).label("names")


# --- changes ---


def _insert(row: Table) -> Statement:
    return Statement(
        insert(row)
        .values({column.name: bindparam(column.name) for column in row.c if column.name != "id"})
        .returning(row.c.id)
    )


_ADD_TOPIC = _insert(_topic)
_ADD_COUNSELLOR = _insert(_counsellor)
_ADD_RULE = _insert(_rule)
_ADD_EXCEPTION = _insert(_exception)
_TOPIC_ACTIVE = Statement(
    update(_topic)
    .where(_topic.c.site_id == bindparam("of_site"), _topic.c.slug == bindparam("of_slug"))
    .values(active=bindparam("is_active"))
)
_COUNSELLOR_ACTIVE = Statement(
    update(_counsellor)
    .where(_counsellor.c.id == bindparam("counsellor_id"))
    .values(active=bindparam("is_active"))
)
_DESCRIBE = Statement(
    update(_counsellor)
    .where(_counsellor.c.id == bindparam("counsellor_id"))
    .values({name: bindparam(f"new_{name}") for name in ("languages", "topics", "modes")})
)
_RULE_ENDS = Statement(
    update(_rule)
    .where(_rule.c.id == bindparam("rule_id"), _rule.c.counsellor_id == bindparam("of_counsellor"))
    .values(valid_to=bindparam("last"))
)
_RULE_GONE = Statement(
    delete(_rule).where(
        _rule.c.id == bindparam("rule_id"), _rule.c.counsellor_id == bindparam("of_counsellor")
    )
)
_FORGET = Statement(
    delete(_exception).where(
        _exception.c.id == bindparam("exception_id"), _exception.c.counsellor_id == bindparam("of_counsellor")
    )
)


def _changed(tx: Tx, site_id: int, *facts: object) -> None:
    """Move the site's token on; the row lock makes changes of one calendar follow each other."""
    tx.run(_FIRST_TOKEN, site_id=site_id, version=0, token="", booked="")
    row = tx.one(_LOCK, of_site=site_id)
    tx.run(_MOVE_ON, of_site=site_id, new_token=_digest(row.token, facts))


def hold(tx: Tx, site_id: int) -> None:
    """Wait until nobody else changes this site's calendar: what is read after it stays true until the commit."""
    tx.run(_FIRST_TOKEN, site_id=site_id, version=0, token="", booked="")
    tx.one(_LOCK, of_site=site_id)


def closed(tx: Tx, site_id: int, *facts: object) -> None:
    """The closed days of a site are other ones now: called after the change, in its transaction."""
    _changed(tx, site_id, "closed", *facts)


def rooms(tx: Tx, site_id: int, *facts: object) -> None:
    """The rooms of a site, or who needs one, are other ones now: called after the change, in its transaction."""
    _changed(tx, site_id, "rooms", *facts)


def booked(tx: Tx, site_id: int, *facts: object) -> tuple[str, str, str]:
    """The meetings of a site are other ones now: called after the change, in its transaction.

    The token of the rules, which nobody can change before this transaction ends, and that of the meetings before and now.
    """
    row = tx.one(_LOCK, of_site=site_id)
    if row is None:
        return "", "", ""
    now = _digest(row.booked, facts)
    tx.run(_BOOKED, of_site=site_id, new_token=now)
    return row.token, row.booked, now


def _digest(before: str, facts: object) -> str:
    return blake2b(repr((before, facts)).encode(), digest_size=16).hexdigest()


def _site_of(tx: Tx, counsellor_id: int) -> int:
    return int(tx.one(_SITE_OF, counsellor_id=counsellor_id).site_id)


def topic_changed(tx: Tx, site_id: int, *facts: object) -> None:
    """A topic of a site is another one now: called in the transaction of the change."""
    _changed(tx, site_id, "topic change", *facts)


def add_topic(
    tx: Tx,
    site_id: int,
    slug: str,
    minutes: int,
    *,
    sensitive: bool = False,
    place: int = 0,
    label: str | None = None,
) -> int:
    """A new topic; its name stands in `booking-topic-<slug>` of every language, or the office gave it one."""
    values = {
        "site_id": site_id,
        "slug": slug,
        "minutes": minutes,
        "sensitive": sensitive,
        "place": place,
        "active": True,
        "label": label,
        "version": 0,
    }
    topic_id = int(tx.one(_ADD_TOPIC, **values).id)
    _changed(tx, site_id, "topic", topic_id, values)
    return topic_id


def set_topic_active(tx: Tx, site_id: int, slug: str, active: bool) -> None:
    """Retire a topic or bring it back; its bookings stay."""
    tx.run(_TOPIC_ACTIVE, of_site=site_id, of_slug=slug, is_active=active)
    _changed(tx, site_id, "topic active", slug, active)


def add_counsellor(
    tx: Tx,
    site_id: int,
    name: str,
    *,
    languages: tuple[str, ...],
    topics: tuple[str, ...],
    modes: tuple[str, ...] = MODES,
) -> int:
    """A new counsellor without hours."""
    values = {
        "site_id": site_id,
        "name": name,
        "languages": list(languages),
        "topics": list(topics),
        "modes": list(modes),
        "active": True,
    }
    counsellor_id = int(tx.one(_ADD_COUNSELLOR, **values).id)
    _changed(tx, site_id, "counsellor", counsellor_id, values)
    return counsellor_id


def describe(
    tx: Tx, counsellor_id: int, languages: Sequence[str], topics: Sequence[str], modes: Sequence[str]
) -> None:
    """What she speaks and takes, and how she can be met, from now on; her bookings stay."""
    facts = {"new_languages": list(languages), "new_topics": list(topics), "new_modes": list(modes)}
    tx.run(_DESCRIBE, counsellor_id=counsellor_id, **facts)
    _changed(tx, _site_of(tx, counsellor_id), "describe", counsellor_id, facts)


def set_counsellor_active(tx: Tx, counsellor_id: int, active: bool) -> None:
    """Take a counsellor out of the calendar or bring her back; her bookings stay."""
    tx.run(_COUNSELLOR_ACTIVE, counsellor_id=counsellor_id, is_active=active)
    _changed(tx, _site_of(tx, counsellor_id), "counsellor active", counsellor_id, active)


def add_hours(
    tx: Tx,
    counsellor_id: int,
    weekday: int,
    from_min: int,
    until_min: int,
    *,
    modes: tuple[str, ...] = (),
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> int:
    """Weekly hours of a counsellor; `modes` empty means all of hers."""
    values = {
        "counsellor_id": counsellor_id,
        "weekday": weekday,
        "from_min": from_min,
        "until_min": until_min,
        "modes": list(modes),
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    rule_id = int(tx.one(_ADD_RULE, **values).id)
    _changed(tx, _site_of(tx, counsellor_id), "hours", rule_id, values)
    return rule_id


def remove_hours(tx: Tx, counsellor_id: int, rule_id: int) -> bool:
    """These weekly hours never were; False when they are not hers."""
    gone = tx.run(_RULE_GONE, of_counsellor=counsellor_id, rule_id=rule_id) == 1
    if gone:
        _changed(tx, _site_of(tx, counsellor_id), "hours gone", rule_id)
    return gone


def end_hours(tx: Tx, counsellor_id: int, rule_id: int, last: date) -> None:
    """The last day on which these weekly hours hold."""
    tx.run(_RULE_ENDS, of_counsellor=counsellor_id, rule_id=rule_id, last=last)
    _changed(tx, _site_of(tx, counsellor_id), "hours end", rule_id, last)


def add_exception(
    tx: Tx,
    counsellor_id: int,
    day: date,
    kind: str,
    from_min: int = 0,
    until_min: int = 1440,
    *,
    modes: tuple[str, ...] = (),
) -> int:
    """One day that differs: 'off' or 'extra' hours."""
    values = {
        "counsellor_id": counsellor_id,
        "day": day,
        "kind": kind,
        "from_min": from_min,
        "until_min": until_min,
        "modes": list(modes),
    }
    exception_id = int(tx.one(_ADD_EXCEPTION, **values).id)
    _changed(tx, _site_of(tx, counsellor_id), "exception", exception_id, values)
    return exception_id


def forget_exception(tx: Tx, counsellor_id: int, exception_id: int) -> None:
    """That day is an ordinary one again."""
    tx.run(_FORGET, of_counsellor=counsellor_id, exception_id=exception_id)
    _changed(tx, _site_of(tx, counsellor_id), "forgotten", exception_id)
