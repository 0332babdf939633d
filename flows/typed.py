"""Typed answers: which choice a number, a label, a yes or a no means, and when two questions could be meant."""

from __future__ import annotations

from datetime import timedelta

from flows import words
from flows.folding import fold
from storage.messages import Shown

ASK_WHICH_WITHIN = timedelta(minutes=30)


def choice_of(message: Shown, text: str, language: str) -> str | None:
    """The choice of this message that the typed words mean."""
    offered = [choice for choice in message.choices if not choice[2]]
    number = words.number(text)
    if number is not None and 1 <= number <= len(offered):
        return str(offered[number - 1][0])
    folded = fold(text)
    for choice in message.choices:
        if folded and folded == fold(choice[1]):
            return str(choice[0])
    yes = next((str(choice[0]) for choice in offered if choice[0] in ("yes", "ok")), None)
    if yes is not None and any(choice[0] == "no" for choice in offered):
        answer = words.yes_no(text, language)
        if answer is not None:
            return yes if answer else "no"
    return None


def is_unclear(asking: list[Shown], text: str, language: str) -> bool:
    """Whether two questions stand open and the typed answer would fit both; the newest comes first."""
    if len(asking) < 2:
        return False
    first, second = asking
    if first.sent_at is None or second.sent_at is None or (first.is_reply and second.is_reply):
        return False
    if abs(first.sent_at - second.sent_at) > ASK_WHICH_WITHIN:
        return False
    return choice_of(second, text, language) is not None
