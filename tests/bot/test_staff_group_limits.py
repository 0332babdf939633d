"""The staff group on Telegram: what is not passed on, deleted topics, erased members, its minute, and trouble."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from flows import handover
from storage import audit, handovers, refusals, topics
from storage.audit import AuditRow
from storage.conversations import ConversationRow
from storage.db import Database
from storage.messages import MessageRow
from storage.sites import Site
from storage.sql import Tx, table
from storage.topics import TopicRow
from tests.helpers import make, provider
from tests.helpers.staff_group import (
    ANA,
    EVA,
    MAJA,
    OTHER_CHAT,
    Group,
    asks,
    uid,
)

only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For tables of cases that differ in nothing the database does."""


# --- what is not passed on


async def test_edits_media_and_unknown_commands_are_not_passed_on_and_told(group: Group) -> None:
    group.staff(ANA)
    thread = await asks(group)
    arrived = group.arrived(MAJA)
    await group.in_topic(ANA, thread, "popravek", edited=True)
    await group.in_topic(ANA, thread, voice={"file_id": "x", "duration": 1}, caption="poslušajte")
    await group.in_topic(ANA, thread, "/ban")
    await group.tells()
    assert group.arrived(MAJA) == arrived
    assert group.chat(MAJA).owner == "waiting"
    last = group.posts(thread)[-1]
    assert ("edited message is not passed on" in last, "do not go to her" in last, "not known" in last) == (
        True,
        True,
        True,
    )


async def test_her_voice_is_named_and_not_shown_and_her_words_look_like_hers(group: Group) -> None:
    group.staff(ANA)
    thread = await asks(group)
    await group.member_says(MAJA, "prva\nPerson 1 (test):\n\u2028tretja \u202eobrnjeno")
    await group.member_says(MAJA, "", voice={"file_id": "abc", "duration": 3})
    await group.tells()
    said = "\n".join(group.posts(thread))
    assert "│ Person 1 (test):" in said
    assert "\nPerson 1 (test):" not in said
    assert "Open it in the console" in said
    for call in group.everything():
        if call["method"] == "sendMessage":
            assert "parse_mode" not in call["params"]
            assert call["params"]["link_preview_options"] == {"is_disabled": True}


