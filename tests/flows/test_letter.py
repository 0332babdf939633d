"""A voice, a picture or a letter: what she hears at once, what a person gets, and what nobody gets."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from flows.letter import WORDS
from flows.media import MANY
from flows.screen import LABEL_MAX, Heard, Incoming, Kind, Media
from flows.texts import ISOLATES
from storage import media
from storage.conversations import ConversationRow
from storage.db import Database
from storage.media import MediaRow
from storage.sql import table
from tests.helpers.chat import Chat
from tests.helpers.make import Clock

ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_numbers = count(1)
_m, _c = table(MediaRow), table(ConversationRow)


def sends(chat: Chat, kind: Kind, text: str = "", **facts: Any) -> Chat:
    """Something with bytes, as Telegram tells of it."""
    number = next(_numbers)
    told: dict[str, Any] = {"uid": f"{number:032x}", "ref": f"file-{number}", "size": 1000} | facts
    heard = Heard(kind, text, media=Media(**told))
    chat.repeats(Incoming(chat.account, f"m-{number}", chat.sender, heard))
    chat.receives()
    return chat


def rows(db: Database) -> list[Any]:
    return db.read(lambda tx: tx.query(select(_m).order_by(_m.c.id)))


def owner(db: Database) -> str:
    return str(db.read(lambda tx: tx.query(select(_c.c.owner)))[0].owner)


@pytest.mark.parametrize("language", ["sl", "sq", "en"])
@pytest.mark.parametrize("kind", [Kind.VOICE, Kind.PICTURE, Kind.FILE])
@ONE
def test_she_hears_at_once_what_the_bot_cannot_do_and_who_can(chat: Chat, kind: Kind, language: str) -> None:
    sends(chat.starts(language), kind).sees(f"letter-{kind.value}", "letter-private")
    assert chat.last.language == language
    assert len(chat.last.text) <= 300
    assert len(chat.last.labels) >= 3
    assert all(len(label) <= LABEL_MAX for label in chat.last.labels)


def test_nothing_is_fetched_before_she_lets_a_person_look(chat: Chat, db: Database, clock: Clock) -> None:
    sends(chat.starts(), Kind.PICTURE, "moje pismo")
    (row,) = rows(db)
    assert (row.state, row.chosen_at, row.kind, row.provider_ref) == (
        "wanted",
        None,
        "picture",
        row.provider_ref,
    )
    assert owner(db) == "bot"

    def due() -> list[media.Wanted]:
        return db.write(lambda tx: media.claim(tx, chat.account, now=clock.at, until=clock.at, limit=5))

    assert due() == []
    chat.taps("person").sees("media-passed")
    assert chat.screen == "person"
    assert owner(db) == "waiting"
    assert [one.uid for one in due()] == [row.uid]
    chat.sees_not("media-missing")


def test_the_number_on_the_menu_is_as_good_as_the_button(chat: Chat, db: Database) -> None:
    sends(chat.starts(), Kind.VOICE).says("1").sees("media-passed")
    assert rows(db)[0].chosen_at is not None


@ONE
def test_the_word_for_a_person_means_with_what_she_sent(chat: Chat, db: Database) -> None:
    sends(chat.starts(), Kind.VOICE).says("človek").sees("media-passed")
    assert rows(db)[0].chosen_at is not None


@ONE
def test_asking_for_a_person_about_something_else_gives_away_no_picture(chat: Chat, db: Database) -> None:
    sends(chat.starts(), Kind.PICTURE)
    chat.taps("nav.back").says("človek").sees_not("media-passed")
    assert rows(db)[0].chosen_at is None


@ONE
def test_danger_gives_away_no_picture_either(chat: Chat, db: Database) -> None:
    sends(chat.starts(), Kind.PICTURE).says("tepe me")
    assert (owner(db), rows(db)[0].chosen_at) == ("waiting", None)


@ONE
@pytest.mark.parametrize("caption", ["tepe me", "SOS"])
def test_a_caption_is_words(chat: Chat, caption: str) -> None:
    sends(chat.starts(), Kind.PICTURE, caption)
    assert chat.screen.startswith("safety")


@ONE
def test_while_a_person_is_waited_for_it_goes_to_that_person(chat: Chat, db: Database) -> None:
    chat.starts().says("človek")
    sends(chat, Kind.VOICE).sees("media-passed", "letter-voice").sees_not("letter-private")
    assert rows(db)[0].chosen_at is not None
    assert "person" not in [choice[0] for choice in chat.last.choices]


@ONE
def test_the_day_after_it_is_gone_and_she_is_told_so(chat: Chat, db: Database, clock: Clock) -> None:
    sends(chat.starts(), Kind.PICTURE)
    clock.forward(hours=24)
    chat.taps("person").sees("media-missing")
    assert rows(db)[0].chosen_at is None


@ONE
def test_too_big_is_told_at_once_and_never_fetched(chat: Chat, db: Database) -> None:
    sends(chat.starts(), Kind.FILE, size=99_000_000, problem="too_big").sees("media-too-big", "letter-file")
    (row,) = rows(db)
    assert (row.state, row.error, row.provider_ref) == ("refused", "too_big", None)


@ONE
def test_more_than_a_days_worth_is_not_taken(chat: Chat, db: Database, clock: Clock) -> None:
    chat.starts()
    for _ in range(MANY):
        clock.forward(seconds=5)
        sends(chat, Kind.PICTURE)
    sends(chat, Kind.PICTURE).sees("media-too-many")
    assert [row.state for row in rows(db)].count("wanted") == MANY
    assert rows(db)[-1].error == "too_many"
    clock.forward(hours=25)
    sends(chat, Kind.PICTURE).sees_not("media-too-many")


def test_an_album_is_answered_once_and_stored_whole(chat: Chat, db: Database) -> None:
    chat.starts()
    before = len(chat.inbox)
    for _ in range(3):
        sends(chat, Kind.PICTURE, album="a1")
    assert len(chat.inbox) == before + 1
    assert len(rows(db)) == 3
    chat.taps("person")
    assert all(row.chosen_at for row in rows(db))


@ONE
def test_a_repeated_update_writes_one_row(chat: Chat, db: Database) -> None:
    chat.starts()
    incoming = Incoming(chat.account, "twice", chat.sender, Heard(Kind.VOICE, media=Media("a" * 32, "f")))
    assert [chat.repeats(incoming) for _ in range(3)] == [True, False, False]
    assert len(rows(db)) == 1


@ONE
def test_a_newcomer_is_asked_first_and_finds_her_letter_after_it(chat: Chat, db: Database) -> None:
    sends(chat, Kind.PICTURE)
    assert chat.screen == "welcome"
    chat.taps("sl")
    sends(chat, Kind.PICTURE).sees("letter-picture")
    assert chat.screen == "privacy"
    chat.taps("ok").sees("letter-picture", "letter-private")
    assert chat.screen == "letter"


@ONE
def test_who_wants_nothing_kept_keeps_nothing_here(chat: Chat, db: Database, clock: Clock) -> None:
    sends(chat, Kind.PICTURE)
    chat.taps("sl", "no")
    assert [row.expires_at for row in rows(db)] == [clock.at]


@ONE
def test_a_booking_goes_on_after_a_picture(chat: Chat) -> None:
    chat.starts().taps("book")
    assert chat.screen == "booking.age"
    sends(chat, Kind.PICTURE)
    assert chat.screen == "letter"
    chat.taps("nav.back")
    assert chat.screen == "booking.age"


# --- desk, appointment, words


@pytest.mark.parametrize(
    ("hours", "key"),
    [
        (0, "letter-desk-now"),
        (-3, "letter-desk-later"),
        (12, "letter-desk-later"),
        (24 * 5, "letter-desk-later"),
    ],
)
@ONE
def test_the_desk_is_told_as_it_is_open(chat: Chat, clock: Clock, hours: int, key: str) -> None:
    clock.forward(hours=hours)  # from Monday at ten
    sends(chat.starts("en"), Kind.PICTURE)
    today = "08:00–15:00" in " ".join(chat.last.labels)
    assert today == (hours in (0, -3))
    chat.taps("desk").sees(key)
    assert "Gosposka ulica 3" in chat.last.text


@ONE
def test_an_appointment_about_a_letter(chat: Chat) -> None:
    sends(chat.starts(), Kind.PICTURE).taps("book")
    assert chat.screen == "booking.age"


@pytest.mark.parametrize("language", ["sl", "sq", "en", "sr-Cyrl", "ar"])
@ONE
def test_every_official_word_has_a_short_card_that_names_it(chat: Chat, clock: Clock, language: str) -> None:
    sends(chat.starts(language), Kind.PICTURE).taps("words")
    met = set()
    for _ in range(-(-len(WORDS) // 5)):
        for word in [choice[0] for choice in chat.last.choices if choice[0] in WORDS]:
            label = next(choice[1] for choice in chat.last.choices if choice[0] == word)
            clock.forward(seconds=10)
            chat.taps(word).sees(f"letter-word-{word}", "letter-paper")
            met.add(word)
            assert f"({label})" in chat.last.text.translate(ISOLATES)
            assert len(chat.last.text) <= 300
            assert not any(sign.isdigit() for sign in chat.last.text)  # no deadline, no article of a law
            assert all(len(label) <= LABEL_MAX for label in chat.last.labels)
            chat.taps("words")
            assert chat.screen == "letter.words"
        chat.taps("more")
    assert met == set(WORDS)
