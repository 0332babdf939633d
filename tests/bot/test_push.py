"""Whom a push may go to, and our key pair."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot import push
from bot.channels.base import Failure, SendError
from bot.push import BadBrowser, Push
from bot.settings import Settings
from storage.wake import Browser
from tests.helpers import make
from tests.helpers.push_service import Keys


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://10.0.0.1/a",
        "https://localhost/a",
        "https://user@push.example.org/a",
        "https://push.example.org:8443/a",
        "file:///etc/passwd",
        "https://push.example.org/" + "a" * 1000,
        "https://[/a",
        "",
    ],
)
def test_only_the_open_internet_is_pushed_to(endpoint: str) -> None:
    keys = Keys()
    with pytest.raises(BadBrowser):
        push.checked(endpoint, keys.p256dh, keys.auth)


@pytest.mark.parametrize(
    ("p256dh", "auth"), [("", ""), ("AAAA", "AAAA"), ("č" * 90, "x" * 22), ("A" * 87, "A" * 22)]
)
def test_keys_that_are_none(p256dh: str, auth: str) -> None:
    with pytest.raises(BadBrowser):
        push.checked("https://push.example.org/a", p256dh, auth)


async def test_a_name_that_leads_home_is_not_called(tmp_path: Path, clock: make.Clock) -> None:
    keys = Keys()
    sender = Push(Settings(database_url=f"sqlite:///{tmp_path / 'x.db'}"), clock)
    for host in ("https://localhost.localdomain/a", "https://ip6-localhost.example.invalid/a"):
        with pytest.raises(SendError) as failed:
            await sender.send(Browser(1, host, keys.p256dh, keys.auth), b"{}")
        assert failed.value.kind in (Failure.UNREACHABLE, Failure.NOT_SENT)
    await sender.close()


async def test_addresses_are_looked_at_when_connecting(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = push._OpenInternet()

    async def found(host: str, port: int, family: object) -> list[dict[str, Any]]:
        return [{"host": address, "port": port} for address in host.split("+")]

    monkeypatch.setattr(resolver._inner, "resolve", found)
    assert await resolver.resolve("1.1.1.1", 443)
    assert await resolver.resolve("64:ff9b::101:101", 443)  # the open internet, seen through NAT64
    inside = ("10.1.2.3", "1.1.1.1+169.254.169.254", "::1", "fe80::1", "192.168.1.1", "::ffff:10.0.0.1")
    # An address of ours inside another one, and those that Python calls global though they are not.
    hidden = ("64:ff9b::7f00:1", "2002:a00:1::1", "::7f00:1", "fec0::1", "224.0.0.1", "ff0e::1")
    for host in inside + hidden:
        with pytest.raises(OSError):
            await resolver.resolve(host, 443)
    await resolver.close()


def test_the_key_pair_is_made_once_and_for_this_user_only(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'x.db'}")
    assert push.key_pair(settings) == push.key_pair(settings)
    assert (tmp_path / push.KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [push.KEY_FILE]
    assert len(push.public_key(settings)) == 87
