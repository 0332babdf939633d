"""The engine: global words, back, stale and forged taps, floods, numbers instead of taps, repeats."""

import pytest

from flows.screen import Heard, Incoming, Kind
from storage import conversations
from storage.db import Database
from storage.sites import Site
from tests.helpers import make
from tests.helpers.chat import Chat
from tests.helpers.make import Clock


def conversation(chat: Chat) -> conversations.Conversation:
    return chat.db.write(lambda tx: conversations.load(tx, chat.account, chat.sender, chat.clock.at))[0]


def another(chat: Chat, sender: str = "200") -> Chat:
    return Chat(chat.db, chat.clock, chat.texts, chat.site, sender=sender)


def test_one_update_counts_once(chat: Chat) -> None:
    incoming = Incoming(chat.account, "77", chat.sender, Heard(Kind.START))
    assert chat.repeats(incoming)
    assert not chat.repeats(incoming)
    assert len(chat.receives()) == 1


def test_greeting_language_privacy_menu(chat: Chat) -> None:
    chat.sends(Kind.START).sees("welcome-hello-all")
    names = ["Slovenščina", "Shqip", "Bosanski", "Hrvatski", "Srpski", "Српски", "العربية", "English"]
    assert chat.last.labels == names
    chat.taps("Shqip").sees("privacy-short")
    assert chat.last.language == "sq"
    chat.taps("more").sees("privacy-long").taps("ok").sees("menu")


def test_language_code_preselects(db: Database, clock: Clock, site: Site) -> None:
    chat = Chat(db, clock, make.texts(), site, hint="sq-AL").sends(Kind.START)
    assert chat.last.labels[0] == "Shqip"
    chat.sees("welcome-hello")


@pytest.mark.parametrize(
    ("hint", "first", "key"),
    [
        ("sr", ["Srpski", "Српски"], "sr"),
        ("sr-Cyrl-RS", ["Српски", "Srpski"], "sr-Cyrl"),
        ("ar-EG", ["العربية"], "ar"),
        ("hr", ["Hrvatski"], "hr"),
    ],
)
def test_a_reader_of_serbian_finds_both_scripts_first(
    db: Database, clock: Clock, site: Site, hint: str, first: list[str], key: str
) -> None:
    chat = Chat(db, clock, make.texts(), site, hint=hint).sends(Kind.START)
    assert chat.last.labels[: len(first)] == first
    assert len(chat.last.labels) == 8
    assert chat.last.language == key
    chat.taps(key).sees("privacy-short")
    assert chat.last.language == key


@pytest.mark.parametrize(
    ("language", "word", "card"),
    [
        ("en", "помоћ", "sr-Cyrl"),
        ("en", "pomoć", "bs"),
        ("sr-Cyrl", "pomoć", "sr-Cyrl"),
        ("sr", "помоћ", "sr"),
        ("sl", "помош", "mk"),
        ("hr", "مساعدة", "ar"),
        ("sl", "туче ме", "sr-Cyrl"),
    ],
)
def test_the_safety_card_is_in_the_script_of_the_word(
    chat: Chat, language: str, word: str, card: str
) -> None:
    chat.starts(language).says(word).sees("safety-card")
    assert chat.last.language == card


def test_first_words_are_answered_after_the_privacy_text(chat: Chat) -> None:
    chat.says("tečaj slovenščine").sees("welcome-hello-all").taps("sl", "ok")
    assert chat.screen in ("menu", "services.cards", "services.found")


@pytest.mark.parametrize("word", ["SOS", "pomoč", "ndihmë", "помош", "مساعدة", "کمک", "🆘", "sos!!!"])
def test_sos_works_before_any_language(chat: Chat, word: str) -> None:
    chat.says(word)
    assert chat.screen == "safety"
    for number in ("112", "113", "080 11 55", "116 123"):
        assert number in chat.last.text.replace("\u2068", "").replace("\u2069", "")


def test_i_meant_something_else_returns_to_the_same_step(chat: Chat) -> None:
    chat.starts().taps("services")
    before = chat.last
    chat.says("sos")
    assert chat.screen == "safety"
    chat.taps("other")
    assert (chat.screen, chat.last.text) == (before.screen, before.text)


def test_card_speaks_the_language_of_the_word(chat: Chat) -> None:
    chat.starts("sl").says("ndihmë")
    assert chat.last.language == "sq"


def test_level_one_calls_a_person_and_shows_the_card(chat: Chat) -> None:
    chat.starts("sl").says("tepe me")
    assert chat.screen == "safety"
    found = conversation(chat)
    assert (found.owner, found.urgent, found.waiting_reason) == ("waiting", True, "danger")


