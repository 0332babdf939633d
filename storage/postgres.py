"""PostgreSQL: psycopg in a thread pool of its own, READ COMMITTED, one connection a thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import psycopg
from psycopg import errors
from sqlalchemy.engine import make_url

from storage.db import At, Database, DatabaseUnavailable, Job, Landed, RawTx, Unit, nothing
from storage.sql import POSTGRESQL

T = TypeVar("T")
THREADS = 6
TRIES_MAX = 4
PAUSE_S = 0.02
"""Before running a unit again: whoever waited for our locks must get them first, or we meet in the same deadlock."""
_AGAIN = (errors.DeadlockDetected, errors.SerializationFailure, errors.LockNotAvailable)
_SESSION = (
    "SET lock_timeout = '3s'; SET statement_timeout = '10s';"
    " SET idle_in_transaction_session_timeout = '15s'; SET timezone = 'UTC'"
)


class PostgresDatabase(Database):
    """A server, shared by any number of processes."""

    dialect = POSTGRESQL

    def __init__(self, url: str, at: At = nothing) -> None:
        super().__init__()
        self.url = url
        parsed = make_url(url).set(drivername="postgresql")
        self._dsn = parsed.render_as_string(hide_password=False)
        self._at = at
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[psycopg.Connection[Any]] = []
        self._pool = ThreadPoolExecutor(THREADS, "postgres")

    def submit(self, fn: Unit[T], *, later: bool = False) -> Future[T]:  # noqa: ARG002 - nobody waits behind another here
        return self._pool.submit(self._run, fn, True)

    def submit_all(self, jobs: Sequence[Job], landed: Landed) -> None:
        for job in jobs:
            self._pool.submit(self._job, job, landed)

    def _job(self, job: Job, landed: Landed) -> None:
        try:
            job.value = self._run(job.fn, True)
        except BaseException as error:  # noqa: BLE001 - whatever a unit raises belongs to its caller
            job.error = error
        landed((job,))

    def submit_read(self, fn: Unit[T]) -> Future[T]:
        return self._pool.submit(self._run, fn, False)

    def close(self) -> None:
        self._pool.shutdown()
        for connection in self._open:
            connection.close()

    def _connection(self) -> psycopg.Connection[Any]:
        connection: psycopg.Connection[Any] | None = getattr(self._local, "connection", None)
        if connection is None or connection.closed:
            connection = psycopg.connect(self._dsn, autocommit=True, connect_timeout=5)
            connection.execute(_SESSION)
            self._local.connection = connection
            with self._lock:
                self._open = [kept for kept in self._open if not kept.closed] + [connection]
        return connection

    def _run(self, fn: Unit[T], writing: bool) -> T:
        """Run until committed; after a commit whose answer was lost the unit's own keys make running it again safe."""
        for attempt in range(1, TRIES_MAX + 1):
            try:
                return self._once(fn, writing)
            except _AGAIN:
                if attempt == TRIES_MAX:
                    raise DatabaseUnavailable("contention") from None
                time.sleep(PAUSE_S * attempt)
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                self._forget()
                if attempt == TRIES_MAX:
                    raise DatabaseUnavailable(type(error).__name__) from error
        raise AssertionError("unreachable")

    def _once(self, fn: Unit[T], writing: bool) -> T:
        connection = self._connection()
        connection.execute("BEGIN" if writing else "BEGIN READ ONLY")
        self.inside.unit = True
        try:
            value = fn(RawTx(connection.cursor(), POSTGRESQL))
            if writing:
                self._at("db.before_commit")
            connection.execute("COMMIT")
        except BaseException:
            if not connection.closed:
                connection.rollback()
            raise
        finally:
            self.inside.unit = False
        if writing:
            self._at("db.after_commit")
        return value

    def _forget(self) -> None:
        connection = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            connection.close()
