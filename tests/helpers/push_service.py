"""A push service in the test's own loop, and a browser's keys: what arrives is opened as that browser would."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import http_ece
import orjson
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

SECRET = b"sixteen bytes ok"


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Keys:
    """A browser's own key pair."""

    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def p256dh(self) -> str:
        return _text(
            self.private.public_key().public_bytes(
                serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
            )
        )

    @property
    def auth(self) -> str:
        return _text(SECRET)

    def opened(self, body: bytes) -> bytes:
        """What a push says."""
        found: bytes = http_ece.decrypt(
            body, private_key=self.private, auth_secret=SECRET, version="aes128gcm"
        )
        return found


@dataclass
class PushService:
    """`status` is what it answers; every push is kept."""

    url: str = ""
    status: int = 201
    pushes: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.pushes.append((request.path, dict(request.headers), await request.read()))
        if self.status in (301, 307):
            return web.Response(status=self.status, headers={"Location": "/elsewhere"})
        return web.Response(status=self.status)

    def told(self, keys: Keys) -> list[dict[str, Any]]:
        """Every push, opened."""
        return [orjson.loads(keys.opened(body)) for _, _, body in self.pushes]


@asynccontextmanager
async def running() -> AsyncIterator[PushService]:
    """The service on this machine."""
    service = PushService()
    app = web.Application()
    app.router.add_post("/{name}", service.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    service.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield service
    finally:
        await runner.cleanup()
