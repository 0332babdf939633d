"""Calendars: from the counsellors' rules and the meetings already taken to the free times.

Rules are expanded to integers, one bit a 5-minute cell after local midnight, in which a set bit is a time a meeting may
start; taken meetings clear bits. The rules of a site are read once and kept in the process under the token of its
`calendar_versions` row, which every change moves on in its own transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, bindparam, select

from storage import joint, rooms, sites, tongues
from storage.counsellors import (
    MODES,
    CalendarVersion,
    Counsellor,
    CounsellorRow,
    ExceptionRow,
    RuleRow,
    Topic,
    TopicRow,
)
from storage.grid import CELL_MS, local_midnight, spans, starts, without
from storage.rooms import Rooms
from storage.sites import Site
from storage.sql import Statement, Tx, from_ms, table, to_ms
from storage.taken import DayPlan, Taken, taken_on

LEAD = timedelta(hours=2)
"""A meeting is offered at least this long ahead …"""
TAKING_LEAD = timedelta(hours=1)
"""… and may still be taken this long ahead: she needs some minutes to decide."""
HORIZON_DAYS = 60
_CALENDARS_KEPT_MAX = 64
_DAYS_KEPT_MAX = 200
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Second:
    """Who else is to be there, at her own site or another."""

    site: Site
    counsellor_id: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What she looks for; `language` None means any. The rest only staff can wish for."""

    site: Site
    topic: str
    mode: str
    language: str | None = None
    only: int | None = None
    """This counsellor and no other."""
    second: Second | None = None
    without: frozenset[int] = frozenset()
    """Counsellors she does not want."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A free time and who would be there."""

    starts_at: datetime
    counsellor_id: int


_topic, _counsellor, _version = table(TopicRow), table(CounsellorRow), table(CalendarVersion)
_rule, _exception = table(RuleRow), table(ExceptionRow)
_at_site: BindParameter[int] = bindparam("site_id")
_of_counsellor = _counsellor.c.id
_TOKEN = Statement(select(_version.c.token, _version.c.booked).where(_version.c.site_id == _at_site))
_TOPICS = Statement(
    select(*(_topic.c[name] for name in Topic.__dataclass_fields__))
    .where(_topic.c.site_id == _at_site)
    .order_by(_topic.c.place, _topic.c.id)
)
_COUNSELLORS = Statement(
    select(*(_counsellor.c[name] for name in Counsellor.__dataclass_fields__))
    .where(_counsellor.c.site_id == _at_site)
    .order_by(_counsellor.c.id)
)
_RULES = Statement(
    select(_rule)
    .join(_counsellor, _of_counsellor == _rule.c.counsellor_id)
    .where(_counsellor.c.site_id == _at_site)
    .order_by(_rule.c.id)
)
_EXCEPTIONS = Statement(
    select(_exception)
    .join(_counsellor, _of_counsellor == _exception.c.counsellor_id)
    .where(_counsellor.c.site_id == _at_site)
    .order_by(_exception.c.id)
)


# --- the rules of a site, read once ---


class _Plan:
    """Everyone who could meet one wish, day by day, as asked for."""

    def __init__(self, calendar: _Calendar, minutes: int, mode: str, who: Sequence[Counsellor]) -> None:
        self.minutes = minutes
        self.who = tuple(counsellor.id for counsellor in who)
        self.rooms = calendar.rooms
        self._calendar = calendar
        self._mode = mode
        self._days: dict[date, DayPlan] = {}

    def day(self, day: date) -> DayPlan:
        found = self._days.get(day)
        if found is None:
            if len(self._days) >= _DAYS_KEPT_MAX:  # days pass; the old ones are never asked for again
                self._days = {}
            found = self._days[day] = self._expand(day)
        return found

    def _expand(self, day: date) -> DayPlan:
        everyone = self._calendar.expanded(day, self.minutes, self._mode)
        who = set(self.who)
        return DayPlan(everyone.first, everyone.end, tuple(one for one in everyone.starts if one[0] in who))


