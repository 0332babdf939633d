"""Every setting of Točka; the only place that reads the environment or `.env`."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.retention import Keep

SQLITE = "sqlite:///"
POSTGRESQL = "postgresql://"
KEY_FILE = "tocka.secret"
KEY_MIN_BYTES = 32


class Settings(BaseSettings):
    """What an operator may choose, each with a default that works alone on one machine."""

    # hide_input: a wrong value may be a secret, and an error message may end in a log.
    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    # repr=False: a server's address may hold its password.
    database_url: str = Field(default="sqlite:///tocka.db", repr=False)
    telegram_token: SecretStr | None = None
    telegram_api_base: str = "https://api.telegram.org"
    telegram_staff_chat: int | None = Field(default=None, lt=0)
    telegram_staff_language: Literal["sl", "en"] = "sl"
    telegram_webhook_secret: SecretStr | None = Field(default=None, min_length=32)
    public_url: str | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    secret_key: SecretStr | None = Field(default=None, min_length=32)
    # Of the demo only; your own sites are in the database.
    site: Literal["celje", "postojna"] = "celje"
    timezone: str = "Europe/Ljubljana"
    demo: bool = True
    trust_proxy: bool = False
    reminder_day_late_until_hours: int = Field(default=6, ge=1, le=23)
    reminder_hours_late_until_minutes: int = Field(default=30, ge=0, le=119)
    go_on_late_hours: int = Field(default=24, ge=1, le=48)
    change_call_after_hours: int = Field(default=4, ge=1, le=24)
    promised_answer_minutes: int = Field(default=30, ge=1, le=24 * 60)
    idle_after_minutes: int = Field(default=120, ge=5, le=24 * 60)
    alert_ack_minutes: int = Field(default=10, ge=1, le=120)
    alert_contact: str = Field(default="mailto:tocka@example.org", pattern=r"^(mailto:\S+@\S+|https://\S+)$")
    media_folder: Path | None = None
    media_max_mb: int = Field(default=10, ge=1, le=20)
    retention_chat_days: int = Field(default=30, ge=1, le=3650)
    retention_crisis_days: int = Field(default=7, ge=1, le=3650)
    retention_booking_days: int = Field(default=365, ge=30, le=3650)
    retention_note_days: int = Field(default=183, ge=1, le=3650)
    retention_failed_days: int = Field(default=30, ge=1, le=3650)
    retention_session_days: int = Field(default=30, ge=1, le=3650)
    retention_silent_days: int = Field(default=365, ge=30, le=3650)
    # Backups and metrics
    backup_recipient: str | None = None
    backup_dir: Path | None = None
    pg_programs: Path | None = None
    metrics_token: SecretStr | None = Field(default=None, min_length=32)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        """Accept SQLite and PostgreSQL, the latter under any of its usual spellings."""
        for prefix in (POSTGRESQL, "postgres://", "postgresql+psycopg://"):
            if url.startswith(prefix):
                return "postgresql+psycopg://" + url.removeprefix(prefix)
        if not url.startswith(SQLITE):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return url

    @field_validator("public_url", "telegram_api_base")
    @classmethod
    def _bare_address(cls, url: str | None) -> str | None:
        """Accept a web address and drop the slash at its end, so that paths can be appended."""
        if url is not None and not url.startswith(("https://", "http://")):
            raise ValueError("must begin with https://")
        return url.rstrip("/") if url else None

    @field_validator("backup_recipient")
    @classmethod
    def _public_keys(cls, told: str | None) -> str | None:
        """Refuse a key that nobody could open the backup with."""
        if told is None:
            return None
        from pyrage import RecipientError, x25519  # only who makes backups needs it

        try:
            for one in told.replace(",", " ").split():
                x25519.Recipient.from_str(one)
        except RecipientError:
            raise ValueError("must be public keys of age (age1…), never the secret key") from None
        return told

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        """Refuse a zone that does not exist now rather than at the first reminder."""
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("must be a zone name such as Europe/Ljubljana") from error
        return name

    @model_validator(mode="after")
    def _webhook_needs_secret(self) -> "Settings":
        """A webhook anybody could call would let anybody speak as any member."""
        if self.public_url and self.telegram_token and not self.telegram_webhook_secret:
            raise ValueError("PUBLIC_URL with TELEGRAM_TOKEN needs TELEGRAM_WEBHOOK_SECRET")
        return self

    @cached_property
    def zone(self) -> ZoneInfo:
        """The site's own zone."""
        return ZoneInfo(self.timezone)

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, or None when the database is a server."""
        return Path(self.database_url.removeprefix(SQLITE)) if self.database_url.startswith(SQLITE) else None

    @property
    def data_folder(self) -> Path:
        """Where the process keeps its own files: beside the database file, else the working folder."""
        return self.sqlite_path.parent if self.sqlite_path else Path()

    @property
    def media_path(self) -> Path:
        """Where the bytes of members' files lie."""
        return self.media_folder or self.data_folder / "media"

    @property
    def media_max(self) -> int:
        """The largest file we take, in bytes."""
        return self.media_max_mb * 1024 * 1024

    @property
    def keep(self) -> Keep:
        """How long what is kept."""
        return Keep(**{field.name: getattr(self, f"retention_{field.name}_days") for field in fields(Keep)})

    @property
    def telegram_by_webhook(self) -> bool:
        """Whether Telegram calls us; otherwise we poll it."""
        return self.public_url is not None


def signing_key(settings: Settings) -> bytes:
    """The key for cookies and one-time links: the one chosen, else one made once and kept for this user's eyes."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    path = settings.data_folder / KEY_FILE
    try:
        # O_EXCL: two processes starting together must end with the same key.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes().strip()
        if len(key) < KEY_MIN_BYTES:
            raise ValueError(f"{KEY_FILE} is damaged: remove it, and every cookie and link ends") from None
        return key
    with os.fdopen(handle, "wb") as file:
        key = secrets.token_urlsafe(48).encode()
        file.write(key)
    return key


def keyed(key: bytes) -> Callable[[str], str]:
    """The keyed hash of anything said, in hexadecimal; what is said begins with its purpose."""
    return lambda said: hmac.new(key, said.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
