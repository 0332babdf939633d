"""My data in the chat: neutral words, a link that works once, and two taps to be forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from flows.mydata import token_hash
from flows.screen import Outside
from flows.texts import SHIPPED
from storage import erasures, messages, mydata
from storage.db import Database
from storage.members import AddressRow, MemberRow
from storage.messages import MessageRow
from storage.mydata import DataLink
from storage.sites import Site
from storage.sql import table
from tests.helpers import make
from tests.helpers.chat import Chat
from tests.helpers.make import Clock

_m, _a, _p, _l = (table(row) for row in (MessageRow, AddressRow, MemberRow, DataLink))
WORDS = {
    "sl": ("moji podatki", "izbriši me"),
    "sq": ("të dhënat e mia", "më fshi"),
    "en": ("my data", "delete me"),
    "bs": ("moji podaci", "izbriši me"),
    "hr": ("moji podaci", "izbrišite me"),
    "sr": ("moje podatke", "obriši me"),
    "sr-Cyrl": ("моји подаци", "избриши ме"),
    "ar": ("بياناتي", "احذفوني"),
}


def count(db: Database, of: Any) -> int:
    return int(db.read(lambda tx: tx.query(select(func.count().label("n")).select_from(of)))[0].n)


def her_id(chat: Chat) -> int:
    return int(
        chat.db.read(lambda tx: tx.query(select(_a.c.member_id).where(_a.c.external_id == chat.sender)))[
            0
        ].member_id
    )


@pytest.mark.parametrize("language", SHIPPED)
def test_the_words_work_on_every_page(chat: Chat, language: str) -> None:
    data, erase = WORDS[language]
    chat.starts(language)
    for way in ((), ("settings",), ("services",), ("privacy",)):
        chat.says("menu")
        if way:
            chat.taps(*way)
        assert chat.says(data).screen == "mydata"
        chat.sees("mydata-said")
        assert chat.says(erase).screen == "mydata.erase"


def test_erasing_is_never_guessed(chat: Chat) -> None:
    chat.starts("en")
    for near in ("delete mi", "delet me", "delete me and my sister", "erase", "izbrisi men"):
        assert chat.says(near).screen != "mydata.erase", near
    assert chat.says("Delete me!").screen == "mydata.erase"


def test_a_summary_names_no_service(chat: Chat) -> None:
    chat.starts("en").says("my data")
    assert "Messages: " in chat.last.text
    assert "You said yes to this chat." in chat.last.text
    assert len(chat.last.text) < 500


def test_without_an_address_of_ours_the_desk_is_the_only_way(db: Database, clock: Clock, site: Site) -> None:
    chat = Chat(db, clock, make.texts(), site, outside=Outside(make.keyed, None))
    chat.starts("en").says("my data").taps("file")
    chat.sees("mydata-desk")
    assert [choice[0] for choice in chat.last.choices if not choice[2]] == ["ok"]


def test_the_link_stands_in_a_line_of_its_own_and_works_once(chat: Chat, clock: Clock) -> None:
    chat.starts("en").says("my data").taps("file", "link")
    line = next(seen for seen in chat.inbox if seen.kind == "data_link")
    token = line.text.rpartition("/")[2]
    assert line.text == f"https://chat.example.org/mine/{token}"
    assert len(token) == 64
    member = her_id(chat)
    looked = chat.db.read(lambda tx: mydata.look(tx, token_hash(token), clock.at))
    assert looked == (member, "en")
    assert (
        chat.db.read(lambda tx: mydata.look(tx, token_hash(token), clock.at)) == looked
    )  # looking uses up nothing
    assert chat.db.write(lambda tx: mydata.use(tx, token_hash(token), clock.at)) == member
    assert chat.db.write(lambda tx: mydata.use(tx, token_hash(token), clock.at)) is None
    assert chat.db.read(lambda tx: mydata.look(tx, token_hash(token), clock.at)) is None
    kept = chat.db.read(lambda tx: tx.query(select(_l.c.token_hash)))[0].token_hash
    assert token not in kept


def test_the_file_opens_no_door(chat: Chat) -> None:
    # Staff hand it out: with the code in it they could make her chat one with another.
    chat.starts("en").says("my data").taps("file", "link")
    chat.says("menu").taps("settings", "link", "show")
    doors = [seen.text for seen in chat.inbox if seen.kind in mydata.SECRET]
    assert len(doors) == 2
    member = her_id(chat)
    found = chat.db.read(lambda tx: mydata.everything(tx, member))
    assert [row["kind"] for row in found["messages"] if row["kind"] in mydata.SECRET] == [
        "data_link",
        "link_code",
    ]
    assert all(door not in str(found) for door in doors)


@pytest.mark.parametrize("word", ["hide", "clean"])
def test_a_word_for_a_phone_that_others_read_ends_link_and_code(chat: Chat, clock: Clock, word: str) -> None:
    chat.starts("en").says("menu").taps("settings", "link", "show")
    code = chat.inbox[-2].text.replace(" ", "")
    chat.says("my data").taps("file", "link")
    token = chat.inbox[-2].text.rpartition("/")[2]
    chat.says(word)
    assert chat.db.write(lambda tx: mydata.use(tx, token_hash(token), clock.at)) is None
    other = Chat(chat.db, clock, make.texts(), chat.site, sender="200").starts("en")
    other.says("menu").taps("settings", "link", "have")
    other.says(code).sees("link-wrong")


def test_a_link_ends_after_an_hour_and_with_the_next_one(chat: Chat, clock: Clock) -> None:
    chat.starts("en").says("my data").taps("file", "link")
    first = chat.inbox[-2].text.rpartition("/")[2]
    chat.says("my data").taps("file", "link")
    second = chat.inbox[-2].text.rpartition("/")[2]
    assert first != second
    assert chat.db.read(lambda tx: mydata.look(tx, token_hash(first), clock.at)) is None
    just = clock.at + timedelta(minutes=59, seconds=59)
    assert chat.db.read(lambda tx: mydata.look(tx, token_hash(second), just)) is not None
    over = clock.at + timedelta(hours=1)
    assert chat.db.write(lambda tx: mydata.use(tx, token_hash(second), over)) is None


def test_two_taps_and_nothing_is_left(chat: Chat, clock: Clock) -> None:
    chat.starts("sq").says("më fshi")
    chat.taps("delete")
    assert chat.screen == "mydata.sure"
    chat.taps("yes")
    chat.sees("mydata-erased")
    assert chat.last.choices == []
    chat.db.write(lambda tx: erasures.tidy(tx, clock.at))
    for of in (_m, _a, _p):
        assert count(chat.db, of) == 0


def test_no_keeps_everything(chat: Chat) -> None:
    chat.starts("en").says("delete me").taps("keep").sees("mydata-kept")
    chat.says("delete me").taps("delete", "no").sees("mydata-kept")
    assert chat.says("my data").screen == "mydata"


def test_a_doubled_last_tap_makes_no_stranger_of_her(chat: Chat, clock: Clock) -> None:
    chat.starts("en").says("delete me").taps("delete")
    sure = chat.last
    chat.taps("yes", on=sure)
    told = len(chat.inbox)
    chat.taps("yes", on=sure)
    assert len(chat.inbox) == told
    chat.db.write(lambda tx: erasures.tidy(tx, clock.at))
    assert count(chat.db, _a) == 0


def test_who_writes_again_is_a_stranger(chat: Chat) -> None:
    chat.starts("en").says("delete me").taps("delete", "yes")
    chat.says("hello")
    assert chat.screen == "welcome"
    chat.taps("en")
    chat.sees("privacy-short")


def test_an_unsent_last_line_goes_with_its_hour(chat: Chat, clock: Clock) -> None:
    chat.starts("en").says("delete me").taps("delete")
    chat.offline = True
    chat.taps("yes")
    assert chat.db.write(lambda tx: erasures.tidy(tx, clock.at)) == 0
    assert chat.db.read(erasures.count_shells) == 1
    clock.forward(hours=1)
    chat.db.write(lambda tx: messages.expire(tx, clock.at))
    assert chat.db.write(lambda tx: erasures.tidy(tx, clock.at)) == 1
    assert count(chat.db, _a) == count(chat.db, _m) == 0
