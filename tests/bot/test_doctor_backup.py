"""The doctor is red when no backup of the last day lies in the second place, and for the demo it only says so."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519

from bot import backup, demo
from bot.doctor import Finding, backups_of
from bot.settings import Settings
from storage import sites
from storage.db import Database
from storage.sites import Site
from tests.helpers import make
from tests.helpers.copies import settings_of

KEY = str(x25519.Identity.generate().to_public())


@pytest.fixture
def second(tmp_path: Path) -> Path:
    folder = tmp_path / "second"
    folder.mkdir()
    return folder


def red(settings: Settings, db: Database, clock: make.Clock) -> list[str]:
    return [f.sentence for f in backups_of(settings, db, clock.at) if not f.ok and not f.optional]


def made(db: Database, second: Path, clock: make.Clock) -> None:
    (second / f"tocka-{clock.at.strftime(backup.STAMP)}.tar.age").touch()
    db.write(lambda tx: backup.note(tx, clock.at, 1, clock.at))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_red_until_there_is_one_and_again_after_a_day(
    db: Database, clock: make.Clock, tmp_path: Path, second: Path
) -> None:
    told: dict[str, Any] = {"backup_dir": second, "backup_recipient": KEY}
    settings = settings_of(db.url, tmp_path, **told)
    assert "There is no backup" in red(settings, db, clock)[0]
    made(db, second, clock)
    clock.forward(hours=25)  # the longest day
    assert red(settings, db, clock) == []
    clock.forward(hours=2)
    assert "27 hours old" in red(settings, db, clock)[0]
    made(db, second, clock)
    assert red(settings, db, clock) == []
    for path in second.iterdir():
        path.unlink()  # somebody emptied the disk: what the database remembers is no backup
    assert "There is no backup" in red(settings, db, clock)[0]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_settings_red_for_real_use_and_a_notice_for_the_demo(
    db: Database, clock: make.Clock, tmp_path: Path
) -> None:
    def found() -> list[Finding]:
        return backups_of(settings_of(db.url, tmp_path), db, clock.at)

    assert [(one.ok, one.optional) for one in found()] == [(False, False)]
    db.write(lambda tx: sites.mark(tx, demo.MARK, clock.at))
    assert [(one.ok, one.optional) for one in found()] == [(False, True)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_night_makes_one_and_only_one(
    db: Database, clock: make.Clock, site: Site, tmp_path: Path, second: Path
) -> None:
    nights = backup.Backups(db, settings_of(db.url, tmp_path, backup_dir=second, backup_recipient=KEY), clock)
    assert await nights.is_due()  # there was never one
    await nights.once()
    assert db.read(lambda tx: sites.marked(tx, backup.MARK)) == clock.at
    assert not await nights.is_due()
    clock.at = make.MONDAY.replace(hour=3, minute=10) + timedelta(days=1)  # ten past four in Celje
    assert await nights.is_due()
    await nights.once()
    assert not await nights.is_due()
    assert len(backup.kept(second)) == 2
    assert not await backup.Backups(db, settings_of(db.url, tmp_path), clock).is_due()
