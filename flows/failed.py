"""A turn that raised three times: she gets one polite line, a person is called, the stream moves on."""

from __future__ import annotations

from datetime import datetime

from flows.screen import Incoming
from flows.texts import Texts
from storage import conversations, messages, updates
from storage.office import Office
from storage.sql import Tx


def give_up(
    tx: Tx, incoming: Incoming, raw: str, error: str, *, now: datetime, office: Office, texts: Texts
) -> bool:
    """Keep the raw update as failed, in one transaction with the polite line; False when it was applied after all."""
    if not updates.first_time(tx, incoming.account, incoming.external_id, now):
        return False
    conversation, member = conversations.load(tx, incoming.account, incoming.sender, now, office.main.id)
    heard = incoming.heard
    messages.hear(tx, conversation.id, incoming.account, heard.kind, heard.choice or heard.text, now)
    updates.fail(tx, incoming.account, incoming.external_id, conversation.id, raw, error, now)
    if conversation.owner == "bot":
        conversations.wait(tx, conversation.id, "failed", now)
    language = member.language or texts.default
    messages.add(
        tx,
        conversation.id,
        incoming.account,
        "failed_line",
        texts.text(language, "engine-failed"),
        now=now,
        language=language,
        lane=messages.REPLY,
        policy=messages.NEVER_RESEND,
    )
    return True
