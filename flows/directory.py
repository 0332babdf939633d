"""The directory's facts as words in cells: what may stand in each, how it is read, and what differs between two records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from babel import Locale, UnknownLocaleError

from flows.texts import babel_locale
from storage.directory import HIDDEN, SHOWN, OrganisationFacts, ServiceFacts, Words
from storage.services import FALLBACK, TOPICS

REVIEW_BEFORE = timedelta(days=14)
"""So long before its review date a service becomes a task."""
MONTHS = (3, 6, 12)
"""For how long a check may hold."""
ORGANISATION_COLUMNS = (
    "slug", "name", "role", "address", "source", "verified_on", "contact_email", "contact_phone",
)  # fmt: skip
SERVICE_COLUMNS = (
    "slug", "organisation", "topic", "sensitive", "state", "cost", "childcare", "place", "address", "phone",
    "keywords", "languages", "source", "verified_on", "review_by",
)  # fmt: skip
TEXT_COLUMNS = ("service", "language", "name", "summary", "eligibility")
HOURS_COLUMNS = ("service", "weekday", "from", "until")
SHEETS = {
    "organisations": ORGANISATION_COLUMNS,
    "services": SERVICE_COLUMNS,
    "texts": TEXT_COLUMNS,
    "hours": HOURS_COLUMNS,
}
MAX = {
    "slug": 60, "organisation": 60, "service": 60, "name": 60, "role": 40, "summary": 120, "eligibility": 120,
    "address": 120, "place": 60, "phone": 30, "contact_phone": 30, "contact_email": 120, "source": 200,
    "keywords": 500, "languages": 80,
}  # fmt: skip
"""How many characters; a card of three services must stay a short message."""
ORGANISATION_NAME_MAX = 80
COST_MAX_CENTS = 100_000
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_TAG = re.compile(r"[a-z]{2,3}", re.ASCII)
_COST = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?", re.ASCII)
_PHONE = re.compile(r"[+0-9][0-9 ()/.-]*(?: \([^()]{1,20}\))?", re.ASCII)
"""A number, and perhaps a word about it in brackets."""
_MAIL = re.compile(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;.]+")
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?::00)?", re.ASCII)
_YES = {
    "yes": True,
    "no": False,
    "true": True,
    "false": False,
    "1": True,
    "0": False,
    "da": True,
    "ne": False,
}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be taken; `reason` is the end of the text key `directory-wrong-<reason>`."""

    sheet: str
    row: int
    column: str
    reason: str


