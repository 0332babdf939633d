"""One turn: the only home of back, menu, language, SOS, stop, a person, stale taps, floods and numbers typed instead of taps.

The order is fixed: safety words in every language, then the global words in every language, then the tapped or current
screen, then a search, then a hand to a person.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flows import (
    card,
    check,
    flood,
    handover,
    letter,
    media,
    moving,
    ownership,
    place,
    safety,
    state,
    stop,
    typed,
    variants,
    words,
)
from flows.clean import Clean, neutral
from flows.contact import When
from flows.due import GO_ON_AFTER
from flows.hide import Hide
from flows.language import Language
from flows.menu import Menu
from flows.mydata import Erase, MyData, is_late_tap
from flows.ownership import Treatment
from flows.privacy import Privacy
from flows.registry import REGISTRY
from flows.screen import (
    ALONE,
    Incoming,
    Kind,
    Move,
    Outside,
    Pop,
    Push,
    Replace,
    Reset,
    Say,
    Screen,
    Stay,
    Turn,
)
from flows.services import search_screen
from flows.speech import Speech, speak
from flows.texts import Texts, shipped
from flows.voice import CHOICE as VOICE
from flows.welcome import Welcome
from flows.which import Which
from flows.who import Who
from flows.words import Command
from storage import checks, conversations, links, members, messages, mydata, tongues, updates
from storage.messages import Shown
from storage.office import Office
from storage.sql import Tx

WEB_OPEN = timedelta(hours=24)
"""How long a message waits for a page that cannot be called."""
SAID_MAX = 500
_ALWAYS = (Command.STOP, Command.PERSON, Command.HIDE)
"""Besides help, what a flood does not stop."""


def take(
    tx: Tx,
    incoming: Incoming,
    *,
    now: datetime,
    office: Office,
    texts: Texts,
    outside: Outside = ALONE,
) -> bool:
    """Apply one update in this transaction; False when it was applied before."""
    if not updates.first_time(tx, incoming.account, incoming.external_id, now):
        return False
    conversation, member = conversations.load(tx, incoming.account, incoming.sender, now, office.main.id)
    heard = incoming.heard
    turn = Turn(
        tx,
        now,
        office.site(conversation.site_id),
        texts,
        member,
        conversation,
        incoming.account,
        incoming.can_write_first,
        outside,
        office.places,
    )
    if heard.kind is Kind.TAP and is_late_tap(turn, incoming.sender):
        return True
    kept = check.HIDDEN if check.hides(conversation.stack, heard) else heard.choice or card.unnamed(heard)
    message_id = messages.hear(tx, conversation.id, incoming.account, heard.kind, kept, now)
    noted = media.note(turn, heard, message_id)
    if incoming.seen:
        messages.seen(tx, conversation.id, incoming.seen, now)
    if heard.kind is Kind.EDIT:
        return True
    if heard.kind is Kind.BLOCKED:
        members.set_reachable(tx, conversation.address_id, False)
        messages.cancel_unasked(tx, member.id, "blocked")
        return True
    if conversation.left_at is not None and now - conversation.left_at >= GO_ON_AFTER:
        messages.cancel_about(tx, f"conversation:{conversation.id}")  # she is back: no "go on?" any more
    if heard.kind is not Kind.UNBLOCKED:
        _Engine(turn, incoming, noted).run()
    if not turn.gone:
        conversations.save(tx, conversation, now)
    return True


class _Engine:
    """One turn being decided."""

    def __init__(self, turn: Turn, incoming: Incoming, noted: media.Noted) -> None:
        self.noted = noted
        self.turn = turn
        self.incoming = incoming
        self.heard = incoming.heard
        self.stack: list[Screen] = state.load(turn.conversation.stack, REGISTRY)
        self.answers: Shown | None = None
        self.urgent = False

    def run(self) -> None:
        note = self._decide()
        if note is not None and not self.turn.gone:
            self._say(check.guarded(self.turn, self.stack, note))

    # --- deciding ---------------------------------------------------------------------------------

    def _decide(self) -> Speech | None:
        """What to say, after the stack has moved; None when a flood is being ignored."""
        heard, turn = self.heard, self.turn
        # A caption is words like any others.
        text = heard.text if heard.kind in (Kind.TEXT, Kind.START, *media.NOUNS) else ""
        command = words.command(text) if heard.kind is not Kind.START else None
        danger = words.danger(text) if text and command is None else None
        flooding = flood.counts(turn.conversation, turn.now)
        if self._is_quiet(command, danger):
            return None
        if command is not None and command.command is Command.SOS:
            return self._safety(command.languages, level=0)
        if danger is not None and danger.level == 1:
            return self._safety(danger.languages, level=1)
        if command is not None and (not flooding or command.command in _ALWAYS):
            return self._command(command)
        if flooding:
            return Speech(Say("flood", nav=False)) if flood.is_new(turn.conversation) else None
        return self._page(text, danger)

    def _is_quiet(self, command: words.CommandMatch | None, danger: words.Danger | None) -> bool:
        """Whether this is no turn of the bot, as the table of owners says; a line is said at most."""
        said, treatment = ownership.treatment(self.turn, self.heard, command, danger, self._answers)
        if treatment is Treatment.LINE and self.noted.is_new:
            ownership.say(self.turn, ownership.line(self.turn, self.heard, said, self.noted), WEB_OPEN)
        return treatment is not Treatment.TURN

    def _page(self, text: str, danger: words.Danger | None) -> Speech | None:
        """A tap, an opened chat, words or a thing without words, on the page she is on."""
        heard = self.heard
        if heard.kind is Kind.TAP:
            return self._tap()
        if not self.stack:
            return self._first(text)
        if heard.kind is Kind.START:
            return self._start(text)
        if danger is not None:
            return self._go(Push(safety.Worry(self._speaks(danger.languages))))
        if heard.kind in media.WORDLESS or heard.kind in media.NOUNS:
            return self._wordless() if self.noted.is_new else None
        return self._words(text)

    def _first(self, said: str) -> Speech:
        if self.heard.kind is Kind.START:
            place.arrive(self.turn, said)
        hint = shipped(self.incoming.language_hint)
        kept = card.kept(self.turn, said) if self.heard.kind is Kind.START else said[:SAID_MAX]
        self.stack = [Menu(), Welcome(kept, hint if hint in self.turn.texts.offered else None)]
        return Speech()

    def _start(self, payload: str) -> Speech:
        """She opened the chat again: the greeting if she never chose a language, else the menu; both undo a stop."""
        if self.turn.member.language is None:
            return self._first(payload)
        place.arrive(self.turn, payload)
        found = card.page(self.turn, card.kept(self.turn, payload))
        return self._go(Push(found) if found is not None else stop.start(self.turn))

    def _safety(self, languages: tuple[str, ...], level: int) -> Speech:
        turn = self.turn
        language = self._speaks(languages)
        self.urgent = True
        if level:
            members.set_field(turn.db, turn.member.id, "danger_at", turn.now)
            handover.wait(turn, "danger", urgent=True)
        if not self.stack:
            self.stack = [Menu(), Welcome()]
        if self.stack[-1].name.startswith("safety"):
            self.stack.pop()
        return self._go(Push(safety.SafetyCard(language)))

    def _speaks(self, languages: tuple[str, ...]) -> str:
        """Hers if the word is a word of hers too, else the first language of the word."""
        hint = self.incoming.language_hint or ""
        mine = self.turn.member.language or shipped(hint) or hint.split("-")[0]
        if tongues.spoken(mine) in languages or not languages:
            return mine if self.turn.texts.has(mine, "safety-card") else self.turn.language
        return variants.as_written(languages, self.heard.text)

    def _command(self, match: words.CommandMatch) -> Speech:
        turn, command = self.turn, match.command
        if not self.stack:
            self._first("")
            if command in (Command.BACK, Command.MENU, Command.LANGUAGE, Command.START):
                return Speech()
        if command is Command.STOP:
            return self._go(stop.stop(turn))
        if command is Command.START:
            return self._start("")
        if command is Command.PERSON:
            return self._nav("nav.person")
        if command is Command.WHO:
            if self._is_new():
                return Speech(Say("engine-who", place=turn.site.place))
            self._keep([Menu()])
            checks.forget_pass(turn.db, turn.conversation.id)
            return self._go(Reset((Who(),)))  # nothing of hers lies under it
        if command in (Command.HIDE, Command.CLEAN, Command.WHEN):
            return self._discreet(command)
        if command in (Command.MYDATA, Command.ERASE):
            page: Screen = MyData() if command is Command.MYDATA else Erase()
            return self._go(Push(page) if self.stack[-1] != page else Stay())
        return self._nav(f"nav.{command.value.lower()}")

    def _discreet(self, command: Command) -> Speech:
        """Words for a phone that others read."""
        turn = self.turn
        if command is Command.WHEN:
            return self._go(Push(When()) if not isinstance(self.stack[-1], When) else Stay())
        is_new = self._is_new()
        # A link or code still stands in the chat for whoever scrolls up.
        mydata.withdraw(turn.db, turn.member.id, turn.now)
        links.withdraw(turn.db, turn.member.id, turn.now)
        checks.forget_pass(turn.db, turn.conversation.id)
        if command is Command.HIDE:
            self.stack = [Hide(new=is_new)]  # alone: one step back shows it again
        turn.conversation.kept = None
        if command is Command.HIDE:
            return Speech()
        neutral(turn)
        return self._go(Push(Clean(new=True)) if is_new else Reset((Clean(),)))

    def _tap(self) -> Speech:
        tapped = self.heard.message_id
        message = None if tapped is None else messages.find(self.turn.db, self.turn.conversation.id, tapped)
        offered = {choice[0] for choice in message.choices} if message else set()
        if message is None or self.heard.choice not in offered:
            if not self.stack:
                return self._first("")
            return Speech(Say("engine-tap-over"))
        return self._answer(message, self.heard.choice)

    def _answer(self, message: Shown, choice: str) -> Speech:
        """Restore the screens this message showed and answer them; what she was in the middle of is kept once."""
        self.answers = message
        is_current = message.stack == self.turn.conversation.stack
        restored = self.stack if is_current else state.load(message.stack, REGISTRY)
        if not restored:
            return Speech(Say("engine-tap-over"))
        self._keep(restored)
        self.stack = restored
        if choice.startswith("nav."):
            return self._nav(choice)
        screen = self.stack[-1]
        if isinstance(screen, Which):
            other = messages.find(self.turn.db, self.turn.conversation.id, int(choice))
            return self._words(screen.said, of=other) if other else Speech(Say("engine-tap-over"))
        if choice == "goon":
            return self._go_on()
        if choice.startswith(handover.NOT_THIS):
            return self._go(handover.not_this(self.turn, choice))
        if check.locks(self.turn, screen):
            return Speech()  # asked first; the tap did nothing
        return self._go(screen.answer(self.turn, choice))

    def _keep(self, restored: list[Screen]) -> None:
        """A dialogue she leaves by tapping elsewhere is offered once on the menu."""
        now_at = self.stack[-1] if self.stack else None
        if now_at is None or not now_at.dialogue or restored[-1].dialogue:
            return
        self.turn.conversation.kept = state.dump(self.stack)

    def _go_on(self) -> Speech:
        kept = self.turn.conversation.kept
        self.turn.conversation.kept = None
        self.stack = (state.load(kept, REGISTRY) if kept else []) or [Menu()]
        return Speech()

    def _nav(self, choice: str) -> Speech:
        """The engine's own choices, the same on every page."""
        turn = self.turn
        if choice == "nav.sos":
            return self._safety((turn.language,), level=0)
        top = self.stack[-1]
        if choice == VOICE:
            self.urgent = isinstance(top, safety.SafetyCard)
            return Speech(voice=True)
        if choice == "nav.back" and isinstance(top, Hide | check.Check):
            return self._go(Stay() if isinstance(top, Hide) else Reset())
        if isinstance(top, safety.SafetyCard) and choice in ("nav.person", "nav.menu"):
            return self._go(top.answer(turn, choice.removeprefix("nav.")))
        if choice == "nav.person":
            told = letter.lets(turn, self.stack[-1], self.heard)
            handover.wait(turn, "asked")
            return self._go(Push(handover.Person(), told) if self.stack[-1].name != "person" else Stay())
        if choice == "nav.language":
            return self._go(Push(Language()) if self.stack[-1].name != "language" else Stay())
        if choice in ("nav.menu", "nav.back") and self._is_new():
            return self._go(Pop() if len(self.stack) > 2 else Replace(Welcome()))
        if choice == "nav.menu":
            self._keep([Menu()])
            return self._go(Reset())
        return self._go(Pop())

    def _is_new(self) -> bool:
        """Whether she has not answered the privacy text yet."""
        return any(
            isinstance(page, Welcome)
            or (isinstance(page, Privacy) and page.first)
            or (isinstance(page, Hide) and page.new)
            for page in self.stack
        )

    def _wordless(self) -> Speech:
        """A voice, picture, file, place, contact or sticker: said at once what can be done with it."""
        move = self.stack[-1].hear(self.turn, self.heard)
        if move is not None:
            return self._go(move)
        if self.heard.kind in media.NOUNS:
            if self._is_new():  # past the privacy text nothing leads but her answer
                return Speech(letter.short(self.heard.kind))
            return self._go(letter.asked(self.heard, self.noted))
        return Speech(Say(media.WORDLESS[self.heard.kind]))

    def _words(self, text: str, of: Shown | None = None) -> Speech:
        """Typed words: a number or label of the last question, else what the page makes of them, else a search."""
        turn, page = self.turn, self.stack[-1]
        if isinstance(page, check.Check) and check.digits(text):
            return self._go(page.hear(turn, self.heard) or Stay())
        asking = (
            [of]
            if of
            else messages.latest_asking(turn.db, turn.conversation.id, turn.conversation.asking_from)
        )
        if asking:
            choice = typed.choice_of(asking[0], text, turn.language)
            if typed.is_unclear(asking, text, turn.language):
                return self._go(Push(Which(text[:SAID_MAX], (asking[0].id, asking[1].id))))
            if choice is not None:
                return self._answer(asking[0], choice)
        hears = self.heard.kind is Kind.TEXT and not check.locks(turn, page)
        move = page.hear(turn, self.heard) if hears else None
        if move is None and text.strip():
            found = search_screen(turn, text)
            move = Push(found) if found else None
        if move is not None:
            return self._go(move)
        turn.conversation.misses += 1
        key = "engine-unclear" if turn.conversation.misses < 2 else "engine-unclear-person"
        return Speech(Say(key), missed=True)

    def _answers(self, shown: Shown) -> bool:
        """Whether her words answer this question of the bot."""
        choice = typed.choice_of(shown, self.heard.text, self.turn.language)
        return choice is not None or check.hides(shown.stack, self.heard)

    def _go(self, move: Move) -> Speech:
        moving.go(self.stack, move, has_language=self.turn.member.language is not None)
        return Speech(move.note)

    # --- saying -----------------------------------------------------------------------------------

    def _say(self, speech: Speech) -> None:
        turn = self.turn
        if not speech.missed:
            turn.conversation.misses = 0
        if self.answers is not None and not self.answers.is_reply:
            messages.answered(turn.db, self.answers.id)
        spoken = speak(turn, self.stack, speech, asked=True)
        stack = state.dump(self.stack)
        turn.conversation.asking_from = messages.add(
            turn.db,
            turn.conversation.id,
            turn.account,
            "safety" if self.urgent else "answer",
            spoken.text,
            now=turn.now,
            choices=spoken.choices,
            stack=stack,
            language=spoken.language,
            lane=messages.CRISIS if self.urgent else messages.REPLY,
            policy=messages.RESEND_ONCE if self.urgent else spoken.policy,
            voice_id=spoken.voice,
            expires_at=None if turn.can_write_first else turn.now + WEB_OPEN,
        )
        turn.conversation.stack = stack
        turn.conversation.left_at = turn.now if self.stack[-1].dialogue else None
