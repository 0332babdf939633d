"""The office's own texts: what may be said, what is a draft, and tables that come back as they went."""

from __future__ import annotations

import csv
import io
import re
from ast import Call, ClassDef, Constant, FunctionDef, IfExp, JoinedStr, List, Name, parse, walk
from pathlib import Path

import pytest
from fluent.syntax import ast

from flows import wording
from flows.patterns import parse as read
from flows.patterns import source_of
from flows.texts import SHIPPED, TextError, resources
from flows.wording import State, lines
from flows.wording_csv import Refused, Row, plain, plan, rows, safe, written
from flows.wording_guard import GATE
from flows.wording_rules import DISCREET, faults, is_short
from storage.wordings import Signature, Standing, Wording
from tests.flows.test_texts import EVERYWHERE, STAFF_ONLY
from tests.helpers import make
from tests.helpers.payloads import PAYLOADS

FLOWS = Path(wording.__file__).parent
LATER = {"change-over", "change-replaced", "reminder-gone"}
"""Nothing is sent about a meeting that is over or replaced: only a tap on an old message shows these."""
ISOLATED = "\u2068ok\u2069"
PLURAL = "{ $count ->\n    [one] { $count } takim.\n   *[other] { $count } takime.\n}"
WEEKDAY = wording.sources("sl")["services-weekday"]
PHONE = "Zapisali smo. Pokličite { $phone }. "
REFUSED = [
    ("sl", "stop-done", "", "empty", None),
    ("sl", "stop-done", " \n ", "empty", None),
    ("sl", "stop-done", "x" * 4001, "source", None),
    ("sl", "stop-done", "V redu.\n\x00", "character", 2),
    ("sl", "stop-done", "a\u202eb", "character", 1),
    ("sl", "stop-done", "a\u200bb", "character", 1),
    ("sl", "stop-done", "a\ue000b", "character", 1),
    ("sl", "stop-done", "a\u2067b", "isolate", 1),
    ("sl", "stop-done", "a\u2069b\u2067", "isolate", 1),
    ("sl", "menu", 'a{ "\\u202E" }b', "character", None),
    ("sl", "menu", 'a{ "\\u0000" }b', "character", None),
    ("sl", "menu", 'a{ "\\U0E0041" }b', "character", None),
    ("sl", "menu", 'a{ "\\u2067" }b', "isolate", None),
    ("sl", "services-weekday", WEEKDAY.replace("tor.", '{ "\\u202E" }'), "character", None),
    ("sl", "safety-youth", "Pokličite 116 112. Če še niste 18.", "numbers", None),
    ("sl", "safety-youth", "Imate manj kot 18 let? Pokličite 116111.", "numbers", None),
    ("sl", "safety-youth", "Imate manj kot 18 let? Pokličite.", "numbers", None),
    ("sl", "safety-youth", "Imate manj kot 18 let? Pokličite 116 111 ali 5.", "numbers", None),
    ("sl", "safety-youth", "Imate manj kot 18 let? Pokličite +116 111.", "numbers", None),
    ("sl", "safety-youth", "Imate manj kot 18 let? Pokličite 116 111¹.", "numbers", None),
    ("sl", "safety-youth", "Imate manj kot 18 let? Pokličite 116 111{ 9 }.", "numbers", None),
    ("sl", "safety-youth", 'Imate manj kot 18 let? Pokličite 116 111{ "9" }.', "numbers", None),
    ("sl", "safety-worry", "To je hudo. Pokličite ١١٢.", "numbers", None),
    ("fa", "safety-worry", "112 113", "numbers", None),
    ("sl", "safety-person-waiting", PHONE + "Odprto: { $hours }. Pokličite 11{ $desk }2.", "numbers", None),
    ("sl", "stop-done", "V redu. 041 234 567", "numbers", None),
    ("sl", "privacy-ok", "✅ Da, 5", "numbers", None),
    ("sl", "menu", "Pišite na t.me/tocka.", "address", None),
    ("sl", "menu", "Pišite na T.ME/tocka.", "address", None),
    ("sl", "menu", 'Pišite na t{ "." }me/tocka.', "address", None),
    ("sl", "menu", "Pišite na t\u2068.\u2069me/tocka.", "address", None),
    ("sl", "menu", "Pišite na ＠tocka.", "address", None),
    ("sl", "menu", "Pišite @tocka.", "address", None),
    ("sl", "menu", "HTTP-stran", "address", None),
    ("sl", "menu", "Pojdite na www.x", "address", None),
    ("sl", "menu", "Pojdite na tg://x", "address", None),
    ("sl", "menu", "Pojdite na tocka.example.", "address", None),
    ("sl", "stop-done", "V redu.\n{ $x", "syntax", 2),
    ("sl", "stop-done", "V redu.\n.note = x", "syntax", 2),
    ("sl", "stop-done", "V redu.\n[x] y", "syntax", 2),
    ("sl", "stop-done", "V redu { $phone }.", "unknown", None),
    ("sl", "safety-write-no-done", "V redu.", "missing", None),
    ("sl", "stop-done", "V redu { stop-keep }.", "reference", None),
    ("sl", "stop-done", "V redu { stop-done }.", "reference", None),
    ("sl", "stop-done", "V redu { -brand }.", "reference", None),
    ("sl", "stop-done", 'V redu { NUMBER(5, style: "percent") }.', "function", None),
    ("sl", "stop-done", "V redu. <b>Da</b>", "markup", None),
    ("sl", "stop-done", 'V redu. { "<b>" }', "markup", None),
    ("sl", "reminder", "Opomnik: { $at }", "date", None),
    ("sl", "link-code", "Dan: { DAY($code) }", "no-date", None),
    ("sq", "booking-too-many", "Keni { $count } takime.", "plural-none", None),
    ("sl", "booking-too-many", PLURAL, "plural-missing", None),
    ("en", "booking-too-many", PLURAL.replace("   *", "    [few] x { $count }\n   *"), "plural-idle", None),
    ("sl", "services-weekday", "{ $day }", "cases", None),
    ("sl", "services-weekday", "{ $day ->\n    [0] pon.\n   *[1] tor.\n}", "cases", None),
    ("sl", "stop-ok", "To je za gumb predolgo.", "label", None),
    ("sl", "stop-ok", "V\nredu", "one-line", None),
    ("sl", "stop-done", "V redu. " * 50, "length", None),
    ("sl", "stop-done", "Tega ne razumem.", "not-understood", None),
    ("sl", "reminder", "Opomnik na neki dan tega meseca: { DAY($at) }\n{ TIME($at) }", "first", None),
    ("en", "reminder-discreet", "Your appointment is soon.", "says", None),
    ("sl", "change-booked", "Termin: { DAY($at) }\n{ TIME($at) }", "says", None),
    ("sl", "change-moved", "Točka: { DAY($at) }\n{ TIME($at) }", "says", None),
    ("sl", "change-cancelled", "Svetovanje: { DAY($at) }\n{ TIME($at) }", "says", None),
    ("sl", "change-cancelled-none", "Termin: { DAY($at) }\n{ TIME($at) }", "says", None),
    ("sl", "reminder", "Termin: { DAY($at) }\n{ TIME($at) }", "says", None),
    ("sq", "missed-noted", "Ju humbni vendin.", "threat", None),
]
FINE = [
    ("sl", "stop-done", "V redu. Ne pišemo prvi."),
    ("sl", "stop-done", f"V redu. {ISOLATED}"),
    ("sl", "stop-done", "Prva vrstica.\n\nDruga."),
    ("sq", "booking-too-many", PLURAL),
    ("sl", "menu", "V redu. 5 ≤ 6"),
    ("sl", "safety-youth", "Še niste 18? Telefon za mlade: 116\u00a0111. Poslušajo vas."),
    ("sl", "safety-youth", 'Še niste { "18" }? Telefon za mlade: { "116 111" }.'),
    ("ar", "safety-hours-morning", "\u20688-12\u2069"),
    ("sl", "clean-page", "Klepet izbrišete tako: izberite »{ page-forget }«."),
    ("sl", "clean-page", "Klepet izbrišete na dnu strani."),
    ("ar", "safety-write", "هل من الآمن أن نكتب إلى هذا الهاتف؟"),
    ("fa", "safety-write", "آیا نوشتن به این گوشی امن می\u200cباشد؟"),
]