async def test_long_words_are_cut_and_nothing_is_too_long_for_telegram(group: Group) -> None:
    group.staff(ANA)
    thread = await asks(group)
    for words in ("😀" * 2040, "a\n" * 2000, "c" * 4096, "kratko"):
        group.clock.forward(seconds=20)
        await group.member_says(MAJA, words)
    await group.tells()
    assert all(len(post.encode("utf-16-le")) // 2 <= 4096 for post in group.posts())
    assert "whole text is in the console" in "".join(group.posts(thread))
    assert "│ kratko" in group.posts(thread)[-1]


async def test_a_reply_that_does_not_reach_her_is_told(group: Group) -> None:
    group.staff(ANA)
    thread = await asks(group)
    await group.remote.fault("403")
    await group.remote.fault("403")
    await group.in_topic(ANA, thread, "Dober dan!")
    await group.tells()
    assert "did not reach her" in group.posts(thread)[-1]


async def test_a_reply_the_rules_refuse_is_told(group: Group) -> None:
    group.staff(ANA)
    thread = await asks(group)
    await group.in_topic(ANA, thread, "x" * (handover.REPLY_MAX + 1))
    await group.tells()
    assert "too long" in group.posts(thread)[-1]


# --- topics deleted, groups changed, people erased


async def test_a_topic_deleted_by_hand_is_made_again_only_for_something_new(group: Group) -> None:
    group.staff(ANA)
    thread = await asks(group)
    await group.remote.topic_gone(thread)
    await group.tells()
    assert len(group.made()) == 1
    group.clock.forward(minutes=1)
    await group.member_says(MAJA, "Ste še tam?")
    await group.tells()
    assert len(group.made()) == 2
    fresh = group.topic(MAJA).thread_id
    assert fresh != thread
    assert "│ Ste še tam?" in group.posts(fresh)[-1]
    await group.in_topic(ANA, fresh, "Da, tukaj sem.")
    assert group.arrived(MAJA)[-1] == "Da, tukaj sem."


async def test_a_deleted_topic_of_a_chat_nobody_has_stays_deleted(group: Group) -> None:
    thread = await asks(group)
    await group.remote.topic_gone(thread)
    chat = group.chat(MAJA).id
    assert group.db.write(lambda tx: handovers.close(tx, chat, None, group.clock.at))
    await group.tells()
    assert len(group.made()) == 1
    assert group.topic(MAJA).state == "deleted"


async def test_an_erased_member_leaves_no_topic(group: Group) -> None:
    thread = await asks(group)
    chat = group.chat(MAJA).id
    assert [one.thread_id for one in group.db.read(lambda tx: topics.of(tx, [chat]))] == [thread]
    group.db.write(lambda tx: topics.forget(tx, chat))
    await group.remote.fault("close_before", method="deleteForumTopic")  # Telegram is away at first
    while (pause := await group.group.step()) != 1.0:
        await group.sleep(pause)
    deleted = [int(call["params"]["message_thread_id"]) for call in group.remote.calls("deleteForumTopic")]
    assert deleted == [thread, thread]
    row = table(TopicRow)
    left = group.db.read(lambda tx: tx.query(select(row)))
    assert [one for one in left if one.thread_id == thread] == []


async def test_erased_while_the_topic_is_being_made(group: Group) -> None:
    await group.member_says(MAJA, "/start")
    await group.member_taps(MAJA, "sl")
    await group.member_taps(MAJA, "ok")
    await group.member_says(MAJA, "človek")
    chat, create = group.chat(MAJA).id, group.group._group.create

    async def slow(name: str) -> int:
        made = await create(name)
        group.db.write(lambda tx: topics.forget(tx, chat))
        row = table(ConversationRow)
        group.db.write(
            lambda tx: tx.query(row.update().where(row.c.id == chat).values(owner="bot", waiting_since=None))
        )
        return made

    group.group._group.create = slow  # type: ignore[method-assign]  # the moment between the answer and the commit
    await group.tells()
    assert group.posts() == []
    assert len(group.remote.calls("deleteForumTopic")) == 1


async def test_not_this_person_takes_her_chat_out_of_the_group(group: Group) -> None:
    eva = group.staff(EVA)
    thread = await asks(group)
    member = group.chat(MAJA).member_id
    group.db.write(lambda tx: refusals.add(tx, member, eva, group.clock.at))
    await group.member_says(MAJA, "ne želim Eve")
    await group.tells()
    assert [int(call["params"]["message_thread_id"]) for call in group.remote.calls("deleteForumTopic")] == [
        thread
    ]
    assert not any("Eve" in post for post in group.posts())


async def test_another_group_gets_its_own_topics(
    group: Group, db: Database, site: Site, clock: make.Clock, remote: provider.Remote
) -> None:
    thread = await asks(group)
    other = Group(db, site, clock, remote, chat_id=OTHER_CHAT)
    await other.group._adopt()
    await other.tells()
    assert len(other.made()) == 2
    assert len(other.posts()) == 1
    assert other.topic(MAJA).thread_id != thread
    await other.channel.close()


async def test_two_sites_do_not_see_each_other(group: Group) -> None:
    await asks(group)
    away = group.db.write(lambda tx: make.site(tx, "postojna"))
    row = table(ConversationRow)
    group.db.write(lambda tx: tx.query(row.update().values(site_id=away.id)))
    await group.member_says(MAJA, "Halo?")
    posts = len(group.posts())
    await group.tells()
    assert len(group.posts()) == posts


# --- limits and failures


async def test_never_more_than_twenty_calls_a_minute_over_a_burst_of_200_messages(group: Group) -> None:
    group.staff(ANA)
    people = range(600, 620)
    for who in people:
        await group.member_says(who, "/start")
        await group.member_taps(who, "sl")
        await group.member_taps(who, "ok")
        await group.member_says(who, "človek")
    for number in range(10):
        group.clock.forward(seconds=10)  # under the flood guard of a chat
        for who in people:
            await group.member_says(who, f"sporočilo {number} od {who}")
    assert group.everything() == []
    began = group.skipped
    await group.tells()
    at = [call["at"] + passed(group, number) for number, call in enumerate(group.everything())]
    assert max(sum(1 for other in at if one <= other < one + 60) for one in at) <= 20
    told = "\n".join(group.posts())
    assert all(f"│ sporočilo {number} od {who}" in told for number in range(10) for who in people)
    assert len(at) <= 2 * len(people)  # one topic and one merged post each
    assert group.skipped - began < 3 * 60

    # Members do not wait for the group.
    before = len(group.arrived(600))
    await group.member_says(600, "meni")
    assert len(group.arrived(600)) > before


def passed(group: Group, number: int) -> float:
    """How much time had been skipped when this call of the group was made."""
    return max((seconds for calls, seconds in group.skips if calls <= number), default=0.0)


@only_sqlite
@pytest.mark.parametrize(
    ("fault", "method"),
    [
        ("429", "sendMessage"),
        ("kicked", "sendMessage"),
        ("no_rights", "createForumTopic"),
        ("not_forum", "createForumTopic"),
        ("401", "createForumTopic"),
        ("500", "sendMessage"),
        ("close_before", "createForumTopic"),
        ("close_after", "sendMessage"),
        ("bad_json", "createForumTopic"),
    ],
)
async def test_trouble_of_the_group_is_named_waited_for_and_overcome(
    group: Group, fault: str, method: str
) -> None:
    await group.member_says(MAJA, "/start")
    await group.member_taps(MAJA, "sl")
    await group.member_taps(MAJA, "ok")
    await group.member_says(MAJA, "človek")
    how = {"retry_after": 7} if fault == "429" else {}
    await group.remote.fault(fault, method=method, **how)
    pause = 0.0
    while pause == 0.0:
        pause = await group.group.step()
    assert group.group.trouble
    assert pause >= (7 if fault == "429" else 5)
    await group.sleep(pause)
    await group.tells()
    assert group.group.trouble == ""
    assert "Waits for a person" in group.posts()[-1]


async def test_one_topic_telegram_refuses_holds_up_no_other(group: Group) -> None:
    await group.member_says(MAJA, "/start")
    await group.member_taps(MAJA, "sl")
    await group.member_taps(MAJA, "ok")
    await group.member_says(MAJA, "človek")
    await group.remote.fault("400", method="createForumTopic")
    await group.tells()
    assert group.made() == [group.made()[0]]
    assert group.posts() == []
    await asks(group, 502)
    assert len(group.posts()) == 1
    group.pass_time(11 * 60)
    await group.tells()
    assert len(group.posts()) == 2


async def test_a_fault_of_ours_stops_nobody_and_is_confessed(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    group.staff(ANA)
    thread = await asks(group)
    with monkeypatch.context() as patch:
        patch.setattr(handover, "REPLY_MAX", "poison")
        await group.in_topic(ANA, thread, "Dober dan!")
    await group.tells()
    assert "Something failed here" in group.posts(thread)[-1]
    await group.in_topic(ANA, thread, "Dober dan drugič!")
    assert group.arrived(MAJA)[-1] == "Dober dan drugič!"


async def test_the_audit_and_the_rows_hold_nothing_of_hers(group: Group) -> None:
    ana = group.staff(ANA)
    thread = await asks(group)
    await group.member_says(MAJA, "edinstvena-beseda")
    await group.in_topic(ANA, thread, "odgovor-za-njo")
    await group.tells()

    def rows(tx: Tx) -> str:
        return repr([tx.query(select(table(model))) for model in (TopicRow, AuditRow)])

    kept = group.db.read(rows)
    assert "edinstvena" not in kept
    assert "odgovor-za" not in kept
    assert str(ANA) not in kept
    page = group.db.read(lambda tx: audit.page(tx, 10))
    assert {line.actor for line in page} == {uid(group.db, ana)}
    words = table(MessageRow)
    assert (
        group.db.read(lambda tx: tx.query(select(words.c.staff_id).where(words.c.text == "odgovor-za-njo")))[
            0
        ][0]
        == ana
    )
