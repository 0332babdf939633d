"""Walk-ins: one tap counts one visit, about nobody; a repeat counts once, and what nobody tapped is refused in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import counsellors, visits
from storage.db import Database
from storage.sites import Site
from storage.sql import Tx, table, to_ms
from storage.visits import Tally, VisitRow
from tests.helpers import make
from tests.helpers.console import Console, person

UID = "a" * 32
DAY = timedelta(days=1)


def counted(running: Console, sites: tuple[int, ...] = (1, 2)) -> Tally:
    since = make.MONDAY - timedelta(hours=10)
    return running.parts.db.read(lambda tx: visits.tally(tx, sites, since, since + DAY))


@pytest.fixture
def topics(db: Database, site: Site) -> None:
    db.write(lambda tx: counsellors.add_topic(tx, site.id, "work", 30))


async def test_a_tap_counts_once_however_often_it_is_sent(running: Console, topics: None) -> None:
    desk = running.signed_in("desk")
    told = {"uid": UID, "site": str(running.site.id), "topic": "work", "language": "sq", "kind": "first"}
    for _ in range(3):
        assert (await desk.post("/console/visits", **told)).status == 303
    assert counted(running) == Tally(1, 1, 0, (("work", 1),))
    await desk.get("/console/visits")
    assert "Visits: 1. First time: 1." in desk.words
    for _ in range(2):  # the answer to the first was lost
        assert (await desk.post("/console/visits/undo", uid=UID, site="1")).status == 303
    assert (await desk.post("/console/visits", **told)).status == 303  # a repeat that was still on its way
    assert counted(running) == Tally(0, 0, 0, ())


async def test_nothing_chosen_is_unknown(running: Console, topics: None) -> None:
    desk = running.signed_in("counsellor")
    await desk.post("/console/visits", uid=UID, site=str(running.site.id), topic="", language="", status="")
    (row,) = running.parts.db.read(lambda tx: tx.query(table(VisitRow).select()))
    assert (row.topic, row.language, row.kind, row.status) == (None, None, "unknown", None)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_nobody_can_have_tapped_changes_nothing(running: Console, topics: None) -> None:
    desk, good = running.signed_in("desk"), {"uid": UID, "site": str(running.site.id)}
    for wrong in (
        {"uid": "short"},
        {"uid": "A" * 32},
        {"topic": "lipa"},
        {"language": "xx"},
        {"kind": "third"},
        {"status": "rich"},
        {"at": "1000", "sent": str(1000 + 15 * 86_400_000)},
    ):
        await desk.post("/console/visits", **good | wrong)
        assert (desk.status, "was not counted" in desk.words) == (422, True), wrong
    await desk.post("/console/visits", **good | {"site": "0"})
    assert desk.status == 404
    assert counted(running).visits == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_device_whose_clock_is_wrong_still_tells_the_time(running: Console, topics: None) -> None:
    desk = running.signed_in("desk")
    far = 4_000_000_000_000
    told = {"at": str(far), "sent": str(far + 3_600_000), "uid": UID, "site": str(running.site.id)}
    await desk.post("/console/visits", **told)
    (row,) = running.parts.db.read(lambda tx: tx.query(table(VisitRow).select()))
    assert to_ms(make.MONDAY) - to_ms(row.at) == 3_600_000


def test_only_ones_own_tap_is_taken_back(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> tuple[bool, bool]:
        hers, other = person(tx, site, "desk"), person(tx, site, "desk")
        visits.add(tx, visits.Visit(UID, site.id, make.MONDAY, None, None, "repeat", None, hers))
        return (
            visits.undo(tx, UID, other, [site.id], make.MONDAY),
            visits.undo(tx, UID, hers, [site.id], make.MONDAY),
        )

    assert db.write(unit) == (False, True)
