"""To whom a reminder goes, what keeps it back, and who is called instead."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from storage import conversations, members, messages, notices
from storage.db import Database
from storage.messages import MessageRow
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.life import ACCOUNT, Field, Life

LJUBLJANA = ZoneInfo(make.ZONE)
DAY, HOURS = "reminder_day", "reminder_hours"
WAYS = (None, "morning", "afternoon")
_m = table(MessageRow)


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LJUBLJANA).astimezone(UTC)


def local(at: datetime) -> str:
    return f"{at.astimezone(LJUBLJANA):%m-%d %H:%M}"


@pytest.fixture
def life(db: Database, clock: make.Clock) -> Life:
    return Life(db, clock)


@pytest.mark.parametrize(
    ("fields", "reason", "careful"),
    [
        ({"stopped_at": make.MONDAY}, "stopped", False),
        ({"write_when": "never"}, "never", False),
        ({"do_not_write": True}, "do_not_write", True),
        ({"danger_at": make.MONDAY}, "danger", True),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_she_said_keeps_reminders_back_and_puts_her_on_the_call_list(
    life: Life, fields: dict[str, Field], reason: str, careful: bool
) -> None:
    booking = life.books(life.woman(**fields), wall(date(2026, 3, 6), 12))
    assert life.until(wall(date(2026, 3, 6), 11)) == []
    assert life.reasons(booking) == {DAY: reason, HOURS: reason}
    (call,) = life.db.read(lambda tx: notices.call_list(tx, life.site.id, life.clock.at))
    assert (call.code, call.reason, call.careful, call.language) == (booking.code, reason, careful, "sl")
    assert call.starts_at == booking.starts_at


@pytest.mark.parametrize(
    "fields",
    [
        {"stopped_at": make.MONDAY, "keeps_reminders": True},
        {"age_band": "15to17"},
        {"danger_at": make.MONDAY - timedelta(days=7)},
    ],
    ids=["kept", "young", "danger is long ago"],
)
def test_reminders_that_still_come(life: Life, fields: dict[str, Field]) -> None:
    booking = life.books(life.woman(**fields), wall(date(2026, 3, 6), 12))
    assert [one.kind for one in life.until(booking.starts_at)] == [DAY, HOURS]


@pytest.mark.parametrize(("said_after", "comes"), [(timedelta(minutes=5), True), (-timedelta(days=1), False)])
def test_after_danger_only_a_later_yes_counts(life: Life, said_after: timedelta, comes: bool) -> None:
    woman = life.woman(danger_at=life.clock.at)
    life.db.write(
        lambda tx: members.consent(
            tx,
            woman,
            "write_after_danger",
            ACCOUNT,
            given=True,
            wording="w",
            language="sl",
            how="tap",
            at=life.clock.at + said_after,
        )
    )
    booking = life.books(woman, wall(date(2026, 3, 6), 12))
    assert bool(life.until(booking.starts_at)) is comes


def test_stop_and_do_not_write_hold_between_queueing_and_claim(life: Life) -> None:
    for name, field in (("1", "stopped_at"), ("2", "do_not_write")):
        woman = life.woman(name)
        life.books(woman, wall(date(2026, 3, 6), 12))
        life.clock.at = wall(date(2026, 3, 5), 12)
        assert life.tick() == 1
        value = life.clock.at if field == "stopped_at" else True
        life.sets(woman, **{field: value})
        assert life.delivers() == []
        life.clock.at = make.MONDAY


def test_a_web_page_cannot_be_reminded(life: Life) -> None:
    booking = life.books(life.woman("100", "web"), wall(date(2026, 3, 6), 12))
    assert life.until(wall(date(2026, 3, 6), 11)) == []
    assert life.reasons(booking) == {DAY: "unreachable", HOURS: "unreachable"}
    assert [call.reason for call in life.db.read(lambda tx: notices.call_list(tx, 1, life.clock.at))] == [
        "unreachable"
    ]


def test_one_address_only_the_one_she_wrote_from_last(life: Life) -> None:
    life.accounts = (ACCOUNT, "telegram:2")
    woman = life.woman("old")
    newer = life.clock.forward(hours=1)

    def also(tx: Tx) -> int:
        other, _ = conversations.load(tx, "telegram:2", "new", newer)
        conversations.save(tx, other, newer)
        for name in ("addresses", "conversations"):
            rows = table(members.AddressRow if name == "addresses" else conversations.ConversationRow)
            key = rows.c.id == (other.address_id if name == "addresses" else other.id)
            tx.query(rows.update().where(key).values(member_id=woman))
        return other.id

    conversation_id = life.db.write(also)
    life.books(woman, wall(date(2026, 3, 6), 12))
    life.clock.at = wall(date(2026, 3, 5), 12)
    assert life.tick() == 1
    rows = life.db.read(lambda tx: tx.query(select(_m.c.conversation_id, _m.c.account).where(_m.c.outgoing)))
    assert [(row.conversation_id, row.account) for row in rows] == [(conversation_id, "telegram:2")]


KINDS = (DAY, HOURS, "go_on", "booking_change", "announcement", "survey", "checkin", "missed")


def test_every_kind_to_a_do_not_write_member_none_leaves(life: Life) -> None:
    woman = life.woman(do_not_write=True, keeps_reminders=True)

    def queue(tx: Tx) -> None:
        to = notices.reach(tx, woman)[0]
        for kind in KINDS:
            for lane in (messages.NOTICE, messages.BROADCAST):
                messages.add(tx, to.conversation_id, ACCOUNT, kind, "x", now=life.clock.at, lane=lane)

    life.db.write(queue)
    assert life.delivers() == []
    life.db.write(lambda tx: members.set_field(tx, woman, "do_not_write", False))
    assert len(life.delivers()) == 2 * len(KINDS)  # the queue was real
