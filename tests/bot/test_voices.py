"""A voice from the mediator's page to the phone: offered with its size, sent once on a tap, silent once its text changed."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import CookieJar, FormData
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from bot.channels.telegram import TelegramChannel
from bot.web.day import DayLinks
from flows import speech, voice
from flows.screen import Kind
from storage import audit, members, voices, wordings
from storage.conversations import ConversationRow
from storage.db import Database
from storage.messages import CRISIS, NEVER_RESEND, REPLY, RESEND_ONCE, MessageRow
from storage.sites import Site
from storage.sql import table
from storage.voices import VoiceRef, VoiceRow
from tests.bot.test_files import GOOD
from tests.bot.test_sounds import webm
from tests.helpers import make, provider
from tests.helpers.chat import Chat
from tests.helpers.console import Console, Desk, console, person
from tests.helpers.office import ACCOUNT, Office
from tests.helpers.pages import Visitor

_m, _v, _r = table(MessageRow), table(VoiceRow), table(VoiceRef)
ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what does not touch the database's own behaviour."""
MENU = "/console/texts/sq/keys/menu"
CARD = "/console/texts/sq/keys/safety-card"
MP3 = b"ID3" + bytes(44_997)


@dataclass
class House:
    """A console, a provider, and who works and writes there."""

    running: Console
    office: Office
    db: Database
    clock: make.Clock

    def mediator(self, *languages: str) -> Desk:
        return self.running.signed_in("mediator", languages=languages or ("sq", "sl"))

    def chat(self, sender: str = "1", **how: Any) -> Chat:
        how = {"account": ACCOUNT} | how
        return Chat(self.db, self.clock, self.running.parts.texts, self.running.site, sender=sender, **how)

    async def delivers(self) -> int:
        self.office.pass_time(2)
        return await self.office.deliver()

    async def corrects(self, source: str, key: str = "menu") -> None:
        """A coordinator words the Albanian text anew."""
        version = self.db.read(lambda tx: wordings.current(tx, "sq").get(key))
        desk = self.running.signed_in("coordinator")
        path = f"/console/texts/sq/keys/{key}/correct"
        await desk.post(path, source=source, version=str(version.version if version else 0))
        assert desk.status == 303, desk.words

    def kept(self) -> list[Any]:
        return self.db.read(lambda tx: tx.query(select(_v).order_by(_v.c.id)))


@pytest.fixture
async def house(db: Database, clock: make.Clock, site: Site, tmp_path: Path) -> AsyncIterator[House]:
    async with provider.here(tmp_path / "ledger") as remote, console(db, clock, site) as running:
        channel = TelegramChannel(provider.TOKEN, remote.base)
        admin = db.write(lambda tx: person(tx, site, "admin"))
        db.write(lambda tx: wordings.decide(tx, "sq", admin, make.MONDAY, opened=True, reason="read"))
        running.parts.texts.use(db.read(voices.standing))
        yield House(running, Office(db, remote, channel, clock), db, clock)
        await channel.close()


async def record(desk: Desk, body: bytes = MP3, path: str = MENU, **fields: str) -> Desk:
    """Open the page, and save a recording of what it shows."""
    await desk.get(path)
    told = {"csrf": desk.staff.csrf if desk.staff else "", **fields}
    if "digest" not in told:
        told |= {"digest": desk.hidden("digest"), "after": told.get("after", desk.hidden("after"))}
    told["digest"] = told["digest"] or "0"
    form = FormData(told)
    form.add_field("file", io.BytesIO(body), filename="voice.ogg", content_type="audio/ogg")
    async with desk.client.post(
        f"{path}/voice",
        data=form,
        headers={"Origin": desk.origin, "Accept-Language": "en"},
        allow_redirects=False,
    ) as answer:
        desk.status, desk.body = answer.status, await answer.text()
        desk.headers = dict(answer.headers)
    return desk


def labels(chat: Chat) -> list[str]:
    return [label for _, label, _ in chat.last.choices]


