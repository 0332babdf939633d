"""Every rule for typed words, with examples: commands and safety words (`flows/folding.py`), the search (`storage/fold.py`)."""

from __future__ import annotations

import pytest

from flows.folding import fold, loose, phrases
from flows.words import Command, command, languages, number, yes_no
from storage import fold as search

RULES: dict[str, list[tuple[str, str]]] = {
    "NFKD": [("ﬁlm", "film"), ("ＳＯＳ", "sos"), ("①②", "12"), ("c\u030c", "č")],
    "marks": [("naïve", "naive"), ("žába", "zaba"), ("à la carte", "a la carte")],
    "case": [("POMOČ", "pomoč"), ("ПОМОЋ", "помоћ"), ("Straße", "STRASSE")],
    "repeats": [("pomoccc", "pomoc"), ("neeee", "ne"), ("مساعدةةةة", "مساعدة"), ("помоооћ", "помоћ")],
    "punctuation": [("pomoč!!", "pomoč"), ("¿ayuda?", "ayuda"), ("«مساعدة»؟", "مساعدة"), ("...da.", "da")],
    "č ć ç": [("pomoč", "pomoc"), ("pomoć", "pomoc"), ("çka", "cka")],
    "š ž": [("šola", "sola"), ("žena", "zena")],
    "đ as dj": [("đak", "djak"), ("Ђак", "djak"), ("rođen", "rodjen")],
    "ë ñ": [("ndihmë", "ndihme"), ("mañana", "manana")],
    "Serbian Cyrillic": [
        ("помоћ", "pomoć"), ("човек", "čovek"), ("језик", "jezik"), ("љубав", "ljubav"), ("њега", "njega"), ("џеп", "džep"),
        ("ђак", "đak"), ("шта", "šta"), ("жена", "žena"), ("чекам", "čekam"),
    ],
    "Macedonian Cyrillic": [("помош", "pomoš"), ("ќерка", "kjerka"), ("ѕвезда", "dzvezda"), ("к\u0301ерка", "ќерка")],
    "harakat and tatweel": [("مُسَاعَدَة", "مساعدة"), ("مســاعدة", "مساعدة"), ("شُكْرًا", "شكرا")],
    "alef": [("أريد", "اريد"), ("إنسان", "انسان"), ("آسف", "اسف"), ("ٱسم", "اسم")],
    "alef maqsura": [("مشفى", "مشفي"), ("على", "علي")],
    "ta marbuta": [("لغة", "لغه"), ("مساعدة", "مساعده")],
    "Persian letters": [("کمک", "كمك"), ("یک", "يك")],
    "digits": [("٠١٢٣٤٥٦٧٨٩", "0123456789"), ("۰۱۲۳۴۵۶۷۸۹", "0123456789")],
    "invisible signs": [("me\u200bnu", "menu"), ("\u2068112\u2069", "112"), ("\u200fنعم", "نعم")],
}  # fmt: skip
CASES = [(rule, one, other) for rule, pairs in RULES.items() for one, other in pairs]


def test_every_rule_in_commands_and_in_the_search() -> None:
    for rule, one, other in CASES:
        assert loose(one) == loose(other), (rule, one, other)
        assert fold(one) == fold(other) or rule in ("Macedonian Cyrillic", "đ as dj", "Serbian Cyrillic"), (
            rule,
            one,
        )
        assert search.fold_all(one) == search.fold_all(other), (rule, one, other)


