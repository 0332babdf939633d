"""A form of the console that brings a file: read within limits, its bytes kept in memory for one request."""

from __future__ import annotations

import asyncio

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.web.security import FORM_MAX_BYTES, NUL, Refused

WAIT_S = 60.0
CHUNK = 64 * 1024
FILE = web.RequestKey("file", bytes)
"""What the file of the form holds: `request[FILE]`, when one was chosen."""


async def with_file(request: web.Request, fields_max: int, file_max: int) -> dict[str, str]:
    """The fields of a posted form, however broken it came; a field may be as long as the file."""
    if (request.content_length or 0) > 2 * file_max + FORM_MAX_BYTES:
        raise Refused("page-too-long", 413)
    fields: dict[str, str] = {}
    try:
        async with asyncio.timeout(WAIT_S):
            reader = await request.multipart()
            room = 2 * file_max + FORM_MAX_BYTES
            for _ in range(fields_max):
                part = await reader.next()
                if part is None:
                    return fields
                if not isinstance(part, BodyPartReader):
                    raise Refused("page-wrong", 400)
                body = await _body(part, min(file_max, room))
                room -= len(body)
                if part.filename is not None:
                    if body:
                        request[FILE] = body
                else:
                    text = body.decode("utf-8", "replace").replace(NUL, "")
                    fields.setdefault(part.name or "", text)
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


async def _body(part: BodyPartReader, most: int) -> bytes:
    raw = bytearray()
    while chunk := await part.read_chunk(CHUNK):
        raw += chunk
        if len(raw) > most:
            raise Refused("page-too-long", 413)
    return bytes(raw)
