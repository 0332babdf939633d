"""A person: asking for one, what she is told about who has her chat, and how a person's words leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from flows import hours, opening, quick, rules, state
from flows.rules import Action, Situation
from flows.screen import Arg, Choice, Move, Push, Reset, Say, Screen, Stay, Turn
from flows.speech import Speech, speak
from flows.texts import Texts
from storage import bookings, conversations, duty, handovers, members, messages, refusals
from storage.handovers import Held
from storage.sites import Site
from storage.sql import Tx

LOOK_DAYS = 14
THERE = timedelta(minutes=10)
"""She wrote so recently that she is there: an answer is not a surprise on her phone."""
PAGE_OPEN = timedelta(hours=24)
"""How long a person's words wait for a page that cannot be called."""
REPLY_MAX = 2000
PAGE = "web"
"""The account of chat pages."""
NOT_THIS = "notthis"
UNKNOWN = "und"
"""The language of words whose writer did not say which it is."""
_NOW: Final = {"staff": "staff_now", "handover_line": "handover_now"}


def wait(turn: Turn, reason: str, *, urgent: bool = False) -> None:
    """Mark the conversation as waiting for a person; it mutes nothing, and an earlier request keeps its place.

    One that a person has stays with that person: only its urgency rises.
    """
    conversation = turn.conversation
    if conversation.owner == "bot":
        conversation.owner = "waiting"
        conversation.waiting_since = turn.now
        conversation.waiting_reason = reason
        conversation.closed_at = None
    elif urgent and not conversation.urgent:
        conversation.waiting_reason = reason
    conversation.urgent = conversation.urgent or urgent


# --- hours ---------------------------------------------------------------------------------------------------


def next_open(turn: Turn) -> tuple[datetime, datetime] | None:
    """When people are at the desk next, or now: from and until."""
    return _opening(turn.db, turn.site, turn.now)


def _opening(tx: Tx, site: Site, now: datetime) -> tuple[datetime, datetime] | None:
    return next((span for span in opening.spans(tx, site, now, LOOK_DAYS) if span[1] > now), None)


def open_for(tx: Tx, site: Site, now: datetime, how_long: timedelta) -> datetime | None:
    """The latest instant since which the desk was open for so long; None when it was not within two weeks."""
    spans = list(opening.spans(tx, site, now - timedelta(days=LOOK_DAYS), LOOK_DAYS))
    for opens, closes in reversed(spans):
        passed = min(closes, now) - opens
        if passed >= how_long:
            return min(closes, now) - how_long
        how_long -= max(passed, timedelta())
    return None


def hours_text(turn: Turn, language: str) -> str:
    """The next opening in any language; the phone number when there is none in sight."""
    span = next_open(turn)
    return turn.texts.span(language, *span) if span else turn.site.phone


# --- the page ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person(Screen):
    """Who answers and when, as it truly stands, and how to reach a person meanwhile."""

    name = "person"

    def show(self, turn: Turn) -> Say:
        refusable = _refusable(turn)
        args: dict[str, Arg] = {"phone": turn.site.phone, "address": turn.site.address}
        if turn.conversation.owner == "person" and refusable is not None:
            return self._say("handover-person-has", refusable, args | {"name": refusable[1]})
        then = ("handover-notthis-about",) if refusable else ()
        if refusable:
            args["name"] = refusable[1]
        on_duty = bool(duty.on_duty(turn.db, turn.site.id, turn.now))
        desk = next_open(turn)
        if desk is not None and desk[0] <= turn.now:
            if on_duty:
                minutes = int(turn.site.promised_answer.total_seconds()) // 60
                args |= {"until": desk[1], "minutes": minutes}
                return self._say("handover-person-now", refusable, args, then)
            args["until"] = desk[1]
            return self._say("handover-person-nobody", refusable, args, ("handover-lines", *then))
        if on_duty:
            return self._say("handover-person-duty", refusable, args, then)
        reads = [at for at in (desk and desk[0], duty.next_shift(turn.db, turn.site.id, turn.now)) if at]
        if not reads:
            return self._say("handover-person-closed", refusable, args, ("handover-lines", *then))
        args["opens"] = min(reads)
        return self._say("handover-person-later", refusable, args, ("handover-lines", *then))

    def _say(
        self, key: str, refusable: tuple[int, str] | None, args: dict[str, Arg], then: tuple[str, ...] = ()
    ) -> Say:
        choices = [Choice("menu", "handover-menu")]
        if refusable:
            choices.append(Choice(f"{NOT_THIS}.{refusable[0]}", "handover-notthis"))
        return Say(key, choices, then=then, nav=False, **args)  # type: ignore[arg-type]  # a text's arguments go by their own names

    def answer(self, turn: Turn, choice: str) -> Move:
        return Reset()


