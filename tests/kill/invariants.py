"""What must be true of a database, the provider's ledger and what was pushed, once everything has come to rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from flows.flood import BURST_MAX, BURST_S
from flows.screen import Kind
from storage import audit, messages
from storage.bookings import BookingRow
from storage.cells import CellRow
from storage.conversations import ConversationRow
from storage.db import Database
from storage.duty import AlertRow, AlertSend
from storage.grid import CELL_MS
from storage.members import AddressRow
from storage.messages import MessageRow
from storage.rooms import NeedRow, RoomCellRow
from storage.sql import Tx, table, to_ms
from storage.staff import StaffRow
from storage.updates import FailedTurn, UpdateRow
from tests.helpers.provider import ACCOUNT
from tests.kill.people import COLLEAGUES, Update, heard

MINUTE = timedelta(seconds=BURST_S)
ANSWERS = ("answer", "safety", "failed_line")
ACCEPTED_MAX = {messages.RESEND_ONCE: 2}
_m, _c, _a = table(MessageRow), table(ConversationRow), table(AddressRow)
_b, _cell, _room = table(BookingRow), table(CellRow), table(RoomCellRow)
_alert, _call, _staff = table(AlertRow), table(AlertSend), table(StaffRow)


@dataclass
class Found:
    """Everything there is to check."""

    pushed: Mapping[int, Update]
    """What the members did, by update id."""
    taps: Mapping[int, Update]
    """What colleagues did."""
    ledger: Sequence[Mapping[str, Any]]
    keys: list[Any] = field(default_factory=list)
    failed: list[Any] = field(default_factory=list)
    rows: list[Any] = field(default_factory=list)
    talks: list[Any] = field(default_factory=list)
    bookings: list[Any] = field(default_factory=list)
    cells: list[Any] = field(default_factory=list)
    room_cells: list[Any] = field(default_factory=list)
    in_rooms: set[int] = field(default_factory=set)
    """Counsellors who meet people in a room."""
    accepted: Counter[int] = field(default_factory=Counter)
    """How often each message row stands on a phone."""
    strays: list[str] = field(default_factory=list)
    alerts: list[Any] = field(default_factory=list)
    calls: list[Any] = field(default_factory=list)
    acts: list[Any] = field(default_factory=list)
    """The audit."""
    broken: audit.Broken | None = None
    """Where the audit's chain does not hold."""
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often a call stands on a colleague's phone: (her chat, the button's data)."""

    def read(self, db: Database) -> Found:
        """Fill in what the database holds, and find the row behind every accepted message."""
        db.read(self._read)
        bare = [
            ((row.external_id, row.text), row.id) for row in self.rows if row.outgoing and not row.choices
        ]
        by_words = dict(bare)
        assert len(by_words) == len(bare), "two messages without a button say the same"
        for entry in self.ledger:
            if entry["method"] == "sendMessage" and entry["accepted"]:
                params = entry["params"]
                if int(params["chat_id"]) in COLLEAGUES:
                    self.told.update((params["chat_id"], data) for data in _buttons(params))
                    continue
                row = by_words.get((params["chat_id"], params["text"])) or _tapped_row(params)
                if row is None:
                    self.strays.append(str(params["text"])[:40])
                else:
                    self.accepted[row] += 1
        return self

    def _read(self, tx: Tx) -> None:
        self.keys = tx.query(select(table(UpdateRow)))
        self.failed = tx.query(select(table(FailedTurn)))
        self.rows = tx.query(
            select(_m, _a.c.external_id)
            .join(_c, _c.c.id == _m.c.conversation_id)
            .join(_a, _a.c.id == _c.c.address_id)
        )
        self.talks = tx.query(select(_c, _a.c.external_id).join(_a, _a.c.id == _c.c.address_id))
        self.bookings = tx.query(select(_b))
        self.cells = tx.query(select(_cell.c.counsellor_id, _cell.c.cell, _cell.c.booking_id))
        self.room_cells = tx.query(select(_room.c.room_id, _room.c.cell, _room.c.booking_id))
        self.in_rooms = {row.counsellor_id for row in tx.query(select(table(NeedRow)))}
        self.alerts = tx.query(select(_alert))
        self.calls = tx.query(
            select(_call, _alert.c.uid, _staff.c.telegram_id)
            .join(_alert, _alert.c.id == _call.c.alert_id)
            .join(_staff, _staff.c.id == _call.c.staff_id)
        )
        self.acts = tx.query(select(table(audit.AuditRow)))
        self.broken = audit.verify(tx)


def _tapped_row(params: Mapping[str, Any]) -> int | None:
    return next((int(data.partition(".")[0]) for data in _buttons(params)), None)


def _buttons(params: Mapping[str, Any]) -> list[str]:
    rows = (params.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row]


def problems(found: Found) -> list[str]:
    """Every broken promise, in words; none when all is well."""
    checks = (each_update_once, each_turn_answered, bookings_fit, rooms_fit, deliveries, calling)
    return [problem for check in checks for problem in check(found)]


def each_update_once(found: Found) -> Iterator[str]:
    """Every update pushed has one key and one stored message, and nothing has either without an update."""
    keys = Counter((row.account, row.external_id) for row in found.keys)
    wanted = Counter((ACCOUNT, str(id_)) for id_ in found.pushed)
    if keys != wanted:
        yield f"keys: {len(wanted - keys)} lost, {len(keys - wanted)} too many"
    stored = Counter((r.external_id, r.kind, r.text) for r in found.rows if r.state == "received")
    said = Counter(heard(update) for update in found.pushed.values())
    if stored != said:
        yield f"heard: {(said - stored).total()} lost, {(stored - said).total()} too many"
    if found.failed:
        yield f"failed turns: {[row.error for row in found.failed][:3]}"


def each_turn_answered(found: Found) -> Iterator[str]:
    """As many answers and saved states as she had turns: a turn applied twice would leave more."""
    turns = Counter(who for who, kind, _ in map(heard, found.pushed.values()) if kind != Kind.EDIT)
    answers = Counter(row.external_id for row in found.rows if row.kind in ANSWERS and row.outgoing)
    for talk in found.talks:
        her = turns[talk.external_id]
        if talk.version != her:
            yield f"conversation {talk.id}: {her} turns, version {talk.version}"
        if answers[talk.external_id] != her and not _flooded(found, talk.external_id):
            yield f"conversation {talk.id}: {her} turns, {answers[talk.external_id]} answers"


def _flooded(found: Found, who: str) -> bool:
    """Whether so much of hers was heard within a minute that the engine stopped answering (a backlog may do that)."""
    times = sorted(row.created_at for row in found.rows if row.external_id == who and row.state == "received")
    return any(last - first <= MINUTE for first, last in zip(times, times[BURST_MAX:], strict=False))


def bookings_fit(found: Found) -> Iterator[str]:
    """Nobody meets two at once, the cells are exactly those of what is booked, nobody booked without a yes."""
    standing = [one for one in found.bookings if one.state not in ("cancelled", "moved")]
    held: dict[int, list[Any]] = defaultdict(list)
    for booking in standing:
        held[booking.counsellor_id].append((booking.starts_at, booking.ends_at, booking.id))
    for one in held.values():
        for (_, ends, first), (starts, _, second) in pairwise(sorted(one)):
            if starts < ends:
                yield f"bookings {first} and {second} overlap"
    yield from _cells("cells", found.cells, ((one.counsellor_id, one) for one in standing))
    agreed = Counter(who for who, kind, words in map(heard, found.pushed.values()) if _is_yes(kind, words))
    members = {talk.member_id: talk.external_id for talk in found.talks}
    for member, count in Counter(booking.member_id for booking in found.bookings).items():
        if count > agreed[members[member]]:
            yield f"member {member}: {count} bookings, {agreed[members[member]]} times yes"


def rooms_fit(found: Found) -> Iterator[str]:
    """Who is met in a room has one, and rooms are held for exactly what is booked in them."""
    standing = [one for one in found.bookings if one.state not in ("cancelled", "moved")]
    for booking in standing:
        needs = booking.counsellor_id in found.in_rooms and booking.mode == "person"
        if needs != (booking.room_id is not None):
            yield f"booking {booking.id} in room {booking.room_id}"
    in_rooms = ((one.room_id, one) for one in standing if one.room_id is not None)
    yield from _cells("room cells", found.room_cells, in_rooms)


def _cells(name: str, kept: Sequence[Any], booked: Iterable[tuple[int, Any]]) -> Iterator[str]:
    wanted = {
        (whose, cell, one.id)
        for whose, one in booked
        for cell in range(to_ms(one.starts_at) // CELL_MS, to_ms(one.ends_at) // CELL_MS)
    }
    have = {tuple(row) for row in kept}
    if have != wanted:
        yield f"{name}: {len(wanted - have)} missing, {len(have - wanted)} too many"


def _is_yes(kind: str, words: str) -> bool:
    return (kind == Kind.TAP and words == "yes") or (kind == Kind.TEXT and words in ("1", "2", "da"))


def deliveries(found: Found) -> Iterator[str]:
    """Every message has come to an end that tells the truth about what the provider accepted, as its policy says."""
    if found.strays:
        yield f"accepted without a row: {found.strays[:3]}"
    outgoing = {row.id: row for row in found.rows if row.outgoing}
    if strangers := [id_ for id_ in found.accepted if id_ not in outgoing]:
        yield f"accepted for no row: {strangers[:3]}"
    for row in outgoing.values():
        for wrong in _about(row, found.accepted[row.id]):
            yield f"message {row.id} ({row.kind}, {row.policy}, {row.state}, attempt {row.attempt}): {wrong}"


def _about(row: Any, accepted: int) -> Iterator[str]:
    if row.state in (*messages.OPEN, "sending"):
        yield "left open"
    if row.state == "sent" and (not row.provider_id or not accepted):
        yield f"sent, provider id {row.provider_id!r}, accepted {accepted} times"
    if accepted > ACCEPTED_MAX.get(row.policy, 1):
        yield f"accepted {accepted} times"
    if accepted and row.state != "sent" and row.unconfirmed_at is None:
        yield "accepted, and nobody knows that it may have been"
    if row.state == "unknown" and row.unconfirmed_at is None:
        yield "unknown since never"
    if (
        row.unconfirmed_at is not None
        and row.policy != messages.RESEND_ONCE
        and row.state not in ("sent", "unknown")
    ):
        yield "its answer was lost, yet it was not left alone"
    if row.policy == messages.RESEND_ONCE and row.state == "unknown" and row.attempt < 2:
        yield "not sent again, though its policy says once"
    if row.kind in ANSWERS and row.state not in ("sent", "unknown"):
        yield "an answer that never left"


def calling(found: Found) -> Iterator[str]:
    """Every alert called somebody, every call ends in what the provider knows, every "I look" counts once."""
    called = {row.alert_id for row in found.calls}
    tapped = {update["callback_query"]["data"].partition(".")[2] for update in found.taps.values()}
    looked = Counter(row.about for row in found.acts if row.act == "alert.acknowledge")
    for alert in found.alerts:
        if alert.id not in called and alert.closed_at is None:
            yield f"alert {alert.id} ({alert.kind}): nobody was called"
        if alert.uid in tapped and alert.acknowledged_at is None:
            yield f"alert {alert.id} ({alert.kind}): she tapped, and it was lost"
    seen = sum(alert.acknowledged_at is not None for alert in found.alerts)
    if (seen, 1 if seen else 0) != (looked.total(), max(looked.values(), default=0)):
        yield f"{seen} alerts acknowledged, {looked.total()} in the audit"
    for call in found.calls:
        told = found.told[(call.telegram_id, f"alert.{call.uid}")]
        for wrong in _about_call(call, told):
            yield f"call {call.id} ({call.state}, {call.error}, attempt {call.attempt}): {wrong}"
    if found.broken is not None:
        yield f"the audit's chain: {found.broken}"


def _about_call(call: Any, told: int) -> Iterator[str]:
    if call.state in ("queued", "retry", "sending"):
        yield "left open"
    if call.state == "sent" and not told:
        yield "sent, and nobody was told"
    if told > 2 or told > call.attempt:
        yield f"told {told} times"
    if call.state == "failed":
        yield "nothing refuses here"
