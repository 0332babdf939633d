"""Every console route, by everybody, on everything: generated from the router, against one table."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from aiohttp import web
from sqlalchemy import update
from sqlmodel import SQLModel

from bot.settings import Settings
from storage import sqlite
from storage.db import Database
from storage.sites import Site
from storage.sql import table
from storage.staff import StaffSession
from tests.bot.console.authorisation import ROLES, expected
from tests.bot.console.authorisation import table as authorisation
from tests.bot.console.objects import World, made, maker
from tests.helpers import make
from tests.helpers.console import Console, Desk, console, person

pytestmark = pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True
)
OUTSIDE = ("anonymous", "half", "ended")
"""Who is turned away before anybody asks whose object it is: as with a page that is not hers, one of each kind is enough."""
ACTORS = (*OUTSIDE, "elsewhere", *ROLES)
_networks = count(1)


def served_routes(app: web.Application) -> set[tuple[str, str]]:
    """What the router really serves under /console."""
    return {
        (route.method, route.resource.canonical)
        for route in app.router.routes()
        if route.resource is not None and re.match(r"/console(/|$)", route.resource.canonical)
    }


@dataclass
class Walk:
    """A console, two sites, and whoever comes."""

    running: Console
    world: World
    watch: Callable[[], object]
    """Something else after every commit that changed something."""
    people: dict[str, int] = field(default_factory=dict)

    def who(self, actor: str) -> int:
        """The person behind an actor."""
        if actor == "anonymous":
            return 0
        if actor not in self.people:
            site = self.world.there if actor == "elsewhere" else self.world.here
            roles = {"elsewhere": ROLES, "half": ("coordinator",), "ended": ROLES}.get(actor, (actor,))
            self.people[actor] = self.world.db.write(lambda tx: person(tx, site, *roles))
        return self.people[actor]

    async def desk(self, actor: str) -> Desk:
        """A fresh browser of hers: what an earlier request ended does not matter."""
        if actor == "anonymous":
            return await self.running.anybody().get("/console/sign-in")
        desk = self.running.signed_in(staff_id=self.who(actor), passed=actor != "half")
        if actor == "ended":
            row = table(StaffSession)
            self.world.db.write(
                lambda tx: tx.query(
                    update(row).where(row.c.staff_id == self.who(actor)).values(ended_at=make.MONDAY)
                )
            )
        return desk

    async def asks(
        self,
        desk: Desk,
        method: str,
        path: str,
        values: dict[str, str],
        word: str | None = None,
        **headers: str,
    ) -> Desk:
        """One request with an object's values in its path and form; a stream is left at once."""
        where = re.sub(r"\{(\w+)\}", lambda name: _in_path(values[name.group(1)]), path)
        if method == "POST":
            return await desk.post(where, word, headers, **values)
        if path.endswith("/live"):
            async with desk.client.get(
                where, allow_redirects=False, headers={"Accept-Language": "en"}
            ) as answer:
                desk.status, desk.headers = answer.status, dict(answer.headers)
                desk.body = "" if answer.status == 200 else await answer.text()
            return desk
        return await desk.get(where)


def _in_path(value: str) -> str:
    return value if "%" in value else quote(value, safe="")


@pytest.fixture
async def walk(db: Database, clock: make.Clock, site: Site, tmp_path: Path) -> AsyncIterator[Walk]:
    there = db.write(lambda tx: make.site(tx, "postojna"))
    folder = tmp_path / "media"
    settings = Settings(media_folder=folder)
    async with console(db, clock, site, settings, telegram_username="tocka_bot") as running:
        with closing(watcher(db)) as watch:
            yield Walk(running, World(db, site, there, folder), partial(version, watch))


def watcher(db: Database) -> Any:
    """A connection beside the database's own."""
    if db.dialect.name == "postgresql":
        return psycopg.connect(db.url.replace("+psycopg", ""), autocommit=True)
    # The library the database itself uses: two of them in one process would lose each other's locks.
    return sqlite.driver.connect(db.url.removeprefix("sqlite:///"))  # type: ignore[attr-defined]  # chosen at import


def version(watch: Any) -> object:
    """SQLite counts the commits of others; on PostgreSQL everything that is stored is compared."""
    if not isinstance(watch, psycopg.Connection):
        return watch.execute("PRAGMA data_version").fetchone()
    stored = " UNION ALL ".join(
        f"SELECT '{name}', md5(string_agg(one::text, ' ' ORDER BY one::text)) FROM {name} AS one"
        for name in SQLModel.metadata.tables
    )
    return sorted(watch.execute(stored).fetchall())


