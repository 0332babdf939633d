"""Fetching and removing: the real client against a Bot API that answers, lies, hangs and points elsewhere."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot import files
from bot.channels import telegram_api
from bot.channels.telegram import TelegramChannel
from bot.files import Folder
from bot.media import BACKOFF, LEASE, Fetcher
from flows.media import DAY
from flows.screen import Heard, Incoming, Kind, Media
from storage import media
from storage.db import Database
from storage.media import MediaRow
from storage.messages import MessageRow
from storage.sites import Site
from storage.sql import table
from tests.bot.test_files import BAD, GOOD, POLYGLOTS
from tests.helpers import make, provider
from tests.helpers.chat import Chat
from tests.helpers.console import person

ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
JPEG = GOOD["image/jpeg"] + bytes(range(256)) * 40
_m, _out = table(MediaRow), table(MessageRow)


@dataclass
class Mail:
    """A member on Telegram, the provider behind her, and our fetcher."""

    remote: provider.Remote
    chat: Chat
    folder: Folder
    fetcher: Fetcher
    fetched: asyncio.Event
    uids: list[str] = field(default_factory=list)

    def sends(self, ref: str = "ref-1", *, chooses: bool = True, **facts: Any) -> None:
        """She sends something and lets a person look."""
        uid = files.new_uid()
        self.uids.append(uid)
        heard = Heard(Kind.PICTURE, media=Media(uid, ref, **facts))
        self.chat.repeats(Incoming(provider.ACCOUNT, f"u{len(self.uids)}", self.chat.sender, heard))
        self.chat.receives()
        if chooses:
            self.chat.taps("person")

    @property
    def row(self) -> Any:
        """The newest file."""
        return self.chat.db.read(lambda tx: tx.query(select(_m).order_by(_m.c.id.desc())))[0]

    @property
    def on_disk(self) -> list[str]:
        return sorted(path.name for path in self.folder.path.iterdir()) if self.folder.path.is_dir() else []

    def told(self) -> str:
        """The last thing she was told."""
        self.chat.receives()
        return self.chat.last.text


@pytest.fixture
async def mail(
    db: Database, clock: make.Clock, site: Site, remote: provider.Remote, tmp_path: Path
) -> AsyncIterator[Mail]:
    chat = Chat(db, clock, make.texts(), site, account=provider.ACCOUNT).starts("en")
    channel = TelegramChannel(provider.TOKEN, remote.base)
    folder = Folder(tmp_path / "media")
    sources = {provider.ACCOUNT: channel}
    fetched = asyncio.Event()
    fetcher = Fetcher(db, sources, folder, clock, make.texts(), limit=64 * 1024, hint=fetched.set)
    yield Mail(remote, chat, folder, fetcher, fetched)
    await channel.close()


async def test_what_she_lets_a_person_see_is_fetched(mail: Mail) -> None:
    await mail.remote.file("ref-1", JPEG)
    mail.sends(size=len(JPEG))
    assert await mail.fetcher.once() == 1
    assert (mail.row.state, mail.row.content_type, mail.row.size) == ("stored", "image/jpeg", len(JPEG))
    assert mail.row.provider_ref is None
    assert mail.on_disk == mail.uids
    assert mail.folder.read(mail.uids[0]) == JPEG
    assert await mail.fetcher.once() == 0
    assert mail.remote.problems() == []


async def test_what_she_does_not_is_never_asked_for(mail: Mail, clock: make.Clock) -> None:
    await mail.remote.file("ref-1", JPEG)
    mail.sends(chooses=False)
    for _ in range(3):
        assert await mail.fetcher.once() == 0
        clock.forward(hours=9)
    assert mail.remote.calls("getFile") == mail.remote.calls("file") == []
    await mail.fetcher.tidy()
    assert (mail.row.state, mail.row.provider_ref) == ("gone", None)


@pytest.mark.parametrize("what", sorted(BAD))
@ONE
async def test_harmful_kinds_never_touch_the_disk_and_she_is_told(mail: Mail, what: str) -> None:
    await mail.remote.file("ref-1", BAD[what])
    mail.sends(name="pismo.pdf")
    await mail.fetcher.once()
    assert (mail.row.state, mail.row.error) == ("refused", "wrong_type")
    assert mail.on_disk == []
    assert "cannot open this kind" in mail.told()


@pytest.mark.parametrize("what", sorted(POLYGLOTS))
@ONE
async def test_what_is_two_things_is_kept_as_the_harmless_one(mail: Mail, what: str) -> None:
    await mail.remote.file("ref-1", POLYGLOTS[what])
    mail.sends()
    await mail.fetcher.once()
    assert mail.row.content_type in ("image/jpeg", "image/png", "application/pdf")


@ONE
@pytest.mark.parametrize("told", ["claimed", "by getFile", "not at all", "without end"])
async def test_too_much_is_refused_however_late_it_shows(mail: Mail, told: str) -> None:
    body = GOOD["image/jpeg"] + bytes(80 * 1024)
    await mail.remote.file("ref-1", body, size=len(body) if told == "by getFile" else 10)
    if told == "without end":
        await mail.remote.fault("endless", method="file")
    mail.sends(size=len(body) if told == "claimed" else None)
    await mail.fetcher.once()
    assert (mail.row.state, mail.row.error) == ("refused", "too_big")
    assert mail.on_disk == []
    assert len(mail.remote.calls("getFile")) == (0 if told == "claimed" else 1)
    assert len(mail.remote.calls("file")) == (1 if told in ("not at all", "without end") else 0)
    assert "too big" in mail.told()


@pytest.mark.parametrize(
    "path",
    [
        "../../getMe",
        "/etc/passwd",
        "a/../../b",
        "//evil.invalid/x",
        "http://evil.invalid/x",
        "x?y=1",
        "x#y",
        "%2e%2e/x",
        "a\\b",
        "@evil.invalid/",
        "",
        "x" * 300,
    ],
)
@ONE
async def test_no_path_of_the_provider_leads_elsewhere(mail: Mail, path: str) -> None:
    await mail.remote.file("ref-1", JPEG, path=path)
    mail.sends()
    await mail.fetcher.once()
    assert (mail.row.state, mail.row.error) == ("wanted", "bad_path")
    assert mail.remote.calls("file") == []


@ONE
async def test_a_redirect_is_not_followed(mail: Mail) -> None:
    await mail.remote.file("ref-1", JPEG)
    await mail.remote.fault("redirect", method="file")
    mail.sends()
    await mail.fetcher.once()
    assert (mail.row.state, mail.row.error, mail.on_disk) == ("wanted", "bad_answer", [])


@pytest.mark.parametrize(
    ("method", "kind", "error"),
    [
        ("file", "404", "not_found"),
        ("file", "500", "bad_answer"),
        ("file", "close_before", "no_answer"),
        ("getFile", "400", "bad_request"),
        ("getFile", "401", "token"),
        ("getFile", "bad_json", "lost_answer"),
        ("getFile", "no_result", "lost_answer"),
    ],
)
async def test_it_is_tried_again_and_then_comes(
    mail: Mail, clock: make.Clock, method: str, kind: str, error: str
) -> None:
    await mail.remote.file("ref-1", JPEG)
    # The client itself asks once more when a kept connection was closed under it.
    await mail.remote.fault(kind, method=method, times=2 if kind == "close_before" else 1)
    mail.sends()
    before = mail.told()
    await mail.fetcher.once()
    assert (mail.row.state, mail.row.error, mail.row.attempt) == ("wanted", error, 1)
    assert await mail.fetcher.once() == 0  # not before its time
    clock.at += BACKOFF[0]
    await mail.fetcher.once()
    assert (mail.row.state, mail.row.error) == ("stored", None)
    assert mail.told() == before  # a trouble that passes is none of hers


@ONE
async def test_a_provider_that_is_busy_is_left_alone_as_long_as_it_says(
    mail: Mail, clock: make.Clock
) -> None:
    await mail.remote.file("ref-1", JPEG)
    await mail.remote.fault("429", method="getFile", retry_after=77)
    mail.sends()
    await mail.fetcher.once()
    assert mail.row.not_before == clock.at + timedelta(seconds=77)


async def test_after_the_last_try_staff_see_why_and_she_is_asked_to_send_it_again(
    mail: Mail, clock: make.Clock
) -> None:
    await mail.remote.fault("404", method="file", times=100)
    await mail.remote.file("ref-1", JPEG)
    mail.sends()
    tries = 0
    while mail.row.state == "wanted":
        tries += await mail.fetcher.once()
        clock.forward(minutes=40)
    assert tries == len(BACKOFF) + 1
    assert (mail.row.state, mail.row.error, mail.row.provider_ref) == ("failed", "not_found", None)
    assert "did not reach us" in mail.told()
    said = len(mail.chat.inbox)
    await mail.fetcher.once()
    mail.chat.receives()
    assert len(mail.chat.inbox) == said


@ONE
async def test_a_server_that_drips_costs_no_more_than_its_time(
    mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_api, "DOWNLOAD_S", 0.2)
    await mail.remote.file("ref-1", JPEG)
    await mail.remote.fault("slow", method="file", seconds=30)
    mail.sends()
    async with asyncio.timeout(10):
        await mail.fetcher.once()
    assert (mail.row.state, mail.row.error) == ("wanted", "no_answer")


@ONE
async def test_a_full_disk_waits(mail: Mail, clock: make.Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    await mail.remote.file("ref-1", JPEG)
    mail.sends()
    with monkeypatch.context() as patch:
        patch.setattr(files, "RESERVE", 2**62)
        await mail.fetcher.once()
    assert (mail.row.state, mail.row.error) == ("wanted", "no_space")
    clock.at += BACKOFF[0]
    await mail.fetcher.once()
    assert mail.row.state == "stored"


@ONE
async def test_the_log_tells_nothing_of_her(mail: Mail, capsys: pytest.CaptureFixture[str]) -> None:
    await mail.remote.fault("404", method="file")
    await mail.remote.file("ref-1", JPEG)
    mail.sends(name="odlocba-ana-novak.pdf")
    await mail.fetcher.once()
    log = "".join(capsys.readouterr())
    assert "media" in log
    assert not [secret for secret in ("ref-1", "novak", mail.uids[0], provider.TOKEN) if secret in log]


# --- claims


async def test_a_claim_is_nobody_elses_until_its_lease_ends(mail: Mail, clock: make.Clock) -> None:
    mail.sends()
    db = mail.chat.db

    def claim() -> list[media.Wanted]:
        return db.write(
            lambda tx: media.claim(tx, provider.ACCOUNT, now=clock.at, until=clock.at + LEASE, limit=9)
        )

    (first,) = claim()
    assert claim() == []
    clock.at += LEASE
    (second,) = claim()
    assert (first.attempt, second.attempt) == (1, 2)
    late = [
        db.write(lambda tx: media.stored(tx, first, "image/png", 1)),
        db.write(lambda tx: media.retry(tx, first, clock.at, "x")),
        db.write(lambda tx: media.end(tx, first, "failed", "x")),
    ]
    assert late == [False, False, False]
    assert db.write(lambda tx: media.stored(tx, second, "image/png", 1))


@ONE
async def test_bytes_of_an_erased_member_do_not_stay(mail: Mail) -> None:
    await mail.remote.file("ref-1", JPEG)
    mail.sends()
    store = mail.folder.store

    def erased(uid: str, body: bytes) -> None:
        store(uid, body)
        mail.chat.db.write(lambda tx: tx.query(delete(_m).returning(_m.c.id)))

    mail.folder.store = erased  # type: ignore[method-assign]  # she is erased while her file is on its way
    await mail.fetcher.once()
    assert mail.on_disk == []


# --- the end of the day


async def stored(mail: Mail) -> str:
    await mail.remote.file("ref-1", JPEG)
    mail.sends(name="pismo.jpg")
    await mail.fetcher.once()
    assert mail.row.state == "stored"
    return mail.uids[-1]


async def test_after_a_day_it_is_gone_from_disk_and_row(mail: Mail, clock: make.Clock) -> None:
    await stored(mail)
    clock.at += DAY - timedelta(seconds=1)
    assert await mail.fetcher.tidy() == 0
    assert len(mail.on_disk) == 1
    clock.forward(seconds=1)
    assert await mail.fetcher.tidy() == 1
    assert (mail.row.state, mail.row.name, mail.on_disk) == ("gone", None, [])
    assert await mail.fetcher.tidy() == 0


async def test_what_staff_keep_stays_until_it_is_let_go(mail: Mail, clock: make.Clock) -> None:
    uid = await stored(mail)
    db = mail.chat.db
    staff_id = db.write(lambda tx: person(tx, mail.chat.site, "desk"))
    assert db.write(lambda tx: media.keep(tx, uid, staff_id, "deadline", clock.at))
    assert not db.write(lambda tx: media.keep(tx, uid, staff_id, "again", clock.at))
    clock.forward(days=20)
    assert await mail.fetcher.tidy() == 0
    assert len(mail.on_disk) == 1
    conversation_id = mail.row.conversation_id
    assert db.write(lambda tx: media.drop(tx, conversation_id, clock.at)) == 1
    assert await mail.fetcher.tidy() == 1
    assert (mail.row.state, mail.row.kept_reason, mail.on_disk) == ("gone", None, [])


async def test_nothing_over_can_be_kept(mail: Mail, clock: make.Clock) -> None:
    uid = await stored(mail)
    clock.at += DAY
    assert not mail.chat.db.write(lambda tx: media.keep(tx, uid, 1, "late", clock.at))


@ONE
async def test_a_crash_between_file_and_row_is_made_up_for(
    mail: Mail, clock: make.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stored(mail)
    clock.at += DAY

    def crash(*_: object) -> None:
        raise RuntimeError("killed here")

    with monkeypatch.context() as patch:
        patch.setattr(media, "gone", crash)
        with pytest.raises(RuntimeError):
            await mail.fetcher.tidy()
    assert (mail.row.state, mail.on_disk) == ("stored", [])
    await mail.fetcher.tidy()
    assert mail.row.state == "gone"


@ONE
async def test_files_without_a_row_go_when_they_are_old_enough(mail: Mail, clock: make.Clock) -> None:
    uid = await stored(mail)
    lost, fresh, foreign = "a" * 32, "b" * 32, "notes.txt"
    for name in (lost, fresh, foreign):
        (mail.folder.path / name).write_bytes(b"x")
    long_ago = (clock.at - timedelta(hours=2)).timestamp()
    for name in (lost, foreign, uid):
        os.utime(mail.folder.path / name, (long_ago, long_ago))
    just_now = clock.at.timestamp()
    os.utime(mail.folder.path / fresh, (just_now, just_now))
    assert await mail.fetcher.tidy() == 1
    assert mail.on_disk == sorted((uid, fresh, foreign))


async def test_everything_of_a_member_is_found_for_erasing(mail: Mail) -> None:
    await stored(mail)
    mail.sends("ref-2", chooses=False)
    db = mail.chat.db
    other = Chat(db, mail.chat.clock, make.texts(), mail.chat.site, account=provider.ACCOUNT, sender="7")
    other.starts()
    hers = db.read(lambda tx: [media.paths_of(tx, member) for member in (1, 2)])
    assert sorted(hers, key=len) == [[], mail.uids]


async def test_the_loop_fetches_by_itself_and_ends_when_told(mail: Mail) -> None:
    await mail.remote.file("ref-1", JPEG)
    mail.sends()
    running = asyncio.create_task(mail.fetcher.run())
    try:
        async with asyncio.timeout(20):
            await mail.fetched.wait()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert mail.row.state == "stored"
