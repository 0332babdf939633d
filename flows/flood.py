"""More than a person writes in a minute: the words are stored and answered once, but help and stop always work."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.conversations import Conversation

BURST_S = 60
BURST_MAX = 30
"""Turns a minute."""
BURST_TOLD = 1000
"""A count nobody reaches by herself: she has been told to wait."""


def counts(conversation: Conversation, now: datetime) -> bool:
    """Count this turn; whether it is one too many."""
    if conversation.burst_from is None or now - conversation.burst_from > timedelta(seconds=BURST_S):
        conversation.burst_from, conversation.burst = now, 0
    conversation.burst += 1
    return conversation.burst > BURST_MAX


def is_new(conversation: Conversation) -> bool:
    """Whether she must still be told to wait; from now on she has been."""
    told = conversation.burst > BURST_TOLD
    conversation.burst = BURST_TOLD + 1
    return not told
