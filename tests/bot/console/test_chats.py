"""One chat: everything staff do with it, what a lost race shows, and that her words stay words."""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.console import chat_acts
from bot.console import chats as pages
from flows import quick
from storage import erasures, members, messages, notes, refusals
from storage.audit import AuditRow
from storage.chats import Line
from storage.db import Database
from storage.messages import MessageRow
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import chats, make
from tests.helpers.console import Desk, console, person
from tests.helpers.life import Life

ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_m = table(MessageRow)
_audit = table(AuditRow)


def acts(db: Database) -> list[str]:
    return [row.act for row in db.read(lambda tx: tx.query(select(_audit.c.act).order_by(_audit.c.id)))]


def said(db: Database, found: int) -> list[Any]:
    """Messages of persons in a chat."""
    rows = db.read(lambda tx: tx.query(select(_m).where(_m.c.conversation_id == found).order_by(_m.c.id)))
    return [row for row in rows if row.kind in ("staff", "staff_now")]


def told(db: Database, found: int) -> list[str]:
    """What she was told, in her language."""
    rows = db.read(lambda tx: tx.query(select(_m).where(_m.c.conversation_id == found).order_by(_m.c.id)))
    return [row.text for row in rows if row.outgoing]


def me(desk: Desk) -> int:
    assert desk.staff is not None
    return desk.staff.id


async def test_take_answer_close(db: Database, clock: make.Clock, site: Site) -> None:
    found = db.write(lambda tx: chats.waiting(tx, site, clock.at))
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        await desk.get(f"/console/chats/{found}")
        assert "Më duhet një person" in desk.words
        await (await desk.post(f"/console/chats/{found}/take")).follow()
        assert chats_owner(db, found) == ("person", me(desk))
        assert "With you" in desk.words
        assert len(told(db, found)) == 1  # she was told who took it
        post = desk.hidden("post")
        await (await reply(desk, found, "Mirëdita", "sq", post)).follow()
        assert "Mirëdita" in desk.words
        assert "On its way" in desk.words
        (message,) = said(db, found)
        assert (message.text, message.language, message.staff_id) == ("Mirëdita", "sq", me(desk))
        await desk.post(f"/console/chats/{found}/close")
        assert chats_owner(db, found) == ("bot", None)
        assert acts(db) == ["chat.take", "chat.reply", "chat.close"]


async def reply(desk: Desk, found: int, text: str, language: str = "sq", post: str = "p1") -> Desk:
    return await desk.post(f"/console/chats/{found}/reply", text=text, language=language, post=post)


def chats_owner(db: Database, found: int) -> tuple[str, int | None]:
    return db.read(lambda tx: chats.owner(tx, found))


async def test_two_press_take_and_one_is_told(db: Database, clock: make.Clock, site: Site) -> None:
    found = db.write(lambda tx: chats.waiting(tx, site, clock.at))
    async with console(db, clock, site) as running:
        first, second = running.signed_in("desk"), running.signed_in("desk")
        assert (await first.post(f"/console/chats/{found}/take")).status == 303
        await second.post(f"/console/chats/{found}/take")
        assert second.status == 409
        assert "took this chat first" in second.words
        assert chats_owner(db, found) == ("person", me(first))
        assert acts(db) == ["chat.take"]


@ONE
async def test_a_form_posted_twice_is_sent_once(db: Database, clock: make.Clock, site: Site) -> None:
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        found = db.write(lambda tx: chats.taken(tx, site, clock.at, me(desk)))
        for _ in range(2):
            assert (await reply(desk, found, "Mirëdita")).status == 303
        await reply(desk, found, "Mirëdita", post="p2")
        assert len(said(db, found)) == 2


