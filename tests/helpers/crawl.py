"""Walking every page of the conversation by tapping every choice, as the all-screens test and the preview need it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from flows.registry import REGISTRY
from tests.helpers.chat import Chat, Seen

VISITS_MAX = 3
"""How often one page is opened with different parameters: days and times differ only in their numbers."""
ENDS = {("mydata.sure", "yes")}
"""After this choice nothing of hers is left to walk on: `tests/bot/test_erasure.py` takes it."""
FAN_MAX = 4
"""Choices tried on one page: the first ones and the last."""


@dataclass
class Walk:
    """What a walk saw: every message, and which page it was on when it tapped what."""

    seen: list[Seen] = field(default_factory=list)
    screens: Counter[str] = field(default_factory=Counter)

    @property
    def missing(self) -> set[str]:
        """Registered pages the walk never saw."""
        return set(REGISTRY) - set(self.screens)


def walk(chat: Chat, *, twice: bool = False, visits: int = VISITS_MAX) -> Walk:
    """Tap through everything reachable from the last message; with `twice` every tap is doubled."""
    found = Walk()
    start = chat.last
    waiting: list[Seen] = [start]
    while waiting:
        message = waiting.pop(0)
        found.seen.append(message)
        found.screens[message.screen] += 1
        own = [choice[0] for choice in message.choices if (message.screen, choice[0]) not in ENDS]
        if message.screen == "language":  # one walk speaks one language
            own = [choice for choice in own if choice.startswith("nav.") or choice == message.language]
        tried = own if len(own) <= FAN_MAX + 4 else [*own[:FAN_MAX], *own[-5:]]
        for choice in tried:
            chat.clock.forward(seconds=5)
            before = len(chat.inbox)
            chat.taps(choice, on=message)
            after = list(chat.inbox[before:])
            if not after:
                raise AssertionError(f"no answer to {choice} on {message.screen}")
            if twice:
                chat.taps(choice, on=message)
                if len(chat.inbox) <= before + 1:
                    raise AssertionError(f"no answer to the second {choice} on {message.screen}")
                found.seen.append(chat.last)
            for reached in after:
                queued = sum(1 for one in waiting if one.screen == reached.screen)
                if found.screens[reached.screen] + queued < visits:
                    waiting.append(reached)
                else:
                    found.seen.append(reached)
    return found
