"""An office with two sites: asked once which is hers, by a tap or by a link on a poster; what waits, waits there."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from flows.screen import Kind
from storage import conversations, handovers, office, sites
from storage.conversations import ConversationRow
from storage.db import Database
from storage.members import MemberRow
from storage.office import Office
from storage.sites import Site
from storage.sql import table
from tests.helpers import console, make
from tests.helpers.chat import Chat
from tests.helpers.make import Clock

_c, _p = table(ConversationRow), table(MemberRow)


@pytest.fixture
def two(db: Database, site: Site) -> Office:
    told = replace(site, slug="postojna", place="Postojna", name="STARTING POINT", address="Trg 1, Postojna")
    db.write(lambda tx: sites.add(tx, told))
    return db.read(office.load)


@pytest.fixture
def chat(db: Database, clock: Clock, site: Site, two: Office) -> Chat:
    made = Chat(db, clock, make.texts(), site)
    made.office = two
    return made


def hers(chat: Chat) -> tuple[int | None, int | None]:
    """The site she chose and the site of her conversation."""
    rows = chat.db.read(lambda tx: tx.query(select(_p.c.site_id, _c.c.site_id.label("at")).join(_c)))
    return rows[0].site_id, rows[0].at


def test_one_site_asks_nothing(db: Database, clock: Clock, site: Site) -> None:
    alone = Chat(db, clock, make.texts(), site).starts("en")
    assert alone.screen == "menu"
    alone.taps("settings")
    assert not any(choice[0] == "place" for choice in alone.last.choices)


def test_she_is_asked_once_and_it_is_kept(chat: Chat, two: Office) -> None:
    celje, postojna = two.sites
    chat.sends(Kind.START)
    assert "Celje, Postojna" in chat.last.text  # the greeting names no site before she chose one
    chat.starts("en").sees("place-ask")
    assert chat.last.labels == ["Celje", "Postojna"]
    assert hers(chat) == (None, celje.id)
    chat.taps("Postojna").sees("place-done")
    assert chat.screen == "menu"
    assert "Trg 1, Postojna" in chat.last.text
    assert hers(chat) == (postojna.id, postojna.id)
    chat.sends(Kind.START)
    assert chat.screen == "menu"


def test_a_poster_has_chosen_for_her(chat: Chat, two: Office) -> None:
    chat.sends(Kind.START, "at_postojna").taps("en", "ok")
    assert chat.screen == "menu"
    assert hers(chat) == (two.sites[1].id, two.sites[1].id)
    chat.sends(Kind.START, "at_celje")  # a picture of another poster changes nothing she chose
    assert hers(chat)[0] == two.sites[1].id


@pytest.mark.parametrize("payload", ["at_", "at_nowhere", "at_POSTOJNA", "at_postojna; --", "at_" + "p" * 60])
def test_a_wrong_link_asks(chat: Chat, payload: str) -> None:
    chat.sends(Kind.START, payload).taps("en", "ok").sees("place-ask")


def test_she_changes_it_in_her_settings(chat: Chat, two: Office) -> None:
    chat.starts("en").taps("Celje").taps("settings", "place", "Postojna")
    assert chat.screen == "contact.settings"
    assert hers(chat) == (two.sites[1].id, two.sites[1].id)


def test_her_words_before_are_answered_there(chat: Chat) -> None:
    chat.says("menu")
    chat.taps("en", "ok").sees("place-ask")
    chat.says("2")
    assert hers(chat)[0] is not None


def test_whoever_waits_waits_at_her_site_and_a_person_keeps_her(chat: Chat, two: Office, site: Site) -> None:
    chat.starts("en").taps("Celje").says("person")
    db, postojna = chat.db, two.sites[1].id
    assert hers(chat)[1] == site.id
    member_id, talk = db.read(lambda tx: tx.query(select(_c.c.member_id, _c.c.id)))[0]
    db.write(lambda tx: conversations.move(tx, member_id, postojna))
    assert hers(chat)[1] == postojna
    staff = db.write(lambda tx: console.person(tx, two.sites[1], "desk"))
    assert db.write(lambda tx: handovers.take(tx, talk, staff, chat.clock.at))
    db.write(lambda tx: conversations.move(tx, member_id, site.id))
    assert hers(chat)[1] == postojna


def test_more_sites_than_a_page(chat: Chat, two: Office) -> None:
    for number in range(5):
        told = replace(two.main, slug=f"more-{number}", place=f"Kraj {number}")
        chat.db.write(lambda tx, told=told: sites.add(tx, told))  # type: ignore[misc]  # mypy cannot type a default
    chat.office = chat.db.read(office.load)
    chat.starts("en")
    assert len(chat.last.labels) == 6
    chat.taps("more")
    assert chat.last.labels == ["Kraj 3", "Kraj 4", "➡️ More"]
    chat.taps("more").taps("Postojna")
    assert hers(chat)[0] == two.sites[1].id


def test_a_forged_site_changes_nothing(chat: Chat) -> None:
    chat.starts("en")
    before = hers(chat)
    chat.forges(chat.last.id, "999")
    assert hers(chat) == before


def test_a_poster_means_nothing_where_there_is_one_site(db: Database, clock: Clock, site: Site) -> None:
    alone = Chat(db, clock, make.texts(), site)
    alone.sends(Kind.START, "at_celje").taps("en", "ok")
    assert alone.screen == "menu"
    assert hers(alone) == (None, site.id)


def test_a_site_that_is_not_offered_is_named_by_nobody(chat: Chat, two: Office, site: Site) -> None:
    hidden, third = replace(two.sites[1], offered=False), replace(two.main, slug="kranj", place="Kranj")
    chat.db.write(lambda tx: (sites.change(tx, hidden), sites.add(tx, third)))
    chat.office = chat.db.read(office.load)
    chat.sends(Kind.START, "at_postojna").taps("en", "ok").sees("place-ask")
    assert chat.last.labels == ["Celje", "Kranj"]
    assert hers(chat) == (None, site.id)


def test_a_chat_a_person_has_stays_with_that_person(chat: Chat, two: Office, site: Site) -> None:
    chat.starts("en").taps("Celje").says("person")
    [talk] = chat.db.read(lambda tx: tx.query(select(_c.c.id)))
    staff = chat.db.write(lambda tx: console.person(tx, site, "desk"))
    assert chat.db.write(lambda tx: handovers.take(tx, talk.id, staff, chat.clock.at))
    chat.says("menu").taps("settings", on=next(one for one in chat.inbox if one.screen == "menu"))
    chat.taps("place", "Postojna")
    assert hers(chat) == (two.sites[1].id, site.id)
