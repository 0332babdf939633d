"""The pages of set-up: what is refused and where it is said, two admins at once, and opening only when all is there."""

from __future__ import annotations

from datetime import timedelta
from html import escape

import pytest
from sqlalchemy import select

from storage import (
    audit,
    counsellors,
    directory,
    office,
    people,
    schedules,
    subjects,
    wordings,
)
from storage.db import Database
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.console import Console, Desk, person

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


def acts(db: Database) -> list[str]:
    return [row.act for row in db.read(lambda tx: tx.query(select(table(audit.AuditRow))))]


async def seen(admin: Desk, path: str) -> str:
    return (await admin.get(path)).hidden("seen")


# --- the office ---


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"controller": ""}, "This is missing"),
        ({"controller": "x" * 121}, "too long: at most 120 characters"),
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
    db: Database, admin: Desk, change: dict[str, str], says: str
) -> None:
    await admin.post("/console/office", seen="1", **OFFICE | {"controller": "Kept & said"} | change)
    assert admin.status == 422
    assert says in admin.words
    assert "controller" in change or 'value="Kept &amp; said"' in admin.body
    assert db.read(office.load).version == 1
    assert acts(db) == []


async def test_the_second_of_two_admins_sees_what_the_first_saved(db: Database, admin: Desk) -> None:
    version = await seen(admin, "/console/office")
    await admin.post("/console/office", seen=version, **OFFICE)
    assert admin.status == 303
    await admin.post("/console/office", seen=version, **OFFICE | {"controller": "Other"})
    assert admin.status == 422
    assert "somebody changed this meanwhile" in admin.words
    assert "It is now: C" in admin.words
    assert 'value="Other"' in admin.body
    assert db.read(office.load).controller == "C"
    await admin.post("/console/office", seen=admin.hidden("seen"), **OFFICE | {"controller": "Other"})
    assert db.read(office.load).controller == "Other"
    assert db.read(office.load).ack_minutes == 15


# --- sites ---


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "This is missing"),
        ({"place": "A place of a name far too long"}, "too long: at most 20 characters"),
        ({"hours-1": "8-9," * 15 + "10-11"}, "too long: at most 60 characters"),
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
    db: Database, unopened: Console, admin: Desk, change: dict[str, str], says: str
) -> None:
    before = db.read(office.load)
    await admin.post(f"/console/sites/{unopened.site.id}", seen="1", **SITE | change)
    assert admin.status == 422
    assert says in admin.words
    assert db.read(office.load) == before
    assert all(f'value="{escape(told)}"' in admin.body for told in change.values())


async def test_no_form_of_set_up_cuts_what_is_typed(db: Database, unopened: Console, admin: Desk) -> None:
    db.write(lambda tx: person(tx, unopened.site, "coordinator"))
    for path in ("office", f"sites/{unopened.site.id}", "sites", "subjects", "helplines", "retention"):
        assert "maxlength" not in (await admin.get(f"/console/{path}")).body, path
    for path in ("staff", "duty", "calendar/closed"):
        assert "maxlength" not in (await admin.get(f"/console/{path}")).body, path
    new = {"login": "nina", "name": "N" * 61, "role-desk": "1", "site": str(unopened.site.id)}
    await admin.post("/console/staff", **new)
    assert (admin.status, "The name needs 1 to 60" in admin.words) == (422, True)
    await admin.post(
        "/console/helplines", site=new["site"], months="6", **{"line-112": "1", "phone-112": "1" * 31}
    )
    assert (admin.status, "at most 30 characters" in admin.words) == (422, True)


async def test_a_site_is_changed_and_the_running_office_knows(
    db: Database, unopened: Console, admin: Desk
) -> None:
    await admin.post(f"/console/sites/{unopened.site.id}", seen="1", **SITE)
    assert admin.status == 303
    now = unopened.parts.office.main
    assert (now.slug, now.place, now.hours) == ("kranj", "Kranj", ((0, 480, 720), (0, 780, 900)))
    assert (now.promised_answer, now.quiet_from_min) == (timedelta(minutes=20), 21 * 60)
    await admin.post(f"/console/sites/{unopened.site.id}", seen="1", **SITE | {"name": "Late"})
    assert (admin.status, db.read(office.load).main.name) == (422, "Info")
    db.write(lambda tx: office.open_up(tx, make.MONDAY))
    version = await seen(admin, f"/console/sites/{unopened.site.id}")
    await admin.post(f"/console/sites/{unopened.site.id}", seen=version, **SITE | {"place": "Ptuj"})
    assert (unopened.parts.office.main.place, unopened.parts.office.main.slug) == ("Ptuj", "kranj")


