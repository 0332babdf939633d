"""The pages of duty: the roster, ways to be called, alerts, tasks, and who came today."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.settings import Settings
from flows import tasks as task_rules
from storage import alerts, audit, bookings, conversations, duty, people, tasks, wake
from storage.bookings import Booking, BookingRow, Taken
from storage.db import Database
from storage.sites import Site
from storage.sql import Tx, table
from storage.staff import StaffRow
from tests.helpers import console, make
from tests.helpers.console import Console, Desk
from tests.helpers.duties import Duties
from tests.helpers.push_service import Keys
from tests.storage import offices

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HER_WORDS = "burri me rreh kam frik"
DUTY = "/console/duty"


@pytest.fixture
async def running(db: Database, clock: make.Clock, site: Site, tmp_path: Path) -> AsyncIterator[Console]:
    # The key for pushes is kept beside the database.
    async with console.console(db, clock, site, settings(tmp_path)) as made:
        yield made


@pytest.fixture
def duties(db: Database, clock: make.Clock, site: Site) -> Duties:
    return Duties(db, clock, site)


def settings(folder: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{folder / 'test.db'}")


def acts(running: Console) -> list[str]:
    return [act.act for act in running.parts.db.read(lambda tx: audit.page(tx, 50))]


def my_id(desk: Desk) -> int:
    assert desk.staff is not None
    return desk.staff.id


# --- the roster ---


async def add(desk: Desk, site: Site, who: int, /, **fields: str) -> Desk:
    wish = {"site": str(site.id), "staff": str(who), "weekday-0": "1", "from": "8:00", "until": "15:00"}
    return await desk.post(f"{DUTY}/add", **wish | fields)


async def test_a_coordinator_makes_the_roster_and_everybody_reads_it(
    running: Console, duties: Duties
) -> None:
    ana = duties.person()
    tjasa = running.signed_in("coordinator")
    assert (await add(tjasa, running.site, ana)).status == 303
    shown = await running.signed_in("analyst").get(DUTY)
    assert "every Monday" in shown.words
    assert "8:00–15:00" in shown.words
    assert "Slovenian, English" in shown.words
    assert "/console/duty/add" not in shown.body
    (line,) = running.parts.db.read(lambda tx: duty.shifts(tx, running.site.id))
    assert (await tjasa.post(f"{DUTY}/shifts/{line.id}/remove", site=str(running.site.id))).status == 303
    assert running.parts.db.read(lambda tx: duty.shifts(tx, running.site.id)) == []
    assert acts(running) == ["duty.change", "duty.change"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"until": "7:00"}, "The end must be later"),
        ({"from": "morning"}, "The end must be later"),
        ({"until": "24:30"}, "The end must be later"),
        ({"staff": "99999"}, "does not work at this site"),
        ({"staff": "x"}, "does not work at this site"),
        ({"weekday-0": "", "day": "2. 3. 2026"}, "Write the day as"),
        ({"weekday-6": "1", "day": "2026-03-02"}, "not both"),
        ({"weekday-0": ""}, "not both"),
        ({"stand_in": "99999"}, "another person"),
        ({"from": "14:00", "until": "16:00"}, "already on duty in these hours: Monday."),
        ({"weekday-0": "", "weekday-7": "1", "weekday-x": "1"}, "not both"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_typed_stays(
    running: Console, duties: Duties, fields: dict[str, str], sentence: str
) -> None:
    ana = duties.person()
    duties.shift(ana)
    tjasa = running.signed_in("coordinator")
    await add(tjasa, running.site, ana, **fields)
    assert tjasa.status == 422
    assert sentence in tjasa.words
    for name in fields.keys() & {"from", "until"}:
        assert f'value="{fields[name]}"' in tjasa.body
    assert len(running.parts.db.read(lambda tx: duty.shifts(tx, running.site.id))) == 1


async def test_several_weekdays_are_saved_together_or_not_at_all(running: Console, duties: Duties) -> None:
    ana, here = duties.person(), running.site.id
    tjasa = running.signed_in("coordinator")
    week = {f"weekday-{one}": "1" for one in (1, 2, 4)}
    assert (await add(tjasa, running.site, ana, **week)).status == 303
    of = [line.weekday for line in running.parts.db.read(lambda tx: duty.shifts(tx, here))]
    assert of == [0, 1, 2, 4]
    late = {"weekday-0": "", "weekday-3": "1", "weekday-4": "1", "from": "14:00", "until": "16:00"}
    await add(tjasa, running.site, ana, **late)
    assert tjasa.status == 422
    assert "already on duty in these hours: Friday." in tjasa.words
    assert 'name="weekday-3" value="1" checked' in tjasa.body
    assert 'name="weekday-0" value="1" checked' not in tjasa.body
    assert len(running.parts.db.read(lambda tx: duty.shifts(tx, here))) == len(of)
    assert acts(running) == ["duty.change"]


async def test_another_sites_roster_is_not_hers(running: Console, duties: Duties) -> None:
    other = running.parts.db.write(lambda tx: make.site(tx, "postojna"))
    line = duties.shift(duties.person())
    tjasa = running.signed_in("coordinator", site=other)
    assert (await add(tjasa, running.site, duties.person())).status == 404
    for site in (running.site, other):
        assert (await tjasa.post(f"{DUTY}/shifts/{line}/remove", site=str(site.id))).status == 404
    desk = running.signed_in("desk")
    assert (await add(desk, running.site, my_id(desk))).status == 404


# --- how she is called ---


async def test_a_browser_is_added_and_forgotten(running: Console) -> None:
    ana, keys = running.signed_in("desk"), Keys()
    told = {"endpoint": "https://push.example.org/a", "p256dh": keys.p256dh, "auth": keys.auth}
    assert (await ana.post(f"{DUTY}/push", **told)).status == 303
    assert (await ana.post(f"{DUTY}/push", **told)).status == 303
    assert "Devices that are woken: 1" in (await ana.get(DUTY)).words
    assert (await ana.post(f"{DUTY}/push", **told | {"endpoint": "http://10.0.0.1/"})).status == 422
    assert (await ana.post(f"{DUTY}/push/forget")).status == 303
    assert running.parts.db.read(lambda tx: wake.browsers(tx, my_id(ana))) == []


async def test_a_browser_on_a_shared_computer_belongs_to_the_last_one(running: Console) -> None:
    ana, boris, keys = running.signed_in("desk"), running.signed_in("desk"), Keys()
    told = {"endpoint": "https://push.example.org/a", "p256dh": keys.p256dh, "auth": keys.auth}
    await ana.post(f"{DUTY}/push", **told)
    await boris.post(f"{DUTY}/push", **told)
    assert running.parts.db.read(lambda tx: wake.browsers(tx, my_id(ana))) == []
    assert len(running.parts.db.read(lambda tx: wake.browsers(tx, my_id(boris)))) == 1


async def test_her_telegram_is_tied_by_a_link_shown_once(
    db: Database, clock: make.Clock, site: Site, tmp_path: Path
) -> None:
    from aiohttp import web
    from aiohttp.test_utils import TestServer

    from bot.alerts import hashed
    from bot.console.passwords import PASSWORDS
    from bot.web.routes import routes
    from tests.bot.console.signing import GOOD, WRONG
    from tests.helpers.pages import parts_of

    parts = replace(parts_of(db, clock, site, settings(tmp_path)), telegram_username="tocka_test_bot")
    app = web.Application()
    routes(app, parts)
    server = TestServer(app)
    async with server:
        running = Console(server, parts, site)
        ana = running.signed_in("desk")
        stored = await app[PASSWORDS].hash(GOOD)
        db.write(lambda tx: people.set_password(tx, my_id(ana), stored))
        await ana.post(f"{DUTY}/telegram", password=WRONG)
        assert "t.me" not in ana.body
        assert "The present password is not right." in ana.words
        await ana.post(f"{DUTY}/telegram", password=GOOD)
        assert ana.status == 200
        code = ana.body.partition("https://t.me/tocka_test_bot?start=staff-")[2].partition('"')[0]
        assert code not in (await ana.get(DUTY)).body
        now = clock.at
        assert db.write(lambda tx: wake.tie(tx, hashed(code), "77", now)) == my_id(ana)
        assert "your chat is connected" in (await ana.get(DUTY)).words
        assert (await ana.post(f"{DUTY}/telegram/end")).status == 303
        assert db.read(lambda tx: wake.chat_of(tx, my_id(ana))) is None
        for opened in running.opened:
            await opened.session.close()


async def test_no_telegram_no_link(running: Console) -> None:
    ana = running.signed_in("desk")
    assert "not set up here" in (await ana.get(DUTY)).words
    assert (await ana.post(f"{DUTY}/telegram")).status == 404


async def test_a_test_alert(running: Console, duties: Duties) -> None:
    ana = running.signed_in("desk")
    assert (await ana.post(f"{DUTY}/test")).status == 422
    assert "cannot be called yet" in ana.words
    tied = update(table(StaffRow)).where(table(StaffRow).c.id == my_id(ana)).values(telegram_id="7")
    running.parts.db.write(lambda tx: tx.query(tied) and None)
    await (await ana.post(f"{DUTY}/test")).follow()
    assert "on its way" in ana.words
    assert duties.takes() == [my_id(ana)]
    (alert,) = duties.open()
    assert (await running.signed_in("coordinator").get(f"/console/alerts/{alert.uid}")).status == 404
    await (await ana.post(f"/console/alerts/{alert.uid}/look")).follow()
    assert "looks since" in ana.words
    assert "Last test with an answer" in (await ana.get(DUTY)).words
    assert "alert.acknowledge" in acts(running)


# --- alerts ---


async def test_the_page_of_an_alert(running: Console, duties: Duties) -> None:
    chat = duties.waits(urgent=True)
    duties.shift(duties.person())
    duties.watch()
    (alert,) = duties.open()
    ana = running.signed_in("desk")
    shown = await ana.get(f"/console/alerts/{alert.uid}")
    assert "Urgent: someone waits" in shown.words
    assert "Nobody looks yet" in shown.words
    assert f"/console/chats/{chat}" in shown.body
    assert HER_WORDS not in shown.body
    await (await ana.post(f"/console/alerts/{alert.uid}/look")).follow()
    assert "looks since" in ana.words
    boris = running.signed_in("desk")
    await (await boris.post(f"/console/alerts/{alert.uid}/look")).follow()  # too late, and told so
    found = running.parts.db.read(lambda tx: alerts.find(tx, alert.uid))
    assert found is not None
    assert found.acknowledged_by == my_id(ana)


async def test_an_alert_of_another_site_or_for_whom_it_is_not(running: Console, duties: Duties) -> None:
    other = running.parts.db.write(lambda tx: make.site(tx, "postojna"))
    duties.waits(urgent=True)
    duties.watch()
    (alert,) = duties.open()
    for desk in (
        running.signed_in("coordinator", site=other),
        running.signed_in("analyst"),
        running.signed_in("mediator"),
    ):
        assert (await desk.get(f"/console/alerts/{alert.uid}")).status == 404
        assert (await desk.post(f"/console/alerts/{alert.uid}/look")).status == 404
    assert (await running.signed_in("desk").get("/console/alerts/nothing")).status == 404
    assert len(duties.open()) == 1


async def test_the_worker_may_see_all_of_the_console(running: Console) -> None:
    found = await running.anybody().get("/console/alerts.js")
    assert found.status == 200
    assert found.headers["Content-Type"].startswith("text/javascript")


# --- tasks ---


async def test_tasks_are_taken_and_done(running: Console, duties: Duties) -> None:
    duties.waits(urgent=True)
    running.parts.db.write(lambda tx: task_rules.make(tx, duties.clock.at, running.site))
    ana = running.signed_in("counsellor")
    shown = await ana.get("/console/tasks")
    assert "Nobody's yet (1)" in shown.words
    (line,) = running.parts.db.read(lambda tx: tasks.lines(tx, 0, [running.site.id]))
    await (await ana.post(f"/console/tasks/{line.task.id}/take")).follow()
    assert "Mine (1)" in ana.words
    boris = running.signed_in("desk")
    assert (await boris.post(f"/console/tasks/{line.task.id}/take")).status == 422
    await (await ana.post(f"/console/tasks/{line.task.id}/done", note="Poklicana.")).follow()
    assert "Mine (0)" in ana.words
    assert (await ana.post(f"/console/tasks/{line.task.id}/done", note="x")).status == 422
    assert acts(running) == ["task.done", "task.take"]
    rows = running.parts.db.read(lambda tx: tx.query(select(table(tasks.TaskRow).c.note)))
    assert rows[0].note == "Poklicana."


async def test_tasks_of_another_site_and_of_a_mediator(running: Console, duties: Duties) -> None:
    other = running.parts.db.write(lambda tx: make.site(tx, "postojna"))
    duties.waits(urgent=True)
    running.parts.db.write(lambda tx: task_rules.make(tx, duties.clock.at, running.site))
    (line,) = running.parts.db.read(lambda tx: tasks.lines(tx, 0, [running.site.id]))
    for desk in (running.signed_in("desk", site=other), running.signed_in("mediator")):
        assert "Nobody's yet (0)" in (await desk.get("/console/tasks")).words
        for act in ("take", "done"):
            assert (await desk.post(f"/console/tasks/{line.task.id}/{act}")).status == 404
    assert (await running.signed_in("analyst").get("/console/tasks")).status == 404


async def test_call_her_shows_how_it_is_safe_and_no_word_of_hers(running: Console, duties: Duties) -> None:
    now = duties.clock.at

    def unit(tx: Tx) -> None:
        from storage import members, messages

        conversation, member = conversations.load(tx, "telegram:1", "100", now)
        messages.hear(tx, conversation.id, "telegram:1", "text", HER_WORDS, now)
        for name in ("do_not_write", "danger_at"):
            members.set_field(tx, member.id, name, True if name == "do_not_write" else now)
        tasks.add(
            tx, tasks.CALL, "booking:1", 1, site_id=running.site.id, due_at=now, now=now, member_id=member.id
        )

    running.parts.db.write(unit)
    shown = await running.signed_in("desk").get("/console/tasks")
    assert "do not write to this phone" in shown.words
    assert "Words of danger in the last 7 days" in shown.words
    assert HER_WORDS not in shown.body
    assert "OVERDUE" in shown.words


# --- who came ---


def booked(running: Console, hour: int = 8, name: str = "100") -> Booking:
    """A meeting of today (10:00 now) with the only counsellor."""
    now = make.MONDAY - timedelta(days=3)

    def unit(tx: Tx) -> Booking:
        site, _ = offices.office(tx, people=1) if not _known(tx) else (running.site, [])
        _, member = conversations.load(tx, "telegram:1", name, now)
        starts = make.MONDAY.replace(hour=hour)
        taken = bookings.take(
            tx, offices.wanted(site), starts, member_id=member.id, conversation_id=None, now=now
        )
        assert isinstance(taken, Taken)
        return taken.booking

    return running.parts.db.write(unit)


def _known(tx: Tx) -> bool:
    from storage.counsellors import CounsellorRow

    return bool(tx.query(select(table(CounsellorRow).c.id).limit(1)))


def state(running: Console, booking: Booking) -> str:
    row = table(BookingRow)
    found = running.parts.db.read(lambda tx: tx.query(select(row.c.state).where(row.c.id == booking.id)))
    return str(found[0].state)


async def test_one_tap_and_one_to_take_it_back(running: Console) -> None:
    booking = booked(running)
    desk = running.signed_in("desk")
    where = f"/console/today/{booking.id}"
    assert booking.code in (await desk.get("/console/today")).words
    assert (await desk.post(where, came="no")).status == 303
    assert state(running, booking) == "missed"
    assert (await desk.post(where, came="yes")).status == 422
    assert (await desk.post(f"{where}/undo")).status == 303
    assert state(running, booking) == "booked"
    assert (await desk.post(f"{where}/undo")).status == 422
    assert (await desk.post(where, came="perhaps")).status == 422
    assert (await desk.post(where, came="yes")).status == 303
    assert state(running, booking) == "attended"
    running.parts.clock.forward(days=1)  # type: ignore[attr-defined]  # the tests' clock
    desk = running.signed_in("desk")
    assert (await desk.post(f"{where}/undo")).status == 422
    assert acts(running) == ["booking.record"] * 3


async def test_not_before_it_begins_and_never_when_cancelled(running: Console) -> None:
    later, gone = booked(running, 10), booked(running, 8, "200")
    desk = running.signed_in("desk")
    assert "Not yet" in (await desk.get("/console/today")).words
    assert (await desk.post(f"/console/today/{later.id}", came="no")).status == 422
    row = table(BookingRow)
    running.parts.db.write(
        lambda tx: tx.query(update(row).where(row.c.id == gone.id).values(state="cancelled")) and None
    )
    assert (await desk.post(f"/console/today/{gone.id}", came="no")).status == 422
    assert (state(running, later), state(running, gone)) == ("booked", "cancelled")


async def test_a_counsellor_sees_her_own_and_another_site_nothing(running: Console) -> None:
    booking = booked(running)
    other = running.parts.db.write(lambda tx: make.site(tx, "postojna"))
    stranger, hers = running.signed_in("counsellor"), running.signed_in("counsellor")
    own = update(table(StaffRow)).where(table(StaffRow).c.id == my_id(hers))
    running.parts.db.write(lambda tx: tx.query(own.values(counsellor_id=booking.counsellor_id)) and None)
    for desk in (stranger, running.signed_in("desk", site=other)):
        assert booking.code not in (await desk.get("/console/today")).body
        assert (await desk.post(f"/console/today/{booking.id}", came="no")).status == 404
        assert (await desk.post(f"/console/today/{booking.id}/undo")).status == 404
    assert (await hers.post(f"/console/today/{booking.id}", came="yes")).status == 303
    assert (await running.signed_in("mediator").get("/console/today")).status == 404


async def test_what_was_forgotten_stays_until_it_is_noted(running: Console) -> None:
    booking = booked(running)
    running.parts.clock.forward(days=2)  # type: ignore[attr-defined]  # the tests' clock
    desk = running.signed_in("desk")
    assert booking.code in (await desk.get("/console/today")).words
    assert (await desk.post(f"/console/today/{booking.id}", came="yes")).status == 303
    assert "Came" in (await desk.get("/console/today")).words
