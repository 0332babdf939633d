"""The voice of a text: whoever looks after a language records it, listens, replaces it and takes it away."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot import sounds
from bot.console.access import Me
from bot.console.pages import FORM, Problem, see_other
from bot.console.upload import FILE
from bot.console.wording_text import key_of, text
from bot.console.wordings import TEXTS, asked
from bot.files import Refused
from bot.web.parts import PARTS
from bot.web.voice import sound
from bot.wordings import reload
from flows import recording
from flows.screen import Arg
from storage import audit, voices
from storage.sql import Tx

FILE_MAX = sounds.BYTES_MAX
LIMITS: dict[str, Arg] = {"kb": sounds.BYTES_MAX // 1000, "seconds": sounds.SECONDS_MAX}
_SENTENCES = {
    "empty": "recording-empty",
    "too_big": "recording-too-big",
    "too_long": "recording-too-many-seconds",
    "broken": "recording-broken",
}


async def listen(request: web.Request, me: Me) -> web.Response:
    """The recording, also one that members do not hear any more."""
    parts, tag = request.app[PARTS], asked(request, me)
    key = key_of(request, tag)

    def unit(tx: Tx) -> tuple[str, bytes] | None:
        kept = voices.of(tx, tag).get(key)
        return None if kept is None else voices.body(tx, kept.id)

    found = await parts.read(unit)
    if found is None:
        raise web.HTTPNotFound
    return sound(request, *found)


async def save(request: web.Request, me: Me) -> web.Response:
    """A new recording in place of the one she saw, of exactly the text she saw."""
    parts, tag, now = request.app[PARTS], asked(request, me), request.app[PARTS].clock()
    key, form, file = key_of(request, tag), request[FORM], request[FILE]
    here = recording.of(parts.texts, tag, key, None)
    if here.why_not is not None:
        return await text(request, me, Problem(here.why_not))
    if form.get("digest") != here.digest:
        return await text(request, me, Problem("recording-text-changed"))
    try:
        if file.is_too_big:
            raise Refused("too_big")
        taken = await asyncio.to_thread(sounds.taken, file.body)
    except Refused as refused:
        sentence = _SENTENCES.get(refused.why, "recording-wrong-type")
        return await text(request, me, Problem(sentence, **LIMITS))
    new = voices.New(tag, key, here.digest, taken.content_type, taken.seconds, taken.body)
    after = _number(form.get("after", ""))

    def unit(tx: Tx) -> bool:
        if not voices.put(tx, new, after, me.staff_id, now):
            return False
        details = {"language": tag, "text": key, "bytes": len(new.body)}
        audit.record(tx, now, me.uid, "text.voice", None, details)
        return True

    if not await parts.write(unit):
        return await text(request, me, Problem("recording-meanwhile"))
    await reload(parts)
    return see_other(f"{TEXTS}/{tag}/keys/{key}")


async def remove(request: web.Request, me: Me) -> web.Response:
    """Nobody hears it any more, and its bytes are gone."""
    parts, tag, now = request.app[PARTS], asked(request, me), request.app[PARTS].clock()
    key, after = key_of(request, tag), _number(request[FORM].get("after", ""))

    def unit(tx: Tx) -> bool:
        if not voices.remove(tx, after, tag, key, now):
            return False
        audit.record(tx, now, me.uid, "text.voice_remove", None, {"language": tag, "text": key})
        return True

    if not await parts.write(unit):
        return await text(request, me, Problem("recording-meanwhile"))
    await reload(parts)
    return see_other(f"{TEXTS}/{tag}/keys/{key}")


def _number(told: str) -> int:
    """The recording a form follows; -1 for what is none."""
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else -1