def test_dj_is_also_d() -> None:
    for one in ("đak", "djak", "dak", "ђак"):
        assert loose(one) == "dak"
        assert search.fold_all(one) == ["dak"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ðuha", Command.LANGUAGE), ("gjuha", Command.LANGUAGE), ("guha", Command.LANGUAGE), ("đuha", Command.LANGUAGE),
        ("ndihmë", Command.SOS), ("NDIHME", Command.SOS), ("помоћ", Command.SOS), ("pomoccc", Command.SOS),
        ("مُساعَدة", Command.SOS),
        ("човјек", Command.PERSON), ("covjek", Command.PERSON), ("čovek", Command.PERSON), ("особа", Command.PERSON),
        ("إنسان", Command.PERSON), ("انسان", Command.PERSON), ("назад", Command.BACK), ("رجوع", Command.BACK),
        ("jezik", Command.LANGUAGE), ("језик", Command.LANGUAGE), ("اللغة", Command.LANGUAGE), ("اللغه", Command.LANGUAGE),
        ("прекини", Command.STOP), ("توقف", Command.STOP), ("мени", Command.MENU), ("القائمة", Command.MENU),
        ("избриши ме", Command.ERASE), ("احذفوني", Command.ERASE),
    ],
)  # fmt: skip
def test_words_of_the_new_languages(typed: str, name: Command) -> None:
    found = command(typed)
    assert found is not None
    assert found.command is name


def test_albanian_digraphs_in_both_spellings() -> None:
    pairs = [
        ("shpëtoni", "špetoni"),
        ("zhurmë", "žurme"),
        ("dhimbje", "dimbje"),
        ("dhoma", "đoma"),
        ("shkollë", "skolle"),
    ]
    for albanian, typed in pairs:
        assert loose(albanian) == loose(typed), albanian
        assert search.fold_all(albanian) == search.fold_all(typed), albanian
    assert search.fold_all("gjuha") == search.fold_all("đuha")


@pytest.mark.parametrize("sign", ["1️⃣", "1⃣", "①", "١", "۱", "1)", " 1. "])
def test_a_keycap_or_a_digit_of_any_script_is_a_number(sign: str) -> None:
    assert number(sign) == 1
    assert number(sign.replace("1️⃣", "🔟").replace("1⃣", "🔟")) in (1, 10)


NUMBERS = {
    "sl": "ena dva tri štiri pet šest sedem osem devet deset",
    "sq": "një dy tre katër pesë gjashtë shtatë tetë nëntë dhjetë",
    "en": "one two three four five six seven eight nine ten",
    "bs": "jedan dva tri četiri pet šest sedam osam devet deset",
    "sr": "један два три четири пет шест седам осам девет десет",
    "ar": "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة",
}


def test_number_words_from_one_to_ten_in_every_language_of_the_menu() -> None:
    for language, said in NUMBERS.items():
        for value, word in enumerate(said.split(), 1):
            assert number(word) == value, (language, word)
            assert number(word.upper()) == value, (language, word)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("nazsj", Command.BACK), ("covjrk", Command.PERSON), ("ndihm", Command.SOS), ("мјени", None), ("stpo", None),
        ("sto", None),
        ("meno", None), ("jezi", None), ("jeik", None), ("مساعة", Command.SOS), ("شخس", None),
    ],
)  # fmt: skip
def test_one_letter_is_forgiven_only_in_words_of_five_and_more(typed: str, name: Command | None) -> None:
    found = command(typed)
    assert (found.command if found else None) is name


def test_every_global_word_is_there_in_every_language() -> None:
    for language in languages():
        for name in ("sos", "stop", "person", "back", "language"):
            assert phrases(language, f"words-{name}"), (language, name)


def test_yes_and_no_in_either_script() -> None:
    assert yes_no("да", "sr-Cyrl") is True
    assert yes_no("не", "sr-Cyrl") is False
    assert yes_no("da", "sr-Cyrl") is True
    assert yes_no("نَعَم", "ar") is True
    assert yes_no("لا", "ar") is False


def test_arabic_with_and_without_the_article_is_one_word_of_the_search() -> None:
    for one, other in (
        ("الدورة", "دورة"),
        ("دورات", "دورة"),
        ("والعمل", "عمل"),
        ("اللغة", "لغة"),
        ("للأطفال", "أطفال"),
    ):
        [first], [second] = search.fold_all(one), search.fold_all(other)
        assert search.stems(first) & search.stems(second), (one, other)
    assert search.fold_all("اللغة") == ["اللغه"]
