"""The office's texts as rows: the newest version holds, two people cannot write the same one, members read it at once."""

from __future__ import annotations

import pytest

from bot.wordings import Wordings
from storage import wordings
from storage.db import Database
from storage.sites import Site
from storage.wordings import Standing
from tests.helpers import make
from tests.helpers.chat import Chat
from tests.helpers.console import person


@pytest.fixture
def ana(db: Database, site: Site) -> int:
    return db.write(lambda tx: person(tx, site, "admin"))


def put(db: Database, staff_id: int, source: str | None, after: int, key: str = "stop-done") -> bool:
    return db.write(lambda tx: wordings.put(tx, "sl", [(key, source, after)], staff_id, make.MONDAY))


def test_the_newest_version_holds_and_the_others_stay(db: Database, ana: int) -> None:
    assert db.read(wordings.standing) == Standing(0, {}, frozenset())
    assert put(db, ana, "Ena.", 0)
    assert put(db, ana, "Dve.", 1)
    assert db.read(wordings.standing) == Standing(
        2, {("sl", "stop-done"): "Dve."}, frozenset(), frozenset({("sl", "stop-done")})
    )
    assert put(db, ana, None, 2)
    assert db.read(wordings.standing).sources == {}
    history = db.read(lambda tx: wordings.history(tx, "sl", "stop-done", 10))
    assert [(one.version, one.source) for one in history] == [(3, None), (2, "Dve."), (1, "Ena.")]


def test_nobody_overwrites_what_she_has_not_seen_and_nothing_is_half_saved(db: Database, ana: int) -> None:
    assert put(db, ana, "Ena.", 0)
    assert not put(db, ana, "Druga ena.", 0)
    both = [("stop-kept", "Nova.", 0), ("stop-done", "Druga ena.", 0)]
    assert not db.write(lambda tx: wordings.put(tx, "sl", both, ana, make.MONDAY))
    assert db.read(wordings.standing).sources == {("sl", "stop-done"): "Ena."}


def test_a_signature_is_given_once_and_moves_nothing(db: Database, ana: int) -> None:
    for again in (True, False):
        assert db.write(lambda tx: wordings.sign(tx, "sl", "stop-done", "d", ana, make.MONDAY)) is again
    assert len(db.read(lambda tx: wordings.signatures(tx, "sl"))) == 1
    assert db.read(wordings.version) == 0


def test_the_last_decision_of_a_language_holds(db: Database, ana: int) -> None:
    for language, opened in (("sq", True), ("en", True), ("sq", False)):
        db.write(
            lambda tx, tag=language, how=opened: wordings.decide(  # type: ignore[misc]  # bound now
                tx, tag, ana, make.MONDAY, opened=how, reason=f"because {how}"
            )
        )
    standing = db.read(wordings.standing)
    assert (standing.version, standing.opened) == (3, frozenset({"en"}))
    told = db.read(lambda tx: wordings.decisions(tx, "sq", 10))
    assert [(one.opened, one.reason) for one in told] == [(False, "because False"), (True, "because True")]


async def test_a_member_reads_a_corrected_text_in_her_next_turn_in_every_process(
    db: Database, clock: make.Clock, site: Site, ana: int
) -> None:
    """Two processes on one database: the texts of each, and what looks for changes beside each."""
    here, there = make.own_texts(), make.own_texts()
    keepers = Wordings(db, here), Wordings(db, there)
    for keeper in keepers:
        keeper.load()
    mine, hers = (
        Chat(db, clock, texts, site, sender=sender).starts("sl")
        for texts, sender in ((here, "1"), (there, "2"))
    )
    shipped = make.texts().text("sl", "menu")
    assert put(db, ana, "Kako vam lahko pomagamo?", 0, "menu")
    assert await keepers[0].once()
    assert "Kako vam lahko pomagamo?" in mine.says("meni").last.text
    assert shipped in hers.says("meni").last.text
    assert await keepers[1].once()
    assert "Kako vam lahko pomagamo?" in hers.says("meni").last.text
    assert not await keepers[1].once()
    assert put(db, ana, None, 1, "menu")
    assert await keepers[0].once()
    assert shipped in mine.says("meni").last.text
