"""A Bot API in another process: keeps a ledger of what arrived when, and fails on request.

    python -m tests.helpers.provider PORT LEDGER_FILE [LATENCY_MS]

`POST /_fault` queues a fault: {"kind": …, "method": "sendMessage", "times": 1, "retry_after": 1, "seconds": 1}.
`POST /_file` gives getFile something to find: {"file_id": …, "body": base64, "size": …, "path": …}; a fault of the method
`file` happens to its download. `POST /_push` queues an update for getUpdates, `POST /_latency` sets {"ms": 50},
`GET /_ledger` gives what was written.
The ledger is one JSON object a line, written before the answer leaves; killing this process loses nothing of it.
"""

import asyncio
import base64
import contextlib
import importlib.util
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
import orjson
from aiohttp import web

from tests.helpers.forum import Forum

ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT.parent / "shared" / "tools" / "check_telegram.py"
TOKEN = "12345678:" + "provider-of-the-tests-has-no-secrets"
ACCOUNT = "telegram:12345678"
REFUSALS = {
    "400": (400, "Bad Request: message text is empty"),
    "gone": (400, "Bad Request: chat not found"),
    "403": (403, "Forbidden: bot was blocked by the user"),
    "kicked": (403, "Forbidden: bot was kicked from the supergroup chat"),
    "no_rights": (400, "Bad Request: not enough rights to create a topic"),
    "not_forum": (400, "Bad Request: the chat is not a forum"),
    "401": (401, "Unauthorized"),
    "404": (404, "Not Found"),
    "409": (409, "Conflict: terminated by other getUpdates request"),
    "500": (500, "Internal Server Error"),
    "502": (502, "Bad Gateway"),
}
OTHERS = frozenset(
    {"429", "close_before", "close_after", "slow", "bad_json", "no_result", "ok_false", "redirect", "endless"}
)
JSON_FIELDS = ("reply_markup", "link_preview_options", "allowed_updates")


@dataclass
class Fault:
    """What happens to the next `times` calls of `method`."""

    kind: str
    method: str = "sendMessage"
    times: int = 1
    retry_after: int = 1
    seconds: float = 1.0


