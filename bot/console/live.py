"""Open pages that change by themselves: server-sent events, one reading and one rendering for all who look at the same.

`changed()` is called after a commit that a list or a chat may show. While nobody listens it does nothing, and however
many changes come, pages are looked at again at most once in `PAUSE_S`; a poll finds what another process changed.
"""

from __future__ import annotations

import asyncio
import time
import weakref
from collections import Counter
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import orjson
import structlog
from aiohttp import web

from bot.console import door
from bot.console.access import Me, Role
from bot.web.parts import PARTS, Parts
from bot.web.security import Refused, dressed
from flows.texts import Texts
from storage import watching
from storage.db import DatabaseUnavailable
from storage.sql import Tx
from storage.watching import Watcher

PAUSE_S = 0.2
"""Between two looks."""
REST = 14
"""Looks that follow each other owe so many times their length of rest: turns come first …"""
GRACE_S = 0.5
"""… but this much may be owed, so that a look now and then is never late."""
TELLING_S = 0.0002
"""What telling one listener costs after the look."""
POLL_S = 2.0
HEARTBEAT_S = 15.0
STREAMS_MAX = 6
"""Open streams of one session: as many tabs as anybody reads."""
Kept = dict[Hashable, Any]
log = structlog.get_logger()


class Source(Protocol):
    """What one stream shows; equal sources are read and rendered once for all their listeners."""

    @property
    def topic(self) -> Hashable:
        """Sources of the same topic change together."""

    def state(self, tx: Tx) -> object:
        """A cheap value of the topic that differs after every change."""

    def read(self, tx: Tx, now: datetime, kept: Kept) -> Any:
        """What is to be shown; None when it is not there for these eyes any more. `kept` is shared by one look."""

    def alike(self, found: Any) -> Hashable:
        """Sources that are equal in this show the same: it is rendered once."""

    def render(self, texts: Texts, found: Any, now: datetime) -> dict[str, object]:
        """The fields of the event."""

    def still(self, me: Me) -> bool:
        """Whether this person may go on looking at it: her roles may have changed."""


@dataclass(eq=False)
class _Listener:
    """One stream."""

    session: str
    """The name of its session."""
    news: asyncio.Event = field(default_factory=asyncio.Event)
    over: bool = False
    """Its session ended, or she may not look any more."""


@dataclass
class _Shown:
    """One source with its listeners and what they were told last."""

    listeners: set[_Listener] = field(default_factory=set)
    state: object = None
    event: bytes = b""
    number: int = 0
    """Raised with every new event; 0 before the first."""
    gone: bool = False


