"""A person in a chat, for journeys that read as conversations. Everything passes through the real database between two steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fluent.syntax import ast
from sqlalchemy import select

from flows import engine, variants
from flows.folding import fold
from flows.screen import Heard, Incoming, Kind, Outside
from flows.texts import LOCALES, Texts
from storage import outbox
from storage.db import Database
from storage.messages import MessageRow, Outgoing
from storage.office import Office, alone
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.make import Clock

_m = table(MessageRow)


@dataclass(frozen=True)
class Seen:
    """A message as it arrived on her phone."""

    id: int
    kind: str
    text: str
    choices: list[list[Any]]
    screen: str
    language: str

    @property
    def labels(self) -> list[str]:
        """The labels of the page's own choices."""
        return [choice[1] for choice in self.choices if not choice[2]]


class Chat:
    """`says`, `taps`, `sends`, then `sees`; each call is one update, delivered at once unless `offline`."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        texts: Texts,
        site: Site,
        *,
        account: str = "telegram:1",
        sender: str = "100",
        hint: str | None = None,
        can_write_first: bool = True,
        outside: Outside = make.OUTSIDE,
    ) -> None:
        self.db, self.clock, self.texts, self.site = db, clock, texts, site
        self.account, self.sender, self.hint, self.can_write_first = account, sender, hint, can_write_first
        self.outside = outside
        self.inbox: list[Seen] = []
        self.office: Office | None = None
        """Of several sites; else this one stands alone."""
        self._updates = 0
        self.stamp = sender
        """What the platform's numbers of her updates begin with."""
        self.offline = False

    # --- what she does ----------------------------------------------------------------------------

    def says(self, text: str) -> Chat:
        """Type words."""
        return self._send(Heard(Kind.TEXT, text=text))

    def sends(self, kind: Kind, text: str = "") -> Chat:
        """A voice note, picture, sticker, start …"""
        return self._send(Heard(kind, text=text))

    def taps(self, *choices: str, on: Seen | None = None, times: int = 1) -> Chat:
        """Tap a choice of the last message with choices (or of `on`), by id, label or part of a label."""
        for wanted in choices:
            message = on or self.last
            choice = self._choice(message, wanted)
            for _ in range(times):
                self._send(Heard(Kind.TAP, message_id=message.id, choice=choice))
        return self

    def forges(self, message_id: int | None, choice: str) -> Chat:
        """A tap nobody offered."""
        return self._send(Heard(Kind.TAP, message_id=message_id, choice=choice))

    def starts(self, language: str = "sl") -> Chat:
        """Greeting, language where there are several, privacy: to the menu."""
        self.sends(Kind.START)
        if any(choice[0] == language for choice in self.last.choices):
            self.taps(language)
        return self.taps("ok")

    # --- what she sees ----------------------------------------------------------------------------

    @property
    def last(self) -> Seen:
        """The last message that arrived."""
        return self.inbox[-1]

    @property
    def screen(self) -> str:
        """The page the last message shows."""
        return self.last.screen

    def sees(self, *keys: str) -> Chat:
        """The last message holds these texts, in its language."""
        for key in keys:
            pattern = _pattern(self.last.language, key)
            if not pattern.search(self.last.text):
                raise AssertionError(f"{key} is not in the last message: {self.last.text!r} ({self.screen})")
        return self

    def sees_not(self, *keys: str) -> Chat:
        """The last message holds none of these texts."""
        for key in keys:
            if _pattern(self.last.language, key).search(self.last.text):
                raise AssertionError(f"{key} is in the last message: {self.last.text!r}")
        return self

    # --- the edge ---------------------------------------------------------------------------------

    def _send(self, heard: Heard) -> Chat:
        self._updates += 1
        incoming = Incoming(
            self.account,
            f"{self.stamp}-{self._updates}",
            self.sender,
            heard,
            self.hint,
            can_write_first=self.can_write_first,
        )
        self.repeats(incoming)
        if not self.offline:
            self.receives()
        return self

    def repeats(self, incoming: Incoming) -> bool:
        """Deliver one update to the engine."""
        now = self.clock.at
        return self.db.write(
            lambda tx: engine.take(
                tx,
                incoming,
                now=now,
                office=self.office or alone(self.site),
                texts=self.texts,
                outside=self.outside,
            )
        )

    def receives(self) -> list[Seen]:
        """The provider accepts what may go out to this account now; returns what reached this person."""
        now = self.clock.at
        mine: list[Seen] = []
        while claimed := self.db.write(lambda tx: self._claim(tx, now)):
            for message in claimed:
                self.db.write(lambda tx, m=message: outbox.sent(tx, m.id, m.attempt, f"p{m.id}", now))  # type: ignore[misc]  # mypy cannot type a default
                if message.external_id == self.sender:
                    mine.append(self._row(message.id))
        self.inbox += mine
        return mine

    def _claim(self, tx: Tx, now: datetime) -> list[Outgoing]:
        return outbox.claim(tx, self.account, "test", now=now, until=now + timedelta(minutes=1), limit=30)

    def _row(self, message_id: int) -> Seen:
        row = self.db.read(lambda tx: tx.query(select(_m).where(_m.c.id == message_id)))[0]
        stack = row.stack or [["", {}]]
        return Seen(row.id, row.kind, row.text, row.choices or [], stack[-1][0], row.language or "sl")

    def _choice(self, message: Seen, wanted: str) -> str:
        for choice in message.choices:
            if wanted in (choice[0], choice[1]):
                return str(choice[0])
        for choice in message.choices:
            if fold(wanted) and fold(wanted) in fold(choice[1]):
                return str(choice[0])
        raise AssertionError(f"no choice {wanted!r} on {message.screen}: {message.choices}")


_patterns: dict[str, dict[str, re.Pattern[str]]] = {}


def _pattern(language: str, key: str) -> re.Pattern[str]:
    if language not in _patterns:
        found: dict[str, re.Pattern[str]] = {}
        for messages in variants.bodies(LOCALES, language).values():
            for entry in messages:
                if entry.value is not None:
                    parts = [
                        re.escape(part.value) if isinstance(part, ast.TextElement) else ".*?"
                        for part in entry.value.elements
                    ]
                    found[entry.id.name] = re.compile("".join(parts), re.DOTALL)
        _patterns[language] = found
    return _patterns[language][key]
