"""Files of the directory in the console: a preview, one yes, nothing half-saved, and what changed meanwhile is refused."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import timedelta

import orjson
import pytest
from aiohttp import FormData
from sqlalchemy import func, select

from bot import exporting, importing, reading, spreadsheets
from bot.console import imports as page
from flows import hsds, workbook
from storage import directory, imports, postings, services
from storage.db import Database
from storage.directory import OrganisationFacts, ServiceFacts, Words
from storage.imports import ImportLine
from storage.services import ServiceRow
from storage.sites import Site
from storage.sql import table
from tests.helpers import make
from tests.helpers.console import Console, Desk

TODAY = make.MONDAY.date()
OWNER = OrganisationFacts("o", "Društvo (test)", "provider", None, "test", TODAY)


def facts(slug: str, name: str = "Skupina", **more: object) -> ServiceFacts:
    values = {"source": "test", "verified_on": TODAY, "review_by": TODAY + timedelta(days=90)} | more
    return ServiceFacts(slug, "o", "talk", {"sl": Words(name, "Kratko", "Za vse")}, **values)  # type: ignore[arg-type]  # as named


def book(*wanted: ServiceFacts) -> bytes:
    return spreadsheets.workbook(workbook.written([OWNER], wanted))


async def brings(desk: Desk, site: Site, body: bytes, word: str | None = None) -> Desk:
    """Upload a file as the page's form does."""
    assert desk.staff is not None
    form = FormData()
    form.add_field("csrf", desk.staff.csrf if word is None else word)
    form.add_field("site", str(site.id))
    form.add_field("file", io.BytesIO(body), filename="x.xlsx", content_type=page.XLSX)
    return await desk._keep("POST", "/console/imports", data=form, headers={"Origin": desk.origin})


def shown(db: Database, site: Site) -> dict[str, str]:
    return {
        one.facts.slug: one.facts.texts["sl"].name for one in db.read(lambda tx: directory.batch(tx, site.id))
    }


async def test_a_file_goes_in_after_one_yes_and_comes_out_the_same(
    running: Console, db: Database, site: Site
) -> None:
    desk = running.signed_in("coordinator")
    wanted = [facts("a", "=1+1", cost_cents=250, hours=((0, 540, 600),)), facts("b", "Šivanje")]
    await brings(desk, site, book(*wanted))
    preview = desk.headers["Location"]
    await desk.get(preview)
    assert "New: 3" in desk.words
    assert shown(db, site) == {}
    await desk.post(preview)
    assert "Done: 3 of 3" in (await desk.follow()).words
    assert shown(db, site) == {"a": "=1+1", "b": "Šivanje"}
    found = db.read(lambda tx: services.search(tx, site.id, "sivanje", TODAY, 2))
    assert len(found) == 1
    # A second yes does nothing twice.
    await desk.post(preview)
    assert desk.status == 422
    assert [one.state for one in db.read(lambda tx: imports.latest(tx, [site.id]))] == ["done"]
    for kind in page.KINDS:
        stored = await exporting.everything(running.parts, site.id)
        body = exporting.packed(kind, "celje", *stored)
        await brings(desk, site, body)
        await desk.follow()
        assert ("Unchanged: 3" in desk.words, "New: 0" in desk.words) == (True, True), kind
    async with desk.client.post(
        "/console/services/export",
        data={"csrf": desk.staff.csrf if desk.staff else "", "site": str(site.id), "kind": "xlsx"},
        headers={"Origin": desk.origin},
    ) as answer:
        assert answer.headers["Content-Disposition"] == 'attachment; filename="directory.xlsx"'
        assert set(spreadsheets.unpacked(await answer.read())) == {
            "organisations",
            "services",
            "texts",
            "hours",
        }


async def test_only_what_differs_is_changed_and_shown_field_by_field(
    running: Console, db: Database, site: Site
) -> None:
    desk = running.signed_in("coordinator")
    await brings(desk, site, book(facts("a"), facts("b")))
    await desk.post(desk.headers["Location"])
    await brings(desk, site, book(facts("a", "Novo ime", cost_cents=0), facts("b")))
    preview = desk.headers["Location"]
    await desk.get(preview)
    assert "Changed: 1" in desk.words
    assert "Unchanged: 2" in desk.words
    assert "Now: Skupina Then: Novo ime" in desk.words
    assert "Now: – Then: 0" in desk.words
    await desk.post(f"{preview}/drop")
    assert shown(db, site) == {"a": "Skupina", "b": "Skupina"}
    assert (await desk.get(preview)).status == 404


async def test_what_changed_since_the_preview_is_refused(running: Console, db: Database, site: Site) -> None:
    desk = running.signed_in("coordinator")
    await brings(desk, site, book(facts("a"), facts("b")))
    await desk.post(desk.headers["Location"])
    await brings(desk, site, book(facts("a", "Moje"), facts("b", "Drugo"), facts("c")))
    preview = desk.headers["Location"]
    stored = db.read(lambda tx: directory.by_slugs(tx, site.id, ["a"]))["a"]
    db.write(lambda tx: directory.set_state(tx, stored, "hidden", stored.version, 1, make.MONDAY))
    db.write(lambda tx: directory.add_service(tx, site.id, facts("c", "Hitrejša")))
    await desk.post(preview)
    await desk.follow()
    assert "Done: 1 of 3. Refused meanwhile: 2." in desk.words
    assert "a: This was changed meanwhile" in desk.words
    assert shown(db, site) == {"a": "Skupina", "b": "Drugo", "c": "Hitrejša"}


