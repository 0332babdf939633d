"""A running console on an empty database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.db import Database
from storage.sites import Site
from tests.helpers import make
from tests.helpers.console import Console, console


@pytest.fixture
async def running(db: Database, clock: make.Clock, site: Site) -> AsyncIterator[Console]:
    async with console(db, clock, site) as made:
        yield made
