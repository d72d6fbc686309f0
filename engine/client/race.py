"""Work that is given up as soon as something else happens."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def unless(stopped: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """What `work` gives; None when `stopped` came first: then it was cancelled and has ended."""
    working = asyncio.create_task(work)
    waiting = asyncio.create_task(stopped.wait())
    waiting.add_done_callback(lambda _: working.cancel())
    try:
        return await working
    except asyncio.CancelledError:
        if not stopped.is_set():
            raise
        return None
    finally:
        waiting.cancel()
