"""The texts of the house for whoever reads a language: what members see, correcting it, and signing it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web
from markupsafe import Markup, escape

from bot.console.access import Me, Role
from bot.console.pages import FORM, Problem, language_name, language_of, page, see_other
from bot.console.text import plain
from bot.web.parts import PARTS, Parts
from bot.wordings import reload
from flows import wording as rules
from flows.patterns import parse, source_of
from flows.screen import Arg
from flows.texts import SHIPPED
from flows.wording import Card, Line, State
from flows.wording_guard import GATE
from flows.wording_rules import Fault, faults, limit
from storage import audit, wordings
from storage.sql import Tx

TEXTS = "/console/texts"
ALL = (Role.COORDINATOR, Role.ADMIN)
"""Who corrects every language, and the texts for a crisis, for consent and for stopping; others the rest of theirs."""
HISTORY_MAX = 200
FSI, PDI = "\u2068", "\u2069"
_ISOLATES = "\u2066\u2067\u2068\u2069"
REASON_MAX = 300


@dataclass(frozen=True, slots=True)
class Stand:
    """A language as the list shows it."""

    tag: str
    is_open: bool
    draft: dict[str, int]
    counts: dict[State, int]
    office: int
    """Texts of the office's own."""
    can_open: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One text as on the phone: everything it can say, and what kind of thing it is."""

    line: Line
    words: tuple[str, ...]
    is_label: bool


def bubble(said: str) -> Markup:
    """A text as on the phone: what Fluent keeps apart from the reading direction stays apart here too."""
    marks = [character for character in said if character in _ISOLATES]
    if marks != [FSI, PDI] * (len(marks) // 2):
        return escape(plain(said))
    apart = [piece.split(PDI) for piece in said.split(FSI)]
    first = escape(plain(apart[0][0]))
    return first + Markup("").join(
        Markup("<bdi>{}</bdi>{}").format(plain(inside), plain(after)) for inside, after in apart[1:]
    )


def may(me: Me, language: str) -> bool:
    """Whether this language is hers to look after."""
    return me.has(*ALL) or language in me.languages


def may_change(me: Me, key: str) -> bool:
    """Whether she may put other words into this text of a language of hers."""
    return me.has(*ALL) or not rules.is_gate(key)


def asked(request: web.Request, me: Me) -> str:
    """The language of the path, when it is one of ours and hers."""
    language = request.match_info["language"]
    if language not in request.app[PARTS].texts.languages or not may(me, language):
        raise web.HTTPNotFound
    return language


async def lines_of(parts: Parts, language: str) -> list[Line]:
    """Every text of a language as it stands."""
    own, signed = await parts.read(
        lambda tx: (wordings.current(tx, language), wordings.signatures(tx, language))
    )
    return await asyncio.to_thread(rules.lines, language, own, signed)


def stand_of(parts: Parts, language: str, found: list[Line]) -> Stand:
    """What the list says of a language."""
    return Stand(
        language,
        language in parts.texts.offered,
        rules.unsigned(found),
        {state: sum(line.state is state for line in found) for state in State},
        sum(line.origin is rules.Origin.OFFICE for line in found),
        rules.can_open(language, found),
    )


def noun_name(request: web.Request, me: Me) -> Callable[[str], str]:
    """What staff call a noun; its own name until somebody gave it one."""
    texts, words = request.app[PARTS].texts, language_of(request, me)
    return lambda noun: texts.text(words, key) if texts.has(words, key := f"wording-noun-{noun}") else noun


async def languages(request: web.Request, me: Me) -> web.Response:
    """The languages she may look after."""
    parts = request.app[PARTS]
    first = {tag: place for place, tag in enumerate(SHIPPED)}
    tags = sorted(
        (tag for tag in parts.texts.languages if may(me, tag)), key=lambda tag: (first.get(tag, 99), tag)
    )
    stands = [stand_of(parts, tag, await lines_of(parts, tag)) for tag in tags]
    return page(request, me, "wordings.html", stands=stands, shipped=SHIPPED, states=tuple(State))


async def language(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    """One language: whether it is a draft, who opened it, its nouns, and its table."""
    parts, tag = request.app[PARTS], asked(request, me)
    found = await lines_of(parts, tag)
    decided = await parts.read(lambda tx: wordings.decisions(tx, tag, HISTORY_MAX))
    of = {noun: [line for line in found if line.noun == noun] for noun in rules.nouns(tag)}
    return page(
        request,
        me,
        "wording_language.html",
        problem=problem,
        noun_name=noun_name(request, me),
        typed=request.get(FORM),
        stand=stand_of(parts, tag, found),
        name=language_name(tag, language_of(request, me)),
        nouns={
            noun: {state: sum(line.state is state for line in its) for state in State}
            for noun, its in of.items()
        },
        gates={gate: noun for gate, noun in GATE.items() if noun in of},
        states=tuple(State),
        decided=decided,
        may_decide=me.has(Role.ADMIN),
        always=tag == parts.texts.default,
        reason_max=REASON_MAX,
    )


async def decide(request: web.Request, me: Me) -> web.Response:
    """An admin opens the language to members or closes it, with her name and her reason."""
    parts, tag, form = request.app[PARTS], asked(request, me), request[FORM]
    opened, reason, now = form.get("open") == "1", form.get("reason", "").strip(), parts.clock()
    if not reason or len(reason) > REASON_MAX:
        return await language(request, me, Problem("wording-no-reason", most=REASON_MAX))
    if not opened and tag == parts.texts.default:
        return await language(request, me, Problem("wording-always"))
    if opened and not rules.can_open(tag, await lines_of(parts, tag)):
        return await language(request, me, Problem("wording-incomplete"))

    def unit(tx: Tx) -> None:
        wordings.decide(tx, tag, me.staff_id, now, opened=opened, reason=reason)
        act = "language.open" if opened else "language.close"
        audit.record(tx, now, me.uid, act, None, {"language": tag})

    await parts.write(unit)
    await reload(parts)
    return see_other(f"{TEXTS}/{tag}")


def _shown(parts: Parts, tag: str, found: dict[str, Line], card: Card) -> list[Shown]:
    """The texts of a card; one that is missing says nothing."""
    known, at = rules.example(parts.office.main), parts.clock()
    return [
        Shown(
            found[key],
            tuple(rules.samples(parts.texts, tag, key, known, at)) if found[key].source is not None else (),
            key != card.message,
        )
        for key in (card.message, *card.buttons)
        if key is not None
    ]


async def noun(request: web.Request, me: Me) -> web.Response:
    """The screens of one noun, as on the phone."""
    parts, tag, wanted = request.app[PARTS], asked(request, me), request.match_info["noun"]
    if wanted not in rules.nouns(tag):
        raise web.HTTPNotFound
    found = {line.key: line for line in await lines_of(parts, tag)}

    def made() -> list[list[Shown]]:
        return [_shown(parts, tag, found, card) for card in rules.cards(parts.texts, wanted)]

    return page(
        request,
        me,
        "wording_noun.html",
        noun_name=noun_name(request, me),
        tag=tag,
        noun=wanted,
        bubble=bubble,
        cards=await asyncio.to_thread(made),
        name=language_name(tag, language_of(request, me)),
    )


# --- one text ---


def _key(request: web.Request, tag: str) -> str:
    key = request.match_info["key"]
    if key not in rules.keys(tag):
        raise web.HTTPNotFound
    return key


async def text(
    request: web.Request, me: Me, problem: Problem | None = None, wrong: list[Fault] | None = None
) -> web.Response:
    """One text beside the Slovenian one, the form to correct it, and what it was before."""
    parts, tag = request.app[PARTS], asked(request, me)
    key = _key(request, tag)
    found = {line.key: line for line in await lines_of(parts, tag)}
    beside = (
        found if tag == rules.REFERENCE else {one.key: one for one in await lines_of(parts, rules.REFERENCE)}
    )
    before = await parts.read(lambda tx: wordings.history(tx, tag, key, HISTORY_MAX))

    def made() -> tuple[list[Shown], list[Shown], int, bool]:
        cards = rules.cards(parts.texts, found[key].noun)
        card = next(one for one in cards if key == one.message or key in one.buttons)
        sides = (_shown(parts, side, of, card) for side, of in ((tag, found), (rules.REFERENCE, beside)))
        hers, reference = sides
        return hers, reference, limit(parts.texts, key), rules.is_label(parts.texts, key)

    hers, reference, most, is_label = await asyncio.to_thread(made)
    return page(
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
    )


def sentence(parts: Parts, language: str, fault: Fault) -> str:
    """A fault in words, with its place."""
    told = parts.texts.text(language, f"wording-problem-{fault.name}", dict(fault.args))
    if fault.line is None:
        return told
    args: dict[str, Arg] = {"line": fault.line, "told": told}
    return parts.texts.text(language, "wording-in-line", args)


async def _change(request: web.Request, me: Me, tag: str, key: str, source: str | None, act: str) -> bool:
    """Write the next version, if nobody did since this page was opened."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    told = request[FORM].get("version", "")
    after = int(told) if told.isascii() and told.isdecimal() and len(told) < 8 else -1

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
    key = _key(request, tag)
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
    if not await _change(request, me, tag, key, kept, "text.correct"):
        return await text(request, me, Problem("wording-meanwhile"))
    return see_other(f"{TEXTS}/{tag}/keys/{key}")


async def shipped(request: web.Request, me: Me) -> web.Response:
    """The shipped text holds again; the office's own stays in the history."""
    parts, tag = request.app[PARTS], asked(request, me)
    key = _key(request, tag)
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
    key, seen = _key(request, tag), request[FORM].get("digest", "")
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
