"""Quick replies: reviewed sentences that staff choose in their language and she reads in hers."""

from __future__ import annotations

from collections.abc import Mapping

from flows.screen import Arg
from flows.texts import Texts

KEYS = (
    "quick-hello",
    "quick-moment",
    "quick-more",
    "quick-come-today",
    "quick-call-us",
    "quick-call-you",
    "quick-when-can-you",
    "quick-need-paper",
    "quick-interpreter",
    "quick-not-here",
    "quick-anything-else",
    "quick-bye-bot",
)
NAMES = ("phone", "address", "hours")
"""All that a quick reply may mention of the info point."""
_OPEN: Mapping[str, Arg] = dict.fromkeys(NAMES, "…")


def text_of(texts: Texts, language: str, key: str, args: Mapping[str, Arg]) -> str:
    """One of them in a language; raises `KeyError` for any other text."""
    if key not in KEYS:
        raise KeyError(key)
    return texts.text(language, key, args)


def texts_for(texts: Texts, language: str, args: Mapping[str, Arg] | None = None) -> list[tuple[str, str]]:
    """(key, sentence) of every quick reply; what it says of the info point stays open without `args`."""
    return [(key, texts.text(language, key, args or _OPEN)) for key in KEYS]
