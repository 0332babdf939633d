"""Each kind at the edge of its time; and the preview is what the night does."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlmodel import SQLModel

from bot.erasing import LIST, Erasing
from bot.files import Folder
from bot.nightly import Nightly
from bot.settings import Settings, keyed
from storage import (
    audit,
    conversations,
    erasures,
    media,
    members,
    messages,
    notes,
    notices,
    retention,
)
from storage.bookings import BookingRow
from storage.cells import CellRow
from storage.conversations import ConversationRow
from storage.db import Database
from storage.members import MemberRow
from storage.messages import MessageRow
from storage.notes import NoteRow
from storage.retention import RULES, BookingCount, Keep
from storage.sql import Tx, table
from storage.staff import Invitation, SignInGuard, StaffSession
from storage.tasks import TaskRow
from storage.updates import FailedTurn
from tests.helpers import make
from tests.helpers.console import person
from tests.helpers.life import ACCOUNT, Life

KEEP = Keep()
SECOND = timedelta(seconds=1)
_m, _c, _b, _p = (table(row) for row in (MessageRow, ConversationRow, BookingRow, MemberRow))


@pytest.fixture
def life(db: Database, clock: make.Clock) -> Life:
    return Life(db, clock)


def plan(life: Life, at: datetime) -> dict[str, int]:
    found = life.db.read(lambda tx: retention.plan(tx, at, KEEP))
    return {kind: len(keys) for kind, keys in found.items() if keys}


def night(life: Life, at: datetime) -> dict[str, int]:
    """Plan and carry out, as the nightly run does."""
    found = life.db.read(lambda tx: retention.plan(tx, at, KEEP))
    done: dict[str, int] = {}
    for rule in RULES:
        keys = found[rule.kind]
        for start in range(0, len(keys), rule.chunk):
            piece = keys[start : start + rule.chunk]
            count = life.db.write(lambda tx, r=rule, p=piece: retention.carry_out(tx, r, p, at, KEEP))  # type: ignore[misc]  # mypy cannot type a default
            done[rule.kind] = done.get(rule.kind, 0) + count
    return done


def count(life: Life, model: type[SQLModel]) -> int:
    of = table(model)
    return int(life.db.read(lambda tx: tx.query(select(func.count().label("n")).select_from(of)))[0].n)


def writes(life: Life, name: str, words: str, answer: str = "answer", safety: bool = False) -> int:
    """She writes now and is answered; the conversation's id."""
    now = life.clock.at

    def unit(tx: Tx) -> int:
        conversation, _ = conversations.load(tx, ACCOUNT, name, now, life.site.id)
        messages.hear(tx, conversation.id, ACCOUNT, "text", words, now)
        messages.add(tx, conversation.id, ACCOUNT, "safety" if safety else "answer", answer, now=now)
        conversation.stack = [["menu", {}], ["services.found", {"said": words}]]
        conversation.kept = conversation.stack
        conversations.save(tx, conversation, now)
        return conversation.id

    return life.db.write(unit)


def texts(life: Life) -> list[str]:
    return [row.text for row in life.db.read(lambda tx: tx.query(select(_m.c.text).order_by(_m.c.id)))]


def test_words_go_thirty_days_after_the_last_message(life: Life) -> None:
    chat = writes(life, "a", "vrtec")
    last = life.clock.at
    at = last + timedelta(days=30)
    assert plan(life, at) == {}
    assert plan(life, at + SECOND) == {"chat": 2}
    assert night(life, at + SECOND) == {"chat": 2}
    assert texts(life) == []
    row = life.db.read(lambda tx: tx.query(select(_c).where(_c.c.id == chat)))[0]
    assert (row.stack, row.kept, row.left_at) == ([], None, None)


def test_who_agreed_is_not_asked_again(life: Life) -> None:
    chat = writes(life, "a", "vrtec")

    def agree(tx: Tx) -> None:
        member = tx.query(select(_c.c.member_id).where(_c.c.id == chat))[0].member_id
        members.consent(
            tx, member, "chat", ACCOUNT, given=True, wording="1", language="sl", how="tap", at=life.clock.at
        )

    life.db.write(agree)
    night(life, life.clock.at + timedelta(days=31))
    row = life.db.read(lambda tx: tx.query(select(_c).where(_c.c.id == chat)))[0]
    assert row.stack == [["menu", {}]]


