"""Fold typed text to one plain form, and read the word lists of every language from locales/*/words.ftl."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser, ast

MAX_TYPED_CHARS = 500  # cut before normalising: some single characters unfold to eighteen
_TABLE_ENTRIES = (
    8_000  # the table learns characters as it meets them; a flood of rare ones must not fill memory
)
_LOCALES = Path(__file__).resolve().parent.parent / "locales"
# Where one word belongs to several languages, the one listed first wins.
_ORDER = ("sl", "sq", "en", "bs", "hr", "sr", "mk", "es", "fr", "ar", "fa", "prs", "ps", "ur")

_CYRILLIC_LETTERS = "абвгдежзијклљмнњопрстћуфхцчџшђќѓѕйыэяюёъьщіїєґ"
_BALD_LATIN = (
    "a b v g d e z z i j k l lj m n nj o p r s t c u f h c c dz s dj kj gj dz j i e ja ju e - - sc i ji je g"
)
_CYRILLIC = dict(zip(_CYRILLIC_LETTERS, _BALD_LATIN.split(), strict=True))
_LATIN = {"đ": "dj", "ð": "d", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ə": "e"}
# One Arabic-script alphabet for Arabic, Persian, Dari, Pashto and Urdu keyboards.
_ARABIC = {
    "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ے": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه",
    "ک": "ك", "ګ": "گ", "ں": "ن", "ٱ": "ا", "ـ": "",
}  # fmt: skip
_SIGNS = {"🆘": " sos ", "🔟": " 10 ", **dict.fromkeys("'’‘ʼʻ`´ʹ′", "")}
_SPECIAL = {**{k: v.replace("-", "") for k, v in _CYRILLIC.items()}, **_LATIN, **_ARABIC, **_SIGNS}


def _fold_char(char: str) -> str:
    """The plain form of one character: no marks, lower case, digits 0-9, Cyrillic as bald Latin."""
    out = []
    lowered = char.casefold()
    if lowered in _SPECIAL:
        return _SPECIAL[lowered]
    for part in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold()):
        kind = unicodedata.category(part)
        if part in _SPECIAL:
            out.append(_SPECIAL[part])
        elif kind in ("Mn", "Me", "Cf"):
            continue  # harakat, accents, keycaps, zero-width and bidi controls
        elif kind == "Nd":
            out.append(str(unicodedata.decimal(part)))
        else:
            out.append(part if part.isalnum() else " ")
    return "".join(out)


class _Table(dict[int, str]):
    """A translation table that learns a character at its first sight, up to a limit."""

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        if len(self) < _TABLE_ENTRIES:
            self[code] = folded
        return folded


_TABLE = _Table()
_LONG_RUN = re.compile(r"([^\W\d_])\1\1+")
_FINAL_RUN = re.compile(r"([^\W\d_])\1+\b")


def _plain(text: str) -> str:
    cut = unicodedata.normalize(
        "NFC", text[:MAX_TYPED_CHARS]
    )  # a Cyrillic kj typed as two characters is one letter
    return " ".join(cut.translate(_TABLE).split())[:MAX_TYPED_CHARS].rstrip()


def fold(text: str) -> str:
    """The plain lower-case form used for every comparison of typed text; safe for any string."""
    return _FINAL_RUN.sub(r"\1", _LONG_RUN.sub(r"\1", _plain(text)))


# Spellings people mix: Albanian sh/š, dh/đ, gj; Slavic dj/đ/d; Macedonian kj/k; kh, gh of Latin-typed Persian, Urdu.
_DIGRAPHS = {
    "sh": "s", "zh": "z", "ch": "c", "dh": "d", "dj": "d", "gj": "g", "kj": "k", "kh": "h", "gh": "g", "w": "v",
}  # fmt: skip
_DIGRAPH = re.compile("|".join(_DIGRAPHS))
_DOUBLE = re.compile(r"([^\W\d_])\1+")


def loose(text: str) -> str:
    """A rougher form of fold for matching only: digraphs to one letter, every doubled letter once."""
    digraphs = _DIGRAPH.sub(lambda found: _DIGRAPHS[found[0]], _plain(text).replace("ء", ""))
    return " ".join(_DOUBLE.sub(r"\1", digraphs).split())


def spellings(item: str) -> tuple[str, ...]:
    """The rough forms under which a listed word is met: Albanian gj is typed as g and as đ."""
    return tuple(dict.fromkeys((loose(item), loose(item.replace("gj", "đ").replace("Gj", "đ")))))


def distance_at_most_one(left: str, right: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours (or nothing) turns left into right."""
    if abs(len(left) - len(right)) > 1:
        return False
    short, long = sorted((left, right), key=len)
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    if short[start + 1 :] == long[start + 1 :]:
        return True
    return (
        short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    )


@cache
def languages() -> tuple[str, ...]:
    """Every language that ships a word list, the order of precedence first."""
    found = {path.parent.name for path in _LOCALES.glob("*/words.ftl")}
    known = [tag for tag in _ORDER if tag in found]
    return (*known, *sorted(found - set(known)))


@cache
def _messages(language: str) -> dict[str, str]:
    """The raw text of every message in one words.ftl; a file that does not parse is a fault of the release."""
    source = (_LOCALES / language / "words.ftl").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for entry in FluentParser(with_spans=False).parse(source).body:
        if isinstance(entry, ast.Junk):
            raise ValueError(
                f"locales/{language}/words.ftl is not valid Fluent near: {(entry.content or '')[:60]!r}"
            )
        if isinstance(entry, ast.Message) and entry.value is not None:
            parts = [part.value for part in entry.value.elements if isinstance(part, ast.TextElement)]
            found[entry.id.name] = "".join(parts)
    return found


def phrases(language: str, key: str) -> tuple[str, ...]:
    """One list of one language, as written: items between commas or on lines of their own."""
    raw = _messages(language).get(key, "")
    return tuple(item.strip() for item in re.split(r"[,،\n]", raw) if item.strip())
