"""One's own account: password, second factor, recovery codes, sessions, languages."""

from __future__ import annotations

from datetime import datetime

from aiohttp import web

from bot.console import passwords
from bot.console.access import Me
from bot.console.door import cookie, hashed, set_cookie
from bot.console.pages import FORM, LANGUAGES, Problem, language_name, page, see_other
from bot.console.passwords import PASSWORDS
from bot.console.sign_in import new_password
from bot.web.parts import PARTS, Parts
from storage import audit, feeds, people, sessions
from storage.people import Secrets
from storage.sql import Tx

ACCOUNT = "/console/account"


async def account(
    request: web.Request,
    me: Me,
    problem: Problem | None = None,
    codes: list[str] | None = None,
    feed_link: str = "",
) -> web.Response:
    """Everything of hers on one page. Recovery codes and the address of her calendar are shown once, when they are made."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    listed = await parts.read(
        lambda tx: (
            people.get(tx, me.staff_id),
            sessions.listed(tx, me.staff_id, now),
            sessions.codes_left(tx, me.staff_id),
            feeds.own(tx, me.staff_id),
        )
    )
    who, open_sessions, codes_left, feed = listed
    return page(
        request,
        me,
        "account.html",
        problem=problem,
        who=who,
        sessions=open_sessions,
        codes_left=codes_left,
        codes=codes,
        feed=feed,
        feed_link=feed_link,
        speaks=[language_name(tag, me.language) for tag in who.languages] if who else [],
        console_languages=LANGUAGES,
    )


def spoken(parts: Parts, language: str) -> list[tuple[str, str]]:
    """Tag and name of every language a member may write in."""
    return [(tag, language_name(tag, language)) for tag in parts.texts.languages]


def chosen_languages(parts: Parts, form: dict[str, str]) -> list[str]:
    """The ticked languages of a form; a tag nobody knows is not among them."""
    return [tag for tag in parts.texts.languages if form.get(f"speaks-{tag}")]


async def own(request: web.Request, me: Me) -> web.Response:
    """The console's language. Those she speaks give rights over texts, so an administrator sets them."""
    parts, form = request.app[PARTS], request[FORM]
    language = form.get("language", "")
    if language not in LANGUAGES:
        return await account(request, me, Problem("staff-language-unknown"))
    await parts.write(lambda tx: people.set_language(tx, me.staff_id, language))
    return see_other(ACCOUNT)


# --- what needs the password once more ---


async def confirmed(request: web.Request, me: Me, now: datetime) -> Secrets:
    """Her present password, typed again: a browser left open must not be enough to take an account over.

    Raises `Problem` when it is not hers.
    """
    parts = request.app[PARTS]
    guard = parts.signed("guard-confirm", me.uid)

    def look(tx: Tx) -> tuple[bool, Secrets | None]:
        return sessions.attempt(tx, {guard: sessions.FREE_FAILS}, now), people.secrets_by_id(tx, me.staff_id)

    allowed, known = await parts.write(look)
    told = request[FORM].get("password", "")
    if not allowed or known is None or not await request.app[PASSWORDS].right(known.password_hash, told):
        raise Problem("staff-password-wrong")
    await parts.write(lambda tx: sessions.succeeded(tx, guard, None, now))
    return known


async def password(request: web.Request, me: Me) -> web.Response:
    """A new password: every other session ends, and this one goes on under another token."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    try:
        known = await confirmed(request, me, now)
        who = await parts.read(lambda tx: people.get(tx, me.staff_id))
        chosen = new_password(request[FORM], *((who.login, who.name) if who else ()))
    except Problem as problem:
        return await account(request, me, problem)
    stored, token = await request.app[PASSWORDS].hash(chosen), parts.token()

    def unit(tx: Tx) -> bool:
        if people.secrets_by_id(tx, me.staff_id) != known or not sessions.renew(
            tx, me.session_id, hashed(token)
        ):
            return False
        people.set_password(tx, me.staff_id, stored)
        sessions.end_all(tx, me.staff_id, now, but=me.session_id)
        audit.record(tx, now, me.uid, "staff.password")
        return True

    if not await parts.write(unit):
        raise web.HTTPNotFound
    answer = see_other(ACCOUNT)
    set_cookie(request, answer, token)
    return answer


async def codes(request: web.Request, me: Me) -> web.Response:
    """Ten new recovery codes; the old ones end."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    try:
        await confirmed(request, me, now)
        if not me.enrolled:
            raise Problem("staff-second-missing")
    except Problem as problem:
        return await account(request, me, problem)
    made = passwords.new_codes()
    hashes = [passwords.code_hash(parts, me.uid, one) for one in made]

    def unit(tx: Tx) -> None:
        sessions.new_codes(tx, me.staff_id, hashes)
        audit.record(tx, now, me.uid, "staff.codes")

    await parts.write(unit)
    return await account(request, me, codes=made)


