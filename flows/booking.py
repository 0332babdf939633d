"""Booking a counselling meeting: age, topic, how, language, day, time, yes. The same pages move one (`moving`)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from flows import appointments, contact, handover
from flows.screen import PAGE_MAX, Choice, Move, Pop, Push, Replace, Reset, Say, Screen, Stay, Turn
from flows.services import Topics as ServiceTopics
from storage import bookings, calendars, changes, tongues
from storage.bookings import Booking, Clash, Gone, Mine, Taken, TooMany
from storage.calendars import Slot, Wanted
from storage.counsellors import MODES as MODES_OFFERED
from storage.sql import from_ms, to_ms

AGES = ("under15", "15to17", "adult")
ANY = "any"
MORE, FROM_START, DAYS, MODES, TOPICS, KEEP = "more", "first", "days", "modes", "topics", "keep"
YES, NO = "yes", "no"
"""The engine maps the typed words of her language to these two."""


def start_booking(turn: Turn) -> Screen:
    """The first page of a booking: her age once, then the topics, or what there is for the young."""
    if turn.member.age_band is None:
        return Age()
    return Topic() if turn.member.age_band == "adult" else Youth()


def start_moving(turn: Turn, booking: Booking) -> Screen:
    """The first page of moving a meeting: its days; for one that is over, the page that says so."""
    if not booking.is_open(turn.now):
        return appointments.One(booking.id)
    return Days(
        topic=booking.topic,
        mode=booking.mode,
        language=booking.language or "",
        moving=booking.id,
        second=booking.second_id or 0,
    )


def start_again(turn: Turn, booking: Booking) -> Screen:
    """The first page of another meeting like this one."""
    if turn.member.age_band != "adult":
        return start_booking(turn)
    return Days(topic=booking.topic, mode=booking.mode, language=booking.language or "")


@dataclass(frozen=True)
class Age(Screen):
    """Ask the age band, once: it decides who helps, not whether."""

    name = "booking.age"
    dialogue = True

    def show(self, turn: Turn) -> Say:
        return Say("booking-age", [Choice(age, f"booking-age-{age}") for age in AGES])

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice not in AGES:
            return Stay()
        contact.change(turn, "age_band", choice)
        return Replace(start_booking(turn))


@dataclass(frozen=True)
class Youth(Screen):
    """What there is for girls under 18: activities, the young people's line, a person, a booking through a guardian."""

    name = "booking.youth"

    def show(self, turn: Turn) -> Say:
        choices = [
            Choice("activities", "booking-youth-activities"),
            Choice("guardian", "booking-youth-guardian"),
        ]
        return Say("booking-youth", choices)

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice != "guardian":
            return Push(ServiceTopics())
        handover.wait(turn, "guardian")
        return Push(Guardian())


@dataclass(frozen=True)
class Guardian(Screen):
    """How a guardian or the hostel books for her; a person already knows that she waits."""

    name = "booking.guardian"

    def show(self, turn: Turn) -> Say:
        return Say("booking-guardian", phone=turn.site.phone, address=turn.site.address)

    def answer(self, turn: Turn, choice: str) -> Move:
        return Reset()


@dataclass(frozen=True)
class Wish(Screen):
    """What she has chosen so far; `language` empty is any, `moving` the meeting that is being moved."""

    dialogue = True
    topic: str = ""
    mode: str = ""
    language: str = ""
    moving: int = 0
    second: int = 0
    """Of a joint meeting that is being moved: who else has to be there."""

    def wanted(self, turn: Turn) -> Wanted:
        refused = changes.unwanted(turn.db, turn.member.id) if turn.conversation.may_refuse else frozenset()
        wish = Wanted(turn.site, self.topic, self.mode, self.language or None, without=refused)
        return changes.again(turn.db, wish, self.moving, turn.member.id) if self.second else wish

    def chosen(self) -> dict[str, str | int]:
        """Her choices, for the next page."""
        return {
            "topic": self.topic,
            "mode": self.mode,
            "language": self.language,
            "moving": self.moving,
            "second": self.second,
        }

    def elsewhere(self, choice: str) -> Move:
        """Where the choices of an empty page lead."""
        if choice == DAYS:
            return Replace(Days(**self.chosen()))  # type: ignore[arg-type]  # the names say which
        if choice == MODES:
            return Replace(Mode(topic=self.topic, moving=self.moving, second=self.second))
        if choice == ANY:
            return Replace(Days(topic=self.topic, mode=self.mode, moving=self.moving, second=self.second))
        if choice == TOPICS:
            return Replace(Topic())
        if choice == KEEP:
            return Reset((appointments.One(self.moving),))
        return Stay()

    def nothing(self, turn: Turn, key: str) -> Say:
        """One sentence why the page is empty, and every way on that may help; a person is always among the engine's."""
        choices = []
        if self.language:
            choices.append(Choice(ANY, "booking-any-language"))
        if len(calendars.modes(turn.db, turn.site, self.topic)) > 1:
            choices.append(Choice(MODES, "booking-other-mode"))
        if self.moving:
            choices.append(Choice(KEEP, "booking-keep"))
        else:
            choices.append(Choice(TOPICS, "booking-other-topic"))
        return Say(key, choices, phone=turn.site.phone)


