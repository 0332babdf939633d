"""What waits for a second person: the write decides who that is and what she signs, whatever a page says."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update

from storage import proposals, wordings
from storage.db import Database
from storage.proposals import ProposalRow
from storage.sites import Site
from storage.sql import Tx, table
from storage.wordings import WordingRow
from tests.helpers import make
from tests.helpers.console import person

OUTCOMES = proposals.OUTCOMES


@pytest.fixture
def people(db: Database, site: Site) -> tuple[int, int]:
    return db.write(lambda tx: (person(tx, site, "admin"), person(tx, site, "mediator")))


def waits(db: Database, writer: int, source: str = "Prav.", digest: str = "d") -> bool:
    return db.write(lambda tx: proposals.add(tx, "sl", "stop-done", source, digest, writer, make.MONDAY))


def closes(db: Database, who: int, outcome: str, digest: str = "d", key: str = "stop-done") -> bool:
    return db.write(lambda tx: proposals.close(tx, "sl", key, digest, outcome, who, make.MONDAY) is not None)


def test_one_waits_for_a_text_and_another_person_decides(db: Database, people: tuple[int, int]) -> None:
    ana, vlora = people
    for outcome in OUTCOMES:
        assert waits(db, ana)
        assert not waits(db, vlora, "Drugo.")  # one at a time
        assert [(one.source, one.staff_id) for one in db.read(proposals.waiting)] == [("Prav.", ana)]
        right, wrong = (ana, vlora) if outcome == "withdrawn" else (vlora, ana)
        assert not closes(db, wrong, outcome)
        assert not closes(db, right, outcome, digest="other")
        assert not closes(db, right, outcome, key="stop-kept")
        assert closes(db, right, outcome)
        assert not closes(db, right, outcome)
        assert db.read(proposals.waiting) == []


def test_the_tables_refuse_a_second_person_who_is_the_first(db: Database, people: tuple[int, int]) -> None:
    ana, vlora = people
    assert waits(db, ana)
    row = table(ProposalRow)

    def closed(tx: Tx, outcome: str, who: int) -> None:
        tx.query(
            update(row).values(outcome=outcome, closed_by=who, closed_at=make.MONDAY).returning(row.c.id)
        )

    for outcome, who in (("signed", ana), ("refused", ana), ("withdrawn", vlora), ("dropped", vlora)):
        with pytest.raises(Exception, match="ck_wording_proposals"):
            db.write(lambda tx, outcome=outcome, who=who: closed(tx, outcome, who))  # type: ignore[misc]  # bound now
    new = {"language": "sl", "key": "stop-done", "version": 1, "source": "Prav.", "at": make.MONDAY}
    with pytest.raises(Exception, match="ck_wordings_two_people"):
        db.write(lambda tx: tx.query(insert(table(WordingRow)).values(**new, staff_id=ana, second_id=ana)))
    assert not db.read(wordings.standing).sources
