"""Brings finished units of work back to the event loop: a group that was committed together wakes it once, not once each."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from typing import Any, TypeVar

from storage.db import Database, Unit

T = TypeVar("T")
Landed = tuple[Future[Any], asyncio.Future[Any]]


class Landing:
    """Waits for the writing units of one loop; made inside it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.loop = asyncio.get_running_loop()
        self._landed: deque[Landed] = deque()
        self._is_called = False
        db.after_group.append(self._wake)

    async def write(self, unit: Unit[T]) -> T:
        """The value of `unit` after its commit."""
        waiter: asyncio.Future[T] = self.loop.create_future()
        self._db.submit(unit).add_done_callback(lambda done: self._land(done, waiter))
        return await waiter

    # --- in the database's threads: appending and then looking, so that a wake-up is never missed

    def _land(self, done: Future[Any], waiter: asyncio.Future[Any]) -> None:
        self._landed.append((done, waiter))
        if not self._db.groups:
            self._wake()

    def _wake(self) -> None:
        if self._landed and not self._is_called:
            self._is_called = True
            try:
                self.loop.call_soon_threadsafe(self._settle)
            except RuntimeError:
                return  # the loop has ended, and with it everybody who waited

    # --- in the loop

    def _settle(self) -> None:
        self._is_called = False
        while self._landed:
            done, waiter = self._landed.popleft()
            if waiter.cancelled():
                continue
            error = done.exception()
            if error is not None:
                waiter.set_exception(error)
            else:
                waiter.set_result(done.result())
