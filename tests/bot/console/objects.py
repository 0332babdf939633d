"""What the routes of the console are about: for each, one of one's own, somebody else's, another site's, and none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import SQLModel

from bot.console import door
from bot.files import Folder
from storage import (
    cards,
    checks,
    feeds,
    handovers,
    notes,
    people,
    proposals,
    records,
    sessions,
    visits,
    wordings,
)
from storage.bookings import BookingRow
from storage.conversations import ConversationRow
from storage.counsellors import CounsellorRow, ExceptionRow, RuleRow
from storage.db import Database
from storage.duty import AlertRow, ShiftRow
from storage.media import MediaRow
from storage.messages import MessageRow
from storage.sites import Site
from storage.sql import Tx, table
from storage.staff import StaffRow
from storage.tasks import TaskRow
from tests.bot.console import calendar_objects, directory_objects
from tests.bot.console.setup_objects import SETUP, style
from tests.helpers import chats, make, voices
from tests.helpers.console import person

Values = dict[str, str]
"""Path parameters and form fields by name."""
MISSING = ("999999999", "0", "-1", "9" * 40, "x", "%D9%A3", "1%00", "..%2f1")
_n = count(1)


@dataclass
class World:
    """Two sites with somebody else at each."""

    db: Database
    here: Site
    there: Site
    media: Path
    others: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for site in (self.here, self.there):
            self.others[site.id] = self.db.write(
                lambda tx, site=site: person(
                    tx, site, "mediator", "counsellor", "desk", "coordinator", "admin"
                )  # type: ignore[misc]  # bound now
            )


Make = Callable[[Tx, World, Site, int], Values]
"""Something at this site that belongs to this person."""


def put(tx: Tx, model: type[SQLModel], **values: Any) -> int:
    """A row with the model's own defaults; its id."""
    given = {
        name: one.default
        for name, one in model.model_fields.items()
        if name != "id" and not one.is_required()
    }
    row = table(model)
    return int(tx.query(insert(row).values(**{**given, **values}).returning(row.c.id))[0].id)


def _chat(tx: Tx, site: Site, staff_id: int) -> int:
    found = chats.waiting(tx, site, make.MONDAY, f"walk-{next(_n)}")
    assert handovers.take(tx, found, staff_id, make.MONDAY)
    return found