class NotTaken(Exception):
    """A record with wrong cells."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__(f"{len(wrong)} cells")
        self.wrong = tuple(wrong)


@dataclass
class Cells:
    """One row being read: its values, and what is wrong with them."""

    sheet: str
    row: int
    values: Mapping[str, str]
    wrong: list[Wrong] = field(default_factory=list)

    def no(self, column: str, reason: str) -> None:
        """This cell cannot be taken."""
        self.wrong.append(Wrong(self.sheet, self.row, column, reason))

    def text(self, column: str, *, needed: bool = False, most: int | None = None) -> str:
        """The words of a cell."""
        said = cleaned(self.values.get(column, ""))
        if needed and not said:
            self.no(column, "empty")
        if len(said) > (most or MAX[column]):
            self.no(column, "long")
        return said

    def slug(self, column: str) -> str:
        """A short name."""
        said = self.text(column, needed=True)
        if said and not _SLUG.fullmatch(said):
            self.no(column, "slug")
        return said

    def day(self, column: str) -> date:
        """A day as 2026-03-02."""
        said = cleaned(self.values.get(column, ""))
        try:
            return date.fromisoformat(said)
        except ValueError:
            self.no(column, "day" if said else "empty")
            return date.min

    def yes(self, column: str) -> bool | None:
        """Yes, no, or nothing."""
        said = cleaned(self.values.get(column, "")).casefold()
        if said and said not in _YES:
            self.no(column, "yes-no")
        return _YES.get(said)

    def matching(self, column: str, pattern: re.Pattern[str], reason: str) -> str | None:
        """Words of a fixed form, or nothing."""
        said = self.text(column)
        if said and not pattern.fullmatch(said):
            self.no(column, reason)
        return said or None

    def done(self) -> None:
        """Refuse the row when a cell of it is wrong."""
        if self.wrong:
            raise NotTaken(self.wrong)


@lru_cache(maxsize=1024)
def is_language(tag: str) -> bool:
    """Whether this is the short name of a language that has a name."""
    if not _TAG.fullmatch(tag):
        return False
    try:
        Locale.parse(babel_locale(tag))
    except (UnknownLocaleError, ValueError):
        return False
    return True


def cleaned(said: str) -> str:
    """Words in one line without control characters; surrogates that no database takes go too."""
    return " ".join(_CONTROL.sub(" ", said).split())


# --- reading ---


def organisation(values: Mapping[str, str], today: date, row: int = 0) -> OrganisationFacts:
    """The facts of one row."""
    cells = Cells("organisations", row, values)
    found = OrganisationFacts(
        slug=cells.slug("slug"),
        name=cells.text("name", needed=True, most=ORGANISATION_NAME_MAX),
        role=cells.text("role", needed=True),
        address=cells.text("address") or None,
        source=cells.text("source", needed=True),
        verified_on=cells.day("verified_on"),
        contact_email=cells.matching("contact_email", _MAIL, "mail"),
        contact_phone=cells.matching("contact_phone", _PHONE, "phone"),
    )
    if found.verified_on > today:
        cells.no("verified_on", "future")
    cells.done()
    return found


def service(
    values: Mapping[str, str],
    texts: Mapping[str, Words],
    hours: Iterable[tuple[int, int, int]],
    today: date,
    row: int = 0,
) -> ServiceFacts:
    """The facts of one row with its texts and hours."""
    cells = Cells("services", row, values)
    topic = cells.text("topic", needed=True, most=MAX["slug"])
    if topic and topic not in TOPICS:
        cells.no("topic", "topic")
    state = cleaned(values.get("state", "")) or SHOWN
    if state not in (SHOWN, HIDDEN):
        cells.no("state", "state")
    spoken = tuple(dict.fromkeys(cells.text("languages").replace(",", " ").split()))
    if not all(is_language(tag) for tag in spoken):
        cells.no("languages", "language")
    found = ServiceFacts(
        slug=cells.slug("slug"),
        organisation=cells.slug("organisation"),
        topic=topic,
        texts=dict(sorted(texts.items())),
        source=cells.text("source", needed=True),
        verified_on=cells.day("verified_on"),
        review_by=cells.day("review_by"),
        sensitive=bool(cells.yes("sensitive")),
        cost_cents=_cost(cells),
        childcare=cells.yes("childcare"),
        place=cells.text("place") or None,
        address=cells.text("address") or None,
        phone=cells.matching("phone", _PHONE, "phone"),
        keywords=tuple(dict.fromkeys(cells.text("keywords").split())),
        languages=tuple(sorted(spoken)),
        hours=_week(cells, hours),
        state=state,
    )
    if found.verified_on > today:
        cells.no("verified_on", "future")
    if found.review_by < found.verified_on and not any(one.column == "review_by" for one in cells.wrong):
        cells.no("review_by", "review")
    if not any(tag in texts for tag in FALLBACK):
        cells.no("slug", "no-text")
    cells.done()
    return found


def _cost(cells: Cells) -> int | None:
    said = cleaned(cells.values.get("cost", "")).removesuffix("€").strip()
    if not said:
        return None
    hit = _COST.fullmatch(said)
    if hit is None:
        cells.no("cost", "cost")
        return None
    cents = int(hit.group(1)) * 100 + int((hit.group(2) or "0").ljust(2, "0"))
    if cents > COST_MAX_CENTS:
        cells.no("cost", "cost")
    return cents


def _week(cells: Cells, hours: Iterable[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
    """Hours in order; two of a day may not overlap."""
    week = tuple(sorted(set(hours)))
    for (day, _, end), (other, start, _) in pairwise(week):
        if day == other and start < end:
            cells.no("slug", "overlap")
            break
    return week


def words(values: Mapping[str, str], row: int = 0) -> tuple[str, str, Words]:
    """A row of `texts`: which service, which language, its words."""
    cells = Cells("texts", row, values)
    slug, language = cells.slug("service"), cleaned(values.get("language", ""))
    if not is_language(language):
        cells.no("language", "language")
    found = Words(cells.text("name", needed=True), cells.text("summary"), cells.text("eligibility"))
    cells.done()
    return slug, language, found


def opening(values: Mapping[str, str], row: int = 0) -> tuple[str, tuple[int, int, int]]:
    """A row of `hours`: which service; weekday (1 is Monday), from and until as 9:00."""
    cells = Cells("hours", row, values)
    slug, day = cells.slug("service"), cleaned(values.get("weekday", ""))
    if day not in "1234567" or len(day) != 1:
        cells.no("weekday", "weekday")
    start, end = clock(values.get("from", "")), clock(values.get("until", ""))
    for column, minute in (("from", start), ("until", end)):
        if minute is None:
            cells.no(column, "clock")
    if start is not None and end is not None and start >= end:
        cells.no("until", "until")
    cells.done()
    return slug, (int(day) - 1, start or 0, end or 0)


def clock(said: str) -> int | None:
    """Minutes after midnight of 9:00, up to 24:00."""
    hit = _CLOCK.fullmatch(cleaned(said))
    if hit is None:
        return None
    total = int(hit.group(1)) * 60 + int(hit.group(2))
    return total if total <= _DAY_MIN else None


# --- writing ---


def said_clock(minute: int) -> str:
    """Minutes after midnight as they are written."""
    return f"{minute // 60:02}:{minute % 60:02}"


def said_cost(cents: int | None) -> str:
    """An amount as it is written; nothing when it is not known."""
    return "" if cents is None else f"{cents // 100}.{cents % 100:02}" if cents % 100 else str(cents // 100)


def _said(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def organisation_cells(facts: OrganisationFacts) -> dict[str, str]:
    """An organisation as a row."""
    told = {name: getattr(facts, name) for name in ORGANISATION_COLUMNS}
    return {name: "" if value is None else str(value) for name, value in told.items()}


def service_cells(facts: ServiceFacts) -> dict[str, str]:
    """A service as a row, without its texts and hours."""
    return {
        "slug": facts.slug,
        "organisation": facts.organisation,
        "topic": facts.topic,
        "sensitive": _said(facts.sensitive),
        "state": facts.state,
        "cost": said_cost(facts.cost_cents),
        "childcare": _said(facts.childcare),
        "place": facts.place or "",
        "address": facts.address or "",
        "phone": facts.phone or "",
        "keywords": " ".join(facts.keywords),
        "languages": " ".join(facts.languages),
        "source": facts.source,
        "verified_on": facts.verified_on.isoformat(),
        "review_by": facts.review_by.isoformat(),
    }


def flat(facts: OrganisationFacts | ServiceFacts) -> dict[str, str]:
    """Every field of a record as words, to be compared and shown."""
    if isinstance(facts, OrganisationFacts):
        return organisation_cells(facts)
    found = service_cells(facts)
    for language, its in facts.texts.items():
        found |= {
            f"name.{language}": its.name,
            f"summary.{language}": its.summary,
            f"eligibility.{language}": its.eligibility,
        }
    found["hours"] = ", ".join(
        f"{day + 1} {said_clock(start)}–{said_clock(end)}" for day, start, end in facts.hours
    )
    return found


def differences(
    before: OrganisationFacts | ServiceFacts, after: OrganisationFacts | ServiceFacts
) -> list[list[str]]:
    """Field, what it said, what it says now."""
    old, new = flat(before), flat(after)
    return [
        [name, old.get(name, ""), new.get(name, "")]
        for name in dict.fromkeys([*old, *new])
        if old.get(name, "") != new.get(name, "")
    ]


# --- reviews ---


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    first_of_next = date(day.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = first_of_next - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
