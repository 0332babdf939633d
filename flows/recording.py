"""What staff are told of the voice of a text: whether it can have one, has one, and whether that still says the text."""

from __future__ import annotations

from dataclasses import dataclass

from flows import voice, wording
from flows.texts import Texts
from storage.voices import Kept


@dataclass(frozen=True, slots=True)
class Recording:
    """The voice of one text."""

    kept: Kept | None
    digest: str
    """Of what is to be read aloud."""
    why_not: str | None
    """The key of the sentence why it cannot be recorded."""

    @property
    def is_stale(self) -> bool:
        """Whether members read something else by now: they do not hear it."""
        return self.kept is not None and (self.kept.digest != self.digest or self.why_not is not None)

    @property
    def size(self) -> str:
        """Kilobytes, as the button says it."""
        return voice.kilobytes(self.kept.size) if self.kept is not None else ""


def of(texts: Texts, language: str, key: str, kept: Kept | None) -> Recording:
    """The voice of a text as it stands."""
    said, why = texts.alone(language, key), None
    if wording.is_label(texts, key):
        why = "recording-label"
    elif said is None:
        why = "recording-varies"
    elif not voice.fits(said):
        why = "recording-too-long"
    return Recording(kept, voice.digest(said or ""), why)


def counts(texts: Texts, language: str, kept: dict[str, Kept]) -> tuple[int, int]:
    """How many voices members can hear, and how many are stale."""
    stale = sum(of(texts, language, key, one).is_stale for key, one in kept.items())
    return len(kept) - stale, stale