@dataclass(frozen=True)
class Topic(Screen):
    """Ask what it is about; sensitive topics have neutral names."""

    name = "booking.topic"
    dialogue = True
    page: int = 0

    def show(self, turn: Turn) -> Say:
        found = [topic.slug for topic in calendars.topics(turn.db, turn.site)]
        if not found:
            return Say("booking-no-topics", phone=turn.site.phone)
        return Say(
            "booking-topic",
            paged([Choice(slug, appointments.topic_key(turn, slug)) for slug in found], self.page),
        )

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice in (MORE, FROM_START):
            return Replace(Topic(self.page + 1 if choice == MORE else 0))
        return Push(Mode(topic=choice))


@dataclass(frozen=True)
class Mode(Wish):
    """Ask how to meet: in person, by phone, by video."""

    name = "booking.mode"

    def show(self, turn: Turn) -> Say:
        found = calendars.modes(turn.db, turn.site, self.topic)
        if not found:
            return self.nothing(turn, "booking-topic-over")
        return Say("booking-mode", [Choice(mode, f"booking-mode-{mode}") for mode in found])

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice not in MODES_OFFERED:
            return self.elsewhere(choice)
        return Push(Language(topic=self.topic, mode=choice, moving=self.moving, second=self.second))


@dataclass(frozen=True)
class Language(Wish):
    """Ask which language the counsellor should speak; her own first, any always there."""

    name = "booking.language"
    page: int = 0

    def show(self, turn: Turn) -> Say:
        found = calendars.languages(turn.db, turn.site, self.topic, self.mode)
        if not found:
            return self.nothing(turn, "booking-topic-over")
        found = tongues.offered(found, turn.language)
        found.sort(key=lambda language: language != tongues.spoken(turn.language))
        choices = [Choice(one, "booking-language-name", language=one) for one in found]
        return Say("booking-language", paged([Choice(ANY, "booking-language-any"), *choices], self.page))

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice in (MORE, FROM_START):
            return Replace(replace(self, page=self.page + 1 if choice == MORE else 0))
        if choice in (MODES, TOPICS, KEEP):
            return self.elsewhere(choice)
        language = "" if choice == ANY else choice
        return Push(
            Days(topic=self.topic, mode=self.mode, language=language, moving=self.moving, second=self.second)
        )


@dataclass(frozen=True)
class Days(Wish):
    """Offer the next days with a free time."""

    name = "booking.day"
    first: date | None = None

    def show(self, turn: Turn) -> Say:
        found = calendars.free_days(turn.db, self.wanted(turn), turn.now, self.first or date.min, PAGE_MAX)
        if not found:
            if self.first is not None:
                return Say("booking-no-more-days", [Choice(FROM_START, "booking-first-days")])
            offered = calendars.modes(turn.db, turn.site, self.topic)
            return self.nothing(turn, "booking-no-days" if offered else "booking-topic-over")
        choices = [Choice(day.isoformat(), "booking-day-at", at=day) for day in found]
        if len(found) == PAGE_MAX:  # the last of a full page makes room for "more"
            choices[-1] = Choice(f"{MORE}-{found[-1].isoformat()}", "booking-more-days")
        return Say("booking-day", choices)

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == FROM_START:
            return Replace(replace(self, first=None))
        if choice.startswith(MORE):
            return Replace(replace(self, first=_day(choice.partition("-")[2])))
        day = _day(choice)
        if day is None:
            return self.elsewhere(choice)
        return Push(Slots(**self.chosen(), day=day))  # type: ignore[arg-type]  # the names say which