class _Calendar:
    """The rules of one site at one version. Nothing in it changes but what is worked out from it."""

    def __init__(self, tx: Tx, site: Site, token: str = "") -> None:
        self.token = token
        self.zone = ZoneInfo(site.timezone)
        self.topics = {row.slug: Topic(*row) for row in tx.all(_TOPICS, site_id=site.id)}
        self.counsellors = {
            row.id: Counsellor(
                row.id, row.name, tuple(row.languages), tuple(row.topics), tuple(row.modes), row.active
            )
            for row in tx.all(_COUNSELLORS, site_id=site.id)
        }
        self.rules: dict[tuple[int, int], list[Any]] = {}
        for row in tx.all(_RULES, site_id=site.id):
            self.rules.setdefault((row.counsellor_id, row.weekday), []).append(row)
        self.exceptions: dict[tuple[int, date], list[Any]] = {}
        for row in tx.all(_EXCEPTIONS, site_id=site.id):
            self.exceptions.setdefault((row.counsellor_id, row.day), []).append(row)
        self.rooms = rooms.read(tx, site.id)
        self.offered = [one for one in self.topics.values() if one.active and self.fitting(one.slug)]
        self._plans: dict[tuple[str, str, str | None], _Plan] = {}
        self._languages: dict[tuple[str, str], list[str]] = {}
        self._expanded: dict[tuple[date, int, str], DayPlan] = {}

    def fitting(self, topic: str, mode: str | None = None, language: str | None = None) -> list[Counsellor]:
        offered = self.topics.get(topic)
        if offered is None or not offered.active:
            return []
        return [
            counsellor
            for counsellor in self.counsellors.values()
            if counsellor.active
            and topic in counsellor.topics
            and (mode is None or mode in counsellor.modes)
            and (language is None or tongues.spoken(language) in tongues.understood(counsellor.languages))
        ]

    def languages(self, topic: str, mode: str) -> list[str]:
        found = self._languages.get((topic, mode))
        if found is None:
            spoken: dict[str, int] = {}
            for counsellor in self.fitting(topic, mode):
                for language in counsellor.languages:
                    spoken[language] = spoken.get(language, 0) + 1
            found = sorted(spoken, key=lambda language: (-spoken[language], language))
            if found:  # what nobody offers may have any name: it is not kept
                self._languages[(topic, mode)] = found
        return found

    def plan(self, wanted: Wanted) -> _Plan | None:
        key = (wanted.topic, wanted.mode, wanted.language)
        found = self._plans.get(key)
        if found is None:
            who = self.fitting(*key)
            if not who:
                return None
            found = self._plans[key] = _Plan(self, self.topics[wanted.topic].minutes, wanted.mode, who)
        return found

    def expanded(self, day: date, minutes: int, mode: str) -> DayPlan:
        """The day of every counsellor, whatever her topics and languages: wishes of one length and mode share it."""
        key = (day, minutes, mode)
        found = self._expanded.get(key)
        if found is None:
            if len(self._expanded) >= _DAYS_KEPT_MAX:  # days pass; the old ones are never asked for again
                self._expanded = {}
            masks = [(who, self._starts(who, day, minutes, mode)) for who in self.counsellors]
            found = self._expanded[key] = DayPlan(
                _first_cell(day, self.zone),
                _first_cell(day + _ONE_DAY, self.zone),
                tuple((who, mask) for who, mask in masks if mask),
            )
        return found

    def hours(self, counsellor_id: int, day: date) -> tuple[list[Any], list[Any]]:
        """The rows that give her hours on a day, weekly and extra ones, and those that take some away."""
        special = self.exceptions.get((counsellor_id, day), ())
        weekly = [
            rule
            for rule in self.rules.get((counsellor_id, day.weekday()), ())
            if (rule.valid_from is None or rule.valid_from <= day)
            and (rule.valid_to is None or day <= rule.valid_to)
        ]
        extra = [one for one in special if one.kind == "extra"]
        return weekly + extra, [one for one in special if one.kind == "off"]

    def _starts(self, counsellor_id: int, day: date, minutes: int, mode: str) -> int:
        hers, off = self.hours(counsellor_id, day)
        windows = sorted(
            {(one.from_min, one.until_min) for one in hers if not one.modes or mode in one.modes}
        )
        busy = [span for one in off for span in spans(one.from_min, one.until_min, day, self.zone)]
        return without(starts(tuple(windows), minutes, day, self.zone), busy, minutes)


