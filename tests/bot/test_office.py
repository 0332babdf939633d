"""The office in a running process: closed until it is opened, several sites a tick, changed here and elsewhere."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.inbound import Inbound, NotOpen
from bot.office import Offices, adopt
from bot.settings import Settings
from bot.ticks import Ticks, Times
from flows.due import Lateness
from flows.screen import Heard, Incoming, Kind
from storage import office, sites
from storage.db import Database
from storage.duty import AlertRow
from storage.members import MemberRow
from storage.office import NoSite, Office
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.chat import Chat
from tests.helpers.pages import visiting

_a, _p = table(AlertRow), table(MemberRow)


def members(db: Database) -> int:
    return int(db.read(lambda tx: tx.query(select(func.count().label("n")).select_from(_p)))[0].n)


def second(db: Database, site: Site) -> Site:
    made = db.write(lambda tx: sites.add(tx, replace(site, slug="postojna", place="Postojna")))
    assert made is not None
    return made


async def test_a_closed_office_keeps_nobody_and_opens_without_a_restart(
    db: Database, clock: make.Clock, site: Site
) -> None:
    db.write(lambda tx: office.add(tx, opened_at=None))
    async with visiting(db, clock, site) as visitor:
        assert await visitor.parts.offices.once()
        await visitor.get("/", **{"Accept-Language": "en"})
        assert visitor.status == 503
        assert "does not work yet" in visitor.words
        assert "112" in visitor.words
        assert members(db) == 0
        assert db.write(lambda tx: office.open_up(tx, clock.at))
        assert not db.write(lambda tx: office.open_up(tx, clock.at))
        assert await visitor.parts.offices.once()
        await visitor.get("/", **{"Accept-Language": "en"})
        assert visitor.status == 200
        assert members(db) == 1


async def test_what_comes_to_a_closed_office_is_left_with_the_platform(
    db: Database, clock: make.Clock, site: Site
) -> None:
    db.write(lambda tx: office.add(tx, opened_at=None))
    offices = Offices(db)
    inbound = Inbound(db, make.texts(), lambda: offices.now, clock)
    said = Incoming("telegram:1", "1", "100", Heard(Kind.TEXT, text="hello"))
    with pytest.raises(NotOpen):
        await inbound.take(said)
    assert members(db) == 0
    db.write(lambda tx: office.open_up(tx, clock.at))
    await offices.once()
    await inbound.take(said)
    assert members(db) == 1


async def test_a_poster_leads_to_the_web_chat_of_its_site(
    db: Database, clock: make.Clock, site: Site
) -> None:
    there = second(db, site)
    async with visiting(db, clock, site) as visitor:
        await visitor.parts.offices.load()
        await visitor.get("/?at=postojna", **{"Accept-Language": "en"})
        assert visitor.status == 200
        assert [row.site_id for row in db.read(lambda tx: tx.query(select(_p.c.site_id)))] == [there.id]


async def test_a_tick_looks_at_every_site(db: Database, clock: make.Clock, site: Site) -> None:
    there = second(db, site)
    known = db.read(office.load)
    for number, payload in enumerate(("at_celje", "at_postojna")):
        chat = Chat(db, clock, make.texts(), site, sender=str(number))
        chat.office = known
        chat.sends(Kind.START, payload).taps("en", "ok").says("he beats me")
    times = Times(clock.at, known, make.texts(), Lateness(), frozenset())
    await Ticks(db, lambda: times).once("alerts")
    found = db.read(lambda tx: tx.query(select(_a.c.site_id).order_by(_a.c.site_id)))
    assert [row.site_id for row in found] == [site.id, there.id]


async def test_a_change_elsewhere_is_seen_once(db: Database, site: Site) -> None:
    db.write(lambda tx: office.add(tx, opened_at=make.MONDAY))
    offices = Offices(db)
    assert not await offices.once()

    def elsewhere(tx: Tx) -> None:
        sites.change(tx, replace(site, name="Other", hours=((0, 60, 120),)))
        office.changed(tx)

    db.write(elsewhere)
    assert await offices.once()
    assert offices.now.main == replace(site, name="Other", hours=((0, 60, 120),))
    assert not await offices.once()


async def test_what_was_read_earlier_never_takes_the_place_of_what_is_newer(db: Database, site: Site) -> None:
    assert site.id
    db.write(lambda tx: office.add(tx, opened_at=make.MONDAY))
    offices = Offices(db)
    offices.now = replace(offices.now, version=99, controller="newer")
    await offices.load()
    assert offices.now.controller == "newer"


def test_what_was_in_the_environment_is_taken_over_once(db: Database, site: Site) -> None:
    db.write(lambda tx: adopt(tx, Settings(retention_chat_days=14, promised_answer_minutes=45), make.MONDAY))
    db.write(lambda tx: adopt(tx, Settings(retention_chat_days=300, promised_answer_minutes=5), make.MONDAY))
    known = db.read(office.load)
    assert (known.keep.chat, known.main.promised_answer.total_seconds()) == (14, 45 * 60)
    assert known.is_open
    assert known.main.slug == site.slug


def test_two_who_save_at_once(db: Database, site: Site) -> None:
    assert site.id
    db.write(lambda tx: office.add(tx, opened_at=None))
    first = db.read(office.load)
    assert db.write(lambda tx: office.save(tx, replace(first, controller="One"), first.version))
    assert not db.write(lambda tx: office.save(tx, replace(first, controller="Two"), first.version))
    assert db.read(office.load).controller == "One"


def test_nothing_to_run_for(db: Database) -> None:
    with pytest.raises(NoSite):
        db.read(office.load)


def test_an_unknown_site_is_the_main_one(site: Site) -> None:
    assert Office((site,)).site(None) is site
    assert Office((site,)).site(99) is site
