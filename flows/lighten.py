"""Babel reads all that CLDR says of a language: names of units, currencies and time zones too, which nobody here is told."""

from __future__ import annotations

from babel import localedata

UNUSED = (
    "unit_patterns",
    "compound_unit_patterns",
    "unit_display_names",
    "currency_names",
    "currency_names_plural",
    "compact_currency_formats",
    "compact_decimal_formats",
    "meta_zones",
    "time_zones",
    "date_fields",
    "interval_formats",
    "datetime_skeletons",
)
"""Sections we print nothing of. Dates, months, weekdays, plural rules, numbers and names of languages stay."""


def lighten() -> None:
    """Let go of these sections of every language read so far: more than a megabyte each, for as long as the process runs."""
    for known in localedata._cache.values():
        for section in UNUSED:
            known.pop(section, None)