async def test_who_adds_a_site_is_its_admin(db: Database, unopened: Console, admin: Desk) -> None:
    new = {"name": "Info", "place": "Šentjur", "address": "Trg 2", "phone": "03 000 00 02"}
    await admin.post("/console/sites", **new | {"place": "celje"})
    assert (admin.status, "is called so already" in admin.words) == (422, True)
    await admin.post("/console/sites", **new)
    assert admin.status == 303
    added = db.read(office.load).sites[-1]
    assert (added.slug, added.hours, added.place) == ("sentjur", unopened.site.hours, "Šentjur")
    assert (await admin.follow()).status == 200
    assert admin.staff is not None
    who = db.read(lambda tx: people.get(tx, admin.staff.id if admin.staff else 0))
    assert who is not None
    assert who.roles[added.id] == {"admin"}
    other = unopened.signed_in("admin")
    assert (await other.get(f"/console/sites/{added.id}")).status == 404
    # Somebody who works at the first site may work at the second too.
    her = unopened.parts.db.write(lambda tx: person(tx, unopened.site, "desk"))
    found = db.read(lambda tx: people.get(tx, her))
    assert found is not None
    await admin.post(f"/console/staff/{found.uid}/roles", site=str(added.id), **{"role-mediator": "1"})
    now = db.read(lambda tx: people.get(tx, her))
    assert now is not None
    assert now.roles == {unopened.site.id: {"desk"}, added.id: {"mediator"}}


# --- topics ---


async def test_topics_are_added_named_ordered_and_switched_off(
    db: Database, unopened: Console, admin: Desk
) -> None:
    here = str(unopened.site.id)
    await admin.post(
        "/console/subjects", site=here, kind="ready", **{"topic-work": "1", "topic-<script>": "1"}
    )
    await admin.post(
        "/console/subjects", site=here, kind="own", minutes="40", **{"name-sl": "Vrt in zelenjava"}
    )
    assert admin.status == 303
    assert "Vrt in zelenjava" in (await admin.follow()).words
    work, own = db.read(lambda tx: subjects.listed(tx, unopened.site.id))
    assert (work.slug, own.slug, own.minutes) == ("work", "own-1", 40)
    await admin.post(f"/console/subjects/{own.id}/up")
    assert [one.slug for one in db.read(lambda tx: subjects.listed(tx, unopened.site.id))] == [
        "own-1",
        "work",
    ]
    await admin.post(f"/console/subjects/{own.id}", seen="0", minutes="45", **{"name-sl": "Vrt"})
    assert admin.status == 303
    assert unopened.parts.texts.text("sl", "booking-topic-own-1") == "Vrt"
    now = db.read(lambda tx: subjects.get(tx, own.id, [unopened.site.id]))
    assert now is not None
    assert (now.minutes, now.active, now.version) == (45, False, 1)
    await admin.post(f"/console/subjects/{own.id}", seen="0", minutes="45", **{"name-sl": "Late"})
    assert (admin.status, "meanwhile" in admin.words) == (422, True)
    assert unopened.parts.texts.text("sl", "booking-topic-own-1") == "Vrt"


async def test_another_site_takes_over_a_topic_of_the_offices_own(
    db: Database, unopened: Console, admin: Desk
) -> None:
    there = db.write(lambda tx: make.site(tx, "postojna"))
    assert admin.staff is not None
    db.write(lambda tx: people.give_role(tx, admin.staff.id if admin.staff else 0, there.id, "admin"))
    own = {"name-sl": "Vrt", "minutes": "30"}
    await admin.post("/console/subjects", site=str(unopened.site.id), kind="own", **own)
    assert "Vrt" in (await admin.get(f"/console/subjects?site={there.id}")).words
    await admin.post("/console/subjects", site=str(there.id), kind="ready", **{"topic-own-1": "1"})
    assert admin.status == 303
    assert [one.slug for one in db.read(lambda tx: subjects.listed(tx, there.id))] == ["own-1"]


