"""Telegram: updates become `Incoming`s one by one, messages become `sendMessage` with a keyboard under them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot import files
from bot.channels.base import Failure, Limits, SendError
from bot.channels.telegram_api import Api, Params, upload
from bot.decode import SIZE_MAX, Undecodable, Value, decode
from flows.screen import Heard, Incoming, Kind, Media
from flows.voice import CAPTION_MAX
from flows.voice import CHOICE as VOICE
from storage.messages import Outgoing

TEXT_MAX = 4096
"""Of Telegram: UTF-16 units going out, characters coming in."""
CALLBACK_MAX = 64
BATCH_MAX = 16 * SIZE_MAX
"""A hundred polled updates, each with a long message and the one it answers."""
ID_MAX = 2**63 - 1
START = re.compile(r"/start(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
TAP = re.compile(r"([1-9][0-9]{0,17})\.([!-~]{1,40})")
STAFF_TAP, STAFF_START = "alert.", "staff-"
"""What the button of an alert and the /start of a staff member begin with: `bot/channels/telegram_staff.py` reads those."""
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,3}")
Object = dict[str, Value]

CONTENT = (
    ("voice", Kind.VOICE),
    ("audio", Kind.VOICE),
    ("video_note", Kind.VOICE),
    ("photo", Kind.PICTURE),
    ("video", Kind.FILE),
    ("animation", Kind.PICTURE),  # before document, which always comes with it
    ("document", Kind.FILE),
    ("location", Kind.LOCATION),
    ("venue", Kind.LOCATION),
    ("contact", Kind.CONTACT),
    ("sticker", Kind.STICKER),
)
FETCHED = frozenset({"voice", "audio", "video_note", "photo", "video", "animation", "document"})
"""What has bytes a person may want to see."""
FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")
FILE_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_./-]{0,200}")
"""Of a download: relative, without any sign that means something in an address."""
ALBUM_MAX = 64
SERVICE = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "write_access_allowed",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "boost_added",
        "chat_background_set",
        "group_chat_created",
        "supergroup_chat_created",
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "new_chat_photo",
        "delete_chat_photo",
        "refunded_payment",
    }
)
"""What the app writes into a chat by itself: nobody said anything, so nothing is answered."""


class TelegramChannel:
    """One bot account."""

    can_write_first = True

    def __init__(
        self,
        token: str,
        api_base: str = "https://api.telegram.org",
        per_second: int = 30,
        media_max: int = files.MAX_BYTES,
        staff_chat: int | None = None,
    ) -> None:
        self.account = f"telegram:{token.partition(':')[0]}"
        self.limits: Limits | None = Limits(per_second=per_second, chat_gap_s=1.0, text_max=TEXT_MAX)
        self._api = Api(token, api_base)
        self._media_max = media_max
        self._staff_chat = staff_chat

    # --- what comes in

    def parse(self, raw: bytes) -> list[Incoming]:
        found = (self._incoming(update) for update in _updates(raw))
        return [incoming for incoming in found if incoming is not None]

    def strangers(self, raw: bytes) -> list[int]:
        """Groups and channels the delivery came from, to be left; the staff group is none of them."""
        chats = (_stranger(update) for update in _updates(raw))
        return list(dict.fromkeys(chat for chat in chats if chat is not None and chat != self._staff_chat))

    def taps(self, raw: bytes) -> list[str]:
        """The callback queries of the delivery, to be acknowledged so that her button stops spinning."""
        queries = (_object(update, "callback_query").get("id") for update in _updates(raw))
        return [query for query in queries if isinstance(query, str)]

    def next_offset(self, raw: bytes) -> int | None:
        """What confirms every update of a polled batch, broken ones too; None for an empty batch."""
        ids = [id_ for update in _updates(raw) if (id_ := _id(update.get("update_id"))) is not None]
        return max(ids) + 1 if ids else None

    def _incoming(self, update: Object) -> Incoming | None:
        external_id = _id(update.get("update_id"))
        person, heard = _what(update)
        sender = _id(person.get("id"))
        if external_id is None or sender is None or heard is None or person.get("is_bot") is True:
            return None
        if heard.media is not None and (heard.media.size or 0) > self._media_max:
            heard = replace(heard, media=replace(heard.media, problem="too_big"))
        hint = person.get("language_code")
        return Incoming(
            account=self.account,
            external_id=str(external_id),
            sender=str(sender),
            heard=heard,
            language_hint=hint if isinstance(hint, str) and LANGUAGE.fullmatch(hint) else None,
        )

    # --- what goes out

    async def send(self, message: Outgoing) -> str:
        result = await self._api.call("sendMessage", payload(message))
        number = _id(result.get("message_id")) if isinstance(result, dict) else None
        if number is None:
            raise SendError(Failure.UNKNOWN, "bad_answer")
        return str(number)

    async def speak(self, message: Outgoing) -> tuple[str, str | None]:
        """Her page once more, with its voice. The words stand under it, the buttons too."""
        assert message.sound is not None
        result = await self._api.call("sendVoice", spoken(message))
        told = result if isinstance(result, dict) else {}
        number, ref = _id(told.get("message_id")), _object(told, "voice").get("file_id")
        if number is None:
            raise SendError(Failure.UNKNOWN, "bad_answer")
        return str(number), ref if isinstance(ref, str) and FILE_ID.fullmatch(ref) else None

    async def fetch(self, ref: str, limit: int) -> bytes:
        """The bytes of what she sent, as `Media.ref` names it. Raises `SendError`, `files.Refused` when it is too big."""
        found = await self._api.call("getFile", {"file_id": ref})
        told = found if isinstance(found, dict) else {}
        size, path = told.get("file_size"), told.get("file_path")
        if isinstance(size, int) and size > limit:
            raise files.Refused("too_big")
        if not isinstance(path, str) or not FILE_PATH.fullmatch(path) or ".." in path:
            raise SendError(Failure.REFUSED, "bad_path")
        return await self._api.download(path, limit)

    async def tell(self, chat: str, text: str, button: tuple[str, str] | None = None) -> str:
        """A message to a staff member's own chat, perhaps with one button (label, data). Raises `SendError`."""
        params: dict[str, object] = {
            "chat_id": int(chat),
            "text": text,
            "link_preview_options": {"is_disabled": True},
        }
        if button is not None:
            params["reply_markup"] = {"inline_keyboard": [[{"text": button[0], "callback_data": button[1]}]]}
        result = await self._api.call("sendMessage", params)
        number = _id(result.get("message_id")) if isinstance(result, dict) else None
        if number is None:
            raise SendError(Failure.UNKNOWN, "bad_answer")
        return str(number)

    async def acknowledge(self, callback_query_id: str) -> bool:
        """Stop the spinner on her button; whether it worked. Best effort, like the next two."""
        return await self._try("answerCallbackQuery", callback_query_id=callback_query_id)

    async def typing(self, chat: str) -> bool:
        """Show that an answer comes."""
        return await self._try("sendChatAction", chat_id=int(chat), action="typing")

    async def leave(self, chat: int) -> bool:
        """Leave a group or channel."""
        return await self._try("leaveChat", chat_id=chat)

    async def call(self, method: str, params: Params) -> object:
        """Any other call: the staff group's. Raises `SendError`."""
        return await self._api.call(method, params)

    async def _try(self, method: str, **params: object) -> bool:
        try:
            await self._api.call(method, params)
        except SendError:
            return False
        return True

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to `url` with `secret` in their header. Raises `SendError`."""
        await self._api.call(
            "setWebhook",
            {
                "url": url,
                "secret_token": secret,
                "allowed_updates": [
                    "message",
                    "edited_message",
                    "callback_query",
                    "my_chat_member",
                    "channel_post",
                ],
            },
        )

    async def delete_webhook(self) -> None:
        """Have updates kept for polling. Raises `SendError`."""
        await self._api.call("deleteWebhook", {"drop_pending_updates": False})

    async def get_updates(self, offset: int | None, timeout_s: int) -> bytes:
        """The next batch, raw, for `parse`. Raises `SendError`."""
        return await self._api.updates(offset, timeout_s)

    async def get_me(self) -> dict[str, object]:
        """Who this bot is, for the operator. Raises `SendError`."""
        result = await self._api.call("getMe")
        if not isinstance(result, dict):
            raise SendError(Failure.UNKNOWN, "bad_answer")
        return result

    async def close(self) -> None:
        """Close the connections."""
        await self._api.close()


def payload(message: Outgoing) -> dict[str, object]:
    """The parameters of sendMessage: the same for every attempt."""
    if not message.external_id.isdecimal():
        raise SendError(Failure.REFUSED, "bad_address")
    params: dict[str, object] = {
        "chat_id": int(message.external_id),
        "text": cut(message.text, TEXT_MAX),
        "link_preview_options": {"is_disabled": True},
    }
    if message.choices:
        params["reply_markup"] = {"inline_keyboard": _rows(message)}
    return params


def spoken(message: Outgoing) -> dict[str, object]:
    """The parameters of sendVoice: the file's name at Telegram, where it has one, else its bytes."""
    sound, params = message.sound, payload(message)
    if sound is None or (sound.ref is None and sound.body is None):
        raise SendError(Failure.REFUSED, "no_sound")
    del params["link_preview_options"]
    params["caption"] = cut(str(params.pop("text")), CAPTION_MAX)
    return params | {"voice": sound.ref or upload(sound.body or b"", sound.content_type)}


