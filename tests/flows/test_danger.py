"""Danger phrases: the published rates per language on the blind sentences, and the rules of the pattern grammar."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows import folding
from flows.danger import danger, reasons

SENTENCES = Path(__file__).parent / "sentences"
DOCS = Path(__file__).parents[2] / "docs" / "safety.md"
LANGUAGES = ("sl", "sq", "en", "bs", "hr", "sr", "mk", "es", "fr", "ar", "fa", "prs", "ps", "ur")
RECALL_MIN = 0.9
FALSE_ALARMS_MAX = 0.1
SENTENCES_MIN = 40
# The sets of sentences: their folder, and where docs/safety.md begins to tell of them.
SETS = {
    "first": (SENTENCES, "## How often the lists are right"),
    "second": (SENTENCES / "second", "### Second blind set"),
}
EVERY = pytest.mark.parametrize(("name", "language"), [(name, tag) for name in SETS for tag in LANGUAGES])
KEPT_ASIDE = (SENTENCES / "third", "### Third blind set, kept aside")
KEPT_ASIDE_RECALL_MIN = 0.8
MICROSECONDS_MAX = 1_000  # ten times what is promised: a shared test machine must not make this red


def sentences(language: str, name: str = "first") -> tuple[list[str], list[str]]:
    """The danger and the safe sentences of one language in one of the sets."""
    found: dict[str, list[str]] = {"danger": [], "safe": []}
    folder = KEPT_ASIDE[0] if name == "third" else SETS[name][0]
    for line in (folder / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            label, _, sentence = line.partition("\t")
            found[label].append(sentence)
    return found["danger"], found["safe"]


def measured(language: str, name: str) -> tuple[float, float]:
    """Level-1 recall and false alarms of any level."""
    cries, talk = sentences(language, name)
    heard = sum(1 for one in cries if (hit := danger(one)) and hit.level == 1)
    return heard / len(cries), sum(1 for one in talk if danger(one)) / len(talk)


@EVERY
def test_rates(name: str, language: str) -> None:
    cries, talk = sentences(language, name)
    assert min(len(cries), len(talk)) >= SENTENCES_MIN
    recall, alarms = measured(language, name)
    missed = [one for one in cries if not ((hit := danger(one)) and hit.level == 1)]
    assert recall >= RECALL_MIN, missed
    assert alarms <= FALSE_ALARMS_MAX, [(one, reasons(one)) for one in talk if danger(one)]


def test_sentences_nobody_tuned_on_are_published_as_measured() -> None:
    told = DOCS.read_text(encoding="utf-8").split(KEPT_ASIDE[1])[1]
    recalls = []
    for language in LANGUAGES:
        recall, alarms = measured(language, "third")
        cries, talk = sentences(language, "third")
        row = f"| {language} | {len(cries)} + {len(talk)} | {recall:.2f} | {alarms:.2f} |"
        assert row in told.splitlines()
        recalls.append(recall)
    assert sum(recalls) / len(recalls) >= KEPT_ASIDE_RECALL_MIN


@EVERY
def test_the_published_rates_are_the_measured_ones(name: str, language: str) -> None:
    told = DOCS.read_text(encoding="utf-8").split(SETS[name][1])[1]
    row = re.search(rf"^\| {language} \|(.+)\|$", told, re.MULTILINE)
    assert row, f"docs/safety.md has no row for {language} in the {name} set"
    cells = [cell.strip() for cell in row[1].split("|")]
    cries, talk = sentences(language, name)
    recall, alarms = measured(language, name)
    assert cells[0] == f"{len(cries)} + {len(talk)}"
    assert cells[-2:] == [f"{recall:.2f}", f"{alarms:.2f}"]


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_twice(name: str, language: str) -> None:
    cries, talk = sentences(language, name)
    assert len({*cries, *talk}) == len(cries) + len(talk)


@pytest.mark.parametrize(
    "text",
    ["moj mož me tepe", "MOZ ME TEPEEE!!!", "mož me, ko pride domov, tepe", "муж ме туче", "muž me tuče"],
)
def test_spelling_script_and_inserted_words(text: str) -> None:
    hit = danger(text)
    assert hit
    assert hit.level == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("po m'rreh", "sq"),
        ("kom frik", "sq"),
        ("ме тепа", "mk"),
        ("me tepa mazot", "mk"),
        ("يضربني", "ar"),
        ("yedrabni", "ar"),
        ("مرا می‌زند", "fa"),
        ("shoharam mano mizane", "fa"),
        ("mujhe marta hai", "ur"),
        ("مې وهي", "ps"),
    ],
)
def test_the_language_of_the_phrase_is_named(text: str, language: str) -> None:
    hit = danger(text)
    assert hit
    assert language in hit.languages


@pytest.mark.parametrize(
    "text",
    [
        "ta rok me ubija",
        "crkavam od smeha",
        "glava me ubija",
        "this deadline is killing me",
        "",
        "🙂",
        "hvala",
    ],
)
def test_harmless(text: str) -> None:
    assert danger(text) is None, reasons(text)


def test_what_is_harmless_does_not_hide_a_cry() -> None:
    assert danger("ta rok me ubija in moj mož me pretepa") == danger("moj mož me pretepa")


@pytest.mark.parametrize(
    "text",
    [
        "he has my passport and he laughs",  # "have my passport and a copy" is harmless
        "фрли телефонот и ме тепа",  # an Albanian "my phone died" once ate the Macedonian "me"
        "udario me u glavu",  # "hit the news" is harmless
        "میره از پشتم و میگه میکشمت",  # "my back is killing me" is harmless
        "سر پر مارا شوہر نے",  # so is a headache
    ],
)
def test_a_harmless_phrase_is_no_wider_than_it_must_be(text: str) -> None:
    hit = danger(text)
    assert hit
    assert hit.level == 1


@pytest.mark.parametrize(
    "text",
    [
        "termin je prestavljen",  # one letter from prestravljen, frightened
        "prepozno za pošiljanje",  # and from posiljena, raped
        "nuk ka më orë të lira",
        "دو تخم میزنم",
    ],
)
def test_ordinary_words_near_an_alarming_one(text: str) -> None:
    assert danger(text) is None, reasons(text)


def test_fear_alone_is_level_two_and_a_threat_wins() -> None:
    fear, both = danger("strah me je moža"), danger("strah me je, mož me tepe")
    assert fear
    assert fear.level == 2
    assert both
    assert both.level == 1


def test_a_cry_at_the_end_of_a_long_text_is_seen() -> None:
    for length in range(380, 1_300, 37):
        assert danger("a " * (length // 2) + "moj mož me tepe"), length


def test_combining_letters_are_the_same_letter() -> None:
    assert danger("c\u0301e me ubiti muz") == danger("će me ubiti muz")


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet=st.characters(), max_size=300)
    | st.binary(max_size=80).map(lambda raw: raw.decode("utf-8", "surrogateescape"))
)
@example("\ud800" * 50)
@example("\x00")
@example("a" * 100_000)
@example("me tepe " * 12_500)
@example("ﷺ" * 100_000)
@example("🆘" * 1_000)
def test_any_text_is_safe(text: str) -> None:
    found = danger(text)
    assert found is None or (found.level in (1, 2) and set(found.languages) <= set(LANGUAGES))


def test_fast() -> None:
    texts = [text[:60].ljust(60) for text in sentences("sl")[1]]
    for text in texts:
        danger(text)
    best = min(_seconds(texts) for _ in range(5))
    assert best / len(texts) * 1_000_000 < MICROSECONDS_MAX


def _seconds(texts: list[str]) -> float:
    started = time.process_time()
    for text in texts:
        danger(text)
    return time.process_time() - started


def test_every_language_has_every_list() -> None:
    assert set(folding.languages()) == set(LANGUAGES)
    for language in LANGUAGES:
        for key in ("sets", "1", "2", "not"):
            assert folding.phrases(language, f"words-danger-{key}"), (language, key)