async def test_a_voice_on_telegram_from_the_microphone_to_the_phone(house: House) -> None:
    chat, other = house.chat().starts("sq"), house.chat("2").starts("sl")
    assert "nav.voice" not in [choice for choice, *_ in chat.last.choices]
    desk = await record(house.mediator(), MP3)
    assert desk.status == 303, desk.words
    await desk.follow()
    assert "Members can hear it: 45 kB" in desk.words
    chat.says("menu")
    assert "🔊 45 kB" in labels(chat)
    assert not [label for label in labels(other.says("menu")) if "🔊" in label]
    offer = chat.last

    chat.offline = True
    chat.taps("nav.voice")
    assert await house.delivers() == 1
    (call,) = house.office.remote.calls("sendVoice")
    assert call["params"]["caption"] == house.running.parts.texts.text("sq", "menu")
    assert call["params"]["voice"] == "upload:voice.mp3:45000"
    rows = call["params"]["reply_markup"]["inline_keyboard"]
    assert not [one for row in rows for one in row if "🔊" in one["text"]]
    assert len(rows) == len([one for one in offer.choices if not one[2]]) + 1
    assert await house.delivers() == 0  # once
    chat.taps("nav.voice", on=offer)
    await house.delivers()
    second = house.office.remote.calls("sendVoice")[-1]
    assert second["params"]["voice"] == "Voice-1"  # Telegram has it already
    assert house.office.remote.problems() == []
    sent = house.db.read(lambda tx: tx.query(select(_m).where(_m.c.voice_id.is_not(None))))
    assert [(one.policy, one.lane, one.state) for one in sent] == [(NEVER_RESEND, REPLY, "sent")] * 2

    await house.corrects("Si mund t’ju ndihmojmë?")
    chat.offline = False
    chat.says("menu")
    assert "nav.voice" not in [choice for choice, *_ in chat.last.choices]
    chat.taps("nav.voice", on=offer).sees("voice-gone")
    assert "Si mund t’ju ndihmojmë?" in chat.last.text
    assert house.kept()[0].body is not None
    await desk.get(MENU)
    assert "The text changed since it was recorded" in desk.words
    await desk.get("/console/texts/sq/nouns/menu")
    assert "text changed since the voice" in desk.words
    await desk.get("/console/texts/sq")
    assert "Voices: 0. Text changed since: 1." in desk.words


async def test_a_voice_on_the_chat_page(house: House) -> None:
    await record(house.mediator(), webm(), MENU)
    kept = house.kept()[0]
    assert (kept.content_type, kept.seconds) == ("audio/ogg", 1)  # out of what the browser wrapped it in
    running = house.running
    parts = running.parts
    client = TestClient(running.server, cookie_jar=CookieJar(unsafe=True))
    running.opened.append(client)
    page = Visitor(client, running.server, DayLinks(parts.token), parts)
    await page.get()
    await (await page.taps("Shqip")).taps("✅ Dakord")
    assert "<audio" not in page.body
    await page.taps("🔊 2 kB")
    assert page.body.count("<audio") == 1
    assert 'preload="none" src="/chat/voice/' in page.body
    assert "autoplay" not in page.body
    src = page.body.partition('src="/chat/voice/')[2].partition('"')[0]
    async with client.get(f"/chat/voice/{src}") as answer:
        assert (answer.status, answer.content_type) == (200, "audio/ogg")
        assert await answer.read() == kept.body
    for span, told in (("0-1", kept.body[:2]), ("4-", kept.body[4:])):
        async with client.get(f"/chat/voice/{src}", headers={"Range": f"bytes={span}"}) as answer:
            assert (answer.status, await answer.read()) == (206, told)
    async with client.get(f"/chat/voice/{src}", headers={"Range": "bytes=99999-"}) as answer:
        assert answer.status == 416
    stranger = TestClient(running.server, cookie_jar=CookieJar(unsafe=True))
    running.opened.append(stranger)
    for who, path in ((stranger, src), (client, str(int(src) - 1)), (client, "x"), (client, "9" * 18)):
        async with who.get(f"/chat/voice/{path}") as answer:
            assert answer.status == 404, path
    await house.corrects("Si mund t’ju ndihmojmë?")
    await page.get()
    assert "<audio" not in page.body
    assert "🔊" not in page.body.partition('id="now"')[2]
    async with client.get(f"/chat/voice/{src}") as answer:
        assert answer.status == 404


