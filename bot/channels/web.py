"""The chat page as a channel: what a page posts becomes an `Incoming`; nothing is sent, because pages fetch."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import orjson

from bot.channels.base import Failure, Limits, SendError
from bot.decode import Undecodable, decode
from flows.screen import CHOICE_ID_MAX, Heard, Incoming, Kind, Media
from storage.messages import Outgoing
from storage.pages import SHOWN_MAX

ACCOUNT = "web"
TEXT_MAX = 2_000
"""Characters of one message: a page of writing, far above what a turn needs."""
ID_MAX = 64
START_MAX = 64
"""As long as a payload of Telegram."""
KINDS = {"audio": Kind.VOICE, "image": Kind.PICTURE}
"""By the first half of a type; all else is a file."""
_INT_MAX = 2**63 - 1


class WebChannel:
    """Pages that were opened on this server."""

    account = ACCOUNT
    can_write_first = False
    limits: Limits | None = None

    def parse(self, raw: bytes) -> list[Incoming]:
        """One post, as `packed` wrote it."""
        try:
            fields = decode(raw)
        except Undecodable:
            return []
        if not isinstance(fields, dict) or not isinstance(fields.get("sender"), str):
            return []
        return [read(fields)]

    async def send(self, message: Outgoing) -> str:  # noqa: ARG002 - the protocol's signature
        """Refuse: a closed page cannot be reached, and an open one asks by itself."""
        raise SendError(Failure.REFUSED, "pages_fetch")

    async def speak(self, message: Outgoing) -> tuple[str, str | None]:
        """Refuse, as `send` does."""
        return await self.send(message), None


def packed(sender: str, fields: Mapping[str, object]) -> bytes:
    """A post as the raw update that is parsed and, should its turn fail, kept."""
    return orjson.dumps({**fields, "sender": sender})


def address(token: str) -> str:
    """The address behind a cookie: its hash, so that nobody who reads the database can take over a chat."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def cleaned(text: str) -> str:
    """The text without what no database and no screen can hold, cut to size."""
    kept = "".join(
        c for c in text[:TEXT_MAX].replace("\r\n", "\n") if c in "\n\t" or (c >= " " and c != "\x7f")
    )
    return kept.encode("utf-8", "ignore").decode().strip()


def numbers(value: object) -> tuple[int, ...]:
    """Message ids written with commas between them; anything else is left out."""
    parts = value[: SHOWN_MAX * 24].split(",") if isinstance(value, str) else []
    found = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) <= 19]
    return tuple(dict.fromkeys(one for one in found if 0 < one <= _INT_MAX))[:SHOWN_MAX]


def read(fields: Mapping[str, object]) -> Incoming:
    """One post as an `Incoming`; a tap that cannot be one becomes words, words that are none become `UNSUPPORTED`."""
    sender = str(fields["sender"])
    heard = _heard(fields)
    hint = fields.get("hint")
    # The content is part of the key: a doubled post runs once, another button of the same page is another post.
    key = [sender, str(fields.get("id", ""))[:ID_MAX], heard.kind, heard.text, heard.message_id, heard.choice]
    if heard.media is not None:
        key.append(heard.media.ref)
    return Incoming(
        account=ACCOUNT,
        external_id=hashlib.sha256(orjson.dumps(key)).hexdigest(),
        sender=sender,
        heard=heard,
        language_hint=hint if isinstance(hint, str) else None,
        seen=numbers(fields.get("seen")),
        can_write_first=False,
    )


def _heard(fields: Mapping[str, object]) -> Heard:
    start = fields.get("start")
    if start:
        return Heard(
            Kind.START, text=cleaned(start)[:START_MAX] if isinstance(start, str) and start != "1" else ""
        )
    tap = fields.get("tap")
    if isinstance(tap, str) and tap:
        message, _, choice = tap.partition(".")
        ids = numbers(message)
        choice = cleaned(choice)[:CHOICE_ID_MAX]
        # An id that cannot exist is a stale tap: the engine says so in words.
        return Heard(Kind.TAP, message_id=ids[0] if ids else None, choice=choice)
    words = fields.get("text")
    file = fields.get("file")
    if isinstance(file, dict):
        return _sent(file, cleaned(words) if isinstance(words, str) else "")
    text = cleaned(words) if isinstance(words, str) else ""
    return Heard(Kind.TEXT, text=text) if text else Heard(Kind.UNSUPPORTED)


def _sent(file: Mapping[str, object], text: str) -> Heard:
    """A file that lies on our disk already, as `bot/web/upload.py` describes it."""
    content_type = str(file["content_type"])
    size, name = file.get("size"), file.get("name")
    media = Media(
        uid=str(file["uid"]),
        ref=str(file["digest"]),
        name=name if isinstance(name, str) else None,
        size=size if isinstance(size, int) else None,
        content_type=content_type,
    )
    return Heard(KINDS.get(content_type.partition("/")[0], Kind.FILE), text=text, media=media)
