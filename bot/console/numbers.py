"""The numbers: a site and a period, as a page and as a file, with the definition beside each figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from bot import sheets
from bot.console.access import Me, Role
from bot.console.fields import number
from bot.console.pages import Problem, language_name, language_of, page
from bot.web.parts import PARTS
from flows import numbers as rules
from flows.numbers import FIGURES, MONTHS_MAX, Period, Report
from flows.texts import Texts
from storage import numbers
from storage.numbers import Place
from storage.sql import Tx

READERS = (Role.ANALYST, Role.COORDINATOR, Role.ADMIN)
ALL = "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query asks for: one site or all of hers, and a period."""

    places: tuple[Place, ...]
    """Every site she may see."""
    site: Place | None
    """None is all of them, one line each."""
    period: Period
    quick: dict[str, Period]


async def show(request: web.Request, me: Me) -> web.Response:
    """The page. A wrong period says what is wrong, keeps what was typed, and shows the usual one."""
    problem = None
    try:
        asked, reports = await _counted(request, me)
    except Problem as found:
        problem = found
        asked, reports = await _counted(request, me, typed=False)
    texts, language = request.app[PARTS].texts, language_of(request, me)
    return page(
        request,
        me,
        "numbers.html",
        problem=problem,
        typed=dict(request.query) if problem else None,
        asked=asked,
        reports=reports,
        figures=FIGURES,
        name=lambda table, value: line_name(texts, language, table, value),
        query=lambda period, site=asked.site: _query(site, period),
    )


async def csv(request: web.Request, me: Me) -> web.Response:
    """The same as CSV."""
    return _file(sheets.as_csv(await _rows(request, me)), sheets.CSV, "csv")


async def xlsx(request: web.Request, me: Me) -> web.Response:
    """The same as a workbook."""
    rows = await _rows(request, me)
    title = request.app[PARTS].texts.text(language_of(request, me), "numbers-title")
    return _file(sheets.as_xlsx(rows, title), sheets.XLSX, "xlsx")


def _file(body: bytes, kind: str, ending: str) -> web.Response:
    charset = "utf-8" if ending == "csv" else None
    answer = web.Response(body=body, content_type=kind, charset=charset)
    answer.headers["Content-Disposition"] = f'attachment; filename="numbers.{ending}"'
    return answer


def _query(site: Place | None, period: Period) -> str:
    chosen = ALL if site is None else site.id
    return f"site={chosen}&from={period.first.name}&to={period.last.name}"


# --- what is asked ---


async def _counted(request: web.Request, me: Me, *, typed: bool = True) -> tuple[Asked, list[Report]]:
    parts = request.app[PARTS]
    now, mine = parts.clock(), me.sites(*READERS)
    query = dict(request.query) if typed else {"site": request.query.get("site", "")}

    def unit(tx: Tx) -> tuple[Asked, list[Report]]:
        asked = _asked(numbers.places(tx, mine), query, now)
        wanted = asked.places if asked.site is None else (asked.site,)
        return asked, [rules.report(tx, place, asked.period, now) for place in wanted]

    return await parts.read(unit)


def _asked(places: list[Place], query: dict[str, str], now: datetime) -> Asked:
    told = query.get("site", "")
    site = next((place for place in places if place.id == number(told)), None)
    if told not in ("", ALL) and site is None:
        raise web.HTTPNotFound
    if site is None and len(places) == 1:
        site = places[0]
    zone = ZoneInfo((site or places[0]).timezone)
    quick = rules.quick(now, zone)
    return Asked(tuple(places), site, _period(query, quick["this-year"], now, zone), quick)


def _period(query: dict[str, str], usual: Period, now: datetime, zone: ZoneInfo) -> Period:
    told = query.get("from", ""), query.get("to", "")
    if told == ("", ""):
        return usual
    first, last = (rules.month_of(one) for one in told)
    if first is None or last is None:
        raise Problem("numbers-month-wrong")
    if first > last:
        raise Problem("numbers-order-wrong")
    if last > rules.last_over(now, zone):
        raise Problem("numbers-not-over")
    period = Period(first, last)
    if len(period) > MONTHS_MAX:
        raise Problem("numbers-too-long", months=MONTHS_MAX)
    return period


# --- the same as rows ---


def line_name(texts: Texts, language: str, table: str, value: str | None) -> str:
    """What a line is called; a topic or language nobody has a name for keeps its own."""
    if value is None:
        return texts.text(language, "numbers-unknown")
    if table == "language":
        return language_name(value, language) if value in texts.languages else value
    key = f"booking-topic-{value}"
    return texts.text(language, key) if texts.has(language, key) else value


async def _rows(request: web.Request, me: Me) -> list[sheets.Row]:
    asked, reports = await _counted(request, me)
    texts, language = request.app[PARTS].texts, language_of(request, me)

    def t(key: str) -> str:
        return texts.text(language, key)

    figures = [t(f"numbers-figure-{one}") for one in FIGURES]
    period = f"{asked.period.first.name} – {asked.period.last.name}"
    rows: list[sheets.Row] = [[t("numbers-title")], [t("numbers-period"), period], []]

    def line(name: str, shown: rules.Shown) -> sheets.Row:
        return [name, *(t("numbers-hidden") if n is None else n for n in shown)]

    if asked.site is None:
        rows += [[t("numbers-by-site"), *figures]]
        rows += [line(f"{one.place.name}, {one.place.place}", one.total) for one in reports]
    else:
        rows += _of_one(reports[0], t, figures, line, lambda *what: line_name(texts, language, *what))
    if any(one.removed for one in reports):
        rows += [[], [t("numbers-removed")]]
    rows += [[], [t("numbers-definitions")]]
    rows += [[name, t(f"numbers-about-{one}")] for name, one in zip(figures, FIGURES, strict=True)]
    return [*rows, [t("numbers-hidden"), t("numbers-about-hidden")]]


def _of_one(
    report: Report,
    t: Callable[[str], str],
    figures: list[str],
    line: Callable[[str, rules.Shown], sheets.Row],
    name: Callable[[str, str | None], str],
) -> list[sheets.Row]:
    rows: list[sheets.Row] = [
        [t("numbers-site"), f"{report.place.name}, {report.place.place}"],
        [],
        ["", *figures],
        line(t("numbers-total"), report.total),
        [],
        [t("numbers-by-month"), *figures],
        *(line(month.name, shown) for month, shown in report.months),
    ]
    for table in report.tables:
        rows += [[], [t(f"numbers-by-{table.name}"), *figures]]
        rows += [line(name(table.name, one.value), one.shown) for one in table.lines]
        if table.hidden:
            rows.append(line(t("numbers-together"), table.together))
    return rows
