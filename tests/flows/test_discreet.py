"""HIDE, CLEAN and WHEN: at every step, in every shipped language, whoever owns the conversation."""

import pytest

from flows.screen import Kind
from tests.helpers.chat import Chat
from tests.helpers.desk import Desk

NAMES = ("TOČKA", "SOCIO", "Gosposka")


@pytest.mark.parametrize("word", ["skrij", "fshihe", "hide", "/hide", "HIDE!"])
def test_hide_shows_a_harmless_page_and_nothing_behind_it(chat: Chat, word: str) -> None:
    chat.starts("sl").taps("book").says(word).sees("hide-weather-text")
    assert chat.screen == "hide"
    assert not [name for name in NAMES if name.casefold() in chat.last.text.casefold()]
    assert not [choice for choice in chat.last.choices if choice[2]], "no way on that names anything"
    chat.says("nazaj").sees("hide-weather-text")
    chat.says("kje je tečaj").sees("hide-bus-text")
    chat.taps("weather").sees("hide-weather-text")
    chat.says("meni").sees("menu")
    assert "goon" not in [choice[0] for choice in chat.last.choices]


@pytest.mark.parametrize("word", ["počisti", "pastro", "clean", "/clean"])
def test_clean_says_how_and_only_the_menu_is_below(chat: Chat, word: str) -> None:
    chat.starts("sl").taps("appointments").says(word).sees("clean-app", "clean-here")
    chat.says("nazaj").sees("menu")


def test_clean_on_a_page_names_the_button_of_the_page(chat: Chat) -> None:
    chat.account, chat.can_write_first = "web", False
    chat.starts("en").says("clean").sees("clean-page")
    assert "Forget this chat" in chat.last.text


@pytest.mark.parametrize("word", ["kdaj", "kur", "when", "/when"])
def test_when_asks_for_her_hours(chat: Chat, word: str) -> None:
    chat.starts("sl").taps("services").says(word).sees("contact-when").taps("morning").taps("ok")
    assert chat.screen == "services.topics"


@pytest.mark.parametrize("word", ["hide", "clean", "when", "who is this"])
@pytest.mark.parametrize("owner", ["new", "waiting", "person"])
def test_they_work_at_every_step(chat: Chat, word: str, owner: str) -> None:
    if owner == "new":
        chat.sends(Kind.START).taps("en")
    else:
        chat.starts("en").says("person")
    if owner == "person":
        assert Desk(chat).takes()
    page = {"hide": "hide", "clean": "clean", "when": "contact.when", "who is this": "who"}[word]
    chat.says(word)
    if owner == "new" and word == "who is this":
        chat.sees("engine-who")
    else:
        assert chat.screen == page


@pytest.mark.parametrize("word", ["hide", "clean"])
def test_nothing_leads_past_the_privacy_text(chat: Chat, word: str) -> None:
    chat.sends(Kind.START).taps("en").says(word).says("menu")
    assert chat.screen in ("privacy", "welcome")


def test_hide_works_in_a_flood(chat: Chat) -> None:
    chat.starts("en")
    for _ in range(40):
        chat.says("lalala")
    assert chat.says("hide").screen == "hide"
