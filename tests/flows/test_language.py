"""Which languages a member is offered: those somebody opened, and her own."""

from __future__ import annotations

import pytest

from flows.screen import Kind
from flows.texts import Texts
from storage.db import Database
from storage.sites import Site
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
    assert offered(chat) == {"sl"}
    assert chat.last.language == "sl"
    assert chat.taps("sl", "ok").screen == "menu"


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
    assert (chat.screen, offered(chat), chat.last.language) == ("welcome", {"sl"}, "sl")


@pytest.mark.parametrize(
    ("word", "language"), [("زوجي يضربني", "ar"), ("my husband hits me", "en"), ("burri më rreh", "sq")]
)
def test_safety_speaks_every_language_whatever_is_open(
    db: Database, clock: make.Clock, site: Site, texts: Texts, word: str, language: str
) -> None:
    chat = person(db, clock, site, texts).starts("sl").says(word)
    assert (chat.screen, chat.last.language) == ("safety", language)
    assert "112" in chat.last.text
