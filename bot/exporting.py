"""The whole directory of a site as a file: a workbook, our own tables, or those of HSDS."""

from __future__ import annotations

from bot import spreadsheets
from bot.importing import Store
from flows import hsds, workbook
from flows.hsds_tables import DESCRIPTOR, PATHS, descriptor
from storage import directory
from storage.directory import OrganisationFacts, ServiceFacts


async def everything(store: Store, site_id: int) -> tuple[list[OrganisationFacts], list[ServiceFacts]]:
    """All facts of a site, read some at a time."""
    owners = await store.read(lambda tx: directory.organisations(tx, [site_id]))
    found: list[ServiceFacts] = []
    after = 0
    while some := await store.read(lambda tx, after=after: directory.batch(tx, site_id, after)):  # type: ignore[misc]  # bound now
        found += [one.facts for one in some]
        after = some[-1].id
    return [one.facts for one in owners], found


def packed(
    kind: str, site: str, organisations: list[OrganisationFacts], services: list[ServiceFacts]
) -> bytes:
    """The directory as a file of this kind."""
    if kind == "hsds":
        tables = hsds.written(site, organisations, services)
        files = {PATHS[name]: rows for name, rows in tables.items()}
        return spreadsheets.zipped(files, {DESCRIPTOR: descriptor()}, mark=False)
    tables = workbook.written(organisations, services)
    return spreadsheets.workbook(tables) if kind == "xlsx" else spreadsheets.zipped(tables)
