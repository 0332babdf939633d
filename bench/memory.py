"""What the baselines have in common: the meetings in memory, and the same pages with the same texts as ours.

The pages are our own screens, shown on a `Tx` that answers the calendar's reads from lists. So both sides work out the same
days and times and format the same texts, and what differs is the machinery around them.
"""

from __future__ import annotations

from collections import defaultdict, namedtuple
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bench import town
from flows.booking import Confirm, Days, Done, Language, Mode, Slots, Topic
from flows.menu import Menu
from flows.screen import Say, Screen, Turn
from flows.speech import Speech, speak
from flows.texts import SHIPPED, Texts
from storage import bookings, calendars, changes, sites
from storage.bookings import Booking
from storage.conversations import Conversation
from storage.grid import CELL_MIN, CELL_MS
from storage.members import Member
from storage.sites import Site
from storage.sql import Statement
from storage.taken import DayPlan, Taken, spread

Row = namedtuple("Row", ("token", "booked"))
MENU = Menu()
CELLS_A_DAY = 24 * 60 // CELL_MIN
Picks = dict[str, str]
DEPTH = {"topic": 2, "mode": 3, "language": 4, "day": 5, "time": 6, "yes": 7, "": 2}


@dataclass(frozen=True, slots=True)
class Page:
    """What to send, and at which step she is then; '' when the dialogue is over."""

    step: str
    text: str
    buttons: tuple[tuple[str, str], ...]


