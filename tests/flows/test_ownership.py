"""One owner a conversation: every owner with every input on the real engine, and every kind of message out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from flows import ownership, rules
from flows.ownership import OWNERS, TABLE, Input, Treatment
from flows.rules import Action, Situation
from flows.screen import Kind
from flows.words import Command
from tests.helpers.chat import Chat
from tests.helpers.desk import Desk

Deed = Callable[[Chat], object]


def word(text: str) -> Deed:
    return lambda chat: chat.says(text)


def thing(kind: Kind) -> Deed:
    return lambda chat: chat.sends(kind)


def old_tap(chat: Chat) -> object:
    return chat.taps("services", on=next(seen for seen in chat.inbox if seen.screen == "menu"))


def tap(chat: Chat) -> object:
    page = chat.says("who is this").last
    return chat.taps("menu", on=page)


def answer(chat: Chat) -> object:
    return chat.says("who is this").says("1")


def language_tap(chat: Chat) -> object:
    return chat.says("jezik").taps("sq")


def unlock(chat: Chat) -> object:
    chat.says("sos")
    chat.taps("more").taps("no")
    return chat.says("start")


DEEDS: dict[Input, tuple[Deed, int]] = {
    Input.SOS: (word("sos"), 0),
    Input.LEVEL_1: (word("tepe me"), 0),
    Input.LEVEL_2: (word("ne morem več"), 0),
    Input.STOP: (word("stop"), 0),
    Input.START: (thing(Kind.START), 0),
    Input.UNLOCK: (unlock, 3),
    Input.PERSON: (word("oseba"), 0),
    Input.BACK: (word("nazaj"), 0),
    Input.MENU: (word("meni"), 0),
    Input.LANGUAGE: (word("jezik"), 0),
    Input.WHO: (word("kdo je to"), 0),
    Input.HIDE: (word("skrij"), 0),
    Input.CLEAN: (word("počisti"), 0),
    Input.WHEN: (word("kdaj"), 0),
    Input.MYDATA: (word("moji podatki"), 0),
    Input.ERASE: (word("izbriši me"), 0),
    Input.TAP: (tap, 1),
    Input.OLD_TAP: (old_tap, 0),
    Input.LANGUAGE_TAP: (language_tap, 1),
    Input.ANSWER: (answer, 1),
    Input.WORDS: (word("hvala za odgovor"), 0),
    Input.VOICE: (thing(Kind.VOICE), 0),
    Input.PICTURE: (thing(Kind.PICTURE), 0),
    Input.FILE: (thing(Kind.FILE), 0),
    Input.LOCATION: (thing(Kind.LOCATION), 0),
    Input.CONTACT: (thing(Kind.CONTACT), 0),
    Input.STICKER: (thing(Kind.STICKER), 0),
    Input.UNSUPPORTED: (thing(Kind.UNSUPPORTED), 0),
    Input.EDIT: (thing(Kind.EDIT), 0),
    Input.BLOCKED: (thing(Kind.BLOCKED), 0),
    Input.UNBLOCKED: (thing(Kind.UNBLOCKED), 0),
}
"""How she does each, and how many answers come before the one that is judged."""
PAGES = ("answer", "safety")
LINES = ("stop_line", "person_line")


def owned(chat: Chat, owner: str) -> Desk:
    """A chat on the menu, owned like this, with every page the deeds tap on."""
    chat.starts("sl")
    desk = Desk(chat)
    if owner != "bot":
        chat.says("oseba")
    if owner == "person":
        assert desk.takes()
    return desk


def came(desk: Desk, deed: Deed, before: int) -> list[str]:
    """The kinds of message that what she did brought, without those on the way to it."""
    known = len(desk.said())
    deed(desk.chat)
    return [row.kind for row in desk.said()][known + before :]


def judged(kinds: list[str]) -> Treatment:
    if not kinds:
        return Treatment.STORE
    assert len(kinds) == 1, kinds
    assert kinds[0] in PAGES + LINES, kinds
    return Treatment.TURN if kinds[0] in PAGES else Treatment.LINE


def test_the_table_knows_every_input_and_owner() -> None:
    assert set(TABLE) == set(Input) == set(DEEDS)
    assert {Input(command.value) for command in Command} <= set(Input)
    assert {Input(kind.value) for kind in Kind if kind is not Kind.TEXT} <= set(Input)
    assert all(len(row) == len(OWNERS) for row in TABLE.values())


@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("said", list(Input))
def test_every_owner_with_every_input(chat: Chat, owner: str, said: Input) -> None:
    desk = owned(chat, owner)
    deed, before = DEEDS[said]
    assert judged(came(desk, deed, before)) is TABLE[said][OWNERS.index(owner)]
    kept = desk.conversation.owner
    assert kept == ("waiting" if owner == "bot" and said in (Input.PERSON, Input.LEVEL_1) else owner)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_wrong_cell_is_seen(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk can fail: with free words answered under a person, the bot talks into her talk."""
    desk = owned(chat, "person")
    monkeypatch.setattr(ownership, "TABLE", {**TABLE, Input.WORDS: (Treatment.TURN,) * 3})
    assert judged(came(desk, *DEEDS[Input.WORDS])) is not TABLE[Input.WORDS][2]