def cut(text: str, most: int) -> str:
    """As many whole characters as Telegram takes."""
    return text.encode("utf-16-le", "replace")[: 2 * most].decode("utf-16-le", "ignore")


def _rows(message: Outgoing) -> list[list[dict[str, str]]]:
    """Choices one a row behind the digit she may type instead, then 🔊, the engine's other ones together in the last row."""
    rows: list[list[dict[str, str]]] = []
    voice: list[list[dict[str, str]]] = []
    last: list[dict[str, str]] = []
    for choice, label, is_nav in message.choices:
        data = f"{message.id}.{choice}"
        if len(data.encode("utf-8", "replace")) > CALLBACK_MAX:
            raise SendError(Failure.REFUSED, "long_choice")
        if choice == VOICE:
            voice.append([{"text": label, "callback_data": data}])
        elif is_nav:
            last.append({"text": label, "callback_data": data})
        else:
            rows.append([{"text": f"{len(rows) + 1}  {label}", "callback_data": data}])
    rows += voice
    return [*rows, last] if last else rows


def _updates(raw: bytes) -> Iterator[Object]:
    """Every object that may be an update: of one delivery, a list, or an answer of getUpdates."""
    try:
        value = decode(raw, BATCH_MAX)
    except Undecodable:
        return
    if isinstance(value, dict) and "result" in value:
        value = value["result"]
    elif len(raw) > SIZE_MAX:
        return  # no single update is so long
    for update in value if isinstance(value, list) else [value]:
        if isinstance(update, dict):
            yield update


