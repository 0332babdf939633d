"""The file with all we hold about one member: for machines as JSON, for people as plain text, in one archive."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import orjson

from flows.texts import Texts
from storage.mydata import Record

NAME = "info.zip"
TYPE = "application/zip"
_TEXT, _JSON = "info.txt", "info.json"


def packed(everything: dict[str, list[Record]], texts: Texts, language: str, now: datetime) -> bytes:
    """The archive; nothing of it is kept."""
    buffer = io.BytesIO()
    body = {"made_at": now, **everything}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_TEXT, readable(everything, texts, language, now))
        archive.writestr(_JSON, orjson.dumps(body, option=orjson.OPT_INDENT_2))
    return buffer.getvalue()


def readable(everything: dict[str, list[Record]], texts: Texts, language: str, now: datetime) -> str:
    """The same as text: a heading for each list, a line for each fact, times said in full."""

    def line(name: str, value: object) -> str:
        label = texts.text(language, "mine-field", {"name": name})
        if isinstance(value, datetime):
            value = texts.text(language, "mine-at", {"at": value})
        if isinstance(value, bool):
            value = texts.text(language, "mine-yes" if value else "mine-no")
        return f"{label}: {value}"

    said = [texts.text(language, "mine-made", {"at": now})]
    for section, rows in everything.items():
        said += ["", texts.text(language, "mine-section", {"name": section, "count": len(rows)})]
        for row in rows:
            said += ["", *(line(name, value) for name, value in row.items() if value not in (None, ""))]
    return "\n".join(said) + "\n"