@pytest.mark.parametrize("kind", sorted(rules.TABLE))
def test_every_owner_with_every_kind_of_message(kind: str) -> None:
    """The output half: waiting changes nothing; under a person only hers, answers and her appointments go out."""
    said = {owner: rules.verdict(kind, Situation(owner=owner)).action for owner in OWNERS}
    assert said["bot"] is said["waiting"] is Action.SEND
    appointment = {"reminder_day", "reminder_hours", "booking_change"}
    persons = {"staff", "staff_now", "handover_line", "handover_now"}
    leaves = kind in rules.ASKED | appointment | persons
    assert (said["person"] is Action.SEND) == leaves


def test_level_one_under_a_person_shows_the_card_and_only_raises_urgency(chat: Chat) -> None:
    desk = owned(chat, "person")
    chat.says("tepe me")
    assert chat.screen == "safety"
    now = desk.conversation
    assert (now.owner, now.staff_id, now.urgent) == ("person", desk.id, True)


def test_a_person_has_this_chat_is_said_once_in_ten_minutes(chat: Chat) -> None:
    desk = owned(chat, "person")
    chat.says("oseba").sees("handover-has")
    assert "Ana" in chat.last.text
    assert "Kos" not in chat.last.text
    assert came(desk, word("meni"), 0) == []
    chat.clock.forward(minutes=11)
    assert came(desk, word("oseba"), 0) == ["person_line"]


def test_a_number_after_a_persons_question_is_hers(chat: Chat) -> None:
    desk = owned(chat, "person")
    chat.says("kdo je to")
    desk.replies("Koliko otrok imate?")
    assert came(desk, word("1"), 0) == []


def test_stop_under_a_person_is_recorded(chat: Chat) -> None:
    desk = owned(chat, "person")
    chat.says("stop").sees("handover-stop")
    assert desk.replies().state == "queued"
    chat.clock.forward(hours=1)
    assert desk.replies("Še nekaj.").state == "queued"
    chat.sends(Kind.START).sees("stop-started")


def test_a_flood_of_words_to_a_person_is_only_stored(chat: Chat) -> None:
    desk = owned(chat, "person")
    known = len(desk.said())
    for number in range(40):
        chat.says(f"beseda {number}")
    assert len(desk.said()) == known


def test_a_choice_of_language_under_a_person_leaves_the_page(chat: Chat) -> None:
    desk = owned(chat, "person")
    chat.says("jezik").taps("sq").sees("language-done")
    assert desk.conversation.stack[-1][0] != "language"
    desk.gives_back()
    chat.sees("handover-returned")
    assert chat.last.language == "sq"
