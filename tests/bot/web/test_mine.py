"""The link to one's own data, and the page that is left on the web when everything was forgotten."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import orjson
import pytest
from sqlalchemy import func, select

from bot.datafile import NAME
from bot.settings import Settings
from flows.mydata import token_hash
from storage import mydata
from storage.db import Database
from storage.members import AddressRow, MemberRow
from storage.mydata import NOT_IN_THE_FILE, SECRET, SECTIONS
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make, plants
from tests.helpers.chat import Chat
from tests.helpers.console import person
from tests.helpers.life import Life
from tests.helpers.pages import Visitor, visiting
from tests.helpers.plants import Woman

ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_a = table(AddressRow)
TOKEN = "a-token-of-some-length"


def planted(db: Database, clock: make.Clock) -> Woman:
    life = Life(db, clock)
    staff = db.write(lambda tx: person(tx, life.site, "desk"))
    woman = db.write(
        lambda tx: Woman(tx, life.site, staff, "Xqzfile", clock.at, frozenset({"members.language"}))
    )
    db.write(lambda tx: mydata.offer(tx, token_hash(TOKEN), woman.member, clock.at))
    return woman


async def test_looking_uses_nothing_up_and_the_button_works_once(
    db: Database, clock: make.Clock, site: Site
) -> None:
    planted(db, clock)
    async with visiting(db, clock, site) as visitor:
        for _ in range(3):  # a messenger's preview
            await visitor.get(f"/mine/{TOKEN}")
            assert visitor.status == 200
        async with visitor.client.post(f"/mine/{TOKEN}", headers={"Origin": visitor.origin}) as answer:
            assert answer.status == 200
            body = await answer.read()
            assert answer.headers["Content-Disposition"] == f'attachment; filename="{NAME}"'
            assert answer.headers["Cache-Control"] == "no-store"
        archive = zipfile.ZipFile(io.BytesIO(body))
        told = orjson.loads(archive.read("info.json"))
        assert all(line["text"].startswith("Xqzfile") for line in told["messages"])
        assert "Xqzfile" in archive.read("info.txt").decode()
        await visitor.post(f"/mine/{TOKEN}", {})
        assert visitor.status == 404
        await visitor.get(f"/mine/{TOKEN}")
        assert visitor.status == 404


@ONE
async def test_over_wrong_and_used_look_the_same(db: Database, clock: make.Clock, site: Site) -> None:
    planted(db, clock)
    clock.forward(hours=1)
    bodies = set()
    async with visiting(db, clock, site) as visitor:
        for token in (TOKEN, "x", "a" * 400, "%00", "..%2f"):
            await visitor.get(f"/mine/{token}")
            bodies.add((visitor.status, visitor.words))
            await visitor.post(f"/mine/{token}", {})
            bodies.add((visitor.status, visitor.words))
    assert len(bodies) == 1
    assert next(iter(bodies))[0] == 404


@ONE
async def test_forgetting_the_chat_ends_the_link(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "en"})
        await visitor.taps("English")
        her = db.read(lambda tx: tx.query(select(_a.c.member_id).where(_a.c.account == "web")))[0].member_id
        db.write(lambda tx: mydata.offer(tx, token_hash(TOKEN), her, clock.at))
        await visitor.post("/forget", visitor.form())
        await visitor.get(f"/mine/{TOKEN}")
        assert visitor.status == 404


@ONE
async def test_another_page_cannot_press_the_button(db: Database, clock: make.Clock, site: Site) -> None:
    planted(db, clock)
    async with visiting(db, clock, site) as visitor:
        await visitor.post(f"/mine/{TOKEN}", {}, Origin="https://elsewhere.example")
        assert visitor.status == 403
        await visitor.get(f"/mine/{TOKEN}")
        assert visitor.status == 200


@ONE
def test_the_file_holds_every_table_of_hers_or_says_why_not(db: Database, clock: make.Clock) -> None:
    woman = planted(db, clock)
    chosen = table(MemberRow).update().values(site_id=woman.site.id).returning(table(MemberRow).c.id)
    db.write(lambda tx: tx.query(chosen))
    told = db.read(lambda tx: mydata.everything(tx, woman.member))
    names = {section.of.name for section in SECTIONS}
    assert names | set(NOT_IN_THE_FILE) == {of.name for of in plants.hers()}
    for section in SECTIONS:
        assert told[section.name], section.name
    assert b"token" not in orjson.dumps(told)
    place = f"{woman.site.name}, {woman.site.place}"
    of_a_site = {section.name for section in SECTIONS if "site_id" in section.of.c}
    assert of_a_site >= {"member", "appointments", "chats"}
    for name in of_a_site:
        assert {row["info_point"] for row in told[name]} <= {place, None}, name
    assert (told["member"][0]["info_point"], told["appointments"][0]["info_point"]) == (place, place)


@ONE
def test_the_file_holds_nothing_of_others(db: Database, clock: make.Clock) -> None:
    woman = planted(db, clock)
    staff = db.write(lambda tx: person(tx, woman.site, "desk"))
    later = clock.at + timedelta(days=3)
    db.write(lambda tx: Woman(tx, woman.site, staff, "Xqzother", later))
    assert "Xqzother" not in repr(db.read(lambda tx: mydata.everything(tx, woman.member)))


@ONE
async def test_on_the_page_the_last_tap_leaves_no_row(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site, Settings(public_url=None)) as visitor:
        await begin(visitor)
        await visitor.says("izbriši me")
        await visitor.taps("🗑 Izbriši")
        await visitor.post("/chat", visitor.form() | {"tap": visitor.buttons()["Da, izbriši vse"]})
        assert visitor.status == 303
        assert visitor.headers["Location"] == "/forgotten?in=sl"
        await visitor.get(visitor.headers["Location"])
        assert make.texts().text("sl", "page-forgotten") in visitor.words
    assert addresses(db) == 0


@ONE
async def test_a_script_is_sent_to_the_same_page(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        await begin(visitor)
        await visitor.says("izbriši me")
        await visitor.taps("🗑 Izbriši")
        said = visitor.form() | {"tap": visitor.buttons()["Da, izbriši vse"]}
        await visitor.post("/chat", said, Accept="application/json")
        assert (visitor.status, orjson.loads(visitor.body)) == (409, {"go": "/forgotten?in=sl"})
        await visitor.post("/chat", said, Accept="application/json")  # pressed twice
        assert visitor.status in (403, 409)
    assert addresses(db) == 0


async def begin(visitor: Visitor) -> None:
    await visitor.get()
    await visitor.taps("Slovenščina")
    await visitor.taps("✅ Strinjam se")


def addresses(db: Database) -> int:
    def unit(tx: Tx) -> int:
        return int(tx.query(select(func.count().label("n")).select_from(_a))[0].n)

    return db.read(unit)


@ONE
def test_staff_do_not_read_what_opens_a_door(db: Database, clock: make.Clock, site: Site) -> None:
    from storage import chats, handovers, inbox

    chat = Chat(db, clock, make.texts(), site).starts("sl")
    chat.says("moji podatki").taps("file", "link")
    chat.says("menu").taps("settings", "link", "show")
    secrets = [seen.text for seen in chat.inbox if seen.kind in SECRET]
    assert len(secrets) == 2
    chat.says("človek")
    staff = db.write(lambda tx: person(tx, site, "desk"))
    scope = inbox.Scope(staff, (site.id,))

    def unit(tx: Tx) -> str:
        (row,) = inbox.listed(tx, scope, "all").rows
        assert handovers.take(tx, row.id, staff, clock.at)
        found = chats.find(tx, scope, row.id, clock.at)
        assert found is not None
        return repr(found.lines)

    read = db.write(unit)
    assert "•••" in read
    assert all(secret not in read for secret in secrets)
