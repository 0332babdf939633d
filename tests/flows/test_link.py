"""One person with two chats: a code, her yes, the stricter rule; and nothing for whoever guesses."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage import bookings, conversations, joins, links, members, traces
from storage.db import Database
from storage.links import LETTERS, LinkTry
from storage.members import AddressRow, MemberRow
from storage.messages import MessageRow
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.chat import Chat
from tests.helpers.life import Life
from tests.helpers.make import Clock

_a, _p, _m, _t = (table(row) for row in (AddressRow, MemberRow, MessageRow, LinkTry))


def person(db: Database, clock: Clock, site: Site, account: str, sender: str, language: str = "en") -> Chat:
    chat = Chat(
        db, clock, make.texts(), site, account=account, sender=sender, can_write_first=account != "web"
    )
    return chat.starts(language)


@pytest.fixture
def phone(db: Database, clock: Clock, site: Site) -> Chat:
    return person(db, clock, site, "telegram:1", "100")


@pytest.fixture
def page(db: Database, clock: Clock, site: Site) -> Chat:
    return person(db, clock, site, "web", "her-page", "sl")


def shows(chat: Chat) -> str:
    """The code this chat shows now."""
    chat.says("menu").taps("settings", "link", "show")
    return next(seen.text for seen in reversed(chat.inbox) if seen.kind == "link_code")


def types(chat: Chat, code: str) -> Chat:
    chat.says("menu").taps("settings", "link", "have")
    return chat.says(code)


def her_id(chat: Chat) -> int:
    rows = chat.db.read(
        lambda tx: tx.query(
            select(_a.c.member_id).where(_a.c.account == chat.account, _a.c.external_id == chat.sender)
        )
    )
    return int(rows[0].member_id)


def field(chat: Chat, **values: Any) -> None:
    def unit(tx: Tx) -> None:
        for name, value in values.items():
            members.set_field(tx, her_id_in(tx, chat), name, value)

    chat.db.write(unit)


def her_id_in(tx: Tx, chat: Chat) -> int:
    return int(tx.query(select(_a.c.member_id).where(_a.c.external_id == chat.sender))[0].member_id)


@pytest.mark.parametrize("way", ["phone to page", "page to phone"])
def test_a_code_joins_two_chats_after_her_yes(phone: Chat, page: Chat, way: str) -> None:
    shown, typed = (phone, page) if way == "phone to page" else (page, phone)
    stays, goes = her_id(shown), her_id(typed)
    code = shows(shown)
    assert len(code.replace(" ", "")) == 8
    assert set(code) <= set(LETTERS + " ")
    types(typed, code.lower())
    assert typed.screen == "link.join"
    assert her_id(typed) == goes  # nothing happened yet
    typed.taps("yes")
    assert typed.screen == "link.done"
    assert her_id(shown) == her_id(typed) == stays
    ids = [row.id for row in phone.db.read(lambda tx: tx.query(select(_p.c.id)))]
    assert ids == [stays]
    typed.says("my data")
    assert typed.last.language == shown.last.language


def test_the_chat_that_showed_the_code_is_told(phone: Chat, page: Chat) -> None:
    # Somebody had her phone for a minute and typed the code into a chat of his.
    types(page, shows(phone)).taps("yes")
    said = phone.db.read(
        lambda tx: tx.query(
            select(_m.c.text).where(_m.c.account == phone.account, _m.c.outgoing).order_by(_m.c.id.desc())
        )
    )[0].text
    assert said == make.texts().text("en", "link-done")


def test_no_changes_nothing(phone: Chat, page: Chat) -> None:
    before = (her_id(phone), her_id(page))
    types(page, shows(phone)).taps("no").sees("link-apart")
    assert (her_id(phone), her_id(page)) == before


def test_meetings_and_words_of_the_other_go_along(db: Database, clock: Clock) -> None:
    life = Life(db, clock)
    one, two = life.woman("1"), life.woman("2", "web")
    booking = life.books(two, clock.at + timedelta(days=2))
    joined = join(db, clock, one, two)
    assert joined == one
    assert [b.id for b in db.read(lambda tx: bookings.upcoming(tx, one, clock.at))] == [booking.id]
    assert db.read(lambda tx: members.find(tx, two)) is None


def join(db: Database, clock: Clock, stays: int, goes: int) -> int | None:
    """The member of the first shows a code, that of the second types it and says yes."""

    def address(tx: Tx, member: int) -> int:
        return int(tx.query(select(_a.c.id).where(_a.c.member_id == member))[0].id)

    def unit(tx: Tx) -> int | None:
        links.show(tx, "h" * 64, stays, address(tx, stays), clock.at)
        here = address(tx, goes)
        assert links.hear(tx, "h" * 64, goes, here, clock.at) is links.Heard.RIGHT
        return joins.join(tx, "h" * 64, goes, here, clock.at)

    return db.write(unit)


@pytest.mark.parametrize(
    ("one", "two", "both"),
    [
        ({}, {"do_not_write": True}, {"do_not_write": True}),
        ({"do_not_write": True}, {}, {"do_not_write": True}),
        ({}, {"stopped_at": make.MONDAY}, {"stopped_at": make.MONDAY, "keeps_reminders": False}),
        (
            {"stopped_at": make.MONDAY, "keeps_reminders": True},
            {},
            {"stopped_at": make.MONDAY, "keeps_reminders": True},
        ),
        (
            {"stopped_at": make.MONDAY, "keeps_reminders": True},
            {"stopped_at": make.MONDAY, "keeps_reminders": False},
            {"stopped_at": make.MONDAY, "keeps_reminders": False},
        ),
        ({"write_when": "any"}, {"write_when": "never"}, {"write_when": "never"}),
        ({"write_when": "morning"}, {"write_when": "afternoon"}, {"write_when": "morning"}),
        ({"write_when": None}, {"write_when": "morning"}, {"write_when": "morning"}),
        ({"shared_phone": "only_me"}, {"shared_phone": "often"}, {"shared_phone": "often"}),
        ({"shared_phone": "sometimes"}, {}, {"shared_phone": "sometimes"}),
        ({"age_band": "adult"}, {"age_band": "15to17"}, {"age_band": "15to17"}),
        ({"danger_at": make.MONDAY}, {}, {"danger_at": make.MONDAY}),
    ],
)
def test_the_stricter_of_the_two_holds(
    db: Database, clock: Clock, one: dict[str, Any], two: dict[str, Any], both: dict[str, Any]
) -> None:
    life = Life(db, clock)
    stays, goes = life.woman("1", **one), life.woman("2", "web", **two)
    assert join(db, clock, stays, goes) == stays
    member = db.read(lambda tx: members.find(tx, stays))
    assert {name: getattr(member, name) for name in both} == both


def test_what_waits_is_not_sent_to_a_phone_that_must_not_be_written_to(db: Database, clock: Clock) -> None:
    from storage import messages

    life = Life(db, clock)
    stays, goes = life.woman("1"), life.woman("2", "web", do_not_write=True)

    def queue(tx: Tx) -> None:
        conversation, _ = conversations.load(tx, "telegram:1", "1", clock.at, life.site.id)
        messages.add(
            tx, conversation.id, "telegram:1", "reminder_day", "x", now=clock.at, lane=messages.NOTICE
        )

    db.write(queue)
    join(db, clock, stays, goes)
    assert life.queued() == 0


def test_five_wrong_codes_and_then_an_hour_of_waiting(phone: Chat, page: Chat, clock: Clock) -> None:
    code = shows(phone)
    types(page, "CCCC CCCC").sees("link-wrong")
    for wrong in ("DDDDDDDD", "vrtec in šola", "12345678", "CDFGHJKL"):
        page.says(wrong)
        page.sees("link-wrong")
    page.says(code)
    page.sees("link-wait")
    clock.forward(minutes=59)
    types(page, shows(phone)).sees("link-wait")
    clock.forward(minutes=1)
    types(page, shows(phone))
    assert page.screen == "link.join"


def test_wrong_used_old_and_ones_own_are_told_the_same(
    db: Database, phone: Chat, page: Chat, clock: Clock, site: Site
) -> None:
    mine = shows(page)
    types(page, mine).sees("link-wrong")
    old = shows(phone)
    clock.forward(minutes=10)
    types(page, old).sees("link-wrong")
    used = shows(phone)
    third = person(db, clock, site, "telegram:1", "300")
    types(third, used).taps("yes")
    types(page, used).sees("link-wrong")
    answers = {seen.text.partition("\n\n")[0] for seen in page.inbox if seen.screen == "link.enter"}
    assert len(answers - {make.texts().text("sl", "link-enter")}) == 1


def test_a_code_typed_in_one_chat_is_of_no_use_in_another(
    db: Database, phone: Chat, page: Chat, clock: Clock, site: Site
) -> None:
    code = shows(phone)
    types(page, code)
    assert page.screen == "link.join"
    third = person(db, clock, site, "telegram:1", "300")
    types(third, code).sees("link-wrong")  # whoever read it over her shoulder, or in the console
    page.taps("yes")
    assert page.screen == "link.done"


def test_a_yes_that_comes_too_late_joins_nothing(phone: Chat, page: Chat, clock: Clock) -> None:
    types(page, shows(phone))
    clock.forward(minutes=10)
    page.taps("yes").sees("link-wrong")
    assert her_id(phone) != her_id(page)


def test_a_doubled_yes_joins_once(phone: Chat, page: Chat) -> None:
    types(page, shows(phone))
    ask = page.last
    page.taps("yes", on=ask).taps("yes", on=ask)
    assert her_id(phone) == her_id(page)


def test_of_two_who_say_yes_at_once_one_wins(db: Database, clock: Clock) -> None:
    life = Life(db, clock)
    stays, one, two = (life.woman(name) for name in "123")

    def address(tx: Tx, member: int) -> int:
        return int(tx.query(select(_a.c.id).where(_a.c.member_id == member))[0].id)

    def begin(tx: Tx) -> tuple[int, int]:
        links.show(tx, "h" * 64, stays, address(tx, stays), clock.at)
        return address(tx, one), address(tx, two)

    first, second = db.write(begin)
    heard = [
        db.submit(lambda tx, m=m, a=a: links.hear(tx, "h" * 64, m, a, clock.at))  # type: ignore[misc]  # mypy cannot type a default
        for m, a in ((one, first), (two, second))
    ]
    assert sorted(future.result() for future in heard) == ["right", "wrong"]
    tries = [
        db.submit(lambda tx, m=m, a=a: joins.join(tx, "h" * 64, m, a, clock.at))  # type: ignore[misc]  # as above
        for m, a in ((one, first), (two, second), (one, first))
    ]
    results = [future.result() for future in tries]
    assert sorted(str(result) for result in results) == sorted([str(stays), "None", "None"])


def test_the_code_itself_is_not_kept_and_staff_do_not_read_it(phone: Chat, db: Database) -> None:
    code = shows(phone).replace(" ", "")
    rows = db.read(lambda tx: tx.query(select(table(links.LinkCode))))
    assert all(code not in str(value) for row in rows for value in row)
    kinds = {seen.kind for seen in phone.inbox if code[:4] in seen.text}
    assert kinds == {"link_code"}


def test_every_table_that_names_a_member_is_handed_over() -> None:
    """A new table with a member in it is moved by itself; those that are not are named."""
    named = {column.table.name for column in traces.columns_to_members()}
    assert set(joins.APART) <= named
    assert {"addresses", "bookings", "consents", "conversations", "notes", "notices", "tasks"} <= named