@pytest.mark.parametrize(("language", "key", "source", "name", "line"), REFUSED)
def test_refused_with_its_reason_and_place(
    language: str, key: str, source: str, name: str, line: int | None
) -> None:
    found = faults(make.texts(), language, key, source)
    assert (name, line) in [(fault.name, fault.line) for fault in found]
    texts = make.texts()
    for words in ("sl", "en"):
        for fault in found:
            assert texts.text(words, f"wording-problem-{fault.name}", dict(fault.args))


@pytest.mark.parametrize(("language", "key", "source"), FINE)
def test_what_may_be_said(language: str, key: str, source: str) -> None:
    assert faults(make.texts(), language, key, source) == []


@pytest.mark.parametrize("language", make.texts().languages)
def test_every_shipped_text_keeps_the_rules_and_is_read_back_as_it_is(language: str) -> None:
    for noun, resource in resources(language):
        for entry in resource.body:
            if isinstance(entry, ast.Message):
                source = source_of(entry)
                assert source_of(read(entry.id.name, source)) == source
                if noun in wording.nouns(language) and (language in SHIPPED or noun == "safety"):
                    assert faults(make.texts(), language, entry.id.name, source) == [], entry.id.name


def test_the_nouns_of_members_are_those_that_are_not_for_staff_only() -> None:
    everything = {f"{noun}.ftl" for noun, _ in resources("sl")}
    assert {f"{noun}.ftl" for noun in wording.nouns("sl")} == everything - set(STAFF_ONLY)
    assert set(wording.EVERYWHERE) == {Path(one).stem for one in EVERYWHERE} - {"words"}
    assert wording.nouns("fa") == wording.EVERYWHERE


