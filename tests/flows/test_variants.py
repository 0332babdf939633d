"""Texts made from another language: letters, digraphs, what stays Latin, and no word of the source left over."""

from __future__ import annotations

import re

import pytest
from babel import Locale
from fluent.syntax import ast
from fluent.syntax.serializer import serialize_message

from flows import variants
from flows.folding import loose
from flows.screen import Arg
from flows.scripts import cyrillic
from flows.texts import LOCALES, SHIPPED, babel_locale, shipped
from tests.flows.test_texts import STAFF_ONLY, messages
from tests.helpers import make


def words_of(message: ast.Message) -> str:
    """A message as it stands in its file, without the comment and its name."""
    return serialize_message(ast.Message(message.id, message.value)).partition("=")[2]


@pytest.mark.parametrize(
    ("latin", "expected"),
    [
        ("Ljubica i njena džezva", "Љубица и њена џезва"),
        ("LJUBAV, NJEGOŠ, DŽEP, Đak", "ЉУБАВ, ЊЕГОШ, ЏЕП, Ђак"),
        ("injekcija, Konjunktura, nadživeti, podžupan, odžvakati", "инјекција, Конјунктура, надживети, поджупан, оджвакати"),
        ("ǉudi ǌima ǆem", "људи њима џем"),
        ("čćžšđ ČĆŽŠĐ", "чћжшђ ЧЋЖШЂ"),
        ("s\u030ckola", "школа"),
        ("abvgdđežzijklljmnnjoprstćufhcčdžš", "абвгдђежзијклљмннјопрстћуфхцчџш".replace("ннј", "нњ")),
        ("Telegram, WhatsApp, SMS, STOP, SOS 🆘", "Telegram, WhatsApp, SMS, STOP, SOS 🆘"),
        ("Pišite na info@tocka.example ili https://tocka.example/a?b=1", "Пишите на info@tocka.example или https://tocka.example/a?b=1"),
        ("kod AB12 i /sos, 112", "код AB12 и /sos, 112"),
        ("Poslednji dan (rok). Svaki rok.", "Последњи дан (rok). Сваки рок."),
        ("Yuleisy živi u Celju", "Yuleisy живи у Цељу"),
        ("", ""),
    ],
)  # fmt: skip
def test_latin_to_cyrillic(latin: str, expected: str) -> None:
    assert cyrillic(latin) == expected


def test_both_scripts_say_the_same() -> None:
    """Folded, the two are one: so nothing was lost on the way, and what she types in either is found."""
    latin, cyr = messages("sr"), messages("sr-Cyrl")
    for name, (_, message) in latin.items():
        if name in cyr and not name.startswith("words-"):
            lines = zip(words_of(message).splitlines(), words_of(cyr[name][1]).splitlines(), strict=True)
            assert all(loose(one) == loose(other) for one, other in lines), name


def test_nothing_latin_is_left_in_the_cyrillic_texts_but_what_is_listed() -> None:
    listed = (LOCALES / "sr" / "latin.txt").read_text(encoding="utf-8").splitlines()
    for name, (file, message) in messages("sr-Cyrl").items():
        if file == "words.ftl" or name.startswith(("letter-name", "booking-language-name", "language-name")):
            continue
        text = words_of(message)
        for item in sorted(listed, key=len, reverse=True):
            text = text.replace(item, " ")
        text = re.sub(r"\{[^{}]*\}?|\[[\w-]+\]|\$\w+|->|page-forget", " ", text)
        assert not re.findall(r"[A-Za-zčćžšđ]+", text), (name, text)


LEFT_OVER = re.compile(r"[a-zčćžšđ]*(?:ije|[bpvmrtdsčćšžz]je|lje[kp]|nje[gmž])[a-zčćžšđ]*", re.IGNORECASE)
SAME_IN_BOTH = {
    "nije", "informacije", "policije", "policija", "svejedno", "odjednom", "dobije", "dobijete", "jednom", "vožnje", "nasilje",
    "njemu", "njega", "njegov", "njegova", "otvorenje", "druženje", "pitanje", "stanje", "čuvanje", "brisanje", "osoblje",
    "zdravlje", "stanovanje", "manje", "njime", "verzije", "istorije", "aplikacije", "kasnije",
}  # fmt: skip


