"""The house keeps its shape: floors import downwards, only the outer one touches the world, files stay readable."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

from bot.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("storage", "flows", "bot")
OURS = (*FLOORS, "tests", "bench")
MAX_LINES = 420
FROZEN = ("storage", "migrations", "versions")

# What a floor may not import, beside the floors above it.
OUTSIDE = frozenset(
    {"asyncio", "aiohttp", "telegram", "httpx", "apscheduler", "click", "random", "secrets", "os", "socket"}
)
# `os` is needed where files are opened and locked; settings and clocks are still out of reach there.
OS_ALLOWED = "storage/"
CLOCKS = frozenset(
    {
        ("datetime", "now"),
        ("datetime", "utcnow"),
        ("datetime", "today"),
        ("date", "today"),
        ("time", "time"),
        ("time", "time_ns"),
        ("time", "monotonic"),
        ("time", "monotonic_ns"),
        ("time", "perf_counter"),
        ("time", "localtime"),
        ("time", "gmtime"),
        ("uuid", "uuid1"),
        ("uuid", "uuid4"),
    }
)
SQL_CLOCK = re.compile(r"current_timestamp|func\.now\(|datetime\('now'|\bnow\(\)", re.IGNORECASE)
# Written in pieces, so that this file does not find itself.
PLACES = re.compile(
    "|".join(["/" + "work/", "/" + "root/", "/" + "tmp/", "py" + r"pi\.org", "python" + "hosted"])
)


def sources(*folders: str) -> list[Path]:
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [path for path in found if path.relative_to(ROOT).parts[:3] != FROZEN]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def wrong_imports(name: str, source: str) -> list[str]:
    """Imports that point upwards, out of the house, or from production to its tests."""
    floor = name.partition("/")[0]
    wrong: set[str] = {"tests", "bench", "pytest"}
    if floor in FLOORS:
        wrong |= set(FLOORS[FLOORS.index(floor) + 1 :])
    if floor in ("storage", "flows"):
        wrong |= OUTSIDE - ({"os"} if name.startswith(OS_ALLOWED) else set())
    return [module for module in imports(ast.parse(source)) if module.split(".")[0] in wrong]


def world_reads(source: str) -> list[str]:
    """Places that read a clock, the environment or draw a random id."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = (
                node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            )
            if (owner, node.attr) in CLOCKS or (
                owner == "os" and node.attr in ("environ", "getenv", "urandom")
            ):
                found.append(f"{node.lineno}: {owner}.{node.attr}")
        elif isinstance(node, ast.ImportFrom) and node.module in ("time", "uuid"):
            found += [f"{node.lineno}: {a.name}" for a in node.names if (node.module, a.name) in CLOCKS]
    found += [f"SQL clock: {hit.group()}" for hit in SQL_CLOCK.finditer(source)]
    return found


@pytest.mark.parametrize("path", sources(*FLOORS), ids=name_of)
def test_floors_import_downwards(path: Path) -> None:
    assert wrong_imports(name_of(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sources("storage", "flows"), ids=name_of)
def test_inner_floors_read_no_clock_and_no_environment(path: Path) -> None:
    assert world_reads(path.read_text(encoding="utf-8")) == []


def test_only_settings_reads_the_environment() -> None:
    def reads(path: Path) -> bool:
        return any(
            "os.environ" in hit or "os.getenv" in hit for hit in world_reads(path.read_text(encoding="utf-8"))
        )

    assert [name_of(path) for path in sources(*FLOORS) if reads(path)] == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("storage/a.py", "from flows.engine import turn"),
        ("storage/a.py", "def f():\n    import asyncio"),
        ("flows/a.py", "import bot.app"),
        ("flows/a.py", "import os"),
        ("flows/a.py", "from random import choice"),
        ("bot/a.py", "from tests.helpers import postgres"),
    ],
)
def test_a_wrong_import_is_seen(name: str, source: str) -> None:
    assert wrong_imports(name, source)


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\nx = datetime.datetime.now(tz)",
        "x = date.today()",
        "from time import monotonic",
        "import os\nx = os.environ['A']",
        "q = 'select current_timestamp'",
    ],
)
def test_a_read_of_the_world_is_seen(source: str) -> None:
    assert world_reads(source)


def _loaded_at_once(tree: ast.Module) -> Iterator[str]:
    """What a module imports when it is imported itself: not what its functions import when they run."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _circle(graph: dict[str, set[str]]) -> list[str]:
    """Modules that wait for each other: what is left when whatever needs nothing more is taken away again and again."""
    left = dict(graph)
    while ready := [name for name, needs in left.items() if not needs & left.keys()]:
        for name in ready:
            del left[name]
    return sorted(left)


def test_any_module_can_be_imported_first() -> None:
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in sources(*FLOORS)}
    graph = {
        name: (set(_loaded_at_once(ast.parse(path.read_text(encoding="utf-8")))) & names.keys()) - {name}
        for name, path in names.items()
    }
    assert _circle(graph) == []
    assert _circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": set()}) == ["a", "b", "c", "d"]


def test_what_a_group_looks_for_stands_where_it_looks() -> None:
    places = {"browser": "tests/browser/", "kill": "tests/kill/", "storm": "tests/storage/test_storm.py"}
    for path in sources("tests"):
        marks = {
            node.attr for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if _is_mark(node)
        }
        for mark in marks & places.keys():
            assert name_of(path).startswith(places[mark]), f"{name_of(path)}: {mark} is looked for elsewhere"


def _is_mark(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and getattr(node.value, "attr", "") == "mark"


def test_files_stay_readable() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources(*OURS)}
    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES} == {}


def test_no_file_names_a_machine_or_a_registry() -> None:
    files = [
        p for p in ROOT.iterdir() if p.is_file() and p.name not in (".env", "uv.toml") and p.suffix != ".db"
    ]
    for folder in (*OURS, "locales", "docs", ".ci"):
        files += [p for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    hits = {name_of(p): PLACES.findall(p.read_bytes().decode("utf-8", "ignore")) for p in files}
    assert {name: hit for name, hit in hits.items() if hit} == {}


def test_every_setting_is_explained_in_the_example() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    explained: dict[str, str] = {}
    for before, line in zip(["", *lines], lines, strict=False):
        if found := re.match(r"#?([A-Z][A-Z0-9_]*)=", line):
            explained[found.group(1)] = before
    assert set(explained) == {name.upper() for name in Settings.model_fields}
    assert [name for name, comment in explained.items() if not comment.startswith("# ")] == []
