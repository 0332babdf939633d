"""The audit's tick, its command and the doctor's word on it."""

from __future__ import annotations

import asyncio

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from bot import names
from bot.__main__ import main
from bot.doctor import examine
from bot.settings import Settings
from bot.ticks import SEALED_AT_ONCE, Ticks, Times
from flows.due import Lateness
from storage import audit
from storage.db import Database
from storage.office import alone
from storage.sites import Site
from storage.sql import Tx
from tests.helpers import make

only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
COUNT = SEALED_AT_ONCE + 5


def written(db: Database) -> None:
    def unit(tx: Tx) -> None:
        for number in range(COUNT):
            audit.record(tx, make.MONDAY, audit.SYSTEM, "retention.run", names.about(tx, "run", number))

    db.write(unit)


def test_the_tick_seals_all_there_is(db: Database, site: Site) -> None:
    written(db)
    times = Times(make.MONDAY, alone(site), make.texts(), Lateness(), frozenset())
    assert asyncio.run(Ticks(db, lambda: times).once("seal")) == COUNT
    assert db.read(audit.head).unsealed == 0
    assert db.read(audit.verify) is None


@only_sqlite
def test_the_command_and_the_doctor_name_the_row(
    db: Database, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert site.slug == "celje"
    monkeypatch.setenv("DATABASE_URL", db.url)
    written(db)
    db.write(lambda tx: audit.seal(tx, 1000))
    head = db.read(audit.head)
    fine = CliRunner().invoke(main, ["audit", "verify"])
    assert fine.exit_code == 0
    assert f"{COUNT} {head.digest}" in fine.output
    assert [finding.ok for finding in examine(Settings()) if "audit" in finding.sentence] == [True]

    engine = create_engine(db.url)
    with engine.begin() as attacker:
        attacker.execute(text("DROP TRIGGER audit_no_update"))
        attacker.execute(text("UPDATE audit SET actor = 'eva' WHERE id = 7"))
    engine.dispose()
    broken = CliRunner().invoke(main, ["audit", "verify"])
    assert broken.exit_code == 1
    assert "Row 7" in broken.output
    told = [finding for finding in examine(Settings()) if "audit" in finding.sentence]
    assert [(finding.ok, finding.optional) for finding in told] == [(False, False)]
