"""What is due now and nobody asked for: reminders of appointments and the one "go on?" after leaving midway.

Nothing here is scheduled. A function asks what has no decision yet, decides up to `CHUNK` of it, and writes notice and
message in the caller's transaction; called again it finds what is left. `flows/rules.py` says whether a message may go,
this file says when.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from flows import hours, rules, state
from flows.hours import Window
from flows.menu import Menu
from flows.registry import REGISTRY
from flows.reminder import GoOn, Reminder
from flows.rules import Action, Situation
from flows.screen import Screen, Turn
from flows.speech import Speech, speak
from flows.texts import Texts
from storage import members, messages, notices, records, restores
from storage.conversations import Conversation
from storage.members import Member
from storage.notices import DueBooking, Horizons, LeftDialogue, Reach
from storage.sites import Site
from storage.sql import Tx

CHUNK = 50
"""Decisions a unit: it holds the writer for some milliseconds."""
DAY, HOURS, GO_ON = "reminder_day", "reminder_hours", "go_on"
HOURS_BEFORE = timedelta(hours=2)
APART = timedelta(hours=3)
"""Two reminders of one appointment closer than this are one."""
ROOM_MIN = 15
"""A message moved before a closing hour is planned this long before it, so that it can still be delivered."""
GO_ON_AFTER = timedelta(hours=12)
FORGOTTEN = timedelta(days=3)
"""How far back what nobody decided is still written into the ledger, as skipped."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late each kind may still be sent after the machine was down; `docs/rules.md` names the settings."""

    day_before_start: timedelta = timedelta(hours=6)
    hours_before_start: timedelta = timedelta(minutes=30)
    go_on: timedelta = timedelta(hours=24)
    call_after: timedelta = timedelta(hours=4)
    """So long after staff changed her appointment whoever does not know of it is called."""

    def last_chance(self, kind: str, starts_at: datetime) -> datetime:
        """After this a reminder of that appointment is not sent any more."""
        return starts_at - (self.day_before_start if kind == DAY else self.hours_before_start)


@dataclass(frozen=True, slots=True)
class Office:
    """What every decision of one tick looks at."""

    tx: Tx
    now: datetime
    site: Site
    texts: Texts
    accounts: Collection[str]
    """Channel accounts that can write first."""


def reminders(
    tx: Tx, now: datetime, site: Site, texts: Texts, limits: Lateness, accounts: Collection[str]
) -> int:
    """Decide the reminders that are due, at most `CHUNK` of a kind; how many were decided."""
    office = Office(tx, now, site, texts, accounts)
    decided = 0
    # The later kind first: when both are due after a long silence, the one nearer to the appointment is sent.
    for kind in (HOURS, DAY):
        horizons = _horizons(site, now, kind, limits)
        for due in notices.due_bookings(
            tx, kind, site.id, after=now - FORGOTTEN, horizons=horizons, limit=CHUNK
        ):
            decided += _remind(office, kind, due, limits)
    return decided


def go_on(
    tx: Tx, now: datetime, site: Site, texts: Texts, limits: Lateness, accounts: Collection[str]
) -> int:
    """Ask once, the next day and inside her hours, whether she wants to go on; how many were decided."""
    office = Office(tx, now, site, texts, accounts)
    # The next day means another day on the wall, not twelve hours on.
    today = hours.local_midnight(now, hours.zone(site))
    ripe = min(now - GO_ON_AFTER, today - timedelta(milliseconds=1))
    too_late = now - GO_ON_AFTER - limits.go_on
    horizons = _by_answer(lambda answer: ripe if hours.is_open(now, hours.window(site, answer)) else too_late)
    left = notices.left_dialogues(
        tx, GO_ON, site.id, after=too_late - FORGOTTEN, horizons=horizons, limit=CHUNK
    )
    return sum(_ask_to_go_on(office, dialogue, too_late) for dialogue in left)


