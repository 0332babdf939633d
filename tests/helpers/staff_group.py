"""A Telegram staff group in tests: the bot's two loops, a fake Bot API over HTTP, members and staff on their phones."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import select, update

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_group import TelegramGroup
from bot.channels.web import WebChannel
from bot.delivery import Delivery
from bot.inbound import Inbound
from bot.staff_group import POLL_S, StaffGroup
from bot.telegram_feed import TelegramFeed
from flows import handover
from storage import handovers
from storage.audit import AuditRow
from storage.conversations import ConversationRow
from storage.db import Database
from storage.members import AddressRow
from storage.office import alone
from storage.sites import Site
from storage.sql import Tx, table
from storage.staff import StaffRow
from storage.topics import TopicRow
from tests.helpers import console, make, provider

ANA, EVA, STRANGER = 7001, 7002, 7009
MAJA = 501
CHAT = -1001234567890
OTHER_CHAT = -1009999999999
_c, _a, _t = table(ConversationRow), table(AddressRow), table(TopicRow)
Call = dict[str, Any]


@dataclass
class Group:
    """Time passes when the test says so, or when the group waits for its place in the minute."""

    db: Database
    site: Site
    clock: make.Clock
    remote: provider.Remote
    chat_id: int = CHAT
    skipped: float = 0.0
    skips: list[tuple[int, float]] = field(default_factory=list)
    """(calls so far, seconds passed by then), to know when a call arrived."""
    _ids: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.channel = TelegramChannel(provider.TOKEN, self.remote.base, staff_chat=self.chat_id)
        self.delivery = Delivery(
            self.db, [self.channel, WebChannel()], self.clock, "run", rng=Random(1), monotonic=self.monotonic
        )
        self.group = StaffGroup(
            self.db,
            TelegramGroup(self.channel, self.chat_id),
            self.delivery.permits(provider.ACCOUNT),
            make.texts(),
            lambda: alone(self.site),
            self.clock,
            language="en",
            monotonic=self.monotonic,
            sleep=self.sleep,
        )
        inbound = Inbound(self.db, make.texts(), lambda: alone(self.site), self.clock)
        self.feed = TelegramFeed(self.channel, inbound, asides=(self.group.aside,))

    def monotonic(self) -> float:
        return time.monotonic() + self.skipped

    async def sleep(self, seconds: float) -> None:
        self.skipped += seconds
        self.clock.forward(seconds=seconds)
        self.skips.append((len(self.everything()), self.skipped))

    def pass_time(self, seconds: float) -> None:
        self.clock.forward(seconds=seconds)
        self.skipped += seconds

    # --- people

    def staff(self, telegram_id: int | None, *roles: str, site: Site | None = None) -> int:
        """Somebody who works here, with her private chat linked or not."""

        def unit(tx: Any) -> int:
            found = console.person(tx, site or self.site, *(roles or ("desk",)))
            row = table(StaffRow)
            tx.query(
                update(row).where(row.c.id == found).values(telegram_id=telegram_id and str(telegram_id))
            )
            return found

        return self.db.write(unit)

    async def arrives(self, update_: Call) -> None:
        """An update comes in, and what it caused goes out to the member."""
        await self.remote.push({"update_id": next(self._ids)} | update_)
        await self.feed.poll_once(0)
        await self.delivers()

    async def delivers(self) -> None:
        """What may go out to members goes out, at a phone's pace."""
        for _ in range(20):
            if not await self.delivery.deliver_once(provider.ACCOUNT):
                return
            self.pass_time(1.1)
        raise AssertionError("delivery does not come to rest")

    async def member_says(self, who: int, words: str, **more: Any) -> None:
        """A woman types into her own chat with the bot."""
        chat = {"id": who, "type": "private"}
        content: Call = {"text": words} if words else {}
        await self.arrives({"message": message(chat, who) | content | more})

    async def member_taps(self, who: int, choice: str) -> None:
        """She taps a choice of the last message that offers it."""
        for call in reversed(self.remote.calls()):
            rows = call["params"].get("reply_markup", {}).get("inline_keyboard", [])
            data = [one["callback_data"] for row in rows for one in row]
            found = [one for one in data if one.partition(".")[2] == choice]
            if int(call["params"]["chat_id"]) == who and found:
                query = {"id": "1", "from": person(who), "chat_instance": "1", "data": found[0]}
                query["message"] = message({"id": who, "type": "private"}, who)
                await self.arrives({"callback_query": query})
                return
        raise AssertionError(f"nothing offers {choice}")

    async def in_topic(self, who: int, thread: int | None, words: str = "", /, **more: Any) -> None:
        """Somebody writes in a topic of the group; `edited=True` for an edit."""
        name = "edited_message" if more.pop("edited", False) else "message"
        content = message(supergroup(self.chat_id), who) | ({"text": words} if words else {}) | more
        if thread is not None:
            root = message(supergroup(self.chat_id), 1)  # what every message in a topic claims to answer
            content |= {"message_thread_id": thread, "is_topic_message": True, "reply_to_message": root}
        await self.arrives({name: content})

    async def in_topic_taps(self, who: int, thread: int, command: str) -> None:
        """Somebody taps a button under a post of ours."""
        holder = message(supergroup(self.chat_id), 1) | {
            "message_thread_id": thread,
            "is_topic_message": True,
        }
        query = {"id": "2", "from": person(who), "chat_instance": "1", "data": f"group.{command}"}
        await self.arrives({"callback_query": query | {"message": holder}})

    # --- what went out

    async def tells(self, most: int = 400) -> None:
        """The group's loop until nothing is left to tell."""
        for _ in range(most):
            pause = await self.group.step()
            if pause >= POLL_S:
                return
        raise AssertionError("the group does not come to rest")

    def everything(self) -> list[Call]:
        """Every call about this group, oldest first."""
        return [
            call
            for call in self.remote.all_calls()
            if str(call["params"].get("chat_id")) == str(self.chat_id)
        ]

    def posts(self, thread: int | None = None) -> list[str]:
        """The texts that stand in the group."""
        return [
            call["params"]["text"]
            for call in self.remote.calls()
            if call["accepted"]
            and str(call["params"]["chat_id"]) == str(self.chat_id)
            and thread in (None, int(call["params"]["message_thread_id"]))
        ]

    def made(self) -> list[str]:
        """The names of the topics that were made."""
        return [call["params"]["name"] for call in self.remote.calls("createForumTopic")]

    def arrived(self, who: int) -> list[str]:
        """What stands on a member's phone."""
        return [one["text"] for one in self.remote.accepted() if int(one["chat_id"]) == who]

    def topic(self, who: int) -> Any:
        """The topic of a member's conversation as we keep it."""
        found = self._of(select(_t).join(_c, _c.c.id == _t.c.conversation_id), who)
        return found[0] if found else None

    def chat(self, who: int) -> Any:
        """A member's conversation."""
        return self._of(select(_c), who)[0]

    def _of(self, query: Any, who: int) -> list[Any]:
        query = query.join(_a, _a.c.id == _c.c.address_id).where(_a.c.external_id == str(who))
        return self.db.read(lambda tx: tx.query(query))


