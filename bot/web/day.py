"""The day page for staff: read-only, on this machine only, behind a link that works once."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web

from bot.web.overview import sections
from bot.web.parts import PARTS, Parts
from bot.web.render import page, preferred
from bot.web.security import Refused
from storage import today

LINK_FOR = timedelta(hours=12)
SESSION_FOR = timedelta(hours=12)
LOOPBACK = ("127.0.0.1", "::1")
NAMES = ("127.0.0.1", "localhost", "[::1]")
STAFF_LANGUAGES = ("sl", "en")
_COOKIE = "day"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@dataclass
class DayLinks:
    """One-time links and the sessions they began; only hashes are kept, and a restart ends them all."""

    token: Callable[[], str]
    _links: dict[str, datetime] = field(default_factory=dict)
    _sessions: dict[str, datetime] = field(default_factory=dict)

    def issue(self, now: datetime) -> str:
        """The path of a new link."""
        token = self.token()
        self._links[_hash(token)] = now + LINK_FOR
        return f"/day/{token}"

    def begin(self, token: str, now: datetime) -> str | None:
        """Use up a link: the token of a new session, or None when the link was used, too old or never ours."""
        until = self._links.pop(_hash(token), None)
        if until is None or until <= now:
            return None
        session = self.token()
        self._sessions[_hash(session)] = now + SESSION_FOR
        return session

    def knows(self, session: str, now: datetime) -> bool:
        """Whether a session is still good."""
        told = _hash(session)
        return any(hmac.compare_digest(told, one) and now < until for one, until in self._sessions.items())


LINKS: web.AppKey[DayLinks] = web.AppKey("day_links", DayLinks)


def _only_here(request: web.Request) -> None:
    """Refuse whoever is not at this machine; a request that came through a web server came from elsewhere."""
    name = request.host.rpartition(":")[0] if not request.host.endswith("]") else request.host
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    # The name counts too: a foreign site's name that points at 127.0.0.1 would read this page from her browser.
    if request.remote not in LOOPBACK or forwarded or (name or request.host) not in NAMES:
        raise Refused("today-not-here", 403)


async def enter(request: web.Request) -> web.Response:
    """Use the link once."""
    _only_here(request)
    parts = request.app[PARTS]
    session = request.app[LINKS].begin(request.match_info["token"], parts.clock())
    if session is None:
        raise Refused("today-link-used", 403)
    answer = web.Response(status=303, headers={"Location": "/day"})
    seconds = int(SESSION_FOR.total_seconds())
    answer.set_cookie(_COOKIE, session, max_age=seconds, path="/day", httponly=True, samesite="Strict")
    return answer


async def show(request: web.Request) -> web.Response:
    """The day as it stands."""
    _only_here(request)
    parts = request.app[PARTS]
    now = parts.clock()
    if not request.app[LINKS].knows(request.cookies.get(_COOKIE, ""), now):
        raise Refused("today-no-link", 403)
    site = parts.office.main
    overview = await parts.read(lambda tx: today.overview(tx, now, site))
    language = staff_language(parts, preferred(request, STAFF_LANGUAGES))
    told = sections(overview, parts.texts, language)
    return page(parts, "day.html", language, sections=told, day=overview)


def staff_language(parts: Parts, wish: str | None) -> str:
    """The staff language the browser asks for, else the site's own."""
    asked = (wish or "").split("-")[0]
    return asked if asked in STAFF_LANGUAGES else parts.texts.default
