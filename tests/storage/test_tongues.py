"""Languages that stand for one another, in every place that compares them."""

from datetime import date

from bot.console.access import Me, Role
from bot.console.inbox import scope_of
from flows import booking
from storage import calendars, counsellors, services, tongues
from storage.calendars import Wanted
from storage.db import Database
from storage.services import NewService
from storage.sites import Site
from storage.sql import Tx
from tests.flows.test_booking import turn_of
from tests.helpers import make
from tests.storage.offices import NINE, TEN, office


def test_the_rules() -> None:
    assert tongues.spoken("sr-Cyrl") == "sr"
    assert tongues.understood(["bs", "en"]) == {"bs", "hr", "sr", "en"}
    assert tongues.understood(["sr-Cyrl"]) == {"bs", "hr", "sr"}
    assert tongues.understood(["sl", "mk"]) == {"sl", "mk"}
    assert tongues.understood([]) == frozenset()
    assert tongues.readable("sr-Cyrl") == ("sr-Cyrl", "sr", "bs", "hr")
    assert tongues.readable("hr") == ("hr", "bs", "sr")
    assert tongues.readable("ar") == ("ar",)
    assert tongues.offered(["sl", "hr", "bs", "sq"], "sr-Cyrl") == ["sl", "sr", "sq"]
    assert tongues.offered(["sl", "hr", "bs"], "sl") == ["sl", "hr"]
    assert tongues.offered(["sl"], "bs") == ["sl"]


def speaks(tx: Tx, site: Site, *languages: str) -> None:
    """A counsellor who speaks these, there on Tuesdays."""
    who = counsellors.add_counsellor(tx, site.id, "Nina", languages=languages, topics=("work",))
    counsellors.add_hours(tx, who, 1, NINE, TEN)


def test_a_counsellor_who_speaks_one_of_them_speaks_all(db: Database) -> None:
    def unit(tx: Tx) -> dict[str, bool]:
        site, _ = office(tx, people=0)
        speaks(tx, site, "sl", "hr")
        day = date(2026, 3, 3)
        told = {}
        for tag in ("bs", "hr", "sr", "sr-Cyrl", "sq"):
            wanted = Wanted(site, "work", "person", tag)
            told[tag] = bool(calendars.free_slots(tx, wanted, day, make.MONDAY))
        return told

    assert db.write(unit) == {"bs": True, "hr": True, "sr": True, "sr-Cyrl": True, "sq": False}


def test_she_is_asked_about_one_of_them_by_her_own_name(db: Database) -> None:
    def unit(tx: Tx) -> dict[str, list[str]]:
        site, _ = office(tx, people=0)
        speaks(tx, site, "sl", "hr")
        speaks(tx, site, "bs", "sq")
        page = booking.Language(topic="work", mode="person")
        return {
            tag: [choice.id for choice in page.show(turn_of(tx, site, tag)).choices]
            for tag in ("sr-Cyrl", "bs", "sl")
        }

    found = db.write(unit)
    assert found["sr-Cyrl"][:2] == ["any", "sr"]
    assert found["bs"][:2] == ["any", "bs"]
    assert all(len(set(ids) & set(tongues.KIN)) == 1 for ids in found.values())


def test_a_service_is_read_and_listed_in_kin_languages(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> tuple[list[int], int, int, dict[str, str]]:
        today, later = make.MONDAY.date(), date(2027, 1, 1)
        group = services.add_organisation(tx, site.id, "t", "Test", "demo", source="test", verified_on=today)

        def one(slug: str, spoken: str, texts: dict[str, tuple[str, str]]) -> int:
            facts = ("test", today, later)
            return services.add(
                tx, NewService(site.id, group, slug, "learn", texts, *facts, languages=(spoken,))
            )

        first = one("a", "sl", {"sl": ("Tečaj", "x")})
        second = one("b", "bs", {"sl": ("Delavnica", "x"), "bs": ("Radionica", "x")})
        order = services.by_topic(tx, site.id, "learn", "sr-Cyrl", today, 0, 5)
        names = {
            tag: services.cards(tx, [second], tag)[0].name for tag in ("sr-Cyrl", "hr", "bs", "sl", "ar")
        }
        return order, first, second, names

    order, first, second, names = db.write(unit)
    assert order == [second, first]
    assert names == {
        "sr-Cyrl": "Radionica",
        "hr": "Radionica",
        "bs": "Radionica",
        "sl": "Delavnica",
        "ar": "Delavnica",
    }


def test_a_mediator_sees_what_waits_for_a_kin_language() -> None:
    me = Me(1, "x", "nina", "Nina", ("sr",), {7: frozenset({Role.MEDIATOR})}, 0, "")
    assert set(scope_of(me).languages) == {"bs", "hr", "sr"}