def _refusable(turn: Turn) -> tuple[int, str] | None:
    """Whom "not this person" would mean: who has the chat, else who is behind her next appointment."""
    staff_id = turn.conversation.staff_id
    if staff_id is not None:
        return staff_id, first_name(handovers.name(turn.db, staff_id))
    for booking in bookings.upcoming(turn.db, turn.member.id, turn.now):
        found = handovers.of_counsellor(turn.db, booking.counsellor_id, turn.member.id)
        if found is not None:
            return found
    return None


def first_name(name: str) -> str:
    """What she is told of a person's name."""
    return name.split(maxsplit=1)[0] if name.split() else name


def not_this(turn: Turn, choice: str) -> Move:
    """She does not want this person: never again her chat and appointments; somebody else answers."""
    staff_id = int(choice.partition(".")[2])
    is_new = refusals.add(turn.db, turn.member.id, staff_id, turn.now)
    turn.conversation.may_refuse = True
    conversation = turn.conversation
    if conversation.staff_id == staff_id:
        conversation.owner, conversation.staff_id = "waiting", None
        conversation.waiting_since, conversation.waiting_reason = turn.now, handovers.REFUSED
    elif is_new:
        wait(turn, handovers.REFUSED)
    note = Say("handover-notthis-done")
    top = conversation.stack[-1][0] if conversation.stack else ""
    return Stay(note) if top == Person.name else Push(Person(), note)


# --- what leaves ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a person's words. `reason` says why they wait or were not taken."""

    state: Literal["queued", "held", "refused"]
    reason: str | None = None
    until: datetime | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """How a message may leave now: its kind, what the rules say, and between when."""

    kind: str
    verdict: rules.Verdict
    not_before: datetime
    expires_at: datetime | None


def reply(
    tx: Tx,
    conversation_id: int,
    staff_id: int,
    text: str,
    *,
    language: str | None,
    now: datetime,
    site: Site,
    texts: Texts,
    quick_key: str | None = None,
) -> Reply:
    """Queue a person's words to her, if she has this chat and the rules let them leave now or later.

    Words are sent as typed and marked with the language their writer chose; a quick reply is said in hers.
    """
    to = handovers.held(tx, conversation_id)
    if to is None or to.owner != "person" or to.staff_id != staff_id:
        return Reply("refused", "not_yours")
    if quick_key is not None:
        language = to.member.language or texts.default
        text = quick.text_of(texts, language, quick_key, quick_args(tx, site, now, texts, language))
    if not text.strip():
        return Reply("refused", "empty")
    if len(text) > REPLY_MAX:
        return Reply("refused", "too_long")
    leave = leaving(tx, to, "staff", now, site)
    if leave.verdict.action is Action.SKIP:
        return Reply("refused", leave.verdict.reason)
    message_id = messages.add(
        tx,
        to.id,
        to.account,
        leave.kind,
        text,
        now=now,
        language=language or UNKNOWN,
        lane=messages.REPLY,
        policy=messages.ASK_STAFF,
        not_before=leave.not_before,
        expires_at=leave.expires_at,
        staff_id=staff_id,
    )
    handovers.touch(tx, to.id, staff_id, now)
    if leave.not_before > now:
        return Reply("held", leave.verdict.reason, leave.not_before, message_id)
    return Reply("queued", message_id=message_id)


def quick_args(tx: Tx, site: Site, now: datetime, texts: Texts, language: str) -> dict[str, Arg]:
    """What quick replies say of the info point."""
    span = _opening(tx, site, now)
    open_at = texts.span(language, *span) if span else site.phone
    return {"phone": site.phone, "address": site.address, "hours": open_at}


