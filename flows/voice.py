"""The voice of a page: what a recording is tied to, and when it is offered.

It is never sent by itself: only her tap on 🔊 attaches one to a message, whatever the phone and whoever reads it.
"""

from __future__ import annotations

import hashlib

CHOICE = "nav.voice"
QUIET = frozenset({"hide", "who", "clean"})
"""Pages for whoever else holds the phone: nothing on them speaks her language aloud."""
CAPTION_MAX = 1024
"""UTF-16 units of a text that goes out together with its recording (Telegram)."""
CHOICES_MAX = 10
"""Choices of one message with the engine's own (WhatsApp's list)."""


def digest(said: str) -> str:
    """Of the finished text as members read it: whatever changes one letter of it, here or in a text inside it, ends the voice."""
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def kilobytes(size: int) -> str:
    """The size as the button says it: never less than one."""
    return str(max(1, -(-size // 1000)))


def fits(said: str) -> bool:
    """Whether this text can go out with its recording."""
    return len(said.encode("utf-16-le", "replace")) // 2 <= CAPTION_MAX
