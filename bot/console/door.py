"""What stands before every console page: session, second factor, role, origin and the form's own word.

Nothing under /console is served that is not in `ROUTES`, and every refusal looks the same: it does not tell whether
the page, the object or only the permission is missing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler as Serve
from aiohttp.web_urldispatcher import SystemRoute

from bot.console import upload
from bot.console.access import Me, Route, nobody, person
from bot.console.pages import FORM, ROUTES_OF, Problem, language_of, not_here, page, see_other
from bot.console.passwords import PASSWORDS, Passwords
from bot.web.parts import PARTS, Parts
from bot.web.render import notice, wants_json
from bot.web.security import NUL, Refused, check_csrf, check_origin, csrf, dressed, form
from storage import sessions
from storage.db import DatabaseUnavailable

SIGN_IN = "/console/sign-in"
SECOND = "/console/second"
TOUCH_AFTER = timedelta(minutes=1)
"""How old `seen_at` may be before a page writes it again: reading must not cost a write each time."""
TOKEN_MAX = 200
FIELDS_MAX = 150
"""The form of a service has three fields for every language."""
ME = web.RequestKey("me", Me)


def cookie_name(parts: Parts) -> str:
    """Over https the prefix makes the browser refuse a cookie set from elsewhere."""
    return "__Host-console" if parts.https else "console"


def cookie(request: web.Request) -> str:
    """The browser's token: a session's, or one that only ties a sign-in form to this browser."""
    return request.cookies.get(cookie_name(request.app[PARTS]), "")[:TOKEN_MAX]


def set_cookie(request: web.Request, answer: web.Response, token: str) -> None:
    """Give the browser its token, until it is closed.

    Lax, not Strict: the link in a duty alert is opened from Telegram or a mail, and must find her signed in. What
    changes anything is a POST, which Lax keeps back as well, and which needs our origin and the form's own word.
    """
    parts = request.app[PARTS]
    answer.set_cookie(cookie_name(parts), token, path="/", httponly=True, samesite="Lax", secure=parts.https)


def hashed(token: str) -> str:
    """What the database knows of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def register(app: web.Application, routes: Sequence[Route]) -> None:
    """Serve the table, and refuse the rest of /console."""
    app[ROUTES_OF] = tuple(routes)
    app[PASSWORDS] = checker = Passwords()
    app.on_cleanup.append(checker.close)
    app.middlewares.append(_strangers)
    for route in routes:
        if route.method == "GET":
            app.router.add_get(route.path, guarded(route), allow_head=False)
        else:
            app.router.add_post(route.path, guarded(route))


def guarded(route: Route) -> Serve:
    """The route's handler behind its door."""

    async def answer(request: web.Request) -> web.StreamResponse:
        found = await _answered(request, route)
        return found if found.prepared else dressed(request.app[PARTS], found)

    return answer


@web.middleware
async def _strangers(request: web.Request, handler: Serve) -> web.StreamResponse:
    """A path under /console that nobody serves is refused like one that is not hers."""
    inside = request.path == "/console" or request.path.startswith("/console/")
    if not (inside and isinstance(request.match_info.route, SystemRoute)):
        return await handler(request)
    try:
        me = await who(request)
        found = _outside(request) if me is None else not_here(request, me)
    except DatabaseUnavailable:
        found = notice(request, "page-busy", 503)
    return dressed(request.app[PARTS], found)


async def _answered(request: web.Request, route: Route) -> web.StreamResponse:
    """The handler's answer, or a refusal in words."""
    try:
        return await _served(request, route)
    except Problem as problem:
        return page(request, request.get(ME) or _nobody(request), "problem.html", problem=problem)
    except Refused as refused:
        if refused.status in (400, 413, 429, 503):  # nothing about her rights: she may know what was wrong
            return notice(request, refused.key, refused.status)
        return not_here(request, request.get(ME))
    except web.HTTPException as error:
        if error.status < 400:
            return web.Response(status=error.status, headers=error.headers)
        return not_here(request, request.get(ME))
    except DatabaseUnavailable:
        return notice(request, "page-busy", 503)
    except Exception:  # noqa: BLE001 - whatever broke, staff get a sentence and the log its place
        structlog.get_logger().error("console_failed", exc_info=True)
        return notice(request, "page-busy", 500)


async def _served(request: web.Request, route: Route) -> web.StreamResponse:
    """Every check in its order, then the handler."""
    parts = request.app[PARTS]
    me = await who(request, touch=not route.quiet)
    if me is not None:
        request[ME] = me
    if route.method == "POST":
        check_origin(request)
    if not route.allows(me):
        return _turned_away(request, me)
    if any(NUL in value for value in (*request.match_info.values(), *request.query.values())):
        raise web.HTTPNotFound
    if route.method == "POST":
        token = cookie(request)
        if not token:  # the word of no cookie could be read by anybody
            raise Refused("page-cookie", 403)
        read = (
            upload.fields(request, FIELDS_MAX, route.file_max)
            if route.file_max
            else form(request, FIELDS_MAX)
        )
        request[FORM] = fields = await read
        check_csrf(parts, token, fields.pop("csrf", ""))
    return await route.handler(request, me or _nobody(request))


def _nobody(request: web.Request) -> Me:
    return nobody(language_of(request, None), csrf(request.app[PARTS], cookie(request)))


def _turned_away(request: web.Request, me: Me | None) -> web.Response:
    if me is None:
        return _outside(request)
    if not me.passed:
        return (
            see_other(SECOND)
            if request.method == "GET" and not wants_json(request)
            else not_here(request, me)
        )
    return not_here(request, me)


def _outside(request: web.Request) -> web.Response:
    """Whoever is not signed in is sent to the door, whatever she asked for."""
    if wants_json(request):
        return web.json_response({}, status=401)
    return see_other(SIGN_IN)


async def who(request: web.Request, *, touch: bool = False) -> Me | None:
    """The person of this request's session; None without a good one."""
    parts, token = request.app[PARTS], cookie(request)
    if not token:
        return None
    now, name = parts.clock(), hashed(token)
    signed = await parts.read(lambda tx: sessions.find(tx, name, now))
    if signed is None:
        return None
    if touch and now - signed.seen_at >= TOUCH_AFTER:
        session_id = signed.session_id
        await parts.write(lambda tx: sessions.touch(tx, session_id, now))
    return person(signed, csrf(parts, token))
