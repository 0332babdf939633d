from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, func, select, update

from bot.channels.web import ACCOUNT, address
from storage import messages, pages
from storage.conversations import ConversationRow
from storage.db import Database
from storage.members import AddressRow
from storage.messages import MessageRow
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.pages import EXIT, Visitor, another, visiting

_m, _c, _a = table(MessageRow), table(ConversationRow), table(AddressRow)
ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what does not touch the database's own behaviour."""


def rows(db: Database, *where: Any) -> list[Any]:
    return db.read(lambda tx: tx.query(select(_m).where(*where).order_by(_m.c.id)))


def count(db: Database, what: Table) -> int:
    return int(db.read(lambda tx: tx.query(select(func.count().label("n")).select_from(what)))[0].n)


def her_token(visitor: Visitor) -> str:
    return next(cookie.partition("=")[2].partition(";")[0] for cookie in visitor.cookies)


async def test_a_newcomer_is_greeted_at_once(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "sq-AL,sq;q=0.9,en;q=0.5"})
        assert visitor.status == 200
        assert "ndihmës automatik, jo njeri" in visitor.words
        assert {"Slovenščina", "Shqip", "English"} <= visitor.buttons().keys()
        assert '<html lang="sq" dir="ltr">' in visitor.body
        assert "<title>Info</title>" in visitor.body


async def test_the_cookie_is_shut_and_the_database_knows_only_its_hash(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get()
        (cookie,) = visitor.cookies
        token = her_token(visitor)
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
        assert "Max-Age" not in cookie
        assert "expires" not in cookie.lower()
        assert len(token) >= 43
        (row,) = db.read(lambda tx: tx.query(select(_a)))
        assert (row.account, row.external_id) == (ACCOUNT, address(token))
        assert token not in str(row)


async def test_a_conversation_by_plain_forms(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "en"})
        await visitor.taps("Shqip")
        assert '<html lang="sq"' in visitor.body
        assert "Ju: Shqip" in visitor.words  # her own tap reads as the label she pressed
        await visitor.says("SOS")
        assert "112" in visitor.words
        assert 'href="tel:112"' in visitor.body


async def test_a_doubled_post_runs_once_and_another_button_of_the_same_page_runs_too(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "en"})
        form, buttons = visitor.form(), visitor.buttons()
        for _ in range(3):
            await visitor.post("/chat", form | {"tap": buttons["English"]})
            assert visitor.status == 303
        assert len(rows(db, _m.c.kind == "tap")) == 1
        await visitor.post("/chat", form | {"tap": buttons["Shqip"]})
        assert [row.text for row in rows(db, _m.c.kind == "tap")] == ["en", "sq"]


async def test_what_the_page_showed_is_sent_when_she_answers_and_not_before(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get()
        (greeting,) = rows(db, _m.c.outgoing)
        assert greeting.state == "queued"
        await visitor.get()
        assert rows(db, _m.c.outgoing)[0].state == "queued"  # fetched is not seen
        clock.forward(seconds=5)
        await visitor.taps("English")
        first, second = rows(db, _m.c.outgoing)
        assert (first.state, first.provider_id, first.sent_at) == ("sent", "page", clock.at)
        assert second.state == "queued"
        await visitor.post("/chat/seen", visitor.form())
        assert visitor.status == 204
        assert rows(db, _m.c.outgoing)[1].state == "sent"


async def test_a_typed_number_answers_the_page(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "en"})
        names = list(visitor.buttons())
        await visitor.says(str(names.index("Shqip") + 1))
        assert '<html lang="sq"' in visitor.body


