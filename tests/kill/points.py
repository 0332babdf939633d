"""The named points of the code: places where a process may die, found in the sources so that none is forgotten."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from bot.ticks import TICKS

ROOT = Path(__file__).resolve().parents[2]


@cache
def named() -> frozenset[str]:
    """Every point the code calls `at` with."""
    found: set[str] = set()
    for folder in ("storage", "flows", "bot"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _is_at(node.func) and node.args:
                    found |= _points(node.args[0])
    return frozenset(found)


def _is_at(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and called.attr in ("_at", "at")


def _points(named_by: ast.expr) -> set[str]:
    if isinstance(named_by, ast.Constant) and isinstance(named_by.value, str):
        return {named_by.value}
    if isinstance(named_by, ast.JoinedStr):  # ticks.{name}, one for each line of the table
        head = named_by.values[0]
        assert isinstance(head, ast.Constant)
        assert head.value == "ticks.", f"a new kind of point: {ast.unparse(named_by)}"
        return {f"ticks.{name}" for name, _, _ in TICKS}
    return set()
