"""The staff group: keeps its topics in step with the conversations, and takes what people do in them.

Nothing here is a row of the outbox: a topic is told again until Telegram took it, and a line that stands there twice
after a lost answer harms nobody. What must not happen twice, her messages, goes through the outbox as always.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot import names
from bot.channels.base import Failure, SendError
from bot.channels.telegram_group import TelegramGroup
from bot.rates import Permits, Window
from bot.sender import in_database
from flows import group as rules
from flows.group import Said
from flows.texts import Texts
from storage import sites, telling, topics
from storage.db import Database, DatabaseUnavailable
from storage.messages import BROADCAST
from storage.office import Office
from storage.sql import Tx
from storage.telling import Due
from storage.topics import Unwanted

T = TypeVar("T")
A_MINUTE = 20
"""Telegram's limit for one group. Topics made, closed and deleted are counted too: they are messages there."""
MINUTE_S = 60.0
POLL_S = 1.0
PAUSE_S, PAUSE_MAX_S = 5.0, 300.0
ALONE_FOR = timedelta(minutes=10)
"""How long one topic rests that Telegram refuses for a reason of its own."""
GROUP_WIDE = frozenset({"rights", "not_forum", "migrated"})
WORKS, FAILS = "staff_group", "staff_group_fails"
"""Marks for the doctor, who runs in another process."""
log = structlog.get_logger()


class GroupTrouble(Exception):
    """The whole group cannot be written to for so many seconds."""

    def __init__(self, code: str, seconds: float) -> None:
        super().__init__(code)
        self.code = code
        self.seconds = seconds


