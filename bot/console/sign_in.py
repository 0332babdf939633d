"""The door from outside: password, second factor, invitation, and out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from aiohttp import web

from bot.console import passwords
from bot.console.access import SECOND_FACTOR, Me
from bot.console.door import SECOND, SIGN_IN, cookie, cookie_name, hashed, set_cookie
from bot.console.pages import FORM, Problem, page, see_other
from bot.console.passwords import PASSWORDS
from bot.web import limits
from bot.web.parts import PARTS, Parts
from bot.web.security import csrf
from storage import audit, people, sessions
from storage.people import Person, Secrets
from storage.sql import Tx

LOGIN_MAX = 60
NETWORK_FREE_FAILS = 30
"""Wrong attempts from one network without a pause: a whole office may share one."""
ENROL = "/console/second/new"


def visiting(request: web.Request, me: Me, template: str, **values: object) -> web.Response:
    """A page with a form for somebody without a session: its word is tied to a cookie all the same."""
    if cookie(request):
        return page(request, me, template, **values)  # type: ignore[arg-type]  # passed through
    parts = request.app[PARTS]
    token = parts.token()
    answer = page(request, replace(me, csrf=csrf(parts, token)), template, **values)  # type: ignore[arg-type]  # passed through
    set_cookie(request, answer, token)
    return answer


def plain_login(told: str) -> str:
    """A login however it was typed."""
    return told.strip().casefold()[:LOGIN_MAX]


def needs_second(who: Person) -> bool:
    """Whether a password alone does not let her in."""
    return who.enrolled or any(hers & SECOND_FACTOR for hers in who.roles.values())


async def sign_in_page(request: web.Request, me: Me) -> web.Response:
    """Login and password."""
    return see_other("/console") if me.staff_id else visiting(request, me, "sign_in.html")


async def sign_in(request: web.Request, me: Me) -> web.Response:
    """One sentence and the same work for a wrong password, an unknown login and too many attempts."""
    parts, form = request.app[PARTS], request[FORM]
    login, password, now = plain_login(form.get("login", "")), form.get("password", ""), parts.clock()
    own = parts.signed("guard-login", login)
    network = parts.signed("guard-network", limits.visitor(request, parts.settings.trust_proxy))
    keys = {own: sessions.FREE_FAILS, network: NETWORK_FREE_FAILS}

    def look(tx: Tx) -> tuple[bool, Secrets | None]:
        return sessions.attempt(tx, keys, now), people.secrets_of(tx, login)

    allowed, known = await parts.write(look)
    # While it must wait even the right password is not looked at, and the answer does not tell.
    right = allowed and await request.app[PASSWORDS].right(known.password_hash if known else None, password)
    token = parts.token()
    if right and known is not None:
        fresh = await _fresh_hash(request, known, password)

        def enter(tx: Tx) -> bool | None:
            if people.secrets_by_id(tx, known.id) != known:  # changed or kept out meanwhile
                return None
            who = people.get(tx, known.id)
            if who is None or not who.active:
                return None
            if fresh is not None:
                people.set_password(tx, who.id, fresh)
            if me.staff_id:
                sessions.end(tx, me.staff_id, me.session_id, now)
            sessions.sweep(tx, now)
            sessions.begin(tx, hashed(token), who.id, now, passed=not needs_second(who))
            sessions.succeeded(tx, own, network, now)
            audit.record(tx, now, who.uid, "staff.sign_in")
            return needs_second(who)

        second = await parts.write(enter)
        if second is not None:
            answer = see_other(SECOND if second else "/console")
            set_cookie(request, answer, token)
            return answer
    typed = {"login": form.get("login", "")}
    return visiting(request, me, "sign_in.html", problem=Problem("staff-sign-in-wrong"), typed=typed)


async def _fresh_hash(request: web.Request, known: Secrets, password: str) -> str | None:
    """The password hashed with today's parameters, when it was stored with others."""
    checker = request.app[PASSWORDS]
    if known.password_hash is None or not checker.is_old(known.password_hash):
        return None
    return await checker.hash(password)


