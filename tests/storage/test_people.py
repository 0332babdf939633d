"""Staff on both databases: roles, the last admin, back-off, codes and links under races."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import timedelta

from storage import people, sessions, wake
from storage.db import Database
from storage.sites import Site
from storage.sql import Tx
from tests.helpers import make
from tests.helpers.console import person

NOW = make.MONDAY


def able(tx: Tx, site: Site, *roles: str) -> int:
    found = person(tx, site, *roles)
    people.set_password(tx, found, "hash")
    return found


def together(db: Database, *units: object) -> list[object]:
    waiting: list[Future[object]] = [db.submit(unit) for unit in units]  # type: ignore[arg-type]  # units of any kind
    return [one.result() for one in waiting]


def test_a_person_is_found_with_her_roles(db: Database, site: Site) -> None:
    her = db.write(lambda tx: person(tx, site, "desk", "counsellor"))
    who = db.read(lambda tx: people.get(tx, her))
    assert who is not None
    assert who.roles == {site.id: frozenset({"desk", "counsellor"})}
    assert (who.active, who.invited, who.enrolled) == (True, True, False)
    assert db.read(lambda tx: people.by_uid(tx, who.uid)) == who
    assert db.read(lambda tx: people.by_login(tx, who.login)) == who
    assert [one.id for one in db.read(lambda tx: people.at_sites(tx, [site.id]))] == [her]
    assert db.read(lambda tx: people.at_sites(tx, [])) == []


def test_two_admins_cannot_remove_each_other(db: Database, site: Site) -> None:
    first, second = db.write(lambda tx: (able(tx, site, "admin"), able(tx, site, "admin")))
    done = together(
        db,
        lambda tx: people.set_roles(tx, first, site.id, frozenset()),
        lambda tx: people.set_active(tx, second, False),
    )
    assert done.count(True) == 1
    left = second if done[0] else first
    assert not db.write(lambda tx: people.set_active(tx, left, False))
    db.write(lambda tx: person(tx, site, "admin"))  # invited, cannot sign in yet: does not count
    assert not db.write(lambda tx: people.set_active(tx, left, False))
    db.write(lambda tx: able(tx, site, "admin"))
    assert db.write(lambda tx: people.set_active(tx, left, False))


def test_guesses_at_the_same_moment_are_all_counted(db: Database, site: Site) -> None:
    done = together(db, *(lambda tx: sessions.attempt(tx, {"key": 5}, NOW) for _ in range(12)))
    assert done.count(True) == 5
    assert not db.write(lambda tx: sessions.attempt(tx, {"key": 5}, NOW))
    later = NOW + sessions.FIRST_PAUSE
    assert db.write(lambda tx: sessions.attempt(tx, {"key": 5}, later))
    assert not db.write(lambda tx: sessions.attempt(tx, {"key": 5}, later + sessions.FIRST_PAUSE))
    much_later = NOW + sessions.FAILS_FORGOTTEN_AFTER + timedelta(days=1)
    assert db.write(lambda tx: sessions.attempt(tx, {"key": 5}, much_later))
    assert db.write(lambda tx: sessions.attempt(tx, {"key": 5}, much_later))


def test_a_time_step_a_code_and_a_link_are_used_by_one(db: Database, site: Site) -> None:
    her = db.write(lambda tx: person(tx, site, "desk"))
    db.write(lambda tx: sessions.new_codes(tx, her, ["a", "b"]))
    db.write(lambda tx: sessions.invite(tx, her, "link", NOW))
    for use in (
        lambda tx: sessions.use_step(tx, her, 100),
        lambda tx: sessions.use_code(tx, her, "a", NOW),
        lambda tx: sessions.use_invitation(tx, "link", NOW),
    ):
        assert together(db, *([use] * 8)).count(True) == 1
    assert not db.write(lambda tx: sessions.use_step(tx, her, 99))
    assert db.write(lambda tx: sessions.use_step(tx, her, 101))
    assert db.read(lambda tx: sessions.codes_left(tx, her)) == 1


def test_a_session_is_good_for_a_while(db: Database, site: Site) -> None:
    her = db.write(lambda tx: person(tx, site, "desk"))
    number = db.write(lambda tx: sessions.begin(tx, "token", her, NOW, passed=True))
    last = NOW + sessions.IDLE_FOR
    assert db.read(lambda tx: sessions.find(tx, "token", last - timedelta(seconds=1))) is not None
    assert db.read(lambda tx: sessions.find(tx, "token", last)) is None
    db.write(lambda tx: sessions.touch(tx, number, last))
    assert db.read(lambda tx: sessions.find(tx, "token", last)) is not None
    assert db.write(lambda tx: sessions.renew(tx, number, "other"))
    assert db.read(lambda tx: sessions.find(tx, "token", last)) is None
    assert db.read(lambda tx: sessions.find(tx, "other", last)) is not None
    assert db.write(lambda tx: sessions.end_all(tx, her, last)) == 1
    assert db.read(lambda tx: sessions.find(tx, "other", last)) is None
    assert not db.write(lambda tx: sessions.renew(tx, number, "third"))


def test_with_her_sessions_ends_a_code_that_would_tie_a_phone(db: Database, site: Site) -> None:
    her, other = db.write(lambda tx: (person(tx, site, "desk"), person(tx, site, "desk")))
    until = NOW + timedelta(minutes=30)

    def offered(tx: Tx) -> None:
        for who in (her, other):
            wake.offer(tx, who, f"code {who}", until)

    db.write(offered)
    db.write(lambda tx: sessions.end_all(tx, her, NOW))
    assert db.write(lambda tx: wake.tie(tx, f"code {her}", "77", NOW)) is None
    assert db.read(lambda tx: wake.whose(tx, "77")) is None
    assert db.write(lambda tx: wake.tie(tx, f"code {other}", "78", NOW)) == other
