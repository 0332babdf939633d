"""The doctor says of every offered language how many crisis, consent and stop texts nobody signed."""

from __future__ import annotations

import pytest

from bot.doctor import texts_of
from bot.settings import Settings
from flows import wording
from flows.texts import is_gate
from storage import wordings
from storage.db import Database
from storage.sites import Site
from storage.sql import Tx
from tests.helpers import make
from tests.helpers.console import person


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_unsigned_texts_are_counted_by_language(db: Database, site: Site) -> None:
    gates = [line for line in wording.lines("sl", {}, ()) if is_gate(line.key)]
    last = gates.pop()

    def signed(tx: Tx) -> int:
        reader = person(tx, site, "mediator")
        for line in gates:
            wordings.sign(tx, "sl", line.key, line.digest, reader, make.MONDAY)
        wordings.decide(tx, "sr", reader, make.MONDAY, opened=True, reason="tried")
        return reader

    reader = db.write(signed)
    settings = Settings()
    slovenian, serbian = db.read(lambda tx: texts_of(tx, settings))  # two scripts of Serbian are one language
    assert (slovenian.ok, slovenian.optional) == (False, True)
    assert slovenian.sentence.startswith(
        "sl: 1 texts for a crisis, for consent or for stopping are not signed"
    )
    assert serbian.sentence.startswith(f"sr: {len(gates) + 1} texts")
    db.write(lambda tx: wordings.sign(tx, "sl", last.key, last.digest, reader, make.MONDAY))
    assert db.read(lambda tx: texts_of(tx, settings))[0].ok