def planned(kind: str, starts_at: datetime, site: Site, write_when: str | None) -> datetime:
    """When a reminder of that appointment is due: so long before it, moved earlier out of closed hours."""
    # A day before is the same time on the wall, also when the clock changes in between.
    due = hours.days_on(starts_at, hours.zone(site), -1) if kind == DAY else starts_at - HOURS_BEFORE
    window = hours.window(site, write_when)
    return due if window is None else hours.last_open(due, hours.shortened(window, ROOM_MIN))


# --- reminders -------------------------------------------------------------------------------------------


def _remind(office: Office, kind: str, due: DueBooking, limits: Lateness) -> bool:
    """Decide one reminder; False when it is not its time yet, or somebody else decided."""
    now, member = office.now, due.member
    window = hours.window(office.site, member.write_when)
    due_at = planned(kind, due.starts_at, office.site, member.write_when)
    if due_at > now:
        return False
    subject = f"booking:{due.id}"
    to = address(office, member.id)
    said = rules.verdict(kind, situation(office, member, to, window))
    last_chance = limits.last_chance(kind, due.starts_at)
    held = restores.held_until(office.tx, kind)
    reason = None
    if due_at <= due.made_at:
        reason = "made_late"
    elif held is not None and due_at <= held:
        reason = restores.RESTORED  # it may have gone out already, from what was lost
    elif said.action is Action.SKIP:
        reason = said.reason
    elif now > last_chance:
        reason = "late"
    elif _other_is_near(office, kind, subject, due.version):
        reason = "merged"
    elif said.action is not Action.SEND:
        return False  # it missed its hour; the next open one sends it, or it becomes late
    if reason is not None or to is None:
        return notices.decide(
            office.tx,
            kind,
            subject,
            due.version,
            member_id=member.id,
            due_at=due_at,
            now=now,
            reason=reason or "unreachable",
        )
    until = earliest(last_chance, hours.next_close(now, window) if window else None)
    return send(
        office,
        kind,
        subject,
        due.version,
        member,
        to,
        screens=[Menu(), Reminder(due.id, due.version)],
        due_at=due_at,
        until=until,
    )


def _other_is_near(office: Office, kind: str, subject: str, version: int) -> bool:
    """Whether the other reminder of this appointment was sent so recently that one is enough."""
    return any(
        notice.kind == (HOURS if kind == DAY else DAY)
        and notice.subject_version == version
        and notice.decision == notices.SENT
        and office.now - notice.at < APART
        for notice in notices.of(office.tx, subject)
    )


# --- go on -----------------------------------------------------------------------------------------------


def _ask_to_go_on(office: Office, left: LeftDialogue, too_late: datetime) -> bool:
    member = left.member
    window = hours.window(office.site, member.write_when)
    subject = f"conversation:{left.conversation_id}"
    to = address(office, member.id)
    said = rules.verdict(GO_ON, situation(office, member, to, window))
    held = restores.held_until(office.tx, GO_ON)
    reason = None
    if held is not None and left.left_at + GO_ON_AFTER <= held:
        reason = restores.RESTORED
    elif said.action is Action.SKIP:
        reason = said.reason
    elif left.left_at <= too_late:
        reason = "late"
    elif to is not None and to.conversation_id != left.conversation_id:
        reason = "elsewhere"  # she has gone on writing on another channel
    elif said.action is not Action.SEND:
        return False
    screens = state.load(left.stack, REGISTRY)
    due_at = left.left_at + GO_ON_AFTER
    if reason is None and not screens:
        reason = "gone"  # a page this version no longer has
    if reason is not None or to is None:
        return notices.decide(
            office.tx,
            GO_ON,
            subject,
            left.version,
            member_id=member.id,
            due_at=due_at,
            now=office.now,
            reason=reason or "unreachable",
        )
    closes = hours.next_close(office.now, window) if window else None
    until = earliest(left.left_at + (office.now - too_late), closes)
    return send(
        office,
        GO_ON,
        subject,
        left.version,
        member,
        to,
        screens=[*screens, GoOn()],
        due_at=due_at,
        until=until,
    )


