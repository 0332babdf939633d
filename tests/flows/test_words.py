"""Commands, yes and no, and numbers, as people type them; and the safety texts every language must have."""

import re
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows import folding
from flows.texts import RTL
from flows.words import Command, command, fold, languages, loose, number, yes_no

LOCALES = Path(__file__).parents[2] / "locales"
LANGUAGES = ("sl", "sq", "en", "bs", "hr", "sr", "mk", "es", "fr", "ar", "fa", "prs", "ps", "ur")
ANY_TEXT = st.text(alphabet=st.characters(), max_size=200)


def heard(text: str) -> Command | None:
    found = command(text)
    return found.command if found else None


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Pomoččč!!", "pomoc"),
        ("Šola  Žiri", "sola ziri"),
        ("ĐURĐA", "djurdja"),
        ("Њежна ћерка", "njezna cerka"),
        ("ќе", "kje"),
        ("shtëpi", "shtepi"),
        ("mañana", "manana"),
        ("m'rreh", "mrreh"),
        ("مُسَاعَدَة", "مساعده"),
        ("کمکـی", "كمكي"),
        ("۳ ٤", "3 4"),
        ("أسأل", "اسال"),
        ("me\u200bnu", "menu"),
        ("\u202esos\u202c", "sos"),
        ("1000", "1000"),
        ("pomoč, prosim", "pomoc prosim"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_albanian_spellings_meet() -> None:
    assert loose("shpëtoni") == loose("špetoni")
    assert loose("gjuha") == loose("guha")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(Command))
def test_every_word_of_every_language_is_heard(language: str, name: Command) -> None:
    words = folding.phrases(language, f"words-{name}")
    assert words
    for word in words:
        found = command(word)
        assert found, word
        assert found.command is name or list(Command).index(found.command) < list(Command).index(name), word


@pytest.mark.parametrize(
    "text",
    [
        "sos",
        "SOS!!!",
        "🆘",
        "СОС",
        "/sos",
        "/sos@tocka_bot",
        "pomoč",
        "POMOČ PROSIM",
        "pomoccc",
        "pomočč",
        "please help me",
        "help help help",
        "ndihm",
        "ju lutem ndihmë",
        "помош",
        "u pomoć",
        "ayuda por favor",
        "au secours",
        "مساعدة",
        "کمک",
        "مرسته",
        "مدد",
        "sos pomoč",
        "🆘 pridite",
    ],
)
def test_sos(text: str) -> None:
    assert heard(text) is Command.SOS


@pytest.mark.parametrize(
    "text",
    [
        "I need help with a form",
        "pomoč pri vlogi",
        "osebna",
        "nadaj",
        "nekaj",
        "ponoči",
        "ponoć",
        "pagar",
        "otras",
        "personal",
        "stara",
        "soba",
        "",
        "   ",
        "...",
        "🙂",
        "/unknown",
        "da",
        "2",
        "rada bi se naročila",
        "x" * 10_000,
    ],
)
def test_not_a_command(text: str) -> None:
    assert command(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("/start", Command.START),
        ("/start celje-qr-7", Command.START),
        ("/stop", Command.STOP),
        ("/menu", Command.MENU),
        ("nehajj", Command.STOP),
        ("nazja", Command.BACK),
        ("nazaaaj", Command.BACK),
        ("clovek", Command.PERSON),
        ("gjuha", Command.LANGUAGE),
        ("kdo je to?", Command.WHO),
        ("kush është", Command.WHO),
        ("who is this", Command.WHO),
        ("стоп", Command.STOP),
        ("زبان", Command.LANGUAGE),
    ],
)
def test_commands(text: str, name: Command) -> None:
    assert heard(text) is name


def test_the_language_written_comes_first() -> None:
    assert command("pomoč").languages[0] == "sl"  # type: ignore[union-attr]  # None would fail just as well
    assert command("pomoć").languages[0] == "bs"  # type: ignore[union-attr]
    assert command("помош").languages == ("mk",)  # type: ignore[union-attr]


def test_sos_wins_over_stop_and_stop_over_the_rest() -> None:
    order = list(Command)
    assert order[:2] == [Command.SOS, Command.STOP]


def test_no_ordinary_word_gives_a_command() -> None:
    tagged = [(tag, name) for tag in LANGUAGES for name in Command]
    exact = {loose(item) for tag, name in tagged for item in folding.phrases(tag, f"words-{name}")}
    for language in LANGUAGES:
        for key in ("words-ordinary", "words-yes", "words-no"):
            for word in folding.phrases(language, key):
                assert command(word) is None or loose(word) in exact, (language, word)


