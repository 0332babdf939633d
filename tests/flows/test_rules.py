"""The contact rules, walked whole: every kind in every situation, judged by oracles that do not read the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from flows import rules
from flows.rules import COLUMNS, TABLE, Action, Situation, danger_state, stop_state, verdict
from storage.members import Member

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANSWERS = {"answer", "safety", "failed_line", "stop_line", "person_line"}
THERE = {"staff_now", "handover_now"}
"""A person's words while she is there."""
LATER = {"staff", "handover_line"}
"""A person's words that she finds when she comes back: she asked for them."""
APPOINTMENT = {"reminder_day", "reminder_hours", "booking_change"}
NEED_CONSENT = {"announcement", "survey", "checkin"}


def situations() -> Iterator[Situation]:
    hints = get_type_hints(Situation)
    values = {
        "owner": ("bot", "waiting", "person"),
        "age_band": (None, "under15", "15to17", "adult"),
        **{name: get_args(hint) for name, hint in hints.items() if get_args(hint) and name != "age_band"},
        **{name: (False, True) for name, hint in hints.items() if hint is bool},
    }
    assert set(values) == set(hints), "a new state of the table must be walked too"
    for picked in product(*values.values()):
        yield Situation(**dict(zip(values, picked, strict=True)))


EVERY = list(situations())


def test_the_walk_is_the_full_product() -> None:
    assert len(EVERY) == len(set(EVERY)) == 3 * 2 * 3 * 3 * 2 * 4 * 3 * 2
    assert set(TABLE) == ANSWERS | THERE | LATER | APPOINTMENT | NEED_CONSENT | {"go_on", "missed"}
    assert all(len(row) == len(COLUMNS) for row in TABLE.values())


def leaves(kind: str, situation: Situation) -> bool:
    return verdict(kind, situation).action is Action.SEND


def check(kinds: set[str], forbidden: object) -> None:
    """No message of these kinds leaves in a situation that `forbidden` names; the rule is not empty."""
    assert callable(forbidden)
    named = [situation for situation in EVERY if forbidden(situation)]
    assert named
    assert [(kind, s) for kind in kinds for s in named if leaves(kind, s)] == []


def test_an_answer_to_her_own_message_always_leaves() -> None:
    assert all(leaves(kind, situation) for kind in ANSWERS for situation in EVERY)


def test_do_not_write_blocks_whatever_does_not_answer_her() -> None:
    check(set(TABLE) - ANSWERS - THERE, lambda s: s.do_not_write)


def test_after_stop_only_what_she_kept_leaves() -> None:
    check(set(TABLE) - ANSWERS - THERE - LATER, lambda s: s.stop == "stopped")
    check(set(TABLE) - ANSWERS - THERE - LATER - APPOINTMENT, lambda s: s.stop == "keeps_reminders")


def test_stop_does_not_keep_back_what_a_person_answers() -> None:
    for stop in ("stopped", "keeps_reminders"):
        assert all(leaves(kind, Situation(stop=stop)) for kind in LATER)


def test_a_person_reaches_her_while_she_is_there() -> None:
    assert all(leaves(kind, situation) for kind in THERE for situation in EVERY if situation.reachable)


def test_nothing_unasked_leaves_in_closed_hours() -> None:
    check(set(TABLE) - ANSWERS - THERE, lambda s: s.hours != "open")


def test_nothing_is_planned_for_a_phone_that_cannot_be_reached() -> None:
    check(set(TABLE) - ANSWERS, lambda s: not s.reachable)


def test_after_danger_only_appointments_and_only_with_her_yes() -> None:
    check(set(TABLE) - ANSWERS - THERE, lambda s: s.danger == "recent")
    check(set(TABLE) - ANSWERS - THERE - LATER - APPOINTMENT, lambda s: s.danger != "none")


def test_the_bot_starts_nothing_while_a_person_owns_the_conversation() -> None:
    check(set(TABLE) - ANSWERS - THERE - LATER - APPOINTMENT, lambda s: s.owner == "person")


