"""Files of members in the console: a download that opens nowhere, keeping with a reason, and who may."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.files import Folder, new_uid
from bot.settings import Settings
from flows import engine
from flows.media import DAY
from flows.screen import Heard, Incoming, Kind, Media
from storage import handovers, media, refusals
from storage.audit import AuditRow
from storage.db import Database
from storage.media import MediaRow
from storage.office import alone
from storage.sites import Site
from storage.sql import table
from tests.bot.test_files import POLYGLOTS
from tests.helpers import make
from tests.helpers.console import Console, console

_m, _a = table(MediaRow), table(AuditRow)
BODY = POLYGLOTS["picture and page"]
ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass
class Letter:
    """A picture she sent to a person."""

    running: Console
    folder: Folder
    uid: str
    clock: make.Clock

    @property
    def row(self) -> Any:
        return self.running.parts.db.read(lambda tx: tx.query(select(_m).where(_m.c.uid == self.uid)))[0]

    @property
    def path(self) -> str:
        return f"/console/media/{self.uid}"

    def acts(self) -> list[str]:
        """What the audit holds of files."""
        db = self.running.parts.db
        rows = db.read(lambda tx: tx.query(select(_a).order_by(_a.c.id)))
        assert self.uid not in str(rows)
        return [row.act for row in rows if row.act.startswith("media.")]


@pytest.fixture
async def letter(db: Database, clock: make.Clock, site: Site, tmp_path: Path) -> AsyncIterator[Letter]:
    uid, folder = new_uid(), Folder(tmp_path / "media")
    folder.store(uid, BODY)
    sent = Media(uid, "digest", "odločba\u202e.jpg", len(BODY), "image/jpeg")
    heard = (
        Heard(Kind.START),
        Heard(Kind.TEXT, "človek"),
        Heard(Kind.PICTURE, "moje <b>pismo</b>", media=sent),
    )
    for number, one in enumerate(heard):
        incoming = Incoming("web", str(number), "her", one, can_write_first=False)
        db.write(
            lambda tx, incoming=incoming: engine.take(  # type: ignore[misc]  # mypy cannot type a default
                tx, incoming, now=clock.at, office=alone(site), texts=make.texts()
            )
        )
    async with console(db, clock, site, Settings(media_folder=folder.path)) as running:
        yield Letter(running, folder, uid, clock)


async def test_it_is_handed_out_as_bytes_and_nothing_else(letter: Letter) -> None:
    desk = await letter.running.signed_in("desk").get(letter.path)
    assert desk.status == 200
    assert desk.body == BODY.decode("utf-8", "replace")
    assert desk.headers["Content-Type"] == "application/octet-stream"
    assert desk.headers["Content-Disposition"].startswith("attachment; filename=")
    assert desk.headers["Content-Disposition"].endswith('.jpg"')
    assert letter.uid not in str(desk.headers)
    assert "odlo" not in str(desk.headers)
    assert "sandbox" in desk.headers["Content-Security-Policy"]
    assert "script-src" not in desk.headers["Content-Security-Policy"]
    assert desk.headers["X-Content-Type-Options"] == "nosniff"
    assert desk.headers["Cache-Control"] == "no-store"
    assert letter.acts() == ["media.view"]


@ONE
async def test_only_what_she_lets_a_person_see(letter: Letter) -> None:
    letter.running.parts.db.write(lambda tx: tx.query(_m.update().values(chosen_at=None).returning(_m.c.id)))
    desk = letter.running.signed_in("desk")
    assert (await desk.get(letter.path)).status == 404
    assert (await desk.post(f"{letter.path}/keep", reason="deadline")).status == 404
    await desk.get(f"/console/chats/{letter.row.conversation_id}")
    assert desk.status == 200
    assert "She has not let a person look at it." in desk.words
    assert letter.path not in desk.body
    assert letter.acts() == []


@ONE
async def test_who_may_not_see_the_chat_may_not_see_the_file(letter: Letter, db: Database) -> None:
    elsewhere = db.write(lambda tx: make.site(tx, "postojna"))
    running = letter.running
    refused = running.signed_in("desk")
    conversation_id = letter.row.conversation_id
    assert refused.staff is not None
    staff_id = refused.staff.id
    assert (await refused.get(letter.path)).status == 200
    db.write(lambda tx: refusals.add(tx, 1, staff_id, letter.clock.at))
    strangers = [
        refused,
        running.signed_in("desk", site=elsewhere),
        running.signed_in("mediator", languages=("ar",)),
        running.signed_in("analyst"),
        running.signed_in("admin"),
    ]
    answers = set()
    for stranger in strangers:
        for desk in (await stranger.get(letter.path), await stranger.post(f"{letter.path}/keep", reason="x")):
            answers.add(desk.status)
    assert answers == {404}
    mediator = running.signed_in("mediator")
    assert mediator.staff is not None
    hers = mediator.staff.id
    assert (await mediator.get(letter.path)).status == 404
    assert db.write(lambda tx: handovers.take(tx, conversation_id, hers, letter.clock.at))
    assert (await mediator.get(letter.path)).status == 200
    assert (await running.anybody().get(letter.path)).status == 303
    assert letter.acts() == ["media.view", "media.view"]


@ONE
async def test_staff_keep_it_with_a_reason_and_only_so(letter: Letter) -> None:
    desk = letter.running.signed_in("desk")
    for reason in ("", "   "):
        await desk.post(f"{letter.path}/keep", reason=reason)
        assert desk.status == 422
        assert "Write why it is needed longer." in desk.words
    assert "kept_at=None" in str(letter.row)
    for reason in ("<i>rok</i> jutri", "again"):
        await desk.post(f"{letter.path}/keep", reason=reason)
        assert desk.status == 303
    assert (letter.row.kept_reason, letter.row.kept_at) == ("<i>rok</i> jutri", letter.clock.at)
    assert letter.acts() == ["media.keep"]
    letter.clock.forward(hours=10)
    desk = await letter.running.signed_in("desk").get(f"/console/chats/{letter.row.conversation_id}")
    assert "Kept: <i>rok</i> jutri" in desk.words
    assert "<i>rok" not in desk.body
    letter.clock.forward(days=3)
    assert (await letter.running.signed_in("desk").get(letter.path)).status == 200


async def test_after_its_day_it_is_not_here(letter: Letter) -> None:
    letter.clock.at += DAY
    desk = letter.running.signed_in("desk")
    assert (await desk.get(letter.path)).status == 404  # before the tidying came by
    await desk.post(f"{letter.path}/keep", reason="late")
    assert desk.status == 422
    assert "It is not here any more." in desk.words
    assert letter.acts() == []


@ONE
async def test_a_file_that_is_missing_is_not_here(letter: Letter) -> None:
    letter.folder.remove(letter.uid)
    assert (await letter.running.signed_in("desk").get(letter.path)).status == 404


@ONE
async def test_the_chat_shows_what_came_and_opens_nothing(letter: Letter) -> None:
    desk = await letter.running.signed_in("desk").get(f"/console/chats/{letter.row.conversation_id}")
    assert desk.status == 200
    assert f'href="{letter.path}"' in desk.body
    assert f'src="{letter.path}' not in desk.body
    assert "Picture odločba" in desk.words
    for state, error, words in (
        ("refused", "wrong_type", "a kind of file that may do harm"),
        ("failed", "not_found", "the provider no longer has it"),
        ("failed", "something new", "the provider refused"),
        ("gone", None, "Deleted after 24 hours."),
        ("wanted", None, "On its way to us."),
        ("wanted", "no_answer", "We try again."),
    ):
        change = _m.update().values(state=state, error=error).returning(_m.c.id)
        letter.running.parts.db.write(lambda tx, change=change: tx.query(change))  # type: ignore[misc]  # as above
        await desk.get(f"/console/chats/{letter.row.conversation_id}")
        assert words in desk.words
        assert letter.path not in desk.body


@ONE
async def test_what_she_gives_to_nobody_has_no_name(letter: Letter) -> None:
    letter.running.parts.db.write(lambda tx: tx.query(_m.update().values(chosen_at=None).returning(_m.c.id)))
    desk = await letter.running.signed_in("desk").get(f"/console/chats/{letter.row.conversation_id}")
    assert "Picture" in desk.words
    assert "odlo" not in desk.body


@ONE
async def test_an_open_chat_with_a_file_goes_on_living(letter: Letter) -> None:
    desk = letter.running.signed_in("desk")
    async with (
        desk.client.get(f"/console/chats/{letter.row.conversation_id}/live") as chat,
        desk.client.get("/console/inbox/live") as inbox,
    ):
        async with asyncio.timeout(5):
            for stream in (chat, inbox):
                while b"event: fresh" not in await stream.content.readline():
                    pass
        told = (await chat.content.readline()).decode()
        assert letter.path in told
        assert desk.staff is not None
        assert desk.staff.csrf not in told  # it is one browser's own; the page puts it in


def test_the_store_hands_out_nothing_by_itself() -> None:
    assert "body" not in media.Sent.__dataclass_fields__
