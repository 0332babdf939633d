"""The page behind a link to one's own data, and the one that is left when everything was forgotten.

Opening the link shows a button and uses nothing up: a messenger looks at every link by itself, to show a preview.
"""

from __future__ import annotations

from aiohttp import web

from bot.datafile import NAME, TYPE, packed
from bot.web.chat import allow, visitor_of
from bot.web.limits import LIMITS
from bot.web.parts import PARTS
from bot.web.render import chrome_language, notice, page, preferred
from bot.web.security import check_origin
from flows.mydata import token_hash
from storage import mydata
from storage.mydata import Record
from storage.sql import Tx

TOKEN_MAX = 128


def _hash(request: web.Request) -> str:
    return token_hash(request.match_info["token"][:TOKEN_MAX])


async def show(request: web.Request) -> web.Response:
    """A button, as long as the link holds."""
    parts, hashed = request.app[PARTS], _hash(request)
    now = parts.clock()
    allow(request.app[LIMITS].reads, visitor_of(request), now)
    found = await parts.read(lambda tx: mydata.look(tx, hashed, now))
    if found is None:
        return notice(request, "mine-over", 404)
    language = chrome_language(parts.texts, found[1], preferred(request))
    return page(parts, "mine.html", language, path=request.path)


async def download(request: web.Request) -> web.Response:
    """The file, once: made now, stored nowhere."""
    parts, hashed = request.app[PARTS], _hash(request)
    now = parts.clock()
    allow(request.app[LIMITS].reads, visitor_of(request), now)
    check_origin(request)

    def unit(tx: Tx) -> tuple[str | None, dict[str, list[Record]]] | None:
        found = mydata.look(tx, hashed, now)
        member = mydata.use(tx, hashed, now)
        return None if found is None or member is None else (found[1], mydata.everything(tx, member))

    told = await parts.write(unit)
    if told is None:
        return notice(request, "mine-over", 404)
    language = chrome_language(parts.texts, told[0], preferred(request))
    return file_of(packed(told[1], parts.texts, language, now))


def file_of(body: bytes) -> web.Response:
    """A download under a name that says nothing."""
    answer = web.Response(body=body, content_type=TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return answer


async def forgotten(request: web.Request) -> web.Response:
    """Said to nobody in particular: it needs no cookie and knows none."""
    parts = request.app[PARTS]
    language = chrome_language(parts.texts, request.query.get("in"), preferred(request))
    return page(parts, "notice.html", language, key="page-forgotten", phone=parts.office.main.phone)
