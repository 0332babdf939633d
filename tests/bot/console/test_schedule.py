"""Working plans: what is kept, what is refused in words with nothing half-saved, and the second yes for booked meetings."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from storage import audit, calendars, counsellors, schedules
from storage.schedules import Differs, Hours, Plan
from tests.bot.console.test_calendar import is_counsellor, met, staffed, state
from tests.helpers import make
from tests.helpers.console import Console
from tests.storage import offices
from tests.storage.offices import NINE

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PLANS = "/console/calendar/plans"
TUESDAY = date(2026, 3, 3)
GOOD = {"weekday-5": "1", "from": "8:00", "until": "12:00", "valid_from": "2026-03-02"}
DAY = {"kind": "off", "day": "2026-03-10"}


@pytest.fixture
def who(running: Console) -> int:
    return staffed(running, 1)[0]


def plan(running: Console, who: int) -> Plan:
    found = running.parts.db.read(lambda tx: schedules.plan(tx, who))
    assert found is not None
    return found


def hours(running: Console, who: int, weekday: int) -> list[tuple[int, int]]:
    return [(rule.from_min, rule.until_min) for rule in plan(running, who).rules if rule.weekday == weekday]


def free(running: Console, day: date) -> list[str]:
    wish = offices.wanted(running.site)
    found = running.parts.db.read(lambda tx: calendars.free_slots(tx, wish, day, make.MONDAY))
    return [f"{slot.starts_at:%H:%M}" for slot in found]


async def test_she_adds_hours_with_a_break_and_sees_it(running: Console, who: int) -> None:
    ana = is_counsellor(running, running.signed_in("counsellor"), who)
    assert (await ana.get(PLANS)).headers["Location"] == f"{PLANS}/{who}"
    pause = {"weekday-6": "1", "break_from": "10:00", "break_until": "10:30", "mode-phone": "1"}
    assert (await ana.post(f"{PLANS}/{who}/hours", **GOOD | pause)).status == 303
    shown = (await ana.follow()).words
    assert "Saturday 8:00–10:00 by phone · from 2 Mar 2026" in shown
    assert "break 10:00–10:30 10:30–12:00" in shown
    assert hours(running, who, 5) == hours(running, who, 6) == [(480, 600), (630, 720)]
    assert {rule.modes for rule in plan(running, who).rules if rule.weekday > 4} == {("phone",)}
    (act,) = running.parts.db.read(lambda tx: audit.page(tx, 5))
    assert (act.act, act.details) == ("plan.change", {"change": "hours", "site": running.site.id})


async def test_hours_are_changed_and_what_was_stays(running: Console, who: int) -> None:
    desk = running.signed_in("coordinator")
    old = next(rule for rule in plan(running, who).rules if rule.weekday == 1)
    assert 'value="9:00"' in (await desk.get(f"{PLANS}/{who}?rule={old.id}")).body
    told = {"rule": str(old.id), "weekday-1": "1", "from": "10:00", "until": "12:00"}
    assert (await desk.post(f"{PLANS}/{who}/hours", **told)).status == 303
    assert free(running, TUESDAY)[0] == "09:00"  # UTC
    ended, new = (rule for rule in plan(running, who).rules if rule.weekday == 1)
    assert (ended.from_min, ended.valid_to) == (NINE, date(2026, 3, 1))
    assert (new.from_min, new.valid_from, new.valid_to) == (600, date(2026, 3, 2), None)
    # What never held is gone without a trace.
    assert (await desk.post(f"{PLANS}/{who}/hours/{new.id}/remove")).status == 303
    assert [rule.id for rule in plan(running, who).rules if rule.weekday == 1] == [ended.id]
    assert free(running, TUESDAY) == []
    assert (await desk.post(f"{PLANS}/{who}/hours/{new.id}/remove")).status == 422
    assert (await desk.post(f"{PLANS}/{who}/hours", **told)).status == 422


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"weekday-1": "1", "from": "11:00"}, "other hours at this time"),
        ({"until": "8:00"}, "the end must be later"),
        ({"until": "7:00"}, "the end must be later"),
        ({"from": "8:03"}, "whole five minutes"),
        ({"from": "morning"}, "write hours as"),
        ({"until": "24:30"}, "write hours as"),
        ({"until": ""}, "write hours as"),
        ({"weekday-5": ""}, "at least one weekday"),
        ({"valid_to": "2026-03-01"}, "before the first one"),
        ({"valid_from": "", "valid_to": "2026-03-01"}, "over already"),
        ({"valid_from": "2. 3. 2026"}, "choose a day"),
        ({"break_from": "7:00", "break_until": "9:00"}, "must lie within"),
        ({"break_from": "10:00"}, "write hours as"),
        ({"break_from": "10:30", "break_until": "10:00"}, "must lie within"),
        ({"mode-video": "1", "mode-magic": "1"}, "how she can be met"),
        ({"rule": "99999"}, "not there any more"),
    ],
)
async def test_wrong_hours_are_refused_and_what_was_typed_stays(
    running: Console, who: int, fields: dict[str, str], sentence: str
) -> None:
    before, desk = plan(running, who), running.signed_in("coordinator")
    await desk.post(f"{PLANS}/{who}/hours", **GOOD | fields)
    assert desk.status == 422
    assert sentence in desk.words
    for name, told in (GOOD | fields).items():
        if name in ("from", "until", "valid_from", "valid_to", "break_from"):
            assert f'name="{name}"' in desk.body
            assert f'value="{told}"' in desk.body
    assert plan(running, who) == before
    assert running.parts.db.read(lambda tx: audit.page(tx, 5)) == []


async def test_two_weekdays_are_saved_together_or_not_at_all(running: Console, who: int) -> None:
    before, desk = plan(running, who), running.signed_in("coordinator")
    await desk.post(f"{PLANS}/{who}/hours", **GOOD | {"weekday-0": "1", "weekday-6": "1"})
    assert desk.status == 422  # Monday is taken
    assert plan(running, who) == before


async def test_hours_may_follow_each_other_in_validity(running: Console, who: int) -> None:
    desk = running.signed_in("coordinator")
    for span in ({"valid_to": "2026-03-31"}, {"valid_from": "2026-04-01", "valid_to": ""}):
        assert (await desk.post(f"{PLANS}/{who}/hours", **GOOD | span)).status == 303
    await desk.post(f"{PLANS}/{who}/hours", **GOOD | {"valid_from": "2026-03-31"})
    assert desk.status == 422


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"day": "2026-03-01"}, "this day is over"),
        ({"day": ""}, "choose a day"),
        ({"day": "tomorrow"}, "choose a day"),
        ({"to_day": "2026-03-09"}, "before the first one"),
        ({"to_day": "2026-06-09"}, "two months"),
        ({"from": "10:00", "until": "9:00"}, "the end must be later"),
        ({"from": "10:00"}, "write hours as"),
        ({"from": "10:01", "until": "11:00"}, "five minutes"),
        ({"kind": "extra"}, "the end must be later"),
        ({"kind": "late"}, "choose away or here"),
        ({"day": "2026-03-11", "to_day": "2026-03-12"}, "other hours at this time"),
    ],
)
async def test_a_wrong_day_is_refused(
    running: Console, who: int, fields: dict[str, str], sentence: str
) -> None:
    desk = running.signed_in("coordinator")
    await desk.post(f"{PLANS}/{who}/days", kind="off", day="2026-03-12")
    before = plan(running, who)
    await desk.post(f"{PLANS}/{who}/days", **DAY | fields)
    assert (desk.status, sentence in desk.words) == (422, True), desk.words
    assert plan(running, who) == before


async def test_days_away_and_hours_more(running: Console, who: int) -> None:
    desk = running.signed_in("coordinator")
    assert (await desk.post(f"{PLANS}/{who}/days", **DAY | {"to_day": "2026-03-12"})).status == 303
    assert "Tue 10 Mar away, all day" in (await desk.follow()).words
    extra = {"kind": "extra", "day": "2026-03-14", "from": "9:00", "until": "10:00"}
    assert (await desk.post(f"{PLANS}/{who}/days", **extra)).status == 303
    assert free(running, date(2026, 3, 11)) == []
    assert free(running, date(2026, 3, 14)) == ["08:00", "08:30"]
    for one in plan(running, who).days:
        assert (await desk.post(f"{PLANS}/{who}/days/{one.id}/remove")).status == 303
    assert free(running, date(2026, 3, 11)) != []
    assert (await desk.post(f"{PLANS}/{who}/days/1/remove")).status == 422


CHANGES: dict[str, tuple[str, dict[str, str]]] = {
    "away": ("days", {"kind": "off", "day": "2026-03-03", "from": "9:00", "until": "9:30"}),
    "shorter": ("hours", {"weekday-1": "1", "from": "10:00", "until": "12:00"}),
    "another way": ("hours", {"weekday-1": "1", "from": "9:00", "until": "12:00", "mode-person": "1"}),
    "gone": ("remove", {}),
}


@pytest.mark.parametrize("what", CHANGES)
async def test_booked_meetings_need_a_second_yes_and_stay(running: Console, who: int, what: str) -> None:
    booking = met(running, who, make.MONDAY + timedelta(hours=23))  # Tuesday at 9:00 by phone
    desk, before = running.signed_in("coordinator"), plan(running, who)
    rule = next(one for one in before.rules if one.weekday == 1)
    where, fields = CHANGES[what]
    where = f"hours/{rule.id}/remove" if where == "remove" else where
    fields = fields | ({"rule": str(rule.id)} if where == "hours" else {})
    await desk.post(f"{PLANS}/{who}/{where}", **fields)
    assert desk.status == 422
    assert "one booked meeting would be outside the plan" in desk.words
    assert "Tue 3 Mar, 9:00" in desk.words
    assert booking.code not in desk.body  # only when
    assert plan(running, who) == before
    sure = desk.hidden("sure")
    met(running, who, make.MONDAY + timedelta(hours=23, days=7), name="200")
    more = "one booked meeting" if what == "away" else "2 booked meetings"
    assert (await desk.post(f"{PLANS}/{who}/{where}", **fields, sure="yes")).status == 422
    assert more in desk.words
    if what != "away":  # the yes meant one meeting, and there are two by now
        assert (await desk.post(f"{PLANS}/{who}/{where}", **fields, sure=sure)).status == 422
        sure = desk.hidden("sure")
    assert (await desk.post(f"{PLANS}/{who}/{where}", **fields, sure=sure)).status == 303
    assert plan(running, who) != before
    assert state(running, booking) == "booked"


async def test_a_meeting_inside_the_new_plan_asks_nothing(running: Console, who: int) -> None:
    met(running, who, make.MONDAY + timedelta(hours=24))  # Tuesday at 10:00
    rule = next(one for one in plan(running, who).rules if one.weekday == 1)
    told = {"rule": str(rule.id), "weekday-1": "1", "from": "10:00", "until": "10:30"}
    assert (await running.signed_in("coordinator").post(f"{PLANS}/{who}/hours", **told)).status == 303


async def test_whose_plan_it_is(running: Console, who: int) -> None:
    other = running.parts.db.write(lambda tx: make.site(tx, "postojna"))
    stranger = running.signed_in("counsellor")
    hers = is_counsellor(running, running.signed_in("desk"), who)  # tied to it, but not as a counsellor
    left = is_counsellor(
        running, running.signed_in("counsellor", site=other), who
    )  # nor is she one here any more
    assert f"{PLANS}/{who}" not in (await hers.get("/console/calendar")).body
    for desk in (stranger, hers, left, running.signed_in("coordinator", "counsellor", site=other)):
        assert (await desk.get(f"{PLANS}/{who}")).status == 404
        assert (await desk.post(f"{PLANS}/{who}/hours", **GOOD)).status == 404
        assert (await desk.post(f"{PLANS}/{who}/days", **DAY)).status == 404
    assert "You have no working plan yet" in (await stranger.get(PLANS)).words
    rule = plan(running, who).rules[0]
    another = staffed_again(running)
    desk = running.signed_in("coordinator")
    assert (await desk.post(f"{PLANS}/{another}/hours/{rule.id}/remove")).status == 422  # not a line of hers


def staffed_again(running: Console) -> int:
    return running.parts.db.write(
        lambda tx: counsellors.add_counsellor(
            tx, running.site.id, "Eva", languages=("sl",), topics=("work",), modes=("person",)
        )
    )


# --- making one ---


async def test_an_admin_makes_a_plan_once(running: Console, who: int) -> None:
    admin, nina = running.signed_in("admin"), running.signed_in("counsellor", languages=())
    assert nina.staff is not None
    wish: dict[str, Any] = {
        "site": str(running.site.id),
        "uid": nina.staff.uid,
        "speaks-sq": "1",
        "mode-phone": "1",
    }
    assert (await admin.post(PLANS, **wish)).status == 422
    assert "at least one topic" in admin.words
    assert (await admin.post(PLANS, **wish | {"topic-magic": "1"})).status == 422
    assert (await admin.post(PLANS, **wish | {"topic-work": "1", "speaks-sq": ""})).status == 422
    assert "at least one language" in admin.words
    assert (await admin.post(PLANS, **wish | {"topic-work": "1"})).status == 303
    made = int(admin.headers["Location"].partition("?")[0].rpartition("/")[2])
    assert plan(running, made).who.topics == ("work",)
    assert (await nina.get(PLANS)).headers["Location"] == f"{PLANS}/{made}"
    assert (await admin.post(PLANS, **wish | {"topic-work": "1"})).status == 422
    assert "she has a plan already" in admin.words
    calendar = running.parts.db.read(lambda tx: calendars.everybody(tx, running.site))
    assert len(calendar) == 2  # the one that was refused left nothing
    assert (await nina.post(f"{PLANS}/{made}/hours", **GOOD)).status == 303
    assert (await admin.post(PLANS, **wish | {"uid": "nobody"})).status == 404
    assert (await running.signed_in("coordinator").post(PLANS, **wish)).status == 404


async def test_a_plan_is_first_offered_for_who_has_the_role(running: Console, who: int) -> None:
    admin, others = running.signed_in("admin", "desk"), [running.signed_in("desk") for _ in range(4)]
    nina = running.signed_in("counsellor", "desk")
    uids = [one.staff.uid for one in (nina, admin, *others) if one.staff]
    body = (await admin.get(PLANS)).body
    found = re.findall(r'<option value="([^"]+)"', body)
    assert found[0] == uids[0]
    assert sorted(found) == sorted(uids)


async def test_a_plan_without_a_language_takes_those_of_her_account(running: Console, who: int) -> None:
    admin, nina = running.signed_in("admin"), running.signed_in("counsellor", languages=("sq", "sl"))
    assert nina.staff is not None
    wish = {"site": str(running.site.id), "uid": nina.staff.uid, "mode-phone": "1", "topic-work": "1"}
    for ticks, spoken in ({}, {"sq", "sl"}), ({"speaks-en": "1"}, {"en"}):
        assert (await admin.post(PLANS, **wish | ticks)).status == 303
        made = int(admin.headers["Location"].partition("?")[0].rpartition("/")[2])
        assert set(plan(running, made).who.languages) == spoken
        her = running.signed_in("counsellor")
        assert her.staff is not None
        wish["uid"] = her.staff.uid


async def test_hours_are_compared_by_the_clock_on_the_wall(running: Console, who: int) -> None:
    night = replace(plan(running, who), rules=(Hours(6, 60, 180),))
    begins = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)  # 1:30 of the longer Sunday
    for minutes, inside in ((30, True), (150, True), (155, False)):
        assert night.covers(begins, begins + timedelta(minutes=minutes), "person") == inside
    assert not night.covers(begins - timedelta(minutes=35), begins, "person")
    short = replace(night, days=(Differs(date(2026, 10, 25), "off", 120, 150),))
    for ahead, inside in ((0, True), (30, False), (60, True), (90, False), (120, True)):
        at = begins + timedelta(minutes=ahead)
        assert short.covers(at, at + timedelta(minutes=30), "person") == inside


async def test_everybody_at_her_sites_is_listed(running: Console, who: int) -> None:
    assert "Nina 0" in (await running.signed_in("coordinator").get(PLANS)).words
