"""Members' chats in a state of the test's choice, made with the storage's own functions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from storage import conversations, handovers, members, messages
from storage.conversations import ConversationRow
from storage.sites import Site
from storage.sql import Tx, table

_c = table(ConversationRow)
ACCOUNT = "telegram:1"


def waiting(
    tx: Tx,
    site: Site,
    now: datetime,
    sender: str = "100",
    *,
    account: str = ACCOUNT,
    language: str | None = "sq",
    reason: str = "asked",
    urgent: bool = False,
    words: str = "Më duhet një person",
) -> int:
    """Somebody wrote and asked for a person; the conversation's id."""
    conversation, member = conversations.load(tx, account, sender, now)
    members.set_field(tx, member.id, "language", language)
    messages.hear(tx, conversation.id, account, "text", words, now)
    conversation.owner, conversation.waiting_reason, conversation.waiting_since = "waiting", reason, now
    conversation.urgent, conversation.site_id = urgent, site.id
    conversation.stack = [["menu", {}]]
    conversations.save(tx, conversation, now)
    return conversation.id


def taken(tx: Tx, site: Site, now: datetime, staff_id: int, sender: str = "100", **how: str) -> int:
    """The same, and this person took it."""
    found = waiting(tx, site, now, sender, **how)  # type: ignore[arg-type]  # passed through
    assert handovers.take(tx, found, staff_id, now)
    return found


def member_of(tx: Tx, conversation_id: int) -> int:
    """Whose conversation it is."""
    return int(tx.query(_c.select().where(_c.c.id == conversation_id))[0].member_id)


def owner(tx: Tx, conversation_id: int) -> tuple[str, int | None]:
    """Who has it."""
    row = tx.query(_c.select().where(_c.c.id == conversation_id))[0]
    return row.owner, row.staff_id


def change(tx: Tx, conversation_id: int, **fields: object) -> None:
    """Set columns as no act would."""
    tx.query(update(_c).where(_c.c.id == conversation_id).values(**fields))
