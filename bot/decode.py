"""JSON from outside, made harmless: of bounded size and depth, without NUL and lone surrogates."""

from __future__ import annotations

import json
import re

import orjson

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]
SIZE_MAX = 1 << 20
DEPTH_MAX = 64
_DIGITS_MAX = 18  # of a number either database can hold
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_HARMFUL = re.compile("[\x00\ud800-\udfff]")
# The closing quote may be missing: a string without one is passed over once, not again from every quote inside it.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


class Undecodable(ValueError):
    """Not JSON, or too much of it. Says nothing of what it was."""


def decode(raw: bytes, size_max: int = SIZE_MAX) -> Value:
    """The value in `raw`. Bad bytes become U+FFFD, what lies too deep or is no usable number becomes None."""
    if len(raw) > size_max:
        raise Undecodable("too large")
    deep = raw.count(b"[") + raw.count(b"{") > DEPTH_MAX
    if not deep and b"\\u0000" not in raw:
        try:
            value: Value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            pass  # a lone surrogate or a bad byte may be in one update of many: the slow way keeps the others
        else:
            return value
    try:
        loaded = json.loads(
            _shallow(raw.decode("utf-8", "replace")),
            parse_int=_int,
            parse_float=_float,
            parse_constant=_nothing,
        )
    except (ValueError, RecursionError):
        raise Undecodable("not JSON") from None  # the parser's own words quote the text
    return _scrub(loaded)


def _shallow(text: str) -> str:
    """The same text with `null` for every list or object below DEPTH_MAX."""
    kept: list[str] = []
    depth = at = 0
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in "[{":
            depth += 1
            if depth == DEPTH_MAX + 1:
                kept += (text[at : token.start()], "null")
        elif mark in "]}":
            depth -= 1
            if depth == DEPTH_MAX:
                at = token.end()
    if depth > DEPTH_MAX:
        raise ValueError("not closed")
    return "".join((*kept, text[at:])) if kept else text


def _int(digits: str) -> int | None:
    return int(digits) if len(digits) <= _DIGITS_MAX else None


def _float(digits: str) -> float | None:
    number = float(digits)
    return number if abs(number) < float("inf") else None


def _nothing(_name: str) -> None:
    """NaN and the infinities are no JSON."""


def _scrub(value: Value) -> Value:
    """The same value with every string storable; its depth is bounded already."""
    if isinstance(value, str):
        return _HARMFUL.sub(_REPLACEMENT, value)
    if isinstance(value, list):
        return [_scrub(item) for item in value]
    if isinstance(value, dict):
        return {_HARMFUL.sub(_REPLACEMENT, key): _scrub(item) for key, item in value.items()}
    return value
