"""Commands for this machine's operator, with and without a running process."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NoReturn

import pytest

from bot import staff
from bot.app import App, wall_clock
from bot.commands import lock
from bot.console.door import hashed
from bot.local import LocalDoor, NotThere, Words, ask, door_of
from bot.settings import Settings
from storage import people, sessions
from storage.db import Database
from storage.sites import Site
from tests.helpers import make
from tests.helpers.console import person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Refusal(Exception):
    """What the operator is told instead."""


def refuse(sentence: str) -> NoReturn:
    raise Refusal(sentence)


@pytest.fixture
def settings(db: Database, site: Site) -> Settings:
    return Settings(database_url=db.url)


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Path]:
    async def obey(order: Words) -> Words:
        if order.get("do") == "fail":
            raise RuntimeError
        return {"heard": order.get("do", "")}

    made = LocalDoor(tmp_path / "a.sock", obey)
    await made.open()
    yield tmp_path / "a.sock"
    await made.close()


async def test_the_door_is_for_this_user_only_and_goes_with_its_process(
    tmp_path: Path, database_url: str
) -> None:
    async def obey(order: Words) -> Words:
        return order

    path = tmp_path / "a.sock"
    path.write_text("left behind")
    made = LocalDoor(path, obey)
    before = os.umask(0)
    try:
        await made.open()
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert await asyncio.to_thread(ask, path, {"do": "x"}) == {"do": "x"}
    await made.close()
    with pytest.raises(NotThere):
        ask(path, {"do": "x"})


@pytest.mark.parametrize(
    "line", [b"", b"\n", b"nonsense\n", b"[1]\n", b'{"do": 1}\n', b"x" * 9000 + b"\n", b"\xff\n"]
)
async def test_nonsense_ends_nothing(door: Path, line: bytes, database_url: str) -> None:
    def knock() -> None:
        with socket.socket(socket.AF_UNIX) as mine:
            mine.connect(os.fspath(door))
            try:
                mine.sendall(line)
                mine.shutdown(socket.SHUT_WR)
                mine.recv(100)
            except OSError:
                pass

    await asyncio.to_thread(knock)
    with pytest.raises(NotThere):
        await asyncio.to_thread(ask, door, {"do": "fail"})
    assert await asyncio.to_thread(ask, door, {"do": "invite"}) == {"heard": "invite"}


def test_a_command_writes_itself_while_nothing_runs(
    settings: Settings, db: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    staff.invite(settings, refuse, "nina", "Nina (test)", ("desk,admin",), "sl,en")
    printed = capsys.readouterr().out
    token = printed.split("/console/invitation/")[1].strip()
    who = db.read(lambda tx: people.by_login(tx, "nina"))
    assert who is not None
    assert who.roles == {1: frozenset({"desk", "admin"})}
    found = db.read(lambda tx: sessions.invited(tx, hashed(token), wall_clock()))
    assert found.id == who.id
    staff.show(settings, refuse)
    assert "nina" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("login", "name", "role", "where", "says"),
    [
        ("n", "Nina", "desk", None, "login needs"),
        ("nina", "", "desk", None, "name needs"),
        ("nina", "Nina", "boss", None, "at least one role"),
        ("nina", "Nina", "desk", "postojna", "no such place"),
    ],
)
def test_a_wrong_order_is_refused_in_words(
    settings: Settings, login: str, name: str, role: str, where: str | None, says: str
) -> None:
    with pytest.raises(Refusal, match=says):
        staff.invite(settings, refuse, login, name, (role,), "sl", where)


async def test_the_running_process_does_it_for_the_command(
    settings: Settings, db: Database, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    her = db.write(lambda tx: person(tx, site, "desk"))
    login = db.read(lambda tx: people.get(tx, her)).login  # type: ignore[union-attr]  # just made
    app = App(settings)
    assert settings.sqlite_path is not None
    door = LocalDoor(door_of(settings.sqlite_path), app._obey)
    await door.open()
    with lock(settings):
        await asyncio.to_thread(staff.invite, settings, refuse, "nina", "Nina", ("desk",), "sl")
        await asyncio.to_thread(staff.end, settings, refuse, login)
        with pytest.raises(Refusal, match="Nobody has this login"):
            await asyncio.to_thread(staff.end, settings, refuse, "nobody")
        await door.close()
        with pytest.raises(Refusal, match="does not answer"):
            await asyncio.to_thread(staff.end, settings, refuse, login)
    app.close()
    assert db.read(lambda tx: people.by_login(tx, "nina")) is not None
    assert "Sessions ended: 0" in capsys.readouterr().out


def test_the_first_link_is_for_an_admin_until_somebody_has_a_password(
    settings: Settings, db: Database, site: Site
) -> None:
    assert staff.first_link(db, settings, make.MONDAY, "a") is None
    db.write(lambda tx: person(tx, site, "desk"))
    first = db.write(lambda tx: person(tx, site, "admin", "coordinator"))
    link = staff.first_link(db, settings, make.MONDAY, "token")
    assert link == "http://127.0.0.1:8080/console/invitation/token"
    db.write(lambda tx: people.set_password(tx, first, "hash"))
    assert staff.first_link(db, settings, make.MONDAY, "b") is None
