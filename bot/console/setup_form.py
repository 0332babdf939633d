"""The forms of set-up: each field is read, what is wrong stands at it, and what was typed stays."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.console.fields import clock, minutes
from bot.console.pages import Problem
from flows.directory import cleaned

MAIL = re.compile(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;.]+")
PHONE_MAX = 30
DIGITS_MIN = 3
SPANS_MAX = 60
_SPAN = re.compile(r"([^-–]+)[-–]([^-–]+)")
Span = tuple[int, int]


class NotTaken(Exception):
    """Fields that cannot be taken: name -> the end of the text key `setup-wrong-<reason>`."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(f"{len(wrong)} fields")
        self.wrong = dict(wrong)

    @property
    def problem(self) -> Problem:
        """What stands above the page."""
        return Problem("setup-not-saved", count=len(self.wrong))


class Reading:
    """A posted form being read."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self._form = form
        self.wrong: dict[str, str] = {}

    def no(self, name: str, reason: str) -> None:
        """This field cannot be taken; the first reason holds."""
        self.wrong.setdefault(name, reason)

    def text(self, name: str, most: int, *, needed: bool = True) -> str:
        """Words in one line."""
        said = cleaned(self._form.get(name, ""))
        if needed and not said:
            self.no(name, "empty")
        elif len(said) > most:
            self.no(name, "long")
        elif not said.isprintable():  # signs that turn the direction of what follows
            self.no(name, "signs")
        return said

    def phone(self, name: str, *, needed: bool = True) -> str:
        """A telephone number."""
        said = self.text(name, PHONE_MAX, needed=needed)
        if said and sum(one.isdecimal() for one in said) < DIGITS_MIN:
            self.no(name, "phone")
        return said

    def mail(self, name: str) -> str:
        """An e-mail address, or nothing."""
        said = self.text(name, 120, needed=False)
        if said and not MAIL.fullmatch(said):
            self.no(name, "mail")
        return said

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number between two."""
        said = self._form.get(name, "").strip()
        if not (said.isascii() and said.isdecimal() and len(said) <= 6) or not least <= int(said) <= most:
            self.no(name, "number")
            return least
        return int(said)

    def clock(self, name: str) -> int:
        """Minutes after midnight of `20:00`."""
        found = minutes(self._form.get(name, ""))
        if found is None:
            self.no(name, "clock")
        return found or 0

    def spans(self, name: str) -> list[Span]:
        """Several spans of a day, as `8:00–12:00, 13:00–15:00` or `8-12, 13-15`."""
        found: list[Span] = []
        if len(self._form.get(name, "")) > SPANS_MAX:
            self.no(name, "long")
        for piece in filter(None, (one.strip() for one in self._form.get(name, "").split(","))):
            ends = _SPAN.fullmatch(piece)
            begin, end = (minutes(one) for one in ends.groups()) if ends else (None, None)
            if begin is None or end is None:
                self.no(name, "hours")
            elif begin >= end:
                self.no(name, "order")
            elif any(begin < other_end and other < end for other, other_end in found):
                self.no(name, "overlap")
            else:
                found.append((begin, end))
        return sorted(found)

    def done(self) -> None:
        """Refuse the form when a field of it is wrong."""
        if self.wrong:
            raise NotTaken(self.wrong)


def written(spans: list[Span]) -> str:
    """Spans as one types them."""
    return ", ".join(f"{clock(begin)}–{clock(end)}" for begin, end in spans)
