"""`python -m bot setup`: an empty office, its first admin's link, and never beside the demo."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from bot import demo, invitations, setup
from bot.console.door import hashed
from bot.setup import Admin, Found
from flows.texts import Texts
from storage import conversations, office, people, sessions, sites, wordings
from storage.db import Database
from tests.helpers import make

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def begin(db: Database, token: str = "link") -> bool:
    wanted = setup.checked(Admin("Ana (test)", "Ana", "en"))
    return db.write(lambda tx: setup.begin(tx, wanted, make.ZONE, hashed(token), NOW, "uid-1"))


def test_an_empty_database_becomes_a_closed_office_with_one_admin(db: Database) -> None:
    assert db.read(setup.found) is Found.EMPTY
    assert begin(db)
    now = db.read(office.load)
    assert (now.is_set, now.is_open, now.controller) == (True, False, "")
    assert [(site.name, site.place, site.hours) for site in now.sites] == [("", "", ())]
    who = db.read(lambda tx: people.by_login(tx, "ana"))
    assert who is not None
    assert (who.roles, who.language) == ({now.main.id: frozenset({"admin"})}, "en")
    assert db.read(lambda tx: sessions.invited(tx, hashed("link"), NOW)) is not None


def test_only_slovenian_is_offered_until_an_admin_opens_another(db: Database) -> None:
    begin(db)
    texts = Texts(make.ZONE)
    texts.use(db.read(wordings.standing))
    assert texts.offered == ("sl",)


def test_a_lost_link_is_made_anew_until_somebody_chose_a_password(db: Database) -> None:
    begin(db)
    assert not begin(db)
    assert db.read(setup.found) is Found.BEGUN
    assert db.write(lambda tx: setup.again(tx, hashed("second"), NOW))
    assert db.read(lambda tx: sessions.invited(tx, hashed("link"), NOW)) is None
    assert db.read(lambda tx: sessions.invited(tx, hashed("second"), NOW)) is not None
    who = db.read(people.first_admin)
    assert who is not None
    db.write(lambda tx: people.set_password(tx, who, "hash"))
    assert db.read(setup.found) is Found.TAKEN
    assert not db.write(lambda tx: setup.again(tx, hashed("third"), NOW))
    db.write(lambda tx: office.open_up(tx, NOW))
    assert db.read(setup.found) is Found.OPEN


def test_demo_data_never_goes_into_an_office(db: Database) -> None:
    begin(db)
    assert not db.read(demo.is_empty)
    with pytest.raises(demo.DemoRefused, match="not empty"):
        db.write(lambda tx: demo.seed(tx, "celje", NOW, Random(0)))
    assert len(db.read(sites.every)) == 1


def test_the_row_alone_keeps_the_demo_out(db: Database) -> None:
    db.write(lambda tx: office.add(tx, opened_at=None))
    assert not db.read(demo.is_empty)


@pytest.mark.parametrize("what", [Found.DEMO, Found.MEMBERS, Found.SITE])
def test_an_office_never_begins_where_something_is(db: Database, what: Found) -> None:
    if what is Found.DEMO:
        db.write(lambda tx: demo.seed(tx, "celje", NOW, Random(0)))
    elif what is Found.MEMBERS:
        db.write(lambda tx: conversations.load(tx, "telegram:1", "100", NOW))
    else:
        db.write(make.site)
    assert db.read(setup.found) is what
    assert not begin(db)
    assert not db.read(office.exists) or what is Found.DEMO
    assert db.read(lambda tx: people.by_login(tx, "ana")) is None
    assert setup.REFUSED[what].endswith("again.") or "DATABASE_URL" in setup.REFUSED[what]


@pytest.mark.parametrize("wrong", [{"login": "A b"}, {"name": ""}, {"name": "Ana\u202e"}])
def test_a_wrong_first_admin_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(invitations.Refused):
        setup.checked(replace(Admin("Ana", "ana"), **wrong))


def test_every_refusal_says_what_to_do() -> None:
    assert set(setup.REFUSED) == {one for one in Found if one not in (Found.EMPTY, Found.BEGUN)}
    assert all(re.search(r"\.env|/console", one) for one in setup.REFUSED.values())
