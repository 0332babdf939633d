"""One chat: reading it, and everything staff may do with it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.console import live, wishes
from bot.console.access import Me
from bot.console.inbox import reason_key, scope_of
from bot.console.pages import FORM, Problem, html, language_of, page
from bot.web.parts import PARTS
from flows import handover, quick
from flows.screen import Arg
from flows.texts import SHIPPED, Texts
from storage import chats, inbox, notes
from storage.chats import Chat, Line
from storage.inbox import Colleague, Row, Scope
from storage.sql import Tx

POST_MAX = 64
ERRORS = frozenset({"refused", "unreachable", "our_fault"})
"""Kinds of failure, as `inbox-error-*` says them."""


@dataclass(frozen=True)
class Shown:
    """What one chat page is made of."""

    chat: Chat
    colleagues: tuple[Colleague, ...]
    quick_args: dict[str, Arg]
    opens: frozenset[int]
    """Of her meetings, those whose page this person may open."""


@dataclass(frozen=True)
class ChatSource:
    """One chat for one scope, live."""

    scope: Scope
    conversation_id: int
    language: str

    @property
    def topic(self) -> tuple[str, int]:
        return ("chat", self.conversation_id)

    def state(self, tx: Tx) -> object:
        return chats.state(tx, self.conversation_id)

    def read(self, tx: Tx, now: datetime, kept: live.Kept) -> Chat | None:  # noqa: ARG002 - the protocol's signature
        return chats.find(tx, self.scope, self.conversation_id, now)

    def alike(self, found: Chat) -> Hashable:  # noqa: ARG002 - the protocol's signature
        return self

    def render(self, texts: Texts, found: Chat, now: datetime) -> dict[str, object]:
        # The word of a form is one browser's own: the page puts it in.
        body = html(texts, "chat_lines.html", self.language, csrf="", **shown_lines(self.scope, found, now))
        return {"html": body, "state": state_of(found.row), "said": texts.text(self.language, "inbox-fresh")}

    def still(self, me: Me) -> bool:
        return scope_of(me) == self.scope


def state_of(row: Row) -> str:
    """Who has it, in a form a page can compare with what it was made for."""
    return f"{row.owner}.{row.staff_id or 0}.{'closed' if row.closed_at else 'open'}"


def shown_lines(scope: Scope, chat: Chat, now: datetime) -> dict[str, object]:
    """What the template of the messages needs."""
    return {
        "lines": [line for line in chat.lines if line.text or line.files],
        "older": chat.older,
        "row": chat.row,
        "is_mine": is_mine(scope.staff_id, chat.row),
        "state_key": lambda line: state_key(line, now),
        "error_key": error_key,
    }


def is_mine(staff_id: int, row: Row) -> bool:
    """Whether this person has the chat."""
    return row.owner == "person" and row.staff_id == staff_id


def state_key(line: Line, now: datetime) -> str:
    """What became of an outgoing message, as `inbox-state-*` says it; never `sent` before the provider took it."""
    is_web = line.account == handover.PAGE
    if line.state in ("queued", "retry"):
        if line.not_before > now and line.state == "queued":
            return "inbox-state-held"
        if is_web:
            return "inbox-state-waits"
        return "inbox-state-retry" if line.state == "retry" else "inbox-state-queued"
    if line.state == "sent":
        return "inbox-state-delivered" if line.on_page else "inbox-state-sent"
    if line.state == "expired":
        return "inbox-state-unopened" if is_web else "inbox-state-late"
    known = {"sending", "failed", "unknown"}
    return f"inbox-state-{line.state if line.state in known else 'dropped'}"


def error_key(line: Line) -> str:
    """Why a message failed for good."""
    kind = (line.error or "").partition(":")[0]
    return f"inbox-error-{kind if kind in ERRORS else 'other'}".replace("_", "-")


# --- reading


def id_of(request: web.Request) -> int:
    """The conversation the address names."""
    told = request.match_info["id"]
    if not (told.isascii() and told.isdigit() and len(told) <= 10):
        raise web.HTTPNotFound
    return int(told)


def number_of(told: str) -> int:
    """A message's or a note's number; 0 for anything else."""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= 9 else 0


async def show(request: web.Request, me: Me) -> web.Response:
    """The chat."""
    return await shown_page(request, me)


async def shown_page(
    request: web.Request,
    me: Me,
    *,
    problem: Problem | None = None,
    status: int = 200,
    opened: int = 0,
) -> web.Response:
    """The chat as it is now, with what was typed if a form did not succeed."""
    parts, now, conversation_id = request.app[PARTS], request.app[PARTS].clock(), id_of(request)
    scope, office = scope_of(me), parts.office
    before = number_of(request.query.get("before", "")) or None

    def unit(tx: Tx) -> Shown | None:
        chat = chats.find(tx, scope, conversation_id, now, before=before, opened=opened)
        if chat is None:
            return None
        hers = chat.row.language or parts.texts.default
        return Shown(
            chat,
            inbox.colleagues(tx, chat.row.site_id, chat.row.member_id),
            handover.quick_args(tx, office.site(chat.row.site_id), now, parts.texts, hers),
            frozenset(one.id for one in chat.appointments if wishes.meeting(tx, me, one.id)),
        )

    found = await parts.read(unit)
    if found is None:
        raise web.HTTPNotFound
    chat, typed = found.chat, dict(request.get(FORM, {})) if problem else {}
    hers = chat.row.language or parts.texts.default
    return page(
        request,
        me,
        "chat.html",
        status,
        problem=problem,
        typed=typed,
        chat=chat,
        contact=chat.contact,
        first=before is None,
        opened=opened,
        opens=found.opens,
        colleagues=[one for one in found.colleagues if one.id != me.staff_id],
        spoken=sorted({language for one in found.colleagues for language in one.languages}),
        languages=languages_of(me, chat.row),
        hers=hers,
        quick=list(
            zip(
                quick.texts_for(parts.texts, language_of(request, me), found.quick_args),
                quick.texts_for(parts.texts, hers, found.quick_args),
                strict=True,
            )
        ),
        state=state_of(chat.row),
        post=parts.token()[:POST_MAX],
        text_max=handover.REPLY_MAX,
        note_max=notes.TEXT_MAX,
        reason_key=reason_key,
        **shown_lines(scope, chat, now),
    )


def languages_of(me: Me, row: Row) -> list[str]:
    """Languages a reply may be marked with: hers first, then those the writer and we speak."""
    others = sorted({*me.languages, *SHIPPED} - {row.language or ""})
    return [*([row.language] if row.language else []), *others]


async def stream(request: web.Request, me: Me) -> web.StreamResponse:
    """The chat as it changes."""
    scope, conversation_id = scope_of(me), id_of(request)
    if not await request.app[PARTS].read(lambda tx: inbox.can_see(tx, scope, conversation_id)):
        raise web.HTTPNotFound
    return await live.stream(request, me, ChatSource(scope, conversation_id, language_of(request, me)))
