"""The five-step booking dialogue as every side plays it: the same members, the same taps, 32 of them in flight.

A tap carries the number of the message it is on, so the members move in step: all tap, the clock stops, their screens are
read and the next taps are written, the clock goes on. Only the time between a raw update and its end is counted.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bench.updates import FIRST_MEMBER, Read, Updates, picked

IN_FLIGHT = 32
GROUP = 50
"""Members who are at the same step together: so few that they seldom race for the same time."""
STEPS = ("book", "topic", "mode", "language", "day", "time", "yes")
"""A named button is tapped where the page has it; elsewhere each member takes one of the page's own."""

WARM_GROUPS = 2

Take = Callable[[bytes], Awaitable[None]]


class Side(Protocol):
    """One of the bots."""

    in_flight: int

    async def take(self, raw: bytes) -> None:
        """One update, from the bytes of the delivery to the end of its turn."""

    async def screens(self) -> Mapping[int, Read]:
        """The last message of every member; never timed."""


@dataclass(frozen=True, slots=True)
class Played:
    """What it took."""

    turns: int
    seconds: float
    cpu_seconds: float

    @property
    def rate(self) -> float:
        """Turns a second."""
        return self.turns / self.seconds

    @property
    def cpu_us(self) -> float:
        """Processor time of a turn in microseconds."""
        return self.cpu_seconds / self.turns * 1e6


def numbers(members: int, first: int = 0) -> range:
    """The platform's ids of so many members."""
    return range(FIRST_MEMBER + first, FIRST_MEMBER + first + members)


async def play(side: Side, members: range, updates: Updates) -> Played:
    """Every member opens the menu, untimed, and then books a meeting; a group after the other.

    The first groups are not counted: statements, texts and dates are worked out once and then kept, on every side.
    """
    seconds = cpu = 0.0
    turns = 0
    for first in range(0, len(members), GROUP):
        group = members[first : first + GROUP]
        await wave([updates.start(member) for member in group], side)
        for step in STEPS:
            screens = await side.screens()
            taps = [
                updates.tap(member, screens[member], picked(screens[member], member, step))
                for member in group
            ]
            took, used = await wave(taps, side)
            if first >= WARM_GROUPS * GROUP:
                seconds, cpu, turns = seconds + took, cpu + used, turns + len(group)
    return Played(turns, seconds, cpu)


async def wave(raws: list[bytes], side: Side) -> tuple[float, float]:
    """Deliver these updates, so many at once as the side can have in flight; the seconds and the processor's seconds."""
    waiting = iter(raws)

    async def deliver() -> None:
        for raw in waiting:
            await side.take(raw)

    began, used = time.perf_counter(), time.process_time()
    await asyncio.gather(*(deliver() for _ in range(side.in_flight)))
    return time.perf_counter() - began, time.process_time() - used
