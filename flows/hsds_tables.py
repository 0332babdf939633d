"""What we keep of the Human Services Data Specification 3 (Open Referral): tables, their files, fields and fixed words.

Compared with the published schema; `docs/directory.md` says with which version, and what is different.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flows.workbook import Rows, WrongShape

VERSION = "3.1"
TABLES: dict[str, tuple[str, ...]] = {
    "organization": ("id", "name", "description", "email"),
    "service": (
        "id", "organization_id", "name", "description", "status", "eligibility_description", "assured_date",
    ),
    "service_at_location": ("id", "service_id", "location_id"),
    "location": ("id", "location_type", "organization_id"),
    "address": (
        "id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type",
    ),
    "phone": ("id", "service_id", "organization_id", "number", "type"),
    "schedule": ("id", "service_id", "freq", "interval", "byday", "opens_at", "closes_at"),
    "language": ("id", "service_id", "name", "code"),
    "cost_option": ("id", "service_id", "amount", "currency"),
    "attribute": ("id", "link_id", "taxonomy_term_id", "link_entity", "value"),
    "taxonomy": ("id", "name", "description"),
    "taxonomy_term": ("id", "code", "name", "description", "taxonomy_id"),
}  # fmt: skip
"""What we write, and read again."""
ALSO: dict[str, tuple[str, ...]] = {
    "address": ("address_2",),
    "phone": ("location_id", "service_at_location_id"),
    "schedule": (
        "location_id", "service_at_location_id", "valid_from", "valid_to", "until", "count", "wkst",
        "byweekno", "bymonthday", "byyearday",
    ),
    "language": ("location_id",),
    "cost_option": ("valid_from", "valid_to"),
}  # fmt: skip
"""What we look at in the files of others and never write."""
PATHS = {
    "organization": "organizations", "service": "services", "location": "locations", "address": "addresses",
    "phone": "phones", "schedule": "schedules", "language": "languages", "cost_option": "cost_options",
    "attribute": "attributes", "taxonomy": "taxonomies", "taxonomy_term": "taxonomy_terms",
    "service_at_location": "service_at_location",
}  # fmt: skip
"""The name of a table's file without its ending; files named as the table are read too."""
STATUS = ("active", "inactive", "defunct", "temporarily closed")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NO_VOICE = ("fax", "pager", "textphone", "video")
"""Numbers a member cannot ring."""
OWN, TOPIC = "tocka", "tocka-topic"
"""Our taxonomies: one of facts HSDS has no field for, one of topics."""
CURRENCY, COUNTRY = "EUR", "SI"
DESCRIPTOR = "datapackage.json"
_NAMES = {path: name for name, path in PATHS.items()}
_PLACES = ("physical", "postal", "virtual")
_ENUMS: dict[tuple[str, str], tuple[str, ...]] = {
    ("service", "status"): STATUS,
    ("location", "location_type"): _PLACES,
    ("address", "address_type"): _PLACES,
    ("schedule", "freq"): ("WEEKLY", "MONTHLY"),
}
_TYPES = {"assured_date": "date", "opens_at": "time", "closes_at": "time", "amount": "number"}
_TYPES["interval"] = "number"
REQUIRED: dict[str, tuple[str, ...]] = {
    "organization": ("id", "name", "description"),
    "service": ("id", "organization_id", "name", "status"),
    "service_at_location": ("id", "service_id", "location_id"),
    "location": ("id", "location_type"),
    "address": ("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    "phone": ("id", "number"),
    "schedule": ("id",),
    "language": ("id",),
    "cost_option": ("id", "service_id"),
    "attribute": ("id", "link_id", "taxonomy_term_id", "link_entity"),
    "taxonomy": ("id", "name", "description"),
    "taxonomy_term": ("id", "name", "description"),
}
"""Fields the specification asks for in these tables."""
NOT_HELD = (
    ("address", "address_1"), ("address", "city"), ("address", "state_province"), ("address", "postal_code"),
)  # fmt: skip
"""Asked for, and empty with us when the fact is not known."""


def named(tables: Mapping[str, Rows]) -> dict[str, Rows]:
    """The tables by the names of the specification, whichever way their files are named."""
    found: dict[str, Rows] = {}
    for path, rows in tables.items():
        name = _NAMES.get(path, path)
        if name in found:
            raise WrongShape("twice", path[:80])
        found[name] = rows
    return found


def is_one(name: str) -> bool:
    """Whether a table or file of this name is one we know."""
    return name in TABLES or name in _NAMES


def descriptor() -> str:
    """What stands in `datapackage.json` beside our tables: their files, fields and how they belong together."""
    told = {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "version": VERSION,
        "resources": [_resource(name, columns) for name, columns in TABLES.items()],
    }
    return json.dumps(told, indent=1)


def _resource(name: str, columns: tuple[str, ...]) -> dict[str, Any]:
    fields = []
    for column in columns:
        is_needed = column in REQUIRED[name] and (name, column) not in NOT_HELD
        bounds: dict[str, Any] = {"required": is_needed, "unique": column == "id"}
        if (name, column) in _ENUMS:
            bounds["enum"] = _ENUMS[name, column]
        fields.append({"name": column, "type": _TYPES.get(column, "string"), "constraints": bounds})
    keys = [
        {"fields": column, "reference": {"resource": column.removesuffix("_id"), "fields": "id"}}
        for column in columns
        if column.removesuffix("_id") in TABLES and column.endswith("_id")
    ]
    return {
        "name": name,
        "path": f"{PATHS[name]}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id", "foreignKeys": keys},
    }
