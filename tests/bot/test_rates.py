"""The limiter alone, on a clock of the test's own."""

import heapq
import random
from collections import deque

import pytest

from bot.channels.base import Limits
from bot.rates import CHAT_BURST, RESERVE, Permits, Window
from storage.messages import BROADCAST, REPLY

LIMITS = Limits(per_second=30, chat_gap_s=1.0, text_max=4096)


def simulate(
    seconds: float, out_s: tuple[float, float], back_s: tuple[float, float], lane: int, seed: int
) -> list[float]:
    """Send a backlog through the limiter over a network with jitter; when each message arrived at the provider."""
    rng = random.Random(seed)
    permits = Permits(LIMITS)
    now, number = 0.0, 0
    arrivals: list[float] = []
    answers: list[tuple[float, float]] = []
    while now < seconds:
        while answers and answers[0][0] <= now:
            ended, started = heapq.heappop(answers)
            permits.done(started, ended, answered=True)
        pause = permits.wait(now, lane)
        if pause == 0:
            permits.take(now, lane, str(number))
            number += 1
            out, back = rng.uniform(*out_s), rng.uniform(*back_s)
            arrivals.append(now + out)
            heapq.heappush(answers, (now + out + back, now))
            continue
        coming = answers[0][0] - now if answers else pause
        # A timer is never early, and a little late.
        now += max(min(pause, coming), 1e-9) + rng.uniform(0, 0.0005)
    return sorted(arrivals)


def fullest(arrivals: list[float]) -> int:
    window: deque[float] = deque()
    most = 0
    for at in arrivals:
        window.append(at)
        while window[0] <= at - 1.0:
            window.popleft()
        most = max(most, len(window))
    return most


@pytest.mark.parametrize("lane", [REPLY, BROADCAST])
@pytest.mark.parametrize(
    ("out_s", "back_s"),
    [((0.0003, 0.001), (0.0003, 0.001)), ((0.025, 0.026), (0.025, 0.026)), ((0.1, 0.101), (0.001, 0.002))],
    ids=["near", "50 ms", "slow out, fast back"],
)
def test_a_backlog_gets_the_whole_rate_and_not_one_more(
    out_s: tuple[float, float], back_s: tuple[float, float], lane: int
) -> None:
    arrivals = simulate(60, out_s, back_s, lane, seed=7)
    assert fullest(arrivals) == 30
    inside = [at for at in arrivals if at < arrivals[0] + 60]
    assert len(inside) >= 0.99 * 60 * 30


@pytest.mark.parametrize("seed", range(5))
def test_jitter_never_pushes_one_too_many_into_a_second(seed: int) -> None:
    # Each half may take from 20 to 60 ms, so the shortest round trip seen is soon near the shortest possible.
    arrivals = simulate(60, (0.02, 0.06), (0.02, 0.06), REPLY, seed)
    assert fullest(arrivals) <= 30


def test_a_lost_answer_costs_a_whole_second() -> None:
    permits = Permits(Limits(per_second=1, chat_gap_s=0, text_max=1))
    permits.take(0, REPLY, "a")
    assert permits.soon(5, 0, urgent=True) == 0
    permits.done(0, 15, answered=False)
    assert permits.wait(15, REPLY) == pytest.approx(1)
    assert permits.wait(16, REPLY) == 0


def test_notices_leave_permits_to_replies_while_somebody_talks() -> None:
    permits = Permits(LIMITS)
    assert permits.soon(0, 0, urgent=False) == 30
    permits.take(0, REPLY, "a")
    assert permits.soon(1, 0, urgent=True) == 29
    assert permits.soon(1, 0, urgent=False) == 29 - RESERVE
    for number in range(29 - RESERVE):
        assert permits.wait(1 + number, BROADCAST) == 0
        permits.take(1 + number, BROADCAST, str(number))
    assert permits.wait(40, BROADCAST) > 0
    assert permits.wait(40, REPLY) == 0
    # Nobody has talked for a minute: the whole rate is theirs.
    assert permits.wait(100, BROADCAST) == 0


def test_a_pause_holds_the_whole_account() -> None:
    permits = Permits(LIMITS)
    permits.pause(7.0)
    permits.pause(3.0)
    assert permits.wait(0, REPLY) == 7.0
    assert permits.soon(0, 0.1, urgent=True) == 0
    assert permits.soon(6.95, 0.1, urgent=True) == 30
    assert permits.wait(7.0, REPLY) == 0


def test_one_chat_gets_a_small_burst_then_one_a_second() -> None:
    permits = Permits(LIMITS)
    for _ in range(CHAT_BURST):
        assert permits.chat_wait(0, "a") == 0
        permits.take(0, REPLY, "a")
    assert permits.chat_wait(0, "a") == pytest.approx(1)
    assert permits.chat_wait(0.5, "a") == pytest.approx(0.5)
    assert permits.chat_wait(1, "a") == 0
    assert permits.chat_wait(0, "b") == 0


def test_quiet_chats_are_forgotten() -> None:
    permits = Permits(Limits(per_second=50_000, chat_gap_s=1, text_max=1))
    for number in range(12_000):
        permits.take(number / 1000, REPLY, str(number))
    assert len(permits._chats) <= 10_001


# --- a window of a minute


def test_a_window_never_lets_more_through_than_it_may() -> None:
    """Calls one after another, each of its own length: no window of a minute holds more than twenty arrivals."""
    dice = random.Random(3)
    window, now, arrivals = Window(20, 60.0), 0.0, []
    for _ in range(500):
        now += max(window.wait(now), 0.0)
        assert window.wait(now) == 0.0
        out, back = dice.uniform(0, 3), dice.uniform(0, 3)
        arrivals.append(now + out)
        now += out + back
        window.done(now)
        now += dice.choice((0.0, 0.0, 0.0, 1.0, 90.0))
    for at in arrivals:
        assert sum(1 for other in arrivals if at <= other < at + 60.0) <= 20
