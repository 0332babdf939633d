"""How the words of others are shown: as plain text."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from bot.web.render import runs

# Characters that turn the reading direction, cannot be seen, or steer a terminal: a name must not look like another one.
_RANGES = (
    (0x00, 0x08),  # up to the tab
    (0x0B, 0x0C),
    (0x0E, 0x1F),
    (0x7F, 0x9F),
    (0xAD, 0xAD),  # soft hyphen
    (0x34F, 0x34F),  # joins graphemes
    (0x61C, 0x61C),  # Arabic letter mark
    (0x180E, 0x180E),
    (0x200B, 0x200B),  # no width; the joiners after it stay: Persian and Pashto are spelled with them
    (0x200E, 0x200F),  # marks of direction
    (0x202A, 0x202E),  # embeddings and overrides of direction
    (0x2060, 0x206F),  # word joiner, isolates
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE007F),  # tags
)
_STRIPPED: dict[int, str | None] = {
    code: None for first, last in _RANGES for code in range(first, last + 1)
} | {0x2028: "\n", 0x2029: "\n"}


def plain(text: str | None) -> str:
    """The text without hidden characters, its lines kept; escaping is the template's."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").translate(_STRIPPED)


_SIGN = re.compile("[\u2068\u2069]")


def spoken(text: str) -> Markup:
    """A message of ours: what its invisible signs keep apart stays apart, as an element that always ends."""
    parts: list[str | Markup] = []
    at = depth = 0
    for sign in _SIGN.finditer(text):
        parts.append(escape(plain(text[at : sign.start()])))
        at = sign.end()
        if sign.group() == "\u2068":
            inside = text[at:].partition("\u2069")[0]
            parts.append(Markup('<bdi dir="{}">').format(runs(inside)))
            depth += 1
        elif depth:
            parts.append(Markup("</bdi>"))
            depth -= 1
    return Markup("").join([*parts, escape(plain(text[at:])), *[Markup("</bdi>")] * depth])
