"""Who is called when somebody waits: what raises an alert, whom it reaches, and when the next person is called.

The roster decides who; nobody is called at a time when nobody is on duty and the desk is closed. An alert holds no word of
hers, so nothing here reads one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows import opening
from storage import alerts, calls, duty, tasks
from storage.alerts import COORDINATORS, NOBODY, ON_DUTY, STAND_IN, Alert
from storage.sites import Site
from storage.sql import Tx, to_ms

LOOK_AGAIN = timedelta(minutes=5)
"""While nobody can be called: the roster may change before its next shift begins."""
TASK_FOR = timedelta(minutes=30)
Uid = Callable[[], str]
"""Makes a random name; made by the caller, because nothing here is random."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised to her, and how long a called person may take; `docs/rules.md` names the settings."""

    answered: timedelta = timedelta(minutes=30)
    """In opening hours, until a person answers."""
    acknowledged: timedelta = timedelta(minutes=10)
    """Until the next person is called."""


def watch(tx: Tx, now: datetime, site: Site, promise: Promise, uid: Uid) -> int:
    """One look: close what is over, raise what is due, call whoever is next; how much was done."""
    closed = alerts.close_done(tx, now)
    return (
        closed
        + raise_due(tx, now, site, promise.answered, uid)
        + escalate(tx, now, site, promise.acknowledged)
    )


def raise_due(tx: Tx, now: datetime, site: Site, promised: timedelta, uid: Uid) -> int:
    """Raise one alert a waiting episode: level 1 at once, any other chat when it waits longer than promised."""
    raised = 0
    for one in alerts.urgent(tx, site.id):
        raised += alerts.raise_for(tx, one, alerts.URGENT, site.id, uid(), now) is not None
    for one in alerts.waiting(tx, site.id, now - promised):
        if opening.passed(tx, site, one.since, now) >= promised:
            raised += alerts.raise_for(tx, one, alerts.LATE, site.id, uid(), now) is not None
    return raised


def escalate(tx: Tx, now: datetime, site: Site, patience: timedelta) -> int:
    """Call the next person for every alert nobody acknowledged in time; how many alerts moved on."""
    return sum(_next(tx, now, site, alert, patience) for alert in alerts.due(tx, site.id, now))


def acknowledge(tx: Tx, uid: str, staff_id: int, now: datetime) -> bool:
    """She looks, so nobody else is called; False when there is no such alert for her, or somebody looked before."""
    alert = alerts.find(tx, uid)
    if alert is None or not may_see(tx, alert, staff_id):
        return False
    return alerts.acknowledge(tx, uid, staff_id, now)


def may_see(tx: Tx, alert: Alert, staff_id: int) -> bool:
    """Whether this person is one of those it may reach: she works at the site, and the member did not refuse her."""
    if alert.kind in (alerts.TEST, alerts.TASK):
        return alert.staff_id == staff_id
    works = {person.id for person in duty.people(tx, alert.site_id)}
    return staff_id in works and staff_id not in alerts.refused(tx, alert)


def test(tx: Tx, now: datetime, site_id: int, staff_id: int, uid: str) -> int:
    """Call one person to a test alert by every way she has; how many ways."""
    made = alerts.raise_(
        tx,
        uid,
        alerts.TEST,
        f"test:{uid}",
        0,
        site_id=site_id,
        now=now,
        staff_id=staff_id,
        step=ON_DUTY,
    )
    return calls.add(tx, made, ON_DUTY, staff_id, now) if made is not None else 0


def overdue(tx: Tx, now: datetime, site: Site, task: tasks.Task, uid: str) -> int | None:
    """Tell the second person of an overdue task: a coordinator who is not its owner; her id, None when there is none."""
    others = [one for one in duty.coordinators(tx, site.id) if one != task.staff_id]
    second = others[0] if others else None
    tasks.set_overdue(tx, task.id, second, now)
    if second is not None:
        made = alerts.raise_(
            tx,
            uid,
            alerts.TASK,
            f"task:{task.id}",
            to_ms(now),
            site_id=site.id,
            now=now,
            staff_id=second,
            step=ON_DUTY,
        )
        if made is not None:
            calls.add(tx, made, ON_DUTY, second, now)
    return second


def _next(tx: Tx, now: datetime, site: Site, alert: Alert, patience: timedelta) -> bool:
    """One alert, one step. Whoever cannot be reached is not waited for."""
    known = calls.called(tx, alert.id)
    refused = alerts.refused(tx, alert)
    on_duty = duty.on_duty(tx, site.id, now)
    is_open = opening.is_open(tx, site, now)
    if not on_duty and not is_open:
        return _wait(tx, now, site, alert)
    # Who came on duty since stands before those who are next by rank.
    ladder: tuple[tuple[int, Iterable[int]], ...] = (
        (ON_DUTY, on_duty),
        (STAND_IN, duty.stand_ins(tx, site.id, now)),
        (COORDINATORS, duty.coordinators(tx, site.id)),
    )
    for step, who in ladder:
        new = [one for one in who if one not in known and one not in refused]
        reached = [one for one in new if calls.add(tx, alert.id, step, one, now)]
        if reached:
            alerts.set_step(tx, alert.id, max(step, alert.step), now + patience, reached[0])
            return True
    if alert.step == NOBODY:
        _task(tx, now, site, alert, now + TASK_FOR)
    alerts.set_step(tx, alert.id, alert.step, now + LOOK_AGAIN)
    return False


def _wait(tx: Tx, now: datetime, site: Site, alert: Alert) -> bool:
    """Nobody is there to be called: the alert waits for the next shift or opening, and a task stands until then."""
    known = (duty.next_shift(tx, site.id, now), opening.next_open(tx, site, now))
    begins = min((at for at in known if at is not None), default=None)
    if alert.step == NOBODY:
        _task(tx, now, site, alert, (begins or now) + TASK_FOR)
    alerts.set_step(tx, alert.id, alert.step, min(begins or now + LOOK_AGAIN, now + LOOK_AGAIN))
    return False


def _task(tx: Tx, now: datetime, site: Site, alert: Alert, due_at: datetime) -> None:
    tasks.add(
        tx,
        tasks.DUTY,
        alert.subject,
        alert.subject_version,
        site_id=site.id,
        due_at=due_at,
        now=now,
        conversation_id=alert.conversation_id,
    )
