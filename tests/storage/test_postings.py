"""The word index in its two orders: what waits for its postings, who changes it meanwhile, what an upgrade keeps."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial

import pytest
from alembic import command
from sqlalchemy import column, create_engine
from sqlalchemy import text as sql

from storage import postings, services
from storage.db import Database, open_database
from storage.migrate import config, upgrade
from storage.postings import Posting, Said, ServiceWord
from storage.services import NewService
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make

TODAY = make.MONDAY.date()
WAITING = sql("SELECT 1 AS n FROM pg_locks WHERE NOT granted").columns(column("n"))


@pytest.fixture
def owner(db: Database, site: Site) -> int:
    return db.write(
        lambda tx: services.add_organisation(tx, site.id, "o", "Hiša", "p", source="s", verified_on=TODAY)
    )


def new(site: Site, owner: int, slug: str, name: str, topic: str = "learn") -> NewService:
    texts = {"sl": (name, "")}
    return NewService(site.id, owner, slug, topic, texts, "s", TODAY, TODAY + timedelta(days=9))


def later(db: Database, wanted: NewService) -> int:
    made = db.write(lambda tx: services.add_new(tx, wanted, later=True))
    assert made is not None
    return made


def found(db: Database, site: Site, text: str) -> list[int]:
    return [one.service_id for one in db.read(lambda tx: services.search(tx, site.id, text, TODAY, 9))]


def words(db: Database, ids: list[int]) -> list[Said]:
    return sorted(db.read(lambda tx: postings.said(tx, ids)))


def alike(tx: Tx) -> bool:
    """Whether both orders hold the same words."""
    by_service = {(row.word, -row.weight, row.service_id) for row in tx.query(table(ServiceWord).select())}
    by_word = {(row.word, row.rank, row.service_id) for row in tx.query(table(Posting).select())}
    return by_service == by_word


def test_new_services_are_found_once_their_words_are_posted(db: Database, site: Site, owner: int) -> None:
    ids = [later(db, new(site, owner, slug, "Keramika")) for slug in "abc"]
    assert found(db, site, "keramika") == []
    assert db.read(lambda tx: services.by_topic(tx, site.id, "learn", "sl", TODAY, 0, 9)) == ids
    assert db.read(lambda tx: postings.unposted(tx, site.id, 2)) == ids[:2]
    assert db.read(lambda tx: postings.unposted(tx, site.id + 1, 2)) == []
    some, every = words(db, ids[:2]), words(db, ids)
    db.write(lambda tx: postings.post(tx, site.id, some))
    assert found(db, site, "keramiko") == ids[:2]
    db.write(lambda tx: postings.posted(tx, site.id, ids[:2]))
    assert db.read(lambda tx: postings.unposted(tx, site.id, 9)) == ids[2:]
    db.write(lambda tx: postings.post(tx, site.id, every))
    assert found(db, site, "kermika") == ids
    assert db.read(alike)


def test_words_of_a_service_changed_meanwhile_are_not_posted(db: Database, site: Site, owner: int) -> None:
    which = later(db, new(site, owner, "a", "Keramika"))
    old = words(db, [which])
    text = table(services.ServiceText)

    def changed(tx: Tx) -> None:
        tx.query(text.update().values(name="Šivanje").returning(text.c.service_id))
        services.index(tx, which)

    db.write(changed)
    assert found(db, site, "šivanje") == [which]
    db.write(lambda tx: postings.post(tx, site.id, old))
    assert found(db, site, "keramika") == []
    assert db.read(alike)


def test_who_changes_a_service_waits_for_who_posts_it(db: Database, site: Site, owner: int) -> None:
    which = later(db, new(site, owner, "a", "Keramika"))
    text = table(services.ServiceText)
    posts, changes = threading.Event(), threading.Event()

    def changed(tx: Tx) -> None:
        tx.query(text.update().values(name="Šivanje").returning(text.c.service_id))
        services.index(tx, which)
        changes.set()

    old = words(db, [which])

    def post(tx: Tx) -> None:
        postings.post(tx, site.id, old)
        posts.set()
        # On SQLite there is one writer: the other cannot begin before this ends.
        while db.dialect.name == "postgresql" and not (changes.is_set() or tx.query(WAITING)):
            pass

    posting = db.submit(post)
    assert posts.wait(9)
    changing = db.submit(changed)
    posting.result(9)
    changing.result(9)
    assert found(db, site, "keramika") == []
    assert found(db, site, "šivanje") == [which]
    assert db.read(alike)


def test_what_many_share_stands_in_the_index_once(db: Database, site: Site, owner: int) -> None:
    which = db.write(lambda tx: services.add(tx, new(site, owner, "a", "Keramika")))
    assert [word for word, _, _ in words(db, [which])] == ["hisa", "keramika", "topic=learn"]
    for typed in ("tečaj", "kursi", "tečja", "course"):
        assert found(db, site, typed) == [which]
    other = db.write(lambda tx: services.add(tx, new(site, owner, "b", "Tečaj", "talk")))
    assert found(db, site, "tečaj") == [other, which], "a name says more than a topic"


def test_an_upgrade_finds_what_it_found(bare_url: str) -> None:
    engine = create_engine(bare_url)
    with engine.begin() as connection:
        command.upgrade(config(connection), "0014")
        for row in (
            (
                "INSERT INTO sites (id, slug, name, place, address, phone, timezone, quiet_from_min, quiet_until_min)"
                " VALUES (3, 'celje', 'n', 'p', 'a', '1', 'Europe/Ljubljana', 1200, 480)"
            ),
            (
                "INSERT INTO organisations (id, site_id, slug, name, role, source, verified_on)"
                " VALUES (1, 3, 'o', 'Hiša', 'p', 's', '2026-01-01')"
            ),
            (
                "INSERT INTO services (id, site_id, organisation_id, slug, topic, sensitive, cost_cents, childcare,"
                " keywords, source, verified_on, review_by, state)"
                f" VALUES (8, 3, 1, 'a', 'learn', false, 0, true, '[]', 's', '{TODAY}', '{TODAY}', 'shown')"
            ),
            "INSERT INTO service_languages (service_id, language) VALUES (8, 'sq')",
            "INSERT INTO service_words (service_id, word, site_id, weight) VALUES (8, 'keramika', 3, 10), (8, 'kurs', 3, 6)",
            "INSERT INTO word_keys (key, word) VALUES ('keramika', 'keramika')",
        ):
            connection.exec_driver_sql(row)
    engine.dispose()
    upgrade(bare_url)
    db = open_database(bare_url)
    try:
        for typed in ("keramika", "kurs", "tečaj", "varstvo", "zastonj", "albansko"):
            assert db.read(partial(services.search, site_id=3, text=typed, today=TODAY, limit=9)), typed
        assert [word for word, _, _ in words(db, [8])] == [
            "childcare=yes",
            "cost=free",
            "keramika",
            "language=sq",
            "topic=learn",
        ]
        assert db.read(alike)
    finally:
        db.close()
