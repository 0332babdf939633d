"""The doctor asks whether anybody would be called, and whether it was tried."""

from __future__ import annotations

from bot.doctor import _duty
from flows import alerts as rules
from storage.db import Database
from storage.sites import Site
from tests.helpers import make
from tests.helpers.duties import Duties


def test_doctor_is_red_until_a_test_alert_was_answered(db: Database, clock: make.Clock, site: Site) -> None:
    duties = Duties(db, clock, site)

    def red() -> list[bool]:
        found = duties.db.read(lambda tx: _duty(tx, duties.site, duties.clock.at))
        return [one.ok for one in found if not one.optional]

    assert red() == [False, False]
    ana = duties.person()
    duties.shift(ana)
    assert red() == [True, False]
    duties.db.write(lambda tx: rules.test(tx, duties.clock.at, duties.site.id, ana, "t"))
    assert red() == [True, False]
    duties.db.write(lambda tx: rules.acknowledge(tx, "t", ana, duties.clock.at))
    assert red() == [True, True]
    duties.clock.forward(days=31)
    assert red() == [True, False]