class Hub:
    """The open streams of one running server."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._shown: dict[Source, _Shown] = {}
        self._streams: Counter[int] = Counter()
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._told = False
        self._telling = 0
        """Listeners told by the last look."""
        self._owed_s = 0.0
        """Rest that is still to be taken."""
        self.closed = False

    # --- what changes

    def changed(self) -> None:
        """Something was committed. Any thread may say so."""
        if self._shown and not self._told and self._loop is not None:
            self._told = True
            with suppress(RuntimeError):  # the loop has ended, and with it every stream
                self._loop.call_soon_threadsafe(self._wake.set)

    async def close(self, _app: web.Application | None = None) -> None:
        """End every stream: the server stops."""
        self.closed = True
        self._tell(*self._shown.values())
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    # --- who listens

    def join(self, source: Source, session_id: int, session: str) -> tuple[_Shown, _Listener]:
        """One more stream; refused when the session has too many."""
        if self._streams[session_id] >= STREAMS_MAX:
            raise Refused("page-limited", 429)
        self._streams[session_id] += 1
        shown = self._shown.setdefault(source, _Shown())
        listener = _Listener(session)
        shown.listeners.add(listener)
        self._loop = asyncio.get_running_loop()
        self._wake.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        return shown, listener

    def leave(self, source: Source, session_id: int, listener: _Listener) -> None:
        """A stream ended."""
        self._streams[session_id] -= 1
        if self._streams[session_id] <= 0:
            del self._streams[session_id]
        shown = self._shown.get(source)
        if shown is not None:
            shown.listeners.discard(listener)
            if not shown.listeners:
                del self._shown[source]

    # --- looking

    async def _run(self) -> None:
        ended = time.monotonic()
        while self._shown:
            await _soon(self._wake, POLL_S)
            self._told = False
            began = time.monotonic()
            try:
                await self._look()
            except DatabaseUnavailable:
                log.error("live.database")
            except Exception as error:  # noqa: BLE001 - a page that cannot be shown must not stop the others
                log.error("live.fault", error=type(error).__name__)
            took = time.monotonic() - began + self._telling * TELLING_S
            self._owed_s = max(0.0, self._owed_s - (began - ended)) + took * REST
            ended = time.monotonic()
            await asyncio.sleep(max(PAUSE_S, self._owed_s - GRACE_S))

    async def _look(self) -> None:
        """Read what changed, render it once a source, and tell its listeners."""
        parts = self._parts
        now, self._telling = parts.clock(), 0
        known = {source: (shown.state, tuple(shown.listeners)) for source, shown in self._shown.items()}
        found, over = await parts.read(lambda tx: _news(tx, known, now))
        for listener in over:
            listener.over = True
            listener.news.set()
        made: dict[Hashable, bytes] = {}
        for source, (state, content) in found.items():
            shown = self._shown.get(source)
            if shown is None:
                continue
            shown.state = state
            if content is None:
                shown.gone = True
                self._tell(shown)
                continue
            alike = source.alike(content)
            if alike not in made:
                await asyncio.sleep(0)  # fifty lists are not rendered in one breath
                made[alike] = _event("fresh", source.render(parts.texts, content, now))
            if made[alike] != shown.event:
                shown.event = made[alike]
                shown.number += 1
                self._tell(shown)

    def _tell(self, *shown: _Shown) -> None:
        for one in shown:
            self._telling += len(one.listeners)
            for listener in one.listeners:
                listener.news.set()


def _news(
    tx: Tx, known: dict[Source, tuple[object, tuple[_Listener, ...]]], now: datetime
) -> tuple[dict[Source, tuple[object, Any]], list[_Listener]]:
    """State and content of every source whose topic is not as it was, and whose listeners may not hear of it any more."""
    states: dict[Hashable, object] = {}
    found: dict[Source, tuple[object, Any]] = {}
    over: list[_Listener] = []
    kept: Kept = {}
    good: dict[str, Watcher] | None = None
    for source, (before, listeners) in known.items():
        if source.topic not in states:
            states[source.topic] = source.state(tx)
        state = states[source.topic]
        if state != before:
            found[source] = (state, source.read(tx, now, kept))
            good = good if good is not None else watching.good(tx, now)
            over += [one for one in listeners if not _may(source, good.get(one.session))]
    return found, over


def _may(source: Source, watcher: Watcher | None) -> bool:
    """Whether the session is still good and its person may still look."""
    if watcher is None or not watcher.passed:
        return False
    roles = {site: frozenset(Role(role) for role in hers) for site, hers in watcher.roles.items()}
    return source.still(Me(watcher.staff_id, "", "", "", watcher.languages, roles, 0, ""))


def _event(name: str, fields: dict[str, object]) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + orjson.dumps(fields) + b"\n\n"


HUB: web.AppKey[Hub] = web.AppKey("live", Hub)
_HUBS: weakref.WeakSet[Hub] = weakref.WeakSet()


def attach(app: web.Application, parts: Parts) -> Hub:
    """The hub of this server."""
    hub = Hub(parts)
    app[HUB] = hub
    app.on_shutdown.append(hub.close)
    _HUBS.add(hub)
    return hub


def changed() -> None:
    """Tell open pages that something changed; costs nothing while none is open."""
    for hub in _HUBS:
        hub.changed()


async def stream(request: web.Request, me: Me, source: Source) -> web.StreamResponse:
    """Send what `source` shows, now and after every change, as long as the session and her rights last.

    An open stream is no activity: only pages she opens keep an idle session alive.
    """
    hub, session = request.app[HUB], door.hashed(door.cookie(request))
    shown, listener = hub.join(source, me.session_id, session)
    try:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        dressed(request.app[PARTS], answer)
        await answer.prepare(request)
        await answer.write(b"retry: 3000\n\n")
        await _feed(request, answer, source, shown, listener)
    except ConnectionError:
        pass  # she closed the page
    finally:
        hub.leave(source, me.session_id, listener)
    return answer


async def _feed(
    request: web.Request, answer: web.StreamResponse, source: Source, shown: _Shown, listener: _Listener
) -> None:
    hub, parts, sent = request.app[HUB], request.app[PARTS], 0
    while True:
        quiet = not await _soon(listener.news, HEARTBEAT_S)
        if hub.closed:
            return
        if quiet:  # a look has asked this already, with the news it brings
            now = parts.clock()
            good = await parts.read(lambda tx, now=now: watching.good(tx, now))  # type: ignore[misc]  # mypy cannot infer it
            listener.over = not _may(source, good.get(listener.session))
        if shown.gone or listener.over:
            await answer.write(_event("over", {}))
            return
        if shown.number > sent:
            sent = shown.number
            await answer.write(shown.event)
        elif quiet:
            await answer.write(b": still here\n\n")


async def _soon(event: asyncio.Event, seconds: float) -> bool:
    """Whether the event came within so many seconds; it is taken."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    event.clear()
    return True
