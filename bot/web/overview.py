"""The day in words, once for the page and for `python -m bot today`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.console.text import plain
from flows.screen import Arg
from flows.texts import Texts
from storage.today import Overview

NOBODY_ASKED = "–"
"""For a language nobody chose yet."""


@dataclass(frozen=True)
class Row:
    """The cells of one line."""

    cells: tuple[str, ...]
    urgent: bool = False


@dataclass(frozen=True)
class Section:
    """One list of the day."""

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Words:
    """The texts of one staff language."""

    texts: Texts
    language: str

    def say(self, key: str, **args: Arg) -> str:
        """One text."""
        return self.texts.text(self.language, f"today-{key}", args)

    def named(self, key: str, raw: str) -> str:
        """The text of a machine word where there is one, else the word itself: a raw reason is better than none."""
        return self.texts.text(self.language, key) if self.texts.has(self.language, key) else raw

    def reason(self, raw: str) -> str:
        """Why somebody waits or a message did not leave."""
        return self.named(f"today-reason-{raw}", raw)

    def spoken(self, language: str | None) -> str:
        """A language by its own name."""
        if language is None:
            return NOBODY_ASKED
        if not self.texts.has(language, "language-name"):
            return language
        return self.texts.text(language, "language-name", {"language": language})

    def at(self, when: datetime) -> str:
        """A day and time, short."""
        return self.say("at", at=when)

    def head(self, *keys: str) -> tuple[str, ...]:
        """Column titles."""
        return tuple(self.say(key) for key in keys)


def sections(day: Overview, texts: Texts, language: str) -> list[Section]:
    """The five lists, those who wait first by urgency."""
    w = Words(texts, language)
    found = [_appointments(day, w), _waiting(day, w), _calls(day, w), _failures(day, w), _unsent(day, w)]
    return [replace(section, rows=tuple(map(_plain, section.rows))) for section in found]


def _plain(row: Row) -> Row:
    """The row without what would turn the reading direction of a page or steer the terminal it is printed to."""
    return replace(row, cells=tuple(plain(cell) for cell in row.cells))


def _appointments(day: Overview, w: Words) -> Section:
    rows = tuple(
        Row(
            (
                w.say("hour", at=one.starts_at),
                one.counsellor,
                w.named(f"booking-topic-{one.topic}", one.topic),
                w.say(f"mode-{one.mode}"),
                w.spoken(one.language) if one.language else w.say("any"),
                one.code,
            )
        )
        for one in day.appointments
    )
    return Section(w.say("appointments"), w.head("time", "who", "topic", "mode", "language", "code"), rows)


def _waiting(day: Overview, w: Words) -> Section:
    rows = tuple(
        Row(
            (
                w.at(one.since),
                f"{w.say('urgent')}: {w.reason(one.reason)}" if one.urgent else w.reason(one.reason),
                w.spoken(one.language),
                str(one.conversation),
            ),
            one.urgent,
        )
        for one in day.waiting
    )
    return Section(w.say("waiting"), w.head("since", "reason", "language", "chat"), rows)


def _calls(day: Overview, w: Words) -> Section:
    rows = tuple(
        Row(
            (
                w.at(one.starts_at),
                one.code,
                f"{w.reason(one.reason)}. {w.say('careful')}" if one.careful else w.reason(one.reason),
                w.spoken(one.language),
            ),
            one.careful,
        )
        for one in day.calls
    )
    return Section(w.say("calls"), w.head("time", "code", "reason", "language"), rows)


def _failures(day: Overview, w: Words) -> Section:
    rows = tuple(
        Row((w.at(one.at), one.channel, "" if one.conversation is None else str(one.conversation), one.error))
        for one in day.failures
    )
    return Section(w.say("failures"), w.head("since", "channel", "chat", "error"), rows)


def _unsent(day: Overview, w: Words) -> Section:
    rows = tuple(
        Row((w.at(one.at), one.kind, one.state, w.reason(one.error or ""), str(one.conversation)))
        for one in day.unsent
    )
    return Section(w.say("unsent"), w.head("since", "kind", "state", "reason", "chat"), rows)


def lines(day: Overview, texts: Texts, language: str | None = None) -> list[str]:
    """The day as plain text for a terminal."""
    w = Words(texts, language or texts.default)
    told = [w.say("title", at=day.at, site=day.site)]
    for section in sections(day, texts, w.language):
        told += ["", f"{section.title} ({len(section.rows)})"]
        told += [f"  {' | '.join(cell for cell in row.cells if cell)}" for row in section.rows] or [
            f"  {w.say('none')}"
        ]
    return told
