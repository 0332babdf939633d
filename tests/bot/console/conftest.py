"""A running console on an empty database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage import office, wordings
from storage.db import Database
from storage.sites import Site
from tests.helpers import make
from tests.helpers.console import Console, Desk, console


@pytest.fixture
async def running(db: Database, clock: make.Clock, site: Site) -> AsyncIterator[Console]:
    async with console(db, clock, site) as made:
        yield made


@pytest.fixture
async def unopened(db: Database, clock: make.Clock, site: Site) -> AsyncIterator[Console]:
    """An office that is being set up."""
    db.write(lambda tx: office.add(tx, opened_at=None))
    async with console(db, clock, site) as made:
        await made.parts.offices.load()
        made.parts.texts.use(db.read(wordings.standing))
        yield made


@pytest.fixture
async def admin(unopened: Console) -> Desk:
    return unopened.signed_in("admin")
