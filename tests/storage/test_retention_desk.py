"""What the desk keeps, at the edge of its time: walk-ins, and women of whom only a record is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import (
    cards,
    checks,
    erasures,
    members,
    records,
    visits,
)
from storage.db import Database
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.console import person
from tests.helpers.life import Life
from tests.storage.test_retention import SECOND, night, plan


@pytest.fixture
def life(db: Database, clock: make.Clock) -> Life:
    return Life(db, clock)


def test_a_walk_in_stays_as_a_number_after_a_year(life: Life) -> None:
    now = life.clock.at.replace(minute=17)
    staff = life.db.write(lambda tx: person(tx, life.site, "desk"))
    for uid, status in (("a", "employed"), ("b", None)):
        one = visits.Visit(uid, life.site.id, now, "work", "sl", "first", status, staff)
        life.db.write(lambda tx, one=one: visits.add(tx, one))  # type: ignore[misc]  # mypy cannot type a default
    assert plan(life, now + timedelta(days=365)) == {}
    assert night(life, now + timedelta(days=365) + SECOND) == {"visit": 2}
    of = table(visits.VisitRow)
    rows = life.db.read(lambda tx: tx.query(select(of.c.at, of.c.status, of.c.topic, of.c.language)))
    assert {tuple(row) for row in rows} == {(now.replace(minute=0), None, "work", "sl")}
    assert plan(life, now + timedelta(days=400)) == {}


def test_a_member_of_whom_nothing_is_left_goes_after_a_year(life: Life) -> None:
    member = life.woman("a")
    kept = life.woman("b")
    booking = life.books(kept, life.clock.at + timedelta(days=60))
    at = life.clock.at + timedelta(days=365)
    assert "silent" not in plan(life, at)
    assert plan(life, at + SECOND)["silent"] == 1
    night(life, at + SECOND)
    assert life.db.read(lambda tx: members.find(tx, member)) is None
    assert life.db.read(lambda tx: members.find(tx, kept)) is not None
    assert life.db.read(erasures.tombstones) == []  # time ran out; she may come back
    assert booking.id


@pytest.mark.parametrize("act", ["record", "agreement", "card", "check", "consent"])
def test_what_was_done_with_her_at_the_desk_counts_as_her_word(life: Life, act: str) -> None:
    member, staff = life.woman("a"), life.db.write(lambda tx: person(tx, life.site, "desk"))
    life.clock.forward(days=360)
    now = life.clock.at
    agreed = records.Agreement(None, "time", None, staff, now)
    acts: dict[str, Callable[[Tx], object]] = {
        "record": lambda tx: records.open_for(tx, member, life.site.id, "Mira", "mira", staff, now),
        "agreement": lambda tx: records.agree(tx, member, agreed),
        "card": lambda tx: cards.offer(tx, "hashed", member, staff, now),
        "check": lambda tx: checks.set_(tx, member, "407318", "salt", staff, now, make.keyed),
        "consent": lambda tx: members.consent(
            tx,
            member,
            "chat",
            records.DESK,
            given=True,
            wording="desk-1",
            language="sl",
            how=records.ALOUD,
            at=now,
        ),
    }
    life.db.write(acts[act])
    at = now + timedelta(days=365)
    assert "silent" not in plan(life, at)
    assert plan(life, at + SECOND)["silent"] == 1
