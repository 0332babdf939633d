"""`python -m bot audit verify`: is the audit as it was sealed?"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

import click

from bot.settings import Settings
from storage import audit
from storage.audit import Broken, Head
from storage.db import DatabaseUnavailable, open_database
from storage.sql import Tx

_SAID = {
    "altered": "its content or its seal was changed",
    "removed": "it was removed",
    "inserted": "it was put in afterwards",
    "reordered": "its content stands at row {other} now",
    "cut": "the rows after {other} and before it were removed with their seals",
}


def verify(settings: Settings, refuse: Callable[[str], NoReturn]) -> None:
    """Print where the chain ends; refuse with the row that was tampered with. Only reads, so it works while Točka runs."""
    if settings.sqlite_path is not None and not settings.sqlite_path.exists():
        refuse("There is no database yet. Start with: make run")
    db = open_database(settings.database_url)
    try:
        broken, head = db.read(_look)
    except DatabaseUnavailable:
        refuse("The database does not answer.")
    finally:
        db.close()
    if broken is not None:
        how = _SAID[broken.damage].format(other=broken.other)
        refuse(f"The audit was tampered with. Row {broken.audit_id}: {how}.")
    click.echo(f"The audit is whole up to row {head.audit_id}. Not sealed yet: {head.unsealed}.")
    click.echo(f"Write this down outside this machine: {head.audit_id} {head.digest}")


def _look(tx: Tx) -> tuple[Broken | None, Head]:
    return audit.verify(tx), audit.head(tx)