def outcome(desk: Desk) -> str:
    """What became of a request."""
    where = desk.headers.get("Location") if desk.status == 303 else None
    if where == "/console/sign-in" and "Set-Cookie" not in desk.headers:  # signing out takes the cookie back
        return "door"
    if where == "/console/second":
        return "second"
    if desk.status == 404 and "There is nothing here for you" in desk.words:
        return "refused"
    return "served" if desk.status in (200, 204, 303, 409, 422) else f"status {desk.status}"


async def test_the_table_is_the_router(walk: Walk) -> None:
    assert walk.running.server.app is not None
    really = served_routes(walk.running.server.app)
    assert really - set(authorisation()) == set(), "a route nobody decided about"
    assert set(authorisation()) - really == set(), "a line whose route is gone"
    assert really == {(route.method, route.path) for route in walk.running.server.app[_routes_key()]}, (
        "served, but not in ROUTES"
    )


def _routes_key() -> Any:
    from bot.console.pages import ROUTES_OF

    return ROUTES_OF


def test_every_unsafe_method_is_a_post(database_url: str) -> None:
    assert {method for method, _ in authorisation()} <= {"GET", "POST"}


@pytest.mark.parametrize("actor", ACTORS)
async def test_everybody_gets_exactly_what_is_hers(walk: Walk, actor: str) -> None:
    wrong, refusals, tried = [], set(), 0
    for (method, path), who in authorisation().items():
        make_one, kinds = maker(method, path)
        for kind in kinds:
            if (actor, kind) == ("elsewhere", "elsewhere"):  # her own site: as everybody here sees ours
                continue
            opens = actor not in OUTSIDE and any(expected(who, actor, one) == "served" for one in kinds)
            tried_with = made(walk.world, make_one, kind, walk.who(actor))
            for values in tried_with if opens else tried_with[:1]:
                desk = await walk.desk(actor)
                before = walk.watch()
                await walk.asks(desk, method, path, values)
                told, due = outcome(desk), expected(who, actor, kind)
                tried += 1
                if due == "second" and method == "POST":
                    due = "refused"
                if told != due:
                    wrong.append(f"{method} {path} {kind} {values}: {told}, not {due}")
                if told == "refused":
                    refusals.add(desk.body)
                if due != "served" and walk.watch() != before:
                    wrong.append(f"{method} {path} {kind}: refused, but something was written")
    assert not wrong, "\n".join(wrong)
    assert len(refusals) <= 1  # not one byte tells why
    assert tried > 100


BROKEN = {
    "no word": ("", {}),
    "another's word": ("x" * 32, {}),
    "another site": (None, {"Origin": "https://elsewhere.invalid"}),
    "no origin at all": (None, {"Origin": "null"}),
    "another site's page": (None, {"Sec-Fetch-Site": "cross-site"}),
    "a sister site's page": (None, {"Sec-Fetch-Site": "same-site"}),
}


@pytest.mark.parametrize("how", BROKEN)
async def test_a_post_that_is_not_from_our_page_changes_nothing(walk: Walk, how: str) -> None:
    word, headers = BROKEN[how]
    wrong, refusals = [], set()
    stranger = walk.running.signed_in("desk")
    for (method, path), who in authorisation().items():
        if method != "POST":
            continue
        actor = next((role for role in ROLES if role in {one.rstrip("*") for one in who}), "coordinator")
        make_one, _ = maker(method, path)
        values = made(walk.world, make_one, "own", walk.who(actor))[0]
        desk = await walk.desk(actor)
        told = stranger.staff.csrf if how == "another's word" and stranger.staff else word
        before = walk.watch()
        await walk.asks(desk, method, path, values, told, **headers)
        refusals.add(desk.body)
        if outcome(desk) != "refused" or walk.watch() != before:
            wrong.append(f"{path}: {outcome(desk)}, {'changed' if walk.watch() != before else 'unchanged'}")
    assert wrong == []
    assert len(refusals) == 1


async def test_the_walk_sees_a_hole(walk: Walk) -> None:
    """The checker itself: a refused write would move the version, and a served page is not taken for a refusal."""
    desk, before = await walk.desk("desk"), walk.watch()
    await desk.post("/console/account", language="sl")
    assert outcome(desk) == "served"
    assert walk.watch() != before
    assert expected(frozenset({"admin"}), "desk", "none") == "refused"
    assert expected(frozenset({"mediator*"}), "mediator", "others") == "refused"
    with pytest.raises(AssertionError):
        maker("GET", "/console/never/{id}")
