"""A text for a crisis, for consent or for stopping holds when a second person signed exactly it, and not before."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from flows import wording
from storage import proposals, wordings
from storage.db import Database
from storage.sites import Site
from tests.bot.console.test_wordings import TABLE, acts, changed, correct, send, sources
from tests.helpers import make
from tests.helpers.console import Console, Desk, console

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KEY = "/console/texts/en/keys/stop-done"
SHIPPED = wording.sources("en")["stop-done"]


@pytest.fixture
async def running(db: Database, clock: make.Clock, site: Site) -> AsyncIterator[Console]:
    async with console(db, clock, site) as made:
        yield made


async def proposed(running: Console, source: str = "Done.", version: int = 0) -> Desk:
    writer = await correct(running.signed_in("coordinator"), source, version, KEY)
    assert writer.status == 303, writer.words
    return await writer.follow()


async def closes(desk: Desk, act: str, **told: str) -> Desk:
    await desk.get(KEY)
    said = {"digest": desk.hidden("digest"), "version": desk.hidden("version")} | told
    return await desk.post(f"{KEY}/{act}", **said)


def said(running: Console) -> str:
    return running.parts.texts.text("en", "stop-done")


async def test_nobody_reads_it_before_a_second_person_signed_it(running: Console) -> None:
    second = running.signed_in("mediator")
    assert second.staff is not None
    writer = await proposed(running)
    assert (sources(running.parts.db), said(running)) == ({}, SHIPPED)
    assert "Waits for a second reader" in writer.words
    assert "looks first signs or refuses: Person" in writer.words
    assert f"{KEY}/second" not in writer.body
    await correct(writer, "Done again.", 0, KEY)
    assert writer.status == 422  # one at a time
    for page in ("/console/texts", "/console/texts/en"):
        assert "Waits for a second reader" in (await second.get(page)).words
    await second.get(KEY)
    assert f"Now {SHIPPED} New Done." in second.words
    assert f"{KEY}/withdraw" not in second.body
    await closes(second, "second")
    assert second.status == 303, second.words
    assert said(running) == "Done."
    await second.follow()
    assert "our own wording" in second.words
    assert "Signed by: Person" in second.words  # she reads the language
    told = {"language": "en", "text": "stop-done"}
    assert acts(running.parts.db) == [("text.propose", told), ("text.second", told)]
    await proposed(running, "Done and quiet.", 1)
    assert said(running) == "Done."  # the one that was signed before stays meanwhile
    await closes(second, "refuse")
    assert (second.status, said(running)) == (303, "Done.")
    assert running.parts.db.read(proposals.waiting) == []


async def test_its_writer_cannot_sign_it_and_what_is_signed_is_what_was_seen(running: Console) -> None:
    writer, second = await proposed(running), running.signed_in("admin", languages=())
    for act in ("second", "refuse"):
        await closes(writer, act)
        assert writer.status == 422, act
    for told in ({"digest": wording.digest("Gone.")}, {"version": "1"}, {"version": ""}, {"digest": ""}):
        await closes(second, "second", **told)
        assert second.status == 422, told
        assert "Somebody changed this text meanwhile" in second.words
    await closes(second, "withdraw")
    assert second.status == 422
    # Between looking and signing the writer put something else in its place.
    seen = (await second.get(KEY)).hidden("digest")
    await closes(writer, "withdraw")
    assert writer.status == 303
    await correct(writer, "Done otherwise.", 0, KEY)
    await second.post(f"{KEY}/second", digest=seen, version="0")
    assert (second.status, said(running)) == (422, SHIPPED)
    await closes(second, "second")
    assert (second.status, said(running)) == (303, "Done otherwise.")
    assert "Signed by:" not in (await second.follow()).words  # no reader of the language
    await writer.post(f"{KEY}/shipped", version="1")  # what the program brings needs nobody
    assert (writer.status, said(running)) == (303, SHIPPED)


async def test_one_person_alone_is_told_so_and_changes_nothing(running: Console) -> None:
    running.signed_in("mediator", languages=("sq",))
    running.signed_in("analyst", "desk", languages=("en",))
    writer = await correct(running.signed_in("admin", "coordinator"), "Done.", 0, KEY)
    await writer.follow()
    assert "Nobody else here may sign it, and you cannot do it alone" in writer.words
    await closes(writer, "second")
    assert (writer.status, said(running)) == (422, SHIPPED)
    await closes(writer, "withdraw")
    assert "Waits for" not in (await writer.follow()).words


async def test_a_table_waits_for_a_second_person_too(running: Console) -> None:
    desk, db = running.signed_in("coordinator"), running.parts.db
    whole = (await desk.get(TABLE)).body
    table = changed(whole, menu="How can we help?", stop_done="Done.")
    await send(desk, table)
    assert "wait for a second reader before members read them: 1." in desk.words
    await send(desk, b"", seen=desk.hidden("seen"), table=desk.hidden("table"))
    assert desk.status == 303
    assert sources(db) == {("en", "menu"): "How can we help?"}
    assert [act for act, _ in acts(db)] == ["text.propose", "text.import"]
    await send(desk, table)  # the same again is nothing new
    assert "Changes: 0." in desk.words
    await send(desk, changed(whole, menu="How can we help?", stop_done="Other."))
    assert "stop-done: another wording of this text waits" in desk.words
    assert desk.hidden("seen") == ""
    assert (await closes(running.signed_in("admin"), "second")).status == 303
    assert said(running) == "Done."


async def test_a_wording_without_a_second_person_in_the_database_is_not_said(running: Console) -> None:
    desk, db, texts = running.signed_in("admin"), running.parts.db, running.parts.texts
    assert desk.staff is not None
    who = desk.staff.id
    db.write(lambda tx: wordings.put(tx, "en", [("stop-done", "Done.", 0)], who, make.MONDAY))
    texts.use(db.read(wordings.standing))
    assert said(running) == SHIPPED
    assert "has no second signature: the shipped text is used" in (await desk.get(KEY)).words