def test_what_stands_on_a_button_is_known_as_a_label() -> None:
    """The limit of a key is found by how long it is; the code says which really are buttons."""
    known = set()
    for path in (Path(wording.__file__).parent).glob("*.py"):
        for node in walk(parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Call) and isinstance(node.func, Name) and node.func.id == "Choice":
                told = node.args[1]
                for one in (told.body, told.orelse) if isinstance(told, IfExp) else (told,):
                    if isinstance(one, Constant):
                        known.add(re.escape(str(one.value)))
                    elif isinstance(one, JoinedStr):
                        parts = (
                            re.escape(str(v.value)) if isinstance(v, Constant) else "[a-z0-9]+"
                            for v in one.values
                        )
                        known.add("".join(parts))
    texts = make.texts()
    buttons = {key for key in wording.keys("sl") if re.fullmatch("|".join(known), key)}
    # A pattern may meet a message too: `safety-card` is no button, though `safety-person` is one.
    messages = {key for key in buttons if not wording.is_label(texts, key)}
    assert {key.split("-")[0] for key in messages} <= {"safety", "missed", "hide", "reminder"}
    assert not [key for key in buttons if is_short(key)]
    assert len(buttons - messages) > 80


def test_every_first_line_of_what_comes_unasked_is_looked_at() -> None:
    """The screens that are sent unasked and the texts they can show are found in the code."""
    trees = {one.stem: parse(one.read_text(encoding="utf-8")) for one in FLOWS.glob("*.py")}
    on_top = {
        (file, getattr(getattr(top, "func", top), "id", ""))
        for file, tree in trees.items()
        for call in walk(tree)
        if isinstance(call, Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) == "send"
        for told in call.keywords
        if told.arg == "screens" and isinstance(told.value, List)
        for top in told.value.elts[-1:]
    }
    known = {("due", "Reminder"), ("due", "GoOn"), ("changes", "Changed"), ("attendance", "screen")}
    assert on_top == known
    classes = {
        node.name: node for tree in trees.values() for node in walk(tree) if isinstance(node, ClassDef)
    }
    sent = [
        classes[name] for name in ("Reminder", "GoOn", "Changed", "Missed", "Hard")
    ]  # `screen` is of the last two
    says = [method for one in sent for method in one.body if isinstance(method, FunctionDef)]
    says += [one for one in trees["reminder"].body if isinstance(one, FunctionDef) and one.name == "discreet"]
    shown = {
        one.value
        for method in says
        if method.name not in ("answer", "chosen")  # what is said to her after she did something
        for one in walk(method)
        if isinstance(one, Constant) and one.value in wording.keys("sl")
    }
    buttons = {key for key in shown if wording.is_label(make.texts(), key)} - DISCREET
    assert shown - buttons - LATER == DISCREET
    assert shown >= LATER


# --- what holds ---


def test_own_wording_wins_while_it_fits() -> None:
    texts = make.own_texts()
    before = texts.text("sl", "stop-done")
    texts.use(Standing(1, {("sl", "stop-done"): "Prav.\nTiho smo."}, frozenset()))
    assert texts.text("sl", "stop-done") == "Prav.\nTiho smo."
    assert texts.text("en", "stop-done") == make.texts().text("en", "stop-done")
    unfit = {
        ("sl", "stop-done"): "Prav { $gone }.",
        ("sl", "stop-ok"): "{ $x",
        ("sl", "reminder"): "{ $at }",
        ("xx", "stop-ok"): "x",
        ("sl", "no-such-key"): "x",
        ("sl", "stop-keep"): "{ stop-keep }",
    }
    texts.use(Standing(2, unfit, frozenset()))
    assert texts.text("sl", "stop-done") == before
    assert texts.text("sl", "stop-ok") == make.texts().text("sl", "stop-ok")
    assert texts.text("sl", "stop-keep") == make.texts().text("sl", "stop-keep")
    with pytest.raises(TextError):
        texts.text("sl", "no-such-key")


