"""Raw updates as Telegram delivers them, and what a member reads on her screen."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import orjson

BOT_ID = 7_000_000
TOKEN = f"{BOT_ID}:{'A' * 35}"
FIRST_MEMBER = 900_000_001
_SENT = 1_772_000_000
_PAGING = ("more", "first")


@dataclass(frozen=True, slots=True)
class Read:
    """A message on her phone: its number there, its text, and per button the data and the label."""

    number: int
    text: str
    buttons: tuple[tuple[str, str], ...]


class Updates:
    """Numbers updates as one bot account does."""

    def __init__(self) -> None:
        self._last = 500_000

    def start(self, member: int) -> bytes:
        """`/start`."""
        message = {**_message(member, 1, "/start"), "from": _person(member)}
        message["entities"] = [{"offset": 0, "length": 6, "type": "bot_command"}]
        return self._update({"message": message})

    def tap(self, member: int, read: Read, data: str) -> bytes:
        """A tap on a button; the platform sends the whole message along."""
        message = _message(member, read.number, read.text)
        message["from"] = {"id": BOT_ID, "is_bot": True, "first_name": "Tocka", "username": "tocka_bot"}
        keyboard = [[{"text": label, "callback_data": value}] for value, label in read.buttons]
        message["reply_markup"] = {"inline_keyboard": keyboard}
        query = {
            "id": str(4_000_000_000_000_000_000 + self._last),
            "from": _person(member),
            "message": message,
            "chat_instance": str(-3_000_000_000_000_000_000 - member),
            "data": data,
        }
        return self._update({"callback_query": query})

    def _update(self, content: dict[str, object]) -> bytes:
        self._last += 1
        return orjson.dumps({"update_id": self._last, **content})


def _person(member: int) -> dict[str, object]:
    return {"id": member, "is_bot": False, "first_name": "N", "language_code": "sl"}


def _message(member: int, number: int, text: str) -> dict[str, object]:
    chat = {"id": member, "first_name": "N", "type": "private"}
    return {"message_id": number, "chat": chat, "date": _SENT + number, "text": text}


def sent(member: int, number: int, text: str) -> bytes:
    """What the provider answers to `sendMessage`."""
    message = {
        **_message(member, number, text),
        "from": {"id": BOT_ID, "is_bot": True, "first_name": "Tocka"},
    }
    return orjson.dumps({"ok": True, "result": message})


def picked(read: Read, member: int, step: str) -> str:
    """The button she taps at a step: a given one, or any of the page's own, always the same for the same member."""
    own = [(data, data.rpartition(".")[2]) for data, _ in read.buttons if "nav." not in data]
    for data, choice in own:
        if choice == step:
            return data
    fitting = [data for data, choice in own if not choice.startswith(_PAGING)]
    return Random(f"{member} {step}").choice(fitting)
