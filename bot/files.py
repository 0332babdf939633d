"""Files of members on our disk: what they truly are, what they may be called, and how they come and go.

A name from outside never becomes a path, and nothing here is ever run, opened or shown by us.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import unicodedata
from contextlib import suppress
from datetime import datetime
from pathlib import Path

MB = 1024 * 1024
MAX_BYTES = 10 * MB
NAME_MAX = 80
UID = re.compile(r"[0-9a-f]{32}")
PART = ".part"
RESERVE = 256 * MB
"""Disk that files leave for the database: a full one would stop every conversation."""
ENDINGS = {
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "video/mp4": "mp4",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
}
"""Every type we take, and how its file ends when staff download it."""
_MP4 = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"MSNV"}
_M4A = {b"M4A ", b"M4B "}
_OGG_CODECS = (b"OpusHead", b"\x01vorbis", b"Speex   ")


class Refused(Exception):
    """Bytes we do not take; `why` is a short machine word: too_big, wrong_type, empty."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NoSpace(Exception):
    """The disk has no room to spare."""


def new_uid() -> str:
    """A name nobody can guess."""
    return secrets.token_hex(16)


def cleaned_name(told: str) -> str | None:
    """What her phone called it, for staff to read: no folder, no sign that hides or turns letters."""
    last = re.split(r"[/\\]", told)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*').strip(" .")
    return kept.encode("utf-8", "ignore").decode()[:NAME_MAX] or None


def sniffed(head: bytes) -> str:
    """The type by the first bytes; raises `Refused` for all that is not on the list."""
    found = _picture(head) or _sound(head) or ("application/pdf" if head.startswith(b"%PDF-") else None)
    if found is None:
        raise Refused("wrong_type" if head else "empty")
    return found


def _picture(head: bytes) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return None


def _sound(head: bytes) -> str | None:
    if head.startswith(b"OggS") and any(codec in head[:64] for codec in _OGG_CODECS):
        return "audio/ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "audio/mp4" if brand in _M4A else "video/mp4" if brand in _MP4 else None
    if head.startswith(b"ID3") or _is_mpeg_frame(head):
        return "audio/mpeg"
    return None


def _is_mpeg_frame(head: bytes) -> bool:
    """Whether an MPEG audio frame of layer III begins here: eleven set bits alone would fit too much."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bitrate, rate = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and bitrate not in (0, 15) and rate != 3


class Folder:
    """Where the bytes lie: one flat folder of random names, for this user's eyes only."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self) -> None:
        """Make the folder; at start, so that a wrong setting is seen then."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)

    def of(self, uid: str) -> Path:
        """The file of a uid; raises `ValueError` for what is none."""
        if not UID.fullmatch(uid):
            raise ValueError("not a uid")
        return self.path / uid

    def has_room(self) -> bool:
        """Whether the disk has more than what we leave free."""
        self.make()
        return shutil.disk_usage(self.path).free > RESERVE + 2 * MAX_BYTES

    def store(self, uid: str, body: bytes) -> None:
        """Write it whole or not at all. Raises `NoSpace`."""
        if not self.has_room():
            raise NoSpace
        part = self.of(uid).with_suffix(PART)
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            part.rename(self.of(uid))
            self._sync()
        except OSError:
            part.unlink(missing_ok=True)
            raise NoSpace from None

    def _sync(self) -> None:
        handle = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def read(self, uid: str) -> bytes | None:
        """The bytes; None when they are gone."""
        try:
            return self.of(uid).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, uid: str) -> None:
        """Remove it, and what a broken writing left of it."""
        self.of(uid).unlink(missing_ok=True)
        self.of(uid).with_suffix(PART).unlink(missing_ok=True)

    def older_than(self, at: datetime) -> list[str]:
        """The uids of files last written before then, half-written ones too; other names are not ours to touch."""
        if not self.path.is_dir():
            return []
        found: set[str] = set()
        for path in self.path.iterdir():
            uid = path.name.removesuffix(PART)
            with suppress(FileNotFoundError):  # removed meanwhile
                if UID.fullmatch(uid) and path.stat().st_mtime < at.timestamp():
                    found.add(uid)
        return sorted(found)