def chat(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A chat she has, with a sensitive note."""
    found = _chat(tx, site, staff_id)
    note = notes.add(tx, chats.member_of(tx, found), staff_id, "a note", True, make.MONDAY)
    return {"id": str(found), "note": str(note)}


def media(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A stored file in such a chat."""
    found, now, uid = _chat(tx, site, staff_id), make.MONDAY, f"{next(_n):032x}"
    message = tx.query(table(MessageRow).select().where(table(MessageRow).c.conversation_id == found))[0]
    put(
        tx,
        MediaRow,
        uid=uid,
        conversation_id=found,
        message_id=message.id,
        account=chats.ACCOUNT,
        kind="file",
        content_type="application/pdf",
        size=5,
        state="stored",
        not_before=now,
        expires_at=now + timedelta(days=1),
        chosen_at=now,
        created_at=now,
    )
    folder = Folder(world.media)
    folder.make()
    (folder.path / uid).write_bytes(b"%PDF-")
    return {"uid": uid, "reason": "letter"}


def session(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A signed-in browser of hers."""
    token = f"walk-{next(_n)}"
    return {"id": str(sessions.begin(tx, door.hashed(token), staff_id, make.MONDAY, passed=True))}


def colleague(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A person who works at the site."""
    found = people.get(tx, person(tx, site, "desk"))
    assert found is not None
    return {"uid": found.uid, "site": str(site.id), "role-desk": "1", "active": "1"}


def place(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """The site itself, named in a form."""
    return {"site": str(site.id)}


def shift(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A line of the roster."""
    found = put(tx, ShiftRow, site_id=site.id, staff_id=staff_id, weekday=1, from_min=480, until_min=900)
    return {"id": str(found), "site": str(site.id)}


def schedule(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """Her working plan, with hours and a day off ahead."""
    values = {"languages": ["sl"], "topics": ["work"], "modes": ["person"]}
    found = put(tx, CounsellorRow, site_id=site.id, name="C", **values)
    tx.query(update(table(StaffRow)).where(table(StaffRow).c.id == staff_id).values(counsellor_id=found))
    hours = {"counsellor_id": found, "from_min": 480, "until_min": 900, "modes": []}
    rule = put(tx, RuleRow, weekday=0, **hours)
    one = put(tx, ExceptionRow, day=make.MONDAY.date() + timedelta(days=3), kind="off", **hours)
    return {"id": str(found), "rule": str(rule), "one": str(one)}


def alert(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A test alert that calls her."""
    uid, now = f"alert-{next(_n)}", make.MONDAY
    subject = f"test:{uid}"
    put(
        tx,
        AlertRow,
        uid=uid,
        site_id=site.id,
        kind="test",
        subject=subject,
        step=1,
        staff_id=staff_id,
        next_at=now,
        created_at=now,
    )
    return {"uid": uid}


def task(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A task of hers."""
    now, subject = make.MONDAY, f"conversation:{next(_n)}"
    found = put(
        tx,
        TaskRow,
        site_id=site.id,
        kind="urgent",
        subject=subject,
        staff_id=staff_id,
        due_at=now,
        created_at=now,
    )
    return {"id": str(found), "note": "done"}


def _counsels(tx: Tx, site: Site, staff_id: int) -> int:
    """Her own calendar, made when she has none."""
    who = table(StaffRow)
    rows = tx.query(who.select().where(who.c.id == staff_id))
    counsellor = rows[0].counsellor_id if rows else None
    if counsellor is None:
        counsellor = put(
            tx, CounsellorRow, site_id=site.id, name="C", languages=["sl"], topics=["work"], modes=["person"]
        )
        tx.query(update(who).where(who.c.id == staff_id).values(counsellor_id=counsellor))
    return int(counsellor)


def calendar(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """Her own calendar, named in a form, and a day."""
    return {"id": str(_counsels(tx, site, staff_id)), "day": f"{make.MONDAY + timedelta(days=1):%Y-%m-%d}"}


def booking(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A meeting with her this morning."""
    now, counsellor = make.MONDAY, _counsels(tx, site, staff_id)
    conversation = chats.waiting(tx, site, now, f"walk-{next(_n)}")
    starts = now - timedelta(hours=1)
    found = put(
        tx,
        BookingRow,
        member_id=chats.member_of(tx, conversation),
        conversation_id=conversation,
        site_id=site.id,
        counsellor_id=counsellor,
        topic="work",
        mode="person",
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        code=f"W{next(_n)}",
        created_at=starts,
    )
    return {"id": str(found), "came": "yes"}


def member(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A member who asked for a person there."""
    found = chats.waiting(tx, site, make.MONDAY, f"walk-{next(_n)}")
    return {"id": str(chats.member_of(tx, found)), "sure": "yes"}


def new_record(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """What opens a record at the site."""
    return {"site": str(site.id), "name": "Mira", "language": "sq", "aloud": "yes"}


def recorded(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A record of the site, with a card, a check and a phone that wants to join."""
    now = make.MONDAY
    found = records.open_new(tx, site.id, "Mira", "mira", "sq", staff_id, now)
    records.agree(tx, found, records.Agreement(None, "discreet", "041 000 111", staff_id, now))
    other = chats.waiting(tx, site, now, f"walk-{next(_n)}")
    card = f"walk-{next(_n)}"
    cards.offer(tx, card, found, staff_id, now)
    (address,) = tx.query(table(ConversationRow).select().where(table(ConversationRow).c.id == other))
    assert cards.ask(tx, card, chats.member_of(tx, other), address.address_id, "47", now)
    checks.set_(tx, found, "407318", "salt", staff_id, now, make.keyed)
    return {"id": str(found), "number": "47", "digits": "407319", "again": "407319", "wording": "time"}


def walk_in(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A tap at the site."""
    return {"site": str(site.id), "uid": f"{next(_n):032x}"}


def tapped(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A tap of hers that was counted."""
    uid = f"{next(_n):032x}"
    visits.add(tx, visits.Visit(uid, site.id, make.MONDAY, None, None, "unknown", None, staff_id))
    return {"site": str(site.id), "uid": uid}


def invitation(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A link nobody used yet."""
    token = f"walk-{next(_n)}"
    sessions.invite(tx, person(tx, site, "desk"), door.hashed(token), make.MONDAY)
    return {"token": token}


def feed(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """The address of her calendar, in which there is a meeting."""
    booking(tx, world, site, staff_id)
    token = f"walk-{next(_n)}"
    assert feeds.make(tx, staff_id, door.hashed(token), make.MONDAY)
    return {"token": token}


def language(tx: Tx, world: World, site: Site, staff_id: int) -> Values:
    """A language with a text of the office's own and its voice, and what a form may say of them."""
    writer = staff_id or world.others[site.id]
    key, after = "menu", max((one.version for one in wordings.current(tx, "en").values()), default=0)
    key, after = "menu", getattr(wordings.current(tx, "en").get("menu"), "version", 0)
    wordings.put(tx, "en", [(key, f"Good. Number {after}.", after)], writer, make.MONDAY)
    proposals.add(tx, "en", key, "Good. Read it.", "0" * 64, writer, make.MONDAY)
    wordings.decide(tx, "en", writer, make.MONDAY, opened=True, reason="tried")
    said = {"source": f"Good. Number {after}, again.", "version": str(after + 1), "digest": "0" * 64}
    said["after"] = voices.plant(tx, "en", key, writer)
    return {"language": "en", "noun": "menu", "key": key, "open": "1", "reason": "tried", **said}


OBJECTS: dict[str, tuple[Make, str]] = {
    "/console/static/{name}": (style, "own missing"),
    "/console/invitation/{token}": (
        invitation,
        "own",
    ),  # an unknown link is the matter of test_invitations.py
    "/console/feed/{token}": (feed, "own others elsewhere missing"),
    "/console/account/sessions/{id}": (session, "own others elsewhere missing"),
    "/console/staff/{uid}": (colleague, "own elsewhere missing"),
    "POST /console/staff": (place, "own elsewhere missing"),
    "POST /console/duty/add": (place, "own elsewhere missing"),
    "/console/duty/shifts/{id}": (shift, "own others elsewhere missing"),
    "POST /console/calendar/plans": (colleague, "own elsewhere missing"),
    "/console/calendar/plans/{id}": (schedule, "own others elsewhere missing"),
    "POST /console/calendar/closed/add": (place, "own elsewhere missing"),
    "POST /console/calendar/closed/import": (place, "own elsewhere missing"),
    "/console/calendar/closed/{id}": (calendar_objects.closed, "own elsewhere missing"),
    "POST /console/calendar/rooms/add": (place, "own elsewhere missing"),
    "POST /console/calendar/rooms/need": (calendar_objects.need, "own elsewhere missing"),
    "/console/calendar/rooms/{id}": (calendar_objects.room, "own elsewhere missing"),
    "/console/alerts/{uid}": (alert, "own others elsewhere missing"),
    "/console/media/{uid}": (media, "own others elsewhere missing"),
    "/console/chats/{id}": (chat, "own others elsewhere missing"),
    "/console/tasks/{id}": (task, "own others elsewhere missing"),
    "/console/members/{id}": (member, "own others elsewhere missing"),
    "POST /console/services/export": (place, "own elsewhere missing"),
    "POST /console/imports": (place, "own elsewhere missing"),
    "/console/imports/{uid}": (directory_objects.imported, "own others elsewhere missing"),
    "POST /console/organisations": (place, "own elsewhere missing"),
    "/console/organisations/{id}": (directory_objects.organisation, "own others elsewhere missing"),
    "/console/services/{id}": (directory_objects.service, "own others elsewhere missing"),
    "POST /console/records": (new_record, "own elsewhere"),
    "/console/records/{id}": (recorded, "own others elsewhere missing"),
    "POST /console/visits": (walk_in, "own elsewhere"),
    "POST /console/visits/undo": (tapped, "own others elsewhere missing"),
    **SETUP,
    "/console/today/{id}": (booking, "own others elsewhere missing"),
    "POST /console/dayoff": (calendar, "own others elsewhere missing"),
    "POST /console/dayoff/cancel": (calendar, "own others elsewhere missing"),
    "/console/bookings/{id}": (booking, "own others elsewhere missing"),
    # What becomes of an unknown language is the same on every page below its own.
    "/console/texts/{language}/csv": (language, "own"),
    "/console/texts/{language}/nouns/{noun}": (language, "own"),
    "/console/texts/{language}/keys/{key}": (language, "own"),
    **{  # what becomes of an unknown language is the same on every page below its own
        f"/console/texts/{{language}}/{one}": (language, "own")
        for one in ("csv", "nouns/{noun}", "keys/{key}")
    },
    "/console/texts/{language}": (language, "own missing"),
}
"""Beginning of a route (with its method when only that one needs it) -> how to make one, and which kinds there are."""


def maker(method: str, path: str) -> tuple[Make | None, list[str]]:
    """How to make what a route is about, and the kinds to try; a parameter nobody can make is an error."""
    if f"{method} {path}" in OBJECTS:
        make_one, kinds = OBJECTS[f"{method} {path}"]
        return make_one, kinds.split()
    for begin, (make_one, kinds) in OBJECTS.items():
        if "{" in begin and (path == begin or path.startswith(f"{begin}/")):
            return make_one, kinds.split()
    assert "{" not in path, f"tests/bot/console/objects.py does not know what {path} is about"
    return None, ["none"]


def made(world: World, make_one: Make | None, kind: str, staff_id: int) -> list[Values]:
    """The values to try for a kind: one set, or one for each way of missing."""
    if make_one is None:
        return [{}]
    site = world.there if kind == "elsewhere" else world.here
    whose = world.others[site.id] if kind in ("others", "elsewhere") else staff_id or world.others[site.id]
    values = world.db.write(lambda tx: make_one(tx, world, site, whose))
    if kind != "missing":
        return [values]
    named = next(name for name in ("id", "uid", "name", "site", "token", "language") if name in values)
    return [values | {named: nothing} for nothing in MISSING]
