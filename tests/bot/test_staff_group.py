"""The staff group on Telegram, against a fake Bot API over HTTP: topics follow the conversations, and words go both ways."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import pytest

from bot.app import App
from bot.settings import Settings
from flows import handover
from storage import handovers, refusals
from storage.db import Database
from storage.sites import Site
from storage.sql import table
from storage.staff import StaffRow
from tests.helpers import make, office, provider
from tests.helpers.staff_group import (
    ANA,
    CHAT,
    EVA,
    MAJA,
    OTHER_CHAT,
    STRANGER,
    Group,
    acts,
    asks,
    message,
    supergroup,
    take,
    uid,
)

only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For tables of cases that differ in nothing the database does."""
WORDS = "Më duhet ndihmë me një letër"


# --- the journey


async def test_a_woman_asks_in_albanian_is_answered_through_the_group_and_goes_on_with_the_bot(
    db: Database, site: Site, clock: make.Clock, tmp_path: Path
) -> None:
    remote = provider.start(tmp_path / "ledger")
    group = Group(db, site, clock, remote)
    try:
        ana = group.staff(ANA)
        await group.member_says(MAJA, "/start")
        await group.member_taps(MAJA, "sq")
        await group.member_taps(MAJA, "ok")
        await group.member_taps(MAJA, "book")
        before = group.chat(MAJA).stack
        await group.member_says(MAJA, "dua të flas me një person")
        await group.tells()
        thread = group.topic(MAJA).thread_id
        assert group.made() == [f"#{group.chat(MAJA).id} sq"]
        assert "Waits for a person" in group.posts(thread)[0]
        assert "dua të flas me një person" in group.posts(thread)[0]

        clock.forward(minutes=2)
        await group.in_topic(ANA, thread, "Mirëdita, si mund t'ju ndihmoj?")
        assert group.arrived(MAJA)[-1] == "Mirëdita, si mund t'ju ndihmoj?"
        assert (group.chat(MAJA).owner, group.chat(MAJA).staff_id) == ("person", ana)
        await group.member_says(MAJA, WORDS)
        await group.tells()
        assert "has this chat" in group.posts(thread)[-1]
        assert f"│ {WORDS}" in group.posts(thread)[-1]
        assert not any("Mirëdita" in post for post in group.posts(thread))  # it stands there already

        await group.in_topic(ANA, thread, "/back@tocka_test_bot")
        await group.tells()
        assert group.chat(MAJA).owner == "bot"
        assert group.chat(MAJA).stack == before
        assert group.topic(MAJA).state == "closed"
        await group.member_taps(MAJA, "nav.back")
        assert group.chat(MAJA).owner == "bot"
        calls = len(group.everything())
        await group.tells()
        assert len(group.everything()) == calls  # what she says to the bot is nobody's to read
        assert acts(db) == [(uid(db, ana), act) for act in ("chat.take", "chat.reply", "chat.return")]
        assert remote.problems() == []
    finally:
        await group.channel.close()
        remote.stop()


# --- in step with the console


async def test_what_the_console_does_shows_in_the_topic(group: Group) -> None:
    eva = group.staff(EVA)
    thread = await asks(group)
    assert take(group, eva)
    await group.tells()
    assert "has this chat" in group.posts(thread)[-1]

    chat, now = group.chat(MAJA).id, group.clock.at
    group.db.write(
        lambda tx: handover.reply(
            tx, chat, eva, "Dober dan!", language="sl", now=now, site=group.site, texts=make.texts()
        )
    )
    await group.tells()
    assert "│ Dober dan!" in group.posts(thread)[-1]
    assert group.db.write(lambda tx: handovers.hand_to_language(tx, chat, "sq", now))
    await group.tells()
    assert "who speaks: sq" in group.posts(thread)[-1]
    assert group.db.write(lambda tx: handovers.close(tx, chat, None, now))
    await group.tells()
    assert "No person has this chat" in group.posts(thread)[-1]
    assert len(group.remote.calls("closeForumTopic")) == 1
    assert group.topic(MAJA).state == "closed"


