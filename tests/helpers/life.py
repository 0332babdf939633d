"""Days of an office in seconds: bookings, ticks and a provider that accepts everything, on one injected clock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from flows import due
from flows.due import Lateness
from storage import bookings, conversations, members, messages, notices, outbox
from storage.bookings import Booking, Taken
from storage.db import Database
from storage.messages import MessageRow
from storage.notices import Notice
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make
from tests.storage import offices

ACCOUNT = "telegram:1"
Field = str | bool | datetime | None
_m = table(MessageRow)


@dataclass(frozen=True)
class Arrived:
    """A message that left the house."""

    at: datetime
    kind: str
    text: str
    id: int


@dataclass
class Life:
    """One office with a counsellor who is always there."""

    db: Database
    clock: make.Clock
    limits: Lateness = field(default_factory=Lateness)
    accounts: Collection[str] = (ACCOUNT,)
    site: Site = field(init=False)
    arrived: list[Arrived] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.site, _ = self.db.write(lambda tx: offices.office(tx, hours=(0, 24 * 60), weekdays=7, people=4))

    def woman(self, name: str = "100", account: str = ACCOUNT, /, **fields: Field) -> int:
        """A member who wrote now, with these fields set; her id."""
        now = self.clock.at

        def unit(tx: Tx) -> int:
            conversation, member = conversations.load(tx, account, name, now)
            conversations.save(tx, conversation, now)
            for field_name, value in {"language": "sl", **fields}.items():
                members.set_field(tx, member.id, field_name, value)
            return member.id

        return self.db.write(unit)

    def sets(self, member_id: int, **fields: Field) -> None:
        """Fields of a member, as the flows would have set them."""

        def unit(tx: Tx) -> None:
            for name, value in fields.items():
                members.set_field(tx, member_id, name, value)

        self.db.write(unit)

    def books(self, member_id: int, starts_at: datetime) -> Booking:
        """She books this time now."""
        now = self.clock.at
        wish = offices.wanted(self.site)
        taken = self.db.write(
            lambda tx: bookings.take(tx, wish, starts_at, member_id=member_id, conversation_id=None, now=now)
        )
        assert isinstance(taken, Taken)
        return taken.booking

    def moves(self, booking: Booking, starts_at: datetime) -> Booking:
        """She moves it now."""
        now = self.clock.at
        wish = offices.wanted(self.site)
        moved = self.db.write(
            lambda tx: bookings.move(tx, booking.id, wish, starts_at, member_id=booking.member_id, now=now)
        )
        assert isinstance(moved, Taken)
        return moved.booking

    def cancels(self, booking: Booking) -> None:
        """She cancels it now."""
        now = self.clock.at
        self.db.write(lambda tx: bookings.cancel(tx, booking.id, booking.member_id, now))

    def tick(self) -> int:
        """All that is due now is decided; how many decisions."""
        now, decided = self.clock.at, 0
        while count := self.db.write(lambda tx: self.decide(tx, now)):
            decided += count
        return decided

    def decide(self, tx: Tx, now: datetime) -> int:
        """One chunk of each kind."""
        with_ = (tx, now, self.site, make.texts(), self.limits, self.accounts)
        return due.reminders(*with_) + due.go_on(*with_)

    def delivers(self) -> list[Arrived]:
        """The provider accepts what may go out now."""
        now = self.clock.at

        def unit(tx: Tx) -> list[Arrived]:
            messages.expire(tx, now)
            found = []
            while claimed := outbox.claim(
                tx, ACCOUNT, "test", now=now, until=now + timedelta(minutes=1), limit=30
            ):
                for one in claimed:
                    outbox.sent(tx, one.id, one.attempt, f"p{one.id}", now)
                    found.append(Arrived(now, one.kind, one.text, one.id))
            return found

        found = self.db.write(unit)
        self.arrived += found
        return found

    def until(self, last: datetime, minutes: int = 15) -> list[Arrived]:
        """Tick and deliver up to `last`; what arrived on the way."""
        before = len(self.arrived)
        self.delivers()
        while self.clock.at <= last:
            if self.tick():
                self.delivers()
            self.clock.at += timedelta(minutes=minutes)
        return self.arrived[before:]

    def queued(self) -> int:
        """How many messages wait."""
        return len(self.db.read(lambda tx: tx.query(select(_m.c.id).where(_m.c.state.in_(messages.OPEN)))))

    def ledger(self, booking: Booking) -> dict[tuple[str, int], Notice]:
        """What was decided about a booking, by kind and version."""
        found = self.db.read(lambda tx: notices.of(tx, booking.subject))
        assert len({(n.kind, n.subject_version) for n in found}) == len(found)
        return {(n.kind, n.subject_version): n for n in found}

    def reasons(self, booking: Booking) -> dict[str, str]:
        """What was decided about its present version: 'sent' or the reason of the skip, by kind."""
        return {
            kind: notice.reason or notice.decision
            for (kind, version), notice in self.ledger(booking).items()
            if version == booking.version
        }
