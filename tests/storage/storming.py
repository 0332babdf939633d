"""One process of a booking storm: many members after few times, all at once."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.synchronize import Barrier

from storage import bookings
from storage.bookings import Taken
from storage.calendars import Wanted
from storage.db import open_database
from storage.sites import Site
from storage.sql import Tx

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
