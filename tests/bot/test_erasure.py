"""Erased means not found: one word planted in every place of a woman's, then searched byte by byte. The others are untouched."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - declares every table
from bot import logs
from bot.erasing import LIST, Erasing, keep, read
from bot.files import Folder
from bot.inbound import Inbound
from bot.settings import keyed
from flows.screen import Heard, Incoming, Kind, Outside
from storage import audit, checks, erasures, members, sqlite, traces
from storage.bookings import BookingRow
from storage.cells import CellRow
from storage.db import Database
from storage.media import MediaRow
from storage.members import AddressRow, MemberRow
from storage.office import alone
from storage.sql import Tx, table
from storage.sqlite import SqliteDatabase
from tests.helpers import make, plants
from tests.helpers.chat import Chat
from tests.helpers.console import person
from tests.helpers.life import Life
from tests.helpers.plants import Woman

_a, _b, _f, _p = (table(row) for row in (AddressRow, BookingRow, MediaRow, MemberRow))
KEY = keyed(make.KEY)
HER, OTHERS = "Xqzerase", ("Xqzother", "Xqzthird")


@dataclass
class Town:
    """An office with three women, a media folder and a log."""

    db: Database
    clock: make.Clock
    folder: Path
    women: dict[str, Woman] = field(default_factory=dict)
    log: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        self.life = Life(self.db, self.clock)
        self.media = Folder(self.folder / "media")
        self.erasing = Erasing(self.db, self.media, self.clock, self.folder / LIST, KEY)

    def plant(self, *words: str, leave: frozenset[str] = frozenset()) -> None:
        self.media.make()
        for word in words:
            staff = self.db.write(lambda tx: person(tx, self.life.site, "desk"))
            woman = self.db.write(
                lambda tx, w=word, s=staff: Woman(tx, self.life.site, s, w, self.clock.at, leave)  # type: ignore[misc]  # mypy cannot type a default
            )
            self.women[word] = woman
            for uid in self.files(woman):
                (self.media.path / uid).write_bytes(f"%PDF-{word}".encode())

    def files(self, woman: Woman) -> list[str]:
        rows = self.db.read(lambda tx: tx.query(select(_f.c.uid).where(_f.c.conversation_id == woman.chat)))
        return [row.uid for row in rows]

    def where(self, word: str) -> list[str]:
        return self.db.read(lambda tx: plants.holds(tx, word))

    def bytes_with(self, word: str) -> list[str]:
        """Every file beside the database that holds the word: the database, its log, media, and ours."""
        found = [path for path in self.folder.rglob("*") if path.is_file()]
        return sorted(path.name for path in found if word.encode() in path.read_bytes())


@pytest.fixture
def town(db: Database, clock: make.Clock, tmp_path: Path) -> Town:
    return Town(db, clock, tmp_path)


async def by_chat(town: Town, word: str) -> None:
    """She writes "delete me" and taps twice."""
    outside = Outside(KEY, "https://chat.example.org")
    inbound = Inbound(town.db, make.texts(), lambda: alone(town.life.site), town.clock, outside=outside)
    chat = Chat(
        town.db,
        town.clock,
        make.texts(),
        town.life.site,
        sender=f"{word}-external_id-{addressed(town, word)}",
    )
    number = 0

    async def does(heard: Heard) -> None:
        nonlocal number
        number += 1
        await inbound.take(Incoming("telegram:1", f"update-{number}", chat.sender, heard), f"raw of {word}")
        chat.receives()

    await does(Heard(Kind.TEXT, text="izbriši me"))
    await does(Heard(Kind.TAP, message_id=chat.last.id, choice="delete"))
    await does(Heard(Kind.TAP, message_id=chat.last.id, choice="yes"))
    chat.sees("mydata-erased")


def addressed(town: Town, word: str) -> int:
    return town.women[word].ids["addresses"]


@pytest.mark.parametrize("way", ["chat", "desk"])
async def test_nothing_of_her_is_left_anywhere(town: Town, way: str) -> None:
    logs.configure("DEBUG", town.log)
    # In the chat she goes on using her language and the pages she is on.
    leave = (
        frozenset({"members.language", "conversations.stack", "conversations.kept"})
        if way == "chat"
        else frozenset[str]()
    )
    town.plant(HER, *OTHERS, leave=leave)
    woman = town.women[HER]
    before = {word: town.where(word) for word in (HER, *OTHERS)}
    wanted = {full for of in plants.hers() for full in plants.plantable(of)} - leave
    assert wanted <= set(before[HER]), "a column of hers was not planted"
    await town.erasing.once()
    if isinstance(town.db, SqliteDatabase):  # one file, and it holds all of them now
        assert town.bytes_with(HER)
    record = audit_of(town, woman)
    town.clock.at = woman.past.starts_at + timedelta(hours=1)
    if way == "chat":
        town.db.write(
            lambda tx: checks.passed(tx, woman.chat, town.clock.at)
        )  # nobody knows her planted digits
        await by_chat(town, HER)
    else:
        erased = town.db.write(lambda tx: erasures.erase(tx, woman.member, town.clock.at, KEY))
        assert erased is not None
        assert (erased.cancelled, erased.counted) == (1, 1)
    assert await town.erasing.once()
    assert town.where(HER) == []
    assert town.bytes_with(HER) == []
    assert HER.encode() not in town.log.getvalue()
    assert {word: town.where(word) for word in OTHERS} == {word: before[word] for word in OTHERS}
    assert all((town.media.path / uid).is_file() for word in OTHERS for uid in town.files(town.women[word]))
    assert town.db.write(lambda tx: audit.seal(tx, 1000)) >= 0
    assert town.db.read(audit.verify) is None
    assert record in town.db.read(lambda tx: [row.about for row in audit.page(tx, 50)])


def audit_of(town: Town, woman: Woman) -> str:
    """An act about her, sealed before she goes; its random name stays and stands for nobody."""

    def unit(tx: Tx) -> str:
        name = audit.name(tx, "task", woman.ids["tasks"], "a-random-name")
        audit.record(tx, town.clock.at, audit.SYSTEM, "task.done", name)
        return name

    name = town.db.write(unit)
    town.db.write(lambda tx: audit.seal(tx, 100))
    return name


async def test_meetings_that_count_stay_without_her_and_those_ahead_are_free(town: Town) -> None:
    town.plant(HER, OTHERS[0])
    woman = town.women[HER]
    later = woman.past.starts_at + timedelta(hours=1)
    tokens = town.db.read(calendar_tokens)
    town.db.write(lambda tx: erasures.erase(tx, woman.member, later, KEY))
    rows = town.db.read(lambda tx: tx.query(select(_b).where(_b.c.member_id == woman.member)))
    assert [row.id for row in rows] == [woman.past.id]
    kept = rows[0]
    assert (kept.conversation_id, kept.language, kept.confirmed_at, kept.moved_at) == (None, None, None, None)
    assert (kept.topic, kept.mode, kept.state) == (woman.past.topic, woman.past.mode, "booked")
    shell = town.db.read(lambda tx: tx.query(select(_p).where(_p.c.id == woman.member)))[0]
    assert shell.erased_at == shell.created_at == later
    assert (shell.language, shell.age_band, shell.shared_phone, shell.stopped_at) == (None, None, None, None)
    cells = table(CellRow)
    held = town.db.read(lambda tx: tx.query(select(cells).where(cells.c.booking_id == woman.ahead.id)))
    assert held == []
    assert town.db.read(calendar_tokens) != tokens


def calendar_tokens(tx: Tx) -> list[Any]:
    return [tuple(row) for row in tx.query(SQLModel.metadata.tables["calendar_versions"].select())]


async def test_her_file_is_removed_also_after_a_crash(town: Town) -> None:
    town.plant(HER)
    woman = town.women[HER]
    (uid,) = town.files(woman)
    town.db.write(lambda tx: erasures.erase(tx, woman.member, town.clock.at, KEY))
    assert (town.media.path / uid).is_file()  # the machine dies here; the note of it is in the same commit
    again = Erasing(town.db, town.media, town.clock, town.folder / LIST, KEY)
    await again.once()
    assert not (town.media.path / uid).exists()
    assert town.db.read(lambda tx: erasures.leftovers(tx, "file")) == []


async def test_an_older_copy_does_not_bring_her_back(town: Town) -> None:
    """The database as it was before, and the list that lies beside it."""
    life, at = town.life, town.clock.at
    gone, stays = life.woman("gone"), life.woman("stays")
    town.db.write(lambda tx: erasures.erase(tx, gone, at + timedelta(hours=1), KEY))
    await town.erasing.once()
    listed = read(town.folder / LIST)
    assert len(listed) == 2  # her address and herself; as keyed hashes
    assert b"gone" not in (town.folder / LIST).read_bytes()

    def restore(tx: Tx) -> int:
        """What a copy of before holds: the same member and address, and no tombstone."""
        tx.query(SQLModel.metadata.tables["tombstones"].delete())
        member, _ = members.add(tx, "telegram:1", "gone", at)
        return member.id

    town.db.write(restore)
    await town.erasing._reapply_new()
    assert addresses(town) == {"stays"}
    assert town.db.read(lambda tx: members.find(tx, stays)) is not None


async def test_who_came_back_after_her_erasure_is_left_alone(town: Town) -> None:
    life, at = town.life, town.clock.at
    gone = life.woman("gone")
    town.db.write(lambda tx: erasures.erase(tx, gone, at, KEY))
    await town.erasing.once()
    town.clock.forward(hours=1)
    life.woman("gone")
    assert await town.erasing.reapply() == 0
    assert addresses(town) == {"gone"}


def addresses(town: Town) -> set[str]:
    return {row.external_id for row in town.db.read(lambda tx: tx.query(select(_a.c.external_id)))}


def test_an_import_asks_whether_she_was_erased(town: Town) -> None:
    at = town.clock.at
    town.db.write(lambda tx: erasures.erase(tx, make_woman(tx, at), at, KEY))
    hashed = KEY(erasures.stone("telegram:1", "gone"))
    asks = [(at - timedelta(days=1), True), (at, True), (at + timedelta(seconds=1), False)]
    for made, answer in asks:
        assert town.db.read(lambda tx, m=made: erasures.is_erased(tx, hashed, m)) is answer  # type: ignore[misc]  # mypy cannot type a default
    assert not town.db.read(lambda tx: erasures.is_erased(tx, KEY(erasures.stone("telegram:1", "other")), at))
    guessed = keyed(b"another key, also long enough for it")(erasures.stone("telegram:1", "gone"))
    assert not town.db.read(lambda tx: erasures.is_erased(tx, guessed, at))


def make_woman(tx: Tx, at: Any) -> int:
    return members.add(tx, "telegram:1", "gone", at)[0].id


def test_the_list_survives_a_broken_line_and_never_shrinks(tmp_path: Path) -> None:
    path = tmp_path / LIST
    path.write_text("rubbish\n" + "a" * 64 + " x\n")
    keep(path, {"b" * 64: make.MONDAY})
    keep(path, {"c" * 64: make.MONDAY})
    assert read(path) == {"b" * 64: make.MONDAY, "c" * 64: make.MONDAY}
    assert path.stat().st_mode & 0o077 == 0


def test_every_column_that_could_hold_something_is_declared() -> None:
    """A new table or text column has to say whose it is, or this fails."""
    deleted = {of.name for of, _ in traces.DELETED}
    for name, of in SQLModel.metadata.tables.items():
        texts = {column.name for column in of.columns if plants.is_text(column)}
        if name in traces.BLANKED:
            declared = set(traces.BLANKED[name].split()) | set(traces.STAYS.get(name, "").split())
        elif name in traces.NOT_HERS:
            assert name not in deleted
            declared = set(traces.NOT_HERS[name][0].split())
        else:
            assert name in deleted, f"storage/traces.py does not say what becomes of {name}"
            continue
        assert texts == declared, f"storage/traces.py does not know {name}: {texts ^ declared}"


def test_a_column_nobody_declared_is_seen() -> None:
    """The guard above can fail: a text column more, and the sets differ."""
    staff = SQLModel.metadata.tables["staff"]
    texts = {column.name for column in staff.columns if plants.is_text(column)}
    assert texts | {"diary"} != set(traces.NOT_HERS["staff"][0].split())


def test_a_blank_member_has_no_place_for_words() -> None:
    for column in _p.columns:
        assert column.nullable or not plants.is_text(column), column.name


async def test_two_erasures_at_once_are_one(town: Town) -> None:
    town.plant(HER)
    woman = town.women[HER]
    futures = [
        town.db.submit(lambda tx: erasures.erase(tx, woman.member, town.clock.at, KEY)) for _ in range(3)
    ]
    done = [future.result() for future in futures]
    assert sum(one is not None and one.cancelled == 2 for one in done) == 1
    left = town.db.read(lambda tx: tx.query(select(func.count().label("n")).select_from(_p)))[0].n
    assert left == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_reader_in_the_way_is_not_waited_for_and_it_is_tried_again(town: Town) -> None:
    assert isinstance(town.db, SqliteDatabase)
    woman = town.life.woman("gone")
    reader = town.db._connect("ro")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM members").fetchall()
    town.db.write(lambda tx: erasures.erase(tx, woman, town.clock.at, KEY))
    assert not await town.erasing.once()
    assert town.db.read(lambda tx: erasures.leftovers(tx, "pages"))
    reader.execute("ROLLBACK")
    assert await town.erasing.once()
    assert town.db.read(lambda tx: erasures.leftovers(tx, "pages")) == []
    reader.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_large_file_is_rewritten_at_night(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "COMPACT_BYTES", 0)
    woman = town.life.woman("gone")
    town.db.write(lambda tx: erasures.erase(tx, woman, town.clock.at, KEY))
    assert not await town.erasing.once()
    assert await town.erasing.once(whole=True)
