"""Which languages a member is offered: those somebody opened, and her own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from flows.privacy import WORDING
from flows.screen import Kind
from flows.texts import Texts
from storage import services
from storage.db import Database
from storage.members import Consent
from storage.services import NewService
from storage.sites import Site
from storage.sql import Tx, table
from storage.wordings import Standing
from tests.helpers import make
from tests.helpers.chat import Chat

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def opened(texts: Texts, *languages: str) -> None:
    texts.use(Standing(texts.version + 1, {}, frozenset(languages)))


@pytest.fixture
def texts() -> Texts:
    made = Texts(make.ZONE)
    opened(made)
    return made


def person(db: Database, clock: make.Clock, site: Site, texts: Texts, hint: str | None = None) -> Chat:
    return Chat(db, clock, texts, site, hint=hint)


def offered(chat: Chat) -> set[str]:
    return {choice[0] for choice in chat.last.choices if not choice[2]}


def test_a_new_house_speaks_slovenian(db: Database, clock: make.Clock, site: Site, texts: Texts) -> None:
    chat = person(db, clock, site, texts, hint="sq-AL").sends(Kind.START)
    chat.sees("welcome-alone", "privacy-short").sees_not("welcome-hello")
    assert offered(chat) == {"ok", "more", "no"}
    assert [choice[0] for choice in chat.last.choices if choice[2]] == ["nav.person", "nav.sos"]
    assert chat.last.language == "sl"
    assert chat.taps("ok").screen == "menu"
    assert len(chat.inbox) == 2


@pytest.mark.parametrize("can_write_first", [True, False])
def test_with_one_language_nobody_is_asked_and_the_first_words_are_kept(
    db: Database, clock: make.Clock, site: Site, texts: Texts, can_write_first: bool
) -> None:
    def unit(tx: Tx) -> None:
        day = clock().date()
        owner = services.add_organisation(tx, site.id, "o", "O", "provider", source="s", verified_on=day)
        words = {"sl": ("Tečaj slovenščine", "Brezplačen tečaj")}
        services.add(
            tx, NewService(site.id, owner, "t", "language", words, "s", day, day + timedelta(days=90))
        )

    db.write(unit)
    chat = Chat(db, clock, texts, site, can_write_first=can_write_first)
    chat.says("tečaj slovenščine").sees("welcome-alone", "privacy-short")
    chat.taps("more").sees("privacy-long" if can_write_first else "privacy-long-web").taps("nav.back")
    chat.sees("welcome-alone", "privacy-short").says("tečaj slovenščine").taps("no").sees("privacy-refused")
    given = db.read(lambda tx: tx.query(select(table(Consent))))
    assert [(one.given, one.language, one.wording) for one in given] == [(False, "sl", WORDING)]
    chat.taps("ok")
    assert "Tečaj slovenščine" in chat.last.text
    chat.says("menu")
    assert chat.last.language == "sl"
    chat.says("jezik")
    assert offered(chat) == {"sl"}


def test_a_greeting_of_before_another_language_was_opened_or_closed_still_answers(
    db: Database, clock: make.Clock, site: Site, texts: Texts
) -> None:
    chat = person(db, clock, site, texts).sends(Kind.START)
    opened(texts, "sq")
    assert chat.taps("ok").screen == "menu"
    assert chat.last.language == "sl"
    other = Chat(db, clock, texts, site, sender="200").sends(Kind.START)
    assert offered(other) == {"sl", "sq"}
    opened(texts)
    assert other.taps("sl").screen == "privacy"
    other.taps("nav.back").sees("privacy-short")
    assert other.taps("ok").screen == "menu"


def test_help_comes_before_the_only_language_is_known(
    db: Database, clock: make.Clock, site: Site, texts: Texts
) -> None:
    chat = person(db, clock, site, texts).says("burri më rreh")
    assert (chat.screen, chat.last.language) == ("safety", "sq")
    chat.taps("other").sees("welcome-alone", "privacy-short").says("da")
    assert (chat.screen, chat.last.language) == ("menu", "sl")


def test_an_opened_language_is_offered_and_known_by_the_phone(
    db: Database, clock: make.Clock, site: Site, texts: Texts
) -> None:
    opened(texts, "sq", "fa", "xx")
    chat = person(db, clock, site, texts, hint="sq-AL").sends(Kind.START)
    assert offered(chat) == {"sq", "sl"}  # no decision opens a language that has not every text
    assert chat.last.language == "sq"


def test_who_uses_a_closed_language_keeps_it_and_is_told_nothing(
    db: Database, clock: make.Clock, site: Site, texts: Texts
) -> None:
    opened(texts, "sq", "en")
    chat = person(db, clock, site, texts).starts("sq")
    before = len(chat.inbox)
    opened(texts, "en")
    assert len(chat.receives()) == 0
    assert len(chat.inbox) == before
    chat.says("menu")
    assert chat.last.language == "sq"
    chat.taps("nav.language")
    assert offered(chat) == {"sq", "sl", "en"}
    chat.taps("en")
    chat.taps("nav.language")
    assert offered(chat) == {"sl", "en"}


def test_an_old_button_of_a_closed_language_shows_what_is_open_now(
    db: Database, clock: make.Clock, site: Site, texts: Texts
) -> None:
    opened(texts, "sq")
    chat = person(db, clock, site, texts).sends(Kind.START)
    greeting = chat.last
    opened(texts)
    chat.taps("sq", on=greeting)
    assert (chat.screen, offered(chat), chat.last.language) == ("welcome", {"ok", "more", "no"}, "sl")


@pytest.mark.parametrize(
    ("word", "language"), [("زوجي يضربني", "ar"), ("my husband hits me", "en"), ("burri më rreh", "sq")]
)
def test_safety_speaks_every_language_whatever_is_open(
    db: Database, clock: make.Clock, site: Site, texts: Texts, word: str, language: str
) -> None:
    chat = person(db, clock, site, texts).starts("sl").says(word)
    assert (chat.screen, chat.last.language) == ("safety", language)
    assert "112" in chat.last.text
