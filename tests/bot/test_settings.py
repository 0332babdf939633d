"""Settings are read once, refuse nonsense in plain words and never show a secret."""

import stat
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import KEY_FILE, Settings, signing_key


def test_the_defaults_work_alone() -> None:
    settings = Settings()
    assert settings.sqlite_path == Path("tocka.db")
    assert not settings.telegram_by_webhook
    assert settings.zone.key == "Europe/Ljubljana"


@pytest.mark.parametrize("prefix", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_every_spelling_of_postgresql_is_one(monkeypatch: pytest.MonkeyPatch, prefix: str) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{prefix}tocka:secret@db/tocka")
    settings = Settings()
    assert settings.database_url == "postgresql+psycopg://tocka:secret@db/tocka"
    assert settings.sqlite_path is None
    assert "secret@" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://tocka"),
        ("PUBLIC_URL", "chat.example.org"),
        ("TIMEZONE", "Europe/Nowhere"),
        ("SITE", "paris"),
        ("PORT", "70000"),
        ("SECRET_KEY", "tiny"),
        ("METRICS_TOKEN", "tiny"),
        ("BACKUP_RECIPIENT", "AGE-SECRET-KEY-1QQQ"),
        ("BACKUP_RECIPIENT", "age1notakey"),
    ],
)
def test_nonsense_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert name.lower() in str(caught.value)
    assert value not in str(caught.value)


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://chat.example.org/")
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456:made-up")
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert "made-up" not in str(caught.value)
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "too-short-to-be-a-secret")
    with pytest.raises(ValidationError):
        Settings()
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "w" * 32)
    assert Settings().public_url == "https://chat.example.org"


def test_a_missing_key_is_made_once_and_for_us_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/tocka.db")
    first = signing_key(Settings())
    assert signing_key(Settings()) == first
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    assert signing_key(Settings()) == b"k" * 40