async def test_rows_that_cannot_be_taken_are_named_and_the_others_go_in(
    running: Console, db: Database, site: Site
) -> None:
    made = workbook.written([OWNER], [facts("a"), facts("b"), facts("c")])
    made["services"][2][2] = "magic"
    made["services"][3][1] = "nobody"
    desk = running.signed_in("coordinator")
    await brings(desk, site, spreadsheets.zipped(made))
    preview = desk.headers["Location"]
    await desk.get(preview)
    assert "Refused: 2" in desk.words
    assert "services, row 3, topic : there is no such topic." in desk.words.replace("topic:", "topic :")
    assert "services, row 4, organisation: there is no such organisation" in desk.words
    await desk.post(preview)
    assert list(shown(db, site)) == ["a"]


async def test_unknown_parts_of_hsds_are_named_in_the_preview(running: Console, site: Site) -> None:
    made = hsds.written("celje", [OWNER], [facts("a")])
    made["funding"] = [["id"], ["1"]]
    made["service"][0].append("wait_time")
    made["service"][1].append("long")
    desk = running.signed_in("coordinator")
    await brings(desk, site, spreadsheets.zipped(made))
    await desk.follow()
    assert "These tables and columns are not read:" in desk.words
    assert "funding" in desk.words
    assert "service.wait_time" in desk.words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "Choose a file."),
        (b"a,b", "This is no XLSX workbook"),
        (b"PK\x03\x04", "damaged"),
        (spreadsheets.zipped({"people": [["a"]]}), "There is a sheet we do not know. ( people )"),
        (spreadsheets.zipped({"organisations": [["slug", "age"]]}), "( organisations: age )"),
    ],
)
async def test_a_file_that_is_none_changes_nothing(
    running: Console, db: Database, site: Site, body: bytes, said: str
) -> None:
    desk = running.signed_in("coordinator")
    await brings(desk, site, body)
    assert desk.status == 422
    assert said in desk.words.replace("(", "( ").replace(")", " )")
    lines = table(ImportLine)
    assert db.read(lambda tx: tx.query(select(func.count().label("n")).select_from(lines)))[0].n == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_file_is_read_only_from_our_own_form(running: Console, db: Database, site: Site) -> None:
    desk = running.signed_in("coordinator")
    assert (await brings(desk, site, book(facts("a")), "x" * 32)).status == 404
    too_big = b"PK" + bytes(spreadsheets.FILE_MAX)
    assert (await brings(desk, site, too_big)).status == 422
    assert "too big" in desk.words
    assert db.read(lambda tx: imports.latest(tx, [site.id])) == []
    reader = running.signed_in("desk")
    assert (await brings(reader, site, book(facts("a")))).status == 404


async def test_what_was_stopped_goes_on(
    running: Console, db: Database, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = running.signed_in("coordinator")
    await brings(desk, site, book(*(facts(f"s{at}") for at in range(10))))
    preview = desk.headers["Location"]
    found = db.read(lambda tx: imports.find(tx, preview.rpartition("/")[2], [site.id]))
    assert found is not None
    db.write(lambda tx: imports.start(tx, found))
    db.write(lambda tx: imports.carry_on(tx, found, 4, make.MONDAY))
    assert len(shown(db, site)) == 3
    await desk.get(preview)
    assert "Go on" in desk.words
    await desk.post(preview)
    assert "Done: 11 of 11" in (await desk.follow()).words
    assert len(shown(db, site)) == 10
    assert db.read(lambda tx: postings.unposted(tx, site.id, 1)) == []
    assert len(db.read(lambda tx: services.search(tx, site.id, "skupina", TODAY, 99))) == 10
    versions = db.read(lambda tx: tx.query(select(table(ServiceRow).c.version)))
    assert {row.version for row in versions} == {0}


async def test_old_files_are_forgotten(running: Console, db: Database, site: Site, clock: make.Clock) -> None:
    desk = running.signed_in("coordinator")
    await brings(desk, site, book(*(facts(f"s{at}") for at in range(60))))
    clock.forward(days=8)
    await importing.plan(running.parts, book(facts("a")), site.id, 1, "later", TODAY)
    assert [one.uid for one in db.read(lambda tx: imports.latest(tx, [site.id]))] == ["later"]
    lines = table(ImportLine)
    assert db.read(lambda tx: tx.query(select(func.count().label("n")).select_from(lines)))[0].n == 2


async def test_a_workbook_and_a_large_file_are_read_by_a_process_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = book(facts("a"))
    same = orjson.loads(orjson.dumps(list(reading.lines(body, TODAY))))
    monkeypatch.setattr(spreadsheets, "unpacked", None)  # in this process nothing can be read
    assert [said async for said in reading.read(body, TODAY)] == same
    assert [said async for said in reading.read(b"x" * 100_000, TODAY)] == [{"refused": ["not-ours", ""]}]


async def test_one_file_is_read_at_a_time(running: Console, site: Site) -> None:
    body = book(facts("a"))
    first = reading.read(body, TODAY)
    await anext(first)
    desk = running.signed_in("coordinator")
    await brings(desk, site, body)
    assert desk.status == 422
    assert "Another file is being read" in desk.words
    await first.aclose()
    await brings(desk, site, body)
    assert desk.status == 303


FORBIDDEN = f"""
import os
def forbidden(_): raise PermissionError(1, "Operation not permitted")
os.nice = forbidden
from bot import reading
reading._main("{TODAY}")
"""


def test_a_service_manager_may_forbid_less_priority() -> None:
    said = subprocess.run(
        [sys.executable, "-c", FORBIDDEN],
        cwd=reading.HOUSE,
        input=book(facts("a")),
        capture_output=True,
        check=True,
    )
    assert b'"kind":"book"' in said.stdout
    unit = (reading.HOUSE / "deploy/tocka.service").read_text(encoding="utf-8").splitlines()
    assert "SystemCallErrorNumber=EPERM" in unit, "without it the filter kills whoever asks"
