"""A closed chat is hers and the bot's again, also for whoever takes it later."""

from __future__ import annotations

from storage import messages
from storage.db import Database
from storage.sites import Site
from tests.helpers import chats, make
from tests.helpers.console import console


async def test_what_she_told_the_bot_after_closing_stays_hers(
    db: Database, clock: make.Clock, site: Site
) -> None:
    found = db.write(lambda tx: chats.waiting(tx, site, clock.at))

    def says(words: str) -> None:
        clock.forward(minutes=1)
        db.write(lambda tx: messages.hear(tx, found, chats.ACCOUNT, "text", words, clock.at))

    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        for turn in ("one", "two"):
            await desk.post(f"/console/chats/{found}/take")
            says(f"to you {turn}")
            clock.forward(minutes=1)
            await desk.post(f"/console/chats/{found}/close")
            says(f"for nobody else {turn}")
            clock.forward(minutes=1)
        for _ in ("closed", "taken again"):
            await desk.get(f"/console/chats/{found}")
            assert "to you one" in desk.words
            assert "to you two" in desk.words
            assert "for nobody else" not in desk.words
            await desk.post(f"/console/chats/{found}/take")
        says("to you three")
        assert "to you three" in (await desk.get(f"/console/chats/{found}")).words
