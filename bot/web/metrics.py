"""`GET /metrics` for Prometheus: on this machine, or with the word of METRICS_TOKEN; to anybody else nothing is there."""

from __future__ import annotations

import hmac
import ipaddress

from aiohttp import web

from bot.backup import MARK
from bot.web.parts import PARTS
from storage import metrics

FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")
"""A proxy on this machine comes from this machine too; it says for whom."""


async def show(request: web.Request) -> web.Response:
    """The figures as they are now."""
    parts = request.app[PARTS]
    if not _may(request):
        raise web.HTTPNotFound
    now = parts.clock()
    figures = await parts.read(lambda tx: metrics.look(tx, now, MARK))
    body = parts.metrics.page(figures, now)
    return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})


def _may(request: web.Request) -> bool:
    token = request.app[PARTS].settings.metrics_token
    if token is not None:
        wanted = f"Bearer {token.get_secret_value()}".encode()
        return hmac.compare_digest(
            request.headers.get("Authorization", "").encode("utf-8", "replace"), wanted
        )
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        return False