class StaffGroup:
    """One group, one loop. `permits` are the bot account's: the group's calls are its calls too."""

    def __init__(  # noqa: PLR0913 - what the loop looks at, and its two clocks
        self,
        db: Database,
        group: TelegramGroup,
        permits: Permits,
        texts: Texts,
        office: Callable[[], Office],
        clock: Callable[[], datetime],
        *,
        language: str = "sl",
        hint: Callable[[], None] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.trouble = ""
        self._db = db
        self._group = group
        self._permits = permits
        self._texts = texts
        self._office = office
        self._clock = clock
        self._language = language
        self._hint = hint
        self._monotonic = monotonic
        self._sleep = sleep
        self._window = Window(A_MINUTE, MINUTE_S)
        self._wanted = asyncio.Event()
        self._fails = 0
        self._marked = ""

    # --- what comes in

    async def aside(self, raw: bytes) -> None:
        """What a delivery holds of the group, each update in its own transaction. Raises `DatabaseUnavailable`."""
        said = self._group.parse(raw)
        for one in said:
            await self._hear(one)
        if said:
            self._wanted.set()
            self._hint()

    async def _hear(self, said: Said) -> None:
        now, office, uid = self._clock(), self._office(), names.uid()
        try:
            await in_database(
                self._db,
                lambda tx: rules.heard(
                    tx,
                    said,
                    account=self._group.account,
                    chat_id=self._group.chat_id,
                    now=now,
                    office=office,
                    texts=self._texts,
                    uid=uid,
                ),
            )
        except DatabaseUnavailable:
            raise
        except Exception as raised:  # noqa: BLE001 - a poison update must not stop the members' updates behind it
            log.error("group.fault", error=type(raised).__name__)
            await in_database(self._db, lambda tx: self._confess(tx, said))

    def _confess(self, tx: Tx, said: Said) -> None:
        """Whoever wrote must know that it went nowhere."""
        found = topics.by_thread(tx, self._group.chat_id, said.thread_id) if said.thread_id else None
        if found is not None:
            topics.note(tx, found.id, "group-fault")

    # --- what goes out

    async def run(self) -> None:
        """Keep the topics in step until cancelled; no fault ends it."""
        await self._adopt()
        while True:
            pause = await self.step()
            if pause > POLL_S:  # trouble: nothing that comes in makes it shorter
                await self._sleep(pause)
                continue
            try:
                await asyncio.wait_for(self._wanted.wait(), pause)
            except TimeoutError:
                pass  # time to look again
            self._wanted.clear()

    async def _adopt(self) -> None:
        """Topics of another group that was set before are none of this one."""
        try:
            await in_database(self._db, lambda tx: topics.moved(tx, self._group.chat_id))
        except DatabaseUnavailable:
            log.error("group.database")

    async def step(self) -> float:
        """One call at Telegram, the most needed; seconds until there may be something again, 0 for at once.

        The place in the minute is awaited first and the conversations are looked at then: what is said meanwhile goes
        into the same post, and nothing is told that is not true any more.
        """
        try:
            while (pause := self._wait(self._monotonic())) > 0:
                await self._sleep(pause)
            return 0.0 if await self._one() else POLL_S
        except GroupTrouble as trouble:
            self.trouble = trouble.code
            self._fails += 1
            log.warning("group.failed", reason=trouble.code)
            await self._mark(FAILS)
            return max(trouble.seconds, POLL_S + 0.1)
        except DatabaseUnavailable:
            log.error("group.database")
            return POLL_S
        except Exception as raised:  # noqa: BLE001 - a fault of ours must not end all telling
            log.error("group.fault", error=type(raised).__name__)
            return PAUSE_S

    async def _one(self) -> bool:
        """Delete a topic of somebody who was erased, else bring one topic nearer to its conversation."""
        now, site = self._clock(), self._office().main

        def look(tx: Tx) -> tuple[Unwanted | None, Due | None]:
            topics.settle(tx)
            return topics.unwanted(tx, now), telling.due(tx, site.id, now)

        gone, due = await in_database(self._db, look)
        if gone is not None:
            await self._delete(gone)
        elif due is not None:
            await self._bring(due)
        return gone is not None or due is not None

    async def _delete(self, gone: Unwanted) -> None:
        try:
            if gone.thread_id is not None:
                await self._call(self._group.delete(gone.chat_id, gone.thread_id))
            await in_database(self._db, lambda tx: topics.dropped(tx, gone.id))
        except SendError as error:
            await self._rest(gone.id, error.code)
        except GroupTrouble as trouble:
            if gone.chat_id == self._group.chat_id:
                raise
            await self._rest(gone.id, trouble.code)  # an older group's trouble is not this one's

    async def _rest(self, topic_id: int, code: str) -> None:
        """What Telegram refuses of one topic holds up no other."""
        log.warning("group.topic", reason=code)
        at = self._clock() + ALONE_FOR
        await in_database(self._db, lambda tx: topics.later(tx, topic_id, at))

    async def _bring(self, due: Due) -> None:
        """One step: make the topic, open it again, post, or close it."""
        now, topic_id = self._clock(), due.topic_id
        if topic_id is None:
            topic_id = await in_database(
                self._db, lambda tx: topics.begin(tx, due.conversation_id, self._group.chat_id, now)
            )
            if topic_id is None:
                return  # erased meanwhile
        here, thread_id = topic_id, due.thread_id
        try:
            await self._step_of(due, here, thread_id)
        except SendError as error:
            if error.code == "no_topic":
                # Deleted by hand: what is still untold makes a new one in the next round.
                await in_database(self._db, lambda tx: topics.gone(tx, here, now))
            else:
                await self._rest(here, error.code)

    async def _step_of(self, due: Due, topic_id: int, thread_id: int | None) -> None:
        said, now = rules.post(self._texts, self._language, due), self._clock()
        if said is not None and thread_id is None:
            await self._create(due, topic_id)
        elif said is not None and thread_id is not None and due.state == "closed":
            await self._call(self._group.reopen(thread_id))
            await in_database(self._db, lambda tx: topics.stands(tx, topic_id, "open", now))
        elif said is not None and thread_id is not None:
            await self._call(self._group.post(thread_id, said.text, said.buttons))
            await in_database(
                self._db,
                lambda tx: topics.told(tx, topic_id, said.told_to, due.standing, said.notes, now),
            )
        elif due.owner == "bot" and thread_id is not None:
            await self._call(self._group.close(thread_id))
            await in_database(self._db, lambda tx: topics.stands(tx, topic_id, "closed", now))
        else:  # all that is new was written in the topic itself
            await in_database(self._db, lambda tx: topics.told(tx, topic_id, due.end, due.standing, 0, now))

    async def _create(self, due: Due, topic_id: int) -> None:
        """Make the topic; its first post comes in the next round, when its number is kept."""
        thread_id = await self._call(self._group.create(rules.title(self._texts, self._language, due)))
        now = self._clock()
        await in_database(self._db, lambda tx: topics.opened(tx, topic_id, thread_id, now))

    # --- one call

    async def _call(self, call: Awaitable[T]) -> T:
        """Count and judge one call. Raises `SendError` for what concerns this topic alone, else `GroupTrouble`."""
        started = self._monotonic()
        self._permits.take(started, BROADCAST, self._group.chat_id)
        answered = True
        try:
            result = await call
        except SendError as error:
            answered = error.kind not in (Failure.UNKNOWN, Failure.NOT_SENT)
            raise self._judged(error) from None
        finally:
            ended = self._monotonic()
            self._permits.done(started, ended, answered=answered)
            self._window.done(ended)
        self.trouble, self._fails = "", 0
        await self._mark(WORKS)
        return result

    def _wait(self, now: float) -> float:
        return max(
            self._window.wait(now),
            self._permits.wait(now, BROADCAST),
            self._permits.chat_wait(now, self._group.chat_id),
        )

    def _judged(self, error: SendError) -> SendError | GroupTrouble:
        """Whether this failure is the topic's own or everybody's."""
        if error.kind is Failure.THROTTLED:
            # Only the group rests: members' messages have their own limit, and learn for themselves if it is the account's.
            return GroupTrouble("throttled", error.retry_after)
        if error.kind is Failure.REFUSED and error.code not in GROUP_WIDE:
            return error
        return GroupTrouble(error.code, min(PAUSE_S * 2**self._fails, PAUSE_MAX_S))

    async def _mark(self, name: str) -> None:
        """Leave a word for the doctor when it turned good or bad."""
        if self._marked != name:
            self._marked = name
            now = self._clock()
            await in_database(self._db, lambda tx: sites.mark(tx, name, now))