def test_no_bosnian_spelling_is_left_in_serbian() -> None:
    found = set()
    for name, (file, message) in messages("sr").items():
        if file not in ("words.ftl", "welcome.ftl") and not name.startswith("letter-name"):
            text = words_of(message)
            found |= {word.casefold() for word in LEFT_OVER.findall(text)}
    assert found - SAME_IN_BOTH == set()


@pytest.mark.parametrize("language", ["hr", "sr"])
def test_every_pair_of_the_table_is_used(language: str) -> None:
    said = " ".join(
        words_of(message)
        for file, found in variants.bodies(LOCALES, "bs").items()
        for message in found
        if file != "words.ftl"
    ).casefold()
    words = variants.pairs(LOCALES, language)
    assert [word for word in words if not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said)] == []
    change = variants.table(LOCALES, language)
    for word, other in words.items():
        assert change(word) == other
        assert change(word.capitalize()) == other[0].upper() + other[1:]
    assert change("Podsjetnikom gdjegod") == "Podsjetnikom gdjegod"  # whole words only


def test_a_folder_of_a_variant_holds_only_what_differs() -> None:
    for language in ("hr", "sr"):
        for file in ("language.ftl", "handover.ftl", "letter.ftl"):
            own = variants._own(LOCALES, language).get(file, [])
            made = {one.id.name: one for one in variants.bodies(LOCALES, "bs")[file]}
            change = variants.table(LOCALES, language)
            for message in own:
                again = variants._changed(made[message.id.name], change)
                assert words_of(again) != words_of(message), (language, message.id.name)


def test_a_wrong_line_of_a_table_is_an_error(tmp_path: object) -> None:
    from pathlib import Path

    root = Path(str(tmp_path))
    for language in ("bs", "hr"):
        (root / language).mkdir()
    (root / "bs" / "menu.ftl").write_text("menu = Ko je to?\nmenu-two = { $a } i KO je\n", encoding="utf-8")
    for wrong in ("ko tko", "ko =", "ko = tko\nko = tko"):
        (root / "hr" / "variant.txt").write_text(wrong, encoding="utf-8")
        with pytest.raises(ValueError, match=r"variant\.txt"):
            variants.pairs.__wrapped__(root, "hr")
    (root / "hr" / "variant.txt").write_text("# why\nko = tko\n", encoding="utf-8")
    found = variants.bodies(root, "hr")["menu.ftl"]
    assert [serialize_message(one) for one in found] == [
        "menu = Tko je to?\n",
        "menu-two = { $a } i Tko je\n",
    ]


def test_variables_keys_and_functions_are_the_same() -> None:
    texts = make.texts()
    assert texts.text("sr-Cyrl", "booking-slot", {"at": make.MONDAY}).startswith(
        "Изаберите сат. Дан: понедељак, 2. март"
    )
    assert texts.text("sr", "language-name", {"language": "sr-Cyrl"}) == "Српски"
    assert (
        texts.text("hr", "booking-slot", {"at": make.MONDAY}) == "Izaberite sat. Dan: ponedjeljak, 2. ožujka."
    )


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("sr-Cyrl-RS", "sr-Cyrl"), ("sr_Cyrl", "sr-Cyrl"), ("sr-Latn", "sr"), ("sr", "sr"), ("bs-BA", "bs"), ("AR-eg", "ar"),
        ("hr", "hr"), ("de", None), ("", None), (None, None), ("mk", None),
    ],
)  # fmt: skip
def test_the_tag_of_a_platform(tag: str | None, expected: str | None) -> None:
    assert shipped(tag) == expected
    assert all(shipped(one) == one for one in SHIPPED)


def test_a_word_is_answered_in_the_script_it_was_written_in() -> None:
    assert variants.as_written(("bs", "hr", "sr"), "помоћ") == "sr-Cyrl"
    assert variants.as_written(("bs", "hr", "sr"), "pomoć") == "bs"
    assert variants.as_written(("mk", "sr"), "помош") == "mk"


LONG_MAX = 300
LONGER = ("safety-card", "safety-show", "safety-numbers", "safety-person-waiting")


