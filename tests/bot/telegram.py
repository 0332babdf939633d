"""Telegram's updates as tests write them, and what the database holds afterwards."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import count
from typing import Any

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from bot.channels.telegram import TelegramChannel
from bot.inbound import Inbound
from bot.telegram_feed import BODY_MAX, SECRET_HEADER, TelegramFeed
from flows.screen import Say, Turn
from flows.welcome import Welcome
from storage.conversations import ConversationRow
from storage.db import Database
from storage.members import AddressRow
from storage.messages import MessageRow
from storage.office import alone
from storage.sites import Site
from storage.sql import table
from storage.updates import FailedTurn, UpdateRow
from tests.helpers import make

PATH = "/telegram/webhook"
FINE = 200
POISON = "poison"
SECRET = "a-secret-of-the-tests-and-of-nobody-else"
_m, _c, _a = table(MessageRow), table(ConversationRow), table(AddressRow)
_ids = count(1)
Update = dict[str, Any]
Client = TestClient[web.Request, web.Application]


def person(who: int) -> dict[str, Any]:
    return {"id": who, "is_bot": False, "first_name": "A", "language_code": "sl"}


def says(who: int, words: str, id_: int | None = None, name: str = "message", **more: Any) -> Update:
    chat = {"id": who, "type": "private"}
    message = {"message_id": 1, "date": 0, "chat": chat, "from": person(who), "text": words, **more}
    return {"update_id": id_ or next(_ids), name: message}


def taps(who: int, data: object, id_: int | None = None) -> Update:
    message = {"message_id": 1, "date": 0, "chat": {"id": who, "type": "private"}}
    query = {"id": "77", "from": person(who), "chat_instance": "1", "message": message, "data": data}
    return {"update_id": id_ or next(_ids), "callback_query": query}


def in_group(name: str, kind: str, **content: Any) -> Update:
    chat = {"id": -100200300, "type": kind, "title": "Group"}
    return {
        "update_id": next(_ids),
        name: {"message_id": 1, "date": 0, "chat": chat, "from": person(5), **content},
    }


def plant(monkeypatch: pytest.MonkeyPatch, times: int = 10**6) -> list[str]:
    """A fault in the code, met only by her who says the word; the list grows with every try."""
    tries: list[str] = []
    original = Welcome.show

    def show(self: Welcome, turn: Turn) -> Say:
        if POISON in self.said and len(tries) < times:
            tries.append(self.said)
            raise RuntimeError(self.said)
        return original(self, turn)

    monkeypatch.setattr(Welcome, "show", show)
    return tries


def inbound(db: Database, site: Site, clock: make.Clock) -> Inbound:
    return Inbound(db, make.texts(), lambda: alone(site), clock)


def channel(base: str = "http://127.0.0.1:9") -> TelegramChannel:
    return TelegramChannel("12345678:" + "nobody-answers-behind-this-one-here", base)


def webhook(feed: TelegramFeed) -> web.Application:
    app = web.Application(client_max_size=BODY_MAX)
    app.router.add_post(PATH, feed.webhook)
    return app


async def post(client: Client, body: bytes | Update | list[Any], **headers: str) -> int:
    raw = body if isinstance(body, bytes) else orjson.dumps(body)
    answer = await client.post(PATH, data=io.BytesIO(raw), headers={SECRET_HEADER: SECRET, **headers})
    assert await answer.read() == b"", answer.status
    return answer.status


@dataclass
class Rows:
    """What the database holds."""

    db: Database

    def _all(self, query: Any) -> list[Any]:
        return self.db.read(lambda tx: tx.query(query))

    @property
    def keys(self) -> list[str]:
        return sorted(row.external_id for row in self._all(select(table(UpdateRow))))

    @property
    def failed(self) -> list[Any]:
        return self._all(select(table(FailedTurn)))

    def of(self, who: int) -> list[Any]:
        """Her messages in and out, oldest first."""
        query = select(_m).join(_c, _c.c.id == _m.c.conversation_id).join(_a, _a.c.id == _c.c.address_id)
        return self._all(query.where(_a.c.external_id == str(who)).order_by(_m.c.id))

    def heard(self, who: int) -> list[str]:
        return [row.text for row in self.of(who) if not row.outgoing]

    def answers(self, who: int) -> list[Any]:
        return [row for row in self.of(who) if row.outgoing]

    def talk(self, who: int) -> Any:
        query = select(_c).join(_a, _a.c.id == _c.c.address_id).where(_a.c.external_id == str(who))
        found = self._all(query)
        return found[0] if found else None

    @property
    def everything(self) -> list[Any]:
        """All that a forged update might change."""
        return [self._all(select(model).order_by(model.c.id)) for model in (_a, _c, _m)]

    def saw_once(self, who: int) -> None:
        """She was answered, and once only."""
        assert len(self.answers(who)) == len(self.heard(who)) == 1
        assert self.talk(who).version == 1
