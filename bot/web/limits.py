"""How often one visitor may ask: counts in fixed windows, so that memory is bounded and nothing is kept of anybody."""

from __future__ import annotations

import ipaddress
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

NEW_PER_HOUR = 30
"""New chats an hour from one network address: a workshop behind one router fits, a flood does not."""
POSTS_PER_MINUTE = 60
"""Posts a minute from one chat."""
ADDRESS_POSTS_PER_MINUTE = 300
"""Posts a minute from one network address: many phones share one at an info point."""
FILES_PER_HOUR = 20
"""Files an hour from one chat: a long letter, page by page."""
ADDRESS_FILES_PER_HOUR = 100
UPLOADS_MAX, ADDRESS_UPLOADS_MAX, CHAT_UPLOADS_MAX = 12, 6, 2
"""Files that come in at the same time, all in all, from one network address and from one chat: each holds memory until it
is whole, and nobody may hold all the room there is."""
READS_PER_MINUTE = 600
KEYS_MAX = 50_000


@dataclass
class Limit:
    """At most `most` a key in each window of `seconds`."""

    most: int
    seconds: int
    _window: int = 0
    _counts: dict[str, int] = field(default_factory=dict)

    def allows(self, key: str, now: datetime) -> bool:
        """Count one more; False when it is too many."""
        window = int(now.timestamp()) // self.seconds
        if window != self._window:
            self._window, self._counts = window, {}
        count = self._counts.get(key, 0) + 1
        if count > self.most or (count == 1 and len(self._counts) >= KEYS_MAX):
            return False
        self._counts[key] = count
        return True


@dataclass
class Room:
    """Who has a file coming in now."""

    addresses: Counter[str] = field(default_factory=Counter)
    chats: Counter[str] = field(default_factory=Counter)

    def take(self, address: str, chat: str) -> bool:
        """Begin one; False when there is no room for it."""
        if (
            self.chats.total() >= UPLOADS_MAX
            or self.addresses[address] >= ADDRESS_UPLOADS_MAX
            or self.chats[chat] >= CHAT_UPLOADS_MAX
        ):
            return False
        self.addresses[address] += 1
        self.chats[chat] += 1
        return True

    def give(self, address: str, chat: str) -> None:
        """It is over."""
        self.addresses -= Counter((address,))
        self.chats -= Counter((chat,))


@dataclass
class Limits:
    """The limits of the chat page."""

    new: Limit = field(default_factory=lambda: Limit(NEW_PER_HOUR, 3600))
    posts: Limit = field(default_factory=lambda: Limit(POSTS_PER_MINUTE, 60))
    address_posts: Limit = field(default_factory=lambda: Limit(ADDRESS_POSTS_PER_MINUTE, 60))
    files: Limit = field(default_factory=lambda: Limit(FILES_PER_HOUR, 3600))
    address_files: Limit = field(default_factory=lambda: Limit(ADDRESS_FILES_PER_HOUR, 3600))
    uploads: Room = field(default_factory=Room)
    reads: Limit = field(default_factory=lambda: Limit(READS_PER_MINUTE, 60))


def visitor(request: web.Request, trust_proxy: bool) -> str:
    """The network a request came from."""
    told = request.remote or ""
    if trust_proxy:
        # The last one was written by our own web server; all before it by anybody.
        told = request.headers.getall("X-Forwarded-For", [told])[-1].rpartition(",")[2].strip() or told
    return network(told)


def network(address: str) -> str:
    """What an address counts as: one home has a whole IPv6 /64 and could change within it at will."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(getattr(found, "ipv4_mapped", None) or found)


LIMITS: web.AppKey[Limits] = web.AppKey("limits", Limits)
