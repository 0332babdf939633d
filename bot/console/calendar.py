"""The calendar of a site: one day or one week, everybody's plan, closed days, and the meetings as she may know them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.console.access import Me, Role
from bot.console.fields import clock, day, number
from bot.console.pages import FORM, Problem, language_of, page
from bot.web.parts import PARTS
from flows.screen import Arg
from storage import agenda, people, schedules
from storage.agenda import OFF, Agenda, Meeting, Span
from storage.grid import DAY_MIN
from storage.sites import Site
from storage.sql import Tx

CALENDAR = "/console/calendar"
SEES = (Role.DESK, Role.COUNSELLOR, Role.COORDINATOR, Role.ADMIN)
WHOLE = (Role.DESK, Role.COORDINATOR)
"""Who may know every meeting of the site, as on the page of today; a counsellor knows her own, an admin none."""
EDITORS = (Role.COORDINATOR, Role.ADMIN)
FIRST, LAST = date(2000, 1, 3), date(2099, 12, 27)
WEEKEND = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting as it is shown."""

    when: str
    what: str
    """Empty for who may not know more than when."""
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Cell:
    """One person on one day."""

    plan: tuple[tuple[str, str], ...]
    """Kind and words of each part of the day."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One person on the days that are shown."""

    id: int
    name: str
    cells: tuple[Cell, ...]
    opens: bool
    """Whether her plan may be opened from here."""


class Words:
    """What stands in the cells, each said once a page."""

    def __init__(self, request: web.Request, me: Me, zone: ZoneInfo = ZoneInfo("UTC")) -> None:
        self._texts, self._language = request.app[PARTS].texts, language_of(request, me)
        self._zone = zone
        self._said: dict[tuple[str, str], str] = {}
        self._walls: dict[datetime, str] = {}

    def say(self, key: str, **args: Arg) -> str:
        """A text of the page."""
        return self._texts.text(self._language, key, args)

    def mode(self, mode: str) -> str:
        """How one meets."""
        return self.say(f"today-mode-{mode}")

    def topic(self, slug: str) -> str:
        """What a topic is called, by its neutral name."""
        key = f"booking-topic-{slug}"
        return self.say(key) if self._texts.has(self._language, key) else slug

    def what(self, meeting: Meeting) -> str:
        """Topic, way and room."""
        if meeting.id is None:
            return ""
        key = (meeting.topic, meeting.mode)
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = f"{self.topic(meeting.topic)} · {self.mode(meeting.mode)}"
        return f"{found} · {meeting.room}" if meeting.room else found

    def day(self, at: datetime) -> date:
        """The day on the wall."""
        return at.astimezone(self._zone).date()

    def wall(self, at: datetime) -> str:
        """The time on the wall; where the clocks show it twice, with what tells the two apart."""
        found = self._walls.get(at)
        if found is None:
            found = self._walls[at] = self._wall(at.astimezone(self._zone))
        return found

    def _wall(self, local: datetime) -> str:
        told = f"{local.hour}:{local.minute:02d}"
        if local.fold or local.replace(fold=1).utcoffset() != local.utcoffset():
            hours = (local.utcoffset() or timedelta()) / timedelta(hours=1)
            return f"{told} (UTC{hours:+g})"
        return told

    def line(self, meeting: Meeting) -> Line:
        """One meeting."""
        return Line(
            f"{self.wall(meeting.starts_at)}–{self.wall(meeting.ends_at)}", self.what(meeting), meeting
        )

    def span(self, span: Span) -> tuple[str, str]:
        """One part of a plan."""
        if (span.kind, span.from_min, span.until_min) == (OFF, 0, DAY_MIN):
            return OFF, self.say("calendar-off-all")
        told = self.say(f"calendar-{span.kind}", span=f"{clock(span.from_min)}–{clock(span.until_min)}")
        if span.modes:
            told = f"{told} ({', '.join(self.mode(one) for one in span.modes)})"
        return span.kind, told


def where(request: web.Request) -> str | None:
    """The day of the calendar a posted form came from; None when it came from elsewhere."""
    form = request[FORM]
    on, site_id = day(form.get("day", "")), number(form.get("site", ""))
    return f"{CALENDAR}?view=day&site={site_id}&day={on}" if on is not None and site_id else None


