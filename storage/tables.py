"""Every table of the house: importing this module declares them all."""

from sqlmodel import SQLModel

from storage import (  # noqa: F401 - imported for the tables they declare
    audit,
    bookings,
    cards,
    cells,
    changes,
    checks,
    confirmations,
    conversations,
    counsellors,
    daysoff,
    departures,
    duty,
    erasures,
    feeds,
    handovers,
    imports,
    links,
    media,
    members,
    messages,
    mydata,
    notes,
    notices,
    office,
    postings,
    proposals,
    records,
    refusals,
    retention,
    rooms,
    services,
    sites,
    staff,
    tasks,
    topics,
    updates,
    visits,
    voices,
    wordings,
)

for _table in SQLModel.metadata.tables.values():
    # The number of an erased row is never given to another: a page somebody left open, or a send on the wire, may still
    # speak of it. PostgreSQL's sequences keep this by themselves.
    _table.dialect_options["sqlite"]["autoincrement"] = "id" in _table.primary_key.columns
