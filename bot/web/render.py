"""Templates and files of the pages; every word on them comes from the Fluent texts."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.web.parts import PARTS, Parts
from flows.screen import Arg
from flows.texts import RTL, SHIPPED, Texts, shipped

FOLDER = Path(__file__).resolve().parent
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HELP = ("112", "113", "0801155", "116123")
"""Numbers shown on every page that cannot show more; the text of each is `page-help-<number>`."""
# A number of this country as our texts write it: groups of digits with spaces, or a short emergency number.
_PHONE = re.compile(r"(?<![\d.:,])(?:0\d{1,2}(?: \d{2,3}){2,3}|11[236](?: \d{3})?)(?![\d,]|[:.]\d| ?€)")


@dataclass(frozen=True)
class StaticFile:
    """A style sheet, script or picture and its fingerprint."""

    body: bytes
    content_type: str
    tag: str


@cache
def static_files() -> dict[str, StaticFile]:
    """Every file a page may load, by name; read once, so that no request can name another path."""
    found: dict[str, StaticFile] = {}
    for path in sorted((FOLDER / "static").iterdir()):
        if path.suffix in TYPES:
            body = path.read_bytes()
            found[path.name] = StaticFile(body, TYPES[path.suffix], hashlib.sha256(body).hexdigest()[:16])
    return found


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["phones"] = phones
    made.filters["runs"] = runs
    made.globals["direction"] = direction
    made.globals["static"] = lambda name: f"/static/{name}?{static_files()[name].tag}"
    made.globals["help_numbers"] = HELP
    return made


def direction(language: str | None) -> str:
    """Which way a text in this language runs; unknown ones by their first letter."""
    if language is None:
        return "auto"
    return "rtl" if language in RTL else "ltr"


def runs(text: str) -> str:
    """Which way a few words run: as their first letter does; numbers alone run left to right, wherever they stand."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return "rtl" if next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L" else "ltr"


def phones(text: str) -> Markup:
    """The escaped text with telephone numbers as links, so that one tap calls."""
    return Markup(_PHONE.sub(lambda hit: _call(hit.group()), str(escape(text))))  # noqa: S704 - escaped just here


def _call(number: str) -> str:
    return f'<a class="call" dir="ltr" href="tel:{number.replace(" ", "")}">{number}</a>'


def preferred(request: web.Request, among: Sequence[str] = SHIPPED) -> str | None:
    """The language her browser asks for first among these, else the first one it names."""
    header = request.headers.get("Accept-Language", "")[:200]
    tags = [part.partition(";")[0].strip().lower() for part in header.split(",")]
    tags = [tag for tag in tags if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", tag)]
    return next((ours for tag in tags if (ours := shipped(tag)) in among), None) or next(iter(tags), None)


def chrome_language(texts: Texts, *wishes: str | None) -> str:
    """The first wish that has page texts, else the site's own language."""
    return next((wish for wish in wishes if wish and texts.has(wish, "page-title")), texts.default)


def html(parts: Parts, template: str, language: str, **values: object) -> str:
    """A template in one language; `t` inside it is the text of a key."""

    def t(key: str, **args: Arg) -> str:
        return parts.texts.text(language, key, args)

    return _environment().get_template(template).render(t=t, language=language, **values)


def page(parts: Parts, template: str, language: str, status: int = 200, **values: object) -> web.Response:
    """A whole page."""
    return web.Response(
        text=html(parts, template, language, **values),
        status=status,
        content_type="text/html",
        charset="utf-8",
    )


def notice(request: web.Request, key: str, status: int) -> web.Response:
    """A calm page or, for a script, a calm sentence; both with the numbers that help."""
    parts = request.app[PARTS]
    language = chrome_language(parts.texts, preferred(request))
    if not parts.texts.has(language, key):  # a sentence for staff, who have fewer languages
        language = parts.texts.default
    if wants_json(request):
        return web.json_response({"text": parts.texts.text(language, key)}, status=status)
    return page(parts, "notice.html", language, status, key=key, phone=parts.office.main.phone)


def wants_json(request: web.Request) -> bool:
    """Whether our script asks, and not a browser for a page."""
    return "application/json" in request.headers.get("Accept", "")


async def static(request: web.Request) -> web.Response:
    """A style sheet, script or picture."""
    found = static_files().get(request.match_info["name"])
    if found is None:
        raise web.HTTPNotFound
    if request.if_none_match and any(one.value == found.tag for one in request.if_none_match):
        raise web.HTTPNotModified
    answer = web.Response(body=found.body, content_type=found.content_type, charset="utf-8")
    answer.etag = found.tag
    answer.headers["Cache-Control"] = "no-cache"
    return answer