def test_a_later_message_of_either_side_keeps_all_of_the_chat(life: Life) -> None:
    chat = writes(life, "a", "vrtec")
    first = life.clock.at
    life.clock.forward(days=10)
    now = life.clock.at
    life.db.write(lambda tx: messages.add(tx, chat, ACCOUNT, "reminder_day", "jutri", now=now))
    assert plan(life, first + timedelta(days=31)) == {}
    assert plan(life, now + timedelta(days=30) + SECOND) == {"chat": 3}


@pytest.mark.parametrize("owner", ["waiting", "person"])
def test_a_chat_somebody_has_is_left(life: Life, owner: str) -> None:
    chat = writes(life, "a", "vrtec")
    staff = life.db.write(lambda tx: person(tx, life.site, "desk"))
    values = (
        {"owner": owner, "waiting_since": life.clock.at}
        if owner == "waiting"
        else {"owner": owner, "staff_id": staff}
    )
    life.db.write(lambda tx: tx.query(update(_c).where(_c.c.id == chat).values(**values)))
    assert plan(life, life.clock.at + timedelta(days=400)) == {}


def test_closing_counts_as_well(life: Life) -> None:
    chat = writes(life, "a", "vrtec")
    closed = life.clock.at + timedelta(days=5)
    life.db.write(lambda tx: tx.query(update(_c).where(_c.c.id == chat).values(closed_at=closed)))
    assert plan(life, closed + timedelta(days=30)) == {}
    assert plan(life, closed + timedelta(days=30) + SECOND) == {"chat": 2}


def test_a_decision_outlives_its_words(life: Life) -> None:
    """Otherwise a reminder could be decided twice."""
    chat = writes(life, "a", "vrtec")
    now = life.clock.at

    def decide(tx: Tx) -> None:
        member = tx.query(select(_c.c.member_id).where(_c.c.id == chat))[0].member_id
        sent = messages.add(tx, chat, ACCOUNT, "reminder_day", "jutri ob 10", now=now, stack=[["menu", {}]])
        notices.decide(
            tx, "reminder_day", "booking:1", 1, member_id=member, due_at=now, now=now, message_id=sent
        )

    life.db.write(decide)
    assert night(life, now + timedelta(days=31)) == {"chat": 3}
    assert texts(life) == [""]
    assert plan(life, now + timedelta(days=32)) == {}
    assert len(life.db.read(lambda tx: notices.of(tx, "booking:1"))) == 1


def test_a_file_goes_with_its_message(life: Life) -> None:
    chat = writes(life, "a", "pismo")
    now, uid = life.clock.at, "a" * 32

    def store(tx: Tx) -> None:
        message = tx.query(select(_m.c.id).where(_m.c.conversation_id == chat))[0].id
        media.add(
            tx,
            uid,
            chat,
            message,
            ACCOUNT,
            "file",
            state="stored",
            now=now,
            expires_at=now,
            content_type="application/pdf",
        )

    life.db.write(store)
    night(life, now + timedelta(days=31))
    assert life.db.read(lambda tx: erasures.leftovers(tx, "file")) == [uid]


def test_words_of_danger_go_after_seven_days_once_nobody_works_on_them(life: Life) -> None:
    chat = writes(life, "a", "hude besede", "112", safety=True)
    life.clock.forward(minutes=1)
    writes(life, "a", "vrtec")
    at = life.clock.at - timedelta(minutes=1) + timedelta(days=7)
    assert plan(life, at) == {}
    since = life.clock.at
    life.db.write(
        lambda tx: tx.query(update(_c).where(_c.c.id == chat).values(owner="waiting", waiting_since=since))
    )
    assert plan(life, at + SECOND) == {}
    life.db.write(
        lambda tx: tx.query(update(_c).where(_c.c.id == chat).values(owner="bot", waiting_since=None))
    )
    assert night(life, at + SECOND) == {"crisis": 1}
    assert texts(life) == ["", "112", "vrtec", "answer"]


