"""SQLite: one writer thread owns the only writing connection and commits in groups; readers open the file read-only."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy.engine import make_url

from storage.db import GROUP_MAX, At, Database, DatabaseUnavailable, Job, Landed, RawTx, Unit, nothing
from storage.sql import SQLITE

try:  # the wheel carries a library without the WAL-reset bug of 3.7.0-3.51.2
    from pysqlite3 import dbapi2 as driver
except ImportError:  # no wheel for this machine: the doctor says what that means
    import sqlite3 as driver

T = TypeVar("T")
Error: type[Exception] = driver.Error
"""What the driver raises."""
READERS = 4
BUSY_MS = 15_000
CHECKPOINT_PAGES = 400
"""A turn waits for a checkpoint to its end: more and shorter ones cost no more together."""
COMPACT_BYTES = 64 * 1024 * 1024
"""A file up to this size is rewritten after an erasure at once, in some tenths of a second; a larger one at night."""
_SIZE = ("page_count", "page_size")
_BUSY = 5
_GONE = {5, 6, 8, 10, 11, 13, 14, 26}
"""BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB: the file's trouble, not the unit's."""


def library_version() -> tuple[int, ...]:
    """The version of the SQLite library in use."""
    return tuple(int(part) for part in driver.sqlite_version.split("."))


def reader(path: Path) -> Any:
    """A connection of the driver's own that can only read the file."""
    return driver.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None, timeout=BUSY_MS / 1000)


def to_rest(path: Path) -> None:
    """Bring everything into the one file, so that it can be moved: no log is left beside it. Nobody else may have it open."""
    connection = driver.connect(path, isolation_level=None, timeout=BUSY_MS / 1000)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()


def _is_gone(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, driver.Error) and code is not None and (code & 0xFF) in _GONE


def _is_busy(error: BaseException | None) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == _BUSY


class _Queued:
    """A job in the writer's queue; its end is told to `landed`, or to a future."""

    __slots__ = ("future", "job", "landed")

    def __init__(self, job: Job, landed: Landed | None = None) -> None:
        self.job = job
        self.landed = landed
        self.future: Future[Any] | None = Future() if landed is None else None

    def begin(self) -> bool:
        """Whether it is still wanted; from here on it cannot be cancelled, so its future always may be answered."""
        return self.future is None or self.future.set_running_or_notify_cancel()


def _tell(group: list[_Queued]) -> None:
    """Tell everybody of the end of these."""
    together: dict[Landed, list[Job]] = {}
    for queued in group:
        job = queued.job
        if queued.landed is not None:
            together.setdefault(queued.landed, []).append(job)
        elif queued.future is not None and job.error is not None:
            queued.future.set_exception(job.error)
        elif queued.future is not None:
            queued.future.set_result(job.value)
    for landed, jobs in together.items():
        landed(jobs)


class SqliteDatabase(Database):
    """One file. `synchronous=FULL`: what was committed survives a power cut."""

    dialect = SQLITE

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
        self._jobs: queue.SimpleQueue[_Queued | None] = queue.SimpleQueue()
        self._later: deque[_Queued] = deque()
        """Pieces of long work that let others pass; the writer's alone."""
        self._settling: deque[tuple[Future[bool], bool]] = deque()
        self._local = threading.local()
        self._open: list[Any] = []
        self._readers = ThreadPoolExecutor(READERS, "sqlite-read")
        self._thread = threading.Thread(target=self._loop, name="sqlite-write", daemon=True)
        self._thread.start()

    def submit(self, fn: Unit[T], *, later: bool = False) -> Future[T]:
        queued = _Queued(Job(fn, later=later))
        self._jobs.put(queued)
        return cast("Future[T]", queued.future)

    def submit_all(self, jobs: Sequence[Job], landed: Landed) -> None:
        for job in jobs:
            self._jobs.put(_Queued(job, landed))

    def submit_read(self, fn: Unit[T]) -> Future[T]:
        return self._readers.submit(self._read, fn)

    def settle(self, *, whole: bool = False) -> Future[bool]:
        """Rewrite the file without what was deleted and empty the log beside it, when nobody waits for the writer.

        `secure_delete` blanks what is deleted, but a page that was split keeps copies of what moved away in its unused
        part: only a rewritten file has none. It is done on the writer's own thread: a checkpoint from a second connection
        once corrupted files. False while a reader is in the way, or while a large file waits for its `whole` rewriting.
        """
        done: Future[bool] = Future()
        self._settling.append((done, whole))
        self.submit(lambda _tx: None)  # wakes the writer
        return done

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
            writing = ["journal_mode=WAL", f"synchronous={self._synchronous}"]
            pragmas = [*writing, f"wal_autocheckpoint={CHECKPOINT_PAGES}", *pragmas]
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
        last = False
        while not last or self._later:
            group, last = self._next(last)
            jobs = [queued.job for queued in group]
            if jobs and not self._together(jobs):
                self._one_by_one(jobs)
            _tell(group)
            if self._settling and self._jobs.empty():
                self._settle()
        while self._settling:
            self._settling.popleft()[0].cancel()
        if self._writer is not None:
            self._writer.close()

    def _next(self, last: bool) -> tuple[list[_Queued], bool]:
        """Who is written together now, and whether nobody comes any more. Who comes later is written alone, when nobody waits."""
        group: list[_Queued] = []
        while not last and len(group) < GROUP_MAX and not (self._jobs.empty() and (group or self._later)):
            queued = self._jobs.get()
            if queued is None:
                last = True
            elif queued.job.later:
                self._later.append(queued)
            elif queued.begin():
                group.append(queued)
        if not group and self._later and (piece := self._later.popleft()).begin():
            group = [piece]
        return group, last

    def _settle(self) -> None:
        asked = [self._settling.popleft() for _ in range(len(self._settling))]
        clean = False
        try:
            if self._writer is None:
                self._writer = self._connect("rwc")
            pages, size = (self._writer.execute(f"PRAGMA {name}").fetchone()[0] for name in _SIZE)
            small = pages * size <= COMPACT_BYTES
            rewritten = small or any(whole for _, whole in asked)
            if rewritten:
                self._writer.execute(f"PRAGMA temp_store={'MEMORY' if small else 'FILE'}")
                self._writer.execute("VACUUM")
            # Members wait behind this: a reader in the way is not waited for, the next call finds it gone.
            self._writer.execute("PRAGMA busy_timeout=0")
            clean = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0 and rewritten
        except driver.Error:
            self._rollback()
        finally:
            if self._writer is not None:
                self._writer.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        for done, _ in asked:
            if done.set_running_or_notify_cancel():
                done.set_result(clean)

    def _together(self, jobs: list[Job]) -> bool:
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

    def _units(self, jobs: list[Job], *, apart: bool) -> bool:
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

    def _one_by_one(self, jobs: list[Job]) -> None:
        """Each in its own commit; once the file proved to be held by somebody else, the others do not wait as long again."""
        busy: BaseException | None = None
        for job in jobs:
            if busy is None:
                self._alone(job)
            else:
                job.error = busy
            if job.error is not None and _is_busy(job.error.__cause__):
                busy = job.error

    def _alone(self, job: Job) -> None:
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
