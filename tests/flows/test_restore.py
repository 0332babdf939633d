"""After a restore nothing old is said by itself; a person releases it, and what is new goes as usual."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import BigInteger, Boolean, Integer, Table, func, select, update
from sqlmodel import SQLModel

from storage import confirmations, conversations, messages, notices, outbox, restores
from storage.db import Database
from storage.duty import AlertSend
from storage.messages import MessageRow
from storage.sites import Site
from storage.sql import Day, Json, Tx, Utc, table
from storage.staff import StaffSession
from tests.helpers import changing, make
from tests.helpers.attending import Desk
from tests.helpers.duties import Duties
from tests.helpers.life import ACCOUNT, Life
from tests.helpers.plants import allowed

DAY, HOURS = "reminder_day", "reminder_hours"
_m = table(MessageRow)
_numbers = count(1)


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


# --- what opens something ---

HARMLESS = {
    "staff_recovery_codes": "opens nothing without the password; docs/backup.md says that a used one works again"
}
"""Tables with a hash of something that opens, of which a restore ends nothing, and why."""
KEPT = {"confirmations": {"answer": "right", "answered_at": make.MONDAY}}
"""Rows of such a table that stay, because they are used up."""


def opens(of: Table) -> bool:
    return bool({"token_hash", "code_hash"} & set(of.columns.keys())) or of.name == "check_passes"


def filled(tx: Tx, of: Table, **known: object) -> int | None:
    """One row more with what it needs, and rows for what it points to; its number, when it has one."""
    values: dict[str, object] = {}
    for column in of.columns:
        if column.nullable or column.name == "id":
            continue
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column.table
            there = tx.query(select(target.c.id).limit(1))
            values[column.name] = there[0].id if there and not column.primary_key else filled(tx, target)
        elif isinstance(column.type, Utc):
            values[column.name] = make.MONDAY + timedelta(days=30)
        elif isinstance(column.type, Day):
            values[column.name] = make.MONDAY.date()
        elif isinstance(column.type, Json):
            values[column.name] = []
        elif isinstance(column.type, Boolean | Integer | BigInteger):
            values[column.name] = isinstance(column.type, Boolean) or 1
        else:
            values[column.name] = allowed(column) or f"{column.name}-{next(_numbers)}"
    tx.query(of.insert().values(values | known))
    return tx.query(select(func.max(of.c.id).label("id")))[0].id if "id" in of.c else None


def test_what_was_ended_since_opens_nothing_again(db: Database, clock: make.Clock) -> None:
    life = Life(db, clock)
    found = [of for of in SQLModel.metadata.sorted_tables if opens(of)]
    assert len(found) > 8

    def rows(tx: Tx) -> dict[str, int]:
        return {of.name: tx.query(select(func.count().label("n")).select_from(of))[0].n for of in found}

    def plant(tx: Tx) -> None:
        for of in found:
            filled(tx, of)
            if of.name in KEPT:
                filled(tx, of, **KEPT[of.name])

    db.write(plant)
    before = db.read(rows)
    assert min(before.values()) > 0
    settle(life, hours=1)
    left = {name: number for name, number in db.read(rows).items() if number}
    assert left == dict.fromkeys(HARMLESS, 1) | dict.fromkeys(KEPT, 1)


def test_an_answer_of_an_organisation_stays_and_is_not_given_twice(db: Database, clock: make.Clock) -> None:
    life = Life(db, clock)

    def plant(tx: Tx) -> None:
        asked = SQLModel.metadata.tables["confirmations"]
        filled(tx, asked, token_hash="open")
        filled(tx, asked, token_hash="used", answer="right", answered_at=clock.at)

    db.write(plant)
    settle(life, hours=1)
    assert not db.write(lambda tx: confirmations.answer(tx, "open", "changed", "x", clock.at))
    assert not db.write(lambda tx: confirmations.answer(tx, "used", "changed", "x", clock.at))
    kept = SQLModel.metadata.tables["confirmations"]
    assert [row.answer for row in db.read(lambda tx: tx.query(select(kept.c.answer)))] == ["right"]
