"""A database in which every place that can hold words holds payloads, found by walking the tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from babel import localedata
from sqlalchemy import CheckConstraint, Column, bindparam, insert, select, update
from sqlalchemy.schema import Table
from sqlmodel import SQLModel

from flows import directory as rules
from storage import messages, notes, people, wordings
from storage.audit import AuditRow
from storage.bookings import BookingRow
from storage.confirmations import ConfirmationRow
from storage.conversations import ConversationRow
from storage.counsellors import CounsellorRow
from storage.duty import ShiftRow
from storage.imports import ImportLine, ImportRow
from storage.media import MediaRow
from storage.messages import MessageRow
from storage.notices import NoticeRow
from storage.services import Organisation, ServiceRow, ServiceText
from storage.sites import ClosedDay, Site, SiteRow
from storage.sql import Json, Statement, Tx, table
from storage.tasks import TaskRow
from storage.updates import FailedTurn
from tests.helpers import chats, make
from tests.helpers.console import person
from tests.helpers.payloads import PAYLOADS, planted
from tests.helpers.plants import allowed, is_text

N = len(PAYLOADS)
DAY = timedelta(days=1)
SEALED = ("audit", "audit_seals")
"""The database refuses to change them: their rows are written with payloads from the start."""
_OURS = {
    "members": "language",
    "addresses": "account external_id",
    "consents": "purpose language account",
    "sites": "slug timezone",
    "booking_topics": "slug",
    "organisations": "slug",
    "services": "slug topic",
    "imports": "uid kind counts problems notes",
    "import_lines": "slug facts changes reason",
    "calendar_versions": "token booked",
    "counsellors": "languages topics modes",
    "availability_rules": "modes",
    "availability_exceptions": "modes",
    "staff": "uid languages totp_secret",
    "conversations": "stack kept for_language",
    "alerts": "uid subject",
    "bookings": "topic language",
    "retention_runs": "counts",
    "messages": "account kind choices stack language policy subject",
    "failed_turns": "account",
    "tasks": "subject",
    "topics": "chat_id",
    "media": "uid account",
    "notices": "kind subject",
    "visits": "uid topic language status",
    "records": "folded code",
    "voices": "language key content_type",
    "wordings": "language key",
    "text_signatures": "language key digest",
    "language_decisions": "language",
    "wording_proposals": "language key digest",
}
OURS = {f"{of}.{column}" for of, columns in _OURS.items() for column in columns.split()}
"""Columns that hold a word of ours by which a row is found, a text chosen or a language named: nobody else's get there."""
_DIRECTORY = (
    "services.place", "services.address", "services.phone", "services.keywords", "services.source",
    "organisations.name", "organisations.role", "organisations.address", "organisations.source",
    "organisations.contact_email", "organisations.contact_phone", "booking_topics.label",
)  # fmt: skip
ONE_AT_A_TIME = (
    "staff.login",
    "sites.address",
    "sites.phone",
    "records.first_name",
    "agreements.phone",
    *_DIRECTORY,
)
"""No page shows more than one of these: each holds some of the payloads, and the pages are opened again for the next."""
TOGETHER = {**dict.fromkeys(ONE_AT_A_TIME, 900), "sites.name": 450, "sites.place": 450} | dict.fromkeys(
    _DIRECTORY, 50_000
)
"""Columns in which several payloads stand together, and in how many characters: the texts refuse longer arguments."""
_c = table(ConversationRow)
_MEMBER = Statement(select(_c.c.member_id).where(_c.c.id == bindparam("chat")))


@cache
def _new(model: type[SQLModel]) -> tuple[Statement, dict[str, Any]]:
    """How to insert a row of this table, and its own defaults."""
    of = table(model)
    columns = [column.name for column in of.columns if column.name != "id"]
    fields = model.model_fields.items()
    defaults = {name: one.default for name, one in fields if name != "id" and not one.is_required()}
    made = insert(of).values({name: bindparam(name, type_=of.c[name].type) for name in columns})
    return Statement(made.returning(of.c.id)), defaults


def put(tx: Tx, model: type[SQLModel], **values: Any) -> int:
    """A row; its id."""
    statement, defaults = _new(model)
    return int(tx.one(statement, **{**defaults, **values}).id)


def together(full: str, row: int) -> list[str]:
    """All payloads for one column, several in one value."""
    found = [""]
    for at in range(N):
        more = planted(at, full, row) + "\n"
        if found[-1] and len(found[-1]) + len(more) > TOGETHER[full]:
            found.append("")
        found[-1] += more
    return found


def sowable(column: Column[Any]) -> bool:
    """Whether somebody's words could stand there."""
    full = f"{column.table.name}.{column.name}"
    key = column.primary_key or bool(column.foreign_keys) or column.name.endswith("_hash")
    return is_text(column) and not key and allowed(column) is None and full not in OURS


def _tied(column: Column[Any]) -> bool:
    """Whether a check says when it may be empty."""
    checks = (one for one in column.table.constraints if isinstance(one, CheckConstraint))
    return any(column.name in str(one.sqltext) for one in checks)


