"""What every answer of the pages carries, who may post, and how an error becomes a sentence."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, urlsplit

import structlog
from aiohttp import web
from aiohttp.web_urldispatcher import SystemRoute

from bot.web.parts import PARTS, Parts
from bot.web.render import notice
from storage.db import DatabaseUnavailable

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
NUL = "\0"
"""No word of anybody holds one, and PostgreSQL refuses it."""
FORM_MAX_BYTES = 64 * 1024
FORM_WAIT_S = 10.0
"""A form is small: who needs longer holds a connection and nothing else."""
FIELDS_MAX = 20
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Not "no-referrer": browsers would then post forms with `Origin: null`, and the origin check needs the true one.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
HSTS = "max-age=31536000"
_SENTENCES = {403: "page-forbidden", 404: "page-missing", 405: "page-missing", 413: "page-too-long"}


class Refused(Exception):
    """A request that gets a sentence instead of what it asked for."""

    def __init__(self, key: str, status: int) -> None:
        super().__init__(key)
        self.key = key
        self.status = status


def protected(handler: Handler) -> Handler:
    """The handler with its errors in words and the headers of a page."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            found = await handler(request)
        except Refused as refused:
            found = notice(request, refused.key, refused.status)
        except web.HTTPException as error:
            if error.status < 400:
                found = web.Response(status=error.status, headers=error.headers)
            else:
                found = notice(request, _SENTENCES.get(error.status, "page-wrong"), error.status)
        except DatabaseUnavailable:
            found = notice(request, "page-busy", 503)
        except Exception:  # noqa: BLE001 - whatever broke, she gets a sentence and the numbers
            structlog.get_logger().error("page_failed", exc_info=True)
            found = notice(request, "page-busy", 500)
        return dressed(request.app[PARTS], found)

    return answer


def dressed(parts: Parts, answer: web.StreamResponse) -> web.StreamResponse:
    """The answer with every header of a page it does not set itself."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if parts.https:
        answer.headers.setdefault("Strict-Transport-Security", HSTS)
    return answer


@web.middleware
async def strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A path or method nobody serves is told so in words; every other request is its own handler's matter."""
    if isinstance(request.match_info.route, SystemRoute):
        return await protected(handler)(request)
    return await handler(request)


async def form(request: web.Request, fields_max: int = FIELDS_MAX) -> dict[str, str]:
    """The fields of a posted form, however broken it came."""
    if (request.content_length or 0) > FORM_MAX_BYTES:
        raise Refused("page-too-long", 413)
    try:
        async with asyncio.timeout(FORM_WAIT_S):
            raw = await _body(request)
        pairs = parse_qsl(
            raw.decode("utf-8", "replace"),
            keep_blank_values=True,
            max_num_fields=fields_max,
            errors="replace",
        )
    # A body that stops, is not what its encoding says, or whose sender went away is her side's trouble, not ours.
    except (TimeoutError, ValueError, ConnectionError, web.RequestPayloadError) as error:
        raise Refused("page-wrong", 400) from error
    return {name: value.replace(NUL, "") for name, value in reversed(pairs)}


async def _body(request: web.Request) -> bytes:
    raw = bytearray()
    async for chunk in request.content.iter_chunked(8192):
        raw += chunk
        if len(raw) > FORM_MAX_BYTES:
            raise Refused("page-too-long", 413)
    return bytes(raw)


def check_origin(request: web.Request) -> None:
    """Refuse a post that another site's page made her browser send."""
    parts = request.app[PARTS]
    ours = parts.settings.public_url or f"{request.scheme}://{request.host}"
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site not in (None, "same-origin") or (origin is not None and not _same(origin, ours)):
        raise Refused("page-forbidden", 403)
    if site is None and origin is None:  # an old browser sends neither, but then the page it comes from
        referer = request.headers.get("Referer")
        if referer is None or not _same(referer, ours):
            raise Refused("page-forbidden", 403)


def _same(one: str, other: str) -> bool:
    try:
        a, b = urlsplit(one), urlsplit(other)
        return (a.scheme, a.netloc.lower()) == (b.scheme, b.netloc.lower())
    except ValueError:
        return False


def csrf(parts: Parts, token: str) -> str:
    """The word that only a page shown to this cookie can post."""
    return parts.signed("csrf", token)[:32]


def check_csrf(parts: Parts, token: str, told: str) -> None:
    """Refuse a post without it."""
    if not hmac.compare_digest(csrf(parts, token).encode(), told.encode("utf-8", "replace")):
        raise Refused("page-stale", 403)
