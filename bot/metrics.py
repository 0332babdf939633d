"""What Prometheus may read: counts, ages and durations. Labels are words of the lists here; any other is `other`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot.channels.base import Failure
from flows import rules
from storage.messages import BROADCAST, CRISIS, NOTICE, OPEN, REPLY
from storage.metrics import Figures

LANES = {CRISIS: "crisis", REPLY: "reply", NOTICE: "notice", BROADCAST: "broadcast"}
STATES = (*OPEN, "sending")
KINDS = frozenset(rules.TABLE)
SENDS = frozenset({"sent", *(failure.value for failure in Failure)})
CHANNELS = frozenset({"telegram", "web"})
TURNS = frozenset({"first", "repeat", "failed"})
OTHER = "other"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


def known(word: str, words: Collection[str]) -> str:
    """The word if it is one of these."""
    return word if word in words else OTHER


class Metrics:
    """The figures of one process, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._sends = Counter(
            "tocka_sends",
            "Attempts to send, by kind and outcome.",
            ("kind", "outcome"),
            registry=self.registry,
        )
        self._turns = Histogram(
            "tocka_turn_seconds",
            "From an update's arrival to its commit.",
            ("channel", "outcome"),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._queue = Gauge(
            "tocka_queue", "Messages that have not left.", ("lane", "state"), registry=self.registry
        )
        self._oldest = Gauge(
            "tocka_queue_oldest_seconds", "Age of the oldest message that may leave.", registry=self.registry
        )
        self._waiting = Gauge("tocka_waiting_chats", "Chats that wait for a person.", registry=self.registry)
        self._waits = Gauge(
            "tocka_waiting_oldest_seconds", "How long the first of them waits.", registry=self.registry
        )
        self._alerts = Gauge("tocka_alerts_open", "Alerts nobody looked at.", registry=self.registry)
        self._tick = Gauge(
            "tocka_tick_age_seconds", "Since the last tick; NaN before the first.", registry=self.registry
        )
        self._backup = Gauge(
            "tocka_backup_age_seconds",
            "Since the last good backup; NaN before the first.",
            registry=self.registry,
        )
        self._held = Gauge(
            "tocka_restore_held", "Held since a restore until an admin decides.", registry=self.registry
        )
        self._size = Gauge("tocka_database_bytes", "Size of the database.", registry=self.registry)
        ProcessCollector(registry=self.registry)

    def sent(self, kind: str, outcome: str) -> None:
        """One attempt to send ended."""
        self._sends.labels(known(kind, KINDS), known(outcome, SENDS)).inc()

    def turned(self, channel: str, outcome: str, seconds: float) -> None:
        """One turn ended."""
        self._turns.labels(known(channel, CHANNELS), known(outcome, TURNS)).observe(seconds)

    def page(self, figures: Figures, now: datetime) -> bytes:
        """All of it as Prometheus reads it."""
        for lane, name in LANES.items():
            for state in STATES:
                self._queue.labels(name, state).set(figures.queue.get((lane, state), 0))
        self._oldest.set(_age(figures.oldest, now, 0.0))
        self._waiting.set(figures.waiting)
        self._waits.set(_age(figures.waiting_since, now, 0.0))
        self._alerts.set(figures.alerts)
        self._tick.set(_age(figures.tick, now, float("nan")))
        self._backup.set(_age(figures.backup, now, float("nan")))
        self._held.set(figures.held)
        self._size.set(figures.database_bytes)
        return generate_latest(self.registry)


def _age(since: datetime | None, now: datetime, none: float) -> float:
    return none if since is None else max(0.0, (now - since).total_seconds())
