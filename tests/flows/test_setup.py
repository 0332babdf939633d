"""What an office still lacks: each thing by itself, and nothing when all of it is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from flows import setup
from flows.texts import SHIPPED, Texts
from storage import closures, counsellors, duty, office, services, sites, subjects, wordings
from storage.db import Database
from storage.services import NewService
from storage.sites import Site
from storage.sql import Tx, table
from storage.staff import StaffRow
from storage.wordings import Standing
from tests.helpers import make
from tests.helpers.console import person

NOW, TODAY = make.MONDAY, make.MONDAY.date()
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ALL = frozenset(
    {
        "office",
        "name",
        "hours",
        "topic",
        "plan",
        "duty",
        "helpline",
        "closed",
        "people",
        "signed",
        "coordinator",
    }
)


def fill(tx: Tx, site: Site, there: frozenset[str]) -> None:
    """An office with these parts."""
    office.add(tx, opened_at=None)
    if "office" in there:
        told = replace(office.load(tx), controller="C", address="A", email="o@example.org")
        assert office.save(tx, told, 1)
    own = replace(site, name=site.name if "name" in there else "")
    sites.change(tx, own if "hours" in there else replace(own, hours=()))
    if "topic" in there:
        counsellors.add_topic(tx, site.id, "work", 30)
    who = person(tx, site, *_roles(there))
    if "signed" in there:
        tx.query(update(table(StaffRow)).values(password_hash="x"))
    if "plan" in there:
        one = counsellors.add_counsellor(tx, site.id, "C", languages=("sl",), topics=("work",))
        counsellors.add_hours(tx, one, 0, 480, 900)
    if "duty" in there and "people" in there:
        duty.add_shift(tx, site.id, who, weekday=1, from_min=480, until_min=900)
    if "helpline" in there:
        owner = services.add_organisation(tx, site.id, "o", "O", "provider", source="s", verified_on=TODAY)
        until = TODAY + timedelta(days=90)
        services.add(
            tx, NewService(site.id, owner, "112", "phones", {"sl": ("112", "112")}, "s", TODAY, until)
        )
    if "closed" in there:
        closures.add(tx, site.id, [(date(2026, 12, 25), "božič")], now=NOW)


def _roles(there: frozenset[str]) -> tuple[str, ...]:
    if "people" not in there:
        return ("admin",)
    return ("counsellor", "coordinator") if "coordinator" in there else ("counsellor",)


def lacks(db: Database) -> list[str]:
    texts = Texts(make.ZONE)
    found = db.read(lambda tx: setup.steps(tx, office.load(tx), NOW, texts, public=True))
    assert [step.name for step in found] == list(setup.STEPS)
    return [lack.what for step in found for lack in step.lacks]


@pytest.mark.parametrize(
    ("without", "what"),
    [
        ("", []),
        ("office", ["controller", "contact"]),
        ("name", ["site-name"]),
        ("hours", ["hours"]),
        ("topic", ["topics", "counsellor"]),
        ("plan", ["counsellor"]),
        ("duty", ["duty"]),
        ("signed", ["signed"]),
        ("coordinator", ["coordinator"]),
        ("people", ["people", "duty"]),
        ("helpline", ["helplines"]),
        ("closed", ["closed"]),
    ],
)
def test_what_is_missing_is_named(db: Database, site: Site, without: str, what: list[str]) -> None:
    db.write(lambda tx: fill(tx, site, ALL - {without}))
    assert lacks(db) == what


@pytest.mark.parametrize(
    ("today", "closed", "what"),
    [
        ((2026, 9, 30), (2026, 12, 25), []),
        ((2026, 10, 1), (2026, 12, 25), ["closed-next"]),
        ((2026, 10, 1), (2027, 1, 1), []),
        ((2026, 10, 1), (2027, 12, 25), ["closed"]),
        ((2026, 12, 26), (2026, 12, 25), ["closed"]),
    ],
)
def test_from_october_the_closed_days_of_the_next_year_are_asked_for(
    db: Database, site: Site, today: tuple[int, int, int], closed: tuple[int, int, int], what: list[str]
) -> None:
    def unit(tx: Tx) -> list[setup.Step]:
        fill(tx, site, ALL - {"closed"})
        closures.add(tx, site.id, [(date(*closed), "closed")], now=NOW)
        return setup.steps(
            tx, office.load(tx), datetime(*today, 12, tzinfo=UTC), Texts(make.ZONE), public=True
        )

    found = [lack for step in db.write(unit) for lack in step.lacks if lack.what.startswith("closed")]
    assert [lack.what for lack in found] == what
    assert all(lack.args.get("year", "2027") == "2027" and not lack.needed for lack in found)


def test_a_topic_that_nobody_takes_is_named_and_keeps_nobody_out(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> None:
        fill(tx, site, ALL)
        for slug in ("money", "school", "papers"):
            counsellors.add_topic(tx, site.id, slug, 30)
        switched = next(one for one in subjects.listed(tx, site.id) if one.slug == "school")
        assert subjects.save(tx, replace(switched, active=False), switched.version)
        counsellors.add_counsellor(tx, site.id, "No hours", languages=("sl",), topics=("money",))

    db.write(unit)
    steps = db.read(lambda tx: setup.steps(tx, office.load(tx), NOW, Texts(make.ZONE), public=True))
    found = [lack for step in steps for lack in step.lacks]
    assert [(one.what, one.args["topic"]) for one in found] == [
        ("topic-taken", "money"),
        ("topic-taken", "papers"),
    ]
    assert setup.missing(steps) == []


def test_a_place_that_no_button_holds_is_not_called_missing(db: Database, site: Site) -> None:
    db.write(lambda tx: fill(tx, replace(site, place="Spodnja Idrija ob Idrijci"), ALL))
    assert lacks(db) == ["site-long"]


def test_a_plan_that_is_over_and_a_help_line_that_is_due_count_no_more(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> None:
        fill(tx, site, ALL - {"plan"})
        one = counsellors.add_counsellor(tx, site.id, "C", languages=("sl",), topics=("work",))
        counsellors.add_hours(tx, one, 0, 480, 900, valid_to=TODAY - timedelta(days=1))

    db.write(unit)
    assert lacks(db) == ["counsellor"]


def test_a_topic_of_ones_own_needs_a_name_in_what_members_can_choose(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> None:
        fill(tx, site, ALL)
        slug = subjects.add(tx, site.id, None, 30, sensitive=False, label=None)
        assert slug == "own-1"
        wordings.name_topic(tx, slug, {"sq": "Kopshti"})

    db.write(unit)
    assert lacks(db) == ["topic-name", "topic-taken"]
    db.write(lambda tx: wordings.name_topic(tx, "own-1", {"sl": "Vrt"}))
    assert lacks(db) == ["topic-taken"]


def test_the_name_of_a_topic_is_said_in_every_language_and_script(db: Database, site: Site) -> None:
    texts = Texts(make.ZONE)
    names = {("sl", "own-1"): "Vrt { $x }", ("bs", "own-1"): "Bašta", ("en", "own-1"): "Garden"}
    texts.use(Standing(1, {}, frozenset(SHIPPED), names=names))
    said = {tag: texts.text(tag, "booking-topic-own-1") for tag in SHIPPED}
    assert said["sl"] == said["sq"] == said["ar"] == "Vrt { $x }"  # never read as Fluent
    assert (said["bs"], said["hr"], said["sr"], said["sr-Cyrl"]) == ("Bašta", "Bašta", "Bašta", "Башта")
    assert said["en"] == "Garden"
    texts.use(Standing(2, {}, frozenset(), names={("sl", "lipa"): "Nasilje"}))
    assert texts.text("sl", "booking-topic-lipa") == "🌳 Lipa"  # what is shipped is not named anew
    assert not texts.has("sl", "booking-topic-own-1")
