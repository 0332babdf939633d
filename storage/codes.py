"""Short codes to say at the desk or on the phone."""

from __future__ import annotations

from hashlib import blake2b

LETTERS = "ACDEFGHJKLMNPRTUVWXY3479"
"""No letter or digit that is mistaken for another in print or on the phone."""
LENGTH = 6


def code(*facts: object) -> str:
    """Derived from what it stands for, so that a unit run again gives the same; it protects nothing."""
    number = int.from_bytes(blake2b(repr(facts).encode(), digest_size=8).digest(), "big")
    letters = []
    for _ in range(LENGTH):
        number, at = divmod(number, len(LETTERS))
        letters.append(LETTERS[at])
    return "".join(letters)
