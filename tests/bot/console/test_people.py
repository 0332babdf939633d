"""The people who work here, as an admin meets them."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from bot.console.access import Role
from storage import audit, people
from storage.db import Database
from storage.sql import Tx, table
from storage.staff import StaffRole, StaffRow
from tests.bot.console.signing import GOOD, live_sessions, member_of_staff, row, tries
from tests.helpers import make
from tests.helpers.console import Console, Desk, person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NEW = {"login": "vlora", "name": "Vlora (test)", "role-mediator": "1", "speaks-sq": "1"}


async def admin(running: Console) -> Desk:
    """An admin who can sign in."""
    who = await member_of_staff(running, "admin")
    return running.signed_in(staff_id=who.id)


def uid_of(desk: Desk) -> str:
    assert desk.staff is not None
    return desk.staff.uid


async def test_an_admin_invites_and_the_link_is_shown_once(running: Console) -> None:
    desk = await admin(running)
    assert (await desk.get("/console/staff")).status == 200
    await desk.post("/console/staff", **NEW, site=str(running.site.id))
    assert desk.status == 200
    found = re.search(r'class="link" translate="no">(\S+)<', desk.body)
    assert found
    link = found.group(1)
    assert link.startswith(running.url + "/console/invitation/")
    assert link not in (await desk.get("/console/staff")).body
    assert "has not signed in yet" in desk.words
    other = await running.anybody().get(link.removeprefix(running.url))
    await other.post(link.removeprefix(running.url), new=GOOD, again=GOOD)
    assert other.status == 303
    (new,) = row(running.parts.db, StaffRow, table(StaffRow).c.login == "vlora")
    assert (new.name, new.languages, new.language) == ("Vlora (test)", ["sq"], "en")


async def test_each_role_says_what_it_may_do_where_it_is_given(running: Console) -> None:
    desk = await admin(running)
    other = running.parts.db.write(lambda tx: make.site(tx, "postojna"))
    assert desk.staff is not None
    who = desk.staff.id
    running.parts.db.write(lambda tx: people.give_role(tx, who, other.id, "admin"))
    desk = running.signed_in(staff_id=who)
    for path, lists in (("/console/staff", 1), (f"/console/staff/{uid_of(desk)}", 2)):
        await desk.get(path)
        ids = re.findall(r'id="(may-[^"]+)"', desk.body)
        assert len(set(ids)) == len(ids) == lists * len(Role)
        assert ids == re.findall(r'aria-describedby="(may-[^"]+)"', desk.body)
        for role in Role:
            assert desk.body.count(running.parts.texts.text("en", f"staff-may-{role}").split(":")[0]) == lists


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"login": "a"}, "The login needs"),
        ({"login": "a b"}, "The login needs"),
        ({"login": "<script>"}, "The login needs"),
        ({"name": ""}, "The name needs"),
        ({"name": "Nina\u202egnp.exe"}, "The name needs"),
        ({"name": "x" * 61}, "The name needs"),
        ({"role-mediator": ""}, "at least one role"),
        ({"role-mediator": "", "role-owner": "1"}, "at least one role"),
    ],
)
async def test_a_wrong_invitation_says_what_is_wrong_and_keeps_what_was_typed(
    running: Console, change: dict[str, str], says: str
) -> None:
    desk = await admin(running)
    typed = NEW | change | {"site": str(running.site.id)}
    await desk.post("/console/staff", **typed)
    assert desk.status == 422
    assert says in desk.words
    assert 'name="speaks-sq" value="1" checked' in desk.body
    assert "<script>" not in desk.body
    assert row(running.parts.db, StaffRow, table(StaffRow).c.login == "vlora") == []


async def test_a_taken_login_is_said_to_be_taken(running: Console) -> None:
    desk = await admin(running)
    await desk.post("/console/staff", **NEW, site=str(running.site.id))
    await desk.post("/console/staff", **NEW, site=str(running.site.id))
    assert "This login is taken" in desk.words


async def test_new_roles_sign_her_out_and_are_hers_at_once(running: Console) -> None:
    desk, her = await admin(running), running.signed_in("desk")
    path = f"/console/staff/{uid_of(her)}"
    same = {"site": str(running.site.id), "role-desk": "1"}
    await desk.post(f"{path}/roles", **same)
    assert (await her.get("/console/account")).status == 200  # nothing changed, nothing ends
    await desk.post(f"{path}/roles", **same, **{"role-admin": "1"})
    assert desk.status == 303
    assert (await her.get("/console/account")).status == 303
    acts = row(running.parts.db, audit.AuditRow)
    assert [(one.act, one.about) for one in acts] == [("staff.role", uid_of(her))]


async def test_fields_nobody_asked_for_change_nothing(running: Console) -> None:
    desk, her = await admin(running), running.signed_in("desk")
    before = row(running.parts.db, StaffRow)
    extra = {
        "uid": "x",
        "login": "owned",
        "password_hash": "x",
        "is_admin": "1",
        "staff_id": "1",
        "active": "0",
    }
    await desk.post(
        f"/console/staff/{uid_of(her)}/roles", **extra, **{"site": str(running.site.id), "role-desk": "1"}
    )
    await her.post("/console/account", language="en", **{"role-admin": "1", "roles": "admin", **extra})
    after = row(running.parts.db, StaffRow)
    assert [one._replace(languages=None) for one in before] == [one._replace(languages=None) for one in after]
    hers = row(
        running.parts.db, StaffRole, table(StaffRole).c.staff_id == her.staff.id if her.staff else False
    )
    assert [one.role for one in hers] == ["desk"]


async def test_the_last_admin_stays(running: Console) -> None:
    desk = await admin(running)
    path = f"/console/staff/{uid_of(desk)}"
    running.parts.db.write(lambda tx: person(tx, running.site, "admin"))  # invited: cannot sign in yet
    for act, fields in (
        ("roles", {"site": str(running.site.id), "role-desk": "1"}),
        ("active", {"active": "0"}),
    ):
        await desk.post(f"{path}/{act}", **fields)
        assert desk.status == 422
        assert "This is the last admin here" in desk.words
    second = await admin(running)
    assert (await second.post(f"{path}/active", active="0")).status == 303
    assert (await desk.get("/console/staff")).headers["Location"] == "/console/sign-in"


async def test_keeping_out_ending_and_letting_in(running: Console) -> None:
    desk, who = await admin(running), await member_of_staff(running)
    her = running.signed_in(staff_id=who.id)
    await desk.post(f"/console/staff/{who.uid}/end")
    assert (await her.get("/console/account")).status == 303
    her = running.signed_in(staff_id=who.id)
    await desk.post(f"/console/staff/{who.uid}/active", active="0")
    assert (await her.get("/console/account")).status == 303
    assert (await tries(running.anybody(), who.login, GOOD)).status == 422
    await desk.post(f"/console/staff/{who.uid}/link")
    assert "Let her in first" in desk.words
    await desk.post(f"/console/staff/{who.uid}/active", active="1")
    assert (await tries(running.anybody(), who.login, GOOD)).status == 303
    assert live_sessions(running.parts.db) == 2


async def test_who_also_works_elsewhere_is_not_this_admins_alone(running: Console) -> None:
    desk = await admin(running)

    def both(tx: Tx) -> str:
        there = make.site(tx, "postojna")
        found = person(tx, running.site, "desk")
        people.give_role(tx, found, there.id, "admin")
        who = people.get(tx, found)
        assert who is not None
        return who.uid

    uid = running.parts.db.write(both)
    for act in ("end", "link", "active"):
        await desk.post(f"/console/staff/{uid}/{act}", active="0")
        assert desk.status == 422
        assert "Only the admin there" in desk.words
    await desk.post(f"/console/staff/{uid}/roles", **{"site": str(running.site.id), "role-counsellor": "1"})
    assert desk.status == 303
    roles = running.parts.db.read(
        lambda tx: {(one.site_id, one.role) for one in tx.query(select(table(StaffRole)))}
    )
    assert (2, "admin") in roles
    assert (1, "counsellor") in roles


async def test_her_languages_and_the_consoles(running: Console, db: Database) -> None:
    desk = running.signed_in("desk")
    await desk.post("/console/account", language="sl", **{"speaks-sq": "1", "speaks-xx": "1"})
    assert desk.status == 303
    (her,) = row(db, StaffRow)
    assert (her.language, her.languages) == (
        "sl",
        ["sl", "en"],
    )  # what she speaks gives rights: not hers to set
    assert "speaks-" not in (await desk.get("/console/account")).body
    assert "slovenščina, angleščina" in desk.words
    assert 'lang="sl"' in (await desk.get("/console/account")).body
    assert (await desk.post("/console/account", language="de")).status == 422


async def test_an_admin_sets_the_languages_that_give_rights_over_texts(
    running: Console, db: Database
) -> None:
    admin, her = running.signed_in("admin"), running.signed_in("mediator", languages=("sl",))
    assert her.staff is not None
    path = f"/console/staff/{her.staff.uid}/languages"
    assert (await her.get("/console/texts/sq")).status == 404
    assert (await her.post(path, **{"speaks-sq": "1"})).status == 404
    assert (await admin.post(path, **{"speaks-sq": "1", "speaks-xx": "1"})).status == 303
    assert [one.languages for one in row(db, StaffRow) if one.uid == her.staff.uid] == [["sq"]]
    assert (await her.get("/console/texts/sq")).status == 200
    told = [(one.act, one.details) for one in db.read(lambda tx: audit.page(tx, 9))]
    assert told == [("staff.languages", {"languages": ["sq"]})]
    assert 'name="speaks-sq" value="1" checked' in (await admin.follow()).body
