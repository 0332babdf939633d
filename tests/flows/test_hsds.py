"""HSDS 3 as the specification publishes it: names, required fields, fixed words, and what files of others mean here."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from flows import hsds, hsds_in, hsds_tables
from flows.workbook import Read, WrongShape
from storage.directory import HIDDEN, SHOWN, OrganisationFacts, ServiceFacts

TODAY = date(2026, 3, 2)
Tables = dict[str, list[list[str]]]
SERVICE = {
    "id": "s",
    "organization_id": "o",
    "name": "Group",
    "status": "active",
    "assured_date": "2026-02-01",
}
OPEN = {"service_id": "s", "byday": "MO", "opens_at": "09:00", "closes_at": "10:00"}
PLACE = {"id": "l", "location_type": "physical"}
AT = {"id": "at", "service_id": "s", "location_id": "l"}


def theirs(**rows: dict[str, str] | list[dict[str, str]]) -> Tables:
    """Tables of somebody else's directory, one service; a row given here takes the place of the usual one."""
    all_of_it: dict[str, Any] = {
        "organization": {"id": "o", "name": "House", "description": "We help."},
        "service": SERVICE,
        "taxonomy_term": {"id": "t", "code": "tocka-topic:talk", "name": "talk", "description": "talk"},
        "attribute": {"id": "a", "link_id": "s", "taxonomy_term_id": "t", "link_entity": "service"},
    } | rows
    made: Tables = {}
    for name, found in all_of_it.items():
        many = found if isinstance(found, list) else [found]
        columns = list(dict.fromkeys(column for row in many for column in row))
        made[name] = [columns, *([row.get(column, "") for column in columns] for row in many)]
    return made


def taken(**rows: Any) -> tuple[ServiceFacts, list[str]]:
    read = hsds_in.read(theirs(**rows), TODAY)
    assert read.wrong == []
    return read.services[0][1], read.notes


def refused(read: Read) -> list[tuple[str, int, str, str]]:
    return [(one.sheet, one.row, one.column, one.reason) for one in read.wrong]


def test_every_table_has_the_fields_it_must_have_and_the_descriptor_names_them() -> None:
    assert set(hsds_tables.PATHS) == set(hsds_tables.REQUIRED) == set(hsds_tables.TABLES)
    for name, needed in hsds_tables.REQUIRED.items():
        assert set(needed) <= set(hsds_tables.TABLES[name]), name
        assert not set(hsds_tables.ALSO.get(name, ())) & set(hsds_tables.TABLES[name]), name
    told = json.loads(hsds_tables.descriptor())
    fields = {one["name"]: [field["name"] for field in one["schema"]["fields"]] for one in told["resources"]}
    assert fields == {name: list(columns) for name, columns in hsds_tables.TABLES.items()}
    for one in told["resources"]:
        assert {key["reference"]["resource"] for key in one["schema"]["foreignKeys"]} <= set(fields)


def test_what_we_write_is_filled_where_our_descriptor_says_so() -> None:
    who = OrganisationFacts(
        "o", "House", "provider", "Ulica 3, 3000 Celje", "test", TODAY, None, "03 111 11 11"
    )
    service = taken(schedule=OPEN, cost_option={"service_id": "s", "amount": "2.5"})[0]
    tables = hsds.written("celje", [who], [service])
    told = {one["name"]: one["schema"]["fields"] for one in json.loads(hsds_tables.descriptor())["resources"]}
    for name, (columns, *rows) in tables.items():
        for at, field in enumerate(told[name]):
            cells = [row[at] for row in rows]
            assert columns[at] == field["name"]
            assert all(cells) or not field["constraints"]["required"], (name, columns[at])
            assert set(cells) <= set(field["constraints"].get("enum", cells)), (name, columns[at])
    assert tables["address"][1][2:] == ["Ulica 3, 3000 Celje", "", "", "3000", "SI", "postal"]
    assert tables["schedule"][1][-2:] == ["09:00:00", "10:00:00"]


def test_files_are_known_by_either_name_and_our_own_sheets_by_theirs() -> None:
    tables = theirs(phone={"service_id": "s", "number": "03 111 11 11"})
    files = {hsds_tables.PATHS[name]: rows for name, rows in tables.items()}
    assert hsds_in.read(files, TODAY) == hsds_in.read(tables, TODAY)
    assert hsds_in.is_hsds(files)
    assert hsds_in.is_hsds({"services": files["services"]})
    assert not hsds_in.is_hsds({"services": [["slug"]], "texts": [["service"]]})
    assert not hsds_in.is_hsds({"something": [["id"]]})
    with pytest.raises(WrongShape):
        hsds_in.read(tables | files, TODAY)


