"""After a restore an admin says yes or no to each kind, once; the audit says who, and nobody's words."""

from __future__ import annotations

from datetime import timedelta

from storage import (
    audit,
    changes,
    conversations,
    counsellors,
    daysoff,
    messages,
    notices,
    outbox,
    restores,
)
from storage.sites import Site
from storage.sql import Tx
from tests.helpers import make
from tests.helpers.console import Console, person
from tests.storage import offices


def restored(running: Console) -> None:
    def unit(tx: Tx) -> None:
        for number in range(3):
            chat, _ = conversations.load(tx, "telegram:1", str(number), make.MONDAY)
            messages.add(
                tx, chat.id, "telegram:1", "answer" if number else "odd", "Xqzwords", now=make.MONDAY
            )
        restores.settle(tx, make.MONDAY - timedelta(hours=5), make.MONDAY)

    running.parts.db.write(unit)


def sendable(running: Console) -> int:
    until = make.MONDAY + timedelta(minutes=1)
    return len(
        running.parts.db.write(
            lambda tx: outbox.claim(tx, "telegram:1", "x", now=make.MONDAY, until=until, limit=9)
        )
    )


async def test_before_any_restore_it_says_so(running: Console) -> None:
    admin = running.signed_in("admin")
    await admin.get("/console/restore")
    assert admin.status == 200
    assert "never restored" in admin.words


async def test_yes_to_one_kind_and_no_to_another(running: Console) -> None:
    restored(running)
    admin = running.signed_in("admin")
    await admin.get("/console/restore")
    assert "Answers of the bot: 2" in admin.words
    assert "Other messages: 1" in admin.words
    assert "Xqzwords" not in admin.body
    assert sendable(running) == 0
    await admin.post("/console/restore", what="messages", kind="odd", act="drop")
    await admin.follow()
    assert "Done: 1 line." in admin.words
    assert sendable(running) == 0
    await admin.post("/console/restore", what="messages", kind="answer", act="release")
    await admin.follow()
    assert "Nothing is held any more." in admin.words
    assert sendable(running) == 2
    acts = running.parts.db.read(lambda tx: audit.page(tx, 2))
    assert [(act.act, act.details["kind"], act.details["count"]) for act in acts] == [
        ("restore.release", "answer", 2),
        ("restore.drop", "other", 1),
    ]


async def test_days_and_changes_have_names_of_their_own(running: Console, site: Site) -> None:
    def unit(tx: Tx) -> None:
        who = counsellors.add_counsellor(tx, site.id, "Nina", languages=("sl",), topics=(), modes=("person",))
        member, _ = offices.member(tx, "1", make.MONDAY)
        by = person(tx, site, "desk")
        daysoff.call_off(tx, who, make.MONDAY.date() + timedelta(days=3), by, make.MONDAY)
        notices.decide(
            tx,
            changes.NOTICE,
            "booking:1",
            2,
            member_id=member,
            due_at=make.MONDAY,
            now=make.MONDAY,
            reason=restores.RESTORED,
        )
        restores.settle(tx, make.MONDAY, make.MONDAY)

    running.parts.db.write(unit)
    admin = running.signed_in("admin")
    await admin.get("/console/restore")
    assert "Messages about changed appointments: 1" in admin.words
    assert "Days called off whose appointments are not all cancelled: 1" in admin.words
    await admin.post("/console/restore", what="days", kind=restores.DAYS_OFF, act="release")
    await admin.follow()
    assert "Done: 1 line." in admin.words
    await admin.post("/console/restore", what="notices", kind=changes.NOTICE, act="drop")
    assert "Nothing is held any more." in (await admin.follow()).words


async def test_what_is_not_held_is_said_and_changes_nothing(running: Console) -> None:
    restored(running)
    admin = running.signed_in("admin")
    for form in (
        {"what": "messages", "kind": "reminder_day", "act": "release"},
        {"what": "messages", "kind": "answer", "act": "burn"},
        {},
    ):
        await admin.post("/console/restore", **form)
        assert admin.status == 422
        assert "decided already" in admin.words
    assert sendable(running) == 0
