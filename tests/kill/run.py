"""Many lives and deaths of the bot on one database: forks children, plays the people, checks what is left.

    python -m tests.kill.run '<spec as JSON>'

It is a process of its own, because only one without threads and connections may be forked. The last line it prints is
the report.
"""

from __future__ import annotations

import http.client
import os
import random
import select
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson

import storage.postgres
import storage.sqlite  # noqa: F401 - everything is imported before the first fork
from storage.db import open_database
from storage.sql import to_ms
from tests.helpers import make
from tests.kill import child, invariants, points
from tests.kill.people import COLLEAGUES, Colleague, Person, Update

PEOPLE = 16
NAMED_S = 4.0
"""After so long without its point a life is ended from outside."""
PATIENT_S = 20.0
"""For a process of its own, which has to import everything first, and for a point that was missed before."""
SHORT_S, LONG_S = (0.02, 1.5), 15.0
LONG_TURNS = 160
"""Most lives without a point are short; every tenth lasts until so much was said, enough for whole dialogues."""
HEAL_S = child.HEAL_S + 30
LONG_NIGHT = 25
FAULTS = ("close_after", "close_before", "bad_json", "500", "no_result")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Spec:
    """One run."""

    url: str
    base: str
    ledger: str
    log: str
    kills: int
    seed: int
    starts: int = 0
    """How many of the lives are processes started anew instead of forks."""
    mutant: str = ""


@dataclass
class Report:
    """What happened, and what is wrong."""

    seed: int
    kills: int = 0
    starts: int = 0
    updates: int = 0
    points: dict[str, int] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)
    bookings: int = 0
    in_rooms: int = 0
    bulk: int = 0
    calls: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    doubled: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