@dataclass(frozen=True)
class Slots(Wish):
    """Offer the free times of one day."""

    name = "booking.slot"
    day: date = field(default=date.min)
    page: int = 0

    def show(self, turn: Turn) -> Say:
        found = calendars.free_slots(turn.db, self.wanted(turn), self.day, turn.now)
        if not found:
            return Say("booking-no-slots", [Choice(DAYS, "booking-other-day")])
        return Say("booking-slot", paged([self._choice(slot) for slot in found], self.page), at=self.day)

    def _choice(self, slot: Slot) -> Choice:
        return Choice(str(to_ms(slot.starts_at)), "booking-slot-at", at=slot.starts_at)

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice in (MORE, FROM_START):
            return Replace(replace(self, page=self.page + 1 if choice == MORE else 0))
        if not choice.isdigit():
            return self.elsewhere(choice)
        return Push(Confirm(**self.chosen(), starts_ms=int(choice)))  # type: ignore[arg-type]  # the names say which


@dataclass(frozen=True)
class Confirm(Wish):
    """Say the time back in full; the yes takes it."""

    name = "booking.confirm"
    starts_ms: int = 0

    @property
    def starts_at(self) -> datetime:
        """The time she chose."""
        return from_ms(self.starts_ms)

    def show(self, turn: Turn) -> Say:
        if not calendars.is_offered(turn.db, self.wanted(turn), self.starts_at, turn.now):
            return Say("booking-slot-gone", [Choice(NO, "booking-other-time")], at=self.starts_at)
        yes = Choice(YES, "booking-yes-move" if self.moving else "booking-yes")
        return Say(
            "booking-confirm",
            [yes, Choice(NO, "booking-other-time")],
            topic=appointments.topic_name(turn, self.topic),
            mode=self.mode,
            at=self.starts_at,
        )

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice != YES:
            return Pop()
        if turn.member.age_band != "adult":  # an old yes of somebody who has since said that she is younger
            return Reset((start_booking(turn),))
        outcome: bookings.TakeOutcome | bookings.MoveOutcome
        if self.moving:
            outcome = bookings.move(
                turn.db,
                self.moving,
                self.wanted(turn),
                self.starts_at,
                member_id=turn.member.id,
                now=turn.now,
            )
        else:
            outcome = bookings.take(
                turn.db,
                self.wanted(turn),
                self.starts_at,
                member_id=turn.member.id,
                conversation_id=turn.conversation.id,
                now=turn.now,
            )
        return self._after(turn, outcome)

    def _after(self, turn: Turn, outcome: bookings.TakeOutcome | bookings.MoveOutcome) -> Move:
        match outcome:
            case Taken(booking):
                return done(turn, booking, "booking-moved" if self.moving else "booking-done")
            case Mine(booking):
                return Reset((Done(booking.id),), note=Say("booking-mine"))
            case Clash(booking):
                return Pop(note=Say("booking-clash", at=booking.starts_at))
            case Gone():
                return Pop(note=Say("booking-slot-gone", at=self.starts_at))
            case TooMany():
                return Reset(
                    (appointments.Appointments(),), note=Say("booking-too-many", count=bookings.OPEN_MAX)
                )
            case _:
                return Reset((appointments.Appointments(),), note=Say("booking-over"))


def done(turn: Turn, booking: Booking, key: str) -> Move:
    """After a yes: the meeting in full; before her first reminder two questions about this phone."""
    if turn.can_write_first and turn.member.shared_phone is None:
        return Reset(
            (contact.Shared(),),
            note=appointments.told(turn, booking, key, then=("appointments-facts",)),
        )
    return Reset((Done(booking.id),), note=Say(key))


@dataclass(frozen=True)
class Done(Screen):
    """The meeting that was booked, in full; where a page cannot remind her, it says so and gives the code."""

    name = "booking.done"
    booking_id: int

    def show(self, turn: Turn) -> Say:
        booking = bookings.find(turn.db, self.booking_id, turn.member.id)
        choices = [Choice("list", "booking-list"), Choice("menu", "booking-menu")]
        if booking is None or not booking.is_open(turn.now):
            return Say("booking-over", choices)
        note = "booking-web-note" if turn.outside.telegram else "booking-web-only"
        then = () if turn.can_write_first else (note,)
        return appointments.told(turn, booking, "appointments-facts", choices, then=then)

    def answer(self, turn: Turn, choice: str) -> Move:
        return Reset((appointments.Appointments(),)) if choice == "list" else Reset()


def paged(choices: list[Choice], page: int) -> list[Choice]:
    """One page of choices: at most six, the last of them leads on or back to the first page."""
    if len(choices) <= PAGE_MAX:
        return choices
    size = PAGE_MAX - 1
    here = choices[page * size : (page + 1) * size]
    if not here:  # fewer than there were
        return paged(choices, 0)
    is_last = (page + 1) * size >= len(choices)
    return [*here, Choice(FROM_START if is_last else MORE, "booking-first" if is_last else "booking-more")]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
