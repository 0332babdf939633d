"""The texts of the house for whoever reads a language: what members see, correcting it, and signing it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from aiohttp import web
from markupsafe import Markup, escape

from bot.console.access import Me, Role
from bot.console.pages import FORM, Problem, language_name, language_of, page, see_saved
from bot.console.text import plain
from bot.web.parts import PARTS, Parts
from bot.wordings import reload
from flows import recording
from flows import wording as rules
from flows.texts import SHIPPED, is_gate
from flows.wording import Card, Line, State
from flows.wording_guard import GATE
from storage import audit, proposals, voices, wordings
from storage.proposals import Colleague, Proposal
from storage.sql import Tx

TEXTS = "/console/texts"
READERS = (Role.COUNSELLOR, Role.MEDIATOR)
"""Who looks after the languages she speaks with members."""
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
    waiting: tuple[str, ...] = ()
    """Texts of which a wording waits for a second person."""


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
    return me.has(*ALL) or not is_gate(key)


def seconds(tx: Tx, waits: Proposal) -> list[str]:
    """The names of those who may sign or refuse what waits."""

    def may_sign(one: Colleague) -> bool:
        speaks = waits.language in one.languages
        return one.id != waits.staff_id and bool(one.roles & {*ALL, *(READERS if speaks else ())})

    return [one.name for one in proposals.colleagues(tx) if may_sign(one)]


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


def stand_of(parts: Parts, language: str, found: list[Line], waiting: Iterable[Proposal] = ()) -> Stand:
    """What the list says of a language."""
    return Stand(
        language,
        language in parts.texts.offered,
        rules.unsigned(found),
        {state: sum(line.state is state for line in found) for state in State},
        sum(line.origin is rules.Origin.OFFICE for line in found),
        rules.can_open(language, found),
        tuple(one.key for one in waiting if one.language == language),
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
    waiting = await parts.read(proposals.waiting)
    stands = [stand_of(parts, tag, await lines_of(parts, tag), waiting) for tag in tags]
    return page(request, me, "wordings.html", stands=stands, shipped=SHIPPED, states=tuple(State))


async def language(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    """One language: whether it is a draft, who opened it, its nouns, and its table."""
    parts, tag = request.app[PARTS], asked(request, me)
    found = await lines_of(parts, tag)
    decided, waiting, spoken = await parts.read(
        lambda tx: (wordings.decisions(tx, tag, HISTORY_MAX), proposals.waiting(tx), voices.of(tx, tag))
    )
    of = {noun: [line for line in found if line.noun == noun] for noun in rules.nouns(tag)}
    return page(
        request,
        me,
        "wording_language.html",
        problem=problem,
        noun_name=noun_name(request, me),
        typed=request.get(FORM),
        stand=stand_of(parts, tag, found, waiting),
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
        voices=recording.counts(parts.texts, tag, spoken),
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
    return see_saved(f"{TEXTS}/{tag}")


def shown(parts: Parts, tag: str, found: dict[str, Line], card: Card) -> list[Shown]:
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
    spoken = await parts.read(lambda tx: voices.of(tx, tag))

    def made() -> list[list[Shown]]:
        return [shown(parts, tag, found, card) for card in rules.cards(parts.texts, wanted)]

    return page(
        request,
        me,
        "wording_noun.html",
        noun_name=noun_name(request, me),
        tag=tag,
        noun=wanted,
        bubble=bubble,
        cards=await asyncio.to_thread(made),
        voices={key: recording.of(parts.texts, tag, key, one) for key, one in spoken.items()},
        name=language_name(tag, language_of(request, me)),
    )


# --- one text ---
