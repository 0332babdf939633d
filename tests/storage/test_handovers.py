"""Changes of a conversation's owner: each compares and sets, and of two at once exactly one wins."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from storage import conversations, handovers, refusals
from storage.conversations import ConversationRow
from storage.db import Database
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.desk import staff
from tests.helpers.make import MONDAY

_c = table(ConversationRow)
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def chat(db: Database, site: Site) -> int:
    """A conversation that waits."""

    def unit(tx: Tx) -> int:
        conversation, _ = conversations.load(tx, "telegram:1", "100", MONDAY, site.id)
        conversations.save(tx, conversation, MONDAY)
        conversations.wait(tx, conversation.id, "asked", MONDAY)
        return conversation.id

    return db.write(unit)


def people(db: Database) -> tuple[int, int]:
    return db.write(lambda tx: (staff(tx, "Ana Kos"), staff(tx, "Bea Zorko")))


def row(db: Database, conversation_id: int) -> Any:
    return db.read(lambda tx: tx.query(select(_c).where(_c.c.id == conversation_id)))[0]


def test_two_take_at_once_and_one_wins(db: Database, database_url: str, chat: int) -> None:
    for round_number in range(5):
        first, second = db.write(
            lambda tx, n=round_number: (staff(tx, f"Ana {n}"), staff(tx, f"Bea {n}"))  # type: ignore[misc]  # mypy cannot type a default
        )
        gate = Barrier(2)
        other = make.open_database(database_url)

        def take(where: Database, who: int, gate: Barrier = gate) -> bool:
            gate.wait(30)
            return where.write(lambda tx: handovers.take(tx, chat, who, LATER))

        with ThreadPoolExecutor(2) as pool:
            told = [pool.submit(take, db, first), pool.submit(take, other, second)]
            won = [one.result(60) for one in told]
        other.close()
        assert sorted(won) == [False, True]
        assert row(db, chat).staff_id == (first if won[0] else second)
        assert db.write(lambda tx: handovers.give_back(tx, chat, None, LATER))
        db.write(lambda tx: conversations.wait(tx, chat, "asked", MONDAY))


def test_taken_handed_returned_and_closed(db: Database, chat: int) -> None:
    ana, bea = people(db)
    versions = [row(db, chat).version]

    def does(done: bool) -> None:
        assert done
        versions.append(row(db, chat).version)

    does(db.write(lambda tx: handovers.take(tx, chat, ana, LATER)))
    assert not db.write(lambda tx: handovers.take(tx, chat, bea, LATER))
    assert not db.write(lambda tx: handovers.assign(tx, chat, bea, bea, LATER)), "only who has it hands it on"
    does(db.write(lambda tx: handovers.assign(tx, chat, ana, bea, LATER)))
    assert row(db, chat).staff_id == bea
    assert not db.write(lambda tx: handovers.give_back(tx, chat, ana, LATER))
    does(db.write(lambda tx: handovers.hand_to_language(tx, chat, "sq", LATER)))
    now = row(db, chat)
    assert (now.owner, now.staff_id, now.for_language, now.waiting_since) == ("waiting", None, "sq", LATER)
    does(db.write(lambda tx: handovers.assign(tx, chat, ana, ana, LATER)))
    does(db.write(lambda tx: handovers.give_back(tx, chat, ana, LATER)))
    now = row(db, chat)
    assert (now.owner, now.staff_id, now.closed_at, now.touched_at) == ("bot", None, LATER, LATER)
    assert (now.urgent, now.waiting_reason, now.for_language) == (False, None, None)
    assert not db.write(lambda tx: handovers.close(tx, chat, None, LATER))
    does(db.write(lambda tx: handovers.take(tx, chat, bea, LATER)))
    assert row(db, chat).closed_at is None
    assert not db.write(lambda tx: handovers.close(tx, chat, ana, LATER))
    does(db.write(lambda tx: handovers.close(tx, chat, bea, LATER)))
    assert versions == sorted(set(versions)), "each change raises the version"


def test_nobody_gets_a_chat_that_refused_her(db: Database, chat: int) -> None:
    ana, bea = people(db)
    member = row(db, chat).member_id
    assert db.write(lambda tx: refusals.add(tx, member, ana, MONDAY))
    assert not db.write(lambda tx: refusals.add(tx, member, ana, LATER)), "said once"
    assert not db.write(lambda tx: handovers.take(tx, chat, ana, LATER))
    assert not db.write(lambda tx: handovers.assign(tx, chat, bea, ana, LATER))
    assert db.write(lambda tx: handovers.take(tx, chat, bea, LATER))
    assert db.read(lambda tx: refusals.of(tx, member)) == {ana}
    assert db.read(lambda tx: refusals.refuses(tx, member, ana))
    assert not db.read(lambda tx: refusals.refuses(tx, member, bea))


def test_idle_frees_only_what_was_left_alone(db: Database, site: Site, chat: int) -> None:
    ana, _ = people(db)
    assert db.write(lambda tx: handovers.take(tx, chat, ana, MONDAY + timedelta(minutes=5)))
    at = MONDAY + timedelta(hours=3)
    assert db.write(lambda tx: handovers.idle(tx, at, MONDAY, site.id)) == []
    assert row(db, chat).owner == "person"
    assert db.write(lambda tx: handovers.touch(tx, chat, ana, at))
    assert db.write(lambda tx: handovers.idle(tx, at, LATER, site.id)) == []
    assert row(db, chat).owner == "person"
    assert db.write(lambda tx: handovers.idle(tx, at, at, site.id)) == [], "she waits for no answer"
    assert (row(db, chat).owner, row(db, chat).waiting_reason) == ("waiting", "idle")
    assert not db.write(lambda tx: handovers.touch(tx, chat, ana, at))
