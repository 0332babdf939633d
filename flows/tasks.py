"""Tasks of staff: made once by what happens, told to a second person when they are overdue."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flows import alerts, hours, opening
from flows.alerts import Uid
from flows.directory import REVIEW_BEFORE
from storage import directory, members, notices, tasks
from storage.members import Member
from storage.sites import Site
from storage.sql import Tx, to_ms

WITHIN = {
    tasks.URGENT: timedelta(minutes=30),
    tasks.FAILED_TURN: timedelta(hours=4),
    tasks.CHECK: timedelta(hours=4),
}
"""Of opening: due so long after the desk is, or is next, open."""
CALL_BEFORE = timedelta(hours=2)
"""A call about an appointment is due so long before it."""


def make(tx: Tx, now: datetime, site: Site) -> int:
    """Make the tasks that are missing: level 1, call list, failed turns, services to be checked; how many."""
    made = _urgent(tx, now, site) + _calls(tx, now, site) + _failures(tx, now, site)
    return made + _reviews(tx, now, site)


def age(tx: Tx, now: datetime, site: Site, uid: Uid) -> int:
    """Tell the second person what is overdue, while the desk is open; how many tasks."""
    if not opening.is_open(tx, site, now):
        return 0  # a task may wait for the morning; who may not wait has an alert
    found = tasks.overdue(tx, site.id, now)
    for task in found:
        alerts.overdue(tx, now, site, task, uid())
    return len(found)


def due(tx: Tx, now: datetime, site: Site, kind: str) -> datetime:
    """When a task of this kind made now is due."""
    return (opening.next_open(tx, site, now) or now) + WITHIN[kind]


def _urgent(tx: Tx, now: datetime, site: Site) -> int:
    made = 0
    for row in tasks.urgent(tx, site.id):
        since = max(
            at for at in (row.waiting_since, row.danger_at, now - timedelta(days=3650)) if at is not None
        )
        made += (
            tasks.add(
                tx,
                tasks.URGENT,
                f"conversation:{row.id}",
                to_ms(since),
                site_id=site.id,
                due_at=due(tx, now, site, tasks.URGENT),
                now=now,
                member_id=row.member_id,
                conversation_id=row.id,
            )
            is not None
        )
    return made


def _calls(tx: Tx, now: datetime, site: Site) -> int:
    tasks.drop_superseded(tx, site.id)
    made = 0
    for call in notices.call_list(tx, site.id, now):
        about = tasks.booking(tx, call.booking_id)
        made += (
            tasks.add(
                tx,
                tasks.CALL,
                f"booking:{call.booking_id}",
                about.version,
                site_id=site.id,
                due_at=_call_by(tx, site, members.find(tx, about.member_id), call.starts_at, now),
                now=now,
                member_id=about.member_id,
                conversation_id=about.conversation_id,
            )
            is not None
        )
    return made


def _call_by(tx: Tx, site: Site, member: Member | None, starts_at: datetime, now: datetime) -> datetime:
    """When to have called her: the last moment so long before it at which the desk is open and she may be called."""
    latest = starts_at - CALL_BEFORE
    if latest <= now:
        return min(now + CALL_BEFORE, starts_at)
    window = hours.window(site, member.write_when if member else None)
    found = latest
    for opens, closes in opening.spans(tx, site, now, (starts_at - now).days + 1):
        first, last = max(opens, now), min(closes, latest)
        if first > last:
            continue
        inside = last if window is None else hours.last_open(last, window)
        if inside >= first:
            found = inside
    return found


def _failures(tx: Tx, now: datetime, site: Site) -> int:
    made = 0
    for row in tasks.failures(tx, site.id):
        made += (
            tasks.add(
                tx,
                tasks.FAILED_TURN,
                f"failed_turn:{row.id}",
                0,
                site_id=site.id,
                due_at=due(tx, now, site, tasks.FAILED_TURN),
                now=now,
                member_id=row.member_id,
                conversation_id=row.conversation_id,
            )
            is not None
        )
    return made


def _reviews(tx: Tx, now: datetime, site: Site) -> int:
    """One for every shown service that has to be checked within two weeks, or had to be."""
    made, zone = 0, hours.zone(site)
    until = now.astimezone(zone).date() + REVIEW_BEFORE
    for row in directory.reviews(tx, site.id, until):
        due_at = datetime.combine(row.review_by, time(), tzinfo=zone)
        about = directory.subject(row.id)
        added = tasks.add(tx, tasks.REVIEW, about, row.version, site_id=site.id, due_at=due_at, now=now)
        made += added is not None
    return made
