"""`python -m bot directory`: out and in by a command, beside a running process and without one."""

from __future__ import annotations

import json
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner, Result

from bot import directory as command
from bot import spreadsheets
from bot.__main__ import main
from bot.app import wall_clock
from bot.commands import lock
from bot.settings import Settings
from flows import workbook
from storage import audit, directory, imports
from storage.db import Unit
from storage.directory import OrganisationFacts, ServiceFacts, Words
from tests.helpers import make

T = TypeVar("T")
TODAY = wall_clock().date() - timedelta(days=1)
OWNER = OrganisationFacts("o", "Društvo (test)", "provider", None, "test", TODAY)
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def facts(slug: str, name: str = "Skupina", **more: object) -> ServiceFacts:
    values = {"source": "test", "verified_on": TODAY, "review_by": TODAY + timedelta(days=90)} | more
    return ServiceFacts(slug, "o", "talk", {"sl": Words(name, "Kratko", "Za vse")}, **values)  # type: ignore[arg-type]  # as named


def book(*wanted: ServiceFacts) -> bytes:
    return spreadsheets.zipped(workbook.written([OWNER], wanted))


class Office:
    """The database between two commands, opened anew each time as by another process."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.site = self.write(make.site)

    def read(self, unit: Unit[T]) -> T:
        with closing(make.open_database(self._url)) as db:
            return db.read(unit)

    def write(self, unit: Unit[T]) -> T:
        with closing(make.open_database(self._url)) as db:
            return db.write(unit)

    def names(self) -> dict[str, str]:
        found = self.read(lambda tx: directory.batch(tx, self.site.id))
        return {one.facts.slug: one.facts.texts["sl"].name for one in found}


@pytest.fixture
def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return Office(database_url)


def says(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["directory", *(str(word) for word in words)])


def test_a_file_is_shown_first_and_changes_only_after_a_yes(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "in.zip"
    made = workbook.written([OWNER], [facts("a", "=1+1\x1b[31m"), facts("b"), facts("c")])
    made["services"][3][2] = "magic"
    file.write_bytes(spreadsheets.zipped(made))
    shown = says("import", file)
    assert shown.exit_code == 0
    assert "New: 3" in shown.output
    assert "services, row 4, topic: there is no such topic." in shown.output
    assert "  a · new\n    Name: =1+1 [31m\n" in shown.output
    assert "With --yes" in shown.output
    assert office.names() == {}
    assert office.read(lambda tx: imports.latest(tx, [office.site.id])) == []

    done = says("import", file, "--yes")
    assert done.exit_code == 1  # a row was refused, the others went in
    assert "Done: 3 of 3" in done.output
    assert office.names() == {"a": "=1+1 [31m", "b": "Skupina"}
    acts = office.read(lambda tx: audit.page(tx, 10))
    assert [(one.act, one.actor) for one in acts] == [("directory.import", audit.SYSTEM)]
    assert [one.staff_id for one in office.read(lambda tx: imports.latest(tx, [office.site.id]))] == [None]

    file.write_bytes(book(facts("a", "Novo"), facts("b")))
    changed = says("import", file, "--yes", "--site", "celje")
    assert changed.exit_code == 0
    assert "Changed: 1\nUnchanged: 2" in changed.output
    assert "Name (Slovenian): Now: =1+1 [31m Then: Novo" in changed.output
    assert office.names()["a"] == "Novo"
    assert "There is nothing to change." in says("import", file, "--yes").output


@pytest.mark.parametrize("name", ["d.xlsx", "d.csv.zip", "directory-hsds.zip"])
@only_sqlite
def test_what_goes_out_comes_in_unchanged_beside_a_running_process(
    office: Office, tmp_path: Path, name: str
) -> None:
    office.write(lambda tx: directory.add_organisation(tx, office.site.id, OWNER))
    office.write(
        lambda tx: directory.add_service(tx, office.site.id, facts("a", cost_cents=250, phone="+386 3 1111"))
    )
    file = tmp_path / name
    with lock(Settings()):
        out = says("export", file)
        assert (out.exit_code, "Organisations: 1. Services: 1." in out.output) == (0, True)
        assert file.stat().st_mode & 0o777 == 0o600
        back = says("import", file)
        assert "New: 0\nChanged: 0\nUnchanged: 2\nRefused: 0\n\nThere is nothing" in back.output
        again = says("export", file)
        assert (again.exit_code, "already" in again.output) == (1, True)
    assert [one.name for one in tmp_path.glob("d*")].count(name) == 1
    if "hsds" in name:
        with zipfile.ZipFile(file) as archive:
            told = json.loads(archive.read("datapackage.json"))
            paths = {one["path"] for one in told["resources"]}
            assert paths == set(archive.namelist()) - {"datapackage.json"}
            assert archive.read("services.csv").startswith(b"id,")


@only_sqlite
def test_while_it_runs_only_it_changes_the_file(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "in.zip"
    file.write_bytes(book(facts("a")))
    with lock(Settings()):
        refused = says("import", file, "--yes")
        assert (refused.exit_code, "in the console" in refused.output) == (1, True)
        assert "New: 2" in says("import", file).output
        monkeypatch.setattr(command, "_agrees", lambda: True)  # a person at a terminal says yes
        refused = says("import", file)
        assert (refused.exit_code, "in the console" in refused.output) == (1, True)
        assert office.names() == {}
    assert says("import", file).exit_code == 0
    assert office.names() == {"a": "Skupina"}


@only_sqlite
def test_what_changed_after_it_was_shown_is_refused(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "in.zip"
    file.write_bytes(book(facts("a"), facts("b")))
    assert says("import", file, "--yes").exit_code == 0
    file.write_bytes(book(facts("a", "Moje"), facts("b", "Drugo")))

    def agrees() -> bool:
        found = office.read(lambda tx: directory.by_slugs(tx, office.site.id, ["a"]))["a"]
        return office.write(
            lambda tx: directory.set_state(tx, found, "hidden", found.version, 1, wall_clock())
        )

    monkeypatch.setattr(command, "_agrees", agrees)
    done = says("import", file)
    assert done.exit_code == 1
    assert "Done: 1 of 2. Refused meanwhile: 1." in done.output
    assert "a: This was changed meanwhile" in done.output
    assert office.names() == {"a": "Skupina", "b": "Drugo"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("export", "d.csv"), "must end in"),
        (("export", "nowhere/d.xlsx"), "could not be written"),
        (("export", "d.xlsx", "--site", "postojna"), "takes one of: celje"),
        (("import", "none.zip"), "could not be read"),
        (("import", "words.zip", "--yes"), "no XLSX workbook"),
        (("import", "words.zip", "--site", "postojna"), "takes one of: celje"),
        (("import", "big.zip"), "too big"),
        (("import", "one.zip", "--yes"), "(texts)"),
    ],
)
@only_sqlite
def test_a_wrong_order_is_refused_in_words(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], sentence: str
) -> None:
    assert office.names() == {}
    monkeypatch.chdir(tmp_path)
    Path("words.zip").write_bytes(b"words")
    Path("big.zip").write_bytes(b"PK" + bytes(spreadsheets.FILE_MAX))
    Path("one.zip").write_bytes(spreadsheets.zipped({"services": [["slug"]]}))
    refused = says(*words)
    assert refused.exit_code == 1
    assert sentence in refused.output
    assert not list(tmp_path.glob("*d.xlsx*"))


def test_without_a_database_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    refused = says("export", tmp_path / "d.xlsx")
    assert (refused.exit_code, "no database yet" in refused.output) == (1, True)
    assert list(tmp_path.glob("none.db*")) == []
