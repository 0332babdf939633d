"""Booking as conversations, and every page with parameters from another time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from flows import booking, contact
from flows.screen import Choice, Pop, Say, Screen, Turn
from flows.speech import Speech, speak
from flows.texts import SHIPPED
from storage import bookings, conversations, counsellors, refusals
from storage.db import Database
from storage.sites import Site
from storage.sql import Tx
from tests.helpers import days, make
from tests.helpers.chat import Chat
from tests.helpers.desk import staff as colleague
from tests.helpers.make import Clock
from tests.storage.offices import NINE, TEN, at, office

TUESDAY = date(2026, 3, 3)
SLOT = str(int(at(TUESDAY, 9).timestamp() * 1000))
STEPS = ("work", "person", "any", TUESDAY.isoformat(), SLOT)


@pytest.fixture
def people(db: Database) -> list[int]:
    return db.write(office)[1]


@pytest.fixture
def drita(chat: Chat, people: list[int]) -> Chat:
    """A woman at the topics."""
    return chat.starts().taps("book", "adult")


def another(chat: Chat, sender: str, *, can_write_first: bool = True) -> Chat:
    """Somebody else at the same site."""
    return Chat(
        chat.db,
        chat.clock,
        chat.texts,
        chat.site,
        account=chat.account,
        sender=sender,
        can_write_first=can_write_first,
    )


def count(chat: Chat) -> int:
    """How many bookings there are."""
    fortnight = [TUESDAY + timedelta(days=ahead) for ahead in range(14)]
    return chat.db.read(lambda tx: sum(len(days.booked(tx, chat.site.id, day)) for day in fortnight))


def test_the_whole_way(drita: Chat) -> None:
    for step, screen in zip(STEPS, ("mode", "language", "day", "slot", "confirm"), strict=True):
        drita.taps(step)
        assert drita.screen == f"booking.{screen}"
    assert (
        "torek, 3. marec 2026, 09:00" in drita.last.text or "torek, 3. marca 2026, 09:00" in drita.last.text
    )
    drita.taps("yes").sees("booking-done", "appointments-facts", "contact-shared")
    assert drita.screen == "contact.shared"
    assert count(drita) == 1
    drita.taps("often", "morning", "ok").taps("appointments")
    assert drita.screen == "appointments.list"


def test_typed_numbers_and_labels_book_too(drita: Chat) -> None:
    drita.says("1").says("Pridem k vam").says("1").says("1").says("1")
    assert drita.screen == "booking.confirm"
    drita.says("da").sees("booking-done")


def test_a_second_yes_says_you_have_it(drita: Chat) -> None:
    drita.taps(*STEPS)
    confirm = drita.last
    drita.taps("yes").taps("yes", on=confirm).sees("booking-mine", "appointments-facts")
    assert drita.screen == "booking.done"
    assert count(drita) == 1


def test_age_is_asked_once(drita: Chat) -> None:
    drita.taps(*STEPS, "yes").says("meni").taps("book")
    assert drita.screen == "booking.topic"


@pytest.mark.parametrize("age", ["under15", "15to17"])
def test_under_eighteen_there_is_another_way(chat: Chat, people: list[int], age: str) -> None:
    chat.starts().taps("book", age).sees("booking-youth")
    assert "116 111" in chat.last.text
    assert "nav.person" in [choice[0] for choice in chat.last.choices]
    chat.taps("guardian").sees("booking-guardian")
    assert chat.site.phone in chat.last.text
    assert chat.site.address in chat.last.text
    waiting = chat.db.read(conversations.waiting)
    assert [row.waiting_reason for row in waiting] == ["guardian"]
    chat.says("meni").taps("book").sees("booking-youth")


def test_somebody_who_is_younger_after_all_books_nothing(drita: Chat) -> None:
    age = drita.inbox[-2]
    assert age.screen == "booking.age"
    drita.taps(*STEPS)
    confirm = drita.last
    drita.taps("15to17", on=age).taps("yes", on=confirm).sees("booking-youth")
    assert count(drita) == 0


def test_two_after_one_time(drita: Chat, people: list[int]) -> None:
    drita.taps(*STEPS)
    for name in ("200", "300"):
        another(drita, name).starts().taps("book", "adult", *STEPS, "yes").sees("booking-done")
    drita.taps("yes").sees("booking-slot-gone", "booking-slot")
    assert drita.screen == "booking.slot"
    drita.taps("09:30", "yes").sees("booking-done")
    assert count(drita) == 3


def test_whom_she_refused_is_never_offered(drita: Chat, people: list[int]) -> None:
    *refused, left = people
    her = drita.db.write(lambda tx: conversations.load(tx, drita.account, drita.sender, drita.clock.at))[1].id
    for who in refused:
        staff = drita.db.write(lambda tx, who=who: colleague(tx, f"Nina {who}", counsellor_id=who))  # type: ignore[misc]  # mypy cannot type a default
        drita.db.write(lambda tx, staff=staff: refusals.add(tx, her, staff, drita.clock.at))  # type: ignore[misc]  # mypy cannot type a default
    drita.taps(*STEPS, "yes").sees("booking-done")
    (made,) = drita.db.read(lambda tx: bookings.upcoming(tx, her, drita.clock.at))
    assert made.counsellor_id == left
    another(drita, "200").starts().taps("book", "adult", *STEPS, "yes").sees("booking-done")
    drita.db.write(lambda tx: counsellors.add_exception(tx, left, TUESDAY, "off"))
    drita.says("meni").taps("book", *STEPS[:3])
    assert TUESDAY.isoformat() not in [choice[0] for choice in drita.last.choices]


def test_a_full_day_leads_to_another_day(drita: Chat, people: list[int]) -> None:
    drita.taps(*STEPS)
    drita.db.write(lambda tx: [counsellors.add_exception(tx, who, TUESDAY, "off") for who in people])
    drita.taps("yes").sees("booking-slot-gone", "booking-no-slots").taps("days")
    assert drita.screen == "booking.day"
    assert TUESDAY.isoformat() not in [choice[0] for choice in drita.last.choices]


def test_three_are_the_most(drita: Chat) -> None:
    drita.taps(*STEPS, "yes", "only_me", "any", "ok")
    for ahead in (1, 2):
        drita.clock.forward(minutes=2)
        day = TUESDAY + timedelta(days=ahead)
        drita.taps("book", "work", "person", "any", day.isoformat(), "09:00", "yes").sees(
            "appointments-facts"
        ).says("meni")
    drita.clock.forward(minutes=2)
    drita.taps("book", *STEPS[:3], "6. 3.", "09:00", "yes").sees("booking-too-many")
    assert drita.screen == "appointments.list"
    assert "3 termine" in drita.last.text
    assert count(drita) == 3


def test_her_own_other_meeting_at_that_time(drita: Chat) -> None:
    drita.taps("work", "person", "en", *STEPS[3:], "yes").says("meni").taps("book", "lipa", *STEPS[1:], "yes")
    drita.sees("booking-clash")
    assert count(drita) == 1


def test_a_page_that_cannot_remind_gives_the_code(chat: Chat, people: list[int]) -> None:
    web = another(chat, "400", can_write_first=False).starts().taps("book", "adult", *STEPS, "yes")
    web.sees("booking-done", "appointments-facts", "booking-web-only")
    [booked] = chat.db.read(lambda tx: days.booked(tx, chat.site.id, TUESDAY))
    assert booked.code in web.last.text


def test_leaving_midway_is_kept_and_offered_once(drita: Chat) -> None:
    drita.taps("work", "person").says("meni")
    assert drita.screen == "menu"
    drita.taps("goon")
    assert drita.screen == "booking.language"


def test_no_language_fits_so_another_is_offered(chat: Chat, people: list[int]) -> None:
    chat.starts().taps("book", "adult", "work", "person", "sq")
    page = chat.last
    chat.db.write(lambda tx: counsellors.set_counsellor_active(tx, people[0], False))
    chat.taps(TUESDAY.isoformat(), on=page).sees("booking-no-slots").taps("days").sees("booking-no-days")
    assert {"any", "modes", "topics"} <= {choice[0] for choice in chat.last.choices}
    chat.taps("any").sees("booking-day")
    chat.db.write(lambda tx: counsellors.set_topic_active(tx, chat.site.id, "work", False))
    chat.taps(TUESDAY.isoformat(), "days").sees("booking-topic-over").taps("topics")
    assert chat.last.labels == []


def test_days_and_times_have_pages(db: Database, chat: Chat) -> None:
    db.write(lambda tx: office(tx, hours=(NINE, NINE + 5 * 60), people=1))
    chat.starts().taps("book", "adult", "work", "person", "any")
    first = chat.last.labels
    assert len(first) == 6
    chat.taps(chat.last.choices[5][0])
    assert not set(first[:5]) & set(chat.last.labels)
    chat.taps(chat.last.choices[0][0])
    times = chat.last.labels[:5]
    chat.taps("more")
    assert not set(times) & set(chat.last.labels[:5])
    chat.taps("first")
    assert chat.last.labels[:5] == times


# Pages on their own


def turn_of(tx: Tx, site: Site, language: str = "sl", now: datetime = make.MONDAY) -> Turn:
    """A turn of an adult in this language."""
    conversation, member = conversations.load(tx, "telegram:1", "900", now)
    turn = Turn(tx, now, site, make.texts(), member, conversation, "telegram:1")
    contact.change(turn, "language", language)
    contact.change(turn, "age_band", "adult")
    return turn


STALE: list[Screen] = [
    booking.Mode(topic="retired"),
    booking.Language(topic="retired", mode="person"),
    booking.Language(topic="work", mode="video", moving=7),
    booking.Days(topic="retired", mode="person", language="sq"),
    booking.Days(topic="work", mode="person", language="ar"),
    booking.Days(topic="work", mode="person", first=date(2020, 1, 1)),
    booking.Days(topic="work", mode="person", first=date(2036, 1, 1)),
    booking.Days(topic="work", mode="person", moving=99),
    booking.Slots(topic="work", mode="person", day=date(2020, 1, 1)),
    booking.Slots(topic="retired", mode="person", day=TUESDAY),
    booking.Slots(topic="work", mode="person", day=TUESDAY, page=9),
    booking.Confirm(topic="work", mode="person", starts_ms=0),
    booking.Confirm(topic="retired", mode="person", starts_ms=int(SLOT)),
    booking.Confirm(topic="work", mode="person", starts_ms=int(SLOT), moving=99),
    booking.Topic(page=9),
    booking.Done(booking_id=99),
]


@pytest.mark.parametrize("screen", STALE, ids=lambda screen: f"{screen.name}-{STALE.index(screen)}")
def test_stale_pages_say_why_and_what_next(db: Database, people: list[int], screen: Screen) -> None:
    def unit(tx: Tx) -> None:
        site = make.site(tx)
        for language in SHIPPED:
            turn = turn_of(tx, site, language)
            spoken = speak(turn, [screen], Speech())
            assert spoken.text
            assert all(len(label) <= 20 for _, label, _ in spoken.choices)
            for choice in screen.show(turn).choices:
                move = screen.answer(turn, choice.id)
                shown = getattr(move, "screen", None) or (getattr(move, "screens", ()) or [screen])[-1]
                assert isinstance(shown.show(turn), Say)

    db.write(unit)


def test_an_empty_calendar_says_so(db: Database, site: Site) -> None:
    assert db.write(lambda tx: booking.Topic().show(turn_of(tx, site)).key) == "booking-no-topics"


def test_a_slot_gone_pops_to_the_times(db: Database, people: list[int]) -> None:
    old = booking.Confirm(topic="work", mode="person", starts_ms=0)
    move = db.write(lambda tx: old.answer(turn_of(tx, make.site(tx)), "yes"))
    assert isinstance(move, Pop)


def test_pages_of_choices_never_lose_one() -> None:
    for total in (0, 1, 6, 7, 11, 12):
        choices = [Choice(str(number), "plain", text="x") for number in range(total)]
        seen: list[str] = []
        page = 0
        while True:
            shown = booking.paged(choices, page)
            assert len(shown) <= 6
            seen += [choice.id for choice in shown if choice.id.isdigit()]
            if not shown or shown[-1].id != "more":
                break
            page += 1
        assert seen == [str(number) for number in range(total)]


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_clock_change_is_booked_at_the_wall_time(db: Database, chat: Chat, clock: Clock, day: date) -> None:
    site, [nina] = db.write(lambda tx: office(tx, people=1, weekdays=0))
    db.write(lambda tx: counsellors.add_hours(tx, nina, 6, NINE, TEN))
    clock.at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) - timedelta(days=2)
    chat.starts().taps("book", "adult", "work", "person", "any", day.isoformat(), "09:00", "yes").sees(
        "booking-done"
    )
    [booked] = db.read(lambda tx: days.booked(tx, site.id, day))
    assert booked.starts_at == at(day, 9)