def word(column: Column[Any], row: int, at: int) -> Any:
    """What is sown into one place."""
    full = f"{column.table.name}.{column.name}"
    if full in TOGETHER:
        words = together(full, row)
        chosen = words[row % len(words)]
        return [chosen] if isinstance(column.type, Json) else chosen
    said = planted(at, full, row)
    return [said] if isinstance(column.type, Json) else said


@cache
def _sowing(of: Table) -> tuple[tuple[Column[Any], ...], tuple[Column[Any], ...], Statement, Statement]:
    """The places of a table: those that always get words, those tied to a check, and how to fill both or only the first."""
    places = [column for column in of.columns if sowable(column)]
    free = tuple(column for column in places if not _tied(column))
    tied = tuple(column for column in places if _tied(column))
    same = [column == bindparam(f"key_{column.name}") for column in of.primary_key.columns]

    def filling(columns: tuple[Column[Any], ...]) -> Statement:
        values = {column.name: bindparam(f"new_{column.name}", type_=column.type) for column in columns}
        return Statement(update(of).where(*same).values(values or {same[0].left.name: same[0].left}))

    return free, tied, filling(free + tied), filling(free)


def sow(tx: Tx) -> None:
    """Payloads into every such column of every row that is there."""
    for of in SQLModel.metadata.sorted_tables:
        if of.name in SEALED or not any(map(sowable, of.columns)):
            continue
        free, tied, both, only = _sowing(of)
        keys = list(of.primary_key.columns)
        for number, row in enumerate(tx.query(of.select().order_by(*keys))):
            now = row._asdict()
            is_full = all(now[column.name] is not None for column in tied)
            columns = free + tied if is_full else free
            values = {f"new_{c.name}": word(c, number, number + at) for at, c in enumerate(columns)}
            tx.run(both if is_full else only, **values, **{f"key_{c.name}": now[c.name] for c in keys})


def resow(tx: Tx, turn: int) -> bool:
    """The next payloads into what is shown one at a time; False when all had their turn."""
    more = False
    for full in ONE_AT_A_TIME:
        name, _, column = full.partition(".")
        of = SQLModel.metadata.tables[name]
        (of_row,) = of.primary_key.columns
        change = Statement(update(of).where(of_row == bindparam("key")).values({column: bindparam("new")}))
        for number, row in enumerate(tx.query(select(of_row.label("id")).order_by(of_row))):
            words = together(full, number)
            more = more or turn < len(words)
            new = words[(number + turn) % len(words)]
            tx.run(change, key=row.id, new=[new] if isinstance(of.c[column].type, Json) else new)
    return more


@dataclass(frozen=True)
class Field:
    """What was laid out to be sown: a chat with her words and staff's, and one with answers of the bot and taps."""

    staff: tuple[int, ...]
    chat: int
    taps: int


def lay_out(tx: Tx, here: Site, me: int, now: datetime) -> Field:
    """As many rows as there are payloads of everything that a page can list."""
    for at in range(len(together("sites.name", 0)) + 1):
        where = put(
            tx,
            SiteRow,
            slug=f"sown-{at}",
            name="N",
            place="P",
            address="A",
            phone="0",
            timezone=make.ZONE,
            quiet_from_min=20 * 60,
            quiet_until_min=8 * 60,
        )
        for role in ("admin", "coordinator"):
            people.give_role(tx, me, where, role)
    _directory(tx, here, me, now)
    staff = tuple(person(tx, here, "desk") for _ in range(N))
    chat, taps = (chats.taken(tx, here, now, me, f"sown-{name}", account="web") for name in ("a", "b"))
    for at, one in enumerate(staff):
        chats.waiting(tx, here, now, f"sown-{at}", urgent=at % 2 == 0)
        _work(tx, here, one, staff[at - 1], at, now)
        _talk(tx, chat, one, at, now)
        put(tx, ClosedDay, site_id=here.id, day=now.date() + at * DAY, reason="R")
    key, before = "menu", wordings.current(tx, "en")["menu"].version
    for at in range(N):
        wordings.put(tx, "en", [(key, "x", before + at)], me, now)
        wordings.decide(tx, "en", me, now, opened=True, reason="x")
    tx.query(update(table(MessageRow)).where(table(MessageRow).c.outgoing).values(state="failed"))
    return Field(staff, chat, taps)