_kept: dict[tuple[int, str, str], _Calendar] = {}


def _calendar(tx: Tx, site: Site) -> _Calendar:
    return _current(tx, site)[0]


def _current(tx: Tx, site: Site) -> tuple[_Calendar, str]:
    """The rules as they are now, and the token of the meetings."""
    row = tx.one(_TOKEN, site_id=site.id)
    if row is None:
        return _Calendar(tx, site), ""
    key = (site.id, site.timezone, row.token)
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _CALENDARS_KEPT_MAX:
            _kept.clear()
        found = _kept[key] = _Calendar(tx, site, row.token)
    return found, row.booked


# --- what can be chosen ---


def topics(tx: Tx, site: Site) -> list[Topic]:
    """The topics somebody takes, in their order."""
    return list(_calendar(tx, site).offered)


def modes(tx: Tx, site: Site, topic: str) -> list[str]:
    """How one can meet on a topic."""
    offered = {mode for counsellor in _calendar(tx, site).fitting(topic) for mode in counsellor.modes}
    return [mode for mode in MODES if mode in offered]


def languages(tx: Tx, site: Site, topic: str, mode: str) -> list[str]:
    """The languages of those who take a topic this way, those spoken by most first."""
    return list(_calendar(tx, site).languages(topic, mode))


def counsellor(tx: Tx, site: Site, counsellor_id: int) -> Counsellor | None:
    """One of the site's counsellors, also one who left."""
    return _calendar(tx, site).counsellors.get(counsellor_id)


def everybody(tx: Tx, site: Site) -> list[Counsellor]:
    """The site's counsellors, also those who left."""
    return list(_calendar(tx, site).counsellors.values())


def hours(
    tx: Tx, site: Site, who: Sequence[int], days: Sequence[date]
) -> dict[tuple[int, date], tuple[list[Any], list[Any]]]:
    """The rows that give each of them hours on each day, and those that take some away; nobody may change them."""
    calendar = _calendar(tx, site)
    return {(one, day): calendar.hours(one, day) for one in who for day in days}


def minutes(tx: Tx, wanted: Wanted) -> int | None:
    """How long such a meeting takes; None when nobody offers it."""
    plan = _calendar(tx, wanted.site).plan(wanted)
    return None if plan is None else plan.minutes


# --- free times ---

_NO_DAY = DayPlan(0, 0, ())


def _narrowed(tx: Tx, wanted: Wanted, plan: _Plan, day: date, *, by_rules: bool = False) -> DayPlan:
    """The day's starts, less what else was wished for leaves out."""
    planned = plan.day(day)
    if wanted.only is None and wanted.second is None and not wanted.without:
        return planned
    return joint.narrowed(tx, wanted, planned, day, plan.minutes, _current, by_rules=by_rules)


def _taken(tx: Tx, wanted: Wanted, days: Sequence[DayPlan], plan: _Plan, booked: str) -> list[Taken]:
    """What is taken on these days, times without a free room too."""
    found = taken_on(tx, wanted.site.id, days, plan.minutes, booked)
    return plan.rooms.narrowed(wanted, days, found)


def _first_cell(day: date, zone: ZoneInfo) -> int:
    return to_ms(local_midnight(day, zone)) // CELL_MS


