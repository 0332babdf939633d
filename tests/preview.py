"""`make preview`: one page with every screen in every language as the phone shows it, for reviewers and translators."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random

from jinja2 import Environment

from bot.demo import seed
from bot.web.render import runs
from flows import link, missed, quick
from flows.registry import REGISTRY
from flows.reminder import GoOn, Reminder, Thanks
from flows.safety import SafeHours, SafeToWrite, SafetyCard, Worry
from flows.screen import Kind, Screen, Turn
from flows.speech import Speech, speak
from flows.texts import RTL, SHIPPED
from flows.which import Which
from storage import bookings, conversations
from storage.db import Database
from storage.migrate import upgrade
from storage.sql import Tx
from tests.helpers import make
from tests.helpers.chat import Chat
from tests.helpers.crawl import walk

OUT = Path("preview/index.html")
SAME_MAX = 4
"""How often one screen is shown with other words."""
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Točka: every screen</title>
<style>
  body { font: 16px/1.45 system-ui, sans-serif; margin: 1.5rem; background: #f4f1ec; color: #222 }
  h2 { margin-top: 2.5rem; border-bottom: 1px solid #ccc }
  section { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1rem; align-items: start }
  article { background: #fff; border-radius: .8rem; padding: .8rem; max-width: 22rem; box-shadow: 0 1px 3px #0002 }
  article h3 { font-size: .75rem; margin: 0 0 .4rem; color: #666; font-weight: normal }
  p { white-space: pre-line; margin: 0 0 .6rem; overflow-wrap: anywhere }
  b { display: block; font-weight: normal; padding: .35rem .6rem; margin: .25rem 0;
      border: 1px solid #9aa; border-radius: .5rem }
  i { font-style: normal; display: inline-block; color: #456; border: 1px solid #ccd; border-radius: .5rem;
      padding: .15rem .5rem; margin-block-start: .2rem; margin-inline-end: .2rem }
  [dir="ltr"] p { unicode-bidi: plaintext }
  @media print {
    body { margin: 0; background: none } nav { display: none }
    article { break-inside: avoid; box-shadow: none; border: 1px solid #999 }
    h2 { break-before: page }
  }
</style>
<h1>Every screen in every language</h1>
<p>Translations are drafts until a native reader signs; safety texts need a specialist too. See docs/translations.md.</p>
<nav>{% for language in pages %}<a href="#{{ language }}">{{ language }}</a> {% endfor %}</nav>
{% for language, cards in pages.items() %}
<h2 id="{{ language }}">{{ language }} ({{ cards | length }})</h2>
<section lang="{{ language }}" dir="{{ 'rtl' if language in rtl else 'ltr' }}">
{% for card in cards %}<article>
<h3 lang="en" dir="ltr">{{ card.screen }} · {{ card.text | length }} characters</h3>
<p lang="{{ card.language }}" dir="{{ 'rtl' if card.language in rtl else 'ltr' }}">{{ card.text }}</p>
{% for choice in card.own %}<b>{{ loop.index }}&ensp;<bdi dir="{{ choice | runs }}">{{ choice }}</bdi></b>{% endfor %}
{% for choice in card.nav %}<i><bdi dir="{{ choice | runs }}">{{ choice }}</bdi></i>{% endfor %}
</article>
{% endfor %}</section>{% endfor %}
</html>
"""


@dataclass(frozen=True)
class Card:
    """One screen as the phone shows it."""

    screen: str
    text: str
    own: tuple[str, ...]
    nav: tuple[str, ...]
    language: str


def walked(db: Database, language: str) -> list[Card]:
    """The screens a member reaches by tapping, in one shipped language."""
    site = db.write(make.site)
    chat = Chat(db, make.Clock(), make.texts(), site, sender=f"preview-{language}").starts(language)
    walk(chat)
    chat.clock.forward(minutes=2)
    chat.sends(Kind.START).says("vrtec").sends(Kind.PICTURE).taps("desk", "words", "odlocba").says(
        "clean"
    ).says("hide").says("who is this").says("sos").says("stop")
    chat.clock.forward(minutes=2)
    walk(chat, visits=1)
    reached = [
        card(seen.screen, seen.text, seen.choices, seen.language) for seen in chat.inbox if seen.screen
    ]
    return [*reached, *db.write(lambda tx: unasked(tx, chat))]


