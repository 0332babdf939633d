"""The pages of set-up: what is refused and where it is said, two admins at once, and opening only when all is there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import (
    audit,
    counsellors,
    directory,
    duty,
    office,
    people,
    schedules,
    services,
    sites,
    subjects,
    wordings,
)
from storage.db import Database
from storage.services import NewService
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.console import Console, Desk, console, person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OFFICE = {
    "controller": "C",
    "address": "A 1",
    "email": "o@example.org",
    "phone": "04 000 00 01",
    "ack_minutes": "15",
}
SITE = {
    "name": "Info",
    "place": "Kranj",
    "address": "Trg 1",
    "phone": "04 000 00 01",
    "hours-0": "8:00–12:00, 13:00–15:00",
    "quiet_from": "21:00",
    "quiet_until": "7:30",
    "promised": "20",
    "idle": "60",
}
KEEP = {
    "chat": "30",
    "crisis": "7",
    "booking": "365",
    "note": "183",
    "failed": "30",
    "session": "30",
    "silent": "365",
}


@pytest.fixture
async def running(db: Database, clock: make.Clock, site: Site) -> AsyncIterator[Console]:
    db.write(lambda tx: office.add(tx, opened_at=None))
    async with console(db, clock, site) as made:
        await made.parts.offices.load()
        made.parts.texts.use(db.read(wordings.standing))
        yield made


@pytest.fixture
async def desk(running: Console) -> Desk:
    return running.signed_in("admin")


def acts(db: Database) -> list[str]:
    return [row.act for row in db.read(lambda tx: tx.query(select(table(audit.AuditRow))))]


async def seen(desk: Desk, path: str) -> str:
    return (await desk.get(path)).hidden("seen")


# --- the office ---


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"controller": ""}, "This is missing"),
        ({"controller": "x" * 121}, "too long"),
        ({"address": "A\u202e"}, "hidden sign"),
        ({"email": "o@"}, "Write an e-mail address"),
        ({"email": "", "phone": ""}, "Give an e-mail address or a telephone"),
        ({"phone": "none"}, "Write a telephone number"),
        ({"ack_minutes": "0"}, "within the limits"),
        ({"ack_minutes": "121"}, "within the limits"),
        ({"ack_minutes": "1٣"}, "within the limits"),
    ],
)
async def test_a_wrong_field_of_the_office_says_so_and_keeps_what_was_typed(
    db: Database, desk: Desk, change: dict[str, str], says: str
) -> None:
    await desk.post("/console/office", seen="1", **OFFICE | {"controller": "Kept & said"} | change)
    assert desk.status == 422
    assert says in desk.words
    assert "controller" in change or 'value="Kept &amp; said"' in desk.body
    assert db.read(office.load).version == 1
    assert acts(db) == []


async def test_the_second_of_two_admins_sees_what_the_first_saved(db: Database, desk: Desk) -> None:
    version = await seen(desk, "/console/office")
    await desk.post("/console/office", seen=version, **OFFICE)
    assert desk.status == 303
    await desk.post("/console/office", seen=version, **OFFICE | {"controller": "Other"})
    assert desk.status == 422
    assert "somebody changed this meanwhile" in desk.words
    assert "It is now: C" in desk.words
    assert 'value="Other"' in desk.body
    assert db.read(office.load).controller == "C"
    await desk.post("/console/office", seen=desk.hidden("seen"), **OFFICE | {"controller": "Other"})
    assert db.read(office.load).controller == "Other"
    assert db.read(office.load).ack_minutes == 15


# --- sites ---


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "This is missing"),
        ({"place": "A place of a name far too long"}, "too long"),
        ({"hours-0": "8-"}, "Write hours as"),
        ({"hours-0": "12:00–8:00"}, "The end must be later"),
        ({"hours-0": "8:00–12:00, 11:00–13:00"}, "overlap"),
        ({"hours-6": "8:00–25:00"}, "Write hours as"),
        ({"quiet_from": "7:00"}, "Quiet hours begin in the evening"),
        ({"quiet_until": "x"}, "Write a time as"),
        ({"promised": "1441"}, "within the limits"),
        ({"idle": "4"}, "within the limits"),
    ],
)
async def test_a_wrong_field_of_a_site_changes_nothing(
    db: Database, running: Console, desk: Desk, change: dict[str, str], says: str
) -> None:
    before = db.read(office.load)
    await desk.post(f"/console/sites/{running.site.id}", seen="1", **SITE | change)
    assert desk.status == 422
    assert says in desk.words
    assert db.read(office.load) == before


async def test_a_site_is_changed_and_the_running_office_knows(
    db: Database, running: Console, desk: Desk
) -> None:
    await desk.post(f"/console/sites/{running.site.id}", seen="1", **SITE)
    assert desk.status == 303
    now = running.parts.office.main
    assert (now.slug, now.place, now.hours) == ("kranj", "Kranj", ((0, 480, 720), (0, 780, 900)))
    assert (now.promised_answer, now.quiet_from_min) == (timedelta(minutes=20), 21 * 60)
    await desk.post(f"/console/sites/{running.site.id}", seen="1", **SITE | {"name": "Late"})
    assert (desk.status, db.read(office.load).main.name) == (422, "Info")
    db.write(lambda tx: office.open_up(tx, make.MONDAY))
    version = await seen(desk, f"/console/sites/{running.site.id}")
    await desk.post(f"/console/sites/{running.site.id}", seen=version, **SITE | {"place": "Ptuj"})
    assert (running.parts.office.main.place, running.parts.office.main.slug) == ("Ptuj", "kranj")


async def test_who_adds_a_site_is_its_admin(db: Database, running: Console, desk: Desk) -> None:
    new = {"name": "Info", "place": "Šentjur", "address": "Trg 2", "phone": "03 000 00 02"}
    await desk.post("/console/sites", **new | {"place": "celje"})
    assert (desk.status, "is called so already" in desk.words) == (422, True)
    await desk.post("/console/sites", **new)
    assert desk.status == 303
    added = db.read(office.load).sites[-1]
    assert (added.slug, added.hours, added.place) == ("sentjur", running.site.hours, "Šentjur")
    assert (await desk.follow()).status == 200
    assert desk.staff is not None
    who = db.read(lambda tx: people.get(tx, desk.staff.id if desk.staff else 0))
    assert who is not None
    assert who.roles[added.id] == {"admin"}
    other = running.signed_in("admin")
    assert (await other.get(f"/console/sites/{added.id}")).status == 404
    # Somebody who works at the first site may work at the second too.
    her = running.parts.db.write(lambda tx: person(tx, running.site, "desk"))
    found = db.read(lambda tx: people.get(tx, her))
    assert found is not None
    await desk.post(f"/console/staff/{found.uid}/roles", site=str(added.id), **{"role-mediator": "1"})
    now = db.read(lambda tx: people.get(tx, her))
    assert now is not None
    assert now.roles == {running.site.id: {"desk"}, added.id: {"mediator"}}


# --- topics ---


async def test_topics_are_added_named_ordered_and_switched_off(
    db: Database, running: Console, desk: Desk
) -> None:
    here = str(running.site.id)
    await desk.post(
        "/console/subjects", site=here, kind="ready", **{"topic-work": "1", "topic-<script>": "1"}
    )
    await desk.post(
        "/console/subjects", site=here, kind="own", minutes="40", **{"name-sl": "Vrt in zelenjava"}
    )
    assert desk.status == 303
    assert "Vrt in zelenjava" in (await desk.follow()).words
    work, own = db.read(lambda tx: subjects.listed(tx, running.site.id))
    assert (work.slug, own.slug, own.minutes) == ("work", "own-1", 40)
    await desk.post(f"/console/subjects/{own.id}/up")
    assert [one.slug for one in db.read(lambda tx: subjects.listed(tx, running.site.id))] == ["own-1", "work"]
    await desk.post(f"/console/subjects/{own.id}", seen="0", minutes="45", **{"name-sl": "Vrt"})
    assert desk.status == 303
    assert running.parts.texts.text("sl", "booking-topic-own-1") == "Vrt"
    now = db.read(lambda tx: subjects.get(tx, own.id, [running.site.id]))
    assert now is not None
    assert (now.minutes, now.active, now.version) == (45, False, 1)
    await desk.post(f"/console/subjects/{own.id}", seen="0", minutes="45", **{"name-sl": "Late"})
    assert (desk.status, "meanwhile" in desk.words) == (422, True)
    assert running.parts.texts.text("sl", "booking-topic-own-1") == "Vrt"


async def test_another_site_takes_over_a_topic_of_the_offices_own(
    db: Database, running: Console, desk: Desk
) -> None:
    there = db.write(lambda tx: make.site(tx, "postojna"))
    assert desk.staff is not None
    db.write(lambda tx: people.give_role(tx, desk.staff.id if desk.staff else 0, there.id, "admin"))
    own = {"name-sl": "Vrt", "minutes": "30"}
    await desk.post("/console/subjects", site=str(running.site.id), kind="own", **own)
    assert "Vrt" in (await desk.get(f"/console/subjects?site={there.id}")).words
    await desk.post("/console/subjects", site=str(there.id), kind="ready", **{"topic-own-1": "1"})
    assert desk.status == 303
    assert [one.slug for one in db.read(lambda tx: subjects.listed(tx, there.id))] == ["own-1"]


@pytest.mark.parametrize(
    ("kind", "change", "says"),
    [
        ("ready", {}, "tick at least one topic"),
        ("own", {"name-sl": ""}, "This is missing"),
        ("own", {"name-sl": "x" * 21}, "too long"),
        ("own", {"name-sl": "💼 delo"}, "called so already"),
        ("own", {"minutes": "7"}, "multiple of five"),
        ("own", {"minutes": "485"}, "within the limits"),
        ("sensitive", {"neutral": "lipa", "label": ""}, "This is missing"),
        ("sensitive", {"neutral": "", "checked": ""}, "Read the name once more"),
        ("sensitive", {"neutral": "", "name-sl": "Tepe me"}, "tells what it is about"),
        ("sensitive", {"neutral": "nasilje"}, "This is missing"),
    ],
)
async def test_a_wrong_topic_is_refused(
    db: Database, running: Console, desk: Desk, kind: str, change: dict[str, str], says: str
) -> None:
    db.write(lambda tx: counsellors.add_topic(tx, running.site.id, "work", 30))
    form = {"name-sl": "Jasa", "minutes": "30", "label": "about", "checked": "yes"} | change
    await desk.post("/console/subjects", site=str(running.site.id), kind=kind, **form)
    assert desk.status == 422
    assert says in desk.words
    assert [one.slug for one in db.read(lambda tx: subjects.listed(tx, running.site.id))] == ["work"]
    assert db.read(wordings.names) == {}


async def test_what_a_sensitive_topic_is_about_is_seen_only_by_who_works_with_it(
    db: Database, running: Console, desk: Desk
) -> None:
    here = str(running.site.id)
    form = {"neutral": "lipa", "label": "Secret matter", "minutes": "45"}
    await desk.post("/console/subjects", site=here, kind="sensitive", **form)
    await desk.post("/console/subjects", site=here, kind="ready", **{"topic-work": "1"})

    def unit(tx: Tx) -> list[int]:
        made = []
        for taken in ("lipa", "work"):
            who = person(tx, running.site, "counsellor")
            schedules.make(tx, who, running.site.id, "C", languages=["sl"], taken=[taken], modes=["person"])
            made.append(who)
        return made

    works, other = db.write(unit)
    for who, sees in ((works, True), (other, False)):
        browser = running.signed_in(staff_id=who)
        plan = db.read(lambda tx, who=who: schedules.of_staff(tx, who))  # type: ignore[misc]  # bound now
        await browser.get(f"/console/calendar/plans/{plan}")
        assert ("Secret matter" in browser.words) is sees
    assert "Secret matter" in (await desk.get("/console/subjects")).words


async def test_what_a_counsellor_takes_can_be_changed(db: Database, running: Console, desk: Desk) -> None:
    def unit(tx: Tx) -> int:
        for slug in ("work", "money"):
            counsellors.add_topic(tx, running.site.id, slug, 30)
        who = person(tx, running.site, "counsellor")
        return schedules.make(
            tx, who, running.site.id, "C", languages=["sl"], taken=["work"], modes=["person"]
        )

    made = db.write(unit)
    path = f"/console/calendar/plans/{made}"
    word = (await desk.get(path)).hidden("about")
    form = {"speaks-sl": "1", "speaks-sq": "1", "topic-money": "1", "mode-phone": "1", "active": "1"}
    assert (await desk.post(f"{path}/about", about=word, **form)).status == 303
    plan = db.read(lambda tx: schedules.plan(tx, made))
    assert plan is not None
    assert (set(plan.who.languages), plan.who.topics, plan.who.modes) == (
        {"sl", "sq"},
        ("money",),
        ("phone",),
    )
    for told, says in (
        ({"about": word}, "meanwhile"),
        ({"topic-money": ""}, "at least one topic"),
        ({"topic-never": "1"}, "at least one topic"),
        ({"mode-phone": ""}, "how she can be met"),
    ):
        await desk.post(f"{path}/about", **{"about": schedules.about(plan)} | form | told)
        assert (desk.status, says in desk.words) == (422, True), says


# --- help lines, days ---


async def test_help_lines_stand_in_the_directory_with_the_day_and_number_of_the_check(
    db: Database, running: Console, desk: Desk
) -> None:
    here = str(running.site.id)
    await desk.post("/console/helplines", site=here, months="6")
    assert (desk.status, "at least one help line" in desk.words) == (422, True)
    form = {"line-116123": "1", "phone-116123": "080 12 34", "line-112": "1", "phone-112": ""}
    await desk.post("/console/helplines", site=here, months="6", **form)
    assert (desk.status, "This is missing" in desk.words) == (422, True)
    assert db.read(lambda tx: directory.by_slugs(tx, running.site.id, ["116123"])) == {}
    await desk.post("/console/helplines", site=here, months="6", **form | {"phone-112": "112"})
    assert desk.status == 303
    found = db.read(lambda tx: directory.by_slugs(tx, running.site.id, ["112", "116123"]))
    line = found["116123"].facts
    assert (line.phone, line.topic, line.verified_on) == ("080 12 34", "phones", make.MONDAY.date())
    assert line.texts["sl"].name == "Zaupni telefon 080 12 34"
    assert line.review_by.isoformat() == "2026-09-02"
    await desk.post("/console/helplines", site=here, months="6", **form | {"phone-112": "112"})
    assert desk.status == 422
    assert "checked 2 Mar 2026" in (await desk.get("/console/helplines")).words


async def test_fewer_days_are_shown_before_they_hold(db: Database, running: Console, desk: Desk) -> None:
    version = await seen(desk, "/console/retention")
    await desk.post("/console/retention", seen=version, **KEEP | {"chat": "60"})
    assert (desk.status, db.read(office.load).keep.chat) == (303, 60)
    version = await seen(desk, "/console/retention")
    await desk.post("/console/retention", seen=version, **KEEP | {"chat": "5"})
    assert (desk.status, "Really keep for less?" in desk.words) == (200, True)
    assert db.read(office.load).keep.chat == 60
    await desk.post("/console/retention", seen=version, sure="yes", **KEEP | {"chat": "5"})
    assert (desk.status, running.parts.office.keep.chat) == (303, 5)
    await desk.post("/console/retention", seen=version, sure="yes", **KEEP)
    assert (desk.status, db.read(office.load).keep.chat) == (422, 5)
    for wrong in ({"chat": "0"}, {"booking": "29"}, {"note": "3651"}, {"silent": "x"}):
        await desk.post("/console/retention", seen="9", sure="yes", **KEEP | wrong)
        assert (desk.status, "within the limits" in desk.words) == (422, True)


# --- opening ---


async def test_an_admin_is_led_to_set_up_until_the_office_is_open(db: Database, desk: Desk) -> None:
    assert (await desk.get("/console")).headers["Location"] == "/console/setup"
    assert "Next: The office and who answers" in (await desk.get("/console/setup")).words
    assert (await desk.get("/console/channels")).status == 200
    await desk.post("/console/setup/open", nobody="yes")
    assert desk.status == 422
    assert "Who answers for the personal data is missing" in desk.words
    assert not db.read(office.load).is_open
    assert acts(db) == []


async def test_without_anybody_on_duty_it_opens_only_by_her_word(
    db: Database, running: Console, desk: Desk
) -> None:
    def unit(tx: Tx) -> None:
        assert office.save(tx, replace(office.load(tx), controller="C", address="A", phone="1"), 1)
        counsellors.add_topic(tx, running.site.id, "work", 30)
        one = counsellors.add_counsellor(tx, running.site.id, "C", languages=("sl",), topics=("work",))
        counsellors.add_hours(tx, one, 0, 480, 900)
        person(tx, running.site, "desk")

    db.write(unit)
    form = {"line-112": "1", "phone-112": "112", "months": "6"}
    await desk.post("/console/helplines", site=str(running.site.id), **form)
    await desk.post("/console/setup/open")
    assert (desk.status, "nobody is on the duty roster" in desk.words) == (422, True)
    assert not db.read(office.load).is_open
    await desk.post("/console/setup/open", nobody="yes")
    assert desk.status == 303
    assert running.parts.office.is_open
    assert "The office is open" in (await desk.follow()).words
    assert acts(db)[-1] == "office.open"
    await desk.post("/console/setup/open", nobody="yes")
    assert (desk.status, "open already" in desk.words) == (422, True)
    assert (await desk.get("/console")).headers["Location"] != "/console/setup"


async def test_a_second_site_must_be_complete_too(db: Database, running: Console, desk: Desk) -> None:
    def unit(tx: Tx) -> None:
        made = sites.add(tx, replace(running.site, slug="x", name="", place="Ptuj", hours=()))
        assert made is not None
        office.changed(tx)
        duty.add_shift(tx, made.id, person(tx, made, "desk"), weekday=1, from_min=1, until_min=2)

    db.write(unit)
    said = (await desk.get("/console/setup")).words
    assert "Ptuj: the name is missing" in said
    assert "Ptuj: opening hours are missing" in said
    assert "Ptuj: nobody is on the duty roster" not in said


async def test_a_site_added_to_an_open_office_waits_until_somebody_answers_there(
    db: Database, running: Console, desk: Desk
) -> None:
    db.write(lambda tx: office.open_up(tx, make.MONDAY))
    new = {"name": "Info", "place": "Ptuj", "address": "Trg 2", "phone": "03 000 00 02"}
    await desk.post("/console/sites", **new)
    added = db.read(office.load).sites[-1]
    assert (added.offered, db.read(office.load).places) == (False, ())
    assert "Members cannot choose this site yet" in (await desk.get(f"/console/sites/{added.id}")).words
    await desk.post(f"/console/sites/{added.id}/offer")
    assert (desk.status, "nobody there may answer members" in desk.words) == (422, True)
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
    await desk.post(f"/console/sites/{added.id}/offer")
    assert desk.status == 303
    assert [place for _, place in running.parts.office.places] == [running.site.place, "Ptuj"]
    assert acts(db)[-1] == "site.offer"