def test_a_meeting_becomes_a_number_after_a_year(life: Life) -> None:
    member = life.woman("a")
    booking = life.books(member, life.clock.at + timedelta(days=1))
    writes(life, "a", "še vedno tu")
    end = booking.ends_at + timedelta(days=365)
    assert "booking" not in plan(life, end)
    found = plan(life, end + SECOND)
    assert (found["booking"], found["times"]) == (1, 1)
    night(life, end + SECOND)
    assert count(life, BookingRow) == count(life, CellRow) == 0
    (row,) = life.db.read(lambda tx: tx.query(select(table(BookingCount))))
    assert (row.month, row.topic, row.mode, row.state, row.n) == ("2026-03", "work", "person", "booked", 1)
    assert life.db.read(retention.counted) == 1


def test_meetings_of_one_kind_are_added_up(life: Life) -> None:
    for name in "abc":
        life.books(life.woman(name), life.clock.at + timedelta(days=1))
    night(life, life.clock.at + timedelta(days=400))
    (row,) = life.db.read(lambda tx: tx.query(select(table(BookingCount))))
    assert row.n == 3


def test_the_empty_member_goes_with_the_last_meeting_that_was_counted(life: Life) -> None:
    member = life.woman("a")
    booking = life.books(member, life.clock.at + timedelta(days=1))
    after = booking.ends_at
    life.db.write(lambda tx: erasures.erase(tx, member, after, keyed(make.KEY)))
    assert count(life, MemberRow) == 1
    night(life, after + timedelta(days=366))
    assert count(life, MemberRow) == 0


def test_held_times_go_after_a_week_and_the_meeting_stays(life: Life) -> None:
    booking = life.books(life.woman("a"), life.clock.at + timedelta(days=1))
    assert plan(life, booking.ends_at + timedelta(days=7)) == {}
    assert night(life, booking.ends_at + timedelta(days=7, minutes=30)) == {"times": 1}
    assert count(life, CellRow) == 0
    assert count(life, BookingRow) == 1


@pytest.mark.parametrize("contact", ["none", "wrote", "met"])
def test_notes_go_half_a_year_after_the_last_contact(life: Life, contact: str) -> None:
    member = life.woman("a")
    staff = life.db.write(lambda tx: person(tx, life.site, "desk"))
    now = life.clock.at
    life.db.write(lambda tx: notes.add(tx, member, staff, "a note", False, now))
    last = now
    if contact == "wrote":
        life.clock.forward(days=100)
        writes(life, "a", "tu sem")
        last = life.clock.at
    if contact == "met":
        last = life.books(member, now + timedelta(days=50)).ends_at
    assert "note" not in plan(life, last + timedelta(days=183))
    assert plan(life, last + timedelta(days=183) + SECOND)["note"] == 1
    night(life, last + timedelta(days=183) + SECOND)
    assert count(life, NoteRow) == 0


OLD: tuple[tuple[str, type[SQLModel], str, dict[str, Any], int], ...] = (
    ("failed", FailedTurn, "at", {"account": "web", "external_id": "1", "raw": "x", "error": "E"}, 30),
    ("session", StaffSession, "created_at", {"token_hash": "h"}, 30),
    ("invitation", Invitation, "expires_at", {"token_hash": "h"}, 30),
    ("guard", SignInGuard, "last_at", {"key": "k", "fails": 1}, 30),
    ("task", TaskRow, "done_at", {"kind": "call", "subject": "booking:1", "subject_version": 0}, 183),
)


@pytest.mark.parametrize(("kind", "model", "column", "values", "days"), OLD, ids=[line[0] for line in OLD])
def test_other_rows_at_their_edge(
    life: Life, kind: str, model: type[SQLModel], column: str, values: dict[str, Any], days: int
) -> None:
    of, now = table(model), life.clock.at
    staff = life.db.write(lambda tx: person(tx, life.site, "desk"))
    more: dict[str, Any] = {}
    for each in of.columns:
        if each.name in ("staff_id", "done_by"):
            more[each.name] = staff
        elif each.name == "site_id":
            more[each.name] = life.site.id
        elif each.name in ("created_at", "seen_at", "due_at"):
            more[each.name] = now
        elif each.name == "passed":
            more[each.name] = True
    life.db.write(lambda tx: tx.query(of.insert().values(**{**more, **values, column: now})))
    assert plan(life, now + timedelta(days=days)) == {}
    assert night(life, now + timedelta(days=days) + SECOND) == {kind: 1}
    assert count(life, model) == 0


