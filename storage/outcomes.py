"""What becomes of taking or moving a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.bookings import Booking


@dataclass(frozen=True, slots=True)
class Taken:
    """It is hers now."""

    booking: Booking


@dataclass(frozen=True, slots=True)
class Mine:
    """She has exactly this already."""

    booking: Booking


@dataclass(frozen=True, slots=True)
class Clash:
    """She has another meeting at that time."""

    booking: Booking


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody who fits is free at that time any more."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """She has as many open meetings as one may have."""


@dataclass(frozen=True, slots=True)
class Over:
    """There is no such open meeting of hers to move."""