async def test_she_asks_again_and_the_same_topic_opens(group: Group) -> None:
    group.staff(ANA)
    thread = await asks(group)
    await group.in_topic(ANA, thread, "/close")
    await group.tells()
    group.clock.forward(minutes=5)
    await group.member_says(MAJA, "skrivnost za bota")
    group.clock.forward(minutes=5)
    await group.member_says(MAJA, "človek")
    await group.tells()
    assert group.topic(MAJA).thread_id == thread
    assert group.topic(MAJA).state == "open"
    assert len(group.remote.calls("reopenForumTopic")) == 1
    assert not any("skrivnost" in post for post in group.posts())


async def test_a_closed_chat_that_is_taken_again_keeps_what_she_told_the_bot(group: Group) -> None:
    eva = group.staff(EVA)
    thread = await asks(group)
    assert take(group, eva)
    group.clock.forward(minutes=1)
    chat = group.chat(MAJA).id
    assert group.db.write(lambda tx: handovers.close(tx, chat, eva, group.clock.at))
    await group.tells()
    group.clock.forward(minutes=5)
    await group.member_says(MAJA, "skrivnost za bota")
    group.clock.forward(minutes=5)
    assert take(group, eva)
    await group.tells()
    assert "has this chat" in group.posts(thread)[-1]
    assert not any("skrivnost" in post for post in group.posts())
    group.clock.forward(minutes=1)
    await group.member_says(MAJA, WORDS)
    await group.tells()
    assert f"│ {WORDS}" in group.posts(thread)[-1]
    calls = len(group.everything())
    await group.tells()
    assert len(group.everything()) == calls


@only_sqlite
@pytest.mark.parametrize("way", ["command", "button"])
@pytest.mark.parametrize("act", ["take", "back", "close"])
async def test_commands_and_buttons_do_what_the_console_does(group: Group, act: str, way: str) -> None:
    ana = group.staff(ANA)
    thread = await asks(group)
    if act == "back":
        assert take(group, ana)
    if way == "command":
        await group.in_topic(ANA, thread, f"/{act}")
    else:
        await group.in_topic_taps(ANA, thread, act)
    chat = group.chat(MAJA)
    assert chat.owner == ("person" if act == "take" else "bot")
    assert chat.staff_id == (ana if act == "take" else None)
    assert acts(group.db)[-1] == (uid(group.db, ana), {"back": "chat.return"}.get(act, f"chat.{act}"))


async def test_closing_and_opening_by_hand_close_and_take_the_chat(group: Group) -> None:
    ana = group.staff(ANA)
    thread = await asks(group)
    await group.in_topic(ANA, thread, forum_topic_closed={})
    assert group.chat(MAJA).owner == "bot"
    assert group.topic(MAJA).state == "closed"
    await group.tells()
    assert group.remote.calls("closeForumTopic") == []  # it is closed already
    await group.in_topic(ANA, thread, forum_topic_reopened={})
    assert group.chat(MAJA).staff_id == ana
    await group.tells()
    assert group.remote.calls("reopenForumTopic") == []


async def test_whoever_is_second_is_told_so(group: Group) -> None:
    eva = group.staff(EVA)
    group.staff(ANA)
    thread = await asks(group)
    assert take(group, eva)
    await group.delivers()
    arrived = len(group.arrived(MAJA))
    await group.in_topic(ANA, thread, "tudi jaz bi odgovorila")
    for command in ("/take", "/back", "/close"):
        await group.in_topic(ANA, thread, command)
    assert len(group.arrived(MAJA)) == arrived
    assert group.chat(MAJA).staff_id == eva
    await group.tells()
    assert group.posts(thread)[-1].count("This cannot be done") == 4


async def test_an_update_that_comes_twice_counts_once(group: Group) -> None:
    group.staff(ANA)
    thread = await asks(group)
    content = message(supergroup(CHAT), ANA) | {"message_thread_id": thread, "text": "Dober dan!"}
    for _ in range(2):
        await group.group.aside(orjson.dumps({"update_id": 90001, "message": content}))
    await group.delivers()
    assert group.arrived(MAJA).count("Dober dan!") == 1


# --- who may not


async def test_a_person_who_is_not_linked_reaches_nobody_and_is_told_once(group: Group) -> None:
    group.staff(None)
    thread = await asks(group)
    arrived = group.arrived(MAJA)
    for words in ("Dober dan!", "/take", "/close", "Halo?"):
        await group.in_topic(STRANGER, thread, words)
    await group.in_topic(STRANGER, thread, forum_topic_closed={})
    await group.tells()
    assert group.arrived(MAJA) == arrived
    assert group.chat(MAJA).owner == "waiting"
    assert sum(post.count("This was not passed on") for post in group.posts()) == 1
    assert acts(group.db) == []


