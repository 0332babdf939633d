"""What staff answer a phone that wants to join a record by its card, and what that phone is told."""

from __future__ import annotations

from datetime import datetime

from flows import state
from flows.card import Wait
from flows.menu import Menu
from flows.screen import Screen, Turn
from flows.speech import Speech, speak
from flows.texts import Texts
from storage import cards, joins, members, messages
from storage.cards import Asking
from storage.conversations import Conversation
from storage.sites import Site
from storage.sql import Tx


def confirm(tx: Tx, asking: Asking, number: str, *, now: datetime, site: Site, texts: Texts) -> bool | None:
    """Staff typed the number she read out: join her phone to the record and tell it there.

    False for another number, None when there is nothing to join any more.
    """
    chat = cards.where(tx, asking.address_id)
    if chat is None:
        return None
    if number != asking.number:
        return None if cards.wrong(tx, asking.token_hash, now) else False
    if not cards.use(tx, asking.token_hash, number, now):
        return None
    conversation_id, account, other = chat
    if joins.merge(tx, asking.member_id, other) is None:
        return None
    _say(tx, asking, conversation_id, account, now, site, texts)
    return True


def refuse(tx: Tx, asking: Asking, *, now: datetime, site: Site, texts: Texts) -> None:
    """It is not her phone: nothing is joined."""
    chat = cards.where(tx, asking.address_id)
    cards.end(tx, asking.token_hash, now)
    if chat is not None:
        _say(tx, asking, chat[0], chat[1], now, site, texts)


def _say(
    tx: Tx, asking: Asking, conversation_id: int, account: str, now: datetime, site: Site, texts: Texts
) -> None:
    """What came of it, in the chat that waits for it."""
    chat = cards.where(tx, asking.address_id)
    member = None if chat is None else members.find(tx, chat[2])
    if member is None:
        return
    turn = Turn(
        tx,
        now,
        site,
        texts,
        member,
        Conversation(conversation_id, asking.address_id, member.id, []),
        account,
    )
    pages: list[Screen] = [Menu(), Wait(asking.token_hash, asking.number)]
    spoken = speak(turn, pages, Speech())
    messages.add(
        tx,
        conversation_id,
        account,
        "answer",
        spoken.text,
        now=now,
        choices=spoken.choices,
        stack=state.dump(pages),
        language=spoken.language,
        policy=messages.NEVER_RESEND,
        expires_at=now + cards.ASKING_FOR,
    )
