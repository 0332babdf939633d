"""An office whose staff change meetings, and a woman's phone, on one injected clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from flows import changes as rules
from storage import changes, daysoff, tasks
from storage.bookings import Booking, Taken
from storage.messages import MessageRow
from storage.sql import Tx, table
from tests.helpers import console, make
from tests.helpers.chat import Chat, Seen
from tests.helpers.life import Life
from tests.storage import offices

THURSDAY = date(2026, 3, 5)
_m = table(MessageRow)


def at(hour: int, minute: int = 0, day: date = THURSDAY) -> datetime:
    return offices.at(day, hour, minute)


def own(seen: Seen) -> list[str]:
    return [choice[0] for choice in seen.choices]


@dataclass
class Desk(Life):
    """The office, somebody who changes meetings, and a woman's phone where a test wants one."""

    staff: int = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.staff = self.db.write(lambda tx: console.person(tx, self.site, "desk"))

    def decide(self, tx: Tx, now: datetime) -> int:
        done = rules.days_off(tx, now, self.site.id)
        done += rules.decide(tx, now, self.site, make.texts(), self.accounts)
        return done + rules.calls(tx, now, self.site)

    def cancels_for(self, booking: Booking, *, knows: bool = False) -> bool:
        now = self.clock.at
        return self.db.write(
            lambda tx: changes.cancel(tx, booking, staff_id=self.staff, now=now, knows=knows)
        )

    def moves_for(self, booking: Booking, to: datetime) -> Booking:
        wish, now = offices.wanted(self.site), self.clock.at
        outcome = self.db.write(
            lambda tx: changes.move(tx, booking, wish, to, staff_id=self.staff, now=now, knows=False)
        )
        assert isinstance(outcome, Taken)
        return outcome.booking

    def calls_off(self, counsellor: int, day: date = THURSDAY) -> None:
        now = self.clock.at
        self.db.write(lambda tx: daysoff.call_off(tx, counsellor, day, self.staff, now))

    def now(self, booking: Booking) -> Booking:
        found = self.db.read(lambda tx: changes.found(tx, booking.id))
        assert found is not None
        return found

    def tasks(self) -> list[tasks.Line]:
        return self.db.read(lambda tx: tasks.lines(tx, self.staff, [self.site.id]))

    def phone(self, name: str = "100", language: str = "sl") -> Chat:
        """Her chat; she has said that she is grown up."""
        chat = Chat(self.db, self.clock, make.texts(), self.site, sender=name)
        chat.starts(language)
        return chat

    def hers(self, chat: Chat, at: datetime) -> Booking:
        def unit(tx: Tx) -> int:
            return int(
                tx.query(select(_m.c.conversation_id).where(_m.c.id == chat.last.id))[0].conversation_id
            )

        conversation = self.db.read(unit)
        member = self.db.read(lambda tx: _member(tx, conversation))
        self.sets(member, age_band="adult")
        return self.books(member, at)


def _member(tx: Tx, conversation: int) -> int:
    from storage.conversations import ConversationRow

    c = table(ConversationRow)
    return int(tx.query(select(c.c.member_id).where(c.c.id == conversation))[0].member_id)
