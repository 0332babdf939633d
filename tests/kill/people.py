"""Scripted women on Telegram: they read what reached their phones and answer it, some of them oddly."""

from __future__ import annotations

import random
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from flows.screen import Kind

COLLEAGUES = (9001, 9002)
"""The chats of the two who are called: one on duty day and night, one a coordinator."""
STAYS = ("mydata", "delete")
"""Not tapped: who deletes herself takes with her what is checked here; erasing has its own tests."""
WINDOW_MS = 61_000
TURNS_MAX = 20
"""In any minute: fewer than the engine calls a flood, so that every turn has its answer."""
SILENCE_S, LONG_SILENCE_S = 2.5, 15.0
"""Without an answer for so long she writes once more, as people do; after that she waits longer, lest a flood is held up."""
PREFERRED = ("sl", "ok", "adult", "book", "work", "person", "any", "only_me")
WORDS = (
    "menu",
    "SOS",
    "STOP",
    "start",
    "sola",
    "zdravnik",
    "2",
    "kurs slovenisht",
    "oseba",
    "1",
    "da",
    "112",
)
WHEN = re.compile(r"\d{4}-\d\d-\d\d|\d{13}")
"""A day or a time that is offered."""
Update = dict[str, Any]


@dataclass
class Person:
    """One of them; `chat` is her id."""

    chat: int
    rng: random.Random
    steady: bool = False
    """She wants a meeting and little else: without such women a short run would book nothing."""
    keyboards: list[list[str]] = field(default_factory=list)
    """The callback data under every message she got, newest last."""
    unanswered: int = 0
    quiet_since: float = 0.0
    turns: deque[int] = field(default_factory=deque)

    def gets(self, params: dict[str, Any]) -> None:
        """A message stands on her phone."""
        rows = (params.get("reply_markup") or {}).get("inline_keyboard", [])
        data = [button["callback_data"] for row in rows for button in row]
        data = [one for one in data if one.partition(".")[2] not in STAYS]
        if data:
            self.keyboards.append(data)
        self.unanswered = 0

    def acts(self, now_ms: int, seconds: float) -> list[Update]:
        """What she does now: nothing while she waits for an answer, sometimes the same twice."""
        while self.turns and self.turns[0] < now_ms - WINDOW_MS:
            self.turns.popleft()
        patience = 0.0 if not self.unanswered else SILENCE_S if self.unanswered == 1 else LONG_SILENCE_S
        if seconds - self.quiet_since < patience or len(self.turns) >= TURNS_MAX:
            return []
        done = self._does()
        self.turns.extend([now_ms] * len(done))
        self.unanswered += 1
        self.quiet_since = seconds
        return done

    def _does(self) -> list[Update]:
        if not self.keyboards:
            return [self._says("/start")]
        if self.unanswered and self.rng.random() < 0.2:
            return [self._says("menu")]
        odd = self.rng.random() * (10 if self.steady else 1)
        if odd < 0.10:
            return [self._says(self.rng.choice(WORDS))]
        if odd < 0.14:
            return [self._taps(self.rng.choice(self.rng.choice(self.keyboards)))]
        if odd < 0.17:
            return [self._message("message", voice={"file_id": "a", "file_unique_id": "a", "duration": 1})]
        if odd < 0.19:
            return [self._message("edited_message", text="popravek"), self._says("menu")]
        tap = self._taps(self._choice(self.keyboards[-1]))
        return [tap, dict(tap)] if odd < 0.25 else [tap]

    def _choice(self, data: list[str]) -> str:
        if self.rng.random() < 0.08 and not self.steady:
            return self.rng.choice(data)
        offered = {one.partition(".")[2]: one for one in data}
        own = [one for name, one in offered.items() if not name.startswith("nav.")]
        if "book" in offered and self.rng.random() < 0.8:
            return offered["book"]
        if "yes" in offered and self.rng.random() < 0.85:
            return offered["yes"]
        times = [one for name, one in offered.items() if WHEN.match(name)]
        if times and (self.steady or self.rng.random() < 0.9):
            return self.rng.choice(times)
        for name in PREFERRED:
            if name in offered and (self.steady or self.rng.random() < 0.85):
                return offered[name]
        return self.rng.choice(own or data)

    def _says(self, words: str) -> Update:
        return self._message("message", text=words)

    def _message(self, name: str, **content: Any) -> Update:
        chat = {"id": self.chat, "type": "private"}
        return {name: {"message_id": 1, "date": 0, "chat": chat, "from": self._self(), **content}}

    def _taps(self, data: str) -> Update:
        return tap_of(self.chat, data)

    def _self(self) -> dict[str, Any]:
        return {"id": self.chat, "is_bot": False, "first_name": "A", "language_code": "sl"}


@dataclass
class Colleague:
    """Somebody who is called; `chat` is her id. She says of most alerts that she looks, of some twice."""

    chat: int
    rng: random.Random
    called: deque[str] = field(default_factory=deque)
    """The callback data of the alerts she has not thought about yet."""

    def gets(self, params: dict[str, Any]) -> None:
        """A call stands on her phone, or the answer to a tap of hers."""
        rows = (params.get("reply_markup") or {}).get("inline_keyboard", [])
        self.called.extend(button["callback_data"] for row in rows for button in row)

    def acts(self) -> list[Update]:
        """What she does now."""
        if not self.called:
            return []
        data = self.called.popleft()
        return [tap_of(self.chat, data)] * self.rng.choice((0, 1, 1, 2))


def tap_of(chat: int, data: str) -> Update:
    """A tap on a button in a private chat."""
    who = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "sl"}
    message = {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private"}}
    return {
        "callback_query": {"id": "1", "from": who, "chat_instance": "1", "message": message, "data": data}
    }


def heard(update: Update) -> tuple[str, str, str]:
    """Who it is from, and the kind and words that must be stored of it, exactly once."""
    if query := update.get("callback_query"):
        return str(query["from"]["id"]), Kind.TAP, query["data"].partition(".")[2]
    if edited := update.get("edited_message"):
        return str(edited["from"]["id"]), Kind.EDIT, edited["text"]
    message = update["message"]
    sender = str(message["from"]["id"])
    if "voice" in message:
        return sender, Kind.VOICE, ""
    words = message["text"]
    return (sender, Kind.START, "") if words == "/start" else (sender, Kind.TEXT, words)