@ONE
async def test_what_was_typed_is_kept_when_the_chat_was_lost(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with console(db, clock, site) as running:
        desk, other = running.signed_in("desk"), running.signed_in("desk")
        found = db.write(lambda tx: chats.taken(tx, site, clock.at, me(desk)))
        await desk.post(f"/console/chats/{found}/assign", to=str(me(other)))
        assert chats_owner(db, found) == ("person", me(other))
        await reply(desk, found, "Kjo ishte <b>ime</b>")
        assert desk.status == 409
        assert "Kjo ishte &lt;b&gt;ime&lt;/b&gt;</textarea>" in desk.body
        assert said(db, found) == []
        # and the same form, sent once it is hers again, is not taken for a doubled one
        await other.post(f"/console/chats/{found}/assign", to=str(me(desk)))
        assert (await reply(desk, found, "Kjo ishte <b>ime</b>")).status == 303
        assert len(said(db, found)) == 1


@ONE
async def test_a_quick_reply_is_chosen_in_one_language_and_read_in_another(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        found = db.write(lambda tx: chats.taken(tx, site, clock.at, me(desk)))
        await desk.get(f"/console/chats/{found}")
        ours = running.parts.texts.text("en", quick.KEYS[0], {})
        hers = running.parts.texts.text("sq", quick.KEYS[0], {})
        assert ours in desk.words
        assert hers in desk.words
        await desk.post(f"/console/chats/{found}/reply", quick=quick.KEYS[0], post="q")
        (message,) = said(db, found)
        assert (message.text, message.language) == (hers, "sq")
        assert (await desk.post(f"/console/chats/{found}/reply", quick="menu", post="r")).status == 404


@ONE
@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("  \n ", "sq", "Write something first"),
        ("x" * 2001, "sq", "This is too long"),
        ("Mirëdita", "xx", "Choose the language of your words"),
        ("Mirëdita", "", "Choose the language of your words"),
    ],
)
async def test_a_reply_that_cannot_be_sent_says_why_and_keeps_the_words(
    db: Database, clock: make.Clock, site: Site, text: str, language: str, words: str
) -> None:
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        found = db.write(lambda tx: chats.taken(tx, site, clock.at, me(desk)))
        await reply(desk, found, text, language)
        assert desk.status == 422
        assert words in desk.words
        assert text in desk.body
        assert said(db, found) == []


@ONE
async def test_who_said_do_not_write_is_not_written_to(db: Database, clock: make.Clock, site: Site) -> None:
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        found = db.write(lambda tx: chats.taken(tx, site, clock.at, me(desk)))
        member = db.read(lambda tx: chats.member_of(tx, found))
        db.write(lambda tx: members.set_field(tx, member, "do_not_write", True))
        clock.forward(minutes=20)  # she is not there any more
        await desk.get(f"/console/chats/{found}")
        assert "do not write to this phone" in desk.words
        await reply(desk, found, "Mirëdita")
        assert (desk.status, "Not sent: she said do not write" in desk.words) == (422, True)
        assert said(db, found) == []


async def test_hand_to_a_language_and_to_a_mediator(db: Database, clock: make.Clock, site: Site) -> None:
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        mediator = running.signed_in("mediator", languages=("sq",))
        found = db.write(lambda tx: chats.taken(tx, site, clock.at, me(desk)))
        assert (await mediator.get(f"/console/chats/{found}")).status == 404
        assert (await desk.post(f"/console/chats/{found}/hand", language="ur")).status == 422
        assert (await desk.post(f"/console/chats/{found}/hand", language="sq")).status == 303
        assert "Albanian" in (await mediator.get("/console/inbox")).words
        assert (await mediator.post(f"/console/chats/{found}/take")).status == 303
        assert chats_owner(db, found) == ("person", me(mediator))
        # the desk sees it, but it is not its to hand on or to close
        for act in ("close", "return"):
            assert (await desk.post(f"/console/chats/{found}/{act}")).status == 409
        assert (await desk.post(f"/console/chats/{found}/hand", language="sq")).status == 409
        assert chats_owner(db, found) == ("person", me(mediator))


@ONE
async def test_nobody_is_given_a_chat_who_may_not_have_it(
    db: Database, clock: make.Clock, site: Site
) -> None:
    elsewhere = db.write(lambda tx: make.site(tx, "postojna"))
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        found = db.write(lambda tx: chats.taken(tx, site, clock.at, me(desk)))
        member = db.read(lambda tx: chats.member_of(tx, found))
        refused = db.write(lambda tx: person(tx, site, "desk"))
        db.write(lambda tx: refusals.add(tx, member, refused, clock.at))
        analyst = db.write(lambda tx: person(tx, site, "analyst"))
        far = db.write(lambda tx: person(tx, elsewhere, "desk"))
        for to in (refused, analyst, far, 99999):
            assert (await desk.post(f"/console/chats/{found}/assign", to=str(to))).status == 422, to
        assert chats_owner(db, found) == ("person", me(desk))


