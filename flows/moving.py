"""Where an answer leads: the stack of pages after a move, the menu always at its bottom."""

from __future__ import annotations

from flows.menu import Menu
from flows.screen import Move, Pop, Push, Replace, Reset, Screen
from flows.welcome import Welcome


def go(stack: list[Screen], move: Move, *, has_language: bool) -> None:
    """Change the stack in place."""
    if isinstance(move, Push):
        if stack[-1] != move.screen:
            stack.append(move.screen)
    elif isinstance(move, Replace):
        stack[-1] = move.screen
    elif isinstance(move, Pop):
        del stack[max(1, len(stack) - move.pages) :]
    elif isinstance(move, Reset):
        stack[:] = [Menu(), *move.screens]
    if isinstance(stack[-1], Menu) and not has_language:
        stack.append(Welcome())  # a menu in a language nobody chose would be a guess