def told(
    tx: Tx,
    kind: Literal["taken", "returned", "waiting", "closed"],
    conversation_id: int,
    *,
    now: datetime,
    site: Site,
    texts: Texts,
    name: str | None = None,
) -> int | None:
    """Queue the line she is told about who answers now; None when the rules keep it back."""
    to = handovers.held(tx, conversation_id)
    if to is None:
        return None
    subject = f"owner:{to.id}"
    messages.cancel_about(tx, subject)  # what was true before is not news any more
    leave = leaving(tx, to, "handover_line", now, site)
    if leave.verdict.action is Action.SKIP:
        return None
    pages = _pages(to)
    turn = _turn(tx, to, now, site, texts)
    spoken = speak(turn, pages, Speech(Say("handover-returned"))) if kind == "returned" else None
    if spoken is not None:
        words, choices = spoken.text, spoken.choices
    elif kind == "taken" and to.staff_id is not None:
        called = first_name(name or handovers.name(tx, to.staff_id))
        words = texts.text(turn.language, "handover-taken", {"name": called})
        label = texts.text(turn.language, "handover-notthis")
        # Marked as the engine's own choice, so that a typed "1" never means it.
        choices = [[f"{NOT_THIS}.{to.staff_id}", label, True]]
    else:
        words, choices = texts.text(turn.language, f"handover-{kind}"), []
    message_id = messages.add(
        tx,
        to.id,
        to.account,
        leave.kind,
        words,
        now=now,
        choices=choices or None,
        stack=state.dump(pages),
        language=turn.language,
        lane=messages.REPLY,
        policy=messages.RESEND_ONCE,
        subject=subject,
        not_before=leave.not_before,
        expires_at=leave.expires_at,
    )
    if kind == "returned":
        handovers.shows(tx, to.id, state.dump(pages), message_id)
    return message_id


def idle(tx: Tx, now: datetime, site: Site, texts: Texts) -> int:
    """Chats whose person did nothing for long wait again; she is told where she waits for an answer. How many told."""
    since = open_for(tx, site, now, site.idle_after)
    if since is None:
        return 0
    left = handovers.idle(tx, now, since, site.id)
    for conversation_id in left:
        told(tx, "waiting", conversation_id, now=now, site=site, texts=texts)
    return len(left)


def leaving(tx: Tx, to: Held, kind: str, now: datetime, site: Site) -> Leave:
    """What the rules say about a message of this kind, and when it may go."""
    window = hours.window(site, to.member.write_when)
    said = members.last_consent(tx, to.member.id, "write_after_danger") if to.member.danger_at else None
    opened: Literal["open", "closed", "never"] = "never" if window is None else "closed"
    if hours.is_open(now, window):
        opened = "open"
    situation = Situation(
        stop=rules.stop_state(to.member),
        do_not_write=to.member.do_not_write,
        hours=opened,
        owner=to.owner,
        age_band=to.member.age_band,
        danger=rules.danger_state(to.member, said.at if said and said.given else None, now),
        reachable=to.reachable,
    )
    usual = rules.verdict(kind, situation)
    is_there = to.last_in_at is not None and now - to.last_in_at <= THERE
    verdict = rules.verdict(_NOW[kind], situation) if is_there else usual
    at = hours.next_open(now, window) if verdict.action is Action.HOLD and window is not None else now
    expires = at + PAGE_OPEN if to.account == PAGE else None
    if is_there and usual.action is Action.SKIP:
        expires = now + THERE  # allowed only because she is there: later it would find somebody else
    return Leave(_NOW[kind] if is_there else kind, verdict, at, expires)


def _pages(to: Held) -> list[Screen]:
    """Where she was, without the page about a person."""
    from flows.menu import Menu  # every page is in the registry, this one too
    from flows.registry import REGISTRY
    from flows.welcome import Welcome

    pages: list[Screen] = state.load(to.stack, REGISTRY) or [Menu()]
    while len(pages) > 1 and isinstance(pages[-1], Person):
        pages.pop()
    if isinstance(pages[-1], Menu) and to.member.language is None:
        pages.append(Welcome())
    return pages


def _turn(tx: Tx, to: Held, now: datetime, site: Site, texts: Texts) -> Turn:
    """What her pages look at when nobody taps."""
    conversation = conversations.Conversation(
        to.id, to.address_id, to.member.id, to.stack, kept=to.kept, owner=to.owner, staff_id=to.staff_id
    )
    return Turn(tx, now, site, texts, to.member, conversation, to.account, to.account != PAGE)
