"""The lock holds every dependency by hash and names no host, so any index may serve it and none can change it."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "constraints.txt").read_text(encoding="utf-8")
PIN = re.compile(
    r"^([a-z0-9-]+)==(\S+)(?: ; [^\n]*?)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)


def pins() -> dict[str, Version]:
    return {found.group(1): Version(found.group(2)) for found in PIN.finditer(LOCK)}


def wanted() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    texts = [
        *project["project"]["dependencies"],
        *project["build-system"]["requires"],
        *(t for e in extras for t in e),
    ]
    return [Requirement(text) for text in texts]


def test_the_lock_is_pins_with_hashes_and_nothing_else() -> None:
    assert PIN.sub("", LOCK).strip() == ""
    assert len(pins()) > 40


def test_the_lock_names_no_host_no_path_and_no_option() -> None:
    options = re.compile(r"^\s*-(?!-hash=)|--index|--extra-index|--find-links|--trusted-host", re.MULTILINE)
    assert "://" not in LOCK
    assert " @ " not in LOCK
    assert options.findall(LOCK) == []


def test_every_dependency_is_pinned_to_a_version_it_allows() -> None:
    locked = pins()
    missing = [str(r) for r in wanted() if canonicalize_name(r.name) not in locked]
    outside = [
        str(r) for r in wanted() if locked.get(canonicalize_name(r.name), Version("0")) not in r.specifier
    ]
    assert missing == []
    assert outside == []
