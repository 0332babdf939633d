"""Files of members on our disk: types by their bytes, names, and a folder that gives nothing away."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import files
from bot.files import Folder, NoSpace, Refused, cleaned_name, sniffed

UID = "0123456789abcdef" * 2
GOOD = {
    "audio/ogg": b"OggS\0\x02" + bytes(22) + b"OpusHead\1\2",
    "audio/mpeg": b"\xff\xfb\x90\x64" + bytes(40),
    "audio/mp4": b"\0\0\0\x1cftypM4A \0\0\0\0",
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt ",
    "video/mp4": b"\0\0\0\x1cftypisom\0\0\2\0",
    "image/jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    "image/png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "image/webp": b"RIFF\x24\0\0\0WEBPVP8 ",
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
}
BAD = {
    "html": b"<!doctype html><script>alert(1)</script>",
    "html after a mark": b"\xef\xbb\xbf <html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "xml": b"<?xml version='1.0'?><svg/>",
    "zip": b"PK\3\4\x14\0\6\0[Content_Types].xml",
    "empty zip": b"PK\5\6" + bytes(18),
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "gif": b"GIF89a\1\0\1\0",
    "gif that is a script": b"GIF89a=1;alert(1)",
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "avif": b"\0\0\0\x18ftypavif\0\0\0\0",
    "quicktime": b"\0\0\0\x14ftypqt  \0\0\2\0",
    "exe": b"MZ\x90\0\3",
    "elf": b"\x7fELF\2\1\1",
    "script": b"#!/bin/sh\nrm -rf /",
    "gzip": b"\x1f\x8b\x08\0",
    "riff of another kind": b"RIFF\x24\0\0\0AVI LIST",
    "ogg with a picture": b"OggS\0\x02" + bytes(22) + b"\x80theora\3\2",
    "pdf after something": b"GARBAGE\n%PDF-1.7",
    "jpeg after something": b"\n\xff\xd8\xff\xe0",
    "set bits only": b"\xff\xff\xff\xff",
    "aac frame": b"\xff\xf1\x50\x80",
    "utf-16 text": b"\xff\xfe<\0h\0t\0m\0l\0>\0",
    "text": b"hello",
    "one byte": b"\xff",
}
POLYGLOTS = {
    "picture and page": GOOD["image/jpeg"] + b"<html><script>alert(1)</script></html>",
    "picture and archive": GOOD["image/png"] + b"PK\3\4 evil.jar",
    "paper and page": b"%PDF-1.4\n<html><body onload=alert(1)>",
}


@pytest.mark.parametrize("content_type", GOOD)
def test_what_we_take_is_known_by_its_bytes(content_type: str) -> None:
    assert sniffed(GOOD[content_type]) == content_type
    assert content_type in files.ENDINGS


@pytest.mark.parametrize("what", BAD)
def test_all_else_is_refused(what: str) -> None:
    with pytest.raises(Refused, match="wrong_type"):
        sniffed(BAD[what])


def test_nothing_is_refused_as_nothing() -> None:
    with pytest.raises(Refused, match="empty"):
        sniffed(b"")


def test_every_beginning_of_what_we_take_is_taken_or_refused_and_never_breaks() -> None:
    for body in (*GOOD.values(), *BAD.values()):
        for length in range(len(body)):
            with suppress(Refused):
                assert sniffed(body[:length]) in files.ENDINGS


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("pismo.pdf", "pismo.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\slika.jpg", "slika.jpg"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\0b\r\nX-Header: 1.jpg", "abX-Header 1.jpg"),
        ('"><script>.jpg', "script.jpg"),
        ("..", None),
        ("/", None),
        ("", None),
        ("\ud800.jpg", "jpg"),
        ("ž" * 300, "ž" * files.NAME_MAX),
    ],
)
def test_a_name_is_for_reading_only(told: str, name: str | None) -> None:
    assert cleaned_name(told) == name


def test_a_file_is_written_whole_for_our_eyes_only(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "deep" / "media")
    folder.store(UID, b"one")
    folder.store(UID, b"two")
    assert folder.read(UID) == b"two"
    assert [path.name for path in folder.path.iterdir()] == [UID]
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder.path / UID).stat().st_mode) == 0o600
    folder.remove(UID)
    folder.remove(UID)
    assert folder.read(UID) is None


@pytest.mark.parametrize(
    "uid", ["", "..", "../" + "a" * 29, "a" * 31, "A" * 32, "a" * 32 + "\n", "/etc/passwd", "%2e%2e"]
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, uid: str) -> None:
    folder = Folder(tmp_path / "media")
    for act in (folder.read, folder.remove, lambda uid: folder.store(uid, b"x")):
        with pytest.raises(ValueError, match="not a uid"):
            act(uid)


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(tmp_path)
    monkeypatch.setattr(files, "RESERVE", 2**62)
    with pytest.raises(NoSpace):
        folder.store(UID, b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_writing_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "media")
    folder.make()
    (folder.path / UID).mkdir()  # a rename onto a folder fails
    with pytest.raises(NoSpace):
        folder.store(UID, b"x")
    assert [path.name for path in folder.path.iterdir()] == [UID]


def test_only_our_own_old_files_are_found(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    old, new, half = "a" * 32, "b" * 32, "c" * 32
    for name in (old, new, half + ".part", "tocka.db", "d" * 31):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (1000, 1000) if name != new else (5000, 5000))
    assert folder.older_than(datetime.fromtimestamp(2000, UTC)) == [old, half]
    assert Folder(tmp_path / "not there").older_than(datetime.now(UTC)) == []