# --- setting the second factor up ---


def _may_enrol(me: Me) -> None:
    """Half in, only who has none may set one up: otherwise a password alone would replace the second factor."""
    if not me.passed and me.enrolled:
        raise web.HTTPNotFound


async def enrol_page(request: web.Request, me: Me, problem: Problem | None = None) -> web.Response:
    """The secret as a picture and in letters."""
    _may_enrol(me)
    parts = request.app[PARTS]
    seed = passwords.new_seed(parts, cookie(request), me.uid)
    return page(request, me, "enrol.html", problem=problem, secret=passwords.secret_of(parts, seed))


async def enrol_qr(request: web.Request, me: Me) -> web.Response:
    """The picture."""
    _may_enrol(me)
    parts = request.app[PARTS]
    who = await parts.read(lambda tx: people.get(tx, me.staff_id))
    if who is None:
        raise web.HTTPNotFound
    drawn = passwords.qr(parts, passwords.new_seed(parts, cookie(request), me.uid), who.login)
    return web.Response(body=drawn, content_type="image/svg+xml")


async def enrol(request: web.Request, me: Me) -> web.Response:
    """Store it once its first code was right; the session goes on under another token, the codes are shown once."""
    _may_enrol(me)
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    seed, code = passwords.new_seed(parts, cookie(request), me.uid), request[FORM].get("code", "")[:40]
    made, token = passwords.new_codes(), parts.token()
    hashes = [passwords.code_hash(parts, me.uid, one) for one in made]
    guard = parts.signed("guard-second", me.uid)
    try:
        if me.passed:
            await confirmed(request, me, now)
    except Problem as problem:
        return await enrol_page(request, me, problem)

    def unit(tx: Tx) -> bool:
        if not sessions.attempt(tx, {guard: sessions.FREE_FAILS}, now):
            return False
        known = people.secrets_by_id(tx, me.staff_id)
        if known is None or (known.totp_secret is not None and not me.passed):
            return False
        if not any(
            sessions.use_step(tx, me.staff_id, step) for step in passwords.steps(parts, seed, code, now)
        ):
            return False
        if not sessions.renew(tx, me.session_id, hashed(token)):
            return False
        people.set_totp(tx, me.staff_id, seed)
        sessions.new_codes(tx, me.staff_id, hashes)
        sessions.end_all(tx, me.staff_id, now, but=me.session_id)
        sessions.succeeded(tx, guard, None, now)
        audit.record(tx, now, me.uid, "staff.second")
        return True

    if not await parts.write(unit):
        return await enrol_page(request, me, Problem("staff-code-wrong"))
    answer = page(request, me, "codes.html", codes=made)
    set_cookie(request, answer, token)
    return answer


# --- sessions ---


async def end_session(request: web.Request, me: Me) -> web.Response:
    """End one of her own."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()
    told = request.match_info["id"]
    number = int(told) if told.isascii() and told.isdecimal() and len(told) < 16 else 0

    def unit(tx: Tx) -> bool:
        ended = sessions.end(tx, me.staff_id, number, now)
        if ended:
            audit.record(tx, now, me.uid, "session.end")
        return ended

    if not await parts.write(unit):
        raise web.HTTPNotFound
    return see_other(ACCOUNT)


async def end_others(request: web.Request, me: Me) -> web.Response:
    """End all but this one."""
    parts, now = request.app[PARTS], request.app[PARTS].clock()

    def unit(tx: Tx) -> None:
        if sessions.end_all(tx, me.staff_id, now, but=me.session_id):
            audit.record(tx, now, me.uid, "session.end")

    await parts.write(unit)
    return see_other(ACCOUNT)
