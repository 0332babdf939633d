"""`python -m tests.run test|check|lint`: run the groups of `budgets.toml`, each against its time, and give account."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUDGETS = Path(__file__).with_name("budgets.toml")
REPORT = "TOCKA_TEST_REPORT"
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
BYTECODE = Path(sys.prefix) / "bytecode"
"""Beside the program's environment, as `make clean` takes it away with it."""
# A group that hangs is ended at this multiple of its budget; one that is merely slow still shows its failures.
PATIENCE = 2
TIMED_OUT = 124
NO_TESTS = 5


@dataclass(frozen=True)
class Group:
    """One program to run and the time it may take."""

    name: str
    targets: tuple[str, ...]
    run: tuple[str, ...]
    seconds: int
    env: dict[str, str] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    """What this leaves of the cores begins this program, to spare later groups some work; it is ended with the group."""


@dataclass
class Account:
    """What all groups together did."""

    rows: list[tuple[str, float, int, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    not_run: dict[str, list[str]] = field(default_factory=dict)

    @property
    def bad(self) -> list[str]:
        """The groups that did not end well."""
        return [name for name, _, _, result in self.rows if result != "ok"]


def load(path: Path) -> tuple[dict[str, int], list[Group]]:
    """The targets with their total budgets, and the groups."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    groups = [
        Group(
            g["name"],
            tuple(g["targets"]),
            tuple(g["run"]),
            g["seconds"],
            g.get("env", {}),
            tuple(g.get("beside", ())),
        )
        for g in told["group"]
    ]
    return told["targets"], groups


def surroundings(group: Group, report: Path) -> dict[str, str]:
    """What a group finds in its environment."""
    # Make hands unset counts over as empty words; they must not hide the group's own.
    env = group.env | {k: v for k, v in os.environ.items() if v or k not in group.env} | {REPORT: str(report)}
    if env.pop(NO_BYTECODE, None):
        # Every worker and every started program would compile everything anew; it stays out of the tree all the same.
        env.setdefault("PYTHONPYCACHEPREFIX", str(BYTECODE))
    return env


def _beside(group: Group, env: dict[str, str]) -> list[subprocess.Popen[bytes]]:
    if not group.beside:
        return []
    command, silent = [sys.executable, "-m", *group.beside], subprocess.DEVNULL
    told = {name: value for name, value in env.items() if name != REPORT}
    return [
        subprocess.Popen(command, cwd=ROOT, env=told, stdout=silent, stderr=silent, start_new_session=True)
    ]


def execute(group: Group, report: Path) -> tuple[int, float]:
    """Run one group in a session of its own and return its exit code and its seconds."""
    env = surroundings(group, report)
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", *group.run], cwd=ROOT, env=env, start_new_session=True)
    running = [process, *_beside(group, env)]
    try:
        code = process.wait(group.seconds * PATIENCE)
    except subprocess.TimeoutExpired:
        code = TIMED_OUT
    finally:
        # Whatever the group left behind ends with it, also when this program is interrupted.
        for one in running:
            try:
                os.killpg(one.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            one.wait()
    return code, time.monotonic() - started


def judge(code: int, seconds: float, group: Group) -> str:
    """One word for how the group ended."""
    if code == TIMED_OUT:
        return "HUNG"
    if code == NO_TESTS and group.run[0] == "pytest":
        return "EMPTY"
    if code != 0:
        return "FAILED"
    return "ok" if seconds <= group.seconds else "TOO SLOW"


def run(target: str, groups: list[Group]) -> Account:
    """Run the target's groups one after the other; a failed one does not hide the next."""
    account = Account()
    with tempfile.TemporaryDirectory(prefix="tocka-run-") as folder:
        for number, group in enumerate(g for g in groups if target in g.targets):
            print(f"\n=== {group.name}: {' '.join(group.run)}", flush=True)
            report = Path(folder) / f"{number}.json"
            code, seconds = execute(group, report)
            account.rows.append((group.name, seconds, group.seconds, judge(code, seconds, group)))
            if report.exists():
                told = json.loads(report.read_text())
                account.counts.update(told["counts"])
                for why, tests in told["not_run"].items():
                    account.not_run.setdefault(why, []).extend(tests)
    return account


def close(target: str, account: Account, budget: int) -> int:
    """Print the account, the names of tests this machine could not run last, and return the exit code."""
    total = sum(seconds for _, seconds, _, _ in account.rows)
    print(f"\n{'group':<12} {'seconds':>8} {'budget':>7}  result")
    for name, seconds, allowed, result in account.rows:
        print(f"{name:<12} {seconds:>8.1f} {allowed:>7}  {result}")
    over = total > budget
    print(
        f"{target:<12} {total:>8.1f} {budget:>7}  {'TOO SLOW' if over else 'FAILED' if account.bad else 'ok'}"
    )
    told = ", ".join(f"{n} {kind}" for kind, n in account.counts.items() if n) or "no tests"
    if account.bad:
        told += f", groups not ok: {', '.join(account.bad)}"
    print(f"\n{f' {told} in {total:.2f}s ':=^100}")
    for why, tests in account.not_run.items():
        print(f"NOT RUN ({why}): {' '.join(sorted(tests))}")
    return 1 if account.bad or over else 0


def main(arguments: list[str]) -> int:
    """Run the target named on the command line."""
    targets, groups = load(BUDGETS)
    target = arguments[0] if len(arguments) == 1 else ""
    if target not in targets:
        print(f"usage: python -m tests.run {'|'.join(targets)}")
        return 2
    return close(target, run(target, groups), targets[target])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