async def test_one_is_replaced_only_by_who_heard_it_and_removing_takes_its_sound(house: House) -> None:
    one, other = house.mediator(), house.mediator()
    await other.get(MENU)
    seen = {"digest": other.hidden("digest"), "after": other.hidden("after")}
    assert (await record(one)).status == 303
    await record(other, MP3 + b"other", **seen)
    assert (other.status, len(house.kept())) == (422, 1)
    assert "Somebody else changed this voice meanwhile" in other.words
    assert (await record(other, MP3 + b"other")).status == 303
    first, second = house.kept()
    assert (first.body, first.ended_at, second.body) == (None, house.clock.at, MP3 + b"other")
    chat = house.chat().starts("sq")
    house.db.write(lambda tx: voices.remember(tx, second.id, ACCOUNT, "Old"))
    chat.offline = True
    chat.taps("nav.voice")
    for after in (str(first.id), "x", "", "0", "9" * 9):
        assert (await one.post(f"{MENU}/voice/remove", after=after)).status == 422
    await one.post(f"{MENU}/voice/remove", after=str(second.id))
    assert one.status == 303
    assert [row.body for row in house.kept()] == [None, None]
    assert house.db.read(lambda tx: tx.query(select(_r))) == []
    await house.delivers()  # her tap came before: she gets the words
    assert house.office.remote.calls("sendVoice") == []
    assert house.office.texts() == [house.running.parts.texts.text("sq", "menu")]
    acts = [(act.act, act.details) for act in house.db.read(lambda tx: audit.page(tx, 9))][::-1]
    told = {"language": "sq", "text": "menu"}
    assert acts == [
        ("text.voice", told | {"bytes": 45_000}),
        ("text.voice", told | {"bytes": 45_005}),
        ("text.voice_remove", told),
    ]


@ONE
@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "Record something or choose a file first."),
        (MP3 * 13, "too big: at most 500 kB"),
        (GOOD["audio/wav"], "WAV, AMR, FLAC and video are not taken."),
        (webm(head=b""), "damaged"),
        (webm([b"\xfb\x3f"] * 100), "too long: at most 120 seconds"),
    ],
    ids=["nothing", "big", "wav", "broken", "long"],
)
async def test_what_cannot_be_sent_is_refused_in_words(house: House, body: bytes, words: str) -> None:
    desk = await record(house.mediator(), body)
    assert (desk.status, house.kept()) == (422, [])
    assert words in desk.words


@ONE
async def test_only_a_message_without_anything_filled_in_is_recorded_as_it_stands(house: House) -> None:
    desk = house.mediator("sq", "fa")
    for key, why in (
        ("menu-book", "A button is not recorded"),
        ("engine-who", "something else each time"),
    ):
        await desk.get(f"/console/texts/sq/keys/{key}")
        assert why in desk.words
        assert "recorder" not in desk.body
        assert (await record(desk, MP3, f"/console/texts/sq/keys/{key}", digest="0")).status == 422
    await desk.get(MENU)
    seen = desk.hidden("digest")
    assert "microphone=(self)" in desk.headers["Permissions-Policy"]
    assert "media-src 'self' blob:" in desk.headers["Content-Security-Policy"]
    await desk.get("/console/texts/sq")
    assert "microphone=()" in desk.headers["Permissions-Policy"]
    await house.corrects("Si mund t’ju ndihmojmë?")
    await record(desk, MP3, digest=seen, after="0")
    assert desk.status == 422
    assert "The text changed while this page was open" in desk.words
    assert (
        await record(desk, MP3, "/console/texts/fa/keys/safety-card")
    ).status == 303  # heard, though not offered
    assert (await record(house.mediator("en"), MP3)).status == 404
    assert [row.language for row in house.kept()] == ["fa"]


@ONE
async def test_what_telegram_refuses_goes_as_words_and_a_forgotten_name_is_sent_anew(house: House) -> None:
    await record(house.mediator())
    chat = house.chat().starts("sq")
    kept = house.kept()[0].id
    house.db.write(lambda tx: voices.remember(tx, kept, ACCOUNT, "Forgotten"))
    chat.offline = True
    chat.taps("nav.voice")
    await house.office.remote.fault("400", method="sendVoice")
    await house.delivers()
    await house.delivers()
    asked = [call["params"]["voice"] for call in house.office.remote.calls("sendVoice")]
    assert asked == ["Forgotten", "upload:voice.mp3:45000"]
    (ref,) = house.db.read(lambda tx: tx.query(select(_r)))
    assert ref.ref == "Voice-1"
    house.db.write(lambda tx: voices.forget(tx, kept, ACCOUNT, "Voice-1"))
    chat.offline = False
    chat.says("menu")
    chat.offline = True
    chat.taps("nav.voice")
    await house.office.remote.fault("400", method="sendVoice")
    await house.delivers()
    assert await house.delivers() == 1
    assert house.office.texts() == [house.running.parts.texts.text("sq", "menu")]
    assert house.office.states()[-1] == "sent"


