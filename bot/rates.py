"""Permits to send: never more than the provider allows in any one-second window, and hardly ever less.

A permit is taken when a send starts and returns one second after its answer came, less the shortest round trip seen.
Why that is safe: an old message reached the provider at the latest one return trip before its answer was here; a new
one gets there at the earliest one trip out after it left. Both trips together take no less than the shortest round
trip, so the two arrive a second apart. Without the correction 50 ms of latency would cost 5 % of the rate.
"""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass

from bot.channels.base import Limits
from storage.messages import REPLY

WINDOW_S = 1.0
TRIP_SHARE = 0.98
TRIP_SLACK_S = 0.0005
"""The shortest round trip is trusted for a little less than it was: jitter may shorten either half alone."""
RESERVE = 2
"""Permits that notices and broadcasts leave to replies …"""
RESERVE_KEPT_S = 60.0
"""… for so long after the last reply; nobody talking, all of the rate is theirs."""
CHAT_BURST = 3
CHATS_MAX = 10_000


@dataclass(slots=True)
class _Chat:
    """How many messages this chat may get at once, counted at `at`."""

    left: float
    at: float


class Permits:
    """The permits of one account. Times are seconds of a clock that never jumps; every method is told the time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._free = limits.per_second
        self._returning: list[float] = []
        self._chats: dict[str, _Chat] = {}
        self._trip = float("inf")
        self._answers = 0
        self._next_at = float("-inf")
        self._paused_until = float("-inf")
        self._reply_at = float("-inf")
        # Small steps instead of a burst each second: a burst queues at the provider and every round trip looks long.
        self._step = WINDOW_S / limits.per_second / 8

    @property
    def paused_until(self) -> float:
        """When the account may send again."""
        return self._paused_until

    def soon(self, now: float, within: float, *, urgent: bool) -> int:
        """How many messages could start within so many seconds."""
        self._collect(now)
        if self._paused_until > now + within:
            return 0
        returning = sum(1 for at in self._returning if at <= now + within)
        return max(0, self._free + returning - (0 if urgent else self._reserve(now)))

    def wait(self, now: float, lane: int) -> float:
        """Seconds until a message of this lane may start, as far as is known now; 0 when it may."""
        self._collect(now)
        blocked = max(self._next_at, self._paused_until) - now
        needed = 1 + (0 if lane <= REPLY else self._reserve(now))
        short = needed - self._free
        if short > len(self._returning):
            return max(blocked, WINDOW_S)  # the rest is on the wire; its answer will wake the sender
        if short > 0:
            blocked = max(blocked, heapq.nsmallest(short, self._returning)[-1] - now)
        return max(0.0, blocked)

    def take(self, now: float, lane: int, chat: str) -> None:
        """One message starts."""
        self._free -= 1
        self._next_at = now + self._step
        if lane <= REPLY:
            self._reply_at = now
        entry = self._refilled(now, chat)
        entry.left -= 1
        if len(self._chats) > CHATS_MAX:
            full = [name for name in self._chats if self._refilled(now, name).left >= CHAT_BURST]
            for name in full:
                del self._chats[name]

    def done(self, started: float, ended: float, *, answered: bool) -> None:
        """It ended; `answered` when the provider's own answer came, whatever it said."""
        back = ended + WINDOW_S
        if answered:
            self._trip = min(self._trip, ended - started)
            self._answers += 1
            # At first every round trip is the shortest seen.
            if self._answers > self._limits.per_second:
                back -= max(0.0, self._trip * TRIP_SHARE - TRIP_SLACK_S)
        heapq.heappush(self._returning, back)

    def pause(self, until: float) -> None:
        """Nothing of this account goes out before `until`."""
        self._paused_until = max(self._paused_until, until)

    def chat_wait(self, now: float, chat: str) -> float:
        """Seconds until this chat may get one more."""
        return max(0.0, (1 - self._refilled(now, chat).left) * self._limits.chat_gap_s)

    def _refilled(self, now: float, chat: str) -> _Chat:
        entry = self._chats.get(chat)
        if entry is None:
            entry = self._chats[chat] = _Chat(CHAT_BURST, now)
        gap = self._limits.chat_gap_s
        gained = (now - entry.at) / gap if gap > 0 else CHAT_BURST
        entry.left, entry.at = min(CHAT_BURST, entry.left + gained), now
        return entry

    def _reserve(self, now: float) -> int:
        kept = min(RESERVE, self._limits.per_second - 1)
        return kept if now - self._reply_at < RESERVE_KEPT_S else 0

    def _collect(self, now: float) -> None:
        while self._returning and self._returning[0] <= now:
            heapq.heappop(self._returning)
            self._free += 1


class Window:
    """At most so many calls in any window of so many seconds, made one after another.

    A call frees its place `seconds` after its answer came, so the call that takes the place arrives at the provider at
    least that long after the one before it, whatever the latency.
    """

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds
        self._ended: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until the next call may start; 0 when it may."""
        while self._ended and self._ended[0] + self._seconds <= now:
            self._ended.popleft()
        if len(self._ended) < self._count:
            return 0.0
        return self._ended[len(self._ended) - self._count] + self._seconds - now

    def done(self, ended: float) -> None:
        """A call ended, with whatever answer."""
        self._ended.append(ended)
