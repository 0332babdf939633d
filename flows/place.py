"""Which info point is hers, where there are several: asked once, or named by a link on a poster; changed in her settings."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from flows.screen import Choice, Move, Pop, Replace, Say, Screen, Stay, Turn
from storage import conversations, members, sites
from storage.sites import Site

START = "at_"
"""What the payload of a poster's link begins with; the slug of the site follows."""
SHOWN = 5
"""Places a page, with room for "more"."""
_SLUG = re.compile(rf"{START}([a-z0-9-]{{1,40}})", re.ASCII)


def is_open(turn: Turn) -> bool:
    """Whether she must still be asked."""
    return bool(turn.places) and turn.member.site_id is None


def arrive(turn: Turn, payload: str) -> None:
    """She came by the link of a site: it is hers, unless she has chosen one before."""
    named = _SLUG.fullmatch(payload)
    site = sites.find(turn.db, named[1]) if named is not None and is_open(turn) else None
    if site is not None and site.offered:
        _use(turn, site)


def _use(turn: Turn, site: Site) -> None:
    """From now on it is hers, in every chat the bot answers; what waits for a person waits there."""
    members.set_field(turn.db, turn.member.id, "site_id", site.id)
    conversations.move(turn.db, turn.member.id, site.id)
    turn.member = replace(turn.member, site_id=site.id)
    turn.site = site
    if turn.conversation.owner != "person":
        turn.conversation.site_id = site.id


@dataclass(frozen=True)
class Place(Screen):
    """Ask which info point is near her."""

    name = "place"
    offset: int = 0

    def show(self, turn: Turn) -> Say:
        shown = turn.places[self.offset : self.offset + SHOWN]
        choices = [Choice(str(number), "place-choice", place=place) for number, place in shown]
        if len(turn.places) > SHOWN:
            choices.append(Choice("more", "place-more"))
        return Say("place-ask", choices)

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "more":
            further = self.offset + SHOWN
            return Replace(Place(further if further < len(turn.places) else 0))
        site = sites.get(turn.db, int(choice))
        if site is None:
            return Stay()
        _use(turn, site)
        return Pop(note=Say("place-done", site=site.name, address=site.address))
