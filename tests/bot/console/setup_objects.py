"""What the routes of set-up are about, and what belongs to nobody, for `objects.py`."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from storage import counsellors
from storage.sites import Site
from storage.sql import Tx

if TYPE_CHECKING:
    from tests.bot.console.objects import World

Values = dict[str, str]
_n = count(1)


def site_itself(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """The site, by its number."""
    return {"id": str(site.id)}


def subject(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A topic of the site."""
    found = counsellors.add_topic(tx, site.id, f"t-{next(_n)}", 30, place=next(_n))
    return {"id": str(found), "seen": "0", "minutes": "45", "active": "yes"}


def ready(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """Topics that a site may take."""
    return {"site": str(site.id), "kind": "ready", "topic-work": "1"}


def lines(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A help line that was checked."""
    return {"site": str(site.id), "line-112": "1", "phone-112": "112", "months": "6"}


def style(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A file of the pages."""
    return {"name": "console.css"}


SETUP = {
    "/console/sites/{id}": (site_itself, "own elsewhere missing"),
    "POST /console/subjects": (ready, "own elsewhere missing"),
    "/console/subjects/{id}": (subject, "own others elsewhere missing"),
    "POST /console/helplines": (lines, "own elsewhere missing"),
}
