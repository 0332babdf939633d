"""The runner notices a group that fails, hangs, is slow or finds no test, and names what was not run."""

import os
import select
import sys
from pathlib import Path

import pytest

from tests import run as runner


def group(name: str, *command: str, seconds: int = 30, env: dict[str, str] | None = None) -> runner.Group:
    return runner.Group(name, ("test",), command, seconds, env or {})


def test_every_target_has_groups_and_their_budgets_fit() -> None:
    targets, groups = runner.load(runner.BUDGETS)
    assert set(targets) == {"lint", "test", "check"}
    for target, budget in targets.items():
        mine = [g for g in groups if target in g.targets]
        assert mine
        assert sum(g.seconds for g in mine) <= budget * 1.5
    assert {t for g in groups for t in g.targets} == set(targets)


@pytest.mark.parametrize(
    ("code", "seconds", "word"),
    [
        (0, 1.0, "ok"),
        (0, 31.0, "TOO SLOW"),
        (1, 1.0, "FAILED"),
        (runner.TIMED_OUT, 60.0, "HUNG"),
        (5, 1.0, "EMPTY"),
    ],
)
def test_a_bad_end_has_its_word(code: int, seconds: float, word: str) -> None:
    assert runner.judge(code, seconds, group("g", "pytest")) == word


def test_groups_run_and_the_account_names_what_was_not_run(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = tmp_path / "test_sample.py"
    sample.write_text(
        "import os, pytest\n"
        "def test_good(): assert os.environ['KILLS'] == '7'\n"
        "@pytest.mark.browser\n"
        "def test_page(): pass\n"
    )
    monkeypatch.setenv("KILLS", "")
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    monkeypatch.delenv("REQUIRE_BROWSER", raising=False)
    here = ("--rootdir", str(runner.ROOT), "-c", str(runner.ROOT / "pyproject.toml"), "-p", "tests.conftest")
    good = group("sample", "pytest", "-q", "-p", "no:cacheprovider", *here, str(sample), env={"KILLS": "7"})
    account = runner.run("test", [good, group("broken", "timeit", "-n1", "-r1", "raise SystemExit(3)")])
    code = runner.close("test", account, 600)
    out = capfd.readouterr().out
    assert [(name, result) for name, _, _, result in account.rows] == [("sample", "ok"), ("broken", "FAILED")]
    assert code == 1
    assert "1 passed, 1 skipped" in out
    assert out.splitlines()[-1].startswith("NOT RUN (no Chromium here): ")
    assert out.splitlines()[-1].endswith("::test_page")


def test_bytecode_is_kept_for_the_next_process_and_out_of_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(runner.NO_BYTECODE, "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    told = runner.surroundings(group("g"), Path("report.json"))
    assert (runner.NO_BYTECODE in told, told["PYTHONPYCACHEPREFIX"]) == (False, str(runner.BYTECODE))
    monkeypatch.delenv(runner.NO_BYTECODE)
    assert "PYTHONPYCACHEPREFIX" not in runner.surroundings(group("g"), Path("report.json"))


def test_what_runs_beside_a_group_is_ended_with_it_and_not_judged(tmp_path: Path) -> None:
    helping = tmp_path / "helping"
    os.mkfifo(helping)
    seen = ("timeit", "-n1", "-r1", f"open({str(helping)!r}).close()")  # waits for the other
    beside = ("timeit", "-n1", "-r1", f"import time; open({str(helping)!r}, 'w').close(); time.sleep(60)")
    code, seconds = runner.execute(
        runner.Group("both", ("test",), seen, 30, beside=beside), tmp_path / "report.json"
    )
    assert code == 0
    assert seconds < 20


def test_a_hanging_group_is_ended_with_everything_it_started(tmp_path: Path) -> None:
    child = (
        "import subprocess, sys, time\n"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid))\n"
        "time.sleep(60)\n"
    )
    hanging = group("hang", "timeit", "-n1", "-r1", child, seconds=3)
    code, seconds = runner.execute(hanging, tmp_path / "report.json")
    assert code == runner.TIMED_OUT
    assert seconds < 20
    pid = int((tmp_path / "pid").read_text())
    if sys.platform == "linux":
        try:
            ended = os.pidfd_open(pid)
        except ProcessLookupError:
            return
        # A killed process is still running for a moment; its descriptor is readable once it has ended.
        assert select.select([ended], [], [], 10)[0]
        os.close(ended)
    else:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
