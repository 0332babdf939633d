"""Every table of the house: importing this module declares them all."""

from storage import (  # noqa: F401 - imported for the tables they declare
    bookings,
    cells,
    conversations,
    counsellors,
    members,
    messages,
    notices,
    search,
    services,
    sites,
    updates,
)
