"""A counsellor's plan as staff keep it: weekly hours and days that differ, checked and changed while nobody else can.

What is wrong with a change is a `BadPlan`; a change that would leave meetings outside the plan is a `LeavesOut` until it
comes again with the word that names exactly these meetings. Both undo the whole unit: nothing is half-saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, case, func, select, update

from storage import counsellors
from storage.bookings import BookingRow
from storage.counsellors import MODES, Counsellor, CounsellorRow, ExceptionRow, RuleRow, TopicRow
from storage.grid import CELL_MIN, DAY_MIN
from storage.sites import SiteRow
from storage.sql import Statement, Tx, spelt, table, to_ms
from storage.staff import StaffRole, StaffRow

RULES_MAX, DAYS_MAX = 100, 400
"""Lines of weekly hours, and days that differ, of one counsellor."""
_ONE_DAY = timedelta(days=1)
_CELL = timedelta(minutes=CELL_MIN)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours that return every week. `modes` empty means all of hers."""

    weekday: int
    from_min: int
    until_min: int
    modes: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    id: int = 0

    def holds(self, day: date) -> bool:
        """Whether they count on this day."""
        return (
            day.weekday() == self.weekday
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )

    def overlaps(self, other: Hours) -> bool:
        """Whether there is a day on which both would hold at one time."""
        return (
            self.weekday == other.weekday
            and self.from_min < other.until_min
            and other.from_min < self.until_min
            and (self.valid_to is None or other.valid_from is None or other.valid_from <= self.valid_to)
            and (other.valid_to is None or self.valid_from is None or self.valid_from <= other.valid_to)
        )


