"""Closed days: one by one, Slovenia's holidays and a small file, all in one write, and never over a meeting unseen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from aiohttp import FormData

from flows import closure
from flows.closure import BadTable
from storage import audit, closures
from tests.bot.console.test_calendar import met, staffed, state
from tests.helpers import make
from tests.helpers.console import Console, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CLOSED = "/console/calendar/closed"


def listed(running: Console, year: int = 2026) -> dict[str, str]:
    found = running.parts.db.read(
        lambda tx: closures.between(tx, running.site.id, date(year, 1, 1), date(year, 12, 31))
    )
    return {one.day.isoformat(): one.reason for one in found}


def named(running: Console, **more: str) -> dict[str, str]:
    return {"site": str(running.site.id), "year": "2026", **more}


async def send(desk: Desk, running: Console, body: bytes, year: str = "2026") -> Desk:
    form = FormData()
    for name, told in (
        named(running) | {"year": year, "csrf": desk.staff.csrf if desk.staff else ""}
    ).items():
        form.add_field(name, told)
    form.add_field("file", body, filename="dnevi.csv", content_type="text/csv")
    async with desk.client.post(
        f"{CLOSED}/import", data=form, headers={"Origin": desk.origin, "Accept-Language": "en"}
    ) as answer:
        desk.status, desk.body = answer.status, await answer.text()
    return desk


async def confirm(desk: Desk, running: Console, days: str) -> Desk:
    return await desk.post(f"{CLOSED}/add", **named(running, table=days, sure=desk.hidden("sure")))


async def test_one_day_is_closed_and_opened_again(running: Console) -> None:
    desk = running.signed_in("coordinator")
    told = named(running, day="2026-12-24", reason="inventura")
    assert (await desk.post(f"{CLOSED}/add", **told)).status == 303
    assert "Thu 24 Dec inventura" in (await desk.follow()).words
    assert (await desk.post(f"{CLOSED}/add", **told)).status == 422
    assert "closed already" in desk.words
    one = running.parts.db.read(
        lambda tx: closures.between(tx, running.site.id, date(2026, 12, 1), date(2026, 12, 31))
    )[0]
    assert (await running.signed_in("desk").get(f"{CLOSED}?year=2026")).words.count("Remove") == 0
    assert (await desk.post(f"{CLOSED}/{one.id}/remove", **named(running))).status == 303
    assert listed(running) == {}
    acts = [act.act for act in running.parts.db.read(lambda tx: audit.page(tx, 5))]
    assert acts == ["closed.remove", "closed.add"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"day": "never", "reason": "x"}, "Choose a day"),
        ({"day": "2026-12-24", "reason": " "}, "Write a reason"),
        ({"day": "2026-12-24", "reason": "x" * 81}, "Write a reason"),
    ],
)
async def test_a_wrong_day_keeps_what_was_typed(
    running: Console, fields: dict[str, str], sentence: str
) -> None:
    desk = running.signed_in("coordinator")
    await desk.post(f"{CLOSED}/add", **named(running, **fields))
    assert (desk.status, sentence in desk.words) == (422, True)
    assert f'value="{fields["reason"]}"' in desk.body
    assert listed(running) == {}


async def test_a_closed_day_with_a_meeting_needs_a_second_yes(running: Console) -> None:
    booking = met(running, staffed(running, 1)[0], make.MONDAY + timedelta(hours=23))
    desk = running.signed_in("coordinator")
    await desk.post(f"{CLOSED}/add", **named(running, day="2026-03-03", reason="izlet"))
    assert desk.status == 422
    assert "one booked meeting lies on these days" in desk.words
    assert "booked: 9:00" in desk.words
    assert booking.code not in desk.body
    assert listed(running) == {}
    days = closure.written([(date(2026, 3, 3), "izlet")])
    assert (await desk.post(f"{CLOSED}/add", **named(running, table=days, sure="yes"))).status == 422
    assert (await confirm(desk, running, days)).status == 303
    assert listed(running) == {"2026-03-03": "izlet"}
    assert state(running, booking) == "booked"


async def test_the_holidays_of_a_year_are_shown_and_added_at_once(running: Console) -> None:
    booking = met(running, staffed(running, 1)[0], make.MONDAY + timedelta(days=35))  # Easter Monday
    desk = running.signed_in("coordinator")
    await desk.post(f"{CLOSED}/add", **named(running, day="2026-04-27", reason="naš dan"))
    shown = (await desk.get(f"{CLOSED}?year=2026&holidays=1")).words
    assert "14 days would be closed" in shown
    assert "Mon 27 Apr: dan upora proti okupatorju · closed already: naš dan" in shown
    assert "Mon 6 Apr: velikonočni ponedeljek · booked:" in shown
    assert len(listed(running)) == 1  # nothing is saved by looking
    days = closure.written(closure.holidays(2026))
    assert (await confirm(desk, running, days)).status == 303
    found = listed(running)
    assert len(found) == 15
    assert found["2026-04-27"] == "naš dan"
    assert found["2026-02-08"].startswith("Prešernov dan")  # a Sunday, and it is not moved
    assert date(2026, 2, 8).weekday() == 6
    assert "2026-02-09" not in found
    assert state(running, booking) == "booked"
    again = (await desk.get(f"{CLOSED}?year=2026&holidays=1")).words
    assert "All these days are closed already" in again
    assert "Slovenian holidays" not in (await running.signed_in("desk").get(f"{CLOSED}?holidays=1")).words


GOOD = "date,reason\n2026-12-24,zaprto\n27. 4. 2026,praznik\n\n"


async def test_a_file_is_shown_and_then_saved(running: Console) -> None:
    desk = running.signed_in("coordinator")
    await send(desk, running, GOOD.encode())
    assert (desk.status, "2 days would be closed" in desk.words) == (200, True)
    assert listed(running) == {}
    assert (await confirm(desk, running, closure.written(closure.parsed(GOOD.encode(), 2026)))).status == 303
    assert listed(running) == {"2026-04-27": "praznik", "2026-12-24": "zaprto"}
    excel = "\ufeffDatum;Razlog\r\n1.6.2026;Kolektivni dopust\r\n"
    assert "1 Jun: Kolektivni dopust" in (await send(desk, running, excel.encode())).words


@pytest.mark.parametrize(
    ("body", "reason", "line"),
    [
        ("date,reason\n2026-12-24,počitnice\n".encode("cp1250"), "encoding", 2),
        (GOOD.encode("utf-16"), "encoding", 1),
        (GOOD.encode("utf-16-le"), "encoding", 1),
        (b"PK\x03\x04\x14\x00\x06\x00", "encoding", 1),
        (b"2026-12-24,x\n", "columns", 1),
        (b"date\n2026-12-24\n", "columns", 1),
        (b"reason,date\nx,2026-12-24\n", "columns", 1),
        (b"date,reason\n2026-12-24,x,y\n", "columns", 2),
        (b"date,reason\n2026-12-24\n", "columns", 2),
        (b'date,reason\n2026-12-24,"x\n', "columns", 2),
        (b"date,reason\n2026-12-23,x\n2026-02-30,x\n", "date", 3),
        (b"date,reason\n24/12/2026,x\n", "date", 2),
        (b"date,reason\n20261224,x\n", "date", 2),
        (b"date,reason\n2026-12-24,x\n2027-01-01,x\n", "year", 3),
        (b"date,reason\n2026-12-24,x\n\n24.12.2026,y\n", "twice", 4),
        (b"date,reason\n2026-12-24,\n", "reason", 2),
        (b"date,reason\n2026-12-24," + b"x" * 81 + b"\n", "reason", 2),
        (b'date,reason\n2026-12-24,"a\nb"\n', "reason", 3),
        (b"date,reason\n", "empty", 1),
        (b"\n\n", "empty", 2),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(
    database_url: str, body: bytes, reason: str, line: int
) -> None:
    with pytest.raises(BadTable) as refused:
        closure.parsed(body, 2026)
    assert (refused.value.reason, refused.value.line) == (reason, line)


async def test_a_wrong_file_changes_nothing_and_is_told_in_words(running: Console) -> None:
    desk = running.signed_in("coordinator")
    for body, sentence in (
        (b"date,reason\n2026-12-24,x\n2027-01-01,x\n", "Line 3: this day is of another year"),
        ("date,reason\n2026-12-24,š\n".encode("cp1250"), "Line 2: this is not UTF-8"),
        (b"", "Choose a file"),
        (b"x" * 40_000, "too big"),
    ):
        await send(desk, running, body)
        assert (desk.status, sentence in desk.words) == (422, True), desk.words
        assert 'value="2026"' in desk.body
    assert (await send(desk, running, b"x" * 900_000)).status == 413
    assert (await desk.post(f"{CLOSED}/import", **named(running))).status == 422
    bad = "date,reason\n2026-12-24,x\n2027-01-01,x\n"
    assert (await desk.post(f"{CLOSED}/add", **named(running, table=bad))).status == 422
    assert listed(running) == {}


async def test_a_file_with_a_wrong_word_or_from_elsewhere_is_not_read(running: Console) -> None:
    desk = running.signed_in("coordinator")
    assert desk.staff is not None
    desk.staff.csrf = "wrong"
    assert (await send(desk, running, GOOD.encode())).status == 404
    other = running.parts.db.write(lambda tx: make.site(tx, "postojna"))
    assert (await send(running.signed_in("coordinator", site=other), running, GOOD.encode())).status == 404


def test_holidays_are_in_slovenian_and_a_table_reads_back(database_url: str) -> None:
    for year in (2025, 2026, 2027):
        found = closure.holidays(year)
        assert (date(year, 2, 8), "Prešernov dan, slovenski kulturni praznik") in found
        assert closure.parsed(closure.written(found).encode(), year) == found
    assert closure.holidays(1890) == []
