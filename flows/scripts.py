"""Serbian Latin to Cyrillic: letters, the three digraphs, and what stays Latin."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).resolve().parent.parent / "locales"
_LATIN = "abvgdđežzijklmnoprstćufhcčš"
_ONE = dict(zip(_LATIN, "абвгдђежзијклмнопрстћуфхцчш", strict=True))
_TWO = {"lj": "љ", "nj": "њ", "dž": "џ"}
_JOINED = str.maketrans(
    {"ǆ": "dž", "ǅ": "Dž", "Ǆ": "DŽ", "ǉ": "lj", "ǈ": "Lj", "Ǉ": "LJ", "ǌ": "nj", "ǋ": "Nj", "Ǌ": "NJ"}
)
# Where a prefix meets a root, two letters are two sounds; the hyphen says where.
_APART = (
    "in-jekc", "in-jekt", "kon-jug", "kon-junk", "van-jezi", "tan-jug", "an-jon", "nad-živ", "nad-žup", "nad-žnj",
    "nad-žnje", "nad-žanr", "pod-žup", "pod-žanr", "pod-žižn", "od-žal", "od-žvak", "od-živ", "pred-živ", "od-žud",
)  # fmt: skip
_APART_OF = {stem.replace("-", ""): stem.index("-") for stem in _APART}
_STEM = re.compile("|".join(sorted(_APART_OF, key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+")
# Addresses, commands and codes are typed as they stand; a word with a letter Serbian does not have is a name.
_KEPT = r"https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\b[\w-]+(?:\.[\w-]+)*\.(?:si|org|eu|com|net|me)\b(?:/\S*)?|/[a-z]{2,16}\b|\b\w*\d\w*\b"
_FOREIGN = re.compile(f"[^{_LATIN}]")


@cache
def _kept() -> re.Pattern[str]:
    """All that is left alone; the list of words is `locales/sr/latin.txt`, the longest first."""
    lines = (LOCALES / "sr" / "latin.txt").read_text(encoding="utf-8").splitlines()
    listed = sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True)
    return re.compile("|".join([_KEPT, *(rf"(?<!\w){re.escape(item)}(?!\w)" for item in listed)]))


def cyrillic(text: str) -> str:
    """Serbian in Latin letters as a Serbian reader writes it in Cyrillic."""
    plain = unicodedata.normalize("NFC", text).translate(_JOINED)
    parts: list[str] = []
    at = 0
    for found in _kept().finditer(plain):
        parts += [_WORD.sub(_word, plain[at : found.start()]), found.group()]
        at = found.end()
    return "".join([*parts, _WORD.sub(_word, plain[at:])])


def _word(found: re.Match[str]) -> str:
    word = found.group()
    lower = word.casefold()
    if _FOREIGN.search(lower):
        return word
    apart = {stem.start() + _APART_OF[stem.group()] for stem in _STEM.finditer(lower)}
    letters: list[str] = []
    at = 0
    while at < len(lower):
        pair = _TWO.get(lower[at : at + 2]) if at + 1 not in apart else None
        letter = pair or _ONE[lower[at]]
        letters.append(letter.upper() if word[at].isupper() else letter)
        at += 2 if pair else 1
    return "".join(letters)