@pytest.mark.parametrize(
    ("kind", "change", "says"),
    [
        ("ready", {}, "tick at least one topic"),
        ("own", {"name-sl": ""}, "This is missing"),
        ("own", {"name-sl": "x" * 21}, "too long: at most 20 characters"),
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
    db: Database, unopened: Console, admin: Desk, kind: str, change: dict[str, str], says: str
) -> None:
    db.write(lambda tx: counsellors.add_topic(tx, unopened.site.id, "work", 30))
    form = {"name-sl": "Jasa", "minutes": "30", "label": "about", "checked": "yes"} | change
    await admin.post("/console/subjects", site=str(unopened.site.id), kind=kind, **form)
    assert admin.status == 422
    assert says in admin.words
    assert [one.slug for one in db.read(lambda tx: subjects.listed(tx, unopened.site.id))] == ["work"]
    assert db.read(wordings.names) == {}


async def test_what_a_sensitive_topic_is_about_is_seen_only_by_who_works_with_it(
    db: Database, unopened: Console, admin: Desk
) -> None:
    here = str(unopened.site.id)
    form = {"neutral": "lipa", "label": "Secret matter", "minutes": "45"}
    await admin.post("/console/subjects", site=here, kind="sensitive", **form)
    await admin.post("/console/subjects", site=here, kind="ready", **{"topic-work": "1"})

    def unit(tx: Tx) -> list[int]:
        made = []
        for taken in ("lipa", "work"):
            who = person(tx, unopened.site, "counsellor")
            schedules.make(tx, who, unopened.site.id, "C", languages=["sl"], taken=[taken], modes=["person"])
            made.append(who)
        return made

    works, other = db.write(unit)
    for who, sees in ((works, True), (other, False)):
        browser = unopened.signed_in(staff_id=who)
        plan = db.read(lambda tx, who=who: schedules.of_staff(tx, who))  # type: ignore[misc]  # bound now
        await browser.get(f"/console/calendar/plans/{plan}")
        assert ("Secret matter" in browser.words) is sees
    assert "Secret matter" in (await admin.get("/console/subjects")).words


async def test_what_a_counsellor_takes_can_be_changed(db: Database, unopened: Console, admin: Desk) -> None:
    def unit(tx: Tx) -> int:
        for slug in ("work", "money"):
            counsellors.add_topic(tx, unopened.site.id, slug, 30)
        who = person(tx, unopened.site, "counsellor")
        return schedules.make(
            tx, who, unopened.site.id, "C", languages=["sl"], taken=["work"], modes=["person"]
        )

    made = db.write(unit)
    path = f"/console/calendar/plans/{made}"
    word = (await admin.get(path)).hidden("about")
    form = {"speaks-sl": "1", "speaks-sq": "1", "topic-money": "1", "mode-phone": "1", "active": "1"}
    assert (await admin.post(f"{path}/about", about=word, **form)).status == 303
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
        await admin.post(f"{path}/about", **{"about": schedules.about(plan)} | form | told)
        assert (admin.status, says in admin.words) == (422, True), says


# --- help lines, days ---


async def test_help_lines_stand_in_the_directory_with_the_day_and_number_of_the_check(
    db: Database, unopened: Console, admin: Desk
) -> None:
    here = str(unopened.site.id)
    await admin.post("/console/helplines", site=here, months="6")
    assert (admin.status, "at least one help line" in admin.words) == (422, True)
    form = {"line-116123": "1", "phone-116123": "080 12 34", "line-112": "1", "phone-112": ""}
    await admin.post("/console/helplines", site=here, months="6", **form)
    assert (admin.status, "This is missing" in admin.words) == (422, True)
    assert db.read(lambda tx: directory.by_slugs(tx, unopened.site.id, ["116123"])) == {}
    await admin.post("/console/helplines", site=here, months="6", **form | {"phone-112": "112"})
    assert admin.status == 303
    found = db.read(lambda tx: directory.by_slugs(tx, unopened.site.id, ["112", "116123"]))
    line = found["116123"].facts
    assert (line.phone, line.topic, line.verified_on) == ("080 12 34", "phones", make.MONDAY.date())
    assert line.texts["sl"].name == "Zaupni telefon 080 12 34"
    assert line.review_by.isoformat() == "2026-09-02"
    await admin.post("/console/helplines", site=here, months="6", **form | {"phone-112": "112"})
    assert admin.status == 422
    assert "checked 2 Mar 2026" in (await admin.get("/console/helplines")).words


async def test_fewer_days_are_shown_before_they_hold(db: Database, unopened: Console, admin: Desk) -> None:
    version = await seen(admin, "/console/retention")
    await admin.post("/console/retention", seen=version, **KEEP | {"chat": "60"})
    assert (admin.status, db.read(office.load).keep.chat) == (303, 60)
    version = await seen(admin, "/console/retention")
    await admin.post("/console/retention", seen=version, **KEEP | {"chat": "5"})
    assert (admin.status, "Really keep for less?" in admin.words) == (200, True)
    assert db.read(office.load).keep.chat == 60
    await admin.post("/console/retention", seen=version, sure="yes", **KEEP | {"chat": "5"})
    assert (admin.status, unopened.parts.office.keep.chat) == (303, 5)
    await admin.post("/console/retention", seen=version, sure="yes", **KEEP)
    assert (admin.status, db.read(office.load).keep.chat) == (422, 5)
    for wrong in ({"chat": "0"}, {"booking": "29"}, {"note": "3651"}, {"silent": "x"}):
        await admin.post("/console/retention", seen="9", sure="yes", **KEEP | wrong)
        assert (admin.status, "within the limits" in admin.words) == (422, True)
