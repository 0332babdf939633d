"""A backup restores into an empty place while the office works, and whatever is wrong with it is refused whole."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from pyrage import x25519
from sqlalchemy import func, select

from bot import backup
from bot.erasing import LIST, erasing_of
from bot.restore import RestoreRefused
from bot.settings import Settings, keyed, signing_key
from storage import audit, conversations, erasures, restores, server_copies
from storage.bookings import BookingRow
from storage.cells import CellRow
from storage.conversations import ConversationRow
from storage.db import Database, open_database
from storage.grid import CELL_MS
from storage.members import MemberRow
from storage.messages import MessageRow
from storage.sql import Tx, table, to_ms
from tests.conftest import Templates
from tests.helpers import make
from tests.helpers.copies import Load, Office, content, key_of
from tests.helpers.counts import count

RESTORES = count("RESTORES", 20)
_m, _b, _cell, _p, _c = (table(row) for row in (MessageRow, BookingRow, CellRow, MemberRow, ConversationRow))
CHANGED = frozenset({"messages", "notices", "alert_sends", "conversations", "topics", "marks", "audit"})
"""What a restore itself changes."""
Place = Callable[[], Settings]
ONE_FILE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What does not depend on the database is asked once."""


@pytest.fixture
def office(db: Database, clock: make.Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    own = tmp_path / "own"
    own.mkdir(exist_ok=True)
    monkeypatch.chdir(own)  # where the files of an office with a server lie
    return Office(db, clock, tmp_path)


@pytest.fixture
def place(office: Office, templates: Templates, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Empty places, one a call."""
    names: list[str] = []

    def new() -> Settings:
        folder = office.folder / f"place-{len(list(office.folder.glob('place-*')))}"
        folder.mkdir()
        monkeypatch.chdir(folder)
        if office.db.dialect.name == "sqlite":
            return office.at(f"sqlite:///{folder / 'tocka.db'}")
        names.append(templates.running().create())
        return office.at(templates.running().url(names[-1]), media_folder=folder / "media")

    yield new
    for name in names:
        templates.running().drop(name)


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    db = open_database(settings.database_url)
    try:
        yield db
    finally:
        db.close()


def nothing_is_there(settings: Settings) -> bool:
    if settings.sqlite_path is None:
        return server_copies.is_empty(settings.database_url)
    return [path.name for path in settings.data_folder.iterdir() if not path.name.endswith(".lock")] in (
        [],
        [LIST],
    )


# --- under load -------------------------------------------------------------------------------------------


def whole(tx: Tx) -> list[str]:
    """What would be wrong with a copy that is not one moment."""
    wrong = []
    rows = tx.query(select(_m.c.outgoing, _m.c.text))
    said = {row.text[1:] for row in rows if not row.outgoing}
    answered = {row.text[1:] for row in rows if row.outgoing and row.text[:1] == "a"}
    if said != answered:
        wrong.append("half a turn")
    acts = tx.query(select(table(audit.AuditRow).c.id).where(table(audit.AuditRow).c.act == "load.turn"))
    if len(acts) != len(said):
        wrong.append("a turn without its act")
    if audit.verify(tx) is not None:
        wrong.append("the audit's chain")
    held = {(row.counsellor_id, row.cell): row.booking_id for row in tx.query(select(_cell))}
    for one in tx.query(select(_b).where(_b.c.state == "booked")):
        cells = range(to_ms(one.starts_at) // CELL_MS, to_ms(one.ends_at) // CELL_MS)
        if any(held.get((one.counsellor_id, cell)) != one.id for cell in cells):
            wrong.append("a booking without its time")
    return wrong


def test_a_backup_under_load_restores_into_an_empty_place(office: Office, place: Place) -> None:
    under_load(office, place)


@pytest.mark.slow
@pytest.mark.parametrize("_round", range(RESTORES))
def test_again_and_again(office: Office, place: Place, _round: int) -> None:
    under_load(office, place)


def under_load(office: Office, place: Place) -> None:
    with Load(office) as load:
        before = sum(load.turns)
        file = office.backup()
        after = sum(load.turns) + len(load.turns)
    to = place()
    done = office.restore(file, to)  # compares every table with what was counted in the copy's own moment
    assert done.rows > 0
    with opened(to) as db:
        assert db.read(whole) == []
        turns = db.read(lambda tx: len(tx.query(select(_m.c.id).where(~_m.c.outgoing))))
        new = db.write(lambda tx: conversations.load(tx, "web", "new", office.clock.at)[0].id)
    assert before <= turns <= after
    lost = office.db.read(lambda tx: tx.query(select(func.max(_c.c.id).label("id")))[0].id)
    assert new > lost + 1000, "a button on a phone still names what was written after the copy"


@ONE_FILE
def test_every_row_of_every_table_is_there_again(office: Office, place: Place) -> None:
    with Load(office):
        pass
    office.settings.media_path.mkdir(exist_ok=True)
    (office.settings.media_path / ("a" * 32)).write_bytes(b"%PDF-1")
    (office.settings.media_path / "notes.txt").write_bytes(b"not ours")
    key = signing_key(office.settings)
    file, to = office.backup(), place()
    office.restore(file, to)
    with opened(to) as db:
        assert content(db, CHANGED) == content(office.db, CHANGED)
    assert [path.name for path in to.media_path.iterdir()] == ["a" * 32]
    assert signing_key(to) == key


# --- what is refused --------------------------------------------------------------------------------------


@pytest.fixture
def small(office: Office) -> Path:
    office.life.woman("her-number")
    return office.backup()


@ONE_FILE
def test_a_wrong_key_is_refused(office: Office, small: Path, place: Place) -> None:
    other = office.folder / "other.txt"
    other.write_text(str(x25519.Identity.generate()))
    to = place()
    with pytest.raises(
        RestoreRefused, match=r"other\.txt does not open .*tar\.age: the backup was made for another key"
    ):
        office.restore(small, to, identity=other)
    other.write_text("hello")
    with pytest.raises(RestoreRefused, match=r"other\.txt, line 1: not a secret key"):
        office.restore(small, to, identity=other)
    assert nothing_is_there(to)


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda raw: raw[:-1],
    "half": lambda raw: raw[: len(raw) // 2],
    "empty": lambda _: b"",
    "flipped": lambda raw: raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 1]) + raw[len(raw) // 2 + 1 :],
    "text": lambda _: b"hello\n" * 50,
}


@ONE_FILE
@pytest.mark.parametrize("how", SPOILT)
def test_a_damaged_file_is_refused(office: Office, small: Path, place: Place, how: str) -> None:
    small.write_bytes(SPOILT[how](small.read_bytes()))
    to = place()
    with pytest.raises(RestoreRefused, match=r"tar\.age is damaged or not whole"):
        office.restore(small, to)
    assert nothing_is_there(to)


def test_a_place_with_something_in_it_is_refused(office: Office, small: Path) -> None:
    before = content(office.db)
    with pytest.raises(RestoreRefused, match="has tables in it"):
        office.restore(small, office.settings)
    assert content(office.db) == before


def test_what_breaks_halfway_leaves_nothing(
    office: Office, small: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = place()

    def fault(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(restores, "settle", fault)
        with pytest.raises(RestoreRefused, match="No space left"):
            office.restore(small, to)
    assert nothing_is_there(to)
    office.restore(small, to)
    with opened(to) as db:
        assert db.read(restores.last) is not None


@ONE_FILE
def test_a_newer_version_is_refused(
    office: Office, small: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.migrate.knows", lambda _: False)
    to = place()
    with pytest.raises(RestoreRefused, match="made by a newer version"):
        office.restore(small, to)
    assert nothing_is_there(to)


@ONE_FILE
def test_another_key_of_ours_is_refused(office: Office, small: Path, place: Place) -> None:
    to = place()
    key_of(to).write_bytes(b"z" * 40)
    with pytest.raises(RestoreRefused, match="is not the key of this backup"):
        office.restore(small, to)


@ONE_FILE
def test_without_the_list_of_erasures_it_is_refused(office: Office, small: Path, place: Place) -> None:
    (office.second / LIST).unlink()
    to = place()
    with pytest.raises(RestoreRefused, match="No list of erasures"):
        office.restore(small, to)
    office.restore(small, to, without_list=True)


# --- erasures ---------------------------------------------------------------------------------------------


@ONE_FILE
async def test_who_was_erased_since_stays_erased(office: Office, place: Place) -> None:
    gone, stays = office.life.woman("gone"), office.life.woman("stays")
    file = office.backup()
    key = signing_key(office.settings)
    office.db.write(lambda tx: erasures.erase(tx, gone, office.clock.forward(hours=1), keyed(key)))
    await erasing_of(
        office.settings, office.db, key, office.clock
    ).once()  # as the running bot does within seconds
    to = place()
    done = await asyncio.to_thread(office.restore, file, to)
    assert done.erased == 1
    with opened(to) as db:
        assert [row.id for row in db.read(lambda tx: tx.query(select(_p.c.id)))] == [stays]


# --- the files --------------------------------------------------------------------------------------------


@ONE_FILE
def test_nothing_in_clear_is_left_and_age_opens_it(office: Office, small: Path, place: Place) -> None:
    assert stat.S_IMODE(small.stat().st_mode) == 0o600
    assert b"her-number" not in small.read_bytes()
    assert small.read_bytes().startswith(b"age-encryption.org/v1\n")
    to = place()
    office.restore(small, to)
    for folder in (office.settings.data_folder, to.data_folder, office.second):
        left = [path.name for path in folder.iterdir() if path.name.startswith((".tocka", ".place"))]
        assert left == []
    assert to.sqlite_path is not None
    assert stat.S_IMODE(to.sqlite_path.stat().st_mode) == 0o600


@ONE_FILE
def test_a_killed_backup_leaves_nothing_for_long(office: Office) -> None:
    left = office.settings.data_folder / backup.FOLDER
    left.mkdir()
    (left / "database").write_bytes(b"her-number")
    backup.tidy(office.settings)  # as `run` does at start
    assert not left.exists()
    left.mkdir()
    part = office.second / ".tocka-2026-01-01T000000Z.tar.age.part"
    part.write_bytes(b"half")
    office.backup()
    assert not left.exists()
    assert not part.exists()


@ONE_FILE
def test_a_second_place_that_is_away_is_said(office: Office) -> None:
    away = office.at(office.db.url, backup_dir=office.folder / "unmounted")
    with pytest.raises(backup.BackupRefused, match="unmounted is not there"):
        backup.make(away, office.clock.at)
    nobody = office.at(office.db.url, backup_recipient=None)
    with pytest.raises(backup.BackupRefused, match="BACKUP_RECIPIENT is not set"):
        backup.make(nobody, office.clock.at)


def test_old_backups_go_and_the_newest_stays(tmp_path: Path) -> None:
    now = make.MONDAY
    for hours in range(0, 24 * 60, 12):
        (tmp_path / f"tocka-{(now - timedelta(hours=hours)).strftime(backup.STAMP)}.tar.age").touch()
    (tmp_path / "photo.jpg").touch()
    backup.rotate(tmp_path, now)
    ages = [(now - at).days for at, _ in backup.kept(tmp_path)]
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6] or ages[:7] == [0, 0, 1, 2, 3, 4, 5]
    assert 8 <= len(ages) <= 11
    assert max(ages) <= 30
    assert (tmp_path / "photo.jpg").exists()
    backup.rotate(tmp_path, now + timedelta(days=400))
    assert len(backup.kept(tmp_path)) == 1
