"""What staff do with a chat: take it, pass it on, answer, write notes, give it back.

Each act is one transaction: may she see it, does the act still hold, what is the member told, what does the audit say.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot import names
from bot.console import chats, live
from bot.console.access import Me
from bot.console.chats import POST_MAX
from bot.console.inbox import scope_of
from bot.console.pages import FORM, Problem, see_other
from bot.web.parts import PARTS
from flows import handover, quick, resend
from flows.handover import Reply
from storage import audit, handovers, inbox, notes, updates
from storage.inbox import Row
from storage.sql import Tx

LATE = Problem("inbox-late")
"""Somebody else was first, or it is not hers any more."""
FORMS = "console"
"""In the table of updates: a form that was posted twice is done once."""
REFUSALS = frozenset(
    {
        "not_yours",
        "empty",
        "too_long",
        "settled",
        "do_not_write",
        "stopped",
        "keeps_reminders",
        "unreachable",
        "never",
        "danger",
    }
)
"""Why a reply was not taken, as `inbox-refused-*` says it."""

Act = Callable[[Tx, Row, datetime], Problem | None]


async def _do(request: web.Request, me: Me, act: Act) -> Problem | None:
    """Run an act on a chat she may see, in one transaction; what went wrong, if anything."""
    parts, now, conversation_id = request.app[PARTS], request.app[PARTS].clock(), chats.id_of(request)
    scope = scope_of(me)

    def unit(tx: Tx) -> tuple[bool, Problem | None]:
        row = inbox.find(tx, scope, conversation_id)
        return (False, None) if row is None else (True, act(tx, row, now))

    seen, problem = await parts.write(unit)
    if not seen:
        raise web.HTTPNotFound
    if problem is None:
        live.changed()
        parts.hint()
    return problem


async def _done(request: web.Request, me: Me, act: Act) -> web.Response:
    """Run an act and show the chat; a lost race shows it as it is now, with the sentence and what was typed."""
    problem = await _do(request, me, act)
    if problem is not None:
        late = problem.key.startswith(LATE.key)
        return await chats.shown_page(request, me, problem=problem, status=409 if late else 422)
    return see_other(f"/console/chats/{chats.id_of(request)}")


def _record(tx: Tx, now: datetime, me: Me, act: str, row: Row, **details: str) -> None:
    about = names.about(tx, "conversation", row.id)
    audit.record(tx, now, me.uid, act, about=about, details=details or None)


async def take(request: web.Request, me: Me) -> web.Response:
    """It is hers from now on; the first wins."""
    parts = request.app[PARTS]

    def act(tx: Tx, row: Row, now: datetime) -> Problem | None:
        if chats.is_mine(me.staff_id, row):
            return None
        if not handovers.take(tx, row.id, me.staff_id, now):
            return _taken(tx, row)
        _record(tx, now, me, "chat.take", row)
        handover.told(
            tx, "taken", row.id, now=now, site=parts.office.site(row.site_id), texts=parts.texts, name=me.name
        )
        return None

    return await _done(request, me, act)


def _taken(tx: Tx, row: Row) -> Problem:
    """Who was first, by name."""
    held = handovers.held(tx, row.id)
    if held is not None and held.owner == "person" and held.staff_id is not None:
        return Problem("inbox-late-name", name=handovers.name(tx, held.staff_id))
    return LATE


async def assign(request: web.Request, me: Me) -> web.Response:
    """It goes to a colleague who answers at its site."""
    parts, to = request.app[PARTS], chats.number_of(request[FORM].get("to", ""))

    def act(tx: Tx, row: Row, now: datetime) -> Problem | None:
        found = next((one for one in inbox.colleagues(tx, row.site_id, row.member_id) if one.id == to), None)
        if found is None:
            return Problem("inbox-nobody")
        if not handovers.assign(tx, row.id, me.staff_id, found.id, now):
            return LATE
        _record(tx, now, me, "chat.assign", row)
        handover.told(
            tx,
            "taken",
            row.id,
            now=now,
            site=parts.office.site(row.site_id),
            texts=parts.texts,
            name=found.name,
        )
        return None

    return await _left(request, me, act)


async def hand(request: web.Request, me: Me) -> web.Response:
    """It waits for whoever speaks a language."""
    parts, language = request.app[PARTS], request[FORM].get("language", "")

    def act(tx: Tx, row: Row, now: datetime) -> Problem | None:
        spoken = {tag for one in inbox.colleagues(tx, row.site_id, row.member_id) for tag in one.languages}
        if language not in spoken:
            return Problem("inbox-nobody")
        if row.owner == "person" and row.staff_id != me.staff_id:
            return LATE
        if not handovers.hand_to_language(tx, row.id, language, now):
            return LATE
        _record(tx, now, me, "chat.hand", row, language=language)
        if row.owner == "person":
            handover.told(
                tx, "waiting", row.id, now=now, site=parts.office.site(row.site_id), texts=parts.texts
            )
        return None

    return await _left(request, me, act)


async def give_back(request: web.Request, me: Me) -> web.Response:
    """The bot goes on where she was."""
    parts = request.app[PARTS]

    def act(tx: Tx, row: Row, now: datetime) -> Problem | None:
        if not handovers.give_back(tx, row.id, me.staff_id, now):
            return LATE
        _record(tx, now, me, "chat.return", row)
        handover.told(tx, "returned", row.id, now=now, site=parts.office.site(row.site_id), texts=parts.texts)
        return None

    return await _left(request, me, act)


async def close(request: web.Request, me: Me) -> web.Response:
    """It is over."""
    parts = request.app[PARTS]

    def act(tx: Tx, row: Row, now: datetime) -> Problem | None:
        if not handovers.close(tx, row.id, me.staff_id, now):
            return LATE
        _record(tx, now, me, "chat.close", row)
        handover.told(tx, "closed", row.id, now=now, site=parts.office.site(row.site_id), texts=parts.texts)
        return None

    return await _left(request, me, act)


async def _left(request: web.Request, me: Me, act: Act) -> web.Response:
    """Run an act after which she is done with the chat: back to the list."""
    answer = await _done(request, me, act)
    return see_other("/console/inbox") if answer.status == 303 else answer


async def reply(request: web.Request, me: Me) -> web.Response:
    """What she wrote, or a quick reply, goes to the member; a form posted twice is sent once."""
    parts, form = request.app[PARTS], request[FORM]
    key = form.get("quick") or None
    text = "" if key else form.get("text", "").replace("\r\n", "\n")
    language = form.get("language", "")
    if key is not None and key not in quick.KEYS:
        raise web.HTTPNotFound
    post = f"{me.uid}.{form.get('post', '')[:POST_MAX]}"

    def act(tx: Tx, row: Row, now: datetime) -> Problem | None:
        if key is None and language not in chats.languages_of(me, row):
            return Problem("inbox-language-missing")
        with tx.attempt() as attempt:
            if not updates.first_time(tx, FORMS, post, now):
                return None
            told = handover.reply(
                tx,
                row.id,
                me.staff_id,
                text,
                language=language,
                now=now,
                site=parts.office.site(row.site_id),
                texts=parts.texts,
                quick_key=key,
            )
            if told.state == "refused":
                attempt.give_up()
                return _refused(told)
        _record(tx, now, me, "chat.reply", row)
        return None

    return await _done(request, me, act)


def _refused(told: Reply) -> Problem:
    if told.reason == "not_yours":
        return LATE
    return Problem(f"inbox-refused-{(told.reason if told.reason in REFUSALS else 'other')}".replace("_", "-"))


async def again(request: web.Request, me: Me) -> web.Response:
    """One click sends a message again that did not arrive, or perhaps did not."""
    parts, message_id = request.app[PARTS], chats.number_of(request[FORM].get("message", ""))

    def act(tx: Tx, row: Row, now: datetime) -> Problem | None:
        told = resend.resend(
            tx, row.id, message_id, me.staff_id, now=now, site=parts.office.site(row.site_id)
        )
        if told.state == "refused":
            return _refused(told)
        _record(tx, now, me, "chat.reply", row)
        return None

    return await _done(request, me, act)


async def note(request: web.Request, me: Me) -> web.Response:
    """Write an internal note."""
    form = request[FORM]
    text, sensitive = form.get("note", "").replace("\r\n", "\n").strip(), form.get("sensitive") == "1"

    def act(tx: Tx, row: Row, now: datetime) -> Problem | None:
        if not text:
            return Problem("inbox-note-empty")
        if len(text) > notes.TEXT_MAX:
            return Problem("inbox-refused-too-long")
        if handovers.held(tx, row.id) is None:  # forgotten meanwhile; locked, she cannot be before the commit
            return LATE
        notes.add(tx, row.member_id, me.staff_id, text, sensitive, now)
        _record(tx, now, me, "note.add", row)
        return None

    return await _done(request, me, act)


async def open_note(request: web.Request, me: Me) -> web.Response:
    """Show a sensitive note, once, and write down that she read it."""
    note_id = chats.number_of(request.match_info["note"])

    def act(tx: Tx, row: Row, now: datetime) -> Problem | None:
        if not notes.is_sensitive(tx, row.member_id, note_id):
            return LATE
        _record(tx, now, me, "note.view", row)
        return None

    if await _do(request, me, act) is not None:
        raise web.HTTPNotFound
    return await chats.shown_page(request, me, opened=note_id)
