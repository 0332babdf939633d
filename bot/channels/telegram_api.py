"""The Bot API client: python-telegram-bot's `Bot` on our aiohttp session, no retries, each failure a `SendError`.

Nothing here may quote the library: its errors and debug lines hold the token and the whole request.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import aiohttp
import orjson
from telegram import Bot, InputFile
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData
from telegram.warnings import PTBUserWarning
from yarl import URL

from bot import files
from bot.channels.base import Failure, SendError

# The raw call is the point: it costs half of `Bot.send_message` and keeps the library's errors. It warns at every call
# that a named method exists.
warnings.filterwarnings("ignore", message="Please use 'Bot", category=PTBUserWarning)

CONNECT_S = 5.0
READ_S = 15.0
"""Together less than half a lease, so that a message is never on the wire when its lease ends."""
KEEP_ALIVE_S = 10.0
"""Well under the server's: a connection it closes while we write on it is an answer lost for nothing."""
RETRY_AFTER_DEFAULT_S = 5
CONNECTIONS = 100
POLL_MARGIN_S = 10.0
DOWNLOAD_S = 90.0
"""For one file, all in all: a server that drips costs no more."""
CHUNK = 64 * 1024
OUR_FAULTS = (InvalidToken, EndPointNotFound, Conflict)
SAID = (
    ("not_modified", ("topic_not_modified",)),
    ("no_topic", ("message thread not found", "topic_deleted", "topic_id_invalid")),
    ("rights", ("not enough rights", "chat_admin_required", "need administrator rights")),
    ("not_forum", ("not a forum",)),
)
"""What Telegram says of a group and its topics, each as one word."""
GONE = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")

Params = Mapping[str, object]
Timeout = float | DefaultValue[float] | DefaultValue[None] | None


class NotSent(NetworkError):
    """No connection: nothing left this machine."""


class Throttled(TelegramError):
    """Too fast. The library's own `RetryAfter` warns of a deprecation whenever it is made."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too fast")
        self.seconds = seconds


class Request(BaseRequest):
    """The library's transport on one aiohttp session."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return READ_S

    async def initialize(self) -> None:
        self._open()

    def _open(self) -> aiohttp.ClientSession:
        """The session; made at first use, because it belongs to the running loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE_S),
                headers={"User-Agent": "tocka"},
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The answer. The library's own version logs an answer it cannot read, and that may quote a person."""
        try:
            return orjson.loads(payload)
        except orjson.JSONDecodeError:
            raise TelegramError("not JSON") from None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: Timeout = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the interface's
        connect_timeout: Timeout = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the interface's
        pool_timeout: Timeout = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the interface's
    ) -> tuple[int, bytes]:
        try:
            body = _body(request_data)
        except UnicodeEncodeError:
            raise BadRequest("unencodable") from None
        read = float(read_timeout) if isinstance(read_timeout, int | float) else READ_S
        session = self._open()
        try:
            async with session.request(
                method,
                url,
                data=body,
                headers={"Content-Type": "application/x-www-form-urlencoded"}
                if isinstance(body, bytes)
                else None,
                timeout=aiohttp.ClientTimeout(
                    total=CONNECT_S + read, connect=CONNECT_S, sock_connect=CONNECT_S
                ),
                allow_redirects=False,
            ) as answer:
                payload = await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise NotSent("no connection") from None
        except TimeoutError:
            raise TimedOut("no answer") from None
        except (aiohttp.ClientError, OSError):
            raise NetworkError("connection lost") from None
        if answer.status == 429:
            raise Throttled(_retry_after(payload))
        return answer.status, payload

    async def download(self, url: str, limit: int) -> bytes:
        """The body of one file, never more than `limit` bytes, never from where a redirect points."""
        body = bytearray()
        try:
            async with self._open().get(
                URL(url, encoded=True),
                headers={"Accept-Encoding": "identity"},
                timeout=aiohttp.ClientTimeout(total=DOWNLOAD_S, sock_connect=CONNECT_S, sock_read=READ_S),
                allow_redirects=False,
            ) as answer:
                if answer.status != 200:
                    raise SendError(Failure.REFUSED, "not_found" if answer.status == 404 else "bad_answer")
                if (answer.content_length or 0) > limit:
                    raise files.Refused("too_big")
                async for chunk in answer.content.iter_chunked(CHUNK):
                    body += chunk
                    if len(body) > limit:
                        raise files.Refused("too_big")
        except (aiohttp.ClientError, TimeoutError, OSError):
            # From None: the address in the error holds the token.
            raise SendError(Failure.UNKNOWN, "no_answer") from None
        return bytes(body)


