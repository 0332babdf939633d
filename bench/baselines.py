"""The two baselines of figure 1, each written the way its documentation teaches, with the same pages as ours.

python-telegram-bot: ConversationHandler and PicklePersistence at its default flush of a minute, one update after the other,
because a ConversationHandler does not allow concurrent ones. aiogram: its FSM with a storage on aiosqlite, 32 in flight.
Both answer through an API in this process. Neither logs, stores messages or drops doubled updates.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any

import aiosqlite
from aiogram import Bot as AiogramBot
from aiogram import Dispatcher, Router
from aiogram.client.session.base import BaseSession
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, Message
from aiogram.types import InlineKeyboardButton as AiogramButton
from aiogram.types import InlineKeyboardMarkup as AiogramMarkup
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    PicklePersistence,
)
from telegram.request import BaseRequest, RequestData

from bench import town, updates
from bench.dialogue import IN_FLIGHT, STEPS, Played, numbers, play
from bench.memory import Desk, Page, desk
from bench.turn import BOOKED_SHARE_MIN
from bench.updates import TOKEN, Read, Updates

_OK = b'{"ok":true,"result":true}'
_ME = {"id": updates.BOT_ID, "is_bot": True, "first_name": "Tocka", "username": "tocka_bot"}
NAV = r"^nav\."


class Phone:
    """The provider's end: numbers what is sent and keeps each member's last message."""

    def __init__(self) -> None:
        self._last: dict[int, tuple[int, str, str]] = {}
        self.count = 0

    def accept(self, chat: int, text: str, markup: str) -> bytes:
        """What the provider answers."""
        self.count += 1
        self._last[chat] = (self.count, text, markup)
        return updates.sent(chat, self.count, text)

    def screens(self) -> Mapping[int, Read]:
        """Everybody's last message."""
        found = {}
        for chat, (number, text, markup) in self._last.items():
            rows = json.loads(markup)["inline_keyboard"]
            found[chat] = Read(
                number, text, tuple((b["callback_data"], b["text"]) for row in rows for b in row)
            )
        return found


# --- python-telegram-bot ----------------------------------------------------------------------------------------------


