"""The pages of the texts: correcting, signing, tables, and which languages members are offered."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator

import pytest
from aiohttp import FormData

from flows import wording
from flows.screen import Kind
from flows.texts import SHIPPED, is_gate
from flows.wording_guard import GATE
from storage import audit, wordings
from storage.db import Database
from storage.sites import Site
from tests.helpers import make
from tests.helpers.chat import Chat
from tests.helpers.console import Console, Desk, console

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KEY = "/console/texts/en/keys/clean-here"
TABLE = "/console/texts/en/csv"


@pytest.fixture
async def running(db: Database, clock: make.Clock, site: Site) -> AsyncIterator[Console]:
    async with console(db, clock, site) as made:
        yield made


def sources(db: Database) -> dict[tuple[str, str], str]:
    return dict(db.read(wordings.standing).sources)


def acts(db: Database) -> list[tuple[str, object]]:
    return [(one.act, one.details) for one in db.read(lambda tx: audit.page(tx, 50))][::-1]


async def correct(desk: Desk, source: str, version: int = 0, key: str = KEY) -> Desk:
    return await desk.post(f"{key}/correct", source=source, version=str(version))


async def test_a_corrected_text_is_what_the_next_turn_says(running: Console, clock: make.Clock) -> None:
    db, texts = running.parts.db, running.parts.texts
    chat = Chat(db, clock, texts, running.site).starts("sl").says("meni")
    desk = running.signed_in("coordinator")
    key = "/console/texts/sl/keys/menu"
    await correct(desk, "Prav.\r\nTiho smo.\r\n", key=key)
    assert desk.status == 303, desk.words
    chat.says("meni")
    assert "Prav.\nTiho smo." in chat.last.text
    await desk.follow()
    assert "our own wording" in desk.words
    assert "Prav. Tiho smo." in desk.words
    await desk.post(f"{key}/shipped", version="1")
    assert desk.status == 303
    assert "Prav." not in chat.says("meni").last.text
    assert sources(db) == {}
    told = {"language": "sl", "text": "menu"}
    assert acts(db) == [("text.correct", told | {"version": 1}), ("text.shipped", told | {"version": 2})]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "the text is empty."),
        ("Good.\n{ $phone", "Line 2: something is not closed"),
        ("Good { $phone }.", "the program does not know: $phone."),
        ("x" * 400, "at most 300 characters as she reads it, here 400."),
        ("a\u202eb", "the character U+202E cannot be seen"),
    ],
)
async def test_a_wrong_text_is_refused_in_words_and_kept_in_the_form(
    running: Console, source: str, words: str
) -> None:
    desk = await correct(running.signed_in("coordinator"), source)
    assert (desk.status, sources(running.parts.db)) == (422, {})
    assert "This text cannot be used yet. Nothing was saved." in desk.words
    assert words in desk.words
    if source.isprintable() and source:
        assert source in desk.body
    assert acts(running.parts.db) == []


async def test_two_who_correct_at_once_do_not_overwrite_each_other(running: Console) -> None:
    one, other = running.signed_in("coordinator"), running.signed_in("admin")
    await correct(one, "First.")
    await correct(other, "Second.")
    assert (one.status, other.status) == (303, 422)
    assert "Somebody changed this text meanwhile" in other.words
    assert "Second." in other.body
    assert sources(running.parts.db) == {("en", "clean-here"): "First."}
    for version in ("", "x", "-1", "9" * 30, "²"):
        await one.post(f"{KEY}/correct", source="Third.", version=version)
        assert one.status == 422
    await correct(one, "First.", 1)
    assert "That is how the text is already." in one.words


async def test_a_signature_holds_until_the_text_changes(running: Console) -> None:
    desk = await running.signed_in("mediator", "coordinator").get(KEY)
    seen = desk.hidden("digest")
    await desk.post(f"{KEY}/sign", digest=seen)
    await desk.follow()
    assert "Signed by: Person" in desk.words
    await correct(desk, "Good.")
    await desk.follow()
    assert "changed since it was signed" in desk.words
    assert "Signed by" not in desk.words
    await desk.post(f"{KEY}/sign", digest=seen)  # a page that was open all the time
    assert desk.status == 422
    await desk.post(f"{KEY}/shipped", version="1")
    await desk.follow()
    assert "Signed by: Person" in desk.words  # it is the text that was signed again
    assert [act for act, _ in acts(running.parts.db)] == ["text.sign", "text.correct", "text.shipped"]


async def test_only_who_reads_a_language_signs_in_it_or_sees_it(running: Console) -> None:
    coordinator = running.signed_in("coordinator", languages=("sl",))
    mediator = running.signed_in("mediator", languages=("sq",))
    await coordinator.get(KEY)
    assert coordinator.status == 200
    assert "the text is right" not in coordinator.words
    await coordinator.post(f"{KEY}/sign", digest=wording.digest(wording.sources("en")["clean-here"]))
    assert coordinator.status == 422
    assert "Signed by" not in coordinator.words
    for path in (KEY, "/console/texts/en", "/console/texts/en/nouns/stop", TABLE):
        assert (await mediator.get(path)).status == 404
    for path in (f"{KEY}/correct", f"{KEY}/sign", f"{KEY}/shipped", TABLE):
        assert (await mediator.post(path, source="Good.", version="0")).status == 404
    await mediator.get("/console/texts")
    assert "Albanian" in mediator.words
    assert "English" not in mediator.words
    await correct(mediator, "Si t’ju ndihmojmë?", key="/console/texts/sq/keys/menu")
    assert mediator.status == 303


@pytest.mark.parametrize("role", ["counsellor", "mediator"])
async def test_who_is_no_coordinator_reads_and_signs_a_crisis_text_and_changes_none(
    running: Console, role: str
) -> None:
    desk, db = running.signed_in(role), running.parts.db
    card = "/console/texts/en/keys/safety-card"
    shipped = wording.sources("en")["safety-card"]
    await correct(running.signed_in("coordinator"), shipped.replace("It is", "This is"), key=card)
    second = await running.signed_in("admin", languages=()).get(card)
    await second.post(f"{card}/second", digest=second.hidden("digest"), version="0")
    before = sources(db)
    assert len(before) == 1
    for key in wording.keys("en"):
        if is_gate(key) and key.endswith(("card", "short", "done")):
            path = f"/console/texts/en/keys/{key}"
            assert f"{path}/correct" not in (await desk.get(path)).body
            assert f"{path}/shipped" not in desk.body
            assert "You can read them, and sign them" in desk.words
            await correct(desk, "Good.", int(key == "safety-card"), key=path)
            assert desk.status == 422
            assert "A coordinator or an administrator corrects" in desk.words
    await desk.post(f"{card}/shipped", version="1")
    assert (desk.status, sources(db)) == (422, before)
    await desk.get(card)
    await desk.post(f"{card}/sign", digest=desk.hidden("digest"))
    await desk.follow()
    assert "Signed by: Person" in desk.words
    await desk.get(TABLE)
    whole = desk.body
    await send(desk, changed(whole, menu="How can we help you?"))
    assert (desk.status, "Changes: 1." in desk.words) == (200, True)  # the others came back as they were
    await send(desk, changed(whole, menu="How can we help you?", stop_done="Good."))
    assert "stop-done: a coordinator or an administrator corrects" in desk.words
    assert desk.hidden("seen") == ""
    await send(desk, changed(whole, safety_card=shipped))  # neither is the shipped one put back by a table
    assert desk.hidden("seen") == ""
    assert sources(db) == before


async def test_a_coordinator_changes_no_number_of_the_crisis_card(running: Console) -> None:
    desk = running.signed_in("coordinator")
    card = wording.sources("en")["safety-card"].replace("080 11 55", "090 11 55")
    await correct(desk, card, key="/console/texts/en/keys/safety-card")
    assert desk.status == 422
    assert "112, 113, 112, 080 11 55, 116 123" in desk.words
    await desk.get(TABLE)
    await send(desk, changed(desk.body, safety_card=card))
    assert "safety-card: the numbers must stay as in the shipped text" in desk.words
    assert sources(running.parts.db) == {}


async def test_a_member_in_danger_reads_the_card_whatever_the_database_holds(
    running: Console, clock: make.Clock
) -> None:
    db, texts = running.parts.db, running.parts.texts
    staff = running.signed_in("admin").staff
    assert staff is not None
    for at, source in enumerate(("Pokličite 999.", 'Pokličite. { "\\u0000" }')):
        db.write(
            lambda tx, at=at, source=source: wordings.put(  # type: ignore[misc]  # bound now
                tx, "sl", [("safety-card", source, at)], staff.id, make.MONDAY
            )
        )
        texts.use(db.read(wordings.standing))
        chat = Chat(db, clock, texts, running.site, sender=str(at)).starts("sl").says("SOS")
        assert make.texts().text("sl", "safety-card") in chat.last.text


@pytest.mark.parametrize(
    "path",
    [
        "/console/texts/xx",
        "/console/texts/en/keys/alert-title",
        "/console/texts/en/keys/no-such",
        "/console/texts/fa/keys/stop-done",
        "/console/texts/en/nouns/alert",
        "/console/texts/fa/nouns/stop",
        "/console/texts/EN",
    ],
)
async def test_what_is_no_text_of_members_is_not_there(running: Console, path: str) -> None:
    desk = running.signed_in("admin", "coordinator")
    assert (await desk.get(path)).status == 404
    if "/keys/" in path:
        assert (await desk.post(f"{path}/correct", source="x", version="0")).status == 404


async def test_every_noun_and_language_is_a_page(running: Console) -> None:
    desk = running.signed_in("admin")
    for tag, noun in [*(("en", noun) for noun in wording.nouns("en")), ("ar", "safety"), ("sq", "mine")]:
        await desk.get(f"/console/texts/{tag}/nouns/{noun}")
        assert desk.status == 200, noun
        assert ('class="phone" lang="ar" dir="rtl"' in desk.body) is (tag == "ar")
    for tag in running.parts.texts.languages:
        assert (await desk.get(f"/console/texts/{tag}")).status == 200


# --- tables ---


async def send(desk: Desk, body: bytes, **fields: str) -> Desk:
    """The form with its file; a browser sends an empty one when none was chosen."""
    form = FormData({"csrf": desk.staff.csrf if desk.staff else ""} | fields)
    form.add_field("file", io.BytesIO(body), filename="texts.csv" if body else "", content_type="text/csv")
    async with desk.client.post(
        TABLE, data=form, headers={"Origin": desk.origin, "Accept-Language": "en"}, allow_redirects=False
    ) as answer:
        desk.status, desk.body = answer.status, await answer.text()
        desk.headers = dict(answer.headers)
    return desk


def changed(body: str, **texts: str) -> bytes:
    """The table with other words in some rows."""
    table = list(csv.reader(io.StringIO(body.removeprefix("\ufeff"), newline="")))
    for row in table:
        row[3] = texts.get(row[0].replace("-", "_"), row[3])
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(table)
    return out.getvalue().encode()


async def test_a_table_goes_out_and_comes_in_after_a_look(running: Console) -> None:
    db, desk = running.parts.db, running.signed_in("coordinator")
    await desk.get(TABLE)
    assert desk.headers["Content-Disposition"] == 'attachment; filename="texts-en.csv"'
    table = changed(desk.body, clean_here="Fine.\nQuiet.", menu="How can we help you?")
    await send(desk, table)
    assert (desk.status, sources(db)) == (200, {})  # a look changes nothing
    assert "Changes: 2." in desk.words
    assert "How can we help you?" in desk.words
    agreed = {"seen": desk.hidden("seen"), "table": desk.hidden("table")}
    for wrong in ({"table": "!"}, {"seen": "0" * 64}):
        await send(desk, b"", **(agreed | wrong))
        assert (desk.status, sources(db)) == (422, {})
    await send(desk, b"", **agreed)
    assert desk.status == 303
    assert sources(db) == {("en", "menu"): "How can we help you?", ("en", "clean-here"): "Fine.\nQuiet."}
    assert running.parts.texts.text("en", "menu") == "How can we help you?"
    assert acts(db) == [("text.import", {"language": "en", "texts": 2})]
    await send(desk, b"", **agreed)  # sent twice: nothing is left to change, and that is not what she saw
    assert desk.status in (303, 422)
    assert acts(db) == [("text.import", {"language": "en", "texts": 2})]


async def test_one_wrong_row_keeps_the_whole_table_out(running: Console) -> None:
    desk = running.signed_in("coordinator")
    good = b"key,text\nmenu,How can we help you?\n"
    await send(desk, good)
    await send(desk, good + b"stop-ok,Too long for any button\n", seen=desk.hidden("seen"))
    assert (desk.status, sources(running.parts.db)) == (
        422,
        {},
    )  # agreeing to the good rows saves none of them
    await desk.get(TABLE)
    await send(desk, changed(desk.body, menu="How can we help you?", stop_ok="Too long for any button"))
    assert (desk.status, sources(running.parts.db)) == (422, {})
    assert "stop-ok: this is a button: at most 20 characters, here 23." in desk.words
    assert "Nothing was saved" in desk.words
    assert desk.hidden("seen") == ""


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "Choose the table first."),
        ("key,text\nmenu,Kaj želite".encode("cp1250"), "Line 2 is not UTF-8."),
        (b"a,b\n", "The first line must name the columns"),
        (b"PK\x03\x04\x00\x00", "The first line must name the columns"),
    ],
)
async def test_a_file_that_is_no_table_is_refused_in_words(running: Console, body: bytes, words: str) -> None:
    desk = await send(running.signed_in("coordinator"), body)
    assert desk.status == 422
    assert words in desk.words


async def test_a_huge_file_and_a_broken_form_are_refused(running: Console) -> None:
    desk = running.signed_in("coordinator")
    assert (await send(desk, b"x" * (4 * 2**20))).status == 422
    assert "This file is too big." in desk.words
    async with desk.client.post(
        TABLE,
        data=b"--x\r\nnonsense",
        headers={"Origin": desk.origin, "Content-Type": "multipart/form-data; boundary=x"},
    ) as answer:
        assert answer.status in (400, 404)
    assert sources(running.parts.db) == {}


# --- which languages are open ---


async def test_an_admin_opens_and_closes_a_language_by_name(running: Console, clock: make.Clock) -> None:
    db, texts = running.parts.db, running.parts.texts
    desk = running.signed_in("admin")
    await desk.get("/console/texts/sq")
    assert "Draft" in desk.words
    await desk.post("/console/texts/sq/open", open="1", reason=" ")
    assert (desk.status, db.read(wordings.version)) == (422, 0)
    await desk.post("/console/texts/sq/open", open="1", reason="Vlora has read them all.")
    await desk.follow()
    assert "Open to members" in desk.words
    assert "Vlora has read them all." in desk.words
    assert "Draft" in desk.words  # opened, and still unsigned: staff see both
    assert set(texts.offered) == {"sl", "sq"}
    chat = Chat(db, clock, texts, running.site).sends(Kind.START)
    assert [choice[0] for choice in chat.last.choices] == ["sl", "sq"]
    await desk.post("/console/texts/sq/open", open="0", reason="A mistake in a crisis text.")
    assert set(running.parts.texts.offered) == {"sl"}
    assert acts(db) == [("language.open", {"language": "sq"}), ("language.close", {"language": "sq"})]


async def test_what_cannot_be_opened_or_closed(running: Console) -> None:
    desk, coordinator = running.signed_in("admin"), running.signed_in("coordinator")
    await coordinator.post("/console/texts/sq/open", open="1", reason="why not")
    assert coordinator.status == 404
    await desk.post("/console/texts/sl/open", open="0", reason="why not")
    assert "This language is always open" in desk.words
    await desk.post("/console/texts/fa/open", open="1", reason="why not")
    assert "does not have every text yet" in desk.words
    assert running.parts.db.read(wordings.standing).opened == frozenset()


async def test_no_draft_once_crisis_consent_and_stop_are_signed(running: Console) -> None:
    db = running.parts.db
    desk = running.signed_in("mediator")
    assert desk.staff is not None
    staff_id = desk.staff.id
    every = wording.lines("en", {}, ())
    for line in every:
        if line.noun in GATE.values() and line.key != "stop-done":
            db.write(
                lambda tx, one=line: wordings.sign(tx, "en", one.key, one.digest, staff_id, make.MONDAY)  # type: ignore[misc]  # bound now
            )
    await desk.get("/console/texts/en")
    assert "Stop : 1 text not signed" in desk.words
    done = "/console/texts/en/keys/stop-done"
    await desk.get(done)
    await desk.post(f"{done}/sign", digest=desk.hidden("digest"))
    await desk.get("/console/texts/en")
    assert "Draft" not in desk.words
    assert set(SHIPPED) >= {"en"}
