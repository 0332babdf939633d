"""A site with people on duty, women who wait, and a provider and push service that take every call: on one clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy import update

from flows import alerts as rules
from flows.alerts import Promise
from storage import alerts, calls, conversations, duty, members, wake
from storage.alerts import Alert
from storage.conversations import ConversationRow
from storage.db import Database
from storage.sites import Site
from storage.sql import Tx, table
from storage.staff import StaffRow
from tests.helpers import console, make

LJUBLJANA = ZoneInfo(make.ZONE)
_c, _s = table(ConversationRow), table(StaffRow)
_numbers = count(1)


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time of the site."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LJUBLJANA).astimezone(UTC)


@dataclass
class Duties:
    """One site; `takes()` hands out every call that is due as if its provider had taken it."""

    db: Database
    clock: make.Clock
    site: Site
    promise: Promise = field(default_factory=Promise)
    called: list[tuple[datetime, int, str]] = field(default_factory=list)
    """(when, whom, by which way)"""

    def person(self, *roles: str, telegram: bool = True, push: bool = False) -> int:
        """Somebody who works here and can be reached."""
        number = next(_numbers)

        def unit(tx: Tx) -> int:
            who = console.person(tx, self.site, *(roles or ("counsellor",)))
            if telegram:
                tx.query(update(_s).where(_s.c.id == who).values(telegram_id=str(9000 + number)))
            if push:
                wake.subscribe(tx, who, f"https://push.example/{number}", "k", "a", self.clock.at)
            return who

        return self.db.write(unit)

    def shift(self, staff_id: int, begins: int = 8, ends: int = 15, **more: object) -> int:
        """On duty from one full hour to another; every Monday unless a day or weekday is given."""
        named = {"weekday": None if "day" in more else 0, **more}
        return self.db.write(
            lambda tx: duty.add_shift(
                tx,
                self.site.id,
                staff_id,
                from_min=begins * 60,
                until_min=ends * 60,
                **named,  # type: ignore[arg-type]  # a test's own names
            )
        )

    def waits(self, name: str = "100", *, urgent: bool = False) -> int:
        """A woman who asks for a person now, or wrote of danger; her conversation."""
        now = self.clock.at

        def unit(tx: Tx) -> int:
            conversation, member = conversations.load(tx, "telegram:1", name, now)
            if urgent:
                members.set_field(tx, member.id, "danger_at", now)
            values: dict[str, object] = {"urgent": urgent, "site_id": self.site.id}
            if conversation.owner == "bot":
                values |= {
                    "owner": "waiting",
                    "waiting_since": now,
                    "waiting_reason": "danger" if urgent else "asked",
                }
            tx.query(update(_c).where(_c.c.id == conversation.id).values(**values))
            return conversation.id

        return self.db.write(unit)

    def takes_chat(self, conversation_id: int, staff_id: int) -> None:
        """A person takes the chat."""
        self.sets(
            conversation_id, owner="person", staff_id=staff_id, waiting_since=None, touched_at=self.clock.at
        )

    def sets(self, conversation_id: int, **values: object) -> None:
        """Columns of a conversation."""
        self.db.write(
            lambda tx: tx.query(update(_c).where(_c.c.id == conversation_id).values(**values)) and None
        )

    def watch(self) -> int:
        """One look, until nothing is left to do."""
        done = 0
        while some := self.db.write(
            lambda tx: rules.watch(
                tx, self.clock.at, self.site, self.promise, lambda: f"uid-{next(_numbers)}"
            )
        ):
            done += some
        return done

    def takes(self) -> list[int]:
        """Every call that is due is taken; who was called, in order."""
        now = self.clock.at

        def unit(tx: Tx) -> list[tuple[datetime, int, str]]:
            found = calls.claim(tx, now, now + timedelta(minutes=1), 100)
            for one in found:
                assert calls.sent(tx, one, now)
            return [(now, one.staff_id, one.way) for one in found]

        taken = self.db.write(unit)
        self.called += taken
        return list(dict.fromkeys(who for _, who, _ in taken))

    def calls(self) -> list[int]:
        """Look, and hand out what is due."""
        self.watch()
        return self.takes()

    def until(self, last: datetime, minutes: int = 1) -> list[tuple[datetime, int]]:
        """Look every so many minutes up to `last`; (when, whom)."""
        found = []
        while self.clock.at <= last:
            found += [(self.clock.at, who) for who in self.calls()]
            self.clock.at += timedelta(minutes=minutes)
        return found

    def open(self) -> list[Alert]:
        """What is open."""
        return self.db.read(lambda tx: alerts.open_of(tx, self.site.id))