def unasked(tx: Tx, chat: Chat) -> list[Card]:
    """The pages a walk by taps does not meet: what the bot says first, and the question which message is meant."""
    now = make.MONDAY
    conversation, member = conversations.load(tx, chat.account, chat.sender, now)
    booked = bookings.upcoming(tx, member.id, now)[0]
    pages: list[Screen] = [
        Reminder(booked.id, booked.version),
        Thanks(booked.id),
        GoOn(),
        Which("1", (chat.inbox[0].id, chat.inbox[1].id)),
        missed.Missed(booked.id),
        missed.Hard(booked.id),
        missed.Noted("time"),
        missed.Noted("money"),
        missed.Noted("none"),
        link.Join(),
        link.Done(),
    ]
    turn = Turn(tx, now, chat.site, make.texts(), member, conversation, chat.account)
    replies = [
        Card("quick reply", said, (), (), turn.language)
        for _, said in quick.texts_for(turn.texts, turn.language)
    ]
    return [*rendered(turn, pages), *replies]


def rendered(turn: Turn, pages: list[Screen]) -> list[Card]:
    """These pages as they are shown now."""
    spoken = [(page.name, speak(turn, [page], Speech())) for page in pages]
    return [card(name, said.text, said.choices, said.language) for name, said in spoken]


def card(screen: str, text: str, choices: list[list[object]], language: str) -> Card:
    own = tuple(str(label) for _, label, is_nav in choices if not is_nav)
    return Card(screen, text, own, tuple(str(label) for _, label, is_nav in choices if is_nav), language)


def safety(db: Database, language: str) -> list[Card]:
    """The safety screens in a language that has only those."""
    now = make.MONDAY
    site = db.write(make.site)
    pages: list[Screen] = [
        SafetyCard(language),
        SafeToWrite(language, "person"),
        SafeToWrite(language, "more"),
        SafeHours(language),
        Worry(language),
    ]

    def unit(tx: Tx) -> list[Card]:
        conversation, member = conversations.load(tx, "telegram:1", f"safety-{language}", now)
        return rendered(Turn(tx, now, site, make.texts(), member, conversation, "telegram:1"), pages)

    return db.write(unit)


def unique(cards: list[Card]) -> list[Card]:
    """Each screen a few times at most, in the order of the registry."""
    order = {name: at for at, name in enumerate(REGISTRY)}
    kept: dict[str, dict[str, Card]] = {}
    for one in cards:
        texts = kept.setdefault(one.screen, {})
        if len(texts) < SAME_MAX or one.screen not in order:
            texts.setdefault(one.text, one)
    return [
        one
        for name in sorted(kept, key=lambda name: order.get(name, len(order)))
        for one in kept[name].values()
    ]


def main() -> None:
    """Write the page."""
    texts = make.texts()
    pages: dict[str, list[Card]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for language in (*SHIPPED, *(tag for tag in texts.languages if tag not in SHIPPED)):
            url = f"sqlite:///{folder}/{language}.db"
            upgrade(url)
            db = make.open_database(url)
            db.write(lambda tx: seed(tx, "celje", make.MONDAY, Random(1)))
            found = walked(db, language) if language in SHIPPED else []
            pages[language] = unique([*found, *safety(db, language)])
            db.close()
    shown = {one.screen for one in pages[SHIPPED[0]]}
    assert shown >= set(REGISTRY), set(REGISTRY) - shown
    OUT.parent.mkdir(exist_ok=True)
    environment = Environment(autoescape=True)
    environment.filters["runs"] = runs
    html = environment.from_string(PAGE).render(pages=pages, rtl=RTL)
    OUT.write_text(html, encoding="utf-8")
    print(f"{sum(map(len, pages.values()))} screens in {len(pages)} languages: {OUT}")


if __name__ == "__main__":
    main()
