"""What a site's calendar is made of beside plans, as routes of the console are about it; `objects.py` lists it."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from sqlalchemy import insert

from storage import counsellors, roomplans
from storage.roomplans import Facts
from storage.sites import ClosedDay, Site
from storage.sql import Tx, table
from tests.helpers import make

_n = count(1)


def closed(tx: Tx, _world: object, site: Site, _staff_id: int) -> dict[str, str]:
    """A closed day."""
    row, day = table(ClosedDay), make.MONDAY.date() + timedelta(days=next(_n))
    made = tx.query(insert(row).values(site_id=site.id, day=day, reason="R").returning(row.c.id))[0].id
    return {"id": str(made), "site": str(site.id)}


def room(tx: Tx, _world: object, site: Site, _staff_id: int) -> dict[str, str]:
    """A room, and what a form may say of it."""
    name = f"Room {next(_n)}"
    made = roomplans.add(tx, site.id, Facts(name, 3, step_free=True, note="N"))
    return {"id": str(made), "site": str(site.id), "name": f"{name}b", "seats": "4"}


def need(tx: Tx, _world: object, site: Site, _staff_id: int) -> dict[str, str]:
    """Somebody who counsels here."""
    who = counsellors.add_counsellor(tx, site.id, "C", languages=("sl",), topics=("work",))
    return {"counsellor": str(who), "need": "none", "site": str(site.id)}
