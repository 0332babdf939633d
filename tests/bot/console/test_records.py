"""Records at the desk: what is asked before one is opened, what a search tells, and what is never shown again."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from flows.mydata import token_hash
from storage import audit, bookings, cards, checks, counsellors, members, records
from storage.members import Consent
from storage.sql import Tx, table
from tests.helpers import chats, make
from tests.helpers.console import Console, Desk
from tests.storage import offices

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NEW = {"name": "Mira", "language": "sq", "aloud": "yes"}


async def opened(running: Console, desk: Desk, **told: str) -> int:
    """A record; whose."""
    await desk.post("/console/records", **NEW | {"site": str(running.site.id)} | told)
    assert desk.status == 303, desk.words
    return int(desk.headers["Location"].partition("?")[0].rpartition("/")[2])


async def test_the_text_read_aloud_is_a_consent_and_the_audit_names_nobody(running: Console) -> None:
    desk = running.signed_in("desk")
    member = await opened(running, desk)
    (row,) = running.parts.db.read(lambda tx: tx.query(select(table(Consent))))
    assert (row.member_id, row.purpose, row.account, row.given, row.how) == (
        member,
        "chat",
        "desk",
        True,
        "aloud",
    )
    await desk.get(f"/console/records/{member}")
    assert "Privacy text read aloud by Person" in desk.words
    acts = running.parts.db.read(lambda tx: audit.page(tx, 5))
    assert [act.act for act in acts] == ["record.open"]
    assert "Mira" not in repr(acts)


async def test_a_search_tells_of_ones_own_sites_and_lists_nobody_by_itself(running: Console) -> None:
    desk = running.signed_in("desk")
    member = await opened(running, desk)
    record = running.parts.db.read(lambda tx: records.find(tx, member))
    assert record is not None
    assert "Mira" not in (await desk.get("/console/records")).words
    for words in ("mira", record.code, record.code.lower()):
        assert f"/console/records/{member}" in (await desk.post("/console/records/find", search=words)).body
    for words in ("Mir", "", "  ", "%"):
        await desk.post("/console/records/find", search=words)
        assert (desk.status, f"/console/records/{member}" in desk.body) == (200, False), words
    there = running.parts.db.write(lambda tx: make.site(tx, "postojna"))
    other = running.signed_in("desk", site=there)
    assert f"/console/records/{member}" not in (await other.post("/console/records/find", search="mira")).body


async def test_a_member_from_a_chat_gets_her_record_once(running: Console) -> None:
    desk, db = running.signed_in("desk"), running.parts.db
    member = db.write(lambda tx: chats.member_of(tx, chats.waiting(tx, running.site, make.MONDAY, "her")))
    assert "No record at the desk yet" in (await desk.get(f"/console/records/{member}")).words
    assert (await desk.get(f"/console/records/{member}/card")).status == 404
    await desk.post(f"/console/records/{member}/open", **NEW)
    assert desk.status == 303
    await desk.post(f"/console/records/{member}/open", **NEW)
    assert (desk.status, "She has a record already." in desk.words) == (422, True)


@pytest.mark.parametrize(
    ("digits", "again", "said"),
    [
        ("40731", "40731", "Six digits are needed."),
        ("40731x", "40731x", "Six digits are needed."),
        ("407318", "407319", "The two are not the same."),
        ("111111", "111111", "easy to guess"),
        ("345678", "345678", "easy to guess"),
        ("987654", "987654", "easy to guess"),
    ],
)
async def test_bad_digits_change_nothing_and_are_not_shown_again(
    running: Console, digits: str, again: str, said: str
) -> None:
    desk = running.signed_in("desk")
    member = await opened(running, desk)
    await desk.post(f"/console/records/{member}/check", digits=digits, again=again)
    assert (desk.status, said in desk.words) == (422, True)
    assert digits not in desk.body
    assert running.parts.db.read(lambda tx: checks.find(tx, member)) is None


async def test_a_new_card_ends_the_link_of_the_one_before(running: Console) -> None:
    desk, db, now = running.signed_in("desk"), running.parts.db, running.parts.clock()
    member = await opened(running, desk)
    db.write(lambda tx: cards.offer(tx, token_hash("first"), member, 1, now))
    await desk.post(f"/console/records/{member}/card", name="no")
    assert desk.status == 200
    assert "<svg" in desk.body
    assert "Mira" not in desk.body  # she did not want her name on it
    assert not db.read(lambda tx: cards.is_open(tx, token_hash("first"), now))
    assert db.read(lambda tx: cards.open_until(tx, member, now)) is not None


async def test_a_check_that_stays_shut_is_seen_on_her_page(running: Console) -> None:
    desk, db, now = running.signed_in("desk"), running.parts.db, running.parts.clock()
    member = await opened(running, desk)
    db.write(lambda tx: checks.set_(tx, member, "407318", "salt", 1, now, make.keyed))
    assert "It opens only with new digits." not in (await desk.get(f"/console/records/{member}")).words
    row, shut = table(checks.CheckRow), len(checks.PAUSES) + 1
    db.write(lambda tx: tx.query(update(row).values(pauses=shut)) and None)
    assert "It opens only with new digits." in (await desk.get(f"/console/records/{member}")).words
    await desk.post(f"/console/records/{member}/check", digits="407319", again="407319")
    assert "It opens only with new digits." not in (await desk.get(f"/console/records/{member}")).words


async def test_a_card_tells_of_no_meeting_at_another_site(running: Console) -> None:
    desk, db = running.signed_in("desk"), running.parts.db
    member = await opened(running, desk)
    there = db.write(lambda tx: make.site(tx, "postojna"))

    def somebody(tx: Tx) -> None:
        who = counsellors.add_counsellor(tx, there.id, "Zala Test", languages=("sl",), topics=("work",))
        counsellors.add_topic(tx, there.id, "work", 30)
        counsellors.add_hours(tx, who, 1, 9 * 60, 11 * 60)

    db.write(somebody)
    soon = offices.at(date(2026, 3, 3), 9)
    db.write(
        lambda tx: bookings.take(
            tx, offices.wanted(there), soon, member_id=member, conversation_id=None, now=make.MONDAY
        )
    )
    assert len(db.read(lambda tx: bookings.upcoming(tx, member, make.MONDAY))) == 1
    await desk.get(f"/console/records/{member}/card")
    assert (desk.status, "paper-date" in desk.body) == (200, False)
    other = running.signed_in("desk", site=there)
    assert "paper-date" in (await other.get(f"/console/records/{member}/card")).body


async def test_do_not_write_is_kept_and_unknown_words_are_refused(running: Console) -> None:
    desk, db = running.signed_in("desk"), running.parts.db
    member = await opened(running, desk)
    here = f"/console/records/{member}/agreement"
    await desk.post(here, wording="time", when="sometimes")
    assert (desk.status, "Nothing was saved." in desk.words) == (422, True)
    await desk.post(here, wording="discreet", locked="yes", when="never")
    found = db.read(lambda tx: members.find(tx, member))
    assert found is not None
    assert (found.do_not_write, found.write_when) == (True, "never")
    await desk.post(f"/console/records/{member}/join", number="47")
    assert (desk.status, "nothing waits any more" in desk.words) == (422, True)
