"""The staff group at Telegram: forum topics as calls, and what people do in them as `Said`."""

from __future__ import annotations

import re

from bot.channels.base import Failure, SendError
from bot.channels.telegram import CONTENT, Object, TelegramChannel, _id, _object, _text, _updates
from flows.group import Said

COMMAND = re.compile(r"/([a-z]{1,20})(?:@\w{1,64})?(?:\s.*)?", re.DOTALL | re.IGNORECASE)
TAP = re.compile(r"group\.([a-z]{1,20})")
TAPPED = "group."
NAME_MAX = 128


class TelegramGroup:
    """One group with topics, seen through one bot account."""

    def __init__(self, channel: TelegramChannel, chat_id: int) -> None:
        self.account = channel.account
        self.chat_id = str(chat_id)
        self._number = chat_id
        self._call = channel.call

    # --- what goes out; every call raises `SendError`

    async def create(self, name: str) -> int:
        """A new topic; its number."""
        result = await self._call("createForumTopic", {"chat_id": self._number, "name": name[:NAME_MAX]})
        thread = _id(result.get("message_thread_id")) if isinstance(result, dict) else None
        if thread is None:
            raise SendError(Failure.UNKNOWN, "bad_answer")
        return thread

    async def post(self, thread_id: int, text: str, buttons: tuple[tuple[str, str], ...] = ()) -> None:
        """Plain text into a topic: no mark-up, no link preview."""
        params: dict[str, object] = {
            "chat_id": self._number,
            "message_thread_id": thread_id,
            "text": text,
            "link_preview_options": {"is_disabled": True},
        }
        if buttons:
            row = [{"text": label, "callback_data": TAPPED + name} for name, label in buttons]
            params["reply_markup"] = {"inline_keyboard": [row]}
        await self._call("sendMessage", params)

    async def close(self, thread_id: int) -> None:
        """Close a topic; one that is closed already is fine."""
        await self._unless_so("closeForumTopic", thread_id)

    async def reopen(self, thread_id: int) -> None:
        """Open a topic again; one that is open is fine."""
        await self._unless_so("reopenForumTopic", thread_id)

    async def delete(self, chat_id: str, thread_id: int) -> None:
        """Delete a topic with all its messages; one that is gone is fine. `chat_id` may be an older group's."""
        try:
            await self._call("deleteForumTopic", {"chat_id": int(chat_id), "message_thread_id": thread_id})
        except SendError as error:
            if error.code != "no_topic":
                raise

    async def _unless_so(self, method: str, thread_id: int) -> None:
        try:
            await self._call(method, {"chat_id": self._number, "message_thread_id": thread_id})
        except SendError as error:
            if error.code != "not_modified":
                raise

    # --- what comes in

    def parse(self, raw: bytes) -> list[Said]:
        """What people did in this group; the bot's own doings and other chats are not here."""
        found = (self._said(update) for update in _updates(raw))
        return [said for said in found if said is not None]

    def _said(self, update: Object) -> Said | None:
        external_id = _id(update.get("update_id"))
        if external_id is None:
            return None
        for name in ("message", "edited_message"):
            message = _object(update, name)
            if message and self._is_here(message):
                return _meant(str(external_id), message, is_edit=name == "edited_message")
        query = _object(update, "callback_query")
        message = _object(query, "message")
        data = query.get("data")
        tap = TAP.fullmatch(data) if isinstance(data, str) else None
        sender = _id(_object(query, "from").get("id"))
        if not self._is_here(message) or tap is None or sender is None:
            return None
        return Said(str(external_id), str(sender), _thread(message), "command", tap.group(1))

    def _is_here(self, message: Object) -> bool:
        return _object(message, "chat").get("id") == self._number


def _meant(external_id: str, message: Object, *, is_edit: bool) -> Said | None:
    """A message in the group; None for what nobody said."""
    person = _object(message, "from")
    sender, thread = _id(person.get("id")), _thread(message)
    # An anonymous administrator comes as a bot with the group as `sender_chat`; our own doings as a bot without it.
    is_nobody = bool(_object(message, "sender_chat"))
    if not is_nobody and (sender is None or person.get("is_bot") is True):
        return None
    who = None if is_nobody else str(sender)
    if "forum_topic_closed" in message:
        return Said(external_id, who, thread, "closed")
    if "forum_topic_reopened" in message:
        return Said(external_id, who, thread, "reopened")
    if is_edit:
        return Said(external_id, who, thread, "edit")
    if any(name in message for name, _ in CONTENT):
        return Said(external_id, who, thread, "media")
    text = _text(message, "text")
    if command := COMMAND.fullmatch(text):
        return Said(external_id, who, thread, "command", command.group(1).lower())
    return Said(external_id, who, thread, "text", text) if text.strip() else None


def _thread(message: Object) -> int | None:
    """The topic a message stands in; None in the general one."""
    return _id(message.get("message_thread_id"))
