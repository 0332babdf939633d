"""How the house does, in numbers: what waits, since when, how large the database is. Nothing here names anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, literal_column, select, text

from storage import restores, sites, today
from storage.conversations import ConversationRow
from storage.duty import AlertRow
from storage.messages import OPEN, MessageRow, is_state
from storage.sql import Statement, Tx, Utc, table

PAGES = "web"
_m, _c, _a = table(MessageRow), table(ConversationRow), table(AlertRow)
_QUEUE = Statement(
    select(_m.c.lane, _m.c.state, func.count().label("n"))
    .where(is_state(_m.c.state, *OPEN, "sending"), _m.c.account != PAGES)
    .group_by(_m.c.lane, _m.c.state)
)
_WAITING = Statement(
    select(func.count().label("n"), func.min(_c.c.waiting_since, type_=Utc()).label("since")).where(
        _c.c.owner == "waiting"
    )
)
_ALERTS = Statement(
    select(func.count().label("n"))
    .select_from(_a)
    .where(and_(_a.c.acknowledged_at.is_(None), _a.c.closed_at.is_(None)))
)
_PAGES = Statement(
    select((literal_column("page_count") * literal_column("page_size")).label("n")).select_from(
        text("pragma_page_count, pragma_page_size")
    )
)
_SERVER = Statement(select(func.pg_database_size(func.current_database()).label("n")))


@dataclass(frozen=True, slots=True)
class Figures:
    """One look at everything."""

    queue: dict[tuple[int, str], int]
    """(lane, state) -> messages; the page's own wait for their reader and are not counted."""
    oldest: datetime | None
    waiting: int
    waiting_since: datetime | None
    alerts: int
    tick: datetime | None
    backup: datetime | None
    held: int
    """After a restore, for a person's yes or no."""
    database_bytes: int


def look(tx: Tx, now: datetime, backup_mark: str) -> Figures:
    """Count it; only indexed ranges and whole small tables."""
    waiting = tx.one(_WAITING)
    return Figures(
        {(row.lane, row.state): int(row.n) for row in tx.all(_QUEUE)},
        today.oldest_unsent(tx, PAGES, now),
        int(waiting.n),
        waiting.since,
        int(tx.one(_ALERTS).n),
        sites.marked(tx, "tick"),
        sites.marked(tx, backup_mark),
        restores.count_held(tx) if sites.marked(tx, restores.RESTORED) is not None else 0,
        int(tx.one(_PAGES if tx.dialect.name == "sqlite" else _SERVER).n),
    )
