"""`deploy/update` where no release ran before; how it goes on a real server is in deploy/README.md."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

UPDATE = Path(__file__).resolve().parents[1] / "deploy/update"
SETUP = "eval mkdir -p .venv/bin && ln -s /bin/true .venv/bin/python"
"""A release that migrates, and of which nobody waits to hear that it is well."""


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """A repository with one commit that is no Točka, settings, and folders; starting and stopping leave a file."""
    repository = tmp_path / "home/repository"
    repository.mkdir(parents=True)
    (tmp_path / "home/releases").mkdir()
    (tmp_path / "state").mkdir()
    (tmp_path / "env").write_text("DEMO=false\n")
    as_me = ["git", "-C", str(repository), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for words in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "x"], ["tag", "v1"]):
        subprocess.run([*as_me, *words], check=True)
    return tmp_path


def update(server: Path, revision: str) -> subprocess.CompletedProcess[str]:
    places = {
        "TOCKA_HOME": f"{server}/home",
        "TOCKA_STATE": f"{server}/state",
        "TOCKA_ENV": f"{server}/env",
        "TOCKA_USER": "",
        "TOCKA_START": f"touch {server}/started",
        "TOCKA_STOP": f"touch {server}/stopped",
        "TOCKA_SETUP": SETUP,
        "TOCKA_WAIT": "0",
    }
    return subprocess.run(
        [str(UPDATE), revision], env=os.environ | places, capture_output=True, text=True, check=False
    )


def test_the_first_release_is_put_in_place_and_starts_nothing(server: Path) -> None:
    assert update(server, "v2").returncode == 1
    assert not (server / "home/current").is_symlink()
    done = update(server, "v1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (server / "home/current").resolve() == server / "home/releases/v1"
    assert not (server / "started").exists()
    assert list((server / "state").iterdir()) == [], "a restore wants an empty place"


def test_a_first_release_that_fails_leaves_nothing_but_the_database(server: Path) -> None:
    (server / "state/tocka.db").write_bytes(b"hers")
    done = update(server, "v1")
    assert done.returncode == 1
    assert "not well" in done.stdout
    assert (server / "started").exists()
    assert (server / "stopped").exists()
    assert not (server / "home/current").is_symlink()
    assert [(one.name, one.read_bytes()) for one in (server / "state").iterdir()] == [("tocka.db", b"hers")]
