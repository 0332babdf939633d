"""Opening an office and a site: only when somebody answers there, and then for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.console.setup import PAGES
from storage import audit, counsellors, duty, office, people, services, sites
from storage.db import Database
from storage.services import NewService
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.console import Console, Desk, person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def acts(db: Database) -> list[str]:
    return [row.act for row in db.read(lambda tx: tx.query(select(table(audit.AuditRow))))]


async def test_an_admin_is_led_to_set_up_until_the_office_is_open(db: Database, admin: Desk) -> None:
    assert (await admin.get("/console")).headers["Location"] == "/console/setup"
    assert "Next: The office and who answers" in (await admin.get("/console/setup")).words
    assert (await admin.get("/console/channels")).status == 200
    await admin.post("/console/setup/open", nobody="yes")
    assert admin.status == 422
    assert "Who answers for the personal data is missing" in admin.words
    assert not db.read(office.load).is_open
    assert acts(db) == []


async def test_without_anybody_on_duty_it_opens_only_by_her_word(
    db: Database, unopened: Console, admin: Desk
) -> None:
    def unit(tx: Tx) -> None:
        assert office.save(tx, replace(office.load(tx), controller="C", address="A", phone="1"), 1)
        counsellors.add_topic(tx, unopened.site.id, "work", 30)
        one = counsellors.add_counsellor(tx, unopened.site.id, "C", languages=("sl",), topics=("work",))
        counsellors.add_hours(tx, one, 0, 480, 900)
        person(tx, unopened.site, "desk")

    db.write(unit)
    form = {"line-112": "1", "phone-112": "112", "months": "6"}
    await admin.post("/console/helplines", site=str(unopened.site.id), **form)
    await admin.post("/console/setup/open")
    assert (admin.status, "nobody is on the duty roster" in admin.words) == (422, True)
    assert not db.read(office.load).is_open
    await admin.post("/console/setup/open", nobody="yes")
    assert admin.status == 303
    assert unopened.parts.office.is_open
    assert "The office is open" in (await admin.follow()).words
    assert acts(db)[-1] == "office.open"
    await admin.post("/console/setup/open", nobody="yes")
    assert (admin.status, "open already" in admin.words) == (422, True)
    assert (await admin.get("/console")).headers["Location"] != "/console/setup"


async def test_the_list_names_a_topic_that_nobody_takes_and_still_opens(
    db: Database, unopened: Console, admin: Desk
) -> None:
    def unit(tx: Tx) -> None:
        counsellors.add_topic(tx, unopened.site.id, "work", 30)
        counsellors.add_topic(tx, unopened.site.id, "money", 30)
        one = counsellors.add_counsellor(tx, unopened.site.id, "C", languages=("sl",), topics=("work",))
        counsellors.add_hours(tx, one, 0, 480, 900)

    db.write(unit)
    said = (await admin.get("/console/setup")).words
    assert "nobody with hours takes 💶 Money and debts" in said
    assert "takes 💼 Work" not in said


async def test_a_second_site_must_be_complete_too(db: Database, unopened: Console, admin: Desk) -> None:
    def unit(tx: Tx) -> None:
        made = sites.add(tx, replace(unopened.site, slug="x", name="", place="Ptuj", hours=()))
        assert made is not None
        office.changed(tx)
        duty.add_shift(tx, made.id, person(tx, made, "desk"), weekday=1, from_min=1, until_min=2)

    db.write(unit)
    said = (await admin.get("/console/setup")).words
    assert "Ptuj: the name is missing" in said
    assert "Ptuj: opening hours are missing" in said
    assert "Ptuj: nobody is on the duty roster" not in said


async def test_a_site_added_to_an_open_office_waits_until_somebody_answers_there(
    db: Database, unopened: Console, admin: Desk
) -> None:
    db.write(lambda tx: office.open_up(tx, make.MONDAY))
    new = {"name": "Info", "place": "Ptuj", "address": "Trg 2", "phone": "03 000 00 02"}
    await admin.post("/console/sites", **new)
    added = db.read(office.load).sites[-1]
    assert (added.offered, db.read(office.load).places) == (False, ())
    assert "Members cannot choose this site yet" in (await admin.get(f"/console/sites/{added.id}")).words
    await admin.post(f"/console/sites/{added.id}/offer")
    assert (admin.status, "nobody there may answer members" in admin.words) == (422, True)
    assert not db.read(office.load).sites[-1].offered

    def unit(tx: Tx) -> None:
        duty.add_shift(tx, added.id, person(tx, added, "desk"), weekday=1, from_min=1, until_min=2)
        counsellors.add_topic(tx, added.id, "work", 30)
        one = counsellors.add_counsellor(tx, added.id, "C", languages=("sl",), topics=("work",))
        counsellors.add_hours(tx, one, 0, 480, 900)
        owner = services.add_organisation(
            tx, added.id, "o", "O", "p", source="s", verified_on=make.MONDAY.date()
        )
        until = make.MONDAY.date() + timedelta(days=90)
        services.add(
            tx,
            NewService(
                added.id, owner, "112", "phones", {"sl": ("112", "112")}, "s", make.MONDAY.date(), until
            ),
        )
        told = replace(office.load(tx), controller="C", address="A", email="o@example.org")
        assert office.save(tx, told, told.version)

    db.write(unit)
    await admin.post(f"/console/sites/{added.id}/offer")
    assert admin.status == 303
    assert [place for _, place in unopened.parts.office.places] == [unopened.site.place, "Ptuj"]
    assert acts(db)[-1] == "site.offer"


STEPS = sorted({path for pages in PAGES.values() for _, path in pages})
BACK = '<a href="/console/setup">Back to set-up</a>'


async def test_every_page_of_set_up_leads_back_to_the_list_while_the_office_is_not_open(
    db: Database, unopened: Console, admin: Desk
) -> None:
    desk = unopened.signed_in("desk", "coordinator")
    for path in STEPS:
        assert (await admin.get(path)).body.count(BACK) == 1, path
    assert BACK not in (await admin.get("/console/setup")).body
    assert BACK not in (await desk.get("/console/duty")).body
    db.write(lambda tx: office.open_up(tx, make.MONDAY))
    await unopened.parts.offices.load()
    assert BACK not in (await admin.get("/console/duty")).body
    assert BACK in (await admin.get("/console/office")).body


async def test_what_was_saved_is_said_on_the_next_page(db: Database, unopened: Console, admin: Desk) -> None:
    def unit(tx: Tx) -> tuple[int, int]:
        who = person(tx, unopened.site, "desk", "counsellor")
        topic = counsellors.add_topic(tx, unopened.site.id, "money", 30)
        return who, topic

    who, topic = db.write(unit)
    found = db.read(lambda tx: people.get(tx, who))
    assert found is not None
    here = str(unopened.site.id)
    held = {"staff": str(who), "weekday-1": "1", "from": "8:00", "until": "9:00"}
    plan = {"uid": found.uid, "speaks-sl": "1", "topic-money": "1", "mode-phone": "1"}
    for path, form in (
        ("office", {"seen": "1", "controller": "C", "address": "A", "phone": "112", "ack_minutes": "9"}),
        ("sites", {"name": "Info", "place": "Ptuj", "address": "Trg 2", "phone": "03 000 00 02"}),
        ("subjects", {"kind": "ready", "topic-work": "1"}),
        (f"subjects/{topic}", {"seen": "0", "minutes": "45", "active": "yes"}),
        ("helplines", {"line-112": "1", "phone-112": "112", "months": "6"}),
        (f"staff/{found.uid}/roles", {"role-desk": "1"}),
        ("duty/add", held),
        ("calendar/plans", plan),
        ("calendar/closed/add", {"day": "2026-12-24", "reason": "Christmas", "year": "2026"}),
    ):
        await admin.post(f"/console/{path}", **{"site": here} | form)
        assert admin.status == 303, (path, admin.words)
        assert '<p class="told" role="status">Saved.</p>' in (await admin.follow()).body, path
        assert "Saved." not in (await admin.get(f"/console/{path.partition('/')[0]}")).words
    await admin.post("/console/duty/add", site=here, **held)
    assert (admin.status, "Saved." in admin.words) == (422, False)