class Run:
    """The provider's other side, the clock of the world, and the hand that kills."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.rng = random.Random(spec.seed)
        self.report = Report(spec.seed)
        chats = range(100, 100 + PEOPLE)
        self.people = {n: Person(n, random.Random(spec.seed + n), steady=n % 3 == 0) for n in chats}
        self.colleagues = {n: Colleague(n, random.Random(spec.seed + n)) for n in COLLEAGUES}
        self.pushed: dict[int, Update] = {}
        self.taps: dict[int, Update] = {}
        """What colleagues did: never a turn."""
        self.reached: Counter[str] = Counter()
        self._missed: deque[str] = deque()
        """Points a life did not come to: the next one only has to come there once."""
        self._last = 999
        self._began = time.monotonic()
        self._jumped = timedelta()
        self._http = http.client.HTTPConnection(urlsplit(spec.base).netloc, timeout=30)
        self._ledger = Path(spec.ledger).open("rb")  # noqa: SIM115 - read on and on until the run ends
        self._rest = b""

    # --- the world

    @property
    def now_ms(self) -> int:
        """The time of day, which jumps between two lives."""
        return to_ms(make.MONDAY + self._jumped) + int(1000 * (time.monotonic() - self._began))

    def _post(self, path: str, body: dict[str, Any]) -> None:
        self._http.request("POST", path, orjson.dumps(body), {"Content-Type": "application/json"})
        answer = self._http.getresponse()
        answer.read()
        assert answer.status == 200, answer.status

    def _push(self, update: Update, kept: dict[int, Update]) -> None:
        """The platform delivers everything twice."""
        self._last += 1
        id_ = self._last
        kept[id_] = update
        for _ in range(2):
            self._post("/_push", {"update_id": id_, **update})

    def play(self) -> None:
        """Everybody reads her phone and answers."""
        for entry in self._news():
            if entry["method"] == "sendMessage" and entry["accepted"]:
                chat = int(entry["params"]["chat_id"])
                (self.people.get(chat) or self.colleagues[chat]).gets(entry["params"])
        for person in self.people.values():
            for update in person.acts(self.now_ms, time.monotonic()):
                self._push(update, self.pushed)
        for colleague in self.colleagues.values():
            for update in colleague.acts():
                self._push(update, self.taps)

    def _news(self) -> list[dict[str, Any]]:
        *lines, self._rest = (self._rest + self._ledger.read()).split(b"\n")
        return [orjson.loads(line) for line in lines]

    # --- lives

    def one(self, number: int) -> None:
        """One life and its end."""
        is_start = number < 2 * self.spec.starts and number % 2 == 0
        is_long = number % 10 == 1
        point, nth = self._point(number // 2) if number % 2 == 0 else ("", 1)
        self._between(number)
        life = child.Life(
            self.spec.url,
            self.spec.base,
            number,
            self.now_ms,
            self.rng.getrandbits(32),
            point,
            nth,
            mutant=self.spec.mutant,
        )
        pid, told = self._start(life) if is_start else self._fork(life)
        delay = LONG_S if is_long else self.rng.uniform(*SHORT_S)
        limit = delay if not point else PATIENT_S if is_start or nth == 1 else NAMED_S
        code = self._watch(pid, limit, LONG_TURNS if is_long else 10**6)
        with os.fdopen(told, "rb") as ear:
            said = ear.read().decode()
        if code != -signal.SIGKILL:
            self.report.problems.append(f"life {number} ended by itself with {code}")
        if said:
            self.reached[said] += 1
        elif point:
            self._missed.append(point)
        self.report.kills += 1
        self.report.starts += is_start

    def _point(self, round_: int) -> tuple[str, int]:
        """Which point comes next, and the how-manieth time it is passed."""
        if self._missed:
            return self._missed.popleft(), 1
        names = sorted(points.named())
        point = names[round_ % len(names)]
        return point, 1 if point.startswith(("alerts.", "ticks.")) else self.rng.choice((1, 3, 10, 30))

    def _between(self, number: int) -> None:
        """While nobody lives: time passes, the platform repeats old updates, the network gets worse."""
        if self.rng.random() < 0.7:
            self._jumped += child.JUMP
        if number % LONG_NIGHT == LONG_NIGHT - 1:
            self._jumped += timedelta(hours=5)
        for id_ in self.rng.sample(sorted(self.pushed), min(5, len(self.pushed))):
            self._post("/_push", {"update_id": id_, **self.pushed[id_]})
        if self.rng.random() < 0.3:
            self._post("/_fault", {"kind": self.rng.choice(FAULTS), "times": self.rng.randint(1, 3)})

    def _fork(self, life: child.Life) -> tuple[int, int]:
        assert threading.active_count() == 1, "a thread would be half alive in the child"
        ear, mouth = os.pipe()
        pid = os.fork()
        if pid == 0:
            code = 5
            try:
                os.close(ear)
                self._silence()
                code = child.run(life, mouth)
            except BaseException:  # noqa: BLE001 - the child must never come back from here
                traceback.print_exc()
            finally:
                os._exit(code)
        os.close(mouth)
        return pid, ear

    def _silence(self) -> None:
        log = os.open(self.spec.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.dup2(log, 1)
        os.dup2(log, 2)

    def _start(self, life: child.Life) -> tuple[int, int]:
        ear, mouth = os.pipe()
        with Path(self.spec.log).open("ab") as log:
            command = [sys.executable, "-m", "tests.kill.child", orjson.dumps(life).decode()]
            process = subprocess.Popen(command, cwd=ROOT, stdout=mouth, stderr=log)
        os.close(mouth)
        process.returncode = 0  # `_watch` is the one who waits for it
        return process.pid, ear

    def _watch(self, pid: int, limit: float, turns: int) -> int:
        """Play until it is dead, by its own hand or ours; its exit code, negative for a signal."""
        handle = os.pidfd_open(pid)
        turns += len(self.pushed)
        try:
            until = time.monotonic() + limit
            while not select.select([handle], [], [], 0.01)[0]:
                if time.monotonic() >= until or len(self.pushed) >= turns:
                    signal.pidfd_send_signal(handle, signal.SIGKILL)
                    break
                self.play()
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        finally:
            os.close(handle)

    def make_up(self) -> None:
        """Die once more where the last round did not come to die, so that a busy machine leaves no point out."""
        if self.spec.kills >= 2 * len(points.named()):
            self._missed = deque(sorted(points.named() - self.reached.keys()))
            for extra in range(len(self._missed)):
                self.one(self.spec.kills + 2 + 2 * extra - self.spec.kills % 2)

    def heal(self) -> None:
        """A last life that nobody ends: it must hear everything and leave nothing open."""
        life = child.Life(
            self.spec.url,
            self.spec.base,
            10**6,
            self.now_ms,
            1,
            expected=len(self.pushed),
            last=self._last,
            mutant=self.spec.mutant,
        )
        pid, told = self._fork(life)
        os.close(told)
        handle = os.pidfd_open(pid)
        if not select.select([handle], [], [], HEAL_S)[0]:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        os.close(handle)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if code != 0:
            self.report.problems.append(f"not healed: the last life ended with {code}")

    def check(self) -> None:
        """Read what is left and find what is wrong with it."""
        ledger = [orjson.loads(line) for line in Path(self.spec.ledger).read_bytes().splitlines()]
        db = open_database(self.spec.url)
        found = invariants.Found(self.pushed, self.taps, ledger).read(db)
        db.close()
        report = self.report
        report.problems += invariants.problems(found)
        report.updates = len(self.pushed)
        report.points = dict(self.reached)
        report.states = dict(Counter(row.state for row in found.rows))
        report.bookings = len(found.bookings)
        report.in_rooms = sum(one.room_id is not None for one in found.bookings)
        report.bulk = sum(row.kind == "broadcast" for row in found.rows)
        report.calls = dict(Counter(row.state for row in found.calls))
        report.acknowledged = sum(row.acknowledged_at is not None for row in found.alerts)
        report.doubled = sum(count > 1 for count in found.accepted.values())
        report.seconds = round(time.monotonic() - self._began, 1)


def main(spec: Spec) -> Report:
    """Live, die, heal, check."""
    make.texts()
    run = Run(spec)
    for number in range(spec.kills):
        run.one(number)
    run.make_up()
    run.heal()
    run.check()
    return run.report


if __name__ == "__main__":
    print(orjson.dumps(asdict(main(Spec(**orjson.loads(sys.argv[1]))))).decode())
