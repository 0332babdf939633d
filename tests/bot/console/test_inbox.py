"""The list as staff meet it: what stands in it for whom, and that it changes while it is open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import orjson
import pytest
from aiohttp import ClientResponse

from bot.console import live
from storage import handovers, people, refusals, sessions
from storage.db import Database
from storage.sites import Site
from tests.helpers import chats, make
from tests.helpers.console import Desk, console, person

ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Heartbeats and polls at a pace for tests."""
    monkeypatch.setattr(live, "PAUSE_S", 0.02)
    monkeypatch.setattr(live, "POLL_S", 0.1)
    monkeypatch.setattr(live, "HEARTBEAT_S", 0.3)


@asynccontextmanager
async def listening(desk: Desk, path: str) -> AsyncIterator[ClientResponse]:
    async with desk.client.get(path) as answer:
        assert answer.status == 200, answer.status
        assert answer.content_type == "text/event-stream"
        yield answer


async def event(answer: ClientResponse) -> tuple[str, dict[str, Any]]:
    """The next event; heartbeats are passed over."""
    name = ""
    async with asyncio.timeout(10):
        while True:
            line = (await answer.content.readline()).decode().rstrip("\n")
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                return name, orjson.loads(line.removeprefix("data: "))
            assert not answer.content.at_eof(), "the stream ended"


async def test_the_list_shows_who_waits_and_why(db: Database, clock: make.Clock, site: Site) -> None:
    calm = db.write(lambda tx: chats.waiting(tx, site, clock.at, "1"))
    alarm = db.write(lambda tx: chats.waiting(tx, site, clock.at, "2", reason="danger", urgent=True))
    async with console(db, clock, site) as running:
        desk = await running.signed_in("desk").get("/console/inbox")
        assert desk.status == 200
        first, second = desk.body.index(f"/console/chats/{alarm}"), desk.body.index(f"/console/chats/{calm}")
        assert first < second
        for words in ("URGENT", "Words of danger", "She wants a person", "Albanian", "Waiting since"):
            assert words in desk.words, words
        assert "Më duhet" not in desk.body  # no word of hers lies open on a desk


@ONE
@pytest.mark.parametrize("role", ["desk", "counsellor", "coordinator", "mediator"])
async def test_each_view_is_there_for_who_answers(
    db: Database, clock: make.Clock, site: Site, role: str
) -> None:
    async with console(db, clock, site) as running:
        for view, words in {
            "waiting": "Nobody is waiting",
            "mine": "You have no chat",
            "all": "No chat is open",
            "closed": "No chat was closed",
            "<script>": "Nobody is waiting",
        }.items():
            desk = await running.signed_in(role).get(f"/console/inbox?view={view}")
            assert (desk.status, words in desk.words) == (200, True), view


@ONE
@pytest.mark.parametrize("role", ["analyst", "admin"])
async def test_who_does_not_answer_has_no_inbox(
    db: Database, clock: make.Clock, site: Site, role: str
) -> None:
    found = db.write(lambda tx: chats.waiting(tx, site, clock.at))
    async with console(db, clock, site) as running:
        for path in ("/console/inbox", "/console/inbox/live", f"/console/chats/{found}"):
            assert (await running.signed_in(role).get(path)).status == 404


async def test_an_open_list_changes_by_itself(db: Database, clock: make.Clock, site: Site) -> None:
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        async with listening(desk, "/console/inbox/live?view=waiting") as answer:
            name, told = await event(answer)
            assert (name, "Nobody is waiting" in told["html"]) == ("fresh", True)
            found = db.write(lambda tx: chats.waiting(tx, site, clock.at))
            live.changed()
            name, told = await event(answer)
            assert f'href="/console/chats/{found}"' in told["html"]
            assert told["said"] == "One chat in this list."


async def test_what_another_process_wrote_is_found(db: Database, clock: make.Clock, site: Site) -> None:
    async with (
        console(db, clock, site) as running,
        listening(running.signed_in("desk"), "/console/inbox/live") as answer,
    ):
        await event(answer)
        found = db.write(lambda tx: chats.waiting(tx, site, clock.at))  # and nobody says so
        _, told = await event(answer)
        assert f"/console/chats/{found}" in told["html"]


