"""A person's words once more: the rules are asked again, as if they were written now."""

from __future__ import annotations

from datetime import datetime

from flows import handover
from flows.handover import Reply
from flows.rules import Action
from storage import handovers, outbox
from storage.sites import Site
from storage.sql import Tx


def resend(
    tx: Tx, conversation_id: int, message_id: int, staff_id: int, *, now: datetime, site: Site
) -> Reply:
    """Queue again what failed, expired or may not have arrived; `refused: settled` when it needs no second try."""
    to = handovers.held(tx, conversation_id)
    if to is None or to.owner != "person" or to.staff_id != staff_id:
        return Reply("refused", "not_yours")
    leave = handover.leaving(tx, to, "staff", now, site)
    if leave.verdict.action is Action.SKIP:
        return Reply("refused", leave.verdict.reason)
    if not outbox.resend(tx, to.id, message_id, leave.kind, at=leave.not_before, until=leave.expires_at):
        return Reply("refused", "settled")
    handovers.touch(tx, to.id, staff_id, now)
    if leave.not_before > now:
        return Reply("held", leave.verdict.reason, leave.not_before, message_id)
    return Reply("queued", message_id=message_id)