UNSAFE = {
    ("sl", "safety-card"): wording.sources("sl")["safety-card"].replace("113", "114"),
    ("sl", "safety-youth"): 'Imate manj kot 18 let? Pokličite 116 111.{ "\\u0000" }',
    ("fa", "safety-worry"): "112 113",
    ("sq", "safety-worry"): wording.sources("sq")["safety-worry"] + ' { "\\u202E" }',
    ("sl", "menu"): "Pišite na t.me/tocka.",
}


def test_what_is_in_the_database_already_cannot_break_a_text() -> None:
    texts = make.own_texts()
    texts.use(Standing(1, UNSAFE, frozenset()))
    for (language, key), source in UNSAFE.items():
        assert texts.text(language, key) == make.texts().text(language, key)
        own = {key: Wording(key, 1, source, "Ana", make.MONDAY)}
        line = next(one for one in lines(language, own, ()) if one.key == key)
        assert (line.origin, line.source) == (wording.Origin.UNFIT, wording.sources(language)[key])


def test_a_crisis_text_that_only_its_writer_stands_for_is_not_said() -> None:
    texts, key = make.own_texts(), "stop-done"
    own = {("sl", key): "Prav.", ("sl", "menu"): "Kaj želite?"}
    texts.use(Standing(1, own, frozenset(), frozenset(own)))
    assert texts.text("sl", key) == make.texts().text("sl", key)
    assert texts.text("sl", "menu") == "Kaj želite?"
    alone = {key: Wording(key, 1, "Prav.", "Ana", make.MONDAY)}
    line = next(one for one in lines("sl", alone, ()) if one.key == key)
    assert (line.origin, line.source) == (wording.Origin.ALONE, wording.sources("sl")[key])


def test_a_text_with_too_many_forms_is_refused_and_not_unfolded() -> None:
    many = "{ $site ->\n    [one] a\n   *[other] b\n}" * 40
    assert [fault.name for fault in faults(make.texts(), "sl", "menu", many)][:1] == ["unsayable"]


def test_what_was_loaded_late_does_not_undo_what_is_newer() -> None:
    texts = make.own_texts()
    texts.use(Standing(2, {("sl", "stop-done"): "Novo."}, frozenset({"sq"})))
    texts.use(Standing(1, {("sl", "stop-done"): "Staro."}, frozenset({"en"})))
    assert (texts.text("sl", "stop-done"), texts.offered) == ("Novo.", ("sl", "sq"))


def test_a_label_inside_another_text_is_the_corrected_one() -> None:
    texts = make.own_texts()
    texts.use(Standing(1, {("sl", "page-forget"): "Zapri vse"}, frozenset()))
    assert "Zapri vse" in texts.text("sl", "clean-page")


def test_a_signature_holds_for_exactly_one_text() -> None:
    def state(own: str | None, *signed: str) -> State:
        wordings = {"stop-done": Wording("stop-done", 1, own, "Ana", make.MONDAY, "Vlora")} if own else {}
        signatures = [Signature("stop-done", wording.digest(one), "Ana", make.MONDAY) for one in signed]
        return next(one.state for one in lines("en", wordings, signatures) if one.key == "stop-done")

    shipped = wording.sources("en")["stop-done"]
    assert state(None) is State.DRAFT
    assert state(None, shipped) is State.SIGNED
    assert state("Good.", shipped) is State.CHANGED
    assert state("Good.", shipped, "Good.") is State.SIGNED
    assert state("Good. ", "Good.") is State.CHANGED


def test_a_language_is_a_draft_until_crisis_consent_and_stop_are_signed() -> None:
    every = lines("en", {}, ())
    gates = [line for line in every if line.noun in GATE.values()]
    assert set(wording.unsigned(every)) == {"crisis", "consent", "stop"}
    signed = [Signature(line.key, line.digest, "Ana", make.MONDAY) for line in gates]
    assert wording.unsigned(lines("en", {}, signed)) == {}
    for missing in (signed[0], signed[-1]):
        left = lines("en", {}, [one for one in signed if one is not missing])
        assert list(wording.unsigned(left).values()) == [1]
    assert set(wording.unsigned(lines("ps", {}, ()))) == {"crisis"}
    assert not wording.can_open("ps", lines("ps", {}, ()))
    assert wording.can_open("sq", lines("sq", {}, ()))


# --- tables ---


def table(*told: tuple[str, str], head: str = "key,text") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([head.split(","), *told])
    return out.getvalue().encode()