# --- what both need --------------------------------------------------------------------------------------


def send(
    office: Office,
    kind: str,
    subject: str,
    version: int,
    member: Member,
    to: Reach,
    *,
    screens: list[Screen],
    due_at: datetime,
    until: datetime,
) -> bool:
    """Write the message and its notice, both or neither."""
    conversation = Conversation(to.conversation_id, to.address_id, member.id, [])
    turn = Turn(
        office.tx,
        office.now,
        office.site,
        office.texts,
        member,
        conversation,
        to.account,
        can_write_first=True,
    )
    spoken = speak(turn, screens, Speech())
    with office.tx.attempt() as attempt:
        message_id = messages.add(
            office.tx,
            to.conversation_id,
            to.account,
            kind,
            spoken.text,
            now=office.now,
            choices=spoken.choices,
            stack=state.dump(screens),
            language=spoken.language,
            lane=messages.NOTICE,
            policy=messages.RESEND_ONCE,
            subject=subject,
            expires_at=until,
        )
        if not notices.decide(
            office.tx,
            kind,
            subject,
            version,
            member_id=member.id,
            due_at=due_at,
            now=office.now,
            message_id=message_id,
        ):
            attempt.give_up()  # another process was first
    return not attempt.failed


def address(office: Office, member_id: int) -> Reach | None:
    """The one address unasked messages go to: on the channel agreed at the desk, the last she wrote from that can be
    written to."""
    agreed = records.agreement(office.tx, member_id).channel
    for to in notices.reach(office.tx, member_id):
        if agreed is not None and to.account.partition(":")[0] != agreed:
            continue  # at the desk she chose another, or none: then staff call
        if to.reachable and to.account in office.accounts:
            return to
    return None


def situation(office: Office, member: Member, to: Reach | None, window: Window | None) -> Situation:
    """What the rules need to know about her now."""
    said = members.last_consent(office.tx, member.id, "write_after_danger") if member.danger_at else None
    opened: Literal["open", "closed", "never"] = "open"
    if window is None:
        opened = "never"
    elif not hours.is_open(office.now, window):
        opened = "closed"
    return Situation(
        stop=rules.stop_state(member),
        do_not_write=member.do_not_write,
        hours=opened,
        owner=to.owner if to else "bot",
        age_band=member.age_band,
        danger=rules.danger_state(member, said.at if said and said.given else None, office.now),
        reachable=to is not None,
    )


def _horizons(site: Site, now: datetime, kind: str, limits: Lateness) -> Horizons:
    """Up to which start something may be due now, for each answer to "when may we write".

    In an open hour that reaches over the closed hours ahead, because what falls into them is due before them. In a
    closed hour only what is too late is decided: it never will be sent.
    """

    def start_of(due: datetime) -> datetime:
        return hours.days_on(due, hours.zone(site), 1) if kind == DAY else due + HOURS_BEFORE

    def until(answer: str) -> datetime:
        window = hours.window(site, answer)
        if window is None:
            return start_of(now)
        if not hours.is_open(now, window):
            return now + (now - limits.last_chance(kind, now))
        planning = hours.shortened(window, ROOM_MIN)
        if hours.is_open(now, planning) and hours.is_open(now + timedelta(minutes=1), planning):
            return start_of(now)
        return start_of(hours.next_open(now + timedelta(minutes=ROOM_MIN + 1), planning))

    return _by_answer(until)


def _by_answer(until: Callable[[str], datetime]) -> Horizons:
    return Horizons(
        any=until("any"), morning=until("morning"), afternoon=until("afternoon"), never=until("never")
    )


def earliest(first: datetime, other: datetime | None) -> datetime:
    """The earlier of two times; the other may be none."""
    return first if other is None else min(first, other)
