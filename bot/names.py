"""Random names: made here, because the floors below know no randomness."""

from __future__ import annotations

import secrets

from storage import audit
from storage.sql import Tx

UID_BYTES = 9


def uid() -> str:
    """A name nobody can guess or read anything from."""
    return secrets.token_urlsafe(UID_BYTES)


def about(tx: Tx, kind: str, key: int) -> str:
    """What the audit calls this thing: `about(tx, "conversation", 17)`."""
    return audit.name(tx, kind, key, uid())
