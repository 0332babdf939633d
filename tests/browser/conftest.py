"""One browser for all tests of a worker, where they share a loop; each test has contexts of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.helpers import browser


@pytest_asyncio.fixture(scope="session", loop_scope="session", autouse=True)
async def chromium(pytestconfig: pytest.Config) -> AsyncIterator[None]:
    """Started only where `asyncio_default_test_loop_scope` is the session (tests/budgets.toml): a browser lives in one loop."""
    one_loop = pytestconfig.getini("asyncio_default_test_loop_scope") == "session"
    if not one_loop or browser.chromium_path() is None:
        yield
        return
    async with browser.kept():
        yield