def place(me: Me, told: str, here: int, *roles: Role) -> int:
    """The site that is named, when it is one of hers; the house's own or her first when none is."""
    hers = me.sites(*(roles or SEES))
    if not told:
        return here if here in hers else hers[0]
    site_id = number(told)
    if site_id not in hers:
        raise web.HTTPNotFound
    return site_id


def is_phone(request: web.Request) -> bool:
    """Whether a phone asks: its browser says so."""
    return "Mobi" in request.headers.get("User-Agent", "")


def _next_open(site: Site, today: date) -> date:
    """The first day from today on whose weekday has opening hours; today when none has."""
    open_on = {weekday for weekday, _, _ in site.hours}
    days = (today + ahead * _ONE_DAY for ahead in range(7))
    return next((day for day in days if day.weekday() in open_on), today)


async def calendar_page(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    """A day for a phone, a week for a desk, or whichever is asked for."""
    parts, told = request.app[PARTS], request.get(FORM) or request.query
    site_id = place(me, told.get("site", ""), parts.office.main.id)
    view = told.get("view") if told.get("view") in ("day", "week") else None
    if view is None:
        view = "day" if FORM in request or is_phone(request) else "week"
    now, wish = parts.clock(), day(told.get("day", ""))

    def unit(tx: Tx) -> tuple[Site, date, date, Agenda, dict[int, str], int | None]:
        found = agenda.site(tx, site_id)
        assert found is not None  # she has a role there
        today = now.astimezone(ZoneInfo(found.timezone)).date()
        on = wish if wish is not None and FIRST <= wish <= LAST else today
        if wish is None and view == "week":
            on = _next_open(found, today)  # on a Sunday the week that is over tells nobody anything
        first = on if view == "day" else on - on.weekday() * _ONE_DAY
        days = [first + ahead * _ONE_DAY for ahead in range(1 if view == "day" else 7)]
        shown = agenda.read(
            tx,
            found,
            days,
            me.staff_id,
            whole=site_id in me.sites(*WHOLE),
            own=site_id in me.sites(Role.COUNSELLOR),
        )
        mine = schedules.of_staff(tx, me.staff_id) if site_id in me.sites(Role.COUNSELLOR) else None
        return found, on, today, shown, people.places(tx, me.sites(*SEES)), mine

    site, on, today, shown, places, mine = await parts.read(unit)
    words = Words(request, me, ZoneInfo(site.timezone))
    days = _days(shown)
    step = _ONE_DAY if view == "day" else 7 * _ONE_DAY
    begins = datetime.combine(today, datetime.min.time(), ZoneInfo(site.timezone))
    return page(
        request,
        me,
        f"calendar_{view}.html",
        problem=problem,
        view=view,
        on=on,
        today=today,
        days=days,
        closed=shown.closed,
        rows=_rows(words, shown, days, edits=site_id in me.sites(*EDITORS), mine=mine),
        site=site_id,
        places=places,
        before=on - step,
        after=on + step,
        link=lambda **more: _link(site_id, **{"view": view, "day": on, **more}),
        may_note=site_id in me.sites(*WHOLE, Role.COUNSELLOR),
        begun=lambda meeting: meeting.starts_at <= now,
        undoable=lambda meeting: meeting.recorded_at is not None and meeting.recorded_at >= begins,
        plans=me.has(Role.COUNSELLOR, *EDITORS),
    )


def _link(site_id: int, **query: object) -> str:
    named = {"site": site_id, **query}
    return f"{CALENDAR}?" + "&".join(f"{name}={value}" for name, value in named.items())


def _days(shown: Agenda) -> list[date]:
    """The days to show: a weekend only when something is on it."""
    busy = {on for _, on in (*shown.hours, *shown.meetings)}
    return [on for on in shown.days if len(shown.days) == 1 or on.weekday() < WEEKEND or on in busy]


def _rows(words: Words, shown: Agenda, days: Iterable[date], *, edits: bool, mine: int | None) -> list[Row]:
    return [
        Row(
            one.id,
            one.name,
            tuple(
                Cell(
                    tuple(words.span(span) for span in shown.hours.get((one.id, on), ())),
                    tuple(words.line(meeting) for meeting in shown.meetings.get((one.id, on), ())),
                )
                for on in days
            ),
            edits or one.id == mine,
        )
        for one in shown.who
    ]
