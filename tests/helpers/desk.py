"""A person at the desk, as conversations see her: takes, answers, gives back; each step is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select

from flows import handover
from flows.handover import Reply
from storage import duty, handovers, people
from storage.conversations import ConversationRow
from storage.messages import MessageRow
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.chat import Chat

_c = table(ConversationRow)
_m = table(MessageRow)


def staff(tx: Tx, name: str, *, counsellor_id: int | None = None) -> int:
    """Somebody who works here; her id."""
    login = name.lower().replace(" ", ".")
    found = people.add(
        tx,
        uid=f"uid-{login}",
        login=login,
        name=name,
        languages=("sl",),
        now=make.MONDAY,
        counsellor_id=counsellor_id,
    )
    assert found is not None
    return found


@dataclass
class Desk:
    """One person and one woman's chat."""

    chat: Chat
    name: str = "Ana Kos"
    counsellor_id: int | None = None

    def __post_init__(self) -> None:
        self.id = self.chat.db.write(lambda tx: staff(tx, self.name, counsellor_id=self.counsellor_id))

    @property
    def conversation(self) -> Any:
        """The row of her conversation now."""
        return self.chat.db.read(lambda tx: tx.query(select(_c).order_by(_c.c.id)))[0]

    def said(self) -> list[Any]:
        """Every message out, oldest first."""
        return self.chat.db.read(lambda tx: tx.query(select(_m).where(_m.c.outgoing).order_by(_m.c.id)))

    def on_duty(self) -> Desk:
        """She is on duty all Monday."""
        site_id = self.chat.site.id

        def unit(tx: Tx) -> None:
            people.give_role(tx, self.id, site_id, "desk")
            duty.add_shift(tx, site_id, self.id, weekday=0, from_min=0, until_min=24 * 60)

        self.chat.db.write(unit)
        return self

    def takes(self) -> bool:
        """Take the chat and tell her."""
        where, now = self.conversation.id, self.chat.clock.at

        def unit(tx: Tx) -> bool:
            return handovers.take(tx, where, self.id, now) and self._told(tx, "taken")

        done = self.chat.db.write(unit)
        self.chat.receives()
        return done

    def gives_back(self) -> bool:
        """Return it to the bot and tell her."""
        where, now = self.conversation.id, self.chat.clock.at

        def unit(tx: Tx) -> bool:
            return handovers.give_back(tx, where, self.id, now) and self._told(tx, "returned")

        done = self.chat.db.write(unit)
        self.chat.receives()
        return done

    def closes(self) -> bool:
        """Close it and tell her."""
        where, now = self.conversation.id, self.chat.clock.at

        def unit(tx: Tx) -> bool:
            return handovers.close(tx, where, self.id, now) and self._told(tx, "closed")

        done = self.chat.db.write(unit)
        self.chat.receives()
        return done

    def _told(self, tx: Tx, kind: Literal["taken", "returned", "waiting", "closed"]) -> bool:
        chat = self.chat
        handover.told(
            tx, kind, self._only(tx), now=chat.clock.at, site=chat.site, texts=chat.texts, name=self.name
        )
        return True

    def _only(self, tx: Tx) -> int:
        return int(tx.query(select(_c.c.id).order_by(_c.c.id))[0].id)

    def replies(self, text: str = "Pridite jutri.", quick: str | None = None) -> Reply:
        """Write to her."""
        chat, where = self.chat, self.conversation.id
        done = chat.db.write(
            lambda tx: handover.reply(
                tx,
                where,
                self.id,
                text,
                language=None,
                now=chat.clock.at,
                site=chat.site,
                texts=chat.texts,
                quick_key=quick,
            )
        )
        chat.receives()
        return done
