"""A picture, a voice or a file that she sends from the chat page; with our script and without it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot import files
from bot.channels import web as channel
from bot.files import Folder, NoSpace
from bot.web import chat
from bot.web.limits import LIMITS
from bot.web.parts import PARTS
from bot.web.render import notice, preferred, wants_json
from bot.web.security import FIELDS_MAX, FORM_MAX_BYTES, Refused, check_csrf, check_origin
from storage import media

WAIT_S = 240.0
"""For one upload, all in all: ten megabytes over a slow connection."""
CHUNK = 64 * 1024
DRAIN = 4
"""So many times the limit is read and thrown away, so that she is told in words and not by a broken connection."""
SENTENCES = {"wrong_type": ("media-wrong-kind", 415), "empty": ("media-empty", 422)}


@dataclass
class Post:
    """What the form held."""

    fields: dict[str, str] = field(default_factory=dict)
    name: str = ""
    body: bytearray = field(default_factory=bytearray)
    is_too_big: bool = False


class _Problem(Exception):
    """What she posted is hers, but the file is not taken."""

    def __init__(self, key: str, status: int) -> None:
        super().__init__(key)
        self.key = key
        self.status = status


async def post(request: web.Request) -> web.Response:
    """What she sent; when it is not taken, the same page says why and holds what she had typed."""
    parts, limits = request.app[PARTS], request.app[LIMITS]
    check_origin(request)
    token = chat.token_of(request)
    chat.allow(limits.address_posts, chat.visitor_of(request), parts.clock())
    if not token:
        raise Refused("page-cookie", 403)
    chat.allow(limits.posts, channel.address(token), parts.clock())
    if await chat.view_of(parts, token) is None:
        return chat.gone(request)
    async with _room(request, token):
        posted = await received(request, token, parts.settings.media_max)
        try:
            await _store_and_take(request, token, posted)
        except _Problem as problem:
            return await _shown_again(request, token, posted, problem)
    if wants_json(request):
        return await chat.news_of(request, token, posted.fields.get("after", ""))
    return web.Response(status=303, headers={"Location": "/#now"})


@asynccontextmanager
async def _room(request: web.Request, token: str) -> AsyncIterator[None]:
    room = request.app[LIMITS].uploads
    who = chat.visitor_of(request), channel.address(token)
    if not room.take(*who):
        raise Refused("media-full", 503)
    try:
        yield
    finally:
        room.give(*who)


async def received(request: web.Request, token: str, limit: int) -> Post:
    """The form, however broken it came; nothing of a file is kept before its sender is known."""
    if request.content_type != "multipart/form-data":
        raise Refused("page-wrong", 400)
    if (request.content_length or 0) > DRAIN * limit:
        raise Refused("media-too-big", 413)
    posted = Post()
    try:
        async with asyncio.timeout(WAIT_S):
            reader = await request.multipart()
            for _ in range(FIELDS_MAX):
                part = await reader.next()
                if part is None:
                    break
                if not isinstance(part, BodyPartReader):
                    raise Refused("page-wrong", 400)
                if part.name == "file" and part.filename is not None:
                    check_csrf(request.app[PARTS], token, posted.fields.get("csrf", ""))
                    await _file(part, posted, limit)
                else:
                    await _field(part, posted)
    except (
        TimeoutError,
        ValueError,
        AssertionError,
        ConnectionError,
        HttpProcessingError,
        web.RequestPayloadError,
    ) as error:
        raise Refused("media-not-here", 400) from error
    check_csrf(request.app[PARTS], token, posted.fields.get("csrf", ""))
    return posted


async def _field(part: BodyPartReader, posted: Post) -> None:
    raw = bytearray()
    while chunk := await part.read_chunk(CHUNK):
        raw += chunk
        if len(raw) > FORM_MAX_BYTES:
            raise Refused("page-too-long", 413)
    posted.fields.setdefault(part.name or "", raw.decode("utf-8", "replace"))


async def _file(part: BodyPartReader, posted: Post, limit: int) -> None:
    posted.name = part.filename or ""
    read = 0
    while chunk := await part.read_chunk(CHUNK):
        read += len(chunk)
        if read > DRAIN * limit:
            raise Refused("media-too-big", 413)
        posted.is_too_big = posted.is_too_big or len(posted.body) + len(chunk) > limit
        if posted.is_too_big:
            posted.body.clear()
        else:
            posted.body += chunk


async def _store_and_take(request: web.Request, token: str, posted: Post) -> None:
    """Bytes first, then the turn that speaks of them; bytes no turn took go again."""
    parts, limits = request.app[PARTS], request.app[LIMITS]
    if posted.is_too_big:
        raise _Problem("media-too-big", 413)
    try:
        content_type = files.sniffed(bytes(posted.body[:4096]))
    except files.Refused as refused:
        raise _Problem(*SENTENCES[refused.why]) from None
    now, address = parts.clock(), channel.address(token)
    if not limits.files.allows(address, now) or not limits.address_files.allows(
        chat.visitor_of(request), now
    ):
        raise _Problem("media-too-many", 429)
    uid, body, folder = files.new_uid(), bytes(posted.body), Folder(parts.settings.media_path)
    try:
        await asyncio.to_thread(folder.store, uid, body)
    except NoSpace:
        raise _Problem("media-full", 503) from None
    said: dict[str, object] = {name: posted.fields.get(name) for name in ("text", "seen", "id")}
    said["hint"] = preferred(request)
    said["file"] = {
        "uid": uid,
        "digest": hashlib.sha256(body).hexdigest(),
        "name": files.cleaned_name(posted.name),
        "size": len(body),
        "content_type": content_type,
    }
    await chat.take(parts, token, said)
    # A post that came twice ran once, and a turn may say that these were too many.
    found = await parts.read(lambda tx: media.find(tx, uid))
    if found is None or found.state != "stored":
        await asyncio.to_thread(folder.remove, uid)


async def _shown_again(request: web.Request, token: str, posted: Post, problem: _Problem) -> web.Response:
    if wants_json(request):
        return notice(request, problem.key, problem.status)
    view = await chat.view_of(request.app[PARTS], token)
    if view is None:
        return chat.gone(request)
    typed = channel.cleaned(posted.fields.get("text", ""))
    return chat.shown(request, token, view, status=problem.status, problem=problem.key, typed=typed)
