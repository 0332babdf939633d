from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.web.overview import lines
from storage import conversations, counsellors, members, messages, today, updates
from storage.bookings import BookingRow
from storage.db import Database
from storage.notices import NoticeRow
from storage.sites import Site
from storage.sql import Tx, table
from tests.helpers import make
from tests.helpers.pages import visiting

ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def fill(tx: Tx, site: Site, clock: make.Clock) -> None:
    """A day with one of everything."""
    now = clock.at
    counsellor = counsellors.add_counsellor(
        tx, site.id, "Metka", languages=("sl",), topics=("work",), modes=("person",)
    )
    mine, member = conversations.load(tx, "telegram:1", "4711", now)
    booked = {
        "member_id": member.id,
        "conversation_id": mine.id,
        "site_id": site.id,
        "counsellor_id": counsellor,
        "topic": "work",
        "mode": "phone",
        "language": "sq",
        "version": 1,
        "created_at": now,
    }
    days = ((now + timedelta(hours=1), "booked", "AAA111"), (now + timedelta(hours=2), "cancelled", "BBB222"))
    for start, state, code in (*days, (now + timedelta(days=1), "booked", "CCC333")):
        tx.query(
            insert(table(BookingRow)).values(
                **booked, starts_at=start, ends_at=start + timedelta(minutes=30), state=state, code=code
            )
        )
    members.set_field(tx, member.id, "do_not_write", True)
    conversations.wait(tx, mine.id, "asked", now - timedelta(hours=3))
    urgent, _ = conversations.load(tx, "telegram:1", "4712", now)
    urgent.owner, urgent.waiting_reason, urgent.waiting_since, urgent.urgent = "waiting", "danger", now, True
    conversations.save(tx, urgent, now)
    updates.fail(tx, "telegram:1", "9", mine.id, '{"text": "her secret words"}', "KeyError:engine.py:7", now)
    messages.add(tx, mine.id, "telegram:1", "answer", "her other secret", now=now - timedelta(minutes=9))
    messages.add(tx, mine.id, "web", "answer", "waits for a page", now=now - timedelta(minutes=9))
    tx.query(
        insert(table(NoticeRow)).values(
            kind="reminder_day",
            subject="booking:1",
            subject_version=1,
            decision="skipped",
            reason="do_not_write",
            member_id=member.id,
            due_at=now,
            at=now,
        )
    )


async def test_the_link_works_once_and_only_here(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        path = visitor.links.issue(clock.at)
        await visitor.get("/day")
        assert visitor.status == 403
        await visitor.get(path, **{"X-Forwarded-For": "192.0.2.1"})
        assert visitor.status == 403
        await visitor.get(path, Host="day.example")
        assert visitor.status == 403
        await visitor.get(path)
        assert (visitor.status, visitor.headers["Location"]) == (303, "/day")
        (cookie,) = visitor.cookies
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert path.rpartition("/")[2] not in cookie
        await visitor.get("/day")
        assert visitor.status == 200
        await visitor.get("/day", **{"X-Forwarded-For": "192.0.2.1"})
        assert visitor.status == 403
        visitor.client.session.cookie_jar.clear()
        await visitor.get(path)
        assert visitor.status == 403  # used
        await visitor.get("/day")
        assert visitor.status == 403


@ONE
async def test_a_session_and_a_link_end(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        old = visitor.links.issue(clock.at)
        await visitor.get(visitor.links.issue(clock.at))
        clock.forward(hours=12)
        await visitor.get("/day")
        assert visitor.status == 403
        await visitor.get(old)
        assert visitor.status == 403


async def test_the_page_shows_the_day_and_no_word_of_hers(
    db: Database, clock: make.Clock, site: Site
) -> None:
    db.write(lambda tx: fill(tx, site, clock))
    async with visiting(db, clock, site) as visitor:
        await visitor.get(visitor.links.issue(clock.at))
        await visitor.get("/day", **{"Accept-Language": "en"})
        words = visitor.words
    assert "Appointments today (1)" in words
    assert "11:00 Metka" in words
    assert "AAA111" in words
    assert "BBB222" not in words
    assert "CCC333" not in words
    assert "Who waits for a person (2)" in words
    assert words.index("URGENT: words of danger") < words.index("asked for a person")
    assert "KeyError:engine.py:7" in words
    assert "Messages not sent (1)" in words
    assert "Please call (1)" in words
    assert "Writing to her phone is not safe" in words
    assert "secret" not in words
    assert "4711" not in words


async def test_the_terminal_shows_the_same(db: Database, clock: make.Clock, site: Site) -> None:
    db.write(lambda tx: fill(tx, site, clock))
    overview = db.read(lambda tx: today.overview(tx, clock.at, site))
    told = "\n".join(lines(overview, make.texts(), "sl"))
    assert "ponedeljek, 2. marec 2026, 10:00" in told or "ponedeljek, 2. marca 2026, 10:00" in told
    assert "11:00 | Metka" in told
    assert "NUJNO" in told
    assert "secret" not in told


async def test_an_empty_day_says_so(db: Database, clock: make.Clock, site: Site) -> None:
    overview = db.read(lambda tx: today.overview(tx, clock.at, site))
    assert lines(overview, make.texts(), "en").count("  None.") == 5


@pytest.mark.parametrize(("day", "hours"), [(29, 23), (25, 25)])
@ONE
async def test_the_day_is_a_local_one_on_both_clock_changes(
    db: Database, clock: make.Clock, site: Site, day: int, hours: int
) -> None:
    month = 3 if hours == 23 else 10
    since, until = today.day_of(clock.at.replace(month=month, day=day), site.timezone)
    assert (until.timestamp() - since.timestamp()) / 3600 == hours


async def test_health_tells_the_machine_and_nobody(db: Database, clock: make.Clock, site: Site) -> None:
    async with visiting(db, clock, site) as visitor:
        health = visitor.parts.health
        health.channels["telegram:1"] = None
        health.last_tick = clock.at
        await visitor.get("/health")
        assert visitor.status == 200
        assert '"oldest_unsent_s": null' in visitor.body
        db.write(lambda tx: fill(tx, site, clock))
        await visitor.get("/health")
        assert visitor.status == 200
        assert '"oldest_unsent_s": 540' in visitor.body
        assert "secret" not in visitor.body
        health.channels["telegram:1"] = "our_fault"
        await visitor.get("/health")
        assert visitor.status == 503
        assert '"telegram:1": "our_fault"' in visitor.body
        health.channels["telegram:1"] = None
        clock.forward(minutes=6)
        await visitor.get("/health")
        assert visitor.status == 503
        assert '"last_tick_s": 360' in visitor.body
