"""Web push: waking a staff member's browser. Encrypted for that browser alone, and only ever to the open internet."""

from __future__ import annotations

import asyncio
import base64
import binascii
import ipaddress
import os
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

from bot.channels.base import Failure, SendError
from bot.settings import Settings
from storage.wake import Browser

KEY_FILE = "tocka.vapid"
ENDPOINT_MAX = 1000
TTL_S = 900
"""An alert is followed by the next one before it is older."""
TOKEN_FOR_S = 6 * 3600
TIMEOUT_S = 15.0
P256DH_BYTES, AUTH_BYTES = 65, 16
POINT = 4
"""What an uncompressed point begins with."""
_NAT64, _V4_COMPATIBLE = ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96")


class BadBrowser(Exception):
    """What a browser told of itself cannot be a push subscription."""


def checked(endpoint: str, p256dh: str, auth: str, *, private: bool = False) -> tuple[str, str, str]:
    """A subscription as we keep it; raises `BadBrowser` for anything that is not one."""
    key, secret = _decoded(p256dh), _decoded(auth)
    if len(key) != P256DH_BYTES or key[0] != POINT or len(secret) != AUTH_BYTES:
        raise BadBrowser("keys")
    if not _allowed(endpoint, private):
        raise BadBrowser("endpoint")
    return endpoint, _encoded(key), _encoded(secret)


class Push:
    """The sender of pushes. `private` lets it speak to this machine's own network: for tests only."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime], *, private: bool = False) -> None:
        self._settings = settings
        self._clock = clock
        self._private = private
        self._session: aiohttp.ClientSession | None = None

    async def send(self, browser: Browser, payload: bytes) -> None:
        """Wake one browser. Raises `SendError`; `UNREACHABLE` means that it wants no more."""
        if not _allowed(browser.endpoint, self._private):
            raise SendError(Failure.UNREACHABLE, "endpoint")
        try:
            body, headers = await asyncio.to_thread(self._sealed, browser, payload)
        except Exception:  # noqa: BLE001 - keys that are none raise whatever the library raises
            raise SendError(Failure.UNREACHABLE, "keys") from None
        status = await self._post(browser.endpoint, body, headers)
        if status in (404, 410):
            raise SendError(Failure.UNREACHABLE, "gone")
        if status == 429:
            raise SendError(Failure.THROTTLED, "throttled", 60.0)
        if status >= 500:
            raise SendError(Failure.UNKNOWN, "server")
        if not 200 <= status < 300:
            raise SendError(Failure.REFUSED, f"status_{status}")

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _post(self, endpoint: str, body: bytes, headers: dict[str, str]) -> int:
        try:
            # No redirects: an address we allowed must not send us to one we would not.
            async with self._open().post(
                endpoint, data=body, headers=headers, allow_redirects=False
            ) as answer:
                return answer.status
        except _Private:
            raise SendError(Failure.UNREACHABLE, "private") from None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise SendError(Failure.NOT_SENT, "no_connection") from None
        except TimeoutError:
            raise SendError(Failure.UNKNOWN, "no_answer") from None
        except (aiohttp.ClientError, OSError, ValueError):
            raise SendError(Failure.UNKNOWN, "lost_answer") from None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            resolver = None if self._private else _OpenInternet()
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=20, resolver=resolver, use_dns_cache=False),
                timeout=aiohttp.ClientTimeout(total=TIMEOUT_S, connect=5.0),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "tocka"},
            )
        return self._session

    def _sealed(self, browser: Browser, payload: bytes) -> tuple[bytes, dict[str, str]]:
        """The encrypted body, and the headers that say who we are."""
        # Heavy, and needed only when somebody is woken.
        from py_vapid import Vapid02
        from pywebpush import WebPusher

        keys = {"p256dh": browser.p256dh, "auth": browser.auth}
        body: bytes = WebPusher({"endpoint": browser.endpoint, "keys": keys}).encode(payload)["body"]
        address = urlsplit(browser.endpoint)
        claims = {
            "aud": f"{address.scheme}://{address.netloc}",
            "exp": int(self._clock().timestamp()) + TOKEN_FOR_S,
            "sub": self._settings.alert_contact,
        }
        signed: dict[str, str] = Vapid02.from_pem(key_pair(self._settings)).sign(claims)
        return body, {
            **signed,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(TTL_S),
            "Urgency": "high",
        }


class _Private(OSError):
    """A name that leads into a network of ours."""


class _OpenInternet(AbstractResolver):
    """Resolves names, and refuses every address that is not of the open internet, at the moment of connecting."""

    def __init__(self) -> None:
        self._inner = DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        if any(not _is_open(one["host"]) for one in found):
            raise _Private(host)
        return found

    async def close(self) -> None:
        await self._inner.close()


def _is_open(told: str) -> bool:
    """Whether an address is of the open internet, and holds none that is not: tunnels and NAT64 lead to IPv4."""
    address: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(told)
    if isinstance(address, ipaddress.IPv6Address):
        if address.is_site_local or address in _V4_COMPATIBLE:
            return False
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
        address = inner or address.ipv4_mapped or address.sixtofour or address
    return address.is_global and not address.is_multicast


def _allowed(endpoint: str, private: bool) -> bool:
    """Whether this may be an address of a push service: https, a name, nothing else in it."""
    if len(endpoint) > ENDPOINT_MAX or not endpoint.isascii() or not endpoint.isprintable():
        return False
    try:
        address = urlsplit(endpoint)
        host, port = address.hostname, address.port
    except ValueError:
        return False
    if private:
        return address.scheme in ("http", "https") and bool(host)
    if address.scheme != "https" or not host or address.username or port not in (None, 443):
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host.strip(".")
    return False  # a push service has a name


def key_pair(settings: Settings) -> bytes:
    """Our key pair as PEM, made once and kept for this user's eyes."""
    path = settings.data_folder / KEY_FILE
    if not path.exists():
        from py_vapid import Vapid02

        made = Vapid02()
        made.generate_keys()
        mine = path.with_name(f"{KEY_FILE}.{secrets.token_hex(4)}")
        handle = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(made.private_pem())
        # A link appears whole or not at all: two processes starting together end with the same key.
        with suppress(FileExistsError):
            path.hardlink_to(mine)
        mine.unlink()
    return path.read_bytes()


def public_key(settings: Settings) -> str:
    """What a browser is given when it subscribes."""
    from cryptography.hazmat.primitives import serialization
    from py_vapid import Vapid02

    point = Vapid02.from_pem(key_pair(settings)).public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return _encoded(point)


def _decoded(told: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(told[:200] + "=" * (-len(told[:200]) % 4))
    except (ValueError, binascii.Error):
        raise BadBrowser("keys") from None


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