async def test_nobody_else_can_see_tap_or_acknowledge_hers(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with visiting(db, clock, site) as hers:
        await hers.get("/", **{"Accept-Language": "en"})
        hers_id = rows(db, _m.c.outgoing)[0].id
        stranger = another(hers)
        await stranger.get("/", **{"Accept-Language": "en"})
        (his_conversation,) = [row.conversation_id for row in rows(db, _m.c.outgoing, _m.c.id != hers_id)]
        before = rows(db, _m.c.conversation_id != his_conversation)
        await stranger.post("/chat", stranger.form() | {"tap": f"{hers_id}.en", "seen": str(hers_id)})
        await stranger.post("/chat/seen", stranger.form() | {"seen": str(hers_id)})
        assert rows(db, _m.c.conversation_id != his_conversation) == before
        await stranger.client.session.close()


async def test_what_is_not_due_or_too_late_or_unwanted_is_not_shown(
    db: Database, clock: make.Clock, site: Site
) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get()
        here = rows(db)[0].conversation_id

        def add(tx: Tx) -> None:
            def one(words: str, **rest: Any) -> None:
                messages.add(
                    tx, here, ACCOUNT, "reminder_day", words, now=clock.at, lane=messages.NOTICE, **rest
                )

            one("for now")
            one("for later", not_before=clock.at + timedelta(hours=1))
            one("too late", expires_at=clock.at - timedelta(hours=1))

        db.write(add)
        await visitor.get()
        assert "for now" in visitor.words
        assert "for later" not in visitor.words
        assert "too late" not in visitor.words
        later = rows(db, _m.c.text == "for later")[0].id
        await visitor.post("/chat/seen", visitor.form() | {"seen": str(later)})
        assert rows(db, _m.c.id == later)[0].state == "queued"
        clock.forward(hours=2)
        await visitor.get(f"/chat/messages?after={later + 5}")
        assert "for later" in visitor.body  # its id is lower than what the page has, and it still arrives


async def test_without_a_reload(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "en"})
        form, tap = visitor.form(), visitor.buttons()["English"]
        await visitor.post("/chat", form | {"tap": tap, "after": form["seen"]}, Accept="application/json")
        assert visitor.status == 200
        told = await _json(visitor)
        assert told["language"] == "en"
        assert len(told["unseen"]) == 1
        assert f'id="m{told["unseen"][0]}"' in told["html"]
        assert "English" in told["html"]
        assert f'id="m{form["seen"]}"' not in told["html"]


async def _json(visitor: Visitor) -> dict[str, Any]:
    import orjson

    found: dict[str, Any] = orjson.loads(visitor.body)
    return found


async def test_forgetting_cuts_the_old_cookie_off(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "en"})
        old = her_token(visitor)
        await visitor.taps("English")
        await visitor.post("/forget", visitor.form())
        assert visitor.status == 303
        assert db.read(lambda tx: pages.find(tx, ACCOUNT, address(old))) is None
        await visitor.get("/", Cookie=f"id={old}")
        assert her_token(visitor) != old
        assert "You:" not in visitor.words
        assert count(db, _c) == 2  # the appointments of the old one stay with the office


async def test_quick_exit_without_a_script(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "en"})
        await visitor.taps("English")
        assert 'href="/leave"' in visitor.body
        await visitor.get("/leave")
        assert (visitor.status, visitor.headers["Location"]) == (303, EXIT)
        await visitor.get("/", **{"Accept-Language": "en"})  # the step back
        assert visitor.words == "Info Open"
        assert count(db, _c) == 1
        await visitor.post("/again", {})
        await visitor.get("/", **{"Accept-Language": "en"})
        assert "You:" not in visitor.words
        assert "automatic helper" in visitor.words


@ONE
async def test_arabic_script_runs_the_other_way(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get()
        here = rows(db)[0].conversation_id
        db.write(
            lambda tx: messages.add(
                tx, here, ACCOUNT, "safety", "اتصلي 112", now=clock.at, language="ar", lane=messages.CRISIS
            )
        )
        await visitor.get()
        assert 'lang="ar" dir="rtl"' in visitor.body


@ONE
async def test_old_choices_stay_in_reach(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        await visitor.get("/", **{"Accept-Language": "en"})
        greeting = visitor.buttons()["Shqip"]
        await visitor.taps("English")
        assert visitor.buttons()["Shqip"] == greeting
        assert '<details class="old">' in visitor.body
        db.write(lambda tx: tx.query(update(_m).where(_m.c.outgoing).values(answered=True)))
        await visitor.taps("Shqip")
        assert '<html lang="sq"' in visitor.body