@ONE
async def test_the_same_list_is_rendered_once_for_all(
    db: Database, clock: make.Clock, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.console.inbox import InboxSource

    rendered: list[object] = []
    render = InboxSource.render

    def counting(self: InboxSource, *rest: Any) -> dict[str, object]:
        rendered.append(self)
        return render(self, *rest)

    monkeypatch.setattr(InboxSource, "render", counting)
    async with console(db, clock, site) as running:
        who = db.write(lambda tx: person(tx, site, "desk"))
        desks = [running.signed_in(staff_id=who) for _ in range(3)]
        async with (
            listening(desks[0], "/console/inbox/live") as a,
            listening(desks[1], "/console/inbox/live") as b,
            listening(desks[2], "/console/inbox/live") as c,
        ):
            for answer in (a, b, c):
                await event(answer)
            rendered.clear()
            db.write(lambda tx: chats.waiting(tx, site, clock.at))
            live.changed()
            for answer in (a, b, c):
                await event(answer)
            assert len(rendered) == 1


@ONE
@pytest.mark.parametrize("how", ["ended", "idle", "role", "out"])
async def test_a_stream_ends_with_its_session(db: Database, clock: make.Clock, site: Site, how: str) -> None:
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        assert desk.staff is not None
        me = desk.staff.id
        async with listening(desk, "/console/inbox/live") as answer:
            await event(answer)
            if how == "ended":
                db.write(lambda tx: sessions.end_all(tx, me, clock.at))
            elif how == "idle":
                clock.forward(minutes=31)  # the open stream is no activity
            elif how == "out":
                db.write(lambda tx: people.set_active(tx, me, False))
            else:
                db.write(lambda tx: people.set_roles(tx, me, site.id, frozenset({"mediator"})))
            db.write(lambda tx: chats.waiting(tx, site, clock.at))
            live.changed()
            assert (await event(answer))[0] == "over"


@ONE
async def test_one_session_has_only_so_many_streams(db: Database, clock: make.Clock, site: Site) -> None:
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        opened = [await desk.client.get("/console/inbox/live") for _ in range(live.STREAMS_MAX)]
        assert [one.status for one in opened] == [200] * live.STREAMS_MAX
        async with desk.client.get("/console/inbox/live") as refused:
            assert refused.status == 429
        async with running.signed_in("desk").client.get("/console/inbox/live") as other:
            assert other.status == 200
        opened[0].close()
        async with asyncio.timeout(5):
            while True:
                async with desk.client.get("/console/inbox/live") as answer:
                    if answer.status == 200:
                        break
        for one in opened:
            one.close()


@ONE
async def test_a_chat_that_is_not_hers_any_more_ends_its_stream(
    db: Database, clock: make.Clock, site: Site
) -> None:
    found = db.write(lambda tx: chats.waiting(tx, site, clock.at))
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        assert desk.staff is not None
        me = desk.staff.id
        async with listening(desk, f"/console/chats/{found}/live") as answer:
            _, told = await event(answer)
            assert "Më duhet një person" in told["html"]

            def refused(tx: Any) -> None:
                refusals.add(tx, chats.member_of(tx, found), me, clock.at)
                chats.change(tx, found, version=99)

            db.write(refused)
            live.changed()
            assert (await event(answer))[0] == "over"


@ONE
async def test_an_open_chat_says_who_took_it(db: Database, clock: make.Clock, site: Site) -> None:
    found = db.write(lambda tx: chats.waiting(tx, site, clock.at))
    async with console(db, clock, site) as running:
        desk, other = running.signed_in("desk"), running.signed_in("desk")
        async with listening(desk, f"/console/chats/{found}/live") as answer:
            _, before = await event(answer)
            await other.post(f"/console/chats/{found}/take")
            _, after = await event(answer)
            assert before["state"] != after["state"]


@ONE
async def test_the_stream_of_a_chat_she_may_not_see_is_not_there(
    db: Database, clock: make.Clock, site: Site
) -> None:
    elsewhere = db.write(lambda tx: make.site(tx, "postojna"))
    found = db.write(lambda tx: chats.waiting(tx, site, clock.at))
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk", site=elsewhere)
        for path in (f"/console/chats/{found}", f"/console/chats/{found}/live", "/console/chats/x"):
            assert (await desk.get(path)).status == 404


@ONE
async def test_an_owner_is_marked_when_she_wrote_again(db: Database, clock: make.Clock, site: Site) -> None:
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        assert desk.staff is not None
        me = desk.staff.id
        found = db.write(lambda tx: chats.taken(tx, site, clock.at, me))
        assert "New message" not in (await desk.get("/console/inbox?view=mine")).words
        later = clock.at + timedelta(minutes=1)
        db.write(lambda tx: chats.change(tx, found, last_in_at=later))
        assert "New message" in (await desk.get("/console/inbox?view=mine")).words
        assert db.write(lambda tx: handovers.touch(tx, found, me, later))
        assert "New message" not in (await desk.get("/console/inbox?view=mine")).words


@ONE
async def test_a_place_in_the_list_nobody_was_given_begins_at_the_top(
    db: Database, clock: make.Clock, site: Site
) -> None:
    found = db.write(lambda tx: chats.waiting(tx, site, clock.at))
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        for odd in ("0.999999999999999.1", "0.0.99999999999", "9.0.1", "x", "0.1", "0.-1.1"):
            await desk.get(f"/console/inbox?after={odd}")
            assert desk.status == 200, odd
            assert f"/console/chats/{found}" in desk.body
