"""What npm's `ical.js` reads in a calendar: another reader than the library that wrote it. It is never fetched by a test."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import NOT_RUN

VERSION = "2.2.1"
DIGEST = "396c1349c899974b1048460e3c7495ec394ff1a86941ab5bf6291b272b8d53c2"
"""SHA-256 of `dist/ical.js` of that version."""
SCRIPT = """
import {readFileSync} from "node:fs";
const ICAL = (await import(process.argv[1])).default;
const read = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of read.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
console.log(JSON.stringify(read.getAllSubcomponents("vevent").map((one) => {
  const event = new ICAL.Event(one);
  return {
    uid: event.uid, sequence: event.sequence, summary: event.summary, status: one.getFirstPropertyValue("status"),
    zone: event.startDate.zone.tzid, start: event.startDate.toUnixTime(), end: event.endDate.toUnixTime(),
  };
})));
"""


def folder() -> Path:
    """Where `.ci/run` puts the package: outside the repository."""
    return Path(os.environ.get("ICALJS_FOLDER") or Path.home() / ".cache" / "tocka" / f"ical.js-{VERSION}")


@cache
def _missing() -> str | None:
    if shutil.which("node") is None:
        return "no node here"
    found = folder() / "node_modules" / "ical.js" / "dist" / "ical.js"
    if not found.is_file():
        return f"no ical.js {VERSION} here (.ci/run fetches it)"
    if hashlib.sha256(found.read_bytes()).hexdigest() != DIGEST:
        return f"another ical.js than {VERSION} here"
    return None


def read(calendar: str) -> list[dict[str, str | int]]:
    """Every event it sees; the test is skipped with a reason where node or the package is missing."""
    why = _missing()
    if why is not None:
        if os.environ.get("REQUIRE_ICALJS") == "1":
            pytest.fail(f"REQUIRE_ICALJS=1 and {why}")
        pytest.skip(f"{NOT_RUN}{why}")
    module = (folder() / "node_modules" / "ical.js" / "dist" / "ical.js").as_uri()
    told = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT, module],
        input=calendar,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 0, told.stderr[-2000:]
    found: list[dict[str, str | int]] = json.loads(told.stdout)
    return found