def _first_allowed(now: datetime, lead: timedelta) -> int:
    return -(-to_ms(now + lead) // CELL_MS)


def free_days(tx: Tx, wanted: Wanted, now: datetime, first: date, limit: int) -> list[date]:
    """Up to `limit` days from `first` on that have a free time; none beyond the horizon."""
    calendar, booked = _current(tx, wanted.site)
    plan = calendar.plan(wanted)
    if plan is None:
        return []
    today = now.astimezone(calendar.zone).date()
    day, last = max(first, today), today + timedelta(days=HORIZON_DAYS)
    closed = sites.closed_days(tx, wanted.site.id, day, last)
    earliest = _first_allowed(now, LEAD)
    found: list[date] = []
    look = limit
    while day <= last and len(found) < limit:
        days: list[tuple[date, DayPlan]] = []
        while day <= last and len(days) < look:
            planned = _narrowed(tx, wanted, plan, day) if day not in closed else _NO_DAY
            if planned.starts:
                days.append((day, planned))
            day += _ONE_DAY
        if not days:
            break
        taken = _taken(tx, wanted, [planned for _, planned in days], plan, booked)
        for (at, planned), on_day in zip(days, taken, strict=True):
            if on_day.is_free(planned, earliest):
                found.append(at)
        look *= 2  # a calendar nearly full is read in a few steps
    return found[:limit]


def _fair(plan: _Plan, day: date, taken: Taken) -> list[int]:
    """The counsellors, the one with the least that day first; among equals each day begins with another."""
    first = day.toordinal() % len(plan.who)
    load = taken.load
    return sorted(plan.who[first:] + plan.who[:first], key=lambda who: load.get(who, 0))


def free_slots(tx: Tx, wanted: Wanted, day: date, now: datetime) -> list[Slot]:
    """The free times of a local day, one slot a time, with the counsellor who would be asked first."""
    calendar, booked = _current(tx, wanted.site)
    plan = calendar.plan(wanted)
    today = now.astimezone(calendar.zone).date()
    if plan is None or not today <= day <= today + timedelta(days=HORIZON_DAYS):
        return []
    planned = _narrowed(tx, wanted, plan, day)
    if not planned.starts or sites.closed_days(tx, wanted.site.id, day, day):
        return []
    taken = _taken(tx, wanted, [planned], plan, booked)[0]
    masks = dict(taken.free(planned, _first_allowed(now, LEAD)))
    by_cell: dict[int, int] = {}
    seen = 0
    for who in _fair(plan, day, taken):
        left = masks.get(who, 0) & ~seen
        seen |= left
        while left:
            low = left & -left
            by_cell[low.bit_length() - 1] = who
            left ^= low
    return [Slot(from_ms((planned.first + cell) * CELL_MS), by_cell[cell]) for cell in sorted(by_cell)]


def is_offered(tx: Tx, wanted: Wanted, starts_at: datetime, now: datetime) -> bool:
    """Whether somebody could meet her then by the rules alone."""
    calendar, _ = _current(tx, wanted.site)
    return bool(_who(tx, wanted, starts_at, now, calendar))


def fitting(
    tx: Tx, wanted: Wanted, starts_at: datetime, now: datetime, preferred: int | None = None
) -> tuple[list[int], str, Rooms | None]:
    """Who could meet her then by the rules alone, in the order to ask, the token of those rules, and rooms if any is needed.

    Whether they are free the write says.
    """
    calendar, booked = _current(tx, wanted.site)
    who = _who(tx, wanted, starts_at, now, calendar)
    plan = calendar.plan(wanted)
    if plan is None or not who:
        return [], calendar.token, None
    day = starts_at.astimezone(calendar.zone).date()
    planned = plan.day(day)
    bit = 1 << (to_ms(starts_at) // CELL_MS - planned.first)
    taken = _taken(tx, wanted, [planned], plan, booked)[0]
    order = [one for one in _fair(plan, day, taken) if one in who]
    # Those who look taken come last instead of not at all: the write may know better, and it seldom has to ask them.
    asked = sorted(order, key=lambda one: (one != preferred, taken.blocked.get(one, 0) & bit != 0))
    return asked, calendar.token, calendar.rooms if calendar.rooms.concern(wanted.mode) else None


def _who(tx: Tx, wanted: Wanted, starts_at: datetime, now: datetime, calendar: _Calendar) -> set[int]:
    plan = calendar.plan(wanted)
    day = starts_at.astimezone(calendar.zone).date()
    today = now.astimezone(calendar.zone).date()
    if plan is None or starts_at < now + TAKING_LEAD or day > today + timedelta(days=HORIZON_DAYS):
        return set()
    at = to_ms(starts_at)
    planned = _narrowed(tx, wanted, plan, day, by_rules=True)
    bit = 1 << (at // CELL_MS - planned.first)
    who = {counsellor_id for counsellor_id, mask in planned.starts if mask & bit}
    if at % CELL_MS or not who or sites.closed_days(tx, wanted.site.id, day, day):
        return set()
    return who