def _body(request_data: RequestData | None) -> bytes | aiohttp.FormData | None:
    """The parameters as a form, with a file in it where there is one."""
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.url_encoded_parameters().encode() or None
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        value.encode()  # here, where it is caught
        form.add_field(name, value)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def upload(body: bytes, content_type: str) -> InputFile:
    """Bytes as a parameter of a call; its name says nothing."""
    return InputFile(body, filename=f"voice.{files.ENDINGS[content_type]}", attach=False)


def _retry_after(payload: bytes) -> int:
    """The seconds named; a proxy before the server may answer 429 without naming any."""
    try:
        seconds = int(orjson.loads(payload)["parameters"]["retry_after"])
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        return RETRY_AFTER_DEFAULT_S
    return max(seconds, 1)


def classify(error: Exception) -> SendError:
    """Which kind of failure this is; the default is the cautious one.

    `BadRequest` is a `NetworkError` in this library, so it is asked first.
    """
    if isinstance(error, Throttled):
        return SendError(Failure.THROTTLED, "throttled", float(error.seconds))
    if isinstance(error, Forbidden):
        return SendError(Failure.UNREACHABLE, "forbidden")
    if isinstance(error, ChatMigrated):
        return SendError(Failure.REFUSED, "migrated")
    if isinstance(error, BadRequest):
        if any(words in error.message.lower() for words in GONE):
            return SendError(Failure.UNREACHABLE, "chat_not_found")
        said = error.message.lower()
        code = next((code for code, words in SAID if any(word in said for word in words)), "bad_request")
        return SendError(Failure.REFUSED, code)
    if isinstance(error, OUR_FAULTS):
        return SendError(Failure.OUR_FAULT, "conflict" if isinstance(error, Conflict) else "token")
    if isinstance(error, NotSent):
        return SendError(Failure.NOT_SENT, "no_connection")
    if isinstance(error, TimedOut):
        return SendError(Failure.UNKNOWN, "no_answer")
    return SendError(Failure.UNKNOWN, "lost_answer")


class Api:
    """Calls by name. Every failure is a `SendError`."""

    def __init__(self, token: str, base: str) -> None:
        self._request = Request()
        self._files = f"{base}/file/bot{token}/"
        # Never initialised: that would ask getMe first, and the bot must start while Telegram is away.
        self._bot = Bot(
            token, base_url=f"{base}/bot", request=self._request, get_updates_request=self._request
        )

    async def call(self, method: str, params: Params | None = None) -> object:
        """The `result` of one call."""
        try:
            result: object = await self._bot.do_api_request(method, api_kwargs=dict(params or {}))
        except Exception as error:  # noqa: BLE001 - an answer of any odd shape means the same: we do not know
            # From None: the library's texts hold the token.
            raise classify(error) from None
        return result

    async def updates(self, offset: int | None, timeout_s: int) -> bytes:
        """The raw answer of getUpdates, for our own parser: the library drops a batch over one malformed update."""
        allowed = '["message","edited_message","callback_query","my_chat_member","channel_post"]'
        url = f"{self._bot.base_url}/getUpdates?timeout={timeout_s}&limit=100&allowed_updates={allowed}"
        if offset is not None:
            url += f"&offset={offset}"
        try:
            return await self._request.retrieve(url, read_timeout=timeout_s + POLL_MARGIN_S)
        except Exception as error:  # noqa: BLE001 - as above
            raise classify(error) from None

    async def download(self, path: str, limit: int) -> bytes:
        """What getFile named, from the same host. Raises `SendError`, `files.Refused`."""
        return await self._request.download(self._files + path, limit)

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()
