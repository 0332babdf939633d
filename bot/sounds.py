"""Recordings of staff: what they truly are, how long they last, and Opus out of WebM into Ogg without touching the sound.

Browsers record Opus; most of them wrap it in WebM, which no messenger plays as a voice. The packets are the same in Ogg, so
only the wrapping is made anew. Everything else is taken as it is or refused.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import files
from bot.files import Refused

BYTES_MAX = 500_000
"""A minute and a half of a careful recording; members pay for every kilobyte."""
SECONDS_MAX = 120
RATE = 48_000
"""Samples a second in which Opus counts, whatever was recorded."""
_EBML = b"\x1a\x45\xdf\xa3"
_SEGMENT, _TRACKS, _TRACK, _CLUSTER, _GROUP = 0x18538067, 0x1654AE6B, 0xAE, 0x1F43B675, 0xA0
_INSIDE = frozenset({_SEGMENT, _TRACKS, _TRACK, _CLUSTER, _GROUP})
_CODEC, _PRIVATE, _BLOCK, _SIMPLE = 0x86, 0x63A2, 0xA1, 0xA3
_LACED = 0x06
_HEAD_MIN = 19
_SERIAL = 1
_PACKETS_A_PAGE = 50
_SEGMENTS_MAX = 255


@dataclass(frozen=True, slots=True)
class Taken:
    """A recording as it can be sent."""

    content_type: str
    body: bytes
    seconds: int | None


def taken(body: bytes) -> Taken:
    """What was recorded, ready to be sent; raises `Refused`: empty, too_big, too_long, wrong_type, broken."""
    if len(body) > BYTES_MAX:
        raise Refused("too_big")
    found = _unwrapped(body) if body.startswith(_EBML) else _as_it_is(body)
    if found.seconds is not None and found.seconds > SECONDS_MAX:
        raise Refused("too_long")
    return found


def _as_it_is(body: bytes) -> Taken:
    kind = files.sniffed(body[:64])
    if kind == "audio/ogg" and b"OpusHead" in body[:64]:
        return Taken(kind, body, _seconds_of_ogg(body))
    if kind == "audio/mpeg":
        return Taken(kind, body, None)
    if kind in ("audio/mp4", "video/mp4") and b"mp4a" in body and b"vide" not in body:
        return Taken("audio/mp4", body, None)  # a browser's own begins like a film, and has sound alone
    raise Refused("wrong_type")


# --- Ogg --------------------------------------------------------------------------------------------------


def _seconds_of_ogg(body: bytes) -> int:
    """How long it lasts; every page is there and belongs to the one stream."""
    at, last, serials = 0, 0, set()
    while at < len(body):
        if body[at : at + 4] != b"OggS" or at + 27 > len(body):
            raise Refused("broken")
        granule, serial = struct.unpack_from("<qI", body, at + 6)
        sizes = body[at + 27 : at + 27 + body[at + 26]]
        at += 27 + body[at + 26] + sum(sizes)
        last = max(last, granule)
        serials.add(serial)
    if at != len(body) or len(serials) != 1:
        raise Refused("broken")
    head = body.index(b"OpusHead")
    if head + _HEAD_MIN > len(body):
        raise Refused("broken")
    return _seconds(last - struct.unpack_from("<H", body, head + 10)[0])


def _seconds(samples: int) -> int:
    return max(1, round(samples / RATE))


def _table() -> tuple[int, ...]:
    found = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        found.append(value & 0xFFFFFFFF)
    return tuple(found)


_CRC = _table()


def _page(packets: Sequence[bytes], *, number: int, granule: int, flags: int) -> bytes:
    """One page that holds these packets whole."""
    sizes = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    start = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, granule, _SERIAL, number, 0, len(sizes))
    page = bytearray(start + sizes + b"".join(packets))
    check = 0
    for byte in page:
        check = (check << 8) & 0xFFFFFFFF ^ _CRC[check >> 24 ^ byte]
    page[22:26] = struct.pack("<I", check)
    return bytes(page)


def _grouped(packets: Sequence[bytes]) -> Iterator[list[bytes]]:
    """As many packets as one page takes."""
    group: list[bytes] = []
    segments = 0
    for packet in packets:
        needs = len(packet) // 255 + 1
        if needs > _SEGMENTS_MAX:
            raise Refused("broken")
        if group and (segments + needs > _SEGMENTS_MAX or len(group) == _PACKETS_A_PAGE):
            yield group
            group, segments = [], 0
        group.append(packet)
        segments += needs
    if group:
        yield group


def _ogg(head: bytes, packets: Sequence[bytes]) -> tuple[bytes, int]:
    """The packets as an Ogg file, and how many seconds they last."""
    tags = b"OpusTags" + struct.pack("<I", 5) + b"tocka" + struct.pack("<I", 0)
    pages = [
        _page([head], number=0, granule=0, flags=2),
        _page([tags], number=1, granule=0, flags=0),
    ]
    played, groups = 0, list(_grouped(packets))
    for at, group in enumerate(groups):
        played += sum(map(_samples, group))
        is_last = at == len(groups) - 1
        pages.append(_page(group, number=at + 2, granule=played, flags=4 if is_last else 0))
    return b"".join(pages), _seconds(played - struct.unpack_from("<H", head, 10)[0])


def _samples(packet: bytes) -> int:
    """How long one packet of Opus lasts, as its first byte says."""
    kind, count = packet[0] >> 3, packet[0] & 3
    if kind < 12:
        frame = (480, 960, 1920, 2880)[kind & 3]
    elif kind < 16:
        frame = (480, 960)[kind & 1]
    else:
        frame = (120, 240, 480, 960)[kind & 3]
    if count < 3:
        return frame * (1 if count == 0 else 2)
    if len(packet) < 2:
        raise Refused("broken")
    return frame * (packet[1] & 0x3F)


# --- WebM -------------------------------------------------------------------------------------------------


def _unwrapped(body: bytes) -> Taken:
    """Opus out of WebM."""
    codecs, head, packets = [], b"", []
    for name, data in _elements(body):
        if name == _CODEC:
            codecs.append(data.rstrip(b"\0"))
        elif name == _PRIVATE:
            head = data
        elif name in (_SIMPLE, _BLOCK):
            packets.append(_packet(data))
    if codecs != [b"A_OPUS"]:
        raise Refused("wrong_type" if codecs else "broken")
    if not head.startswith(b"OpusHead") or len(head) < _HEAD_MIN or not packets:
        raise Refused("broken")
    made, seconds = _ogg(head, packets)
    return Taken("audio/ogg", made, seconds)


def _elements(body: bytes) -> Iterator[tuple[int, bytes]]:
    """The leaves of the file in their order; what holds others is opened, so its size may be unknown."""
    at = 0
    while at < len(body):
        name, at = _number(body, at, marked=True)
        size, at = _number(body, at, marked=False)
        if name in _INSIDE:
            continue
        if at + size > len(body):
            raise Refused("broken")
        yield name, body[at : at + size]
        at += size


def _number(body: bytes, at: int, *, marked: bool) -> tuple[int, int]:
    """A number of EBML's own length, with its length mark or without; and where it ends."""
    if at >= len(body) or body[at] == 0:
        raise Refused("broken")
    length = 9 - body[at].bit_length()
    end = at + length
    if end > len(body):
        raise Refused("broken")
    value = int.from_bytes(body[at:end])
    return (value if marked else value & ((1 << 7 * length) - 1)), end


def _packet(block: bytes) -> bytes:
    """The one packet of a block: its track, time and flags stand before it."""
    _, at = _number(block, 0, marked=False)
    if len(block) < at + 4 or block[at + 2] & _LACED:
        raise Refused("broken")
    return block[at + 3 :]