@pytest.mark.parametrize("language", [*SHIPPED, "ar"])
def test_a_table_comes_back_as_it_went(language: str) -> None:
    texts, every = make.texts(), lines(language, {}, ())
    out = written(texts, every).encode()
    assert out.startswith(b"\xef\xbb\xbf")
    back = rows(out)
    assert [(row.key, row.text) for row in back] == [(line.key, line.source) for line in every]
    found = plan(texts, language, {line.key: line for line in every}, {}, back)
    assert (found.changes, found.faults, found.same) == ((), (), len(every))


def test_no_formula_acts_and_nothing_is_lost() -> None:
    cells = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "'=1", "''", "'", "＝1", "a=1", "", *PAYLOADS]
    for cell in cells:
        assert plain(safe(cell)) == cell
        assert not safe(cell).startswith(tuple("=+-@\t\r\n＝＋－＠"))
    own = {"stop-done": Wording("stop-done", 1, "=1+1", "Ana", make.MONDAY, "Vlora")}
    for row in csv.reader(io.StringIO(written(make.texts(), lines("en", own, ())).removeprefix("\ufeff"))):
        assert not [cell for cell in row if cell.startswith(tuple("=+-@"))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_a_table_changes(delimiter: str) -> None:
    texts, every = make.texts(), {line.key: line for line in lines("en", {}, ())}
    told = (
        f"text{delimiter}KEY{delimiter}more\r\n"
        f'"Fine.\r\nQuiet."{delimiter}stop-done{delimiter}\r\n'
        f"{delimiter}stop-keep{delimiter}note\r\n\r\n"
        f"{every['stop-kept'].source}{delimiter}stop-kept{delimiter}\r\n"
    )
    found = plan(texts, "en", every, {}, rows(told.encode()))
    assert [(one.key, one.after, one.version) for one in found.changes] == [("stop-done", "Fine.\nQuiet.", 0)]
    assert (found.same, found.faults) == (2, ())


def test_a_shipped_text_in_a_table_is_no_wording_of_our_own() -> None:
    own = {"stop-done": Wording("stop-done", 3, "Fine.", "Ana", make.MONDAY, "Vlora")}
    every = {line.key: line for line in lines("en", own, ())}
    (one,) = plan(
        make.texts(), "en", every, own, [Row(2, "stop-done", wording.sources("en")["stop-done"])]
    ).changes
    assert (one.before, one.source, one.version) == ("Fine.", None, 3)


def test_every_wrong_row_is_named_with_its_line() -> None:
    texts, every = make.texts(), {line.key: line for line in lines("en", {}, ())}
    told = table(
        ("stop-done", "Fine.\nQuiet."),
        ("stop-ok", "Much too long for a button"),
        ("no-such", "x"),
        ("stop-keep", "{ $x }"),
        ("stop-done", "Again"),
    )
    found = plan(texts, "en", every, {}, rows(told))
    assert [(line, key, fault.name) for line, key, fault in found.faults] == [
        (4, "stop-ok", "label"),
        (5, "no-such", "no-key"),
        (6, "stop-keep", "unknown"),
        (7, "stop-done", "twice"),
    ]


@pytest.mark.parametrize(
    ("raw", "name", "line"),
    [
        (b"", "columns", 1),
        (b"\xef\xbb\xbf", "columns", 1),
        (b"key,text", "empty", 0),
        (b"key,words\na,b", "columns", 1),
        (b"key,text,text\na,b,c", "columns", 1),
        (b"key,text\na,b\nc", "width", 3),
        (b'key,text\na,"b', "broken", 2),
        ("key,text\na,b\nč,d".encode("cp1250"), "encoding", 3),
        ("key,text\na,b".encode("utf-16"), "encoding", 1),
        (b"key,text\n" + b"a,b\n" * 5001, "rows", 5002),
        (b"x" * (2 * 2**20 + 1), "big", 0),
        (b"PK\x03\x04\xff\xfe", "encoding", 1),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_such_table(raw: bytes, name: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        rows(raw)
    assert (refused.value.name, refused.value.line) == (name, line)
    for words in ("sl", "en"):
        assert make.texts().text(words, f"wording-csv-{name}", {"line": line})


def test_a_payload_in_a_table_is_refused_or_stays_words() -> None:
    every = {line.key: line for line in lines("en", {}, ())}
    for at, payload in enumerate(PAYLOADS):
        found = plan(make.texts(), "en", every, {}, [Row(2, "stop-done", payload)])
        assert len(found.changes) + bool(found.faults) + found.same == 1, at
        if "<" in payload and not payload.strip().startswith("{"):
            assert found.faults, payload
