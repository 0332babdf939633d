"""How a console page is made: templates, texts, the way to other pages, and a form that comes back with its problem."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.console.access import Me, Role, Route
from bot.console.fields import clock
from bot.console.text import plain, spoken
from bot.web.parts import PARTS
from bot.web.render import TYPES, StaticFile, direction, preferred, wants_json
from flows.screen import Arg
from flows.texts import Texts, babel_locale

FOLDER = Path(__file__).resolve().parent
FORM = web.RequestKey("form", dict[str, str])
"""The fields of a posted form, after its word was right: `request[FORM]`."""
LANGUAGES = ("sl", "en")
"""Of the console."""
ROUTES_OF: web.AppKey[tuple[Route, ...]] = web.AppKey("console_routes", tuple)
DAILY = ("inbox", "today", "calendar", "visits", "records", "tasks")
MENU = (
    *DAILY,
    "duty",
    "services",
    "texts",
    "numbers",
    "staff",
    "setup",
    "audit",
    "restore",
    "account",
)
"""Pages named in the menu, in this order; who may not open one does not see it. The daily ones stand open on every page."""


class Problem(Exception):
    """What is wrong with a posted form: the key of a sentence and its arguments."""

    def __init__(self, key: str, **args: Arg) -> None:
        super().__init__(key)
        self.key = key
        self.args_of_text = args


@cache
def static_files() -> dict[str, StaticFile]:
    """Every file a console page may load, by name; read once, so that no request can name another path."""
    found: dict[str, StaticFile] = {}
    for path in sorted((FOLDER / "static").iterdir()):
        if path.suffix in TYPES:
            body = path.read_bytes()
            found[path.name] = StaticFile(body, TYPES[path.suffix], hashlib.sha256(body).hexdigest()[:16])
    return found


@cache
def environment() -> Environment:
    """The templates; a value nobody gave is an error, everything is escaped, and nothing turns the reading direction."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finished,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["ticked"] = ticked
    made.globals["direction"] = direction
    made.filters["plain"] = plain
    made.filters["spoken"] = spoken
    made.filters["clock"] = clock
    made.globals["language_name"] = language_name
    made.globals["static"] = lambda name: f"/console/static/{name}?{static_files()[name].tag}"
    return made


def finished(value: object) -> object:
    """What a template prints, wherever it does: words without hidden characters; other values as they are."""
    return plain(value) if type(value) is str else value


def ticked(form: dict[str, str], prefix: str) -> list[str]:
    """What was ticked in a form that comes back: the ends of the field names that begin so."""
    return [name.removeprefix(prefix) for name, told in form.items() if name.startswith(prefix) and told]


@cache
def language_name(tag: str, language: str) -> str:
    """What a language is called in the console's own."""
    locale = Locale.parse(
        tag if tag == "sr" else babel_locale(tag)
    )  # the script is named where it is the question
    return locale.get_display_name(babel_locale(language)) or tag


def language_of(request: web.Request, me: Me | None) -> str:
    """Hers, else the one the browser asks for, else the site's own."""
    if me is not None and me.language in LANGUAGES:
        return me.language
    asked = preferred(request, LANGUAGES)
    return asked if asked in LANGUAGES else request.app[PARTS].texts.default


def html(texts: Texts, template: str, language: str, **values: object) -> str:
    """A template in one language, for parts of a page that are sent alone; `t` inside it is the text of a key."""

    def t(key: str, **args: Arg) -> str:
        return texts.text(language, key, args)

    return environment().get_template(template).render(t=t, language=language, **values)


def page(
    request: web.Request,
    me: Me,
    template: str,
    status: int = 200,
    *,
    problem: Problem | None = None,
    typed: dict[str, str] | None = None,
    **values: object,
) -> web.Response:
    """A whole page. With a problem it says the sentence, shows `typed` again and answers 422."""
    language = language_of(request, me)
    texts = request.app[PARTS].texts
    sentence = texts.text(language, problem.key, problem.args_of_text) if problem else None
    shown = {"problem": sentence, "typed": typed or {}, "me": me, "csrf": me.csrf, "path": request.path}
    above: dict[str, Any] = {
        "menu": menu(request, me),
        "daily": DAILY,
        "saved": request.query.get("saved") == "1",
        "setting_up": not request.app[PARTS].office.is_open and me.passed and me.has(Role.ADMIN),
    }
    body = html(texts, template, language, **above | shown | values)
    code = 422 if problem is not None and status == 200 else status
    return web.Response(text=body, status=code, content_type="text/html", charset="utf-8")


def menu(request: web.Request, me: Me) -> list[tuple[str, str]]:
    """Name and path of the pages she may open."""
    open_to_her = {
        route.path for route in request.app[ROUTES_OF] if route.method == "GET" and route.allows(me)
    }
    return [(name, f"/console/{name}") for name in MENU if f"/console/{name}" in open_to_her and me.passed]


def see_other(path: str) -> web.Response:
    """After a form was accepted: the browser opens this page, and a reload posts nothing again."""
    return web.Response(status=303, headers={"Location": path})


def see_saved(path: str) -> web.Response:
    """After a form was saved: the browser opens this page, and it says so."""
    return see_other(f"{path}{'&' if '?' in path else '?'}saved=1")


def not_here(request: web.Request, me: Me | None) -> web.Response:
    """The one answer to everything that is not there for her: it does not tell why."""
    language = language_of(request, me)
    texts = request.app[PARTS].texts
    if wants_json(request):
        return web.json_response({"text": texts.text(language, "console-not-here")}, status=404)
    body = html(texts, "not_here.html", language, menu=[], me=None, path="")
    return web.Response(text=body, status=404, content_type="text/html", charset="utf-8")


async def static(request: web.Request, me: Me) -> web.Response:  # noqa: ARG001 - a handler's signature
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


def retold(
    request: web.Request, stored: dict[str, str], *ticks: str, meanwhile: bool = False
) -> dict[str, Any]:
    """What the form of one thing shows: what was typed, else what is stored; `ticks` are boxes, absent when not ticked.

    After somebody else was first both are shown, and what she typed is now about what is stored since.
    """
    form = request.get(FORM)
    values = stored if form is None else stored | dict.fromkeys(ticks, "") | form
    if meanwhile:
        values |= {"seen": stored["seen"]}
    return {"values": values, "stored": stored if meanwhile else {}}