def test_yes_and_no_are_bound_to_the_language() -> None:
    assert yes_no("po", "sq") is True
    assert yes_no("po", "sl") is None
    assert yes_no("ne", "sl") is False
    assert yes_no("ne", "sq") is None
    assert yes_no("Da, prosim!", "sl") is True
    assert yes_no("نعم", "ar") is True
    assert yes_no("نه", "fa") is False
    assert yes_no("👍", "xx") is True
    assert yes_no("👍👎", "sl") is None
    assert yes_no("da", "xx") is None
    assert yes_no("da bi vedela več", "sl") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_says_both_yes_and_no(language: str) -> None:
    sides = [{loose(item) for item in folding.phrases(language, key)} for key in ("words-yes", "words-no")]
    assert sides[0]
    assert sides[1]
    assert not sides[0] & sides[1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2),
        ("2.", 2),
        ("(2)", 2),
        ("2️⃣", 2),
        ("🔟", 10),
        ("②", 2),
        ("٧", 7),
        ("۳", 3),
        ("dve", 2),
        ("TRI", 3),
        ("tre", 3),
        ("ten", 10),
        ("četiri", 4),
        ("пет", 5),
        ("سه", 3),
        ("0", None),
        ("11", None),
        ("2 3", None),
        ("100", None),
        ("dva otroka", None),
        ("", None),
        ("½", None),
    ],
)
def test_number(text: str, value: int | None) -> None:
    assert number(text) == value


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
@example("\ud800\x00")
@example("a" * 100_000)
@example("🙂" * 5_000)
@example("ﷺ" * 100_000)
def test_any_text_is_safe(text: str) -> None:
    folded = fold(text)
    assert len(folded) <= folding.MAX_TYPED_CHARS
    assert fold(folded) == folded
    command(text), number(text), loose(text)
    for language in ("sl", "ar", "xx", "../sl"):
        yes_no(text, language)


CARD_NUMBERS = ("112", "113", "080 11 55", "116 123")
ALL_NUMBERS = ("080 12 00", "116 111", "031 233 211", "112", "113")
LABELS = (
    "person",
    "more",
    "other",
    "write-yes",
    "write-some",
    "write-no",
    "hours-morning",
    "hours-afternoon",
    "hours-any",
    "worry-person",
    "worry-services",
)
TEXTS = (
    "card",
    "show",
    "numbers",
    "person-waiting",
    "write",
    "write-yes-done",
    "write-some-ask",
    "write-some-done",
    "write-no-done",
    "worry",
    "youth",
)
NUMBER = re.compile(r"\d[\d ]*\d")


def safety(language: str) -> dict[str, str]:
    bundle = FluentBundle([language], use_isolating=language in RTL)  # as the program does
    bundle.add_resource(FluentResource((LOCALES / language / "safety.ftl").read_text(encoding="utf-8")))
    found = {}
    for key in (*LABELS, *TEXTS):
        pattern = bundle.get_message(f"safety-{key}").value
        assert pattern is not None
        value, errors = bundle.format_pattern(
            pattern, {"hours": "9-15", "desk": "Trg 1", "phone": "01 234 56 78"}
        )
        assert not errors, (language, key)
        found[key] = str(value)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_safety_texts(language: str) -> None:
    texts = safety(language)
    assert len(texts["card"]) <= 500
    for line_number in CARD_NUMBERS:
        assert line_number in texts["card"], line_number
    for line_number in ALL_NUMBERS:
        assert line_number in texts["numbers"], line_number
    assert "Na pomoč." in texts["show"]
    assert "Moj naslov je" in texts["show"]
    assert "112" in texts["person-waiting"]
    assert "9-15" in texts["person-waiting"]
    assert "SOS" in texts["write-no-done"] or "СОС" in texts["write-no-done"]
    assert "116 111" in texts["youth"]
    for key in LABELS:
        assert len(texts[key].replace("\u2068", "").replace("\u2069", "")) <= 20, (key, texts[key])


@pytest.mark.parametrize("language", ["ar", "fa", "prs", "ps", "ur"])
def test_numbers_are_isolated_where_the_script_runs_right_to_left(language: str) -> None:
    for key, text in safety(language).items():
        for found in NUMBER.finditer(text):
            before = text[: found.start()]
            assert before.count("\u2068") == before.count("\u2069") + 1, (key, found[0])


def test_the_languages_are_those_of_the_folder() -> None:
    assert languages() == LANGUAGES