@ONE
@pytest.mark.parametrize(
    "act", ["take", "assign", "hand", "return", "close", "reply", "again", "notes", "notes/1"]
)
async def test_no_act_on_a_chat_that_is_not_hers_to_see(
    db: Database, clock: make.Clock, site: Site, act: str
) -> None:
    elsewhere = db.write(lambda tx: make.site(tx, "postojna"))
    found = db.write(lambda tx: chats.waiting(tx, site, clock.at))
    alone = db.write(lambda tx: chats.waiting(tx, site, clock.at, "200"))
    db.write(lambda tx: chats.change(tx, alone, owner="bot", waiting_since=None))
    fields = {"text": "x", "language": "sq", "note": "x", "to": "1", "message": "1", "post": "p"}
    async with console(db, clock, site) as running:
        far, desk = running.signed_in("desk", site=elsewhere), running.signed_in("desk")
        for who, which in ((far, found), (desk, alone), (desk, 999_999)):
            assert (await who.post(f"/console/chats/{which}/{act}", **fields)).status == 404
        assert acts(db) == []
        assert chats_owner(db, found) == ("waiting", None)


async def test_a_sensitive_note_opens_by_a_click_that_is_written_down(
    db: Database, clock: make.Clock, site: Site
) -> None:
    found = db.write(lambda tx: chats.waiting(tx, site, clock.at))
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        await desk.post(f"/console/chats/{found}/notes", note="secret thing", sensitive="1")
        await desk.post(f"/console/chats/{found}/notes", note="plain thing")
        await desk.get(f"/console/chats/{found}")
        assert "plain thing" in desk.words
        assert "secret thing" not in desk.body
        member = db.read(lambda tx: chats.member_of(tx, found))
        secret = next(n.id for n in db.read(lambda tx: notes.about(tx, member)) if n.sensitive)
        await desk.post(f"/console/chats/{found}/notes/{secret}")
        assert "secret thing" in desk.words
        assert acts(db) == ["note.add", "note.add", "note.view"]
        assert (await desk.post(f"/console/chats/{found}/notes/{secret + 1}")).status == 404
        assert "secret thing" not in (await desk.get(f"/console/chats/{found}")).body
        assert len(acts(db)) == 3
        await desk.post(f"/console/chats/{found}/notes", note="   ")
        assert (desk.status, "Write something in the note" in desk.words) == (422, True)


