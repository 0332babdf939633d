"""One process of a booking storm: many members after few times, all at once."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.synchronize import Barrier

from flows import changes
from storage import bookings, daysoff
from storage.bookings import Taken
from storage.calendars import Second, Wanted
from storage.db import open_database
from storage.sites import Site
from storage.sql import Tx, from_ms
from tests.helpers import make

_gate: list[Barrier] = []


@dataclass(frozen=True)
class Task:
    """What one process is to try."""

    url: str
    site: Site
    times: tuple[datetime, ...]
    members: tuple[tuple[int, int], ...]
    now: datetime
    seed: int


@dataclass(frozen=True)
class Told:
    """What one member was told in the end."""

    member_id: int
    answers: tuple[str, ...]
    booking_id: int | None


def ready(barrier: Barrier) -> None:
    """Called in each process as it starts."""
    _gate.append(barrier)


def _taking(task: Task, who: tuple[int, int], at: datetime) -> Callable[[Tx], bookings.TakeOutcome]:
    wanted = Wanted(task.site, "work", "person")
    return lambda tx: bookings.take(tx, wanted, at, member_id=who[0], conversation_id=who[1], now=task.now)


def storm(task: Task) -> list[Told]:
    """Every member tries every time in an order of her own until one is hers; all members of a process at once."""
    rng = random.Random(task.seed)
    db = open_database(task.url)
    left = {member: rng.sample(task.times, len(task.times)) for member in task.members}
    answers: dict[tuple[int, int], list[str]] = {member: [] for member in task.members}
    won: dict[tuple[int, int], int] = {}
    _gate[0].wait(60)
    try:
        while left:
            asked: dict[tuple[int, int], Future[bookings.TakeOutcome]] = {}
            for member, times in left.items():
                asked[member] = db.submit(_taking(task, member, times.pop()))
            for member, future in asked.items():
                outcome = future.result(60)
                answers[member].append(type(outcome).__name__)
                if isinstance(outcome, Taken):
                    won[member] = outcome.booking.id
            left = {member: times for member, times in left.items() if times and member not in won}
    finally:
        db.close()
    return [Told(member[0], tuple(answers[member]), won.get(member)) for member in task.members]


# --- what staff and members do to meetings that are there ---

Deed = tuple[str, tuple[int, ...]]
"""What to do, and with what: ids, and times in milliseconds."""


@dataclass(frozen=True)
class Acts:
    """What one process is to do, all at once and in an order of its own."""

    url: str
    site: Site
    now: datetime
    seed: int
    deeds: tuple[Deed, ...]


def _moves(site: Site, now: datetime, booking: int, member: int, at: int) -> Callable[[Tx], object]:
    wanted = Wanted(site, "work", "person")
    return lambda tx: bookings.move(tx, booking, wanted, from_ms(at), member_id=member, now=now)


def _joint(site: Site, now: datetime, member: int, chat: int, at: int, *both: int) -> Callable[[Tx], object]:
    wanted = Wanted(site, "work", "person", only=both[0], second=Second(site, both[1]))
    return lambda tx: bookings.take(tx, wanted, from_ms(at), member_id=member, conversation_id=chat, now=now)


def _takes(site: Site, now: datetime, member: int, chat: int, at: int) -> Callable[[Tx], object]:
    wanted = Wanted(site, "work", "person")
    return lambda tx: bookings.take(tx, wanted, from_ms(at), member_id=member, conversation_id=chat, now=now)


def _cancels(_site: Site, now: datetime, booking: int, member: int) -> Callable[[Tx], object]:
    return lambda tx: bookings.cancel(tx, booking, member, now)


def _off(_site: Site, now: datetime, counsellor: int, at: int, staff: int) -> Callable[[Tx], object]:
    return lambda tx: daysoff.call_off(tx, counsellor, from_ms(at).date(), staff, now)


def _sweeps(site: Site, now: datetime) -> Callable[[Tx], object]:
    return lambda tx: daysoff.cancel(tx, site.id, now, 2)


def _tells(site: Site, now: datetime) -> Callable[[Tx], object]:
    return lambda tx: changes.decide(tx, now, site, make.texts(), ("telegram:1",))


_DEEDS: dict[str, Callable[..., Callable[[Tx], object]]] = {
    "move": _moves,
    "joint": _joint,
    "take": _takes,
    "cancel": _cancels,
    "off": _off,
    "sweep": _sweeps,
    "tell": _tells,
}


def deed(acts: Acts, one: Deed) -> Callable[[Tx], object]:
    """The unit of a deed."""
    return _DEEDS[one[0]](acts.site, acts.now, *one[1])


def act(acts: Acts) -> list[str]:
    """Do everything at once; what became of each."""
    deeds = random.Random(acts.seed).sample(acts.deeds, len(acts.deeds))
    db = open_database(acts.url)
    _gate[0].wait(60)
    try:
        asked = [db.submit(deed(acts, one)) for one in deeds]
        return [type(future.result(120)).__name__ for future in asked]
    finally:
        db.close()