@pytest.mark.parametrize(
    ("row", "sheet", "column", "reason"),
    [
        ({"service": SERVICE | {"status": "closed"}}, "service", "status", "status"),
        ({"service": SERVICE | {"status": ""}}, "service", "status", "status"),
        ({"service": SERVICE | {"assured_date": ""}}, "service", "assured_date", "empty"),
        ({"service": SERVICE | {"organization_id": ""}}, "service", "organization_id", "empty"),
        ({"service": SERVICE | {"description": "x" * 121}}, "service", "description", "long"),
        ({"attribute": {"id": "a"}}, "service", "topic", "empty"),
        ({"phone": {"service_id": "s", "number": "call us"}}, "service", "phone.number", "phone"),
        (
            {"cost_option": {"service_id": "s", "amount": "5", "currency": "GBP"}},
            "service",
            "cost_option.currency",
            "currency",
        ),
        ({"language": {"service_id": "s", "code": "zzz"}}, "service", "language.code", "language"),
        ({"schedule": OPEN | {"freq": "MONTHLY", "byday": "2MO"}}, "service", "schedule.freq", "weekly"),
        ({"schedule": OPEN | {"interval": "2"}}, "service", "schedule.freq", "weekly"),
        ({"schedule": OPEN | {"bymonthday": "1"}}, "service", "schedule.freq", "weekly"),
        ({"schedule": OPEN | {"byday": "THU"}}, "service", "schedule.byday", "weekday"),
        ({"schedule": OPEN | {"opens_at": "morning"}}, "service", "schedule.opens_at", "clock"),
    ],
)
def test_what_would_mean_something_else_here_is_refused_by_its_own_name(
    row: dict[str, Any], sheet: str, column: str, reason: str
) -> None:
    read = hsds_in.read(theirs(**row), TODAY)
    assert refused(read) == [(sheet, 2, column, reason)]
    assert (read.services, len(read.organisations)) == ([], 1)


@pytest.mark.parametrize("status", hsds_tables.STATUS)
def test_only_an_active_service_is_shown(status: str) -> None:
    found, notes = taken(service=SERVICE | {"status": status})
    assert (found.state, notes) == (SHOWN if status == "active" else HIDDEN, [])


@pytest.mark.parametrize(
    ("row", "hours", "notes"),
    [
        (OPEN | {"freq": "WEEKLY", "interval": "1"}, ((0, 540, 600),), []),
        (OPEN | {"byday": "MO, WE", "opens_at": "9:00:00"}, ((0, 540, 600), (2, 540, 600)), []),
        (OPEN | {"closes_at": "00:00:00"}, ((0, 540, 1440),), []),
        (OPEN | {"opens_at": "09:00Z"}, ((0, 540, 600),), ["schedule.opens_at: Z"]),
        (OPEN | {"valid_to": "2026-03-01"}, (), ["schedule.valid_to"]),
        (OPEN | {"valid_to": "2026-03-02"}, ((0, 540, 600),), ["schedule.valid_to"]),
        (OPEN | {"valid_from": "2026-03-03"}, (), ["schedule.valid_from"]),
        (OPEN | {"until": "2026-01-01T00:00"}, (), ["schedule.until"]),
        ({"service_id": "s", "description": "by phone"}, (), ["schedule.description"]),
    ],
)
def test_hours_are_those_of_today_and_what_was_said_beside_them_is_told(
    row: dict[str, str], hours: tuple[Any, ...], notes: list[str]
) -> None:
    found, told = taken(schedule=row)
    assert (found.hours, told) == (hours, notes)


def test_what_belongs_to_the_place_of_a_service_belongs_to_it() -> None:
    found, notes = taken(
        location=PLACE,
        service_at_location=AT,
        address={"location_id": "l", "address_1": "Ulica 3", "address_2": "II", "city": "Celje"}
        | {"postal_code": "3000", "country": "AT"},
        schedule={key: value for key, value in OPEN.items() if key != "service_id"}
        | {"service_at_location_id": "at"},
        language=[{"location_id": "l", "code": "slv"}, {"location_id": "l", "name": "Albanian"}],
        phone=[
            {"service_at_location_id": "at", "number": "03 222 22 22", "type": "fax"},
            {"service_at_location_id": "at", "number": "03 111 11 11", "type": "voice"},
        ],
    )
    assert (found.address, found.place) == ("Ulica 3, II, 3000 Celje", "Celje")
    assert (found.hours, found.languages, found.phone) == (((0, 540, 600),), ("sl",), "03 111 11 11")
    assert sorted(notes) == ["address.country", "language.name", "phone.type"]


def test_an_organisation_of_others_keeps_its_name_when_its_paragraph_has_no_room() -> None:
    read = hsds_in.read(
        theirs(
            organization={"id": "O-1", "name": "House", "description": "We help. " * 9, "website": "x"},
            service=SERVICE | {"organization_id": "O-1"},
            contact={"id": "c", "name": "N. N."},
        ),
        TODAY,
    )
    who = read.organisations[0][1]
    assert (who.slug, who.name, who.role) == ("o-1", "House", "provider")
    assert sorted(read.notes) == ["contact", "organization.description", "organization.website"]
