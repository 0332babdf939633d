"""The page of rooms: what is kept, what is refused in words, the second yes, and where a meeting's room is shown."""

from __future__ import annotations

import re

import pytest

from storage import audit, bookings, roomplans
from storage.bookings import Booking, Taken
from storage.rooms import Room
from storage.sql import Tx
from tests.bot.console.test_calendar import is_counsellor, staffed
from tests.helpers import chats, make
from tests.helpers.console import Console
from tests.storage import offices

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ROOMS = "/console/calendar/rooms"
GOOD = {"name": "Soba 2", "note": "1. nadstropje", "seats": "3", "step_free": "1"}


@pytest.fixture
def who(running: Console) -> int:
    return staffed(running, 1)[0]


def rooms(running: Console) -> list[Room]:
    return running.parts.db.read(lambda tx: roomplans.rooms(tx, running.site.id))


def here(running: Console, **fields: str) -> dict[str, str]:
    return {"site": str(running.site.id), **fields}


def met(running: Console, hour: int) -> Booking:
    def unit(tx: Tx) -> bookings.TakeOutcome:
        her = chats.member_of(tx, chats.waiting(tx, running.site, make.MONDAY, f"1{hour}"))
        start = offices.at(make.MONDAY.date().replace(day=3), hour)
        wish = offices.wanted(running.site)
        return bookings.take(tx, wish, start, member_id=her, conversation_id=None, now=make.MONDAY)

    outcome = running.parts.db.write(unit)
    assert isinstance(outcome, Taken)
    return outcome.booking


async def test_a_room_is_added_changed_closed_and_opened(running: Console, who: int) -> None:
    desk = running.signed_in("coordinator")
    assert "No rooms here" in (await desk.get(ROOMS)).words
    assert (await desk.post(f"{ROOMS}/add", **here(running, **GOOD))).status == 303
    assert "Soba 2 · 1. nadstropje 3 seats · no steps" in (await desk.follow()).words
    (room,) = rooms(running)
    assert 'value="1. nadstropje"' in (await desk.get(f"{ROOMS}?room={room.id}")).body
    changed = {"name": "  Velika   soba ", "seats": "8"}
    assert (await desk.post(f"{ROOMS}/{room.id}/save", **here(running, **changed))).status == 303
    (room,) = rooms(running)
    assert (room.said, room.seats, room.step_free) == ("Velika soba", 8, False)
    assert (await desk.post(f"{ROOMS}/{room.id}/close", **here(running))).status == 303
    assert "Closed rooms Velika soba" in (await desk.follow()).words
    assert (await desk.post(f"{ROOMS}/{room.id}/open", **here(running))).status == 303
    assert [one.active for one in rooms(running)] == [True]
    acts = running.parts.db.read(lambda tx: audit.page(tx, 5))
    assert [act.act for act in acts] == ["room.open", "room.close", "room.change", "room.add"]
    assert "Change" not in (await running.signed_in("desk").get(ROOMS)).words


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": " "}, "write a name"),
        ({"name": "x" * 41}, "write a name"),
        ({"note": "x" * 61}, "fits into 60"),
        ({"seats": "1"}, "from 2 to 500"),
        ({"seats": "tri"}, "from 2 to 500"),
        ({"name": "soba 1"}, "has a room of this name"),
    ],
)
async def test_a_wrong_room_keeps_what_was_typed(
    running: Console, fields: dict[str, str], sentence: str
) -> None:
    desk = running.signed_in("admin")
    await desk.post(f"{ROOMS}/add", **here(running, name="Soba 1", seats="2"))
    before = rooms(running)
    await desk.post(f"{ROOMS}/add", **here(running, **GOOD | fields))
    assert (desk.status, sentence in desk.words) == (422, True)
    typed = GOOD | fields
    assert f'value="{" ".join(typed["seats"].split())}"' in desk.body
    assert rooms(running) == before


async def test_who_needs_a_room_and_closing_it_takes_a_second_yes(running: Console, who: int) -> None:
    desk = running.signed_in("coordinator")
    await desk.post(f"{ROOMS}/need", **here(running, counsellor=str(who), need="any"))
    assert (desk.status, "no open room here" in desk.words) == (422, True)
    without = met(running, 11)
    for name in ("Soba 1", "Soba 2"):
        await desk.post(f"{ROOMS}/add", **here(running, name=name, seats="3"))
    first, second = rooms(running)
    for need, status in (("x", 422), ("999", 404), (str(first.id), 303), ("any", 303)):
        await desk.post(f"{ROOMS}/need", **here(running, counsellor=str(who), need=need))
        assert desk.status == status
    assert "One meeting already booked in person has no room" in (await desk.follow()).words
    assert (await desk.post(f"{ROOMS}/need", **here(running, counsellor="999", need="any"))).status == 404
    booking = met(running, 9)
    assert (without.room_id, booking.room_id) == (None, first.id)
    await desk.post(f"{ROOMS}/{first.id}/close", **here(running))
    assert (desk.status, "one booked meeting is in this room" in desk.words) == (422, True)
    assert "Tue 3 Mar, 9:00" in desk.words
    assert booking.code not in desk.body
    (word,) = re.findall(r'name="sure" value="(\w+)"', desk.body)
    met(running, 10)
    await desk.post(f"{ROOMS}/{first.id}/close", **here(running, sure=word))
    assert (desk.status, "2 booked meetings" in desk.words) == (422, True)
    (word,) = re.findall(r'name="sure" value="(\w+)"', desk.body)
    assert (await desk.post(f"{ROOMS}/{first.id}/close", **here(running, sure=word))).status == 303
    await desk.post(f"{ROOMS}/{second.id}/close", **here(running))
    assert (desk.status, "last open room" in desk.words) == (422, True)
    await desk.post(f"{ROOMS}/need", **here(running, counsellor=str(who), need=str(second.id)))
    await desk.post(f"{ROOMS}/{second.id}/close", **here(running))
    assert (desk.status, "always meets people in this room" in desk.words) == (422, True)


async def test_the_room_is_shown_to_who_may_know_the_meeting(running: Console, who: int) -> None:
    admin = running.signed_in("admin")
    await admin.post(f"{ROOMS}/add", **here(running, **GOOD))
    await admin.post(f"{ROOMS}/need", **here(running, counsellor=str(who), need="any"))
    booking, day = met(running, 9), "day=2026-03-03"
    desk = running.signed_in("desk")
    for view in ("day", "week"):
        assert "in person · Soba 2" in (await desk.get(f"/console/calendar?view={view}&{day}")).words
        assert "Soba 2" not in (await admin.get(f"/console/calendar?view={view}&{day}")).words
    assert "Room: Soba 2, 1. nadstropje" in (await desk.get(f"/console/bookings/{booking.id}")).words
    ana = is_counsellor(running, running.signed_in("counsellor"), who)
    assert "Soba 2" in (await ana.get(f"/console/calendar?view=day&{day}")).words
