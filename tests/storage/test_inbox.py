"""Who sees which conversation, in which order, and what a page of one shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from storage import chats, conversations, inbox, messages, notes, outbox, people
from storage.conversations import ConversationRow
from storage.db import Database
from storage.inbox import Scope, View
from storage.messages import MessageRow
from storage.refusals import RefusalRow
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make

_c = table(ConversationRow)
_m = table(MessageRow)
NOW = make.MONDAY
LATER = NOW + timedelta(hours=24)
FIELDS: dict[str, dict[str, Any]] = {
    "bot": {"owner": "bot"},
    "waiting": {"owner": "waiting", "waiting_since": NOW, "waiting_reason": "asked"},
    "hers": {"owner": "waiting", "waiting_since": NOW, "waiting_reason": "asked", "for_language": "sq"},
    "person": {"owner": "person", "touched_at": NOW},
    "closed": {"owner": "bot", "closed_at": NOW},
}


def staff(tx: Tx, name: str, site_id: int, role: str = "desk", languages: tuple[str, ...] = ("sl",)) -> int:
    found = people.add(tx, uid=f"u-{name}", login=name, name=name.title(), languages=languages, now=NOW)
    assert found is not None
    people.give_role(tx, found, site_id, role)
    return found


def chat(
    tx: Tx, sender: str, site: Site, state: str = "waiting", now: datetime = NOW, **fields: Any
) -> tuple[int, int]:
    """A conversation in this state: its id and the member's."""
    conversation, member = conversations.load(tx, "telegram:1", sender, now)
    conversations.save(tx, conversation, now)
    values = {"site_id": site.id, **FIELDS[state], **fields}
    tx.query(update(_c).where(_c.c.id == conversation.id).values(**values))
    return conversation.id, member.id


def refuse(tx: Tx, member_id: int, staff_id: int) -> None:
    tx.query(insert(table(RefusalRow)).values(member_id=member_id, staff_id=staff_id, at=NOW))


def ids(tx: Tx, scope: Scope, view: View) -> list[int]:
    return [row.id for row in inbox.listed(tx, scope, view).rows]


# who: desk here, desk elsewhere, mediator speaking sq, mediator not speaking it, refused desk, a person without a site
SEES = {
    "bot": (),
    "waiting": ("desk",),
    "hers": ("desk", "mediator"),
    "person": ("desk", "owner"),
    "closed": ("desk",),
}


@pytest.mark.parametrize("state", list(SEES))
def test_who_sees_what(db: Database, site: Site, state: str) -> None:
    def unit(tx: Tx) -> None:
        elsewhere = make.site(tx, "postojna")
        owner = staff(tx, "owner", site.id, "mediator", ("ar",))
        numbers = {
            "desk": staff(tx, "desk", site.id),
            "elsewhere": staff(tx, "elsewhere", elsewhere.id),
            "mediator": staff(tx, "mediator", site.id, "mediator", ("sq",)),
            "other": staff(tx, "other", site.id, "mediator", ("ar",)),
            "far": staff(tx, "far", elsewhere.id, "mediator", ("sq",)),
            "refused": staff(tx, "refused", site.id),
            "owner": owner,
        }
        scopes = {
            "desk": Scope(numbers["desk"], (site.id,)),
            "elsewhere": Scope(numbers["elsewhere"], (elsewhere.id,)),
            "mediator": Scope(numbers["mediator"], (), (site.id,), ("sq",)),
            "other": Scope(numbers["other"], (), (site.id,), ("ar",)),
            "far": Scope(numbers["far"], (), (elsewhere.id,), ("sq",)),
            "refused": Scope(numbers["refused"], (site.id,)),
            "owner": Scope(owner, (), (site.id,), ("ar",)),
            "nowhere": Scope(numbers["other"], ()),
        }
        extra: dict[str, Any] = {"staff_id": owner} if state == "person" else {}
        found, member = chat(tx, "1", site, state, **extra)
        refuse(tx, member, numbers["refused"])
        for name, scope in scopes.items():
            sees = name in SEES[state]
            assert inbox.can_see(tx, scope, found) is sees, name
            assert inbox.sees_member(tx, scope, member) is sees, name
            assert (chats.find(tx, scope, found, NOW) is not None) is sees, name
            listed = {one for view in inbox.VIEWS for one in ids(tx, scope, view)}
            assert listed == ({found} if sees else set()), name

    db.write(unit)


