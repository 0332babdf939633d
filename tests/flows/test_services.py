"""Finding a service as a conversation: topics, cards three at a time, typed words, in every language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import update

from bot import demo
from flows.screen import LABEL_MAX, PAGE_MAX, Push, Replace, Reset, Say, Turn
from flows.services import CARDS, QUERY_MAX, Cards, Found, Topics, search_screen
from flows.texts import SHIPPED
from storage import conversations, services
from storage.db import Database
from storage.members import Member
from storage.services import ServiceRow
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.chat import Chat

NOW = make.MONDAY


@pytest.fixture
def point(db: Database) -> Site:
    return db.write(lambda tx: demo.seed(tx, "celje", NOW, Random(0)))


def turn(tx: Tx, site: Site, language: str = "sl", now: datetime = NOW) -> Turn:
    conversation = conversations.Conversation(1, 1, 1, [])
    return Turn(tx, now, site, make.texts(), Member(1, language), conversation, "telegram:1")


def said(turn: Turn, say: Say) -> str:
    return turn.texts.text(turn.language, say.key, say.args)


def ids(say: Say) -> list[str]:
    return [choice.id for choice in say.choices]


@pytest.mark.parametrize("language", SHIPPED)
def test_every_page_renders_with_short_labels(db: Database, point: Site, language: str) -> None:
    def unit(tx: Tx) -> list[tuple[str, list[str]]]:
        here = turn(tx, point, language)
        pages: list[Say] = [Topics().show(here), Topics(1).show(here), Found("delo kurs").show(here)]
        pages += [Cards(topic).show(here) for topic in services.TOPICS]
        pages += [Cards("learn", 3).show(here), Cards("learn", 99).show(here), Found("xyzzy").show(here)]
        label = here.texts.text
        return [(said(here, page), [label(language, c.key, c.args) for c in page.choices]) for page in pages]

    for text, labels in db.read(unit):
        assert text
        assert len(labels) <= PAGE_MAX
        assert len(set(labels)) == len(labels)
        assert [label for label in labels if len(label) > LABEL_MAX] == []


def test_topics_fill_two_pages_and_begin_again(db: Database, point: Site) -> None:
    def unit(tx: Tx) -> list[list[str]]:
        here = turn(tx, point)
        return [ids(Topics(page).show(here)) for page in range(3)]

    first, second, third = db.read(unit)
    assert first + second == [*services.TOPICS[:5], "more", *services.TOPICS[5:], "more"]
    assert third == first


def test_a_tap_on_a_topic_opens_its_cards(db: Database, point: Site) -> None:
    def unit(tx: Tx) -> None:
        here = turn(tx, point)
        assert Topics().answer(here, "learn") == Push(Cards("learn"))
        assert Topics(1).answer(here, "more") == Replace(Topics(2))
        assert Cards("learn", 3).answer(here, "more") == Replace(Cards("learn", 6))
        assert Cards("learn").answer(here, "topics") == Reset((Topics(),))
        assert Found("delo").answer(here, "more") == Replace(Found("delo", 3))
        assert Found("delo").answer(here, "topics") == Reset((Topics(),))

    db.read(unit)


def test_at_most_three_cards_and_then_more(db: Database, point: Site) -> None:
    def unit(tx: Tx) -> tuple[tuple[str, list[str]], tuple[str, list[str]]]:
        here = turn(tx, point)
        first, second = Cards("learn").show(here), Cards("learn", CARDS).show(here)
        return (said(here, first), ids(first)), (said(here, second), ids(second))

    (first, offered), (second, last) = db.read(unit)
    assert (first.count("🔹"), second.count("🔹")) == (3, 1)
    assert (offered, last) == (["more", "topics"], ["topics"])


def test_a_card_says_all_that_is_known(db: Database, point: Site) -> None:
    text = db.read(lambda tx: said(here := turn(tx, point, "en"), Found("course with childcare").show(here)))
    lines = text.split("\n\n")[1].splitlines()
    checked = lines.pop()
    assert lines == [
        "🔹 Slovenian for beginners",
        "We learn to speak. You need no knowledge before.",
        "🕘 Hours: Tue/Thu 09:00–10:30",
        "🗣 Languages: Slovenian, Albanian",
        "💶 Free",
        "👶 Childcare: yes",
        "📞 Phone: 03 000 00 01 (demo)",
        "📍 Where: SOCIO POINT, Gosposka 3, Celje",
    ]
    assert checked.startswith("✅ Checked: ")
    assert checked.endswith("2026")


def test_hours_languages_cost_and_phones_in_her_language(db: Database, point: Site) -> None:
    def unit(tx: Tx) -> tuple[str, str, str]:
        slovene, albanian = turn(tx, point), turn(tx, point, "sq")
        return (
            said(slovene, Cards("work").show(slovene)),
            said(albanian, Found("gatim").show(albanian)),
            said(slovene, Found("stiska").show(slovene)),
        )

    work, cooking, lines = db.read(unit)
    assert "pon.–pet. 09:00–12:00" in work
    assert "Çmimi: 2 €" in cooking
    assert "📞 Telefon: 116 123" in lines
    assert "Vsak dan, tudi ponoči" in lines


def test_a_helpline_without_known_hours_says_none(db: Database, point: Site) -> None:
    text = db.read(lambda tx: said(here := turn(tx, point), Found("policija").show(here)))
    police = next(part for part in text.split("\n\n") if "113" in part)
    assert "🕘" not in police
    assert "👶" not in police
    assert "💶" not in police


@pytest.mark.parametrize("language", SHIPPED)
def test_a_sensitive_service_has_only_its_neutral_name(db: Database, point: Site, language: str) -> None:
    text = db.read(lambda tx: said(here := turn(tx, point, language), Found("nasilje").show(here)))
    assert "Lipa" in text
    for word in ("nasilj", "dhun", "violen"):
        assert word not in text.casefold()


def test_typed_words_open_cards_or_nothing(db: Database, point: Site) -> None:
    def unit(tx: Tx) -> None:
        here = turn(tx, point)
        assert search_screen(here, "zdravnki") == Found("zdravnki")
        assert search_screen(here, "danes je lepo vreme") is None
        assert search_screen(here, "") is None
        long = search_screen(here, "delo " * 500)
        assert isinstance(long, Found)
        assert len(long.query) == QUERY_MAX

    db.read(unit)


def test_last_weeks_cards_show_todays_facts(db: Database, point: Site) -> None:
    def unit(tx: Tx) -> Say:
        return Found("zdravnik").show(turn(tx, point))

    assert db.read(unit).key == "services-cards"
    row = table(ServiceRow)
    stale = update(row).values(verified_on=date(2025, 1, 1), review_by=NOW.date() - timedelta(days=1))
    db.write(lambda tx: tx.query(stale))
    after = db.read(unit)
    assert (after.key, ids(after)) == ("services-none", ["topics"])


def test_the_day_is_the_sites_day(db: Database, point: Site) -> None:
    """At 23:30 UTC it is already the next day in Ljubljana."""
    row = table(ServiceRow)
    db.write(
        lambda tx: tx.query(update(row).values(verified_on=date(2025, 1, 1), review_by=date(2026, 3, 2)))
    )
    late = datetime(2026, 3, 2, 23, 30, tzinfo=NOW.tzinfo)
    early = late - timedelta(hours=1)
    assert db.read(lambda tx: Found("zdravnik").show(turn(tx, point, now=early))).key == "services-cards"
    assert db.read(lambda tx: Found("zdravnik").show(turn(tx, point, now=late))).key == "services-none"


def test_a_mother_finds_a_course_by_topic_and_by_words(db: Database, point: Site, clock: make.Clock) -> None:
    chat = Chat(db, clock, make.texts(), point)
    chat.starts("sq").taps("services").sees("services-topics")
    chat.taps("learn").sees("services-cards", "services-childcare-yes")
    assert chat.screen == "services.cards"
    chat.taps("more", times=2).sees("services-cards")
    chat.taps("topics").sees("services-topics")
    chat.says("kurs slovenisht").sees("services-found", "services-cards")
    assert chat.screen == "services.found"
    assert chat.last.text.index("Sllovenisht nga fillimi") < chat.last.text.index("Sllovenisht në mbrëmje")
    chat.says("mjekun").sees("services-cards")
    assert "Te mjeku" in chat.last.text


TYPED = [
    ("bs", "kurs slovenačkog", "Slovenački za početak"),
    ("hr", "tražim posao", "Pomoć u traženju posla"),
    ("sr", "lekar", "Put do doktora"),
    ("sr-Cyrl", "лекар", "Put do doktora"),
    ("sr-Cyrl", "вртић за дете", "Djeca: upis u vrtić ili školu"),
    ("bs", "vrtic", "Djeca: upis u vrtić ili školu"),
    ("hr", "životopis", "Životopis i molba"),
    ("sr-Cyrl", "тражим посао", "Pomoć u traženju posla"),
    ("bs", "stan kirija", "Pomoć oko stana"),
    ("sr", "nasilje", "Grupa Lipa"),
    ("ar", "طبيب", "الطريق إلى الطبيب"),
    ("ar", "أريد روضة للأطفال", "تسجيل الأطفال في روضة أو مدرسة"),
    ("ar", "دورة اللغة السلوفينية", "السلوفينية للمبتدئين"),
    ("ar", "أبحث عن عَمَل", "مساعدة في إيجاد عمل"),
    ("ar", "ايجار شقه", "مساعدة في السكن"),
]


def test_words_of_the_new_languages_find_the_demo_first(db: Database, point: Site) -> None:
    def unit(tx: Tx) -> list[tuple[str, str, str]]:
        found = []
        for language, typed, name in TYPED:
            here = turn(tx, point, language)
            first = said(here, Found(typed).show(here)).split("\n\n")[1].splitlines()[0]
            found.append((typed, name, first))
        return found

    assert [one for one in db.read(unit) if one[1] not in one[2]] == []
