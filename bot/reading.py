"""Reading a file of the directory, in a process of its own unless it is small: a turn must not wait for somebody's spreadsheet.

One file at a time: two of the largest would not fit beside the bot into a small server.
`python -m bot.reading DAY`: the file on standard input, lines of JSON on standard output.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from bot import spreadsheets
from bot.spreadsheets import Unreadable
from flows import hsds_in, workbook
from flows.workbook import Read, WrongShape
from storage.imports import packed

AT_ONCE = 20
"""Records in one line."""
SMALL = 64 * 1024
"""Tables up to here are read by a thread: a process of its own takes longer to start. A workbook never is."""
SMALL_UNPACKED = 512 * 1024
HOUSE = Path(__file__).resolve().parent.parent
WAIT_S = 120.0
MEMORY_MAX = 512 * 1024**2
"""Half of what the service may have (deploy/tocka.service)."""
WRONG_MAX = 500
NOTES_MAX = 100
LINE_MAX = 16 * 1024 * 1024
Said = dict[str, Any]
_one = threading.Lock()


def lines(body: bytes, today: date) -> Iterator[Said]:
    """What a file says, in pieces: records, at the end what was wrong; or why the whole of it is refused."""
    try:
        tables = spreadsheets.unpacked(body)
        is_hsds = hsds_in.is_hsds(tables)
        found = hsds_in.read(tables, today) if is_hsds else workbook.read(tables, today)
    except (Unreadable, WrongShape) as refused:
        yield {"refused": [refused.reason, refused.place]}
        return
    except MemoryError:
        yield {"refused": ["bomb", ""]}
        return
    kind = "hsds" if is_hsds else "book"
    for name, records in (("organisation", found.organisations), ("service", found.services)):
        for at in range(0, len(records), AT_ONCE):
            yield {name: [[row, packed(facts)] for row, facts in records[at : at + AT_ONCE]]}
    yield {"end": _end(found, kind)}


def _end(found: Read, kind: str) -> Said:
    wrong = [[one.sheet, one.row, one.column, one.reason] for one in found.wrong[:WRONG_MAX]]
    return {"wrong": wrong, "refused": found.refused, "notes": found.notes[:NOTES_MAX], "kind": kind}


async def read(body: bytes, today: date) -> AsyncGenerator[Said, None]:
    """The same without holding the event loop; refused while another file is read. Close it when you stop before its end."""
    if not _one.acquire(blocking=False):
        yield {"refused": ["busy", ""]}
        return
    try:
        async with aclosing(_read(body, today)) as pieces:
            async for said in pieces:
                yield said
    finally:
        _one.release()


async def _read(body: bytes, today: date) -> AsyncGenerator[Said, None]:
    if len(body) <= SMALL and spreadsheets.is_light(body, SMALL_UNPACKED):
        for said in await asyncio.to_thread(lambda: list(lines(body, today))):
            yield said
        return
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.reading",
        today.isoformat(),
        cwd=HOUSE,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LINE_MAX,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(WAIT_S):
            with suppress(ConnectionError):
                process.stdin.write(body)
                await process.stdin.drain()
                process.stdin.close()
            ended = False
            while line := await process.stdout.readline():
                told: Said = orjson.loads(line)
                ended = "end" in told or "refused" in told
                yield told
            if not ended:
                yield {"refused": ["broken", ""]}
    except TimeoutError:
        yield {"refused": ["broken", ""]}
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        await process.wait()


def _main(today: str) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    with suppress(AttributeError, OSError):  # a service manager may forbid it
        os.nice(10)  # turns come first
    for said in lines(sys.stdin.buffer.read(), date.fromisoformat(today)):
        sys.stdout.buffer.write(orjson.dumps(said) + b"\n")


if __name__ == "__main__":
    _main(sys.argv[1])
