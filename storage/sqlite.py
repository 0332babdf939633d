"""SQLite: one writer thread owns the only writing connection and commits in groups; readers open the file read-only."""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.engine import make_url

from storage.db import GROUP_MAX, At, Database, DatabaseUnavailable, RawTx, Unit, nothing
from storage.sql import SQLITE

try:  # the wheel carries a library without the WAL-reset bug of 3.7.0-3.51.2
    from pysqlite3 import dbapi2 as driver
except ImportError:  # no wheel for this machine: the doctor says what that means
    import sqlite3 as driver

T = TypeVar("T")
READERS = 4
BUSY_MS = 15_000
_BUSY = 5
_GONE = {5, 6, 8, 10, 11, 13, 14, 26}
"""BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB: the file's trouble, not the unit's."""


def library_version() -> tuple[int, ...]:
    """The version of the SQLite library in use."""
    return tuple(int(part) for part in driver.sqlite_version.split("."))


def _is_gone(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, driver.Error) and code is not None and (code & 0xFF) in _GONE


def _is_busy(error: BaseException | None) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == _BUSY


class _Job:
    __slots__ = ("error", "fn", "future", "value")

    def __init__(self, fn: Unit[Any]) -> None:
        self.fn = fn
        self.future: Future[Any] = Future()
        self.value: Any = None
        self.error: BaseException | None = None

    def begin(self) -> bool:
        """Whether it is still wanted; from here on it cannot be cancelled, so `finish` always may answer."""
        return self.future.set_running_or_notify_cancel()

    def finish(self) -> None:
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.value)


class SqliteDatabase(Database):
    """One file. `synchronous=FULL`: what was committed survives a power cut."""

    dialect = SQLITE
    groups = True

    def __init__(self, url: str, at: At = nothing, synchronous: str = "FULL") -> None:
        super().__init__()
        path = make_url(url).database
        if not path:
            raise ValueError("SQLite needs a file")
        self.url = url
        self.path = Path(path)
        self._at = at
        self._synchronous = synchronous
        self._writer: Any = None
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._local = threading.local()
        self._open: list[Any] = []
        self._readers = ThreadPoolExecutor(READERS, "sqlite-read")
        self._thread = threading.Thread(target=self._loop, name="sqlite-write", daemon=True)
        self._thread.start()

    def submit(self, fn: Unit[T]) -> Future[T]:
        job = _Job(fn)
        self._jobs.put(job)
        return job.future

    def submit_read(self, fn: Unit[T]) -> Future[T]:
        return self._readers.submit(self._read, fn)

    def close(self) -> None:
        self._jobs.put(None)
        self._thread.join()
        self._readers.shutdown()
        for connection in self._open:
            connection.close()

    def _connect(self, mode: str) -> Any:
        connection = driver.connect(
            f"file:{self.path}?mode={mode}",
            uri=True,
            isolation_level=None,
            cached_statements=512,
            timeout=BUSY_MS / 1000,
            check_same_thread=False,
        )
        pragmas = ["foreign_keys=ON", "mmap_size=0", "secure_delete=ON", "journal_size_limit=67108864"]
        if mode == "rwc":
            pragmas = ["journal_mode=WAL", f"synchronous={self._synchronous}", *pragmas]
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _read(self, fn: Unit[T]) -> T:
        try:
            connection = getattr(self._local, "connection", None)
            if connection is None:
                connection = self._local.connection = self._connect("ro")
                self._open.append(connection)
            connection.execute("BEGIN")
        except driver.Error as error:
            self._local.connection = None
            raise DatabaseUnavailable(type(error).__name__) from error
        self.inside.unit = True
        try:
            return fn(RawTx(connection.cursor(), SQLITE))
        except driver.Error as error:
            raise (DatabaseUnavailable(type(error).__name__) if _is_gone(error) else error) from error
        finally:
            self.inside.unit = False
            if connection.in_transaction:  # an I/O error may have ended it already
                connection.execute("ROLLBACK")

    def _loop(self) -> None:
        self.inside.unit = True
        while (job := self._jobs.get()) is not None:
            jobs = [job] if job.begin() else []
            last = False
            while len(jobs) < GROUP_MAX and not self._jobs.empty():
                following = self._jobs.get()
                if following is None:
                    last = True
                    break
                if following.begin():
                    jobs.append(following)
            if jobs and not self._together(jobs):
                self._one_by_one(jobs)
            for finished in jobs:
                finished.finish()
            for wake in self.after_group:
                wake()
            if last:
                break
        if self._writer is not None:
            self._writer.close()

    def _together(self, jobs: list[_Job]) -> bool:
        """All units in one commit; False when the transaction was lost and each must be run alone."""
        try:
            if self._writer is None:
                self._writer = self._connect("rwc")
            self._writer.execute("BEGIN IMMEDIATE")
            if not self._units(jobs, apart=False):
                self._rollback()
                return False
            self._at("db.before_commit")
            self._writer.execute("COMMIT")
        except driver.Error:
            self._rollback()
            return False
        self._at("db.after_commit")
        return True

    def _units(self, jobs: list[_Job], *, apart: bool) -> bool:
        """Run them in the open transaction; False when it was lost. A unit that raises leaves nothing.

        Few units raise and a savepoint costs each of them, so the group begins without; when one raises, the others start
        again, now with a savepoint each.
        """
        connection = self._writer
        for job in jobs:
            job.value = job.error = None
            if apart:
                connection.execute("SAVEPOINT unit")
            try:
                job.value = job.fn(RawTx(connection.cursor(), SQLITE))
            except BaseException as error:  # noqa: BLE001 - whatever a unit raises belongs to its caller
                if _is_gone(error) or not connection.in_transaction:
                    return False
                job.error = error
                if not apart:
                    connection.execute("ROLLBACK")
                    connection.execute("BEGIN IMMEDIATE")
                    return self._units([other for other in jobs if other is not job], apart=True)
                connection.execute("ROLLBACK TO unit")
            if not connection.in_transaction:
                return False  # the library rolled everything back by itself: disk full, I/O error
            if apart:
                connection.execute("RELEASE unit")
        return True

    def _one_by_one(self, jobs: list[_Job]) -> None:
        """Each in its own commit; once the file proved to be held by somebody else, the others do not wait as long again."""
        busy: BaseException | None = None
        for job in jobs:
            if busy is None:
                self._alone(job)
            else:
                job.error = busy
            if job.error is not None and _is_busy(job.error.__cause__):
                busy = job.error

    def _alone(self, job: _Job) -> None:
        try:
            if self._writer is None:
                self._writer = self._connect("rwc")
            self._writer.execute("BEGIN IMMEDIATE")
            job.value, job.error = job.fn(RawTx(self._writer.cursor(), SQLITE)), None
            self._writer.execute("COMMIT")
        except BaseException as error:  # noqa: BLE001 - whatever a unit raises belongs to its caller
            self._rollback()
            job.error = error
            if _is_gone(error):
                job.error = DatabaseUnavailable(type(error).__name__)
                job.error.__cause__ = error

    def _rollback(self) -> None:
        connection, broken = self._writer, False
        try:
            if connection is not None and connection.in_transaction:
                connection.execute("ROLLBACK")
        except driver.Error:
            broken = True
        if broken:
            connection.close()
            self._writer = None  # opened anew by the next group, so a healed disk heals the bot
