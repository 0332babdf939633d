"""The form of a service: its fields as the page has them, and facts out of what was posted."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from bot.console.fields import clock
from bot.console.pages import Problem, language_name
from flows import directory as rules
from flows.directory import NotTaken, Wrong
from flows.texts import Texts
from storage.directory import ServiceFacts, StoredService, Words
from storage.services import FALLBACK

_SPAN = re.compile(r"([^-–]+)[-–]([^-–]+)")
_REASONS = {"no-text": "texts", "overlap": "hours"}
"""Whose field on the form has another name than in a file."""
_LETTERS = str.maketrans({"đ": "d", "Đ": "d", "ł": "l", "ß": "ss", "ë": "e"})


def title(facts: ServiceFacts) -> str:
    """What staff call it: its name in the first language it has one."""
    tags = (*FALLBACK, *sorted(facts.texts))
    return next((facts.texts[tag].name for tag in tags if tag in facts.texts), facts.slug)


def week(facts: ServiceFacts) -> dict[int, str]:
    """Its hours by weekday, as one types them."""
    found: dict[int, list[str]] = {}
    for day, start, end in facts.hours:
        found.setdefault(day, []).append(f"{clock(start)}–{clock(end)}")
    return {day: ", ".join(spans) for day, spans in found.items()}


def blank(today: date) -> dict[str, str]:
    """What an empty form holds."""
    return {
        "verified_on": today.isoformat(),
        "review_by": rules.months_on(today, rules.MONTHS[1]).isoformat(),
        "state": "shown",
    }


def filled(stored: StoredService) -> dict[str, str]:
    """The form of a service as it stands."""
    facts = stored.facts
    values = rules.service_cells(facts) | {
        "organisation": str(stored.organisation_id),
        "seen": str(stored.version),
    }
    for tag, its in facts.texts.items():
        values |= {
            f"name-{tag}": its.name,
            f"summary-{tag}": its.summary,
            f"eligibility-{tag}": its.eligibility,
        }
    values |= {f"hours-{day}": spans for day, spans in week(facts).items()}
    return values | {f"speaks-{tag}": "1" for tag in facts.languages}


def short_name(form: dict[str, str]) -> str:
    """A short name out of the name in one of the languages everybody falls back to."""
    said = next((form[f"name-{tag}"] for tag in FALLBACK if form.get(f"name-{tag}", "").strip()), "")
    marked = unicodedata.normalize("NFKD", said.translate(_LETTERS).casefold())
    plain = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return "-".join(re.findall(r"[a-z0-9]+", plain))[: rules.MAX["slug"] - 4].strip("-") or "service"


def read(form: dict[str, str], slug: str, organisation: str, today: date) -> ServiceFacts:
    """The facts a form holds; `NotTaken` when some cannot be."""
    wrong: list[Wrong] = []
    texts, hours = _texts(form, slug, wrong), _hours(form, wrong)
    spoken = [
        name.removeprefix("speaks-") for name, told in form.items() if name.startswith("speaks-") and told
    ]
    values = form | {"slug": slug, "organisation": organisation, "languages": " ".join(spoken)}
    try:
        facts = rules.service(values, texts, hours, today)
    except NotTaken as refused:
        # A text that is there but wrong is no missing text.
        found = [one for one in refused.wrong if not (wrong and one.reason == "no-text")]
        raise NotTaken([*found, *wrong]) from None
    if wrong:
        raise NotTaken(wrong)
    return facts


def _texts(form: dict[str, str], slug: str, wrong: list[Wrong]) -> dict[str, Words]:
    found = {}
    for tag in [name.removeprefix("name-") for name in form if name.startswith("name-")]:
        cells = {name: form.get(f"{name}-{tag}", "") for name in ("name", "summary", "eligibility")}
        if not any(told.strip() for told in cells.values()):
            continue
        try:
            _, _, its = rules.words({"service": slug, "language": tag, **cells})
        except NotTaken as refused:
            wrong += [Wrong("texts", 0, f"{one.column}.{tag}", one.reason) for one in refused.wrong]
        else:
            found[tag] = its
    return found


def _hours(form: dict[str, str], wrong: list[Wrong]) -> list[tuple[int, int, int]]:
    found = []
    for day in range(7):
        for span in form.get(f"hours-{day}", "").replace(";", ",").split(","):
            if not span.strip():
                continue
            hit = _SPAN.fullmatch(span.strip())
            start, end = (rules.clock(one) for one in hit.groups()) if hit else (None, None)
            if start is None or end is None:
                wrong.append(Wrong("hours", 0, f"hours-{day}", "span"))
            elif start >= end:
                wrong.append(Wrong("hours", 0, f"hours-{day}", "until"))
            else:
                found.append((day, start, end))
    return found


def field_name(texts: Texts, language: str, name: str) -> str:
    """What a field is called on the pages: `name.sq` is the name in Albanian, `hours-0` Monday's hours."""
    column, _, tag = name.partition(".")
    if column.startswith("hours-"):
        return texts.text(language, f"duty-day-{column.removeprefix('hours-')}")
    key = f"directory-field-{column.replace('_', '-')}"
    said = texts.text(language, key) if texts.has(language, key) else column
    return f"{said} ({language_name(tag, language)})" if tag else said


def problem(texts: Texts, language: str, refused: NotTaken) -> Problem:
    """The first wrong field in words."""
    one = refused.wrong[0]
    name = field_name(texts, language, _REASONS.get(one.reason, one.column))
    return Problem(
        "directory-problem", field=name, reason=texts.text(language, f"directory-wrong-{one.reason}")
    )
