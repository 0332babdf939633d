"""`python -m bench [figures] [--rounds 5] [--quick]`: runs the figures and keeps their medians in `bench/results.json`.

Every round goes to `bench/rounds.json` with the commit, the file system and the load. Figures: turn, history, sender, slots,
search, idle, inbox, calendar, directory. A ratio is always of two rates of the same round; the sides change their order from
round to round.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

import orjson

from bench import place

Figures = dict[str, float]
T = TypeVar("T")
FOLDER = Path(__file__).resolve().parent
RESULTS, ROUNDS_FILE = FOLDER / "results.json", FOLDER / "rounds.json"
ROUNDS_MIN = 5
GOALS: dict[str, tuple[str, float]] = {
    "turn_vs_ptb": (">=", 2.0),
    "turn_vs_aiogram_sqlite": (">=", 4.0),
    "history_vs_empty": (">=", 0.85),
    "sender_rate_share": (">=", 0.99),
    "sender_peak_share": ("<=", 1.0),
    "slots_p95_ms": ("<=", 10.0),
    "search_p95_ms": ("<=", 10.0),
    "idle_mb": ("<=", 150.0),
    "help_s": ("<=", 0.3),
    "inbox_visible_p95_ms": ("<=", 300.0),
    "inbox_page_p95_ms": ("<=", 100.0),
    "turn_with_inboxes": (">=", 0.9),
    "calendar_page_p95_ms": ("<=", 100.0),
    "import_s": ("<=", 20.0),
    "import_reply_p99": ("<=", 1.5),
}


def turn(number: int, quick: bool) -> Figures:
    """Figure 1."""
    from bench import turn as figure

    return figure.measure(*((150,) if quick else ()), turned=number % 2 == 1)


def history(number: int, quick: bool) -> Figures:
    """Figure 2."""
    from bench import history as figure

    return figure.measure(*((2_000,) if quick else ()), turned=number % 2 == 1)


def sender(number: int, quick: bool) -> Figures:
    """Figure 3: the worse of no latency and 50 ms; the other library beside it."""
    seconds = "seconds=3" if quick else "seconds=60"
    at_once = _script("sender", seconds, "latency_ms=0", "ptb=1")
    late = _script("sender", seconds, "latency_ms=50", "ptb=0")
    return {
        **at_once,
        **{f"{name}_at_50_ms": value for name, value in late.items()},
        "sender_rate_share": min(at_once["sender_rate_share"], late["sender_rate_share"]),
        "sender_peak_share": max(at_once["sender_peak_share"], late["sender_peak_share"]),
    }


def slots(number: int, quick: bool) -> Figures:
    """Figure 4, calendars."""
    return _script("slots")


def search(number: int, quick: bool) -> Figures:
    """Figure 4, the directory."""
    return _script("search")


def idle(number: int, quick: bool) -> Figures:
    """Figure 5."""
    from bench import idle as figure

    return figure.measure()


def inbox(number: int, quick: bool) -> Figures:
    """Figures 6 to 8."""
    from bench import inbox as figure

    return figure.measure(quick=quick, turned=number % 2 == 1)


def calendar(number: int, quick: bool) -> Figures:
    """Figure 9."""
    return _script("calendar", *(("quick",) if quick else ()))


def directory(number: int, quick: bool) -> Figures:
    """Figure 10."""
    return _script("directory", *(("quick",) if quick else ()))


FIGURES: dict[str, Callable[[int, bool], Figures]] = {
    "turn": turn,
    "history": history,
    "sender": sender,
    "slots": slots,
    "search": search,
    "idle": idle,
    "inbox": inbox,
    "calendar": calendar,
    "directory": directory,
}


def _script(name: str, *args: str) -> Figures:
    """The plain numbers a bench of its own prints as JSON; its temporary files are on the disk too."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}", *args],
        cwd=place.ROOT,
        env={**os.environ, "TMPDIR": str(place.work_folder())},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{name} failed:\n{done.stderr[-2000:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    return {key: value for key, value in found.items() if isinstance(value, int | float)}


def run(names: list[str], rounds: int, quick: bool) -> dict[str, list[Figures]]:
    """Every figure so many times, round by round, so that a busy minute of the machine hits all of them alike."""
    found: dict[str, list[Figures]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names:
            before = place.load()
            figures = FIGURES[name](number, quick)
            found[name].append(figures)
            shown = {key: round(value, 3) for key, value in figures.items() if key in GOALS}
            print(f"round {number + 1}/{rounds}  {name:8} {shown}", flush=True)
            if not quick:
                _keep_round(name, figures, before)
    return found


def _keep_round(name: str, figures: Figures, load_before: list[float]) -> None:
    kept: list[dict[str, Any]] = _read(ROUNDS_FILE, [])
    kept.append(
        {
            "figure": name,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": place.commit(),
            "file_system": place.file_system(place.WORK),
            "load_before": load_before,
            "load_after": place.load(),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "values": {key: round(value, 4) for key, value in figures.items()},
        }
    )
    _write(ROUNDS_FILE, kept)


def medians(found: dict[str, list[Figures]]) -> Figures:
    """The middle of every figure that has a goal."""
    return {
        key: round(median(one[key] for one in rounds), 3)
        for rounds in found.values()
        for key in rounds[0]
        if key in GOALS
    }


def _read(path: Path, default: T) -> T:
    if not path.exists():
        return default
    found: T = orjson.loads(path.read_bytes())
    return found


def _write(path: Path, value: object) -> None:
    made = path.with_suffix(".part")
    made.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n")
    made.replace(path)


def reached(key: str, value: float) -> bool:
    """Whether a figure is as good as it must be."""
    way, goal = GOALS[key]
    return value >= goal if way == ">=" else value <= goal


def main() -> int:
    """Run what was asked for; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="figure", help=f"{', '.join(FIGURES)}; default: all")
    parser.add_argument("--rounds", type=int, default=ROUNDS_MIN)
    parser.add_argument("--quick", action="store_true", help="one small round; writes nothing")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(FIGURES):
        parser.error(f"no such figure: {', '.join(sorted(unknown))}")
    try:
        place.work_folder()
    except place.InMemory as refusal:
        parser.error(str(refusal))
    if asked.rounds < ROUNDS_MIN and not asked.quick:
        parser.error(f"a figure is the median of {ROUNDS_MIN} rounds or more")
    found = run(asked.names or list(FIGURES), 1 if asked.quick else asked.rounds, asked.quick)
    middle = medians(found)
    for key, value in middle.items():
        way, goal = GOALS[key]
        print(f"{key:24} {value:10.3f}  {way} {goal:g}  {'' if reached(key, value) else 'MISSED'}")
    if asked.quick:
        return 0
    _write(RESULTS, {**_read(RESULTS, {}), **middle})
    return 0 if all(reached(key, value) for key, value in middle.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