def test_optional_news_needs_consent_and_an_adult() -> None:
    check(NEED_CONSENT, lambda s: not s.consent)
    check(NEED_CONSENT, lambda s: s.age_band in ("under15", "15to17"))


def test_waiting_for_a_person_mutes_nothing() -> None:
    for kind, situation in product(TABLE, EVERY):
        if situation.owner == "bot":
            waiting = replace(situation, owner="waiting")
            assert verdict(kind, waiting) == verdict(kind, situation)


def test_a_reminder_moves_earlier_and_others_wait() -> None:
    closed = Situation(hours="closed")
    assert {kind: verdict(kind, closed).action for kind in TABLE if kind not in ANSWERS} == {
        "reminder_day": Action.EARLIER,
        "reminder_hours": Action.EARLIER,
        "staff_now": Action.SEND,
        "handover_now": Action.SEND,
        **dict.fromkeys(
            (
                "staff",
                "handover_line",
                "booking_change",
                "go_on",
                "announcement",
                "survey",
                "checkin",
                "missed",
            ),
            Action.HOLD,
        ),
    }


def test_everything_leaves_when_nothing_speaks_against_it() -> None:
    assert all(leaves(kind, Situation()) for kind in TABLE)


def test_only_what_is_sent_has_no_reason_and_a_skip_names_a_state_that_applies() -> None:
    for kind, situation in product(TABLE, EVERY):
        said = verdict(kind, situation)
        assert (said.reason is None) == (said.action is Action.SEND)
        assert said.reason is None or said.reason in situation.columns()


def test_more_trouble_never_frees_a_message() -> None:
    """Adding a state to a situation may only make the verdict stricter."""
    order = [Action.SEND, Action.EARLIER, Action.HOLD, Action.SKIP]
    worse: dict[str, Any] = {
        "do_not_write": True,
        "reachable": False,
        "hours": "never",
        "consent": False,
        "age_band": "15to17",
        "danger": "recent",
        "stop": "stopped",
    }
    for situation in EVERY:
        before = {kind: order.index(verdict(kind, situation).action) for kind in TABLE}
        for name, value in worse.items():
            also = replace(situation, **{name: value})
            assert [kind for kind in TABLE if order.index(verdict(kind, also).action) < before[kind]] == []


def test_a_wrong_cell_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oracles can fail: each blocking cell, opened alone, lets a forbidden message through."""
    for kind, row in TABLE.items():
        for at, cell in enumerate(row):
            if cell is Action.SEND:
                continue
            opened = {**TABLE, kind: (*row[:at], Action.SEND, *row[at + 1 :])}
            monkeypatch.setattr(rules, "TABLE", opened)
            assert any(leaves(kind, s) for s in EVERY if s.columns() == [COLUMNS[at]]), (kind, COLUMNS[at])
            monkeypatch.undo()


@pytest.mark.parametrize(
    ("danger_days_ago", "said_days_ago", "state"),
    [
        (None, None, "none"),
        (1, None, "recent"),
        (1, 0, "recent_safe"),
        (1, 2, "recent"),  # a yes from before the danger says nothing about today
        (6.99, None, "recent"),
        (7, None, "none"),
    ],
)
def test_danger_state(danger_days_ago: float | None, said_days_ago: float | None, state: str) -> None:
    def ago(days: float | None) -> datetime | None:
        return None if days is None else NOW - timedelta(days=days)

    assert danger_state(Member(1, danger_at=ago(danger_days_ago)), ago(said_days_ago), NOW) == state


def test_stop_state() -> None:
    assert stop_state(Member(1)) == "none"
    assert stop_state(Member(1, keeps_reminders=True)) == "none"
    assert stop_state(Member(1, stopped_at=NOW)) == "stopped"
    assert stop_state(Member(1, stopped_at=NOW, keeps_reminders=True)) == "keeps_reminders"


def test_the_documented_table_is_the_table() -> None:
    lines = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8").splitlines()
    rows = [
        [cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")
    ]
    found = {row[0]: row[1:] for row in rows if len(row) == len(COLUMNS) + 1}
    assert found == {kind: [action.value for action in row] for kind, row in TABLE.items()}
