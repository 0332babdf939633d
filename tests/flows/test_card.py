"""The link of a printed card: it asks whose phone this is and waits for staff. Nothing is joined by itself or by a guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from flows import card, joined
from flows.mydata import token_hash
from flows.screen import Kind
from storage import bookings, cards, checks, members, records, tasks
from storage.cards import Asking
from storage.db import Database
from storage.members import AddressRow, MemberRow
from storage.messages import MessageRow
from storage.sql import table
from tests.helpers import make
from tests.helpers.chat import Chat
from tests.helpers.duties import Duties
from tests.helpers.life import Life

TOKEN = "T" * 43
_a, _m, _p = table(AddressRow), table(MessageRow), table(MemberRow)


@dataclass
class Desk:
    """A record with an appointment and a card, and a phone."""

    life: Life
    phone: Chat
    staff: int
    member: int
    booking: int

    def offers(self, token: str = TOKEN) -> None:
        now = self.life.clock.at
        self.life.db.write(lambda tx: cards.offer(tx, token_hash(token), self.member, self.staff, now))

    def scans(self, token: str = TOKEN, phone: Chat | None = None) -> Chat:
        return (phone or self.phone).sends(Kind.START, f"{card.START}{token}")

    def asking(self) -> Asking | None:
        now = self.life.clock.at
        return self.life.db.read(lambda tx: cards.asking(tx, self.member, now))

    def confirms(self, number: str | None = None) -> bool | None:
        asking, now = self.asking(), self.life.clock.at
        assert asking is not None
        said = asking.number if number is None else number
        done = self.life.db.write(
            lambda tx: joined.confirm(tx, asking, said, now=now, site=self.life.site, texts=make.texts())
        )
        self.phone.receives()
        return done

    def owners(self) -> set[int]:
        """Whose addresses there are."""
        return {row.member_id for row in self.life.db.read(lambda tx: tx.query(select(_a.c.member_id)))}


@pytest.fixture
def desk(db: Database, clock: make.Clock) -> Desk:
    life = Life(db, clock)
    staff = Duties(db, clock, life.site).person()
    now = clock.at
    member = db.write(lambda tx: records.open_new(tx, life.site.id, "Mira", "mira", "en", staff, now))
    booking = life.books(member, now + timedelta(days=2))
    made = Desk(life, Chat(db, clock, make.texts(), life.site), staff, member, booking.id)
    made.offers()
    return made


def test_a_new_phone_joins_after_staff_confirm(desk: Desk) -> None:
    phone = desk.scans().taps("en", "ok")
    assert phone.screen == "card.own"
    phone.taps("yes", times=2).sees("card-wait")
    asking = desk.asking()
    assert asking is not None
    assert asking.number in phone.last.text
    assert desk.owners() != {desk.member}  # nothing yet
    phone.taps("look").sees("card-wait")
    assert desk.confirms() is True
    assert desk.owners() == {desk.member}
    phone.sees("card-joined").taps("list")
    assert phone.last.choices[0][0] == str(desk.booking)
    assert len(desk.life.db.read(lambda tx: tx.query(select(_p.c.id)))) == 1
    # The token stands nowhere.
    said = desk.life.db.read(lambda tx: tx.query(select(_m.c.text, _m.c.stack)))
    assert [row for row in said if TOKEN in repr(row)] == []


def test_a_phone_that_is_not_hers_joins_nothing(desk: Desk) -> None:
    phone = desk.scans().taps("en", "ok", "no").sees("card-not-own")
    assert phone.screen == "menu"
    assert desk.asking() is None
    assert desk.scans().screen == "card.own"  # the card still works on her own phone


@pytest.mark.parametrize("why", ["wrong", "used", "old", "replaced", "short", "refused"])
def test_a_link_that_does_not_hold_gives_the_public_welcome(desk: Desk, why: str) -> None:
    db, clock = desk.life.db, desk.life.clock
    plain = Chat(db, clock, make.texts(), desk.life.site, sender="900")
    plain.sends(Kind.START).taps("en", "ok").sends(Kind.START)
    token = {"wrong": "W" * 43, "short": "T"}.get(why, TOKEN)
    if why in ("used", "refused"):
        desk.scans().taps("en", "ok", "yes")
    if why == "used":
        assert desk.confirms()
    elif why == "refused":
        asking = desk.asking()
        assert asking is not None
        db.write(lambda tx: joined.refuse(tx, asking, now=clock.at, site=desk.life.site, texts=make.texts()))
        desk.phone.receives()
        desk.phone.sees("card-over")
    elif why == "old":
        clock.forward(days=14)
    elif why == "replaced":
        desk.offers("N" * 43)
    stranger = Chat(db, clock, make.texts(), desk.life.site, sender="901")
    stranger.sends(Kind.START, f"card_{token}")
    assert stranger.screen == "welcome"
    stranger.taps("en", "ok")
    assert (stranger.screen, stranger.last.text) == ("menu", plain.last.text)
    assert stranger.sends(Kind.START, f"card_{token}").last.text == plain.last.text


def test_wrong_numbers_end_the_link(desk: Desk) -> None:
    desk.scans().taps("en", "ok", "yes")
    assert [desk.confirms("00"), desk.confirms("00"), desk.confirms("00")] == [False, False, None]
    assert desk.asking() is None
    desk.phone.taps("look").sees("card-over")
    assert desk.owners() != {desk.member}


def test_who_waits_too_long_is_not_asked_about_any_more(desk: Desk) -> None:
    desk.scans().taps("en", "ok", "yes")
    desk.life.clock.forward(minutes=31)
    assert desk.asking() is None
    desk.phone.taps("look").sees("card-over")


def test_the_first_of_two_phones_waits_and_the_other_gets_the_menu(desk: Desk) -> None:
    other = Chat(desk.life.db, desk.life.clock, make.texts(), desk.life.site, sender="901")
    desk.scans().taps("en", "ok")
    desk.scans(phone=other).taps("en", "ok")
    assert desk.phone.taps("yes").screen == "card.wait"
    assert other.taps("yes").screen == "menu"


def test_the_stricter_word_of_the_two_holds_and_the_check_guards_the_phone(desk: Desk) -> None:
    db, now = desk.life.db, desk.life.clock.at
    db.write(lambda tx: checks.set_(tx, desk.member, "407318", "salt", desk.staff, now, make.keyed))
    phone = desk.phone.starts("en").says("stop")
    desk.scans().taps("yes")
    assert desk.confirms()
    joined = db.read(lambda tx: members.find(tx, desk.member))
    assert joined is not None
    assert joined.stopped_at is not None
    assert phone.taps("list").screen == "check"
    assert db.read(lambda tx: bookings.find(tx, desk.booking, desk.member)) is not None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_two_records_of_one_woman_become_one(desk: Desk) -> None:
    """The phone has a record, an agreement and a check of its own: hers stay, the stricter wording holds."""
    db, now = desk.life.db, desk.life.clock.at
    phone = desk.phone.starts("en")
    (other,) = desk.owners()
    for member, wording in ((desk.member, "time"), (other, "discreet")):
        terms = records.Agreement(None, wording, None, desk.staff, now)
        db.write(lambda tx, one=member, terms=terms: records.agree(tx, one, terms))  # type: ignore[misc]  # bound now
    db.write(lambda tx: records.open_for(tx, other, desk.life.site.id, "M", "m", desk.staff, now))
    db.write(lambda tx: checks.set_(tx, other, "407318", "salt", desk.staff, now, make.keyed))
    desk.scans(phone=phone).taps("yes")
    assert desk.confirms()
    found = db.read(lambda tx: (records.find(tx, desk.member), records.agreement(tx, desk.member)))
    assert found[0] is not None
    assert (found[0].first_name, found[1].wording) == ("Mira", "discreet")
    asked = db.read(lambda tx: checks.find(tx, desk.member))
    assert asked is not None
    told = "".join("407318"[at - 1] for at in asked.asking)
    phone.taps("list").says(told)
    assert phone.screen == "appointments.list"  # the check came with her
    assert db.read(lambda tx: tasks.lines(tx, 0, [desk.life.site.id])) == []
