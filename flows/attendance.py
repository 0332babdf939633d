"""After a missed appointment: a kind word, once a question what makes it hard, then a task for a person and silence.

Nothing here runs before a person has noted that she did not come. What she answers changes nothing about her and is told to
nobody; coming once makes the count begin anew.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from flows import due, hours, rules
from flows.due import Office
from flows.menu import Menu
from flows.missed import Hard, Missed
from flows.rules import Action
from flows.screen import Screen
from flows.texts import Texts
from storage import attendance, notices, restores, tasks
from storage.attendance import DueMissed
from storage.sites import Site
from storage.sql import Tx

KIND, WHY = "missed", "missed_why"
UNDO_WITHIN = timedelta(minutes=15)
"""So long after it was noted nothing is sent: a slip of the finger is taken back unseen."""
LATE_AFTER = timedelta(days=3)
"""A word about an appointment longer ago is stranger than none."""
FORGOTTEN = timedelta(days=30)
SILENT_FROM = 3
"""From this one in a row on there is a task and no message."""


def decide(tx: Tx, now: datetime, site: Site, texts: Texts, accounts: Collection[str]) -> int:
    """Decide about the meetings noted as missed, at most `due.CHUNK`; how many were decided."""
    office = Office(tx, now, site, texts, accounts)
    found = attendance.due(tx, site.id, after=now - FORGOTTEN, ripe=now - UNDO_WITHIN, limit=due.CHUNK)
    return sum(_decide(office, one) for one in found)


def undo(tx: Tx, booking_id: int, staff_id: int, now: datetime, since: datetime) -> bool:
    """A person noted it wrongly: what is queued is cancelled and the task it made is over."""
    done = attendance.undo(tx, booking_id, since)
    if done:
        tasks.withdraw(tx, tasks.MISSED, f"booking:{booking_id}", staff_id, now)
    return done


def _decide(office: Office, one: DueMissed) -> bool:
    tx, now, about, member = office.tx, office.now, one.booking, one.member
    count = attendance.missed_in_a_row(tx, about)
    if count >= SILENT_FROM:
        return _to_a_person(office, one)
    window = hours.window(office.site, member.write_when)
    to = due.address(office, member.id)
    said = rules.verdict(KIND, due.situation(office, member, to, window))
    held = restores.held_until(tx, KIND)
    reason = said.reason if said.action is Action.SKIP else None
    if held is not None and about.recorded_at is not None and about.recorded_at <= held:
        reason = restores.RESTORED
    if reason is None and now - about.starts_at > LATE_AFTER:
        reason = "late"
    if reason is None and said.action is not Action.SEND:
        return False  # it waits for an open hour, or for the person she talks with
    if reason is not None or to is None:
        return notices.decide(
            tx,
            KIND,
            about.subject,
            about.version,
            member_id=member.id,
            due_at=now,
            now=now,
            reason=reason or "unreachable",
        )
    asks_why = count == 2 and _may_ask_why(office, one)
    screen: Screen = Hard(about.id) if asks_why else Missed(about.id)
    sent = due.send(
        office,
        KIND,
        about.subject,
        about.version,
        member,
        to,
        screens=[Menu(), screen],
        due_at=now,
        until=due.earliest(about.starts_at + LATE_AFTER, hours.next_close(now, window) if window else None),
    )
    if sent and asks_why:
        # Once in her life with us, whatever became of the message: nobody asks a second time.
        notices.decide(
            tx, WHY, f"member:{member.id}", 0, member_id=member.id, due_at=now, now=now, reason="asked"
        )
    return sent


def _may_ask_why(office: Office, one: DueMissed) -> bool:
    """Never on a phone that others read, and never twice."""
    if one.member.shared_phone in ("sometimes", "often"):
        return False
    return not any(notice.kind == WHY for notice in notices.of(office.tx, f"member:{one.member.id}"))


def _to_a_person(office: Office, one: DueMissed) -> bool:
    """No message any more: her counsellor looks whether something else would help."""
    about, now = one.booking, office.now
    tasks.add(
        office.tx,
        tasks.MISSED,
        about.subject,
        about.version,
        site_id=office.site.id,
        due_at=now + timedelta(days=2),
        now=now,
        member_id=about.member_id,
        conversation_id=about.conversation_id,
        staff_id=attendance.staff_of(office.tx, about.counsellor_id),
    )
    return notices.decide(
        office.tx,
        KIND,
        about.subject,
        about.version,
        member_id=about.member_id,
        due_at=now,
        now=now,
        reason="task",
    )
