"""Figure 5: the memory of an idle `run` in megabytes, and how long `--help` takes in seconds."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from statistics import median

from bench.place import ROOT, scratch

START_S = 60.0
SETTLE_S = 3.0
HELPS = 5
_KB = 1024


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Nothing but what a first start needs; no setting of this machine's own `.env` counts."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DATABASE_URL": f"sqlite:///{folder / 'idle.db'}",
        "SECRET_KEY": "bench-bench-bench-bench-bench-bench-bench",
        "TELEGRAM_TOKEN": "",
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _resident_mb(pid: int) -> float:
    """The resident memory of a process and its children."""
    total = 0
    for one in (pid, *_children(pid)):
        with suppress(OSError):
            for line in Path(f"/proc/{one}/status").read_text(encoding="utf-8").splitlines():
                if line.startswith("VmRSS:"):
                    total += int(line.split()[1])
    return total / _KB


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in path.read_text(encoding="utf-8").split()]
    return found


def idle_mb() -> float:
    """Start `run` on an empty database, wait until it answers and a little longer, and read its memory."""
    port = _free_port()
    with scratch("idle") as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=ROOT,
            env=_environment(folder, port),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(process, f"http://127.0.0.1:{port}/health")
            time.sleep(SETTLE_S)
            return _resident_mb(process.pid)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"run ended with {process.returncode}")
        with suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("run did not answer")


def help_s() -> float:
    """`python -m bot --help`, the middle of several."""
    took = []
    for _ in range(HELPS):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "bot", "--help"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
        took.append(time.perf_counter() - began)
    return median(took)


def measure() -> dict[str, float]:
    """One round."""
    return {"idle_mb": idle_mb(), "help_s": help_s()}


if __name__ == "__main__":
    print(measure())