@dataclass
class Provider:
    """The state of one fake server. `accepted` is written for a message that now stands on her phone."""

    ledger: Path
    latency_s: float = 0.0
    faults: list[Fault] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    message_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    update_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1000))
    check: Callable[[str, dict[str, Any]], list[str]] | None = None
    forum: Forum = field(default_factory=Forum)

    def __post_init__(self) -> None:
        self._file = self.ledger.open("ab", buffering=0)
        module = checker()
        self.check = module.check_tg if module else None

    def close(self) -> None:
        self._file.close()

    def write(self, at: float, method: str, params: dict[str, Any], fault: str, accepted: bool) -> None:
        problems = self.check(method, params) if self.check and method != "file" else []
        entry = {
            "at": at,
            "method": method,
            "params": params,
            "fault": fault,
            "accepted": accepted,
            "problems": problems,
        }
        self._file.write(orjson.dumps(entry) + b"\n")

    def fault_for(self, method: str) -> Fault | None:
        for fault in self.faults:
            if fault.method in (method, "*"):
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None

    def app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/_fault", self._add_fault)
        app.router.add_post("/_push", self._push)
        app.router.add_post("/_file", self._add_file)
        app.router.add_get("/file/bot{token}/{path:.*}", self._download)
        app.router.add_post("/_latency", self._latency)
        app.router.add_post("/_gone", self._gone)
        app.router.add_get("/_ledger", self._read)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        return app

    async def _add_fault(self, request: web.Request) -> web.Response:
        fault = Fault(**await request.json())
        assert fault.kind in OTHERS | REFUSALS.keys(), fault.kind
        self.faults.append(fault)
        return web.json_response({})

    async def _push(self, request: web.Request) -> web.Response:
        update = await request.json()
        update.setdefault("update_id", next(self.update_ids))
        self.updates.append(update)
        self.arrived.set()
        return web.json_response({"update_id": update["update_id"]})

    async def _add_file(self, request: web.Request) -> web.Response:
        told = await request.json()
        self.files[told["file_id"]] = told
        return web.json_response({})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        fault = self.fault_for("file")
        kind = fault.kind if fault else ""
        self.write(time.monotonic(), "file", {"path": path}, kind, not kind)
        if kind == "redirect":
            return web.Response(status=302, headers={"Location": "/_ledger"})
        if kind in REFUSALS:
            return web.Response(status=REFUSALS[kind][0])
        if kind == "close_before":
            hang_up(request)
        if kind == "slow":
            assert fault is not None
            await asyncio.sleep(fault.seconds)
        found = next((one for one in self.files.values() if one["path"] == path), None)
        if found is None:
            return web.Response(status=404)
        body = base64.b64decode(found["body"])
        if kind != "endless":
            return web.Response(body=body, content_type="text/html")
        answer = web.StreamResponse()
        await answer.prepare(request)
        with contextlib.suppress(ConnectionError):
            while True:  # until the other side hangs up
                await answer.write(body)
        return answer

    async def _gone(self, request: web.Request) -> web.Response:
        """Somebody deletes a topic by hand."""
        del self.forum.topics[(await request.json())["thread"]]
        return web.json_response({})

    async def _latency(self, request: web.Request) -> web.Response:
        self.latency_s = (await request.json())["ms"] / 1000
        return web.json_response({})

    async def _read(self, _request: web.Request) -> web.Response:
        return web.Response(body=self.ledger.read_bytes())

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = await read_params(request)
        if self.latency_s:
            await asyncio.sleep(self.latency_s / 2)
        at = time.monotonic()
        if self.latency_s:
            await asyncio.sleep(self.latency_s / 2)
        if method == "getUpdates":
            return await self._get_updates(params)
        fault = self.fault_for(method)
        kind = fault.kind if fault else ""
        if kind == "close_before":
            self.write(at, method, params, kind, False)
            hang_up(request)
        elif kind == "429":
            assert fault is not None
            self.write(at, method, params, kind, False)
            return refusal(429, "Too Many Requests", {"retry_after": fault.retry_after})
        elif kind in REFUSALS:
            self.write(at, method, params, kind, False)
            return refusal(*REFUSALS[kind])
        if problem := self.forum.problem(method, params):
            self.write(at, method, params, problem, False)
            return refusal(400, f"Bad Request: {problem}")
        return await self._accept(request, at, method, params, fault)

    async def _accept(
        self, request: web.Request, at: float, method: str, params: dict[str, Any], fault: Fault | None
    ) -> web.Response:
        kind = fault.kind if fault else ""
        self.write(at, method, params, kind, method in ("sendMessage", "sendVoice"))
        if kind == "close_after":
            hang_up(request)
        if kind == "bad_json":
            return web.Response(text="<html>it works")
        if kind == "no_result":
            return web.json_response({"ok": True})
        if kind == "ok_false":
            return web.json_response({"ok": False, "description": "?"})
        if kind == "slow":
            assert fault is not None
            await asyncio.sleep(fault.seconds)
        return web.json_response({"ok": True, "result": self._result(method, params)})

    def _result(self, method: str, params: dict[str, Any]) -> object:
        if method == "sendMessage":
            chat = {"id": int(params["chat_id"]), "type": "private"}
            return {"message_id": next(self.message_ids), "date": 0, "chat": chat, "text": params.get("text")}
        if method == "sendVoice":
            return {
                "message_id": next(self.message_ids),
                "date": 0,
                "voice": {"file_id": "Voice-1", "duration": 1},
            }
        if method == "getFile":
            found = self.files.get(str(params["file_id"]), {})
            return {
                "file_id": params["file_id"],
                "file_size": found.get("size"),
                "file_path": found.get("path"),
            }
        if method == "createForumTopic":
            return self.forum.made(next(self.message_ids), params["name"])
        if method == "getMe":
            return {"id": 12345678, "is_bot": True, "first_name": "Tocka", "username": "tocka_test_bot"}
        return True

    async def _get_updates(self, params: dict[str, Any]) -> web.Response:
        fault = self.fault_for("getUpdates")
        if fault is not None and fault.kind in REFUSALS:
            return refusal(*REFUSALS[fault.kind])
        offset, wait = int(params.get("offset", 0)), float(params.get("timeout", 0))
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        if not self.updates and wait:
            self.arrived.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.arrived.wait(), wait)
        return web.json_response({"ok": True, "result": self.updates[: int(params.get("limit", 100))]})


