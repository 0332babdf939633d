"""Recordings by their bytes: what is taken, what is refused, and Opus that leaves WebM packet by packet."""

from __future__ import annotations

import struct

import pytest

from bot import sounds
from bot.files import Refused
from tests.bot.test_files import BAD, GOOD

HEAD = b"OpusHead\x01\x01" + struct.pack("<HIhB", 312, 48_000, 0, 0)
PACKETS = [bytes([0xF8, number % 256]) + bytes(number) for number in (1, 80, 252, 253, 254, 600, 3)]
"""Twenty milliseconds each, some as long as the lacing of a page is tricky."""
M4A = b"\0\0\0\x1cftypiso5\0\0\2\0" + b"moov" + b"soun" + b"mp4a"


def element(name: int, data: bytes, *, endless: bool = False) -> bytes:
    size = b"\x01" + b"\xff" * 7 if endless else struct.pack(">Q", len(data) | 1 << 56)
    return name.to_bytes((name.bit_length() + 7) // 8) + size + data


def webm(
    packets: list[bytes] = PACKETS, codec: bytes = b"A_OPUS", head: bytes = HEAD, flags: int = 0x80
) -> bytes:
    """As a browser records: nobody knew how long it would become."""
    track = element(0xAE, element(0xD7, b"\x01") + element(0x86, codec) + element(0x63A2, head))
    blocks = b"".join(
        element(0xA3, b"\x81" + struct.pack(">hB", 20 * at, flags) + packet)
        for at, packet in enumerate(packets)
    )
    inside = element(0x1654AE6B, track) + element(0x1F43B675, element(0xE7, b"\0") + blocks, endless=True)
    return element(0x1A45DFA3, b"") + element(0x18538067, inside, endless=True)


def packets_of(ogg: bytes) -> list[bytes]:
    """The packets of an Ogg file, its checksums asked."""
    found, at, last = [b""], 0, 0
    while at < len(ogg):
        sizes = ogg[at + 27 : at + 27 + ogg[at + 26]]
        end = at + 27 + len(sizes) + sum(sizes)
        page, told = bytearray(ogg[at:end]), struct.unpack_from("<I", ogg, at + 22)[0]
        page[22:26] = bytes(4)
        check = 0
        for byte in page:
            check ^= byte << 24
            for _ in range(8):
                check = (check << 1 ^ (0x104C11DB7 if check & 0x80000000 else 0)) & 0xFFFFFFFF
        assert check == told
        assert ogg[at + 5] & 4 == (4 if end == len(ogg) else 0)
        at += 27 + len(sizes)
        for size in sizes:
            found[-1] += ogg[at : at + size]
            at += size
            if size < 255:
                found.append(b"")
        last = struct.unpack_from("<q", ogg, end - len(page) + 6)[0]
    assert last == 960 * (len(found) - 3)
    return found[:-1]


def test_opus_leaves_webm_packet_by_packet() -> None:
    many = PACKETS * 30
    found = sounds.taken(webm(many))
    assert (found.content_type, found.seconds) == ("audio/ogg", 4)
    head, tags, *packets = packets_of(found.body)
    assert (head, tags[:8], packets) == (HEAD, b"OpusTags", many)
    assert sounds.taken(found.body) == found  # and what we made is what we take


@pytest.mark.parametrize(
    ("body", "content_type"), [(GOOD["audio/mpeg"], "audio/mpeg"), (M4A, "audio/mp4")], ids=["mp3", "m4a"]
)
def test_what_every_phone_plays_stays_as_it_is(body: bytes, content_type: str) -> None:
    assert sounds.taken(body) == sounds.Taken(content_type, body, None)


REFUSED = {
    "a film": (M4A + b"vide", "wrong_type"),
    "mp4 without sound of ours": (GOOD["audio/mp4"], "wrong_type"),
    "vorbis": (b"OggS\0\x02" + bytes(22) + b"\x01vorbis" + bytes(40), "wrong_type"),
    "wav": (GOOD["audio/wav"], "wrong_type"),
    "picture": (GOOD["image/png"], "wrong_type"),
    "film in webm": (webm(codec=b"V_VP8"), "wrong_type"),
    "laced": (webm(flags=0x82), "broken"),
    "no packet": (webm([]), "broken"),
    "an empty packet": (webm([b""]), "broken"),
    "no head": (webm(head=b""), "broken"),
    "nothing": (b"", "empty"),
    "a head cut short": (b"OggS" + bytes(22) + b"\x01\x08OpusHead", "broken"),
    "half an ogg": (sounds.taken(webm()).body[:-1], "broken"),
    "two streams": (sounds.taken(webm()).body + sounds.taken(webm()).body.replace(b"\1\0\0\0", b"\2\0\0\0"), "broken"),
    "too long": (webm([b"\xfb\x3f"] * 100), "too_long"),
    "too big": (b"ID3" + bytes(sounds.BYTES_MAX), "too_big"),
    "ends in a number": (b"\x1a\x45\xdf\xa3\x00", "broken"),
    **{f"bad {name}": (body, "wrong_type") for name, body in BAD.items()},
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_all_else_is_refused_with_its_reason(what: str) -> None:
    body, why = REFUSED[what]
    with pytest.raises(Refused, match=f"^{why}$"):
        sounds.taken(body)


SHORT = webm([PACKETS[0], PACKETS[6]])


@pytest.mark.parametrize("whole", [SHORT, sounds.taken(SHORT).body], ids=["webm", "ogg"])
def test_whatever_is_cut_or_turned_is_taken_or_refused(whole: bytes) -> None:
    for at in range(len(whole)):
        for body in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            try:
                sounds.taken(body)
            except Refused:
                continue