def person(who: int) -> Call:
    return {"id": who, "is_bot": False, "first_name": "A"}


def message(chat: Call, who: int) -> Call:
    return {"message_id": 1, "date": 0, "chat": chat, "from": person(who)}


def supergroup(chat_id: int) -> Call:
    return {"id": chat_id, "type": "supergroup", "title": "Staff", "is_forum": True}


async def asks(group: Group, who: int = MAJA, language: str = "sl") -> int:
    """A woman who has chosen her language asks for a person; the topic's number."""
    await group.member_says(who, "/start")
    await group.member_taps(who, language)
    await group.member_taps(who, "ok")
    await group.member_says(who, {"sl": "človek", "sq": "dua të flas me një person"}[language])
    assert group.chat(who).owner == "waiting"
    await group.tells()
    return int(group.topic(who).thread_id)


def acts(db: Database) -> list[tuple[str, str]]:
    rows = db.read(lambda tx: tx.query(select(table(AuditRow)).order_by(table(AuditRow).c.id)))
    return [(row.actor, row.act) for row in rows]


def uid(db: Database, staff_id: int) -> str:
    row = table(StaffRow)
    return str(db.read(lambda tx: tx.query(select(row.c.uid).where(row.c.id == staff_id)))[0].uid)


def take(group: Group, staff_id: int, who: int = MAJA) -> bool:
    """The console's take: the same functions the console calls."""
    chat, now = group.chat(who).id, group.clock.at

    def unit(tx: Tx) -> bool:
        taken = handovers.take(tx, chat, staff_id, now)
        handover.told(tx, "taken", chat, now=now, site=group.site, texts=make.texts())
        return taken

    return group.db.write(unit)
