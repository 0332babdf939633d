"""Topics as an admin keeps them, and what a counsellor takes: on both databases, and by version."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage import calendars, counsellors, schedules, subjects, wordings
from storage.db import Database
from storage.schedules import BadPlan
from storage.sites import Site
from storage.sql import Tx
from tests.helpers import make
from tests.helpers.console import person


def slugs(db: Database, site: Site) -> list[str]:
    return [one.slug for one in db.read(lambda tx: subjects.listed(tx, site.id))]


def test_topics_are_added_ordered_and_changed_by_version(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> list[str | None]:
        return [
            subjects.add(tx, site.id, slug, 30, sensitive=slug == "lipa", label=None)
            for slug in ("work", None, "lipa", "work", None)
        ]

    assert db.write(unit) == ["work", "own-1", "lipa", None, "own-2"]
    last = db.read(lambda tx: subjects.listed(tx, site.id))[-1]
    db.write(lambda tx: subjects.move_up(tx, last))
    assert slugs(db, site) == ["work", "own-1", "own-2", "lipa"]
    new = replace(last, minutes=45, sensitive=True, active=False, label="L")
    assert db.write(lambda tx: subjects.save(tx, new, 0))
    assert not db.write(lambda tx: subjects.save(tx, replace(new, minutes=60), 0))
    assert db.read(lambda tx: subjects.get(tx, last.id, [site.id])) == replace(new, version=1)
    assert db.read(lambda tx: subjects.get(tx, last.id, [site.id + 1])) is None


def test_names_are_of_the_whole_office_and_another_site_may_take_them(db: Database, site: Site) -> None:
    there = db.write(lambda tx: make.site(tx, "postojna"))
    for names in ({"sl": "Vrt", "en": "Garden"}, {"sl": "Njiva"}):
        db.write(lambda tx, names=names: wordings.name_topic(tx, "own-1", names))  # type: ignore[misc]  # bound now
    known = db.read(wordings.names)
    assert known == {("sl", "own-1"): "Njiva"}
    assert db.read(wordings.standing).version == 2
    assert subjects.elsewhere(known, slugs(db, there)) == ["own-1"]
    # A name nobody uses any more is not given to another topic.
    assert db.write(lambda tx: subjects.add(tx, site.id, None, 30, sensitive=False, label=None)) == "own-2"


def test_what_a_counsellor_takes_is_known_to_the_calendar_at_once(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> int:
        for slug in ("work", "money"):
            counsellors.add_topic(tx, site.id, slug, 30)
        who = person(tx, site, "counsellor")
        return schedules.make(tx, who, site.id, "C", languages=["sl"], taken=["work"], modes=["person"])

    made = db.write(unit)
    assert [one.slug for one in db.read(lambda tx: calendars.topics(tx, site))] == ["work"]
    before = db.read(lambda tx: schedules.plan(tx, made))
    assert before is not None
    word = schedules.about(before)

    def change(tx: Tx) -> None:
        told = {"languages": ["sq"], "taken": ["money"], "modes": ["phone"], "active": True}
        schedules.set_about(tx, before, seen=word, **told)  # type: ignore[arg-type]  # the names say which

    db.write(change)
    assert [one.slug for one in db.read(lambda tx: calendars.topics(tx, site))] == ["money"]
    with pytest.raises(BadPlan, match="meanwhile"):
        db.write(change)
