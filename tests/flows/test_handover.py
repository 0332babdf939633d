"""Asking for a person, what she is told about who answers, and how a person's words reach her."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from flows import handover, quick
from flows.screen import Kind
from flows.texts import SHIPPED
from storage import bookings, members, messages, outbox, refusals
from storage.db import Database
from storage.members import MemberRow
from storage.sql import table
from tests.helpers import make
from tests.helpers.chat import Chat
from tests.helpers.desk import Desk
from tests.helpers.make import Clock
from tests.storage import offices


def sets(chat: Chat, name: str, value: str | bool) -> None:
    _p = table(MemberRow)
    member = chat.db.read(lambda tx: tx.query(select(_p.c.id)))[0].id
    chat.db.write(lambda tx: members.set_field(tx, member, name, value))


def asks(chat: Chat) -> Desk:
    chat.starts("sl").says("oseba")
    return Desk(chat)


# --- the page ------------------------------------------------------------------------------------------------


def test_the_person_page_tells_the_truth(chat: Chat) -> None:
    chat.starts("sl").says("oseba").sees("handover-person-nobody", "handover-lines")
    for number in ("112", "113", "080 11 55", "116 123"):
        assert number in chat.last.text
    desk = Desk(chat).on_duty()
    chat.says("oseba").sees("handover-person-now").sees_not("handover-lines")
    assert "30 min" in chat.last.text
    assert "15:00" in chat.last.text
    chat.site = replace(chat.site, promised_answer=timedelta(minutes=45))
    chat.says("oseba")
    assert "45 min" in chat.last.text
    chat.clock.forward(hours=9)  # 19:00, still on duty
    chat.says("oseba").sees("handover-person-duty")
    chat.clock.forward(hours=7)  # Tuesday at two in the night
    chat.says("oseba").sees("handover-person-later", "handover-lines")
    assert "8:00" in chat.last.text
    assert desk.takes()
    chat.clock.forward(minutes=11)
    chat.taps("menu", on=next(seen for seen in chat.inbox if seen.screen == "person"))
    chat.says("oseba").sees("handover-has")


def test_a_level_one_turn_says_that_a_person_will_write(chat: Chat) -> None:
    chat.starts("sl").says("tepe me").taps("person").sees("safety-person-waiting")


# --- taken, returned, closed ---------------------------------------------------------------------------------


def test_taken_answered_and_back_where_she_was(chat: Chat) -> None:
    chat.starts("sl").taps("services")
    left = chat.last
    chat.says("oseba")
    desk = Desk(chat)
    assert desk.takes()
    chat.sees("handover-taken")
    assert "Ana" in chat.last.text
    chat.says("koliko stane")
    assert desk.replies("Nič ne stane.").state == "queued"
    assert (chat.last.text, chat.last.kind, chat.last.language) == ("Nič ne stane.", "staff_now", "und")
    assert desk.said()[-1].staff_id == desk.id
    assert desk.gives_back()
    chat.sees("handover-returned")
    assert chat.screen == left.screen
    assert [choice[0] for choice in chat.last.choices] == [choice[0] for choice in left.choices]
    chat.says("1")
    assert chat.screen.startswith("services")
    assert chat.inbox[-1].text != chat.inbox[-2].text


def test_after_closing_the_bot_answers_until_she_asks_again(chat: Chat) -> None:
    desk = asks(chat)
    desk.takes()
    assert desk.closes()
    chat.sees("handover-closed")
    assert desk.conversation.closed_at == chat.clock.at
    chat.says("meni").sees("menu")
    assert desk.conversation.owner == "bot"
    chat.says("oseba")
    assert (desk.conversation.owner, desk.conversation.closed_at) == ("waiting", None)


def test_a_line_about_the_owner_that_is_not_true_any_more_does_not_leave(chat: Chat) -> None:
    desk = asks(chat)
    chat.clock.forward(hours=13)  # 23:00
    desk.takes()
    desk.gives_back()
    chat.clock.forward(hours=10)
    assert [seen.text for seen in chat.receives()] == [chat.last.text]
    chat.sees("handover-returned")


def test_an_idle_chat_waits_again(chat: Chat) -> None:
    desk = asks(chat)
    desk.takes()
    chat.says("halo, ste tam")
    site = chat.site

    def tick() -> int:
        now = chat.clock.at
        return chat.db.write(lambda tx: handover.idle(tx, now, site, chat.texts))

    chat.clock.forward(minutes=119)
    assert tick() == 0
    assert desk.conversation.owner == "person"
    chat.says("še vedno čakam").clock.forward(minutes=1)
    assert tick() == 1
    chat.receives()
    chat.sees("handover-waiting")
    assert (desk.conversation.owner, desk.conversation.waiting_reason) == ("waiting", "idle")


def test_only_opening_hours_count_as_idle(chat: Chat) -> None:
    desk = asks(chat)
    chat.clock.forward(hours=4)  # 14:00; the desk closes at 15:00
    desk.takes()
    for hours, owner in ((17, "person"), (2, "waiting")):  # 7:00, 9:00
        chat.clock.forward(hours=hours)
        now = chat.clock.at
        chat.db.write(lambda tx, at=now: handover.idle(tx, at, chat.site, chat.texts))  # type: ignore[misc]  # mypy cannot type a default
        assert desk.conversation.owner == owner


# --- not this person -----------------------------------------------------------------------------------------


def test_not_this_person_frees_the_chat_for_others(chat: Chat) -> None:
    desk = asks(chat)
    desk.takes()
    chat.says("1")
    assert desk.conversation.owner == "person", "a number typed to a person never means it"
    chat.taps(f"notthis.{desk.id}").sees("handover-notthis-done")
    now = desk.conversation
    assert (now.owner, now.waiting_reason, now.staff_id) == ("waiting", "refused", None)
    assert not desk.takes()
    other = Desk(chat, "Bea Zorko")
    assert other.takes()
    chat.taps(f"notthis.{desk.id}", on=next(s for s in chat.inbox if s.kind == "handover_now"))
    assert desk.conversation.staff_id == other.id, "an old button means the person it was about"


def test_not_this_person_before_an_appointment(db: Database, clock: Clock) -> None:
    site, (counsellor, *_) = db.write(lambda tx: offices.office(tx, people=1))
    chat = Chat(db, clock, make.texts(), site).starts("sl")
    desk = Desk(chat, counsellor_id=counsellor)
    member = desk.conversation.member_id
    at = offices.at(clock.at.date() + timedelta(days=1), 9)
    wish = offices.wanted(site)
    db.write(lambda tx: bookings.take(tx, wish, at, member_id=member, conversation_id=None, now=clock.at))
    chat.says("oseba").sees("handover-notthis-about").taps("Ne ta oseba").sees("handover-notthis-done")
    assert db.read(lambda tx: refusals.refuses(tx, member, desk.id))
    chat.says("oseba").sees_not("handover-notthis-about")
    assert not [choice for choice in chat.last.choices if choice[0].startswith("notthis")]


# --- a person's words ----------------------------------------------------------------------------------------


def test_only_who_has_the_chat_writes(chat: Chat) -> None:
    desk = asks(chat)
    assert desk.replies().reason == "not_yours"
    desk.takes()
    assert Desk(chat, "Bea Zorko").replies().reason == "not_yours"
    assert desk.replies("  ").reason == "empty"
    assert desk.replies("x" * 2001).reason == "too_long"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [("do_not_write", True, "do_not_write"), ("write_when", "never", "never")],
)
def test_what_the_rules_keep_back_is_refused_unless_she_is_there(
    chat: Chat, field: str, value: str | bool, reason: str
) -> None:
    desk = asks(chat)
    desk.takes()
    sets(chat, field, value)
    there = desk.replies("Tukaj sem.")
    assert there.state == "queued"
    assert chat.last.kind == "staff_now"
    chat.clock.forward(minutes=11)
    assert (desk.replies().state, desk.replies().reason) == ("refused", reason)


def test_after_danger_only_while_she_is_there_or_said_it_is_safe(chat: Chat) -> None:
    chat.starts("sl").says("tepe me")
    desk = Desk(chat)
    desk.takes()
    chat.clock.forward(minutes=11)
    assert desk.replies().reason == "danger"
    chat.taps("more", on=next(seen for seen in chat.inbox if seen.screen == "safety")).taps("yes")
    chat.clock.forward(minutes=11)
    assert desk.replies().state == "queued"


def test_blocked_is_refused(chat: Chat) -> None:
    desk = asks(chat)
    desk.takes()
    chat.clock.forward(minutes=11)
    chat.sends(Kind.BLOCKED)
    assert desk.replies().reason == "unreachable"


def test_a_reply_in_closed_hours_waits_for_the_next_open_one(chat: Chat) -> None:
    desk = asks(chat)
    desk.takes()
    chat.clock.forward(hours=12)  # 22:00
    held = desk.replies("Jutri ob devetih.")
    assert (held.state, held.reason) == ("held", "closed")
    assert held.until == make.MONDAY + timedelta(hours=22)  # Tuesday at eight
    chat.clock.forward(hours=9)
    assert chat.receives() == []
    chat.clock.forward(hours=1)
    assert [seen.text for seen in chat.receives()] == ["Jutri ob devetih."]


def test_do_not_write_is_asked_again_when_a_held_reply_is_claimed(chat: Chat) -> None:
    desk = asks(chat)
    desk.takes()
    chat.clock.forward(hours=12)
    desk.replies("Jutri ob devetih.")
    sets(chat, "do_not_write", True)
    chat.clock.forward(hours=10)
    assert chat.receives() == []
    chat.says("kdo je to").sees("engine-who")  # what may not leave holds up nothing
    assert chat.db.write(outbox.forbid) == 1
    kept = next(row for row in desk.said() if row.kind == "staff")
    assert (kept.state, kept.error) == ("cancelled", "do_not_write")


def test_what_leaves_only_because_she_is_there_expires(chat: Chat) -> None:
    desk = asks(chat)
    desk.takes()
    sets(chat, "do_not_write", True)
    chat.offline = True
    where = desk.conversation.id
    now = chat.clock.at
    chat.db.write(
        lambda tx: handover.reply(
            tx, where, desk.id, "Ste tam?", language="sl", now=now, site=chat.site, texts=chat.texts
        )
    )
    chat.clock.forward(minutes=11)
    assert chat.receives() == []


def test_a_page_nobody_opened_says_so(db: Database, clock: Clock) -> None:
    site = db.write(make.site)
    chat = Chat(db, clock, make.texts(), site, account="web", can_write_first=False)
    desk = asks(chat)
    desk.takes()
    where = desk.conversation.id
    clock.forward(hours=1)
    done = db.write(
        lambda tx: handover.reply(
            tx, where, desk.id, "Pridite.", language="sl", now=clock.at, site=site, texts=chat.texts
        )
    )
    assert done.state == "queued"
    clock.forward(hours=25)
    db.write(lambda tx: messages.expire(tx, clock.at))
    last = desk.said()[-1]
    assert (last.kind, last.state, last.error) == ("staff", "expired", "not_opened")


def test_a_quick_reply_is_read_in_her_language(chat: Chat) -> None:
    chat.starts("sq").says("njeri")
    desk = Desk(chat)
    desk.takes()
    assert desk.replies("", quick="quick-come-today").state == "queued"
    assert chat.last.language == "sq"
    assert "Gosposka" in chat.last.text
    assert [key for key, _ in quick.texts_for(chat.texts, "sl")] == list(quick.KEYS)
    for language in SHIPPED:
        assert all(len(text) <= 160 for _, text in quick.texts_for(chat.texts, language))
    with pytest.raises(KeyError):
        desk.replies("", quick="menu")
