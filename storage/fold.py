"""Fold words for the directory search: one plain spelling, the stems inflection leaves, and one-letter deletions.

Stricter folding for commands and safety words lives in `flows/folding.py`; storage may not import it, and a
search wants the opposite bias: rather a card too many than none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORDS_MAX = 12
"""Words of one query that are looked at."""
CHARS_MAX = 300
WORD_CHARS_MAX = 24
TYPO_CHARS_MIN = 5
"""Shorter words have too many neighbours for a forgiven letter."""

# Serbian and Macedonian Cyrillic in bald Latin, letter by letter; what needs two letters stands below.
_CYRILLIC = str.maketrans("абвгдежзијклмнопрстћуфхцчшђќѓйыэёщі", "abvgdezzijklmnoprstcufhccsdkdjieesi") | {
    ord(letter): latin
    for letter, latin in {
        "љ": "lj", "њ": "nj", "џ": "dz", "ѕ": "dz", "ю": "ju", "я": "ja", "ъ": "", "ь": "",
        "đ": "d", "ð": "d", "ı": "i", "ł": "l",
    }.items()
}  # fmt: skip
# One alphabet for the keyboards of Arabic and Persian; the alefs lose their signs with all other marks.
_ARABIC = str.maketrans(
    {"ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "ٱ": "ا", "ـ": ""}
)
_IS_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_RUN = re.compile(r"([^\W\d])\1\1+")
# The, and the, with the, for the; then plural, feminine and dual endings.
_ARABIC_BEGINNINGS = ("وال", "بال", "كال", "ال", "لل")
_ARABIC_ENDINGS = ("ات", "ون", "ين", "ه", "ي")
# One spelling for what Albanian and Slavic keyboards write as two letters or one: sh = š, gj and dj = đ.
_DIGRAPHS = re.compile("(?:sh|zh|dh|ch|gj|dj|kj)")
_DIGRAPH = {"sh": "s", "zh": "z", "dh": "d", "ch": "c", "gj": "d", "dj": "d", "kj": "k"}
_RUN = re.compile(r"([^\W\d])\1+")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")

# Case and plural endings of Slovenian, Bosnian/Croatian/Serbian, Albanian and English, after folding.
_SHORT_ENDINGS = ("a", "e", "i", "o", "u", "n", "s", "t")
_LONG_ENDINGS = (
    "ega", "emu", "imi", "ami", "ima", "ama", "ih", "im", "em", "om", "am", "ah", "ov", "ev", "iv", "ja", "ju",
    "eve", "ave", "ive", "ut", "un", "it", "in", "et", "en", "es", "jes", "jen", "ing", "na", "ne", "ni", "no",
    "ska", "ski", "sko", "ske", "skega", "skemu",
)  # fmt: skip


def fold(typed: str) -> list[str]:
    """The words a person typed, as `fold_all` spells them; what is beyond any search is cut off unread."""
    return fold_all(typed[:CHARS_MAX])


def fold_all(text: str) -> list[str]:
    """The words of a text in lower-case Latin letters without marks, doubled letters or digraphs."""
    bare = text.casefold().translate(_APOSTROPHES)
    if not bare.isascii():
        # Composed first: a Cyrillic kj typed as two signs is one letter.
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", bare).translate(_CYRILLIC))
        bare = plain.translate(_BARE).translate(_ARABIC)
    return [_fold_word(word)[:WORD_CHARS_MAX] for word in _WORD.findall(bare)]


class _Bare(dict[int, str]):
    """Nothing for a mark or an invisible sign, 0-9 for the digits of any script, else the character; each worked out once."""

    def __missing__(self, code: int) -> str:
        kind = unicodedata.category(char := chr(code))
        plain = "" if kind in ("Mn", "Me", "Cf") else str(unicodedata.decimal(char)) if kind == "Nd" else char
        self[code] = plain
        return plain


_BARE = _Bare()


@lru_cache(maxsize=8192)
def _fold_word(word: str) -> str:
    if _IS_ARABIC.search(word):  # a doubled letter is a sound there, and the article ends in one
        return _ARABIC_RUN.sub(r"\1", word)
    return _RUN.sub(r"\1", _DIGRAPHS.sub(lambda found: _DIGRAPH[found.group()], word))


def stems(word: str) -> frozenset[str]:
    """The word and every form it may be an inflection of; two words are the same when these sets meet."""
    found = {word}
    if _IS_ARABIC.search(word):
        return _arabic_stems(word)
    for ending in _SHORT_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            found.add(word[: -len(ending)])
    for ending in _LONG_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            found.add(word[: -len(ending)])
    # zdravnici and otroci are plurals of zdravnik and otrok; vrtca is a vrtec.
    if word.endswith(("ci", "ce")) and len(word) >= 5:
        found.add(word[:-2] + "k")
    if len(word) >= 5 and word[-2] == "e":
        found.add(word[:-2] + word[-1])
    return frozenset(found)


def _arabic_stems(word: str) -> frozenset[str]:
    bare = [
        word,
        *(
            word[len(one) :]
            for one in _ARABIC_BEGINNINGS
            if word.startswith(one) and len(word) - len(one) >= 3
        ),
    ]
    cut = [
        one[: -len(ending)]
        for one in bare
        for ending in _ARABIC_ENDINGS
        if one.endswith(ending) and len(one) - len(ending) >= 3
    ]
    return frozenset((*bare, *cut))


def deletions(word: str) -> frozenset[str]:
    """The word with one letter left out, for words long enough to forgive a letter."""
    if len(word) < TYPO_CHARS_MIN:
        return frozenset()
    return frozenset(word[:at] + word[at + 1 :] for at in range(len(word)))


def spellings(word: str) -> frozenset[str]:
    """Under which a word can be met: itself, its stems, itself with a letter missing."""
    return stems(word) | deletions(word)


def near(one: str, other: str) -> bool:
    """Whether two long words differ by one letter too many, too few, changed, or swapped with its neighbour."""
    if min(len(one), len(other)) < TYPO_CHARS_MIN or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) != len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return swapped or short[at + 1 :] == long[at + 1 :]
