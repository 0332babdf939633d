"""Incoming updates: one update, one transaction, and only then the acknowledgement."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import PurePath

import structlog

from bot.landing import Landing
from flows import engine, failed
from flows.screen import ALONE, Incoming, Outside
from flows.texts import Texts
from storage.db import At, Database, DatabaseUnavailable, nothing
from storage.office import Office

TRIES_MAX = 3
"""A turn that raised so often is kept as failed, and the stream moves on."""
RAW_MAX_CHARS = 20_000
Counted = Callable[[str, str, float], None]
"""Told of each turn that ended: channel, outcome, seconds."""
Raw = str | Callable[[str], str]
"""A delivery as it came, or what finds one update in it by its id: a kept failure holds nobody else's words."""
log = structlog.get_logger()


class _Turn:
    """One update on its way."""

    __slots__ = ("began", "ended", "incoming", "raw", "tries")

    def __init__(self, incoming: Incoming, raw: Raw, ended: asyncio.Future[None]) -> None:
        self.incoming = incoming
        self.raw = raw
        self.ended = ended
        """For the caller, who may hang up: that tears neither the turn nor the order of her words."""
        self.tries = 0
        self.began = time.monotonic()

    @property
    def key(self) -> tuple[str, str]:
        """The conversation."""
        return self.incoming.account, self.incoming.sender


class NotOpen(DatabaseUnavailable):
    """The office is still being set up: the platform keeps what was written and brings it again."""


class Inbound:
    """Turns updates into committed turns. `hint` is called after each commit: there may be something to send."""

    def __init__(
        self,
        db: Database,
        texts: Texts,
        office: Callable[[], Office],
        clock: Callable[[], datetime],
        *,
        hint: Callable[[], None] = lambda: None,
        at: At = nothing,
        outside: Outside = ALONE,
        counted: Counted = lambda *_: None,
    ) -> None:
        self._db = db
        self._texts = texts
        self._office = office
        self._clock = clock
        self._hint = hint
        self._at = at
        self._outside = outside
        self._counted = counted
        self._lines: dict[tuple[str, str], deque[_Turn]] = {}
        """The turns of each conversation, the running one first: a flooding person holds one database thread at most."""
        self._giving_up: set[asyncio.Task[None]] = set()
        self._ground: Landing | None = None
        self._log = structlog.get_logger().bind()

    async def take(self, incoming: Incoming, raw: Raw = "") -> None:
        """Apply one update; returns after the commit. Raises `DatabaseUnavailable` when it could not be stored."""
        if not self._office().is_open:
            raise NotOpen
        turn = _Turn(incoming, raw, asyncio.get_running_loop().create_future())
        line = self._lines.get(turn.key)
        if line is None:
            self._lines[turn.key] = deque((turn,))
            self._begin(turn)
        else:
            line.append(turn)
        await turn.ended
        self._hint()

    async def take_all(self, incomings: Sequence[Incoming], raw: Raw = "") -> None:
        """Apply one delivery's updates: each sender's in order, one failing never costs its neighbours."""
        by_sender: dict[tuple[str, str], list[Incoming]] = defaultdict(list)
        for incoming in incomings:
            by_sender[(incoming.account, incoming.sender)].append(incoming)
        if len(by_sender) == 1:  # a webhook delivers one update: no task beside this one is needed
            for each in by_sender.values():
                await self._in_order(each, raw)
            return
        ended = await asyncio.gather(
            *(self._in_order(each, raw) for each in by_sender.values()), return_exceptions=True
        )
        for result in ended:
            if isinstance(result, BaseException):
                raise result

    async def _in_order(self, incomings: list[Incoming], raw: Raw) -> None:
        for incoming in incomings:
            await self.take(incoming, raw)

    # --- a turn goes through these in the loop, without a task of its own

    def _begin(self, turn: _Turn) -> None:
        try:
            self._try(turn, self._clock())
        except Exception as error:  # noqa: BLE001 - it belongs to the caller, and the next in line must begin
            self._end(turn, error)

    def _try(self, turn: _Turn, now: datetime) -> None:
        turn.tries += 1
        self._at("inbound.before_write")
        incoming = turn.incoming
        self._landing().write(
            lambda tx: engine.take(
                tx, incoming, now=now, office=self._office(), texts=self._texts, outside=self._outside
            ),
            lambda first, error: self._written(turn, now, first, error),
        )

    def _written(self, turn: _Turn, now: datetime, first: bool, error: BaseException | None) -> None:
        """After the commit, or what there was instead."""
        try:
            if error is None:
                self._at("inbound.after_commit")
                outcome = "first" if first else "repeat"
                self._tell(outcome, turn.incoming)
                self._counted(_channel(turn.incoming), outcome, time.monotonic() - turn.began)
            elif isinstance(error, Exception) and not isinstance(error, DatabaseUnavailable):
                # A poison update may raise anything; it is tried again and then kept.
                if turn.tries < TRIES_MAX:
                    self._try(turn, now)
                else:
                    giving_up = asyncio.create_task(self._give_up(turn.incoming, turn.raw, where(error), now))
                    self._giving_up.add(giving_up)
                    giving_up.add_done_callback(lambda done: self._given_up(turn, done))
                return
        except Exception as raised:  # noqa: BLE001 - it belongs to the caller, and the next in line must begin
            error = raised
        self._end(turn, error)

    def _tell(self, outcome: str, incoming: Incoming) -> None:
        self._log.info("turn", channel=_channel(incoming), kind=incoming.heard.kind.value, outcome=outcome)

    def _given_up(self, turn: _Turn, done: asyncio.Task[None]) -> None:
        self._giving_up.discard(done)
        self._counted(_channel(turn.incoming), "failed", time.monotonic() - turn.began)
        self._end(turn, asyncio.CancelledError() if done.cancelled() else done.exception())

    def _end(self, turn: _Turn, error: BaseException | None) -> None:
        """Answer the caller and begin the next turn of this conversation."""
        line = self._lines[turn.key]
        line.popleft()
        if not turn.ended.done():
            if error is None:
                turn.ended.set_result(None)
            else:
                turn.ended.set_exception(error)
        if line:
            self._begin(line[0])
        else:
            del self._lines[turn.key]

    def _landing(self) -> Landing:
        if self._ground is None or self._ground.loop is not asyncio.get_running_loop():
            self._ground = Landing(self._db)
        return self._ground

    async def _give_up(self, incoming: Incoming, raw: Raw, error: str, now: datetime) -> None:
        log.error("turn.failed", channel=_channel(incoming), kind=incoming.heard.kind.value, where=error)
        kept = (raw if isinstance(raw, str) else raw(incoming.external_id))[:RAW_MAX_CHARS]
        try:
            await asyncio.wrap_future(
                self._db.submit(
                    lambda tx: failed.give_up(
                        tx, incoming, kept, error, now=now, office=self._office(), texts=self._texts
                    )
                )
            )
        except DatabaseUnavailable:
            raise
        except Exception as raised:
            # Not even the failure could be kept: the platform holds the update until that is repaired.
            log.error("turn.unkept", channel=_channel(incoming), where=where(raised))
            raise DatabaseUnavailable("unkept") from raised


def where(error: BaseException) -> str:
    """The class and place of an error; never its text, which may hold her words."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__}:{place}"


def _channel(incoming: Incoming) -> str:
    return incoming.account.split(":")[0]
