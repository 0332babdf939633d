"""What a channel is: parse what comes in, render what goes out, send it, and say which kind of failure happened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from flows.screen import Incoming
from storage.messages import Outgoing


class Failure(StrEnum):
    """What a failed send means; `bot/delivery.py` reacts to the kind, never to a sentence."""

    NOT_SENT = "not_sent"  # certainly never left: try again
    THROTTLED = "throttled"  # wait `retry_after`; the whole account waits
    REFUSED = "refused"  # this message is wrong: never again
    UNREACHABLE = "unreachable"  # she blocked us or is gone
    OUR_FAULT = "our_fault"  # token, rights: keep the queue, tell the operator
    UNKNOWN = "unknown"  # it may have arrived


class SendError(Exception):
    """A send that failed. `retry_after` in seconds for `THROTTLED`; `code` is a short machine word, never a person's text."""

    def __init__(self, kind: Failure, code: str, retry_after: float = 0.0) -> None:
        super().__init__(f"{kind}: {code}")
        self.kind = kind
        self.code = code
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Limits:
    """What the provider allows. `per_second` holds in every one-second window."""

    per_second: int
    chat_gap_s: float
    """Seconds between two messages to the same chat."""
    text_max: int


class Channel(Protocol):
    """One channel account."""

    account: str
    """Stored with every address and message, e.g. `telegram:12345` (the bot's id) or `web`."""
    can_write_first: bool
    limits: Limits | None
    """None when nothing is sent: her page fetches the messages itself."""

    def parse(self, raw: bytes) -> list[Incoming]:
        """Every update in one delivery; unknown ones become `Kind.UNSUPPORTED`, broken ones nothing. Never raises."""

    async def send(self, message: Outgoing) -> str:
        """Send one message; the provider's id. Raises `SendError`."""

    async def speak(self, message: Outgoing) -> tuple[str, str | None]:
        """Send one message with its recording; the provider's id, and what it calls the recording. Raises `SendError`."""
