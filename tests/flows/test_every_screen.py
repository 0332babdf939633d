"""Every page, every choice, every shipped language: reached by tapping, each tap doubled."""

from random import Random

import pytest

from bot.demo import seed
from flows.registry import REGISTRY
from flows.screen import CHOICE_ID_MAX, LABEL_MAX, Kind
from flows.texts import SHIPPED
from storage.db import Database
from tests.helpers import make
from tests.helpers.chat import Chat
from tests.helpers.crawl import VISITS_MAX, Walk, walk
from tests.helpers.make import Clock

ELSEWHERE = {
    "card.own",
    "card.wait",
    "change",
    "check",
    "link.done",
    "link.join",
    "missed",
    "missed.hard",
    "missed.noted",
    "place",
    "reminder",
    "reminder.goon",
    "reminder.thanks",
    "which",
    "safety.worry",
}
"""Pages that begin with something other than a tap or a word of these walks: their own tests walk them."""


def member(db: Database, clock: Clock, language: str, *, web: bool = False) -> Chat:
    account = "web" if web else "telegram:1"
    site = db.write(lambda tx: seed(tx, "celje", clock.at, Random(1)))
    chat = Chat(db, clock, make.texts(), site, account=account, sender=language, can_write_first=not web)
    return chat.starts(language)


def examine(found: Walk, language: str) -> None:
    for seen in found.seen:
        assert seen.text.strip(), seen
        assert "{" not in seen.text, seen
        assert len(seen.text) <= 4096, seen
        assert len(seen.choices) <= 12, seen
        labels = [choice[1] for choice in seen.choices]
        assert len(set(labels)) == len(labels), seen
        for choice_id, label, _nav in seen.choices:
            assert 0 < len(label) <= LABEL_MAX, (seen.screen, label)
            assert len(choice_id.encode("ascii")) <= CHOICE_ID_MAX, (seen.screen, choice_id)
        if not seen.screen.startswith("safety"):
            assert seen.language == language, seen


ALWAYS = (("sqlite", "sl"), ("sqlite", "ar"), ("postgresql", "sl"))
PAIRS = [
    pytest.param(engine, language, marks=[] if (engine, language) in ALWAYS else [pytest.mark.slow])
    for engine in ("sqlite", "postgresql")
    for language in SHIPPED
]
"""The pages are the same on both databases and in every language, only the words differ, and those have tests of their own:
`make check` walks the rest."""


@pytest.mark.parametrize(("database_url", "language"), PAIRS, indirect=["database_url"])
def test_every_page_by_double_taps(db: Database, clock: Clock, language: str) -> None:
    chat = member(db, clock, language)
    # Each page once is enough on the second database: the pages are the same, only what stores them differs.
    first = walk(
        chat, twice=True, visits=1 if language == "ar" or db.dialect.name != "sqlite" else VISITS_MAX
    )
    examine(first, language)
    clock.forward(minutes=2)
    chat.sends(Kind.START).says("vrtec").sends(Kind.PICTURE).taps("desk", "words", "odlocba").says(
        "clean"
    ).says("hide").says("who is this").says("stop")
    clock.forward(minutes=2)
    second = walk(chat, twice=True, visits=1)
    examine(second, language)
    met = {seen.screen for seen in chat.inbox}
    assert set(REGISTRY) - met == ELSEWHERE
