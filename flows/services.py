"""Finding a service: by topic or by typed words, at most three cards at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from flows.screen import PAGE_MAX, Arg, Choice, Move, Push, Replace, Reset, Say, Screen, Turn
from flows.texts import isolated, listed
from storage import services
from storage.services import Card

CARDS = 3
QUERY_MAX = 100
_DAY_MIN = 24 * 60


def _today(turn: Turn) -> date:
    """The site's day: a record is reviewed by a day of its own calendar."""
    return turn.now.astimezone(ZoneInfo(turn.site.timezone)).date()


def search_screen(turn: Turn, text: str) -> Screen | None:
    """The cards that answer typed words, or None when these words are no search."""
    query = text[:QUERY_MAX]
    return Found(query) if services.search(turn.db, turn.site.id, query, _today(turn), 1) else None


@dataclass(frozen=True)
class Topics(Screen):
    """What one can look for, a page at a time; typed words work here as everywhere."""

    name = "services.topics"
    page: int = 0

    def show(self, turn: Turn) -> Say:
        there = services.topics(turn.db, turn.site.id, _today(turn))
        if len(there) <= PAGE_MAX:
            return Say("services-topics", choices=[_topic_choice(topic) for topic in there])
        size = PAGE_MAX - 1
        first = self.page % -(-len(there) // size) * size  # after the last page comes the first
        choices = [_topic_choice(topic) for topic in there[first : first + size]]
        return Say("services-topics", choices=[*choices, Choice("more", "services-topics-more")])

    def answer(self, turn: Turn, choice: str) -> Move:
        if choice == "more":
            return Replace(Topics(self.page + 1))
        return Push(Cards(choice))


def _topic_choice(topic: str) -> Choice:
    return Choice(topic, f"services-topic-{topic}")


@dataclass(frozen=True)
class Cards(Screen):
    """The services of one topic, three at a time, those in her language first."""

    name = "services.cards"
    topic: str
    offset: int = 0

    def show(self, turn: Turn) -> Say:
        ids = services.by_topic(
            turn.db, turn.site.id, self.topic, turn.language, _today(turn), self.offset, CARDS + 1
        )
        key = f"services-topic-{self.topic}" if self.topic in services.TOPICS else "services-topic"
        return _page(turn, key, ids)

    def answer(self, turn: Turn, choice: str) -> Move:
        return Replace(replace(self, offset=self.offset + CARDS)) if choice == "more" else Reset((Topics(),))


@dataclass(frozen=True)
class Found(Screen):
    """The services that answer what she typed, the best first."""

    name = "services.found"
    query: str
    offset: int = 0

    def show(self, turn: Turn) -> Say:
        found = services.search(turn.db, turn.site.id, self.query, _today(turn), CARDS + 1, self.offset)
        return _page(turn, "services-found", [one.service_id for one in found])

    def answer(self, turn: Turn, choice: str) -> Move:
        return Replace(replace(self, offset=self.offset + CARDS)) if choice == "more" else Reset((Topics(),))


def _page(turn: Turn, title: str, ids: Sequence[int]) -> Say:
    """Up to three cards under a title; one id more than that means there is a next page."""
    topics = Choice("topics", "services-other")
    cards = services.cards(turn.db, ids[:CARDS], turn.language)
    if not cards:
        return Say("services-none", choices=[topics])
    more = [Choice("more", "services-more")] if len(ids) > CARDS else []
    words = "\n\n".join(_card(turn, card) for card in cards)
    return Say("services-cards", choices=[*more, topics], title=_text(turn, title), cards=words)


def _text(turn: Turn, key: str, **args: Arg) -> str:
    return turn.texts.text(turn.language, key, args)


def _card(turn: Turn, card: Card) -> str:
    """One service in short lines: a sign and words, only what is known."""
    lines = [_text(turn, "services-name", name=card.name), card.summary]
    if card.eligibility:
        lines.append(_text(turn, "services-eligibility", who=card.eligibility))
    if card.hours:
        lines.append(_hours(turn, card))
    if card.languages:
        names = (_text(turn, "services-language", language=language) for language in card.languages)
        lines.append(_text(turn, "services-languages", languages=listed(turn.language, names)))
    if card.cost_cents is not None:
        lines.append(_cost(turn, card.cost_cents))
    if card.childcare is not None:
        lines.append(_text(turn, "services-childcare-yes" if card.childcare else "services-childcare-no"))
    if card.phone:
        lines.append(_text(turn, "services-phone", phone=card.phone))
    place = ", ".join(part for part in (card.organisation, card.address or card.place) if part)
    lines += [
        _text(turn, "services-place", place=place),
        _text(turn, "services-verified", day=card.verified_on),
    ]
    return "\n".join(lines)


def _cost(turn: Turn, cents: int) -> str:
    if cents == 0:
        return _text(turn, "services-free")
    whole, rest = divmod(cents, 100)
    return _text(turn, "services-cost", amount=f"{whole},{rest:02}" if rest else str(whole))


def _hours(turn: Turn, card: Card) -> str:
    """The week in one line: days with the same hours stand together."""
    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    for weekday, start, end in card.hours:
        together[start, end].append(weekday)
    if together.get((0, _DAY_MIN)) == list(range(7)):
        return _text(turn, "services-always")
    parts = [
        f"{_days(turn, days)} {isolated(turn.language, f'{_clock(start)}–{_clock(end)}')}"
        for (start, end), days in sorted(together.items(), key=lambda item: (item[1], item[0]))
    ]
    return _text(turn, "services-hours", hours=listed(turn.language, parts))


def _days(turn: Turn, days: list[int]) -> str:
    """Three or more days in a row as a span, others one by one."""
    names = [_text(turn, "services-weekday", day=day) for day in days]
    if len(days) >= 3 and days[-1] - days[0] == len(days) - 1:
        return f"{names[0]}–{names[-1]}"
    return "/".join(names)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