@only_sqlite
@pytest.mark.parametrize(
    "role", ["analyst", "admin", "mediator", "other site", "inactive", "refused", "anonymous", "bot"]
)
async def test_who_may_not_see_the_chat_cannot_answer_it(group: Group, role: str) -> None:
    thread = await asks(group)
    away = group.db.write(lambda tx: make.site(tx, "postojna"))
    roles = (role,) if role in ("analyst", "admin", "mediator") else ("desk",)
    found = group.staff(ANA, *roles, site=away if role == "other site" else None)
    more: dict[str, Any] = {}
    if role == "inactive":
        row = table(StaffRow)
        group.db.write(lambda tx: tx.query(row.update().where(row.c.id == found).values(active=False)))
    if role == "refused":
        member = group.chat(MAJA).member_id
        group.db.write(lambda tx: refusals.add(tx, member, found, group.clock.at))
    if role == "anonymous":
        more = {"sender_chat": supergroup(CHAT), "from": {"id": 1087968824, "is_bot": True}}
    if role == "bot":
        more = {"from": {"id": ANA, "is_bot": True}}
    arrived = group.arrived(MAJA)
    await group.in_topic(ANA, thread, "Dober dan!", **more)
    await group.in_topic(ANA, thread, "/take", **more)
    assert group.arrived(MAJA) == arrived
    assert group.chat(MAJA).owner == "waiting"


async def test_a_mediator_answers_what_waits_for_her_language(group: Group) -> None:
    mediator = group.staff(ANA, "mediator")
    thread = await asks(group)
    chat, now = group.chat(MAJA).id, group.clock.at
    assert group.db.write(lambda tx: handovers.hand_to_language(tx, chat, "en", now))
    await group.in_topic(ANA, thread, "Hello!")
    assert group.chat(MAJA).staff_id == mediator
    assert group.arrived(MAJA)[-1] == "Hello!"


async def test_a_foreign_group_is_left_as_before_and_nothing_in_it_counts(group: Group) -> None:
    group.staff(ANA)
    thread = await asks(group)
    arrived = group.arrived(MAJA)
    content = message(supergroup(OTHER_CHAT), ANA) | {"message_thread_id": thread, "text": "Dober dan!"}
    await group.arrives({"message": content})
    query = {"id": "5", "from": {"id": ANA, "is_bot": False}, "chat_instance": "1", "data": "group.take"}
    await group.arrives({"callback_query": query | {"message": content}})
    await group.in_topic(ANA, None, "v splošni temi")
    while group.feed._after:  # courtesies run beside
        await next(iter(group.feed._after))
    assert [int(call["params"]["chat_id"]) for call in group.remote.calls("leaveChat")] == [OTHER_CHAT]
    assert group.arrived(MAJA) == arrived
    assert group.chat(MAJA).owner == "waiting"


@only_sqlite
async def test_the_whole_application_runs_the_group(
    db: Database, site: Site, remote: provider.Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"DATABASE_URL": db.url, "TELEGRAM_TOKEN": provider.TOKEN, "TELEGRAM_API_BASE": remote.base}
    for name, value in (told | {"TELEGRAM_STAFF_CHAT": str(CHAT), "PORT": "0"}).items():
        monkeypatch.setenv(name, value)
    app = App(Settings())
    running = asyncio.create_task(app.run())
    try:
        async with asyncio.timeout(30):
            for words in ("/start", "slovenščina", "naprej", "človek"):
                chat = {"id": MAJA, "type": "private"}
                await remote.push({"message": message(chat, MAJA) | {"text": words}})
            await office.until(
                lambda: any("chat_id" in call["params"] for call in remote.calls("createForumTopic"))
            )
            await office.until(
                lambda: any(call["params"]["chat_id"] == str(CHAT) for call in remote.calls("sendMessage"))
            )
        assert app.group is not None
        assert app.health.channels["telegram staff group"] is None
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        app.close()
    assert site.slug == "celje"
    assert remote.problems() == []


def test_without_the_setting_there_is_no_group(
    db: Database, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", db.url)
    monkeypatch.setenv("TELEGRAM_TOKEN", provider.TOKEN)
    app = App(Settings())
    assert app.group is None
    assert "telegram staff group" not in app.health.channels
    app.close()
    assert site.slug == "celje"