def test_the_owner_whom_she_refused_sees_nothing_more(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> None:
        me = staff(tx, "me", site.id)
        found, member = chat(tx, "1", site, "person", staff_id=me)
        assert ids(tx, Scope(me, (site.id,)), "mine") == [found]
        refuse(tx, member, me)
        assert ids(tx, Scope(me, (site.id,)), "mine") == []
        assert inbox.colleagues(tx, site.id, member) == ()

    db.write(unit)


def test_what_stands_on_top(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> None:
        me, other = staff(tx, "me", site.id), staff(tx, "other", site.id)
        early, late = NOW - timedelta(hours=2), NOW - timedelta(hours=1)
        a, _ = chat(tx, "a", site, waiting_since=late)
        b, _ = chat(tx, "b", site, waiting_since=early)
        c, _ = chat(tx, "c", site, waiting_since=NOW, urgent=True)
        d, _ = chat(tx, "d", site, "person", early, staff_id=me)
        e, _ = chat(tx, "e", site, "person", late, staff_id=me, touched_at=early)
        f, _ = chat(tx, "f", site, "person", early, staff_id=other, urgent=True)
        g, _ = chat(tx, "g", site, "closed", closed_at=early)
        h, _ = chat(tx, "h", site, "closed", closed_at=late)
        scope = Scope(me, (site.id,))
        assert ids(tx, scope, "waiting") == [c, b, a]
        assert ids(tx, scope, "mine") == [e, d]
        assert ids(tx, scope, "all") == [c, f, b, a, d, e]
        assert ids(tx, scope, "closed") == [h, g]
        rows = {row.id: row for row in inbox.listed(tx, scope, "all").rows}
        assert [rows[one].unanswered for one in (d, e, a)] == [False, True, False]
        assert (rows[f].staff_name, rows[a].account) == ("Other", "telegram:1")

    db.write(unit)


@pytest.mark.parametrize("view", inbox.VIEWS)
def test_pages_join_without_gap_or_repeat(db: Database, site: Site, view: View) -> None:
    def unit(tx: Tx) -> None:
        me = staff(tx, "me", site.id)
        for number in range(23):
            at = NOW + timedelta(minutes=number // 3)  # some of them at the same moment
            urgent = number % 5 == 0
            chat(tx, f"w{number}", site, waiting_since=at, urgent=urgent)
            chat(tx, f"p{number}", site, "person", at, staff_id=me, urgent=urgent)
            chat(tx, f"c{number}", site, "closed", closed_at=at)
        scope = Scope(me, (site.id,))
        whole = [row.id for row in inbox.listed(tx, scope, view, rows=200).rows]
        assert len(whole) == {"waiting": 23, "mine": 23, "all": 46, "closed": 23}[view]
        found: list[int] = []
        after = None
        for _ in range(20):
            page = inbox.listed(tx, scope, view, after, rows=7)
            found += [row.id for row in page.rows]
            after = page.more
            if after is None:
                break
        assert found == whole

    db.write(unit)


@pytest.mark.parametrize("key", ["", "x", "9.1.1", "0.1", "0.1.99999999999", "-1.0.0", "0.0.1.2", "٣.١.١"])
def test_a_key_nobody_was_given_begins_at_the_top(db: Database, site: Site, key: str) -> None:
    def unit(tx: Tx) -> None:
        found, _ = chat(tx, "1", site)
        assert [r.id for r in inbox.listed(tx, Scope(0, (site.id,)), "waiting", key).rows] == [found]

    db.write(unit)


def test_a_chat_page_tells_all_there_is_to_know(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> None:
        me = staff(tx, "me", site.id)
        found, member = chat(tx, "1", site)
        second, _ = chat(tx, "2", site, member_id=member)
        asked = messages.add(
            tx, found, "telegram:1", "answer", "Izberite", now=NOW, choices=[["book", "Termin", False]]
        )
        messages.hear(tx, found, "telegram:1", "tap", "book", NOW)
        mine = messages.add(tx, found, "telegram:1", "staff", "Dober dan", now=NOW, language="sl")
        tx.query(update(_m).where(_m.c.id == mine).values(staff_id=me))
        notes.add(tx, member, me, "open", False, NOW)
        secret = notes.add(tx, member, me, "secret", True, NOW)
        page = chats.find(tx, Scope(me, (site.id,)), found, NOW)
        assert page is not None
        assert [(line.id, line.text) for line in page.lines if line.outgoing] == [
            (asked, "Izberite"),
            (mine, "Dober dan"),
        ]
        assert [line.text for line in page.lines if line.kind == "tap"] == ["Termin"]
        assert page.lines[-1].author == "Me"
        assert [row.id for row in page.others] == [second]
        assert [(note.sensitive, note.text) for note in page.notes] == [(True, None), (False, "open")]
        opened = chats.find(tx, Scope(me, (site.id,)), found, NOW, opened=secret)
        assert opened is not None
        assert [note.text for note in opened.notes] == ["secret", "open"]
        assert notes.is_sensitive(tx, member, secret)
        assert not notes.is_sensitive(tx, member + 1, secret)

    db.write(unit)


def test_after_it_was_closed_her_talk_with_the_bot_is_hers_alone(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> None:
        found, _ = chat(tx, "1", site, "closed", closed_at=NOW)
        messages.hear(tx, found, "telegram:1", "text", "before", NOW)
        messages.hear(tx, found, "telegram:1", "text", "after", NOW + timedelta(minutes=1))
        scope = Scope(0, (site.id,))
        page = chats.find(tx, scope, found, NOW)
        assert page is not None
        assert [line.text for line in page.lines] == ["before"]
        tx.query(update(_c).where(_c.c.id == found).values(**FIELDS["waiting"], closed_at=None))
        again = chats.find(tx, scope, found, NOW)
        assert again is not None
        assert [line.text for line in again.lines] == ["before", "after"]

    db.write(unit)


def test_a_long_chat_is_read_backwards(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> None:
        found, _ = chat(tx, "1", site)
        for number in range(chats.LINES_MAX + 5):
            messages.hear(tx, found, "telegram:1", "text", str(number), NOW)
        row = inbox.find(tx, Scope(0, (site.id,)), found)
        assert row is not None
        last, older = chats.lines(tx, row)
        first, none = chats.lines(tx, row, older)
        assert [line.text for line in (*first, *last)] == [str(n) for n in range(chats.LINES_MAX + 5)]
        assert none is None

    db.write(unit)


# --- sending again


def sent(tx: Tx, site: Site, state: str, kind: str = "staff", **fields: Any) -> tuple[int, int]:
    found, _ = chat(tx, "1", site)
    message = messages.add(tx, found, "telegram:1", kind, "Dober dan", now=NOW, policy=messages.ASK_STAFF)
    provider = {"provider_id": "7"} if state == "sent" else {}
    tx.query(update(_m).where(_m.c.id == message).values(state=state, **provider, **fields))
    return found, message


def again(tx: Tx, conversation_id: int, message_id: int) -> bool:
    return outbox.resend(tx, conversation_id, message_id, "staff", at=NOW, until=LATER)


@pytest.mark.parametrize(
    "state", ["queued", "retry", "sending", "sent", "failed", "unknown", "cancelled", "expired", "skipped"]
)
def test_only_what_did_not_arrive_is_sent_again_and_once(db: Database, site: Site, state: str) -> None:
    def unit(tx: Tx) -> None:
        found, message = sent(tx, site, state, attempt=1)
        may = state in ("failed", "unknown", "expired")
        assert not again(tx, found + 1, message)
        assert again(tx, found, message) is may
        assert not again(tx, found, message)
        now_in = tx.query(select(_m.c.state).where(_m.c.id == message))[0].state
        assert now_in == ("queued" if may else state)

    db.write(unit)


def test_the_bots_own_messages_are_not_sent_again_by_hand(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> None:
        found, message = sent(tx, site, "unknown", kind="answer")
        assert not again(tx, found, message)

    db.write(unit)


def test_a_late_answer_and_a_click_do_not_send_twice(db: Database, site: Site) -> None:
    found, message = db.write(lambda tx: sent(tx, site, "unknown", attempt=1))
    assert db.write(lambda tx: outbox.sent(tx, message, 1, "99", NOW))
    assert not db.write(lambda tx: again(tx, found, message))


def test_an_answer_to_the_attempt_before_changes_nothing(db: Database, site: Site) -> None:
    found, message = db.write(lambda tx: sent(tx, site, "unknown", attempt=1))
    assert db.write(lambda tx: again(tx, found, message))
    assert not db.write(lambda tx: outbox.sent(tx, message, 1, "99", NOW))
    (claimed,) = db.write(
        lambda tx: outbox.claim(
            tx, "telegram:1", "run", now=NOW, until=NOW + timedelta(minutes=1), limit=9, lane_max=3
        )
    )
    assert (claimed.id, claimed.attempt) == (message, 2)
    assert not db.write(lambda tx: outbox.failed(tx, message, 1, "late"))
    assert db.write(lambda tx: outbox.sent(tx, message, 2, "100", NOW))


def test_one_that_waits_for_her_page_waits_as_long_again(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> None:
        found, message = sent(tx, site, "expired", expires_at=NOW - timedelta(hours=1))
        assert again(tx, found, message)
        assert messages.expire(tx, NOW) == 0
        assert messages.expire(tx, LATER) == 1

    db.write(unit)


# --- telling that something changed


def test_the_state_of_the_inbox_differs_after_what_a_list_shows_and_only_then(
    db: Database, site: Site
) -> None:
    def unit(tx: Tx) -> None:
        me = staff(tx, "me", site.id)
        chat(tx, "bot", site, "bot")
        found, _ = chat(tx, "1", site)
        before = inbox.state(tx)
        conversation, _ = conversations.load(tx, "telegram:1", "bot", NOW)
        conversations.save(tx, conversation, NOW)
        assert inbox.state(tx) == before
        seen = {before}
        for fields in (
            {"version": _c.c.version + 1},
            {**FIELDS["person"], "staff_id": me, "waiting_since": None},
            {"touched_at": NOW + timedelta(seconds=1)},
            {**FIELDS["closed"], "staff_id": None},
        ):
            tx.query(update(_c).where(_c.c.id == found).values(**fields))
            assert inbox.state(tx) not in seen
            seen.add(inbox.state(tx))

    db.write(unit)


def test_the_state_of_a_chat_differs_when_a_message_does(db: Database, site: Site) -> None:
    def unit(tx: Tx) -> None:
        found, message = sent(tx, site, "queued")
        seen = {chats.state(tx, found)}
        for state in ("sending", "unknown"):
            tx.query(update(_m).where(_m.c.id == message).values(state=state))
            assert chats.state(tx, found) not in seen
            seen.add(chats.state(tx, found))

    db.write(unit)
