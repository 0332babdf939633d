"""What every test may ask for: real databases on both engines, a real browser, an environment that says nothing."""

import gc
import json
import os
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Page

from bot.settings import Settings
from storage.db import Database
from storage.sites import Site
from tests.helpers import browser, make, postgres
from tests.helpers.chat import Chat

NOT_RUN = "not run: "
REPORT = "TOCKA_TEST_REPORT"


def _scrub() -> None:
    """Take every setting out of the environment, the developer's `.env` too, and move the host to a far zone."""
    for name in Settings.model_fields:
        os.environ.pop(name.upper(), None)
    for name in [n for n in os.environ if n.startswith("PG")]:
        del os.environ[name]
    Settings.model_config["env_file"] = None
    # Results must not depend on the host's zone, so no test runs in ours.
    os.environ["TZ"] = "Pacific/Kiritimati"
    time.tzset()


_scrub()


# Databases


@dataclass
class Templates:
    """One laid-out database per engine and session; every test gets a cheap copy."""

    folder: Path
    server: postgres.Postgres | None = None
    made: dict[str, str] = field(default_factory=dict)

    def lay_out(self, url: str) -> None:
        """Make the tables; imported here because most tests need no database and alembic is slow to load."""
        from storage.migrate import upgrade

        upgrade(url)

    def running(self) -> postgres.Postgres:
        """The session's server, started when first asked for."""
        if self.server is None:
            self.server = postgres.start()
        return self.server

    def sqlite(self, path: Path) -> str:
        """Copy the laid-out file."""
        if "sqlite" not in self.made:
            source = self.folder / "template.db"
            self.lay_out(f"sqlite:///{source}")
            self.made["sqlite"] = str(source)
        for part in self.folder.glob("template.db*"):
            shutil.copy(part, path.with_name(part.name.replace("template.db", path.name)))
        return f"sqlite:///{path}"

    def postgresql(self, *, fresh: bool = False) -> str:
        """Lend a copy of the laid-out database and return its name."""
        if "postgresql" not in self.made:
            name = self.running().create()
            self.lay_out(self.running().url(name))
            self.made["postgresql"] = name
        running, template = self.running(), self.made["postgresql"]
        return running.create(template) if fresh else running.lend(template)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    made = Templates(tmp_path_factory.mktemp("templates"))
    yield made
    if made.server is not None:
        made.server.stop()


def _postgresql_or_skip() -> None:
    if postgres.binaries() is None:
        if os.environ.get("REQUIRE_POSTGRESQL") == "1":
            pytest.fail("REQUIRE_POSTGRESQL=1 and no PostgreSQL binaries")
        pytest.skip(f"{NOT_RUN}no PostgreSQL binaries here")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, templates: Templates) -> Iterator[str]:
    """A laid-out, empty database of this test's own, once on each engine.

    A test of one engine says `@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`.
    """
    if request.param == "sqlite":
        yield templates.sqlite(tmp_path / "test.db")
        return
    _postgresql_or_skip()
    is_fresh = request.node.get_closest_marker("fresh") is not None
    name = templates.postgresql(fresh=is_fresh)
    yield templates.running().url(name)
    if is_fresh:
        templates.running().drop(name)
    else:
        templates.running().give_back(name)


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """An open, empty database, once on each engine."""
    opened = make.open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> make.Clock:
    """A clock that stands until a test moves it."""
    return make.Clock()


@pytest.fixture
def site(db: Database) -> Site:
    """The info point in Celje."""
    return db.write(make.site)


@pytest.fixture
def chat(db: Database, clock: make.Clock, site: Site) -> Chat:
    """A woman on Telegram who has not written yet."""
    return Chat(db, clock, make.texts(), site)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path, templates: Templates) -> Iterator[str]:
    """A database without any table, for the tests of the migrations."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
        return
    _postgresql_or_skip()
    name = templates.running().create()
    yield templates.running().url(name)
    templates.running().drop(name)


# Browser


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """A page of the size of a phone in a fresh browser; the test carries the mark `browser`."""
    async with browser.launch() as running:
        context = await running.new_context(viewport={"width": 390, "height": 780}, has_touch=True)
        yield await context.new_page()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out browser tests where there is no browser, unless this machine must have one."""
    if item.get_closest_marker("browser") is None or browser.chromium_path() is not None:
        return
    if browser.required():
        pytest.fail("REQUIRE_BROWSER=1 and no Chromium; set CHROMIUM or install one")
    pytest.skip(f"{NOT_RUN}no Chromium here")


# What is for `make check`


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Above the storage a table of cases differs in nothing the database does: on PostgreSQL its first case stands for it.

    Every test still runs on both databases here; `make check` runs every case of it on both.
    """
    seen: set[str] = set()
    for item in items:
        known = getattr(item, "callspec", None)
        if known is None or not item.nodeid.startswith(("tests/flows/", "tests/bot/")):
            continue
        if "postgresql" not in known.params.values() or len(known.params) == 1:
            continue
        test = item.nodeid.partition("[")[0]
        if test in seen:
            item.add_marker(pytest.mark.slow)
        elif item.get_closest_marker("slow") is None:
            seen.add(test)


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: the garbage collector need not walk through all of them again and again."""
    gc.collect()
    gc.freeze()


class LongFirst:
    """Each of three workers begins with one of the tests that take most of a minute, instead of one worker ending with all."""

    WORKERS = 3

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        long = [item for item in items if item.get_closest_marker("long")]
        rest = [item for item in items if not item.get_closest_marker("long")]
        share = -(-len(items) // self.WORKERS)
        for at, item in enumerate(long):
            item.add_marker(pytest.mark.timeout(300))
            rest.insert(min(at * share, len(rest)), item)
        items[:] = rest


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(LongFirst())


# Report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell `tests/run.py` the counts and which tests this machine could not run."""
    path = os.environ.get(REPORT)
    if not path or hasattr(config, "workerinput"):
        return
    kinds = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")
    counts = {kind: len(terminalreporter.getreports(kind)) for kind in kinds}
    missing: dict[str, list[str]] = {}
    for report in terminalreporter.getreports("skipped"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        _, found, why = reason.partition(NOT_RUN)
        if found:
            missing.setdefault(why, []).append(report.nodeid)
    Path(path).write_text(json.dumps({"counts": counts, "not_run": missing}))
