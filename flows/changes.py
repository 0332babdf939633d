"""What follows when staff book, move or cancel a meeting for her: she is told, or somebody calls her.

A change is told once a booking and version; a later change of the same meeting replaces what was not said yet.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from flows import due, handover, hours, opening, rules
from flows.change import Changed
from flows.due import Office
from flows.menu import Menu
from flows.rules import Action
from flows.texts import Texts
from storage import changes, daysoff, members, notices, restores, tasks, unreached
from storage.bookings import Booking
from storage.changes import NOTICE
from storage.sites import Site
from storage.sql import Tx

CHUNK = 8
"""Decisions a unit: each may look for new times."""
CANCEL_CHUNK = 10
"""Meetings of a day that is called off, cancelled in one unit."""
CALL_AFTER = timedelta(hours=4)
"""So long after a change may be said, whoever it did not reach is called."""
CALL_BEFORE = timedelta(hours=2)
"""But never later than so long before the meeting, and the call is due by then."""
FORGOTTEN = timedelta(days=14)
"""After so long a silence of the machine nobody is asked to call about it any more."""


# --- a day that is called off --------------------------------------------------------------------------------


def days_off(tx: Tx, now: datetime, site_id: int) -> int:
    """Cancel some meetings of days that were called off, as `daysoff.cancel`; days of before a restore wait for a yes."""
    held = restores.held_until(tx, restores.DAYS_OFF)
    return daysoff.cancel(tx, site_id, now, CANCEL_CHUNK, held=held)


# --- telling her ---------------------------------------------------------------------------------------------


def decide(tx: Tx, now: datetime, site: Site, texts: Texts, accounts: Collection[str]) -> int:
    """Decide about changes nothing was decided about, at most `CHUNK`; how many were decided."""
    office = Office(tx, now, site, texts, accounts)
    now_open = {way: hours.is_open(now, hours.window(site, way)) for way in ("any", "morning", "afternoon")}
    found = changes.due(tx, site.id, after=now - due.FORGOTTEN, now_open=now_open, limit=CHUNK)
    return sum(_decide(office, one) for one in found)


def _decide(office: Office, one: changes.Due) -> bool:
    about, member, now = one.booking, one.member, office.now
    window = hours.window(office.site, member.write_when)
    to = due.address(office, member.id)
    said = rules.verdict(NOTICE, due.situation(office, member, to, window))
    held = restores.held_until(office.tx, NOTICE)
    reason = None
    if about.starts_at <= now:
        reason = "late"
    elif held is not None and one.at <= held:
        reason = restores.RESTORED  # she may have been told, or it was changed again, in what was lost
    elif one.kind == "cancelled" and changes.instead(office.tx, about, one.at, now) is not None:
        reason = "superseded"
    elif said.action is Action.SKIP:
        reason = said.reason
    elif said.action is not Action.SEND:
        return False  # it waits for an open hour
    if reason is not None or to is None:
        return notices.decide(
            office.tx,
            NOTICE,
            about.subject,
            about.version,
            member_id=member.id,
            due_at=one.at,
            now=now,
            reason=reason or "unreachable",
        )
    return due.send(
        office,
        NOTICE,
        about.subject,
        about.version,
        member,
        to,
        screens=[Menu(), Changed(about.id, about.version)],
        due_at=one.at,
        until=due.earliest(about.starts_at, hours.next_close(now, window) if window else None),
    )


def outlook(tx: Tx, now: datetime, site: Site, texts: Texts, member_id: int) -> str:
    """What would become of a message to her now, for staff: `send`, `hold`, or the reason why there is none."""
    her = members.find(tx, member_id)
    if her is None:
        return "unreachable"
    accounts = {one.account for one in notices.reach(tx, her.id)} - {handover.PAGE}
    office = Office(tx, now, site, texts, accounts)
    window = hours.window(site, her.write_when)
    said = rules.verdict(NOTICE, due.situation(office, her, due.address(office, her.id), window))
    return said.reason or "skip" if said.action is Action.SKIP else said.action.value


def told(tx: Tx, booking: Booking) -> str | None:
    """What was decided about a message on the meeting as it is: `sent`, a reason, or None for not yet."""
    for notice in notices.of(tx, booking.subject):
        if notice.kind == NOTICE and notice.subject_version == booking.version:
            return notice.reason or notice.decision
    return None


# --- calling her ---------------------------------------------------------------------------------------------


def calls(tx: Tx, now: datetime, site: Site, after: timedelta = CALL_AFTER) -> int:
    """A task for every change that did not reach her in time, once each; how many."""
    made = 0
    for call in unreached.uncalled(tx, site.id, after=now - FORGOTTEN, now=now):
        window = hours.window(site, call.write_when)
        may_be_said = call.at if window is None else hours.next_open(call.at, window)
        if not call.hopeless and now < min(may_be_said + after, call.starts_at - CALL_BEFORE):
            continue
        opens = opening.next_open(tx, site, now) or now
        in_time = min(opens + CALL_BEFORE, call.starts_at - CALL_BEFORE)
        made += (
            tasks.add(
                tx,
                tasks.CALL,
                f"booking:{call.booking_id}",
                call.episode,
                site_id=site.id,
                due_at=max(in_time, min(now + CALL_BEFORE, call.starts_at)),
                now=now,
                member_id=call.member_id,
                conversation_id=call.conversation_id,
            )
            is not None
        )
    return made
