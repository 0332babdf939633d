"""Voice notes, pictures and files: written down with her words, fetched and shown only when she lets a person look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.screen import Heard, Kind, Say, Turn
from flows.texts import Texts
from storage import media, messages
from storage.sql import Tx

DAY = timedelta(hours=24)
"""How long we hold what she sent, unless staff keep it with a reason."""
MANY = 40
"""Files a day from one chat; more would only fill the disk."""
WORDLESS = {
    Kind.LOCATION: "heard-location",
    Kind.CONTACT: "heard-contact",
    Kind.STICKER: "heard-sticker",
    Kind.UNSUPPORTED: "heard-unsupported",
}
"""What has no words and no bytes for anybody to look at, and what is said to it."""
NOUNS = {Kind.VOICE: "voice", Kind.PICTURE: "picture", Kind.FILE: "file"}


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of it."""

    is_new: bool = True
    """Not the second picture of an album, which is answered once."""
    chosen: bool = False
    """Whether a person gets it without being asked for."""
    problem: str | None = None


def note(turn: Turn, heard: Heard, message_id: int) -> Noted:
    """Write down what she sent beside its message."""
    sent = heard.media
    if sent is None or heard.kind not in NOUNS:
        return Noted()
    # A person already has this chat, or is waited for: she sends it to that person.
    chosen = turn.conversation.owner != "bot"
    lately, of_album = media.before(turn.db, turn.conversation.id, sent.album, turn.now - DAY)
    problem = "too_many" if lately >= MANY else sent.problem
    state = "refused" if problem else "stored" if sent.content_type else "wanted"
    media.add(
        turn.db,
        sent.uid,
        turn.conversation.id,
        message_id,
        turn.account,
        NOUNS[heard.kind],
        state=state,
        now=turn.now,
        expires_at=turn.now + DAY,
        provider_ref=sent.ref if state == "wanted" else None,
        name=sent.name,
        content_type=sent.content_type,
        size=sent.size,
        error=problem,
        album=sent.album,
        chosen_at=turn.now if chosen else None,
    )
    return Noted(not of_album, chosen and not problem, problem)


def choose(turn: Turn) -> Say:
    """She lets a person look at what she sent; what to tell her, as it truly stands."""
    media.choose(turn.db, turn.conversation.id, turn.now)
    there = any(
        sent.chosen_at and sent.state in ("wanted", "stored") and sent.expires_at > turn.now
        for sent in media.of(turn.db, turn.conversation.id)
    )
    return Say("media-passed" if there else "media-missing")


def trouble(heard: Heard, problem: str | None = None) -> Say | None:
    """What to tell her at once when we do not take it."""
    why = problem or (heard.media.problem if heard.media else None)
    if why is None:
        return None
    return Say("media-too-big" if why == "too_big" else "media-too-many")


def unanswered(turn: Turn) -> str | None:
    """What kind of thing she sent last that no person may see yet."""
    waiting = (
        sent.kind
        for sent in reversed(media.of(turn.db, turn.conversation.id))
        if sent.chosen_at is None and sent.expires_at > turn.now
    )
    return next(waiting, None)


def drop(turn: Turn) -> None:
    """She does not want anything kept: what she sent goes with the next round."""
    media.drop(turn.db, turn.conversation.id, turn.now)


def tell(tx: Tx, wanted: media.Wanted, why: str, *, now: datetime, texts: Texts) -> None:
    """She let a person look and the person cannot: queue a line that says so, and what she can do."""
    key = {"too_big": "media-too-big", "wrong_type": "media-wrong-kind"}.get(why, "media-not-here")
    language = media.language_of(tx, wanted.conversation_id) or texts.default
    messages.add(
        tx,
        wanted.conversation_id,
        wanted.account,
        "answer",
        texts.text(language, key),
        now=now,
        language=language,
        policy=messages.NEVER_RESEND,
        expires_at=now + DAY,
    )
