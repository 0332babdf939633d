"""One text of a language: as on the phone, corrected, signed, put back; and what waits for a second person."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from aiohttp import web

from bot.console.access import Me
from bot.console.pages import FORM, Problem, language_name, language_of, page, see_other
from bot.console.wordings import (
    HISTORY_MAX,
    TEXTS,
    Shown,
    asked,
    bubble,
    lines_of,
    may_change,
    noun_name,
    seconds,
    shown,
)
from bot.sounds import BYTES_MAX, SECONDS_MAX
from bot.web.parts import PARTS, Parts
from bot.web.security import HEADERS
from bot.wordings import reload
from flows import recording
from flows import wording as rules
from flows.patterns import parse, source_of
from flows.screen import Arg
from flows.texts import is_gate
from flows.wording_rules import Fault, faults, limit
from storage import audit, proposals, voices, wordings
from storage.proposals import Proposal
from storage.sql import Tx
from storage.voices import Kept
from storage.wordings import Wording

LISTENS = {
    # The microphone on this page alone; what she just recorded is played from the page's own memory.
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace(
        "media-src 'self'", "media-src 'self' blob:"
    ),
}


def key_of(request: web.Request, tag: str) -> str:
    """The text of the path."""
    key = request.match_info["key"]
    if key not in rules.keys(tag):
        raise web.HTTPNotFound
    return key


async def text(
    request: web.Request, me: Me, problem: Problem | None = None, wrong: list[Fault] | None = None
) -> web.Response:
    """One text beside the Slovenian one, the form to correct it, and what it was before."""
    parts, tag = request.app[PARTS], asked(request, me)
    key = key_of(request, tag)
    found = {line.key: line for line in await lines_of(parts, tag)}
    beside = (
        found if tag == rules.REFERENCE else {one.key: one for one in await lines_of(parts, rules.REFERENCE)}
    )

    def read(tx: Tx) -> tuple[list[Wording], Proposal | None, list[str], Kept | None]:
        waits = next((one for one in proposals.waiting(tx, tag) if one.key == key), None)
        others = seconds(tx, waits) if waits else []
        return wordings.history(tx, tag, key, HISTORY_MAX), waits, others, voices.of(tx, tag).get(key)

    before, waits, others, spoken = await parts.read(read)

    def made() -> tuple[list[Shown], list[Shown], int, bool]:
        cards = rules.cards(parts.texts, found[key].noun)
        card = next(one for one in cards if key == one.message or key in one.buttons)
        sides = (shown(parts, side, of, card) for side, of in ((tag, found), (rules.REFERENCE, beside)))
        hers, reference = sides
        return hers, reference, limit(parts.texts, key), rules.is_label(parts.texts, key)

    def proposed(source: str | None) -> list[Shown]:
        known, at = rules.example(parts.office.main), parts.clock()
        said = rules.samples(parts.texts, tag, key, known, at, source) if source is not None else []
        return [Shown(replace(found[key], source=source), tuple(said), rules.is_label(parts.texts, key))]

    hers, reference, most, is_label = await asyncio.to_thread(made)
    sides = [
        await asyncio.to_thread(proposed, one) for one in (found[key].source, waits.source if waits else None)
    ]
    answer = page(
        request,
        me,
        "wording.html",
        problem=problem,
        noun_name=noun_name(request, me),
        typed=request.get(FORM),
        wrong=[sentence(parts, language_of(request, me), fault) for fault in wrong or ()],
        tag=tag,
        name=language_name(tag, language_of(request, me)),
        bubble=bubble,
        line=found[key],
        hers=hers,
        reference=reference,
        most=most,
        is_label=is_label,
        before=before,
        variables=rules.variables(key),
        may_sign=tag in me.languages,
        may_change=may_change(me, key),
        needs_two=is_gate(key),
        waits=waits,
        seconds=others,
        old=sides[0],
        new=sides[1],
        voice=recording.of(parts.texts, tag, key, spoken),
        voice_kb=BYTES_MAX // 1000,
        voice_seconds=SECONDS_MAX,
    )
    answer.headers.update(LISTENS)
    return answer


def sentence(parts: Parts, language: str, fault: Fault) -> str:
    """A fault in words, with its place."""
    told = parts.texts.text(language, f"wording-problem-{fault.name}", dict(fault.args))
    if fault.line is None:
        return told
    args: dict[str, Arg] = {"line": fault.line, "told": told}
    return parts.texts.text(language, "wording-in-line", args)


def version_of(request: web.Request) -> int:
    """The version a form was opened with; -1 for none there can be."""
    told = request[FORM].get("version", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 8 else -1


async def _propose(request: web.Request, me: Me, tag: str, key: str, source: str) -> bool:
    """Let it wait for a second person; what members read stays."""
    parts, now, after = request.app[PARTS], request.app[PARTS].clock(), version_of(request)

    def unit(tx: Tx) -> bool:
        own = wordings.current(tx, tag).get(key)
        if (own.version if own else 0) != after or not proposals.add(
            tx, tag, key, source, rules.digest(source), me.staff_id, now
        ):
            return False
        audit.record(tx, now, me.uid, "text.propose", None, {"language": tag, "text": key})
        return True

    return await parts.write(unit)


async def _change(request: web.Request, me: Me, tag: str, key: str, source: str | None, act: str) -> bool:
    """Write the next version, if nobody did since this page was opened."""
    parts, now, after = request.app[PARTS], request.app[PARTS].clock(), version_of(request)

    def unit(tx: Tx) -> bool:
        own = wordings.current(tx, tag).get(key)
        if (own.version if own else 0) != after or not wordings.put(
            tx, tag, [(key, source, after)], me.staff_id, now
        ):
            return False
        audit.record(tx, now, me.uid, act, None, {"language": tag, "text": key, "version": after + 1})
        return True

    if not await parts.write(unit):
        return False
    await reload(parts)
    return True


async def correct(request: web.Request, me: Me) -> web.Response:
    """The office's own wording, when it is one that members can be sent."""
    parts, tag = request.app[PARTS], asked(request, me)
    key = key_of(request, tag)
    if not may_change(me, key):
        return await text(request, me, Problem("wording-gate-office"))
    source = request[FORM].get("source", "").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    known = rules.example(parts.office.main)
    wrong = await asyncio.to_thread(faults, parts.texts, tag, key, source, known)
    if wrong:
        return await text(request, me, Problem("wording-refused"), wrong)
    clean = source_of(parse(key, source))
    now = next(line for line in await lines_of(parts, tag) if line.key == key)
    if clean == now.source:
        return await text(request, me, Problem("wording-same"))
    kept = None if clean == rules.sources(tag).get(key) else clean
    done = (
        await _propose(request, me, tag, key, kept)
        if is_gate(key) and kept is not None
        else await _change(request, me, tag, key, kept, "text.correct")
    )
    if not done:
        return await text(request, me, Problem("wording-meanwhile"))
    return see_other(f"{TEXTS}/{tag}/keys/{key}")