@ONE
async def test_the_safety_card_is_heard_in_its_language_and_first(house: House) -> None:
    assert (await record(house.mediator(), MP3, CARD)).status == 303
    chat = house.chat().starts("sq").says("SOS")
    assert "🔊 45 kB" in labels(chat)
    chat.offline = True
    chat.taps("nav.voice")
    await house.delivers()
    (call,) = house.office.remote.calls("sendVoice")
    assert "112" in call["params"]["caption"]
    (row,) = house.db.read(lambda tx: tx.query(select(_m).where(_m.c.voice_id.is_not(None))))
    assert (row.kind, row.lane, row.policy) == ("safety", CRISIS, RESEND_ONCE)


@ONE
async def test_nothing_is_ever_heard_that_she_did_not_ask_for(house: House) -> None:
    """Every text has a voice; she goes about, on a phone that others read too, and only her tap brings sound."""
    texts, db = house.running.parts.texts, house.db
    staff = house.mediator().staff
    assert staff is not None
    for key in ("menu", "hide-weather-text", "clean-done", "contact-shared", "engine-unclear", "stop-done"):
        said = texts.alone("sq", key)
        if said is not None:
            new = voices.New("sq", key, voice.digest(said), "audio/mpeg", None, MP3)
            assert db.write(lambda tx, new=new: voices.put(tx, new, 0, staff.id, make.MONDAY))  # type: ignore[misc]  # bound now
    texts.use(db.read(voices.standing))
    chat = house.chat().starts("sq")
    (row,) = db.read(lambda tx: tx.query(select(table(ConversationRow).c.member_id)))
    db.write(lambda tx: members.set_field(tx, row.member_id, "shared_phone", "often"))
    for words in ("menu", "xyzxyz", "fshih", "menu", "stop", "menu", "SOS"):
        chat.says(words)
        heard = [choice for choice, *_ in chat.last.choices if choice == voice.CHOICE]
        assert not heard or chat.screen not in voice.QUIET
        assert len(chat.last.choices) <= voice.CHOICES_MAX
    chat.says("HIDE").sends(Kind.START)
    assert db.read(lambda tx: tx.query(select(_m.c.id).where(_m.c.voice_id.is_not(None)))) == []


@ONE
async def test_a_full_list_keeps_its_ten(house: House) -> None:
    """Six choices of a page and four of the engine are what a list takes: there 🔊 stands in the place of the menu."""
    known = wordings.Voice(7, "sl", "menu", "d", 45_000)
    turn = SimpleNamespace(texts=house.running.parts.texts)
    nav = ["back", "menu", "person", "sos"]
    for own, wanted in ((5, nav), (6, ["back", "person", "sos"]), (7, nav)):
        choices = [[str(number), "x", False] for number in range(own)]
        shown, left = speech._with_voice(turn, "sl", known, choices, nav)  # type: ignore[arg-type]  # it asks for texts alone
        assert left == wanted
        assert [choice for choice, *_ in shown][own:] == ([voice.CHOICE] if own < 7 else [])


def test_both_scripts_of_a_language_share_a_voice() -> None:
    texts = make.own_texts()
    said = texts.alone("sr", "menu")
    assert said is not None
    known = wordings.Voice(7, "sr", "menu", voice.digest(said), 900)
    texts.use(wordings.Standing(1, {}, frozenset(), voices=(known,)))
    assert texts.voice("sr-Cyrl", "menu") == known
    assert texts.voice("bs", "menu") is None
    assert voice.kilobytes(known.size) == "1"
    texts.use(
        wordings.Standing(2, {("sr", "menu"): "Kako možemo da pomognemo?"}, frozenset(), voices=(known,))
    )
    assert (texts.voice("sr-Cyrl", "menu"), texts.voices) == (None, frozenset())
