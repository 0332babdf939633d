"""Structured logs as JSON lines on standard error: ids, kinds and counts, never a person's words or addresses."""

import logging
import re
import sys
import threading
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal

import orjson
import structlog

Level = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
Fields = MutableMapping[str, object]

# What a line may hold. A key outside this list loses its value and is named under "dropped".
WHO = "update member address conversation message booking notice service organisation counsellor site"
KINDS = "event kind reason state channel lane policy lang screen point tick command database outcome version"
FIGURES = "count sent failed held skipped size status attempt retry_after port pid depth"
ERRORS = "error where frames template function"
ALLOWED = frozenset(f"{WHO} {KINDS} {FIGURES} {ERRORS}".split())
# Libraries that would log request addresses (with the bot's token in them) or whole updates.
QUIET = ("httpx", "httpcore", "telegram", "aiohttp.access", "apscheduler", "sqlalchemy", "alembic", "asyncio")
HIDDEN = "[hidden]"
MAX_TEXT = 300
MAX_ROW_ID = 10**8  # a greater number is a telephone number or an account on a channel, not one of our rows
MAX_FRAMES = 12

TOKEN = re.compile(r"\d{5,}:[\w-]{30,}")
MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.\w+")
PHONE = re.compile(r"\+?\d(?:[\s()./-]?\d){6,}")
WORD = re.compile(r"[A-Za-z_][\w.:-]{0,63}", re.ASCII)


def redact(text: str) -> str:
    """Cover bot tokens, e-mail addresses and anything that could be a telephone number."""
    for pattern in (TOKEN, MAIL, PHONE):
        text = pattern.sub(HIDDEN, text)
    return text[:MAX_TEXT]


def describe(error: BaseException) -> Fields:
    """Say which exceptions these were and where they rose, never what they said: messages quote people and SQL."""
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < MAX_FRAMES:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    frames = traceback.extract_tb(error.__traceback__)[-MAX_FRAMES:]
    return {
        "error": " < ".join(kinds),
        "frames": [f"{'/'.join(Path(f.filename).parts[-2:])}:{f.lineno} {f.name}" for f in frames],
    }


def safe(key: str, value: object) -> object:
    """Let a figure or a plain word through and hide the rest."""
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < MAX_ROW_ID or key.endswith("_ms") else HIDDEN
    if isinstance(value, str):
        return value if _is_plain_word(value) else HIDDEN
    return HIDDEN


@lru_cache(maxsize=1024)
def _is_plain_word(text: str) -> bool:
    """Whether a text may stand in a line; the same few words come again and again."""
    return WORD.fullmatch(text) is not None and redact(text) == text


def keep_allowed(_logger: object, method: str, fields: Fields) -> Fields:
    """Keep the allowed keys with harmless values; a figure in milliseconds may have any name."""
    line: Fields = {"ts": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": method}
    dropped: list[str] = []
    error = fields.pop("exc_info", None)
    for key, value in fields.items():
        if key in ALLOWED or (key.endswith("_ms") and isinstance(value, int | float)):
            line[key] = value if type(value) is str and _is_plain_word(value) else safe(key, value)
        else:
            dropped.append(key)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        line.update(describe(error))
    if dropped:
        line["dropped"] = sorted(dropped)
    return line


def render(_logger: object, _method: str, fields: Fields) -> bytes:
    """One line of JSON."""
    return orjson.dumps(fields)


class LibraryHandler(logging.Handler):
    """Write what libraries log: the place and the unfilled template, never the values put into it."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; a message that came ready-made is left out, since nobody can tell what was put into it."""
        line: Fields = {
            "ts": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": "library",
            "where": f"{record.name}:{record.lineno}",
            "function": record.funcName,
        }
        if record.args and isinstance(record.msg, str):
            line["template"] = redact(record.msg)
        if record.exc_info and record.exc_info[1] is not None:
            line.update(describe(record.exc_info[1]))
        try:
            self._stream.write(orjson.dumps(line) + b"\n")
            self._stream.flush()
        except (OSError, ValueError):
            # A full disk or a closed stream must not end a turn, and the standard answer prints the record.
            return


def configure(level: Level = "INFO", stream: BinaryIO | None = None) -> None:
    """Send our own lines, the libraries' and every uncaught exception through the same filter."""
    sink = stream if stream is not None else sys.stderr.buffer
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, keep_allowed, render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.BytesLoggerFactory(sink),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
    root.addHandler(LibraryHandler(sink))
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log what would have been printed with its message."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    structlog.get_logger().error("uncaught", exc_info=error)


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    """The same for threads."""
    structlog.get_logger().error("uncaught", where="thread", exc_info=args.exc_value)
