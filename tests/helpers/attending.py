"""An office in which a person notes who came, on one injected clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flows import attendance as rules
from storage import attendance, notices, tasks
from storage.bookings import Booking
from storage.sql import Tx
from tests.helpers import console, make
from tests.helpers.life import Arrived, Life


@dataclass
class Desk(Life):
    """The office, and a person who notes who came."""

    staff: int = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.staff = self.db.write(lambda tx: console.person(tx, self.site, "desk"))

    def met(self, member_id: int, came: bool | None, *, hours: float = 1) -> Booking:
        """She books, the time comes, and it is noted at once (or not at all)."""
        begins = self.clock.at + timedelta(days=1)
        booking = self.books(member_id, begins.replace(hour=9, minute=0))
        self.clock.at = booking.starts_at + timedelta(hours=hours)
        if came is not None:
            assert self.notes(booking, came)
        return booking

    def notes(self, booking: Booking, came: bool) -> bool:
        return self.db.write(lambda tx: attendance.record(tx, booking.id, came, self.staff, self.clock.at))

    def undoes(self, booking: Booking) -> bool:
        since = self.clock.at - timedelta(hours=12)
        return self.db.write(lambda tx: rules.undo(tx, booking.id, self.staff, self.clock.at, since))

    def decide(self, tx: Tx, now: datetime) -> int:
        return rules.decide(tx, now, self.site, make.texts(), self.accounts)

    def after(self, minutes: float = 16) -> list[Arrived]:
        """So much later, what has arrived."""
        self.clock.forward(minutes=minutes)
        self.tick()
        return self.delivers()

    def reason(self, booking: Booking) -> str | None:
        (notice,) = [
            one for one in self.db.read(lambda tx: notices.of(tx, booking.subject)) if one.kind == "missed"
        ]
        return notice.reason or notice.decision

    def tasks(self) -> list[tasks.Line]:
        lines = self.db.read(lambda tx: tasks.lines(tx, self.staff, [self.site.id]))
        return [line for line in lines if line.task.kind == tasks.MISSED]
