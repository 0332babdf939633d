"""After a restore nothing old is said by itself; a person releases it, and what is new goes as usual."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage import conversations, messages, notices, outbox, restores
from storage.db import Database
from storage.duty import AlertSend
from storage.messages import MessageRow
from storage.sites import Site
from storage.sql import Tx, table
from storage.staff import StaffSession
from tests.helpers import changing, make
from tests.helpers.attending import Desk
from tests.helpers.duties import Duties
from tests.helpers.life import ACCOUNT, Life

DAY, HOURS = "reminder_day", "reminder_hours"
_m = table(MessageRow)


@pytest.fixture
def life(db: Database, clock: make.Clock) -> Life:
    return Life(db, clock)


def settle(life: Life | Duties, **ago: float) -> dict[str, int]:
    """The database is a copy made so long ago, restored now."""
    now = life.clock.at
    return life.db.write(lambda tx: restores.settle(tx, now - timedelta(**ago), now))


def release(life: Life | Duties, what: str, kind: str) -> int:
    return life.db.write(lambda tx: restores.release(tx, what, kind, life.clock.at))


def says(life: Life, name: str, text: str, **how: object) -> int:
    """An answer that waits to leave."""

    def unit(tx: Tx) -> int:
        chat, _ = conversations.load(tx, ACCOUNT, name, life.clock.at)
        return messages.add(tx, chat.id, ACCOUNT, "answer", text, now=life.clock.at, **how)  # type: ignore[arg-type]  # a test's own names

    return life.db.write(unit)


def state(life: Life, message_id: int) -> str:
    rows = life.db.read(lambda tx: tx.query(select(_m.c.state).where(_m.c.id == message_id)))
    return str(rows[0].state)


def test_what_was_on_the_wire_is_uncertain_and_never_sent_again(life: Life) -> None:
    message = says(life, "1", "a", policy=messages.RESEND_ONCE)
    now = life.clock.at
    until = now + timedelta(minutes=1)
    assert life.db.write(lambda tx: outbox.claim(tx, ACCOUNT, "run", now=now, until=until, limit=9))
    settle(life, minutes=10)
    life.clock.forward(hours=1)
    later = life.clock.at
    life.db.write(lambda tx: outbox.lost(tx, later, later, "run"))
    assert life.delivers() == []
    assert state(life, message) == "unknown"


def test_an_answer_is_held_until_a_person_says_yes(life: Life) -> None:
    held, dropped = says(life, "1", "old answer"), says(life, "2", "old answer too")
    settle(life, hours=2)
    life.clock.forward(minutes=5)
    assert life.delivers() == []
    last = life.db.read(restores.last)
    assert last is not None
    assert last.messages == (("answer", 2),)
    says(life, "2", "new answer")  # she wrote again: the old one would only confuse her
    assert [one.text for one in life.delivers()] == ["new answer"]
    assert release(life, "messages", "answer") == 1  # what was overtaken goes first
    assert release(life, "messages", "answer") == 1
    assert release(life, "messages", "answer") == 0
    assert [one.text for one in life.delivers()] == ["old answer"]
    assert (state(life, held), state(life, dropped)) == ("sent", "cancelled")


def test_a_person_says_no(life: Life) -> None:
    message = says(life, "1", "old answer")
    settle(life, hours=2)
    assert life.db.write(lambda tx: restores.drop(tx, "messages", "answer", life.clock.at)) == 1
    assert life.db.read(restores.count_held) == 0
    assert life.delivers() == []
    assert state(life, message) == "cancelled"


def test_what_came_due_meanwhile_is_held_and_what_comes_due_later_is_sent(life: Life) -> None:
    woman = life.woman()
    soon = life.books(woman, life.clock.at + timedelta(hours=26))
    later = life.books(woman, life.clock.at + timedelta(hours=54))
    life.clock.forward(hours=3)  # the day-before reminder of the first came due in what was lost
    settle(life, hours=3)
    life.until(later.starts_at)
    assert life.reasons(soon) == {DAY: "restored", HOURS: "sent"}
    assert life.reasons(later) == {DAY: "sent", HOURS: "sent"}


def test_a_held_reminder_stands_on_the_call_list(life: Life) -> None:
    booking = life.books(life.woman(), life.clock.at + timedelta(hours=26))
    life.clock.forward(hours=3)
    settle(life, hours=3)
    life.tick()
    calls = life.db.read(lambda tx: notices.call_list(tx, life.site.id, life.clock.at))
    assert [(one.booking_id, one.reason) for one in calls] == [(booking.id, "restored")]


def test_a_queued_reminder_is_decided_anew_after_a_yes(life: Life) -> None:
    booking = life.books(life.woman("1"), life.clock.at + timedelta(hours=26))
    moved = life.books(life.woman("2"), life.clock.at + timedelta(hours=26))
    life.clock.forward(hours=3)
    assert life.tick() == 2
    assert life.queued() == 2
    assert settle(life, minutes=1)["notices"] == 2
    life.clock.forward(minutes=5)
    life.tick()
    assert life.delivers() == []
    moved = life.moves(moved, moved.starts_at + timedelta(days=5))  # its reminder would say an old time
    while release(life, "notices", DAY):
        pass
    life.tick()
    assert [one.kind for one in life.delivers()] == [DAY]
    assert life.reasons(booking)[DAY] == "sent"
    assert life.reasons(moved) == {}


def test_a_no_to_reminders_is_kept(life: Life) -> None:
    booking = life.books(life.woman(), life.clock.at + timedelta(hours=26))
    life.clock.forward(hours=3)
    settle(life, hours=3)
    life.tick()
    life.db.write(lambda tx: restores.drop(tx, "notices", DAY, life.clock.at))
    life.tick()
    assert life.delivers() == []
    assert life.reasons(booking) == {DAY: "dropped"}


def test_go_on_is_held(life: Life) -> None:
    woman = life.woman()
    now = life.clock.at
    c = table(conversations.ConversationRow)
    life.db.write(lambda tx: tx.query(update(c).where(c.c.member_id == woman).values(left_at=now)) and None)
    life.clock.forward(days=1)
    settle(life, hours=20)
    life.tick()
    assert life.delivers() == []
    last = life.db.read(restores.last)
    assert last is not None
    assert last.notices == (("go_on", 1),)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_kind_word_after_a_missed_one_is_held(db: Database, clock: make.Clock) -> None:
    desk = Desk(db, clock)
    booking = desk.met(desk.woman(), False)
    settle(desk, hours=0.1)
    assert desk.after() == []
    assert desk.reason(booking) == "restored"
    new = desk.met(desk.woman("101"), False)  # noted after the restore: as usual
    assert len(desk.after()) == 1
    assert desk.reason(new) == "sent"


def test_a_change_of_her_meeting_is_held_until_a_yes_and_somebody_calls_her(
    db: Database, clock: make.Clock
) -> None:
    desk = changing.Desk(db, clock)
    waits = desk.books(desk.woman("1"), clock.at + timedelta(days=4))
    queued = desk.books(desk.woman("2"), clock.at + timedelta(days=5))
    desk.cancels_for(queued)
    desk.tick()
    desk.cancels_for(waits)
    settle(desk, minutes=1)
    clock.forward(minutes=5)
    desk.tick()
    assert desk.delivers() == []
    assert [desk.reasons(desk.now(one)) for one in (queued, waits)] == [{"booking_change": "restored"}] * 2
    assert {line.changed for line in desk.tasks()} == {"cancelled"}
    assert len(desk.tasks()) == 2
    later = desk.books(desk.woman("3"), changing.at(10))
    desk.cancels_for(later)  # after the restore: as usual
    desk.tick()
    assert len(desk.delivers()) == 1
    assert release(desk, "notices", "booking_change") == 2
    desk.tick()
    assert len(desk.delivers()) == 2
    assert len(desk.tasks()) == 2


@pytest.mark.parametrize("act", ["release", "drop"])
def test_a_day_that_was_called_off_is_held_until_a_yes(db: Database, clock: make.Clock, act: str) -> None:
    desk = changing.Desk(db, clock)
    old = desk.books(desk.woman("1"), changing.at(10))
    new = desk.books(desk.woman("2"), changing.at(10))
    desk.calls_off(old.counsellor_id)
    settle(desk, minutes=1)
    clock.forward(minutes=5)
    desk.calls_off(new.counsellor_id)  # after the restore: as usual
    desk.tick()
    assert [desk.now(one).state for one in (old, new)] == ["booked", "cancelled"]
    last = db.read(restores.last)
    assert last is not None
    assert last.days_off == db.read(restores.count_held) == 1
    if act == "release":
        assert release(desk, "days", restores.DAYS_OFF) == 1
    else:
        assert db.write(lambda tx: restores.drop(tx, "days", restores.DAYS_OFF, clock.at)) == 1
    assert db.read(restores.count_held) == 0
    desk.tick()
    assert desk.now(old).state == ("cancelled" if act == "release" else "booked")
    assert len(desk.delivers()) == (2 if act == "release" else 1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_calls_are_held_and_sessions_end(db: Database, clock: make.Clock, site: Site) -> None:
    duties = Duties(db, clock, site)
    ana = duties.person()
    duties.shift(ana)
    duties.waits(urgent=True)
    duties.watch()
    session = {
        "token_hash": "x",
        "staff_id": ana,
        "created_at": clock.at,
        "seen_at": clock.at,
        "passed": True,
    }
    db.write(lambda tx: tx.query(table(StaffSession).insert().values(**session)) and None)
    assert settle(duties, hours=1)["calls"] == 1
    assert duties.takes() == []
    assert release(duties, "calls", restores.CALLS) == 1
    assert duties.takes() == [ana]
    assert db.read(lambda tx: tx.query(select(table(StaffSession).c.id))) == []
    assert db.read(lambda tx: [r.state for r in tx.query(select(table(AlertSend).c.state))]) == ["sent"]