class Memory:
    """The reads of the calendar, answered from lists: a `Tx` as far as the pages of booking need one."""

    def __init__(self, token: str, taken: list[tuple[int, int, int]]) -> None:
        self._token = Row(token, "")  # the baselines keep their own taken times
        self._days: dict[int, list[int]] = defaultdict(list)
        self._cells: set[tuple[int, int]] = set()
        self._kept: dict[tuple[int, tuple[int, ...]], tuple[list[int], list[Taken]]] = {}
        self.bookings: dict[int, Booking] = {}
        for starts, who, ends in taken:
            self._hold(who, starts // CELL_MS, ends // CELL_MS)

    def _hold(self, who: int, begin: int, end: int) -> None:
        self._days[_local_day(begin)] += (who, begin, end)
        self._cells.update((who, cell) for cell in range(begin, end))

    def taken_on(
        self, tx: object, site_id: int, days: Sequence[DayPlan], minutes: int, booked: str
    ) -> list[Taken]:
        """As `storage.taken.taken_on`, from the lists; kept until one of these days changes, as ours is."""
        lists = [self._days[_local_day(day.first)] for day in days]
        key = (minutes, tuple(day.first for day in days))
        now = [len(one) for one in lists]  # nothing is cancelled here
        kept = self._kept.get(key)
        if kept is None or kept[0] != now:
            kept = self._kept[key] = (now, spread([number for one in lists for number in one], days, minutes))
        return kept[1]

    def one(self, statement: Statement, **params: Any) -> Any:
        """The first row, or None."""
        if statement is calendars._TOKEN:
            return self._token
        if statement is bookings._FIND:
            found = self.bookings.get(params["booking_id"])
            return (
                None
                if found is None
                else tuple(getattr(found, name) for name in Booking.__dataclass_fields__)
            )
        raise NotImplementedError

    def all(self, statement: Statement, **params: Any) -> list[Any]:
        """Every row."""
        if statement in (sites._CLOSED, changes._UNWANTED):
            return []
        raise NotImplementedError

    def take(self, turn: Turn, wish: Confirm) -> Booking | None:
        """The first fitting counsellor who is free then."""
        wanted = wish.wanted(turn)
        tx: Any = self
        minutes = calendars.minutes(tx, wanted)
        assert minutes is not None
        starts, ends = wish.starts_ms, wish.starts_ms + minutes * 60_000
        for who in calendars.fitting(tx, wanted, wish.starts_at, turn.now)[0]:
            if any((who, cell) in self._cells for cell in range(starts // CELL_MS, ends // CELL_MS)):
                continue
            self._hold(who, starts // CELL_MS, ends // CELL_MS)
            number = len(self.bookings) + 1
            made = Booking(
                id=number,
                member_id=turn.member.id,
                conversation_id=None,
                site_id=turn.site.id,
                counsellor_id=who,
                topic=wish.topic,
                mode=wish.mode,
                language=wish.language,
                starts_at=wish.starts_at,
                ends_at=wish.starts_at + timedelta(minutes=minutes),
                created_at=turn.now,
                code=f"M{number:05d}",
            )
            self.bookings[number] = made
            return made
        return None


def _local_day(cell: int) -> int:
    """A number for the local day of a cell: two hours ahead of UTC is right for any time of day somebody works."""
    return (cell + 2 * 60 // CELL_MIN) // CELLS_A_DAY


class Desk:
    """The dialogue without any framework: from a choice to the next page."""

    def __init__(self, memory: Memory, site: Site) -> None:
        self.memory = memory
        self._site = site
        self._texts = Texts(town.ZONE, offered=SHIPPED)

    def _turn(self, member: int) -> Turn:
        tx: Any = self.memory
        somebody = Member(member, language="sl", age_band="adult", shared_phone="only_me", write_when="any")
        talk = Conversation(member, member, member, [])
        return Turn(tx, town.NOW, self._site, self._texts, somebody, talk, "telegram:1")

    def menu(self, member: int) -> Page:
        """The menu."""
        return self._page(self._turn(member), "book", MENU)

    def answer(self, member: int, step: str, picks: Picks, choice: str) -> Page:
        """What a choice at a step leads to; `picks` holds what she chose before."""
        turn = self._turn(member)
        if step == "yes":
            return self._booked(turn, picks)
        if step != "book":
            picks[step] = choice
        after = {
            "book": "topic",
            "topic": "mode",
            "mode": "language",
            "language": "day",
            "day": "time",
            "time": "yes",
        }
        return self._page(turn, after[step], _screen(after[step], picks))

    def _booked(self, turn: Turn, picks: Picks) -> Page:
        wish = _screen("yes", picks)
        assert isinstance(wish, Confirm)
        booking = self.memory.take(turn, wish)
        if booking is None:
            return self._page(
                turn, "time", _screen("time", picks), Say("booking-slot-gone", at=wish.starts_at)
            )
        return self._page(turn, "", Done(booking.id), Say("booking-done"))

    def _page(self, turn: Turn, step: str, screen: Screen, note: Say | None = None) -> Page:
        stack = [MENU] * (DEPTH.get(step, 1) - 1) + [screen]
        spoken = speak(turn, stack, Speech(note))
        return Page(step, spoken.text, tuple((choice[0], choice[1]) for choice in spoken.choices))


def _screen(step: str, picks: Picks) -> Screen:
    language = picks.get("language", "")
    language = "" if language == "any" else language
    match step:
        case "topic":
            return Topic()
        case "mode":
            return Mode(topic=picks["topic"])
        case "language":
            return Language(topic=picks["topic"], mode=picks["mode"])
        case "day":
            return Days(topic=picks["topic"], mode=picks["mode"], language=language)
        case "time":
            day = town.day(picks["day"])
            return Slots(topic=picks["topic"], mode=picks["mode"], language=language, day=day)
        case _:
            return Confirm(
                topic=picks["topic"], mode=picks["mode"], language=language, starts_ms=int(picks["time"])
            )


def desk(url: str, site: Site) -> Desk:
    """The desk with the same calendar as the database at `url`."""
    from storage.db import open_database

    db = open_database(url)
    try:
        token, taken = db.read(lambda tx: (town.read_calendar(tx, site), town.open_times(tx, site)))
    finally:
        db.close()
    memory = Memory(token, taken)
    # The slots of a baseline are in memory; the rest of the calendar is the same code.
    calendars.taken_on = memory.taken_on  # type: ignore[attr-defined]  # imported there, replaced here
    return Desk(memory, site)
