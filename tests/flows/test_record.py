"""A person without a channel: calls instead of reminders, inside her hours, once each; and what was agreed is obeyed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from flows import record
from flows import tasks as rules
from flows.record import Refused, Terms
from storage import bookings, members, records, tasks
from storage.db import Database
from storage.sql import Tx, table
from storage.tasks import Line
from tests.helpers import make
from tests.helpers.duties import Duties
from tests.helpers.life import Life

FREE = Terms("any", "only_me", False, None, "time", None, "")


@pytest.fixture
def life(db: Database, clock: make.Clock) -> Life:
    return Life(db, clock)


def opens(life: Life, name: str = "Mira") -> int:
    """A record without any address."""
    staff = Duties(life.db, life.clock, life.site).person()
    now = life.clock.at
    return life.db.write(
        lambda tx: record.open_record(tx, life.site.id, name, "sq", read_aloud=True, staff_id=staff, now=now)
    )


def agrees(life: Life, member: int, **said: Any) -> None:
    terms = replace(FREE, **said)
    staff = Duties(life.db, life.clock, life.site).person()
    now = life.clock.at
    life.db.write(lambda tx: record.agree(tx, member, terms, site=life.site, staff_id=staff, now=now))


def calls(life: Life) -> list[Line]:
    """The call list after a tick."""
    life.tick()
    now = life.clock.at
    life.db.write(lambda tx: rules.make(tx, now, life.site))
    return life.db.read(lambda tx: tasks.lines(tx, 0, [life.site.id]))


def test_a_record_without_a_channel_is_called_once_inside_her_hours(life: Life) -> None:
    member = opens(life)
    agrees(life, member, write_when="morning", phone="041 000 111", whose="own")
    booking = life.books(member, life.clock.at + timedelta(days=2, hours=4))  # Wednesday 14:00
    life.clock.at = booking.starts_at - timedelta(hours=26, minutes=5)  # Tuesday, the end of her morning
    (line,) = calls(life)
    assert (line.task.kind, line.task.member_id, line.recorded) == ("call", member, True)
    # Before 12:00 she may be called on Wednesday, and the desk is open.
    assert line.task.due_at == booking.starts_at - timedelta(hours=2, minutes=1)
    assert len(calls(life)) == 1
    moved = life.moves(booking, booking.starts_at + timedelta(days=1))
    assert life.db.read(lambda tx: tasks.lines(tx, 0, [life.site.id])) == []  # at once, before any tick
    life.clock.at = moved.starts_at - timedelta(hours=26, minutes=5)
    (again,) = calls(life)
    assert (again.task.subject_version, again.starts_at) == (moved.version, moved.starts_at)
    now = life.clock.at
    life.db.write(lambda tx: bookings.cancel(tx, booking.id, member, now))
    assert calls(life) == []


def test_who_wants_no_message_is_called_though_she_has_a_chat(life: Life) -> None:
    woman = life.woman("200")
    agrees(life, woman, channel="desk")
    booking = life.books(woman, life.clock.at + timedelta(days=2))
    life.clock.at = booking.starts_at - timedelta(hours=23)
    assert [line.task.kind for line in calls(life)] == ["call"]
    assert life.arrived == []


def test_the_agreed_channel_is_used_and_not_the_last_one(life: Life) -> None:
    life.accounts = ("telegram:1", "whatsapp:1")
    woman = life.woman("300")
    agrees(life, woman, channel="web")
    booking = life.books(woman, life.clock.at + timedelta(days=2))
    life.clock.at = booking.starts_at - timedelta(hours=23)
    assert [line.task.kind for line in calls(life)] == ["call"]
    assert life.arrived == []


def test_a_discreet_reminder_does_not_even_name_the_time(life: Life) -> None:
    woman = life.woman("400")
    agrees(life, woman, wording="discreet")
    booking = life.books(woman, life.clock.at + timedelta(days=2))
    life.clock.at = booking.starts_at - timedelta(hours=23)
    life.tick()
    life.delivers()
    assert [one.text for one in life.arrived] == [make.texts().text("sl", "reminder-discreet")]


def test_do_not_write_takes_back_what_is_queued(life: Life) -> None:
    member = opens(life)
    agrees(life, member, do_not_write=True)
    found = life.db.read(lambda tx: (members.find(tx, member), records.agreement(tx, member)))
    assert found[0] is not None
    assert (found[0].do_not_write, found[1].agreed_with is not None) == (True, True)
    said = life.db.read(lambda tx: members.last_consent(tx, member, "reminders"))
    assert said is not None
    assert not said.given


def test_a_form_opened_before_she_locked_her_phone_does_not_unlock_it(life: Life) -> None:
    woman = life.woman("500", do_not_write=True)
    with pytest.raises(Refused, match="records-locked-since"):
        agrees(life, woman)
    agrees(life, woman, knew_locked=True)  # she said aloud that writing is safe again
    found = life.db.read(lambda tx: members.find(tx, woman))
    assert found is not None
    assert not found.do_not_write


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"phone": "041 000 111", "whose": "other"}, "records-phone-not-hers"),
        ({"phone": "041 000 111", "whose": ""}, "records-phone-not-hers"),
        ({"phone": "her son", "whose": "own"}, "records-phone-wrong"),
        ({"write_when": "night"}, "records-wrong"),
        ({"channel": "letter"}, "records-wrong"),
        ({"wording": "loud"}, "records-wrong"),
    ],
)
def test_a_wrong_agreement_changes_nothing(life: Life, said: dict[str, Any], why: str) -> None:
    member = opens(life)
    agrees(life, member, write_when="morning")
    before = life.db.read(lambda tx: (members.find(tx, member), records.agreement(tx, member)))
    with pytest.raises(Refused, match=why):
        agrees(life, member, **said)
    assert life.db.read(lambda tx: (members.find(tx, member), records.agreement(tx, member))) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("name", "language", "read", "why"),
    [
        ("", "sq", True, "records-name-missing"),
        ("…", "sq", True, "records-name-missing"),
        ("Mira 041000111", "sq", True, "records-name-only"),
        ("m" * 41, "sq", True, "records-name-only"),
        ("Mira", "", True, "records-language-missing"),
        ("Mira", "xx", True, "records-language-missing"),
        ("Mira", "sq", False, "records-not-read"),
    ],
)
def test_a_wrong_record_is_not_opened(life: Life, name: str, language: str, read: bool, why: str) -> None:
    staff = Duties(life.db, life.clock, life.site).person()

    def unit(tx: Tx) -> None:
        record.open_record(
            tx, life.site.id, name, language, read_aloud=read, staff_id=staff, now=life.clock.at
        )

    with pytest.raises(Refused, match=why):
        life.db.write(unit)
    assert life.db.read(lambda tx: tx.query(select(table(records.RecordRow)))) == []


def test_a_search_finds_the_name_however_it_is_written_and_nobody_elses(life: Life) -> None:
    member = opens(life, "Šérifé")
    code = life.db.read(lambda tx: records.find(tx, member))
    assert code is not None

    def found(folded: str, card: str | None = None, sites: tuple[int, ...] = (life.site.id,)) -> list[int]:
        hits = life.db.read(lambda tx: records.search(tx, sites, 0, folded, card))
        return [hit.member_id for hit in hits]

    assert found(record.folded("SERIFE")) == [member]
    assert found(record.folded("Seri")) == []
    assert found("", code.code) == [member]
    assert found("", None) == []
    assert found(record.folded("serife"), None, (life.site.id + 1,)) == []
