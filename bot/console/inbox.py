"""The inbox: who waits, what is hers, what is open, what is over."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from aiohttp import web
from markupsafe import Markup

from bot.console import live
from bot.console.access import Me, Role
from bot.console.pages import html, language_of, page
from bot.web.parts import PARTS
from flows.texts import Texts
from storage import inbox, tongues
from storage.inbox import VIEWS, Listed, Row, Scope, View
from storage.sql import Tx

REASONS = frozenset(
    {"asked", "danger", "safety", "worry", "guardian", "failed", "media", "handed", "idle", "refused"}
)
"""Why a person is wanted, as `inbox-reason-*` says it."""


def scope_of(me: Me) -> Scope:
    """What her roles let her see."""
    everything = me.sites(Role.DESK, Role.COUNSELLOR, Role.COORDINATOR)
    handed = tuple(site for site in me.sites(Role.MEDIATOR) if site not in everything)
    return Scope(
        me.staff_id, everything, handed, tuple(sorted(tongues.understood(me.languages))) if handed else ()
    )


def reason_key(reason: str | None) -> str:
    """The text that says why a person is wanted."""
    return f"inbox-reason-{reason if reason in REASONS else 'other'}"


def view_of(request: web.Request) -> View:
    """The view that was asked for; anything unknown is those who wait."""
    wished = request.query.get("view", "")
    return next((view for view in VIEWS if view == wished), "waiting")


@dataclass(frozen=True)
class InboxSource:
    """One view of one scope, live."""

    scope: Scope
    view: View
    language: str

    @property
    def topic(self) -> Hashable:
        return ("mine", self.scope.staff_id) if self.view == "mine" else "inbox"

    def state(self, tx: Tx) -> object:
        return inbox.state_of_mine(tx, self.scope.staff_id) if self.view == "mine" else inbox.state(tx)

    def read(self, tx: Tx, now: datetime, kept: live.Kept) -> Listed:  # noqa: ARG002 - the protocol's signature
        if "refused" not in kept:
            kept["refused"] = inbox.refused(tx)
        # Whom nobody refused sees what her colleagues see: one query serves all of them.
        alone = self.scope.handed or self.view == "mine" or self.scope.staff_id in kept["refused"]
        scope = self.scope if alone else inbox.shape(self.scope)
        if (scope, self.view) not in kept:
            kept[scope, self.view] = inbox.listed(tx, scope, self.view)
        found: Listed = kept[scope, self.view]
        return found

    def alike(self, found: Listed) -> Hashable:
        # Who waits and what is closed looks the same to everybody; elsewhere her own chats are named as hers.
        shared = self.view in ("waiting", "closed")
        return (id(found), self.view, self.language) if shared else self

    def render(self, texts: Texts, found: Listed, now: datetime) -> dict[str, object]:  # noqa: ARG002 - likewise
        listed = shown(texts, self.scope, self.view, self.language, found)
        body = html(texts, "inbox_list.html", self.language, **listed)
        said = texts.text(self.language, "inbox-count", {"count": len(found.rows)})
        return {"html": body, "said": said}

    def still(self, me: Me) -> bool:
        return scope_of(me) == self.scope


def shown(texts: Texts, scope: Scope, view: View, language: str, found: Listed) -> dict[str, object]:
    """What the list's template needs."""
    cards = [card(texts, language, row, row.staff_id == scope.staff_id) for row in found.rows]
    return {"cards": cards, "more": found.more, "view": view}


@lru_cache(maxsize=4096)
def card(texts: Texts, language: str, row: Row, is_mine: bool) -> Markup:
    """One conversation of the list; most of them are the same from one look to the next."""
    made = html(texts, "inbox_card.html", language, row=row, is_mine=is_mine, reason_key=reason_key)
    return Markup(made)  # noqa: S704 - a rendered template, in which everything is escaped


async def show(request: web.Request, me: Me) -> web.Response:
    """One page of one view."""
    scope, view, after = scope_of(me), view_of(request), request.query.get("after")
    found = await request.app[PARTS].read(lambda tx: inbox.listed(tx, scope, view, after))
    language = language_of(request, me)
    listed = shown(request.app[PARTS].texts, scope, view, language, found)
    return page(
        request, me, "inbox.html", 200, problem=None, typed=None, views=VIEWS, first=after is None, **listed
    )


async def stream(request: web.Request, me: Me) -> web.StreamResponse:
    """The first page of a view as it changes."""
    return await live.stream(
        request, me, InboxSource(scope_of(me), view_of(request), language_of(request, me))
    )