@dataclass(frozen=True, slots=True)
class Differs:
    """One day on which she is away for some hours ('off') or here for more ('extra')."""

    day: date
    kind: str
    from_min: int = 0
    until_min: int = DAY_MIN
    modes: tuple[str, ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """One counsellor's plan."""

    who: Counsellor
    site_id: int
    zone: ZoneInfo
    rules: tuple[Hours, ...]
    days: tuple[Differs, ...]

    def covers(self, begins: datetime, ends: datetime, mode: str) -> bool:
        """Whether a meeting lies within her hours, every five minutes of it by the clock on the wall."""
        cells = (ends - begins) // _CELL
        return all(self._covers((begins + at * _CELL).astimezone(self.zone), mode) for at in range(cells))

    def _covers(self, wall: datetime, mode: str) -> bool:
        minute, day = wall.hour * 60 + wall.minute, wall.date()

        def within(one: Hours | Differs) -> bool:
            return one.from_min <= minute < one.until_min

        if any(one.day == day and one.kind == "off" and within(one) for one in self.days):
            return False
        here: list[Hours | Differs] = [rule for rule in self.rules if rule.holds(day)]
        here += [one for one in self.days if one.day == day and one.kind == "extra"]
        return any(within(one) and (not one.modes or mode in one.modes) for one in here)


class BadPlan(Exception):
    """A change that cannot be; the text is the reason, one word."""


class LeavesOut(Exception):
    """A change after which booked meetings would lie outside the plan."""

    def __init__(self, times: Sequence[datetime], word: str) -> None:
        super().__init__(f"{len(times)} meetings")
        self.times = tuple(times)
        self.word = word
        """What the second yes says, so that it means these meetings and no others."""


_k, _r, _e, _b, _s = (table(row) for row in (CounsellorRow, RuleRow, ExceptionRow, BookingRow, StaffRow))
_site, _role, _t = table(SiteRow), table(StaffRole), table(TopicRow)
_WHO = Statement(
    select(*(_k.c[name] for name in Counsellor.__dataclass_fields__), _k.c.site_id, _site.c.timezone)
    .join(_site, _site.c.id == _k.c.site_id)
    .where(_k.c.id == bindparam("counsellor"))
)
_RULES = Statement(
    select(*(_r.c[name] for name in Hours.__dataclass_fields__))
    .where(_r.c.counsellor_id == bindparam("counsellor"))
    .order_by(_r.c.weekday, _r.c.from_min, _r.c.valid_from, _r.c.id)
)
_DAYS = Statement(
    select(*(_e.c[name] for name in Differs.__dataclass_fields__))
    .where(_e.c.counsellor_id == bindparam("counsellor"))
    .order_by(_e.c.day, _e.c.from_min, _e.c.id)
)
_AHEAD = Statement(
    select(_b.c.id, _b.c.starts_at, _b.c.ends_at, _b.c.mode)
    .where(
        _b.c.site_id == bindparam("of_site"),
        _b.c.counsellor_id == bindparam("counsellor"),
        _b.c.state == spelt("booked"),
        _b.c.starts_at > bindparam("now"),
    )
    .order_by(_b.c.starts_at, _b.c.id)
)
_HERS = Statement(select(_s.c.counsellor_id).where(_s.c.id == bindparam("of_staff")))
_TIE = Statement(
    update(_s)
    .where(_s.c.id == bindparam("of_staff"), _s.c.counsellor_id.is_(None))
    .values(counsellor_id=bindparam("new_counsellor"))
)
_TOPICS = Statement(
    select(_t.c.slug).where(_t.c.site_id == bindparam("of_site"), _t.c.active).order_by(_t.c.place, _t.c.id)
)
_WITHOUT = Statement(
    select(_s.c.uid, _s.c.name)
    .join(_role, _role.c.staff_id == _s.c.id)
    .where(_role.c.site_id == bindparam("of_site"), _s.c.active, _s.c.counsellor_id.is_(None))
    .group_by(_s.c.uid, _s.c.name)
    .order_by(func.min(case((_role.c.role == "counsellor", 0), else_=1)), _s.c.name, _s.c.uid)
)


def word(ids: Iterable[tuple[int, datetime]]) -> str:
    """A name for exactly these meetings at exactly these times."""
    facts = repr([(one, to_ms(at)) for one, at in ids])
    return blake2b(facts.encode(), digest_size=12).hexdigest()


# --- reading ---


def plan(tx: Tx, counsellor_id: int) -> Plan | None:
    """All of a counsellor's hours, past ones too."""
    row = tx.one(_WHO, counsellor=counsellor_id)
    if row is None:
        return None
    who = Counsellor(row.id, row.name, tuple(row.languages), tuple(row.topics), tuple(row.modes), row.active)
    rules = tuple(_tuples(Hours(*one)) for one in tx.all(_RULES, counsellor=counsellor_id))
    days = tuple(_tuples(Differs(*one)) for one in tx.all(_DAYS, counsellor=counsellor_id))
    return Plan(who, row.site_id, ZoneInfo(row.timezone), rules, days)


def _tuples(one: Any) -> Any:
    return replace(one, modes=tuple(one.modes))


def of_staff(tx: Tx, staff_id: int) -> int | None:
    """The counsellor a person is."""
    row = tx.one(_HERS, of_staff=staff_id)
    return None if row is None else row.counsellor_id


def at_sites(tx: Tx, sites: Sequence[int]) -> list[Any]:
    """The counsellors of these sites: id, site_id, name, active."""
    columns = (_k.c.id, _k.c.site_id, _k.c.name, _k.c.active)
    return tx.query(select(*columns).where(_k.c.site_id.in_(sites)).order_by(_k.c.name, _k.c.id))


def without_plan(tx: Tx, site_id: int) -> list[Any]:
    """Who works at a site and has no plan anywhere, those with the role of a counsellor first: uid, name."""
    return tx.all(_WITHOUT, of_site=site_id)


def topics(tx: Tx, site_id: int) -> list[str]:
    """The slugs of what can be talked about at a site."""
    return [row.slug for row in tx.all(_TOPICS, of_site=site_id)]


# --- changing ---


def make(
    tx: Tx,
    staff_id: int,
    site_id: int,
    name: str,
    *,
    languages: Sequence[str],
    taken: Sequence[str],
    modes: Sequence[str],
) -> int:
    """A person who works here becomes a counsellor without hours; `BadPlan` when she is one already or something is missing."""
    _check_about(tx, site_id, languages, taken, modes)
    counsellor_id = counsellors.add_counsellor(
        tx, site_id, name, languages=tuple(languages), topics=tuple(taken), modes=tuple(modes)
    )
    if tx.run(_TIE, of_staff=staff_id, new_counsellor=counsellor_id) != 1:
        raise BadPlan("twice")
    return counsellor_id


def _check_about(
    tx: Tx, site_id: int, languages: Sequence[str], taken: Sequence[str], modes: Sequence[str]
) -> None:
    for reason, given, known in (
        ("languages", languages, None),
        ("topics", taken, topics(tx, site_id)),
        ("modes", modes, MODES),
    ):
        if not given or (known is not None and not set(given) <= set(known)):
            raise BadPlan(reason)


def about(plan: Plan) -> str:
    """What she speaks and takes and how she can be met, as one word: who changes it says which one was looked at."""
    facts = (plan.who.languages, plan.who.topics, plan.who.modes, plan.who.active)
    return blake2b(repr(facts).encode(), digest_size=8).hexdigest()


def set_about(
    tx: Tx,
    before: Plan,
    *,
    languages: Sequence[str],
    taken: Sequence[str],
    modes: Sequence[str],
    active: bool,
    seen: str,
) -> None:
    """Keep what she speaks and takes; `BadPlan` when it cannot be, or was changed since it was looked at."""
    counsellors.hold(tx, before.site_id)
    held = plan(tx, before.who.id)
    if held is None or about(held) != seen:
        raise BadPlan("meanwhile")
    _check_about(tx, held.site_id, languages, taken, modes)
    counsellors.describe(tx, held.who.id, languages, taken, modes)
    if active != held.who.active:
        counsellors.set_counsellor_active(tx, held.who.id, active)


def set_hours(
    tx: Tx, before: Plan, wanted: Sequence[Hours], *, instead: int = 0, now: datetime, sure: str = ""
) -> None:
    """Add weekly hours, or put them in the place of others."""
    today = now.astimezone(before.zone).date()

    def change(held: Plan) -> None:
        others = _without(tx, held, instead, today) if instead else list(held.rules)
        for one in wanted:
            _check_hours(one, today)
            new = one
            if instead and _began(next(rule for rule in held.rules if rule.id == instead), today):
                new = replace(one, valid_from=max(one.valid_from or today, today))
            if any(new.overlaps(other) for other in others):
                raise BadPlan("overlap")
            others.append(new)
            counsellors.add_hours(
                tx,
                held.who.id,
                new.weekday,
                new.from_min,
                new.until_min,
                modes=_modes(held, new.modes),
                valid_from=new.valid_from,
                valid_to=new.valid_to,
            )
        if not wanted:
            raise BadPlan("weekday")
        if sum(rule.valid_to is None or rule.valid_to >= today for rule in others) > RULES_MAX:
            raise BadPlan("many")

    _changed(tx, before, now, sure, change)


def remove_hours(tx: Tx, before: Plan, rule_id: int, *, now: datetime, sure: str = "") -> None:
    """Weekly hours hold no longer. What was stays as it was: hours that held before today end yesterday."""
    today = now.astimezone(before.zone).date()

    def change(held: Plan) -> None:
        _without(tx, held, rule_id, today)

    _changed(tx, before, now, sure, change)


def add_days(tx: Tx, before: Plan, wanted: Sequence[Differs], *, now: datetime, sure: str = "") -> None:
    """Some days differ, all of them or none."""
    today = now.astimezone(before.zone).date()

    def change(held: Plan) -> None:
        if sum(other.day >= today for other in held.days) + len(wanted) > DAYS_MAX:
            raise BadPlan("many")
        for one in wanted:
            _check_minutes(one)
            if one.day < today:
                raise BadPlan("past")
            if one.kind not in ("off", "extra"):
                raise BadPlan("kind")
            same = [other for other in held.days if (other.day, other.kind) == (one.day, one.kind)]
            if any(one.from_min < other.until_min and other.from_min < one.until_min for other in same):
                raise BadPlan("overlap")
            modes = _modes(held, one.modes) if one.kind == "extra" else ()
            counsellors.add_exception(
                tx, held.who.id, one.day, one.kind, one.from_min, one.until_min, modes=modes
            )

    _changed(tx, before, now, sure, change)


def remove_day(tx: Tx, before: Plan, exception_id: int, *, now: datetime, sure: str = "") -> None:
    """That day is an ordinary one again."""

    def change(held: Plan) -> None:
        if all(one.id != exception_id for one in held.days):
            raise BadPlan("gone")
        counsellors.forget_exception(tx, held.who.id, exception_id)

    _changed(tx, before, now, sure, change)


def _changed(tx: Tx, before: Plan, now: datetime, sure: str, change: Callable[[Plan], None]) -> None:
    """Change the plan while no other change of the site's calendar can; meetings that would fall out need the second yes."""
    counsellors.hold(tx, before.site_id)
    held = plan(tx, before.who.id)
    assert held is not None  # counsellors are never deleted
    change(held)
    after = plan(tx, before.who.id)
    assert after is not None
    out = [
        one
        for one in tx.all(_AHEAD, of_site=held.site_id, counsellor=held.who.id, now=now)
        if held.covers(one.starts_at, one.ends_at, one.mode)
        and not after.covers(one.starts_at, one.ends_at, one.mode)
    ]
    if out and sure != (named := word((one.id, one.starts_at) for one in out)):
        raise LeavesOut([one.starts_at for one in out], named)


def _began(rule: Hours, today: date) -> bool:
    return rule.valid_from is None or rule.valid_from < today


def _without(tx: Tx, held: Plan, rule_id: int, today: date) -> list[Hours]:
    """Take one line off; the others."""
    old = next((rule for rule in held.rules if rule.id == rule_id), None)
    if old is None or (old.valid_to is not None and old.valid_to < today):
        raise BadPlan("gone")
    others = [rule for rule in held.rules if rule.id != rule_id]
    if not _began(old, today):
        counsellors.remove_hours(tx, held.who.id, rule_id)
        return others
    counsellors.end_hours(tx, held.who.id, rule_id, today - _ONE_DAY)
    return [*others, replace(old, valid_to=today - _ONE_DAY)]


def _modes(held: Plan, modes: Sequence[str]) -> tuple[str, ...]:
    """As they are stored: all of hers is none named, so that a way she adds later counts."""
    if not set(modes) <= set(held.who.modes):
        raise BadPlan("modes")
    return () if set(modes) == set(held.who.modes) else tuple(one for one in MODES if one in modes)


def _check_minutes(one: Hours | Differs) -> None:
    if not 0 <= one.from_min < one.until_min <= DAY_MIN:
        raise BadPlan("hours")
    if one.from_min % CELL_MIN or one.until_min % CELL_MIN:
        raise BadPlan("cells")


def _check_hours(one: Hours, today: date) -> None:
    _check_minutes(one)
    if not 0 <= one.weekday <= 6:
        raise BadPlan("weekday")
    if one.valid_from is not None and one.valid_to is not None and one.valid_to < one.valid_from:
        raise BadPlan("validity")
    if one.valid_to is not None and one.valid_to < today:
        raise BadPlan("over")
