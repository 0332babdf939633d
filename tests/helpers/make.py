"""Small real things for tests: a database, a site, texts, a clock."""

from __future__ import annotations

import hashlib
import hmac
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Lock

from sqlalchemy.engine import make_url

from flows.screen import Outside
from flows.texts import SHIPPED, Texts
from storage import sites
from storage.db import At, Database, nothing
from storage.db import open_database as open_url
from storage.sites import Site
from storage.sql import Tx
from storage.sqlite import SqliteDatabase

ZONE = "Europe/Ljubljana"
KEY = b"a key for tests only, of some length"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A working day in winter time, 10:00 in Ljubljana."""


@dataclass
class Clock:
    """A clock that moves only when told."""

    at: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **how_long: float) -> datetime:
        """Move on by a timedelta's arguments."""
        self.at += timedelta(**how_long)
        return self.at


def open_database(url: str, at: At = nothing) -> Database:
    """Open a laid-out database. Nothing of a test outlives the session, so nothing waits for the disk (`postgres.FAST`)."""
    if make_url(url).get_backend_name() == "sqlite":
        return SqliteDatabase(url, at, synchronous="OFF")
    return open_url(url, at)


def keyed(said: str) -> str:
    """A keyed hash, as the server makes it."""
    return hmac.new(KEY, said.encode(), hashlib.sha256).hexdigest()


OUTSIDE = Outside(keyed, "https://chat.example.org")
"""What a server with an address of its own lends to a turn."""


@cache
def texts() -> Texts:
    """The shipped texts, every shipped language open; shared, so no test lets them `use` anything."""
    return Texts(ZONE, offered=SHIPPED)


def own_texts() -> Texts:
    """The same for a test that changes them: `use` replaces what holds as a whole and touches nothing shipped."""
    own = copy(texts())
    own._now, own._using = replace(own._now, kept={}), Lock()
    return own


def site(tx: Tx, slug: str = "celje") -> Site:
    """A site as the demo has it: Mon–Fri 8–15, Wed to 17, quiet from 20 to 8; made at first use."""
    found = sites.find(tx, slug)
    if found is not None:
        return found
    hours = tuple((weekday, 8 * 60, (17 if weekday == 2 else 15) * 60) for weekday in range(5))
    at = "Gosposka ulica 3, Celje"
    told = Site(0, slug, "SOCIO POINT", "Celje", at, "03 000 00 01", ZONE, 20 * 60, 8 * 60, hours)
    made = sites.add(tx, told)
    assert made is not None
    return made
