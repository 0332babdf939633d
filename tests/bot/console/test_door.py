"""What stands before every console page."""

from __future__ import annotations

import pytest

from storage.db import Database
from storage.sites import Site
from tests.helpers import chats, make
from tests.helpers.console import console

ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@ONE
async def test_who_is_not_signed_in_is_sent_to_the_door(db: Database, clock: make.Clock, site: Site) -> None:
    async with console(db, clock, site) as running:
        for path in ("/console", "/console/account", "/console/never-there"):
            desk = await running.anybody().get(path)
            assert (desk.status, desk.headers["Location"]) == (303, "/console/sign-in")


@ONE
async def test_a_session_opens_the_first_page_of_the_menu(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with console(db, clock, site) as running:
        desk = await running.signed_in("desk").get("/console")
        assert desk.status == 303
        desk = await desk.get("/console/never-there")
        assert desk.status == 404
        assert "There is nothing here for you" in desk.words


async def test_a_nul_is_in_no_path_and_in_no_word(db: Database, clock: make.Clock, site: Site) -> None:
    """PostgreSQL refuses it, and nobody's page may break on it."""
    async with console(db, clock, site) as running:
        desk = running.signed_in("admin", "desk")
        for path in ("/console/alerts/1%00", "/console/audit?act=%00", "/console/inbox?after=%00"):
            assert (await desk.get(path)).status == 404, path
        found = db.write(lambda tx: chats.waiting(tx, site, clock.at))
        await desk.get(f"/console/chats/{found}")
        await (await desk.post(f"/console/chats/{found}/notes", note="be\0fore noon")).follow()
        assert "before noon" in desk.words
