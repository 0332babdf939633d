"""Setting up an office: its ten steps in order, and what each still lacks, read from what is stored and never ticked off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flows.screen import LABEL_MAX, Arg
from flows.texts import Texts
from storage import closures, duty, people, schedules, services, subjects, wordings
from storage.office import Office
from storage.schedules import Plan
from storage.sites import Site
from storage.sql import Tx
from storage.subjects import OWN

STEPS = (
    "office",
    "sites",
    "hours",
    "topics",
    "staff",
    "quiet",
    "helplines",
    "answer",
    "retention",
    "channels",
)
DUTY = "duty"
"""The one thing an admin may open without, when she says so."""
_YEAR = timedelta(days=365)
ASKED_FROM = 10
"""The month from which the closed days of the following year are asked for."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is not there; `what` is the end of the text key `setup-lack-<what>`."""

    what: str
    path: str
    """Where it can be put right."""
    args: Mapping[str, Arg] = field(default_factory=dict)
    """Of the text; a topic by its slug."""
    needed: bool = True
    """Whether members cannot be let in without it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the ten."""

    name: str
    lacks: tuple[Lack, ...]

    @property
    def done(self) -> bool:
        """Whether nothing of it is missing."""
        return not self.lacks

    @property
    def is_needed(self) -> bool:
        """Whether members cannot be let in before it is done."""
        return any(lack.needed for lack in self.lacks)


def steps(tx: Tx, office: Office, now: datetime, texts: Texts, *, public: bool) -> list[Step]:
    """The ten steps as they stand; `public` says whether people elsewhere can reach this machine."""
    asked: dict[str, Callable[[], Iterator[Lack]]] = {
        "office": lambda: _office(office),
        "sites": lambda: (lack for site in office.sites for lack in _site(site)),
        "hours": lambda: (lack for site in office.sites for lack in _hours(tx, site, now)),
        "topics": lambda: _topics(tx, office, texts),
        "staff": lambda: _staff(tx, office, now),
        "helplines": lambda: _helplines(tx, office, now),
        "channels": lambda: iter(() if public else (Lack("public", "/console/channels", needed=False),)),
    }
    return [Step(name, tuple(asked[name]()) if name in asked else ()) for name in STEPS]


def missing(found: list[Step]) -> list[Lack]:
    """What keeps members out."""
    return [lack for step in found for lack in step.lacks if lack.needed]


def called(site: Site) -> str:
    """What an admin calls a site; nothing while it has neither place nor name."""
    return site.place or site.name


def _office(office: Office) -> Iterator[Lack]:
    if not office.controller:
        yield Lack("controller", "/console/office")
    if not office.address or not (office.email or office.phone):
        yield Lack("contact", "/console/office")


def _site(site: Site) -> Iterator[Lack]:
    where = f"/console/sites/{site.id}"
    for what in ("name", "place", "address", "phone"):
        if not getattr(site, what):
            yield Lack(f"site-{what}", where, {"site": called(site)})
    if len(site.place) > LABEL_MAX:
        yield Lack("site-long", where, {"site": called(site), "most": LABEL_MAX})


def _today(site: Site, now: datetime) -> date:
    return now.astimezone(ZoneInfo(site.timezone)).date()


def _hours(tx: Tx, site: Site, now: datetime) -> Iterator[Lack]:
    if not site.hours:
        yield Lack("hours", f"/console/sites/{site.id}#hours", {"site": called(site)})
    today, where = _today(site, now), f"/console/calendar/closed?site={site.id}"
    following = today.year + 1
    if not closures.between(tx, site.id, today, today + _YEAR):
        yield Lack("closed", where, {"site": called(site)}, needed=False)
    elif today.month >= ASKED_FROM and not closures.between(
        tx, site.id, date(following, 1, 1), date(following, 12, 31)
    ):
        said = {"site": called(site), "year": str(following)}
        yield Lack("closed-next", f"{where}&year={following}", said, needed=False)


def _topics(tx: Tx, office: Office, texts: Texts) -> Iterator[Lack]:
    of = {site: [one for one in subjects.listed(tx, site.id) if one.active] for site in office.sites}
    names, anywhere = wordings.names(tx), any(of.values())
    for site, active in of.items():
        where = f"/console/subjects?site={site.id}"
        if not active:
            yield Lack("topics", where, {"site": called(site)}, needed=not anywhere)
        for one in active:
            if one.slug.startswith(OWN) and unnamed(names, one.slug, texts):
                said = {"site": called(site), "topic": one.slug}
                yield Lack("topic-name", f"/console/subjects/{one.id}", said, needed=False)


def named_in(texts: Texts) -> list[str]:
    """The languages a topic of the office's own needs a name in: what members are offered and no other text stands for."""
    return [tag for tag in texts.offered if tag in texts.languages and tag not in ("hr", "sr")]


def unnamed(names: Mapping[tuple[str, str], str], slug: str, texts: Texts) -> list[str]:
    """The languages in which a topic of the office's own has no name yet."""
    return [tag for tag in named_in(texts) if (tag, slug) not in names]


def _staff(tx: Tx, office: Office, now: datetime) -> Iterator[Lack]:
    plans = "/console/calendar/plans"
    works = {site: _bookable(tx, site, _today(site, now)) for site in office.sites}
    for site, taken in works.items():
        if not any(taken.values()):
            yield Lack(
                "counsellor",
                plans,
                {"site": called(site)},
                not any(any(of.values()) for of in works.values()),
            )
            continue
        for slug in (slug for slug, somebody in taken.items() if not somebody):
            yield Lack("topic-taken", plans, {"site": called(site), "topic": slug}, needed=False)
    for site in office.sites:
        today = _today(site, now)
        may = {one.id for one in duty.people(tx, site.id)}
        if not may:
            yield Lack("people", "/console/staff", {"site": called(site)})
        elif all(one.invited for one in people.at_sites(tx, [site.id]) if one.id in may):
            yield Lack("signed", "/console/staff", {"site": called(site)}, needed=False)
        if may and not duty.coordinators(tx, site.id):
            yield Lack("coordinator", "/console/staff", {"site": called(site)}, needed=False)
        if not any(shift.day is None or shift.day >= today for shift in duty.shifts(tx, site.id)):
            yield Lack(DUTY, "/console/duty", {"site": called(site)})


def _bookable(tx: Tx, site: Site, today: date) -> dict[str, bool]:
    """Each topic that is offered there, and whether a counsellor with hours ahead takes it."""
    plans = [schedules.plan(tx, row.id) for row in schedules.at_sites(tx, [site.id]) if row.active]
    taken = {slug for plan in plans if plan is not None and _ahead(plan, today) for slug in plan.who.topics}
    return {one.slug: one.slug in taken for one in subjects.listed(tx, site.id) if one.active}


def _ahead(plan: Plan, today: date) -> bool:
    weekly = any(rule.valid_to is None or rule.valid_to >= today for rule in plan.rules)
    return weekly or any(one.kind == "extra" and one.day >= today for one in plan.days)


def _helplines(tx: Tx, office: Office, now: datetime) -> Iterator[Lack]:
    for site in office.sites:
        if "phones" not in services.topics(tx, site.id, _today(site, now)):
            yield Lack("helplines", f"/console/helplines?site={site.id}", {"site": called(site)})