def _directory(tx: Tx, here: Site, me: int, now: datetime) -> None:
    """A service with a text in very many languages and as many words of its organisation; files with strange names."""
    contact = {"address": "a", "contact_email": "e", "contact_phone": "p"}
    filled = {"place": "p", "address": "a", "phone": "1", "keywords": ["k"]}
    tx.query(update(table(ServiceRow)).values(**filled, state="shown"))
    tx.query(update(table(Organisation)).values(**contact))
    tags = [tag for tag in localedata.locale_identifiers() if rules.is_language(tag)][:N]
    for row in tx.query(select(table(ServiceRow).c.id).order_by(table(ServiceRow).c.id).limit(1)):
        there = {
            one.language
            for one in tx.query(select(table(ServiceText)).where(table(ServiceText).c.service_id == row.id))
        }
        for tag in set(tags) - there:
            tx.query(
                insert(table(ServiceText)).values(
                    service_id=row.id, language=tag, name="n", summary="s", eligibility="e"
                )
            )
        for at in range(N):
            asked = {"service_id": row.id, "token_hash": f"sown-{row.id}-{at}", "months": 6, "created_by": me}
            answered = {"answer": "changed", "answered_at": now, "words": "w"}
            put(tx, ConfirmationRow, created_at=now, expires_at=now, **asked, **answered)
    notes = [planted(at, "imports.notes", 0) for at in range(N)]
    said = [
        [f"name.{tag}", planted(at, "import_lines.changes", 0), "x"]
        for at, tag in enumerate([*tags, *tags][:N])
    ]
    for row in tx.query(select(table(ImportRow).c.id)):
        tx.query(update(table(ImportRow)).where(table(ImportRow).c.id == row.id).values(notes=notes))
        line = {
            "import_id": row.id,
            "at": 2,
            "kind": "service",
            "slug": "s",
            "seen": 0,
            "facts": {},
            "state": "planned",
        }
        tx.query(insert(table(ImportLine)).values(changes=said, **line))


def _work(tx: Tx, here: Site, one: int, other: int, at: int, now: datetime) -> None:
    """What a colleague has to do: a shift, a chat, a meeting today, a task, and a line of the call list."""
    taken = chats.taken(tx, here, now, one, f"sown-taken-{at}")
    member = tx.one(_MEMBER, chat=taken).member_id
    shift = {"weekday": 0, "from_min": 480, "until_min": 900}
    put(tx, ShiftRow, site_id=here.id, staff_id=one, stand_in_id=other, **shift)
    who = put(
        tx, CounsellorRow, site_id=here.id, name="C", languages=["sl"], topics=["work"], modes=["person"]
    )
    meeting = {"site_id": here.id, "counsellor_id": who, "topic": "work", "mode": "person"}
    starts = now + timedelta(minutes=5 * (at % 120))
    booking = 0
    for version, begins in enumerate((starts, starts + DAY)):
        booking = put(
            tx,
            BookingRow,
            member_id=member,
            conversation_id=taken,
            starts_at=begins,
            ends_at=begins + timedelta(minutes=30),
            code=f"S{at}-{version}",
            created_at=now,
            **meeting,
        )
    put(
        tx,
        TaskRow,
        site_id=here.id,
        kind="call",
        subject=f"booking:{booking}",
        member_id=member,
        staff_id=one,
        second_id=other,
        due_at=now,
        created_at=now,
    )
    put(
        tx,
        NoticeRow,
        kind="reminder",
        subject=f"booking:{booking}",
        subject_version=1,
        decision="skipped",
        reason="x",
        member_id=member,
        due_at=now,
        at=now,
    )
    put(tx, FailedTurn, account="telegram:1", external_id=f"f{at}", raw="{}", error="x", at=now)
    said = {name: planted(at, f"audit.{name}", at) for name in ("actor", "act", "about")}
    told = planted(at, "audit.details", at)
    put(tx, AuditRow, at=now, details={told: told}, **said)


def _talk(tx: Tx, chat: int, one: int, at: int, now: datetime) -> None:
    """In one chat: her words, a colleague's answer, a note, a file that is kept and one that was refused."""
    heard = messages.hear(tx, chat, "web", "text", "x", now)
    messages.add(tx, chat, "telegram:1", "staff_now", "x", now=now, staff_id=one)
    notes.add(tx, tx.one(_MEMBER, chat=chat).member_id, one, "x", False, now)
    file = {"conversation_id": chat, "message_id": heard, "account": "web", "kind": "file", "name": "x"}
    times = {"not_before": now, "expires_at": now + DAY, "chosen_at": now, "created_at": now}
    kept = {"kept_at": now, "kept_by": one, "kept_reason": "x", "content_type": "application/pdf", "size": 5}
    put(tx, MediaRow, uid=f"a{at:031x}", state="stored", **file, **times, **kept)
    put(tx, MediaRow, uid=f"b{at:031x}", state="refused", error="x", **file, **times)


def taps(
    tx: Tx, chat: int, now: datetime, account: str = "telegram:1", numbers: Iterable[int] = range(N)
) -> None:
    """Answers with choices whose labels are these payloads, and her taps on them."""
    for at in numbers:
        labels = [[f"c{at}", planted(at, "messages.choices", at), at % 5 == 0]]
        said = planted(at, "messages.text", N + at)
        messages.add(tx, chat, account, "answer", said, now=now, choices=labels, language="en")
        messages.hear(tx, chat, account, "tap", f"c{at}", now)


def hears(tx: Tx, chat: int, now: datetime, numbers: Iterable[int], row: int) -> None:
    """These payloads as words of hers."""
    for at in numbers:
        messages.hear(tx, chat, "web", "text", planted(at, "messages.text", row), now)
