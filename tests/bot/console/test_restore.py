"""After a restore an admin says yes or no to each kind, once; the audit says who, and nobody's words."""

from __future__ import annotations

from datetime import timedelta

from storage import audit, conversations, messages, outbox, restores
from storage.sql import Tx
from tests.helpers import make
from tests.helpers.console import Console


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
