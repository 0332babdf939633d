"""A stack of screens as JSON and back. Frames are contracts: a screen or field that changed is upcast here, or dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from flows.screen import Param, Screen

DEPTH_MAX = 12
TEXT_MAX = 500
TUPLE_MAX = 20

Frame = list[Any]
_AS_IT_IS = frozenset({int, bool, type(None)})
"""What JSON holds as we do: nearly every parameter, so it is asked first."""
_KNOWN = "_frame"
UPCASTS: Mapping[str, Callable[[Frame], Frame]] = {}
"""Old screen name -> what turns its frame into today's."""


def _param_out(value: Param) -> Any:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, tuple):
        if len(value) > TUPLE_MAX:
            raise ValueError("a tuple in a frame is too long")
        return [_param_out(item) for item in value]
    if isinstance(value, str) and len(value) > TEXT_MAX:
        raise ValueError("a text in a frame is too long")
    return value


def _param_in(value: Any) -> Param:
    if isinstance(value, dict):
        return date.fromisoformat(value["day"])
    if isinstance(value, list):
        return tuple(_param_in(item) for item in value)
    assert value is None or isinstance(value, str | int)
    return value


def frame(screen: Screen) -> Frame:
    """One screen as `[name, {parameter: value}]`; parameters at their default are left out."""
    known: Frame | None = getattr(screen, _KNOWN, None)
    if known is not None:
        return known
    params = {}
    for name, default in _params(type(screen)):  # type: ignore[arg-type]  # a class is hashable, whatever its objects are
        value = getattr(screen, name)
        if value != default:
            params[name] = value if type(value) in _AS_IT_IS else _param_out(value)
    return [screen.name, params]


@cache
def _params(kind: type[Screen]) -> tuple[tuple[str, object], ...]:
    """The parameters of a page and their defaults."""
    return tuple((field.name, field.default) for field in fields(kind))  # type: ignore[arg-type]  # a test says it is a dataclass


def dump(screens: list[Screen]) -> list[Frame]:
    """The stack as JSON; the deepest pages between the first and the last are dropped beyond the limit."""
    kept = screens if len(screens) <= DEPTH_MAX else [screens[0], *screens[-(DEPTH_MAX - 1) :]]
    return [frame(screen) for screen in kept]


def load(stack: list[Frame], registry: Mapping[str, type[Screen]]) -> list[Screen]:
    """The screens of a stored stack, up to the first one this version no longer knows."""
    screens: list[Screen] = []
    for stored in stack:
        current = UPCASTS[stored[0]](stored) if stored[0] in UPCASTS else stored
        kind = registry.get(current[0])
        if kind is None:
            break
        try:
            params = {
                name: value if type(value) in _AS_IT_IS or type(value) is str else _param_in(value)
                for name, value in current[1].items()
            }
            screen = kind(**params)
        except (TypeError, ValueError, KeyError, AssertionError):
            break
        object.__setattr__(
            screen, _KNOWN, current
        )  # she is mostly one page further: the pages below go back as they came
        screens.append(screen)
    return screens