def _what(update: Object) -> tuple[Object, Heard | None]:
    """Who did something, and what; nothing unless it was a person in her private chat."""
    for name in ("message", "edited_message"):
        message = _object(update, name)
        if message and _is_private(message):
            return _object(message, "from"), _said(message, is_edit=name == "edited_message")
    if query := _object(update, "callback_query"):
        return _object(query, "from"), _tapped(query)
    changed = _object(update, "my_chat_member")
    if changed and _is_private(changed):
        status = _object(changed, "new_chat_member").get("status")
        kind = {"kicked": Kind.BLOCKED, "member": Kind.UNBLOCKED}.get(
            status if isinstance(status, str) else ""
        )
        return _object(changed, "from"), Heard(kind) if kind else None
    return {}, None


def _said(message: Object, *, is_edit: bool) -> Heard | None:
    text = _text(message, "text") or _text(message, "caption")
    start = START.fullmatch(text)
    if start and (start.group(1) or "").strip().startswith(STAFF_START):
        return None  # a code of the house, never a member's word
    if is_edit:
        return Heard(Kind.EDIT, text)
    for name, kind in CONTENT:
        if name in message:
            return Heard(kind, text, media=_media(message, name))
    if start:
        return Heard(Kind.START, (start.group(1) or "").strip())
    if text.strip():
        return Heard(Kind.TEXT, text)
    return None if SERVICE & message.keys() else Heard(Kind.UNSUPPORTED)


def _media(message: Object, name: str) -> Media | None:
    """The facts of what came with a message; a picture comes in several sizes, the largest last."""
    value = message.get(name)
    sizes = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    told = max(sizes, key=_area) if sizes else _object(message, name)
    ref = told.get("file_id")
    if name not in FETCHED or not isinstance(ref, str) or not FILE_ID.fullmatch(ref):
        return None
    album = message.get("media_group_id")
    return Media(
        uid=files.new_uid(),
        ref=ref,
        name=files.cleaned_name(_text(told, "file_name")),
        size=_id(told.get("file_size")),
        album=album[:ALBUM_MAX] if isinstance(album, str) else None,
    )


def _area(size: Object) -> int:
    return (_id(size.get("width")) or 0) * (_id(size.get("height")) or 0)


def _tapped(query: Object) -> Heard | None:
    """A tap; what the client claims was on the button is checked by whoever loads the message."""
    message = _object(query, "message")
    if message and not _is_private(message):
        return None
    data = query.get("data")
    if isinstance(data, str) and data.startswith(STAFF_TAP):
        return None
    tap = TAP.fullmatch(data) if isinstance(data, str) else None
    return Heard(Kind.TAP, message_id=int(tap.group(1)), choice=tap.group(2)) if tap else Heard(Kind.TAP)


def _stranger(update: Object) -> int | None:
    for name in ("message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member"):
        changed = _object(update, name)
        chat = _object(changed, "chat")
        if chat.get("type") in ("group", "supergroup", "channel"):
            gone = _object(changed, "new_chat_member").get("status") in ("left", "kicked")
            number = chat.get("id")
            return number if isinstance(number, int) and not gone else None
    return None


def _is_private(holder: Object) -> bool:
    return _object(holder, "chat").get("type") == "private"


def _object(holder: Object, name: str) -> Object:
    value = holder.get(name)
    return value if isinstance(value, dict) else {}


def _text(message: Object, name: str) -> str:
    value = message.get(name)
    return value[:TEXT_MAX] if isinstance(value, str) else ""


def _id(value: object) -> int | None:
    """A positive number either database can hold."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= ID_MAX else None
