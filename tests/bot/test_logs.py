"""Nothing a person said or is reachable at gets into a log line, whoever logs it and at whatever level."""

import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest
import structlog

from bot import logs

NAME = "Fatmira Krasniqi"
WORDS = "on me tepe, pomagajte"
PHONE = "+386 40 123 456"
MAIL = "fatmira.k@example.org"
TOKEN = "123456789:AAH" + "x" * 32
CANARIES = (
    NAME,
    "Fatmira",
    "Krasniqi",
    WORDS,
    "tepe",
    PHONE,
    "40 123",
    "38640123456",
    MAIL,
    "fatmira.k",
    TOKEN,
    TOKEN[:12],
)


@pytest.fixture
def sink() -> Iterator[io.BytesIO]:
    """Everything logged at DEBUG; the process's own logging is put back afterwards."""
    root = logging.getLogger()
    handlers, level, hooks = list(root.handlers), root.level, (sys.excepthook, threading.excepthook)
    stream = io.BytesIO()
    logs.configure("DEBUG", stream)
    yield stream
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
    root.handlers[:], root.level = handlers, level
    sys.excepthook, threading.excepthook = hooks


def lines(sink: io.BytesIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def assert_clean(sink: io.BytesIO) -> None:
    text = sink.getvalue().decode()
    assert text
    assert [canary for canary in CANARIES if canary in text] == []


def test_ids_kinds_and_counts_are_kept(sink: io.BytesIO) -> None:
    structlog.get_logger().info("turn", update=17, kind="tap", count=2, took_ms=1764000000000)
    (line,) = lines(sink)
    assert line.pop("ts")
    assert line == {
        "level": "info",
        "event": "turn",
        "update": 17,
        "kind": "tap",
        "count": 2,
        "took_ms": 1764000000000,
    }


# Under an allowed key one plain word cannot be told from a kind, so these are whole names, sentences and numbers.
@pytest.mark.parametrize(
    "canary", [NAME, WORDS, PHONE, MAIL, TOKEN, 38640123456, [NAME], {"name": NAME}, NAME.encode()]
)
@pytest.mark.parametrize("key", ["kind", "reason", "member", "status"])
def test_an_allowed_key_takes_no_words_of_a_person(sink: io.BytesIO, key: str, canary: object) -> None:
    structlog.get_logger().debug("said", **{key: canary})
    assert_clean(sink)


@pytest.mark.parametrize("canary", [*CANARIES, 38640123456, [NAME], {"name": NAME}])
@pytest.mark.parametrize("key", ["text", "name", "phone", "user_id"])
def test_any_other_key_is_dropped(sink: io.BytesIO, key: str, canary: object) -> None:
    structlog.get_logger().debug("said", **{key: canary})
    assert_clean(sink)


def test_an_event_that_is_a_sentence_is_hidden(sink: io.BytesIO) -> None:
    structlog.get_logger().info(f"said: {WORDS}")
    assert lines(sink)[0]["event"] == logs.HIDDEN
    assert_clean(sink)


def test_context_and_unknown_keys_are_filtered_too(sink: io.BytesIO) -> None:
    with structlog.contextvars.bound_contextvars(update=4, text=WORDS):
        structlog.get_logger().info("turn")
    (line,) = lines(sink)
    assert (line["update"], line["dropped"]) == (4, ["text"])
    assert_clean(sink)


def test_an_exception_says_its_kind_and_place_only(sink: io.BytesIO) -> None:
    try:
        try:
            raise KeyError(NAME)
        except KeyError as error:
            raise ValueError(f"{WORDS} {PHONE}") from error
    except ValueError:
        structlog.get_logger().exception("turn.failed", update=3)
        logging.getLogger("storage").exception("failed for %s", NAME)
    ours, foreign = lines(sink)
    assert ours["error"] == foreign["error"] == "ValueError < KeyError"
    assert "test_logs.py" in str(ours["frames"])
    assert_clean(sink)


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("level", [logging.DEBUG, logging.WARNING, logging.CRITICAL])
@pytest.mark.parametrize("name", ["", "aiohttp.server", "telegram.ext", "httpx", "asyncio", "some.library"])
def test_no_library_gets_a_value_out(sink: io.BytesIO, name: str, level: int, canary: str) -> None:
    logger = logging.getLogger(name)
    logger.log(level, "update from %s", canary)
    ready_made = f"update from {canary}"
    logger.log(level, ready_made)
    logger.log(level, "update", extra={"text": canary})
    logger.log(level, canary, exc_info=ValueError(canary))
    logging.getLogger("some.library").warning("always one line")
    assert_clean(sink)


def test_a_template_is_kept_without_what_fills_it_and_is_redacted(sink: io.BytesIO) -> None:
    template = f"bot {TOKEN} asked %s"
    logging.getLogger("some.library").warning(template, NAME)
    assert lines(sink)[0]["template"] == f"bot {logs.HIDDEN} asked %s"


def test_noisy_libraries_stay_quiet_at_debug(sink: io.BytesIO) -> None:
    for name in ("httpx", "httpcore.connection", "telegram.Bot", "aiohttp.access", "apscheduler.executors"):
        logging.getLogger(name).info("request %s", TOKEN)
    assert sink.getvalue() == b""


def test_uncaught_exceptions_and_warnings_take_the_same_way(
    sink: io.BytesIO, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise RuntimeError(WORDS)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    try:
        fail()
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(NAME, stacklevel=1)
    assert [line["event"] for line in lines(sink)][:2] == ["uncaught", "uncaught"]
    assert_clean(sink)
    assert [canary for canary in CANARIES if canary in capfd.readouterr().err] == []


def test_a_closed_stream_ends_nothing(sink: io.BytesIO) -> None:
    sink.close()
    logging.getLogger("some.library").error("nobody reads %s", NAME)
