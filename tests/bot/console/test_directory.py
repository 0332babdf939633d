"""The directory in the console: what is saved is found at once, two editors see each other, an organisation answers once."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from flows import tasks as making
from storage import confirmations, directory, services, tasks
from storage.audit import AuditRow
from storage.confirmations import ConfirmationRow
from storage.db import Database
from storage.services import NewService, ServiceRow
from storage.sites import Site
from storage.sql import Tx, table
from storage.tasks import TaskRow
from tests.helpers import make
from tests.helpers.console import Console

TODAY = make.MONDAY.date()
FORM = {
    "name-sl": "Šiviljska skupina",
    "summary-sl": "Skupaj šivamo.",
    "eligibility-sl": "Vse ženske, tudi brez izkušenj.",
    "name-sq": "Grupi i qepjes",
    "topic": "together",
    "hours-1": "9:00–11:00, 13:00-15:00",
    "speaks-sl": "1",
    "speaks-sq": "1",
    "cost": "2,50",
    "childcare": "yes",
    "phone": "03 123 45 67",
    "keywords": "šivanje qepje",
    "source": "test",
    "verified_on": "2026-03-02",
    "review_by": "2026-09-02",
    "state": "shown",
}


@pytest.fixture
def owner(db: Database, site: Site) -> int:
    return db.write(
        lambda tx: services.add_organisation(
            tx, site.id, "o", "Društvo (test)", "provider", source="test", verified_on=TODAY
        )
    )


@pytest.fixture
def stored(db: Database, site: Site, owner: int) -> int:
    new = NewService(
        site.id, owner, "s", "talk", {"sl": ("Pogovor", "Kratko")}, "test", TODAY, TODAY + timedelta(days=10)
    )
    return db.write(lambda tx: services.add(tx, new))


def read(db: Database, site: Site, service_id: int) -> directory.StoredService:
    found = db.read(lambda tx: directory.service(tx, service_id, [site.id]))
    assert found is not None
    return found


def found(db: Database, site: Site, text: str) -> list[int]:
    return [one.service_id for one in db.read(lambda tx: services.search(tx, site.id, text, TODAY, 5))]


def open_tasks(db: Database, kind: str) -> list[str]:
    row = table(TaskRow)
    return [
        one.subject
        for one in db.read(
            lambda tx: tx.query(select(row).where(row.c.kind == kind, row.c.done_at.is_(None)))
        )
    ]


async def test_a_new_service_is_found_at_once_with_all_its_facts(
    running: Console, db: Database, site: Site, owner: int
) -> None:
    desk = running.signed_in("coordinator")
    await desk.post("/console/services", organisation=str(owner), **FORM)
    made = int(desk.headers["Location"].rpartition("/")[2])
    assert found(db, site, "qepje") == [made]
    facts = read(db, site, made).facts
    assert (facts.slug, facts.cost_cents, facts.childcare) == ("siviljska-skupina", 250, True)
    assert facts.hours == ((1, 540, 660), (1, 780, 900))
    card = db.read(lambda tx: services.cards(tx, [made], "sl"))[0]
    assert card.eligibility == "Vse ženske, tudi brez izkušenj."
    page = await desk.follow()
    assert "There is no text yet" in page.words  # English
    assert (await desk.get("/console/services?missing=en")).words.count("Šiviljska skupina") == 1
    assert "Šiviljska" not in (await desk.get("/console/services?missing=sq")).words
    # The same name again gets another short name.
    await desk.post("/console/services", organisation=str(owner), **FORM)
    again = int(desk.headers["Location"].rpartition("/")[2])
    assert read(db, site, again).facts.slug == "siviljska-skupina-2"


async def test_the_second_editor_sees_both(running: Console, db: Database, site: Site, stored: int) -> None:
    one, other = running.signed_in("coordinator"), running.signed_in("admin")
    path = f"/console/services/{stored}"
    await one.get(f"{path}/edit")
    owner, seen = str(read(db, site, stored).organisation_id), one.hidden("seen")
    await other.post(path, seen=seen, organisation=owner, **FORM)
    assert other.status == 303
    mine = FORM | {"name-sl": "Moje ime"}
    await one.post(path, seen=seen, organisation=owner, **mine)
    assert one.status == 422
    assert "Saved: Šiviljska skupina You: Moje ime" in one.words
    assert read(db, site, stored).facts.texts["sl"].name == "Šiviljska skupina"
    await one.post(path, organisation=owner, **mine | {"seen": one.hidden("seen")})
    assert one.status == 303
    assert read(db, site, stored).facts.texts["sl"].name == "Moje ime"
    assert found(db, site, "pogovor") == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name-sl": ""}, "Name (Slovenian): this must not be empty."),
        ({"name-sl": "x" * 61}, "Name (Slovenian): this is too long."),
        ({"name-sl": "", "summary-sl": "", "eligibility-sl": ""}, "Texts: a name in Slovenian or English"),
        ({"review_by": "2026-03-01"}, "Check again by: this day is before the day it was checked."),
        ({"verified_on": "2026-03-03"}, "Checked on: this day has not come yet."),
        ({"cost": "many"}, "Price: write an amount"),
        ({"hours-0": "8-9"}, "Monday: write hours as 8:00–12:00."),
        ({"hours-0": "9:00-8:00"}, "Monday: the end must be later"),
        ({"hours-0": "8:00-10:00, 9:00-11:00"}, "Hours: two openings of one day overlap."),
        ({"phone": "call me"}, "Phone: this is not a phone number."),
        ({"topic": "magic"}, "Topic: there is no such topic."),
        ({"organisation": "999"}, "Choose an organisation."),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_wrong_is_said_and_kept(
    running: Console, db: Database, site: Site, stored: int, change: dict[str, str], said: str
) -> None:
    desk = running.signed_in("coordinator")
    owner = str(read(db, site, stored).organisation_id)
    await desk.post(f"/console/services/{stored}", **{"seen": "0", "organisation": owner, **FORM, **change})
    assert desk.status == 422
    assert said in desk.words
    assert 'value="šivanje qepje"' in unescape(desk.body)
    assert read(db, site, stored).version == 0


async def test_hide_show_and_still_correct(
    running: Console, db: Database, site: Site, stored: int, clock: make.Clock
) -> None:
    assert db.write(lambda tx: making.make(tx, clock.at, site)) == 1
    assert db.write(lambda tx: making.make(tx, clock.at, site)) == 0
    assert open_tasks(db, tasks.REVIEW) == [f"service:{stored}"]
    desk, path = running.signed_in("coordinator"), f"/console/services/{stored}"
    assert "Services that have to be checked: 1" in (await desk.get("/console/services")).words
    await desk.post(f"{path}/checked", seen="7", months="12")
    assert desk.status == 422
    await desk.post(f"{path}/checked", seen="0", months="12")
    assert desk.status == 303
    facts = read(db, site, stored).facts
    assert (facts.verified_on, facts.review_by.isoformat()) == (TODAY, "2027-03-02")
    assert open_tasks(db, tasks.REVIEW) == []
    assert found(db, site, "pogovor") == [stored]
    await desk.post(f"{path}/state", seen="1", state="hidden")
    assert found(db, site, "pogovor") == []
    await desk.post(f"{path}/state", seen="2", state="shown")
    assert found(db, site, "pogovor") == [stored]
    # Past its date nobody sees it; hidden ones are no task.
    clock.forward(days=400)
    desk = running.signed_in("coordinator")
    assert db.write(lambda tx: making.make(tx, clock.at, site)) == 1
    await desk.post(f"{path}/state", seen="3", state="hidden")
    assert open_tasks(db, tasks.REVIEW) == []
    assert db.write(lambda tx: making.make(tx, clock.at, site)) == 0


async def test_a_review_task_is_done_on_the_page_of_the_service(
    running: Console, db: Database, site: Site, stored: int, clock: make.Clock
) -> None:
    db.write(lambda tx: making.make(tx, clock.at, site))
    desk = running.signed_in("coordinator")
    page = await desk.get("/console/tasks")
    assert f'href="/console/services/{stored}"' in page.body
    task = re.search(r'id="task-(\d+)"', page.body)
    assert task is not None
    await desk.post(f"/console/tasks/{task[1]}/take")
    assert desk.status == 303
    await desk.post(f"/console/tasks/{task[1]}/done", note="x")
    assert desk.status == 404
    assert open_tasks(db, tasks.REVIEW) == [f"service:{stored}"]
    # Past its time nobody is called out for it.
    clock.forward(days=60)
    assert db.write(lambda tx: tasks.overdue(tx, site.id, clock.at)) == []


async def asked(running: Console, stored: int, months: str = "3") -> str:
    desk = running.signed_in("coordinator")
    await desk.post(f"/console/services/{stored}/ask", months=months)
    assert desk.status == 200
    link = re.search(r"http://[^<\s]+(/still/[\w-]{43})", desk.body)
    assert link is not None
    assert "Društvo (test)" in desk.words
    return link[1]


async def test_the_organisation_says_yes_once(
    running: Console, db: Database, site: Site, stored: int, clock: make.Clock
) -> None:
    db.write(lambda tx: making.make(tx, clock.at, site))
    link, visitor = await asked(running, stored), running.anybody()
    for _ in range(2):  # a messenger looks at the link first
        await visitor.get(link)
        assert visitor.status == 200
        assert "Pogovor" in visitor.words
    assert visitor.headers["X-Robots-Tag"] == "noindex"
    assert visitor.headers["Cache-Control"] == "no-store"
    await visitor.post(link, "", None, answer="right", seen="7")
    assert visitor.status == 422
    await visitor.post(link, "", {"Origin": "https://elsewhere.invalid"}, answer="right", seen="0")
    assert visitor.status == 403
    assert read(db, site, stored).version == 0
    await visitor.post(link, "", None, answer="right", seen="0")
    assert (visitor.status, "Thank you" in visitor.words) == (200, True)
    facts = read(db, site, stored).facts
    assert facts.review_by.isoformat() == "2026-06-02"
    assert open_tasks(db, tasks.REVIEW) == []
    await visitor.post(link, "", None, answer="right", seen="1")
    used = visitor.body
    assert visitor.status == 404
    assert (await visitor.get(link)).body == used
    assert (await visitor.get("/still/never")).body == used


async def test_what_changed_becomes_a_task_and_changes_nothing(
    running: Console, db: Database, site: Site, stored: int
) -> None:
    link, visitor = await asked(running, stored), running.anybody()
    for words in ("", "x" * 1001):
        await visitor.post(link, "", None, answer="changed", words=words)
        assert visitor.status == 422
    await visitor.post(link, "", None, answer="changed", words="Novi naslov:\r\n<b>Trg 1</b>")
    assert visitor.status == 200
    assert read(db, site, stored).version == 0
    assert open_tasks(db, tasks.REPORT) == [f"service:{stored}"]
    assert (await visitor.get(link)).status == 404
    desk = running.signed_in("coordinator")
    page = await desk.get(f"/console/services/{stored}")
    assert "Novi naslov:\n&lt;b&gt;Trg 1" in page.body
    report = db.read(lambda tx: confirmations.reports(tx, stored))[0]
    await desk.post(f"/console/services/{stored}/reports/{report.id}")
    assert desk.status == 303
    assert open_tasks(db, tasks.REPORT) == []
    row = table(ConfirmationRow)
    assert db.read(lambda tx: tx.query(select(row.c.words)))[0].words is None
    said = repr(db.read(lambda tx: tx.query(select(table(AuditRow)))))
    assert "Trg" not in said


async def test_a_link_ends_after_two_weeks_and_by_a_newer_one(
    running: Console, db: Database, stored: int, clock: make.Clock
) -> None:
    first = await asked(running, stored)
    second, visitor = await asked(running, stored), running.anybody()
    assert (await visitor.get(first)).status == 404
    token = second.rpartition("/")[2]
    held = repr(db.read(lambda tx: tx.query(select(table(ConfirmationRow)))))
    assert token not in held
    clock.forward(days=14)
    assert (await visitor.get(second)).status == 404
    await visitor.post(second, "", None, answer="changed", words="late")
    assert visitor.status == 404


async def test_an_organisation_is_made_renamed_and_found_by_its_name(
    running: Console, db: Database, site: Site, stored: int
) -> None:
    desk = running.signed_in("coordinator")
    form = {"role": "provider", "source": "test", "verified_on": "2026-03-02"}
    await desk.post("/console/organisations", site=str(site.id), name="Zavod Nov", **form)
    assert desk.status == 303
    owner = read(db, site, stored).organisation_id
    path = f"/console/organisations/{owner}"
    new = form | {"name": "Društvo Vijolica", "contact_email": "info@example.org"}
    await desk.post(path, seen="0", **new)
    assert desk.status == 303
    assert found(db, site, "vijolica") == [stored]
    await desk.post(path, seen="0", **new | {"name": "Drugo"})
    assert desk.status == 422
    assert "Saved: Društvo Vijolica You: Drugo" in desk.words
    await desk.post(path, seen="1", **new | {"contact_email": "nobody"})
    assert "Contact: e-mail: this is not an e-mail address." in desk.words
    reader = running.signed_in("desk")
    page = await reader.get(path)
    assert "info@example.org" in page.words
    assert 'name="contact_email"' not in page.body


def test_two_at_once_get_one_short_name(db: Database, site: Site, stored: int) -> None:
    facts = db.read(lambda tx: directory.batch(tx, site.id))[0].facts
    assert db.write(lambda tx: directory.add_service(tx, site.id, facts)) is None

    def save(tx: Tx) -> list[bool]:
        now = directory.service(tx, stored, [site.id])
        assert now is not None
        staff = make.MONDAY
        return [directory.set_state(tx, now, "hidden", seen, 0, staff) for seen in (0, 0)]

    assert db.write(save) == [True, False]
    assert db.read(lambda tx: tx.query(select(table(ServiceRow).c.version)))[0].version == 1
