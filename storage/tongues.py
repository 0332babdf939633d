"""Languages that stand for one another: a script is no language, and Bosnian, Croatian and Serbian read each other.

The only place that knows it: whoever compares the language of a member with one of staff, a service or a waiting
chat asks here.
"""

from __future__ import annotations

from collections.abc import Iterable

KIN = ("bs", "hr", "sr")
"""Who speaks one of these is understood in all; a text in one is better than one in a foreign language."""


def spoken(language: str) -> str:
    """The language of a tag, without its script: `sr-Cyrl` is spoken as `sr`."""
    return language.partition("-")[0]


def understood(languages: Iterable[str]) -> frozenset[str]:
    """All languages that somebody who speaks these can talk in."""
    own = {spoken(language) for language in languages}
    return frozenset(own.union(KIN) if own.intersection(KIN) else own)


def readable(language: str) -> tuple[str, ...]:
    """The languages a reader of this one reads as her own, her own first."""
    kin = KIN if spoken(language) in KIN else ()
    return tuple(dict.fromkeys((language, spoken(language), *kin)))


def offered(languages: Iterable[str], hers: str) -> list[str]:
    """Languages to choose from; of those that read each other one: hers, else the first that is spoken."""
    found, own = list(languages), spoken(hers)
    one = own if own in KIN else next((language for language in found if language in KIN), "")
    return list(dict.fromkeys(one if language in KIN else language for language in found))