def test_who_writes_between_plan_and_run_keeps_her_words(life: Life) -> None:
    writes(life, "a", "vrtec")
    at = life.clock.at + timedelta(days=31)
    found = life.db.read(lambda tx: retention.plan(tx, at, KEEP))
    life.clock.at = at
    writes(life, "a", "spet tu")
    rule = next(rule for rule in RULES if rule.kind == "chat")
    assert life.db.write(lambda tx: retention.carry_out(tx, rule, found["chat"], at, KEEP)) == 0
    assert len(texts(life)) == 4


async def test_the_preview_is_what_the_night_does(life: Life, tmp_path: Path) -> None:
    for number in range(120):
        writes(life, f"w{number}", "vrtec", safety=number % 3 == 0)
    life.books(life.woman("a"), life.clock.at + timedelta(days=1))
    life.clock.forward(days=400)
    shown = plan(life, life.clock.at)
    folder = Folder(tmp_path / "media")
    erasing = Erasing(life.db, folder, life.clock, tmp_path / LIST, keyed(make.KEY))
    nightly = Nightly(life.db, erasing, lambda: KEEP, Settings().zone, life.clock)
    assert await nightly.is_due()
    did = await nightly.clean()
    assert did is not None
    assert {kind: n for kind, n in did.items() if n} == shown
    assert await nightly.clean() is None  # another process, the same night
    last = life.db.read(retention.last)
    assert last is not None
    assert last.counts == did
    assert not await nightly.is_due()
    acts = life.db.read(lambda tx: audit.page(tx, 10, act="retention.run"))
    assert [act.details for act in acts] == [did]


@pytest.mark.parametrize(
    ("hour", "after", "due"), [(3, 24, True), (4, 24, True), (5, 24, False), (12, 20, False), (12, 37, True)]
)
async def test_it_runs_at_night_or_makes_up_for_missed_nights(
    life: Life, tmp_path: Path, hour: int, after: int, due: bool
) -> None:
    zone = Settings().zone
    now = datetime(2026, 3, 10, hour, 30, tzinfo=zone)
    life.clock.at = now
    began = now - timedelta(hours=after)
    life.db.write(lambda tx: retention.begun(tx, began.date(), began))
    erasing = Erasing(life.db, Folder(tmp_path), life.clock, tmp_path / LIST, keyed(make.KEY))
    assert await Nightly(life.db, erasing, lambda: KEEP, zone, life.clock).is_due() is due


def test_every_rule_is_a_setting_and_stands_in_the_docs() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
    settings = Settings()
    assert settings.keep == KEEP
    for rule in RULES:
        assert re.search(rf"^\| `{rule.kind}` \|", docs, re.MULTILINE), rule.kind
    for field in fields(Keep):
        assert f"`RETENTION_{field.name.upper()}_DAYS` | {getattr(KEEP, field.name)} |" in docs, field.name


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_piece_costs_the_same_however_much_is_stored(life: Life) -> None:
    """Counted in steps of SQLite's machine: no clock is asked, and a look at every chat for each piece would show."""

    def steps() -> int:
        at = life.clock.at + timedelta(days=KEEP.chat, hours=1)
        keys = life.db.read(lambda tx: retention.plan(tx, at, KEEP))["chat"]
        rule = next(rule for rule in RULES if rule.kind == "chat")
        counted = [0]

        def more() -> None:
            counted[0] += 1

        def unit(tx: Any) -> None:
            connection = tx._cursor.connection  # nobody's business but this test's
            connection.set_progress_handler(more, 10)
            retention.carry_out(tx, rule, keys[:10], at, KEEP)
            connection.set_progress_handler(None, 0)

        life.db.write(unit)
        return counted[0]

    for number in range(20):
        writes(life, f"few-{number}", "pozdrav")
    few = steps()
    for number in range(300):
        writes(life, f"many-{number}", "pozdrav")
    assert few > 10
    assert steps() < 2 * few
