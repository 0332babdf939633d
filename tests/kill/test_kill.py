"""Kill -9 at every named point and at random moments: nothing lost, nothing twice, every doubt told as what it is."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import update

from storage import duty, roomplans
from storage.db import Database
from storage.sql import Tx, table
from storage.staff import StaffRow
from tests.helpers import console, make, provider
from tests.helpers.counts import count
from tests.kill import points
from tests.kill.people import COLLEAGUES
from tests.storage import offices

ROOT = Path(__file__).resolve().parents[2]
SPLIT_BELOW = 200
"""Fewer kills than this are shared between the two databases, from here on each takes all of them."""
SECONDS_A_KILL = 20
DAY_MIN = 24 * 60
_staff = table(StaffRow)

pytestmark = pytest.mark.kill
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def remote(tmp_path: Path) -> Iterator[provider.Remote]:
    running = provider.start(tmp_path / "ledger")
    yield running
    running.stop()


def open_office(url: str) -> None:
    """Four counsellors and two who are called, always there: the clock of a run jumps through nights and Sundays.

    Three of the four meet people in one of two rooms.
    """
    db: Database = make.open_database(url)

    def unit(tx: Tx) -> None:
        site, _ = offices.office(tx, hours=(0, DAY_MIN), weekdays=7, people=4)
        for name in ("1", "2"):
            roomplans.add(tx, site.id, roomplans.Facts(name, 2))
        for one in roomplans.needs(tx, site.id)[1:]:
            roomplans.need(tx, site.id, one.counsellor_id, needs_one=True)
        for chat, role in zip(COLLEAGUES, ("counsellor", "coordinator"), strict=True):
            who = console.person(tx, site, role)
            tx.query(update(_staff).where(_staff.c.id == who).values(telegram_id=str(chat)))
            for weekday in range(7 if role == "counsellor" else 0):
                duty.add_shift(tx, site.id, who, weekday=weekday, from_min=0, until_min=DAY_MIN)

    db.write(unit)
    db.close()


def run(url: str, remote: provider.Remote, folder: Path, kills: int, **more: Any) -> dict[str, Any]:
    """A whole run in a process of its own; its report."""
    open_office(url)
    seed = more.pop("seed", None) or secrets.randbits(32)
    spec = {
        "url": url,
        "base": remote.base,
        "ledger": str(remote.ledger),
        "log": str(folder / "log"),
        "kills": kills,
        "seed": seed,
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.kill.run", orjson.dumps(spec).decode()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120 + kills * SECONDS_A_KILL,
        check=False,
    )
    if done.returncode != 0:
        raise AssertionError(f"seed {seed}: the run itself failed\n{done.stderr[-3000:]}")
    report: dict[str, Any] = orjson.loads(done.stdout.splitlines()[-1])
    print({name: value for name, value in report.items() if name != "problems"})
    return report


def survives(url: str, remote: provider.Remote, folder: Path) -> None:
    asked = count("KILLS", 100)
    kills = asked if asked >= SPLIT_BELOW else (asked + 1) // 2
    report = run(url, remote, folder, kills, starts=2 if kills < SPLIT_BELOW else 10)
    assert report["problems"] == [], f"seed {report['seed']}, log {folder / 'log'}"
    assert report["kills"] >= kills
    # A run in which little happened would prove little.
    assert report["updates"] >= 5 * kills, report
    assert report["bookings"] > 0, report
    assert report["in_rooms"] > 0, report
    assert report["bulk"] >= kills, report
    assert report["states"].get("unknown", 0) > 0, report
    assert report["calls"].get("sent", 0) >= kills / 2, report
    assert report["acknowledged"] >= kills / 4, report
    if kills >= 2 * len(points.named()):
        missed = points.named() - report["points"].keys()
        assert not missed, f"seed {report['seed']}: nobody died at {sorted(missed)}"


# Two tests with one between them, so that two workers begin with one database each.
@pytest.mark.timeout(3600)
@only_sqlite
def test_kills_lose_nothing_and_double_nothing_on_sqlite(
    database_url: str, remote: provider.Remote, tmp_path: Path
) -> None:
    survives(database_url, remote, tmp_path)


def test_the_named_points_are_found_in_the_code() -> None:
    found = points.named()
    assert {"inbound.before_write", "inbound.after_commit", "db.before_commit", "db.after_commit"} <= found
    assert {name for name in found if name.startswith("delivery.")}
    assert {"alerts.after_claim", "alerts.after_send"} <= found
    assert {"ticks.reminders", "ticks.go_on", "ticks.expire", "ticks.forget", "ticks.after_commit"} <= found


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_kills_lose_nothing_and_double_nothing_on_postgresql(
    database_url: str, remote: provider.Remote, tmp_path: Path
) -> None:
    survives(database_url, remote, tmp_path)


@only_sqlite
@pytest.mark.parametrize(
    ("mutant", "kills", "complaint"),
    [
        ("no_key", 4, "too many"),  # an update delivered twice is applied twice
        # what was on the wire when the process died is simply sent again
        pytest.param("requeue", 10, "accepted 2 times", marks=pytest.mark.slow),
        # a call whose sender died stays as it is
        pytest.param("no_lost", 4, "left open", marks=pytest.mark.slow),
        # the platform is told "received" before anything is stored
        pytest.param("early_ack", 8, "lost", marks=pytest.mark.slow),
    ],
)
def test_the_checks_find_a_planted_fault(
    database_url: str, remote: provider.Remote, tmp_path: Path, mutant: str, kills: int, complaint: str
) -> None:
    report = run(database_url, remote, tmp_path, kills, mutant=mutant)
    found = "\n".join(report["problems"])
    assert complaint in found, f"seed {report['seed']}: {found[:2000]}"
