"""What staff say to the bot in their own private chats: a tap on an alert, and the code that ties the chat to them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.channels.telegram import STAFF_START, STAFF_TAP, START, Object, _object, _updates

TAP = re.compile(re.escape(STAFF_TAP) + r"([A-Za-z0-9_-]{1,40})")
CODE = re.compile(re.escape(STAFF_START) + r"([A-Za-z0-9_-]{1,58})")
"""A payload of /start holds 64 characters."""


@dataclass(frozen=True, slots=True)
class StaffTap:
    """Whose chat it came from, and the uid or code in it."""

    sender: str
    said: str


def taps(raw: bytes) -> list[StaffTap]:
    """Taps on the button of an alert."""
    return [tap for update in _updates(raw) if (tap := _tap(update)) is not None]


def links(raw: bytes) -> list[StaffTap]:
    """`/start staff-…` from private chats."""
    return [link for update in _updates(raw) if (link := _link(update)) is not None]


def _tap(update: Object) -> StaffTap | None:
    query = _object(update, "callback_query")
    data = query.get("data")
    found = TAP.fullmatch(data) if isinstance(data, str) else None
    return _from(query, found)


def _link(update: Object) -> StaffTap | None:
    message = _object(update, "message")
    if _object(message, "chat").get("type") != "private":
        return None
    text = message.get("text")
    start = START.fullmatch(text) if isinstance(text, str) else None
    return _from(message, CODE.fullmatch((start.group(1) or "").strip()) if start else None)


def _from(holder: Object, found: re.Match[str] | None) -> StaffTap | None:
    sender = _object(holder, "from").get("id")
    if found is None or not isinstance(sender, int) or isinstance(sender, bool) or sender <= 0:
        return None
    return StaffTap(str(sender), found.group(1))
