"""Which path leads where; `bot/app.py` adds all of it with one call."""

from __future__ import annotations

from aiohttp import web

from bot.console import door, imports, live
from bot.console.cards import JOIN
from bot.console.routes import ROUTES
from bot.web import card, chat, confirm, day, health, metrics, mine, render, upload, voice
from bot.web.day import LINKS, DayLinks
from bot.web.limits import LIMITS, Limits
from bot.web.parts import PARTS, Parts
from bot.web.security import protected, strangers
from flows.mydata import MINE


def routes(app: web.Application, parts: Parts) -> DayLinks:
    """Add every page to the application; the result issues the link to the day page."""
    links = DayLinks(parts.token)
    app[PARTS], app[LIMITS], app[LINKS] = parts, Limits(), links
    door.register(app, ROUTES)
    live.attach(app, parts)
    imports.attach(app)
    app.middlewares.append(strangers)
    router = app.router
    # No HEAD where a GET begins a conversation or uses up a link.
    router.add_get("/", protected(chat.show), allow_head=False)
    router.add_post("/chat", protected(chat.post))
    router.add_post("/chat/file", protected(upload.post))
    router.add_get("/chat/file", protected(chat.back), allow_head=False)
    router.add_get("/chat", protected(chat.back), allow_head=False)
    router.add_get("/chat/messages", protected(chat.news), allow_head=False)
    router.add_get("/chat/voice/{message}", protected(voice.play), allow_head=False)
    router.add_post("/chat/seen", protected(chat.seen))
    router.add_post("/forget", protected(chat.forget))
    router.add_get("/forgotten", protected(mine.forgotten), allow_head=False)
    router.add_get(f"{MINE}{{token}}", protected(mine.show), allow_head=False)
    router.add_post(f"{MINE}{{token}}", protected(mine.download))
    router.add_get(f"{confirm.STILL}{{token}}", protected(confirm.show), allow_head=False)
    router.add_post(f"{confirm.STILL}{{token}}", protected(confirm.answer))
    router.add_get(f"{JOIN}{{token}}", protected(card.show), allow_head=False)
    router.add_post(f"{JOIN}{{token}}", protected(card.enter))
    router.add_get("/leave", protected(chat.leave), allow_head=False)
    router.add_post("/again", protected(chat.again))
    router.add_get("/sos", protected(chat.sos))
    router.add_get("/static/{name}", protected(render.static))
    router.add_get("/day", protected(day.show), allow_head=False)
    router.add_get("/day/{token}", protected(day.enter), allow_head=False)
    router.add_get("/health", protected(health.health))
    router.add_get("/metrics", protected(metrics.show), allow_head=False)
    return links
