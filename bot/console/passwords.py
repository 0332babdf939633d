"""Passwords, one-time codes and recovery codes: what is computed, never what is stored."""

from __future__ import annotations

import asyncio
import hmac
import io
import re
import secrets
from base64 import b32encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cached_property

import pyotp
import segno
from aiohttp import web
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.web.parts import Parts
from storage.sql import to_ms

MIN_LENGTH = 12
MAX_LENGTH = 200
"""More is refused before any work is done on it."""
TOGETHER = 2
"""Checks at the same time: each takes 19 MiB and a whole core for some 40 ms, and a turn must not wait for them."""
STEP_S = 30
ISSUER = "Točka"
CODES = 10
# Without letters and digits that look alike on paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_CODE = re.compile(r"\d{6}")


class Passwords:
    """argon2id in few threads of its own; an unknown login costs the same work as a known one."""

    def __init__(self) -> None:
        self._argon = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._threads = ThreadPoolExecutor(TOGETHER, "passwords")
        self.verified = 0
        """How many passwords were compared: the tests count the work."""

    @cached_property
    def _nobodys(self) -> str:
        return self._argon.hash(secrets.token_urlsafe(16))

    async def hash(self, password: str) -> str:
        """What is stored of a password."""
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, self._argon.hash, password[:MAX_LENGTH]
        )

    async def right(self, stored: str | None, password: str) -> bool:
        """Whether the password is right; without a stored one it never is, after the same work."""
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, self._compare, stored, password[:MAX_LENGTH]
        )

    def _compare(self, stored: str | None, password: str) -> bool:
        self.verified += 1
        try:
            self._argon.verify(stored or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def is_old(self, stored: str) -> bool:
        """Whether it was made with other parameters and should be made anew."""
        return self._argon.check_needs_rehash(stored)

    async def close(self, _app: web.Application) -> None:
        """Let the threads go with the application."""
        self._threads.shutdown(wait=False)


PASSWORDS: web.AppKey[Passwords] = web.AppKey("passwords", Passwords)


def too_weak(password: str, *names: str) -> str | None:
    """The key of the sentence that says why this password will not do; None when it will."""
    if len(password) < MIN_LENGTH:
        return "staff-password-short"
    if len(password) > MAX_LENGTH:
        return "staff-password-long"
    plain = password.casefold()
    if len(set(plain)) <= 2 or any(
        name and plain == name.casefold() * (len(plain) // len(name)) for name in names
    ):
        return "staff-password-weak"
    return None


# --- the second factor ---


def new_seed(parts: Parts, token: str, uid: str) -> str:
    """The second factor this browser is offered: nothing is stored before its first code was right."""
    return parts.signed(f"totp-offer:{uid}", token)


def _totp(parts: Parts, seed: str) -> pyotp.TOTP:
    # The database keeps a seed only: without the signing key a stolen copy of it yields no code.
    secret = b32encode(bytes.fromhex(parts.signed("totp", seed))[:20]).decode()
    return pyotp.TOTP(secret, interval=STEP_S)


def secret_of(parts: Parts, seed: str) -> str:
    """What an authenticator is told, to be typed by hand."""
    return _totp(parts, seed).secret


def steps(parts: Parts, seed: str, code: str, now: datetime) -> Iterator[int]:
    """The time steps around now whose code this is: a clock may be half a minute off."""
    plain = "".join(code.split())
    if not (plain.isascii() and _CODE.fullmatch(plain)):
        return
    this = to_ms(now) // 1000 // STEP_S
    for step in (this - 1, this, this + 1):
        if hmac.compare_digest(_totp(parts, seed).generate_otp(step), plain):
            yield step


def qr(parts: Parts, seed: str, login: str) -> bytes:
    """The secret as a picture for an authenticator's camera."""
    uri = _totp(parts, seed).provisioning_uri(name=login, issuer_name=ISSUER)
    made = io.BytesIO()
    segno.make(uri, error="m").save(
        made, kind="svg", scale=6, border=4, light="#fff", svgclass=None, lineclass=None
    )
    return made.getvalue()


# --- recovery codes ---


def new_codes() -> list[str]:
    """Codes to print: 49 bits each, behind the same back-off as the six digits."""
    words = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(CODES)]
    return [f"{word[:5]}-{word[5:]}" for word in words]


def code_hash(parts: Parts, uid: str, code: str) -> str:
    """What is stored of a recovery code, however it was typed."""
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())[:40]
    return parts.signed(f"recovery:{uid}", plain)
