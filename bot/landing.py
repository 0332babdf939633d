"""Takes units to the database and back: one round of the loop leaves together, and one commit wakes the loop once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from storage.db import Database, Job, Unit

Ended = Callable[[Any, BaseException | None], None]
"""Called in the loop with the unit's value, or with why it has none."""


class Landing:
    """The way of the writing units of one loop; made inside it.

    Units that left one by one would wake the writer at the first, and the two threads would then take turns at the
    interpreter's lock all the way.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self.loop = asyncio.get_running_loop()
        self._leaving: list[Job] = []

    def write(self, unit: Unit[Any], ended: Ended) -> None:
        """Have `unit` run; `ended` is called after its commit."""
        if not self._leaving:
            self.loop.call_soon(self._leave)
        self._leaving.append(Job(unit, ended))

    def _leave(self) -> None:
        jobs, self._leaving = self._leaving, []
        self._db.submit_all(jobs, self._land)

    def _land(self, jobs: Sequence[Job]) -> None:
        """In a thread of the database."""
        try:
            self.loop.call_soon_threadsafe(self._settle, jobs)
        except RuntimeError:
            return  # the loop has ended, and with it everybody who waited

    def _settle(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            try:
                if job.ended is not None:
                    job.ended(job.value, job.error)
            except Exception as error:  # noqa: BLE001 - the others of the group must hear of their end
                self.loop.call_exception_handler({"message": "a unit's end", "exception": error})