def test_every_member_text_is_short_and_has_western_digits() -> None:
    texts = make.texts()
    args: dict[str, Arg] = {
        **dict.fromkeys(("at", "at1", "at2", "at3", "until", "opens", "closes", "day"), make.MONDAY),
        "site": "SOCIO POINT", "phone": "03 000 00 01", "address": "Gosposka ulica 3, Celje", "name": "Nina", "who": "Nina",
        "place": "Celje", "minutes": 15, "count": 3, "mode": "person", "coming": "no", "news": "on", "when": "any", "mb": 10,
        "code": "AB12", "said": "xyz", "language": "sl", "tongue": "sl", "privacy": "yes", "reminders": "yes", "messages": 3,
        "chats": 1, "hours": "9–15", "desk": "Gosposka ulica 3", "link": "https://tocka.example/x", "topic": "x", "amount": "2",
        "cards": "x", "title": "x", "languages": "x", "text": "x", "number": "42", "first": 2, "second": 5,
        "room": "Soba za pogovore v pritličju levo od vhoda, 2. nadstropje", "steps": "no",
        "size": "45",
    }  # fmt: skip
    for language in SHIPPED:
        for name, (file, _message) in messages(language).items():
            if file in STAFF_ONLY or file in ("words.ftl", "mine.ftl", "page.ftl", "services.ftl"):
                continue
            told = texts.text(language, name, args)
            assert not re.search(r"[٠-٩۰-۹]", told), (language, name)
            assert len(told) <= LONG_MAX or name in LONGER, (language, name, len(told))
            assert "!" not in told or language in ("sl", "sq", "en"), (language, name)


OUTSIDE = re.compile(r"\d[\d :–]*\d|[A-Za-zÀ-ž]{2,}")


def test_numbers_and_latin_words_stand_apart_in_arabic_texts_and_not_in_labels() -> None:
    labels = label_keys()
    for name, (file, message) in messages("ar").items():
        if file in ("words.ftl", "mine.ftl") or name.startswith(
            ("letter-name", "booking-language-name", "language-name")
        ):
            continue
        if name in ("page-title", "page-sos", "welcome-hello-all"):
            continue
        text = re.sub(r"\{[^{}]*\}", "", words_of(message))
        text = re.sub(r"\[\w[\w-]*\]|\$\w+ ->|\{ [A-Z]*", "", text)
        if name in labels:
            assert "\u2068" not in text or file == "safety.ftl", name  # taken off when it is spoken
            continue
        bare = re.sub("\u2068[^\u2069]*\u2069", "", text)
        assert not OUTSIDE.search(bare), (name, bare)
        assert text.count("\u2068") == text.count("\u2069"), name


def label_keys() -> set[str]:
    """Texts that stand on buttons: named in a `Choice`, or made from a prefix there."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (LOCALES.parent / "flows").glob("*.py"))
    named = set(re.findall(r'Choice\([^()]*?"([a-z]+-[a-z0-9-]+)"', code))
    made = tuple(re.findall(r'Choice\([^()]*?f"([a-z-]+-)\{', code))
    made += (
        "booking-topic-",
        "booking-mode-",
        "contact-when-",
        "contact-shared-",
        "page-telegram",
        "safety-hours",
        "engine-sos",
    )
    return {name for name in messages("sl") if name in named or name.startswith(made)}


def test_labels_lose_the_signs_a_variable_brings() -> None:
    from flows.screen import Choice, Say, Screen, Turn
    from flows.speech import Speech, speak

    class Page(Screen):
        name = "x"

        def show(self, turn: Turn) -> Say:  # noqa: ARG002 - the signature of a page
            at = make.MONDAY
            return Say(
                "menu", [Choice("a", "letter-today-label", opens=at, closes=at)], language="ar", nav=False
            )

    class Here:
        texts = make.texts()
        language = "ar"

    [[_, label, _]] = speak(Here(), [Page()], Speech()).choices  # type: ignore[arg-type]  # all that a page of words needs
    assert label == "🏠 10:00 إلى 10:00"


def test_counted_sentences_have_every_plural_form_of_their_language() -> None:
    for language in SHIPPED:
        forms = Locale.parse(babel_locale(language)).plural_form.tags | {"other"}
        for name in ("appointments-list", "booking-too-many"):
            message = messages(language)[name][1]
            assert message.value is not None
            [place] = [part for part in message.value.elements if isinstance(part, ast.Placeable)]
            assert isinstance(place.expression, ast.SelectExpression)
            keys = {one.key.name for one in place.expression.variants if isinstance(one.key, ast.Identifier)}
            assert keys == forms, (language, name)
