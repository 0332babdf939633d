"""Calling people with the console closed: claims queued calls, sends each by its way, records what became of it.

A call says that somebody waits and nothing else: no name, no word, no kind of trouble beyond "now" or "waits long".
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import orjson
import structlog

from bot import names
from bot.channels.base import Failure, SendError
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_staff import StaffTap, links, taps
from bot.push import Push
from bot.rates import Permits
from bot.sender import in_database
from flows import alerts as rules
from flows.texts import Texts
from storage import audit, calls, people, wake
from storage.alerts import find
from storage.calls import Call
from storage.db import At, Database, DatabaseUnavailable, nothing
from storage.messages import CRISIS
from storage.sql import Tx

LEASE = timedelta(seconds=60)
"""Longer than waiting for a permit and the slowest send together."""
AGAIN_AFTER = timedelta(seconds=15)
POLL_S = 2.0
AT_ONCE = 20
LINK_FOR = timedelta(minutes=30)
LANGUAGES = ("sl", "en")
ANSWERS_MAX = 50
"""To taps and codes, waiting to be sent: anybody may send a code, and members' messages share the account's rate."""
log = structlog.get_logger()


def hashed(code: str) -> str:
    """What the database knows of a code."""
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()


class Alerts:
    """The caller. Everything of one call goes through a row before and after the network."""

    def __init__(
        self,
        db: Database,
        clock: Callable[[], datetime],
        texts: Texts,
        push: Push,
        telegram: TelegramChannel | None = None,
        permits: Permits | None = None,
        *,
        public_url: str | None = None,
        at: At = nothing,
    ) -> None:
        self._db = db
        self._clock = clock
        self._texts = texts
        self._push = push
        self._telegram = telegram
        self._permits = permits
        self._public_url = public_url
        self._at = at
        self._wanted = asyncio.Event()
        self._after: set[asyncio.Task[None]] = set()
        """Kept so that they are not collected before they end."""

    def hint(self) -> None:
        """Something was queued: look now."""
        self._wanted.set()

    async def run(self) -> None:
        """Call people until cancelled; no fault ends it."""
        while True:
            try:
                while await self.once():
                    pass  # there may be more than one handful
            except DatabaseUnavailable:
                log.error("alerts.database")
            except Exception as raised:  # noqa: BLE001 - a fault of ours must not end all calling
                log.error("alerts.fault", error=type(raised).__name__)
            try:
                await asyncio.wait_for(self._wanted.wait(), POLL_S)
            except TimeoutError:
                pass  # time to look again
            self._wanted.clear()

    async def once(self) -> int:
        """Settle what a dead sender left, claim what is due, send it side by side; how many calls."""
        now = self._clock()

        def claimed(tx: Tx) -> list[Call]:
            calls.lost(tx, now)
            return calls.claim(tx, now, now + LEASE, AT_ONCE)

        found = await in_database(self._db, claimed)
        if found:
            self._at("alerts.after_claim")
            await asyncio.gather(*(self._one(call) for call in found))
        return len(found)

    # --- one call ---------------------------------------------------------------------------------

    async def _one(self, call: Call) -> None:
        error: SendError | None = None
        try:
            if call.way == calls.TELEGRAM:
                await self._by_telegram(call)
            else:
                await self._by_push(call)
        except SendError as raised:
            error = raised
        except Exception as raised:  # noqa: BLE001 - one call's fault must not cost the others
            log.error("alerts.fault", error=type(raised).__name__)
            error = SendError(Failure.UNKNOWN, "fault")
        self._at("alerts.after_send")
        now = self._clock()
        await in_database(self._db, lambda tx: _record(tx, call, error, now))
        log.info("alert", kind=call.kind, way=call.way, outcome=error.kind.value if error else "sent")

    async def _by_telegram(self, call: Call) -> None:
        if self._telegram is None or call.telegram_id is None:
            raise SendError(Failure.REFUSED, "no_telegram")
        words = self._words(call.language, f"alert-told-{call.kind}")
        button = (self._words(call.language, "alert-look"), f"alert.{call.uid}")
        await self._tell(call.telegram_id, self._with_link(words, call.uid), button)

    async def _tell(self, chat: str, words: str, button: tuple[str, str] | None = None) -> None:
        """One message to one staff member's own chat, within the account's rate."""
        assert self._telegram is not None
        if self._permits is None:
            await self._telegram.tell(chat, words, button)
            return
        while (pause := self._pause(chat)) > 0:  # noqa: ASYNC110 - time itself is what is waited for
            await asyncio.sleep(pause)
        started = time.monotonic()
        self._permits.take(started, CRISIS, chat)
        answered = False
        try:
            await self._telegram.tell(chat, words, button)
            answered = True
        except SendError as error:
            answered = error.kind not in (Failure.UNKNOWN, Failure.NOT_SENT)
            raise
        finally:
            self._permits.done(started, time.monotonic(), answered=answered)

    def _pause(self, chat: str) -> float:
        assert self._permits is not None
        now = time.monotonic()
        return max(self._permits.wait(now, CRISIS), self._permits.chat_wait(now, chat))

    async def _by_push(self, call: Call) -> None:
        """Every browser of hers; one that took it is enough."""
        browsers = await in_database(self._db, lambda tx: wake.browsers(tx, call.staff_id))
        words = self._words(call.language, f"alert-told-{call.kind}")
        payload = orjson.dumps({"kind": call.kind, "uid": call.uid, "text": words})
        errors: list[SendError] = []
        for browser in browsers:
            try:
                await self._push.send(browser, payload)
            except SendError as error:
                errors.append(error)
                await self._note(browser.id, error)
        if len(errors) == len(browsers):
            raise _worth_most(errors)

    async def _note(self, push_id: int, error: SendError) -> None:
        now = self._clock()
        if error.kind is Failure.UNREACHABLE:
            await in_database(self._db, lambda tx: wake.forget(tx, push_id))
        else:
            await in_database(self._db, lambda tx: wake.trouble(tx, push_id, now))

    def _words(self, language: str, key: str) -> str:
        return self._texts.text(language if language in LANGUAGES else self._texts.default, key)

    def _with_link(self, words: str, uid: str) -> str:
        return f"{words}\n{self._public_url}/console/alerts/{uid}" if self._public_url else words

    # --- what staff do in their own chat with the bot -----------------------------------------------

    async def aside(self, raw: bytes) -> None:
        """Staff's taps and link codes in a delivery; kept before it is confirmed, and never a member's turn."""
        try:
            for tap in taps(raw):
                await self._tapped(tap)
            for link in links(raw):
                await self._linked(link)
        except DatabaseUnavailable:
            raise
        except Exception as raised:  # noqa: BLE001 - one poisoned tap must not hold up the members behind it
            log.error("alerts.fault", error=type(raised).__name__)

    async def _tapped(self, tap: StaffTap) -> None:
        now, name = self._clock(), names.uid()

        def unit(tx: Tx) -> tuple[str, str] | None:
            staff_id = wake.whose(tx, tap.sender)
            who = None if staff_id is None else people.get(tx, staff_id)
            if who is None:
                return None
            alert = find(tx, tap.said)
            if alert is None or not rules.may_see(tx, alert, who.id):
                return who.language, "alert-over"
            if not rules.acknowledge(tx, tap.said, who.id, now):
                return who.language, "alert-yours" if alert.acknowledged_by == who.id else "alert-taken"
            audit.record(
                tx,
                now,
                who.uid,
                "alert.acknowledge",
                audit.name(tx, "alert", alert.id, name),
                {"kind": alert.kind},
            )
            return who.language, "alert-yours"

        told = await in_database(self._db, unit)
        if told is not None:
            self._answer(tap.sender, self._with_link(self._words(*told), tap.said))

    async def _linked(self, link: StaffTap) -> None:
        now = self._clock()

        def unit(tx: Tx) -> tuple[str, str]:
            staff_id = wake.tie(tx, hashed(link.said), link.sender, now)
            who = None if staff_id is None else people.get(tx, staff_id)
            if who is None:
                return self._texts.default, "alert-link-over"
            audit.record(tx, now, who.uid, "staff.telegram")
            return who.language, "alert-linked"

        told = await in_database(self._db, unit)
        self._answer(link.sender, self._words(*told))

    def _answer(self, chat: str, words: str) -> None:
        """Best effort and beside the stream: what she did is stored already."""
        if len(self._after) >= ANSWERS_MAX:
            return
        task = asyncio.create_task(self._try_to_tell(chat, words))
        self._after.add(task)
        task.add_done_callback(self._after.discard)

    async def _try_to_tell(self, chat: str, words: str) -> None:
        if self._telegram is not None:
            try:
                await self._tell(chat, words)
            except SendError as error:
                log.warning("alerts.answer", reason=error.code)


def _worth_most(errors: list[SendError]) -> SendError:
    """The failure that leaves most to hope for: what may be tried again stands before what may not."""
    order = (Failure.UNKNOWN, Failure.NOT_SENT, Failure.THROTTLED, Failure.OUR_FAULT, Failure.REFUSED)
    for kind in order:
        for error in errors:
            if error.kind is kind:
                return error
    return SendError(Failure.UNREACHABLE, "no_browser")


def _record(tx: Tx, call: Call, error: SendError | None, now: datetime) -> None:
    """Write what became of one call."""
    if error is None:
        calls.sent(tx, call, now)
        return
    why = f"{error.kind}:{error.code}"
    match error.kind:
        case Failure.UNKNOWN:
            calls.unconfirmed(tx, call, now)
        case Failure.NOT_SENT | Failure.THROTTLED | Failure.OUR_FAULT:
            after = max(AGAIN_AFTER, timedelta(seconds=error.retry_after))
            calls.again(tx, call, now + after, why)
        case Failure.UNREACHABLE | Failure.REFUSED:
            calls.failed(tx, call, why)
