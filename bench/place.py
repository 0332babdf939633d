"""Where a bench works and what it ran on: a folder on a real disk, the commit, the file system and the load."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = Path(__file__).resolve().parent / ".work"
_IN_MEMORY = frozenset({"tmpfs", "ramfs", "devtmpfs"})


class InMemory(Exception):
    """The work folder is kept in memory: a commit there costs nothing and every figure would be a lie."""


def file_system(folder: Path) -> str:
    """The type of the file system a folder is on."""
    folder = folder.resolve()
    found, length = "unknown", -1
    for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines():
        _, mount, kind, *_ = line.split()
        if folder.is_relative_to(mount) and len(mount) > length:
            found, length = kind, len(mount)
    return found


def work_folder() -> Path:
    """The bench's own folder beside the code, empty at first; refuses a file system in memory."""
    WORK.mkdir(exist_ok=True)
    if file_system(WORK) in _IN_MEMORY:
        raise InMemory(f"{WORK.name} is on {file_system(WORK)}; benches need a disk")
    (WORK / ".gitignore").write_text("*\n", encoding="utf-8")
    return WORK


@contextmanager
def scratch(name: str) -> Iterator[Path]:
    """An empty folder for one measurement, gone afterwards."""
    folder = work_folder() / f"{name}-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def commit() -> str:
    """The commit of the code, with a mark when files differ from it; `none` outside a repository."""
    head = _git("rev-parse", "--short=12", "HEAD")
    if not head:
        return "none"
    return f"{head}+changes" if _git("status", "--porcelain", "--", ".", ":!bench/*.json") else head


def _git(*args: str) -> str:
    done = subprocess.run(["git", *args], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def load() -> list[float]:
    """The load averages of the last 1, 5 and 15 minutes."""
    return [round(value, 2) for value in os.getloadavg()]


def remove(database: Path) -> None:
    """A file with its log: a log that outlives its file would be read into the next one."""
    for each in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))):
        each.unlink(missing_ok=True)
