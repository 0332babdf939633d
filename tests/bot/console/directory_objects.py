"""What a site's directory is made of, as routes of the console are about it; `objects.py` lists it."""

from __future__ import annotations

from itertools import count

from sqlalchemy import insert

from storage import confirmations, imports, services
from storage.services import NewService
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make

_n = count(1)


def organisation(tx: Tx, _world: object, site: Site, staff_id: int) -> dict[str, str]:
    """An organisation of the site's directory."""
    found = services.add_organisation(
        tx, site.id, f"o-{next(_n)}", "O", "provider", source="walk", verified_on=make.MONDAY.date()
    )
    return {"id": str(found), "site": str(site.id)}


def service(tx: Tx, _world: object, site: Site, staff_id: int) -> dict[str, str]:
    """A service with a word of its organisation."""
    day = make.MONDAY.date()
    owner = int(organisation(tx, _world, site, staff_id)["id"])
    new = NewService(site.id, owner, f"s-{next(_n)}", "talk", {"sl": ("S", "s")}, "walk", day, day)
    found = services.add(tx, new)
    confirmations.offer(tx, found, f"walk-{next(_n)}", 6, staff_id, make.MONDAY)
    row = table(confirmations.ConfirmationRow)
    said = insert(row).values(
        service_id=found,
        token_hash=f"walk-{next(_n)}",
        months=6,
        created_by=staff_id,
        created_at=make.MONDAY,
        expires_at=make.MONDAY,
        answer="changed",
        answered_at=make.MONDAY,
        words="new hours",
    )
    report = tx.query(said.returning(row.c.id))[0].id
    return {"id": str(found), "report": str(report), "seen": "0", "organisation": str(owner)}


def imported(tx: Tx, _world: object, site: Site, staff_id: int) -> dict[str, str]:
    """A file that waits for a yes."""
    uid = f"import-{next(_n)}"
    found = imports.add(tx, uid, site.id, staff_id, make.MONDAY)
    facts = {"slug": "i", "name": "I", "role": "provider", "address": None, "source": "walk"}
    facts |= {"verified_on": "2026-03-02", "contact_email": None, "contact_phone": None}
    line = {"at": 1, "kind": "organisation", "slug": "i", "seen": -1, "facts": facts}
    imports.plan(tx, found, [{**line, "changes": [["name", "", "I"]]}])
    wrong = [{"sheet": "services", "row": 2, "column": "slug", "reason": "empty"}]
    imports.ready(tx, found, "book", {"new": 1}, wrong, ["a table"])
    return {"uid": uid}