class PtbRequest(BaseRequest):
    """A transport that ends in this process."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        if name == "sendMessage" and request_data is not None:
            body = request_data.json_parameters
            return 200, self._phone.accept(int(body["chat_id"]), body["text"], body["reply_markup"])
        return 200, json.dumps({"ok": True, "result": _ME}).encode() if name == "getMe" else _OK


class Ptb:
    """The dialogue as a ConversationHandler."""

    in_flight = 1

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk = desk
        self._phone = Phone()
        request = PtbRequest(self._phone)
        builder = (
            Application.builder().token(TOKEN).request(request).get_updates_request(PtbRequest(self._phone))
        )
        self.app: Application[Any, Any, Any, Any, Any, Any] = builder.persistence(
            PicklePersistence(folder / "ptb.pickle")
        ).build()
        steps = STEPS[1:]
        handler = ConversationHandler(
            entry_points=[CallbackQueryHandler(self._answer("book"), pattern="^book$")],
            states={
                step: [CallbackQueryHandler(self._answer(step), pattern=r"^(?!nav\.)")] for step in steps
            },
            fallbacks=[CallbackQueryHandler(self._left, pattern=NAV)],
            persistent=True,
            name="booking",
        )
        self.app.add_handler(handler)
        self.app.add_handler(CommandHandler("start", self._start))

    async def take(self, raw: bytes) -> None:
        update = Update.de_json(json.loads(raw), self.app.bot)
        await self.app.process_update(update)

    async def screens(self) -> Mapping[int, Read]:
        return self._phone.screens()

    async def _start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._send(update, context, self._desk.menu(_who(update)))

    async def _left(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        await self._send(update, context, self._desk.menu(_who(update)))
        return ConversationHandler.END

    def _answer(
        self, step: str
    ) -> Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, str | int]]:
        async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> str | int:
            assert update.callback_query is not None
            assert context.user_data is not None
            if step == "book":
                context.user_data.clear()
            choice = update.callback_query.data or ""
            page = self._desk.answer(_who(update), step, context.user_data, choice)
            await self._send(update, context, page)
            return page.step or ConversationHandler.END

        return answer

    async def _send(self, update: Update, context: ContextTypes.DEFAULT_TYPE, page: Page) -> None:
        keyboard = [[InlineKeyboardButton(label, callback_data=data)] for data, label in page.buttons]
        await context.bot.send_message(_who(update), page.text, reply_markup=InlineKeyboardMarkup(keyboard))


def _who(update: Update) -> int:
    assert update.effective_user is not None
    return update.effective_user.id


async def play_ptb(folder: Path, members: int) -> Played:
    """The dialogue on python-telegram-bot."""
    shop = _desk(folder)
    side = Ptb(shop, folder)
    async with side.app:
        await side.app.start()
        played = await play(side, numbers(members), Updates())
        await side.app.stop()
    _check(shop, members)
    return played


# --- aiogram ----------------------------------------------------------------------------------------------------------


class SqliteStorage(BaseStorage):
    """State and data of a chat in one row; WAL and synchronous NORMAL, a commit a change."""

    def __init__(self, db: aiosqlite.Connection) -> None:
        self._db = db

    @classmethod
    async def open(cls, path: Path) -> SqliteStorage:
        """Open the file and make the table."""
        db = await aiosqlite.connect(path)
        await db.execute("PRAGMA journal_mode=WAL")
        await db.execute("PRAGMA synchronous=NORMAL")
        await db.execute(
            "CREATE TABLE fsm (key TEXT PRIMARY KEY, state TEXT, data TEXT NOT NULL DEFAULT '{}')"
        )
        await db.commit()
        return cls(db)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        await self._put("state", key, state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> str | None:
        return await self._get("state", key)

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        await self._put("data", key, json.dumps(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(await self._get("data", key) or "{}")
        return found

    async def close(self) -> None:
        await self._db.close()

    async def _put(self, column: str, key: StorageKey, value: str | None) -> None:
        await self._db.execute(
            f"INSERT INTO fsm (key, {column}) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET {column} = excluded.{column}",
            (_key(key), value),
        )
        await self._db.commit()

    async def _get(self, column: str, key: StorageKey) -> str | None:
        async with self._db.execute(f"SELECT {column} FROM fsm WHERE key = ?", (_key(key),)) as cursor:
            row = await cursor.fetchone()
        return row[0] if row else None


def _key(key: StorageKey) -> str:
    return f"{key.bot_id}:{key.chat_id}:{key.user_id}"


class AiogramSession(BaseSession):
    """A session that ends in this process."""

    def __init__(self, phone: Phone) -> None:
        super().__init__()
        self._phone = phone

    async def close(self) -> None:
        """Nothing to close."""

    async def make_request(
        self, bot: AiogramBot, method: TelegramMethod[Any], timeout: int | None = None
    ) -> Any:
        form = {
            name: self.prepare_value(value, bot, {})
            for name, value in method.model_dump(warnings=False).items()
        }
        assert isinstance(method, SendMessage)
        answer = self._phone.accept(int(form["chat_id"]), form["text"], form["reply_markup"])
        return self.check_response(bot, method, 200, answer.decode()).result

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        raise NotImplementedError
        yield b""


class Booking(StatesGroup):
    """The steps; named as in `STEPS`."""

    topic = State()
    mode = State()
    language = State()
    day = State()
    time = State()
    yes = State()


class Aiogram:
    """The dialogue as a router with states."""

    in_flight = IN_FLIGHT

    def __init__(self, desk: Desk, storage: SqliteStorage) -> None:
        self._desk = desk
        self._phone = Phone()
        self._bot = AiogramBot(TOKEN, session=AiogramSession(self._phone))
        self.dispatcher = Dispatcher(storage=storage)
        router = Router()
        router.message(CommandStart())(self._start)
        router.callback_query(lambda query: (query.data or "").startswith("nav."))(self._left)
        router.callback_query(lambda query: query.data == "book")(self._answer("book"))
        for step in STEPS[1:]:
            router.callback_query(getattr(Booking, step))(self._answer(step))
        self.dispatcher.include_router(router)

    async def take(self, raw: bytes) -> None:
        await self.dispatcher.feed_raw_update(self._bot, json.loads(raw))

    async def screens(self) -> Mapping[int, Read]:
        return self._phone.screens()

    async def _start(self, message: Message) -> None:
        await _reply(message, self._desk.menu(message.chat.id))

    async def _left(self, query: CallbackQuery, state: FSMContext) -> None:
        await state.clear()
        await _reply(query.message, self._desk.menu(query.from_user.id))

    def _answer(self, step: str) -> Callable[[CallbackQuery, FSMContext], Awaitable[None]]:
        async def answer(query: CallbackQuery, state: FSMContext) -> None:
            picks = {} if step == "book" else await state.get_data()
            page = self._desk.answer(query.from_user.id, step, picks, query.data or "")
            if page.step:
                await state.set_data(picks)
                await state.set_state(getattr(Booking, page.step))
            else:
                await state.clear()
            await _reply(query.message, page)

        return answer


async def _reply(message: object, page: Page) -> None:
    assert isinstance(message, Message)
    keyboard = [[AiogramButton(text=label, callback_data=data)] for data, label in page.buttons]
    await message.answer(page.text, reply_markup=AiogramMarkup(inline_keyboard=keyboard))


async def play_aiogram(folder: Path, members: int) -> Played:
    """The dialogue on aiogram."""
    shop = _desk(folder)
    storage = await SqliteStorage.open(folder / "aiogram.db")
    try:
        played = await play(Aiogram(shop, storage), numbers(members), Updates())
    finally:
        await storage.close()
    _check(shop, members)
    return played


def _desk(folder: Path) -> Desk:
    url = f"sqlite:///{folder / 'calendar.db'}"
    return desk(url, town.build(url))


def _check(shop: Desk, members: int) -> None:
    booked = len(shop.memory.bookings)
    assert members * BOOKED_SHARE_MIN <= booked <= members, booked


SIDES: Mapping[str, Callable[[Path, int], Coroutine[Any, Any, Played]]] = {
    "ptb": play_ptb,
    "aiogram": play_aiogram,
}
