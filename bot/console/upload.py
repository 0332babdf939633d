"""A form of the console that carries one file: its fields as always, the file beside them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.web.security import FORM_MAX_BYTES, NUL, Refused, form

WAIT_S = 30.0
CHUNK = 64 * 1024
DRAIN = 4
"""So many times the limit is read and thrown away, so that the answer is a sentence and not a broken connection."""


@dataclass(frozen=True, slots=True)
class File:
    """What was sent as a file; `body` is empty when there was none or it was too big."""

    body: bytes = b""
    is_too_big: bool = False


FILE = web.RequestKey("file", File)
"""Of a route with `file_max`, after its word was right: `request[FILE]`."""


async def fields(request: web.Request, fields_max: int, file_max: int) -> dict[str, str]:
    """The fields of a posted form, and its file under `request[FILE]`; a form without a file is an ordinary one.

    All fields together may be as long as the file: a page may carry it once more, for the form that agrees to it.
    """
    request[FILE] = File()
    if request.content_type != "multipart/form-data":
        return await form(request, fields_max)
    if (request.content_length or 0) > DRAIN * (file_max + FORM_MAX_BYTES):
        raise Refused("page-too-long", 413)
    found: dict[str, str] = {}
    try:
        async with asyncio.timeout(WAIT_S):
            reader = await request.multipart()
            room = max(file_max, FORM_MAX_BYTES)
            for _ in range(fields_max):
                part = await reader.next()
                if part is None:
                    return found
                if not isinstance(part, BodyPartReader):
                    raise Refused("page-wrong", 400)
                if part.filename is None:
                    told = await _read(part, room)
                    if told.is_too_big:
                        raise Refused("page-too-long", 413)
                    room -= len(told.body)
                    found.setdefault(part.name or "", told.body.decode("utf-8", "replace").replace(NUL, ""))
                else:
                    request[FILE] = await _read(part, file_max)
    except (
        TimeoutError,
        ValueError,
        AssertionError,
        ConnectionError,
        HttpProcessingError,
        web.RequestPayloadError,
    ) as error:
        raise Refused("page-wrong", 400) from error
    raise Refused("page-wrong", 400)


async def _read(part: BodyPartReader, limit: int) -> File:
    body, read = bytearray(), 0
    while chunk := await part.read_chunk(CHUNK):
        read += len(chunk)
        if read > DRAIN * limit:
            raise Refused("page-too-long", 413)
        if read <= limit:
            body += chunk
    return File(is_too_big=True) if read > limit else File(bytes(body))