async def read_params(request: web.Request) -> dict[str, Any]:
    """What was asked for, as the Bot API takes it: query, form or JSON."""
    found: dict[str, Any]
    if request.content_type == "multipart/form-data":  # with a file: what it is called, and how long it is
        posted = (await request.post()).items()
        found = {
            name: f"upload:{value.filename}:{len(value.file.read())}"
            if isinstance(value, web.FileField)
            else value
            for name, value in posted
        }
        return found | {name: orjson.loads(found[name]) for name in JSON_FIELDS if name in found}
    body = await request.read()
    if request.content_type == "application/json" and body:
        return dict(orjson.loads(body))
    found = dict(request.query) | dict(parse_qsl(body.decode(), keep_blank_values=True))
    for name in JSON_FIELDS:
        if name in found:
            found[name] = orjson.loads(found[name])
    return found


def hang_up(request: web.Request) -> None:
    """Cut the connection without an answer."""
    assert request.transport is not None
    request.transport.abort()
    raise ConnectionResetError


def refusal(code: int, text: str, parameters: dict[str, Any] | None = None) -> web.Response:
    body = {"ok": False, "error_code": code, "description": text}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=code)


def checker() -> ModuleType | None:
    """The published API description, where it lies beside the project."""
    if not CHECKER.exists():
        return None
    spec = importlib.util.spec_from_file_location("check_telegram", CHECKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- from the tests' side


@dataclass
class Remote:
    """A running provider, seen from the test."""

    base: str
    ledger: Path
    process: subprocess.Popen[bytes] | None = None

    async def fault(self, kind: str, **how: Any) -> None:
        await self._post("/_fault", {"kind": kind, **how})

    async def push(self, update: dict[str, Any]) -> None:
        await self._post("/_push", update)

    async def file(
        self, file_id: str, body: bytes, *, path: str = "photos/file_1", size: int | None = None
    ) -> None:
        """What getFile finds, and what its path leads to."""
        told = {"file_id": file_id, "body": base64.b64encode(body).decode(), "path": path}
        await self._post("/_file", told | ({"size": len(body) if size is None else size}))

    async def topic_gone(self, thread: int) -> None:
        """Somebody deletes a topic by hand."""
        await self._post("/_gone", {"thread": thread})

    async def _post(self, path: str, body: dict[str, Any]) -> None:
        async with aiohttp.ClientSession() as session, session.post(self.base + path, json=body) as answer:
            answer.raise_for_status()

    def calls(self, method: str = "sendMessage") -> list[dict[str, Any]]:
        """Every call so far, oldest first."""
        return [entry for entry in self.all_calls() if entry["method"] == method]

    def all_calls(self) -> list[dict[str, Any]]:
        """Every call of every method so far, oldest first."""
        return [orjson.loads(line) for line in self.ledger.read_bytes().splitlines()]

    def accepted(self) -> list[dict[str, Any]]:
        """The messages that stand on somebody's phone."""
        return [entry["params"] for entry in self.calls() if entry["accepted"]]

    def problems(self) -> list[str]:
        """What the published API description finds wrong with any call."""
        lines = self.ledger.read_bytes().splitlines()
        return [problem for line in lines for problem in orjson.loads(line)["problems"]]

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


@contextlib.asynccontextmanager
async def here(ledger: Path) -> AsyncIterator[Remote]:
    """The provider inside the test's own loop: for tests of the client."""
    state = Provider(ledger)
    runner = web.AppRunner(
        state.app(), access_log=None, shutdown_timeout=0.1
    )  # somebody may still be polling
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield Remote(f"http://127.0.0.1:{port}", ledger)
    finally:
        await runner.cleanup()
        state.close()


def start(ledger: Path, latency_ms: float = 0, port: int = 0) -> Remote:
    """The provider in a process of its own, which outlives any kill of the bot."""
    port = port or free_port()
    ledger.touch()
    command = [sys.executable, "-m", "tests.helpers.provider", str(port), str(ledger), str(latency_ms)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    deadline = time.monotonic() + 20
    while True:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return Remote(f"http://127.0.0.1:{port}", ledger, process)
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise RuntimeError("the provider did not start")
        time.sleep(0.02)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(port: int, ledger: Path, latency_ms: float) -> None:
    async def serve() -> None:
        runner = web.AppRunner(Provider(ledger, latency_ms / 1000).app(), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await asyncio.Event().wait()

    asyncio.run(serve())


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 0)
