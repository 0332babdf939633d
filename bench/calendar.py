"""Figure 9: the week page of the calendar with twenty counsellors, half their time booked, over HTTP.

`python -m bench.calendar [quick]`, in a process of its own.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import timedelta

import aiohttp

from bench import town
from bench.desk import serving, signed
from bench.inbox import p95
from bench.place import scratch
from bot.inbound import Inbound
from bot.memory import settle
from flows.texts import Texts
from storage import people
from storage.office import alone
from storage.sites import Site
from storage.sql import Tx
from storage.sqlite import SqliteDatabase

PAGES = 200
WEEKS = 8


def _coordinator(tx: Tx, site: Site) -> int:
    """Who may know every meeting: the fullest page."""
    who = people.add(tx, uid="c", login="c", name="Nina", languages=("sl",), now=town.NOW)
    assert who is not None
    people.give_role(tx, who, site.id, "coordinator")
    return who


async def page(asked: int) -> dict[str, float]:
    """Every week of the horizon in turn."""
    took: list[float] = []
    with scratch("calendar") as folder:
        url = f"sqlite:///{folder / 'bench.db'}"
        site = town.build(url)
        db = SqliteDatabase(url, synchronous="FULL")
        try:
            inbound = Inbound(db, Texts(town.ZONE), lambda: alone(site), lambda: town.NOW)
            who = db.write(lambda tx: _coordinator(tx, site))
            async with serving(db, site, inbound) as (address, parts), aiohttp.ClientSession() as client:
                headers = signed(db, parts, who)
                settle()
                days = [town.NOW.date() + timedelta(weeks=ahead) for ahead in range(WEEKS)]
                for number in range(-len(days), asked):  # each week once before the clock runs
                    where = f"/console/calendar?view=week&day={days[number % len(days)]}"
                    began = time.perf_counter()
                    async with client.get(address + where, headers=headers) as answer:
                        body = await answer.text()
                        assert answer.status == 200
                    if number >= 0:
                        took.append((time.perf_counter() - began) * 1000)
                    else:
                        assert body.count('class="met known"') > town.COUNSELLORS * 10, number
        finally:
            db.close()
    return {"calendar_page_p95_ms": p95(took), "calendar_page_median_ms": sorted(took)[len(took) // 2]}


if __name__ == "__main__":
    found = asyncio.run(page(PAGES // 4 if sys.argv[1:] == ["quick"] else PAGES))
    print(json.dumps({key: round(value, 3) for key, value in found.items()}))