async def test_one_click_sends_an_uncertain_message_again(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with console(db, clock, site) as running:
        desk = running.signed_in("desk")
        found = db.write(lambda tx: chats.taken(tx, site, clock.at, me(desk)))
        await reply(desk, found, "Mirëdita")
        (message,) = said(db, found)
        db.write(lambda tx: tx.query(update(_m).where(_m.c.id == message.id).values(state="unknown")))
        await desk.get(f"/console/chats/{found}")
        assert "Uncertain: it may have arrived" in desk.words
        assert 'name="message"' in desk.body
        assert (await desk.post(f"/console/chats/{found}/again", message=str(message.id))).status == 303
        assert said(db, found)[0].state == "queued"
        await desk.post(f"/console/chats/{found}/again", message=str(message.id))
        assert (desk.status, "already on its way" in desk.words) == (422, True)
        assert len(said(db, found)) == 1


@ONE
async def test_the_chat_shows_what_must_be_known_before_writing(
    db: Database, clock: make.Clock, site: Site
) -> None:
    found = db.write(lambda tx: chats.waiting(tx, site, clock.at))

    def careful(tx: Tx) -> None:
        member = chats.member_of(tx, found)
        values: dict[str, str | datetime] = {
            "shared_phone": "often",
            "write_when": "morning",
            "stopped_at": clock.at,
            "danger_at": clock.at,
            "age_band": "15to17",
        }
        for name, value in values.items():
            members.set_field(tx, member, name, value)

    async with console(db, clock, site) as running:
        desk = await running.signed_in("desk").get(f"/console/chats/{found}")
        assert "Nothing special is known" in desk.words
        db.write(careful)
        await desk.get(f"/console/chats/{found}")
        for words in ("Others often use her phone", "only in the morning", "said STOP", "Words of danger"):
            assert words in desk.words, words
        assert "She is under 18" in desk.words


PAYLOADS = (
    "<script>document.title='x'</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7*7 }} ${7*7}",
    "https://evil.invalid/?a=1&b=2",
)


@ONE
@pytest.mark.parametrize("payload", PAYLOADS)
async def test_her_words_stay_words(db: Database, clock: make.Clock, site: Site, payload: str) -> None:
    found = db.write(lambda tx: chats.waiting(tx, site, clock.at, words=payload))
    async with console(db, clock, site) as running:
        desk = await running.signed_in("desk").get(f"/console/chats/{found}")
        assert payload in desk.words
        assert "<script>document" not in desk.body
        assert "<img" not in desk.body
        assert 'href="https://evil' not in desk.body
        assert 'href="javascript' not in desk.body


def line(clock: make.Clock, state: str, account: str = "telegram:1", **more: Any) -> Line:
    values: dict[str, Any] = {
        "id": 1,
        "outgoing": True,
        "kind": "staff",
        "text": "x",
        "language": "sq",
        "account": account,
        "state": state,
        "error": None,
        "not_before": clock.at,
        "created_at": clock.at,
        "sent_at": None,
        "author": "N",
        "on_page": False,
        "files": (),
    }
    return Line(**(values | more))


def test_every_state_has_its_words_and_only_the_providers_yes_is_sent(clock: make.Clock) -> None:
    now, later = clock.at, clock.at + timedelta(hours=1)
    shown = {
        pages.state_key(one, now): one
        for one in (
            line(clock, "queued"),
            line(clock, "queued", not_before=later),
            line(clock, "queued", account="web"),
            line(clock, "retry", not_before=later),
            line(clock, "sending"),
            line(clock, "sent"),
            line(clock, "sent", account="web", on_page=True),
            line(clock, "failed"),
            line(clock, "unknown"),
            line(clock, "expired"),
            line(clock, "expired", account="web"),
            line(clock, "cancelled"),
        )
    }
    assert len(shown) == 12
    for language in ("sl", "en"):
        assert all(make.texts().has(language, key) for key in shown)
    taken = [key for key, one in shown.items() if "sent" in key or "delivered" in key]
    assert taken == ["inbox-state-sent", "inbox-state-delivered"]
    assert all(shown[key].state == "sent" for key in taken)


@pytest.mark.parametrize("reason", [*sorted(chat_acts.REFUSALS - {"not_yours"}), "new one"])
def test_every_refusal_has_its_sentence(reason: str) -> None:
    from flows.handover import Reply

    key = chat_acts._refused(Reply("refused", reason)).key
    assert all(make.texts().has(language, key) for language in ("sl", "en"))


def test_the_messages_module_still_knows_these_kinds() -> None:
    assert {"staff", "staff_now"} <= messages.STAFF_KINDS


async def test_a_note_written_while_she_is_forgotten_is_not_kept(db: Database, clock: make.Clock) -> None:
    """Her empty row stays for the meeting that is counted: a note must not find it."""
    life = Life(db, clock)
    found = db.write(lambda tx: chats.waiting(tx, life.site, clock.at))
    member = db.read(lambda tx: chats.member_of(tx, found))
    life.books(member, clock.at + timedelta(days=1))
    clock.forward(days=2)
    begun, go_on = threading.Event(), threading.Event()

    def erase(tx: Tx) -> None:
        erasures.erase(tx, member, clock.at, make.keyed)
        begun.set()
        go_on.wait(10)

    async with console(db, clock, life.site) as running:
        desk = running.signed_in("desk")
        erasing = db.submit(erase)
        assert await asyncio.to_thread(begun.wait, 10)
        writing = asyncio.create_task(desk.post(f"/console/chats/{found}/notes", note="her words"))
        await asyncio.sleep(0.5)
        go_on.set()
        await asyncio.wrap_future(erasing)
        await writing
        assert desk.status == 404
    assert db.read(lambda tx: notes.about(tx, member)) == ()
