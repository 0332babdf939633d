"""The chat page: works as plain forms, and without a reload where its script runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson
from aiohttp import web

from bot.channels import web as channel
from bot.web import limits
from bot.web.limits import LIMITS
from bot.web.parts import PARTS, Parts
from bot.web.render import chrome_language, html, page, preferred, wants_json
from bot.web.security import Refused, check_csrf, check_origin, csrf, form
from flows import place
from storage import links, messages, mydata, pages
from storage.pages import Chat, Line
from storage.sql import Tx

LEFT_S = 600
"""How long after a quick exit this browser is shown an empty page first: the back button leads nowhere."""
_CHANNEL = channel.WebChannel()


@dataclass(frozen=True)
class View:
    """What one page shows."""

    chat: Chat
    lines: list[Line]

    @property
    def unseen(self) -> list[int]:
        """Messages she sees now for the first time."""
        return [line.id for line in self.lines if line.unseen and line.outgoing]

    @property
    def now_at(self) -> int:
        """The first message after her last own: where reading goes on."""
        heard = max((line.id for line in self.lines if not line.outgoing), default=0)
        return next((line.id for line in self.lines if line.id > heard), 0)


def cookie_name(parts: Parts, name: str) -> str:
    """Over https the prefix makes the browser refuse a cookie set from elsewhere."""
    return f"__Host-{name}" if parts.https else name


def token_of(request: web.Request) -> str:
    """The cookie that names her chat; empty when there is none."""
    return request.cookies.get(cookie_name(request.app[PARTS], "id"), "")[: channel.ID_MAX]


def _set_cookie(parts: Parts, answer: web.Response, name: str, value: str, seconds: int | None) -> None:
    # No lifetime for the chat: phones are shared, and closing the browser should end what others can open.
    answer.set_cookie(
        cookie_name(parts, name),
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=parts.https,
    )


async def view_of(parts: Parts, token: str) -> View | None:
    """What the page of this cookie shows; None when no conversation belongs to it."""
    if not token:
        return None
    address, now = channel.address(token), parts.clock()

    def unit(tx: Tx) -> View | None:
        chat = pages.find(tx, channel.ACCOUNT, address)
        return None if chat is None else View(chat, pages.lines(tx, chat.id, now))

    return await parts.read(unit)


def visitor_of(request: web.Request) -> str:
    """The network she comes from."""
    return limits.visitor(request, request.app[PARTS].settings.trust_proxy)


def _is_visit(request: web.Request) -> bool:
    """Whether a person opened the page: a browser guessing ahead did not, nor did a picture or frame elsewhere.

    Otherwise a strange page could use up the new chats of everybody behind its reader's network address.
    """
    told = request.headers
    return "prefetch" not in told.get("Sec-Purpose", "") and told.get("Sec-Fetch-Dest") in (None, "document")


def allow(limit: limits.Limit, key: str, now: datetime) -> None:
    """Refuse what is one too many."""
    if not limit.allows(key, now):
        raise Refused("page-limited", 429)


async def show(request: web.Request) -> web.Response:
    """The page. A newcomer's first visit begins her conversation, so that the greeting is there at once."""
    parts, hint = request.app[PARTS], preferred(request)
    if not parts.office.is_open:
        raise Refused("page-not-open", 503)
    allow(request.app[LIMITS].reads, visitor_of(request), parts.clock())
    token = token_of(request)
    view = await view_of(parts, token)
    if view is None:
        if cookie_name(parts, "left") in request.cookies or not _is_visit(request):
            return page(parts, "empty.html", chrome_language(parts.texts, hint))
        # The limit stands before the first row, so a flood of visitors without cookies writes nothing.
        allow(request.app[LIMITS].new, visitor_of(request), parts.clock())
        token = parts.token()
        at = request.query.get("at", "")  # the poster of a site
        await take(parts, token, {"start": f"{place.START}{at}" if at else "1", "hint": hint})
        view = await view_of(parts, token)
        if view is None:
            raise Refused("page-busy", 503)
    return shown(request, token, view)


def shown(
    request: web.Request,
    token: str,
    view: View,
    *,
    status: int = 200,
    problem: str | None = None,
    typed: str = "",
) -> web.Response:
    """The page of a chat; `problem` is a sentence above the form, `typed` what she had written in it."""
    parts = request.app[PARTS]
    answer = page(
        parts,
        "chat.html",
        chrome_language(parts.texts, view.chat.language, preferred(request)),
        status,
        view=view,
        csrf=csrf(parts, token),
        post_id=parts.token(),
        telegram=parts.telegram_username,
        text_max=channel.TEXT_MAX,
        media_mb=parts.settings.media_max_mb,
        problem=problem,
        typed=typed,
    )
    _set_cookie(parts, answer, "id", token, None)
    return answer


async def post(request: web.Request) -> web.Response:
    """What she wrote or tapped."""
    parts = request.app[PARTS]
    token, fields = await _posted(request, request.app[LIMITS].posts)
    before = await view_of(parts, token)
    if before is None:
        return gone(request)
    said = {name: fields.get(name) for name in ("text", "tap", "seen", "id")}
    if (
        channel.cleaned(said["text"] or "") or said["tap"]
    ):  # an empty line says nothing and is answered by nothing
        await take(parts, token, said | {"hint": preferred(request)})
        if await view_of(parts, token) is None:
            return forgotten(request, before.chat.language)
    if wants_json(request):
        return await news_of(request, token, fields.get("after", ""))
    return web.Response(status=303, headers={"Location": "/#now"})