def test_back_menu_language_person_words(chat: Chat) -> None:
    chat.starts("sl").taps("services").says("nazaj").sees("menu")
    chat.says("oseba")
    assert chat.screen == "person"
    assert conversation(chat).owner == "waiting"
    chat.says("gjuha").sees("language-ask").taps("Shqip")
    assert chat.last.language == "sq"
    chat.says("menu").sees("menu")


def test_a_typed_number_and_a_typed_label_are_taps(chat: Chat) -> None:
    chat.starts("sl").says("1")
    assert chat.screen == "services.topics"
    chat.says("nazaj")
    label = next(choice[1] for choice in chat.last.choices if choice[0] == "privacy")
    chat.says(label.upper()).sees("privacy-short")


def test_old_buttons_still_work(chat: Chat) -> None:
    chat.starts("sl")
    menu = chat.last
    chat.clock.forward(days=7)
    chat.says("oseba").taps("services", on=menu)
    assert chat.screen == "services.topics"


def test_forged_and_foreign_taps_change_nothing(chat: Chat) -> None:
    chat.starts("sl").taps("services")
    other = another(chat).starts("sq")
    stack = conversation(chat).stack
    for message_id, choice in (
        (None, "x"),
        (10**12, "services"),
        (other.last.id, "services"),
        (chat.last.id, "delete"),
    ):
        chat.forges(message_id, choice).sees("engine-tap-over")
    assert conversation(chat).stack == stack
    assert conversation(other).stack == [["menu", {}]]


@pytest.mark.parametrize("kind", [Kind.LOCATION, Kind.STICKER, Kind.CONTACT])
def test_wordless_things_are_answered_at_once(chat: Chat, kind: Kind) -> None:
    chat.starts("sl").taps("services").sends(kind).sees(f"heard-{kind.value}")
    assert chat.screen == "services.topics"


def test_two_misses_offer_a_person(chat: Chat) -> None:
    chat.starts("sl").says("xqzwv").sees("engine-unclear").says("wvzqx").sees("engine-unclear-person")
    assert "SOS" in chat.last.text


def test_an_edit_is_stored_and_runs_nothing(chat: Chat) -> None:
    chat.starts("sl")
    seen = len(chat.inbox)
    chat.sends(Kind.EDIT, "sos")
    assert len(chat.inbox) == seen


def test_a_flood_is_answered_once_but_help_always(chat: Chat) -> None:
    chat.starts("sl")
    for _ in range(60):
        chat.says("lalala")
    assert len([seen for seen in chat.inbox if seen.text.startswith(chat.texts.text("sl", "flood"))]) == 1
    count = len(chat.inbox)
    chat.says("še nekaj")
    assert len(chat.inbox) == count
    chat.says("sos")
    assert chat.screen == "safety"
    chat.clock.forward(minutes=2)
    chat.taps("other").sees("menu")


def test_blocked_cancels_and_a_later_word_makes_reachable(chat: Chat) -> None:
    chat.starts("sl").sends(Kind.BLOCKED)
    chat.sends(Kind.UNBLOCKED).says("menu").sees("menu")


def test_a_dialogue_left_by_another_tap_is_offered_on_the_menu(chat: Chat) -> None:
    chat.starts("sl")
    menu = chat.last
    chat.taps("book")
    left = chat.screen
    chat.taps("services", on=menu).says("menu")
    assert "goon" in [choice[0] for choice in chat.last.choices]
    chat.taps("goon")
    assert chat.screen == left


@pytest.mark.parametrize("leaves", ["oseba", "meni", "ne vem kaj naj"])
def test_whether_writing_is_safe_is_asked_after_every_card(chat: Chat, leaves: str) -> None:
    chat.starts("sl").taps("services").says("sos").says(leaves).sees("safety-write")
    chat.taps("yes").sees("safety-write-yes-done")
    assert chat.screen == "services.topics"


@pytest.mark.parametrize("word", ["meni", "kdo je to", "nazaj"])
def test_nothing_leads_past_the_privacy_text(chat: Chat, word: str) -> None:
    chat.sends(Kind.START).taps("sl").says(word)
    assert chat.screen in ("privacy", "welcome")


def test_who_is_this_leaves_nothing_of_hers_below(chat: Chat) -> None:
    chat.starts("sl").taps("appointments").says("kdo je to").sees("engine-who").says("nazaj").sees("menu")


def test_a_typed_yes_agrees_in_her_language_only(chat: Chat) -> None:
    chat.sends(Kind.START).taps("sl").says("po").sees("privacy-short").says("da").sees("menu")
