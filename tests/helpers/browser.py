"""A real Chromium: the installed one, never one that Playwright downloads."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
"""A microphone that beeps, and a person who allows it."""
PHONE = {"width": 390, "height": 780}


def chromium_path() -> Path | None:
    """The browser named by CHROMIUM, else the system's, else none."""
    named = os.environ.get("CHROMIUM")
    found = named or shutil.which("chromium", path=f"/usr/bin{os.pathsep}{os.environ.get('PATH', '')}")
    return Path(found) if found and os.access(found, os.X_OK) else None


def required() -> bool:
    """Whether a missing browser is a failure, as on the build machine."""
    return os.environ.get("REQUIRE_BROWSER") == "1"


_kept: dict[asyncio.AbstractEventLoop, Browser] = {}
"""The browser of a whole session, where all its tests run in one loop."""


@asynccontextmanager
async def launch(*flags: str) -> AsyncIterator[Browser]:
    """A headless browser nobody has used, for as long as the block: of the session's its contexts, else one of its own.

    Contexts share nothing: cookies, storage, workers and cache are of one context. With further flags it is always a new one.
    """
    running = None if flags else _kept.get(asyncio.get_running_loop())
    if running is None or not running.is_connected():
        async with _started(*flags) as running:
            yield running
        return
    before = running.contexts
    try:
        yield running
    finally:
        for context in running.contexts:
            if context not in before:
                await context.close()


@asynccontextmanager
async def kept() -> AsyncIterator[None]:
    """Within this block every `launch` in this loop lends the same browser."""
    loop = asyncio.get_running_loop()
    async with _started() as _kept[loop]:
        try:
            yield
        finally:
            del _kept[loop]


@asynccontextmanager
async def _started(*flags: str) -> AsyncIterator[Browser]:
    path = chromium_path()
    if path is None:
        raise RuntimeError("no Chromium: set CHROMIUM or install one")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, headless=True, args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            await browser.close()
