"""Telegram: what a delivery becomes, what a message becomes, and what each failure means."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from time import process_time

import aiohttp
import orjson
import pytest

from bot.channels.base import Failure, SendError
from bot.channels.telegram import TelegramChannel, payload
from bot.decode import DEPTH_MAX, SIZE_MAX, Undecodable, decode
from flows.screen import Heard, Incoming, Kind, Media
from storage.messages import RENDER_AGAIN, REPLY, Outgoing
from tests.helpers import provider

SAMPLES = provider.ROOT.parent / "shared" / "samples" / "telegram"
HER = {"id": 4711, "is_bot": False, "first_name": "A", "language_code": "sq"}
PRIVATE = {"id": 4711, "type": "private"}
GROUP = {"id": -100777, "type": "supergroup", "title": "G"}
channel = TelegramChannel(provider.TOKEN)


def message(**content: object) -> dict[str, object]:
    return {"message_id": 5, "date": 1, "from": HER, "chat": PRIVATE, **content}


def update(number: object = 9, /, **what: object) -> bytes:
    return orjson.dumps({"update_id": number, **what})


def one(raw: bytes) -> Incoming:
    (incoming,) = channel.parse(raw)
    return incoming


def outgoing(**changed: object) -> Outgoing:
    fields: dict[str, object] = {
        "id": 31,
        "conversation_id": 1,
        "account": channel.account,
        "external_id": "4711",
        "kind": "answer",
        "text": "Kaj iščete?",
        "choices": (
            ("a", "Tečaj", False),
            ("b", "Delo", False),
            ("back", "Nazaj", True),
            ("menu", "Meni", True),
        ),
        "lane": REPLY,
        "policy": RENDER_AGAIN,
        "attempt": 1,
    }
    return Outgoing(**(fields | changed))  # type: ignore[arg-type]  # the fields stand above


# --- parsing


@pytest.mark.parametrize(
    ("content", "heard"),
    [
        ({"text": "Pozdravljeni"}, Heard(Kind.TEXT, "Pozdravljeni")),
        ({"text": "/stop"}, Heard(Kind.TEXT, "/stop")),
        ({"text": "/start"}, Heard(Kind.START)),
        ({"text": "/start qr_Abc-1"}, Heard(Kind.START, "qr_Abc-1")),
        ({"text": "/start@tocka_bot  x"}, Heard(Kind.START, "x")),
        ({"text": "/started"}, Heard(Kind.TEXT, "/started")),
        ({"text": "a" * 5000}, Heard(Kind.TEXT, "a" * 4096)),
        (
            {"voice": {"file_id": "x", "file_size": 900}},
            Heard(Kind.VOICE, media=Media(ref="x", size=900)),
        ),
        (
            {
                "photo": [
                    {"file_id": "s", "width": 90, "height": 60},
                    {"file_id": "l", "width": 900, "height": 600, "file_size": 70},
                    {"file_id": "m", "width": 300, "height": 200},
                ],
                "caption": "SOS",
                "media_group_id": "7",
            },
            Heard(Kind.PICTURE, "SOS", media=Media(ref="l", size=70, album="7")),
        ),
        (
            {
                "document": {
                    "file_id": "x",
                    "file_name": "../../od\u202elocba\u200b.pdf",
                    "file_size": 11_000_000,
                }
            },
            Heard(Kind.FILE, media=Media(ref="x", size=11_000_000, name="odlocba.pdf", problem="too_big")),
        ),
        ({"voice": {"file_id": "../../getMe?x="}}, Heard(Kind.VOICE)),
        ({"photo": ["x", 3, {"file_id": 17}]}, Heard(Kind.PICTURE)),
        ({"video": {}}, Heard(Kind.FILE)),
        ({"animation": {}, "document": {}}, Heard(Kind.PICTURE)),
        ({"document": {}}, Heard(Kind.FILE)),
        ({"location": {"latitude": 1, "longitude": 2}}, Heard(Kind.LOCATION)),
        ({"contact": {"phone_number": "1"}}, Heard(Kind.CONTACT)),
        ({"sticker": {}}, Heard(Kind.STICKER)),
        ({"dice": {"value": 4}}, Heard(Kind.UNSUPPORTED)),
        ({"a_kind_of_next_year": {}}, Heard(Kind.UNSUPPORTED)),
        ({"text": 17}, Heard(Kind.UNSUPPORTED)),
    ],
)
def test_a_private_message_becomes_what_she_did(content: dict[str, object], heard: Heard) -> None:
    incoming = one(update(message=message(**content)))
    assert incoming.heard == heard
    assert (incoming.account, incoming.external_id, incoming.sender) == (provider.ACCOUNT, "9", "4711")
    assert incoming.language_hint == "sq"


@pytest.mark.parametrize(
    ("data", "heard"),
    [
        ("31.slot-7", Heard(Kind.TAP, message_id=31, choice="slot-7")),
        ("31.a.b", Heard(Kind.TAP, message_id=31, choice="a.b")),
        ("slot-7", Heard(Kind.TAP)),
        ("031.a", Heard(Kind.TAP)),
        ("-1.a", Heard(Kind.TAP)),
        ("9" * 19 + ".a", Heard(Kind.TAP)),
        ("1." + "x" * 41, Heard(Kind.TAP)),
        ("١.a", Heard(Kind.TAP)),
        ("1.a\n", Heard(Kind.TAP)),
        (None, Heard(Kind.TAP)),
    ],
)
def test_a_tap_names_message_and_choice_or_neither(data: str | None, heard: Heard) -> None:
    query = {"id": "77", "from": HER, "message": message(), "data": data}
    raw = update(callback_query=query)
    assert one(raw).heard == heard
    assert channel.taps(raw) == ["77"]
    without_message = update(callback_query={"id": "77", "from": HER, "data": data})
    assert one(without_message).heard == heard


def test_edits_and_blocks_are_known_as_such() -> None:
    assert one(update(edited_message=message(text="x"))).heard == Heard(Kind.EDIT, "x")
    for status, kind in (("kicked", Kind.BLOCKED), ("member", Kind.UNBLOCKED)):
        changed = {"chat": PRIVATE, "from": HER, "date": 1, "new_chat_member": {"status": status}}
        assert one(update(my_chat_member=changed)).heard == Heard(kind)


@pytest.mark.parametrize(
    "what",
    [
        {"message": message(chat=GROUP, text="SOS")},
        {"channel_post": {"chat": {**GROUP, "type": "channel"}, "text": "x"}},
        {"my_chat_member": {"chat": GROUP, "from": HER, "new_chat_member": {"status": "member"}}},
    ],
)
def test_groups_run_nothing_and_are_to_be_left(what: dict[str, object]) -> None:
    raw = update(**what)
    assert channel.parse(raw) == []
    assert channel.strangers(raw) == [-100777]


@pytest.mark.parametrize(
    "what",
    [
        {"my_chat_member": {"chat": GROUP, "from": HER, "new_chat_member": {"status": "kicked"}}},
        {"inline_query": {"id": "1", "from": HER, "query": "x"}},
        {"callback_query": {"id": "1", "from": HER, "message": message(chat=GROUP), "data": "1.a"}},
        {"message": message(**{"from": {**HER, "is_bot": True}}, text="x")},
        {"message": message(**{"from": {"id": "4711"}}, text="x")},
        {"message": message(**{"from": {"id": 2**63}}, text="x")},
        {"message": message(**{"from": {"id": True}}, text="x")},
        {"message": message(pinned_message={})},
        {"message": []},
        {"message": None, "callback_query": "x", "my_chat_member": 4},
        {"poll": {}},
        {},
    ],
)
def test_what_is_nobodys_word_runs_nothing(what: dict[str, object]) -> None:
    raw = update(**what)
    assert channel.parse(raw) == []
    assert channel.strangers(raw) == []


@pytest.mark.parametrize(
    "odd",
    [
        b'{"update_id":1,"message":{"a":' + b"[" * 3000 + b"]" * 3000 + b"}}",
        b'{"update_id":1,"message":{"chat":{"type":"private"},"from":{"id":' + b"9" * 6000 + b"}}}",
        b'{"update_id":1,"message":{"from":{"id":4711},"chat":{"type":"private"},"text":"\\ud800\\u0000\xff"}}',
        b'{"update_id":1e999,"message":{"date":NaN}}',
        b'{"update_id":"1","message":{}}',
        b"null,17,[],true",
    ],
    ids=["deep", "huge number", "surrogate, NUL, not UTF-8", "infinite", "text id", "no objects"],
)
def test_one_odd_update_never_costs_its_neighbours(odd: bytes) -> None:
    good = [update(number, message=message(text=str(number))) for number in (7, 8)]
    raw = b'{"ok":true,"result":[' + good[0] + b"," + odd + b"," + good[1] + b"]}"
    heard = [incoming.heard.text for incoming in channel.parse(raw)]
    assert heard[0] == "7"
    assert heard[-1] == "8"
    assert channel.next_offset(raw) == 9
    for text in heard:
        text.encode("utf-8")
        assert "\x00" not in text


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"update_id":1',
        b'"' + b"\\" * 500_000,
        b"9" * 10_000,
        b"}{][",
        b"null",
    ],
)
def test_garbage_is_nothing(raw: bytes) -> None:
    assert channel.parse(raw) == []
    assert channel.strangers(raw) == []
    assert channel.taps(raw) == []
    assert channel.next_offset(raw) is None


def test_a_single_update_has_a_size_a_batch_may_exceed() -> None:
    wide = message(text="x", padding="y" * SIZE_MAX)
    assert channel.parse(update(message=wide)) == []
    batch = orjson.dumps({"ok": True, "result": [{"update_id": 1, "message": wide}]})
    assert len(channel.parse(batch)) == 1


def test_the_decoder_bounds_depth_and_size() -> None:
    deepest = b"[" * DEPTH_MAX + b"]" * DEPTH_MAX
    assert b"null" not in orjson.dumps(decode(deepest))
    assert decode(b"[" + deepest + b',"]"]') == [decode(b"[" * 63 + b"null" + b"]" * 63), "]"]
    with pytest.raises(Undecodable):
        decode(b" " * (SIZE_MAX + 1))


def test_an_unclosed_string_takes_no_longer_than_a_closed_one() -> None:
    deep = b"[" * (DEPTH_MAX + 1) + b'"' + b'\\"' * 30_000
    began = process_time()
    with pytest.raises(Undecodable):
        decode(deep)
    assert process_time() - began < 2  # passed over once; again from every quote in it, it is many seconds


@pytest.mark.skipif(not SAMPLES.exists(), reason="not run: no collected samples beside the project")
def test_collected_updates_all_pass() -> None:
    files = sorted(SAMPLES.glob("*.json"))
    assert files
    for path in files:
        raw = path.read_bytes()
        for incoming in channel.parse(raw):
            assert incoming.sender.isdecimal()
            assert incoming.heard.kind in Kind
        assert channel.parse(b"[" + raw + b"]") == channel.parse(raw)


# --- rendering


def test_choices_stand_one_a_row_with_their_number_and_nav_together() -> None:
    rows = payload(outgoing())["reply_markup"]
    assert rows == {
        "inline_keyboard": [
            [{"text": "1  Tečaj", "callback_data": "31.a"}],
            [{"text": "2  Delo", "callback_data": "31.b"}],
            [{"text": "Nazaj", "callback_data": "31.back"}, {"text": "Meni", "callback_data": "31.menu"}],
        ]
    }


def test_a_message_is_plain_text_without_previews_and_within_the_limit() -> None:
    params = payload(outgoing(choices=(), text="😀" * 4096))
    assert params == {
        "chat_id": 4711,
        "text": "😀" * 2048,
        "link_preview_options": {"is_disabled": True},
    }


@pytest.mark.parametrize("changed", [{"external_id": "x"}, {"choices": (("c" * 70, "A", False),)}])
def test_what_cannot_be_sent_is_refused_before_the_network(changed: dict[str, object]) -> None:
    with pytest.raises(SendError) as caught:
        payload(outgoing(**changed))
    assert caught.value.kind is Failure.REFUSED


# --- sending


@pytest.fixture
async def remote(tmp_path: Path) -> AsyncIterator[provider.Remote]:
    async with provider.here(tmp_path / "ledger") as running:
        yield running


@pytest.fixture
async def client(remote: provider.Remote) -> AsyncIterator[TelegramChannel]:
    made = TelegramChannel(provider.TOKEN, remote.base)
    yield made
    await made.close()


async def test_a_sent_message_is_a_valid_call(client: TelegramChannel, remote: provider.Remote) -> None:
    assert await client.send(outgoing()) == "1"
    assert await client.acknowledge("77")
    assert await client.typing("4711")
    assert await client.leave(-100777)
    await client.set_webhook("https://example.org/telegram/webhook", "s" * 32)
    await client.delete_webhook()
    assert (await client.get_me())["username"] == "tocka_test_bot"
    assert remote.problems() == []
    (params,) = remote.accepted()
    assert params["text"] == "Kaj iščete?"
    assert params["chat_id"] == "4711"


@pytest.mark.parametrize(
    ("fault", "kind", "accepted"),
    [
        ("429", Failure.THROTTLED, 0),
        ("400", Failure.REFUSED, 0),
        ("gone", Failure.UNREACHABLE, 0),
        ("403", Failure.UNREACHABLE, 0),
        ("401", Failure.OUR_FAULT, 0),
        ("404", Failure.OUR_FAULT, 0),
        ("409", Failure.OUR_FAULT, 0),
        ("500", Failure.UNKNOWN, 0),
        ("502", Failure.UNKNOWN, 0),
        ("close_before", Failure.UNKNOWN, 0),
        ("close_after", Failure.UNKNOWN, 1),
        ("bad_json", Failure.UNKNOWN, 1),
        ("no_result", Failure.UNKNOWN, 1),
        ("ok_false", Failure.UNKNOWN, 1),
        ("slow", Failure.UNKNOWN, 1),
    ],
)
async def test_every_failure_has_its_kind_and_is_tried_once(
    client: TelegramChannel,
    remote: provider.Remote,
    fault: str,
    kind: Failure,
    accepted: int,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.channels.telegram_api.CONNECT_S", 0.2)
    monkeypatch.setattr("bot.channels.telegram_api.READ_S", 0.2)
    caplog.set_level(logging.INFO)
    await remote.fault(fault, retry_after=17)
    with pytest.raises(SendError) as caught:
        await client.send(outgoing())
    assert caught.value.kind is kind
    assert caught.value.retry_after == (17 if kind is Failure.THROTTLED else 0)
    assert len(remote.calls()) == 1
    assert len(remote.accepted()) == accepted
    secret = provider.TOKEN.partition(":")[2]
    assert caught.value.__cause__ is None
    assert secret not in f"{caught.value!r} {caplog.text}"


async def test_no_connection_means_not_sent() -> None:
    client = TelegramChannel(provider.TOKEN, f"http://127.0.0.1:{provider.free_port()}")
    with pytest.raises(SendError) as caught:
        await client.send(outgoing())
    assert caught.value.kind is Failure.NOT_SENT
    assert not await client.acknowledge("77")
    await client.close()


async def test_a_name_that_does_not_resolve_means_not_sent() -> None:
    client = TelegramChannel(provider.TOKEN, "http://nowhere.invalid")
    with pytest.raises(SendError) as caught:
        await client.send(outgoing())
    assert caught.value.kind is Failure.NOT_SENT
    await client.close()


async def test_a_connection_the_server_closed_is_opened_anew(
    client: TelegramChannel, remote: provider.Remote
) -> None:
    await client.send(outgoing())
    await remote.fault("close_after")
    with pytest.raises(SendError):
        await client.send(outgoing())
    assert await client.send(outgoing()) == "2"


async def test_updates_are_polled_raw_and_confirmed(client: TelegramChannel, remote: provider.Remote) -> None:
    assert channel.next_offset(await client.get_updates(None, 0)) is None
    await remote.push({"update_id": 50, "message": message(text="ena")})
    await remote.push({"update_id": 51, "message": "broken"})
    raw = await client.get_updates(None, 0)
    assert [incoming.heard.text for incoming in client.parse(raw)] == ["ena"]
    assert client.next_offset(raw) == 52
    assert client.parse(await client.get_updates(52, 0)) == []
    await remote.fault("409", method="getUpdates")
    with pytest.raises(SendError) as caught:
        await client.get_updates(52, 0)
    assert caught.value.kind is Failure.OUR_FAULT


async def test_the_helpers_session_is_closed(remote: provider.Remote) -> None:
    client = TelegramChannel(provider.TOKEN, remote.base)
    await client.get_me()
    await client.close()
    await client.close()
    async with aiohttp.ClientSession() as session, session.get(remote.base + "/_ledger") as answer:
        assert answer.status == 200