async def sign_out(request: web.Request, me: Me) -> web.Response:
    """End this session."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    await parts.write(lambda tx: sessions.end(tx, me.staff_id, me.session_id, now))
    answer = see_other(SIGN_IN)
    answer.del_cookie(cookie_name(parts), path="/", httponly=True, samesite="Lax", secure=parts.https)
    return answer


# --- the second factor ---


async def second_page(request: web.Request, me: Me) -> web.Response:
    """The code of the authenticator, or a printed one."""
    if me.passed:
        return see_other("/console")
    return page(request, me, "second.html") if me.enrolled else see_other(ENROL)


async def second(request: web.Request, me: Me) -> web.Response:
    """Look at the code; a right one begins the session anew under another token."""
    parts, code = request.app[PARTS], request[FORM].get("code", "")[:40]
    if me.passed or not me.enrolled:
        return see_other("/console")
    token, now = parts.token(), parts.clock()

    def unit(tx: Tx) -> bool:
        if not checked(tx, parts, me, code, now):
            return False
        return sessions.renew(tx, me.session_id, hashed(token))

    if not await parts.write(unit):
        return page(request, me, "second.html", problem=Problem("staff-code-wrong"))
    answer = see_other("/console")
    set_cookie(request, answer, token)
    return answer


def checked(tx: Tx, parts: Parts, me: Me, code: str, now: datetime) -> bool:
    """Whether a code is hers and was never used; it is used up, and a wrong one counted."""
    own = parts.signed("guard-second", me.uid)
    known = people.secrets_by_id(tx, me.staff_id)
    if known is None or known.totp_secret is None or not known.active:
        return False
    if not sessions.attempt(tx, {own: sessions.FREE_FAILS}, now):
        return False
    right = any(
        sessions.use_step(tx, me.staff_id, step)
        for step in passwords.steps(parts, known.totp_secret, code, now)
    ) or sessions.use_code(tx, me.staff_id, passwords.code_hash(parts, me.uid, code), now)
    if right:
        sessions.succeeded(tx, own, None, now)
    return right


# --- the invitation ---


async def invitation_page(request: web.Request, me: Me) -> web.Response:
    """Choose a password. Opening the page uses nothing up: messengers open links before people do."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    name = hashed(request.match_info["token"])
    found = await parts.read(lambda tx: sessions.invited(tx, name, now))
    if found is None:
        return page(request, me, "invitation.html", 404, invited=None)
    return visiting(request, replace(me, language=found.language), "invitation.html", invited=found)


async def invitation(request: web.Request, me: Me) -> web.Response:
    """Use the link up: the password is hers, an older one and an older second factor end."""
    parts, form = request.app[PARTS], request[FORM]
    name, now, token = hashed(request.match_info["token"]), parts.clock(), parts.token()
    found = await parts.read(lambda tx: sessions.invited(tx, name, now))
    if found is None:
        return page(request, me, "invitation.html", 404, invited=None)
    try:
        chosen = new_password(form, found.login, found.name)
    except Problem as problem:
        return visiting(
            request, replace(me, language=found.language), "invitation.html", invited=found, problem=problem
        )
    stored = await request.app[PASSWORDS].hash(chosen)

    def unit(tx: Tx) -> bool | None:
        if not sessions.use_invitation(tx, name, now):
            return None
        people.set_password(tx, found.id, stored)
        people.set_totp(tx, found.id, None)
        sessions.new_codes(tx, found.id, [])
        sessions.end_all(tx, found.id, now)
        if me.staff_id:
            sessions.end(tx, me.staff_id, me.session_id, now)
        who = people.get(tx, found.id)
        assert who is not None
        sessions.begin(tx, hashed(token), who.id, now, passed=not needs_second(who))
        audit.record(tx, now, who.uid, "staff.invited")
        return needs_second(who)

    second_needed = await parts.write(unit)
    if second_needed is None:
        return page(request, me, "invitation.html", 404, invited=None)
    answer = see_other(SECOND if second_needed else "/console")
    set_cookie(request, answer, token)
    return answer


def new_password(form: dict[str, str], *names: str) -> str:
    """The password of a form with its repetition, or the problem with it."""
    chosen = form.get("new", "")
    weak = passwords.too_weak(chosen, *names)
    if weak is not None:
        raise Problem(weak)
    if chosen != form.get("again", ""):
        raise Problem("staff-password-differs")
    return chosen