def forgotten(request: web.Request, language: str | None) -> web.Response:
    """That was her last tap: nothing of her is here any more, and the page that says so is nobody's."""
    parts = request.app[PARTS]
    where = f"/forgotten?in={chrome_language(parts.texts, language)}"
    if wants_json(request):
        answer = web.json_response({"go": where}, status=409)
    else:
        answer = web.Response(status=303, headers={"Location": where})
    _drop_cookie(parts, answer, "id")
    return answer


async def seen(request: web.Request) -> web.Response:
    """The page has shown these messages, though she answered nothing yet."""
    parts = request.app[PARTS]
    token, fields = await _posted(request, request.app[LIMITS].reads)
    address, now = channel.address(token), parts.clock()

    def unit(tx: Tx) -> None:
        chat = pages.find(tx, channel.ACCOUNT, address)
        if chat is not None:
            messages.seen(tx, chat.id, channel.numbers(fields.get("seen")), now)

    await parts.write(unit)
    return web.Response(status=204)


async def news(request: web.Request) -> web.Response:
    """What came after a message, for a page that stays open."""
    allow(request.app[LIMITS].reads, visitor_of(request), request.app[PARTS].clock())
    return await news_of(request, token_of(request), request.query.get("after", ""))


async def forget(request: web.Request) -> web.Response:
    """Cut this browser off the old chat; the next page begins a new one."""
    parts = request.app[PARTS]
    token, _ = await _posted(request, request.app[LIMITS].posts)
    address, now = channel.address(token), parts.clock()

    def unit(tx: Tx) -> None:
        chat = pages.find(tx, channel.ACCOUNT, address)
        if chat is not None:  # a link of hers may stand in this browser's history
            mydata.withdraw(tx, chat.member_id, now)
            links.withdraw(tx, chat.member_id, now)
        pages.forget(tx, channel.ACCOUNT, address)

    await parts.write(unit)
    answer = web.Response(status=303, headers={"Location": "/"})
    _drop_cookie(parts, answer, "id")
    return answer


async def leave(request: web.Request) -> web.Response:
    """Quick exit: forget the cookie and go where anybody could be. A link, so that it works without a script."""
    parts = request.app[PARTS]
    answer = web.Response(status=303, headers={"Location": parts.exit_url})
    _drop_cookie(parts, answer, "id")
    _set_cookie(parts, answer, "left", "1", LEFT_S)
    return answer


async def again(request: web.Request) -> web.Response:
    """She came back after a quick exit and wants to go on."""
    check_origin(request)
    answer = web.Response(status=303, headers={"Location": "/"})
    _drop_cookie(request.app[PARTS], answer, "left")
    return answer


async def begin(request: web.Request, payload: str) -> web.Response:
    """Open the chat with a payload, as a link of Telegram would: in the browser's own chat, or in a new one."""
    parts, token = request.app[PARTS], token_of(request)
    if await view_of(parts, token) is None:
        allow(request.app[LIMITS].new, visitor_of(request), parts.clock())
        token = parts.token()
    await take(parts, token, {"start": payload, "hint": preferred(request), "id": parts.token()})
    answer = web.Response(status=303, headers={"Location": "/"})
    _set_cookie(parts, answer, "id", token, None)
    _drop_cookie(parts, answer, "left")
    return answer


async def back(request: web.Request) -> web.Response:  # noqa: ARG001 - a handler's signature
    """The address of the form, opened by hand or by a reload after an error."""
    return web.Response(status=303, headers={"Location": "/"})


async def sos(request: web.Request) -> web.Response:
    """The numbers alone: needs no cookie, no script and no database."""
    parts = request.app[PARTS]
    return page(
        parts,
        "notice.html",
        chrome_language(parts.texts, preferred(request)),
        key="page-sos-now",
        phone=parts.office.main.phone,
    )


async def take(parts: Parts, token: str, fields: Mapping[str, object]) -> None:
    """Run a turn on what a page posted; it is committed when this returns."""
    if not parts.office.is_open:
        raise Refused("page-not-open", 503)
    raw = channel.packed(channel.address(token), fields)
    for incoming in _CHANNEL.parse(raw):
        await parts.take(incoming, raw.decode())


async def _posted(request: web.Request, limit: limits.Limit) -> tuple[str, dict[str, str]]:
    """The cookie and the fields of a post that is really hers and not one too many."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    check_origin(request)
    token = token_of(request)
    allow(request.app[LIMITS].address_posts, visitor_of(request), now)
    if not token:
        raise Refused("page-cookie", 403)
    allow(limit, channel.address(token), now)
    fields = await form(request)
    check_csrf(parts, token, fields.get("csrf", ""))
    return token, fields


async def news_of(request: web.Request, token: str, after: str) -> web.Response:
    """What came after a message, for our script."""
    parts = request.app[PARTS]
    view = await view_of(parts, token)
    if view is None:
        return gone(request)
    last = next(iter(channel.numbers(after)), 0)
    # A message held until its hour has a lower id than those shown meanwhile; the page leaves out what it has.
    new = [line for line in view.lines if line.id > last or (line.unseen and line.outgoing)]
    language = chrome_language(parts.texts, view.chat.language, preferred(request))
    told = {
        "html": html(parts, "lines.html", language, lines=new, now_at=0),
        "unseen": [line.id for line in new if line.unseen and line.outgoing],
        "language": language,
    }
    return web.json_response(told, dumps=lambda value: orjson.dumps(value).decode())


def gone(request: web.Request) -> web.Response:
    """The chat of this page was forgotten: the page is opened anew."""
    if wants_json(request):
        return web.json_response({}, status=409)
    return web.Response(status=303, headers={"Location": "/"})


def _drop_cookie(parts: Parts, answer: web.Response, name: str) -> None:
    answer.del_cookie(cookie_name(parts, name), path="/", httponly=True, samesite="Lax", secure=parts.https)