async def shipped(request: web.Request, me: Me) -> web.Response:
    """The shipped text holds again; the office's own stays in the history."""
    parts, tag = request.app[PARTS], asked(request, me)
    key = key_of(request, tag)
    if not may_change(me, key):
        return await text(request, me, Problem("wording-gate-office"))
    now = next(line for line in await lines_of(parts, tag) if line.key == key)
    if now.origin is rules.Origin.SHIPPED:
        return await text(request, me, Problem("wording-same"))
    if key not in rules.sources(tag):
        return await text(request, me, Problem("wording-not-shipped"))
    if not await _change(request, me, tag, key, None, "text.shipped"):
        return await text(request, me, Problem("wording-meanwhile"))
    return see_other(f"{TEXTS}/{tag}/keys/{key}")


async def sign(request: web.Request, me: Me) -> web.Response:
    """She reads this language and stands for the text exactly as she saw it."""
    parts, tag, now = request.app[PARTS], asked(request, me), request.app[PARTS].clock()
    key, seen = key_of(request, tag), request[FORM].get("digest", "")
    if tag not in me.languages:
        return await text(request, me, Problem("wording-not-a-reader"))

    def unit(tx: Tx) -> bool:
        own = wordings.current(tx, tag)
        line = next(one for one in rules.lines(tag, own, ()) if one.key == key)
        if line.source is None or line.digest != seen:
            return False
        if wordings.sign(tx, tag, key, seen, me.staff_id, now):
            audit.record(tx, now, me.uid, "text.sign", None, {"language": tag, "text": key})
        return True

    await asyncio.to_thread(rules.lines, tag, {}, ())  # what is read once is read outside the transaction
    if not await parts.write(unit):
        return await text(request, me, Problem("wording-meanwhile"))
    return see_other(f"{TEXTS}/{tag}/keys/{key}")
