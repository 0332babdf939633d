"""Sending a picture, a voice or a file from the chat page, without any script."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData
from sqlalchemy import select

from bot import files
from bot.settings import Settings
from bot.web import limits, upload
from storage.db import Database
from storage.media import MediaRow
from storage.messages import MessageRow
from storage.sites import Site
from storage.sql import table
from tests.bot.test_files import BAD, GOOD, POLYGLOTS
from tests.helpers import make
from tests.helpers.pages import Visitor, another, visiting

ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
JPEG = GOOD["image/jpeg"] + b"x" * 5000
LIMIT = 1024 * 1024
_m, _words = table(MediaRow), table(MessageRow)


@pytest.fixture
async def visitor(db: Database, clock: make.Clock, site: Site, tmp_path: Path) -> AsyncIterator[Visitor]:
    """She has chosen her language and agreed."""
    settings = Settings(media_folder=tmp_path / "media", media_max_mb=1)
    async with visiting(db, clock, site, settings) as made:
        await made.get("/", **{"Accept-Language": "en"})
        await made.taps("English")
        await made.taps("✅ I agree")
        yield made


def rows(visitor: Visitor) -> list[Any]:
    return visitor.parts.db.read(lambda tx: tx.query(select(_m).order_by(_m.c.id)))


def on_disk(visitor: Visitor) -> list[str]:
    folder = visitor.parts.settings.media_path
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


async def sends(
    visitor: Visitor,
    body: bytes = JPEG,
    text: str = "",
    name: str = "slika.jpg",
    content_type: str = "image/jpeg",
    **changed: str,
) -> Visitor:
    """Post the form with a file as a browser without script does."""
    form = FormData(quote_fields=False)
    for field, value in (visitor.form() | {"text": text} | changed).items():
        form.add_field(field, value)
    form.add_field("file", BytesIO(body), filename=name, content_type=content_type)
    return await raw(visitor, form())


async def raw(visitor: Visitor, body: Any, **headers: str) -> Visitor:
    told = {"Origin": visitor.origin} | headers
    return await visitor._keep("POST", "/chat/file", data=body, headers=told)


async def test_a_picture_arrives_and_she_hears_what_happens(visitor: Visitor) -> None:
    await sends(visitor, text="moje pismo", name="../../odločba.jpg", content_type="text/html")
    assert (visitor.status, visitor.headers["Location"]) == (303, "/#now")
    await visitor.get()
    assert "I cannot read letters or pictures. A person can." in visitor.words
    assert "🖼 Picture moje pismo" in visitor.words
    (row,) = rows(visitor)
    assert (row.state, row.kind, row.content_type) == ("stored", "picture", "image/jpeg")
    assert (row.name, row.size, row.chosen_at) == ("odločba.jpg", len(JPEG), None)
    assert on_disk(visitor) == [row.uid]
    assert (visitor.parts.settings.media_path / row.uid).read_bytes() == JPEG
    await visitor.taps("👀 A person looks")
    assert "We give it to a person." in visitor.words
    assert rows(visitor)[0].chosen_at is not None


@pytest.mark.parametrize(
    ("content_type", "kind"), [("audio/ogg", "voice"), ("application/pdf", "file"), ("image/png", "picture")]
)
@ONE
async def test_the_bytes_say_what_it_is(visitor: Visitor, content_type: str, kind: str) -> None:
    await sends(visitor, GOOD[content_type], name="x.html", content_type="text/html")
    assert rows(visitor)[0].kind == kind


@pytest.mark.parametrize("what", sorted(BAD))
@ONE
async def test_other_kinds_are_refused_and_what_she_typed_stays(visitor: Visitor, what: str) -> None:
    await sends(visitor, BAD[what], text='Kaj je "to" <b>?', name="slika.jpg")
    assert visitor.status == 415
    assert "We cannot open this kind of file." in visitor.words
    assert 'value="Kaj je &#34;to&#34; &lt;b&gt;?"' in visitor.body
    assert "What do you need?" in visitor.words  # her chat is there as before
    assert (rows(visitor), on_disk(visitor)) == ([], [])


@ONE
async def test_two_things_at_once_are_stored_as_the_harmless_one(visitor: Visitor) -> None:
    for number, body in enumerate(POLYGLOTS.values()):
        await sends(visitor, body, id=f"p{number}")
        assert visitor.status == 303
        await visitor.get()
    assert {row.content_type for row in rows(visitor)} == {"image/jpeg", "image/png", "application/pdf"}


@pytest.mark.parametrize("size", [LIMIT + 1, 3 * LIMIT])
@ONE
async def test_too_big_is_said_in_words(visitor: Visitor, size: int) -> None:
    await sends(visitor, GOOD["image/png"].ljust(size, b"x"), text="prosim")
    assert visitor.status == 413
    assert "This is too big for us." in visitor.words
    assert 'value="prosim"' in visitor.body
    assert on_disk(visitor) == []


@ONE
async def test_the_limit_itself_is_not_too_big(visitor: Visitor) -> None:
    await sends(visitor, GOOD["image/png"].ljust(LIMIT, b"x"))
    assert (visitor.status, rows(visitor)[0].size) == (303, LIMIT)


@ONE
async def test_far_too_big_is_not_even_read(visitor: Visitor) -> None:
    await sends(visitor, bytes(upload.DRAIN * LIMIT + 1))
    assert visitor.status == 413
    assert "To je za nas preveliko." in visitor.words


@ONE
async def test_no_file_is_told_and_nothing_is_lost(visitor: Visitor) -> None:
    await sends(visitor, b"", text="prosim", name="", content_type="application/octet-stream")
    assert visitor.status == 422
    assert "There is no file." in visitor.words
    assert 'value="prosim"' in visitor.body


async def test_the_same_post_twice_is_one_file(visitor: Visitor) -> None:
    form = visitor.form()
    for _ in range(2):
        await sends(visitor, id=form["id"], seen=form["seen"], csrf=form["csrf"])
        assert visitor.status == 303
    assert len(rows(visitor)) == 1
    assert on_disk(visitor) == [rows(visitor)[0].uid]


@ONE
async def test_a_foreign_post_is_refused_before_anything_is_kept(visitor: Visitor) -> None:
    await sends(visitor, csrf="f" * 32)
    assert visitor.status == 403
    form = FormData()
    form.add_field("file", JPEG, filename="a.jpg")  # the file first, its word after it
    form.add_field("csrf", visitor.hidden("csrf"))
    await raw(visitor, form())
    assert visitor.status == 403
    await visitor.get()
    form = FormData()
    form.add_field("csrf", visitor.hidden("csrf"))
    form.add_field("file", JPEG, filename="a.jpg")
    await raw(visitor, form(), Origin="https://evil.invalid")
    assert visitor.status == 403
    stranger = another(visitor)
    await sends(stranger)
    assert stranger.status == 403
    await stranger.client.close()
    assert (rows(visitor), on_disk(visitor)) == ([], [])


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"csrf=x", "application/x-www-form-urlencoded"),
        (b"", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=b"),
        (b"--b\r\n\r\n", "multipart/form-data; boundary=b"),
        (
            b"--b\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\nabc",
            "multipart/form-data; boundary=b",
        ),
        (
            b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n--b--",
            "multipart/form-data; boundary=b",
        ),
        (b"--b\r\n" + b"X: y\r\n" * 500 + b"\r\nabc\r\n--b--\r\n", "multipart/form-data; boundary=b"),
        (b"\xff" * 500, "multipart/form-data; boundary=" + "b" * 200),
    ],
)
@ONE
async def test_a_broken_form_gets_a_page(visitor: Visitor, body: bytes, kind: str) -> None:
    await raw(visitor, body, **{"Content-Type": kind})
    assert visitor.status in (400, 403, 413)
    assert "112" in visitor.words
    assert (rows(visitor), on_disk(visitor)) == ([], [])


@ONE
async def test_too_many_files_are_told_and_what_she_typed_stays(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.server.app[limits.LIMITS].files.most = 2
    for number in range(3):
        await sends(visitor, JPEG + bytes([number]), text="še ena")
        if number < 2:
            await visitor.get()
    assert visitor.status == 429
    assert "Many files came from here." in visitor.words
    assert 'value="še ena"' in visitor.body
    assert len(on_disk(visitor)) == 2


@ONE
async def test_a_full_disk_and_a_full_house_are_told(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(files, "RESERVE", 2**62)
        await sends(visitor, text="prosim")
    assert (visitor.status, 'value="prosim"' in visitor.body) == (503, True)
    room = visitor.server.app[limits.LIMITS].uploads
    held = [(str(number % 3), str(number)) for number in range(limits.UPLOADS_MAX)]
    assert [room.take(*who) for who in held] == [True] * limits.UPLOADS_MAX
    await sends(visitor)
    assert visitor.status == 503
    for who in held:
        room.give(*who)
    await visitor.get()
    await sends(visitor)
    assert (visitor.status, room.chats.total()) == (303, 0)


def test_nobody_holds_all_the_room() -> None:
    room = limits.Room()
    assert [room.take("a", "one") for _ in range(3)] == [True, True, False]
    assert [room.take("a", str(number)) for number in range(5)] == [True] * 4 + [False]
    assert room.take("b", "another")
    room.give("a", "one")
    assert room.take("a", "one")


@ONE
async def test_a_failing_turn_keeps_no_bytes(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("flows.media.note", broken)
    await sends(visitor)
    assert visitor.status == 303  # kept as a failed turn, and she was told
    assert (rows(visitor), on_disk(visitor)) == ([], [])


@ONE
async def test_words_are_posted_as_ever_with_the_field_beside_them(visitor: Visitor) -> None:
    await visitor.post("/chat", visitor.form() | {"text": "tečaj", "file": "C:\\fakepath\\a.jpg"})
    assert visitor.status == 303
    said = visitor.parts.db.read(
        lambda tx: tx.query(select(_words.c.text).where(~_words.c.outgoing).order_by(_words.c.id.desc()))
    )
    assert said[0].text == "tečaj"


@ONE
async def test_no_form_can_name_a_file_of_ours(visitor: Visitor) -> None:
    """What the server says of a stored file cannot be said from outside."""
    await visitor.post("/chat", visitor.form() | {"text": "x", "file": '{"uid": "a"}', "media": "b"})
    assert (visitor.status, rows(visitor)) == (303, [])
