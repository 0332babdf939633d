"""A door for the operator of this machine: what a command must change while `run` holds the database.

A socket beside the database, for this user only. One line of JSON in, one out.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path

import structlog

Words = Mapping[str, str]
LINE_MAX = 4096
WAIT_S = 10.0
PATH_MAX = 100
"""A socket's path has about that much room in the system's own structure."""


class NotThere(Exception):
    """Nothing answers at this door."""


def door_of(database: Path) -> Path:
    """Where the door of a database file is."""
    return database.with_name(f"{database.name}.sock")


class LocalDoor:
    """The running process's side."""

    def __init__(self, path: Path, obey: Callable[[Words], Awaitable[Words]]) -> None:
        self._path = path
        self._obey = obey
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Listen; who comes here holds the instance lock, so an old file is nobody's."""
        if len(os.fsencode(self._path)) > PATH_MAX:
            structlog.get_logger().warning("local_door_off", reason="path_too_long")
            return
        self._path.unlink(missing_ok=True)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)  # it is for this user from its first moment
        try:
            listening.bind(os.fspath(self._path))
        finally:
            os.umask(before)
        self._server = await asyncio.start_unix_server(self._talk, sock=listening, limit=LINE_MAX)

    async def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            self._path.unlink(missing_ok=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(WAIT_S):
                order = _words(await reader.readline())
                answer = await self._obey(order) if order else {"problem": "unknown"}
                writer.write(json.dumps(dict(answer)).encode() + b"\n")
                await writer.drain()
        except (TimeoutError, OSError, ValueError):
            pass  # whoever asked sees that no answer came
        except Exception:  # noqa: BLE001 - a broken order must not end the door
            structlog.get_logger().error("local_door_failed", exc_info=True)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


def ask(path: Path, order: Words) -> dict[str, str]:
    """The command's side: tell the running process, and wait for its answer."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(WAIT_S)
            line.connect(os.fspath(path))
            line.sendall(json.dumps(dict(order)).encode() + b"\n")
            with line.makefile("rb") as told:
                answer = _words(told.readline(LINE_MAX))
    except (OSError, ValueError) as error:
        raise NotThere from error
    if not answer:
        raise NotThere
    return answer


def _words(line: bytes) -> dict[str, str]:
    """A flat object of words, or nothing."""
    told = json.loads(line) if line.strip() else {}
    if not isinstance(told, dict):
        return {}
    return {name: value for name, value in told.items() if isinstance(value, str)}
